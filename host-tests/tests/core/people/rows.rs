//! Rows that count for some of the SObjects, values that fit one of them, and links to what the record turned out to be.

use salesforce_module::base::Language::{De, En};
use salesforce_module::report::{RecordResult, Status};
use serde_json::{Value, json};

use crate::people::{contact, convert, error_of, first, lead, only, person, person_with, seed, sent, visitor};
use crate::stage::{Stage, link, map};

/// With a Case that is linked to the person, if that is a Contact.
fn with_case(when_blank: &str) -> Value {
    let mut of_contact = only(&["Contact"], link("Person", "Case.ContactId"));
    of_contact["whenBlank"] = when_blank.into();
    person_with(&[map("topic", "Case.Subject"), of_contact], &json!({}))
}

#[test]
fn a_case_is_linked_to_a_contact_and_not_to_a_lead() {
    let mut stage = Stage::new();
    let ids = seed(&mut stage.org, json!({ "Contact": [contact("Old")] }));
    let outcome = stage.run(&with_case("skip"), &visitor());
    assert_eq!(outcome.status, Status::Done);
    assert_eq!(stage.org.records("Case")[0]["ContactId"], json!(ids[0]));
    for records in [json!({}), json!({ "Lead": [lead("Old")] })] {
        let mut stage = Stage::new();
        seed(&mut stage.org, records);
        let outcome = stage.run(&with_case("skip"), &visitor());
        assert_eq!((outcome.status, outcome.records[1].result), (Status::Done, RecordResult::Created));
        let body = sent(&stage, 1).pop().expect("the Case").1;
        assert_eq!(body, json!({ "Subject": "Repair" }));
    }
}

#[test]
fn a_link_that_must_not_be_blank_stops_the_run_where_it_does_not_fit() {
    let mut stage = Stage::new();
    let outcome = stage.run(&with_case("fail"), &visitor());
    let error = outcome.records[1].error.as_ref().expect("an error");
    assert_eq!((outcome.status, error.code.as_ref(), stage.sent.len()), (Status::Failed, "BLANK_VALUE", 1));
    assert!(error.message.get(En).contains("onlyFor") && error.message.get(De).contains("onlyFor"));
    assert!(stage.org.records("Lead").is_empty());
}

#[test]
fn a_link_to_a_lead_is_cleared_only_by_the_rules_of_blank_values() {
    for (when_blank, kept) in [("skip", true), ("clear", false)] {
        let mut settings = with_case(when_blank);
        settings["mappings"].as_array_mut().expect("rows").push(crate::stage::key("number", "Case.CaseNumber"));
        settings["objects"]["Case"] = json!({ "onlyUpdateExisting": true });
        let mut stage = Stage::new();
        let seeds = json!({ "Contact": [{ "Id": "003000000000009", "LastName": "Tal" }],
            "Lead": [lead("Old")], "Case": [{ "Subject": "Old", "ContactId": "003000000000009" }] });
        seed(&mut stage.org, seeds);
        let mut variables = visitor();
        variables["number"] = stage.org.records("Case")[0]["CaseNumber"].clone();
        assert_eq!(stage.run(&settings, &variables).status, Status::Done);
        assert_eq!(stage.org.records("Case")[0].get("ContactId").is_some(), kept, "{when_blank}");
    }
}

#[test]
fn a_case_is_linked_to_the_contact_that_a_lead_has_become() {
    let mut stage = Stage::new();
    let moved = json!({ "LastName": "Old", "Email": "new@example.com" });
    let ids = seed(&mut stage.org, json!({ "Contact": [moved], "Lead": [lead("Lead")] }));
    convert(&mut stage.org, &ids[1], Some(&ids[0]));
    let outcome = stage.run(&with_case("fail"), &visitor());
    assert_eq!(outcome.status, Status::Done, "{outcome:#?}");
    assert_eq!(stage.org.records("Case")[0]["ContactId"], json!(ids[0]));
}

/// What is wrong for one SObject stands in the way only where the record turns out to be that.
#[test]
fn a_value_that_only_a_lead_needs_is_missed_only_by_a_lead() {
    let mut settings = person();
    settings["mappings"][2]["whenBlank"] = "fail".into();
    let variables = json!({ "email": "anna@example.com", "name": "Berg" });
    let mut stage = Stage::new();
    let outcome = stage.run(&settings, &variables);
    assert_eq!((first(&outcome), error_of(&outcome)), ((Status::Failed, RecordResult::Failed, "Lead"), "BLANK_VALUE"));
    // It was looked for.
    assert_eq!(stage.sent.len(), 1);
    seed(&mut stage.org, json!({ "Contact": [contact("Old")] }));
    assert_eq!(first(&stage.run(&settings, &variables)), (Status::Done, RecordResult::Updated, "Contact"));
    // A value that all of them need is missed at once.
    settings["mappings"][1]["whenBlank"] = "fail".into();
    let outcome = stage.run(&settings, &json!({ "email": "anna@example.com" }));
    assert_eq!((error_of(&outcome), stage.sent.len()), ("BLANK_VALUE", 0));
}

/// A Contact that is reached through its Lead although its own key is blank is not written without what it must have.
#[test]
fn a_mistake_of_a_contact_that_was_not_looked_for_counts_when_its_lead_leads_there() {
    let rows = [only(&["Contact"], crate::stage::key("number", "Person.Customer_No__c")), {
        let mut title = only(&["Contact"], map("title", "Person.Title"));
        title["whenBlank"] = "fail".into();
        title
    }];
    let mut settings = person_with(&rows, &json!({}));
    settings["mappings"][0]["onlyFor"] = json!(["Lead"]);
    let mut stage = Stage::new();
    let moved = json!({ "LastName": "Old", "Email": "new@example.com" });
    let ids = seed(&mut stage.org, json!({ "Contact": [moved], "Lead": [lead("Lead")] }));
    convert(&mut stage.org, &ids[1], Some(&ids[0]));
    let outcome = stage.run(&settings, &visitor());
    assert_eq!(
        (first(&outcome), error_of(&outcome)),
        ((Status::Failed, RecordResult::Failed, "Contact"), "BLANK_VALUE")
    );
    let mut variables = visitor();
    variables["title"] = "Dr.".into();
    assert_eq!(first(&stage.run(&settings, &variables)), (Status::Done, RecordResult::Updated, "Contact"));
}
