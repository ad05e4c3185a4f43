//! What is said about an error: to the visitor, to the administrator, in English and in German.

use host_tests::simulator::Org;
use salesforce_module::base::Language::{De, En};
use salesforce_module::report::{Act, Outcome, RecordError, RecordOutcome, RecordResult};
use salesforce_module::wire::TransportErrorKind as Kind;
use serde_json::{Value, json};

use crate::stage::{Fault, Stage, answer, asks_for, case, contact, marked_case, refusal, row, support, visitor};

const WRITE: &[&str] = &["write_Case"];

/// One outcome for every way in which a run can go wrong.
fn outcomes() -> Vec<Outcome> {
    let faults = [
        Fault::Unsent(Kind::Denied),
        Fault::Unsent(Kind::Dns),
        Fault::Unsent(Kind::Connect),
        Fault::Unsent(Kind::Tls),
        Fault::Lost(Kind::Timeout),
        Fault::Lost(Kind::CutOff),
        Fault::Lost(Kind::TooLarge),
        Fault::Lost(Kind::Other),
        Fault::Refused(answer(200, "<html>")),
        Fault::Refused(answer(302, "")),
        Fault::Refused(answer(404, "")),
        Fault::Refused(answer(429, "")),
        Fault::Refused(answer(500, "")),
        Fault::Refused(asks_for(answer(503, ""), "60")),
    ];
    let codes = [
        "INVALID_SESSION_ID",
        "REQUEST_LIMIT_EXCEEDED",
        "UNABLE_TO_LOCK_ROW",
        "SERVER_UNAVAILABLE",
        "REQUIRED_FIELD_MISSING",
        "INVALID_FIELD",
        "INVALID_TYPE",
        "INVALID_FIELD_FOR_INSERT_UPDATE",
        "STRING_TOO_LONG",
        "INVALID_EMAIL_ADDRESS",
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        "JSON_PARSER_ERROR",
        "NUMBER_OUTSIDE_VALID_RANGE",
        "MALFORMED_ID",
        "INVALID_CROSS_REFERENCE_KEY",
        "ENTITY_IS_LOCKED",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
        "DUPLICATE_VALUE",
        "DUPLICATES_DETECTED",
        "INSUFFICIENT_ACCESS",
        "API_DISABLED_FOR_ORG",
        "STORAGE_LIMIT_EXCEEDED",
        "SOMETHING_NEW",
    ];
    let rows = codes.map(|code| Fault::Refused(row(WRITE, 0, 400, code, "Subject: canary")));
    let mut outcomes = Vec::new();
    for fault in faults.into_iter().chain(rows) {
        let mut stage = Stage::new();
        stage.always = Some(fault);
        outcomes.push(stage.run(&case(), &visitor()));
        outcomes.push(stage.run(&support(), &visitor()));
    }
    outcomes.push(Stage::new().run(&marked_case(), &json!({ "topic": "Repair" })));
    outcomes.push(Stage::new().run(&marked_case(), &json!({ "topic": "Repair", "step": "/" })));
    outcomes.push(Stage::new().run(&case(), &json!({ "topic": "@{x.id}" })));
    outcomes.push(Stage::new().run(&case(), &json!({ "topic": { "a": 1 } })));
    outcomes.push(Stage::new().run(&contact(), &json!({ "name": "B", "email": "a".repeat(5_000) })));
    outcomes
}

fn errors(outcomes: &[Outcome]) -> Vec<(&RecordOutcome, &RecordError)> {
    let records = outcomes.iter().flat_map(|outcome| &outcome.records);
    records.filter_map(|record| record.error.as_ref().map(|error| (record, error))).collect()
}

#[test]
fn every_error_has_a_text_for_each_reader_in_each_language() {
    let outcomes = outcomes();
    let errors = errors(&outcomes);
    assert!(errors.len() > 60, "{}", errors.len());
    for (record, error) in errors {
        let visitor = error.for_visitor(Act::Save, Some(record.result));
        for text in [error.message.get(En), error.message.get(De), visitor.get(En), visitor.get(De)] {
            assert!(text.len() > 20 && text.trim() == text, "{error:?}");
            assert!(text.ends_with('.'), "it ends with what to do: {text}");
        }
        assert_ne!(error.message.get(En), error.message.get(De));
        assert_ne!(visitor.get(En), visitor.get(De));
        let text = format!("{error:?}{visitor:?}");
        for typed in ["canary", "Repair", "anna@", "aaaa"] {
            assert!(!text.contains(typed), "{text}");
        }
    }
}

/// A chat shows it to strangers: nothing about fields, codes, the org, or whether somebody is known there.
#[test]
fn the_visitors_text_tells_nothing_but_what_to_do() {
    let outcomes = outcomes();
    for (record, error) in errors(&outcomes) {
        let visitor = error.for_visitor(Act::Save, Some(record.result));
        for text in [visitor.get(En), visitor.get(De)] {
            for word in ["Salesforce", "Contact ", "Case", "Subject", "__c", "exist", "vorhanden", "_", "HTTP", "`"] {
                assert!(!text.contains(word), "{text}: {word}");
            }
        }
    }
}

#[test]
fn the_administrators_text_names_code_and_fields() {
    let refused = json!([{ "errorCode": "STRING_TOO_LONG", "message": "canary", "fields": ["Subject"] }]);
    let row = json!({ "compositeResponse": [
        { "referenceId": "write_Case", "httpStatusCode": 400, "httpHeaders": {}, "body": refused },
    ] });
    let mut stage = Stage::with(1, Fault::Refused(answer(200, &row.to_string())));
    let outcome = stage.run(&case(), &visitor());
    let message = &outcome.records[0].error.as_ref().unwrap().message;
    for text in [message.get(En), message.get(De)] {
        assert!(text.contains("STRING_TOO_LONG") && text.contains("Subject"), "{text}");
    }
}

fn words(fault: Fault, settings: &Value, variables: &Value) -> String {
    let outcome = Stage::with(1, fault).run(settings, variables);
    let record = &outcome.records[0];
    record.error.as_ref().unwrap().for_visitor(Act::Save, Some(record.result)).get(En).to_owned()
}

#[test]
fn the_visitor_hears_what_helps() {
    let nothing = || Fault::After(|_: &mut Org| {});
    let row = |code| Fault::Refused(row(WRITE, 0, 400, code, ""));
    assert!(words(Fault::Lost(Kind::CutOff), &case(), &visitor()).contains("not certain"));
    assert!(words(Fault::Refused(refusal(401, "INVALID_SESSION_ID", "")), &case(), &visitor()).contains("try again"));
    assert!(words(row("INVALID_EMAIL_ADDRESS"), &case(), &visitor()).contains("check what you have entered"));
    assert!(words(row("INSUFFICIENT_ACCESS"), &case(), &visitor()).contains("another way"));
    // Nobody learns from the chat that a stranger's address is known.
    assert!(words(row("DUPLICATES_DETECTED"), &case(), &visitor()).contains("another way"));
    assert!(words(nothing(), &case(), &json!({ "topic": "@{x.id}" })).contains("check what you have entered"));
    // Safe to run again, and still not certain.
    let mut stage = Stage::new();
    stage.always = Some(Fault::Lost(Kind::CutOff));
    let mark = json!({ "field": "External_Id__c", "variable": "step" });
    let ticket = crate::stage::settings(
        &[crate::stage::map("topic", "Ticket__c.Subject__c")],
        &json!({ "Ticket__c": { "idempotency": mark } }),
    );
    let outcome = stage.run(&ticket, &visitor());
    assert_eq!(outcome.records[0].result, RecordResult::Unknown);
    let text = outcome.records[0].error.as_ref().unwrap().for_visitor(Act::Save, Some(RecordResult::Unknown));
    assert!(text.get(En).contains("not certain"));
}
