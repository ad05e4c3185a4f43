//! What can be entered: the strict schema without other modes, references, hidden parts and conditions.
//!
//! What a renderer cannot read there stays as `x-…`: `x-order`, `x-advanced`, `x-placeholder` with what holds where nothing is
//! entered, and `x-options` with what an engine can offer.

use serde_json::Value;

use super::{Part, Renderer, object, set};
use crate::base::Language;
use crate::manifest::SETTINGS_SCHEMA;
use crate::settings::Mode;
use crate::texts::fixed;

/// What an author fills in at first; the rest waits behind "more settings".
const BASIC: &[&str] = &[
    "mode",
    "deploymentDomain",
    "mappings",
    "source",
    "target",
    "object",
    "field",
    "useToFindExisting",
    "method",
    "path",
    "query",
    "body",
    "allowWrites",
    "store",
    "onlyUpdateExisting",
    "whenSeveralMatch",
    "whenNoneMatch",
    "variable",
    "constant",
    "template",
    "record",
    "file",
    "transcript",
    "limit",
    "Id",
    "q",
];

/// Names of parts that are no member of anything.
const DOCUMENT: &str = "a document";
const ROW: &str = "a row";

struct Derivation<'a> {
    definitions: &'a Value,
    /// What a document of this mode must have, and cannot have.
    of_mode: &'a Value,
    mode: Mode,
    language: Language,
    renderer: Renderer,
    records: &'a [String],
}

pub(super) fn derive(mode: Mode, language: Language, renderer: Renderer, records: &[String]) -> Value {
    let strict: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap_or_default();
    let branch = if mode == Mode::ApiRequest { "then" } else { "else" };
    let of_mode = &strict["allOf"][0][branch];
    let derivation = Derivation { definitions: &strict["$defs"], of_mode, mode, language, renderer, records };
    derivation.part(DOCUMENT, &strict).unwrap_or_default().into()
}

impl Derivation<'_> {
    /// `None` where it is of another mode, or not for authors.
    fn part(&self, name: &str, strict: &Value) -> Option<Part> {
        if !self.is_shown(strict) {
            return None;
        }
        let strict = &self.whole(strict);
        let reads = self.mode == Mode::SObjectRead;
        let is_choice_of_members = strict.contains_key("maxProperties") && strict.contains_key("minProperties");
        let mut form = Part::new();
        for (key, value) in strict {
            let value = match key.as_str() {
                "default" | "anyOf" | "oneOf" | "x-de" | "x-modes" | "$defs" => continue,
                "not" if name == ROW => continue,
                "if" | "else" if name == ROW && reads => continue,
                "properties" | "additionalProperties" | "minProperties" | "maxProperties" | "x-order"
                    if is_choice_of_members =>
                {
                    continue;
                }
                "$schema" => "http://json-schema.org/draft-07/schema#".into(),
                "title" | "description" => self.said(strict, key),
                "properties" => self.properties(name, value),
                "items" => self.part(if name == "mappings" { ROW } else { name }, value).unwrap_or_default().into(),
                "additionalProperties" if value.is_object() => {
                    self.part(if name == "store" { "variable" } else { "" }, value).unwrap_or_default().into()
                }
                "propertyNames" => self.whole(value).into(),
                _ => value.clone(),
            };
            set(&mut form, key, value);
        }
        match name {
            _ if is_choice_of_members => self.one_member(strict, &mut form),
            DOCUMENT => {
                let required = form.get_mut("required").and_then(Value::as_array_mut);
                required.into_iter().for_each(|all| all.extend(list(self.of_mode, "required").iter().cloned()));
            }
            ROW if reads => self.row_that_reads(&mut form),
            ROW => set(&mut form, "required", Value::Array(vec!["source".into(), "object".into()])),
            "mode" => set(&mut form, "const", self.mode.name().into()),
            "objects" => self.named(&mut form),
            "store" if self.mode != Mode::ApiRequest => offer(&mut form, "Id"),
            "query" => offer(&mut form, "q"),
            // Each hint once, so that renderers draw a list to tick.
            "silence" if form.contains_key("items") => set(&mut form, "uniqueItems", true.into()),
            // The one that takes any JSON: of a form it is an object, as Salesforce's bodies are.
            "body" => {
                set(&mut form, "type", "object".into());
                set(&mut form, "additionalProperties", true.into());
            }
            _ => {}
        }
        if name == "mode" {
            set(&mut form, "type", "string".into());
        } else if let Some(all) = strict.get("oneOf").and_then(Value::as_array) {
            self.choices(name, all, &mut form);
        }
        if let Some(placeholder) = self.placeholder(strict) {
            set(&mut form, "x-placeholder", placeholder);
        }
        if let (Some(of), false) = (options(name), form.contains_key("items")) {
            set(&mut form, "x-options", of.into());
        }
        Some(form)
    }

    /// What holds where nothing is entered, in the author's words; else an example.
    fn placeholder(&self, strict: &Part) -> Option<Value> {
        let Some(default) = strict.get("default") else { return strict.get("examples")?.get(0).cloned() };
        let choices = strict.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let mut chosen = choices.filter_map(Value::as_object).filter(|choice| choice.get("const") == Some(default));
        match (chosen.next(), default) {
            (Some(choice), _) => Some(self.said(choice, "title")),
            (None, Value::Bool(_)) => None,
            (None, Value::String(text)) => Some(text.as_str().into()),
            (None, other) => Some(other.to_string().into()),
        }
    }

    fn is_shown(&self, part: &Value) -> bool {
        let of_mode = part["x-modes"].as_array().is_none_or(|modes| modes.iter().any(|mode| mode == self.mode.name()));
        of_mode && part.get("x-hidden").is_none()
    }

    fn said(&self, part: &Part, key: &str) -> Value {
        let translated = (self.language == Language::De).then(|| part.get("x-de")?.get(key)).flatten();
        translated.or_else(|| part.get(key)).cloned().unwrap_or_default()
    }

    fn own(&self, text: [&str; 2]) -> Value {
        text[self.language as usize].into()
    }

    /// A part with what it refers to. What it says twice becomes a `not`, which renderers let be: of an `allOf` they make a form of its own.
    fn whole(&self, part: &Value) -> Part {
        let (mut whole, mut never) = (Part::new(), Vec::new());
        self.gather(part, &mut whole, &mut never);
        if never.len() > 1 {
            set(&mut whole, "not", object(&mut [("anyOf", never.into())]));
        } else if let Some(never) = never.pop() {
            set(&mut whole, "not", never);
        }
        whole
    }

    fn gather(&self, part: &Value, whole: &mut Part, never: &mut Vec<Value>) {
        for (key, value) in part.as_object().into_iter().flatten() {
            match key.as_str() {
                "$ref" | "allOf" => {}
                "not" => never.push(value.clone()),
                // react-jsonschema-form fills a list up to its least length, also one that the author leaves out.
                "minItems" => {
                    let too_few = value.as_u64().unwrap_or(1).saturating_sub(1);
                    never.push(object(&mut [("maxItems", too_few.into())]));
                }
                _ if whole.contains_key(key) => {
                    let same = object(&mut [(key, value.clone())]);
                    never.push(object(&mut [("not", same)]));
                }
                _ => set(whole, key, value.clone()),
            }
        }
        if let Some(name) = part["$ref"].as_str().and_then(|path| path.rsplit('/').next()) {
            self.gather(&self.definitions[name], whole, never);
        }
        // The document's says what belongs to which mode.
        for also in list(part, "allOf").iter().filter(|also| also.get("if").is_none()) {
            self.gather(also, whole, never);
        }
    }

    fn properties(&self, of: &str, strict: &Value) -> Value {
        let mut properties = Part::new();
        for (name, part) in strict.as_object().into_iter().flatten() {
            if of == DOCUMENT && self.of_mode["properties"].get(name).is_some() {
                continue;
            }
            if let Some(mut part) = self.part(name, part) {
                if !BASIC.contains(&name.as_str()) {
                    set(&mut part, "x-advanced", true.into());
                }
                set(&mut properties, name, part.into());
            }
        }
        properties.into()
    }

    /// Fixed values are one choice; beside them may stand others, such as an id.
    fn choices(&self, name: &str, all: &[Value], form: &mut Part) {
        let (mut entries, mut others, mut titles) = (Vec::new(), Vec::new(), String::new());
        let mut has_boolean = false;
        for choice in all.iter().filter(|choice| self.is_shown(choice)) {
            let (Some(value), Some(said)) = (choice.get("const"), choice.as_object()) else {
                others.extend(self.part(name, choice).map(Value::Object));
                continue;
            };
            has_boolean |= value.is_boolean();
            let title = self.said(said, "title");
            if !titles.is_empty() {
                titles.push_str(" / ");
            }
            titles.push_str(title.as_str().unwrap_or_default());
            // react-jsonschema-form takes a `const` for a default, and chooses the first by itself.
            let fixed = match self.renderer {
                Renderer::ReactJsonSchemaForm => ("enum", Value::Array(vec![value.clone()])),
                Renderer::JsonForms => ("const", value.clone()),
            };
            entries.push(object(&mut [fixed, ("title", title)]));
        }
        // Renderers take the first for the whole, and a boolean for a check box.
        let kind = if has_boolean { Value::Array(vec!["string".into(), "boolean".into()]) } else { "string".into() };
        if others.is_empty() {
            set(form, "type", kind);
            set(form, "oneOf", entries.into());
        } else {
            others.insert(0, object(&mut [("type", kind), ("oneOf", entries.into()), ("title", titles.into())]));
            set(form, "oneOf", others.into());
        }
    }

    /// An object with one of several members: as many alternatives, each with a title.
    fn one_member(&self, strict: &Part, form: &mut Part) {
        let mut alternatives = Vec::new();
        for name in strict.get("x-order").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            let Some(part) = strict.get("properties").and_then(|members| members.get(name)) else { continue };
            let Some(member) = self.part(name, part) else { continue };
            let kinds = list(part, "anyOf");
            for kind in kinds {
                self.kinds(kind, &member, &mut |kind| alternatives.push(alternative(name, kind)));
            }
            if kinds.is_empty() {
                alternatives.push(alternative(name, member));
            }
        }
        set(form, "oneOf", alternatives.into());
    }

    /// A member that is of several types, each by itself.
    fn kinds(&self, strict: &Value, member: &Part, found: &mut dyn FnMut(Part)) {
        let of_several = list(strict, "type");
        let single = strict.get("type").and_then(Value::as_str).unwrap_or("string");
        let types = of_several.iter().filter_map(Value::as_str).chain(of_several.is_empty().then_some(single));
        for kind in types {
            let mut form = self.part("constant", strict).unwrap_or_default();
            set(&mut form, "type", kind.into());
            let title = match kind {
                "number" => self.own(fixed!(form::NUMBER)),
                "boolean" => self.own(fixed!(form::YES_OR_NO)),
                "array" => self.own(fixed!(form::SEVERAL)),
                _ => {
                    set(&mut form, "description", member.get("description").cloned().unwrap_or_default());
                    member.get("title").cloned().unwrap_or_default()
                }
            };
            set(&mut form, "title", title);
            if let Some(item) = form.get_mut("items").and_then(Value::as_object_mut) {
                set(item, "type", "string".into());
            }
            found(form);
        }
    }

    /// A read has two kinds of row: one finds the record, the other reads a field of it.
    fn row_that_reads(&self, row: &mut Part) {
        let names = |names: &[&'static str]| Value::Array(names.iter().map(|name| Value::from(*name)).collect());
        let (finds, reads) =
            (names(&["source", "object", "field", "useToFindExisting"]), names(&["target", "object", "field"]));
        let Some(properties) = row.get_mut("properties").and_then(Value::as_object_mut) else { return };
        if let Some(key) = properties.get_mut("useToFindExisting").and_then(Value::as_object_mut) {
            // "No" is for rows that only write.
            key.get_mut("oneOf").and_then(Value::as_array_mut).into_iter().for_each(|choices| drop(choices.remove(0)));
            set(key, "default", true.into());
        }
        let (mut of_find, mut of_read, mut none) = (Part::new(), Part::new(), Part::new());
        for (name, part) in &*properties {
            let is_read = matches!(name.as_str(), "target" | "object" | "field");
            if is_read {
                set(&mut of_read, name, part.clone());
            } else {
                set(&mut none, name, false.into());
            }
            if name != "target" {
                set(&mut of_find, name, part.clone());
            }
        }
        if self.renderer == Renderer::JsonForms {
            set(row, "required", names(&["object", "field"]));
            set(row, "if", object(&mut [("required", names(&["target"]))]));
            set(row, "then", object(&mut [("properties", none.into())]));
            set(row, "else", object(&mut [("required", names(&["source", "useToFindExisting"]))]));
            return;
        }
        let title = row.get("title").cloned().unwrap_or_default();
        let kind = |title, required, properties: Part| {
            let mut kind = row.clone();
            set(&mut kind, "title", title);
            set(&mut kind, "required", required);
            set(&mut kind, "properties", properties.into());
            Value::Object(kind)
        };
        let kinds = vec![
            kind(self.own(fixed!(form::FINDS)), finds, of_find),
            kind(self.own(fixed!(form::READS)), reads, of_read),
        ];
        let whole = object(&mut [("title", title), ("type", "object".into()), ("oneOf", kinds.into())]);
        if let Value::Object(whole) = whole {
            *row = whole;
        }
    }

    /// A part for each record, under its name.
    fn named(&self, form: &mut Part) {
        let Some(Value::Object(record)) = form.get("additionalProperties") else { return };
        let mut named = Part::new();
        for name in self.records {
            let mut record = record.clone();
            set(&mut record, "title", name.as_str().into());
            set(&mut named, name, record.into());
        }
        set(form, "properties", named.into());
    }
}

fn list<'a>(part: &'a Value, key: &str) -> &'a [Value] {
    part.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn alternative(name: &str, member: Part) -> Value {
    let title = member.get("title").cloned().unwrap_or_default();
    object(&mut [
        ("title", title),
        ("type", "object".into()),
        ("required", Value::Array(vec![name.into()])),
        ("additionalProperties", false.into()),
        ("properties", object(&mut [(name, member.into())])),
    ])
}

/// The usual key of a map.
fn offer(form: &mut Part, key: &str) {
    let Some(Value::Object(mut entry)) = form.get("additionalProperties").cloned() else { return };
    set(&mut entry, "title", key.into());
    set(form, "properties", object(&mut [(key, entry.into())]));
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
