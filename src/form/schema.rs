//! What can be entered: the strict schema without other modes, references, hidden parts and conditions.
//!
//! The strict schema says for the form what it cannot say by itself: `x-form` is what reads otherwise in a form, `x-rows` are the kinds
//! of row in each mode, and `x-offer` is the usual key of a map. What a renderer cannot read stays as `x-…`: `x-order`, `x-advanced`,
//! `x-placeholder` with what holds where nothing is entered, and `x-options` with what an engine can offer.

use serde_json::Value;

use super::{Part, Renderer, below, merge, object, set, text, texts};
use crate::base::Language;
use crate::manifest::SETTINGS_SCHEMA;
use crate::settings::Mode;

struct Derivation<'a> {
    definitions: &'a Value,
    mode: &'static str,
    language: Language,
    renderer: Renderer,
}

pub(super) fn derive(mode: Mode, language: Language, renderer: Renderer, records: &[String]) -> Value {
    let mut strict: Value = serde_json::from_str(SETTINGS_SCHEMA).unwrap_or_default();
    let mut take = |key: &str| strict.as_object_mut().and_then(|all| all.remove(key)).unwrap_or_default();
    let (definitions, rules) = (take("$defs"), take("allOf"));
    for rule in rules.as_array().into_iter().flatten() {
        of_mode(mode.name(), rule, &mut strict);
    }
    let derivation = Derivation { definitions: &definitions, mode: mode.name(), language, renderer };
    let mut form = derivation.part(&strict).unwrap_or_default();
    if let Some(mode) = member(&mut form, "mode") {
        mode.remove("oneOf");
        set(mode, "type", text("string"));
        set(mode, "const", text(derivation.mode));
    }
    if let Some(objects) = member(&mut form, "objects") {
        for name in records {
            offer(objects, name);
        }
    }
    form.into()
}

/// What a document of this mode must have, and cannot have.
fn of_mode(mode: &str, rule: &Value, strict: &mut Value) {
    let modes = below(rule, &["if", "properties", "mode"]);
    let holds = below(modes, &["const"]) == mode || list(modes, "enum").iter().any(|one| one == mode);
    let branch = below(rule, &[if holds { "then" } else { "else" }]);
    for key in ["required", "properties"] {
        say(strict, key, below(branch, &[key]));
    }
    if branch.get("if").is_some() {
        of_mode(mode, branch, strict);
    }
}

/// A part with what is said of it elsewhere.
fn say(part: &mut Value, key: &str, value: &Value) {
    match (key, part.get_mut(key)) {
        (_, _) if value.is_null() => {}
        ("properties", Some(members)) => restrict(members, value),
        ("propertyNames", _) => {
            if let Some(members) = part.get_mut("properties").and_then(Value::as_object_mut) {
                members.retain(|name, _| list(value, "enum").iter().any(|known| known == name));
            }
        }
        ("items", Some(items)) => say_all(items, value),
        ("required", Some(Value::Array(required))) => {
            required.extend(value.as_array().into_iter().flatten().cloned());
        }
        (_, Some(place)) => *place = value.clone(),
        (_, None) => {
            if let Some(part) = part.as_object_mut() {
                set(part, key, value.clone());
            }
        }
    }
}

fn say_all(part: &mut Value, says: &Value) {
    says.as_object().into_iter().flatten().for_each(|(key, value)| say(part, key, value));
}

impl Derivation<'_> {
    /// `None` where it is of another mode, or not for authors.
    fn part(&self, strict: &Value) -> Option<Part> {
        if !self.is_shown(strict) {
            return None;
        }
        let mut strict = self.whole(strict);
        if let Some(Value::Object(own)) = strict.remove("x-form") {
            merge(&mut strict, &own);
        }
        let is_choice_of_members = strict.contains_key("maxProperties") && strict.contains_key("minProperties");
        let mut form = Part::new();
        for (key, value) in &strict {
            let value = match key.as_str() {
                "default" | "anyOf" | "oneOf" | "x-de" | "x-modes" | "x-rows" | "x-offer" | "$defs" => continue,
                "properties" | "additionalProperties" | "minProperties" | "maxProperties" | "x-order"
                    if is_choice_of_members =>
                {
                    continue;
                }
                "$schema" => text("http://json-schema.org/draft-07/schema#"),
                "title" | "description" => self.said(&strict, key),
                "properties" => self.properties(value),
                "items" | "additionalProperties" if value.is_object() => self.part(value).unwrap_or_default().into(),
                "propertyNames" => self.whole(value).into(),
                _ => value.clone(),
            };
            set(&mut form, key, value);
        }
        if is_choice_of_members {
            self.one_member(&strict, &mut form);
        } else if let Some(all) = strict.get("oneOf").and_then(Value::as_array) {
            self.choices(all, &mut form);
        }
        if let Some(placeholder) = self.placeholder(&strict) {
            set(&mut form, "x-placeholder", placeholder);
        }
        if let Some(key) = strict.get("x-offer").and_then(Value::as_str) {
            offer(&mut form, key);
        }
        if let Some(kinds) = strict.get("x-rows") {
            self.rows(list(kinds, self.mode), &mut form);
        }
        Some(form)
    }

    fn properties(&self, strict: &Value) -> Value {
        let mut properties = Part::new();
        for (name, part) in strict.as_object().into_iter().flatten() {
            if let Some(part) = self.part(part) {
                set(&mut properties, name, part.into());
            }
        }
        properties.into()
    }

    /// What holds where nothing is entered, in the author's words; else an example.
    fn placeholder(&self, strict: &Part) -> Option<Value> {
        let Some(default) = strict.get("default") else { return strict.get("examples")?.get(0).cloned() };
        let mut choices = strict.get("oneOf").and_then(Value::as_array).into_iter().flatten();
        let chosen = choices.find(|choice| self.is_shown(choice) && choice.get("const") == Some(default));
        match (chosen.and_then(Value::as_object), default) {
            (Some(choice), _) => Some(self.said(choice, "title")),
            (None, Value::Bool(_)) => None,
            (None, Value::String(_)) => Some(default.clone()),
            (None, other) => Some(other.to_string().into()),
        }
    }

    fn is_shown(&self, part: &Value) -> bool {
        let of_mode = part["x-modes"].as_array().is_none_or(|modes| modes.iter().any(|mode| mode == self.mode));
        of_mode && part.get("x-hidden").is_none()
    }

    fn said(&self, part: &Part, key: &str) -> Value {
        let translated = (self.language == Language::De).then(|| part.get("x-de")?.get(key)).flatten();
        translated.or_else(|| part.get(key)).cloned().unwrap_or_default()
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

    /// Fixed values are one choice; beside them may stand others, such as an id.
    fn choices(&self, all: &[Value], form: &mut Part) {
        let (mut entries, mut others, mut titles) = (Vec::<Value>::new(), Vec::<Value>::new(), String::new());
        let mut has_boolean = false;
        for choice in all {
            let Some(mut shown) = self.part(choice) else { continue };
            let Some(value) = shown.remove("const") else {
                others.push(shown.into());
                continue;
            };
            has_boolean |= value.is_boolean();
            if !titles.is_empty() {
                titles.push_str(" / ");
            }
            titles.push_str(shown.get("title").and_then(Value::as_str).unwrap_or_default());
            // react-jsonschema-form takes a `const` for a default, and chooses the first by itself.
            match self.renderer {
                Renderer::ReactJsonSchemaForm => set(&mut shown, "enum", Value::Array(vec![value])),
                Renderer::JsonForms => set(&mut shown, "const", value),
            }
            entries.push(shown.into());
        }
        // Renderers take the first for the whole, and a boolean for a check box.
        let kind = if has_boolean { texts(&["string", "boolean"]) } else { text("string") };
        if others.is_empty() {
            set(form, "type", kind);
            set(form, "oneOf", entries.into());
        } else {
            others.insert(0, object(&mut [("type", kind), ("oneOf", entries.into()), ("title", titles.into())]));
            set(form, "oneOf", others.into());
        }
    }

    /// An object with one of several members: as many alternatives, each with a title. A member that is of several types is as many
    /// again, the usual type in its place and the others behind all.
    fn one_member(&self, strict: &Part, form: &mut Part) {
        let (mut alternatives, mut unusual) = (Vec::new(), Vec::new());
        for name in strict.get("x-order").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str) {
            let Some(part) = strict.get("properties").and_then(|members| members.get(name)) else { continue };
            let Some(member) = self.part(part) else { continue };
            let mut kinds = list(part, "anyOf").iter().filter_map(|kind| self.part(kind));
            let usual = kinds.next().map(|mut usual| {
                merge(&mut usual, &member);
                usual
            });
            unusual.extend(kinds.map(|kind| alternative(name, kind)));
            alternatives.push(alternative(name, usual.unwrap_or(member)));
        }
        alternatives.append(&mut unusual);
        set(form, "oneOf", alternatives.into());
    }

    /// What a row of this mode has; of two kinds the second is known by what it alone must have.
    fn rows(&self, kinds: &[Value], row: &mut Part) {
        let [first, second] = kinds else {
            for kind in kinds {
                kind.as_object().into_iter().for_each(|kind| merge(row, kind));
            }
            return;
        };
        // Which of them may leave out the field is said by each.
        row.remove("else");
        if self.renderer == Renderer::JsonForms {
            let (mut of_both, mut of_second) = (Vec::new(), Vec::new());
            for name in list(second, "required") {
                let is_of_both = list(first, "required").contains(name);
                if is_of_both { &mut of_both } else { &mut of_second }.push(name.clone());
            }
            let others = list(first, "required").iter().filter(|name| !of_both.contains(name)).cloned().collect();
            let says = |required, kind: &Value| {
                object(&mut [("required", Value::Array(required)), ("properties", kind["properties"].clone())])
            };
            set(row, "else", says(others, first));
            set(row, "if", object(&mut [("required", Value::Array(of_second.clone()))]));
            set(row, "then", says(of_second, second));
            set(row, "required", Value::Array(of_both));
            return;
        }
        row.remove("if");
        let kind = |says: &Value| {
            let mut kind = row.clone();
            set(&mut kind, "title", says.as_object().map(|says| self.said(says, "title")).unwrap_or_default());
            set(&mut kind, "required", says["required"].clone());
            if let Some(members) = kind.get_mut("properties") {
                restrict(members, &says["properties"]);
            }
            Value::Object(kind)
        };
        let kinds = vec![kind(first), kind(second)];
        let title = row.get("title").cloned().unwrap_or_default();
        row.clear();
        set(row, "title", title);
        set(row, "type", text("object"));
        set(row, "oneOf", kinds.into());
    }
}

/// Members without those that are `false`; of others, what is said beside.
fn restrict(members: &mut Value, by: &Value) {
    let Some(members) = members.as_object_mut() else { return };
    for (name, says) in by.as_object().into_iter().flatten() {
        if *says == Value::Bool(false) {
            members.remove(name);
        } else if let Some(member) = members.get_mut(name) {
            say_all(member, says);
        }
    }
}

fn alternative(name: &str, member: Part) -> Value {
    let title = member.get("title").cloned().unwrap_or_default();
    object(&mut [
        ("title", title),
        ("type", text("object")),
        ("required", texts(&[name])),
        ("additionalProperties", false.into()),
        ("properties", object(&mut [(name, member.into())])),
    ])
}

/// A place for this key of a map.
fn offer(map: &mut Part, key: &str) {
    let Some(mut entry) = map.get("additionalProperties").cloned() else { return };
    if let Some(entry) = entry.as_object_mut() {
        set(entry, "title", text(key));
    }
    if !map.contains_key("properties") {
        set(map, "properties", object(&mut []));
    }
    if let Some(offered) = map.get_mut("properties").and_then(Value::as_object_mut) {
        set(offered, key, entry);
    }
}

fn member<'a>(form: &'a mut Part, name: &str) -> Option<&'a mut Part> {
    form.get_mut("properties")?.get_mut(name)?.as_object_mut()
}

fn list<'a>(part: &'a Value, key: &str) -> &'a [Value] {
    part.get(key).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}
