//! `authorize`: connecting an org.

use std::path::PathBuf;
use std::time::Duration;

use anstream::{eprintln, println};
use anyhow::Context;
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::StatusCode;
use axum::response::Html;
use axum::routing::get;
use clap::Args;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::Instant;

use super::org::http_client;
use super::{BadUsage, End};
use crate::COMPONENT;
use crate::connections::{Connection, FileStore, Store};
use crate::host::{Authorization, Client, Egress, Host, OauthError};

/// How long the log-in page may stay open.
const PATIENCE: Duration = Duration::from_secs(600);

#[derive(Args)]
pub struct StoreArg {
    /// Folder of the stored connections; the default is in the user's configuration folder.
    #[arg(long, value_name = "FOLDER", env = "SALESFORCE_CONNECTIONS", hide_env_values = true, global = true)]
    store: Option<PathBuf>,
}

#[derive(Args)]
pub struct Authorize {
    /// The org's My Domain host, such as example.my.salesforce.com
    #[arg(long, value_name = "HOST")]
    domain: String,
    /// Consumer Key of the External Client App (or Connected App).
    #[arg(long, value_name = "ID")]
    client_id: String,
    /// Consumer Secret; leave it out for a public client. Better passed in the environment.
    #[arg(long, value_name = "SECRET", env = "SALESFORCE_CLIENT_SECRET", hide_env_values = true)]
    client_secret: Option<String>,
    /// Name under which the connection is stored.
    #[arg(long, value_name = "NAME", default_value = "default", value_parser = name)]
    name: String,
    /// Port of the callback URL on this machine.
    #[arg(long, default_value_t = 1717)]
    port: u16,
    /// Connect as the app's own run-as user (client credentials flow), without a log-in page.
    #[arg(long)]
    client_credentials: bool,
    /// Do not open a browser; print the address only.
    #[arg(long)]
    no_browser: bool,
    /// Send what is meant for the deployment domain to this address instead, such as http://127.0.0.1:4711
    #[arg(long, value_name = "URL")]
    route: Option<String>,
    #[command(flatten)]
    store: StoreArg,
}

/// The name of a connection, looked at before anything else: nobody is to log in for one that cannot be stored.
pub fn name(text: &str) -> anyhow::Result<String> {
    FileStore::check_name(text).map(|()| text.to_owned())
}

impl StoreArg {
    pub fn open(&self) -> anyhow::Result<FileStore> {
        let folder = match &self.store {
            Some(folder) => folder.clone(),
            None => {
                dirs::config_dir().context("no configuration folder; name one with --store")?.join("salesforce-module")
            }
        };
        FileStore::open(&folder)
    }
}

/// Connects an org. The last line on stdout is JSON: `{"status":"success"}`, or what went wrong.
pub async fn authorize(args: &Authorize) -> anyhow::Result<End> {
    let host = Host::cached(COMPONENT)?;
    let store = args.store.open()?;
    let client = Client {
        deployment_domain: args.domain.trim().to_lowercase(),
        client_id: args.client_id.clone(),
        client_secret: args.client_secret.clone(),
    };
    let http = http_client(args.route.as_deref())?;
    let egress = Egress::Domain { domain: client.deployment_domain.clone(), client: http };
    // Beginning a log-in sends nothing: what is wrong with it is wrong with the command line.
    if let Err(error) = host.authorize(&client, "http://localhost/callback").await? {
        refused(&error);
        return Ok(End::BadInput);
    }
    let answer = match args.client_credentials {
        true => host.client_credentials(egress, &client).await?,
        false => log_in(args, &host, &client, egress).await?,
    };
    match answer {
        Ok(tokens) if tokens.grant.is_none() && !args.client_credentials => {
            const MESSAGE: &str = "The log-in gave no refresh token, so the connection would end with its first token.";
            const REMEDY: &str = "Add the scope `refresh_token` to the app's OAuth settings, and authorize again.";
            eprintln!("error [no-refresh-token]: {MESSAGE} {REMEDY}");
            println!(
                "{}",
                json!({ "status": "failed", "code": "no-refresh-token", "message": MESSAGE, "remedy": REMEDY })
            );
            Ok(End::NotDone)
        }
        Ok(tokens) => {
            // A renewal of the connection's old tokens that is under way must not end up in the place of these.
            let _lock = store.lock(&args.name)?;
            store.save(&args.name, &Connection::new(client, tokens))?;
            eprintln!("Connected. Use it with --connection {}", args.name);
            println!("{}", json!({ "status": "success" }));
            Ok(End::Done)
        }
        Err(error) => {
            let sent = !args.client_credentials || args.client_secret.is_some();
            let refused = refused(&error);
            Ok(if sent { refused } else { End::BadInput })
        }
    }
}

/// The web server flow, with this process as the web server.
async fn log_in(
    args: &Authorize,
    host: &Host,
    client: &Client,
    egress: Egress,
) -> anyhow::Result<Result<crate::host::Tokens, OauthError>> {
    let listener = TcpListener::bind(("127.0.0.1", args.port)).await;
    let listener = listener.map_err(|error| BadUsage(format!("--port {}: {error}", args.port)))?;
    let redirect_uri = format!("http://localhost:{}/callback", listener.local_addr()?.port());
    let begun: Authorization = match host.authorize(client, &redirect_uri).await? {
        Ok(begun) => begun,
        Err(error) => return Ok(Err(error)),
    };
    let url = match &args.route {
        // The browser goes where the requests go.
        Some(route) => {
            begun.url.replacen(&format!("https://{}", client.deployment_domain), route.trim_end_matches('/'), 1)
        }
        None => begun.url.clone(),
    };
    eprintln!("1. In the app's OAuth settings the callback URL must be {redirect_uri}");
    eprintln!("2. Log in as the integration user, and allow the access:");
    eprintln!("   {url}");
    if !args.no_browser && open::that_detached(&url).is_err() {
        eprintln!("   (no browser could be opened here; open the address yourself)");
    }
    eprintln!("3. Waiting for the callback; Ctrl-C ends it.");
    let deadline = Instant::now() + PATIENCE;
    let mut callbacks = callbacks(listener);
    loop {
        let (query, page) = match tokio::time::timeout_at(deadline, callbacks.recv()).await {
            Ok(callback) => callback.context("the callback server ended")?,
            Err(_) => anyhow::bail!("no callback within {} minutes", PATIENCE.as_secs() / 60),
        };
        let answer = host.exchange(egress.clone(), client, &redirect_uri, &begun, &query).await?;
        let (status, words) = match &answer {
            Ok(_) => (StatusCode::OK, "Connected. You can close this window.".to_owned()),
            Err(error) if is_of_another_log_in(error) => (StatusCode::BAD_REQUEST, error.message.clone()),
            Err(error) => (StatusCode::OK, format!("{} {}", error.message, error.remedy)),
        };
        // The browser may be gone by now.
        let _ = page.send((status, words));
        match answer {
            Err(error) if is_of_another_log_in(&error) => {
                eprintln!("   A callback that does not belong to this log-in was refused; still waiting.");
            }
            answer => {
                tokio::time::sleep(Duration::from_millis(200)).await;
                return Ok(answer);
            }
        }
    }
}

/// Any page that the person has open can call back here. That must not end a log-in, and nothing was sent for it.
fn is_of_another_log_in(error: &OauthError) -> bool {
    error.code == "state-mismatch"
}

type Page = (StatusCode, String);
type Callback = (String, oneshot::Sender<Page>);

/// The callbacks, each with a way to say what became of it.
fn callbacks(listener: TcpListener) -> mpsc::Receiver<Callback> {
    let (sender, callbacks) = mpsc::channel::<Callback>(1);
    let app = Router::new().route("/callback", get(answer)).with_state(sender);
    tokio::spawn(async move { axum::serve(listener, app).await });
    callbacks
}

async fn answer(State(sender): State<mpsc::Sender<Callback>>, RawQuery(query): RawQuery) -> (StatusCode, Html<String>) {
    let (page, words) = oneshot::channel();
    if sender.try_send((query.unwrap_or_default(), page)).is_err() {
        return (StatusCode::CONFLICT, Html("Another callback is being looked at.".to_owned()));
    }
    let (status, words) = words.await.unwrap_or_else(|_| (StatusCode::OK, "The log-in has ended.".to_owned()));
    // Our own words, and a host name at most: nothing that needs escaping.
    (status, Html(format!("<!doctype html><meta charset=utf-8><title>Salesforce</title><p>{words}")))
}

/// A call whose token was refused and could not be renewed: nothing was written.
pub fn not_renewed(error: &OauthError) -> Value {
    json!({ "status": "session-expired", "code": error.code, "message": error.message, "remedy": error.remedy })
}

pub fn refused(error: &OauthError) -> End {
    eprintln!("error [{}]: {} {}", error.code, error.message, error.remedy);
    println!("{}", json!({ "status": "failed", "code": error.code, "message": error.message, "remedy": error.remedy }));
    End::NotDone
}
