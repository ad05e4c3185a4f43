//! `simulate --describe`: what a describe says holds.

use host_tests::simulator::Files;
use serde_json::{Value, json};

use super::documents::{describe, field, flat, house};
use super::{Client, Folder, code, refusal};

fn own() -> Client {
    Client::described(&[flat(), house()])
}

#[test]
fn the_org_has_its_own_objects_and_none_of_the_samples() {
    let mut client = own();
    let global = client.get("/sobjects");
    let names: Vec<&str> =
        global["sobjects"].as_array().expect("a list").iter().filter_map(|object| object["name"].as_str()).collect();
    for (name, there) in
        [("House__c", true), ("Flat__c", true), ("Contact", true), ("User", true), ("Ticket__c", false)]
    {
        assert_eq!(names.contains(&name), there, "{name}");
    }
    let contact = client.get("/sobjects/Contact/describe");
    assert!(contact["fields"].as_array().expect("a list").iter().all(|field| field["custom"] == false));
    // What is attached to a record can be attached to one of the org's own.
    let task = client.get("/sobjects/Task/describe");
    let what =
        task["fields"].as_array().expect("a list").iter().find(|field| field["name"] == "WhatId").expect("WhatId");
    assert!(what["referenceTo"].as_array().expect("a list").contains(&json!("House__c")), "{what}");
}

#[test]
fn a_global_describe_says_which_of_the_platforms_objects_are_there() {
    let global = json!({ "encoding": "UTF-8", "sobjects": [{ "name": "Contact" }, { "name": "House__c" }] });
    let mut client = Client::described(&[global, house(), flat()]);
    assert_eq!(client.send("GET", "/sobjects/Contact/describe", None).status, 200);
    assert_eq!(client.send("GET", "/sobjects/Campaign/describe", None).status, 404);
    assert_eq!(client.send("GET", "/sobjects/User/describe", None).status, 200);
    // A lookup to what is not there is not there either.
    assert_eq!(code(&client.query("SELECT AccountId FROM Contact")), "INVALID_FIELD");
}

#[test]
fn a_describe_is_answered_as_it_was_read() {
    let mut client = own();
    for given in [house(), flat()] {
        let name = given["name"].as_str().expect("a name");
        let mut answered = client.get(&format!("/sobjects/{name}/describe"));
        for info in answered["recordTypeInfos"].as_array_mut().expect("a list") {
            info.as_object_mut().expect("an object").remove("urls");
        }
        for member in ["label", "labelPlural", "keyPrefix", "custom", "createable", "deletable"] {
            assert_eq!(answered[member], given[member], "{name}.{member}");
        }
        assert_eq!(answered["fields"].as_array().map(Vec::len), given["fields"].as_array().map(Vec::len));
        for (answered, given) in
            answered["fields"].as_array().into_iter().flatten().zip(given["fields"].as_array().expect("a list"))
        {
            assert_eq!(answered, given);
        }
        if name == "House__c" {
            assert_eq!(answered["recordTypeInfos"], given["recordTypeInfos"]);
        }
    }
}

#[test]
fn defaults_are_filled() {
    let mut client = own();
    let id = client.create("House__c", json!({ "Name": "One" }));
    let row = client.row("House__c", &id);
    assert!(id.starts_with("a0H"));
    assert_eq!((&row["Level__c"], &row["Lived_In__c"]), (&json!("Mid"), &json!(true)));
    assert_eq!((&row["Built__c"], &row["Rooms__c"]), (&json!("2026-11-22"), &json!(3.0)));
    assert_eq!(row["RecordTypeId"], "012000000000002AAA");
    let other =
        client.create("House__c", json!({ "Name": "Two", "Rooms__c": 7, "Lived_In__c": false, "Level__c": "Low" }));
    let row = client.row("House__c", &other);
    assert_eq!((&row["Rooms__c"], &row["Lived_In__c"], &row["Level__c"]), (&json!(7.0), &json!(false), &json!("Low")));
}

#[test]
fn what_the_describe_forbids_is_refused() {
    let mut client = own();
    let flat = client.create("House__c", json!({ "Name": "One", "Number__c": "n1" }));
    for (body, refused) in [
        (json!({}), "REQUIRED_FIELD_MISSING"),
        (json!({ "Name": "x".repeat(41) }), "STRING_TOO_LONG"),
        // Five bytes, not five characters.
        (json!({ "Name": "x", "Note__c": "äöü" }), "STRING_TOO_LONG"),
        (json!({ "Name": "x", "Level__c": "High" }), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        (json!({ "Name": "x", "Level__c": "Old" }), "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"),
        (json!({ "Name": "x", "Total__c": 1 }), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (json!({ "Name": "x", "Site__c": { "latitude": 1 } }), "INVALID_FIELD_FOR_INSERT_UPDATE"),
        (json!({ "Name": "x", "Number__c": "n1" }), "DUPLICATE_VALUE"),
        (json!({ "Name": "x", "Party__c": flat }), "MALFORMED_ID"),
        (json!({ "Name": "x", "RecordTypeId": "012000000000003AAA" }), "INVALID_CROSS_REFERENCE_KEY"),
        (json!({ "Name": "x", "Rooms__c": 12345 }), "NUMBER_OUTSIDE_VALID_RANGE"),
        (json!({ "Name": "x", "Nope__c": 1 }), "INVALID_FIELD"),
    ] {
        let response = client.post("House__c", body.clone());
        assert_eq!((response.status, code(&response)), (400, refused.to_owned()), "{body}");
    }
    // A key that tells letters apart.
    client.create("House__c", json!({ "Name": "x", "Number__c": "N1" }));
    // Of an object that no describe is of there are no records.
    assert_ne!(client.post("House__c", json!({ "Name": "x", "Elsewhere__c": "a99000000000001" })).status, 201);
}

#[test]
fn a_restricted_list_is_held_to_the_field_that_it_depends_on() {
    let mut client = own();
    let mut status = |country: Value, state: &str| {
        client.post("House__c", json!({ "Name": "x", "Country__c": country, "State__c": state })).status
    };
    assert_eq!((status(json!("US"), "CA"), status(json!("US"), "BE"), status(json!("DE"), "BE")), (201, 201, 201));
    assert_eq!((status(json!("DE"), "CA"), status(Value::Null, "BE")), (400, 400));
    // The country may be stored, and may be what changes.
    let id = client.create("House__c", json!({ "Name": "x", "Country__c": "US", "State__c": "CA" }));
    let path = format!("/sobjects/House__c/{id}");
    assert_eq!(client.send("PATCH", &path, Some(json!({ "Name": "y" }))).status, 204);
    assert_eq!(client.send("PATCH", &path, Some(json!({ "Country__c": "DE" }))).status, 400);
    assert_eq!(client.send("PATCH", &path, Some(json!({ "Country__c": "DE", "State__c": "BE" }))).status, 204);
}

#[test]
fn a_compound_field_shows_its_parts() {
    let mut client = own();
    let id = client.create("House__c", json!({ "Name": "x", "Site__Latitude__s": 52.5, "Site__Longitude__s": 13.4 }));
    let row = client.query(&format!("SELECT Site__c FROM House__c WHERE Id = '{id}'")).json()["records"][0].clone();
    assert_eq!(row["Site__c"], json!({ "latitude": 52.5, "longitude": 13.4 }));
    let empty = client.create("House__c", json!({ "Name": "x" }));
    assert_eq!(client.row("House__c", &empty)["Site__c"], Value::Null);
}

#[test]
fn lookups_and_keys_of_the_org_work() {
    let mut client = own();
    let contact = client.create("Contact", json!({ "LastName": "Berg" }));
    let house = client.create("House__c", json!({ "Name": "One", "Number__c": "n/1", "Party__c": contact }));
    let flat = client.create("Flat__c", json!({ "Name": "A", "House__r": { "Number__c": "n/1" } }));
    let row =
        client.query(&format!("SELECT House__r.Name, House__r.Party__r.Name FROM Flat__c WHERE Id = '{flat}'")).json();
    assert_eq!(row["records"][0]["House__r"]["Name"], "One");
    assert_eq!(row["records"][0]["House__r"]["Party__r"]["Name"], "Berg");
    let upsert = client.send("PATCH", "/sobjects/House__c/Number__c/n%2F1", Some(json!({ "Name": "Uno" })));
    assert_eq!((upsert.status, &upsert.json()["id"]), (200, &json!(house)));
}

#[test]
fn a_wrong_document_is_told_with_its_file_and_place() {
    let mut cases = Vec::new();
    let broken = |change: fn(&mut Value)| {
        let mut document = house();
        change(&mut document);
        document.to_string()
    };
    cases.push(("{".to_owned(), "not JSON"));
    cases.push(("[]".to_owned(), "expected a describe"));
    cases.push(("{}".to_owned(), "expected a describe"));
    cases.push(("7".to_owned(), "expected an object, got 7"));
    cases.push((broken(|it| it["fields"][2]["type"] = json!("strnig")), "at /fields/2/type: expected one of"));
    cases.push((broken(|it| it["fields"][2]["type"] = json!("strnig")), "did you mean \"string\"?"));
    cases.push((
        broken(|it| it["fields"][1]["length"] = json!("long")),
        "at /fields/1/length: expected a whole number from 0 on, got \"long\"",
    ));
    cases.push((
        broken(|it| it["fields"][1]["nillable"] = Value::Null),
        "at /fields/1: expected the member \"nillable\", true or false",
    ));
    cases.push((broken(|it| it["fields"][1]["name"] = json!("Na me")), "at /fields/1/name: expected an API name"));
    cases.push((broken(|it| it["fields"][2]["name"] = json!("Name")), "at /fields/2: the field Name is there twice"));
    cases.push((broken(|it| it["keyPrefix"] = json!("a0")), "at /keyPrefix: expected three letters or digits"));
    cases.push((
        broken(|it| it["fields"][5]["picklistValues"][0]["validFor"] = json!("?")),
        "at /fields/5/picklistValues/0/validFor: expected base64",
    ));
    cases.push((
        broken(|it| it["fields"][5]["controllerName"] = json!("Name")),
        "at /fields/5/controllerName: expected a picklist or a checkbox",
    ));
    cases.push((
        broken(|it| it["fields"][12]["defaultValue"] = json!("many")),
        "at /fields/12/defaultValue: expected a value of this field",
    ));
    cases.push((
        broken(|it| it["recordTypeInfos"][0]["recordTypeId"] = json!("x")),
        "at /recordTypeInfos/0/recordTypeId: expected an id",
    ));
    cases.push((broken(|it| drop(it.as_object_mut().map(|it| it.remove("name")))), "expected the member \"name\""));
    for (text, told) in cases {
        let folder = Folder::new().with("a.json", &flat().to_string()).with("house.json", &text);
        let said = refusal(&Files { describe: Some(folder.0.clone()), ..Files::default() });
        assert!(said.contains("house.json") && said.contains(told), "{told}: {said}");
    }
}

#[test]
fn one_object_or_prefix_in_two_files_names_both() {
    let twice = Folder::new().with("one.json", &house().to_string()).with("two.json", &house().to_string());
    let said = refusal(&Files { describe: Some(twice.0.clone()), ..Files::default() });
    assert!(said.contains("two.json at /name") && said.contains("one.json"), "{said}");
    let other = describe("Villa__c", "a0H", Vec::new()).to_string();
    let prefix = Folder::new().with("one.json", &house().to_string()).with("two.json", &other);
    let said = refusal(&Files { describe: Some(prefix.0.clone()), ..Files::default() });
    assert!(said.contains("two.json at /keyPrefix") && said.contains("House__c"), "{said}");
}

#[test]
fn a_folder_without_documents_is_refused() {
    let empty = Folder::new().with("readme.txt", "nothing");
    let said = refusal(&Files { describe: Some(empty.0.clone()), ..Files::default() });
    assert!(said.contains("no file that ends with .json"), "{said}");
    let said = refusal(&Files { describe: Some(empty.0.join("nowhere")), ..Files::default() });
    assert!(said.contains("cannot read this folder"), "{said}");
}

#[test]
fn clients_envelopes_are_taken_off() {
    let composite = json!({ "compositeResponse": [{ "body": house(), "httpStatusCode": 200, "referenceId": "h" }] });
    let sf = json!({ "status": 0, "result": flat(), "warnings": [] });
    let mut client = Client::described(&[composite, sf]);
    client.get("/sobjects/House__c/describe");
    client.get("/sobjects/Flat__c/describe");
    let mut client = Client::described(&[json!([house(), flat()])]);
    client.get("/sobjects/Flat__c/describe");
}

#[test]
fn a_shortened_describe_has_an_id_all_the_same() {
    let mut short = describe("Short__c", "a0S", vec![field("Code__c", "string", json!({}))]);
    short["fields"].as_array_mut().expect("a list").remove(0);
    let mut client = Client::described(&[short]);
    let id = client.create("Short__c", json!({ "Name": "x" }));
    assert_eq!(client.row("Short__c", &id)["Id"], json!(id));
}

#[test]
fn a_seed_fits_the_described_org() {
    let folder = Folder::new().with("house.json", &house().to_string()).with("flat.json", &flat().to_string());
    let seed = json!({ "Flat__c": [{ "Name": "A", "House__r": { "Number__c": "1" } }], "House__c": [{ "Name": "One", "Number__c": "1" }] });
    let place = Folder::new()
        .with("seed.json", &seed.to_string())
        .with("bad.json", r#"{"House__c": [{"Name": "One", "Numbr__c": "1"}]}"#);
    let files =
        |seed: &str| Files { describe: Some(folder.0.clone()), seed: Some(place.0.join(seed)), ..Files::default() };
    let org = files("seed.json").org(super::now()).expect("an org");
    assert_eq!(org.records("Flat__c").len(), 1);
    let said = refusal(&files("bad.json"));
    assert!(said.contains("bad.json") && said.contains("House__c[0]") && said.contains("Numbr__c"), "{said}");
}
