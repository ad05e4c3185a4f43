//! A word that must not come out again, put into whatever a visitor typed or Salesforce wrote.
//!
//! Whether a message repeats an input cannot be told from the input alone: a fuzzer finds "Salesforce" in our messages and
//! types it. So inputs are run once as they are, and once with this word in every text.

use std::fmt::Debug;

use serde_json::Value;

const CANARY: &str = "Kanarie7";

/// Whether an input holds the word by itself, and proves nothing.
pub fn is_in(input: &str) -> bool {
    input.to_lowercase().contains("kanarie")
}

/// The same JSON with the word in front of every text that somebody may have typed: of values, not of keys.
pub fn typed(value: &mut Value) {
    match value {
        Value::String(text) => text.insert_str(0, CANARY),
        Value::Array(items) => items.iter_mut().for_each(typed),
        Value::Object(members) => members.values_mut().for_each(typed),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The same JSON with the word, in quotes, behind every text that is no single word. A code, the name of a field and an id are
/// single words and may be passed on; a sentence may not, nor what it quotes.
pub fn written(value: &mut Value) {
    match value {
        Value::String(text) if text.is_empty() || text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_') => {}
        Value::String(text) => text.push_str(&format!(" '{CANARY}'")),
        Value::Array(items) => items.iter_mut().for_each(written),
        Value::Object(members) => members.values_mut().for_each(written),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// The same body with the word in it; what is no JSON has it at the end.
pub fn in_body(body: &[u8]) -> Vec<u8> {
    match serde_json::from_slice::<Value>(body) {
        Ok(mut json) => {
            written(&mut json);
            json.to_string().into_bytes()
        }
        Err(_) => [body, CANARY.as_bytes()].concat(),
    }
}

/// Panics if the word is in what people read, or in what is logged.
pub fn stayed_inside(said: &impl Debug) {
    let said = format!("{said:?}");
    assert!(!is_in(&said), "a value got out: {said}");
}
