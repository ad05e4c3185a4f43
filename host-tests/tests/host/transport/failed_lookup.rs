//! A lookup that fails ends the run, and nothing is written.

use super::*;

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_connection_fails_the_lookup() {
    // Bound and not listening: nobody else gets the port, and whoever connects is refused.
    let socket = tokio::net::TcpSocket::new_v4().expect("a socket");
    socket.bind(([127, 0, 0, 1], 0).into()).expect("a free port");
    let url = format!("http://{}", socket.local_addr().expect("a bound socket"));
    let outcome = run_to(&url, SUPPORT, &variables()).await;
    assert_nothing_written(&outcome, "failed", ["failed", "CONNECTION_FAILED", "later"]);
    assert_eq!(outcome["requests"], 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_without_an_address_fails_the_lookup() {
    // `.invalid` never has an address (RFC 6761). The deployment domain itself might have one.
    let outcome = run_to("http://no-such-org.invalid", SUPPORT, &variables()).await;
    assert_nothing_written(&outcome, "failed", ["failed", "HOST_NOT_FOUND", "later"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_failed_tls_handshake_fails_the_lookup() {
    let script = Script::start([]);
    let outcome = run_to(&format!("https://127.0.0.1:{}", script.port()), SUPPORT, &variables()).await;
    assert_nothing_written(&outcome, "failed", ["failed", "TLS_FAILED", "never"]);
    assert_eq!(script.connections(), 1);
    assert!(script.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_closed_without_an_answer_fails_the_lookup() {
    a_failed_lookup_ends(Reply::Close, "failed", ["failed", "ANSWER_CUT_OFF", "later"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_cut_short_fails_the_lookup() {
    let cut = Reply::cut(&composite(&[("find_Contact", 200, rows(&[]))]));
    a_failed_lookup_ends(cut, "failed", ["failed", "ANSWER_CUT_OFF", "later"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_no_http_fails_the_lookup() {
    let noise = Reply::Raw(b"220 canary.example ESMTP\r\n".to_vec());
    a_failed_lookup_ends(noise, "failed", ["failed", "ANSWER_CUT_OFF", "later"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_html_answer_fails_the_lookup() {
    a_failed_lookup_ends(Reply::html(200), "failed", ["failed", "ANSWER_UNREADABLE", "later"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_is_not_the_one_of_a_composite_request_fails_the_lookup() {
    let empty = composite(&[("find_Contact", 200, rows(&[]))]).to_string();
    let half = empty.get(..empty.len() / 2).expect("ASCII").to_owned();
    let bodies = [
        String::new(),
        half,
        "canary".into(),
        "null".into(),
        "[]".into(),
        json!({ "compositeResponse": null }).to_string(),
        composite(&[]).to_string(),
        composite(&[("find_Account", 200, rows(&[]))]).to_string(),
        composite(&[("find_Contact", 200, rows(&[])), ("find_Contact", 200, rows(&[]))]).to_string(),
        composite(&[("find_Contact", 200, json!({}))]).to_string(),
        composite(&[("find_Contact", 200, json!({ "done": true, "records": [null] }))]).to_string(),
        composite(&[("find_Contact", 200, rows(&[json!({ "Id": "canary" })]))]).to_string(),
        composite(&[("find_Contact", 200, rows(&[json!({ "Email": "canary" })]))]).to_string(),
        "[".repeat(1 << 20),
    ];
    for body in bodies {
        a_failed_lookup_ends(Reply::text(200, body), "failed", ["failed", "ANSWER_UNREADABLE", "later"]).await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_over_four_mebibytes_fails_the_lookup() {
    let large = Reply::text(200, " ".repeat((4 << 20) + 1));
    a_failed_lookup_ends(large, "failed", ["failed", "ANSWER_TOO_LARGE", "never"]).await;
    a_failed_lookup_ends(Reply::Endless, "failed", ["failed", "ANSWER_TOO_LARGE", "never"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_four_mebibytes_is_read() {
    let empty = composite(&[("find_Contact", 200, rows(&[]))]).to_string();
    let padded = format!("{empty}{}", " ".repeat((4 << 20) - empty.len()));
    let script = Script::start([Reply::text(200, padded), Reply::json(200, &both_written())]);
    assert_eq!(run(&script).await["status"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_redirect_is_never_followed() {
    let elsewhere = Script::start([nobody()]);
    for status in [301, 302, 303, 307, 308] {
        let code = format!("HTTP_{status}");
        let reply = Reply::redirect(status, &format!("{}/services/data/v62.0/composite", elsewhere.url()));
        a_failed_lookup_ends(reply, "failed", ["failed", &code, "never"]).await;
        let reply = Reply::redirect(status, &format!("https://{DOMAIN}/canary"));
        a_failed_lookup_ends(reply, "failed", ["failed", &code, "never"]).await;
    }
    assert_eq!(elsewhere.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_error_fails_the_lookup() {
    a_failed_lookup_ends(Reply::html(500), "failed", ["failed", "HTTP_500", "later"]).await;
    let known = Reply::json(500, &indiscreet("UNKNOWN_EXCEPTION"));
    a_failed_lookup_ends(known, "failed", ["failed", "UNKNOWN_EXCEPTION", "later"]).await;
    a_failed_lookup_ends(Reply::html(503), "failed", ["failed", "HTTP_503", "later"]).await;
    // Who asks for more time than a visitor waits gets it from the host.
    let busy = Reply::json(503, &indiscreet("SERVER_UNAVAILABLE")).header("Retry-After", "7");
    let outcome = a_failed_lookup_ends(busy, "deferred", ["skipped", "SERVER_UNAVAILABLE", "later"]).await;
    assert_eq!(outcome["retryAfterSeconds"], 7);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_query_fails_the_lookup_with_salesforces_code() {
    let refused = composite(&[("find_Contact", 400, indiscreet("INVALID_FIELD"))]);
    a_failed_lookup_ends(Reply::json(200, &refused), "failed", ["failed", "INVALID_FIELD", "never"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_ends_the_run_as_session_expired() {
    let expired = Reply::json(401, &indiscreet("INVALID_SESSION_ID"));
    let expected = ["skipped", "INVALID_SESSION_ID", "renew-session"];
    let outcome = a_failed_lookup_ends(expired, "session-expired", expected).await;
    assert_eq!(outcome["retryAfterSeconds"], Value::Null);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_401_for_another_reason_is_no_expired_session() {
    let blocked = Reply::json(401, &indiscreet("INVALID_AUTH_HEADER"));
    a_failed_lookup_ends(blocked, "failed", ["failed", "INVALID_AUTH_HEADER", "never"]).await;
    a_failed_lookup_ends(Reply::html(401), "failed", ["failed", "HTTP_401", "never"]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn used_up_requests_defer_the_run_for_as_long_as_salesforce_says() {
    let limit = || Reply::json(403, &indiscreet("REQUEST_LIMIT_EXCEEDED"));
    let expected = ["skipped", "REQUEST_LIMIT_EXCEEDED", "later"];
    // Without a time, or with one that is a date, a quarter of an hour.
    for (reply, seconds) in [
        (limit().header("Retry-After", "120"), 120),
        (limit(), 900),
        (limit().header("Retry-After", "Wed, 21 Oct 2026 07:28:00 GMT"), 900),
    ] {
        let outcome = a_failed_lookup_ends(reply, "deferred", expected).await;
        assert_eq!(outcome["retryAfterSeconds"], seconds);
    }
}

// ---- A write whose answer was lost is unknown and never repeated ----
