//! `simulate --org`: what an admin adds.

use std::collections::BTreeSet;

use host_tests::simulator::Files;
use serde_json::{Value, json};

use super::{Client, Folder, code, now, refusal};

const EXAMPLE: &str = include_str!("../../../src/simulator/start/org_file/example.json");
const SCHEMA: &str = include_str!("../../../src/simulator/start/org_file/org.schema.json");

fn example() -> Value {
    serde_json::from_str(EXAMPLE).expect("JSON")
}

fn schema() -> Value {
    serde_json::from_str(SCHEMA).expect("JSON")
}

fn files(org: &Value) -> (Folder, Files) {
    let folder = Folder::new().with("org.json", &org.to_string());
    let files = Files { org: Some(folder.0.join("org.json")), ..Files::default() };
    (folder, files)
}

fn client(org: &Value) -> Client {
    let (_folder, files) = files(org);
    Client::new(files.org(now()).unwrap_or_else(|error| panic!("{error}")))
}

#[test]
fn objects_and_fields_are_there() {
    let mut client = client(&example());
    let contact = client.create("Contact", json!({ "LastName": "Berg", "Nickname__c": "Bergi" }));
    let house = client.create("House__c", json!({ "Number__c": "1", "Owner_Contact__c": contact }));
    let row = client.row("House__c", &house);
    assert_eq!((&row["Level__c"], &row["Price__c"], &row["Name"]), (&json!("Low"), &json!(1.0), &json!(house)));
    assert!(row["RecordTypeId"].is_null(), "no field of that name was asked for");
    let room = client.create("Room__c", json!({ "House__r": { "Number__c": "1" } }));
    assert_eq!(client.row("Room__c", &room)["House__c"], json!(house));
    for (body, refused) in [
        (json!({}), "REQUIRED_FIELD_MISSING"),
        (json!({ "Number__c": "1" }), "DUPLICATE_VALUE"),
        (json!({ "Number__c": "2", "Level__c": "Old" }), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        (json!({ "Number__c": "2", "Rated__c": "2026-01-01" }), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (json!({ "Number__c": "x".repeat(21) }), "STRING_TOO_LONG"),
    ] {
        assert_eq!(code(&client.post("House__c", body.clone())), refused, "{body}");
    }
    let describe = client.get("/sobjects/Contact/describe");
    let children = describe["childRelationships"].as_array().expect("a list");
    assert!(
        children.iter().any(|child| child["childSObject"] == "House__c" && child["relationshipName"] == "Houses__r")
    );
    // The rooms go with the house.
    assert_eq!(client.send("DELETE", &format!("/sobjects/House__c/{house}"), None).status, 204);
    assert_eq!(client.send("GET", &format!("/sobjects/Room__c/{room}"), None).status, 404);
}

#[test]
fn rules_run_on_save() {
    let mut client = client(&example());
    let refused = client.post("House__c", json!({ "Number__c": "1", "Price__c": -1 })).json();
    assert_eq!(
        (&refused[0]["errorCode"], &refused[0]["message"], &refused[0]["fields"]),
        (&json!("FIELD_CUSTOM_VALIDATION_EXCEPTION"), &json!("The price cannot be negative."), &json!(["Price__c"]))
    );
    let house = client.create("House__c", json!({ "Number__c": "1", "Price__c": 5 }));
    let path = format!("/sobjects/House__c/{house}");
    assert_eq!(client.send("PATCH", &path, Some(json!({ "Price__c": 7, "Number__c": "1" }))).status, 204);
    let kept = client.send("PATCH", &path, Some(json!({ "Number__c": "2" })));
    assert_eq!((kept.status, &kept.json()[0]["message"]), (400, &json!("A house keeps its number.")));
    // Of the two owners the queue is the one by the rule.
    let lead = |country: &str| json!({ "LastName": "Berg", "Company": "Acme", "Country": country });
    let (german, other) = (client.create("Lead", lead("Germany")), client.create("Lead", lead("France")));
    let owner =
        |client: &mut Client, id: &str| client.row("Lead", id)["OwnerId"].as_str().expect("an id")[..3].to_owned();
    assert_eq!((owner(&mut client, &german), owner(&mut client, &other)), ("00G".to_owned(), "005".to_owned()));
    client.create("Contact", json!({ "LastName": "Berg", "Nickname__c": "B" }));
    assert_eq!(code(&client.post("Contact", json!({ "LastName": "Berg", "Nickname__c": "b" }))), "DUPLICATES_DETECTED");
}

#[test]
fn what_the_api_user_may_not_see_is_not_there() {
    let mut client = client(&example());
    assert_eq!(code(&client.query("SELECT Department FROM Contact")), "INVALID_FIELD");
    assert_eq!(
        code(&client.post("Contact", json!({ "LastName": "B", "Title": "Dr" }))),
        "INVALID_FIELD_FOR_INSERT_UPDATE"
    );
    assert_eq!(client.send("GET", "/sobjects/Campaign", None).status, 404);
    let users = client.query("SELECT Name FROM User WHERE Username = 'anna.berg@example.com'").json();
    assert_eq!(users["records"][0]["Name"], "Anna Berg");
}

#[test]
fn rules_do_not_judge_the_records_that_are_there_already() {
    let (folder, files) = files(&example());
    let folder = folder.with("seed.json", r#"{"House__c": [{"Number__c": "1", "Price__c": -5}]}"#);
    let files = Files { seed: Some(folder.0.join("seed.json")), ..files };
    assert_eq!(files.org(now()).expect("an org").records("House__c")[0]["Price__c"], json!(-5.0));
}

#[test]
fn conditions_know_old_and_new_values() {
    let rule = |condition: &str| json!({ "onSave": [{ "object": "Contact", "condition": condition, "refuse": { "message": "no" } }] });
    let contact = json!({ "LastName": "Berg", "Title": "Dr", "Salutation": "Mr." });
    for (condition, create, update) in [
        ("TRUE", false, false),
        ("ISNEW()", false, true),
        ("ISCHANGED(Title)", true, false),
        ("ISCHANGED(LastName)", true, true),
        ("PRIORVALUE(Title) = \"Dr\" && Title <> \"Dr\"", true, false),
        ("ISPICKVAL(Salutation, \"Mr.\") && NOT(ISNEW())", true, false),
        ("LEN(LastName) > 3 && BEGINS(LastName, 'B')", false, false),
        ("CONTAINS(LOWER(Title), 'prof')", true, false),
        ("ISBLANK(Email) || Email = \"\"", false, false),
        ("DATEVALUE", true, true),
        ("IF(HasOptedOutOfEmail, TRUE, FALSE)", true, true),
        ("Birthdate > TODAY()", true, true),
        ("Title & LastName = 'ProfBerg'", true, false),
        ("!(Title = 'Dr' || Title = 'Prof')", true, true),
    ] {
        let (_folder, files) = files(&rule(condition));
        let Ok(org) = files.org(now()) else {
            // No such field.
            assert!(["DATEVALUE", "IF(HasOptedOutOfEmail, TRUE, FALSE)"].contains(&condition), "{condition}");
            continue;
        };
        let mut client = Client::new(org);
        assert_eq!(client.post("Contact", contact.clone()).status == 201, create, "{condition}");
        let mut plain = Client::new(Files::default().org(now()).expect("an org"));
        let id = plain.create("Contact", contact.clone());
        let (_folder, files) = self::files(&rule(condition));
        let seed = json!({ "Contact": [{ "Id": id, "LastName": "Berg", "Title": "Dr", "Salutation": "Mr." }] });
        let folder = Folder::new().with("seed.json", &seed.to_string());
        let seeded = Files { seed: Some(folder.0.join("seed.json")), ..files };
        let mut client = Client::new(seeded.org(now()).expect("an org"));
        let changed = client.send("PATCH", &format!("/sobjects/Contact/{id}"), Some(json!({ "Title": "Prof" })));
        assert_eq!(changed.status == 204, update, "{condition}: {}", changed.json());
    }
}

/// Where a map of names begins: whatever stands there is no member.
const MAPS: &[&str] = &["/objects", "/fields", "/set"];

/// Every place of a document, with whether it is an object with members of its own.
fn places(value: &Value, pointer: String, found: &mut Vec<(String, bool)>) {
    let is_map = MAPS.iter().any(|map| pointer.ends_with(map));
    found.push((pointer.clone(), value.is_object() && !is_map));
    match value {
        Value::Object(members) => {
            members.iter().for_each(|(name, value)| places(value, format!("{pointer}/{name}"), found));
        }
        Value::Array(items) => {
            items.iter().enumerate().for_each(|(index, value)| places(value, format!("{pointer}/{index}"), found));
        }
        _ => {}
    }
}

fn members_of_schema(schema: &Value, found: &mut BTreeSet<String>) {
    if let Some(properties) = schema["properties"].as_object() {
        found.extend(properties.keys().cloned());
    }
    match schema {
        Value::Object(members) => members.values().for_each(|value| members_of_schema(value, found)),
        Value::Array(items) => items.iter().for_each(|value| members_of_schema(value, found)),
        _ => {}
    }
}

#[test]
fn schema_and_reader_refuse_the_same() {
    let validator = jsonschema::validator_for(&schema()).expect("a schema");
    let reads = |org: &Value| {
        let (_folder, files) = files(org);
        files.org(now()).map(drop)
    };
    assert!(
        validator.is_valid(&example()),
        "{:?}",
        validator.iter_errors(&example()).map(|e| e.to_string()).collect::<Vec<_>>()
    );
    reads(&example()).expect("a good file");
    let mut found = Vec::new();
    places(&example(), String::new(), &mut found);
    for (pointer, has_members) in found {
        let mut wrong = vec![json!([[]])];
        if has_members {
            let mut more = example().pointer(&pointer).expect("a place").clone();
            more["bogus"] = json!(1);
            wrong.push(more);
        }
        for value in wrong {
            let mut changed = example();
            // A value that a trigger sets is held against its field, which no schema knows.
            let by_field = pointer.contains("/set/");
            *changed.pointer_mut(&pointer).expect("a place") = value;
            assert!(by_field || !validator.is_valid(&changed), "the schema takes {changed:#} at {pointer}");
            let said = reads(&changed).expect_err("a refusal").to_string();
            assert!(said.contains("org.json"), "{said}");
        }
    }
}

/// What the schema names is read: otherwise the reader would say that it is not known.
#[test]
fn the_reader_knows_every_member_of_the_schema() {
    let mut named = BTreeSet::new();
    members_of_schema(&schema(), &mut named);
    let known = |place: &Value| -> String {
        let (_folder, files) = files(place);
        refusal(&files)
    };
    let said = [
        known(&json!({ "bogus": 1 })),
        known(&json!({ "settings": { "bogus": 1 } })),
        known(&json!({ "objects": { "A__c": { "bogus": 1 } } })),
        known(&json!({ "objects": { "A__c": { "fields": { "B__c": { "bogus": 1 } } } } })),
        known(
            &json!({ "objects": { "A__c": { "fields": { "B__c": { "type": "picklist", "values": [{ "value": "x", "bogus": 1 }] } } } } }),
        ),
        known(&json!({ "objects": { "A__c": { "recordTypes": [{ "bogus": 1 }] } } })),
        known(&json!({ "users": [{ "bogus": 1 }] })),
        known(&json!({ "apiUser": { "bogus": 1 } })),
        known(&json!({ "validationRules": [{ "bogus": 1 }] })),
        known(&json!({ "duplicateRules": [{ "bogus": 1 }] })),
        known(&json!({ "assignmentRules": [{ "bogus": 1 }] })),
        known(&json!({ "onSave": [{ "bogus": 1 }] })),
        known(&json!({ "onSave": [{ "object": "Case", "refuse": { "bogus": 1 } }] })),
    ];
    let lists: Vec<&str> =
        said.iter().map(|said| said.split("Known are ").nth(1).unwrap_or_else(|| panic!("{said}"))).collect();
    let read: BTreeSet<String> = lists.iter().flat_map(|list| list.split(", ")).map(str::to_owned).collect();
    assert_eq!(named, read);
}

#[test]
fn mistakes_are_told_with_their_place_and_what_was_meant() {
    let with = |pointer: &str, value: Value| {
        let mut changed = example();
        *changed.pointer_mut(pointer).expect("a place") = value;
        changed
    };
    for (org, told) in [
        (json!({ "objcts": {} }), "at /objcts: \"objcts\" is not known here; did you mean \"objects\"?"),
        (
            json!({ "settings": { "personAcounts": true } }),
            "at /settings/personAcounts: \"personAcounts\" is not known here; did you mean \"personAccounts\"?",
        ),
        (
            json!({ "objects": { "Contakt": {} } }),
            "at /objects/Contakt: expected an object of the org, or a new one that ends with __c or __e; did you mean \"Contact\"?",
        ),
        (json!({ "objects": { "Contact": { "label": "Person" } } }), "only its fields can be added to"),
        (json!({ "objects": { "Contact": { "fields": { "Title": { "type": "string" } } } } }), "ends with __c"),
        (
            json!({ "objects": { "Contact": { "fields": { "Score__c": { "type": "double" } } } } }),
            "has a field Score__c already",
        ),
        (json!({ "objects": { "A__c": { "keyPrefix": "003" } } }), "\"003\" is the prefix of Contact"),
        (
            json!({ "objects": { "A__c": { "fields": { "B__c": { "type": "picklist" } } } } }),
            "expected the member \"values\"",
        ),
        (
            json!({ "objects": { "A__c": { "fields": { "B__c": { "type": "reference", "to": ["Contct"] } } } } }),
            "at /objects/A__c/fields/B__c/to/0: there is no object Contct; did you mean \"Contact\"?",
        ),
        (with("/objects/House__c/fields/Level__c/default", json!("Nope")), "/default: expected a value of this field"),
        (
            with("/validationRules/0/condition", json!("Prise__c < 0")),
            "at /validationRules/0/condition: 'Prise__c' at 1 is no field of House__c; did you mean \"Price__c\"?",
        ),
        (
            with("/validationRules/0/condition", json!("ISBLNK(Price__c)")),
            "the function ISBLNK at 1 is not known; did you mean \"ISBLANK\"?",
        ),
        (with("/validationRules/0/condition", json!("Price__c <")), "it ends where a value is expected"),
        (with("/validationRules/0/condition", json!("NOT(Price__c")), "it ends where ')' is expected"),
        (with("/validationRules/0/condition", json!("Price__c # 1")), "'#' at 10 is not known"),
        (with("/validationRules/0/condition", json!("ISPICKVAL(Level__c)")), "ISPICKVAL at 1 takes 2 values, not 1"),
        (with("/validationRules/0/condition", json!("Owner.Name = 'x'")), "reads fields of the record itself only"),
        (
            with("/validationRules/0/field", json!("Prise__c")),
            "there is no field House__c.Prise__c; did you mean \"Price__c\"?",
        ),
        (
            with("/assignmentRules/0/queue", json!("Sale")),
            "there is no queue \"Sale\"; \"queues\" adds one; did you mean \"Sales\"?",
        ),
        (with("/assignmentRules/0/object", json!("Contact")), "expected one of Account, Case, Lead"),
        (with("/onSave/0/set/Price__c", json!("much")), "at /onSave/0/set/Price__c: expected a value of this field"),
        (with("/duplicateRules/0/field", json!("Contact")), "expected Object.Field, got \"Contact\""),
        (json!({ "onSave": [{ "object": "Case" }] }), "expected \"set\" or \"refuse\""),
        (
            json!({ "apiUser": { "fields": { "Contact.Titel": "hidden" } } }),
            "there is no field Contact.Titel; did you mean \"Title\"?",
        ),
        (json!({ "apiUser": { "objects": { "Contact": "gone" } } }), "expected one of hidden, read-only"),
    ] {
        let (_folder, files) = files(&org);
        let said = refusal(&files);
        assert!(said.contains(told), "{told}: {said}");
    }
}
