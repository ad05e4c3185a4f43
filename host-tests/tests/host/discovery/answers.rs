//! What an org can answer instead: the list is empty, and the status says why.

use serde_json::{Value, json};

use crate::discovery::questions::{fields, fields_over, names, objects, objects_over};
use crate::org::{egress_to, session};
use crate::scripted::{Reply, Script, composite, refusal};

/// The answer to `objects`, and how many requests it took.
async fn after(replies: Vec<Reply>) -> (Value, usize) {
    let script = Script::repeating(replies);
    let answer = objects_over(egress_to(&script.url()), &session("canary"), &objects("")).await.expect("asked");
    let sent = script.requests().len();
    assert_eq!(answer["requests"], sent);
    (answer, sent)
}

/// No list, for this reason.
async fn unanswered(reply: Reply, status: &str, code: &str, requests: usize) -> Value {
    let (answer, sent) = after(vec![reply]).await;
    assert_eq!((answer["status"].as_str(), sent), (Some(status), requests), "{answer:#}");
    assert_eq!((&answer["objects"], &answer["total"], &answer["more"]), (&json!([]), &json!(0), &json!(false)));
    let [finding] = answer["findings"].as_array().expect("a list").as_slice() else { panic!("{answer:#}") };
    assert_eq!((&finding["code"], &finding["severity"]), (&json!(code), &json!("error")));
    answer
}

fn list() -> Value {
    json!({ "sobjects": [{ "name": "Contact", "label": "Kontakt", "createable": true }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_session_is_to_be_renewed_wherever_it_is_told() {
    let refused = refusal("INVALID_SESSION_ID", "canary: Session expired or invalid");
    unanswered(Reply::json(401, &refused), "session-expired", "session-expired", 1).await;
    let part = composite(&[("ask_0", 401, refused)]);
    unanswered(Reply::json(200, &part), "session-expired", "session-expired", 1).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_used_up_limit_defers() {
    let refused = Reply::json(403, &refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded, canary."));
    let answer = unanswered(refused.header("Retry-After", "120"), "deferred", "request-limit", 1).await;
    assert_eq!(answer["retryAfterSeconds"], 120);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_time_may_heal_is_asked_again() {
    let good = Reply::json(200, &composite(&[("ask_0", 200, list())]));
    let (answer, sent) = after(vec![Reply::html(503), Reply::Close, good]).await;
    assert_eq!((names(&answer, "objects"), sent), (vec!["Contact"], 3));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_none_is_not_taken_for_an_org_without_objects() {
    let good = composite(&[("ask_0", 200, list())]);
    for reply in [
        Reply::html(200),
        Reply::html(503),
        Reply::cut(&good),
        Reply::json(200, &json!({})),
        Reply::json(200, &composite(&[])),
        Reply::json(200, &composite(&[("another", 200, list())])),
        Reply::json(200, &composite(&[("ask_0", 200, json!({ "sobjects": {} }))])),
        Reply::json(200, &composite(&[("ask_0", 503, refusal("SERVER_UNAVAILABLE", "canary"))])),
    ] {
        unanswered(reply, "failed", "org-not-described", 3).await;
    }
    let forbidden = composite(&[("ask_0", 403, refusal("API_DISABLED_FOR_ORG", "canary"))]);
    unanswered(Reply::json(200, &forbidden), "failed", "org-not-described", 1).await;
    unanswered(Reply::Endless, "failed", "org-not-described", 1).await;
}

/// Only a 404 says that there is no such object; and where nobody can tell which one was meant, it still says so.
#[tokio::test(flavor = "multi_thread")]
async fn an_unknown_object_stays_one_when_no_name_can_be_suggested() {
    let ask = async |replies: Vec<Reply>| {
        let script = Script::repeating(replies);
        fields_over(egress_to(&script.url()), &session("canary"), &fields("Contcat", "")).await.expect("asked")
    };
    let unknown = Reply::json(200, &composite(&[("ask_0", 404, refusal("NOT_FOUND", "canary"))]));
    let forbidden = Reply::json(200, &composite(&[("ask_0", 403, refusal("INSUFFICIENT_ACCESS", "canary"))]));
    let answer = ask(vec![unknown.clone(), forbidden.clone()]).await;
    assert_eq!((&answer["findings"][0]["code"], &answer["requests"]), (&json!("unknown-object"), &json!(2)));
    let expired = Reply::json(401, &refusal("INVALID_SESSION_ID", "canary"));
    assert_eq!(ask(vec![unknown, expired]).await["status"], "session-expired");
    let answer = ask(vec![forbidden]).await;
    assert_eq!((&answer["status"], &answer["findings"][0]["code"]), (&json!("failed"), &json!("org-not-described")));
}

/// Entries that cannot be what they should be are left out, not passed on to a form.
#[tokio::test(flavor = "multi_thread")]
async fn what_no_object_can_be_called_is_left_out() {
    let entry = |name: Value| json!({ "name": name, "label": "x", "createable": true });
    let hidden = json!({ "name": "Old__c", "label": "x", "createable": true, "deprecatedAndHidden": true });
    let entries = [entry(json!("A b")), entry(json!(null)), json!("text"), json!([]), hidden, entry(json!("Good__c"))];
    let (answer, _) =
        after(vec![Reply::json(200, &composite(&[("ask_0", 200, json!({ "sobjects": entries }))]))]).await;
    assert_eq!((names(&answer, "objects"), &answer["total"]), (vec!["Good__c"], &json!(1)));
}
