//! `lookIn`: a record that turns out to be a Contact or a Lead. What is found in which SObject, what a converted Lead leads
//! to, which rows count then, and what must never happen: a second person, or a write to somebody else.

mod converted;
mod doubt;
mod found;
mod keys;
mod properties;
mod rows;
mod settings;

use host_tests::simulator::Org;
use jiff::Timestamp;
use salesforce_module::report::{Outcome, RecordResult, Status};
use serde_json::Value;

use crate::common::people::{contact, lead, only, person, person_with, visitor};
use crate::stage::Stage;

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
