//! What is sent, and over which connection.

use super::*;

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
