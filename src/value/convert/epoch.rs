//! Counts of seconds or milliseconds since 1970, as programs pass an instant on. Which of the two a number is, its digits do
//! not say for certain: the author does.

use jiff::Timestamp;

use super::Form;
use crate::base::decimal::Decimal;
use crate::base::keyword::words;
use crate::value::{Misfit, Scalar};

const MILLISECONDS: i64 = 1_000;

words! {
    /// What a number counts since 1970-01-01T00:00:00Z.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Epoch {
        /// Seconds.
        Seconds = "epoch-seconds",
        /// Milliseconds.
        Milliseconds = "epoch-milliseconds",
    }
}

impl Epoch {
    /// The second in which the instant lies: Salesforce stores no less. A clock may give a fraction of a second, and none of a
    /// millisecond.
    pub fn instant(self, value: &Scalar) -> Result<Timestamp, Misfit> {
        let second = self.count(value).and_then(|count| match self {
            Self::Seconds => whole(&count),
            Self::Milliseconds if count.decimals() > 0 => None,
            Self::Milliseconds => whole(&count).map(|count| count.div_euclid(MILLISECONDS)),
        });
        second.and_then(|second| Timestamp::from_second(second).ok()).ok_or_else(|| self.expected())
    }

    fn count(self, value: &Scalar) -> Option<Decimal> {
        match value {
            Scalar::Number(number) => Decimal::parse(number.as_str()),
            Scalar::Text(text) if is_plain(text) => Decimal::parse(text),
            _ => None,
        }
    }

    pub(super) fn expected(self) -> Misfit {
        Misfit::Form(Form::Count(self))
    }
}

/// Whether a value that is no date may be such a count, for the sentence that says what to do.
pub(super) fn may_be(value: &Scalar) -> bool {
    const SHORTEST: usize = 9;
    match value {
        Scalar::Number(_) => true,
        Scalar::Text(text) => text.len() >= SHORTEST && is_plain(text),
        _ => false,
    }
}

fn is_plain(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-' || byte == b'.')
}

/// The whole number below, before 1970 too.
fn whole(count: &Decimal) -> Option<i64> {
    let cut: i64 = count.cut(0).to_string().parse().ok()?;
    let is_below = count.decimals() > 0 && count.is_negative();
    cut.checked_sub(i64::from(is_below))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(epoch: Epoch, json: &str) -> Option<i64> {
        let value: serde_json::Value = serde_json::from_str(json).unwrap();
        epoch.instant(&Scalar::from_json(&value).unwrap().unwrap()).ok().map(Timestamp::as_second)
    }

    #[test]
    fn a_count_is_the_second_that_it_lies_in() {
        use Epoch::{Milliseconds, Seconds};
        for (epoch, json, second) in [
            (Seconds, "1732233600", Some(1_732_233_600)),
            (Seconds, "1.7322336e9", Some(1_732_233_600)),
            (Seconds, "\"1732233600\"", Some(1_732_233_600)),
            (Seconds, "1732233600.999", Some(1_732_233_600)),
            (Seconds, "-0.5", Some(-1)),
            (Seconds, "0", Some(0)),
            (Milliseconds, "1732233600999", Some(1_732_233_600)),
            (Milliseconds, "-1", Some(-1)),
            (Milliseconds, "1732233600.5", None),
            (Seconds, "1732233600000000", None),
            (Seconds, "99999999999999999999", None),
            (Seconds, "\"1e9\"", None),
            (Seconds, "\"2026-11-22\"", None),
            (Seconds, "\"1.732.233.600\"", None),
            (Seconds, "true", None),
        ] {
            assert_eq!(at(epoch, json), second, "{json}");
        }
    }
}
