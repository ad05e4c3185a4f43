//! The JSON Schema of the settings, which engines build their form from and editors check with.
//!
//! It is valid, it accepts what is right and refuses what is wrong just as the parser does, and it says in English and
//! German what each setting is for. `agreement.rs` looks for documents on which it and the parser disagree.

mod mistakes;
mod texts;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use salesforce_module::base::{Finding, Severity};
use salesforce_module::manifest::SETTINGS_SCHEMA;
use salesforce_module::settings::Settings;
use serde_json::{Map, Value, json};

use mistakes::{full_read, put};

/// It is a part of the component.
const MAX_SIZE: usize = 40_000;

fn schema() -> Value {
    serde_json::from_str(SETTINGS_SCHEMA).unwrap()
}

fn errors(settings: &Value) -> Vec<Finding> {
    let findings = Settings::check(&settings.to_string());
    findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect()
}

/// Settings that use everything there is.
fn full() -> Value {
    json!({
        "mode": "sobject-write",
        "title": "Support request",
        "description": "Writes who asked, and the question.",
        "deploymentDomain": "example.my.salesforce.com",
        "apiVersion": "62.0",
        "locale": "de",
        "timeZone": "Europe/Berlin",
        "preset": "web-to-case",
        "mappings": [
            {
                "source": { "variable": "customer_email" }, "object": "Contact", "field": "Email",
                "useToFindExisting": true, "whenBlank": "fail", "overwrite": "always", "whenTooLong": "fail",
                "locale": "en-US", "timeZone": "UTC", "silence": ["mismatched-source"]
            },
            { "source": { "constant": "Web" }, "object": "Case", "field": "Origin" },
            { "source": { "template": "{topic}: {{{product}}}" }, "object": "Case", "field": "Subject" },
            { "source": { "record": "Contact" }, "object": "Case", "field": "ContactId" },
            { "source": { "constant": ["a", 1, true] }, "object": "Case", "field": "Channels__c" },
            { "source": { "constant": 12.5 }, "object": "Case", "field": "Account.Customer_No__c" },
            {
                "source": { "variable": "customer_email" }, "object": "Person", "field": "Email", "useToFindExisting": true
            },
            { "source": { "variable": "company" }, "object": "Person", "field": "Company", "onlyFor": ["Lead"] },
            { "source": { "file": "photo" }, "object": "Case", "whenBlank": "fail" },
            { "source": { "transcript": "messages" }, "object": "Case", "field": "Description" }
        ],
        "objects": {
            "Contact": {
                "onlyUpdateExisting": false, "matchKeys": "all", "whenSeveralMatch": "stop", "duplicateRule": "adopt",
                "store": { "Id": "salesforce_contact_id" }
            },
            "Person": { "lookIn": ["Contact", "Lead"] },
            "Case": {
                "sobject": "Case", "assignmentRule": "01Q000000000001EAA", "recordType": "Support", "preset": "web-to-case"
            }
        },
        "schema": {
            "hash": "0", "viewAllData": true,
            "objects": {
                "Case": {
                    "fields": {
                        "Origin": {
                            "label": "Case Origin", "type": "picklist", "externalId": false, "idLookup": false, "unique": false,
                            "caseSensitive": false, "required": false, "length": 0, "precision": 0, "scale": 0,
                            "restricted": true, "values": [{ "value": "Web", "label": "Web site" }]
                        },
                        "Subject": {}
                    },
                    "relationships": { "Account": "Account" },
                    "recordTypes": { "Support": "012000000000001AAA" }
                }
            }
        }
    })
}

/// The same of the mode `api-request`.
fn full_request() -> Value {
    json!({
        "mode": "api-request",
        "deploymentDomain": "example.my.salesforce.com",
        "deadlineSeconds": 30,
        "method": "PATCH",
        "path": "/services/data/v62.0/sobjects/Contact/{contact_id}",
        "query": { "updateOnly": "{update_only}" },
        "body": { "LastName": "{name}", "Tags": ["a", 1, null] },
        "allowWrites": true,
        "store": { "/id": "contact_id", "/created": "created" }
    })
}

/// The same of the mode `handover`.
fn full_handover() -> Value {
    json!({
        "mode": "handover",
        "title": "To a person",
        "deploymentDomain": "example.my.salesforce.com",
        "organizationId": "00DHn0000000001",
        "deployment": "Chat_Engine",
        "language": "de",
        "timeZone": "Europe/Berlin",
        "deadlineSeconds": 30,
        "mappings": [
            {
                "source": { "variable": "customer_email" }, "attribute": "_email", "whenBlank": "fail",
                "silence": ["unknown-variable"]
            },
            { "source": { "template": "{first_name} {last_name}" }, "attribute": "_lastName" },
            { "source": { "constant": "Billing" }, "attribute": "Topic" }
        ],
        "transcript": { "variable": "messages" },
        "idempotency": { "variable": "step" },
        "store": { "/conversationId": "chat_id", "/phase": "chat_phase" }
    })
}

#[test]
fn the_schema_is_one_of_draft_2020_12_and_small() {
    let schema = schema();
    assert_eq!(schema["$schema"], "https://json-schema.org/draft/2020-12/schema");
    jsonschema::draft202012::meta::validate(&schema).unwrap();
    println!("schema.json: {} bytes", SETTINGS_SCHEMA.len());
    assert!(SETTINGS_SCHEMA.len() <= MAX_SIZE, "{} bytes are more than {MAX_SIZE}", SETTINGS_SCHEMA.len());
}

#[test]
fn every_scenario_and_every_example_is_valid() {
    let schema = jsonschema::draft202012::new(&schema()).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let files = |folder: &str| std::fs::read_dir(root.join(folder)).unwrap().map(|entry| entry.unwrap().path());
    let scenarios = files("scenarios").map(|folder| folder.join("settings.json"));
    let is_settings = |file: &PathBuf| {
        let is_other = ["variables.json", "org.json"].iter().any(|other| file.ends_with(other));
        file.extension().is_some_and(|extension| extension == "json") && !is_other
    };
    let documents: Vec<PathBuf> = scenarios.chain(files("examples").filter(is_settings)).collect();
    assert!(documents.len() >= 40, "settings are missing");
    for file in documents {
        let settings: Value = serde_json::from_str(&std::fs::read_to_string(&file).unwrap()).unwrap();
        if let Err(error) = schema.validate(&settings) {
            panic!("{}: {}: {error}", file.display(), error.instance_path);
        }
    }
}

/// To JSON Schema `20.0` is an integer, and some programs write one so.
#[test]
fn a_whole_number_is_whole_however_it_is_spelt() {
    for (spelt, is_whole) in [("20.0", true), ("2e1", true), ("20.5", false), ("-20.0", false), ("6.1e1", false)] {
        let mut settings = full_request();
        settings["deadlineSeconds"] = serde_json::from_str(spelt).unwrap();
        assert_eq!(jsonschema::draft202012::is_valid(&schema(), &settings), is_whole, "{spelt}");
        assert_eq!(errors(&settings).is_empty(), is_whole, "{spelt}");
    }
}

#[test]
fn the_schema_and_the_parser_accept_settings_that_use_everything() {
    for full in [full(), full_request(), full_handover()] {
        jsonschema::draft202012::validate(&schema(), &full).unwrap();
        assert_eq!(errors(&full), []);
    }
}

/// What the parser knows stands in its remedies: at each place it is asked for a key, or a choice, that is none.
#[test]
fn the_schema_and_the_parser_know_the_same_keys_and_the_same_choices() {
    let schema = schema();
    let mut compared = 0;
    for full in [full(), full_read(), full_request(), full_handover()] {
        compared += compare_keys_and_choices(&schema, &full);
    }
    assert!(compared >= 40, "{compared}");
}

/// How many places were compared.
fn compare_keys_and_choices(schema: &Value, full: &Value) -> usize {
    const UNHEARD_OF: &str = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
    let mut compared = 0;
    let mut rules = Vec::new();
    applying(schema, full, &mut rules);
    let is_handover = full["mode"] == "handover";
    walk(full, &mut String::new(), &mut |place, value| {
        let part = part_of(schema, place);
        let mut settings = full.clone();
        if value.is_object() && part.get("properties").is_some() {
            put(&mut settings, &format!("{place}/{UNHEARD_OF}"), Some(json!(1)));
            let mut keys: BTreeSet<String> = part["properties"].as_object().unwrap().keys().cloned().collect();
            keys.retain(|key| rules.iter().all(|rule| allows(rule, place, key)));
            assert_eq!(named_in_remedy(&settings, "unknown-key"), keys, "{place}");
            compared += 1;
        }
        let mut choices = choices(&part);
        choices.retain(|choice| !is_handover || choice.get("x-modes").is_none());
        let choices: BTreeSet<String> = choices.iter().map(|choice| text(&choice["const"])).collect();
        // The id of an assignment rule is no choice, and its remedy says what it is.
        if !choices.is_empty() && !place.ends_with("/assignmentRule") {
            put(&mut settings, place, Some(json!(UNHEARD_OF)));
            assert_eq!(named_in_remedy(&settings, "unknown-value"), choices, "{place}");
            compared += 1;
        }
    });
    compared
}

/// The branches of `allOf`, and of conditions in them, that count for these settings.
fn applying<'a>(part: &'a Value, settings: &Value, rules: &mut Vec<&'a Value>) {
    for rule in part["allOf"].as_array().into_iter().flatten() {
        branch(rule, settings, rules);
    }
}

fn branch<'a>(rule: &'a Value, settings: &Value, rules: &mut Vec<&'a Value>) {
    rules.push(rule);
    if let Some(condition) = rule.get("if") {
        let is_met = jsonschema::draft202012::is_valid(condition, settings);
        if let Some(next) = rule.get(if is_met { "then" } else { "else" }) {
            branch(next, settings, rules);
        }
    }
}

/// Whether a branch lets a key stand in the document, or in a row.
fn allows(rule: &Value, place: &str, key: &str) -> bool {
    let of_place = match place.strip_prefix("/mappings/") {
        _ if place.is_empty() => Some(rule),
        Some(row) if !row.contains('/') => rule.pointer("/properties/mappings/items"),
        _ => None,
    };
    let Some(of_place) = of_place else { return true };
    let named = of_place.pointer("/propertyNames/enum").and_then(Value::as_array);
    of_place["properties"][key] != false && named.is_none_or(|named| named.iter().any(|name| name == key))
}

/// The names in `…` of the one finding with this code.
fn named_in_remedy(settings: &Value, code: &str) -> BTreeSet<String> {
    let errors = errors(settings);
    let finding = errors.iter().find(|finding| finding.code == code).unwrap_or_else(|| panic!("no {code}: {errors:?}"));
    finding.remedy.get(salesforce_module::base::Language::En).split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn walk(value: &Value, place: &mut String, visit: &mut impl FnMut(&str, &Value)) {
    visit(place, value);
    let depth = place.len();
    let items = value.as_array().into_iter().flatten().enumerate().map(|(at, item)| (at.to_string(), item));
    let members = value.as_object().into_iter().flatten().map(|(key, member)| (key.clone(), member));
    for (step, below) in items.chain(members) {
        *place = format!("{place}/{step}");
        walk(below, place, visit);
        place.truncate(depth);
    }
}

/// The part of the schema that describes what stands at a place, with what it refers to.
fn part_of(schema: &Value, place: &str) -> Map<String, Value> {
    let mut part = resolved(schema, schema);
    for step in place.split('/').skip(1) {
        let next = part.get("properties").and_then(|properties| properties.get(step));
        let next = next.or_else(|| part.get("items")).or_else(|| part.get("additionalProperties"));
        part = next.map(|next| resolved(schema, next)).unwrap_or_default();
    }
    part
}

fn resolved(schema: &Value, part: &Value) -> Map<String, Value> {
    let mut part = part.as_object().cloned().unwrap_or_default();
    if let Some(Value::String(reference)) = part.remove("$ref") {
        let target = schema.pointer(reference.trim_start_matches('#')).unwrap_or_else(|| panic!("no {reference}"));
        part.extend(target.as_object().cloned().unwrap());
    }
    part
}

/// The entries of `oneOf` that are a fixed value; those of an `enum` have no labels, but are none of the form's.
fn choices(part: &Map<String, Value>) -> Vec<Value> {
    let labelled = part.get("oneOf").and_then(Value::as_array).into_iter().flatten();
    let plain = part.get("enum").and_then(Value::as_array).into_iter().flatten();
    labelled
        .filter(|choice| choice.get("const").is_some())
        .cloned()
        .chain(plain.map(|value| json!({ "const": value })))
        .collect()
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Patterns of browsers, of Rust and of Python disagree on `\s`, so that the schema spells out what the parser trims.
#[test]
fn white_space_in_the_schema_is_that_of_the_parser() {
    let text = jsonschema::draft202012::new(&schema()["$defs"]["text"]).unwrap();
    for c in '\u{0}'..=char::MAX {
        assert_eq!(text.is_valid(&Value::from(String::from(c))), !c.is_whitespace(), "{c:?}");
    }
}
