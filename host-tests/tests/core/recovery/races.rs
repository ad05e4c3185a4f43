//! Two conversations at once, with the same new person: the strongest answer that the org's setup allows.

use host_tests::simulator::Org;
use jiff::Timestamp;
use salesforce_module::report::{RecordResult, Status};
use serde_json::{Value, json};

use crate::stage::{Fault, Stage, codes, contact, key, map, results, settings, visitor};

/// The other conversation, between our lookup and our write.
fn faster(org: &mut Org) {
    let other = json!({ "Contact": [{ "LastName": "Tal", "Email": "anna@example.com", "Customer_No__c": "4711" }] });
    org.seed(&other, Timestamp::UNIX_EPOCH).unwrap();
}

fn by_number() -> Value {
    settings(&[key("number", "Contact.Customer_No__c"), map("name", "Contact.LastName")], &json!({}))
}

/// A unique field: Salesforce refuses the second one, who then finds and updates the first.
#[test]
fn a_unique_key_leaves_one_record() {
    let mut stage = Stage::with(2, Fault::After(faster));
    let outcome = stage.run(&by_number(), &json!({ "number": "4711", "name": "Berg" }));
    assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Updated]), "{outcome:?}");
    assert_eq!(stage.lookups(), [true, false, true, false]);
    let contacts = stage.org.records("Contact");
    assert_eq!((contacts.len(), &contacts[0]["LastName"]), (1, &json!("Berg")));
}

/// Another unique field than the key has its value taken: looking again would not help.
#[test]
fn a_value_that_somebody_else_has_is_refused_at_once() {
    let both = settings(
        &[key("email", "Contact.Email"), map("name", "Contact.LastName"), map("number", "Contact.Customer_No__c")],
        &json!({}),
    );
    let mut stage = Stage::new();
    let other = json!({ "Contact": [{ "LastName": "Tal", "Email": "tal@example.com", "Customer_No__c": "4711" }] });
    stage.org.seed(&other, Timestamp::UNIX_EPOCH).unwrap();
    let typed = json!({ "email": "anna@example.com", "name": "Berg", "number": "4711" });
    let outcome = stage.run(&both, &typed);
    assert_eq!((outcome.status, outcome.requests), (Status::Failed, 2));
    let error = outcome.records[0].error.as_ref().unwrap();
    assert_eq!(
        (error.code.as_ref(), error.fields.as_slice()),
        ("DUPLICATE_VALUE", ["Customer_No__c".to_owned()].as_slice())
    );
}

/// A duplicate rule and `adopt`: the rule names the faster one's record, which is updated.
#[test]
fn a_duplicate_rule_leaves_one_record() {
    let mut adopting = contact();
    adopting["objects"]["Contact"]["duplicateRule"] = "adopt".into();
    let mut stage = Stage::with(2, Fault::After(faster));
    assert!(stage.org.add_duplicate_rule("Contact", "Email", true));
    let outcome = stage.run(&adopting, &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Updated]), "{outcome:?}");
    assert_eq!(codes(&outcome), ["duplicate-adopted"]);
    assert_eq!(stage.org.records("Contact").len(), 1);
}

/// And without `adopt` it keeps the second one out.
#[test]
fn a_duplicate_rule_alone_refuses_the_second() {
    let mut stage = Stage::with(2, Fault::After(faster));
    assert!(stage.org.add_duplicate_rule("Contact", "Email", true));
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!(outcome.records[0].error.as_ref().unwrap().code.as_str(), "DUPLICATES_DETECTED");
    assert_eq!(stage.org.records("Contact").len(), 1);
}

/// Neither: both are created, and whoever looks after his own create says so.
#[test]
fn without_either_both_are_reported() {
    let mut checking = contact();
    checking["objects"]["Contact"]["checkForDoubles"] = true.into();
    let mut stage = Stage::with(2, Fault::After(faster));
    let outcome = stage.run(&checking, &visitor());
    assert_eq!((outcome.status, results(&outcome), outcome.requests), (Status::Done, vec![RecordResult::Created], 3));
    let contacts = stage.org.records("Contact");
    let ids: Vec<&str> = contacts.iter().map(|contact| contact["Id"].as_str().unwrap()).collect();
    let record = &outcome.records[0];
    assert_eq!((record.candidates[0].as_str(), record.id.as_ref().unwrap().as_str()), (ids[0], ids[1]));
    assert_eq!(codes(&outcome), ["doubled"]);
    // Alone, there is nothing to report; existing, there is nothing to look for.
    let mut stage = Stage::new();
    let outcome = stage.run(&checking, &visitor());
    assert_eq!((outcome.requests, outcome.records[0].candidates.len(), outcome.findings.len()), (3, 0, 0));
    assert_eq!(stage.run(&checking, &visitor()).requests, 1);
}

/// What was written stays written, whatever becomes of the look around.
#[test]
fn a_look_around_that_fails_changes_no_result() {
    let mut checking = contact();
    checking["objects"]["Contact"]["checkForDoubles"] = true.into();
    let mut stage = Stage::with(3, Fault::Refused(crate::stage::answer(404, "")));
    let outcome = stage.run(&checking, &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Created]));
    assert_eq!(codes(&outcome), ["doubles-not-checked"]);
}
