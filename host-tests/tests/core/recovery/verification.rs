//! After a write whose answer was lost: what is looked for, and what it proves.

use host_tests::simulator::Org;
use jiff::Timestamp;
use salesforce_module::base::Language::{De, En};
use salesforce_module::report::{RecordResult, Retry, Status};
use salesforce_module::wire::TransportErrorKind::{CutOff, Timeout};
use serde_json::{Value, json};

use crate::stage::{Fault, Stage, answer, change, codes, contact, key, link, map, results, settings, support, visitor};

#[test]
fn a_new_record_is_found_again_by_its_keys() {
    for fault in [Fault::Lost(CutOff), Fault::Lost(Timeout), Fault::Garbled(answer(502, "<html>"))] {
        let mut stage = Stage::with(2, fault.clone());
        let outcome = stage.run(&contact(), &visitor());
        assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Created]), "{fault:?}");
        assert_eq!(stage.lookups(), [true, false, true]);
        assert_eq!(codes(&outcome), ["answer-verified"]);
        let record = &stage.org.records("Contact")[0];
        assert_eq!(outcome.records[0].id.as_ref().unwrap().as_str(), record["Id"]);
        assert_eq!(outcome.variables["contact"], record["Id"]);
    }
}

/// The connection ended before Salesforce was done: what it writes then is the only copy.
#[test]
fn what_is_written_late_is_written_once() {
    for more in [0, 1, 100] {
        let mut stage = Stage::with(2, Fault::Late(more));
        let outcome = stage.run(&contact(), &visitor());
        stage.settle();
        // In time for the lookup that follows, or not.
        let expected = if more == 0 { RecordResult::Created } else { RecordResult::Unknown };
        assert_eq!(results(&outcome), [expected], "{more}");
        assert_eq!((stage.lookups(), stage.org.records("Contact").len()), (vec![true, false, true], 1), "{more}");
    }
}

/// It may be at work still: Salesforce gives a call ten minutes.
#[test]
fn what_is_not_found_stays_unknown_and_is_not_sent_again() {
    for fault in [Fault::Ignored(CutOff), Fault::Ignored(Timeout), Fault::Refused(answer(502, ""))] {
        let mut stage = Stage::with(2, fault.clone());
        let outcome = stage.run(&contact(), &visitor());
        assert_eq!((outcome.status, results(&outcome)), (Status::Failed, vec![RecordResult::Unknown]), "{fault:?}");
        assert_eq!(outcome.records[0].error.as_ref().unwrap().retry, Retry::Verify);
        assert_eq!(stage.lookups(), [true, false, true]);
        assert!(stage.org.records("Contact").is_empty());
    }
}

/// The Contact is there, but which Case is whose nobody can tell.
#[test]
fn a_record_without_a_key_stays_unknown_beside_one_that_was_found() {
    let mut stage = Stage::with(2, Fault::Lost(CutOff));
    let outcome = stage.run(&support(), &visitor());
    assert_eq!(outcome.status, Status::Failed);
    assert_eq!(results(&outcome), [RecordResult::Created, RecordResult::Unknown]);
    assert_eq!(outcome.variables.keys().collect::<Vec<_>>(), ["contact"]);
    assert_eq!(stage.org.records("Case").len(), 1);
}

/// Then nothing can be learnt, and no request is spent on it.
#[test]
fn an_update_beside_a_create_without_a_key_is_not_looked_for() {
    let mut stage = Stage::with(2, Fault::Lost(CutOff));
    seed(&mut stage.org);
    let outcome = stage.run(&support(), &visitor());
    assert_eq!(results(&outcome), [RecordResult::Unknown, RecordResult::Unknown]);
    assert_eq!(stage.lookups(), [true, false]);
}

fn seed(org: &mut Org) {
    org.seed(&json!({ "Contact": [{ "LastName": "Tal", "Email": "anna@example.com" }] }), Timestamp::UNIX_EPOCH)
        .unwrap();
}

/// Another conversation wrote one with the same key: it is not ours, so ours may be missing.
#[test]
fn a_record_with_other_values_proves_nothing() {
    let mut stage = Stage::with(2, Fault::Ignored(CutOff)).and(3, Fault::After(seed));
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!(results(&outcome), [RecordResult::Unknown]);
    assert!(codes(&outcome).is_empty());
}

fn seed_twins(org: &mut Org) {
    let twin = json!({ "LastName": "Berg", "Email": "anna@example.com" });
    org.seed(&json!({ "Contact": [twin, twin] }), Timestamp::UNIX_EPOCH).unwrap();
}

#[test]
fn several_records_prove_nothing() {
    let mut stage = Stage::with(2, Fault::Ignored(CutOff)).and(3, Fault::After(seed_twins));
    assert_eq!(results(&stage.run(&contact(), &visitor())), [RecordResult::Unknown]);
}

#[test]
fn a_verification_that_fails_leaves_it_unknown() {
    let mut stage = Stage::new();
    stage.faults.insert(2, Fault::Lost(CutOff));
    for request in 3..9 {
        stage.faults.insert(request, Fault::Refused(answer(503, "")));
    }
    let outcome = stage.run(&contact(), &visitor());
    assert_eq!(results(&outcome), [RecordResult::Unknown]);
    // It is repeated like any lookup; the error is that of the write.
    assert_eq!(outcome.requests, 5);
    assert_eq!(outcome.records[0].error.as_ref().unwrap().code.as_str(), "ANSWER_CUT_OFF");
    let mut stage = Stage::with(2, Fault::Lost(CutOff)).and(3, Fault::Ignored(CutOff));
    assert_eq!(results(&stage.run(&contact(), &visitor())), [RecordResult::Created]);
}

/// Values of every kind, one that is only for new records, a link and a field read back.
#[test]
fn every_value_that_was_sent_is_compared() {
    let mut origin = map("", "Case.Origin");
    origin["source"] = json!({ "constant": "Web" });
    origin["overwrite"] = "on-create".into();
    let both: Value = settings(
        &[
            key("email", "Contact.Email"),
            map("name", "Contact.LastName"),
            key("step", "Case.Chat_Conversation_Id__c"),
            link("Contact", "Case.ContactId"),
            map("topic", "Case.Subject"),
            origin,
        ],
        &json!({ "Case": { "store": { "Id": "case", "CaseNumber": "number" } } }),
    );
    let mut stage = Stage::with(2, Fault::Lost(CutOff));
    let outcome = stage.run(&both, &visitor());
    assert_eq!((outcome.status, results(&outcome)), (Status::Done, vec![RecordResult::Created; 2]));
    let case = &stage.org.records("Case")[0];
    assert_eq!((&outcome.variables["case"], &outcome.variables["number"]), (&case["Id"], &case["CaseNumber"]));
    let mut stage = Stage::with(2, Fault::Lost(CutOff)).and(
        3,
        Fault::After(|org| {
            let case = org.records("Case")[0]["Id"].as_str().unwrap().to_owned();
            change(org, "Case", &case, &json!({ "Origin": "Phone" }));
        }),
    );
    assert_eq!(results(&stage.run(&both, &visitor())), [RecordResult::Created, RecordResult::Unknown]);
}

/// The first copy may have written, so the refusal of the second says nothing of it.
#[test]
fn a_refusal_after_a_lost_answer_leaves_it_unknown() {
    for refusal in [
        crate::stage::refusal(401, "INVALID_SESSION_ID", ""),
        crate::stage::refusal(403, "REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."),
        crate::stage::row(&["write_Contact"], 0, 400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", ""),
        answer(404, ""),
    ] {
        let mut stage = Stage::with(2, Fault::Lost(CutOff)).and(3, Fault::Refused(refusal.clone()));
        seed(&mut stage.org);
        let outcome = stage.run(&contact(), &visitor());
        assert_eq!((outcome.status, results(&outcome)), (Status::Failed, vec![RecordResult::Unknown]), "{refusal:?}");
        // An update can be made again.
        assert_eq!(outcome.records[0].error.as_ref().unwrap().retry, Retry::Later);
    }
}

/// All that is to be changed on the existing one is a link to the new one, of whom nobody knows.
#[test]
fn a_link_to_a_record_that_was_not_found_proves_nothing() {
    let both = settings(
        &[
            key("email", "Contact.Email"),
            map("name", "Contact.LastName"),
            link("Boss", "Contact.ReportsToId"),
            key("boss", "Boss.Email"),
            map("name", "Boss.LastName"),
        ],
        &json!({ "Boss": { "sobject": "Contact" } }),
    );
    let mut stage = Stage::with(2, Fault::Ignored(CutOff));
    let known = json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com" }] });
    stage.org.seed(&known, Timestamp::UNIX_EPOCH).unwrap();
    let people = json!({ "email": "anna@example.com", "name": "Berg", "boss": "bo@example.com" });
    assert_eq!(results(&stage.run(&both, &people)), [RecordResult::Unknown; 2]);
    // Carried out, both are found, and the link between them.
    let mut stage = Stage::with(2, Fault::Lost(CutOff));
    stage.org.seed(&known, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(results(&stage.run(&both, &people)), [RecordResult::Updated, RecordResult::Created]);
}

/// The write would have cleared a link and filled an empty field; both hold something else now.
#[test]
fn what_an_update_was_to_change_must_have_changed() {
    let mut clear = link("Contact", "Ticket__c.Contact__c");
    clear["whenBlank"] = "clear".into();
    let mut phone = map("phone", "Ticket__c.Phone__c");
    phone["overwrite"] = "if-empty".into();
    let run = |last: Value| {
        let settings = settings(
            &[
                key("email", "Contact.Email"),
                key("step", "Ticket__c.External_Id__c"),
                map("topic", "Ticket__c.Subject__c"),
                last,
                key("email", "Lead.Email"),
                map("name", "Lead.LastName"),
                map("name", "Lead.Company"),
            ],
            &json!({ "Contact": { "onlyUpdateExisting": true } }),
        );
        let mut stage = Stage::with(2, Fault::Ignored(CutOff)).and(
            3,
            Fault::After(|org| {
                let ticket = org.records("Ticket__c")[0]["Id"].as_str().unwrap().to_owned();
                change(org, "Ticket__c", &ticket, &json!({ "Phone__c": "999" }));
            }),
        );
        let other = stage.org.seed(&json!({ "Contact": [{ "LastName": "Tal" }] }), Timestamp::UNIX_EPOCH).unwrap();
        let ticket = json!({ "Subject__c": "Repair", "External_Id__c": "c-4711-s-3", "Contact__c": other[0] });
        stage.org.seed(&json!({ "Ticket__c": [ticket] }), Timestamp::UNIX_EPOCH).unwrap();
        let mut typed = visitor();
        typed["phone"] = "123".into();
        let outcome = stage.run(&settings, &typed);
        assert_eq!(outcome.records[1].sobject.as_str(), "Ticket__c");
        outcome.records[1].result
    };
    assert_eq!(run(clear), RecordResult::Unknown);
    assert_eq!(run(phone), RecordResult::Unknown);
}

/// Whoever looks after it must know what for, where and by what, and not what the visitor typed.
#[test]
fn an_unknown_record_says_what_may_exist_and_where_to_look() {
    let mut stage = Stage::new();
    stage.always = Some(Fault::Lost(CutOff));
    let outcome = stage.run(&crate::stage::case(), &visitor());
    let error = outcome.records[0].error.as_ref().unwrap();
    assert_eq!((outcome.records[0].result, error.retry), (RecordResult::Unknown, Retry::Verify));
    for (text, says) in [
        (error.message.get(En), ["A new `Case` may exist", "since this run began", "by `Subject`", "write it again"]),
        (
            error.message.get(De),
            ["vielleicht einen neuen Datensatz `Case`", "Seit Beginn dieses Laufs", "über `Subject`", "noch einmal"],
        ),
    ] {
        assert!(says.iter().all(|words| text.contains(words)), "{text}");
        assert!(!text.contains("Repair"), "{text}");
    }
    // With a key it is looked for by that, whatever else was sent.
    let mut stage = Stage::new().and(2, Fault::Ignored(CutOff));
    let outcome = stage.run(&crate::stage::contact(), &visitor());
    let error = outcome.records[0].error.as_ref().unwrap();
    assert_eq!(outcome.records[0].result, RecordResult::Unknown, "{outcome:#?}");
    assert!(
        error.message.get(En).contains("by `Email`.") && !error.message.get(En).contains("LastName"),
        "{}",
        error.message.get(En)
    );
}
