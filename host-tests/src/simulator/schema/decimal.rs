//! Exact decimal numbers: an amount with 18 digits must not pass through a binary float.

use std::cmp::Ordering;

/// `unscaled × 10^-scale`. More than 38 digits saturate, which every field's range check then refuses.
#[derive(Clone, Copy, Debug)]
pub struct Decimal {
    unscaled: i128,
    scale: u32,
}

/// Keeps every power of ten inside an `i128`.
const MAX_SCALE: u32 = 36;

impl Decimal {
    /// Reads a number as JSON and SOQL write it; `None` when the text is no number.
    pub fn parse(text: &str) -> Option<Decimal> {
        let (negative, unsigned) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (mantissa, exponent) = match unsigned.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().ok()?),
            None => (unsigned, 0),
        };
        let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
        let dangling = mantissa.contains('.') && fraction.is_empty();
        let mut digits = whole.bytes().chain(fraction.bytes());
        if whole.is_empty() || dangling || !digits.all(|byte| byte.is_ascii_digit()) {
            return None;
        }
        let append = |sum: i128, digit: u8| sum.saturating_mul(10).saturating_add((digit - b'0').into());
        let mut unscaled = whole.bytes().fold(0, append);
        let mut scale = exponent.saturating_neg();
        for digit in fraction.bytes() {
            // Decimals beyond what an `i128` holds are below every field's scale.
            if unscaled >= power(MAX_SCALE) {
                break;
            }
            unscaled = append(unscaled, digit);
            scale = scale.saturating_add(1);
        }
        while scale < 0 && unscaled != 0 && unscaled != i128::MAX {
            unscaled = unscaled.saturating_mul(10);
            scale += 1;
        }
        while scale > MAX_SCALE as i32 && unscaled != 0 {
            unscaled /= 10;
            scale -= 1;
        }
        let scale = u32::try_from(scale).unwrap_or(0).min(MAX_SCALE);
        Some(Decimal { unscaled: if negative { -unscaled } else { unscaled }, scale })
    }

    pub const ZERO: Decimal = Decimal { unscaled: 0, scale: 0 };

    pub fn plus(self, other: Decimal) -> Decimal {
        let scale = self.scale.max(other.scale);
        let lift = |number: Decimal| number.unscaled.saturating_mul(power(scale - number.scale));
        Decimal { unscaled: lift(self).saturating_add(lift(other)), scale }
    }

    /// Divided by a count, with so many decimals at most.
    pub fn divided(self, count: usize, scale: u32) -> Decimal {
        let more = scale.saturating_sub(self.scale);
        let unscaled = self.unscaled.saturating_mul(power(more)) / i128::try_from(count.max(1)).unwrap_or(i128::MAX);
        Decimal { unscaled, scale: self.scale + more }.cut(scale)
    }

    /// Drops the decimals that a field's scale does not keep.
    pub fn cut(self, scale: u32) -> Decimal {
        if self.scale <= scale {
            return self;
        }
        Decimal { unscaled: self.unscaled / power(self.scale - scale), scale }
    }

    /// Whether there is anything behind the decimal point.
    pub fn is_whole(self) -> bool {
        self.unscaled % power(self.scale) == 0
    }

    /// Digits left of the decimal point; 0 for a number below one.
    pub fn whole_digits(self) -> u32 {
        (self.unscaled / power(self.scale))
            .checked_abs()
            .map_or(39, |whole| whole.checked_ilog10().map_or(0, |log| log + 1))
    }

    /// As a whole number, without a point.
    pub fn whole_text(self) -> String {
        (self.unscaled / power(self.scale)).to_string()
    }

    /// As Salesforce prints a double: no surplus zeros, but one decimal at least.
    pub fn double_text(self) -> String {
        let whole = self.unscaled / power(self.scale);
        let rest = (self.unscaled % power(self.scale)).unsigned_abs();
        let decimals = format!("{rest:0width$}", width = self.scale.max(1) as usize);
        let trimmed = decimals.trim_end_matches('0');
        let sign = if self.unscaled < 0 && whole == 0 { "-" } else { "" };
        format!("{sign}{whole}.{}", if trimmed.is_empty() { "0" } else { trimmed })
    }
}

impl Ord for Decimal {
    fn cmp(&self, other: &Decimal) -> Ordering {
        let scale = self.scale.max(other.scale);
        let lift = |number: &Decimal| number.unscaled.saturating_mul(power(scale - number.scale));
        lift(self).cmp(&lift(other))
    }
}

impl PartialOrd for Decimal {
    fn partial_cmp(&self, other: &Decimal) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Decimal {
    fn eq(&self, other: &Decimal) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Decimal {}

fn power(exponent: u32) -> i128 {
    10i128.saturating_pow(exponent)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn double(text: &str) -> String {
        Decimal::parse(text).unwrap().double_text()
    }

    #[test]
    fn a_double_keeps_its_digits_and_always_has_a_decimal() {
        assert_eq!(double("123456789012345678"), "123456789012345678.0");
        assert_eq!(double("1.50"), "1.5");
        assert_eq!(double("-0.05"), "-0.05");
        assert_eq!(double("0"), "0.0");
        assert_eq!(double("12e2"), "1200.0");
        assert_eq!(double("12e-1"), "1.2");
    }

    #[test]
    fn endless_decimals_do_not_overflow() {
        let third = format!("0.{}", "3".repeat(60));
        assert_eq!(Decimal::parse(&third).unwrap().cut(2).double_text(), "0.33");
        assert_eq!(Decimal::parse("1e-999999999").unwrap().cut(2).double_text(), "0.0");
        assert!(Decimal::parse("1e999999999").unwrap().whole_digits() > 18);
        assert!(Decimal::parse("-1e999999999").unwrap().whole_digits() > 18);
    }

    #[test]
    fn surplus_decimals_are_cut_not_rounded() {
        assert_eq!(Decimal::parse("1.999").unwrap().cut(2).double_text(), "1.99");
    }

    #[test]
    fn what_json_calls_no_number_is_none() {
        for text in ["", "-", "1,5", "banana", ".5", "1.", "0x1", "1e", "+1"] {
            assert!(Decimal::parse(text).is_none(), "{text}");
        }
    }

    #[test]
    fn order_ignores_how_a_number_is_written() {
        let parse = |text| Decimal::parse(text).unwrap();
        assert_eq!(parse("1.50"), parse("15e-1"));
        assert!(parse("-2") < parse("-1.99"));
        assert!(parse("99999999999999999999999999999999999999999").whole_digits() > 18);
    }
}
