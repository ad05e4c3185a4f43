//! What a token answer must be to be believed, at the log-in and at each renewal.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use host_tests::connections::{ConnectionError, Connections, FileStore};
use host_tests::host::{OauthAdvice, OauthError, Session, Tokens};
use serde_json::{Value, json};

use super::support::{DOMAIN, Folder, NAME, because, begin, client, connected, egress, end, host, log_in, open};
use super::support::{refused, save, simulator, why};
use crate::scripted::{Reply, Script};

const IDENTITY: &str = "https://login.salesforce.com/id/00D000000000001AAA/005000000000001AAA";

/// A token answer as it should be, with this instance URL.
fn answer(instance_url: Value) -> Value {
    let mut answer = json!({
        "access_token": "00D!canary.access", "refresh_token": "canary.refresh", "signature": "canary",
        "scope": "api refresh_token", "instance_url": instance_url, "id": IDENTITY, "token_type": "Bearer",
        "issued_at": "1767225600000",
    });
    if instance_url.is_null() {
        answer.as_object_mut().expect("an object").remove("instance_url");
    }
    answer
}

async fn exchanged(reply: Reply) -> Result<Tokens, OauthError> {
    let (script, begun) = (Script::start([reply]), begin(&client()).await);
    let callback = format!("code=c&state={}", begun.state);
    let answer = end(&script.url(), &client(), &begun, &callback).await;
    assert_eq!(script.requests().len(), 1);
    answer
}

/// A renewal that is answered so. Whatever it is, a refusal leaves the file as it was.
async fn refreshed(stored: &Tokens, reply: Reply) -> Result<Tokens, OauthError> {
    let (script, folder) = (Script::start([reply]), Folder::new());
    save(&folder.store(), stored.clone());
    let before = folder.stored();
    let connections: Connections<FileStore> = open(&script.url(), &folder);
    let renewed = connections.renew(NAME, &stored.session.access_token).await;
    assert_eq!(script.requests().len(), 1);
    match renewed {
        Ok(renewed) => {
            let session = Session { access_token: renewed.access_token, ..stored.session.clone() };
            Ok(Tokens { session, grant: renewed.grant, ..stored.clone() })
        }
        Err(ConnectionError::Refused(error)) => {
            assert!(folder.stored() == before);
            Err(error)
        }
        Err(error) => panic!("{error:#}"),
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_answer_that_points_to_another_org_is_not_used() {
    let simulator = simulator().await;
    let stored = log_in(&simulator).await;
    let unusable = (OauthAdvice::LogInAgain, "unusable-answer");
    for (instance_url, (who, code)) in [
        ("https://canary.my.salesforce.com", (OauthAdvice::Misconfigured, "other-org")),
        ("https://example--canary.sandbox.my.salesforce.com", (OauthAdvice::Misconfigured, "other-org")),
        ("https://example.my.salesforce.mil", (OauthAdvice::Misconfigured, "other-org")),
        ("https://example.lightning.force.com", unusable),
        ("https://login.salesforce.com", unusable),
        ("https://na1.salesforce.com", unusable),
        ("http://example.my.salesforce.com", unusable),
        ("HTTPS://example.my.salesforce.com", unusable),
        ("example.my.salesforce.com", unusable),
        ("https://canary.example", unusable),
        ("https://example.my.salesforce.com.canary.example", unusable),
        ("https://canaryexample.my.salesforce.com.", unusable),
        ("https://example.my.salesforce.com.", unusable),
        ("https://example.my.salesforce.com:8443", unusable),
        ("https://example.my.salesforce.com:443", unusable),
        ("https://example.my.salesforce.com@canary.example", unusable),
        ("https://canary@example.my.salesforce.com", unusable),
        ("https://example.my.salesforce.com/canary", unusable),
        ("https://example.my.salesforce.com?canary", unusable),
        ("https://example.my.salesforce.com#canary", unusable),
        ("https://canary.example\\example.my.salesforce.com", unusable),
        ("https://ex\u{0430}mple.my.salesforce.com", unusable),
        ("https://example.my.sal\u{017f}esforce.com", unusable),
        ("https://127.0.0.1", unusable),
        ("https://[::1]", unusable),
        ("https://2130706433", unusable),
        ("canary", unusable),
    ] {
        let reply = Reply::json(200, &answer(instance_url.into()));
        let exchanged = exchanged(reply.clone()).await.expect_err(instance_url);
        let refreshed = refreshed(&stored, reply).await.expect_err(instance_url);
        // A refresh may have used the old grant up, so that correcting the domain is not enough.
        for (error, who) in [(exchanged, who), (refreshed, OauthAdvice::LogInAgain)] {
            assert_eq!((error.advice, error.code.as_str()), (who, code), "{instance_url}");
            let said = format!("{error:?}");
            assert!(!said.contains("canary.access") && !said.contains("canary.refresh"), "{said}");
            // The org's own name is what the author must see; no other address is repeated.
            assert!(code == "other-org" || !said.contains("canary"), "{said}");
        }
    }
    assert_eq!(simulator.org().token_requests().refresh_token, 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_answer_without_an_instance_url_is_enough_only_where_it_is_known() {
    let simulator = simulator().await;
    let stored = log_in(&simulator).await;
    for instance_url in [Value::Null, "".into(), 7.into()] {
        let reply = Reply::json(200, &answer(instance_url));
        assert_eq!(why(exchanged(reply.clone()).await), because(OauthAdvice::LogInAgain, "unusable-answer"));
        let tokens = refreshed(&stored, reply).await.expect("what the grant knew");
        let grant = tokens.grant.expect("a grant");
        assert_eq!(grant.instance_url, format!("https://{DOMAIN}"));
        assert_eq!(
            (grant.refresh_token.as_str(), tokens.session.access_token.as_str()),
            ("canary.refresh", "00D!canary.access")
        );
    }
    // What is known is believed no more than what is said.
    let mut elsewhere = stored;
    elsewhere.grant.as_mut().expect("a grant").instance_url = "https://canary.my.salesforce.com".into();
    let error = refreshed(&elsewhere, Reply::json(200, &answer(Value::Null))).await.expect_err("another org");
    assert_eq!(error.code, "other-org");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_refresh_keeps_what_the_answer_leaves_out() {
    let simulator = simulator().await;
    {
        let settings = &mut simulator.org().settings;
        (settings.refresh_token_rotation, settings.instance_url_in_refresh) = (false, false);
    }
    let folder = Folder::new();
    let connections = connected(&simulator, &folder).await;
    let before = connections.load(NAME).expect("a connection");
    let renewed = connections.renew(NAME, &before.access_token).await.expect("a renewal");
    assert!(renewed.access_token != before.access_token && renewed.grant == before.grant && before.grant.is_some());
    let reply = Reply::json(200, &json!({ "access_token": "00D!canary.access" }));
    let stored = log_in(&simulator).await;
    assert_eq!(refreshed(&stored, reply).await.expect("tokens").grant, stored.grant);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_token_answer_gives_no_tokens() {
    let simulator = simulator().await;
    let stored = log_in(&simulator).await;
    let mut tokenless = answer(format!("https://{DOMAIN}").into());
    tokenless["access_token"] = "".into();
    let refusal = json!({ "error": "invalid_grant", "error_description": "canary" });
    for (reply, who, code) in [
        (Reply::json(200, &tokenless), OauthAdvice::LogInAgain, "unusable-answer"),
        (Reply::json(200, &json!([])), OauthAdvice::LogInAgain, "unusable-answer"),
        (Reply::html(200), OauthAdvice::Misconfigured, "HTTP_200"),
        (Reply::redirect(302, "https://canary.example/services/oauth2/token"), OauthAdvice::Misconfigured, "HTTP_302"),
        (Reply::html(404), OauthAdvice::Misconfigured, "HTTP_404"),
        (Reply::html(429), OauthAdvice::TryLater, "HTTP_429"),
        (Reply::html(503), OauthAdvice::TryLater, "HTTP_503"),
        (Reply::json(400, &json!({ "error": "<canary>" })), OauthAdvice::Misconfigured, "HTTP_400"),
        (Reply::json(500, &json!({ "error": "unknown_error" })), OauthAdvice::TryLater, "unknown_error"),
        (Reply::json(200, &refusal), OauthAdvice::LogInAgain, "unusable-answer"),
        (Reply::json(201, &answer(format!("https://{DOMAIN}").into())), OauthAdvice::Misconfigured, "HTTP_201"),
        (Reply::Close, OauthAdvice::TryLater, "ANSWER_CUT_OFF"),
        (Reply::cut(&tokenless), OauthAdvice::TryLater, "ANSWER_CUT_OFF"),
    ] {
        assert_eq!(why(exchanged(reply.clone()).await), because(who, code), "{reply:?}");
        assert_eq!(why(refreshed(&stored, reply.clone()).await), because(who, code), "{reply:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_identity_url_that_is_not_salesforces_is_left_out() {
    let instance_url = || Value::from(format!("https://{DOMAIN}"));
    let tokens = exchanged(Reply::json(200, &answer(instance_url()))).await.expect("tokens");
    assert_eq!(tokens.identity_url.as_deref(), Some(IDENTITY));
    assert_eq!(tokens.issued_at, Some(1_767_225_600));
    assert_eq!(tokens.scope.as_deref(), Some("api refresh_token"));
    for id in [
        "https://canary.example/id/00D/005",
        "http://login.salesforce.com/id/00D/005",
        "https://login.salesforce.com.canary.example/id/x",
        "https://login.salesforce.com/canary",
        "canary",
    ] {
        let mut answer = answer(instance_url());
        answer["id"] = id.into();
        let tokens = exchanged(Reply::json(200, &answer)).await.expect("tokens");
        assert_eq!(tokens.identity_url, None, "{id}");
    }
}

/// A connection that was never made asks for nothing.
#[tokio::test(flavor = "multi_thread")]
async fn a_revoked_connection_is_a_new_log_in() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    simulator.org().revoke_all();
    let expired = connections.load(NAME).expect("a connection").access_token;
    let error = refused(connections.renew(NAME, &expired).await);
    assert_eq!((error.advice, error.code.as_str()), (OauthAdvice::LogInAgain, "invalid_grant"));
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn an_assertion_gives_a_session_without_a_grant() {
    let simulator = simulator().await;
    let assertion = |audience: &str| {
        let expires = jiff::Timestamp::now().as_second() + 180;
        let claims = json!({
            "iss": client().client_id, "sub": "integration@simulator.example", "aud": audience, "exp": expires,
        });
        let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
        format!("{}.{}.{}", encode(r#"{"alg":"RS256"}"#), encode(&claims.to_string()), encode("signature"))
    };
    let ask = async |assertion: &str| {
        let answer = host().assertion(egress(&simulator.url()), DOMAIN, assertion).await;
        answer.expect("no trap")
    };
    let tokens = ask(&assertion("https://login.salesforce.com")).await.expect("tokens");
    assert_eq!(tokens.session.access_token, simulator.org().access_token());
    assert_eq!((tokens.grant, simulator.org().token_requests().jwt_bearer), (None, 1));
    assert_eq!(why(ask(&assertion("https://example.com")).await), because(OauthAdvice::Misconfigured, "invalid_grant"));
    assert_eq!(why(ask("canary").await).1, "invalid_grant");
}
