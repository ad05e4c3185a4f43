//! How long the JSON of a value is, without making it.

use serde_json::{Map, Value};

use super::OBJECT_VALUES;

/// Bytes of a text between the quotes of JSON.
pub(crate) fn json_length(text: &str) -> usize {
    let length = |byte| match byte {
        0..0x20 => 6,
        b'"' | b'\\' => 2,
        _ => 1,
    };
    text.bytes().map(length).sum()
}

/// Bytes of JSON, and values counted as in every document. No deeper than serde_json reads.
pub(crate) fn size(value: &Value) -> (usize, usize) {
    match value {
        Value::Null | Value::Bool(_) => (5, 1),
        Value::Number(number) => (number.as_str().len(), 1),
        Value::String(text) => (json_length(text) + 2, 1),
        Value::Array(items) => items.iter().map(|item| sum(size(item), (1, 0))).fold((2, 1), sum),
        Value::Object(members) => size_of_object(members),
    }
}

/// The same of an object.
pub(crate) fn size_of_object(members: &Map<String, Value>) -> (usize, usize) {
    let members = members.iter().map(|(name, value)| sum(size(value), (json_length(name) + 4, 0)));
    members.fold((2, 1 + OBJECT_VALUES), sum)
}

fn sum((a, b): (usize, usize), (c, d): (usize, usize)) -> (usize, usize) {
    (a + c, b + d)
}
