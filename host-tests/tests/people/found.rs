//! The first SObject of the list that has a match decides, and a new record is of the last.

use salesforce_module::report::{RecordResult, Status};
use serde_json::{Value, json};

use crate::stage::{Stage, codes};
use crate::{candidates, contact, error_of, first, id_of, lead, person, person_with, seed, sent, visitor};

#[test]
fn a_contact_is_updated_and_the_row_for_leads_does_not_count() {
    let mut stage = Stage::new();
    let ids = seed(&mut stage.org, json!({ "Contact": [contact("Old")] }));
    let outcome = stage.run(&person(), &visitor());
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Updated, "Contact"));
    assert_eq!((id_of(&outcome), &outcome.variables["person"]), (ids[0].as_str(), &json!(ids[0])));
    assert_eq!(outcome.requests, 2);
    assert_eq!(sent(&stage, 1), [(format!("PATCH Contact/{}", ids[0]), json!({ "LastName": "Berg" }))]);
    assert!(codes(&outcome).is_empty());
}

#[test]
fn a_lead_is_updated_where_there_is_no_contact() {
    let mut stage = Stage::new();
    let ids = seed(&mut stage.org, json!({ "Lead": [lead("Old")] }));
    let outcome = stage.run(&person(), &visitor());
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Updated, "Lead"));
    let body = json!({ "LastName": "Berg", "Company": "Berg & Co" });
    assert_eq!(sent(&stage, 1), [(format!("PATCH Lead/{}", ids[0]), body)]);
}

#[test]
fn where_both_are_there_the_first_of_the_list_wins() {
    for (look_in, winner) in [(["Contact", "Lead"], "Contact"), (["Lead", "Contact"], "Lead")] {
        let mut stage = Stage::new();
        seed(&mut stage.org, json!({ "Contact": [contact("Old")], "Lead": [lead("Old")] }));
        let settings = person_with(&[], &json!({ "lookIn": look_in }));
        let outcome = stage.run(&settings, &visitor());
        assert_eq!(first(&outcome), (Status::Done, RecordResult::Updated, winner), "{look_in:?}");
        let others = if winner == "Lead" { "Contact" } else { "Lead" };
        assert_eq!(stage.org.records(others)[0]["LastName"], "Old");
    }
}

#[test]
fn nobody_is_created_as_the_last_of_the_list_and_found_again() {
    let mut stage = Stage::new();
    let outcome = stage.run(&person(), &visitor());
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Created, "Lead"));
    assert_eq!(stage.org.records("Lead")[0]["Company"], "Berg & Co");
    // One composite request looks in both.
    assert_eq!((outcome.requests, sent(&stage, 0).len()), (2, 2));
    let again = stage.run(&person(), &visitor());
    assert_eq!((first(&again), again.requests), ((Status::Done, RecordResult::Unchanged, "Lead"), 1));
    assert_eq!((stage.org.records("Lead").len(), stage.org.records("Contact").len()), (1, 0));
}

#[test]
fn only_update_existing_holds_for_all_of_them() {
    let only = person_with(&[], &json!({ "onlyUpdateExisting": true }));
    let mut stage = Stage::new();
    let outcome = stage.run(&only, &visitor());
    assert_eq!((first(&outcome), codes(&outcome)), ((Status::Done, RecordResult::Skipped, "Lead"), vec!["no-match"]));
    assert!(stage.org.records("Lead").is_empty());
    seed(&mut stage.org, json!({ "Contact": [contact("Old")] }));
    assert_eq!(first(&stage.run(&only, &visitor())), (Status::Done, RecordResult::Updated, "Contact"));
}

#[test]
fn several_matches_in_the_deciding_object_follow_its_rule() {
    let two = json!({ "Contact": [contact("A"), contact("B")], "Lead": [lead("C")] });
    let mut stage = Stage::new();
    let ids = seed(&mut stage.org, two.clone());
    let outcome = stage.run(&person(), &visitor());
    assert_eq!(first(&outcome), (Status::Ambiguous, RecordResult::Ambiguous, "Contact"));
    assert_eq!((candidates(&outcome), stage.sent.len()), (vec![ids[0].as_str(), ids[1].as_str()], 1));
    let newest = person_with(&[], &json!({ "whenSeveralMatch": "most-recently-modified" }));
    let outcome = stage.run(&newest, &visitor());
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Updated, "Contact"));
    assert_eq!(stage.org.records("Lead")[0]["LastName"], "C");
}

/// Each SObject's headers are its own: a Lead that exists must not change its owner, a Contact has no such rules.
#[test]
fn assignment_rules_run_for_new_leads_only() {
    let header = |stage: &Stage| {
        let part = &stage.sent[1]["compositeRequest"][0];
        part["httpHeaders"]["Sforce-Auto-Assign"].as_str().map(ToOwned::to_owned)
    };
    for (records, expected) in [
        (json!({}), Some("TRUE")),
        (json!({ "Lead": [lead("Old")] }), Some("FALSE")),
        (json!({ "Contact": [contact("Old")] }), None),
    ] {
        let mut stage = Stage::new();
        seed(&mut stage.org, records);
        stage.run(&person(), &visitor());
        assert_eq!(header(&stage).as_deref(), expected);
    }
}

#[test]
fn a_record_with_another_of_the_same_object_shares_its_query() {
    let rows = [crate::stage::key("boss", "Boss.Email"), crate::stage::map("boss_name", "Boss.LastName")];
    let mut settings = person_with(&rows, &json!({}));
    settings["objects"]["Boss"] = json!({ "sobject": "Contact" });
    let mut stage = Stage::new();
    let ids =
        seed(&mut stage.org, json!({ "Contact": [contact("Old"), { "LastName": "Tal", "Email": "tal@example.com" }] }));
    let mut variables = visitor();
    variables["boss"] = "tal@example.com".into();
    variables["boss_name"] = "Tal".into();
    let outcome = stage.run(&settings, &variables);
    assert_eq!((first(&outcome), id_of(&outcome)), ((Status::Done, RecordResult::Updated, "Contact"), ids[0].as_str()));
    assert_eq!((outcome.records[1].result, sent(&stage, 0).len()), (RecordResult::Unchanged, 2));
}

/// Neither as one record under two names, nor as a Contact and a Lead of one person.
#[test]
fn two_records_of_a_run_that_are_one_person_are_not_both_written() {
    let rows = [crate::stage::key("email", "Other.Email"), crate::stage::map("name", "Other.LastName")];
    let mut settings = person_with(&rows, &json!({}));
    settings["objects"]["Other"] = json!({ "sobject": "Contact" });
    for records in [json!({}), json!({ "Contact": [contact("Old")] })] {
        let mut stage = Stage::new();
        seed(&mut stage.org, records);
        let outcome = stage.run(&settings, &visitor());
        let codes: Vec<&str> =
            outcome.records.iter().filter_map(|record| Some(record.error.as_ref()?.code.as_ref())).collect();
        assert!(codes.contains(&"SAME_RECORD_TWICE"), "{outcome:#?}");
        assert_eq!(stage.sent.len(), 1);
    }
}

/// An id belongs to one SObject only, and is looked for in all.
#[test]
fn an_id_finds_either_and_an_id_of_nobody_creates_nothing() {
    let mut settings = person();
    settings["mappings"][0] = crate::stage::key("id", "Person.Id");
    for (records, sobject) in
        [(json!({ "Contact": [contact("Old")] }), "Contact"), (json!({ "Lead": [lead("Old")] }), "Lead")]
    {
        let mut stage = Stage::new();
        let ids = seed(&mut stage.org, records);
        let variables: Value = json!({ "id": ids[0], "name": "Berg", "company": "Old Co" });
        assert_eq!(first(&stage.run(&settings, &variables)), (Status::Done, RecordResult::Updated, sobject));
    }
    let mut stage = Stage::new();
    let nobody = json!({ "id": "003000000000001AAA", "name": "Berg", "company": "Old Co" });
    let outcome = stage.run(&settings, &nobody);
    assert_eq!((outcome.status, error_of(&outcome)), (Status::Failed, "INVALID_CROSS_REFERENCE_KEY"));
    assert!(stage.org.records("Lead").is_empty());
}
