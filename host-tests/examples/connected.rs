//! A run over a stored connection, as an engine makes it for each conversation; docs/connect-salesforce.md shows this file.

use std::path::Path;
use std::sync::Arc;

use host_tests::connections::{ConnectionError, Connections, FileStore};
use host_tests::host::{Host, HttpClient};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Once for the whole process. `FileStore` is one implementation of `Store`; an engine writes one for its database.
    let host = Arc::new(Host::new(&std::fs::read("salesforce_module.wasm")?)?);
    let connections = Connections::new(host, FileStore::open(Path::new("connections"))?, HttpClient::new()?);

    // For each conversation that reaches the module.
    let settings = std::fs::read_to_string("settings.json")?;
    let variables = r#"{"customer_email": "anna.berg@example.com", "customer_lastname": "Berg"}"#;
    match connections.run("crm", &settings, variables).await {
        Ok(Ok(outcome)) => println!("{:?}", outcome.status),
        // Nothing was sent: the settings or the variables are wrong.
        Ok(Err(findings)) => println!("{findings:#?}"),
        // Nothing was written. `advice` says whether a person must log in again, or an administrator must act.
        Err(ConnectionError::Refused(error)) => println!("{:?}: {} {}", error.advice, error.message, error.remedy),
        Err(error) => println!("{error}"),
    }
    Ok(())
}
