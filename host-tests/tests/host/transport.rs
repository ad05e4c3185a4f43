//! What a run does on the wire, and what it says when the wire or the other side fails: the real component in the real
//! host against a scripted server.
//!
//! Everything that a visitor could have typed, the token and what the server says of them contain the word "canary",
//! and every outcome is searched for it: see [`kept_secret`].

mod border;
mod failed_lookup;
mod failed_write;
mod refused_write;
mod requests;

use std::fmt::Debug;
use std::sync::OnceLock;

use host_tests::host::{Egress, Finding, Host, HttpClient, RunPreview, Session};
use host_tests::simulator::{Org, Simulator};
use host_tests::{COMPONENT, json as answers};
use serde_json::{Value, json};

use crate::scripted::{Recorded, Reply, Script, composite, created, refusal, rows};

const DOMAIN: &str = "example.my.salesforce.com";
const TOKEN: &str = "00DHn000000canary!AQEAQ.secret_token-1";
/// A Contact found or created by its e-mail, and a Case linked to it whose number is read back.
const SUPPORT: &str = include_str!("../../examples/support.json");
const CONTACT: &str = "003000000000001AAA";
const CASE: &str = "500000000000001AAA";

type Ran = Result<Value, Vec<Finding>>;

/// Compiled once: a host is meant to be shared, and compiling takes most of a second.
fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| Host::new(COMPONENT).expect("the component loads"))
}

fn session() -> Session {
    Session { instance_url: format!("https://{DOMAIN}"), access_token: TOKEN.to_owned() }
}

/// The way to the deployment domain, with connections of its own.
fn egress_to(url: &str) -> Egress {
    let client = HttpClient::new().expect("certificates of the system");
    Egress::Domain { domain: DOMAIN.to_owned(), client: client.routed_to(url).expect("an address") }
}

fn variables() -> Value {
    json!({
        "customer_email": "canary.visitor@example.com",
        "customer_lastname": "O'Canary \u{1F426}",
        "request_topic": "Canary repair",
        "request_product": "canary cage",
        "request_description": "The canary\nflew away: \"https://canary.example/?q=1&r=ä\"",
    })
}

/// No answer may repeat a secret or a value.
fn kept_secret<T: Debug>(answer: T) -> T {
    let text = format!("{answer:?}").to_lowercase();
    assert!(!text.contains("canary"), "a secret got out: {text}");
    answer
}

async fn run_with(egress: Egress, session: &Session, settings: &str, variables: &Value) -> Ran {
    let ran = host().run(egress, session, settings, &variables.to_string()).await;
    let ran = ran.expect("no trap and no time-out of the host");
    kept_secret(&ran);
    ran.map(|outcome| answers::outcome(&outcome))
}

async fn run_to(url: &str, settings: &str, variables: &Value) -> Value {
    let ran = run_with(egress_to(url), &session(), settings, variables).await;
    ran.expect("good settings, variables and session")
}

async fn run(script: &Script) -> Value {
    run_to(&script.url(), SUPPORT, &variables()).await
}

fn error(outcome: &Value, record: usize) -> (&str, &str) {
    let error = &outcome["records"][record]["error"];
    (error["code"].as_str().unwrap_or_default(), error["retry"].as_str().unwrap_or_default())
}

fn results(outcome: &Value) -> Vec<&str> {
    let records = outcome["records"].as_array().expect("a list");
    records.iter().map(|record| record["result"].as_str().unwrap_or_default()).collect()
}

/// The answer to the lookup: nobody has this e-mail address.
fn nobody() -> Reply {
    Reply::json(200, &composite(&[("find_Contact", 200, rows(&[]))]))
}

fn somebody() -> Reply {
    let contact = json!({ "Id": CONTACT, "Email": "canary.visitor@example.com", "LastName": "Canary-Before" });
    Reply::json(200, &composite(&[("find_Contact", 200, rows(&[contact]))]))
}

/// The answer to the write: both records exist now.
fn both_written() -> Value {
    composite(&[
        ("write_Contact", 201, created(CONTACT)),
        ("write_Case", 201, created(CASE)),
        ("read_Case", 200, json!({ "Id": CASE, "CaseNumber": "00001026" })),
    ])
}

/// An error body that repeats what it was sent, as Salesforce's do.
fn indiscreet(code: &str) -> Value {
    refusal(code, &format!("canary.visitor@example.com and Bearer {TOKEN} are wrong"))
}

// ---- What a request looks like ----

/// The answer to the lookup, and how the run ends: its status, and the result, code and advice of the Contact.
async fn a_failed_lookup_ends(reply: Reply, status: &str, [result, code, retry]: [&str; 3]) -> Value {
    let script = Script::repeating([reply]);
    let outcome = run(&script).await;
    assert_nothing_written(&outcome, status, [result, code, retry]);
    // What time may heal is tried three times, and nothing else is sent.
    let attempts = if (status, retry) == ("failed", "later") { 3 } else { 1 };
    let requests = script.requests();
    assert_eq!((requests.len(), &outcome["requests"]), (attempts, &json!(attempts)));
    assert!(requests.iter().all(|request| request.is_lookup() && request.body == requests[0].body));
    outcome
}

fn assert_nothing_written(outcome: &Value, status: &str, [result, code, retry]: [&str; 3]) {
    assert_eq!(outcome["status"], status, "{outcome:#}");
    assert_eq!(results(outcome), [result, "skipped"], "{outcome:#}");
    assert_eq!(error(outcome, 0), (code, retry));
    assert_eq!(outcome["variables"], json!({}));
    if status == "failed" {
        // Running again helps the other record when it helps the one that failed.
        assert_eq!(error(outcome, 1), ("NOT_WRITTEN", retry));
    }
}

/// The lookup found nobody; then this. Both records end with the same result, code and advice.
async fn a_failed_write_ends(reply: Reply, status: &str, [result, code, retry]: [&str; 3]) -> Value {
    let script = Script::start([nobody(), reply, nobody()]);
    let outcome = run(&script).await;
    assert_eq!(outcome["status"], status, "{outcome:#}");
    assert_eq!(results(&outcome), [result, result], "{outcome:#}");
    for record in [0, 1] {
        assert_eq!(error(&outcome, record), (code, retry));
    }
    assert_eq!(outcome["variables"], json!({}));
    let lookups: Vec<bool> = script.requests().iter().map(Recorded::is_lookup).collect();
    // Where the answer is lost, the Contact is looked for: nobody is there yet, and nothing is sent again.
    let expected = if result == "unknown" { vec![true, false, true] } else { vec![true, false] };
    assert_eq!(lookups, expected, "a write is sent once");
    assert_eq!(outcome["requests"], expected.len());
    outcome
}

/// The lookup found nobody, and the three subrequests of the write were answered so.
async fn refused_write(contact: (u16, Value), case: (u16, Value), read: (u16, Value)) -> Value {
    let answers =
        [("write_Contact", contact.0, contact.1), ("write_Case", case.0, case.1), ("read_Case", read.0, read.1)];
    let script = Script::start([nobody(), Reply::json(200, &composite(&answers))]);
    let outcome = run(&script).await;
    assert_eq!(outcome["status"], "failed");
    assert_eq!(script.requests().len(), 2);
    outcome
}

fn halted() -> (u16, Value) {
    (400, indiscreet("PROCESSING_HALTED"))
}
