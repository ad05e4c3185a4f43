//! Every field type of one object: what describe says of it, and what a write does.

use serde_json::json;

use super::describe::field;
use super::*;

fn number(text: &str) -> Value {
    serde_json::from_str(text).unwrap()
}

/// The value that a new ticket stores, or the errorCode of the refusal.
fn stored(name: &str, value: Value) -> Result<Value, String> {
    let mut bench = Bench::new();
    let response = bench.post("/sobjects/Ticket__c", json!({ "Subject__c": "s", name: value }));
    if response.status != 201 {
        return Err(error(&response).1);
    }
    Ok(bench.org.records("Ticket__c")[0].get(name).cloned().unwrap_or_default())
}

#[test]
fn describe_shows_the_measures_of_each_type() {
    let mut bench = Bench::new();
    for (name, kind, soap, length, byte_length, precision, scale, digits) in [
        ("Subject__c", "string", "string", 255, 765, 0, 0, 0),
        ("Description__c", "textarea", "string", 32_768, 98_304, 0, 0, 0),
        ("Email__c", "email", "string", 80, 240, 0, 0, 0),
        ("Phone__c", "phone", "string", 40, 120, 0, 0, 0),
        ("Url__c", "url", "string", 255, 765, 0, 0, 0),
        ("Source__c", "picklist", "string", 255, 765, 0, 0, 0),
        ("Channels__c", "multipicklist", "string", 4099, 4099, 0, 0, 0),
        ("Amount__c", "currency", "double", 0, 0, 18, 2, 0),
        ("Discount__c", "percent", "double", 0, 0, 5, 2, 0),
        ("Number__c", "double", "double", 0, 0, 18, 0, 0),
        ("Count__c", "int", "int", 0, 0, 0, 0, 8),
        ("Done__c", "boolean", "boolean", 0, 0, 0, 0, 0),
        ("Due__c", "date", "date", 0, 0, 0, 0, 0),
        ("Started__c", "datetime", "dateTime", 0, 0, 0, 0, 0),
        ("Starts_At__c", "time", "time", 0, 0, 0, 0, 0),
    ] {
        let field = field(&mut bench, "Ticket__c", name);
        let shown = json!({
            "type": field["type"], "soapType": field["soapType"], "length": field["length"],
            "byteLength": field["byteLength"], "precision": field["precision"], "scale": field["scale"],
            "digits": field["digits"],
        });
        let expected = json!({
            "type": kind, "soapType": format!("xsd:{soap}"), "length": length, "byteLength": byte_length,
            "precision": precision, "scale": scale, "digits": digits,
        });
        assert_eq!(shown, expected, "{name}");
        assert_eq!((&field["custom"], &field["createable"]), (&json!(true), &json!(true)), "{name}");
    }
}

#[test]
fn describe_shows_every_member_of_a_field() {
    const MEMBERS: &[&str] = &[
        "aggregatable",
        "autoNumber",
        "calculated",
        "caseSensitive",
        "createable",
        "custom",
        "defaultValue",
        "defaultedOnCreate",
        "digits",
        "externalId",
        "filterable",
        "groupable",
        "idLookup",
        "label",
        "length",
        "name",
        "nillable",
        "permissionable",
        "picklistValues",
        "polymorphicForeignKey",
        "precision",
        "referenceTo",
        "relationshipName",
        "restrictedPicklist",
        "scale",
        "soapType",
        "sortable",
        "type",
        "unique",
        "updateable",
    ];
    let description = Bench::new().get("/sobjects/Ticket__c/describe").json();
    for field in description["fields"].as_array().unwrap() {
        let missing = MEMBERS.iter().filter(|member| field.get(**member).is_none()).collect::<Vec<_>>();
        assert!(missing.is_empty(), "{} {missing:?}", field["name"]);
    }
}

#[test]
fn a_picklist_shows_labels_beside_its_values_and_which_are_active() {
    let mut bench = Bench::new();
    let value = |value: &str, label: &str, active: bool| json!({ "active": active, "defaultValue": false, "label": label, "validFor": null, "value": value });
    let source = field(&mut bench, "Ticket__c", "Source__c");
    let expected = [value("web_chat", "Web chat", true), value("phone", "Telephone", true), value("fax", "Fax", false)];
    assert_eq!((&source["picklistValues"], &source["restrictedPicklist"]), (&json!(expected), &json!(false)));
    let region = field(&mut bench, "Ticket__c", "Region__c");
    let expected = [value("EMEA", "Europe, Middle East and Africa", true), value("AMER", "Americas", true)];
    assert_eq!((&region["picklistValues"], &region["restrictedPicklist"]), (&json!(expected), &json!(true)));
}

#[test]
fn a_restricted_picklist_takes_values_and_neither_labels_nor_another_case() {
    let refused = Err("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST".to_owned());
    assert_eq!(stored("Region__c", json!("EMEA")), Ok(json!("EMEA")));
    for text in ["Americas", "emea", "APAC"] {
        assert_eq!(stored("Region__c", json!(text)), refused, "{text}");
    }
    for text in ["web_chat", "Web chat", "fax", "pigeon"] {
        assert_eq!(stored("Source__c", json!(text)), Ok(json!(text)), "{text}");
    }
}

#[test]
fn numbers_follow_precision_and_scale_of_their_type() {
    let outside = Err("NUMBER_OUTSIDE_VALID_RANGE".to_owned());
    assert_eq!(stored("Amount__c", number("1234567890123456.789")), Ok(number("1234567890123456.78")));
    assert_eq!(stored("Amount__c", json!("12.5")), Ok(json!(12.5)));
    assert_eq!(stored("Discount__c", json!(50)), Ok(number("50.0")));
    assert_eq!(stored("Discount__c", json!(1000)), outside);
    assert_eq!(stored("Number__c", json!(7.9)), Ok(number("7.0")));
    assert_eq!(stored("Count__c", json!(7)), Ok(json!(7)));
    assert_eq!(stored("Count__c", json!(123_456_789)), outside);
    assert_eq!(stored("Count__c", json!(7.5)), Err("JSON_PARSER_ERROR".into()));
}

#[test]
fn only_an_email_is_checked_for_its_form() {
    assert_eq!(stored("Email__c", json!("Jo@Example.com")), Ok(json!("jo@example.com")));
    assert_eq!(stored("Email__c", json!("jo")), Err("INVALID_EMAIL_ADDRESS".into()));
    assert_eq!(stored("Phone__c", json!("call me")), Ok(json!("call me")));
    assert_eq!(stored("Phone__c", json!("1".repeat(41))), Err("STRING_TOO_LONG".into()));
    assert_eq!(stored("Url__c", json!("nonsense")), Ok(json!("nonsense")));
    assert_eq!(stored("Url__c", json!("u".repeat(256))), Err("STRING_TOO_LONG".into()));
}

#[test]
fn a_number_may_be_a_unique_key() {
    let mut bench = Bench::new();
    let body = || json!({ "Subject__c": "s" });
    let status =
        |bench: &mut Bench, key: &str| bench.patch(&format!("/sobjects/Ticket__c/Number__c/{key}"), body()).status;
    assert_eq!((status(&mut bench, "42"), status(&mut bench, "42.0"), status(&mut bench, "43")), (201, 200, 201));
    let twice = bench.post("/sobjects/Ticket__c", json!({ "Subject__c": "s", "Number__c": 42 }));
    refused(&twice, 400, "DUPLICATE_VALUE");
    let record = json!({ "attributes": { "type": "Ticket__c" }, "Number__c": 42, "Subject__c": "t" });
    let results = bench.patch("/composite/sobjects/Ticket__c/Number__c", json!({ "records": [record] })).json();
    assert_eq!((&results[0]["success"], &results[0]["created"]), (&json!(true), &json!(false)));
    assert_eq!(bench.column("SELECT Subject__c FROM Ticket__c WHERE Number__c = 42", "Subject__c"), ["t"]);
}

#[test]
fn a_key_that_is_not_unique_may_match_several_records() {
    let mut bench = Bench::new();
    for _ in 0..2 {
        bench.create("Ticket__c", json!({ "Subject__c": "s", "Serial__c": "A1" }));
    }
    assert_eq!(bench.patch("/sobjects/Ticket__c/Serial__c/A1", json!({ "Done__c": true })).status, 300);
}
