//! Fields with a list of values: those of a restricted one alone, or any text where it is open.

use serde_json::{Map, Value};

use super::field::Field;
use super::shape::{Shape, keywords, schema};
use crate::salesforce::{FieldType, PicklistValue};
use crate::value::{WhenTooLong, has_reference_mark};

impl Field<'_> {
    pub(super) fn picklist(&self) -> Shape {
        let values = self.values();
        let sample = values.first().map(|value| Value::from(value.value.as_str())).unwrap_or_default();
        match self.facts.field_type {
            _ if !self.facts.restricted => self.open(&values, sample),
            FieldType::MultiPicklist => self.several(&values, sample),
            _ => Shape::new(choice(&values, self.blank), 9, sample),
        }
    }

    /// Values that a run can hand on as they are.
    fn values(&self) -> Vec<&PicklistValue> {
        let mut values = Vec::new();
        let mut seen = Map::new();
        for value in &self.facts.values {
            let text = value.value.as_str();
            let is_plain = !text.is_empty() && text.trim() == text && !has_reference_mark(text);
            if is_plain && seen.insert(text.to_owned(), Value::Null).is_none() {
                values.push(value);
            }
        }
        values
    }

    fn several(&self, values: &[&PicklistValue], sample: Value) -> Shape {
        let mut list = keywords([("type", Value::from("array")), ("items", Value::Object(choice(values, false)))]);
        if !self.blank {
            list.insert("minItems".to_owned(), Value::from(1));
        }
        let alternatives: Value =
            [Value::Object(list), Value::Object(choice(values, self.blank))].into_iter().collect();
        Shape::new(keywords([("anyOf", alternatives)]), 9, Value::Array(vec![sample]))
    }

    /// Any text will do; the values are suggestions.
    fn open(&self, values: &[&PicklistValue], sample: Value) -> Shape {
        let is_multiple = self.facts.field_type == FieldType::MultiPicklist;
        let mut shape = self.text(WhenTooLong::Fail);
        if is_multiple {
            // The length is that of each value.
            if !self.mapping.key {
                shape.schema.remove("maxLength");
            }
            if let (Some(most), Some(Value::Object(items))) = (self.facts.length, shape.schema.get_mut("items")) {
                items.insert("maxLength".to_owned(), most.into());
            }
        }
        if !values.is_empty() {
            let texts: Value = values.iter().map(|value| Value::from(value.value.as_str())).collect();
            shape.schema.insert("examples".to_owned(), texts);
            shape.sample = sample;
            shape.narrowness = 5;
        }
        shape
    }
}

/// One of a list, with the labels that people see.
fn choice(values: &[&PicklistValue], blank: bool) -> Map<String, Value> {
    let has_labels = values.iter().any(|value| value.label.is_some());
    if values.is_empty() && !blank {
        return keywords([("not", schema([]))]);
    }
    if !has_labels {
        let blanks = [Value::from(""), Value::Null].into_iter().filter(|_| blank);
        let values = values.iter().map(|value| Value::from(value.value.as_str()));
        return keywords([("enum", values.chain(blanks).collect())]);
    }
    let mut choices = Vec::new();
    for PicklistValue { value, label } in values {
        let label = label.as_deref().unwrap_or(value);
        choices.push(schema([("const", Value::from(value.as_str())), ("title", Value::from(label))]));
    }
    if blank {
        choices.push(schema([("enum", [Value::from(""), Value::Null].into_iter().collect())]));
    }
    keywords([("oneOf", Value::Array(choices))])
}
