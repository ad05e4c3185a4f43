//! Where the parts of a form stand, for each renderer, read off the form's schema.

use serde_json::{Map, Value, json};

use crate::base::Language;
use crate::texts::fixed;

/// UI schema of react-jsonschema-form. It has no place for "more": what belongs there has the class `advanced`, and its object lists it.
pub(super) fn react_jsonschema_form(part: &Value) -> Value {
    let mut ui = Map::new();
    let mut options = Map::new();
    if let Some(members) = part["properties"].as_object() {
        let mut order = names(part);
        let advanced: Vec<Value> = order.iter().filter(|name| is_advanced(&members[**name])).map(|name| json!(name)).collect();
        order.retain(|name| !is_advanced(&members[*name]));
        let order: Vec<Value> = order.into_iter().map(Value::from).chain(advanced.iter().cloned()).collect();
        if order.len() > 1 {
            ui.insert("ui:order".into(), order.into_iter().chain(["*".into()]).collect());
        }
        if !advanced.is_empty() {
            options.insert("advanced".into(), advanced.into());
        }
        for (name, member) in members {
            ui.insert(name.clone(), react_jsonschema_form(member));
        }
    }
    if is_advanced(part) {
        ui.insert("ui:classNames".into(), "advanced".into());
    }
    if part.get("const").is_some() {
        ui.insert("ui:widget".into(), "hidden".into());
    }
    if let Some(placeholder) = part.get("x-placeholder") {
        ui.insert("ui:placeholder".into(), placeholder.clone());
    }
    if part["type"] == "string" && part["maxLength"].as_u64() > Some(200) {
        ui.insert("ui:widget".into(), "textarea".into());
    }
    if let Some(of) = part.get("x-options") {
        options.insert("x-options".into(), of.clone());
    }
    for below in ["items", "additionalProperties"].into_iter().filter(|below| part[*below].is_object()) {
        ui.insert(below.into(), react_jsonschema_form(&part[below]));
    }
    if part["uniqueItems"] == true && part["items"]["oneOf"].is_array() {
        ui.insert("ui:widget".into(), "checkboxes".into());
    }
    if let Some(alternatives) = alternatives(part) {
        ui.insert("oneOf".into(), alternatives.iter().map(react_jsonschema_form).collect());
    }
    if !options.is_empty() {
        ui.insert("ui:options".into(), options.into());
    }
    ui.into()
}

/// UI schema of JSON Forms: categories for what is filled in at first, for more settings, and for each record.
pub(super) fn json_forms(schema: &Value, language: Language) -> Value {
    let mut categories = categories(schema, &schema["title"], language);
    let records = &schema["properties"]["objects"];
    if let Some(members) = records["properties"].as_object().filter(|members| !members.is_empty()) {
        let groups = members.iter().map(|(name, record)| {
            let mut elements = Vec::new();
            let scope = format!("#/properties/objects/properties/{name}");
            for is_more in [false, true] {
                elements.extend(controls(record, &scope, is_more, language));
            }
            json!({ "type": "Group", "label": name, "elements": elements })
        });
        let groups: Vec<Value> = groups.collect();
        categories.push(json!({ "type": "Category", "label": records["title"], "elements": groups }));
    }
    json!({ "type": "Categorization", "elements": categories })
}

fn categories(part: &Value, title: &Value, language: Language) -> Vec<Value> {
    let more = fixed!(form::MORE)[language as usize].into();
    let both = [(title, false), (&more, true)].map(|(label, is_more)| {
        json!({ "type": "Category", "label": label, "elements": controls(part, "#", is_more, language) })
    });
    both.into_iter().filter(|category| category["elements"] != json!([])).collect()
}

/// The members of an object. A map is left out: JSON Forms draws none.
fn controls(part: &Value, scope: &str, is_more: bool, language: Language) -> Vec<Value> {
    let mut controls = Vec::new();
    for name in names(part) {
        let member = &part["properties"][name];
        if is_advanced(member) != is_more || member.get("const").is_some() {
            continue;
        }
        let scope = format!("{scope}/properties/{name}");
        if member["type"] != "object" || alternatives(member).is_some() {
            controls.push(control(member, &scope, language));
            continue;
        }
        let below = controls_of(member, &scope, language);
        match below.as_slice() {
            _ if name == "objects" => {}
            [] => {}
            _ => controls.push(json!({ "type": "Group", "label": member["title"], "elements": below })),
        }
    }
    // In a row that reads, only one of them has a place.
    for (scope, other) in [("#/properties/source", "target"), ("#/properties/target", "source")] {
        let both = part["properties"]["target"].is_object();
        for control in controls.iter_mut().filter(|_| both) {
            let own = control["scope"].as_str().or(control["elements"][0]["scope"].as_str()).unwrap_or_default();
            if own.starts_with(scope) {
                control["rule"] = hidden_beside(other);
            }
        }
    }
    controls
}

fn controls_of(part: &Value, scope: &str, language: Language) -> Vec<Value> {
    [false, true].into_iter().flat_map(|is_more| controls(part, scope, is_more, language)).collect()
}

fn hidden_beside(other: &str) -> Value {
    json!({ "effect": "HIDE", "condition": { "scope": "#", "schema": { "required": [other] } } })
}

fn control(part: &Value, scope: &str, language: Language) -> Value {
    let mut options = Map::new();
    if let Some(placeholder) = part.get("x-placeholder") {
        options.insert("placeholder".into(), placeholder.clone());
    }
    if part["maxLength"].as_u64() > Some(200) {
        options.insert("multi".into(), true.into());
    }
    if let Some(of) = part.get("x-options").or(part["items"].get("x-options")) {
        options.insert("x-options".into(), of.clone());
    }
    if part["items"]["properties"].is_object() {
        let detail = json!({ "type": "Categorization", "elements": categories(&part["items"], &part["items"]["title"], language) });
        options.extend([
            ("detail".into(), detail),
            ("elementLabelProp".into(), "field".into()),
            ("showSortButtons".into(), true.into()),
        ]);
    }
    let mut control = json!({ "type": "Control", "scope": scope });
    if !options.is_empty() {
        control["options"] = options.into();
    }
    control
}

/// What is shown of an object, in the order in which it is filled in.
fn names(part: &Value) -> Vec<&str> {
    let members = &part["properties"];
    let ordered = part["x-order"].as_array().into_iter().flatten().filter_map(Value::as_str);
    let mut names: Vec<&str> = ordered.filter(|name| members.get(*name).is_some()).collect();
    let rest = members.as_object().into_iter().flatten().map(|(name, _)| name.as_str());
    let rest: Vec<&str> = rest.filter(|name| !names.contains(name)).collect();
    names.extend(rest);
    names
}

fn is_advanced(part: &Value) -> bool {
    part["x-advanced"] == true
}

/// Of a choice that is more than a list of fixed values.
fn alternatives(part: &Value) -> Option<&Vec<Value>> {
    let all = part["oneOf"].as_array()?;
    all.iter().any(|one| one.get("type").is_some()).then_some(all)
}
