//! What can be entered: the strict schema without other modes, references, hidden parts and conditions.
//!
//! What a renderer cannot read there stays as `x-…`: `x-order`, `x-advanced`, `x-placeholder` with what holds where nothing is
//! entered, and `x-options` with what an engine can offer.

use serde_json::{Map, Value, json};

use super::Renderer;
use crate::base::Language;
use crate::manifest::SETTINGS_SCHEMA;
use crate::settings::Mode;
use crate::texts::fixed;

type Part = Map<String, Value>;

/// What an author fills in at first; the rest waits behind "more settings".
const BASIC: &[&str] = &[
    "mode", "deploymentDomain", "mappings", "source", "target", "object", "field", "useToFindExisting", "method", "path", "query",
    "body", "allowWrites", "store", "onlyUpdateExisting", "whenSeveralMatch", "whenNoneMatch", "variable", "constant", "template",
    "record", "file", "transcript", "limit", "Id", "q",
];

struct Derivation<'a> {
    definitions: &'a Value,
    mode: Mode,
    language: Language,
    renderer: Renderer,
    records: &'a [String],
}

pub(super) fn derive(mode: Mode, language: Language, renderer: Renderer, records: &[String]) -> Value {
    let strict: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap_or_default();
    Derivation { definitions: &strict["$defs"], mode, language, renderer, records }.document(&strict)
}

impl Derivation<'_> {
    fn document(&self, strict: &Value) -> Value {
        let branch = &strict["allOf"][0][if self.mode == Mode::ApiRequest { "then" } else { "else" }];
        let mut bare = strict.as_object().cloned().unwrap_or_default();
        bare.remove("allOf");
        bare.remove("$defs");
        if let (Some(own), Some(others)) = (bare.get_mut("properties"), branch["properties"].as_object()) {
            own.as_object_mut().into_iter().for_each(|own| own.retain(|name, _| !others.contains_key(name)));
        }
        for required in branch["required"].as_array().into_iter().flatten() {
            bare.get_mut("required").and_then(Value::as_array_mut).into_iter().for_each(|all| all.push(required.clone()));
        }
        let mut form = self.part("", &bare.into()).unwrap_or_default();
        form["$schema"] = "http://json-schema.org/draft-07/schema#".into();
        form["properties"]["mode"]["const"] = self.mode.name().into();
        form["properties"]["mode"].as_object_mut().map(|mode| mode.remove("oneOf"));
        form
    }

    /// `None` where it is of another mode, or not for authors.
    fn part(&self, name: &str, strict: &Value) -> Option<Value> {
        if !self.is_shown(strict) {
            return None;
        }
        let strict = self.whole(strict);
        let mut form = Part::new();
        for (key, value) in &strict {
            let value = match key.as_str() {
                "title" | "description" => self.said(&strict, key),
                "properties" => self.properties(value),
                "items" if name == "mappings" => self.row(value),
                "items" => self.part(name, value).unwrap_or_default(),
                "additionalProperties" if value.is_object() => {
                    self.part(if name == "store" { "variable" } else { "" }, value).unwrap_or_default()
                }
                "propertyNames" => self.whole(value).into(),
                "default" | "anyOf" | "oneOf" | "x-de" | "x-modes" => continue,
                _ => value.clone(),
            };
            form.insert(key.clone(), value);
        }
        match name {
            _ if strict.get("maxProperties") == Some(&json!(1)) => self.one_member(&strict, &mut form),
            "objects" => self.named(&mut form),
            "store" if self.mode != Mode::ApiRequest => offer(&mut form, "Id"),
            "query" => offer(&mut form, "q"),
            // Each hint once, so that renderers draw a list to tick.
            "silence" => form.extend(form.contains_key("items").then(|| ("uniqueItems".into(), true.into()))),
            // The one that takes any JSON: of a form it is an object, as Salesforce's bodies are.
            "body" => form.extend([("type".into(), "object".into()), ("additionalProperties".into(), true.into())]),
            _ => {}
        }
        if let Some(all) = strict.get("oneOf").and_then(Value::as_array) {
            self.choices(name, all, &mut form);
        }
        if let Some(default) = strict.get("default") {
            let word = strict.get("oneOf").and_then(Value::as_array).into_iter().flatten();
            let chosen = word.filter_map(Value::as_object).find(|choice| choice.get("const") == Some(default));
            let text = chosen.map(|choice| self.said(choice, "title")).or_else(|| self.plain(default));
            form.extend(text.map(|text| ("x-placeholder".into(), text)));
        }
        if let (None, Some(example)) = (form.get("x-placeholder"), strict.get("examples").and_then(|all| all.get(0))) {
            form.insert("x-placeholder".into(), example.clone());
        }
        let shown: Vec<String> = form.get("properties").and_then(Value::as_object).into_iter().flat_map(Map::keys).cloned().collect();
        if let Some(order) = form.get_mut("x-order").and_then(Value::as_array_mut) {
            order.retain(|name| shown.iter().any(|shown| name == shown));
        }
        form.extend(options(name).filter(|_| form.get("items").is_none()).map(|of| ("x-options".into(), of.into())));
        Some(form.into())
    }

    /// What an empty field shows of a default.
    fn plain(&self, default: &Value) -> Option<Value> {
        (!default.is_boolean()).then(|| default.as_str().map_or_else(|| default.to_string(), ToOwned::to_owned).into())
    }

    fn is_shown(&self, part: &Value) -> bool {
        let of_mode = part["x-modes"].as_array().is_none_or(|modes| modes.iter().any(|mode| mode == self.mode.name()));
        of_mode && part["x-hidden"] != true
    }

    fn said(&self, part: &Part, key: &str) -> Value {
        let translated = (self.language == Language::De).then(|| part.get("x-de")?.get(key)).flatten();
        translated.or_else(|| part.get(key)).cloned().unwrap_or_default()
    }

    /// A part with what it refers to. What it says twice becomes a `not`, which renderers let be: of an `allOf` they make a form of its own.
    fn whole(&self, part: &Value) -> Part {
        let (mut whole, mut never) = (Part::new(), Vec::new());
        self.gather(part, &mut whole, &mut never);
        match never.len() {
            0 => {}
            1 => whole.extend(never.pop().map(|never| ("not".into(), never))),
            _ => whole.extend([("not".into(), json!({ "anyOf": never }))]),
        }
        whole
    }

    fn gather(&self, part: &Value, whole: &mut Part, never: &mut Vec<Value>) {
        for (key, value) in part.as_object().into_iter().flatten() {
            match key.as_str() {
                "$ref" | "allOf" => {}
                "not" => never.push(value.clone()),
                // react-jsonschema-form fills a list up to its least length, also one that the author leaves out.
                "minItems" => never.push(json!({ "maxItems": value.as_u64().unwrap_or(1).saturating_sub(1) })),
                _ if whole.contains_key(key) => never.push(json!({ "not": { key: value } })),
                _ => drop(whole.insert(key.clone(), value.clone())),
            }
        }
        if let Some(name) = part["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            self.gather(&self.definitions[name], whole, never);
        }
        part["allOf"].as_array().into_iter().flatten().for_each(|also| self.gather(also, whole, never));
    }

    fn properties(&self, strict: &Value) -> Value {
        let members = strict.as_object().into_iter().flatten().filter_map(|(name, part)| {
            let mut part = self.part(name, part)?;
            if !BASIC.contains(&name.as_str()) {
                part["x-advanced"] = true.into();
            }
            Some((name.clone(), part))
        });
        Value::Object(members.collect())
    }

    /// Fixed values are one choice; beside them may stand others, such as an id.
    fn choices(&self, name: &str, all: &[Value], form: &mut Part) {
        let shown = all.iter().filter(|choice| self.is_shown(choice));
        let (fixed, others): (Vec<&Value>, Vec<&Value>) = shown.partition(|choice| choice.get("const").is_some());
        let key = if self.renderer == Renderer::JsonForms { "const" } else { "enum" };
        let mut types: Vec<&str> = Vec::new();
        let mut titles = Vec::new();
        let mut entries = Vec::new();
        for choice in fixed {
            let value = &choice["const"];
            let kind = if value.is_boolean() { "boolean" } else { "string" };
            if !types.contains(&kind) {
                // Renderers take the first for the whole, and a boolean for a check box.
                types.insert(if kind == "string" { 0 } else { types.len() }, kind);
            }
            let title = choice.as_object().map(|choice| self.said(choice, "title")).unwrap_or_default();
            titles.extend(title.as_str().map(ToOwned::to_owned));
            // react-jsonschema-form takes a `const` for a default, and chooses the first by itself.
            let value = if key == "enum" { json!([value]) } else { value.clone() };
            entries.push(json!({ key: value, "title": title }));
        }
        let kind = if let [one] = types.as_slice() { json!(one) } else { json!(types) };
        let choice = [("type".to_owned(), kind), ("oneOf".to_owned(), entries.into())];
        if others.is_empty() {
            form.extend(choice);
            return;
        }
        let mut alternatives = vec![Value::Object(choice.into_iter().collect())];
        alternatives[0]["title"] = titles.join(" / ").into();
        alternatives.extend(others.into_iter().filter_map(|other| self.part(name, other)));
        form.insert("oneOf".into(), alternatives.into());
    }

    /// An object with one of several members: as many alternatives, each with a title.
    fn one_member(&self, strict: &Part, form: &mut Part) {
        let order = strict.get("x-order").and_then(Value::as_array);
        let mut alternatives = Vec::new();
        for name in order.into_iter().flatten().filter_map(Value::as_str) {
            let Some(part) = strict.get("properties").and_then(|members| members.get(name)) else { continue };
            let Some(member) = self.part(name, part) else { continue };
            for (title, member) in self.kinds(part, member) {
                alternatives.push(json!({
                    "title": title, "type": "object", "required": [name], "additionalProperties": false,
                    "properties": { name: member },
                }));
            }
        }
        for key in ["properties", "additionalProperties", "minProperties", "maxProperties", "x-order"] {
            form.remove(key);
        }
        form.insert("oneOf".into(), alternatives.into());
    }

    /// A member that is of several types, each by itself.
    fn kinds(&self, strict: &Value, member: Value) -> Vec<(Value, Value)> {
        let title = member["title"].clone();
        let Some(any) = strict["anyOf"].as_array() else { return vec![(title, member)] };
        let mut kinds = Vec::new();
        for part in any {
            let mut part = self.part("", part).unwrap_or_default();
            if part["items"].is_object() {
                part["items"]["type"] = "string".into();
                part["items"]["x-options"] = member["x-options"].clone();
            }
            let types = match &part["type"] {
                Value::Array(types) => types.clone(),
                one => vec![one.clone()],
            };
            for kind in types {
                let (title, description) = match kind.as_str() {
                    Some("number") => (fixed!(form::NUMBER)[self.language as usize].into(), Value::Null),
                    Some("boolean") => (fixed!(form::YES_OR_NO)[self.language as usize].into(), Value::Null),
                    Some("array") => (fixed!(form::SEVERAL)[self.language as usize].into(), Value::Null),
                    _ => (title.clone(), member["description"].clone()),
                };
                let mut form = part.as_object().cloned().unwrap_or_default();
                form.extend([("type".into(), kind.clone()), ("title".into(), title.clone())]);
                form.extend([("x-options".into(), member["x-options"].clone())].into_iter().filter(|_| kind != "array"));
                form.extend([("description".into(), description)].into_iter().filter(|(_, text)| !text.is_null()));
                if kind != "number" {
                    form.remove("exclusiveMinimum");
                    form.remove("exclusiveMaximum");
                }
                kinds.push((title, form.into()));
            }
        }
        kinds
    }

    /// A row of the mappings.
    fn row(&self, strict: &Value) -> Value {
        let mut row = self.part("", strict).unwrap_or_default();
        if let Some(row) = row.as_object_mut() {
            row.remove("not");
        }
        if self.mode != Mode::SObjectRead {
            row["required"] = json!(["source", "object"]);
            return row;
        }
        // A read has two kinds of row: one finds the record, the other reads a field of it.
        let key = &mut row["properties"]["useToFindExisting"];
        if let Some(choices) = key["oneOf"].as_array_mut() {
            choices.remove(0);
        }
        key["default"] = true.into();
        if let Some(row) = row.as_object_mut() {
            row.remove("if");
            row.remove("else");
        }
        let finds = json!(["source", "object", "field", "useToFindExisting"]);
        let reads = json!(["target", "object", "field"]);
        if self.renderer == Renderer::JsonForms {
            let others = row["properties"].as_object().into_iter().flatten().map(|(name, _)| name);
            let others = others.filter(|name| reads.as_array().is_some_and(|reads| !reads.contains(&json!(name))));
            let none: Part = others.map(|name| (name.clone(), false.into())).collect();
            row["required"] = json!(["object", "field"]);
            row["if"] = json!({ "required": ["target"] });
            row["then"] = json!({ "properties": none });
            row["else"] = json!({ "required": ["source", "useToFindExisting"] });
            return row;
        }
        let kind = |title: [&str; 2], required: &Value, is_shown: &dyn Fn(&str) -> bool| {
            let mut kind = row.clone();
            kind["title"] = title[self.language as usize].into();
            kind["required"] = required.clone();
            kind["properties"].as_object_mut().into_iter().for_each(|all| all.retain(|name, _| is_shown(name)));
            kind
        };
        let kinds = [
            kind(fixed!(form::FINDS), &finds, &|name| name != "target"),
            kind(fixed!(form::READS), &reads, &|name| reads.as_array().is_some_and(|reads| reads.contains(&json!(name)))),
        ];
        json!({ "title": row["title"], "type": "object", "oneOf": kinds })
    }

    /// A part for each record, under its name.
    fn named(&self, form: &mut Part) {
        let Some(record) = form.get("additionalProperties").cloned() else { return };
        let named = self.records.iter().map(|name| {
            let mut record = record.clone();
            record["title"] = name.as_str().into();
            (name.clone(), record)
        });
        form.insert("properties".into(), Value::Object(named.collect()));
    }
}

/// The usual key of a map.
fn offer(form: &mut Part, key: &str) {
    let mut entry = form.get("additionalProperties").cloned().unwrap_or_default();
    entry["title"] = key.into();
    form.insert("properties".into(), json!({ key: entry }));
}

/// What an engine can offer for a setting: see `objects` and `fields` in `wit/`, and its own variables.
fn options(name: &str) -> Option<&'static str> {
    Some(match name {
        "object" | "sobject" | "lookIn" | "onlyFor" => "objects",
        "field" | "matchKeys" => "fields",
        "recordType" => "record-types",
        "constant" => "picklist-values",
        "variable" | "file" | "transcript" => "variables",
        _ => return None,
    })
}
