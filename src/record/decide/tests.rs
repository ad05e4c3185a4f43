//! What becomes of a record, for each answer that a lookup can give.

use serde_json::{Value, json};

use super::*;
use crate::record::Plan;
use crate::record::sample::{found, key, link, mapping, planned, with};
use crate::wire::record::Body;

const ANNA: &str = "003000000000001AAA";
const BERTA: &str = "003000000000002AAA";

fn contact() -> Value {
    json!([key("mail", "Contact.Email"), mapping("name", "Contact.LastName"), mapping("phone", "Contact.Phone")])
}

fn contact_plan(settings: &Value) -> Plan {
    let variables = json!({ "mail": "anna@example.com", "name": "Berg", "phone": "123" });
    planned(&contact(), json!({ "objects": { "Contact": settings } }), &variables)
}

fn anna(id: &str, name: &str, phone: &Value) -> Value {
    json!({ "Id": id, "Email": "anna@example.com", "LastName": name, "Phone": phone })
}

/// The decisions where the first record's lookup finds these records.
fn decided(plan: &Plan, records: &[Value]) -> Vec<Decision> {
    let matches = Matches { rows: found(plan, records), ..Matches::default() };
    decide_with(plan, vec![Some(matches)])
}

/// `matches` of the first records; the others are not looked up.
fn decide_with(plan: &Plan, mut matches: Vec<Option<Matches>>) -> Vec<Decision> {
    matches.resize(plan.records.len(), None);
    let records: Vec<Current> = plan.records.iter().map(Current::planned).collect();
    decide(&records, &plan.write_order, &matches)
}

/// The fields of a body; a link to a new record is the reference of its operation.
fn written(body: &Body) -> Value {
    let links = body.links.iter().map(|(field, reference)| (field.to_string(), Value::from(reference.as_str())));
    body.values.clone().into_iter().chain(links).collect()
}

#[test]
fn no_match_is_created_or_skipped_as_the_author_says() {
    let [Decision::Create { body }] = &decided(&contact_plan(&json!({})), &[])[..] else { panic!("a create") };
    assert_eq!(written(body), json!({ "Email": "anna@example.com", "LastName": "Berg", "Phone": "123" }));
    let only_update = contact_plan(&json!({ "onlyUpdateExisting": true }));
    assert_eq!(decided(&only_update, &[]), [Decision::NO_MATCH]);
}

#[test]
fn a_lookup_without_an_answer_never_leads_to_a_create() {
    let [Decision::Fail(error)] = &decide_with(&contact_plan(&json!({})), vec![None])[..] else { panic!("a failure") };
    assert_eq!(error.code, Code::LookupFailed);
}

#[test]
fn of_one_match_only_what_differs_is_updated() {
    let plan = contact_plan(&json!({}));
    let decisions = decided(&plan, &[anna(ANNA, "Berg", &json!("999"))]);
    let [Decision::Update { id, body, row: Some(_) }] = &decisions[..] else { panic!("an update") };
    assert_eq!((id.as_str(), written(body)), (ANNA, json!({ "Phone": "123" })));
    let same = decided(&plan, &[anna(ANNA, "Berg", &json!("123"))]);
    assert!(matches!(&same[..], [Decision::Unchanged { .. }]), "{same:?}");
}

#[test]
fn several_matches_never_become_one_unless_the_author_says_so() {
    let several = [anna(ANNA, "Berg", &json!("1")), anna(BERTA, "Berg", &json!("2"))];
    let decisions = decided(&contact_plan(&json!({})), &several);
    let [Decision::Ambiguous { candidates, differ_in }] = &decisions[..] else { panic!("ambiguous") };
    let candidates: Vec<&str> = candidates.iter().map(RecordId::as_str).collect();
    assert_eq!((candidates, differ_in.as_slice()), (vec![ANNA, BERTA], ["Phone".to_owned()].as_slice()));
    let newest = contact_plan(&json!({ "whenSeveralMatch": "most-recently-modified" }));
    let decisions = decided(&newest, &several);
    assert_eq!(decisions[0].existing().map(RecordId::as_str), Some(ANNA), "the first one is the newest");
    // As in a list that is cut, or matches that another rule found.
    let stops = Matches { rows: found(&newest, &several), stops: true, ..Matches::default() };
    assert!(matches!(&decide_with(&newest, vec![Some(stops)])[..], [Decision::Ambiguous { .. }]));
}

#[test]
fn an_error_of_the_lookup_is_the_records() {
    let plan = contact_plan(&json!({}));
    let error = RecordError::new(Code::LookupFailed, text!(records::NOT_LOOKED_UP));
    let matches = Matches { error: Some(error.clone()), ..Matches::default() };
    assert_eq!(decide_with(&plan, vec![Some(matches)]), [Decision::Fail(error)]);
}

/// A Contact by its address, and a Case linked to it.
fn case_plan(variables: &Value) -> Plan {
    let mappings = json!([
        key("mail", "Contact.Email"),
        mapping("name", "Contact.LastName"),
        link("Contact", "Case.ContactId"),
        mapping("subject", "Case.Subject"),
    ]);
    planned(&mappings, json!({}), variables)
}

fn case_body(decisions: &[Decision]) -> Value {
    match &decisions[1] {
        Decision::Create { body } => written(body),
        other => panic!("a create: {other:?}"),
    }
}

#[test]
fn a_link_holds_the_id_of_an_existing_record_or_the_reference_of_a_new_one() {
    let plan = case_plan(&json!({ "mail": "anna@example.com", "name": "Berg", "subject": "Help" }));
    let new = decided(&plan, &[]);
    assert_eq!(case_body(&new), json!({ "ContactId": "write_Contact", "Subject": "Help" }));
    let known = decided(&plan, &[json!({ "Id": ANNA, "Email": "anna@example.com", "LastName": "Berg" })]);
    assert_eq!(case_body(&known), json!({ "ContactId": ANNA, "Subject": "Help" }));
}

#[test]
fn a_link_to_a_record_that_takes_no_part_is_left_out() {
    let plan = case_plan(&json!({ "name": "Berg", "subject": "Help" }));
    let decisions = decide_with(&plan, vec![None]);
    assert_eq!(decisions[0], Decision::Skip { no_match: false, asked: false });
    assert_eq!(case_body(&decisions), json!({ "Subject": "Help" }));
}

#[test]
fn two_records_of_a_run_that_are_one_are_refused() {
    let mappings = json!([
        key("mail", "Contact.Email"),
        mapping("name", "Contact.LastName"),
        key("other_mail", "Friend.Email"),
        mapping("other_name", "Friend.LastName"),
    ]);
    let variables = json!({ "mail": "a@example.com", "name": "A", "other_mail": "A@example.com", "other_name": "B" });
    let plan = planned(&mappings, json!({ "objects": { "Friend": { "sobject": "Contact" } } }), &variables);
    let none = || Some(Matches::default());
    let decisions = decide_with(&plan, vec![none(), none()]);
    let [Decision::Create { .. }, Decision::Fail(error)] = &decisions[..] else { panic!("{decisions:?}") };
    assert_eq!(error.code, Code::SameRecordTwice);
}

#[test]
fn what_this_step_has_written_stays_as_it_is() {
    let mappings = json!([mapping("subject", "Case.Subject")]);
    let idempotency = json!({ "Case": { "idempotency": { "variable": "chat", "field": "Step__c" } } });
    let more = json!({ "objects": idempotency });
    let mut plan = planned(&mappings, more, &json!({ "subject": "Help", "chat": "c-1" }));
    // As after a refused upsert.
    plan.records[0].approach = Approach::LookUp;
    let row = |mark: &str| {
        let answer = json!({ "Id": ANNA, "Step__c": mark, "Subject": "changed since" });
        let looked_up = planned(&json!([key("a", "Case.Step__c")]), json!({}), &json!({ "a": "c-1" }));
        Some(Matches { rows: found(&looked_up, &[answer]), by_idempotency: true, ..Matches::default() })
    };
    let mark = plan.records[0].idempotency_key().unwrap().json();
    let same = decide_with(&plan, vec![row(mark.as_str().unwrap())]);
    assert!(matches!(&same[..], [Decision::Unchanged { .. }]), "{same:?}");
    let other = decide_with(&plan, vec![row(&mark.as_str().unwrap().to_uppercase())]);
    let [Decision::Fail(error)] = &other[..] else { panic!("{other:?}") };
    assert_eq!(error.code, Code::IdempotencyValueTaken);
}

#[test]
fn a_field_that_keeps_what_people_typed_is_not_in_the_body() {
    let kept = with(mapping("phone", "Contact.Phone"), json!({ "overwrite": "if-empty" }));
    let mappings = json!([key("mail", "Contact.Email"), mapping("name", "Contact.LastName"), kept]);
    let plan = planned(&mappings, json!({}), &json!({ "mail": "anna@example.com", "name": "New", "phone": "123" }));
    let body = |phone: &Value| match &decided(&plan, &[anna(ANNA, "Berg", phone)])[..] {
        [Decision::Update { body, .. }] => written(body),
        other => panic!("an update: {other:?}"),
    };
    assert_eq!(body(&json!("999")), json!({ "LastName": "New" }));
    assert_eq!(body(&Value::Null), json!({ "LastName": "New", "Phone": "123" }));
}
