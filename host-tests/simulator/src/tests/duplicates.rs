//! Duplicate rules: what they find, when they run, and how their answer looks from where it is asked.

use serde_json::json;

use super::composite::{codes, send, sub};
use super::*;

#[test]
fn a_duplicate_is_refused_with_the_details_under_the_misspelled_member() {
    let mut bench = Bench::new();
    let first = bench.create("Contact", json!({ "LastName": "Doe", "Email": "x@example.com" }));
    assert!(bench.org.add_duplicate_rule("Contact", "Email", true));
    assert!(!bench.org.add_duplicate_rule("Contact", "Nope", true));
    let body = json!({ "LastName": "Doe", "Email": "X@example.com" });
    let response = bench.post("/sobjects/Contact", body.clone());
    refused(&response, 400, "DUPLICATES_DETECTED");
    let details = response.json()[0]["duplicateResut"].clone();
    assert_eq!(details["allowSave"], true);
    assert_eq!(details["matchResults"][0]["matchRecords"][0]["record"]["Id"], first.as_str());
    refused(&bench.patch("/sobjects/Contact/Customer_No__c/1", body.clone()), 400, "DUPLICATES_DETECTED");
    bench.header("sforce-duplicate-rule-header", "includeRecordDetails=true; allowSave=true");
    bench.create("Contact", body);
}

#[test]
fn a_blocking_duplicate_rule_blocks_whatever_the_header_says() {
    let mut bench = Bench::new();
    bench.org.add_duplicate_rule("Lead", "Email", false);
    let body = json!({ "LastName": "Doe", "Company": "Acme", "Email": "x@example.com" });
    let id = bench.create("Lead", body.clone());
    bench.header("sforce-duplicate-rule-header", "allowSave=true");
    refused(&bench.post("/sobjects/Lead", body), 400, "DUPLICATES_DETECTED");
    assert_eq!(bench.patch(&format!("/sobjects/Lead/{id}"), json!({ "Email": "x@example.com" })).status, 204);
}

#[test]
fn a_rule_runs_on_an_update_that_changes_its_field() {
    let mut bench = Bench::new();
    let first = bench.create("Contact", json!({ "LastName": "Doe", "Email": "x@example.com" }));
    let second = bench.create("Contact", json!({ "LastName": "Roe", "Email": "x@example.com" }));
    let third = bench.create("Contact", json!({ "LastName": "Poe" }));
    bench.org.add_duplicate_rule("Contact", "Email", true);
    let response = bench.patch(&format!("/sobjects/Contact/{third}"), json!({ "Email": "x@example.com" }));
    refused(&response, 400, "DUPLICATES_DETECTED");
    let result = response.json()[0]["duplicateResut"]["matchResults"][0].clone();
    let found: Vec<&str> =
        result["matchRecords"].as_array().unwrap().iter().map(|one| one["record"]["Id"].as_str().unwrap()).collect();
    assert_eq!((found, &result["size"]), (vec![first.as_str(), second.as_str()], &json!(2)));
    // Values that stay, other fields, and an emptied field are no edit that the rule looks at.
    for body in [json!({ "Email": "x@example.com", "Title": "Dr" }), json!({ "Title": "Dr" }), json!({ "Email": null })]
    {
        assert_eq!(bench.patch(&format!("/sobjects/Contact/{second}"), body).status, 204);
    }
}

#[test]
fn a_rule_may_look_into_another_object_only() {
    let mut bench = Bench::new();
    bench.create("Contact", json!({ "LastName": "Doe", "Email": "x@example.com" }));
    let lead = bench.create("Lead", json!({ "LastName": "Doe", "Company": "Acme", "Email": "x@example.com" }));
    assert!(bench.org.add_cross_duplicate_rule("Contact", "Email", &[("Lead", "Email")], true));
    let response = bench.post("/sobjects/Contact", json!({ "LastName": "Doe", "Email": "X@example.com" }));
    refused(&response, 400, "DUPLICATES_DETECTED");
    let details = response.json()[0]["duplicateResut"].clone();
    assert_eq!(details["duplicateRuleEntityType"], "Contact");
    let results = details["matchResults"].as_array().unwrap();
    let record = &results[0]["matchRecords"][0]["record"];
    assert_eq!((results.len(), &results[0]["entityType"]), (1, &json!("Lead")));
    assert_eq!((&record["Id"], &record["attributes"]["type"]), (&json!(lead), &json!("Lead")));
    bench.header("sforce-duplicate-rule-header", "allowSave=true");
    bench.create("Contact", json!({ "LastName": "Doe", "Email": "x@example.com" }));
    bench.create("Lead", json!({ "LastName": "Doe", "Company": "Acme", "Email": "x@example.com" }));
}

#[test]
fn a_rule_lists_each_object_in_which_it_finds_something() {
    let mut bench = Bench::new();
    let places = [("Contact", "Phone"), ("Contact", "MobilePhone"), ("Lead", "Phone")];
    assert!(bench.org.add_cross_duplicate_rule("Contact", "Phone", &places, false));
    assert!(!bench.org.add_cross_duplicate_rule("Contact", "Phone", &[("Lead", "Nope")], false));
    let contact = |last_name: &str| json!({ "LastName": last_name, "Phone": "1" });
    bench.create("Contact", contact("Doe"));
    bench.create("Lead", json!({ "LastName": "Doe", "Company": "Acme", "Phone": "1" }));
    let response = bench.post("/sobjects/Contact", contact("Roe")).json();
    let results = response[0]["duplicateResut"]["matchResults"].as_array().unwrap().clone();
    let objects: Vec<&str> = results.iter().map(|result| result["entityType"].as_str().unwrap()).collect();
    assert_eq!(objects, ["Contact", "Lead"]);
}

#[test]
fn a_duplicate_inside_a_transaction_carries_its_details_and_halts_its_siblings() {
    let mut bench = Bench::new();
    let first = bench.create("Contact", json!({ "LastName": "Doe", "Email": "x@example.com" }));
    bench.org.add_duplicate_rule("Contact", "Email", true);
    let person = |reference: &str| {
        sub(reference, "POST", "/sobjects/Contact", json!({ "LastName": "Doe", "Email": "x@example.com" }))
    };
    let case = |reference: &str| sub(reference, "POST", "/sobjects/Case", json!({ "Subject": "x" }));
    let results = send(&mut bench, true, vec![case("Before"), person("Person"), case("After")]);
    assert_eq!(codes(&results), ["PROCESSING_HALTED", "DUPLICATES_DETECTED", "PROCESSING_HALTED"]);
    let record = &results[1]["body"][0]["duplicateResut"]["matchResults"][0]["matchRecords"][0]["record"];
    assert_eq!((&record["Id"], &results[1]["httpStatusCode"]), (&json!(first), &json!(400)));
    assert_eq!(record["attributes"]["url"], format!("{BASE}/sobjects/Contact/{first}"));
    assert!(bench.org.records("Case").is_empty());
    let mut allowed = person("Person");
    allowed["httpHeaders"] = json!({ "Sforce-Duplicate-Rule-Header": "allowSave=true" });
    assert_eq!(codes(&send(&mut bench, true, vec![allowed, case("After")])), ["", ""]);
}
