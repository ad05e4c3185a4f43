//! `chat-host simulate`: the Salesforce simulator alone.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::{BadUsage, End, read};
use crate::simulator::fault::Scripted;
use crate::simulator::{Org, Simulator};

#[derive(Args)]
pub struct Simulate {
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// JSON file of records to begin with: {"Contact": [{"LastName": "Berg"}]}
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// The My Domain host that token answers name as the org's.
    #[arg(long, value_name = "HOST", default_value = "simulator.my.salesforce.com")]
    domain: String,
    /// Adds a duplicate rule that alerts when another record has the same value: Contact.Email
    #[arg(long, value_name = "OBJECT.FIELD")]
    duplicate_rule: Vec<String>,
    /// Let a request of the API fail: REQUEST:FAULT, such as 2:unable-to-lock-row, or 2+:close for all from the second on.
    /// Can be given several times. An unknown name such as 1:? lists all faults.
    #[arg(long, value_name = "REQUEST:FAULT")]
    fault: Vec<Scripted>,
}

impl Simulate {
    /// Serves until Ctrl-C.
    pub async fn run(self) -> anyhow::Result<End> {
        let port = self.port;
        let simulator =
            Simulator::start(self.org()?, port).await.with_context(|| format!("listening on port {port}"))?;
        let line = {
            let org = simulator.org();
            json!({
                "url": simulator.url(),
                "instanceUrl": org.instance_url(),
                "accessToken": org.access_token(),
                "clientId": org.client_id(),
                "clientSecret": org.client_secret(),
            })
        };
        anstream::println!("{line}");
        anstream::eprintln!("A Salesforce org in memory. Stop it with Ctrl-C; its records go with it.");
        tokio::signal::ctrl_c().await.context("waiting for Ctrl-C")?;
        simulator.stop().await;
        Ok(End::Done)
    }

    fn org(self) -> anyhow::Result<Org> {
        let mut org = Org::new();
        org.settings.instance_url = format!("https://{}", self.domain);
        for rule in &self.duplicate_rule {
            let added =
                rule.split_once('.').is_some_and(|(sobject, field)| org.add_duplicate_rule(sobject, field, true));
            if !added {
                return Err(BadUsage(format!("--duplicate-rule {rule}: no such object and field")).into());
            }
        }
        if let Some(file) = &self.seed {
            let records: Value = serde_json::from_str(&read(file)?)
                .map_err(|error| BadUsage(format!("{}: not JSON: {error}", file.display())))?;
            org.seed(&records, Timestamp::now()).map_err(|error| BadUsage(format!("{}: {error}", file.display())))?;
        }
        self.fault.into_iter().for_each(|fault| org.script_fault(fault));
        Ok(org)
    }
}
