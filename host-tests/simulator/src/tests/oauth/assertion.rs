//! The JWT bearer grant.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::*;

const GRANT: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";
const INVALID: (u16, &str, &str) = (400, "invalid_grant", "invalid assertion");

/// The public half of a key that was thrown away after it had signed [`SIGNED`].
const PUBLIC_KEY: &str = include_str!("public_key.pem");
/// `exp` is three minutes after the first clock of a [`Bench`].
const SIGNED: &str = concat!(
    "eyJhbGciOiJSUzI1NiJ9.eyJpc3MiOiJzaW11bGF0b3ItY2xpZW50LWlkIiwic3ViIjoiaW50ZWdyYXRpb25Ac2ltdWxhdG9yLmV4YW1wbGUiLCJh",
    "dWQiOiJodHRwczovL2xvZ2luLnNhbGVzZm9yY2UuY29tIiwiZXhwIjoxNzk1MzQxNzgwfQ.JAYs6Ir7QF7BjOlWu-LwRhEBC6oMbZnqivLYcB0T_5",
    "dGYoa85495jSH7e-vtyAODYR5VDQ9qxhCsRMQ8XdC9yn0PxxXn3QOqP_uV-4NnuzXhgLLiohqcmi7Y4BPofEyAQ94yYRNEf-yd_hWahv_xgfOqJSOz",
    "9l240EICNjnsCZgEf65ksMrVdwl7j1HPnBCRIHOaYccvULyiXzgrhLYvNjXveZsuk1fMSq5vOyk80lPQ5xlyXDdPah2CjR5fKHGqLzSif9DVDZQg-G",
    "cAn2ysMZhprRm8m9KzQu4XIPhUIoU9eCUyKd3nyqzeLG68aW-jWVfKl4YHUHC2_nlB9z3PHQ",
);

fn jwt(header: &Value, claims: &Value) -> String {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.{}", encode(&header.to_string()), encode(&claims.to_string()), encode("signature"))
}

/// A good assertion with some claims replaced; null leaves one out.
fn assertion(bench: &Bench, replaced: Value) -> String {
    let mut claims = json!({
        "iss": "simulator-client-id",
        "sub": "integration@simulator.example",
        "aud": "https://login.salesforce.com",
        "exp": bench.now.as_second() + 180,
    });
    let members = claims.as_object_mut().unwrap();
    members.extend(replaced.as_object().unwrap().clone());
    members.retain(|_, value| !value.is_null());
    jwt(&json!({ "alg": "RS256" }), &claims)
}

fn present(bench: &mut Bench, assertion: &str) -> Response {
    bench.form("token", &[("grant_type", GRANT), ("assertion", assertion)])
}

#[test]
fn an_assertion_gives_an_access_token_and_no_refresh_token() {
    let mut bench = Bench::new();
    let good = assertion(&bench, json!({}));
    let answer = present(&mut bench, &good);
    assert_eq!((answer.status, answer.json().get("refresh_token")), (200, None));
    assert!(bench.opens(&text(&answer, "access_token")));
}

#[test]
fn claims_must_be_right() {
    let mut bench = Bench::new();
    let now = bench.now.as_second();
    let cases = [
        (json!({ "iss": "nobody" }), (400, "invalid_client_id", "client identifier invalid")),
        (json!({ "sub": null }), (400, "invalid_grant", "user hasn't approved this consumer")),
        (json!({ "aud": null }), (400, "invalid_grant", "audience is invalid")),
        (json!({ "aud": "https://login.salesforce.com/" }), (400, "invalid_grant", "audience is invalid")),
        (json!({ "exp": null }), INVALID),
        (json!({ "exp": now }), (400, "invalid_grant", "expired authorization code")),
        (json!({ "exp": now + 400 }), INVALID),
    ];
    for (replaced, expected) in cases {
        let bad = assertion(&bench, replaced.clone());
        let answer = present(&mut bench, &bad);
        let (status, code, description) = oauth_error(&answer);
        assert_eq!((status, code.as_str(), description.as_str()), expected, "{replaced}");
    }
}

#[test]
fn the_expiry_may_be_a_text_as_some_clients_send_it() {
    let mut bench = Bench::new();
    let now = bench.now.as_second();
    let good = assertion(&bench, json!({ "exp": (now + 180).to_string() }));
    assert_eq!(present(&mut bench, &good).status, 200);
    for exp in ["soon".to_owned(), (now + 400).to_string()] {
        let bad = assertion(&bench, json!({ "exp": exp }));
        denied(&present(&mut bench, &bad), INVALID);
    }
}

#[test]
fn the_form_must_be_right() {
    let mut bench = Bench::new();
    let good = assertion(&bench, json!({}));
    let other_algorithm = jwt(&json!({ "alg": "none" }), &json!({ "iss": "simulator-client-id" }));
    let parts: Vec<&str> = good.split('.').collect();
    for bad in
        ["", "a.b.c", &parts[..2].join("."), &format!("{good}.more"), &format!("{good}="), &other_algorithm, parts[1]]
    {
        denied(&present(&mut bench, bad), INVALID);
    }
}

#[test]
fn the_audience_is_the_login_host_of_the_orgs_kind_or_its_own() {
    let mut bench = Bench::new();
    let cases = [
        ("x.my.salesforce.com", "https://login.salesforce.com", true),
        ("x.my.salesforce.com", "https://test.salesforce.com", false),
        ("x.my.salesforce.com", "https://x.my.salesforce.com", true),
        ("x--dev.sandbox.my.salesforce.com", "https://test.salesforce.com", true),
        ("x--dev.sandbox.my.salesforce.com", "https://login.salesforce.com", false),
        ("127.0.0.1:80", "https://test.salesforce.com", true),
        ("127.0.0.1:80", "https://example.com", false),
    ];
    for (host, audience, good) in cases {
        let assertion = assertion(&bench, json!({ "aud": audience }));
        bench.header("host", host);
        assert_eq!(present(&mut bench, &assertion).status == 200, good, "{host} {audience}");
    }
}

#[test]
fn without_a_key_the_settings_say_whether_the_signature_is_good() {
    let mut bench = Bench::new();
    bench.org.settings.assertions_valid = false;
    let good = assertion(&bench, json!({}));
    denied(&present(&mut bench, &good), INVALID);
}

#[test]
fn with_a_key_the_signature_is_checked() {
    let mut bench = Bench::new();
    assert!(!bench.org.register_public_key("no key"));
    assert!(bench.org.register_public_key(PUBLIC_KEY));
    assert_eq!(present(&mut bench, SIGNED).status, 200);
    let unsigned = assertion(&bench, json!({}));
    denied(&present(&mut bench, &unsigned), INVALID);
    let tampered = SIGNED.replacen("9l240", "9l241", 1);
    denied(&present(&mut bench, &tampered), INVALID);
}
