//! OAuth: login page, codes, refresh tokens, assertions, revocation, and what the log keeps of it.

mod assertion;
mod authorize;
mod code;
mod log;
mod refresh;
mod refusal;
mod session;

use super::super::http::uri;
use super::super::{TokenRefusal, TokenRequests};
use super::*;

/// A verifier of the shortest length, and its SHA-256 as a challenge (the example of RFC 7636).
const VERIFIER: &str = "dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
const CHALLENGE: &str = "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM";
const CALLBACK: &str = "http://localhost:8123/callback";

const EXPIRED: (u16, &str, &str) = (400, "invalid_grant", "expired access/refresh token");

/// A query or a form; a parameter with a blank value is left out.
fn encoded(pairs: &[(&str, &str)]) -> String {
    let pairs = pairs.iter().filter(|(_, value)| !value.is_empty());
    let pairs: Vec<String> = pairs.map(|(name, value)| format!("{name}={}", uri::encode(value))).collect();
    pairs.join("&")
}

/// The authorize query of a client that does everything right, with some parameters replaced.
fn asking(replaced: &[(&str, &str)]) -> String {
    let usual = [
        ("response_type", "code"),
        ("client_id", "simulator-client-id"),
        ("redirect_uri", CALLBACK),
        ("scope", "api refresh_token"),
        ("state", "a state/1+2"),
        ("code_challenge", CHALLENGE),
        ("code_challenge_method", "S256"),
    ];
    encoded(&with(&usual, replaced))
}

fn with<'a>(usual: &[(&'a str, &'a str)], replaced: &[(&'a str, &'a str)]) -> Vec<(&'a str, &'a str)> {
    let replaces = |name: &str| replaced.iter().any(|(other, _)| *other == name);
    let kept = usual.iter().filter(|(name, _)| !replaces(name));
    kept.chain(replaced).copied().collect()
}

/// The parameters of a callback URL.
fn parameters(url: &str) -> Vec<(String, String)> {
    uri::pairs(url.split_once('?').unwrap().1).unwrap()
}

fn parameter(url: &str, name: &str) -> String {
    parameters(url).into_iter().find(|(known, _)| known == name).map(|(_, value)| value).unwrap_or_default()
}

/// Error members of a token answer.
fn oauth_error(response: &Response) -> (u16, String, String) {
    let body = response.json();
    let text = |name: &str| body[name].as_str().unwrap_or_default().to_owned();
    (response.status, text("error"), text("error_description"))
}

#[track_caller]
fn denied(response: &Response, expected: (u16, &str, &str)) {
    let (status, code, description) = oauth_error(response);
    assert_eq!((status, code.as_str(), description.as_str()), expected);
}

impl Bench {
    /// Posts a form without the token that the other helpers send.
    fn form(&mut self, path: &str, pairs: &[(&str, &str)]) -> Response {
        let mut headers = std::mem::take(&mut self.headers);
        headers.push(("content-type".into(), "application/x-www-form-urlencoded".into()));
        self.now += jiff::SignedDuration::from_secs(1);
        let body = encoded(pairs).into_bytes();
        let path = format!("/services/oauth2/{path}");
        self.org.handle(&Request { method: "POST".into(), path, query: None, headers, body }, self.now)
    }

    fn token(&mut self, grant_type: &str, replaced: &[(&str, &str)]) -> Response {
        let usual = [
            ("grant_type", grant_type),
            ("client_id", "simulator-client-id"),
            ("client_secret", "simulator-client-secret"),
        ];
        self.form("token", &with(&usual, replaced))
    }

    fn exchange(&mut self, code: &str, replaced: &[(&str, &str)]) -> Response {
        let usual = [("code", code), ("redirect_uri", CALLBACK), ("code_verifier", VERIFIER)];
        self.token("authorization_code", &with(&usual, replaced))
    }

    fn refresh(&mut self, token: &str) -> Response {
        self.token("refresh_token", &[("refresh_token", token)])
    }

    /// A code that the user gave.
    fn approved(&mut self) -> String {
        parameter(&self.org.approve(&asking(&[])).unwrap(), "code")
    }

    /// Access token and refresh token of a new grant.
    fn connected(&mut self) -> (String, String) {
        let code = self.approved();
        let answer = self.exchange(&code, &[]);
        assert_eq!(answer.status, 200, "{}", answer.json());
        (text(&answer, "access_token"), text(&answer, "refresh_token"))
    }

    fn wait(&mut self, minutes: i64) {
        self.now += jiff::SignedDuration::from_mins(minutes);
    }

    /// Whether an access token opens the API.
    fn opens(&mut self, token: &str) -> bool {
        self.header("authorization", &format!("Bearer {token}")).get("/sobjects/").status == 200
    }
}

/// A text member of an answer, blank when it is missing.
fn text(response: &Response, name: &str) -> String {
    response.json()[name].as_str().unwrap_or_default().to_owned()
}
