//! Number, currency and percent fields. A number in JSON is itself; a text is read as the locale writes numbers.

use super::Form;
use crate::base::decimal::Decimal;
use crate::salesforce::{FieldFacts, FieldType};
use crate::value::{Converted, Locale, Misfit, Scalar, WhenTooLong};

pub(super) fn convert(
    value: &Scalar,
    facts: &FieldFacts,
    locale: Option<Locale>,
    when_too_long: WhenTooLong,
) -> Result<Converted, Misfit> {
    let number = match value {
        Scalar::Number(number) => Decimal::parse(number.as_str()),
        Scalar::Text(text) => {
            let text = match facts.field_type {
                FieldType::Percent => text.strip_suffix('%').unwrap_or(text).trim_end(),
                _ => text,
            };
            plain(text, locale).and_then(|plain| Decimal::parse(&plain))
        }
        Scalar::Boolean(_) | Scalar::Temporal(_) => None,
    };
    let expected = || Misfit::Form(expected(facts, locale));
    let number = number.ok_or_else(expected)?;
    // Salesforce would drop surplus decimals without a word, and refuse surplus digits before the point.
    let scale = match facts.field_type {
        FieldType::Int => Some(0),
        _ => facts.digits.map(|(_, scale)| scale),
    };
    let (number, cut) = match scale.filter(|scale| number.decimals() > *scale) {
        None => (number, false),
        Some(scale) if when_too_long == WhenTooLong::Cut => (number.cut(scale), true),
        Some(_) => return Err(expected()),
    };
    if facts.digits.is_some_and(|(precision, scale)| number.whole_digits() > precision.saturating_sub(scale)) {
        return Err(expected());
    }
    let number = number.to_number().ok_or_else(expected)?;
    Ok(Converted::cut(Scalar::Number(number), cut))
}

/// The number in JSON's form, if the text is one in the locale's: groups of three digits, all between groups the same.
fn plain(text: &str, locale: Option<Locale>) -> Option<String> {
    let (negative, digits) = match text.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, text.strip_prefix('+').unwrap_or(text)),
    };
    let (decimal, groups) = locale.map_or(('.', &[] as &[char]), |locale| (locale.decimal, locale.groups));
    let (whole, fraction) = match digits.split_once(decimal) {
        Some((whole, fraction)) => (whole, Some(fraction)),
        None => (digits, None),
    };
    let whole = ungrouped(whole, groups)?;
    let is_digits = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    if !is_digits(&whole) || !fraction.is_none_or(is_digits) {
        return None;
    }
    let sign = if negative { "-" } else { "" };
    Some(match fraction {
        Some(fraction) => format!("{sign}{whole}.{fraction}"),
        None => format!("{sign}{whole}"),
    })
}

/// Without the separators. No one begins a number of thousands with a zero: `0.500` is a half of another country.
fn ungrouped(whole: &str, groups: &[char]) -> Option<String> {
    let Some(separator) = whole.chars().find(|c| groups.contains(c)) else {
        return Some(whole.to_owned());
    };
    let mut parts = whole.split(separator);
    let first = parts.next().filter(|first| (1..=3).contains(&first.len()) && !first.starts_with('0'))?;
    let mut joined = first.to_owned();
    for part in parts {
        if part.len() != 3 {
            return None;
        }
        joined.push_str(part);
    }
    Some(joined)
}

fn expected(facts: &FieldFacts, locale: Option<Locale>) -> Form {
    let digits = facts.digits.map(|(precision, scale)| (precision.saturating_sub(scale), scale));
    let is_whole = facts.field_type == FieldType::Int || digits.is_some_and(|(_, scale)| scale == 0);
    match (is_whole, locale) {
        (true, _) if digits.is_none() => Form::WholeNumber,
        (true, _) => Form::Number { example: "1234".to_owned(), digits, needs_locale: false },
        (false, Some(locale)) => {
            let group = locale.groups.first().copied().unwrap_or(' ');
            Form::Number { example: format!("1{group}234{}5", locale.decimal), digits, needs_locale: false }
        }
        (false, None) => Form::Number { example: "1234.5".to_owned(), digits, needs_locale: true },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn currency(value: &str, locale: &str, when_too_long: WhenTooLong) -> Result<String, Misfit> {
        let facts = FieldFacts { field_type: FieldType::Currency, digits: Some((8, 2)), ..FieldFacts::default() };
        let value = Scalar::Text(value.into());
        let converted = convert(&value, &facts, Locale::parse(locale), when_too_long)?;
        Ok(converted.value.to_text())
    }

    #[test]
    fn a_locale_says_what_comma_and_point_mean() {
        for (text, locale, number) in [
            ("1.234,56", "de", "1234.56"),
            ("1.234", "de", "1234"),
            ("-1.234,5", "de-DE", "-1234.5"),
            ("1'234.50", "de-CH", "1234.5"),
            ("1’234", "de-CH", "1234"),
            ("1 234,56", "fr", "1234.56"),
            ("1\u{202f}234,56", "fr", "1234.56"),
            ("1,234.56", "en", "1234.56"),
            ("1234.56", "", "1234.56"),
            ("+7", "", "7"),
        ] {
            assert_eq!(currency(text, locale, WhenTooLong::Fail).as_deref(), Ok(number), "{text} in {locale}");
        }
    }

    #[test]
    fn what_the_locale_does_not_write_is_refused() {
        for (text, locale) in [
            ("1,234.56", "de"),
            ("1.5", "de"),
            ("12.34", "de"),
            ("1.234.56", "de"),
            ("1.2345", "de"),
            (".5", ""),
            ("1,234", ""),
            ("1,5", "en"),
            ("1 234.5", "en"),
            ("5 €", "de"),
            ("12e3", "en"),
            ("1'234 567", "de-CH"),
            ("0.500", "de"),
            ("-0.500", "de"),
            ("0.500,00", "de"),
            ("0.123.456", "de"),
            ("01.234", "de"),
            ("0,500", "en"),
            ("0,500.25", "en-US"),
            ("0 500", "fr"),
            ("0\u{a0}500", "fr"),
            ("0'500", "de-CH"),
            ("0’500", "de-CH"),
            ("٣", "en"),
            ("", "en"),
            ("-", "de"),
        ] {
            assert!(matches!(currency(text, locale, WhenTooLong::Fail), Err(Misfit::Form(_))), "{text} in {locale}");
        }
    }

    #[test]
    fn decimals_are_never_dropped_in_silence() {
        assert!(currency("1.234", "en-US", WhenTooLong::Fail).is_err());
        assert_eq!(currency("1.230", "en-US", WhenTooLong::Fail).as_deref(), Ok("1.23"));
        assert_eq!(currency("-1.239", "en-US", WhenTooLong::Cut).as_deref(), Ok("-1.23"));
        assert!(currency("1234567", "en-US", WhenTooLong::Cut).is_err());
        assert_eq!(currency("0.001", "en-US", WhenTooLong::Cut).as_deref(), Ok("0"));
    }

    #[test]
    fn a_percent_sign_is_for_percent_fields() {
        let percent = FieldFacts { field_type: FieldType::Percent, digits: Some((5, 2)), ..FieldFacts::default() };
        let value = Scalar::Text("12,5 %".into());
        let converted = convert(&value, &percent, Locale::parse("de"), WhenTooLong::Fail).unwrap();
        assert_eq!(converted.value.to_text(), "12.5");
        assert!(currency("12,5 %", "de", WhenTooLong::Fail).is_err());
    }

    #[test]
    fn an_int_field_takes_no_fraction() {
        let int = FieldFacts { field_type: FieldType::Int, ..FieldFacts::default() };
        let convert =
            |json: &str| convert(&Scalar::Number(serde_json::from_str(json).unwrap()), &int, None, WhenTooLong::Fail);
        assert!(convert("12").is_ok() && convert("12.0").is_ok() && convert("1e2").is_ok());
        assert!(convert("12.5").is_err());
    }
}
