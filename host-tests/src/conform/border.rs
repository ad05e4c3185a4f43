//! What a host must not let through, and how it ends a call.

use std::time::{Duration, Instant};

use serde_json::{Value, json};

use super::script::Script;
use super::{Answered, Call, DOMAIN, Driver, Pending, TOKEN, alike, answer};
use crate::simulator::fault::{Fault, Scripted, What};
use crate::simulator::{Org, Simulator};

/// Calls of the check of many at once.
const MANY: usize = 20;
/// More than an instance has, in bytes.
const TOO_LARGE: usize = 40 << 20;

pub(super) fn checks(driver: &Driver) -> Vec<Pending<'_>> {
    vec![
        Pending::new("border: a redirect is not followed", redirected(driver)),
        Pending::new("border: an aborted call ends at once, and the next one is answered", aborted(driver)),
        Pending::new("border: a trap is a failure, and the next call is answered", trapped(driver)),
        Pending::new("border: calls at the same time have answers of their own", at_once(driver)),
        Pending::new("border: a body has its length and is not chunked", with_length(driver)),
    ]
}

fn arguments(token: &str, email: &str) -> Value {
    let row = |variable: &str, field: &str, key: bool| json!({ "source": { "variable": variable }, "object": "Contact", "field": field, "useToFindExisting": key });
    let settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [row("email", "Email", true), row("last_name", "LastName", false)],
    });
    json!({
        "session": { "domain": DOMAIN, "accessToken": token },
        "settings": settings.to_string(),
        "variables": json!({ "email": email, "last_name": "Berg" }).to_string(),
        "correlation": null,
    })
}

fn run(arguments: Value, route: String) -> Call {
    Call { function: "run", arguments, route: Some(route), abort_after: None }
}

async fn redirected(driver: &Driver) -> Result<(), String> {
    let elsewhere = Script::start(&[]).await.map_err(|error| error.to_string())?;
    let to = format!("{}/services/data/v62.0/composite", elsewhere.url());
    let answers = [302, 307].map(|status| json!({ "status": status, "text": "", "headers": { "location": to } }));
    for redirect in answers {
        let script = Script::start(std::slice::from_ref(&redirect)).await.map_err(|error| error.to_string())?;
        let outcome = answer(driver.call(run(arguments(TOKEN, "a@example.com"), script.url().to_owned())).await?)?;
        let told = json!([outcome["status"], outcome["records"][0]["error"]["code"], script.requests().len()]);
        alike(told, json!(["failed", format!("HTTP_{}", redirect["status"]), 1]))?;
    }
    alike(json!(elsewhere.requests().len()), 0.into()).map_err(|_| "the other address got a request".to_owned())
}

async fn aborted(driver: &Driver) -> Result<(), String> {
    let mut org = Org::new();
    let fault = Fault { processed: false, what: What::Silence };
    org.script_fault(Scripted { request: 1, and_after: false, fault });
    let token = org.access_token().to_owned();
    let simulator = Simulator::start(org, 0).await.map_err(|error| error.to_string())?;
    let begun = Instant::now();
    let call = run(arguments(&token, "a@example.com"), simulator.url());
    match driver.call(Call { abort_after: Some(300), ..call }).await? {
        Answered::Failure { code, .. } if code == "aborted" => {}
        other => return Err(format!("a failure `aborted` was expected, and not {other}")),
    }
    // A run without an abort ends after its deadline of 20 seconds.
    if begun.elapsed() > Duration::from_secs(15) {
        return Err(format!("the call ended after {} seconds only", begun.elapsed().as_secs()));
    }
    let next = answer(driver.call(run(arguments(&token, "a@example.com"), simulator.url())).await?)?;
    alike(next["records"][0]["result"].clone(), "created".into())
}

async fn trapped(driver: &Driver) -> Result<(), String> {
    let mut large = arguments(TOKEN, "a@example.com");
    large["settings"] = " ".repeat(TOO_LARGE).into();
    let plan = |arguments| Call { function: "plan", arguments, route: None, abort_after: None };
    match driver.call(plan(large)).await? {
        Answered::Failure { code, .. } if code == "trap" => {}
        other => return Err(format!("a failure `trap` was expected, and not {other}")),
    }
    answer(driver.call(plan(arguments(TOKEN, "a@example.com"))).await?).map(drop)
}

async fn at_once(driver: &Driver) -> Result<(), String> {
    let org = Org::new();
    let token = org.access_token().to_owned();
    let simulator = Simulator::start(org, 0).await.map_err(|error| error.to_string())?;
    let calls = (0..MANY).map(|number| {
        let mut arguments = arguments(&token, &format!("v{number}@example.com"));
        arguments["correlation"] = format!("conversation-{number}").into();
        driver.call(run(arguments, simulator.url()))
    });
    for (number, answered) in futures_util::future::join_all(calls).await.into_iter().enumerate() {
        let outcome = answer(answered?)?;
        let told = json!([outcome["correlation"], outcome["records"][0]["result"]]);
        alike(told, json!([format!("conversation-{number}"), "created"]))?;
    }
    alike(simulator.org().records("Contact").len().into(), MANY.into())
}

/// Some servers read a chunked body as an empty one.
async fn with_length(driver: &Driver) -> Result<(), String> {
    let org = Org::new();
    let token = org.access_token().to_owned();
    let simulator = Simulator::start(org, 0).await.map_err(|error| error.to_string())?;
    let mut arguments = arguments(&token, "long@example.com");
    let name = "ä".repeat(80);
    arguments["variables"] = json!({ "email": "long@example.com", "last_name": name }).to_string().into();
    let outcome = answer(driver.call(run(arguments, simulator.url())).await?)?;
    alike(outcome["records"][0]["result"].clone(), "created".into())?;
    let org = simulator.org();
    let chunked =
        org.log().iter().any(|exchange| exchange.request_headers.iter().any(|(name, _)| name == "transfer-encoding"));
    if chunked { Err("a body was chunked".to_owned()) } else { Ok(()) }
}
