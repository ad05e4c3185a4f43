//! The real component in the real host against a simulated org, and the settings, answers and requests of such a test.
//!
//! What a visitor could have typed contains the word "canary" wherever it must not come out again: every answer is
//! searched for it.

use std::fmt::Debug;
use std::sync::{MutexGuard, OnceLock};

use host_tests::host::{Egress, Finding, Host, HttpClient, Session};
use host_tests::simulator::{Org, Simulator};
use host_tests::{COMPONENT, json as answers};
use jiff::Timestamp;
use serde_json::{Value, json};
use wasmtime_wasi_http::WasiHttpHooks;

pub use crate::common::settings::{DOMAIN, by_email, constant, key, link, map, settings, source, visitor, with};

/// Compiled once: a host is meant to be shared, and compiling takes most of a second.
pub fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| Host::new(COMPONENT).expect("the component loads"))
}

/// The way to the deployment domain.
pub fn egress_to(url: &str) -> Egress {
    let client = HttpClient::new().expect("certificates of the system");
    Egress::Domain { domain: DOMAIN.to_owned(), client: client.routed_to(url).expect("an address") }
}

pub fn session(token: &str) -> Session {
    Session { instance_url: format!("https://{DOMAIN}"), access_token: token.to_owned() }
}

/// An org, its administrator and the module's user.
pub struct TestOrg {
    simulator: Simulator,
}

/// What `prepare` answered.
#[derive(Debug)]
pub struct Preparation {
    /// Status, requests and findings.
    pub answer: Value,
    pub settings: Option<String>,
    /// What was prepared.
    pub of: String,
}

/// One request that Salesforce got.
#[derive(Clone, Debug)]
pub struct Sent {
    /// The subrequests of a composite request.
    pub parts: Vec<Value>,
}

impl TestOrg {
    pub async fn new() -> Self {
        Self::with(|_| {}).await
    }

    pub async fn with(set_up: impl FnOnce(&mut Org)) -> Self {
        let mut org = Org::new();
        set_up(&mut org);
        Self { simulator: Simulator::start(org, 0).await.expect("a free port") }
    }

    pub fn url(&self) -> String {
        self.simulator.url()
    }

    pub fn token(&self) -> String {
        self.org().access_token().to_owned()
    }

    /// The org itself, for what its administrator does.
    pub fn org(&self) -> MutexGuard<'_, Org> {
        self.simulator.org()
    }

    /// Adds records and gives their ids.
    pub fn seed(&self, records: Value) -> Vec<String> {
        self.org().seed(&records, Timestamp::now()).expect("a good seed")
    }

    pub fn records(&self, sobject: &str) -> Vec<Value> {
        self.org().records(sobject)
    }

    /// The one record of that object.
    pub fn record(&self, sobject: &str) -> Value {
        let records = self.records(sobject);
        let [record] = records.as_slice() else { panic!("one {sobject}: {records:#?}") };
        record.clone()
    }

    pub async fn prepare(&self, settings: &Value) -> Preparation {
        self.prepare_text(&format!("{settings:#}")).await
    }

    pub async fn prepare_text(&self, settings: &str) -> Preparation {
        prepare_at(&self.url(), &self.token(), settings).await
    }

    /// Settings that the org has nothing against, prepared.
    pub async fn prepared(&self, settings: &Value) -> String {
        self.prepare(settings).await.expect_settings()
    }

    /// A run, whose answer holds no canary.
    pub async fn run(&self, settings: &str, variables: &Value) -> Value {
        let (session, variables) = (session(&self.token()), variables.to_string());
        let ran = host().run(egress_to(&self.url()), &session, settings, &variables).await.expect("no trap");
        answers::outcome(&kept_secret(ran).unwrap_or_else(|findings| panic!("not run: {findings:#?}")))
    }

    /// A run that ends `done`.
    pub async fn done(&self, settings: &str, variables: &Value) -> Value {
        let outcome = self.run(settings, variables).await;
        assert_eq!(outcome["status"], "done", "{outcome:#}");
        outcome
    }

    /// Requests so far.
    pub fn requests(&self) -> Vec<Sent> {
        let org = self.org();
        let sent = org.log().iter().map(|exchange| {
            let body: Value = serde_json::from_slice(&exchange.request_body).unwrap_or_default();
            Sent { parts: body["compositeRequest"].as_array().cloned().unwrap_or_default() }
        });
        sent.collect()
    }

    /// The writes among the subrequests so far: whatever is no GET.
    pub fn writes(&self) -> Vec<Value> {
        let parts = self.requests().into_iter().flat_map(|sent| sent.parts);
        parts.filter(|part| part["method"] != "GET").collect()
    }
}

pub async fn prepare_at(url: &str, token: &str, settings: &str) -> Preparation {
    let prepared = host().prepare(egress_to(url), &session(token), settings).await.expect("no trap");
    let prepared = prepared.unwrap_or_else(|findings| panic!("not asked: {findings:#?}"));
    Preparation { answer: answers::unprepared(&prepared), settings: prepared.settings, of: settings.to_owned() }
}

/// Settings that this way out has nothing against, prepared.
pub async fn prepared_by(egress: impl WasiHttpHooks + 'static, settings: &Value) -> Value {
    let prepared = host().prepare(egress, &session("token"), &settings.to_string()).await.expect("no trap");
    let prepared = prepared.unwrap_or_else(|findings| panic!("not asked: {findings:#?}"));
    let settings = prepared.settings.unwrap_or_else(|| panic!("not prepared: {:#?}", prepared.findings));
    serde_json::from_str(&settings).expect("JSON")
}

/// What `check` says.
pub async fn check(settings: &str) -> Value {
    answers::findings(&host().check(settings).await.expect("no trap"))
}

/// What `plan` says, or why it cannot.
pub async fn plan(settings: &str, variables: &Value) -> Result<Value, Vec<Finding>> {
    let plan = host().plan(settings, &variables.to_string()).await.expect("no trap");
    plan.map(|plan| answers::plan(&plan))
}

/// No answer may repeat a value.
pub fn kept_secret<T: Debug>(answer: T) -> T {
    let text = format!("{answer:?}").to_lowercase();
    assert!(!text.contains("canary"), "a value got out: {text}");
    answer
}

impl Preparation {
    pub fn status(&self) -> &str {
        self.answer["status"].as_str().expect("a status")
    }

    pub fn requests(&self) -> u64 {
        self.answer["requests"].as_u64().expect("a number")
    }

    pub fn expect_settings(self) -> String {
        let Some(settings) = self.settings else { panic!("not prepared: {:#}", self.answer) };
        assert_eq!(self.answer["status"], "done");
        settings
    }

    /// `schema` of the prepared settings.
    pub fn schema(&self) -> Value {
        let settings = self.settings.as_ref().unwrap_or_else(|| panic!("not prepared: {:#}", self.answer));
        let settings: Value = serde_json::from_str(settings).expect("JSON");
        settings["schema"].clone()
    }

    /// The only error, which is why there are no settings.
    pub fn refused(&self, code: &str, path: &str) -> &Value {
        assert_eq!(self.status(), "failed", "{:#}", self.answer);
        assert!(self.settings.is_none());
        let errors = findings(&self.answer, |finding| finding["severity"] == "error");
        let [error] = errors.as_slice() else { panic!("one error: {:#}", self.answer) };
        self.is(error, code, path);
        error
    }

    /// The only finding with this code, which stands in the way of nothing.
    pub fn remarked(&self, severity: &str, code: &str, path: &str) -> &Value {
        let found = findings(&self.answer, |finding| finding["code"] == code);
        let [found] = found.as_slice() else { panic!("one `{code}`: {:#}", self.answer) };
        assert_eq!(found["severity"], severity);
        assert_eq!(self.status(), "done", "{:#}", self.answer);
        self.is(found, code, path);
        found
    }

    /// A path leads to a place in the document, or to where one of its members is missing.
    fn is(&self, finding: &Value, code: &str, path: &str) {
        assert_eq!((&finding["code"], &finding["path"]), (&json!(code), &json!(path)), "{:#}", self.answer);
        let document: Value = serde_json::from_str(&self.of).expect("JSON");
        let parent = path.rsplit_once('/').map_or("", |(parent, _)| parent);
        let place = document.pointer(path).or_else(|| document.pointer(parent).filter(|place| place.is_object()));
        assert!(place.is_some(), "{path} leads nowhere");
    }
}

pub fn findings(answer: &Value, wanted: impl Fn(&Value) -> bool) -> Vec<&Value> {
    answer["findings"].as_array().expect("a list").iter().filter(|finding| wanted(finding)).collect()
}

/// Codes of the findings, in order. Which variables a test does not pass has tests of its own.
pub fn codes(answer: &Value) -> Vec<&str> {
    findings(answer, |finding| finding["code"] != "absent-variable")
        .into_iter()
        .map(|finding| finding["code"].as_str().expect("a code"))
        .collect()
}

/// Whether message and remedy say all of that.
pub fn says(finding: &Value, message: &[&str], remedy: &[&str]) {
    for (member, wanted) in [("message", message), ("remedy", remedy)] {
        let text = finding[member].as_str().expect("a text");
        for part in wanted {
            assert!(text.contains(part), "no {part:?} in the {member}: {finding:#}");
        }
    }
}

pub fn results(outcome: &Value) -> Vec<&str> {
    let records = outcome["records"].as_array().expect("a list");
    records.iter().map(|record| record["result"].as_str().expect("a result")).collect()
}

/// Code of a record's error.
pub fn error(outcome: &Value, record: usize) -> &str {
    outcome["records"][record]["error"]["code"].as_str().unwrap_or_default()
}
