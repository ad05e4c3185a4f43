//! What our REST code reads in a refusal.

use salesforce_module::report::Retry;
use salesforce_module::salesforce::{FieldName, SObjectName};
use salesforce_module::wire::ApiError;
use serde_json::{Value, json};

use crate::payloads::catalogue::Kind;
use crate::payloads::files::Payload;
use crate::payloads::reading::{each, response};

/// The one error of the body; the documentation shows some without the list around them.
pub fn entry(body: &Value) -> &Value {
    body.as_array().map_or(body, |entries| &entries[0])
}

/// Status of a payload; that of nearly every refusal, where the source does not say.
pub fn status(payload: &Payload) -> u16 {
    payload.status.unwrap_or(400)
}

fn read(payload: &Payload) -> ApiError {
    ApiError::of_response(&response(status(payload), payload.bytes()))
}

#[test]
fn a_refusal_is_read_with_its_code_and_fields_and_never_repeated() {
    each(Kind::Error, |payload| {
        let (name, error, entry) = (payload.name, read(payload), entry(&payload.body));
        let code = entry["errorCode"].as_str().map_or_else(|| format!("HTTP_{}", status(payload)), str::to_owned);
        assert_eq!((error.code.as_str(), error.status), (code.as_str(), status(payload)), "{name}");
        let fields: Vec<&str> = error.fields.iter().map(FieldName::as_str).collect();
        let expected = entry["fields"].as_array().cloned().unwrap_or_default();
        assert_eq!(json!(fields), json!(expected), "{name}");
        assert_eq!(error.is_expired_session(), code == "INVALID_SESSION_ID", "{name}");
        assert_eq!(error.is_limit(), code == "REQUEST_LIMIT_EXCEEDED", "{name}");
        assert_eq!(error.is_duplicate(), code == "DUPLICATES_DETECTED", "{name}");
        assert!(!error.is_consequence(), "{name}");
        // Their messages name records and repeat values.
        let told = format!("{:?}", error.into_record_error(Retry::Never));
        let message = entry["message"].as_str().or(payload.body.as_str()).expect("a message");
        assert!(!told.contains(message), "{name}: {told}");
        for word in message.split(|c: char| !c.is_alphanumeric()).filter(|word| word.len() >= 15) {
            let is_field = expected.iter().any(|field| field.as_str().is_some_and(|field| field.contains(word)));
            assert!(is_field || code.contains(word) || !told.contains(word), "{name}: {word} in {told}");
        }
    });
}

#[test]
fn a_missing_column_is_read_from_the_message_if_the_run_knows_it() {
    each(Kind::Error, |payload| {
        let message = entry(&payload.body)["message"].as_str().unwrap_or_default();
        let Some((_, rest)) = message.split_once("No such column '") else { return };
        let column = rest.split('\'').next().and_then(FieldName::parse).expect("a name in quotes");
        let named = read(payload).naming(|name| *name == column);
        assert_eq!(named.fields, [column], "{}", payload.name);
        assert!(read(payload).naming(|_| false).fields.is_empty(), "{}", payload.name);
    });
}

#[test]
fn the_records_that_a_duplicate_rule_names_are_read() {
    each(Kind::Error, |payload| {
        let result = &entry(&payload.body)["duplicateResut"];
        for matched in result["matchResults"].as_array().into_iter().flatten() {
            let sobject = matched["entityType"].as_str().and_then(SObjectName::parse).expect("a name");
            let records = matched["matchRecords"].as_array().expect("a list").iter();
            let expected: Vec<&str> = records.filter_map(|record| record["record"]["Id"].as_str()).collect();
            let found = read(payload).duplicates_of(&sobject);
            assert!(!expected.is_empty() && found.iter().map(|id| id.as_str()).eq(expected), "{}", payload.name);
        }
    });
}
