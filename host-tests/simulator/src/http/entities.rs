//! HTML entities in the texts of an answer, as one public client of the composite resource has to undo them.

use serde_json::Value;

/// Writes `&`, `<`, `>` and quotes in every text as an HTML entity.
pub fn encode(value: &mut Value) {
    match value {
        Value::String(text) => *text = encoded(text),
        Value::Array(items) => items.iter_mut().for_each(encode),
        Value::Object(members) => members.values_mut().for_each(encode),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// One text with HTML entities.
pub fn encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => encoded.push_str("&amp;"),
            '<' => encoded.push_str("&lt;"),
            '>' => encoded.push_str("&gt;"),
            '"' => encoded.push_str("&quot;"),
            '\'' => encoded.push_str("&#39;"),
            c => encoded.push(c),
        }
    }
    encoded
}
