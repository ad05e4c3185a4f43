//! The org that a conversation writes to: a simulator in this process, or one that is named.

use std::path::Path;
use std::sync::Arc;

use anyhow::Context;
use serde_json::{Value, json};

use super::flow::{FLOW, Step};
use super::words::Text;
use crate::cli::org::Way;
use crate::cli::text;
use crate::connections::Ends;
use crate::host::bindings::exports::chat_flow::salesforce::types::Severity;
use crate::host::{Host, HttpClient, Session};
use crate::json;
use crate::simulator::{Org, Simulator};
use crate::web::recorder::{Exchanges, Recorder};

/// The settings of the hand-over, unless others are named.
const PERSON: &str = include_str!("../../examples/person.json");

/// The variable that holds the conversation's own name.
pub(super) const CONVERSATION: &str = "step";

/// See above.
pub struct ChatOrg {
    place: Place,
    client: HttpClient,
    /// Settings of the hand-over.
    person: String,
    /// The field by which a Case that may be there already is found.
    case_key: Option<String>,
}

enum Place {
    Own(Simulator),
    Named {
        way: Box<Way>,
        domain: String,
        /// Where the requests go instead, which may be a simulator.
        route: Option<String>,
    },
}

impl ChatOrg {
    /// A new org in this process. `agents` are scripts of agents who answer a visitor that asks for a person.
    pub async fn simulated(agents: Option<&Path>) -> anyhow::Result<Self> {
        let simulator = Simulator::start(Org::new(), 0).await?;
        if let Some(file) = agents {
            let text = std::fs::read_to_string(file).with_context(|| format!("reading {}", file.display()))?;
            let json: Value = serde_json::from_str(&text).with_context(|| format!("{} is no JSON", file.display()))?;
            let added = simulator.org().add_agents(&json, jiff::Timestamp::now());
            added.map_err(|problem| anyhow::anyhow!("{}: {problem}", file.display()))?;
        }
        let client = HttpClient::new()?.routed_to(&simulator.url())?;
        Ok(Self { place: Place::Own(simulator), client, person: PERSON.to_owned(), case_key: None })
    }

    /// An org that goes on without this process.
    pub(crate) fn named(way: Way, domain: String, client: HttpClient, route: Option<String>) -> Self {
        let person = of_domain(PERSON, &domain);
        Self { place: Place::Named { way: Box::new(way), domain, route }, client, person, case_key: None }
    }

    /// With other settings of the hand-over.
    pub(crate) fn with_person(self, person: Option<String>) -> Self {
        Self { person: person.unwrap_or(self.person), ..self }
    }

    /// With a field of the Case that holds the conversation's own name, which is External ID and Unique.
    pub(crate) fn with_case_key(self, case_key: Option<String>) -> Self {
        Self { case_key, ..self }
    }

    /// What keeps the modules of the flow from this org, such as a name that is none; else what keeps the hand-over from it.
    pub(crate) async fn wrong(&self, host: &Host) -> anyhow::Result<Option<String>> {
        if json::members(&self.person).get("mode").and_then(Value::as_str) != Some("handover") {
            return Ok(Some(
                "--person: its `mode` must be `handover`, as in host-tests/examples/person.json.".to_owned(),
            ));
        }
        let modules =
            FLOW.iter().filter_map(Step::module).map(|(name, settings)| (name.spoken(), self.settings(settings)));
        for (name, settings) in modules.chain([("--person", self.person.clone())]) {
            let findings = host.check(&settings).await?;
            if let Some(error) = findings.iter().find(|finding| finding.severity == Severity::Error) {
                let (message, remedy) = text::of_finding(error);
                return Ok(Some(format!("{name}: {message} {remedy}")));
            }
        }
        Ok(None)
    }

    /// The name by which what is kept belongs to it.
    pub fn domain(&self) -> Option<&str> {
        match &self.place {
            Place::Own(_) => None,
            Place::Named { domain, .. } => Some(domain),
        }
    }

    pub(super) fn client(&self) -> HttpClient {
        self.client.clone()
    }

    /// The settings of the hand-over.
    pub(super) fn person(&self) -> &str {
        &self.person
    }

    /// The settings of a module for this org.
    pub(super) fn settings(&self, settings: &str) -> String {
        let settings = match &self.place {
            Place::Own(_) => settings.to_owned(),
            Place::Named { domain, .. } => of_domain(settings, domain),
        };
        match &self.case_key {
            None => settings,
            Some(field) => with_case_key(&settings, field),
        }
    }

    /// What a stranger is told.
    pub(super) fn told(&self) -> Text {
        match &self.place {
            Place::Own(_) => Text::new(
                "A Salesforce simulator in this process stands for the org; its records go when it ends.",
                "Ein Salesforce-Simulator in diesem Prozess steht für die Organisation; seine Datensätze gehen mit ihm.",
            ),
            Place::Named { domain, route: None, .. } => Text::new(
                format!("A real org is written to: {domain}."),
                format!("In eine echte Organisation wird geschrieben: {domain}."),
            ),
            Place::Named { domain, route: Some(route), .. } => Text::new(
                format!("{domain} is written to, at {route}."),
                format!("In {domain} wird geschrieben, unter {route}."),
            ),
        }
    }

    /// Where the people are that a visitor can talk to.
    pub(super) fn agents(&self) -> Agents {
        match &self.place {
            Place::Own(simulator) => Agents { page: Some(format!("{}/agent", simulator.url())), is_certain: true },
            Place::Named { route, .. } => {
                let page = route.as_ref().map(|route| format!("{}/agent", route.trim_end_matches('/')));
                Agents { page, is_certain: false }
            }
        }
    }

    /// Makes a call to the org, and records what it sends.
    pub(super) async fn call<T: Ends, E, F: Future<Output = anyhow::Result<Result<T, E>>>>(
        &self,
        settings: &str,
        exchanges: &Exchanges,
        call: impl Fn(Recorder, Session) -> F,
    ) -> anyhow::Result<Result<T, E>> {
        match &self.place {
            Place::Own(simulator) => {
                // The instance gets a placeholder; the token is put in where its requests leave.
                let access_token = simulator.org().access_token().into();
                let domain = json::deployment_domain(settings);
                let (egress, session) = crate::host::Egress::authorized(&domain, access_token, self.client());
                call(exchanges.of(egress), session).await
            }
            Place::Named { way, .. } => way.call(|egress, session| call(exchanges.of(egress), session)).await,
        }
    }

    /// The records of an object, where the org is in this process.
    pub(super) fn records(&self, sobject: &str) -> Vec<Value> {
        match &self.place {
            Place::Own(simulator) => simulator.org().records(sobject),
            Place::Named { .. } => Vec::new(),
        }
    }
}

/// See [`ChatOrg::agents`].
pub(super) struct Agents {
    pub page: Option<String>,
    /// Whether that address is a simulator's for certain.
    pub is_certain: bool,
}

impl Agents {
    pub fn told(&self) -> Text {
        match &self.page {
            Some(page) if self.is_certain => {
                Text::new(format!("agents work at {page}"), format!("Agenten arbeiten unter {page}"))
            }
            Some(page) => Text::new(
                format!("agents work at {page}, if that is a simulator, else in Salesforce"),
                format!("Agenten arbeiten unter {page}, wenn das ein Simulator ist, sonst in Salesforce"),
            ),
            None => Text::new("agents work in Salesforce", "Agenten arbeiten in Salesforce"),
        }
    }
}

fn of_domain(settings: &str, domain: &str) -> String {
    let mut settings = json::members(settings);
    settings.insert("deploymentDomain".to_owned(), domain.into());
    Value::Object(settings).to_string()
}

/// The same, where a Case is one of its records, with this field for the conversation's own name.
fn with_case_key(settings: &str, field: &str) -> String {
    let mut settings = json::document(settings);
    if let Some(case) = settings.pointer_mut("/objects/Case") {
        case["idempotency"] = json!({ "field": field, "variable": CONVERSATION });
    }
    settings.to_string()
}

/// The host and the org.
pub(super) struct Stage {
    pub host: Arc<Host>,
    pub org: ChatOrg,
}
