//! Tokens, versions, and what every answer carries.

use super::*;

fn token(bench: &mut Bench, form: &str) -> Response {
    let request = Request {
        method: "POST".into(),
        path: "/services/oauth2/token".into(),
        headers: vec![("content-type".into(), "application/x-www-form-urlencoded".into())],
        body: form.into(),
        ..Request::default()
    };
    bench.org.handle(&request, bench.now)
}

#[test]
fn versions_need_no_token_and_count_as_no_call() {
    let mut bench = Bench::new().with("authorization", "none");
    let response = bench.get("/services/data/");
    let list = response.json();
    assert_eq!((response.status, list.as_array().unwrap().len()), (200, 38));
    assert_eq!(list[0]["version"], "31.0");
    assert_eq!(list[37]["url"], "/services/data/v68.0");
    assert_eq!(response.header("Sforce-Limit-Info"), None);
}

#[test]
fn everything_else_needs_a_live_token() {
    let mut bench = Bench::new().with("authorization", "Bearer wrong");
    refused(&bench.get("/sobjects/"), 401, "INVALID_SESSION_ID");
    let token = format!("OAuth {}", bench.org.access_token());
    assert_eq!(bench.header("authorization", &token).get("/sobjects/").status, 200);
    bench.org.expire_sessions();
    refused(&bench.get("/sobjects/"), 401, "INVALID_SESSION_ID");
}

#[test]
fn an_unknown_version_or_resource_is_404() {
    let mut bench = Bench::new();
    for target in [
        "/services/data/v1.0/sobjects",
        "/services/data/v69.0/",
        "/services/data/vX/",
        "/nothing",
        "/sobjects/Nope",
        "/services/apexrest/x",
    ] {
        refused(&bench.get(target), 404, "NOT_FOUND");
    }
    assert_eq!(bench.get("/").json()["query"], "/services/data/v60.0/query");
}

#[test]
fn client_credentials_give_a_working_token() {
    let mut bench = Bench::new();
    bench.org.expire_sessions();
    let form = format!(
        "grant_type=client_credentials&client_id={}&client_secret={}",
        bench.org.client_id(),
        bench.org.client_secret()
    );
    let answer = token(&mut bench, &form).json();
    assert_eq!(answer["instance_url"], "https://example.my.salesforce.com");
    assert_eq!(answer["token_type"], "Bearer");
    assert!(answer["issued_at"].as_str().unwrap().parse::<u64>().is_ok());
    let header = format!("Bearer {}", answer["access_token"].as_str().unwrap());
    assert_eq!(bench.header("authorization", &header).get("/sobjects/").status, 200);
}

#[test]
fn a_wrong_client_or_grant_gets_the_oauth_error() {
    let mut bench = Bench::new();
    let id = bench.org.client_id().to_owned();
    let cases = [
        ("grant_type=client_credentials&client_id=nobody&client_secret=x".to_owned(), "invalid_client_id"),
        (format!("grant_type=client_credentials&client_id={id}&client_secret=x"), "invalid_client"),
        ("grant_type=magic".to_owned(), "unsupported_grant_type"),
        (String::new(), "unsupported_grant_type"),
    ];
    for (form, code) in cases {
        let response = token(&mut bench, &form);
        assert_eq!((response.status, response.json()["error"].as_str()), (400, Some(code)), "{form}");
    }
}

#[test]
fn the_log_holds_every_exchange_but_no_secret() {
    let mut bench = Bench::new();
    let form = format!("grant_type=client_credentials&client_secret={}", bench.org.client_secret());
    token(&mut bench, &form);
    bench.get("/query?q=SELECT+Id+FROM+Case");
    let log = bench.org.log();
    assert_eq!(log.len(), 2);
    assert_eq!(log[1].path, "/services/data/v60.0/query?q=SELECT+Id+FROM+Case");
    let printed = format!("{log:?}");
    let shown: String = log.iter().map(|one| String::from_utf8_lossy(&one.request_body).into_owned()).collect();
    assert!(!printed.contains(bench.org.access_token()) && !shown.contains(bench.org.client_secret()));
}

#[test]
fn calls_are_counted_in_the_limit_header() {
    let mut bench = Bench::new();
    bench.get("/sobjects/");
    assert_eq!(bench.get("/sobjects/").header("Sforce-Limit-Info"), Some("api-usage=2/15000"));
}

#[test]
fn a_uri_that_is_too_long_gets_html() {
    let response = Bench::new().get(&format!("/query?q={}", "x".repeat(17_000)));
    assert_eq!(response.status, 414);
    assert!(response.body.starts_with(b"<h1>"));
}

#[test]
fn a_body_needs_json_as_content_type() {
    let mut bench = Bench::new().with("content-type", "text/plain");
    refused(&bench.post("/sobjects/Lead", Value::Null), 415, "UNSUPPORTED_MEDIA_TYPE");
    refused(&bench.send("POST", "/sobjects/Lead", None), 415, "UNSUPPORTED_MEDIA_TYPE");
}
