//! One cell: a run that meets a fault, and what must hold then.

use std::sync::{Arc, OnceLock};

use host_tests::host::{Egress, Host, HttpClient, Session};
use host_tests::json as answers;
use host_tests::simulator::fault::{Fault, Scripted};
use host_tests::simulator::{Request, Simulator};
use jiff::Timestamp;
use serde_json::Value;

use crate::faults::rules;
use crate::faults::scenario::Scenario;
use crate::faults::state::State;

/// What a module waits for an answer that does not come, in seconds. Without it the matrix would take hours.
const PATIENCE: u32 = 1;
/// The same where an answer comes: as long as settings can say. With 150 cells at once on busy processors, a run has taken more than
/// the 20 seconds that hold by default, and looked like one whose org does not answer.
const UNHURRIED: u32 = 60;

pub struct Cell {
    pub scenario: Arc<Scenario>,
    pub scripted: Scripted,
    /// Where the org carries out late what it was asked: whether it does so before the run is made again.
    pub settles_first: bool,
}

pub struct Finished {
    pub name: String,
    pub fault: Fault,
    /// A request met the fault.
    pub met: bool,
    /// The rules that do not hold.
    pub broken: Vec<String>,
}

/// What there is to judge.
pub struct Seen<'a> {
    pub scenario: &'a Scenario,
    pub outcome: &'a Value,
    pub state: &'a State,
    /// Bodies of all requests, and the faults that they met.
    pub met: &'a [(Vec<u8>, Option<Fault>)],
    pub token: &'a str,
}

impl Cell {
    pub async fn run(self, host: &Host) -> Finished {
        let Scripted { request, and_after, fault } = self.scripted;
        let more = if and_after { "+" } else { "" };
        let order = if fault.is_late() && self.settles_first { " and settles" } else { "" };
        let name = format!("{} {request}{more}:{fault}{order}", self.scenario.name);
        let mut org = self.scenario.org();
        org.script_fault(self.scripted);
        let token = org.access_token().to_owned();
        let simulator = Simulator::start(org, 0).await.expect("a free port");
        let settings = within(&self.scenario.settings, if fault.is_slow() { PATIENCE } else { UNHURRIED });
        let outcome = match run(host, &simulator, &settings, &self.scenario.variables).await {
            Ok(outcome) => outcome,
            Err(error) => return Finished { name, fault, met: true, broken: vec![format!("no trap: {error}")] },
        };
        let met = simulator.org().met().to_vec();
        let state = State::of(&simulator.org());
        let mut broken = rules::broken(&Seen::new(&self.scenario, &outcome, &state, &met, &token));
        if fault.is_late() && self.settles_first {
            simulator.org().settle(Timestamp::now());
            let state = State::of(&simulator.org());
            broken.extend(rules::broken(&Seen::new(&self.scenario, &outcome, &state, &met, &token)));
        }
        if rules::is_to_be_run_again(&outcome) {
            simulator.org().clear_faults();
            if outcome["status"] == "session-expired" {
                renew(&simulator);
            }
            let settings = within(&self.scenario.settings, UNHURRIED);
            let again = run(host, &simulator, &settings, &self.scenario.variables).await;
            simulator.org().settle(Timestamp::now());
            let after = State::of(&simulator.org());
            match again {
                Ok(_) if after.holds_as(&self.scenario.baseline().after) => {}
                Ok(again) => broken.push(format!("a second run makes it good (it ended {})", ended(&again))),
                Err(error) => broken.push(format!("no trap in the second run: {error}")),
            }
        }
        Finished { name, fault, met: met.iter().any(|(_, fault)| fault.is_some()), broken }
    }
}

impl<'a> Seen<'a> {
    fn new(
        scenario: &'a Scenario,
        outcome: &'a Value,
        state: &'a State,
        met: &'a [(Vec<u8>, Option<Fault>)],
        token: &'a str,
    ) -> Self {
        Self { scenario, outcome, state, met, token }
    }
}

/// The settings with that time for a run, in seconds.
fn within(settings: &Value, seconds: u32) -> Value {
    let mut settings = settings.clone();
    settings["deadlineSeconds"] = seconds.into();
    settings
}

/// The status of an outcome, and the codes of its errors.
fn ended(outcome: &Value) -> String {
    let records = outcome["records"].as_array().into_iter().flatten();
    let codes = records.chain([&outcome["response"]]).filter_map(|record| record["error"]["code"].as_str());
    [outcome["status"].as_str().unwrap_or_default()].into_iter().chain(codes).collect::<Vec<_>>().join(" ")
}

/// One run in the sandbox.
pub async fn run(host: &Host, simulator: &Simulator, settings: &Value, variables: &str) -> anyhow::Result<Value> {
    let (session, egress) = way_to(simulator, settings)?;
    let ran = host.run(egress, &session, &settings.to_string(), variables).await?;
    let outcome = ran.map_err(|findings| anyhow::anyhow!("not run: {findings:?}"))?;
    Ok(answers::outcome(&outcome))
}

/// A session with that org and the way out to it.
pub fn way_to(simulator: &Simulator, settings: &Value) -> anyhow::Result<(Session, Egress)> {
    static CLIENT: OnceLock<HttpClient> = OnceLock::new();
    let domain = settings["deploymentDomain"].as_str().expect("a domain").to_owned();
    let session =
        Session { instance_url: format!("https://{domain}"), access_token: simulator.org().access_token().to_owned() };
    let client = CLIENT.get_or_init(|| HttpClient::new().expect("certificates of the system")).clone();
    Ok((session, Egress::Domain { domain, client: client.routed_to(&simulator.url())? }))
}

/// A host renews a token that is refused.
pub fn renew(simulator: &Simulator) {
    let mut org = simulator.org();
    let form =
        format!("grant_type=client_credentials&client_id={}&client_secret={}", org.client_id(), org.client_secret());
    let request = Request {
        method: "POST".to_owned(),
        path: "/services/oauth2/token".to_owned(),
        query: None,
        headers: vec![("content-type".to_owned(), "application/x-www-form-urlencoded".to_owned())],
        body: form.into_bytes(),
    };
    assert_eq!(org.handle(&request, Timestamp::now()).status, 200);
}
