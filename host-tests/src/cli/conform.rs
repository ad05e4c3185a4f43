//! `chat-host conform`: whether a host in any language does what the reference host does.

use std::path::PathBuf;
use std::sync::Arc;

use anstream::println;
use clap::Args;
use serde_json::json;

use super::{BadUsage, End};
use crate::COMPONENT;
use crate::conform::{self, Driver};
use crate::host::Host;

#[derive(Args)]
pub struct Conform {
    /// Folder of the golden scenarios.
    #[arg(long, value_name = "FOLDER", default_value = "host-tests/scenarios")]
    scenarios: PathBuf,
    /// Only checks whose name holds this text, such as fault:
    #[arg(long, value_name = "TEXT")]
    only: Option<String>,
    /// The driver, and its arguments: see hosts/conformance/README.md.
    #[arg(last = true, required = true, value_name = "COMMAND")]
    command: Vec<String>,
}

impl Conform {
    /// Exit: 0 if every check holds.
    pub async fn run(self, as_json: bool) -> anyhow::Result<End> {
        if !self.scenarios.is_dir() {
            let folder = self.scenarios.display();
            return Err(
                BadUsage(format!("{folder} is no folder; --scenarios names that of the golden scenarios")).into()
            );
        }
        let driver = Driver::start(&self.command).map_err(|error| BadUsage(format!("{error:#}")))?;
        let host = Arc::new(Host::cached(COMPONENT)?);
        let tell = |check: &conform::Check| match &check.result {
            _ if as_json => {}
            Ok(()) => println!("ok      {}", check.name),
            Err(why) => println!("FAILED  {}\n        {why}", check.name),
        };
        let checks = conform::check(driver, host, &self.scenarios, self.only.as_deref(), tell).await?;
        let failed = checks.iter().filter(|check| check.result.is_err()).count();
        if as_json {
            let each = |check: &conform::Check| json!({ "name": check.name, "error": check.result.as_ref().err() });
            println!("{:#}", json!({ "checks": checks.iter().map(each).collect::<Vec<_>>() }));
        } else {
            println!("{} of {} checks hold.", checks.len() - failed, checks.len());
        }
        Ok(if failed == 0 { End::Done } else { End::NotDone })
    }
}
