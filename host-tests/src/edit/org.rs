//! The org that the page writes to: the simulator in this process, or a real one.

use std::sync::Arc;

use serde_json::{Value, json};

use crate::connections::{ConnectionError, Connections, Ends, FileStore};
use crate::host::{Client, Egress, Host, HttpClient, OauthError, Session};
use crate::simulator::{Org, Simulator};

/// The campaign that the preset `campaign` names.
const CAMPAIGN: &str = "701Hn0000000071IAA";

/// See above.
pub enum EditedOrg {
    /// Answers to whatever domain the author enters.
    Simulator {
        simulator: Simulator,
        client: HttpClient,
    },
    /// The token goes to this domain and to no other, whatever the author enters.
    Token {
        domain: String,
        access_token: Arc<str>,
        client: HttpClient,
    },
    Connection {
        domain: String,
        name: String,
        connections: Connections<FileStore>,
    },
}

impl EditedOrg {
    /// A new org in this process, empty but for the campaign of the preset.
    pub async fn simulated() -> anyhow::Result<Self> {
        let mut org = Org::new();
        org.seed(&json!({ "Campaign": [{ "Id": CAMPAIGN, "Name": "Spring" }] }), jiff::Timestamp::now())?;
        let simulator = Simulator::start(org, 0).await?;
        let client = HttpClient::new()?.routed_to(&simulator.url())?;
        Ok(Self::Simulator { simulator, client })
    }

    pub(super) fn is_simulated(&self) -> bool {
        matches!(self, Self::Simulator { .. })
    }

    /// The one domain that can be entered, where there is only one.
    pub(super) fn domain(&self) -> Option<&str> {
        match self {
            Self::Simulator { .. } => None,
            Self::Token { domain, .. } | Self::Connection { domain, .. } => Some(domain),
        }
    }

    pub(super) fn connection(&self) -> Option<&str> {
        match self {
            Self::Connection { name, .. } => Some(name),
            _ => None,
        }
    }

    /// Makes a call to the org. Settings that name another one are refused by the component.
    pub(super) async fn call<T: Ends, E, F: Future<Output = anyhow::Result<Result<T, E>>>>(
        &self,
        entered: &str,
        call: impl Fn(Egress, Session) -> F,
    ) -> anyhow::Result<Result<T, E>> {
        match self {
            Self::Simulator { simulator, client } => {
                let access_token = simulator.org().access_token().into();
                let (egress, session) = Egress::authorized(&normal(entered), access_token, client.clone());
                call(egress, session).await
            }
            Self::Token { domain, access_token, client } => {
                let (egress, session) = Egress::authorized(domain, Arc::clone(access_token), client.clone());
                call(egress, session).await
            }
            Self::Connection { name, connections, .. } => Ok(connections.call(name, call).await?),
        }
    }

    /// Asks for tokens, where they are not there yet: the simulator's client credentials flow.
    pub(super) async fn log_in(&self, host: &Host, entered: &str) -> anyhow::Result<Result<(), OauthError>> {
        let Self::Simulator { simulator, client } = self else { return Ok(Ok(())) };
        let domain = normal(entered);
        let app = {
            let mut org = simulator.org();
            org.settings.instance_url = format!("https://{domain}");
            Client {
                deployment_domain: domain.clone(),
                client_id: org.client_id().to_owned(),
                client_secret: Some(org.client_secret().to_owned()),
            }
        };
        let egress = Egress::Domain { domain, client: client.clone() };
        Ok(host.client_credentials(egress, &app).await?.map(drop))
    }

    /// What a record of the simulator holds.
    pub(super) fn record(&self, sobject: &str, id: &str) -> Option<Value> {
        let Self::Simulator { simulator, .. } = self else { return None };
        simulator.org().records(sobject).into_iter().find(|record| record["Id"] == id)
    }
}

fn normal(entered: &str) -> String {
    entered.trim().to_lowercase()
}

/// The connection's org.
pub fn connected(connections: Connections<FileStore>, name: &str) -> Result<EditedOrg, ConnectionError> {
    let domain = connections.load(name)?.client.deployment_domain;
    Ok(EditedOrg::Connection { domain, name: name.to_owned(), connections })
}
