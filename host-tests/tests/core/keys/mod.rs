//! What finds an existing record: groups of keys, keys that only find, and other records of the run.

mod append;
mod campaign;
mod events;
mod groups;
mod invisible;
mod links;
mod only;

use host_tests::simulator::Org;
use jiff::Timestamp;
use salesforce_module::base::Severity;
use salesforce_module::report::{Outcome, RecordResult, Status};
use salesforce_module::settings::Settings;
use serde_json::Value;

/// Status, requests and what became of each record.
fn told(outcome: &Outcome) -> (Status, u32, Vec<RecordResult>) {
    (outcome.status, outcome.requests, outcome.records.iter().map(|record| record.result).collect())
}

fn seed(org: &mut Org, seed: &Value) {
    org.seed(seed, Timestamp::UNIX_EPOCH).expect("a seed");
}

/// Codes and places of errors and warnings.
fn remarks(settings: &Value) -> Vec<(&'static str, String)> {
    let findings = Settings::check(&settings.to_string());
    let serious = findings.into_iter().filter(|finding| finding.severity != Severity::Info);
    serious.map(|finding| (finding.code.word(), finding.path)).collect()
}
