//! A golden scenario with an org behind it: what its `seed.json` says is there, or a plain one. Where a script answers what no org
//! does, the run is another one here, and meets the faults all the same.

use std::path::Path;

use host_tests::host::Host;
use host_tests::simulator::fault::{Body, Fault, Scripted, What};
use host_tests::simulator::{Org, Simulator};
use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::faults::cell::run;
use crate::faults::rules;
use crate::faults::state::State;

pub struct Scenario {
    pub name: String,
    pub settings: Value,
    pub variables: String,
    seed: Option<Value>,
    expected: Value,
    baseline: Option<Baseline>,
}

/// The run when nothing goes wrong.
pub struct Baseline {
    pub before: State,
    pub after: State,
    pub outcome: Value,
    /// Which requests only ask, in their order.
    pub lookups: Vec<bool>,
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
        Self {
            name: folder.file_name().expect("a folder").to_string_lossy().into_owned(),
            settings: json("settings.json"),
            variables: read("variables.json"),
            seed: folder.join("seed.json").exists().then(|| json("seed.json")),
            expected: json("expected.json")["outcome"].clone(),
            baseline: None,
        }
    }

    /// An org before the run.
    pub fn org(&self) -> Org {
        let mut org = Org::new();
        // Not by the clock, but when a cell says so.
        org.settings.late_by = SignedDuration::MAX;
        if let Some(seed) = &self.seed {
            org.seed(seed, Timestamp::UNIX_EPOCH).unwrap_or_else(|error| panic!("{}: {error}", self.name));
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
        let lookups = simulator.org().met().iter().map(|(body, _)| rules::is_lookup(body)).collect();
        let after = State::of(&simulator.org());
        self.baseline = Some(Baseline { before, after, outcome, lookups });
    }

    /// Whether the run can be told that this went wrong. What is a success of any JSON is the answer to a request of the
    /// author's own, whose shape nobody knows.
    pub fn can_tell(&self, fault: Fault) -> bool {
        let looks_right = matches!(fault.what, What::Success(Body::Json) | What::Row(_) | What::OnlyHalted);
        self.settings["mode"] != "api-request" || !looks_right
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
