//! What each call of `oauth` sends: one request, to the token endpoint of the org's own host, with these parameters and no
//! others. The core against a transport in memory, then the component against a server.

use host_tests::host::{Authorization, Grant as WitGrant, OauthAdvice};
use salesforce_module::oauth::{self, Advice, Client, Grant, OAuthError, Secret};
use salesforce_module::salesforce::Domain;
use salesforce_module::wire::{ContentType, Request, Response, TransportError, TransportErrorKind};
use serde_json::json;

use super::support::{CALLBACK, DOMAIN, client as app, egress, host};
use crate::scripted::{Reply, Script};

/// Everything that a form must encode.
const ODD: &str = "a+b c&d=e%f/é\u{1F426}";
const ODD_ENCODED: &str = "a%2Bb+c%26d%3De%25f%2F%C3%A9%F0%9F%90%A6";

fn client(secret: Option<&str>) -> Client<'static> {
    Client::new(DOMAIN, "3MVG9&id", secret.map(ToOwned::to_owned)).expect("a client")
}

fn grant(refresh_token: &str) -> Grant {
    Grant {
        refresh_token: Secret::new(refresh_token),
        instance_url: format!("https://{DOMAIN}"),
        scope: None,
        identity_url: None,
    }
}

/// The only request of a call, and its answer: that of the endpoint.
fn sent<T>(call: impl FnOnce(&mut dyn FnMut(&Request) -> Result<Response, TransportError>) -> T) -> (Request, T) {
    let body = json!({ "access_token": "t", "instance_url": format!("https://{DOMAIN}") }).to_string().into_bytes();
    let mut requests = Vec::new();
    let answer = call(&mut |request: &Request| {
        requests.push(request.clone());
        Ok(Response { status: 200, retry_after: None, limit_info: None, body: body.clone() })
    });
    let [request] = requests.try_into().expect("exactly one request");
    (request, answer)
}

fn form(path: &str, body: &str) -> Request {
    Request {
        method: "POST",
        path: path.into(),
        content_type: ContentType::Form,
        body: body.into(),
        ..Request::default()
    }
}

#[test]
fn each_call_sends_one_form_with_these_parameters() {
    let token = "/services/oauth2/token";
    let (client, public) = (client(Some(ODD)), client(None));
    let (code, verifier) = (Secret::new(ODD), Secret::new("verifier"));
    let id = "client_id=3MVG9%26id";
    let app = format!("{id}&client_secret={ODD_ENCODED}");
    let callback = "redirect_uri=http%3A%2F%2Flocalhost%3A1717%2Fcallback";
    for (client, app) in [(&client, app.as_str()), (&public, id)] {
        let (request, tokens) = sent(|mut send| oauth::exchange(client, CALLBACK, &code, &verifier, &mut send));
        tokens.expect("tokens");
        let parameters = format!("code={ODD_ENCODED}&{callback}&code_verifier=verifier");
        assert_eq!(request, form(token, &format!("grant_type=authorization_code&{app}&{parameters}")));
        let (request, tokens) = sent(|mut send| oauth::refresh(client, grant(ODD), &mut send));
        assert_eq!(request, form(token, &format!("grant_type=refresh_token&{app}&refresh_token={ODD_ENCODED}")));
        assert_eq!(tokens.expect("tokens").grant, Some(grant(ODD)));
    }
    let (request, tokens) = sent(|mut send| oauth::client_credentials(&client, &mut send));
    assert_eq!(request, form(token, &format!("grant_type=client_credentials&{app}")));
    assert_eq!(tokens.expect("tokens").grant, None);
    let domain = Domain::parse(DOMAIN).expect("a domain");
    let (request, tokens) = sent(|mut send| oauth::assertion(&domain, &Secret::new("h.c=.s"), &mut send));
    let bearer = "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&assertion=h.c%3D.s";
    assert_eq!(request, form(token, bearer));
    tokens.expect("tokens");
    let (request, revoked) = sent(|mut send| oauth::revoke(&Secret::new(ODD), &mut send));
    assert_eq!(request, form("/services/oauth2/revoke", &format!("token={ODD_ENCODED}")));
    revoked.expect("a token that is taken back");
}

#[test]
fn an_empty_secret_is_none() {
    let (request, _) = sent(|mut send| oauth::refresh(&client(Some("")), grant("r"), &mut send));
    assert!(!request.body.contains("client_secret"), "{}", request.body);
}

#[test]
fn a_transport_that_fails_is_to_be_tried_later_and_not_at_once() {
    use TransportErrorKind::{Connect, CutOff, Denied, Dns, Other, Timeout, Tls, TooLarge};
    for kind in [Denied, Dns, Connect, Tls, Timeout, CutOff, TooLarge, Other] {
        let mut requests = 0;
        let mut send = |_: &Request| {
            requests += 1;
            Err(TransportError { kind, not_sent: false })
        };
        let error: OAuthError = oauth::refresh(&client(None), grant("r"), &mut send).expect_err("no answer");
        assert_eq!((error.advice, requests), (Advice::TryLater, 1), "{kind:?}");
        assert!(!error.code.is_empty() && !error.message.is_empty() && !error.remedy.is_empty());
    }
}

#[test]
fn no_secret_is_printed() {
    let (client, grant) = (client(Some("canary")), grant("canary"));
    let (_, tokens) = sent(|mut send| oauth::refresh(&client, grant.clone(), &mut send));
    let begun = oauth::authorize(&client, CALLBACK, [[1; 32], [2; 32]]).expect("a log-in");
    let printed = format!("{client:?} {grant:?} {tokens:?} {begun:?}");
    assert!(
        !printed.contains("canary") && !printed.contains("\"t\"") && !printed.contains(begun.code_verifier.reveal())
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn the_component_asks_for_tokens_as_a_form_without_authorization() {
    let tokens = Reply::json(200, &json!({ "access_token": "t", "instance_url": format!("https://{DOMAIN}") }));
    let script = Script::start([tokens.clone(), tokens.clone(), tokens.clone(), tokens, Reply::text(200, "")]);
    let url = script.url();
    let begun = Authorization { url: String::new(), state: "s".into(), code_verifier: "v".into() };
    let grant = WitGrant {
        refresh_token: "r".into(),
        instance_url: format!("https://{DOMAIN}"),
        scope: None,
        identity_url: None,
    };
    let exchanged = host().exchange(egress(&url), &app(), CALLBACK, &begun, "code=c%3D%3D&state=s").await;
    exchanged.expect("no trap").expect("tokens");
    host().refresh(egress(&url), &app(), &grant).await.expect("no trap").expect("tokens");
    host().client_credentials(egress(&url), &app()).await.expect("no trap").expect("tokens");
    host().assertion(egress(&url), DOMAIN, "h.c.s").await.expect("no trap").expect("tokens");
    host().revoke(egress(&url), DOMAIN, "r").await.expect("no trap").expect("taken back");
    let requests = script.requests();
    assert_eq!(requests.len(), 5, "one each");
    let paths: Vec<&str> = requests.iter().map(|request| request.path.as_str()).collect();
    let token = "/services/oauth2/token";
    assert_eq!(paths, [token, token, token, token, "/services/oauth2/revoke"]);
    for request in &requests {
        assert_eq!((request.method.as_str(), request.header("host")), ("POST", vec![DOMAIN]));
        assert_eq!(request.header("content-type"), ["application/x-www-form-urlencoded"]);
        assert_eq!(request.header("accept"), ["application/json"]);
        assert_eq!(request.header("content-length"), [request.body.len().to_string()]);
        // A stale token must not be sent where a new one is asked for.
        assert!(request.header("authorization").is_empty());
    }
    assert!(
        requests[0]
            .body
            .ends_with(b"&code=c%3D%3D&redirect_uri=http%3A%2F%2Flocalhost%3A1717%2Fcallback&code_verifier=v")
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_the_org_does_not_know_is_an_error_of_revoke() {
    let body = "error=unsupported_token_type&error_description=this+token+type+is+not+supported";
    let json = json!({ "error": "unsupported_token_type", "error_description": "canary" });
    for reply in [Reply::text(400, body), Reply::json(400, &json), Reply::html(503), Reply::Close] {
        let script = Script::start([reply]);
        let error = host().revoke(egress(&script.url()), DOMAIN, "canary").await.expect("no trap");
        let error = error.expect_err("not taken back");
        assert_eq!(script.requests().len(), 1);
        assert!(!format!("{error:?}").contains("canary"), "{error:?}");
        assert!(!error.code.is_empty() && !error.remedy.is_empty());
    }
}

/// Nothing goes to a host that tokens of this org do not come from, whoever asks.
#[tokio::test(flavor = "multi_thread")]
async fn nothing_is_sent_to_another_host() {
    let script = Script::start([]);
    for domain in ["login.salesforce.com", "canary.example", "example.my.salesforce.com.canary.example", "127.0.0.1"] {
        let error = host().revoke(egress(&script.url()), domain, "t").await.expect("no trap").expect_err("no org");
        assert_eq!((error.advice, error.code.as_str()), (OauthAdvice::Misconfigured, "bad-domain"), "{domain}");
    }
    // An org, but not the one that this instance may reach.
    let error = host().revoke(egress(&script.url()), "another.my.salesforce.com", "t").await.expect("no trap");
    assert_eq!(error.expect_err("no way out").advice, OauthAdvice::TryLater);
    assert_eq!(script.connections(), 0);
}
