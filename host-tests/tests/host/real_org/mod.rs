//! The scenarios that matter most, end to end: the component in the reference host, against a real org.
//!
//! ```sh
//! cargo test -p host-tests --test host real_org -- --ignored --nocapture
//! ```
//!
//! with `SALESFORCE_DOMAIN` and `SALESFORCE_ACCESS_TOKEN` of a sandbox or a Developer Edition org. `SALESFORCE_ROUTE` sends
//! what is meant for that domain to another address, as `chat-host --route` does: to a simulator, or a proxy.
//!
//! The run touches its own records only. Each of them carries a marker, made anew for each run, in its LastName or Subject;
//! what carries it is deleted in the end, also after a failure, and nothing else. That this holds, and that the scenarios
//! can fail, is what the tests that are not ignored try out, with a simulator in the org's place.

mod against_simulator;
mod clean;
mod module;
mod rest;
mod scenarios;

use std::process::ExitCode;

use self::clean::Clean;
use self::module::Module;
use self::rest::Rest;

/// The org that the environment names.
#[derive(Clone)]
struct Target {
    domain: String,
    access_token: String,
    route: Option<String>,
}

impl Target {
    fn of_environment() -> Result<Self, String> {
        let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
        let needed = |name, what| variable(name).ok_or_else(|| format!("{name} is not set: it must hold {what}."));
        Ok(Self {
            domain: needed("SALESFORCE_DOMAIN", "the org's My Domain host, such as example.my.salesforce.com")?,
            access_token: needed("SALESFORCE_ACCESS_TOKEN", "an access token of that org's integration user")?,
            route: variable("SALESFORCE_ROUTE"),
        })
    }
}

#[tokio::test(flavor = "multi_thread")]
#[ignore = "writes to the org that SALESFORCE_DOMAIN names"]
async fn scenarios_against_a_real_org() -> ExitCode {
    let target = match Target::of_environment() {
        Ok(target) => target,
        Err(missing) => {
            eprintln!("Nothing was sent. {missing}");
            return ExitCode::FAILURE;
        }
    };
    let rest = Rest::new(&target);
    let clean = Clean::new();
    println!("marker of this run's records: {}", clean.marker());
    let mut failed = 0;
    for (name, scenario) in scenarios::ALL {
        let org = scenarios::Org { rest: rest.clone(), module: Module::new(&target), clean: clean.clone() };
        // A task of its own: whatever it panics of, what it wrote is deleted below.
        match tokio::spawn(scenario(org)).await {
            Ok(()) => println!("ok      {name}"),
            Err(error) => {
                println!("FAILED  {name}: {error}");
                failed += 1;
            }
        }
    }
    match clean.up(&rest).await {
        Ok(deleted) => println!("deleted {deleted} records"),
        Err(error) => {
            println!("NOT CLEAN: {error}. Look for the marker in LastName of Contacts and in Subject of Cases.");
            failed += 1;
        }
    }
    if failed == 0 { ExitCode::SUCCESS } else { ExitCode::FAILURE }
}
