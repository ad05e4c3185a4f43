//! How an engine runs the module; README.md and docs/embed.md show this file.

use host_tests::host::{Egress, Host, HttpClient, Session};

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    // Once for the whole process.
    let host = Host::new(&std::fs::read("salesforce_module.wasm")?)?;
    let client = HttpClient::new()?;

    // For each conversation that reaches the module.
    let settings = std::fs::read_to_string("settings.json")?;
    let variables = r#"{"customer_email": "anna.berg@example.com", "customer_lastname": "Berg"}"#;
    let domain = "example.my.salesforce.com".to_owned();
    let access_token = std::env::var("SALESFORCE_ACCESS_TOKEN")?;
    let session = Session { instance_url: format!("https://{domain}"), access_token };
    match host.run(Egress::Domain { domain, client }, &session, &settings, variables).await? {
        Ok(outcome) => println!("{:?}: {:#?}", outcome.status, outcome.records),
        // Nothing was sent: the settings, the variables or the session are wrong.
        Err(findings) => println!("{findings:#?}"),
    }
    Ok(())
}
