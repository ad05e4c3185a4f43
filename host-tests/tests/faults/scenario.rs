//! A golden scenario with an org behind it: what its script answers is what the org holds.

use std::collections::BTreeMap;
use std::path::Path;

use host_tests::host::Host;
use host_tests::simulator::fault::{Fault, Scripted, What};
use host_tests::simulator::{Org, Simulator};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use crate::cell::run;
use crate::state::State;

pub struct Scenario {
    pub name: String,
    pub settings: Value,
    pub variables: String,
    seed: Value,
    expected: Value,
    baseline: Option<Baseline>,
}

/// The run when nothing goes wrong.
pub struct Baseline {
    pub before: State,
    pub after: State,
    pub outcome: Value,
    pub requests: usize,
}

impl Scenario {
    pub fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut folders: Vec<_> =
            folder.read_dir().expect("the scenarios").map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        folders.iter().map(|folder| Self::read(folder)).collect()
    }

    fn read(folder: &Path) -> Self {
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).expect("a file of the scenario");
        let json = |name: &str| serde_json::from_str::<Value>(&read(name)).expect("JSON");
        let own = folder.join("seed.json");
        Self {
            name: folder.file_name().expect("a folder").to_string_lossy().into_owned(),
            settings: json("settings.json"),
            variables: read("variables.json"),
            seed: if own.exists() { json("seed.json") } else { seed(&json("answers.json")) },
            expected: json("expected.json")["outcome"].clone(),
            baseline: None,
        }
    }

    /// An org before the run.
    pub fn org(&self) -> Org {
        let mut org = Org::new();
        org.settings.view_all_data = true;
        for (object, records) in self.seed.as_object().into_iter().flatten() {
            for record in records.as_array().into_iter().flatten() {
                // A script may name what this org does not have; then the org is without it.
                drop(org.seed(&json!({ object: [record] }), Timestamp::UNIX_EPOCH));
            }
        }
        org
    }

    pub async fn run_without_faults(&mut self, host: &Host) {
        let mut org = self.org();
        // Never met: it makes the server one that counts.
        org.script_fault(Scripted {
            request: usize::MAX,
            and_after: false,
            fault: Fault { processed: false, what: What::Close },
        });
        let before = State::of(&org);
        let simulator = Simulator::start(org, 0).await.expect("a free port");
        let outcome = run(host, &simulator, &self.settings, &self.variables).await.expect("no trap");
        let requests = simulator.org().met().len();
        let after = State::of(&simulator.org());
        self.baseline = Some(Baseline { before, after, outcome, requests });
    }

    pub fn baseline(&self) -> &Baseline {
        self.baseline.as_ref().expect("it ran")
    }

    /// Whether the org gives what the script gave: the scenario is about the same thing here.
    pub fn ends_as_scripted(&self) -> bool {
        let ends = |outcome: &Value| {
            let records = outcome["records"].as_array().cloned().unwrap_or_default();
            let results: Vec<Value> = records.iter().map(|record| record["result"].clone()).collect();
            (outcome["status"].clone(), results)
        };
        ends(&self.baseline().outcome) == ends(&self.expected)
    }
}

/// The records that the script's queries find.
fn seed(answers: &Value) -> Value {
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for answer in answers.as_array().into_iter().flatten() {
        for row in answer["json"]["compositeResponse"].as_array().into_iter().flatten() {
            let object = row["referenceId"].as_str().and_then(|reference| reference.strip_prefix("find_"));
            let (Some(object), Some(records)) = (object, row["body"]["records"].as_array()) else { continue };
            for record in records {
                let known = found.entry(object.to_owned()).or_default();
                if !known.iter().any(|other| other["Id"] == record["Id"]) {
                    known.push(flat(object, record));
                }
            }
        }
    }
    json!(found)
}

/// A record without what a query adds to it, and with what the org demands.
fn flat(object: &str, record: &Value) -> Value {
    let fields = record.as_object().cloned().unwrap_or_default();
    let is_own = |value: &Value| !value.is_object() && !value.is_null();
    let mut fields: Map<String, Value> = fields.into_iter().filter(|(_, value)| is_own(value)).collect();
    let demanded = match object {
        "Contact" | "Lead" => "LastName",
        "Account" => "Name",
        "Ticket__c" => "Subject__c",
        _ => return fields.into(),
    };
    fields.entry(demanded).or_insert_with(|| "Before".into());
    fields.into()
}
