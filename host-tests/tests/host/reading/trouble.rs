//! What goes wrong on the way: as with the lookup of a write, in the words of a read, and without variables.

use std::sync::{Arc, Mutex};

use serde_json::{Value, json};

use crate::org::{DOMAIN, egress_to, error, host, kept_secret, results, session};
use crate::reading::people::{anna, by_email, listed};
use crate::scripted::{Reply, Script, composite, refusal, rows};

async fn run_against(replies: Vec<Reply>, settings: &Value) -> (Value, usize) {
    let script = Script::repeating(replies);
    let variables = json!({ "mail": "canary@example.com" }).to_string();
    let ran = host().run(egress_to(&script.url()), &session("00D!canary"), &settings.to_string(), &variables).await;
    let outcome = ran.expect("no trap").expect("good input");
    let asked = script.requests().len();
    (host_tests::json::outcome(&kept_secret(outcome)), asked)
}

fn found(records: &[Value]) -> Reply {
    Reply::json(200, &composite(&[("find_Contact", 200, rows(records))]))
}

fn contact(number: usize) -> Value {
    json!({ "attributes": { "type": "Contact" }, "Id": format!("003{number:012}AAA"), "LastName": "Berg" })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_session_and_a_used_up_limit_end_as_in_a_write() {
    let expired = Reply::json(401, &refusal("INVALID_SESSION_ID", "canary"));
    let (expired, asked) = run_against(vec![expired], &by_email(json!({}))).await;
    assert_eq!((expired["status"].as_str(), results(&expired), asked), (Some("session-expired"), vec!["skipped"], 1));
    let limit = Reply::json(403, &refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."))
        .header("Retry-After", "120");
    let (deferred, asked) = run_against(vec![limit], &by_email(json!({}))).await;
    assert_eq!(
        (deferred["status"].as_str(), &deferred["retryAfterSeconds"], asked),
        (Some("deferred"), &json!(120), 1)
    );
    for outcome in [expired, deferred] {
        assert_eq!(outcome["variables"], json!({}));
        let visitor = &outcome["records"][0]["error"]["texts"]["en"]["visitor"];
        assert_eq!(visitor, "That could not be looked up just now. Please try again in a few minutes.");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_time_may_heal_is_asked_again_and_then_given_up() {
    let (outcome, asked) = run_against(vec![Reply::html(503)], &by_email(json!({}))).await;
    assert_eq!((outcome["status"].as_str(), error(&outcome, 0), asked), (Some("failed"), "HTTP_503", 3));
    assert_eq!((&outcome["records"][0]["error"]["retry"], &outcome["variables"]), (&json!("later"), &json!({})));
    let script = Script::start(vec![Reply::html(503), Reply::Close, found(&[contact(1)])]);
    let settings = by_email(json!({})).to_string();
    let ran = host().run(egress_to(&script.url()), &session("token"), &settings, &anna().to_string()).await;
    let outcome = host_tests::json::outcome(&ran.expect("no trap").expect("good input"));
    assert_eq!((results(&outcome), &outcome["requests"]), (vec!["found"], &json!(3)));
}

/// One refused query, and the other record was found: neither is handed over.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_another_one_stopped_says_that_it_was_not_read() {
    let rows_of = |name: &str| {
        [
            crate::org::key("mail", &format!("{name}.Email")),
            crate::reading::people::target(&format!("{name}.LastName"), name),
        ]
    };
    let [a, b] = rows_of("Contact");
    let [c, d] = rows_of("Lead");
    let settings = crate::reading::people::reads([a, b, c, d], json!({}));
    let reply = composite(&[
        ("find_Contact", 200, rows(&[contact(1)])),
        ("find_Lead", 400, refusal("INVALID_TYPE", "sObject type 'canary'")),
    ]);
    let (outcome, _) = run_against(vec![Reply::json(200, &reply)], &settings).await;
    assert_eq!((outcome["status"].as_str(), results(&outcome)), (Some("failed"), vec!["skipped", "failed"]));
    assert_eq!((error(&outcome, 0), error(&outcome, 1)), ("NOT_READ", "INVALID_TYPE"));
    assert_eq!(outcome["findings"][0]["code"], "prepare-again");
}

/// The bound is told in words that an author can do something about, and nothing is asked twice.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_more_than_fits_is_too_large_in_bytes_and_in_values() {
    let fat = |text: usize| with_text(contact(1), text);
    let values: Vec<Value> = (0..20_000).map(contact).collect();
    // Of the whole answer, of its values, and of what would be handed over.
    for replies in [found(&[fat(5 << 20)]), found(&values), found(&[fat(3 << 20)])] {
        let (outcome, asked) = run_against(vec![replies], &listed(200)).await;
        assert_eq!((outcome["status"].as_str(), error(&outcome, 0), asked), (Some("failed"), "ANSWER_TOO_LARGE", 1));
        let texts = &outcome["records"][0]["error"]["texts"];
        assert!(texts["en"]["administrator"].as_str().is_some_and(|text| text.contains("`limit`")), "{texts:#}");
        assert!(texts["de"]["administrator"].as_str().is_some_and(|text| text.contains("Senken Sie")), "{texts:#}");
        assert_eq!((&outcome["records"][0]["error"]["retry"], &outcome["variables"]), (&json!("never"), &json!({})));
    }
}

fn with_text(mut contact: Value, length: usize) -> Value {
    contact["LastName"] = "x".repeat(length).into();
    contact
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_goes_to_the_deployment_domain_and_nowhere_else() {
    let urls = Arc::new(Mutex::new(Vec::new()));
    let seen = Arc::clone(&urls);
    let border = crate::border::Border::new(move |request: crate::border::Crossing| {
        seen.lock().expect("no panic").push((request.method, request.url));
        Ok((200, composite(&[("find_Contact", 200, rows(&[contact(1)]))]).to_string().into_bytes()))
    });
    let settings = by_email(json!({})).to_string();
    let ran = host().run(border, &session("token"), &settings, &anna().to_string()).await;
    assert_eq!(results(&host_tests::json::outcome(&ran.expect("no trap").expect("good input"))), ["found"]);
    let expected = ("POST".to_owned(), format!("https://{DOMAIN}/services/data/v62.0/composite"));
    assert_eq!(*urls.lock().expect("no panic"), [expected]);
}
