//! What an org has, as JSON.

use serde_json::{Value, json};

use super::{api_usage, finding, list, status};
use crate::host::bindings::exports::chat_flow::salesforce::types::{
    FieldEntry, FieldsAnswer, KeyUse, ObjectEntry, ObjectsAnswer, PicklistValue, RecordTypeEntry,
};

/// The answer of `objects`.
pub fn objects(answer: &ObjectsAnswer) -> Value {
    json!({
        "status": status(answer.status),
        "objects": list(&answer.objects, object_entry),
        "total": answer.total,
        "more": answer.more,
        "requests": answer.requests,
        "retryAfterSeconds": answer.retry_after_seconds,
        "apiUsage": answer.api_usage.map_or(Value::Null, api_usage),
        "findings": list(&answer.findings, finding),
    })
}

/// The answer of `fields`.
pub fn fields(answer: &FieldsAnswer) -> Value {
    json!({
        "status": status(answer.status),
        "object": answer.object.as_ref().map_or(Value::Null, object_entry),
        "recordTypes": list(&answer.record_types, record_type_entry),
        "fields": list(&answer.fields, field_entry),
        "total": answer.total,
        "more": answer.more,
        "requests": answer.requests,
        "retryAfterSeconds": answer.retry_after_seconds,
        "apiUsage": answer.api_usage.map_or(Value::Null, api_usage),
        "findings": list(&answer.findings, finding),
    })
}

/// A use of a key as it is written.
pub fn key_use(key: KeyUse) -> &'static str {
    match key {
        KeyUse::None => "none",
        KeyUse::ByLookup => "by-lookup",
        KeyUse::NativeWithViewAllData => "native-with-view-all-data",
        KeyUse::Native => "native",
    }
}

fn object_entry(object: &ObjectEntry) -> Value {
    json!({
        "name": object.name,
        "label": object.label,
        "labelPlural": object.label_plural,
        "keyPrefix": object.key_prefix,
        "custom": object.custom,
        "createable": object.createable,
        "updateable": object.updateable,
        "queryable": object.queryable,
    })
}

fn record_type_entry(entry: &RecordTypeEntry) -> Value {
    json!({ "developerName": entry.developer_name, "label": entry.label })
}

fn field_entry(field: &FieldEntry) -> Value {
    json!({
        "name": field.name,
        "label": field.label,
        "help": field.help,
        "type": field.type_,
        "length": field.length,
        "required": field.required,
        "custom": field.custom,
        "createable": field.createable,
        "updateable": field.updateable,
        "key": key_use(field.key),
        "restricted": field.restricted,
        "values": list(&field.values, picklist_value),
        "moreValues": field.more_values,
        "references": field.references,
        "relationship": field.relationship,
    })
}

fn picklist_value(value: &PicklistValue) -> Value {
    json!({ "value": value.value, "label": value.label })
}
