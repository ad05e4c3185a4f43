//! What a preview would change, field by field: the new values from the writes that it shows, the old ones from the answers to its
//! lookups.

use serde_json::{Map, Value, json};

/// For each record that would be written: its fields with what they hold and what they would hold. `old` is not there where the lookup
/// did not read it.
pub(super) fn of(preview: &Value, exchanges: &Value) -> Value {
    let records = preview["records"].as_array().into_iter().flatten();
    let changed = records.filter_map(|record| {
        let name = record["name"].as_str()?;
        let fields = written(preview, name)?;
        let before = record["id"].as_str().and_then(|id| found(exchanges, id));
        let fields: Vec<Value> = fields
            .iter()
            .map(|(field, new)| {
                let mut change = json!({ "field": field, "new": new });
                if let Some(old) = before.and_then(|before| before.get(field)) {
                    change["old"] = old.clone();
                }
                change
            })
            .collect();
        Some(json!({ "record": name, "fields": fields }))
    });
    changed.collect()
}

/// The body of the write of this record.
fn written<'a>(preview: &'a Value, name: &str) -> Option<&'a Map<String, Value>> {
    let reference = format!("write_{name}");
    let writes = preview["writes"].as_array()?.iter();
    let parts = writes.filter_map(|write| write["body"]["compositeRequest"].as_array()).flatten();
    parts.into_iter().find(|part| part["referenceId"] == *reference)?["body"].as_object()
}

/// The record with this id, wherever an answer has it; the last one knows best.
fn found<'a>(answers: &'a Value, id: &str) -> Option<&'a Map<String, Value>> {
    match answers {
        Value::Array(items) => items.iter().rev().find_map(|item| found(item, id)),
        Value::Object(members) if members.get("Id").is_some_and(|value| value == id) => Some(members),
        Value::Object(members) => members.values().find_map(|member| found(member, id)),
        _ => None,
    }
}
