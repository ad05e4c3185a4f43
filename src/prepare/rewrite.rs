//! The facts as JSON, their hash, and the settings document with them in it.

use serde_json::{Map, Value};

use crate::base::json::object;
use crate::base::text;
use crate::salesforce::facts::{ObjectFacts, OrgSchema, hash};
use crate::salesforce::{FieldFacts, PicklistValue};

/// Objects that are written with a line for each member: the schema, its objects, an object, its fields.
const OPEN_LEVELS: usize = 5;

/// `schema` as it stands in the settings.
pub(crate) fn json(schema: &OrgSchema) -> Value {
    let mut objects = Map::new();
    for facts in &schema.objects {
        objects.insert(facts.name.as_str().to_owned(), object_json(facts));
    }
    let mut json = object([("viewAllData", schema.view_all_data.into()), ("objects", Value::Object(objects))]);
    let hash = hash(&json);
    insert(&mut json, "hash", Some(hash.into()));
    json
}

fn object_json(facts: &ObjectFacts) -> Value {
    let mut fields = Map::new();
    for (name, facts) in &facts.fields {
        fields.insert(name.as_str().to_owned(), field_json(facts));
    }
    let mut json = object([("fields", Value::Object(fields))]);
    let mut relationships = Map::new();
    for (relationship, sobject) in &facts.relationships {
        relationships.insert(relationship.as_str().to_owned(), sobject.as_str().into());
    }
    let mut record_types = Map::new();
    for (name, id) in &facts.record_types {
        record_types.insert(name.clone(), id.as_str().into());
    }
    let mut validation_rules = Map::new();
    for rule in facts.validation_rules.iter() {
        validation_rules.insert(rule.name.as_str().to_owned(), rule.message.as_str().into());
    }
    let members =
        [("relationships", relationships), ("recordTypes", record_types), ("validationRules", validation_rules)];
    for (key, members) in members {
        insert(&mut json, key, (!members.is_empty()).then_some(Value::Object(members)));
    }
    json
}

/// What is false or does not apply is left out.
fn field_json(facts: &FieldFacts) -> Value {
    let mut json = Value::Object(Map::new());
    insert(&mut json, "label", facts.label.as_deref().map(Value::from));
    insert(&mut json, "type", facts.field_type.word().map(Value::from));
    for (key, fact) in [
        ("externalId", facts.external_id),
        ("idLookup", facts.id_lookup),
        ("unique", facts.unique),
        ("caseSensitive", facts.case_sensitive),
        ("required", facts.required),
        ("restricted", facts.restricted),
        ("leftOut", facts.left_out),
    ] {
        insert(&mut json, key, fact.then_some(Value::Bool(true)));
    }
    insert(&mut json, "length", facts.length.map(Value::from));
    insert(&mut json, "byteLength", facts.byte_length.map(Value::from));
    insert(&mut json, "precision", facts.digits.map(|(precision, _)| precision.into()));
    insert(&mut json, "scale", facts.digits.map(|(_, scale)| scale.into()));
    let values: Vec<Value> = facts.values.iter().map(value_json).collect();
    insert(&mut json, "values", (!values.is_empty()).then_some(Value::Array(values)));
    json
}

fn value_json(value: &PicklistValue) -> Value {
    let mut json = object([("value", value.value.as_str().into())]);
    insert(&mut json, "label", value.label.as_deref().map(Value::from));
    json
}

fn insert(json: &mut Value, key: &str, value: Option<Value>) {
    if let (Value::Object(json), Some(value)) = (json, value) {
        json.insert(key.to_owned(), value);
    }
}

/// The settings with this `schema`; all else stays as the author wrote it, byte for byte.
///
/// `settings` is a JSON object with at least one member.
pub fn with_schema(settings: &str, schema: &Value) -> String {
    let place = Place::of(settings);
    let mut document = String::with_capacity(settings.len() + 1024);
    let (before, after) = match place {
        Place::Value { start, end } => (settings.get(..start), settings.get(end..)),
        Place::After(end) => (settings.get(..end), settings.get(end..)),
    };
    document.push_str(before.unwrap_or_default());
    if matches!(place, Place::After(_)) {
        document.push_str(",\n  \"schema\": ");
    }
    lay_out(schema, 1, &mut document);
    document.push_str(after.unwrap_or_default());
    document
}

fn lay_out(value: &Value, level: usize, out: &mut String) {
    let Value::Object(members) = value else {
        out.push_str(&text(value));
        return;
    };
    if level > OPEN_LEVELS - 1 || members.is_empty() {
        out.push_str(&text(value));
        return;
    }
    let mut separator = "{";
    for (key, member) in members {
        out.push_str(separator);
        new_line(level + 1, out);
        out.push_str(&text(&Value::String(key.clone())));
        out.push_str(": ");
        lay_out(member, level + 1, out);
        separator = ",";
    }
    new_line(level, out);
    out.push('}');
}

fn new_line(level: usize, out: &mut String) {
    out.push('\n');
    for _ in 0..level {
        out.push_str("  ");
    }
}

/// Where the schema goes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Place {
    /// In the place of the one that is there.
    Value { start: usize, end: usize },
    /// Behind the last member.
    After(usize),
}

impl Place {
    /// Looks at the outermost object only.
    fn of(json: &str) -> Self {
        let (mut depth, mut in_text, mut escaped) = (0_usize, false, false);
        let (mut key_start, mut key, mut value_start, mut last) = (None, None, None, 0);
        for (at, byte) in json.bytes().enumerate() {
            match byte {
                _ if escaped => escaped = false,
                b'\\' if in_text => escaped = true,
                b'"' => {
                    in_text = !in_text;
                    if depth == 1 && key.is_none() {
                        match key_start {
                            None => key_start = Some(at),
                            Some(start) => key = json.get(start..=at),
                        }
                    }
                }
                _ if in_text => {}
                b'{' | b'[' => depth += 1,
                b':' if depth == 1 => value_start = Some(at + 1),
                b',' | b'}' if depth == 1 => {
                    if let (Some(key), Some(start)) = (key, value_start)
                        && serde_json::from_str::<Value>(key).is_ok_and(|key| key == "schema")
                    {
                        return Self::value(json, start, last);
                    }
                    (key_start, key, value_start) = (None, None, None);
                    if byte == b'}' {
                        break;
                    }
                }
                b'}' | b']' => depth = depth.saturating_sub(1),
                _ => {}
            }
            if !byte.is_ascii_whitespace() {
                last = at + 1;
            }
        }
        Self::After(last)
    }

    fn value(json: &str, start: usize, end: usize) -> Self {
        let blanks = json.get(start..end).map_or(0, |value| value.len() - value.trim_start().len());
        Self::Value { start: start + blanks, end }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_authors_document_stays_as_it_was() {
        let schema = json!({ "hash": "h" });
        for (settings, expected) in [
            (
                "{ \"a\": [1, {\"schema\": 2}] }",
                "{ \"a\": [1, {\"schema\": 2}],\n  \"schema\": {\n    \"hash\": \"h\"\n  } }",
            ),
            ("{\"schema\" : {\"x\":\"}\\\"\"} ,\"b\":1}", "{\"schema\" : {\n    \"hash\": \"h\"\n  } ,\"b\":1}"),
            ("{\"b\":1,\n\"\\u0073chema\":null\n}\n", "{\"b\":1,\n\"\\u0073chema\":{\n    \"hash\": \"h\"\n  }\n}\n"),
        ] {
            let document = with_schema(settings, &schema);
            assert_eq!(document, expected);
            let read: Value = serde_json::from_str(&document).unwrap();
            assert_eq!(read.get("schema"), Some(&schema));
        }
    }

    #[test]
    fn the_hash_does_not_depend_on_layout_or_on_itself() {
        let schema = json(&OrgSchema::default());
        assert_eq!(schema.get("hash"), Some(&Value::String(hash(&schema))));
        let mut edited = schema.clone();
        edited["viewAllData"] = true.into();
        assert_ne!(hash(&edited), hash(&schema));
    }
}
