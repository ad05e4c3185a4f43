//! What Salesforce, or something before it, answers: rows 5 and 7 to 10.

use host_tests::json as answers;
use serde_json::{Value, json};

use super::{by_email, visitor};
use crate::org::{TestOrg, egress_to, host, kept_secret, link, map, results, session, settings};
use crate::scripted::{Recorded, Reply, Script, composite, created, refusal, rows};

/// A run against scripted answers.
async fn run_to(script: &Script, settings: &str, variables: &Value) -> Value {
    let outcome = host().run(egress_to(&script.url()), &session("token"), settings, &variables.to_string()).await;
    let outcome = kept_secret(outcome.expect("no trap")).expect("good input");
    answers::outcome(&outcome)
}

fn nobody() -> Reply {
    Reply::json(200, &composite(&[("find_Contact", 200, rows(&[]))]))
}

/// Row 5: only a part of an answer with a status of 4xx counts as failed; a 300 or a 503 reads as written.
#[tokio::test(flavor = "multi_thread")]
async fn no_part_of_an_answer_but_a_success_is_one() {
    let both = settings(
        [map("name", "Contact.LastName"), map("name", "Case.Subject"), link("Contact", "Case.ContactId")],
        json!({}),
    )
    .to_string();
    let contact = || created("003000000000001AAA");
    for (status, body) in [
        (300, json!(["/services/data/v62.0/sobjects/Contact/003000000000001AAA"])),
        (304, Value::Null),
        (400, refusal("PROCESSING_HALTED", "canary")),
        (412, refusal("PRECONDITION_FAILED", "canary")),
        (500, refusal("UNKNOWN_EXCEPTION", "canary")),
        (503, json!("canary")),
    ] {
        for answer in [
            composite(&[
                ("write_Contact", status, body.clone()),
                ("write_Case", 400, refusal("PROCESSING_HALTED", "")),
            ]),
            composite(&[
                ("write_Contact", 400, refusal("PROCESSING_HALTED", "")),
                ("write_Case", status, body.clone()),
            ]),
            composite(&[("write_Contact", 201, contact()), ("write_Case", status, body.clone())]),
        ] {
            let script = Script::repeating([Reply::json(200, &answer)]);
            let outcome = run_to(&script, &both, &visitor()).await;
            assert_eq!(outcome["status"], "failed", "{status}: {outcome:#}");
            assert!(!results(&outcome).contains(&"created"), "{status}: {outcome:#}");
            // A row that failed undid the others, so a failure of the moment is tried again; a success beside it is a doubt.
            let undone =
                !answer["compositeResponse"].as_array().unwrap().iter().any(|row| row["httpStatusCode"] == 201);
            let attempts = if undone && status >= 500 { 3 } else { 1 };
            assert_eq!(script.requests().len(), attempts, "{status}: {outcome:#}");
        }
    }
}

/// Row 7, first half: a 300 to an upsert is taken for "updated", although nothing was written.
#[tokio::test(flavor = "multi_thread")]
async fn several_matches_of_an_upsert_are_no_update() {
    let org = TestOrg::new().await;
    let ids = org.seed(json!({ "Contact": [
        { "LastName": "Berg", "Email": "canary@example.com" }, { "LastName": "Tal", "Email": "canary@example.com" },
    ] }));
    let outcome = org.run(&org.prepared(&by_email()).await, &visitor()).await;
    assert_eq!((&outcome["status"], &outcome["requests"]), (&json!("ambiguous"), &json!(1)));
    assert_eq!(outcome["records"][0]["candidates"], json!(ids));
    assert_eq!(org.records("Contact").iter().filter(|contact| contact["LastName"] == "Canary").count(), 0);
}

/// Row 7, second half: the token is sent to whatever address an answer names.
#[tokio::test(flavor = "multi_thread")]
async fn no_address_in_an_answer_is_followed() {
    let elsewhere = Script::start([]);
    let mut more = rows(&[]);
    more["done"] = false.into();
    more["nextRecordsUrl"] = format!("{}/services/data/v62.0/query/01g-2000", elsewhere.url()).into();
    for reply in [
        Reply::redirect(302, &elsewhere.url()),
        Reply::redirect(307, &format!("{}/services/data/v62.0/composite", elsewhere.url())),
        Reply::json(200, &composite(&[("find_Contact", 200, more)])),
    ] {
        let script = Script::repeating([reply]);
        let outcome = run_to(&script, &by_email().to_string(), &visitor()).await;
        assert_eq!(outcome["status"], "failed");
        assert!(script.requests().iter().all(Recorded::is_lookup));
    }
    assert_eq!(elsewhere.connections(), 0);
}

/// Row 8: the request that is sent again with a new token has lost its headers, and may be sent for ever.
#[tokio::test(flavor = "multi_thread")]
async fn with_a_renewed_token_the_same_bytes_are_sent_once() {
    let case = settings(
        [map("name", "Case.Subject")],
        json!({ "Case": { "assignmentRule": "off", "duplicateRule": "allow" } }),
    );
    let expired = Reply::json(401, &refusal("INVALID_SESSION_ID", "canary"));
    let written = Reply::json(200, &composite(&[("write_Case", 201, created("500000000000001AAA"))]));
    let script = Script::start([expired, written]);
    for status in ["session-expired", "done"] {
        let outcome = run_to(&script, &case.to_string(), &visitor()).await;
        assert_eq!((&outcome["status"], &outcome["requests"]), (&json!(status), &json!(1)));
    }
    let requests = script.requests();
    let [first, second] = requests.as_slice() else { panic!("two requests: {requests:#?}") };
    assert_eq!((&first.path, &first.body), (&second.path, &second.body));
    let headers = &second.json()["compositeRequest"][0]["httpHeaders"];
    assert_eq!(headers["Sforce-Auto-Assign"], "FALSE");
    assert_eq!(headers["Sforce-Duplicate-Rule-Header"], "allowSave=true");
}

/// Row 9: nearly every 401 counts as an expired session, so that a blocked app asks for tokens without end.
#[tokio::test(flavor = "multi_thread")]
async fn only_an_expired_session_asks_for_a_token() {
    for (status, code, expected) in [
        (401, "INVALID_SESSION_ID", "session-expired"),
        (401, "INVALID_AUTH_HEADER", "failed"),
        (401, "INVALID_LOGIN", "failed"),
        (403, "API_DISABLED_FOR_ORG", "failed"),
        (403, "INSUFFICIENT_ACCESS", "failed"),
    ] {
        let script = Script::start([Reply::json(status, &refusal(code, "canary: Session expired or invalid"))]);
        let outcome = run_to(&script, &by_email().to_string(), &visitor()).await;
        assert_eq!((&outcome["status"], script.requests().len()), (&json!(expected), 1), "{code}");
    }
}

/// Row 10: any error of the lookup leads to a create, and so to a second contact.
#[tokio::test(flavor = "multi_thread")]
async fn a_lookup_that_fails_leads_to_no_write() {
    let part = |status, body| Reply::json(200, &composite(&[("find_Contact", status, body)]));
    for reply in [
        part(400, refusal("QUERY_TIMEOUT", "canary")),
        part(404, refusal("NOT_FOUND", "canary")),
        part(500, refusal("UNKNOWN_EXCEPTION", "canary")),
        part(200, json!({ "totalSize": 1, "done": true, "records": [] })),
        part(200, json!([])),
        part(200, Value::Null),
        Reply::html(200),
        Reply::html(404),
        Reply::html(503),
        Reply::json(200, &json!({ "compositeResponse": [] })),
        Reply::Close,
    ] {
        let script = Script::repeating([reply.clone()]);
        let outcome = run_to(&script, &by_email().to_string(), &visitor()).await;
        assert_eq!(outcome["status"], "failed", "{reply:?}");
        assert!(script.requests().iter().all(Recorded::is_lookup), "{reply:?}");
    }
}

/// The counter-check of all these: with good answers such a run is a good one.
#[tokio::test(flavor = "multi_thread")]
async fn a_good_script_is_a_good_run() {
    let script = Script::start([
        nobody(),
        Reply::json(200, &composite(&[("write_Contact", 201, created("003000000000001AAA"))])),
    ]);
    assert_eq!(run_to(&script, &by_email().to_string(), &visitor()).await["status"], "done");
}
