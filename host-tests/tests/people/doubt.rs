//! What goes wrong on the way: other conversations, lost answers, duplicate rules. Each lookup decides anew.

use host_tests::simulator::Org;
use jiff::Timestamp;
use salesforce_module::report::{RecordResult, Status};
use salesforce_module::wire::TransportErrorKind;
use serde_json::json;

use crate::stage::{Fault, Stage, answer, codes, row};
use crate::{candidates, contact, convert, error_of, first, id_of, lead, person, person_with, seed, sent, visitor};

/// Somebody makes a Contact of every Lead between our lookup and our write.
fn convert_all(org: &mut Org) {
    let lead = org.records("Lead")[0]["Id"].as_str().expect("an id").to_owned();
    let contact = json!({ "Contact": [{ "LastName": "Old", "Email": "anna@example.com" }] });
    let ids = org.seed(&contact, Timestamp::UNIX_EPOCH).expect("a good seed");
    assert!(org.convert_lead(&lead, Some(&ids[0]), Timestamp::UNIX_EPOCH));
}

#[test]
fn a_lead_that_is_converted_meanwhile_is_looked_for_again() {
    let mut stage = Stage::with(2, Fault::After(convert_all));
    seed(&mut stage.org, json!({ "Lead": [lead("Lead")] }));
    let outcome = stage.run(&person(), &visitor());
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Updated, "Contact"), "{outcome:#?}");
    assert_eq!(stage.lookups(), [true, false, true, false]);
    assert_eq!(stage.org.records("Contact")[0]["LastName"], "Berg");
    assert_eq!(stage.org.records("Lead")[0]["LastName"], "Lead");
}

/// Once: an org that goes on refusing ends the run.
#[test]
fn it_is_looked_for_again_once() {
    let refuse = || Fault::Refused(row(&["write_Person"], 0, 400, "CANNOT_UPDATE_CONVERTED_LEAD", "cannot reference"));
    let mut stage = Stage::with(2, refuse()).and(4, refuse());
    seed(&mut stage.org, json!({ "Lead": [lead("Lead")] }));
    let outcome = stage.run(&person(), &visitor());
    assert_eq!((outcome.status, error_of(&outcome)), (Status::Failed, "CANNOT_UPDATE_CONVERTED_LEAD"));
    assert_eq!(stage.sent.len(), 4);
}

#[test]
fn an_ordinary_lead_that_was_converted_is_refused_as_before() {
    let mut stage = Stage::new();
    let ids = seed(&mut stage.org, json!({ "Contact": [contact("Old")], "Lead": [lead("Lead")] }));
    convert(&mut stage.org, &ids[1], Some(&ids[0]));
    let rows = [crate::stage::key("email", "Lead.Email"), crate::stage::map("name", "Lead.LastName")];
    let outcome = stage.run(&crate::stage::settings(&rows, &json!({})), &visitor());
    assert_eq!((outcome.status, error_of(&outcome)), (Status::Failed, "CANNOT_UPDATE_CONVERTED_LEAD"));
    assert_eq!(stage.sent.len(), 2);
}

/// The new Lead is there, or it is not: what was sent is looked for where it was sent to.
#[test]
fn a_lost_answer_is_verified_in_the_object_that_was_written() {
    for records in [json!({}), json!({ "Lead": [lead("Old")] })] {
        let is_new = records == json!({});
        let mut stage = Stage::with(2, Fault::Lost(TransportErrorKind::CutOff));
        seed(&mut stage.org, records);
        let outcome = stage.run(&person(), &visitor());
        let result = if is_new { RecordResult::Created } else { RecordResult::Updated };
        assert_eq!(first(&outcome), (Status::Done, result, "Lead"), "{outcome:#?}");
        assert_eq!(stage.org.records("Lead").len(), 1);
    }
    let mut stage = Stage::with(2, Fault::Ignored(TransportErrorKind::CutOff));
    let outcome = stage.run(&person(), &visitor());
    assert_eq!(first(&outcome), (Status::Failed, RecordResult::Unknown, "Lead"));
    assert!(stage.org.records("Lead").is_empty());
}

/// One of the two queries fails: then nobody knows, although the other found nobody.
#[test]
fn a_failed_query_is_no_answer_to_the_other() {
    for at in [0, 1] {
        let references = ["find_Contact", "find_Lead"];
        let rows = references.iter().enumerate().map(|(index, reference)| {
            let body = match index == at {
                true => json!([{ "errorCode": "INVALID_FIELD", "message": "No such column" }]),
                false => json!({ "totalSize": 0, "done": true, "records": [] }),
            };
            let status = if index == at { 400 } else { 200 };
            json!({ "referenceId": reference, "httpStatusCode": status, "httpHeaders": {}, "body": body })
        });
        let composite = json!({ "compositeResponse": rows.collect::<Vec<_>>() });
        let mut stage = Stage::with(1, Fault::Refused(answer(200, &composite.to_string())));
        let outcome = stage.run(&person(), &visitor());
        assert_eq!((outcome.status, error_of(&outcome), stage.sent.len()), (Status::Failed, "INVALID_FIELD", 1));
    }
}

/// An answer that does not say whether a Lead is converted is none to write by.
#[test]
fn a_lead_that_does_not_say_whether_it_is_converted_is_not_written() {
    let rows = json!([
        { "referenceId": "find_Contact", "httpStatusCode": 200, "httpHeaders": {},
          "body": { "totalSize": 0, "done": true, "records": [] } },
        { "referenceId": "find_Lead", "httpStatusCode": 200, "httpHeaders": {},
          "body": { "totalSize": 1, "done": true, "records": [{ "Id": "00Q000000000001AAA", "Email": "anna@example.com" }] } },
    ]);
    let composite = json!({ "compositeResponse": rows }).to_string();
    let mut stage = Stage::with(1, Fault::Refused(answer(200, &composite)));
    let outcome = stage.run(&person(), &visitor());
    assert_eq!((error_of(&outcome), stage.sent.len()), ("ANSWER_UNREADABLE", 1));
}

fn adopting() -> serde_json::Value {
    person_with(&[], &json!({ "duplicateRule": "adopt" }))
}

/// A rule of Lead that names Contacts too: people of the same last name.
fn rule_of_leads(org: &mut Org) {
    assert!(org.add_cross_duplicate_rule("Lead", "LastName", &[("Lead", "LastName"), ("Contact", "LastName")], true));
}

#[test]
fn a_duplicate_rule_of_leads_can_name_a_contact_to_adopt() {
    let mut stage = Stage::new();
    rule_of_leads(&mut stage.org);
    let other = json!({ "LastName": "Berg", "Email": "b@example.com" });
    let ids = seed(&mut stage.org, json!({ "Contact": [other] }));
    let outcome = stage.run(&adopting(), &visitor());
    assert_eq!((first(&outcome), id_of(&outcome)), ((Status::Done, RecordResult::Updated, "Contact"), ids[0].as_str()));
    assert_eq!((codes(&outcome), outcome.requests), (vec!["duplicate-adopted"], 4));
    assert_eq!(sent(&stage, 2).len(), 1, "only the Contact is looked for");
    assert!(stage.org.records("Lead").is_empty());
}

#[test]
fn of_those_that_a_rule_names_the_first_object_decides_and_several_are_ambiguous() {
    let mut stage = Stage::new();
    rule_of_leads(&mut stage.org);
    let berg = |mail: &str| json!({ "LastName": "Berg", "Email": mail });
    let lead = json!({ "LastName": "Berg", "Email": "l@example.com", "Company": "C" });
    let ids = seed(&mut stage.org, json!({ "Contact": [berg("a@example.com")], "Lead": [lead.clone()] }));
    assert_eq!(id_of(&stage.run(&adopting(), &visitor())), ids[0]);
    let mut stage = Stage::new();
    rule_of_leads(&mut stage.org);
    let ids =
        seed(&mut stage.org, json!({ "Contact": [berg("a@example.com"), berg("b@example.com")], "Lead": [lead] }));
    let outcome = stage.run(&adopting(), &visitor());
    assert_eq!(first(&outcome), (Status::Ambiguous, RecordResult::Ambiguous, "Contact"));
    assert_eq!((candidates(&outcome), stage.sent.len()), (vec![ids[0].as_str(), ids[1].as_str()], 2));
}

#[test]
fn an_adopted_lead_that_was_converted_leads_to_its_contact() {
    let mut stage = Stage::new();
    assert!(stage.org.add_cross_duplicate_rule("Lead", "LastName", &[("Lead", "LastName")], true));
    let moved = json!({ "LastName": "Old", "Email": "new@example.com" });
    let leads = json!([{ "LastName": "Berg", "Email": "l@example.com", "Company": "C" }]);
    let ids = seed(&mut stage.org, json!({ "Contact": [moved], "Lead": leads }));
    convert(&mut stage.org, &ids[1], Some(&ids[0]));
    let outcome = stage.run(&adopting(), &visitor());
    assert_eq!((first(&outcome), id_of(&outcome)), ((Status::Done, RecordResult::Updated, "Contact"), ids[0].as_str()));
    assert_eq!(stage.org.records("Lead").len(), 1);
}

fn delete_contacts(org: &mut Org) {
    let id = org.records("Contact")[0]["Id"].as_str().expect("an id").to_owned();
    let request = host_tests::simulator::Request {
        method: "DELETE".to_owned(),
        path: format!("/services/data/v62.0/sobjects/Contact/{id}"),
        query: None,
        headers: vec![("authorization".to_owned(), format!("Bearer {}", org.access_token()))],
        body: Vec::new(),
    };
    assert_eq!(org.handle(&request, Timestamp::UNIX_EPOCH).status, 204);
}

/// It was there a moment ago; a Lead in its place would be a second person.
#[test]
fn an_adopted_contact_that_is_gone_is_not_replaced_by_a_new_lead() {
    let mut stage = Stage::with(3, Fault::After(delete_contacts));
    rule_of_leads(&mut stage.org);
    seed(&mut stage.org, json!({ "Contact": [{ "LastName": "Berg", "Email": "b@example.com" }] }));
    let outcome = stage.run(&adopting(), &visitor());
    assert_eq!(first(&outcome), (Status::Failed, RecordResult::Failed, "Contact"));
    assert!(stage.org.records("Lead").is_empty());
}

/// Another conversation, or a colleague, between our lookup and our create.
fn faster(org: &mut Org) {
    let person = json!({ "Contact": [{ "LastName": "Tal", "Email": "anna@example.com" }] });
    org.seed(&person, Timestamp::UNIX_EPOCH).expect("a good seed");
}

#[test]
fn a_double_of_another_object_is_seen_after_the_create() {
    let checking = person_with(&[], &json!({ "checkForDoubles": true }));
    let mut stage = Stage::with(2, Fault::After(faster));
    let outcome = stage.run(&checking, &visitor());
    assert_eq!(first(&outcome), (Status::Done, RecordResult::Created, "Lead"));
    let contact = stage.org.records("Contact")[0]["Id"].clone();
    assert_eq!((codes(&outcome), json!(candidates(&outcome))), (vec!["doubled"], json!([contact])));
    let mut stage = Stage::new();
    let outcome = stage.run(&checking, &visitor());
    assert_eq!((codes(&outcome), outcome.requests), (vec![], 3));
}
