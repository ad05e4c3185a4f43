//! What a run does on the wire, and what it says when the wire or the other side fails: the real component in the real
//! host against a scripted server.
//!
//! Everything that a visitor could have typed, the token and what the server says of them contain the word "canary",
//! and every outcome is searched for it: see [`kept_secret`].

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

#[tokio::test(flavor = "multi_thread")]
async fn every_request_is_a_json_post_to_the_composite_resource_of_the_deployment_domain() {
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    let outcome = run(&script).await;
    assert_eq!(outcome["status"], "done");
    assert_eq!(results(&outcome), ["created", "created"]);
    assert_eq!(outcome["variables"], json!({ "salesforce_case_id": CASE, "case_number": "00001026" }));
    assert_eq!(outcome["requests"], 2);
    let requests = script.requests();
    assert_eq!(requests.len(), 2);
    for request in requests {
        assert_eq!((request.method.as_str(), request.path.as_str()), ("POST", "/services/data/v62.0/composite"));
        assert_eq!(request.header("host"), [DOMAIN]);
        assert_eq!(request.header("authorization"), [format!("Bearer {TOKEN}")]);
        assert_eq!(request.header("content-type"), ["application/json"]);
        assert_eq!(request.header("content-length"), [request.body.len().to_string()]);
        assert!(request.header("transfer-encoding").is_empty());
        // Nothing here unpacks an answer.
        assert!(request.header("accept-encoding").is_empty());
        assert!(request.json()["compositeRequest"].is_array());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_visitors_type_is_in_no_request_line_and_no_header() {
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    run(&script).await;
    for request in script.requests() {
        assert!(String::from_utf8_lossy(&request.body).to_lowercase().contains("canary"));
        let headers = request.headers.iter().filter(|(name, _)| name != "authorization");
        kept_secret((&request.method, &request.path, headers.collect::<Vec<_>>()));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_body_of_any_size_arrives_whole() {
    for size in [30_000, 500_000] {
        // Escapes and letters of several bytes, so that no boundary of a chunk is one of a letter.
        let mut description = "canary \"ä\u{1F426}\"\\\n".repeat(size / 18);
        description.push('.');
        let mut variables = variables();
        variables["request_description"] = description.as_str().into();
        let script = Script::start([nobody(), Reply::json(200, &both_written())]);
        let outcome = run_to(&script.url(), SUPPORT, &variables).await;
        assert_eq!(outcome["status"], "done");
        let requests = script.requests();
        let write = requests.get(1).expect("a write");
        assert!(write.body.len() > size, "{} of {size}", write.body.len());
        assert!(write.json()["compositeRequest"][1]["body"]["Description"] == description.as_str());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn both_requests_of_a_run_share_one_connection() {
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    run(&script).await;
    assert_eq!(script.connections(), 1);
    assert!(script.requests().iter().all(|request| request.connection == 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_in_chunks_is_an_answer() {
    let chunked = |body: Value| Reply::Chunked { status: 200, body: body.to_string().into_bytes() };
    let empty = composite(&[("find_Contact", 200, rows(&[]))]);
    let script = Script::start([chunked(empty), chunked(both_written())]);
    assert_eq!(results(&run(&script).await), ["created", "created"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_that_comes_before_the_body_was_read_counts() {
    let mut variables = variables();
    variables["request_description"] = "canary ".repeat(100_000).into();
    let early = Reply::Early(Box::new(Reply::html(413)));
    let script = Script::start([nobody(), early]);
    let outcome = run_to(&script.url(), SUPPORT, &variables).await;
    assert_eq!(outcome["status"], "failed");
    assert_eq!(results(&outcome), ["failed", "failed"]);
    assert_eq!(error(&outcome, 0), ("HTTP_413", "never"));
    assert_eq!(script.requests().len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_preview_writes_nothing_and_the_run_then_sends_exactly_what_it_showed() {
    for found in [nobody(), somebody()] {
        let script = Script::start([found.clone(), found, Reply::json(200, &both_written())]);
        let previewed = preview(&script).await;
        assert_eq!(script.requests().len(), 1);
        run(&script).await;
        let requests = script.requests();
        assert_eq!(requests.len(), 3);
        let sent = requests.last().expect("the write");
        let [shown] = previewed.writes.as_slice() else {
            panic!("one write: {previewed:?}");
        };
        assert_eq!((shown.method.as_str(), shown.path.as_str()), (sent.method.as_str(), sent.path.as_str()));
        assert_eq!(shown.body.as_bytes(), sent.body);
    }
}

async fn preview(script: &Script) -> RunPreview {
    let previewed = host().preview(egress_to(&script.url()), &session(), SUPPORT, &variables().to_string()).await;
    previewed.expect("no trap").expect("good input")
}

// ---- A lookup that fails never leads to a write ----

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

#[tokio::test(flavor = "multi_thread")]
async fn the_cause_is_found_before_its_consequences() {
    let cause = json!([{
        "errorCode": "REQUIRED_FIELD_MISSING", "message": "Required fields are missing: canary", "fields": ["LastName"],
    }]);
    let outcome = refused_write((400, cause), halted(), halted()).await;
    assert_eq!(results(&outcome), ["failed", "skipped"]);
    assert_eq!(error(&outcome, 0), ("REQUIRED_FIELD_MISSING", "never"));
    assert_eq!(outcome["records"][0]["error"]["fields"], json!(["LastName"]));
    assert_eq!(error(&outcome, 1), ("NOT_WRITTEN", "never"));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_cause_is_found_between_and_after_its_consequences() {
    let cause = || (400, indiscreet("STRING_TOO_LONG"));
    for (case, read) in [(cause(), halted()), (halted(), cause())] {
        let outcome = refused_write(halted(), case, read).await;
        assert_eq!(results(&outcome), ["skipped", "failed"]);
        assert_eq!(error(&outcome, 0), ("NOT_WRITTEN", "never"));
        assert_eq!(error(&outcome, 1), ("STRING_TOO_LONG", "never"));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_that_stays_locked_is_tried_three_times() {
    let (locked, halted) = (indiscreet("UNABLE_TO_LOCK_ROW"), indiscreet("PROCESSING_HALTED"));
    let rows = [("write_Contact", 400, locked), ("write_Case", 400, halted.clone()), ("read_Case", 400, halted)];
    let locked = || Reply::json(200, &composite(&rows));
    let script = Script::start([nobody(), locked(), nobody(), locked(), nobody(), locked()]);
    let outcome = run(&script).await;
    assert_eq!((&outcome["status"], error(&outcome, 0)), (&json!("failed"), ("UNABLE_TO_LOCK_ROW", "later")));
    let lookups: Vec<bool> = script.requests().iter().map(Recorded::is_lookup).collect();
    // Whoever held the lock may have written the same person, so each time it is looked again.
    assert_eq!(lookups, [true, false, true, false, true, false]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_300_inside_a_write_is_a_failure() {
    let several = json!(["/services/data/v62.0/sobjects/Contact/003000000000001AAA"]);
    let outcome = refused_write((300, several), halted(), halted()).await;
    assert_eq!(results(&outcome), ["failed", "skipped"]);
    assert_eq!(error(&outcome, 0).0, "HTTP_300");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upsert_whose_key_fits_several_records_is_ambiguous() {
    let settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [
            {
                "source": { "constant": "4711" },
                "object": "Contact", "field": "Loyalty_No__c", "useToFindExisting": true,
            },
            { "source": { "variable": "customer_lastname" }, "object": "Contact", "field": "LastName" },
        ],
        "schema": {
            "viewAllData": true,
            "objects": { "Contact": { "fields": { "Loyalty_No__c": { "externalId": true } } } },
        },
    });
    let several = json!([
        "/services/data/v62.0/sobjects/Contact/003000000000001AAA",
        "/services/data/v62.0/sobjects/Contact/003000000000002",
    ]);
    let script = Script::start([Reply::json(200, &composite(&[("write_Contact", 300, several)]))]);
    let outcome = run_to(&script.url(), &settings.to_string(), &variables()).await;
    assert_eq!(outcome["status"], "ambiguous");
    assert_eq!(outcome["records"][0]["candidates"], json!(["003000000000001AAA", "003000000000002AAA"]));
    assert_eq!(script.requests().len(), 1);
    let [request] = script.requests().try_into().unwrap_or_else(|_| [Recorded::default()]);
    // The key is in the URL of the subrequest, which is in the body.
    kept_secret(request.path);
}

// ---- The way out ----

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_lets_nothing_out_denies_the_request() {
    let ran = run_with(Egress::Nowhere, &session(), SUPPORT, &variables()).await;
    assert_nothing_written(&ran.expect("good input"), "failed", ["failed", "REQUEST_DENIED", "never"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_way_out_to_another_domain_denies_the_request() {
    let script = Script::start([nobody()]);
    for domain in ["other.my.salesforce.com", "my.salesforce.com", "salesforce.com", ""] {
        let Egress::Domain { client, .. } = egress_to(&script.url()) else {
            panic!("a way out");
        };
        let domain = domain.to_owned();
        let ran = run_with(Egress::Domain { domain, client }, &session(), SUPPORT, &variables()).await;
        assert_nothing_written(&ran.expect("good input"), "failed", ["failed", "REQUEST_DENIED", "never"]);
    }
    assert_eq!(script.connections(), 0);
}

/// Nothing was sent, and the finding says of what part of the session this is.
async fn a_bad_session_sends_nothing(session: &Session, path: &str) {
    let script = Script::start([nobody()]);
    let findings = run_with(egress_to(&script.url()), session, SUPPORT, &variables()).await;
    let findings = findings.expect_err("a finding");
    assert_eq!(findings.len(), 1);
    assert_eq!((findings[0].code.as_str(), findings[0].path.as_str()), ("bad-session", path));
    assert!(!findings[0].remedy.is_empty());
    let previewed = host().preview(egress_to(&script.url()), session, SUPPORT, &variables().to_string()).await;
    assert_eq!(previewed.expect("no trap").map(|_| ()), Err(findings));
    assert_eq!(script.connections(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_goes_to_the_instance_that_the_settings_name_or_nowhere() {
    for instance_url in [
        "https://other.my.salesforce.com",
        "http://example.my.salesforce.com",
        "https://example.my.salesforce.com:443",
        "https://example.my.salesforce.com:8443",
        "https://user:password@example.my.salesforce.com",
        "https://example.my.salesforce.com@evil.com",
        "https://example.my.salesforce.com.evil.com",
        "https://example.my.salesforce.com/services",
        "https://example.my.salesforce.com?x",
        "https://example.my.salesforce.com#x",
        "https://example.my.salesforce.com\\@evil.com",
        "https://example.lightning.force.com",
        "https://login.salesforce.com",
        "https://evil.com",
        "https://127.0.0.1",
        "https://[::1]",
        "https://",
        "example.my.salesforce.com",
        "",
    ] {
        let session = Session { instance_url: instance_url.to_owned(), ..session() };
        a_bad_session_sends_nothing(&session, "session/instance-url").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_would_be_another_header_is_refused() {
    for token in [
        "",
        "canary\nx-canary: 1",
        "canary\r\nx-canary: 1",
        "canary canary",
        "canary\0",
        "canary-ä",
        &"canary".repeat(2_000),
    ] {
        let session = Session { access_token: token.to_owned(), ..session() };
        a_bad_session_sends_nothing(&session, "session/access-token").await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lower_case_host_is_sent_to_whatever_the_case_of_the_settings() {
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    let settings = SUPPORT.replace(DOMAIN, "Example.My.Salesforce.COM");
    assert_eq!(run_to(&script.url(), &settings, &variables()).await["status"], "done");
    assert_eq!(script.requests()[0].header("host"), [DOMAIN]);
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_variables_and_bad_settings_open_no_connection() {
    let script = Script::start([nobody()]);
    let too_large = json!({ "request_description": "canary ".repeat(700_000) }).to_string();
    for (settings, variables, path) in [
        (SUPPORT, "[\"canary\"]", "variables"),
        (SUPPORT, "{\"canary\":", "variables"),
        (SUPPORT, too_large.as_str(), "variables"),
        ("{}", "{}", ""),
    ] {
        let ran = host().run(egress_to(&script.url()), &session(), settings, variables).await;
        let findings = kept_secret(ran.expect("no trap")).expect_err("a finding");
        assert_eq!(findings[0].path, path);
    }
    assert_eq!(script.connections(), 0);
}

// ---- Many calls, and calls that go wrong ----

#[tokio::test(flavor = "multi_thread")]
async fn one_host_serves_fifty_runs_at_a_time_and_mixes_none_up() {
    let simulator = Simulator::start(Org::new(), 0).await.expect("a free port");
    let access_token = simulator.org().access_token().to_owned();
    let egress = egress_to(&simulator.url());
    let runs = (0..50).map(|number| {
        let egress = egress.clone();
        let session = Session { access_token: access_token.clone(), ..session() };
        tokio::spawn(async move {
            let mut variables = variables();
            variables["customer_email"] = format!("canary.{number}@example.com").into();
            variables["customer_lastname"] = format!("Canary {number}").into();
            variables["request_description"] = format!("Canary case {number}").into();
            (number, run_with(egress, &session, SUPPORT, &variables).await)
        })
    });
    let mut ids = Vec::new();
    for run in runs.collect::<Vec<_>>() {
        let (number, ran) = run.await.expect("no panic");
        let outcome = ran.expect("good input");
        assert_eq!(results(&outcome), ["created", "created"], "{number}: {outcome:#}");
        let id = |record: usize| outcome["records"][record]["id"].as_str().expect("an id").to_owned();
        ids.push((number, id(0), id(1)));
    }
    let org = simulator.org();
    let (contacts, cases) = (org.records("Contact"), org.records("Case"));
    assert_eq!((contacts.len(), cases.len()), (50, 50));
    let row = |rows: &[Value], id: &str| rows.iter().find(|row| row["Id"] == id).expect("the record").clone();
    for (number, contact, case) in ids {
        assert_eq!(row(&contacts, &contact)["LastName"], format!("Canary {number}"));
        assert_eq!(row(&cases, &case)["Description"], format!("Canary case {number}"));
        assert_eq!(row(&cases, &case)["ContactId"], contact.as_str());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_traps_harms_no_other() {
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    // More than an instance may hold, so the guest cannot even take it in.
    let too_much = " ".repeat(host_tests::host::MAX_MEMORY + 1);
    let (trapped, outcome) = tokio::join!(host().check(&too_much), run(&script));
    assert!(trapped.is_err());
    assert_eq!(outcome["status"], "done");
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    assert_eq!(run(&script).await["status"], "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_call_that_its_caller_gives_up_harms_no_other() {
    let silent = Script::start([Reply::Silence]);
    let url = silent.url();
    let given_up = tokio::spawn(async move { run_to(&url, SUPPORT, &variables()).await });
    tokio::task::block_in_place(|| silent.wait_for_requests(1));
    given_up.abort();
    assert!(given_up.await.is_err_and(|error| error.is_cancelled()));
    let script = Script::start([nobody(), Reply::json(200, &both_written())]);
    assert_eq!(run(&script).await["status"], "done");
    assert_eq!(silent.requests().len(), 1);
}

/// The one slow test: the module's deadline is 20 seconds for the whole run, so all of it is waited for at once. A lookup gets
/// half of what is left, three times; a write three quarters, and its Contact is looked for once more.
#[tokio::test(flavor = "multi_thread")]
async fn a_run_that_gets_no_answer_ends_by_the_modules_own_deadline() {
    let silent_lookup = Script::repeating([Reply::Silence]);
    let dribbled_lookup = Script::repeating([Reply::Dribble]);
    let silent_write = Script::repeating([nobody(), Reply::Silence]);
    let dribbled_write = Script::repeating([nobody(), Reply::Dribble]);
    let (silent, dribbled, unknown, also_unknown) =
        tokio::join!(run(&silent_lookup), run(&dribbled_lookup), run(&silent_write), run(&dribbled_write));
    for (outcome, script) in [(silent, silent_lookup), (dribbled, dribbled_lookup)] {
        assert_nothing_written(&outcome, "failed", ["failed", "TIMEOUT", "later"]);
        assert_eq!(script.requests().len(), 3);
        assert!(script.requests().iter().all(Recorded::is_lookup));
    }
    for (outcome, script) in [(unknown, silent_write), (also_unknown, dribbled_write)] {
        assert_eq!(outcome["status"], "failed");
        assert_eq!(results(&outcome), ["unknown", "unknown"]);
        assert_eq!(error(&outcome, 0), ("TIMEOUT", "verify"));
        let lookups: Vec<bool> = script.requests().iter().map(Recorded::is_lookup).collect();
        assert_eq!(lookups, [true, false, true]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn one_long_value_in_two_fields_is_no_trap() {
    // A long variable may fill several fields, or stand in a template many times. Any answer that is no trap is right here.
    let settings = |sources: &[Value]| {
        let mapping = |(index, source): (usize, &Value)| {
            let field = format!("Text_{index}__c");
            json!({ "source": source, "object": "Contact", "field": field })
        };
        let mappings: Vec<Value> = sources.iter().enumerate().map(mapping).collect();
        json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings }).to_string()
    };
    let variable = json!({ "variable": "text" });
    let twice = settings(&[variable.clone(), variable]);
    let often = settings(&[json!({ "template": "{text}".repeat(3_000) })]);
    for (settings, length) in [(&twice, 4_000_000), (&twice, 600_000), (&twice, 500_000), (&often, 40_000)] {
        let script = Script::start([Reply::json(200, &composite(&[("write_Contact", 201, created(CONTACT))]))]);
        let variables = json!({ "text": "c".repeat(length) }).to_string();
        let plan = host().plan(settings, &variables).await;
        assert!(plan.is_ok(), "the plan trapped at {length} characters");
        let ran = host().run(egress_to(&script.url()), &session(), settings, &variables).await;
        assert!(ran.is_ok(), "the run trapped at {length} characters");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_answer_of_very_many_values_is_no_trap() {
    // An answer of 4 MiB may be read, but as values it would need many times as much. After
    // the write it is a lost answer, and only the module could say so.
    let list = |item: &str| Reply::text(200, format!("{{\"compositeResponse\":[{}1]}}", item.repeat(1_000_000)));
    for item in ["1,", "[],", "{},"] {
        for (replies, expected) in [(vec![list(item)], "failed"), (vec![nobody(), list(item)], "unknown")] {
            let script = Script::start(replies);
            let ran = host().run(egress_to(&script.url()), &session(), SUPPORT, &variables().to_string()).await;
            let Ok(ran) = ran else {
                panic!("the run trapped on a list of `{item}` where it should have ended as `{expected}`");
            };
            assert_eq!(results(&answers::outcome(&ran.expect("good input")))[0], expected);
        }
    }
}
