//! The form that an author fills in, derived from the strict JSON Schema: no text and no rule stands here a second time.
//!
//! Renderers draw the strict schema badly or not at all: it holds every mode, refers to parts of itself, and says with `if` and `not`
//! what goes together. A form is of one mode and one language, flat, and fills one settings document: [`schema`] says what can be
//! entered, [`ui`] where it stands.

mod schema;
mod ui;

use serde_json::{Map, Value};

use crate::base::{Finding, FindingCode, Language};
use crate::salesforce::RecordName;
use crate::settings::{MAX_RECORDS, Mode};
use crate::texts::said;

/// A library that draws forms. They do not read the same: one picks the first `const` of a choice by itself, the other draws a
/// choice only of such.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Renderer {
    /// react-jsonschema-form.
    ReactJsonSchemaForm,
    /// JSON Forms.
    JsonForms,
}

/// Schema, layout and first content of a form.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    /// JSON Schema (draft-07).
    pub schema: Value,
    /// As the renderer reads it.
    pub ui_schema: Value,
    /// What an empty form begins with.
    pub data: Value,
}

impl Form {
    /// Each of `records` gets its own part under `objects`. An author may still be typing them: what is no name is left out.
    pub fn new(mode: &str, language: &str, renderer: Renderer, records: &[String]) -> Result<Self, Vec<Finding>> {
        let found = Mode::ALL.iter().copied().find(|known| known.name() == mode);
        let spoken = Language::ALL.into_iter().find(|known| known.tag() == language);
        let mut findings = Vec::new();
        if found.is_none() {
            findings.push(unknown("mode", Mode::ALL.iter().map(|mode| mode.name())));
        }
        if spoken.is_none() {
            findings.push(unknown("language", Language::ALL.iter().map(|language| language.tag())));
        }
        let (Some(mode), Some(language)) = (found, spoken) else { return Err(findings) };
        let is_name = |name: &&String| RecordName::parse(name).is_some();
        let records: Vec<String> = records.iter().filter(is_name).take(MAX_RECORDS).cloned().collect();
        let schema = schema::derive(mode, language, renderer, &records);
        let ui_schema = match renderer {
            Renderer::ReactJsonSchemaForm => ui::react_jsonschema_form(&schema),
            Renderer::JsonForms => ui::json_forms(&schema, language),
        };
        let mut data = Part::new();
        set(&mut data, "mode", text(mode.name()));
        if below(&schema, &["properties", "mappings"]).is_object() {
            set(&mut data, "mappings", Value::Array(vec![object(&mut [])]));
        }
        Ok(Self { schema, ui_schema, data: data.into() })
    }
}

fn unknown<'a>(place: &str, known: impl Iterator<Item = &'a str>) -> Finding {
    let known: Vec<String> = known.map(|word| format!("`{word}`")).collect();
    let said = said!(findings_document::unknown_value(&known.join(", ")));
    Finding::new(FindingCode::UnknownValue, place.to_owned(), said)
}

type Part = Map<String, Value>;

/// What stands there, or null.
fn below<'a>(part: &'a Value, place: &[&str]) -> &'a Value {
    place.iter().fold(part, |part, key| part.get(*key).unwrap_or(&Value::Null))
}

/// Not `json!`, which is the same code in each place.
#[inline(never)]
fn set(part: &mut Part, key: &str, value: Value) {
    part.insert(key.to_owned(), value);
}

#[inline(never)]
fn merge(part: &mut Part, other: &Part) {
    for (key, value) in other {
        set(part, key, value.clone());
    }
}

#[inline(never)]
fn text(text: &str) -> Value {
    text.into()
}

/// A list of texts.
#[inline(never)]
fn texts(texts: &[&str]) -> Value {
    Value::Array(texts.iter().map(|one| text(one)).collect())
}

#[inline(never)]
fn object(members: &mut [(&str, Value)]) -> Value {
    let mut object = Part::new();
    for (key, value) in members {
        set(&mut object, key, value.take());
    }
    object.into()
}
