//! `salesforce-simulator`: the same as `chat-host simulate`.

use std::process::ExitCode;

use clap::Parser;
use salesforce_simulator::cli::{BadUsage, Simulate};

/// A Salesforce org in memory: docs/simulator.md says what it answers and what it refuses.
#[derive(Parser)]
#[command(version)]
struct Command {
    #[command(flatten)]
    simulate: Simulate,
}

#[tokio::main]
async fn main() -> ExitCode {
    let started = |url: &str, token: &str| {
        anstream::eprintln!("Try it:");
        anstream::eprintln!("  curl -H 'Authorization: Bearer {token}' {url}/services/data/v62.0/sobjects");
    };
    match Command::parse().simulate.run(started).await {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            anstream::eprintln!("{error:#}");
            ExitCode::from(if error.is::<BadUsage>() { 2 } else { 1 })
        }
    }
}
