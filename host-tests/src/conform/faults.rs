//! Whatever goes wrong on the way, the outcome is that of the reference host, and the org holds no record twice.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Call, DOMAIN, Driver, Pending, answer};
use crate::host::{Egress, Host, HttpClient, Session};
use crate::json as answers;
use crate::simulator::fault::{Fault, Scripted};
use crate::simulator::{Org, Simulator};

const VARIABLES: &str = r#"{ "email": "anna@example.com", "last_name": "Berg" }"#;
/// Seconds that a run waits where an answer does not come.
const PATIENCE: u64 = 4;

/// Each fault at the lookup and at the write.
pub(super) fn checks<'a>(driver: &'a Driver, host: &'a Arc<Host>) -> Vec<Pending<'a>> {
    let each = |fault: Fault| {
        [(1, "lookup"), (2, "write")].map(|(request, name)| {
            let scripted = Scripted { request, and_after: false, fault };
            Pending::new(format!("fault: {fault} at the {name}"), holds(driver, host, scripted))
        })
    };
    Fault::all().into_iter().flat_map(each).collect()
}

fn settings(fault: Fault) -> String {
    let row = |variable: &str, field: &str, key: bool| json!({ "source": { "variable": variable }, "object": "Contact", "field": field, "useToFindExisting": key });
    let mut settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [row("email", "Email", true), row("last_name", "LastName", false)],
    });
    if fault.is_slow() {
        settings["deadlineSeconds"] = PATIENCE.into();
    }
    settings.to_string()
}

async fn holds(driver: &Driver, host: &Host, scripted: Scripted) -> Result<(), String> {
    let settings = settings(scripted.fault);
    let (simulator, session) = org(scripted).await.map_err(|error| error.to_string())?;
    let expected = reference(host, &simulator, session, &settings).await.map_err(|error| format!("{error:#}"))?;
    let wanted = simulator.org().records("Contact").len();
    let (simulator, session) = org(scripted).await.map_err(|error| error.to_string())?;
    let arguments = json!({
        "session": { "domain": DOMAIN, "accessToken": session.access_token },
        "settings": settings, "variables": VARIABLES, "correlation": null,
    });
    let call = Call { function: "run", arguments, route: Some(simulator.url()), abort_after: None };
    let outcome = answer(driver.call(call).await?)?;
    let contacts = simulator.org().records("Contact").len();
    // On a busy machine there may be no time left for what is tried again: then both are right, and no record is there twice.
    let ran_out = |outcome: &Value| outcome["records"][0]["error"]["code"] == "TIMEOUT";
    if scripted.fault.is_slow() && (ran_out(&outcome) || ran_out(&expected)) {
        return if contacts <= 1 { Ok(()) } else { Err(format!("the org holds {contacts} Contacts")) };
    }
    match (told(&outcome), told(&expected)) {
        (actual, expected) if actual != expected => Err(format!("expected {expected}, got {actual}")),
        _ if contacts != wanted => Err(format!("the org holds {contacts} Contacts instead of {wanted}")),
        _ => Ok(()),
    }
}

async fn org(scripted: Scripted) -> anyhow::Result<(Simulator, Session)> {
    let mut org = Org::new();
    org.script_fault(scripted);
    let session = Session { instance_url: format!("https://{DOMAIN}"), access_token: org.access_token().to_owned() };
    Ok((Simulator::start(org, 0).await?, session))
}

async fn reference(host: &Host, simulator: &Simulator, session: Session, settings: &str) -> anyhow::Result<Value> {
    let client = HttpClient::new()?.routed_to(&simulator.url())?;
    let egress = Egress::Domain { domain: DOMAIN.to_owned(), client };
    let outcome = host.run(egress, &session, settings, VARIABLES).await?;
    let outcome = outcome.map_err(|findings| anyhow::anyhow!("not run: {}", answers::findings(&findings)))?;
    Ok(answers::outcome(&outcome))
}

/// What a flow goes by. The words of an error may differ with the host's HTTP, and a repetition in time.
fn told(outcome: &Value) -> Value {
    let record = &outcome["records"][0];
    json!({
        "status": outcome["status"],
        "result": record["result"],
        "code": record["error"]["code"],
        "retry": record["error"]["retry"],
        "requests": outcome["requests"],
    })
}
