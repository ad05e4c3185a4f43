//! `lookIn`: a record that turns out to be a Contact or a Lead. What is found in which SObject, what a converted Lead leads
//! to, which rows count then, and what must never happen: a second person, or a write to somebody else.

// A panic is how a test fails.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "../common/org.rs"]
mod org;
#[path = "../recovery/stage.rs"]
#[allow(dead_code)]
mod stage;

mod bounds;
mod converted;
mod doubt;
mod example;
mod found;
mod keys;
mod prepare;
mod properties;
mod rows;
mod settings;

use host_tests::simulator::Org;
use jiff::Timestamp;
use salesforce_module::report::{Outcome, RecordResult, Status};
use serde_json::{Value, json};

use stage::{Stage, key, map};

/// Somebody who is found by an e-mail address, as a Contact, else as a Lead; and a new one is a Lead.
fn person() -> Value {
    person_with(&[], &json!({}))
}

/// The same with more rows, and more that holds for the record.
fn person_with(rows: &[Value], more: &Value) -> Value {
    let mut mappings = vec![
        key("email", "Person.Email"),
        map("name", "Person.LastName"),
        only(&["Lead"], map("company", "Person.Company")),
    ];
    mappings.extend(rows.iter().cloned());
    let mut record = json!({ "lookIn": ["Contact", "Lead"], "store": { "Id": "person" } });
    record.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    stage::settings(&mappings, &json!({ "Person": record }))
}

fn only(sobjects: &[&str], mut mapping: Value) -> Value {
    mapping["onlyFor"] = sobjects.into();
    mapping
}

fn visitor() -> Value {
    json!({ "email": "anna@example.com", "name": "Berg", "company": "Berg & Co", "topic": "Repair" })
}

fn contact(name: &str) -> Value {
    json!({ "LastName": name, "Email": "anna@example.com" })
}

fn lead(name: &str) -> Value {
    json!({ "LastName": name, "Email": "anna@example.com", "Company": "Old Co" })
}

/// Ids of the records, Contacts before Leads.
fn seed(org: &mut Org, records: Value) -> Vec<String> {
    org.seed(&records, Timestamp::UNIX_EPOCH).expect("a good seed")
}

fn convert(org: &mut Org, lead: &str, contact: Option<&str>) {
    assert!(org.convert_lead(lead, contact, Timestamp::UNIX_EPOCH));
}

/// Status, result and SObject of the first record.
fn first(outcome: &Outcome) -> (Status, RecordResult, &str) {
    (outcome.status, outcome.records[0].result, outcome.records[0].sobject.as_str())
}

fn id_of(outcome: &Outcome) -> &str {
    outcome.records[0].id.as_ref().map(|id| id.as_str()).unwrap_or_default()
}

fn error_of(outcome: &Outcome) -> &str {
    outcome.records[0].error.as_ref().map(|error| error.code.as_ref()).unwrap_or_default()
}

fn candidates(outcome: &Outcome) -> Vec<&str> {
    outcome.records[0].candidates.iter().map(|id| id.as_str()).collect()
}

/// What is sent for records in a request, by method and place.
fn sent(stage: &Stage, request: usize) -> Vec<(String, Value)> {
    let parts = stage.sent[request]["compositeRequest"].as_array().expect("a composite request");
    let text = |part: &Value, member: &str| part[member].as_str().expect("a text").to_owned();
    let place = |part: &Value| text(part, "url").rsplit("/sobjects/").next().expect("a place").to_owned();
    parts.iter().map(|part| (format!("{} {}", text(part, "method"), place(part)), part["body"].clone())).collect()
}
