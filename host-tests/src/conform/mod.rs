//! Whether a host runs the component as the reference host does, whatever language it is written in.
//!
//! The host under test is a *driver*: a program that takes calls as lines of JSON on stdin, carries them out by the host's own
//! means, and answers each with a line on stdout. `hosts/conformance/README.md` describes the lines. What a driver answers is
//! compared with the golden scenarios, and with the reference host where something goes wrong on the way.

mod border;
mod calls;
mod driver;
mod faults;
mod handover;
mod scenarios;
pub mod script;

use std::path::Path;
use std::sync::Arc;

use futures_util::StreamExt as _;
use futures_util::future::BoxFuture;
use serde_json::Value;

pub use driver::{Answered, Call, Driver};

use crate::host::Host;

/// The deployment domain of all checks, and a token that no output may hold.
const DOMAIN: &str = "example.my.salesforce.com";
const TOKEN: &str = "00D000000000001!conformance";

/// Checks that are under way at the same time.
const AT_ONCE: usize = 8;

/// What is asked of a host, and what came of it.
pub struct Check {
    pub name: String,
    /// What differs, where it fails.
    pub result: Result<(), String>,
}

/// A check that is not begun.
struct Pending<'a> {
    name: String,
    run: BoxFuture<'a, Result<(), String>>,
}

impl<'a> Pending<'a> {
    fn new(name: impl Into<String>, run: impl Future<Output = Result<(), String>> + Send + 'a) -> Self {
        Self { name: name.into(), run: Box::pin(run) }
    }

    async fn run(self) -> Check {
        Check { name: self.name, result: self.run.await }
    }
}

/// Carries out the checks whose name holds `only`, and tells each as it ends. The last one ends the driver.
pub async fn check(
    driver: Driver,
    host: Arc<Host>,
    folder: &Path,
    only: Option<&str>,
    mut tell: impl FnMut(&Check),
) -> anyhow::Result<Vec<Check>> {
    let mut checks = Vec::new();
    {
        let mut pending = scenarios::checks(&driver, folder)?;
        pending.extend(faults::checks(&driver, &host));
        pending.extend(calls::checks(&driver, &host));
        pending.extend(border::checks(&driver));
        pending.extend(handover::checks(&driver, &host));
        let wanted = pending.into_iter().filter(|check| only.is_none_or(|only| check.name.contains(only)));
        let mut running = futures_util::stream::iter(wanted.map(Pending::run)).buffer_unordered(AT_ONCE);
        while let Some(check) = running.next().await {
            tell(&check);
            checks.push(check);
        }
    }
    let secret = driver.has_said(TOKEN);
    for (name, result) in [
        ("ends with exit code 0 when stdin ends", driver.end().await),
        (
            "no output holds the access token",
            if secret { Err("the token is in the output".to_owned()) } else { Ok(()) },
        ),
    ] {
        let check = Check { name: format!("driver: {name}"), result };
        tell(&check);
        checks.push(check);
    }
    Ok(checks)
}

/// The answer, where the call came to one.
fn answer(answered: Answered) -> Result<Value, String> {
    match answered {
        Answered::Answer(answer) => Ok(answer),
        other => Err(format!("an answer was expected, and not {other}")),
    }
}

/// Both as they are, without what no two calls have alike.
fn alike(actual: Value, expected: Value) -> Result<(), String> {
    let (actual, expected) = (comparable(actual), comparable(expected));
    if actual == expected {
        return Ok(());
    }
    Err(difference("", &expected, &actual).unwrap_or_default())
}

fn comparable(mut answer: Value) -> Value {
    if let Some(call) = answer.pointer_mut("/log/call").and_then(Value::as_object_mut) {
        call.remove("milliseconds");
    }
    answer
}

/// Where two documents differ first.
fn difference(at: &str, expected: &Value, actual: &Value) -> Option<String> {
    match (expected, actual) {
        (Value::Object(a), Value::Object(b)) => {
            let names = a.keys().chain(b.keys().filter(|name| !a.contains_key(*name)));
            let null = Value::Null;
            names.filter(|name| a.get(*name) != b.get(*name)).find_map(|name| match (a.get(name), b.get(name)) {
                (Some(_), None) => Some(format!("{at}/{name} is missing")),
                (None, Some(_)) => Some(format!("{at}/{name} is not expected")),
                (a, b) => difference(&format!("{at}/{name}"), a.unwrap_or(&null), b.unwrap_or(&null)),
            })
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = a.iter().zip(b).enumerate();
            pairs.find(|(_, (a, b))| a != b).and_then(|(index, (a, b))| difference(&format!("{at}/{index}"), a, b))
        }
        _ => Some(format!("{at}: expected {expected}, got {actual}")),
    }
}
