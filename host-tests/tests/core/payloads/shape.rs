//! The shape of JSON: member names and types, without values. A list has the shape of all its items together.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

/// What stands at one place of a document, or of several alike.
#[derive(Clone, Debug, Default)]
pub struct Shape {
    types: BTreeSet<&'static str>,
    members: BTreeMap<String, Shape>,
    items: Option<Box<Shape>>,
}

/// One difference, seen from the real answer.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Difference {
    /// The real answer has this member, the simulator's not.
    Missing(String),
    /// The simulator's answer has this member, no real one has.
    Extra(String),
    /// Both have it, with other types: path, real ones, the simulator's.
    Type(String, String, String),
}

impl Shape {
    pub fn of<'a>(values: impl IntoIterator<Item = &'a Value>) -> Self {
        let mut shape = Self::default();
        values.into_iter().for_each(|value| shape.add(value));
        shape
    }

    fn add(&mut self, value: &Value) {
        self.types.insert(match value {
            Value::Null => "null",
            Value::Bool(_) => "boolean",
            Value::Number(_) => "number",
            Value::String(_) => "string",
            Value::Array(_) => "list",
            Value::Object(_) => "object",
        });
        match value {
            Value::Array(items) => {
                let shape = self.items.get_or_insert_default();
                items.iter().for_each(|item| shape.add(item));
            }
            Value::Object(members) => {
                for (name, member) in members.iter().filter(|_| !is_record(value)) {
                    self.members.entry(name.clone()).or_default().add(member);
                }
                if let (true, Some(attributes)) = (is_record(value), members.get("attributes")) {
                    self.members.entry("attributes".to_owned()).or_default().add(attributes);
                }
            }
            _ => {}
        }
    }

    /// What the simulator's shape differs in from this real one.
    pub fn differences(&self, simulated: &Self) -> Vec<Difference> {
        let mut found = Vec::new();
        self.compare(simulated, "", &mut found);
        found
    }

    fn compare(&self, simulated: &Self, path: &str, found: &mut Vec<Difference>) {
        // Null says nothing about the type of what could stand there.
        let known = |shape: &Self| shape.types.iter().copied().filter(|kind| *kind != "null").collect::<BTreeSet<_>>();
        let (real, ours) = (known(self), known(simulated));
        if !ours.is_subset(&real) || (ours.is_empty() && !real.is_empty()) {
            let listed = |shape: &Self| shape.types.iter().copied().collect::<Vec<_>>().join(" or ");
            found.push(Difference::Type(path.to_owned(), listed(self), listed(simulated)));
        }
        let both_have = |kind| real.contains(kind) && ours.contains(kind);
        if both_have("object") {
            for (name, member) in &self.members {
                let path = format!("{path}/{name}");
                match simulated.members.get(name) {
                    Some(ours) => member.compare(ours, &path, found),
                    None => found.push(Difference::Missing(path)),
                }
            }
            let extra = simulated.members.keys().filter(|name| !self.members.contains_key(*name));
            found.extend(extra.map(|name| Difference::Extra(format!("{path}/{name}"))));
        }
        if let (Some(items), Some(ours)) = (&self.items, &simulated.items) {
            // An empty list says nothing about its items.
            if !items.types.is_empty() && !ours.types.is_empty() {
                items.compare(ours, &format!("{path}[]"), found);
            }
        }
    }
}

/// Which fields a record has is the org's affair.
fn is_record(value: &Value) -> bool {
    value.pointer("/attributes/type").is_some_and(Value::is_string)
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_difference_is_named_by_its_place() {
        let real = [json!({ "a": [{ "b": 1 }, { "c": null }], "r": { "attributes": { "type": "X" }, "F": 1 } })];
        let ours = [json!({ "a": [{ "b": "1", "d": true }], "r": { "attributes": { "type": "X" }, "G": 1 }, "e": [] })];
        let found = Shape::of(&real).differences(&Shape::of(&ours));
        let expected = [
            Difference::Type("/a[]/b".into(), "number".into(), "string".into()),
            Difference::Missing("/a[]/c".into()),
            Difference::Extra("/a[]/d".into()),
            Difference::Extra("/e".into()),
        ];
        assert_eq!(found, expected);
        assert_eq!(Shape::of(&real).differences(&Shape::of(&real)), []);
    }

    #[test]
    fn null_stands_for_any_type_but_not_always() {
        let null = [json!({ "a": null })];
        let text = [json!({ "a": "x" })];
        let both = [json!({ "a": null }), json!({ "a": "x" })];
        assert_eq!(Shape::of(&both).differences(&Shape::of(&text)), []);
        assert_eq!(Shape::of(&text).differences(&Shape::of(&both)), []);
        let never = Difference::Type("/a".into(), "string".into(), "null".into());
        assert_eq!(Shape::of(&text).differences(&Shape::of(&null)), [never]);
    }
}
