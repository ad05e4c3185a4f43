//! Where the parts of a form stand, for each renderer, read off the form's schema.

use serde_json::Value;

use super::{Part, below, object, set, text};
use crate::base::Language;
use crate::texts::fixed;

/// UI schema of react-jsonschema-form. It has no place for "more": what belongs there has the class `advanced`, and its object lists it.
pub(super) fn react_jsonschema_form(part: &Value) -> Value {
    let (mut ui, mut options) = (Part::new(), Part::new());
    let (mut order, mut advanced) = (Vec::new(), Vec::new());
    for (name, member) in members(part) {
        set(&mut ui, name, react_jsonschema_form(member));
        if is_advanced(member) { &mut advanced } else { &mut order }.push(text(name));
    }
    order.extend(advanced.iter().cloned());
    if order.len() > 1 {
        order.push(text("*"));
        set(&mut ui, "ui:order", order.into());
    }
    if !advanced.is_empty() {
        set(&mut options, "advanced", advanced.into());
    }
    if is_advanced(part) {
        set(&mut ui, "ui:classNames", text("advanced"));
    }
    let is_list_to_tick = part.get("uniqueItems").is_some() && part["items"].get("oneOf").is_some();
    let widgets =
        [(part.get("const").is_some(), "hidden"), (is_long(part), "textarea"), (is_list_to_tick, "checkboxes")];
    if let Some((_, widget)) = widgets.into_iter().find(|(is_it, _)| *is_it) {
        set(&mut ui, "ui:widget", text(widget));
    }
    copy(part, "x-placeholder", &mut ui, "ui:placeholder");
    copy(part, "x-options", &mut options, "x-options");
    for key in ["items", "additionalProperties"] {
        if let Some(member) = part.get(key).filter(|member| member.is_object()) {
            set(&mut ui, key, react_jsonschema_form(member));
        }
    }
    if let Some(alternatives) = alternatives(part) {
        set(&mut ui, "oneOf", Value::Array(alternatives.iter().map(react_jsonschema_form).collect()));
    }
    if !options.is_empty() {
        set(&mut ui, "ui:options", options.into());
    }
    ui.into()
}

/// UI schema of JSON Forms: categories for what is filled in at first, for more settings, and for each record.
pub(super) fn json_forms(schema: &Value, language: Language) -> Value {
    let mut categories = categories(schema, language);
    let records = below(schema, &["properties", "objects"]);
    let mut groups = Vec::new();
    for (name, record) in members(records) {
        let scope = ["#/properties/objects/properties/", name].concat();
        groups.push(layout("Group", text(name), of_all(record, &scope, language)));
    }
    if !groups.is_empty() {
        categories.push(layout("Category", records["title"].clone(), groups));
    }
    categorization(categories)
}

/// What is filled in at first, and more.
fn categories(part: &Value, language: Language) -> Vec<Value> {
    let more = text(fixed!(form::MORE).get(language as usize).copied().unwrap_or_default());
    let mut categories = Vec::new();
    for (label, is_more) in [(part["title"].clone(), false), (more, true)] {
        let controls = controls(part, "#", is_more, language);
        if !controls.is_empty() {
            categories.push(layout("Category", label, controls));
        }
    }
    categories
}

fn layout(kind: &str, label: Value, elements: Vec<Value>) -> Value {
    object(&mut [("type", text(kind)), ("label", label), ("elements", elements.into())])
}

fn categorization(categories: Vec<Value>) -> Value {
    object(&mut [("type", text("Categorization")), ("elements", categories.into())])
}

/// The members of an object. A map is left out: JSON Forms draws none.
fn controls(part: &Value, scope: &str, is_more: bool, language: Language) -> Vec<Value> {
    let mut controls = Vec::new();
    for (name, member) in members(part) {
        if is_advanced(member) != is_more || member.get("const").is_some() || name == "objects" {
            continue;
        }
        let scope = [scope, "/properties/", name].concat();
        let is_map_or_object = member["type"] == "object" && alternatives(member).is_none();
        let mut element = if is_map_or_object {
            let controls = of_all(member, &scope, language);
            if controls.is_empty() {
                continue;
            }
            layout("Group", member["title"].clone(), controls)
        } else {
            control(member, &scope, language)
        };
        // Of two kinds of row: what the other kind is known by.
        let of_second = (below(part, &["then", "properties", name]) == false).then(|| below(part, &["if", "required"]));
        let of_first =
            (below(part, &["else", "properties", name]) == false).then(|| below(part, &["else", "required"]));
        if let (Some(other), Some(element)) = (of_second.or(of_first), element.as_object_mut()) {
            set(element, "rule", hidden_beside(other));
        }
        controls.push(element);
    }
    controls
}

fn of_all(part: &Value, scope: &str, language: Language) -> Vec<Value> {
    let mut all = controls(part, scope, false, language);
    all.append(&mut controls(part, scope, true, language));
    all
}

fn hidden_beside(other: &Value) -> Value {
    let is_there = object(&mut [("required", Value::Array(other.get(0).cloned().into_iter().collect()))]);
    let condition = object(&mut [("scope", text("#")), ("schema", is_there)]);
    object(&mut [("effect", text("HIDE")), ("condition", condition)])
}

fn control(part: &Value, scope: &str, language: Language) -> Value {
    let mut options = Part::new();
    copy(part, "x-placeholder", &mut options, "placeholder");
    copy(&part["items"], "x-options", &mut options, "x-options");
    copy(part, "x-options", &mut options, "x-options");
    if is_long(part) {
        set(&mut options, "multi", true.into());
    }
    if part["items"].get("properties").is_some() {
        set(&mut options, "detail", categorization(categories(&part["items"], language)));
        set(&mut options, "elementLabelProp", text("field"));
        set(&mut options, "showSortButtons", true.into());
    }
    object(&mut [("type", text("Control")), ("scope", text(scope)), ("options", options.into())])
}

fn copy(part: &Value, from: &str, into: &mut Part, key: &str) {
    if let Some(value) = part.get(from) {
        set(into, key, value.clone());
    }
}

/// What is shown of an object, in the order in which it is filled in; what has no place in it comes last.
fn members(part: &Value) -> Vec<(&str, &Value)> {
    let mut members = Vec::new();
    let Some(all) = part.get("properties").and_then(Value::as_object) else { return members };
    let order = part.get("x-order").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for name in order.iter().filter_map(Value::as_str) {
        members.extend(all.get(name).map(|member| (name, member)));
    }
    for (name, member) in all {
        if !order.iter().any(|ordered| ordered == name.as_str()) {
            members.push((name, member));
        }
    }
    members
}

fn is_long(part: &Value) -> bool {
    part["type"] == "string" && part["maxLength"].as_u64() > Some(200)
}

fn is_advanced(part: &Value) -> bool {
    part.get("x-advanced").is_some()
}

/// Of a choice that is more than a list of fixed values.
fn alternatives(part: &Value) -> Option<&Vec<Value>> {
    let all = part.get("oneOf")?.as_array()?;
    all.iter().any(|one| one.get("type").is_some()).then_some(all)
}
