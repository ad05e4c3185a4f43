//! One JSON value into the form in which a field stores and prints it, or Salesforce's refusal.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Number, Value};

use super::{Decimal, Field, Kind, id, temporal};
use crate::simulator::http::{ApiError, entities};

/// Longest whole part of an int, the `digits` of its describe.
pub const INT_DIGITS: u32 = 8;

/// Converts a value for a field. Null stays null; whether the field may be null is for the caller.
pub fn value(field: &Field, given: &Value) -> Result<Value, ApiError> {
    match (&field.kind, given) {
        // A checkbox has no third state.
        (Kind::Boolean, Value::Null) => Err(unreadable(field, given)),
        (_, Value::Null) => Ok(Value::Null),
        (Kind::Boolean, Value::Bool(_)) => Ok(given.clone()),
        (kind, Value::Number(number)) if kind.is_number() => self::number(field, number.as_str(), given),
        (kind, Value::String(text)) if kind.is_number() => self::number(field, text.trim(), given),
        (Kind::Date, Value::String(text)) => {
            let date = temporal::date(text).ok_or_else(|| unreadable(field, given))?;
            if !temporal::in_range(date) {
                let message = format!("{}: invalid date: {text}", field.label);
                return Err(ApiError::bad("FIELD_INTEGRITY_EXCEPTION", message).with_fields([field.name]));
            }
            Ok(text.as_str().into())
        }
        (Kind::DateTime, Value::String(text)) => {
            let datetime = temporal::datetime(text).ok_or_else(|| unreadable(field, given))?;
            Ok(temporal::datetime_text(datetime).into())
        }
        (Kind::Time, Value::String(text)) => {
            let time = temporal::time(text).ok_or_else(|| unreadable(field, given))?;
            Ok(temporal::time_text(time).into())
        }
        (Kind::Base64, Value::String(text)) => match STANDARD.decode(text) {
            Ok(bytes) if bytes.is_empty() => Ok(Value::Null),
            Ok(_) => Ok(given.clone()),
            Err(_) => Err(unreadable(field, given)),
        },
        (kind, Value::String(text)) if kind.is_text() => self::text(field, text.trim()),
        _ => Err(unreadable(field, given)),
    }
}

/// Text kinds; blank text is null, as the platform does not know an empty string.
fn text(field: &Field, text: &str) -> Result<Value, ApiError> {
    if text.is_empty() {
        return Ok(Value::Null);
    }
    let stored = match &field.kind {
        Kind::Email => email(field, text)?,
        Kind::Picklist { values, .. } => {
            check_restricted(field, values, text)?;
            text.to_owned()
        }
        Kind::MultiPicklist { values } => multiple(field, values, text)?,
        Kind::Id | Kind::Reference { .. } => {
            id::to_18(text).ok_or_else(|| ApiError::malformed_id(field.label, text, field.name))?
        }
        _ => text.to_owned(),
    };
    // Counted in UTF-16 units, as Java counts: an emoji takes two.
    let longest = field.length();
    // With all HTML entities that it could have: the strictest that an org can be. Source: help 000382141.
    let length = if field.in_bytes { entities::encoded(&stored).len() } else { stored.encode_utf16().count() };
    if length > longest {
        let message = format!("{}: data value too large: {stored} (max length={longest})", field.label);
        return Err(ApiError::bad("STRING_TOO_LONG", message).with_fields([field.name]));
    }
    Ok(stored.into())
}

fn number(field: &Field, text: &str, given: &Value) -> Result<Value, ApiError> {
    let decimal = Decimal::parse(text).ok_or_else(|| unreadable(field, given))?;
    let (whole_digits, text) = match field.kind.decimals() {
        Some((precision, scale)) => (precision.saturating_sub(scale), decimal.cut(scale).double_text()),
        None if decimal.is_whole() => (field.int_digits(), decimal.whole_text()),
        None => return Err(unreadable(field, given)),
    };
    if decimal.whole_digits() > whole_digits {
        let message = format!("{}: value outside of valid range on numeric field: {text}", field.label);
        return Err(ApiError::bad("NUMBER_OUTSIDE_VALID_RANGE", message).with_fields([field.name]));
    }
    text.parse::<Number>().map(Value::Number).map_err(|_| unreadable(field, given))
}

/// The server's own syntax check: one `@`, no blanks, a domain of labels with a dot.
fn email(field: &Field, text: &str) -> Result<String, ApiError> {
    let valid = text.split_once('@').is_some_and(|(local, domain)| {
        let local_byte = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*/=?^_+-`{|}~.".contains(&byte);
        let label = |label: &str| {
            let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
            !label.is_empty() && label.bytes().all(inner) && !label.starts_with('-') && !label.ends_with('-')
        };
        let dots = local.starts_with('.') || local.ends_with('.') || local.contains("..");
        !local.is_empty()
            && !dots
            && local.bytes().all(local_byte)
            && domain.contains('.')
            && domain.split('.').all(label)
    });
    if !valid {
        let message = format!("{}: invalid email address: {text}", field.label);
        return Err(ApiError::bad("INVALID_EMAIL_ADDRESS", message).with_fields([field.name]));
    }
    Ok(text.to_lowercase())
}

/// Values in the order of the picklist, each once; unknown ones behind them.
fn multiple(field: &Field, values: &[&str], text: &str) -> Result<String, ApiError> {
    let mut chosen: Vec<&str> = Vec::new();
    for part in text.split(';').map(str::trim).filter(|part| !part.is_empty()) {
        check_restricted(field, values, part)?;
        if !chosen.contains(&part) {
            chosen.push(part);
        }
    }
    chosen.sort_by_key(|part| values.iter().position(|known| known == part).unwrap_or(values.len()));
    Ok(chosen.join(";"))
}

fn check_restricted(field: &Field, values: &[&str], text: &str) -> Result<(), ApiError> {
    if !field.restricted || values.contains(&text) && !field.inactive.contains(&text) {
        return Ok(());
    }
    let message = format!("{}: bad value for restricted picklist field: {text}", field.label);
    Err(ApiError::bad("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message).with_fields([field.name]))
}

/// The JSON reader's own refusal: it knows the type but not the field, and has no `fields`.
fn unreadable(field: &Field, given: &Value) -> ApiError {
    let token = match given {
        Value::Null => "VALUE_NULL",
        Value::Bool(true) => "VALUE_TRUE",
        Value::Bool(false) => "VALUE_FALSE",
        Value::Number(number) if number.as_str().contains(['.', 'e', 'E']) => "VALUE_NUMBER_FLOAT",
        Value::Number(_) => "VALUE_NUMBER_INT",
        Value::String(_) => "VALUE_STRING",
        Value::Array(_) => "START_ARRAY",
        Value::Object(_) => "START_OBJECT",
    };
    let shown = match given {
        // Not millions of bytes.
        Value::String(text) => format!(" value {}", text.chars().take(200).collect::<String>()),
        Value::Array(_) | Value::Object(_) => String::new(),
        scalar => format!(" value {scalar}"),
    };
    let kind = field.kind.name();
    let message = format!(
        "Cannot deserialize instance of {kind} from {token}{shown} or request may be missing a required field at \
         [line:1, column:2]"
    );
    ApiError::bad("JSON_PARSER_ERROR", message)
}
