//! Connections to orgs that last: stored, and renewed once for all workers.
//!
//! What an engine has to get right, in one place to copy. Salesforce rotates refresh tokens: a renewal answers a new one and
//! ends the old one, and presenting an old one again revokes the connection for everybody. So
//!
//! 1. a renewal is **single-flight**, across threads and across processes: whoever holds the store's lock looks first
//!    whether somebody else has renewed already;
//! 2. the new grant is **stored before it is used**: a process that dies in between loses nothing that is in use;
//! 3. a run is repeated **once** after a renewal, since `session-expired` means that nothing was written.
//!
//! The instance that runs a conversation is given a placeholder; [`Egress::Authorized`] puts the token in at the border.

mod file;
mod log_in;

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use anyhow::Context;
use serde_json::{Value, json};

use crate::host::bindings::exports::chat_flow::salesforce::types::Status;
use crate::host::{
    Client, Egress, FieldsAnswer, Finding, Grant, Host, HttpClient, ManyOutcome, OauthAdvice, OauthError,
    ObjectsAnswer, Outcome, Prepared, RunPreview, Session, Tokens,
};

pub use file::FileStore;
pub use log_in::{LogIn, NoCallback};

/// How often, and how long apart, a renewal is tried while somebody outside this store renews the same connection.
const ATTEMPTS: u32 = 3;
const PAUSE: Duration = Duration::from_millis(500);

/// All that is known of one connection. Secret as a whole.
#[derive(Clone, PartialEq)]
pub struct Connection {
    pub client: Client,
    pub access_token: String,
    /// `None` for the client credentials flow, which asks anew with the client secret.
    pub grant: Option<Grant>,
}

/// Where connections live. An engine puts its database here.
pub trait Store: Send + Sync + 'static {
    /// Held while one worker renews, and released when dropped: a file lock, or a row locked in a transaction.
    type Lock: Send;

    fn load(&self, name: &str) -> anyhow::Result<Option<Connection>>;
    /// Replaces the connection as a whole, durably: when this returns, every other worker sees it.
    fn save(&self, name: &str, connection: &Connection) -> anyhow::Result<()>;
    fn remove(&self, name: &str) -> anyhow::Result<bool>;
    fn names(&self) -> anyhow::Result<Vec<String>>;
    /// Waits until no other worker of any process holds it.
    fn lock(&self, name: &str) -> anyhow::Result<Self::Lock>;
}

/// An answer that says whether the token was refused. Nothing was written then, so that the call can be made again.
pub trait Ends {
    fn status(&self) -> Status;
}

impl Ends for Outcome {
    fn status(&self) -> Status {
        self.status
    }
}

impl Ends for RunPreview {
    fn status(&self) -> Status {
        self.status
    }
}

impl Ends for ManyOutcome {
    fn status(&self) -> Status {
        self.status
    }
}

impl Ends for Prepared {
    fn status(&self) -> Status {
        self.status
    }
}

impl Ends for ObjectsAnswer {
    fn status(&self) -> Status {
        self.status
    }
}

impl Ends for FieldsAnswer {
    fn status(&self) -> Status {
        self.status
    }
}

/// Why a connection cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum ConnectionError {
    #[error("There is no connection `{0}`. Create it with `chat-host authorize --name {0}`.")]
    NotConnected(String),
    #[error("{} {}", .0.message, .0.remedy)]
    Refused(OauthError),
    #[error(transparent)]
    Broken(#[from] anyhow::Error),
}

/// The connections of an engine.
pub struct Connections<S> {
    host: Arc<Host>,
    store: Arc<S>,
    http: HttpClient,
    /// One renewal at a time in this process, so that a hundred workers do not wait in a hundred blocked threads.
    flights: Mutex<BTreeMap<String, Arc<tokio::sync::Mutex<Flight>>>>,
}

/// What the last renewal of a connection came to, for those that waited for it.
#[derive(Default)]
struct Flight {
    refusal: Option<Refusal>,
}

struct Refusal {
    /// The token that nothing could be got for.
    token: String,
    error: OauthError,
    at: Instant,
}

impl<S: Store> Connections<S> {
    pub fn new(host: Arc<Host>, store: S, http: HttpClient) -> Self {
        Self { host, store: Arc::new(store), http, flights: Mutex::default() }
    }

    pub fn store(&self) -> &S {
        &self.store
    }

    /// Looks up, decides and writes, over a stored connection.
    pub async fn run(
        &self,
        name: &str,
        settings: &str,
        variables: &str,
    ) -> Result<Result<Outcome, Vec<Finding>>, ConnectionError> {
        let run = |egress, session| async move { self.host.run(egress, &session, settings, variables).await };
        self.call(name, run).await
    }

    /// Any call over a stored connection: made again, once, with a renewed token if the token was refused.
    ///
    /// A closure that returns a future, not an `AsyncFn`: the future of that could not be given to `tokio::spawn`.
    pub async fn call<T: Ends, E, F: Future<Output = anyhow::Result<Result<T, E>>>>(
        &self,
        name: &str,
        call: impl Fn(Egress, Session) -> F,
    ) -> Result<Result<T, E>, ConnectionError> {
        let connection = self.load(name)?;
        let (egress, session) = self.way_out(&connection);
        match call(egress, session).await? {
            Ok(answer) if answer.status() == Status::SessionExpired => {}
            ended => return Ok(ended),
        }
        let renewed = self.renew(name, &connection.access_token).await?;
        let (egress, session) = self.way_out(&renewed);
        Ok(call(egress, session).await?)
    }

    /// The connection as it is stored.
    pub fn load(&self, name: &str) -> Result<Connection, ConnectionError> {
        self.store.load(name)?.ok_or_else(|| ConnectionError::NotConnected(name.to_owned()))
    }

    /// What a call over this connection is given: a way out that holds the token, and a session that does not.
    pub fn way_out(&self, connection: &Connection) -> (Egress, Session) {
        let access_token = connection.access_token.as_str().into();
        Egress::authorized(&connection.client.deployment_domain, access_token, self.http.clone())
    }

    /// A connection whose token is another than `refused`: renewed here, or by somebody else in the meantime.
    ///
    /// It goes on in a task of its own: a caller that gives up waiting must not drop the answer of a renewal, which is the
    /// only place where the new grant stands.
    pub async fn renew(&self, name: &str, refused: &str) -> Result<Connection, ConnectionError> {
        let flight = {
            let mut flights = self.flights.lock().unwrap_or_else(PoisonError::into_inner);
            Arc::clone(flights.entry(name.to_owned()).or_default())
        };
        let renewal = Renewal {
            host: Arc::clone(&self.host),
            store: Arc::clone(&self.store),
            http: self.http.clone(),
            name: name.to_owned(),
            refused: refused.to_owned(),
        };
        let asked = Instant::now();
        let task = tokio::spawn(async move {
            let mut flight = flight.lock_owned().await;
            let token = renewal.refused.clone();
            let known = flight.refusal_of(&token, asked);
            let is_new = known.is_none();
            let renewed = renewal.carry_out(known).await;
            // One that was only repeated holds no longer for that.
            if is_new {
                flight.refusal = match &renewed {
                    Err(ConnectionError::Refused(error)) => {
                        Some(Refusal { token, error: error.clone(), at: Instant::now() })
                    }
                    _ => None,
                };
            }
            renewed
        });
        task.await.context("the renewal ended without an answer")?
    }
}

impl Flight {
    /// What was answered for this token while somebody waited who had `asked` before: a hundred workers that wait for a dead
    /// grant ask once, and whoever comes after an administrator has mended it asks anew.
    fn refusal_of(&self, token: &str, asked: Instant) -> Option<OauthError> {
        let refusal = self.refusal.as_ref()?;
        (refusal.token == token && refusal.at >= asked).then(|| refusal.error.clone())
    }
}

/// One renewal, with all that it needs.
struct Renewal<S> {
    host: Arc<Host>,
    store: Arc<S>,
    http: HttpClient,
    name: String,
    refused: String,
}

impl<S: Store> Renewal<S> {
    /// `refusal` is what the same question was answered in the meantime.
    async fn carry_out(self, refusal: Option<OauthError>) -> Result<Connection, ConnectionError> {
        let (store, name) = (Arc::clone(&self.store), self.name.clone());
        let _lock = tokio::task::spawn_blocking(move || store.lock(&name)).await.context("waiting for the lock")??;
        let mut attempt = 1;
        loop {
            let stored = self.store.load(&self.name)?;
            let connection = stored.ok_or_else(|| ConnectionError::NotConnected(self.name.clone()))?;
            if connection.access_token != self.refused {
                return Ok(connection);
            }
            if let Some(error) = refusal {
                return Err(ConnectionError::Refused(error));
            }
            match self.ask(&connection).await? {
                Ok(tokens) => {
                    let renewed = Connection::new(connection.client, tokens);
                    self.store.save(&self.name, &renewed)?;
                    return Ok(renewed);
                }
                // Somebody renews the same grant who does not know this lock.
                Err(error)
                    if error.advice == OauthAdvice::TryLater && error.code == "invalid_grant" && attempt < ATTEMPTS =>
                {
                    tokio::time::sleep(PAUSE * attempt).await;
                    attempt += 1;
                }
                Err(error) => return Err(ConnectionError::Refused(error)),
            }
        }
    }

    async fn ask(&self, connection: &Connection) -> anyhow::Result<Result<Tokens, OauthError>> {
        let client = &connection.client;
        let egress = Egress::Domain { domain: client.deployment_domain.clone(), client: self.http.clone() };
        match &connection.grant {
            Some(grant) => self.host.refresh(egress, client, grant).await,
            // `authorize` stores a log-in only with its grant.
            None => self.host.client_credentials(egress, client).await,
        }
    }
}

impl Connection {
    /// Of a token answer.
    pub fn new(client: Client, tokens: Tokens) -> Self {
        Self { client, access_token: tokens.session.access_token, grant: tokens.grant }
    }

    fn to_json(&self) -> Value {
        let grant = self.grant.as_ref().map(|grant| {
            json!({
                "refreshToken": grant.refresh_token,
                "instanceUrl": grant.instance_url,
                "scope": grant.scope,
                "identityUrl": grant.identity_url,
            })
        });
        json!({
            "deploymentDomain": self.client.deployment_domain,
            "clientId": self.client.client_id,
            "clientSecret": self.client.client_secret,
            "accessToken": self.access_token,
            "grant": grant,
        })
    }

    fn from_json(json: &Value) -> Option<Self> {
        let text = |value: &Value, member: &str| value.get(member).and_then(Value::as_str).map(ToOwned::to_owned);
        let grant = match json.get("grant").filter(|grant| !grant.is_null()) {
            Some(grant) => Some(Grant {
                refresh_token: text(grant, "refreshToken")?,
                instance_url: text(grant, "instanceUrl")?,
                scope: text(grant, "scope"),
                identity_url: text(grant, "identityUrl"),
            }),
            None => None,
        };
        let client = Client {
            deployment_domain: text(json, "deploymentDomain")?,
            client_id: text(json, "clientId")?,
            client_secret: text(json, "clientSecret"),
        };
        Some(Self { client, access_token: text(json, "accessToken")?, grant })
    }
}
