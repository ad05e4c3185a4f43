//! The module, as an engine would call it.

use std::sync::OnceLock;

use host_tests::host::{Egress, Host, HttpClient, Session};
use host_tests::{COMPONENT, json as answers};
use serde_json::Value;

use crate::real_org::Target;

/// The component with a session of the org.
#[derive(Clone)]
pub struct Module {
    target: Target,
}

impl Module {
    pub fn new(target: &Target) -> Self {
        Self { target: target.clone() }
    }

    /// The same with a token that no org ever gave.
    pub fn with_lost_token(&self) -> Self {
        Self { target: Target { access_token: "00D000000000000!lost".to_owned(), ..self.target.clone() } }
    }

    pub fn domain(&self) -> &str {
        &self.target.domain
    }

    /// The settings with the org's facts.
    pub async fn prepare(&self, settings: &Value) -> String {
        let (egress, session) = self.way();
        let answer = host().prepare(egress, &session, &settings.to_string()).await.expect("no trap");
        let prepared = answer.unwrap_or_else(|findings| panic!("not asked: {findings:#?}"));
        let Some(settings) = &prepared.settings else { panic!("not prepared: {:#}", answers::unprepared(&prepared)) };
        settings.clone()
    }

    /// How many requests a run takes at least and at most.
    pub async fn requests(&self, settings: &str, variables: &Value) -> (u64, u64) {
        let plan = host().plan(settings, &variables.to_string()).await.expect("no trap");
        let plan = answers::plan(&plan.unwrap_or_else(|findings| panic!("not planned: {findings:#?}")));
        let number = |name: &str| plan["requests"][name].as_u64().expect("a number");
        (number("atLeast"), number("atMost"))
    }

    pub async fn run(&self, settings: &str, variables: &Value) -> Value {
        let (egress, session) = self.way();
        let ran = host().run(egress, &session, settings, &variables.to_string()).await.expect("no trap");
        answers::outcome(&ran.unwrap_or_else(|findings| panic!("not run: {findings:#?}")))
    }

    fn way(&self) -> (Egress, Session) {
        let Target { domain, access_token, route } = self.target.clone();
        let client = HttpClient::new().expect("certificates of the system");
        let client = match route {
            Some(url) => client.routed_to(&url).expect("SALESFORCE_ROUTE is an address such as http://127.0.0.1:8080"),
            None => client,
        };
        let session = Session { instance_url: format!("https://{domain}"), access_token };
        (Egress::Domain { domain, client }, session)
    }
}

fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| Host::new(COMPONENT).expect("the component loads"))
}
