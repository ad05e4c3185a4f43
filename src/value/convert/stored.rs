//! What Salesforce has stored → what a conversation is given.
//!
//! JSON has neither dates nor picklists, and Salesforce writes both in ways of its own. Where `schema` tells the type they
//! become what everybody else writes; without it, and whatever is not in Salesforce's form, stays as it was sent.

use serde_json::Value;

use super::temporal::Temporal;
use crate::salesforce::FieldType;

/// What Salesforce writes for no part of a second.
const NO_MILLISECONDS: &str = ".000";
/// Between the values of a multi-select picklist. Source: REST API guide.
const SEPARATOR: char = ';';

/// The value of a field of this type, for a variable.
pub(crate) fn stored(value: &Value, field_type: FieldType) -> Value {
    let Value::String(text) = value else { return value.clone() };
    match field_type {
        FieldType::MultiPicklist => text.split(SEPARATOR).filter(|entry| !entry.is_empty()).collect(),
        FieldType::DateTime | FieldType::Time => match Temporal::of_answer(text, field_type) {
            Some(temporal) => Value::String(written(temporal)),
            None => value.clone(),
        },
        _ => value.clone(),
    }
}

/// Values that it would be, at most.
pub(crate) fn entries(value: &Value, field_type: FieldType) -> usize {
    match (value, field_type) {
        (Value::String(text), FieldType::MultiPicklist) => 2 + text.matches(SEPARATOR).count(),
        _ => 1,
    }
}

/// An instant as in RFC 3339; a time of day without the `Z`, since it is not a time in UTC.
fn written(temporal: Temporal) -> String {
    let text = temporal.to_string();
    match (temporal, text.strip_suffix('Z')) {
        (Temporal::DateTime(_), Some(local)) => format!("{}Z", local.strip_suffix(NO_MILLISECONDS).unwrap_or(local)),
        (Temporal::Time(_), Some(local)) => local.strip_suffix(NO_MILLISECONDS).unwrap_or(local).to_owned(),
        _ => text,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_known_type_is_written_as_everybody_writes_it() {
        for (field_type, sent, given) in [
            (FieldType::DateTime, json!("2025-12-16T13:05:30.000+0000"), json!("2025-12-16T13:05:30Z")),
            (FieldType::DateTime, json!("2025-12-16T13:05:30.000-0230"), json!("2025-12-16T15:35:30Z")),
            (FieldType::Time, json!("13:05:30.000Z"), json!("13:05:30")),
            (FieldType::Time, json!("13:05:30.250Z"), json!("13:05:30.250")),
            (FieldType::Date, json!("2025-12-16"), json!("2025-12-16")),
            (FieldType::MultiPicklist, json!("a;b c"), json!(["a", "b c"])),
            (FieldType::MultiPicklist, json!(null), json!(null)),
            (FieldType::Boolean, json!(false), json!(false)),
            (FieldType::String, json!("2025-12-16T13:05:30.000+0000"), json!("2025-12-16T13:05:30.000+0000")),
        ] {
            assert_eq!(stored(&sent, field_type), given, "{field_type:?}");
        }
    }

    #[test]
    fn what_is_not_in_salesforces_form_or_of_no_known_type_stays() {
        for field_type in [FieldType::Unknown, FieldType::DateTime, FieldType::Time] {
            for sent in [json!("a;b"), json!(""), json!("9999-99-99T13:05:30.000+0000"), json!({ "city": "Bonn" })] {
                assert_eq!(stored(&sent, field_type), sent, "{field_type:?}");
            }
        }
        let digits: Value = serde_json::from_str("12345678901234567890.10").unwrap();
        assert_eq!(stored(&digits, FieldType::Double).to_string(), "12345678901234567890.10");
    }
}
