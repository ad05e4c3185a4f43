//! `connections`: what is stored, whether it works, and an end to it.

use std::sync::Arc;

use anstream::{eprintln, println};
use clap::{Args, Subcommand};
use serde_json::json;

use super::connect::{StoreArg, name, refused};
use super::org::http_client;
use super::{End, examples};
use crate::COMPONENT;
use crate::connections::{Connection, ConnectionError, Connections, FileStore, Store};
use crate::host::bindings::exports::chat_flow::salesforce::types::Status;
use crate::host::{Egress, Host};

#[derive(Args)]
pub struct Manage {
    #[command(subcommand)]
    what: Option<What>,
    /// Send what is meant for the deployment domain to this address instead, such as http://127.0.0.1:4711
    #[arg(long, value_name = "URL", global = true)]
    route: Option<String>,
    #[command(flatten)]
    store: StoreArg,
}

#[derive(Subcommand)]
enum What {
    /// Lists the stored connections (the default).
    #[command(after_help = examples::CONNECTIONS_LIST)]
    List,
    /// Asks the org whether a connection works, and renews it if that is due.
    #[command(after_help = examples::CONNECTIONS_TEST)]
    Test {
        #[arg(value_parser = name)]
        name: String,
    },
    /// Gives the tokens back to the org and forgets the connection.
    #[command(after_help = examples::CONNECTIONS_REMOVE)]
    Remove {
        #[arg(value_parser = name)]
        name: String,
    },
}

/// Lists, tests or removes.
pub async fn manage(args: &Manage, json: bool) -> anyhow::Result<End> {
    let store = args.store.open()?;
    match args.what.as_ref().unwrap_or(&What::List) {
        What::List => list(&store, json),
        What::Test { name } => test(store, name, args.route.as_deref()).await,
        What::Remove { name } => remove(&store, name, args.route.as_deref()).await,
    }
}

fn list(store: &FileStore, json: bool) -> anyhow::Result<End> {
    let mut connections = Vec::new();
    for name in store.names()? {
        // One broken file does not hide the others.
        let connection = store.load(&name).ok().flatten().map(|connection| connection.client.deployment_domain);
        connections.push(json!({ "name": name, "deploymentDomain": connection }));
        if !json {
            println!("{name}  {}", connections.last().and_then(|c| c["deploymentDomain"].as_str()).unwrap_or("-"));
        }
    }
    if json {
        println!("{:#}", json!({ "connections": connections }));
    } else if connections.is_empty() {
        println!("No connections. Create one with `chat-host authorize`.");
    }
    Ok(End::Done)
}

/// One request that writes nothing: what the org shows of Contact.
async fn test(store: FileStore, name: &str, route: Option<&str>) -> anyhow::Result<End> {
    let host = Arc::new(Host::cached(COMPONENT)?);
    let connections = Connections::new(Arc::clone(&host), store, http_client(route)?);
    let domain = match connections.load(name) {
        Ok(connection) => connection.client.deployment_domain,
        Err(error) => return unusable(error),
    };
    let settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": domain,
        "mappings": [{ "source": { "constant": "x" }, "object": "Contact", "field": "LastName" }],
    })
    .to_string();
    let (module, settings) = (&host, settings.as_str());
    let call = |egress, session| async move { module.prepare(egress, &session, settings).await };
    let prepared = match connections.call(name, call).await {
        Ok(Ok(prepared)) => prepared,
        Ok(Err(findings)) => {
            super::text::refused(&findings);
            return Ok(End::NotDone);
        }
        Err(error) => return unusable(error),
    };
    // What the org says of Contact does not matter here; that it says it, does.
    let answered = prepared.findings.iter().all(|finding| finding.code != "org-not-described");
    let works = matches!(prepared.status, Status::Done | Status::Failed) && answered;
    if !works {
        super::text::prepared(&prepared);
    }
    println!("{}", json!({ "status": if works { "success" } else { crate::json::status(prepared.status) } }));
    Ok(if works { End::Done } else { End::NotDone })
}

async fn remove(store: &FileStore, name: &str, route: Option<&str>) -> anyhow::Result<End> {
    if matches!(store.load(name), Ok(None)) {
        return unusable(ConnectionError::NotConnected(name.to_owned()));
    }
    // A renewal that is under way gives another token to revoke, and would bring the file back.
    let _lock = store.lock(name)?;
    let kept = match store.load(name) {
        Ok(Some(connection)) => give_back(connection, route).await?,
        Ok(None) => None,
        Err(error) => Some(format!("{error:#}")),
    };
    store.remove(name)?;
    if let Some(reason) = kept {
        eprintln!("The connection is forgotten here, but the org did not take the token back: {reason}");
        eprintln!("Revoke it in Setup under Connected Apps OAuth Usage.");
    }
    println!("{}", json!({ "status": "success" }));
    Ok(End::Done)
}

/// Gives the connection's token back; why the org did not take it.
async fn give_back(connection: Connection, route: Option<&str>) -> anyhow::Result<Option<String>> {
    let domain = connection.client.deployment_domain;
    let egress = Egress::Domain { domain: domain.clone(), client: http_client(route)? };
    let token = connection.grant.map_or(connection.access_token, |grant| grant.refresh_token);
    let revoked = Host::cached(COMPONENT)?.revoke(egress, &domain, &token).await?;
    Ok(revoked.err().map(|error| error.message))
}

fn unusable(error: ConnectionError) -> anyhow::Result<End> {
    match error {
        ConnectionError::Refused(error) => Ok(refused(&error)),
        error => Err(error.into()),
    }
}
