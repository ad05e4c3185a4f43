//! How a command reaches the org: with a token of the command line or the environment, or over a stored connection.

use std::sync::Arc;

use clap::Args;

use super::{BadUsage, connect};
use crate::connections::{Connections, Ends, FileStore};
use crate::host::{Egress, Host, HttpClient, Session};
use crate::json as answers;

const TOKEN: &str = "SALESFORCE_ACCESS_TOKEN";

#[derive(Args)]
pub struct OrgArgs {
    /// Send what is meant for the deployment domain to this address instead, such as http://127.0.0.1:4711
    #[arg(long, value_name = "URL")]
    route: Option<String>,
    // Not clap's `env`: a token in the environment is not in conflict with a connection that is named.
    /// Access token. Better passed in the environment, since other users can see a command line.
    /// [env: SALESFORCE_ACCESS_TOKEN]
    #[arg(long, value_name = "TOKEN", conflicts_with = "connection")]
    token: Option<String>,
    /// A connection that `authorize` stored, instead of a token. It is renewed when that is due.
    #[arg(long, value_name = "NAME", value_parser = connect::name)]
    pub connection: Option<String>,
    #[command(flatten)]
    pub store: connect::StoreArg,
}

impl OrgArgs {
    /// Refuses a command line that names neither a token nor a connection, before anything else is done.
    pub fn require(&self) -> anyhow::Result<()> {
        if self.connection.is_some() { Ok(()) } else { self.token().map(drop) }
    }

    /// Where requests go instead of the deployment domain.
    pub fn route(&self) -> Option<&str> {
        self.route.as_deref()
    }

    /// Whether the command line itself has a token or a route; one in the environment can be of another day.
    pub fn names_an_org(&self) -> bool {
        self.token.is_some() || self.route.is_some()
    }

    /// That of the command line, else that of the environment.
    pub fn token(&self) -> anyhow::Result<String> {
        match (&self.token, std::env::var_os(TOKEN)) {
            (Some(token), _) => Ok(token.clone()),
            (None, Some(token)) => {
                token.into_string().map_err(|_| BadUsage(format!("{TOKEN} is not UTF-8.")).into())
            }
            (None, None) => Err(BadUsage(format!(
                "There is no access token. Set {TOKEN}, or name a connection with --connection (`chat-host connections` lists \
                 them, `chat-host authorize` creates one). --token works as well, but other users can see a command line."
            ))
            .into()),
        }
    }
}

/// The way to an org, for as many calls as there are: they share their connections.
pub enum Way {
    Token { egress: Egress, session: Session },
    Connection { connections: Connections<FileStore>, name: String },
}

impl Way {
    pub fn to(domain: &str, host: &Arc<Host>, org: &OrgArgs) -> anyhow::Result<Self> {
        let client = http_client(org.route.as_deref())?;
        if let Some(name) = &org.connection {
            let connections = Connections::new(Arc::clone(host), org.store.open()?, client);
            return Ok(Self::Connection { connections, name: name.clone() });
        }
        let domain = domain.trim().to_lowercase();
        let session = Session { instance_url: format!("https://{domain}"), access_token: org.token()? };
        Ok(Self::Token { egress: Egress::Domain { domain, client }, session })
    }

    /// To the org that the settings name.
    pub fn of(settings: &str, host: &Arc<Host>, org: &OrgArgs) -> anyhow::Result<Self> {
        Self::to(&answers::deployment_domain(settings), host, org)
    }

    pub async fn call<T: Ends, E, F: Future<Output = anyhow::Result<Result<T, E>>>>(
        &self,
        call: impl Fn(Egress, Session) -> F,
    ) -> anyhow::Result<Result<T, E>> {
        match self {
            Self::Token { egress, session } => call(egress.clone(), session.clone()).await,
            Self::Connection { connections, name } => Ok(connections.call(name, call).await?),
        }
    }
}

/// Makes one call to the org that the settings name.
pub async fn over<T: Ends, E, F: Future<Output = anyhow::Result<Result<T, E>>>>(
    host: &Arc<Host>,
    settings: &str,
    org: &OrgArgs,
    call: impl Fn(Egress, Session) -> F,
) -> anyhow::Result<Result<T, E>> {
    Way::of(settings, host, org)?.call(call).await
}

pub fn http_client(route: Option<&str>) -> anyhow::Result<HttpClient> {
    let client = HttpClient::new()?;
    match route {
        Some(url) => client.routed_to(url).map_err(|error| BadUsage(format!("--route: {error:#}")).into()),
        None => Ok(client),
    }
}
