//! A write whose answer is lost leaves `unknown`, and is not sent twice.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_closed_after_the_write_makes_the_record_unknown() {
    a_failed_write_ends(Reply::Close, "failed", ["unknown", "ANSWER_CUT_OFF", "verify"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_cut_short_after_the_write_makes_the_record_unknown() {
    let cut = Reply::cut(&both_written());
    a_failed_write_ends(cut, "failed", ["unknown", "ANSWER_CUT_OFF", "verify"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_no_http_after_the_write_makes_the_record_unknown() {
    let noise = Reply::Raw(b"\0\x01canary".to_vec());
    a_failed_write_ends(noise, "failed", ["unknown", "ANSWER_CUT_OFF", "verify"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_html_answer_after_the_write_makes_the_record_unknown() {
    a_failed_write_ends(Reply::html(200), "failed", ["unknown", "ANSWER_UNREADABLE", "verify"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_malformed_answer_after_the_write_makes_the_record_unknown() {
    let text = both_written().to_string();
    let half = text.get(..text.len() / 2).expect("ASCII");
    for body in ["", half, "canary", "null", "[]", "{\"compositeResponse\":[]}"] {
        a_failed_write_ends(Reply::text(200, body), "failed", ["unknown", "ANSWER_UNREADABLE", "verify"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_endless_answer_after_the_write_makes_the_record_unknown() {
    a_failed_write_ends(Reply::Endless, "failed", ["unknown", "ANSWER_TOO_LARGE", "verify"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_error_after_the_write_makes_the_record_unknown() {
    a_failed_write_ends(Reply::html(500), "failed", ["unknown", "HTTP_500", "verify"]).await;
    a_failed_write_ends(Reply::html(502), "failed", ["unknown", "HTTP_502", "verify"]).await;
    let busy = Reply::json(503, &indiscreet("SERVER_UNAVAILABLE"));
    a_failed_write_ends(busy, "failed", ["unknown", "SERVER_UNAVAILABLE", "verify"]).await;
    a_failed_write_ends(Reply::html(504), "failed", ["unknown", "HTTP_504", "verify"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_success_that_is_not_the_one_of_a_composite_request_makes_the_record_unknown() {
    // Whoever answered so did something with the request, and
    // nobody says that it was not written.
    for status in [201, 202, 204, 206] {
        let script = Script::start([nobody(), Reply::text(status, "")]);
        let outcome = run(&script).await;
        assert_eq!(outcome["status"], "failed");
        assert_eq!(results(&outcome), ["unknown", "unknown"], "HTTP {status}: {outcome:#}");
        assert_eq!(error(&outcome, 0).1, "verify");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_missing_subresponse_makes_the_records_unknown() {
    let answers = [
        ("write_Contact", 201, created(CONTACT)),
        ("write_Case", 201, created(CASE)),
        ("read_Case", 200, json!({ "Id": CASE, "CaseNumber": "00001026" })),
    ];
    for missing in 0..answers.len() {
        let mut left = answers.clone().to_vec();
        left.remove(missing);
        let reply = Reply::json(200, &composite(&left));
        a_failed_write_ends(reply, "failed", ["unknown", "ANSWER_UNREADABLE", "verify"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_created_record_without_an_id_makes_the_records_unknown() {
    for body in [json!({}), json!({ "id": "canary", "success": true }), json!({ "id": CONTACT, "success": false })] {
        let answers = [
            ("write_Contact", 201, body),
            ("write_Case", 201, created(CASE)),
            ("read_Case", 200, json!({ "CaseNumber": "00001026" })),
        ];
        let reply = Reply::json(200, &composite(&answers));
        a_failed_write_ends(reply, "failed", ["unknown", "ANSWER_UNREADABLE", "verify"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_leaves_what_was_not_sent_as_it_is() {
    let held = json!({ "Id": CONTACT, "Email": "Canary.Visitor@Example.com", "LastName": "O'Canary \u{1F426}" });
    let found = composite(&[("find_Contact", 200, rows(&[held]))]);
    let script = Script::start([Reply::json(200, &found), Reply::Close]);
    let outcome = run(&script).await;
    assert_eq!(outcome["status"], "failed");
    assert_eq!(results(&outcome), ["unchanged", "unknown"]);
    assert_eq!(outcome["records"][0]["id"], CONTACT);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_refused_before_it_is_sent_fails_and_is_not_unknown() {
    let script = Script::start([Reply::ThenGone(Box::new(nobody().header("Connection", "close")))]);
    let outcome = run(&script).await;
    assert_eq!(outcome["status"], "failed");
    // After a pause it would look again, and there is no connection for that either.
    assert_eq!(results(&outcome), ["failed", "skipped"], "{outcome:#}");
    assert_eq!(error(&outcome, 0), ("CONNECTION_FAILED", "later"));
    assert_eq!(script.requests().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_closed_between_the_requests_never_doubles_the_write() {
    // When the client sees the end of the connection is a race: before the write, within it or after it. Each way ends in the
    // truth. Within it, the run looks up once more, which this script does not answer as a lookup.
    for _ in 0..20 {
        let written = || Reply::json(200, &both_written());
        let script = Script::start([Reply::ThenClose(Box::new(nobody())), written(), written()]);
        let outcome = run(&script).await;
        let writes = script.requests().iter().filter(|request| !request.is_lookup()).count();
        match outcome["status"].as_str() {
            Some("done") => assert_eq!((writes, results(&outcome)), (1, vec!["created", "created"])),
            _ => {
                assert_eq!(writes, 0);
                let results = results(&outcome);
                assert!(results == ["unknown", "unknown"] || results == ["failed", "skipped"], "{outcome:#}");
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_write_fails_and_is_not_unknown() {
    for (reply, code) in [
        (Reply::json(400, &indiscreet("JSON_PARSER_ERROR")), "JSON_PARSER_ERROR"),
        (Reply::json(403, &indiscreet("API_DISABLED_FOR_ORG")), "API_DISABLED_FOR_ORG"),
        (Reply::html(404), "HTTP_404"),
        (Reply::html(414), "HTTP_414"),
        (Reply::html(431), "HTTP_431"),
        (Reply::text(400, ""), "HTTP_400"),
        (Reply::json(300, &json!(["/services/data/v62.0/canary"])), "HTTP_300"),
    ] {
        a_failed_write_ends(reply, "failed", ["failed", code, "never"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_write_that_is_redirected_is_not_sent_again() {
    let elsewhere = Script::start([Reply::json(200, &both_written())]);
    let redirect = |status| Reply::redirect(status, &elsewhere.url());
    for status in [301, 302, 307, 308] {
        a_failed_write_ends(redirect(status), "failed", ["failed", &format!("HTTP_{status}"), "never"]).await;
    }
    // "See other": it was carried out, and another address says what came of it.
    a_failed_write_ends(redirect(303), "failed", ["unknown", "HTTP_303", "verify"]).await;
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_refused_at_the_write_ends_the_run_with_nothing_written() {
    let expired = Reply::json(401, &indiscreet("INVALID_SESSION_ID"));
    let expected = ["skipped", "INVALID_SESSION_ID", "renew-session"];
    a_failed_write_ends(expired, "session-expired", expected).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn requests_used_up_at_the_write_defer_the_run() {
    let limit = Reply::json(403, &indiscreet("REQUEST_LIMIT_EXCEEDED")).header("Retry-After", "60");
    let expected = ["skipped", "REQUEST_LIMIT_EXCEEDED", "later"];
    let outcome = a_failed_write_ends(limit, "deferred", expected).await;
    assert_eq!(outcome["retryAfterSeconds"], 60);
}

// ---- Which record a refused write is about ----
