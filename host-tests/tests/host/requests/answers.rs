//! What is made of an answer, whatever it is.

use serde_json::{Value, json};

use crate::org::{egress_to, host, kept_secret, session};
use crate::requests::{request, write};
use crate::scripted::{Reply, Script, refusal};

/// The outcome of a run that meets these replies, and how many requests it took.
async fn after(settings: &Value, replies: Vec<Reply>) -> Value {
    let script = Script::repeating(replies);
    let variables = json!({ "id": "canary" }).to_string();
    let ran = host().run(egress_to(&script.url()), &session("canary"), &settings.to_string(), &variables).await;
    let outcome = host_tests::json::outcome(&kept_secret(ran.expect("no trap")).expect("good input"));
    assert_eq!(outcome["requests"], script.requests().len());
    outcome
}

fn get() -> Value {
    request(json!({ "path": "/services/data/v62.0/sobjects/Contact/{id}", "store": { "": "all" } }))
}

fn post(path: &str) -> Value {
    crate::org::with(write("POST", path, json!({ "LastName": "{id}" })), json!({ "store": { "": "all" } }))
}

fn is(outcome: &Value, status: &str, code: &str, retry: &str, requests: usize) {
    let error = &outcome["response"]["error"];
    assert_eq!(
        (&outcome["status"], &error["code"], &error["retry"], &outcome["requests"]),
        (&json!(status), &json!(code), &json!(retry), &json!(requests)),
        "{outcome:#}"
    );
    assert_eq!(outcome["variables"], json!({}));
}

const DATA: &str = "/services/data/v62.0/sobjects/Contact";
const APEX: &str = "/services/apexrest/orders";

#[tokio::test(flavor = "multi_thread")]
async fn any_json_of_a_success_is_the_answer() {
    for answer in [json!({ "a": [1, "x"] }), json!([]), json!("text"), json!(1.50), json!(null)] {
        for status in [200, 201, 202] {
            let outcome = after(&get(), vec![Reply::json(status, &answer)]).await;
            assert_eq!((&outcome["status"], &outcome["variables"]["all"]), (&json!("done"), &answer));
            assert_eq!(outcome["response"], json!({ "httpStatus": status, "error": null }));
        }
    }
    for status in [201, 202] {
        let outcome = after(&post(DATA), vec![Reply::text(status, "")]).await;
        assert_eq!((&outcome["status"], &outcome["variables"]), (&json!("done"), &json!({ "all": null })));
    }
    let outcome = after(&post(APEX), vec![Reply::text(200, "")]).await;
    assert_eq!(outcome["status"], "done", "an Apex method may return nothing: {outcome:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_that_is_no_json_proves_nothing() {
    for reply in [Reply::html(200), Reply::text(200, "{\"a\": "), Reply::text(200, "")] {
        is(&after(&get(), vec![reply.clone()]).await, "failed", "ANSWER_UNREADABLE", "later", 3);
        is(&after(&post(DATA), vec![reply]).await, "failed", "ANSWER_UNREADABLE", "verify", 1);
    }
    let outcome = after(&get(), vec![Reply::html(200), Reply::json(200, &json!({ "a": 1 }))]).await;
    assert_eq!((&outcome["status"], &outcome["requests"]), (&json!("done"), &json!(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_error_is_told_by_its_code_alone() {
    let refused = refusal("FIELD_CUSTOM_VALIDATION_EXCEPTION", "canary is no name");
    is(
        &after(&post(DATA), vec![Reply::json(400, &refused)]).await,
        "failed",
        "FIELD_CUSTOM_VALIDATION_EXCEPTION",
        "never",
        1,
    );
    is(
        &after(&get(), vec![Reply::json(404, &refusal("NOT_FOUND", "canary"))]).await,
        "failed",
        "NOT_FOUND",
        "never",
        1,
    );
    is(&after(&get(), vec![Reply::html(404)]).await, "failed", "HTTP_404", "never", 1);
    let several = json!(["/services/data/v62.0/sobjects/Contact/003000000000001AAA"]);
    is(&after(&get(), vec![Reply::json(300, &several)]).await, "failed", "HTTP_300", "never", 1);
    for status in [301, 302, 303, 307, 308] {
        let elsewhere = Reply::redirect(status, "https://evil.example.com/");
        let code = format!("HTTP_{status}");
        is(&after(&get(), vec![elsewhere.clone()]).await, "failed", &code, "never", 1);
        // "See other" says that it was carried out.
        let advice = if status == 303 { "verify" } else { "never" };
        is(&after(&post(DATA), vec![elsewhere]).await, "failed", &code, advice, 1);
    }
    let outcome = after(&get(), vec![Reply::json(401, &refusal("INVALID_SESSION_ID", "canary"))]).await;
    is(&outcome, "session-expired", "INVALID_SESSION_ID", "renew-session", 1);
    assert_eq!(outcome["response"]["httpStatus"], 401);
    let limit = Reply::json(403, &refusal("REQUEST_LIMIT_EXCEEDED", "TotalRequests Limit exceeded."));
    for settings in [get(), post(DATA)] {
        let outcome = after(&settings, vec![limit.clone().header("Retry-After", "120")]).await;
        is(&outcome, "deferred", "REQUEST_LIMIT_EXCEEDED", "later", 1);
        assert_eq!(outcome["retryAfterSeconds"], 120);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_has_an_end() {
    let large = Reply::text(200, format!("\"{}\"", "x".repeat(4 << 20)));
    is(&after(&get(), vec![large.clone()]).await, "failed", "ANSWER_TOO_LARGE", "never", 1);
    is(&after(&post(DATA), vec![large]).await, "failed", "ANSWER_TOO_LARGE", "verify", 1);
    let many = Reply::text(200, format!("[{}1]", "1,".repeat(100_000)));
    is(&after(&get(), vec![many]).await, "failed", "ANSWER_UNREADABLE", "later", 3);
    // The most that fits is stored, in the memory that there is.
    let most = format!("[{}1]", "{},".repeat(19_000));
    let outcome = after(&get(), vec![Reply::text(200, most)]).await;
    assert_eq!(outcome["variables"]["all"].as_array().unwrap().len(), 19_001, "{}", outcome["status"]);
    let text = format!("\"{}\"", "x".repeat((4 << 20) - 2));
    let outcome = after(&get(), vec![Reply::text(200, text)]).await;
    assert_eq!(outcome["variables"]["all"].as_str().unwrap().len(), (4 << 20) - 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_read_is_repeated_and_a_write_whose_answer_was_lost_never() {
    let good = Reply::json(200, &json!({ "a": 1 }));
    for lost in [Reply::Close, Reply::html(503), Reply::html(500), Reply::cut(&json!({ "a": [1, 2, 3, 4, 5] }))] {
        let outcome = after(&get(), vec![lost.clone(), lost.clone(), good.clone()]).await;
        assert_eq!((&outcome["status"], &outcome["requests"]), (&json!("done"), &json!(3)), "{lost:?}");
        for method in ["POST", "PATCH", "PUT", "DELETE"] {
            let mut settings =
                request(json!({ "method": method, "path": format!("{DATA}/{{id}}"), "allowWrites": true }));
            if method != "DELETE" {
                settings["body"] = json!({ "a": "{id}" });
            }
            let outcome = after(&settings, vec![lost.clone(), good.clone()]).await;
            assert_eq!((&outcome["status"], &outcome["requests"]), (&json!("failed"), &json!(1)), "{method} {lost:?}");
            assert_eq!(outcome["response"]["error"]["retry"], "verify", "{method} {lost:?}");
        }
    }
}

/// What Salesforce itself turned away did nothing; what Apex answers may come after it wrote.
#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_was_turned_away_is_repeated_where_that_is_certain() {
    let good = Reply::json(200, &json!({ "a": 1 }));
    for refused in [
        Reply::json(400, &refusal("UNABLE_TO_LOCK_ROW", "canary")),
        Reply::json(403, &refusal("REQUEST_LIMIT_EXCEEDED", "ConcurrentRequests (Concurrent API) Limit exceeded.")),
        Reply::html(429),
    ] {
        let outcome = after(&post(DATA), vec![refused.clone(), good.clone()]).await;
        assert_eq!((&outcome["status"], &outcome["requests"]), (&json!("done"), &json!(2)), "{refused:?}");
        let outcome = after(&post(APEX), vec![refused.clone(), good.clone()]).await;
        assert_eq!((&outcome["status"], &outcome["requests"]), (&json!("failed"), &json!(1)), "{refused:?}");
        assert_eq!(outcome["response"]["error"]["retry"], "verify", "{refused:?}");
    }
}
