//! What an org can answer instead: `prepare` says so, and gives no settings.

use serde_json::{Value, json};

use crate::org::{Preparation, codes, kept_secret, map, prepare_at, says, settings};
use crate::scripted::{Reply, Script, composite, refusal, rows};

const TOKEN: &str = "00D!canary.token";

async fn prepare(replies: Vec<Reply>) -> (Preparation, usize) {
    let script = Script::repeating(replies);
    let contact = settings([map("name", "Contact.LastName")], json!({}));
    let prepared = prepare_at(&script.url(), TOKEN, &contact.to_string()).await;
    kept_secret(&prepared.answer);
    let sent = script.requests().len();
    assert_eq!(prepared.requests(), sent as u64);
    (prepared, sent)
}

/// No settings, for this reason: after one request, or after three where another moment may bring an answer.
async fn unprepared(reply: Reply, status: &str, code: &str) -> Value {
    let (prepared, sent) = prepare(vec![reply]).await;
    let later =
        prepared.answer["findings"][0]["remedy"].as_str().is_some_and(|remedy| remedy.contains("or check the way"));
    let attempts = if later { 3 } else { 1 };
    assert_eq!((prepared.status(), sent), (status, attempts), "{:#}", prepared.answer);
    assert!(prepared.settings.is_none());
    assert_eq!(codes(&prepared.answer), [code]);
    assert_eq!(prepared.answer["findings"][0]["severity"], "error");
    prepared.answer
}

fn permission() -> (&'static str, u16, Value) {
    ("ask_0", 200, rows(&[json!({ "PermissionsViewAllData": false })]))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_session_is_to_be_renewed() {
    let refused = refusal("INVALID_SESSION_ID", "canary: Session expired or invalid");
    let answer = unprepared(Reply::json(401, &refused), "session-expired", "session-expired").await;
    says(&answer["findings"][0], &["INVALID_SESSION_ID"], &["Renew the access token"]);
}

/// A session can end between the two parts of one request.
#[tokio::test(flavor = "multi_thread")]
async fn an_expired_session_in_a_part_of_the_answer_is_one() {
    let refused = refusal("INVALID_SESSION_ID", "canary");
    let reply = Reply::json(200, &composite(&[permission(), ("ask_1", 401, refused)]));
    unprepared(reply, "session-expired", "session-expired").await;
}

/// Of a blocked user or app: a new token would be refused as well.
#[tokio::test(flavor = "multi_thread")]
async fn another_401_is_no_expired_session() {
    let refused = refusal("INVALID_AUTH_HEADER", "canary");
    unprepared(Reply::json(401, &refused), "failed", "org-not-described").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_up_limit_defers() {
    let refused = refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded, canary.");
    let reply = Reply::json(403, &refused).header("Retry-After", "120");
    let answer = unprepared(reply, "deferred", "request-limit").await;
    assert_eq!(answer["retryAfterSeconds"], 120);
    let answer = unprepared(Reply::json(403, &refused), "deferred", "request-limit").await;
    assert_eq!(answer["retryAfterSeconds"], 900);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_page_for_people_is_no_answer() {
    for status in [200, 404, 503] {
        let answer = unprepared(Reply::html(status), "failed", "org-not-described").await;
        assert_eq!(answer["retryAfterSeconds"], Value::Null);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_cut_off_is_none() {
    let good = composite(&[permission(), ("ask_1", 200, json!({ "name": "Contact", "fields": [] }))]);
    unprepared(Reply::cut(&good), "failed", "org-not-described").await;
    unprepared(Reply::Close, "failed", "org-not-described").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_lacks_a_part_is_none() {
    unprepared(Reply::json(200, &composite(&[permission()])), "failed", "org-not-described").await;
    unprepared(Reply::json(200, &json!({})), "failed", "org-not-described").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_describe_that_is_none_is_not_taken_for_an_object_without_fields() {
    for body in [json!(null), json!({}), json!({ "name": "Contact" }), json!({ "fields": [] }), json!("canary")] {
        let reply = Reply::json(200, &composite(&[permission(), ("ask_1", 200, body)]));
        unprepared(reply, "failed", "org-not-described").await;
    }
}

/// Only a 404 says that there is no such object.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_describe_is_not_taken_for_an_unknown_object() {
    for (status, code, remedy) in [
        (403, "INSUFFICIENT_ACCESS", "`prepare` again"),
        (500, "UNKNOWN_EXCEPTION", "again later"),
        (503, "SERVER_UNAVAILABLE", "again later"),
    ] {
        let reply = Reply::json(200, &composite(&[permission(), ("ask_1", status, refusal(code, "canary"))]));
        let answer = unprepared(reply, "failed", "org-not-described").await;
        says(&answer["findings"][0], &[code], &[remedy]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_org_that_cannot_be_reached_is_told() {
    let contact = settings([map("name", "Contact.LastName")], json!({}));
    // Nothing listens there, and no other test is given the port.
    let prepared = prepare_at("http://127.0.0.1:1", TOKEN, &contact.to_string()).await;
    assert_eq!((prepared.status(), &prepared.settings), ("failed", &None));
}

/// Describes of real orgs can be too much for one answer; then fewer are asked for at a time.
#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_too_large_is_asked_for_in_parts() {
    let contact = json!({ "name": "Contact", "createable": true, "fields": [{ "name": "LastName", "type": "string", "createable": true }] });
    let case = json!({ "name": "Ticket__c", "createable": true, "fields": [{ "name": "Subject__c", "type": "string", "createable": true }] });
    let script = Script::start([
        Reply::Endless,
        // At four, both still fit one request: it is the number that is halved.
        Reply::Endless,
        Reply::Endless,
        Reply::json(200, &composite(&[permission(), ("ask_1", 200, contact)])),
        Reply::json(200, &composite(&[("ask_0", 200, case)])),
    ]);
    let both = settings([map("name", "Contact.LastName"), map("s", "Ticket__c.Subject__c")], json!({}));
    let prepared = prepare_at(&script.url(), TOKEN, &both.to_string()).await;
    assert_eq!((prepared.status(), prepared.requests()), ("done", 6), "{:#}", prepared.answer);
}

#[tokio::test(flavor = "multi_thread")]
async fn one_describe_that_is_too_large_is_told() {
    let script = Script::start((0..9).map(|_| Reply::Endless));
    let contact = settings([map("name", "Contact.LastName")], json!({}));
    let prepared = prepare_at(&script.url(), TOKEN, &contact.to_string()).await;
    assert_eq!((prepared.status(), &prepared.settings), ("failed", &None));
    assert_eq!(prepared.requests(), 4, "eight, four, two, one");
}

/// A user who may not read that table may still write; then the safe way is taken.
#[tokio::test(flavor = "multi_thread")]
async fn a_permission_that_is_not_told_counts_as_missing() {
    let contact = json!({ "name": "Contact", "createable": true, "fields": [{ "name": "LastName", "type": "string", "createable": true }] });
    for permission in [
        ("ask_0", 400, refusal("INVALID_TYPE", "sObject type 'UserPermissionAccess' is not supported.")),
        ("ask_0", 200, rows(&[])),
        ("ask_0", 200, rows(&[json!({ "PermissionsViewAllData": null })])),
    ] {
        let reply = Reply::json(200, &composite(&[permission, ("ask_1", 200, contact.clone())]));
        let (prepared, _) = prepare(vec![reply]).await;
        assert_eq!((prepared.status(), &prepared.schema()["viewAllData"]), ("done", &json!(false)));
    }
}
