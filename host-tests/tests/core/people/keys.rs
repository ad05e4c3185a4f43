//! Keys that count for some of the SObjects, and keys without a value: whom nobody looked for is not created.

use salesforce_module::report::{RecordResult, Status};
use serde_json::{Value, json};

use crate::people::{contact, error_of, first, lead, only, person, person_with, seed, sent, visitor};
use crate::stage::{Stage, codes, key, map};

/// A visitor who was asked for a number, and has none.
fn without_number() -> Value {
    let mut variables = visitor();
    variables["number"] = Value::Null;
    variables
}

/// A Contact is found by its number, a Lead by its address.
fn apart() -> Value {
    let mut settings = person_with(&[only(&["Contact"], key("number", "Person.Customer_No__c"))], &json!({}));
    settings["mappings"][0]["onlyFor"] = json!(["Lead"]);
    settings
}

#[test]
fn a_key_is_looked_for_where_it_counts() {
    let mut stage = Stage::new();
    let seeds = json!({ "Contact": [{ "LastName": "Old", "Customer_No__c": "4711" }], "Lead": [lead("Lead")] });
    seed(&mut stage.org, seeds);
    let mut variables = visitor();
    variables["number"] = "4711".into();
    assert_eq!(first(&stage.run(&apart(), &variables)), (Status::Done, RecordResult::Updated, "Contact"));
    let queries = stage.sent[0]["compositeRequest"].to_string();
    assert!(
        queries.contains("Contact%20WHERE%20Customer_No__c") || queries.contains("Contact+WHERE+Customer_No__c"),
        "{queries}"
    );
    variables["number"] = "4712".into();
    assert_eq!(first(&stage.run(&apart(), &variables)), (Status::Done, RecordResult::Updated, "Lead"));
    assert_eq!(codes(&stage.run(&apart(), &variables)), [""; 0]);
}

/// Somebody without a number may be a Contact all the same: whom the address finds is updated, but nobody is created.
#[test]
fn an_object_that_cannot_be_looked_in_forbids_to_create() {
    let mut stage = Stage::new();
    let outcome = stage.run(&apart(), &without_number());
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Skipped, "Lead"));
    assert_eq!(codes(&outcome), ["key-without-value", "not-looked-in", "no-match"]);
    assert_eq!((sent(&stage, 0).len(), stage.sent.len()), (1, 1));
    assert!(stage.org.records("Lead").is_empty());
    seed(&mut stage.org, json!({ "Lead": [lead("Old")] }));
    let outcome = stage.run(&apart(), &visitor());
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Updated, "Lead"));
    // The other way round: the last of the list cannot be looked in.
    let mut stage = Stage::new();
    let number = json!({ "number": "4711", "name": "Berg", "company": "Berg & Co" });
    let outcome = stage.run(&apart(), &number);
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Skipped, "Lead"));
    assert!(stage.org.records("Lead").is_empty());
}

#[test]
fn without_any_key_it_takes_no_part() {
    let mut stage = Stage::new();
    for settings in [person(), apart()] {
        let outcome =
            stage.run(&settings, &json!({ "name": "Berg", "company": "Berg & Co", "email": " ", "number": null }));
        assert_eq!(first(&outcome), (Status::Done, RecordResult::Skipped, "Lead"));
        assert!(codes(&outcome).iter().all(|code| *code == "key-without-value"), "{outcome:#?}");
        assert!(stage.sent.is_empty());
    }
    let mut strict = apart();
    strict["mappings"][3]["whenBlank"] = "fail".into();
    let outcome = stage.run(&strict, &visitor());
    assert_eq!((outcome.status, error_of(&outcome)), (Status::Failed, "BLANK_VALUE"));
    assert!(stage.sent.is_empty());
}

/// By any of its keys a Contact is found before a Lead is by the first.
#[test]
fn the_order_of_the_objects_comes_before_that_of_the_keys() {
    let settings = person_with(&[key("phone", "Person.MobilePhone")], &json!({ "matchKeys": "any" }));
    let mut stage = Stage::new();
    let seeds = json!({ "Contact": [{ "LastName": "Old", "MobilePhone": "110" }], "Lead": [lead("Lead")] });
    seed(&mut stage.org, seeds);
    let mut variables = visitor();
    variables["phone"] = "110".into();
    assert_eq!(first(&stage.run(&settings, &variables)), (Status::Done, RecordResult::Updated, "Contact"));
}

#[test]
fn a_field_of_no_key_is_no_reason_to_look() {
    let mut stage = Stage::new();
    seed(&mut stage.org, json!({ "Contact": [contact("Old")] }));
    let rows = [map("topic", "Person.Title")];
    let outcome = stage.run(&person_with(&rows, &json!({})), &json!({ "topic": "Repair" }));
    assert_eq!((first(&outcome), stage.sent.len()), ((Status::Done, RecordResult::Skipped, "Lead"), 0));
}
