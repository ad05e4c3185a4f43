//! A converted Lead is its Contact from then on.

use salesforce_module::report::{RecordResult, Status};
use serde_json::json;

use crate::stage::{Stage, codes, map};
use crate::{candidates, convert, error_of, first, id_of, lead, person, person_with, seed, sent, visitor};

/// The Contact has got another address since, so that no key finds it.
fn moved() -> serde_json::Value {
    json!({ "LastName": "Old", "FirstName": "Anna", "Email": "new@example.com" })
}

#[test]
fn it_leads_to_its_contact_in_the_one_lookup() {
    let mut stage = Stage::new();
    let ids = seed(&mut stage.org, json!({ "Contact": [moved()], "Lead": [lead("Lead")] }));
    convert(&mut stage.org, &ids[1], Some(&ids[0]));
    let rows = [map("first", "Person.FirstName")];
    let mut settings = person_with(&rows, &json!({}));
    settings["mappings"][0]["overwrite"] = "if-empty".into();
    settings["mappings"][3]["overwrite"] = "if-empty".into();
    let mut variables = visitor();
    variables["first"] = "Another".into();
    let outcome = stage.run(&settings, &variables);
    assert_eq!((first(&outcome), id_of(&outcome)), ((Status::Done, RecordResult::Updated, "Contact"), ids[0].as_str()));
    assert_eq!((outcome.requests, codes(&outcome)), (2, vec!["lead-converted"]));
    // Only what differs and may be overwritten.
    assert_eq!(sent(&stage, 1), [(format!("PATCH Contact/{}", ids[0]), json!({ "LastName": "Berg" }))]);
    // Now nothing does.
    let again = stage.run(&settings, &variables);
    assert_eq!((first(&again), again.requests), ((Status::Done, RecordResult::Unchanged, "Contact"), 1));
    assert_eq!(again.variables["person"], json!(ids[0]));
}

#[test]
fn several_that_lead_to_one_contact_are_one_match() {
    for order in [["Contact", "Lead"], ["Lead", "Contact"]] {
        let mut stage = Stage::new();
        let ids = seed(&mut stage.org, json!({ "Contact": [moved()], "Lead": [lead("A"), lead("B"), lead("C")] }));
        ids[1..].iter().for_each(|lead| convert(&mut stage.org, lead, Some(&ids[0])));
        let outcome = stage.run(&person_with(&[], &json!({ "lookIn": order })), &visitor());
        assert_eq!(first(&outcome), (Status::Done, RecordResult::Updated, "Contact"), "{order:?}");
        assert_eq!(id_of(&outcome), ids[0]);
    }
}

#[test]
fn those_that_lead_to_several_records_are_ambiguous_whatever_the_rule() {
    for rule in ["stop", "most-recently-modified"] {
        let settings = person_with(&[], &json!({ "whenSeveralMatch": rule }));
        // Two Contacts.
        let mut stage = Stage::new();
        let ids = seed(&mut stage.org, json!({ "Contact": [moved(), moved()], "Lead": [lead("A"), lead("B")] }));
        convert(&mut stage.org, &ids[2], Some(&ids[0]));
        convert(&mut stage.org, &ids[3], Some(&ids[1]));
        let outcome = stage.run(&settings, &visitor());
        assert_eq!(first(&outcome), (Status::Ambiguous, RecordResult::Ambiguous, "Contact"), "{rule}");
        let mut found = candidates(&outcome);
        found.sort_unstable();
        assert_eq!((found, stage.sent.len()), (vec![ids[0].as_str(), ids[1].as_str()], 1));
        // A Contact, and a Lead that is none yet.
        let mut stage = Stage::new();
        let ids = seed(&mut stage.org, json!({ "Contact": [moved()], "Lead": [lead("A"), lead("B")] }));
        convert(&mut stage.org, &ids[1], Some(&ids[0]));
        let outcome = stage.run(&settings, &visitor());
        assert_eq!(first(&outcome), (Status::Ambiguous, RecordResult::Ambiguous, "Lead"), "{rule}");
        let mut found = candidates(&outcome);
        found.sort_unstable();
        assert_eq!((found, stage.sent.len()), (vec![ids[0].as_str(), ids[2].as_str()], 1));
    }
}

#[test]
fn without_a_contact_it_is_neither_written_nor_made_anew() {
    for leads in [vec![lead("A")], vec![lead("A"), lead("B")]] {
        let mut stage = Stage::new();
        let ids = seed(&mut stage.org, json!({ "Lead": leads }));
        ids.iter().for_each(|id| convert(&mut stage.org, id, None));
        let before = stage.org.records("Lead");
        let outcome = stage.run(&person(), &visitor());
        assert_eq!(first(&outcome), (Status::Failed, RecordResult::Failed, "Lead"));
        assert_eq!((error_of(&outcome), stage.sent.len()), ("CONVERTED_LEAD_WITHOUT_CONTACT", 1));
        assert_eq!(stage.org.records("Lead"), before);
    }
    // Beside one that can be written, a person has to say which of them it is.
    let mut stage = Stage::new();
    let ids = seed(&mut stage.org, json!({ "Lead": [lead("A"), lead("B")] }));
    convert(&mut stage.org, &ids[0], None);
    let outcome = stage.run(&person(), &visitor());
    assert_eq!((outcome.status, candidates(&outcome).len()), (Status::Ambiguous, 2));
}

/// Where Contact is not in the list there is nothing that it could lead to.
#[test]
fn a_list_without_contact_does_not_follow() {
    let mut stage = Stage::new();
    let ids = seed(&mut stage.org, json!({ "Contact": [moved()], "Lead": [lead("A")] }));
    convert(&mut stage.org, &ids[1], Some(&ids[0]));
    let mut settings = person_with(&[], &json!({ "lookIn": ["Lead", "Account"] }));
    settings["mappings"][0] = crate::only(&["Lead"], crate::stage::key("email", "Person.Email"));
    settings["mappings"][1] = crate::stage::key("name", "Person.Name");
    settings["mappings"][1]["onlyFor"] = json!(["Account"]);
    let outcome = stage.run(&settings, &visitor());
    assert_eq!((outcome.status, error_of(&outcome)), (Status::Failed, "CONVERTED_LEAD_WITHOUT_CONTACT"));
}

/// An eleventh Lead may lead to somebody else.
#[test]
fn more_leads_than_are_listed_are_no_certain_match() {
    let mut stage = Stage::new();
    let leads: Vec<_> = (0..12).map(|_| lead("A")).collect();
    let ids = seed(&mut stage.org, json!({ "Contact": [moved(), moved()], "Lead": leads }));
    ids[2..].iter().take(11).for_each(|lead| convert(&mut stage.org, lead, Some(&ids[0])));
    convert(&mut stage.org, &ids[13], Some(&ids[1]));
    let outcome = stage.run(&person(), &visitor());
    assert_eq!((outcome.status, error_of(&outcome), stage.sent.len()), (Status::Failed, "LOOKUP_CUT_SHORT", 1));
}

#[test]
fn a_value_that_differs_through_the_parent_of_the_contact_is_compared() {
    let mut stage = Stage::new();
    let seeds = json!({
        "Account": [{ "Name": "Berg & Co", "Customer_No__c": "4711" }],
        "Contact": [moved()], "Lead": [lead("A")],
    });
    let ids = seed(&mut stage.org, seeds);
    let by_number = crate::only(&["Contact"], map("number", "Person.Account.Customer_No__c"));
    let settings = person_with(&[by_number], &json!({}));
    convert(&mut stage.org, &ids[2], Some(&ids[1]));
    let mut variables = visitor();
    variables["number"] = "4711".into();
    let outcome = stage.run(&settings, &variables);
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Updated, "Contact"), "{outcome:#?}");
    assert_eq!(stage.org.records("Contact")[0]["AccountId"], json!(ids[0]));
    // The key found the Lead; the Contact's own address is replaced as every field.
    assert_eq!(stage.org.records("Contact")[0]["Email"], "anna@example.com");
    assert_eq!(stage.run(&settings, &variables).records[0].result, RecordResult::Unchanged);
}
