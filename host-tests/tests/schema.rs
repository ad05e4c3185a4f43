//! The JSON Schema of the settings, which engines build their form from and editors check with.
//!
//! It is valid, it accepts what is right and refuses what is wrong just as the parser does, and it says in English and
//! German what each setting is for. `agreement.rs` looks for documents on which it and the parser disagree.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use salesforce_module::base::{Finding, Severity};
use salesforce_module::manifest::SETTINGS_SCHEMA;
use salesforce_module::settings::Settings;
use serde_json::{Map, Value, json};

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
                            "type": "picklist", "externalId": false, "idLookup": false, "unique": false,
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
        file.extension().is_some_and(|extension| extension == "json") && !file.ends_with("variables.json")
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

#[test]
fn the_schema_and_the_parser_accept_settings_that_use_everything() {
    for full in [full(), full_request()] {
        jsonschema::draft202012::validate(&schema(), &full).unwrap();
        assert_eq!(errors(&full), []);
    }
}

/// Each with one mistake: at this place stands this, or nothing.
#[test]
fn a_single_mistake_of_shape_is_refused_by_the_schema_and_by_the_parser() {
    let schema = jsonschema::draft202012::new(&schema()).unwrap();
    let long = "x".repeat(81);
    for (place, mistake) in [
        // A key that is missing.
        ("/mode", None),
        ("/deploymentDomain", None),
        ("/mappings", None),
        ("/mappings/0/source", None),
        ("/mappings/0/object", None),
        ("/mappings/0/field", None),
        ("/mappings/7/field", None),
        ("/schema/objects/Case/fields", None),
        ("/schema/objects/Case/fields/Origin/values/0/value", None),
        // A key that nobody knows, at every level.
        ("/mapings", Some(json!([]))),
        ("/$schema", Some(json!("https://example.com"))),
        ("/mappings/0/whenblank", Some(json!("skip"))),
        ("/mappings/0/source/x", Some(json!("y"))),
        ("/objects/Case/doublets", Some(json!("block"))),
        ("/schema/date", Some(json!("2026-11-22"))),
        ("/schema/objects/Case/label", Some(json!("Case"))),
        ("/schema/objects/Case/fields/Origin/label", Some(json!("Origin"))),
        ("/schema/objects/Case/fields/Origin/values/0/active", Some(json!(true))),
        // Another type.
        ("", Some(json!([]))),
        ("/mode", Some(json!(null))),
        ("/deploymentDomain", Some(json!(1))),
        ("/apiVersion", Some(json!(62.0))),
        ("/locale", Some(json!(["de"]))),
        ("/timeZone", Some(json!(1))),
        ("/preset", Some(json!(true))),
        ("/mappings", Some(json!({}))),
        ("/mappings/0", Some(json!("Email"))),
        ("/mappings/0/source", Some(json!("customer_email"))),
        ("/mappings/0/source/variable", Some(json!(1))),
        ("/mappings/1/source/constant", Some(json!(null))),
        ("/mappings/1/source/constant", Some(json!({}))),
        ("/mappings/2/source/template", Some(json!(["{a}"]))),
        ("/mappings/3/source/record", Some(json!({}))),
        ("/mappings/6/source/file", Some(json!(["photo"]))),
        ("/mappings/6/source/file", Some(json!(" "))),
        ("/mappings/7/source/transcript", Some(json!({}))),
        ("/mappings/0/object", Some(json!(null))),
        ("/mappings/0/field", Some(json!(1))),
        ("/mappings/0/useToFindExisting", Some(json!("true"))),
        ("/mappings/0/silence", Some(json!("mismatched-source"))),
        ("/mappings/7/onlyFor", Some(json!("Lead"))),
        ("/objects/Person/lookIn", Some(json!({ "Contact": 1, "Lead": 2 }))),
        ("/objects/Person/lookIn/0", Some(json!(1))),
        ("/objects", Some(json!([]))),
        ("/objects/Case", Some(json!(null))),
        ("/objects/Contact/onlyUpdateExisting", Some(json!(0))),
        ("/objects/Contact/store", Some(json!("Id"))),
        ("/objects/Contact/store/Id", Some(json!(true))),
        ("/schema", Some(json!("prepared"))),
        ("/schema/hash", Some(json!(0))),
        ("/schema/viewAllData", Some(json!("yes"))),
        ("/schema/objects", Some(json!([]))),
        ("/schema/objects/Case/fields", Some(json!([]))),
        ("/schema/objects/Case/fields/Subject", Some(json!(null))),
        ("/schema/objects/Case/fields/Origin/unique", Some(json!(1))),
        ("/schema/objects/Case/fields/Origin/length", Some(json!("40"))),
        ("/schema/objects/Case/fields/Origin/length", Some(json!(-1))),
        ("/schema/objects/Case/fields/Origin/length", Some(json!(4_294_967_296_u64))),
        ("/schema/objects/Case/fields/Origin/scale", Some(json!(0.5))),
        ("/schema/objects/Case/fields/Origin/values", Some(json!({}))),
        ("/schema/objects/Case/fields/Origin/values/0", Some(json!("Web"))),
        ("/schema/objects/Case/fields/Origin/values/0/label", Some(json!(null))),
        ("/schema/objects/Case/relationships/Account", Some(json!(["Account"]))),
        ("/schema/objects/Case/recordTypes/Support", Some(json!({}))),
        // A value that is none of the possible ones.
        ("/mode", Some(json!("sobject-update"))),
        ("/locale", Some(json!("de_DE"))),
        ("/preset", Some(json!("web-to-lead"))),
        ("/mappings/0/whenBlank", Some(json!("Skip"))),
        ("/mappings/0/overwrite", Some(json!("never"))),
        ("/mappings/0/whenTooLong", Some(json!("truncate"))),
        ("/mappings/0/locale", Some(json!("xx"))),
        ("/mappings/0/silence/0", Some(json!("not-prepared"))),
        ("/objects/Contact/matchKeys", Some(json!("first"))),
        ("/objects/Contact/whenSeveralMatch", Some(json!(""))),
        ("/objects/Contact/duplicateRule", Some(json!("merge"))),
        ("/objects/Case/assignmentRule", Some(json!("on"))),
        ("/objects/Case/preset", Some(json!("web-to-lead"))),
        ("/schema/objects/Case/fields/Origin/type", Some(json!("address"))),
        // A name that nothing can have.
        ("/mappings/0/object", Some(json!("Last Name"))),
        ("/mappings/0/object", Some(json!("1st"))),
        ("/mappings/0/object", Some(json!(long))),
        ("/mappings/0/field", Some(json!("Name_"))),
        ("/mappings/0/field", Some(json!("A.B.C"))),
        ("/mappings/0/field", Some(json!("Vorname des Käufers"))),
        ("/mappings/3/source/record", Some(json!("the contact"))),
        ("/objects/Case/sobject", Some(json!(""))),
        ("/objects/Person/lookIn/1", Some(json!("Key Account"))),
        ("/objects/Case/recordType", Some(json!("Support Case"))),
        ("/objects/Contact/store/Case Number", Some(json!("case_number"))),
        ("/objects/Last Name", Some(json!({}))),
        ("/schema/objects/Ca se", Some(json!({ "fields": {} }))),
        ("/schema/objects/Case/fields/First Name", Some(json!({}))),
        ("/schema/objects/Case/relationships/Account", Some(json!("an account"))),
        ("/schema/objects/Case/relationships/A b", Some(json!("Account"))),
        // A text in a form that does not hold.
        ("/deploymentDomain", Some(json!(""))),
        ("/deploymentDomain", Some(json!("login.salesforce.com"))),
        ("/deploymentDomain", Some(json!("https://example.my.salesforce.com"))),
        ("/deploymentDomain", Some(json!("example.lightning.force.com"))),
        ("/deploymentDomain", Some(json!("example.my.salesforce.com.evil.com"))),
        ("/deploymentDomain", Some(json!("evilmy.salesforce.com"))),
        ("/apiVersion", Some(json!("62"))),
        ("/apiVersion", Some(json!("45.0"))),
        ("/apiVersion", Some(json!("v62.0"))),
        ("/timeZone", Some(json!("Central European Time"))),
        ("/mappings/0/timeZone", Some(json!(""))),
        ("/mappings/0/source/variable", Some(json!(" \t"))),
        ("/mappings/1/source/constant", Some(json!("\u{a0}"))),
        ("/mappings/1/source/constant", Some(json!("@{contact.id}"))),
        ("/mappings/2/source/template", Some(json!("no variable"))),
        ("/mappings/2/source/template", Some(json!("{{escaped}}"))),
        ("/mappings/2/source/template", Some(json!("{open"))),
        ("/mappings/2/source/template", Some(json!("close} {a}"))),
        ("/mappings/2/source/template", Some(json!("{a} { }"))),
        ("/mappings/2/source/template", Some(json!("{a} @{{contact}}"))),
        ("/objects/Case/assignmentRule", Some(json!("01Q00000000000"))),
        ("/objects/Contact/store/Id", Some(json!(" "))),
        ("/schema/objects/Case/recordTypes/Support", Some(json!("Support"))),
        // Too few, or too many.
        ("/mappings", Some(json!([]))),
        ("/mappings", Some(full()["mappings"][1].clone()).map(|row| Value::from(vec![row; 1001]))),
        ("/mappings/7/onlyFor", Some(json!([]))),
        ("/mappings/7/onlyFor", Some(json!(["Lead", "Lead"]))),
        ("/objects/Person/lookIn", Some(json!(["Lead"]))),
        ("/objects/Person/lookIn", Some(json!(["A__c", "B__c", "C__c", "D__c", "E__c", "F__c"]))),
        ("/objects/Person/lookIn", Some(json!(["Lead", "Contact", "Lead"]))),
        ("/objects/Person/sobject", Some(json!("Lead"))),
        ("/mappings/0/source", Some(json!({}))),
        ("/mappings/0/source/constant", Some(json!("x"))),
        ("/mappings/4/source/constant", Some(json!([]))),
        ("/mappings/4/source/constant", Some(json!([["a"]]))),
        ("/mappings/4/source/constant", Some(json!([null]))),
        ("/mappings/4/source/constant", Some(json!(["a", "@{b}"]))),
    ] {
        let mut settings = full();
        let shown = mistake.as_ref().map_or("nothing".to_owned(), |value| value.to_string().chars().take(80).collect());
        put(&mut settings, place, mistake);
        assert!(!schema.is_valid(&settings), "the schema accepts {shown} at {place}");
        assert!(!errors(&settings).is_empty(), "the parser accepts {shown} at {place}");
    }
}

/// The same of settings that read.
#[test]
fn a_single_mistake_of_shape_in_a_read_is_refused_by_the_schema_and_by_the_parser() {
    let schema = jsonschema::draft202012::new(&schema()).unwrap();
    assert!(schema.is_valid(&full_read()));
    assert_eq!(errors(&full_read()), []);
    for (place, mistake) in [
        ("/mappings/0/source", None),
        ("/mappings/1/target", None),
        ("/mappings/1/target", Some(json!("last_name"))),
        ("/mappings/1/target", Some(json!({}))),
        ("/mappings/1/target/variable", Some(json!(" \u{a0}"))),
        ("/mappings/1/target/list", Some(json!(true))),
        ("/mappings/1/source", Some(json!({ "variable": "x" }))),
        ("/mappings/1/field", Some(json!("Account.Owner.Name"))),
        ("/objects/Contact/whenNoneMatch", Some(json!("null"))),
        ("/objects/Contact/whenSeveralMatch", Some(json!("first"))),
        ("/objects/Contact/list", Some(json!("contacts"))),
        ("/objects/Contact/list", Some(json!({ "limit": 10 }))),
        ("/objects/Contact/list/variable", Some(json!(1))),
        ("/objects/Contact/list/limit", Some(json!(0))),
        ("/objects/Contact/list/limit", Some(json!(201))),
        ("/objects/Contact/list/limit", Some(json!("10"))),
        ("/objects/Contact/list/offset", Some(json!(10))),
    ] {
        let mut settings = full_read();
        put(&mut settings, place, mistake.clone());
        assert!(!schema.is_valid(&settings), "the schema accepts {mistake:?} at {place}");
        assert!(!errors(&settings).is_empty(), "the parser accepts {mistake:?} at {place}");
    }
}

fn full_read() -> Value {
    json!({
        "mode": "sobject-read",
        "deploymentDomain": "example.my.salesforce.com",
        "mappings": [
            {
                "source": { "variable": "customer_email" }, "object": "Contact", "field": "Email",
                "useToFindExisting": true, "whenBlank": "fail", "locale": "en-US", "timeZone": "UTC"
            },
            { "object": "Contact", "field": "Account.Name", "target": { "variable": "company" } }
        ],
        "objects": { "Contact": {
            "matchKeys": "any", "whenNoneMatch": "clear", "whenSeveralMatch": "list",
            "list": { "variable": "contacts", "limit": 200 }, "store": { "Id": "contact_id" }
        } }
    })
}

#[test]
fn a_single_mistake_in_a_request_is_refused_by_the_schema_and_by_the_parser() {
    let schema = jsonschema::draft202012::new(&schema()).unwrap();
    for (place, mistake) in [
        ("/mode", None),
        ("/path", None),
        ("/mode", Some(json!("sobject-write"))),
        ("/mappings", Some(full()["mappings"].clone())),
        ("/objects", Some(json!({}))),
        ("/schema", Some(json!({}))),
        ("/apiVersion", Some(json!("62.0"))),
        ("/methods", Some(json!("GET"))),
        ("/method", Some(json!("HEAD"))),
        ("/method", Some(json!(1))),
        ("/path", Some(json!("/setup/"))),
        ("/path", Some(json!("https://example.my.salesforce.com/services/data"))),
        ("/path", Some(json!(["services"]))),
        ("/query", Some(json!("a=b"))),
        ("/query/updateOnly", Some(json!(true))),
        ("/query/", Some(json!("true"))),
        ("/allowWrites", Some(json!("true"))),
        ("/deadlineSeconds", Some(json!(0))),
        ("/store", Some(json!(["/id"]))),
        ("/store/id", Some(json!(1))),
        ("/store/id", None),
        ("/store/~1created", Some(json!(" "))),
    ] {
        let mut settings = full_request();
        match (place, mistake.clone()) {
            // Names of members that a pointer would take for steps.
            ("/store/id", None) => settings["store"] = json!({ "id": "contact_id" }),
            ("/store/id", Some(value)) => settings["store"]["/id"] = value,
            ("/store/~1created", Some(value)) => settings["store"]["/created"] = value,
            (place, mistake) => put(&mut settings, place, mistake),
        }
        assert!(!schema.is_valid(&settings), "the schema accepts {mistake:?} at {place}");
        assert!(!errors(&settings).is_empty(), "the parser accepts {mistake:?} at {place}");
    }
    // And what belongs to this mode is refused in the other.
    for key in ["method", "path", "query", "body", "allowWrites", "store"] {
        let mut settings = full();
        settings[key] = full_request()[key].clone();
        assert!(!schema.is_valid(&settings) && !errors(&settings).is_empty(), "{key}");
    }
}

fn put(document: &mut Value, place: &str, value: Option<Value>) {
    let Some((parent, key)) = place.rsplit_once('/') else {
        *document = value.unwrap_or_default();
        return;
    };
    let parent = document.pointer_mut(parent).unwrap_or_else(|| panic!("no place {place}"));
    match (parent, value) {
        (Value::Object(members), Some(value)) => drop(members.insert(key.to_owned(), value)),
        (Value::Object(members), None) => drop(members.remove(key).unwrap_or_else(|| panic!("nothing at {place}"))),
        (Value::Array(items), Some(value)) => items[key.parse::<usize>().unwrap()] = value,
        _ => panic!("nothing to change at {place}"),
    }
}

/// What the parser knows stands in its remedies: at each place it is asked for a key, or a choice, that is none.
#[test]
fn the_schema_and_the_parser_know_the_same_keys_and_the_same_choices() {
    let schema = schema();
    let mut compared = 0;
    let (request, others) = ("/allOf/0/then/properties", "/allOf/0/else/properties");
    for (full, of_others) in [(full(), others), (full_read(), others), (full_request(), request)] {
        let of_others = schema.pointer(of_others).and_then(Value::as_object).unwrap();
        compared += compare_keys_and_choices(&schema, &full, of_others);
    }
    assert!(compared >= 36, "{compared}");
}

/// How many places were compared.
fn compare_keys_and_choices(schema: &Value, full: &Value, of_others: &Map<String, Value>) -> usize {
    const UNHEARD_OF: &str = "zzzzzzzzzzzzzzzzzzzzzzzzzzzzzzzz";
    let mut compared = 0;
    walk(full, &mut String::new(), &mut |place, value| {
        let part = part_of(schema, place);
        let mut settings = full.clone();
        if value.is_object() && part.get("properties").is_some() {
            put(&mut settings, &format!("{place}/{UNHEARD_OF}"), Some(json!(1)));
            let mut keys: BTreeSet<String> = part["properties"].as_object().unwrap().keys().cloned().collect();
            keys.retain(|key| !place.is_empty() || !of_others.contains_key(key));
            assert_eq!(named_in_remedy(&settings, "unknown-key"), keys, "{place}");
            compared += 1;
        }
        let choices: BTreeSet<String> = choices(&part).iter().map(|choice| text(&choice["const"])).collect();
        // The id of an assignment rule is no choice, and its remedy says what it is.
        if !choices.is_empty() && !place.ends_with("/assignmentRule") {
            put(&mut settings, place, Some(json!(UNHEARD_OF)));
            assert_eq!(named_in_remedy(&settings, "unknown-value"), choices, "{place}");
            compared += 1;
        }
    });
    compared
}

/// The names in `…` of the one finding with this code.
fn named_in_remedy(settings: &Value, code: &str) -> BTreeSet<String> {
    let errors = errors(settings);
    let finding = errors.iter().find(|finding| finding.code == code).unwrap_or_else(|| panic!("no {code}: {errors:?}"));
    finding.remedy.split('`').skip(1).step_by(2).map(str::to_owned).collect()
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
    value.as_str().unwrap_or_else(|| panic!("{value} is no text")).to_owned()
}

#[test]
fn every_setting_that_authors_see_is_explained_in_english_and_german_and_has_its_place() {
    let schema = schema();
    let mut explained = 0;
    parts(&schema, &mut |part| {
        let Some(properties) = part.get("properties").and_then(Value::as_object) else { return };
        let seen: BTreeSet<&str> =
            properties.iter().filter(|(_, part)| part.get("x-hidden").is_none()).map(|(key, _)| key.as_str()).collect();
        let order: Vec<&str> = part["x-order"].as_array().unwrap().iter().map(|key| key.as_str().unwrap()).collect();
        assert_eq!(order.len(), seen.len(), "{order:?}");
        assert_eq!(order.iter().copied().collect::<BTreeSet<_>>(), seen);
        for key in order {
            let part = &properties[key];
            for member in ["title", "description"] {
                says(&part[member], key);
                says(&part["x-de"][member], key);
            }
            assert_ne!(part["description"], part["x-de"]["description"], "{key}");
            explained += 1;
        }
    });
    assert_eq!(explained, 16 + 13 + 6 + 2 + 14 + 2 + 2);
    let row = &schema["properties"]["mappings"]["items"]["properties"];
    let record = &schema["properties"]["objects"]["additionalProperties"]["properties"];
    // Fixed by the product that this one follows.
    assert_eq!(row["useToFindExisting"]["title"], "Use field to check for existing record");
    assert_eq!(record["onlyUpdateExisting"]["title"], "Only update existing records, do not create new ones");
}

#[test]
fn every_choice_has_a_label_in_english_and_german() {
    let mut labelled = 0;
    parts(&schema(), &mut |part| {
        for choice in part.get("oneOf").and_then(Value::as_array).into_iter().flatten() {
            says(&choice["title"], "a choice");
            says(&choice["x-de"]["title"], "a choice");
            labelled += 1;
        }
    });
    assert!(labelled >= 50, "{labelled}");
}

/// A sentence or a label: there, and without white space at its ends.
fn says(text: &Value, of: &str) {
    let text = text.as_str().unwrap_or_else(|| panic!("{of} lacks a text"));
    assert!(!text.is_empty() && text.trim() == text, "{of}: {text:?}");
}

/// Visits every part of the schema that a form shows.
fn parts(part: &Value, visit: &mut impl FnMut(&Value)) {
    if !part.is_object() || part.get("x-hidden").is_some() {
        return;
    }
    visit(part);
    for key in ["properties", "$defs"] {
        part[key].as_object().into_iter().flatten().for_each(|(_, part)| parts(part, visit));
    }
    for key in ["items", "additionalProperties"] {
        parts(&part[key], visit);
    }
}

/// Patterns of browsers, of Rust and of Python disagree on `\s`, so that the schema spells out what the parser trims.
#[test]
fn white_space_in_the_schema_is_that_of_the_parser() {
    let text = jsonschema::draft202012::new(&schema()["$defs"]["text"]).unwrap();
    for c in '\u{0}'..=char::MAX {
        assert_eq!(text.is_valid(&Value::from(String::from(c))), !c.is_whitespace(), "{c:?}");
    }
}
