//! The command line of the simulator: `salesforce-simulator`, and `chat-host simulate`.

mod faults;

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;

use anyhow::Context;
use clap::Args;
use jiff::Timestamp;
use serde_json::json;
#[cfg(unix)]
use tokio::signal::unix::{SignalKind, signal};

use crate::data::DataFile;
use crate::org::Org;
use crate::server::Simulator;
use crate::start::Files;
use faults::FaultArg;

/// Bytes of bodies that the log of requests keeps: what loads a million records would fill the memory otherwise.
const MAX_LOG: usize = 64 << 20;

/// What the simulator is started with.
#[derive(Args)]
pub struct Simulate {
    /// Port; 0 takes any free one.
    #[arg(long, default_value_t = 0)]
    port: u16,
    /// Address to listen at. Anybody who reaches it can do everything, so 0.0.0.0 is for containers.
    #[arg(long, value_name = "ADDRESS", default_value = "127.0.0.1")]
    address: IpAddr,
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
    /// File where the records are kept, so that they are there again at the next start; a kill loses nothing that was answered. The
    /// records of --seed come into a new file only.
    #[arg(long, value_name = "FILE")]
    data: Option<PathBuf>,
    /// Makes the ids of records others than without it, the same for the same number.
    #[arg(long, value_name = "NUMBER")]
    id_seed: Option<u64>,
    /// The org's My Domain host, which token answers name.
    #[arg(long, value_name = "HOST", default_value = "example.my.salesforce.com")]
    domain: String,
    /// Adds a duplicate rule that alerts when another record has the same value: Contact.Email
    #[arg(long, value_name = "OBJECT.FIELD")]
    duplicate_rule: Vec<String>,
    /// Let a request of the API fail: REQUEST:FAULT, such as 2:unable-to-lock-row, or 2+:close for all from the second on; or one
    /// to the messaging host by its name: message:close-after, stream.2:body-cut.
    /// May be given several times. `--fault list` prints all faults and ends.
    #[arg(long, value_name = "REQUEST:FAULT")]
    fault: Vec<FaultArg>,
}

impl Simulate {
    /// Serves until Ctrl-C. The error is a [`BadUsage`] where the command line or a file is not what it must be.
    /// `started` gets address and access token, and can say what to do with them.
    pub async fn run(self, started: impl FnOnce(&str, &str)) -> anyhow::Result<()> {
        if self.fault.iter().any(|fault| matches!(fault, FaultArg::List)) {
            faults::list();
            return Ok(());
        }
        let (address, port) = (self.address, self.port);
        let kept = self.data.clone();
        let (org, data) = self.org()?;
        let simulator = Simulator::start_with(org, data, (address, port)).await;
        let simulator = simulator.with_context(|| format!("listening on port {port} of {address}"))?;
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
        match &kept {
            None => anstream::eprintln!("A Salesforce org in memory. Ctrl-C stops it, and its records are gone then."),
            Some(file) => {
                anstream::eprintln!("A Salesforce org. Ctrl-C stops it; its records stay in {}.", file.display())
            }
        }
        anstream::eprintln!("Agents of its messaging host work at {url}/agent");
        started(&url, &token);
        tokio::select! {
            told = told_to_end() => told?,
            cause = simulator.failure() => anyhow::bail!("the data file cannot be written: {cause}"),
        }
        simulator.stop().await;
        Ok(())
    }

    fn org(self) -> anyhow::Result<(Org, Option<DataFile>)> {
        let Simulate { describe, org, id_seed, seed, data, .. } = self;
        let files = Files { describe, org, id_seed, seed, data };
        let (mut org, data) = files.open(Timestamp::now()).map_err(|error| BadUsage(error.to_string()))?;
        org.limit_log(MAX_LOG);
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
            match fault {
                FaultArg::List => {}
                FaultArg::Order(order) => org.order_fault(order),
            }
        }
        Ok((org, data))
    }
}

/// Waits for Ctrl-C, or for what a container engine and a test that spawned the process send.
pub async fn told_to_end() -> anyhow::Result<()> {
    #[cfg(unix)]
    let terminated = async {
        let mut terminated = signal(SignalKind::terminate()).context("waiting for SIGTERM")?;
        terminated.recv().await;
        anyhow::Ok(())
    };
    #[cfg(not(unix))]
    let terminated = std::future::pending();
    tokio::select! {
        interrupted = tokio::signal::ctrl_c() => interrupted.context("waiting for Ctrl-C"),
        terminated = terminated => terminated,
    }
}

/// The command line or a file is not what it must be; nothing was started.
#[derive(Debug)]
pub struct BadUsage(pub String);

impl fmt::Display for BadUsage {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for BadUsage {}
