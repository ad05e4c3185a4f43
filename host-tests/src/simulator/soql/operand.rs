//! The values of a condition, checked against the type of their field.
//!
//! SOQL wants quotes around text and ids and none around numbers, dates and booleans; the wrong spelling is an error,
//! not a conversion.

use super::ast::{Literal, LiteralValue, Operator};
use super::days::Period;
use super::plan::Operand;
use super::{literal, pointing};
use crate::simulator::http::ApiError;
use crate::simulator::schema::{Decimal, Field, Kind, id, temporal};

/// Longest quoted text in a condition, in characters.
const MAX_TEXT: usize = 4000;

/// Reads a value for a field; `text` is the whole query, for the caret.
pub fn read(text: &str, field: &Field, operator: Operator, given: &Literal) -> Result<Operand, ApiError> {
    use LiteralValue::{Bare, Bool, Bound, Null, Quoted, Relative};
    if let Bound(value) = &given.value {
        let value = bound(field, value);
        return read(text, field, operator, &Literal { value, position: given.position });
    }
    match (&field.kind, &given.value) {
        (_, Null) => Ok(Operand::Null),
        (Kind::Boolean, Bool(value)) => Ok(Operand::Bool(*value)),
        (kind, Bare(bare)) if kind.is_number() => {
            let decimal = Decimal::parse(bare.strip_prefix('+').unwrap_or(bare));
            decimal.map(Operand::Number).ok_or_else(|| wrong_type(text, field, given))
        }
        (Kind::Date, Bare(bare)) => {
            let date = temporal::date(bare).filter(|date| temporal::in_range(*date));
            date.map(|_| Operand::Text(bare.clone())).ok_or_else(|| wrong_type(text, field, given))
        }
        (Kind::DateTime, Bare(bare)) => {
            let datetime = temporal::datetime(bare).map(temporal::datetime_text);
            datetime.map(Operand::Text).ok_or_else(|| wrong_type(text, field, given))
        }
        (Kind::Time, Bare(bare)) => {
            let time = temporal::time(bare).filter(|_| bare.ends_with('Z')).map(temporal::time_text);
            time.map(Operand::Text).ok_or_else(|| wrong_type(text, field, given))
        }
        (Kind::Date | Kind::DateTime, Relative { name, count }) => {
            Period::new(name, *count).map(Operand::Days).ok_or_else(|| wrong_type(text, field, given))
        }
        (kind, Quoted(raw)) if kind.is_text() => quoted(text, field, operator, raw, given.position),
        _ => Err(wrong_type(text, field, given)),
    }
}

/// The value of a parameter as a token. It is a value whatever is in it, never a part of the query; only its backslashes are no
/// escapes.
fn bound(field: &Field, value: &str) -> LiteralValue {
    let words = value.split_once(':').map_or((value, None), |(name, count)| (name, count.parse().ok()));
    match &field.kind {
        Kind::Boolean if value == "true" || value == "false" => LiteralValue::Bool(value == "true"),
        kind if kind.is_text() => LiteralValue::Quoted(value.replace('\\', "\\\\")),
        Kind::Date | Kind::DateTime if Period::new(words.0, words.1.filter(|count| *count >= 0)).is_some() => {
            LiteralValue::Relative { name: words.0.to_owned(), count: words.1 }
        }
        _ => LiteralValue::Bare(value.to_owned()),
    }
}

fn quoted(query: &str, field: &Field, operator: Operator, raw: &str, position: usize) -> Result<Operand, ApiError> {
    let illegal = |sequence: String| {
        let message =
            format!("Invalid string literal '{raw}'. Illegal character sequence '{sequence}' in string literal.");
        pointing("MALFORMED_QUERY", query, position, &message)
    };
    if operator == Operator::Like {
        return Ok(Operand::Like(literal::pattern(raw).map_err(illegal)?));
    }
    let text = literal::decode(raw).map_err(illegal)?;
    if text.chars().count() > MAX_TEXT {
        let message = format!("a string literal may have at most {MAX_TEXT} characters");
        return Err(pointing("MALFORMED_QUERY", query, position, &message));
    }
    if text.is_empty() {
        return Ok(Operand::Null);
    }
    match field.kind {
        Kind::Id | Kind::Reference { .. } => {
            let message = format!("invalid ID field: {text}");
            id::to_18(&text)
                .map(Operand::Text)
                .ok_or_else(|| pointing("INVALID_QUERY_FILTER_OPERATOR", query, position, &message))
        }
        // `=` compares the stored text as it stands; only INCLUDES and EXCLUDES look at single choices.
        Kind::MultiPicklist { .. } if matches!(operator, Operator::Includes | Operator::Excludes) => {
            let choices = text.split(';').map(str::trim).filter(|part| !part.is_empty());
            Ok(Operand::Choices(choices.map(Into::into).collect()))
        }
        Kind::Email => Ok(Operand::Text(text.to_lowercase())),
        _ => Ok(Operand::Text(text)),
    }
}

fn wrong_type(query: &str, field: &Field, given: &Literal) -> ApiError {
    let (kind, quotes) = match field.kind {
        Kind::Id | Kind::Reference { .. } => ("ID", "should"),
        _ if field.kind.is_text() => ("string", "should"),
        Kind::DateTime => ("dateTime", "should not"),
        _ => (field.kind.name(), "should not"),
    };
    let message = format!(
        "value of filter criterion for field '{}' must be of type {kind} and {quotes} be enclosed in quotes",
        field.name
    );
    pointing("INVALID_FIELD", query, given.position, &message)
}
