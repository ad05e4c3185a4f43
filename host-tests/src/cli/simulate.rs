//! `chat-host simulate`: the Salesforce simulator alone.

use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;

use super::faults::{self, FaultArg};
use super::{BadUsage, End};
use crate::simulator::{Files, Org, Simulator};

#[derive(Args)]
pub struct Simulate {
    /// Port on 127.0.0.1; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Folder of describe documents, as GET /sobjects/X/describe answers them: the org has these objects, and neither the
    /// sample objects nor the sample fields.
    #[arg(long, value_name = "FOLDER")]
    describe: Option<PathBuf>,
    /// JSON file of what an admin adds: objects, fields, rules, users, switches. See docs/simulator.md.
    #[arg(long, value_name = "FILE")]
    org: Option<PathBuf>,
    /// JSON file of records to begin with: {"Contact": [{"LastName": "Berg"}]}
    #[arg(long, value_name = "FILE")]
    seed: Option<PathBuf>,
    /// Makes the ids of records others than without it, the same for the same number.
    #[arg(long, value_name = "NUMBER")]
    id_seed: Option<u64>,
    /// The org's My Domain host, which token answers name.
    #[arg(long, value_name = "HOST", default_value = "example.my.salesforce.com")]
    domain: String,
    /// Adds a duplicate rule that alerts when another record has the same value: Contact.Email
    #[arg(long, value_name = "OBJECT.FIELD")]
    duplicate_rule: Vec<String>,
    /// Let a request of the API fail: REQUEST:FAULT, such as 2:unable-to-lock-row, or 2+:close for all from the second on.
    /// May be given several times. `--fault list` prints all faults and ends.
    #[arg(long, value_name = "REQUEST:FAULT")]
    fault: Vec<FaultArg>,
}

impl Simulate {
    /// Serves until Ctrl-C.
    pub async fn run(self) -> anyhow::Result<End> {
        if self.fault.iter().any(|fault| matches!(fault, FaultArg::List)) {
            faults::list();
            return Ok(End::Done);
        }
        let port = self.port;
        let simulator =
            Simulator::start(self.org()?, port).await.with_context(|| format!("listening on port {port}"))?;
        let url = simulator.url();
        let (line, token) = {
            let org = simulator.org();
            let line = json!({
                "url": url,
                "instanceUrl": org.instance_url(),
                "accessToken": org.access_token(),
                "clientId": org.client_id(),
                "clientSecret": org.client_secret(),
            });
            (line, org.access_token().to_owned())
        };
        anstream::println!("{line}");
        anstream::eprintln!("A Salesforce org in memory. Ctrl-C stops it, and its records are gone then.");
        anstream::eprintln!("Paste this into another terminal, and give the commands there --route {url}");
        anstream::eprintln!("  export SALESFORCE_ACCESS_TOKEN='{token}'");
        tokio::signal::ctrl_c().await.context("waiting for Ctrl-C")?;
        simulator.stop().await;
        Ok(End::Done)
    }

    fn org(self) -> anyhow::Result<Org> {
        let files = Files { describe: self.describe, org: self.org, id_seed: self.id_seed, seed: self.seed };
        let mut org = files.org(Timestamp::now()).map_err(|error| BadUsage(error.to_string()))?;
        org.settings.instance_url = format!("https://{}", self.domain);
        for rule in &self.duplicate_rule {
            let added =
                rule.split_once('.').is_some_and(|(sobject, field)| org.add_duplicate_rule(sobject, field, true));
            if !added {
                return Err(BadUsage(format!("--duplicate-rule {rule}: no such object and field")).into());
            }
        }
        // What the command line adds is part of the start, too.
        org.keep_start();
        for fault in self.fault {
            if let FaultArg::Scripted(fault) = fault {
                org.script_fault(fault);
            }
        }
        Ok(org)
    }
}
