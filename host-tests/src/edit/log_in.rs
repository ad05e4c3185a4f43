//! A log-in from the page: the person opens the org's own page in another tab, and its callback comes to this process. Tokens go to the
//! store and to the way to the org, and never to the page.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use anyhow::Context;
use axum::extract::State;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::watch;
use tokio::task::AbortHandle;

use super::Editor;
use super::answer::{Answer, Asked, Problem};
use super::api::{Reply, Shared};
use super::org::{self, EditedOrg};
use crate::connections::{Connection, Connections, FileStore, LogIn, NoCallback, Store};
use crate::host::{Client, Egress, HttpClient, OauthError, Tokens};
use crate::web::lock;

/// How long the page's question may wait for its answer.
const WAIT: Duration = Duration::from_secs(20);

/// How the page can log in to an org.
pub struct LogIns {
    pub store: FileStore,
    pub client: HttpClient,
    /// Where requests go, and the browser with them, instead of the deployment domain.
    pub route: Option<String>,
    /// Of the callback URL.
    pub port: u16,
}

/// The log-in that is under way, or that was last.
#[derive(Default)]
pub(super) struct Current(Mutex<Option<Begun>>);

struct Begun {
    state: watch::Receiver<Value>,
    task: AbortHandle,
}

impl Drop for Begun {
    fn drop(&mut self) {
        self.task.abort();
    }
}

impl Current {
    fn replace(&self, begun: Option<Begun>) {
        *lock(&self.0) = begun;
    }

    fn state(&self) -> Option<watch::Receiver<Value>> {
        lock(&self.0).as_ref().map(|begun| begun.state.clone())
    }
}

/// Begins a log-in, in the place of one that is under way, and gives the address of the org's page.
pub(super) async fn begin(State(editor): Shared, asked: Asked) -> Reply {
    let Some(log_ins) = &editor.log_ins else { return Err(Problem::bad("a log-in, for which there is no store")) };
    let client = Client {
        deployment_domain: asked.text("domain")?.trim().to_lowercase(),
        client_id: asked.text("clientId")?.trim().to_owned(),
        client_secret: asked.optional("clientSecret").filter(|secret| !secret.is_empty()).map(ToOwned::to_owned),
    };
    // Its port is free again when its task has ended.
    editor.log_in.replace(None);
    tokio::task::yield_now().await;
    let listener = match listen(log_ins.port).await {
        Ok(listener) => listener,
        Err(error) => return Err(Problem::port_taken(log_ins.port, &error)),
    };
    let log_in = match LogIn::begin(&editor.host, client.clone(), listener, log_ins.route.as_deref()).await? {
        Ok(log_in) => log_in,
        Err(error) => return Ok(Answer(failed(&error))),
    };
    let begun = json!({ "status": "waiting", "url": log_in.url, "callback": log_in.redirect_uri() });
    let (told, state) = watch::channel(begun.clone());
    let task = tokio::spawn({
        let editor = Arc::clone(&editor);
        async move {
            let ended = finish(&editor, log_in, client).await;
            told.send_replace(ended.unwrap_or_else(|error| {
                let code = if error.is::<NoCallback>() { "no-callback" } else { "host-error" };
                json!({ "status": "failed", "code": code, "message": format!("{error:#}."), "remedy": "" })
            }));
        }
    });
    editor.log_in.replace(Some(Begun { state, task: task.abort_handle() }));
    Ok(Answer(begun))
}

/// The port of the log-in before is free a moment after its end.
async fn listen(port: u16) -> std::io::Result<TcpListener> {
    for _ in 0..20 {
        match TcpListener::bind(("127.0.0.1", port)).await {
            Err(error) if error.kind() == std::io::ErrorKind::AddrInUse => {
                tokio::time::sleep(Duration::from_millis(50)).await;
            }
            bound => return bound,
        }
    }
    TcpListener::bind(("127.0.0.1", port)).await
}

async fn finish(editor: &Editor, log_in: LogIn, client: Client) -> anyhow::Result<Value> {
    let Some(log_ins) = &editor.log_ins else { anyhow::bail!("there is no store") };
    let egress = Egress::Domain { domain: client.deployment_domain.clone(), client: log_ins.client.clone() };
    match log_in.finish(&editor.host, egress, || ()).await? {
        Ok(tokens) => {
            let name = keep(&log_ins.store, client, tokens).await?;
            let connections = Connections::new(Arc::clone(&editor.host), log_ins.store.clone(), log_ins.client.clone());
            editor.go_on_with(org::connected(connections, &name)?);
            Ok(json!({ "status": "success", "org": editor.org().to_json() }))
        }
        Err(error) => Ok(failed(&error)),
    }
}

/// Stores the connection, named after its org.
async fn keep(store: &FileStore, client: Client, tokens: Tokens) -> anyhow::Result<String> {
    let store = store.clone();
    let kept = tokio::task::spawn_blocking(move || {
        let domain = client.deployment_domain.clone();
        // One of the same org is replaced, as `authorize` does.
        let is_free = |name: &str| {
            store.load(name).is_ok_and(|known| known.is_none_or(|known| known.client.deployment_domain == domain))
        };
        let short = domain.split('.').next().unwrap_or_default().to_owned();
        let names = [short, domain.replace('.', "-")];
        let name = names.iter().find(|name| is_free(name));
        let name = name.with_context(|| {
            let [short, long] = &names;
            format!("the names `{short}` and `{long}` are those of other connections: remove one with `chat-host connections`")
        })?;
        // A renewal of the connection's old tokens that is under way must not end up in the place of these.
        let _lock = store.lock(name)?;
        store.save(name, &Connection::new(client, tokens))?;
        anyhow::Ok(name.clone())
    });
    kept.await?
}

fn failed(error: &OauthError) -> Value {
    json!({ "status": "failed", "code": error.code, "message": error.message, "remedy": error.remedy })
}

/// What has become of the log-in: at once if it has ended, else after a while.
pub(super) async fn state(State(editor): Shared, asked: Asked) -> Reply {
    if asked.is_set("cancel") {
        editor.log_in.replace(None);
    }
    let Some(mut state) = editor.log_in.state() else { return Ok(Answer(json!({ "status": "none" }))) };
    let has_ended = |state: &Value| state["status"] != "waiting";
    let ended = tokio::time::timeout(WAIT, state.wait_for(has_ended)).await;
    Ok(Answer(match ended {
        Ok(Ok(ended)) => ended.clone(),
        // Cancelled, or another has begun.
        Ok(Err(_)) => json!({ "status": "none" }),
        Err(_) => json!({ "status": "waiting" }),
    }))
}

impl EditedOrg {
    /// What the page knows of the org.
    pub(super) fn to_json(&self) -> Value {
        json!({ "simulated": self.is_simulated(), "domain": self.domain(), "connection": self.connection() })
    }
}
