//! What a place of the settings takes of a variable: JSON Schema without annotations, and values to show.

use serde_json::{Map, Value};

/// What one place takes.
#[derive(Debug, Default)]
pub(super) struct Shape {
    pub(super) schema: Map<String, Value>,
    /// A run does not do without it.
    pub(super) required: bool,
    /// What the schema cannot say, for people and models.
    pub(super) note: String,
    /// A value that it takes.
    pub(super) sample: Value,
    /// How little else would do: of several places the narrowest has the sample.
    pub(super) narrowness: u8,
}

impl Shape {
    pub(super) fn new(schema: Map<String, Value>, narrowness: u8, sample: impl Into<Value>) -> Self {
        Self { schema, required: false, note: String::new(), sample: sample.into(), narrowness }
    }

    pub(super) fn required_if(self, required: bool) -> Self {
        Self { required, ..self }
    }

    pub(super) fn noted(self, note: impl Into<String>) -> Self {
        Self { note: note.into(), ..self }
    }
}

/// Members of a schema.
pub(super) fn keywords<const N: usize>(mut members: [(&str, Value); N]) -> Map<String, Value> {
    let mut map = Map::new();
    add(&mut map, &mut members);
    map
}

pub(super) fn schema<const N: usize>(members: [(&str, Value); N]) -> Value {
    Value::Object(keywords(members))
}

/// Takes the values away. Not for each number of members once more.
#[inline(never)]
fn add(map: &mut Map<String, Value>, members: &mut [(&str, Value)]) {
    for (name, value) in members {
        map.insert((*name).to_owned(), value.take());
    }
}

/// `type`: one or several of JSON's, and null where a blank value will do.
pub(super) fn types(types: &[&str], blank: bool) -> Value {
    if let ([only], false) = (types, blank) {
        return Value::from(*only);
    }
    let mut all = Vec::new();
    for name in types {
        all.push(Value::from(*name));
    }
    if blank {
        all.push(Value::from("null"));
    }
    Value::Array(all)
}

/// One text, number, boolean, or a list of them, as a text takes it. `pattern` is of the text.
pub(super) fn scalars(pattern: &str, any: &str, most: Option<usize>, blank: bool) -> Map<String, Value> {
    let mut map = keywords([
        ("type", types(&["string", "number", "boolean", "array"], blank)),
        ("pattern", Value::from(pattern)),
        ("items", schema([("type", types(&["string", "number", "boolean"], true)), ("pattern", Value::from(any))])),
    ]);
    if let Some(most) = most {
        map.insert("maxLength".to_owned(), most.into());
    }
    if !blank {
        map.insert("contains".to_owned(), filled());
    }
    map
}

/// An entry of a list that says something.
fn filled() -> Value {
    schema([("type", types(&["string", "number", "boolean"], false)), ("pattern", Value::from(super::pattern::TEXT))])
}
