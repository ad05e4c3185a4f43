//! Checkbox fields: the words that mean a tick, and those that mean none. Other words are refused, not taken for "no".

use super::Form;
use crate::base::decimal::Decimal;
use crate::value::{Misfit, Scalar};

/// Ticked, in any case.
pub(crate) const TRUE_WORDS: [&str; 8] = ["true", "yes", "y", "on", "1", "ja", "j", "wahr"];
/// Not ticked, in any case.
pub(crate) const FALSE_WORDS: [&str; 7] = ["false", "no", "n", "off", "0", "nein", "falsch"];

pub(super) fn convert(value: &Scalar) -> Result<bool, Misfit> {
    let converted = match value {
        Scalar::Boolean(value) => Some(*value),
        Scalar::Number(number) => match Decimal::parse(number.as_str()).map(|number| number.to_string()).as_deref() {
            Some("1") => Some(true),
            Some("0") => Some(false),
            _ => None,
        },
        Scalar::Text(text) => word(text),
        Scalar::Temporal(_) => None,
    };
    converted.ok_or(Misfit::Form(Form::Boolean))
}

fn word(text: &str) -> Option<bool> {
    let is = |word: &&str| word.eq_ignore_ascii_case(text);
    match (TRUE_WORDS.iter().any(&is), FALSE_WORDS.iter().any(is)) {
        (true, _) => Some(true),
        (_, true) => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_known_words_tick_or_untick() {
        for (word, value) in [("Ja", true), ("YES", true), ("1", true), ("nein", false), ("off", false), ("0", false)] {
            assert_eq!(convert(&Scalar::Text(word.into())), Ok(value), "{word}");
        }
        assert_eq!(convert(&Scalar::Number(serde_json::from_str("1.0").unwrap())), Ok(true));
        for bad in ["maybe", "2", "x", "jain", "10"] {
            assert!(convert(&Scalar::Text(bad.into())).is_err(), "{bad}");
        }
    }
}
