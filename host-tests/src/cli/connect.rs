//! `authorize`: connecting an org.

use std::path::PathBuf;

use anstream::{eprintln, println};
use anyhow::Context;
use clap::Args;
use serde_json::{Value, json};
use tokio::net::TcpListener;

use super::org::http_client;
use super::{BadUsage, End};
use crate::COMPONENT;
use crate::connections::{Connection, FileStore, LogIn, Store};
use crate::host::{Client, Egress, Host, OauthError, Tokens};

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

/// The web server flow: the person logs in on the org's page.
async fn log_in(
    args: &Authorize,
    host: &Host,
    client: &Client,
    egress: Egress,
) -> anyhow::Result<Result<Tokens, OauthError>> {
    let listener = TcpListener::bind(("127.0.0.1", args.port)).await;
    let listener = listener.map_err(|error| BadUsage(format!("--port {}: {error}", args.port)))?;
    let log_in = match LogIn::begin(host, client.clone(), listener, args.route.as_deref()).await? {
        Ok(log_in) => log_in,
        Err(error) => return Ok(Err(error)),
    };
    eprintln!("1. In the app's OAuth settings the callback URL must be {}", log_in.redirect_uri());
    eprintln!("2. Log in as the integration user, and allow the access:");
    eprintln!("   {}", log_in.url);
    if !args.no_browser && open::that_detached(&log_in.url).is_err() {
        eprintln!("   (no browser could be opened here; open the address yourself)");
    }
    eprintln!("3. Waiting for the callback; Ctrl-C ends it.");
    let foreign = || eprintln!("   A callback that does not belong to this log-in was refused; still waiting.");
    log_in.finish(host, egress, foreign).await
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
