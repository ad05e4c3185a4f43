//! What a callback must be to be believed. Where it is not, there is an error and nothing else.

use host_tests::host::{Authorization, Client, OauthAdvice, OauthError, Tokens};
use host_tests::simulator::{Simulator, TokenRefusal, TokenRequests};
use ring::digest::{SHA256, digest};

use super::support::{CALLBACK, DOMAIN, because, begin, client, egress, end, host, simulator, why};

async fn exchange(simulator: &Simulator, begun: &Authorization, callback: &str) -> Result<Tokens, OauthError> {
    end(&simulator.url(), &client(), begun, callback).await
}

#[tokio::test(flavor = "multi_thread")]
async fn each_log_in_has_a_state_and_a_verifier_of_its_own() {
    let (one, other) = (begin(&client()).await, begin(&client()).await);
    let secrets = [&one.state, &one.code_verifier, &other.state, &other.code_verifier];
    for (at, secret) in secrets.iter().enumerate() {
        assert_eq!(secret.len(), 43, "32 bytes in base64url");
        assert!(secret.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'_'));
        assert!(!secrets.iter().skip(at + 1).any(|another| another == secret));
    }
    let url = &one.url;
    assert!(url.starts_with(&format!("https://{DOMAIN}/services/oauth2/authorize?response_type=code&")), "{url}");
    let challenge = {
        use base64::Engine;
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(digest(&SHA256, one.code_verifier.as_bytes()))
    };
    for parameter in [
        format!("state={}", one.state),
        format!("code_challenge={challenge}"),
        "code_challenge_method=S256".into(),
        "scope=api+refresh_token".into(),
        "redirect_uri=http%3A%2F%2Flocalhost%3A1717%2Fcallback".into(),
    ] {
        assert!(url.contains(&parameter), "{parameter}: {url}");
    }
    assert!(!url.contains(&one.code_verifier) && !url.contains("simulator-client-secret"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_callback_that_is_not_of_this_log_in_asks_for_nothing() {
    let simulator = simulator().await;
    let (begun, other) = (begin(&client()).await, begin(&client()).await);
    let ours = simulator.org().approve(&begun.url).expect("a code");
    let theirs = simulator.org().approve(&other.url).expect("a code");
    let without = ours.replace("state=", "stat=");
    let twice = ours.replace("?", "?state=x&");
    let denied = "error=access_denied&state=x".to_owned();
    for callback in [&theirs, &without, &twice, &denied, &String::new(), &"?".to_owned(), &"code=canary".to_owned()] {
        let answer = exchange(&simulator, &begun, callback).await;
        assert_eq!(why(answer), because(OauthAdvice::LogInAgain, "state-mismatch"), "{callback}");
    }
    let empty = Authorization { state: String::new(), ..begun.clone() };
    assert_eq!(why(exchange(&simulator, &empty, "code=canary&state=").await).1, "state-mismatch");
    let no_code = format!("state={}", begun.state);
    assert_eq!(why(exchange(&simulator, &begun, &no_code).await), because(OauthAdvice::LogInAgain, "no-code"));
    assert_eq!(simulator.org().token_requests(), TokenRequests::default());
    // The right one still counts.
    exchange(&simulator, &begun, &ours).await.expect("tokens");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_denial_says_so_and_asks_for_nothing() {
    let simulator = simulator().await;
    let begun = begin(&client()).await;
    let callback = simulator.org().deny(&begun.url).expect("a callback");
    assert_eq!(why(exchange(&simulator, &begun, &callback).await), because(OauthAdvice::LogInAgain, "access_denied"));
    for (refusal, code) in [
        (TokenRefusal::AppBlocked, "OAUTH_APP_BLOCKED"),
        (TokenRefusal::NotInstalled, "OAUTH_EC_APP_NOT_FOUND"),
        (TokenRefusal::UserNotPermitted, "OAUTH_APP_ACCESS_DENIED"),
    ] {
        simulator.org().refuse_tokens(refusal);
        let callback = simulator.org().approve(&begun.url).expect("a callback");
        let error = exchange(&simulator, &begun, &callback).await.expect_err("no tokens");
        assert_eq!((error.advice, error.code.as_str()), (OauthAdvice::AdminMustAct, code));
        assert!(error.remedy.contains("Setup") || error.remedy.contains("policies"), "{error:?}");
        assert!(!error.remedy.contains("Look the code up"), "a case that is known: {error:?}");
    }
    let odd = format!("error=%3Cb%3Ecanary&error_description=canary&state={}", begun.state);
    why(exchange(&simulator, &begun, &odd).await);
    assert_eq!(simulator.org().token_requests(), TokenRequests::default());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_works_once() {
    let simulator = simulator().await;
    let begun = begin(&client()).await;
    let callback = simulator.org().approve(&begun.url).expect("a code");
    exchange(&simulator, &begun, &callback).await.expect("tokens");
    assert_eq!(why(exchange(&simulator, &begun, &callback).await), because(OauthAdvice::LogInAgain, "invalid_grant"));
    let made_up = format!("code=canary&state={}", begun.state);
    assert_eq!(why(exchange(&simulator, &begun, &made_up).await), because(OauthAdvice::LogInAgain, "invalid_grant"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_of_one_verifier() {
    let simulator = simulator().await;
    let begun = begin(&client()).await;
    for verifier in [begin(&client()).await.code_verifier, String::new(), begun.code_verifier.to_lowercase()] {
        let callback = simulator.org().approve(&begun.url).expect("a code");
        let tampered = Authorization { code_verifier: verifier, ..begun.clone() };
        let answer = exchange(&simulator, &tampered, &callback).await;
        assert_eq!(why(answer), because(OauthAdvice::LogInAgain, "invalid_grant"));
    }
    assert_eq!(simulator.org().token_requests().granted, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_is_of_one_app_and_one_callback() {
    let simulator = simulator().await;
    let begun = begin(&client()).await;
    let callback = simulator.org().approve(&begun.url).expect("a code");
    let (url, client) = (simulator.url(), client());
    let another = Client { client_id: "canary-other-app".into(), ..client.clone() };
    let secret = Client { client_secret: Some("canary-other-secret".into()), ..client.clone() };
    let none = Client { client_secret: None, ..client.clone() };
    for (client, code) in [(&another, "invalid_client_id"), (&secret, "invalid_client"), (&none, "invalid_client")] {
        assert_eq!(why(end(&url, client, &begun, &callback).await), because(OauthAdvice::Misconfigured, code));
    }
    let elsewhere = "http://localhost:1718/callback";
    let answer = host().exchange(egress(&url), &client, elsewhere, &begun, &callback).await.expect("no trap");
    assert_eq!(why(answer), because(OauthAdvice::Misconfigured, "redirect_uri_mismatch"));
    assert_eq!(simulator.org().token_requests().granted, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_client_that_cannot_be_one_is_misconfigured_before_anything_is_sent() {
    let good = client();
    for domain in
        ["", "login.salesforce.com", "example.lightning.force.com", "https://example.my.salesforce.com", "canary"]
    {
        let client = Client { deployment_domain: domain.into(), ..good.clone() };
        let error = host().authorize(&client, CALLBACK).await.expect("no trap").expect_err("no domain");
        assert_eq!((error.advice, error.code.as_str()), (OauthAdvice::Misconfigured, "bad-domain"), "{domain}");
        assert!(error.remedy.contains("my.salesforce.com"), "{error:?}");
    }
    for client_id in ["", " "] {
        let client = Client { client_id: client_id.into(), ..good.clone() };
        let error = host().authorize(&client, CALLBACK).await.expect("no trap").expect_err("no client");
        assert_eq!((error.advice, error.code.as_str()), (OauthAdvice::Misconfigured, "invalid_client_id"));
    }
    let simulator = simulator().await;
    let public = Client { client_secret: None, ..good };
    let answer = host().client_credentials(egress(&simulator.url()), &public).await.expect("no trap");
    assert_eq!(why(answer), because(OauthAdvice::Misconfigured, "invalid_client"));
    assert!(simulator.org().log().is_empty());
}
