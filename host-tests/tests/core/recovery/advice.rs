//! What each of Salesforce's codes leads to: whether to run again, who can do something, and what the administrator reads.

use salesforce_module::base::Language::{De, En};
use salesforce_module::report::{Act, Outcome, RecordResult, Retry, Status, Whose};
use salesforce_module::wire::Response;
use serde_json::{Value, json};

use crate::stage::{Fault, Stage, answer, case, key, map, settings, visitor};

/// A refusal of the only record of a run.
struct Refusal {
    code: &'static str,
    message: &'static str,
    fields: &'static [&'static str],
    http: u16,
    whose: Whose,
    /// Words of the administrator's text, in English and in German.
    says: (&'static str, &'static str),
}

const fn by(whose: Whose, code: &'static str, says: (&'static str, &'static str)) -> Refusal {
    Refusal { code, message: "canary", fields: &[], http: 400, whose, says }
}

const fn setup(code: &'static str, says: (&'static str, &'static str)) -> Refusal {
    by(Whose::Administrator, code, says)
}

const fn value(code: &'static str, says: (&'static str, &'static str)) -> Refusal {
    by(Whose::Visitor, code, says)
}

const REFUSALS: &[Refusal] = &[
    Refusal { fields: &["MailingCountry"], ..value("FIELD_INTEGRITY_EXCEPTION", ("`CountryCode`", "`CountryCode`")) },
    Refusal {
        fields: &["Home__StateCode__s"],
        ..value("FIELD_INTEGRITY_EXCEPTION", ("state is not one of", "gehört nicht"))
    },
    Refusal { fields: &["Birthdate"], ..value("FIELD_INTEGRITY_EXCEPTION", ("contradicts", "widerspricht")) },
    value("INVALID_QUERY_FILTER_OPERATOR", ("an id only", "nur eine ID")),
    setup("CANNOT_EXECUTE_FLOW_TRIGGER", ("flow", "Flow")),
    setup("FIELD_FILTER_VALIDATION_EXCEPTION", ("lookup filter", "Nachschlagefilter")),
    setup("INACTIVE_OWNER_OR_USER", ("inactive", "inaktiv")),
    setup("TXN_SECURITY_NO_ACCESS", ("transaction security policy", "Transaktionssicherheitsrichtlinie")),
    setup("DUPLICATE_EXTERNAL_ID", ("Several records", "Mehrere Datensätze")),
    setup("INVALID_CURRENCY_ISO", ("currency", "Währung")),
    Refusal { http: 403, ..setup("INVALID_OPERATION_WITH_EXPIRED_PASSWORD", ("password has expired", "abgelaufen")) },
    setup("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", ("does not exist, or", "gibt es nicht, oder")),
    Refusal { fields: &["RecordTypeId"], ..setup("INVALID_CROSS_REFERENCE_KEY", ("record type", "Datensatztyp")) },
    Refusal {
        fields: &["ContactId"],
        ..setup("INVALID_CROSS_REFERENCE_KEY", ("does not exist, or not", "nicht mehr"))
    },
    setup("TRANSFER_REQUIRES_READ", ("new owner", "Inhaber")),
    setup("FUNCTIONALITY_NOT_ENABLED", ("not enabled", "nicht aktiviert")),
    Refusal { http: 403, ..setup("ORG_LOCKED", ("locked", "gesperrt")) },
    Refusal { http: 403, ..setup("PASSWORD_LOCKOUT", ("Unlock", "Entsperren")) },
    setup("MALFORMED_QUERY", ("cannot read the query", "nicht lesen")),
    Refusal { http: 405, ..setup("METHOD_NOT_ALLOWED", ("`method`", "`method`")) },
    setup("SOMETHING_NEW", ("does not know", "kennt diesen Code nicht")),
];

fn composite(http: u16, body: Value) -> Response {
    let row = json!({ "referenceId": "write_Case", "httpStatusCode": http, "httpHeaders": {}, "body": body });
    answer(200, &json!({ "compositeResponse": [row] }).to_string())
}

fn body(code: &str, message: &str, fields: &[&str]) -> Value {
    json!([{ "errorCode": code, "message": message, "fields": fields }])
}

fn run(settings: &Value, refused: Response) -> Outcome {
    let mut stage = Stage::new();
    stage.always = Some(Fault::Refused(refused));
    stage.run(settings, &visitor())
}

#[test]
fn each_code_says_who_can_do_what() {
    for refusal in REFUSALS {
        let Refusal { code, message, fields, http, whose, says } = refusal;
        let outcome = run(&case(), composite(*http, body(code, message, fields)));
        let error = outcome.records[0].error.as_ref().unwrap();
        assert_eq!((outcome.status, outcome.requests), (Status::Failed, 1), "{code}");
        assert_eq!((error.code.as_str(), error.retry, error.whose), (*code, Retry::Never, *whose), "{code}");
        assert_eq!(error.fields, *fields, "{code}");
        let (en, de) = says;
        assert!(error.message.get(En).contains(en), "{}", error.message.get(En));
        assert!(error.message.get(De).contains(de), "{}", error.message.get(De));
        let visitor = error.for_visitor(Act::Save, Some(outcome.records[0].result)).get(En).to_owned();
        let wanted = if *whose == Whose::Visitor { "check what you have entered" } else { "another way" };
        assert!(visitor.contains(wanted), "{code}: {visitor}");
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
    }
}

#[test]
fn too_many_requests_at_the_same_time_are_not_used_up_ones() {
    for (message, says, status) in [
        ("ConcurrentRequests (Concurrent API Requests) Limit exceeded.", "not used up", Status::Failed),
        ("ConcurrentPerOrgLongTxn Limit exceeded.", "not used up", Status::Failed),
        ("TotalRequests Limit exceeded.", "are used up", Status::Deferred),
    ] {
        let outcome = run(&case(), answer(403, &body("REQUEST_LIMIT_EXCEEDED", message, &[]).to_string()));
        let error = outcome.records[0].error.as_ref().unwrap();
        assert_eq!((outcome.status, error.retry), (status, Retry::Later), "{message}");
        assert!(error.message.get(En).contains(says), "{}", error.message.get(En));
    }
}

/// Renewing the token does not help, and a host would renew for ever.
#[test]
fn api_access_control_is_no_expired_session() {
    for (message, status, retry) in [
        ("This session is not valid for use with the REST API", Status::Failed, Retry::Never),
        ("Diese Sitzung ist nicht für die Verwendung mit der REST-API gültig", Status::Failed, Retry::Never),
        ("Session expired or invalid", Status::SessionExpired, Retry::RenewSession),
        ("Sitzung abgelaufen oder ungültig", Status::SessionExpired, Retry::RenewSession),
    ] {
        for http in [401, 403] {
            let outcome = run(&case(), answer(http, &body("INVALID_SESSION_ID", message, &[]).to_string()));
            let error = outcome.records[0].error.as_ref().unwrap();
            assert_eq!((outcome.status, error.retry, outcome.requests), (status, retry, 1), "{message}");
            assert_eq!(error.message.get(En).contains("API Access Control"), status == Status::Failed, "{message}");
        }
    }
}

/// A flow that met a lock undid everything, as a trigger does.
#[test]
fn a_lock_inside_a_trigger_or_a_flow_is_tried_again() {
    for code in ["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "CANNOT_EXECUTE_FLOW_TRIGGER"] {
        let refused = composite(400, body(code, "… UNABLE_TO_LOCK_ROW …", &[]));
        let mut stage = Stage::with(1, Fault::Refused(refused));
        let outcome = stage.run(&case(), &visitor());
        assert_eq!((outcome.status, outcome.requests), (Status::Done, 2), "{code}");
    }
}

#[test]
fn a_value_that_is_taken_names_the_record_that_has_it() {
    for (message, candidates) in [
        (
            "duplicate value found: Chat_Id__c duplicates value on record with id: 5003000000D8cuI",
            vec!["5003000000D8cuIAAR"],
        ),
        (
            "doppelter Wert gefunden: Chat_Id__c dupliziert einen Wert mit der ID: 5003000000D8cuI.",
            vec!["5003000000D8cuIAAR"],
        ),
        ("duplicate value found: <unknown> duplicates value on record with id: <unknown>", vec![]),
        ("duplicate value found: Chat_Id__c duplicates value on record with id: 5003000000D8cuIXXX", vec![]),
        ("5003000000D8cuI stands before the end", vec![]),
    ] {
        let outcome = run(&case(), composite(400, body("DUPLICATE_VALUE", message, &[])));
        let record = &outcome.records[0];
        let ids: Vec<&str> = record.candidates.iter().map(|id| id.as_str()).collect();
        assert_eq!((record.result, ids), (RecordResult::Failed, candidates), "{message}");
    }
}

/// The administrator need not search for what the org's duplicate rule has found.
#[test]
fn a_duplicate_rule_that_blocks_names_its_records() {
    let found = |entity: &str, id: &str| json!({ "entityType": entity, "matchRecords": [{ "record": { "Id": id, "attributes": { "type": entity } } }] });
    let matches = [found("Contact", "0033000000D8cuIAAR"), found("Case", "5003000000D8cuIAAR")];
    let refused = json!([{ "errorCode": "DUPLICATES_DETECTED", "message": "canary", "duplicateResut": { "matchResults": matches } }]);
    let outcome = run(&case(), composite(400, refused));
    let ids: Vec<&str> = outcome.records[0].candidates.iter().map(|id| id.as_str()).collect();
    assert_eq!((outcome.records[0].result, ids), (RecordResult::Failed, vec!["5003000000D8cuIAAR"]));
}

/// Salesforce answers a collection so, where a single upsert has the status 300.
#[test]
fn an_external_id_of_several_records_is_ambiguous() {
    let by_email = settings(&[key("email", "Contact.Email"), map("name", "Contact.LastName")], &json!({}));
    let mut prepared = by_email;
    prepared["schema"] = json!({ "viewAllData": true, "objects": { "Contact": { "fields": {
        "Email": { "type": "email", "idLookup": true, "length": 80 }, "LastName": { "type": "string", "length": 80 } } } } });
    let message = "Email: more than one record found for external id field: [0033000000D8cuI, 0033000000D8cuJ]";
    let refused = body("DUPLICATE_EXTERNAL_ID", message, &[]);
    let row = json!({ "referenceId": "write_Contact", "httpStatusCode": 400, "httpHeaders": {}, "body": refused });
    let outcome = run(&prepared, answer(200, &json!({ "compositeResponse": [row] }).to_string()));
    assert_eq!((outcome.status, outcome.records[0].candidates.len()), (Status::Ambiguous, 2), "{outcome:#?}");
}

fn account(source: Value) -> Value {
    let mut parent = map("customer", "Contact.Account.Customer_No__c");
    parent["source"] = source;
    settings(&[map("name", "Contact.LastName"), parent], &json!({}))
}

fn refused_contact(message: &str) -> Response {
    let body = json!([{ "errorCode": "INVALID_FIELD", "message": message, "fields": [] }]);
    let row = json!({ "referenceId": "write_Contact", "httpStatusCode": 400, "httpHeaders": {}, "body": body });
    answer(200, &json!({ "compositeResponse": [row] }).to_string())
}

/// Whatever the sentence says in other languages, it names no column.
#[test]
fn a_parent_that_is_not_there_is_the_visitors_typing() {
    for message in [
        "Foreign key external ID: canary not found for field Customer_No__c in entity Account",
        "Foreign key external ID: 'LastName' not found for field LastName not found for field Customer_No__c in entity Account",
        "Externe ID des Fremdschlüssels: canary wurde für das Feld nicht gefunden",
    ] {
        let mut stage = Stage::new();
        stage.always = Some(Fault::Refused(refused_contact(message)));
        let given = json!({ "name": "Berg", "customer": "canary" });
        let outcome = stage.run(&account(json!({ "variable": "customer" })), &given);
        let error = outcome.records[0].error.as_ref().unwrap();
        assert_eq!(
            (error.code.as_str(), error.whose, error.fields.as_slice()),
            ("INVALID_FIELD", Whose::Visitor, ["Customer_No__c".to_owned()].as_slice())
        );
        assert!(error.message.get(En).contains("external id") && !format!("{error:?}").contains("canary"), "{error:?}");
        assert!(error.for_visitor(Act::Save, None).get(De).contains("prüfen Sie, was Sie eingegeben haben"));
        assert!(outcome.findings.iter().all(|finding| finding.code != "prepare-again"), "{:?}", outcome.findings);
    }
    // The author's constant is nothing that a visitor can correct, and a column that is gone is no missing parent.
    let gone = "Foreign key external ID: A1 not found for field Customer_No__c in entity Account";
    let outcome = run(&account(json!({ "constant": "A1" })), refused_contact(gone));
    assert_eq!(outcome.records[0].error.as_ref().unwrap().whose, Whose::Administrator);
    let mut stage = Stage::new();
    stage.always = Some(Fault::Refused(refused_contact("No such column 'LastName' on sobject of type Contact")));
    let outcome = stage.run(&account(json!({ "variable": "customer" })), &json!({ "name": "Berg", "customer": "A1" }));
    let error = outcome.records[0].error.as_ref().unwrap();
    assert_eq!((error.whose, error.fields.as_slice()), (Whose::Administrator, ["LastName".to_owned()].as_slice()));
    assert!(outcome.findings.iter().any(|finding| finding.code == "prepare-again"));
}
