//! Numbers by value: `1.50`, `1.5` and `15e-1` are one number, of any length, without going through binary floats.

use std::fmt;

use serde_json::Number;

/// Most zeros between a number's digits and its decimal point. More are no amount of anything in a CRM, and the bound keeps
/// `1e999999999` from filling the memory.
const MAX_ZEROS: i64 = 64;

/// A decimal number in its shortest form.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decimal {
    negative: bool,
    /// Without zeros at either end; empty for zero.
    digits: String,
    /// Power of ten of the last digit.
    exponent: i32,
}

impl Decimal {
    /// Parses a number in JSON's form (RFC 8259); `None` for anything else, and for more zeros than a number may have. Which
    /// of its spellings is parsed makes no difference.
    pub fn parse(text: &str) -> Option<Self> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, power) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, power)) => (mantissa, power.parse::<i64>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, "0"));
        let all_digits = |part: &str| !part.is_empty() && part.bytes().all(|b| b.is_ascii_digit());
        if !all_digits(whole) || !all_digits(fraction) {
            return None;
        }
        let digits = format!("{whole}{fraction}");
        let trimmed = digits.trim_end_matches('0');
        let dropped = i64::try_from(digits.len() - trimmed.len()).ok()?;
        let digits = trimmed.trim_start_matches('0').to_owned();
        if digits.is_empty() {
            return Some(Self { negative: false, digits, exponent: 0 });
        }
        let exponent = power.checked_sub(i64::try_from(fraction.len()).ok()?)?.checked_add(dropped)?;
        let before_digits = exponent.checked_add(i64::try_from(digits.len()).ok()?)?.checked_neg()?;
        if exponent > MAX_ZEROS || before_digits >= MAX_ZEROS {
            return None;
        }
        Some(Self { negative, exponent: i32::try_from(exponent).ok()?, digits })
    }

    /// The number as JSON, in its one spelling.
    pub fn to_number(&self) -> Option<Number> {
        serde_json::from_str(&self.to_string()).ok()
    }

    pub(crate) fn is_negative(&self) -> bool {
        self.negative
    }

    /// Digits behind the decimal point.
    pub fn decimals(&self) -> usize {
        usize::try_from(-self.exponent).unwrap_or(0)
    }

    /// Digits before the decimal point; none for `0.5`.
    pub fn whole_digits(&self) -> usize {
        let digits = i32::try_from(self.digits.len()).unwrap_or(i32::MAX);
        usize::try_from(digits.saturating_add(self.exponent)).unwrap_or(0)
    }

    /// Cut to this number of digits behind the decimal point.
    pub fn cut(&self, decimals: usize) -> Self {
        let surplus = self.decimals().saturating_sub(decimals);
        let kept = self.digits.len().checked_sub(surplus).and_then(|length| self.digits.get(..length));
        let trimmed = kept.unwrap_or_default().trim_end_matches('0');
        if trimmed.is_empty() {
            return Self { negative: false, digits: String::new(), exponent: 0 };
        }
        let dropped = i32::try_from(self.digits.len() - trimmed.len()).unwrap_or(0);
        Self { negative: self.negative, digits: trimmed.to_owned(), exponent: self.exponent + dropped }
    }
}

impl fmt::Display for Decimal {
    /// Without an exponent, as SOQL wants it.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let zeros = |count: i32| "0".repeat(usize::try_from(count).unwrap_or(0));
        if self.negative {
            f.write_str("-")?;
        }
        let places = usize::try_from(-self.exponent).unwrap_or(0);
        match self.digits.len().checked_sub(places) {
            _ if self.digits.is_empty() => f.write_str("0"),
            _ if places == 0 => write!(f, "{}{}", self.digits, zeros(self.exponent)),
            Some(whole) if whole > 0 => {
                let (whole, fraction) = self.digits.split_at_checked(whole).unwrap_or((&self.digits, "0"));
                write!(f, "{whole}.{fraction}")
            }
            _ => write!(f, "0.{}{}", "0".repeat(places - self.digits.len()), self.digits),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Decimal;

    #[test]
    fn equal_numbers_are_equal_however_they_are_written() {
        for (a, b) in [("1.50", "15e-1"), ("100", "1E2"), ("-0.0", "0"), ("0.001", "1e-3"), ("10.0", "10")] {
            assert_eq!(Decimal::parse(a), Decimal::parse(b), "{a} {b}");
        }
        assert_ne!(Decimal::parse("123456789012345678.1"), Decimal::parse("123456789012345678.2"));
    }

    #[test]
    fn a_number_is_written_without_an_exponent() {
        for (text, plain) in
            [("1.50", "1.5"), ("-12e2", "-1200"), ("5e-4", "0.0005"), ("12.34", "12.34"), ("0e5", "0"), ("0.5", "0.5")]
        {
            assert_eq!(Decimal::parse(text).unwrap().to_string(), plain, "{text}");
        }
    }

    #[test]
    fn digits_are_counted_and_cut_by_value() {
        let parse = |text| Decimal::parse(text).unwrap();
        assert_eq!((parse("120.50").decimals(), parse("120.50").whole_digits()), (1, 3));
        assert_eq!((parse("0.05").decimals(), parse("0.05").whole_digits()), (2, 0));
        assert_eq!((parse("1e3").decimals(), parse("1e3").whole_digits()), (0, 4));
        for (text, cut) in [("1.239", "1.23"), ("-1.999", "-1.99"), ("1.204", "1.2"), ("0.009", "0"), ("1000", "1000")]
        {
            assert_eq!(parse(text).cut(2).to_string(), cut, "{text}");
        }
    }

    #[test]
    fn what_is_no_number_is_refused() {
        for bad in ["", "-", "1.", ".5", "1,5", "+1", "1e", "1e99999999999", "1e65", "0x1", "NaN", " 1"] {
            assert_eq!(Decimal::parse(bad), None, "{bad}");
        }
    }

    #[test]
    fn the_bound_is_the_same_for_every_spelling() {
        let zeros = "0".repeat(64);
        let alike: [&[&str]; 4] = [
            &["1e64", "10e63", "0.1e65", "1E+64", &format!("1{zeros}")],
            &["1e-64", "0.1e-63", "10e-65", &format!("0.{}1", "0".repeat(63))],
            &["0", "-0", "0e400", "-0.00E-999999999"],
            &["123456789012345678901234567890.5", "1234567890123456789012345678905e-1"],
        ];
        for spellings in alike {
            let texts: Vec<String> = spellings.iter().map(|text| Decimal::parse(text).unwrap().to_string()).collect();
            assert!(texts.iter().all(|text| *text == texts[0]), "{texts:?}");
        }
        let beyond =
            ["1e65", "10e64", "0.1e66", &format!("1{zeros}0"), "1e-65", "10e-66", &format!("0.{zeros}1"), "1e400"];
        for beyond in beyond {
            assert_eq!(Decimal::parse(beyond), None, "{beyond}");
        }
        assert_eq!(Decimal::parse(&"7".repeat(10_000)).unwrap().to_string(), "7".repeat(10_000));
    }
}
