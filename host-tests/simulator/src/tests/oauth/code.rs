//! What a code is good for, and what a token answer holds.

use super::*;

const EXPIRED_CODE: (u16, &str, &str) = (400, "invalid_grant", "expired authorization code");

#[test]
fn a_code_gives_tokens_that_work() {
    let mut bench = Bench::new();
    let code = bench.approved();
    let answer = bench.exchange(&code, &[]);
    let body = answer.json();
    let mut members: Vec<&str> = body.as_object().unwrap().keys().map(String::as_str).collect();
    members.sort_unstable();
    let expected =
        ["access_token", "id", "instance_url", "issued_at", "refresh_token", "scope", "signature", "token_type"];
    assert_eq!(members, expected);
    assert_eq!(body["issued_at"], bench.now.as_millisecond().to_string());
    assert_eq!((&body["scope"], &body["token_type"]), (&"api refresh_token".into(), &"Bearer".into()));
    assert_eq!(answer.header("cache-control"), Some("no-cache,must-revalidate,max-age=0,no-store,private"));
    assert!(bench.opens(body["access_token"].as_str().unwrap()));
    assert_eq!(bench.org.valid_refresh_tokens(), 1);
}

#[test]
fn without_the_scope_there_is_no_refresh_token() {
    let mut bench = Bench::new();
    for (scope, given, refreshable) in [
        ("api", "api", false),
        ("full", "full", false),
        ("api offline_access", "api offline_access", true),
        ("", "api refresh_token", true),
    ] {
        let code = parameter(&bench.org.approve(&asking(&[("scope", scope)])).unwrap(), "code");
        let answer = bench.exchange(&code, &[]);
        assert_eq!((text(&answer, "scope").as_str(), !text(&answer, "refresh_token").is_empty()), (given, refreshable));
    }
}

#[test]
fn a_code_works_once_and_its_replay_leaves_the_tokens_alone() {
    let mut bench = Bench::new();
    let code = bench.approved();
    let access = text(&bench.exchange(&code, &[]), "access_token");
    denied(&bench.exchange(&code, &[]), EXPIRED_CODE);
    assert!(bench.opens(&access));
}

#[test]
fn a_code_lives_fifteen_minutes() {
    let mut bench = Bench::new();
    bench.get("/sobjects/");
    let (early, late) = (bench.approved(), bench.approved());
    bench.wait(14);
    assert_eq!(bench.exchange(&early, &[]).status, 200);
    bench.wait(1);
    denied(&bench.exchange(&late, &[]), EXPIRED_CODE);
}

#[test]
fn a_code_approved_before_any_request_is_as_old_as_the_first() {
    let mut bench = Bench::new();
    let code = bench.approved();
    bench.wait(60);
    bench.get("/sobjects/");
    bench.wait(14);
    assert_eq!(bench.exchange(&code, &[]).status, 200);
}

#[test]
fn a_code_that_was_never_given_is_invalid() {
    let mut bench = Bench::new();
    // Decoded twice or not at all, a real code is another one.
    let code = bench.approved().replace("==", "%3D%3D");
    for code in [code.as_str(), "nonsense", ""] {
        denied(&bench.exchange(code, &[]), (400, "invalid_grant", "invalid authorization code"));
    }
}

#[test]
fn the_redirect_uri_must_be_the_one_of_the_page() {
    let mut bench = Bench::new();
    let code = bench.approved();
    let expected = (400, "redirect_uri_mismatch", "redirect_uri must match configuration");
    denied(&bench.exchange(&code, &[("redirect_uri", "http://localhost:8123/callback/")]), expected);
    denied(&bench.exchange(&code, &[("redirect_uri", "")]), expected);
    assert_eq!(bench.exchange(&code, &[]).status, 200);
}

#[test]
fn the_verifier_must_fit_the_challenge() {
    let mut bench = Bench::new();
    let expected = (400, "invalid_grant", "invalid code verifier");
    for verifier in [CHALLENGE, ""] {
        let code = bench.approved();
        denied(&bench.exchange(&code, &[("code_verifier", verifier)]), expected);
        denied(&bench.exchange(&code, &[]), EXPIRED_CODE);
    }
    bench.org.settings.pkce_required = false;
    let callback = bench.org.approve(&asking(&[("code_challenge", ""), ("code_challenge_method", "")])).unwrap();
    denied(&bench.exchange(&parameter(&callback, "code"), &[]), expected);
}

#[test]
fn a_confidential_app_shows_its_secret_and_a_public_one_need_not() {
    let mut bench = Bench::new();
    let code = bench.approved();
    let invalid_client = (400, "invalid_client", "invalid client credentials");
    denied(&bench.exchange(&code, &[("client_secret", "")]), invalid_client);
    bench.org.settings.confidential = false;
    denied(&bench.exchange(&code, &[("client_secret", "wrong")]), invalid_client);
    denied(&bench.exchange(&code, &[("client_id", "x")]), (400, "invalid_client_id", "client identifier invalid"));
    let answer = bench.exchange(&code, &[("client_secret", "")]);
    assert_eq!(answer.status, 200);
    let refresh = text(&answer, "refresh_token");
    let refreshed = bench.token("refresh_token", &[("refresh_token", &refresh), ("client_secret", "")]);
    assert_eq!(refreshed.status, 200);
    // Without a secret nobody is a client of its own.
    denied(&bench.token("client_credentials", &[("client_secret", "")]), invalid_client);
}

#[test]
fn client_credentials_may_come_in_the_basic_header() {
    let mut bench = Bench::new();
    let code = bench.approved();
    let without = [("client_id", ""), ("client_secret", "")];
    // simulator-client-id:simulator-client-secret
    bench.header("authorization", "Basic c2ltdWxhdG9yLWNsaWVudC1pZDpzaW11bGF0b3ItY2xpZW50LXNlY3JldA==");
    assert_eq!(bench.exchange(&code, &without).status, 200);
    let code = bench.approved();
    bench.header("authorization", "Basic c2ltdWxhdG9yLWNsaWVudC1pZDp3cm9uZw==");
    denied(&bench.exchange(&code, &[]), (400, "invalid_client", "invalid client credentials"));
}

#[test]
fn the_token_endpoint_wants_a_posted_form() {
    let mut bench = Bench::new();
    let answer = bench.get("/services/oauth2/token?grant_type=client_credentials");
    denied(&answer, (400, "invalid_request", "must use HTTP POST"));
    let answer = bench.post("/services/oauth2/token", serde_json::json!({ "grant_type": "client_credentials" }));
    denied(&answer, (400, "unsupported_grant_type", "grant type not supported"));
}

#[test]
fn the_answer_names_the_instance_that_the_settings_say() {
    let mut bench = Bench::new();
    bench.org.settings.instance_url = "https://example.lightning.force.com".into();
    let code = bench.approved();
    assert_eq!(text(&bench.exchange(&code, &[]), "instance_url"), "https://example.lightning.force.com");
    assert_eq!(bench.org.instance_url(), "https://example.lightning.force.com");
}

#[test]
fn a_sixth_grant_ends_the_oldest_refresh_token() {
    let mut bench = Bench::new();
    let grants: Vec<(String, String)> = (0..6).map(|_| bench.connected()).collect();
    assert_eq!(bench.org.valid_refresh_tokens(), 5);
    assert!(bench.opens(&grants[0].0));
    denied(&bench.refresh(&grants[0].1), EXPIRED);
    assert_eq!(bench.refresh(&grants[1].1).status, 200);
}
