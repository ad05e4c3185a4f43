//! Whatever the token endpoint answers, or a browser brings back: tokens are believed only if they are this org's, and an
//! error repeats neither a secret nor what was answered.
//!
//! The first line of an input is the call, the rest the answer of [`super::answers`]; for `callback` it is the callback.

use salesforce_module::oauth::{
    Client, Grant, OAuthError, Secret, Tokens, assertion, client_credentials, code, exchange, refresh, revoke,
};
use salesforce_module::salesforce::Domain;
use salesforce_module::wire::{Request, Response, TransportError};

use super::answers::answer;
use super::{canary, form, text};

const DOMAIN: &str = "example.my.salesforce.com";
const SECRET: &str = "Kanarie7+& =%\r\n\"'é";
const STATE: &str = "state-1";

pub fn token_answers(data: &[u8]) {
    let Some(text) = text(data).filter(|text| !canary::is_in(text)) else { return };
    let (call, rest) = text.split_once('\n').unwrap_or((text, ""));
    if call == "callback" {
        return callback(rest);
    }
    for with_canary in [false, true] {
        ask(call, rest, with_canary);
    }
}

fn ask(call: &str, part: &str, with_canary: bool) {
    let mut asked: Vec<(Request, Result<Response, TransportError>)> = Vec::new();
    let mut transport = |request: &Request| -> Result<Response, TransportError> {
        let answer = answer(part, request, with_canary);
        asked.push((request.clone(), answer.clone()));
        answer
    };
    let client = Client::new(DOMAIN, "3MVG9&id=1", Some(SECRET.to_owned())).expect("a client");
    let secret = Secret::new(SECRET);
    let domain = Domain::parse(DOMAIN).expect("a domain");
    let answered = match call {
        "exchange" => exchange(&client, "http://localhost:1717/callback?a=b&c", &secret, &secret, &mut transport),
        "refresh" => refresh(&client, known(), &mut transport),
        "client-credentials" => client_credentials(&client, &mut transport),
        "assertion" => assertion(&domain, &secret, &mut transport),
        "revoke" => {
            let error = revoke(&secret, &mut transport).err();
            error.iter().for_each(told);
            let [(request, answer)] = asked.as_slice() else { panic!("one request") };
            assert_eq!(error.is_none(), answer.as_ref().is_ok_and(|response| response.status == 200));
            return sent(request, "/services/oauth2/revoke");
        }
        _ => return,
    };
    let [(request, answer)] = asked.as_slice() else { panic!("one request") };
    sent(request, "/services/oauth2/token");
    match answered {
        Ok(tokens) => {
            assert!(answer.as_ref().is_ok_and(|response| response.status == 200));
            are_ours(&tokens, call == "refresh");
        }
        Err(error) => told(&error),
    }
}

fn known() -> Grant {
    Grant {
        refresh_token: Secret::new(SECRET),
        instance_url: format!("https://{DOMAIN}"),
        scope: Some("api refresh_token".to_owned()),
        identity_url: None,
    }
}

/// Every secret is one value of the form, and no other place has one.
fn sent(request: &Request, path: &str) {
    assert_eq!((request.method, &*request.path), ("POST", path));
    let members = form::members(&request.body).unwrap_or_else(|| panic!("no form"));
    let secrets = members.iter().filter(|(_, value)| value == SECRET).count();
    assert!((1..=3).contains(&secrets), "{secrets} secrets");
    let names: Vec<&str> = members.iter().map(|(name, _)| name.as_str()).collect();
    let known = [
        "grant_type",
        "client_id",
        "client_secret",
        "code",
        "redirect_uri",
        "code_verifier",
        "refresh_token",
        "assertion",
        "token",
    ];
    assert!(names.iter().all(|name| known.contains(name)), "{names:?}");
}

fn are_ours(tokens: &Tokens, renewed: bool) {
    assert_eq!(tokens.instance_url, format!("https://{DOMAIN}"));
    assert!(!tokens.access_token.reveal().is_empty());
    assert!(!renewed || tokens.grant.is_some(), "a grant was lost");
    assert!(tokens.grant.iter().all(|grant| !grant.refresh_token.reveal().is_empty()));
    assert!(tokens.grant.iter().all(|grant| grant.instance_url == tokens.instance_url));
    if let Some(url) = &tokens.identity_url {
        let host = url.strip_prefix("https://").and_then(|rest| rest.split('/').next()).expect("https and a host");
        assert!(host.ends_with(".salesforce.com") || Domain::parse(host).is_ok(), "{url}");
    }
    let shown = format!("{:?} {:?}", tokens.access_token, tokens.grant.as_ref().map(|grant| &grant.refresh_token));
    canary::stayed_inside(&shown);
}

fn told(error: &OAuthError) {
    assert!(!error.message.is_empty() && !error.remedy.is_empty());
    assert!(!error.code.is_empty() && error.code.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_' || b == b'-'));
    canary::stayed_inside(error);
}

/// A code is that of this log-in: the callback's first state is its own, whatever else stands in it.
fn callback(text: &str) {
    match code(text, STATE) {
        Ok(code) => {
            assert!(!code.reveal().is_empty());
            assert!(text.contains("state"), "{text}");
            let other = self::code(text, "another");
            assert_eq!(other.err().map(|error| error.code), Some("state-mismatch".into()));
        }
        Err(error) => told(&error),
    }
    assert!(code(text, "").is_err(), "a log-in without a state");
    let with_canary = format!("{text}&error_description=Kanarie7&code=Kanarie7");
    let error = code(&with_canary, STATE).err();
    error.iter().for_each(told);
}
