//! JSON text from people → values, without losing anything on the way.
//!
//! `serde_json` keeps the last of two equal keys and forgets the other; in a document that a person wrote that is a
//! mistake without a trace. So a duplicate key is an error here, with its JSON pointer.

use std::fmt::{self, Write as _};

use serde::Serialize;
use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

/// Why a text is not the JSON document expected. Never quotes the text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum DocumentError {
    TooLarge { limit: usize },
    TooManyValues { limit: usize },
    NotJson { line: usize, column: usize },
    DuplicateKey { pointer: String },
    NotAnObject { found: Kind },
}

/// Most values in one document. A byte of JSON can cost fifty in memory (`[1,1,…]`), and 32 MiB is all a host may give us.
pub const MAX_VALUES: usize = 100_000;
/// As many values as an object counts for, beside those in it. It takes 340 bytes however little it holds, a value in a list
/// between 16 and 60.
pub const OBJECT_VALUES: usize = 4;

/// Reads one JSON object of at most `limit` bytes.
pub(crate) fn parse_object(text: &str, limit: usize) -> Result<Map<String, Value>, DocumentError> {
    if text.len() > limit {
        return Err(DocumentError::TooLarge { limit });
    }
    let count = Count::of(text.as_bytes());
    if count.values > MAX_VALUES {
        return Err(DocumentError::TooManyValues { limit: MAX_VALUES });
    }
    // A byte order mark is what some editors save in front of a file; it carries nothing.
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let value: Value = serde_json::from_slice(text.as_bytes())
        .map_err(|error| DocumentError::NotJson { line: error.line(), column: error.column() })?;
    let Value::Object(map) = value else {
        return Err(DocumentError::NotAnObject { found: Kind::of(&value) });
    };
    // As many keys in the text as in the map: none was there twice. Only otherwise it is worth a second reading to find it.
    if members(&map) == count.keys {
        return Ok(map);
    }
    Err(DocumentError::DuplicateKey { pointer: duplicate_key(text).unwrap_or_default() })
}

fn members(map: &Map<String, Value>) -> usize {
    map.len() + map.values().map(members_below).sum::<usize>()
}

fn members_below(value: &Value) -> usize {
    match value {
        Value::Object(map) => members(map),
        Value::Array(items) => items.iter().map(members_below).sum(),
        _ => 0,
    }
}

/// What a JSON text holds, counted without building any of it.
pub(crate) struct Count {
    /// At least as many as there are, each object counted [`OBJECT_VALUES`] more.
    pub values: usize,
    pub keys: usize,
}

impl Count {
    pub(crate) fn of(json: &[u8]) -> Self {
        let (mut values, mut colons) = (1, 0);
        let mut bytes = json.iter();
        while let Some(byte) = bytes.next() {
            match byte {
                b'"' => pass_text(&mut bytes),
                // A list of n values has n - 1 commas and one bracket.
                b',' | b'[' => values += 1,
                b'{' => values += OBJECT_VALUES,
                b':' => colons += 1,
                _ => {}
            }
        }
        Self { values, keys: colons }
    }
}

/// To behind the quote that ends a text.
fn pass_text(bytes: &mut std::slice::Iter<u8>) {
    while let Some(byte) = bytes.next() {
        match byte {
            b'"' => return,
            b'\\' => drop(bytes.next()),
            _ => {}
        }
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    Null,
    Boolean,
    Number,
    Text,
    List,
    Object,
}

impl Kind {
    pub(crate) fn of(value: &Value) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Bool(_) => Self::Boolean,
            Value::Number(_) => Self::Number,
            Value::String(_) => Self::Text,
            Value::Array(_) => Self::List,
            Value::Object(_) => Self::Object,
        }
    }
}

/// `pointer` extended by one key (RFC 6901).
pub(crate) fn child(pointer: &str, key: &str) -> String {
    let mut extended = String::with_capacity(pointer.len() + key.len() + 1);
    extended.push_str(pointer);
    extend(&mut extended, key);
    extended
}

/// The same in place.
pub(crate) fn extend(pointer: &mut String, key: &str) {
    pointer.push('/');
    for c in key.chars() {
        match c {
            '~' => pointer.push_str("~0"),
            '/' => pointer.push_str("~1"),
            c => pointer.push(c),
        }
    }
}

/// The pointer of the first key that stands twice in one object.
fn duplicate_key(text: &str) -> Option<String> {
    let mut found = None;
    let walk = Walk { pointer: &mut String::new(), found: &mut found };
    // The error is the way out of the walk; `found` says whether a duplicate was the reason.
    let _ = walk.deserialize(&mut serde_json::Deserializer::from_slice(text.as_bytes()));
    found
}

/// Walks through a document and notes where it is.
struct Walk<'a> {
    pointer: &'a mut String,
    found: &'a mut Option<String>,
}

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        // Values are of no interest, but this map type is in the program anyway.
        let mut seen = Map::new();
        let depth = self.pointer.len();
        while let Some(key) = map.next_key::<String>()? {
            extend(self.pointer, &key);
            if seen.insert(key, Value::Null).is_some() {
                *self.found = Some(self.pointer.clone());
                return Err(A::Error::custom("duplicate key"));
            }
            map.next_value_seed(Walk { pointer: self.pointer, found: self.found })?;
            self.pointer.truncate(depth);
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<(), A::Error> {
        let depth = self.pointer.len();
        for index in 0_usize.. {
            let _ = write!(self.pointer, "/{index}");
            let more = seq.next_element_seed(Walk { pointer: self.pointer, found: self.found })?;
            self.pointer.truncate(depth);
            if more.is_none() {
                break;
            }
        }
        Ok(())
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

/// An object of a few members. `collect` would bring a sort along for them, and `json!` is written out wherever it stands.
pub(crate) fn object<const N: usize>(mut members: [(&str, Value); N]) -> Value {
    let members = members.iter_mut().map(|(name, value)| ((*name).to_owned(), value.take()));
    Value::Object(map(members))
}

/// The members of an object. `collect` would sort them first, with a sort for each place that collects.
pub(crate) fn map(members: impl Iterator<Item = (String, Value)>) -> Map<String, Value> {
    let mut map = Map::new();
    for (name, value) in members {
        map.insert(name, value);
    }
    map
}

/// JSON text. Writing a value to memory cannot fail; an empty text would be refused, not half understood.
pub fn text(value: &impl Serialize) -> String {
    serde_json::to_string(value).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_document_is_an_object_of_bounded_size() {
        assert!(parse_object("\u{feff}{\"a\":1}", 100).is_ok());
        assert_eq!(parse_object("[1]", 100), Err(DocumentError::NotAnObject { found: Kind::List }));
        assert_eq!(parse_object("{}  ", 3), Err(DocumentError::TooLarge { limit: 3 }));
        assert_eq!(parse_object("{\n  \"a\": }", 100), Err(DocumentError::NotJson { line: 2, column: 8 }));
    }

    #[test]
    fn a_key_that_stands_twice_is_an_error_at_any_depth() {
        let pointer = |text| match parse_object(text, 1000) {
            Err(DocumentError::DuplicateKey { pointer }) => pointer,
            other => panic!("{other:?}"),
        };
        assert_eq!(pointer(r#"{"a":1,"a":2}"#), "/a");
        assert_eq!(pointer(r#"{"m":[{"x":1},{"a/b":null,"y":true,"a/b":1.5e400}]}"#), "/m/1/a~1b");
        assert!(parse_object(r#"{"m":[{"x":1},{"x":1.5}],"x":12345678901234567890123}"#, 1000).is_ok());
    }

    #[test]
    fn commas_in_texts_are_no_values() {
        let text = |comma: &str| format!(r#"{{"a":"{}"}}"#, comma.repeat(MAX_VALUES + 1));
        assert!(parse_object(&text(","), 1 << 20).is_ok());
        assert!(parse_object(&text(r#"\","#), 1 << 20).is_ok());
        let list = format!("{{\"a\":[{}1]}}", "1,".repeat(MAX_VALUES));
        assert_eq!(parse_object(&list, 1 << 20), Err(DocumentError::TooManyValues { limit: MAX_VALUES }));
    }

    /// `{}` takes as much memory as twenty numbers, and needs no comma.
    #[test]
    fn an_object_counts_for_several_values() {
        assert_eq!(Count::of(br#"{"a":[1,2,{"b":"{,["}]}"#).values, 1 + 2 * OBJECT_VALUES + 1 + 2);
        let nested = format!("{{\"a\":[{}]}}", vec!["{\"b\":{}}"; MAX_VALUES / 5].join(","));
        assert_eq!(parse_object(&nested, 1 << 20), Err(DocumentError::TooManyValues { limit: MAX_VALUES }));
    }

    #[test]
    fn endless_nesting_is_an_error_and_no_overflow() {
        let deep = format!("{{\"a\":{}{}}}", "[".repeat(5000), "]".repeat(5000));
        assert!(matches!(parse_object(&deep, 100_000), Err(DocumentError::NotJson { .. })));
    }
}
