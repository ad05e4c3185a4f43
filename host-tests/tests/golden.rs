//! The scenarios: each folder is a rule. Settings, variables and scripted answers lead to exactly one plan, one transcript
//! of requests and one outcome - natively and in the sandbox, byte for byte, and what a preview shows is what a run sends.
//!
//! `BLESS=1 cargo test -p host-tests --test golden` writes `expected.json` anew; read the difference before you commit it.

use std::collections::VecDeque;
use std::path::{Path, PathBuf};

use guest::World;
use host_tests::COMPONENT;
use host_tests::conform::script::{Script, body, sent, status};
use host_tests::host::{Egress, Host, HttpClient, RunPlan, Session};
use host_tests::json as answers;
use salesforce_module::audit::Audit;
use salesforce_module::module;
use salesforce_module::module::Ending;
use salesforce_module::report::RunKind;
use salesforce_module::salesforce::Domain;
use salesforce_module::wire::{self, TransportError};
use serde_json::{Value, json};

// The shell's own conversion, on the native types: so both sides are written by the same code.
use host_tests::host::bindings::exports;
use salesforce_module::{
    audit, base, describe, form, log, manifest, many, prepare, record, report, salesforce, settings, value,
};
#[path = "../../src/component/convert/mod.rs"]
#[allow(dead_code, unexpected_cfgs, unused_imports)]
mod convert;

/// Of the component that only runs: see docs/embed.md.
const MAX_RUN_ONLY_SIZE: usize = 917_000;
const TOKEN: &str = "00D000000000001!token";
const DOMAIN: &str = "example.my.salesforce.com";

/// What one way of running a scenario gave.
#[derive(Debug, PartialEq)]
struct Result {
    plan: Value,
    preview: Value,
    outcome: Value,
    /// Requests of the run.
    requests: Vec<Value>,
}

struct Scenario {
    folder: PathBuf,
    settings: String,
    variables: String,
    answers: Vec<Value>,
}

/// Half a minute of building, here and nowhere else: the file is for few, and no other test needs it.
#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_ends_in_the_component_that_only_runs_as_in_the_whole() {
    let whole = Host::new(COMPONENT).unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let folder = Path::new(env!("SALESFORCE_MODULE_WASM")).with_file_name("run-only");
    let file = guest::build(&root, &folder, World::RunOnly, |said| println!("{said}")).unwrap();
    let component = std::fs::read(file).unwrap();
    assert!(component.len() < MAX_RUN_ONLY_SIZE, "{} bytes: raise the bound if that is meant", component.len());
    assert!(Host::new(&component).is_err(), "it is no whole module");
    assert!(Host::run_only(COMPONENT).is_err(), "the whole module has no `runner`");
    let runner = Host::run_only(&component).unwrap();
    for scenario in Scenario::all() {
        assert_eq!(scenario.run(&runner).await, scenario.run(&whole).await, "{}", scenario.folder.display());
    }
    let error = runner.check("{}").await.unwrap_err().to_string();
    assert_eq!(error, "the component has no function `check`");
}

#[tokio::test(flavor = "multi_thread")]
async fn every_scenario_ends_as_expected_natively_and_in_the_sandbox() {
    let host = Host::new(COMPONENT).unwrap();
    let mut wrong = Vec::new();
    let scenarios = Scenario::all();
    assert!(scenarios.len() >= 40, "scenarios are missing");
    for scenario in scenarios {
        let name = scenario.folder.file_name().unwrap().to_string_lossy().into_owned();
        let native = scenario.natively();
        let sandboxed = scenario.in_sandbox(&host).await;
        assert_eq!(native, sandboxed, "{name}: native and sandboxed differ");
        assert_eq!(
            native.requests.len(),
            scenario.answers.len(),
            "{name}: the run sends as many requests as there are answers"
        );
        scenario.counts_as_planned(&name, &native);
        for write in native.preview["writes"].as_array().unwrap() {
            let text = |member: &str| write[member].as_str().unwrap();
            let shown = sent(text("method"), text("path"), write["body"].clone());
            let sent = native.requests.contains(&shown);
            assert!(sent, "{name}: the preview shows a request that the run does not send");
        }
        let actual = json!({ "plan": native.plan, "requests": native.requests, "outcome": native.outcome });
        let file = scenario.folder.join("expected.json");
        if std::env::var_os("BLESS").is_some() {
            std::fs::write(&file, format!("{actual:#}\n")).unwrap();
        }
        let expected = std::fs::read_to_string(&file).unwrap_or_default();
        if expected != format!("{actual:#}\n") {
            wrong.push(format!("{name}:\n{actual:#}"));
        }
    }
    assert!(wrong.is_empty(), "not as in expected.json (BLESS=1 writes it anew):\n{}", wrong.join("\n"));
}

#[test]
fn the_same_input_gives_the_same_plan_byte_for_byte() {
    for scenario in Scenario::all() {
        let once = || answers::plan(&scenario.plan());
        assert_eq!(once().to_string(), once().to_string());
    }
}

/// What a visitor typed and what an author fixed, wherever a host may log.
#[test]
fn no_log_line_holds_a_value() {
    let mut searched = 0;
    for scenario in Scenario::all() {
        let mut values = Vec::new();
        texts(&serde_json::from_str(&scenario.variables).unwrap(), &mut values);
        let settings: Value = serde_json::from_str(&scenario.settings).unwrap();
        for mapping in settings["mappings"].as_array().into_iter().flatten() {
            texts(&mapping["source"]["constant"], &mut values);
        }
        let plan = scenario.plan();
        let preview = convert::preview(scenario.drive(RunKind::Preview).0.into_preview(), &scenario.audit());
        let (ending, _) = scenario.drive(RunKind::Write);
        let audit = scenario.audit().wrote(&ending.written_fields());
        let outcome = convert::outcome(ending.into_outcome(), &audit);
        for log in [plan.log, preview.log, outcome.log] {
            assert!(!log.contains('\n'));
            for value in &values {
                assert!(!log.contains(value), "{}: {value} in {log}", scenario.folder.display());
                searched += 1;
            }
        }
    }
    assert!(searched > 200, "{searched}");
}

/// Texts that are long enough to be recognised.
fn texts(value: &Value, texts: &mut Vec<String>) {
    match value {
        // Ids of records are what a log is searched by.
        Value::String(text) if salesforce_module::salesforce::RecordId::parse(text).is_some() => {}
        Value::String(text) if text.trim().len() > 5 => texts.push(text.trim().to_owned()),
        Value::Array(values) => values.iter().for_each(|value| self::texts(value, texts)),
        Value::Object(values) => values.values().for_each(|value| self::texts(value, texts)),
        _ => {}
    }
}

impl Scenario {
    fn all() -> Vec<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
        let mut folders: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        folders.sort();
        folders.into_iter().map(Self::read).collect()
    }

    fn read(folder: PathBuf) -> Self {
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let answers = serde_json::from_str(&read("answers.json")).unwrap();
        Self { settings: read("settings.json"), variables: read("variables.json"), answers, folder }
    }

    /// A run takes as many requests as the plan says, unless something goes wrong on the way.
    fn counts_as_planned(&self, name: &str, result: &Result) {
        let planned = |member: &str| usize::try_from(result.plan["requests"][member].as_u64().unwrap()).unwrap();
        let (sent, at_least, at_most) = (result.requests.len(), planned("atLeast"), planned("atMost"));
        assert!(at_least <= at_most, "{name}");
        assert!(sent > 0 || at_least == 0, "{name}: the plan says {at_least} at least, and nothing is sent");
        assert!(sent == 0 || at_most > 0, "{name}: the plan says that nothing is sent");
        let went_well = self.answers.iter().all(|answer| answer["status"] == 200) && result.outcome["status"] == "done";
        let is_within = (at_least..=at_most).contains(&sent);
        assert!(!went_well || is_within, "{name}: {sent} requests, planned {at_least} to {at_most}");
    }

    fn natively(&self) -> Result {
        let (preview, _) = self.drive(RunKind::Preview);
        let (outcome, requests) = self.drive(RunKind::Write);
        Result {
            plan: answers::plan(&self.plan()),
            preview: answers::preview(&convert::preview(preview.into_preview(), &self.audit())),
            outcome: answers::outcome(&convert::outcome(outcome.into_outcome(), &self.audit())),
            requests,
        }
    }

    fn plan(&self) -> RunPlan {
        convert::plan(module::plan(&self.settings, &self.variables).unwrap(), &self.audit())
    }

    fn audit(&self) -> Audit {
        Audit::new(&Domain::parse(DOMAIN).unwrap(), &self.settings, None).unwrap()
    }

    fn drive(&self, purpose: RunKind) -> (Ending, Vec<Value>) {
        let session = module::Session { instance_url: &format!("https://{DOMAIN}"), access_token: TOKEN };
        let (run, _) = module::start(&session, &self.settings, &self.variables, purpose).unwrap();
        let mut answers: VecDeque<&Value> = self.answers.iter().collect();
        let mut requests = Vec::new();
        let mut transport = |request: &wire::Request| -> std::result::Result<wire::Response, TransportError> {
            let json = serde_json::from_str(&request.text()).unwrap_or_default();
            requests.push(sent(request.method, &request.path, json));
            let unexpected = || panic!("{}: a request that the scenario does not expect", self.folder.display());
            let answer = answers.pop_front().unwrap_or_else(unexpected);
            let retry_after = answer["headers"]["retry-after"].as_str().map(str::to_owned);
            Ok(wire::Response { status: status(answer), retry_after, limit_info: None, body: body(answer) })
        };
        let ending = run.drive(&mut transport);
        (ending, requests)
    }

    async fn in_sandbox(&self, host: &Host) -> Result {
        let plan = host.plan(&self.settings, &self.variables).await.unwrap().unwrap();
        let script = Script::start(&self.answers).await.unwrap();
        let preview =
            host.preview(way_to(&script), &session(), &self.settings, &self.variables).await.unwrap().unwrap();
        let (outcome, requests) = self.run(host).await;
        Result { plan: answers::plan(&plan), preview: answers::preview(&preview), outcome, requests }
    }

    /// The outcome of a run, and its requests.
    async fn run(&self, host: &Host) -> (Value, Vec<Value>) {
        let script = Script::start(&self.answers).await.unwrap();
        let outcome = host.run(way_to(&script), &session(), &self.settings, &self.variables).await.unwrap().unwrap();
        (answers::outcome(&outcome), script.requests())
    }
}

fn session() -> Session {
    Session { instance_url: format!("https://{DOMAIN}"), access_token: TOKEN.into() }
}

fn way_to(script: &Script) -> Egress {
    Egress::Domain { domain: DOMAIN.into(), client: HttpClient::new().unwrap().routed_to(script.url()).unwrap() }
}
