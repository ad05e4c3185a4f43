//! The token endpoint and the sessions.
//!
//! Tokens come from a counter: they look like session ids and are as unguessable as a test needs, which is not at all.

use jiff::Timestamp;
use serde_json::{Value, json};

use super::call::Reply;
use super::message::Request;
use super::{id, rules, uri};

pub const CLIENT_ID: &str = "simulator-client-id";
pub const CLIENT_SECRET: &str = "simulator-client-secret";
pub const INSTANCE_URL: &str = "https://simulator.my.salesforce.com";

/// The sessions of the org.
#[derive(Debug)]
pub struct Tokens {
    valid: Vec<String>,
    current: String,
    issued: u64,
}

impl Tokens {
    pub fn new() -> Tokens {
        let mut tokens = Tokens { valid: Vec::new(), current: String::new(), issued: 0 };
        tokens.issue();
        tokens
    }

    /// The newest token, valid or not.
    pub fn current(&self) -> &str {
        &self.current
    }

    pub fn is_valid(&self, token: &str) -> bool {
        self.valid.iter().any(|known| known == token)
    }

    pub fn expire_all(&mut self) {
        self.valid.clear();
    }

    fn issue(&mut self) -> String {
        self.issued += 1;
        let token = format!("{}!AQ.Simulated.{:08}", id::to_15(&org_id()), self.issued);
        self.valid.push(token.clone());
        self.current.clone_from(&token);
        token
    }
}

/// The token of an `Authorization` header; `OAuth` is the old spelling of `Bearer` and still works.
pub fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("Bearer") || scheme.eq_ignore_ascii_case("OAuth")).then(|| token.trim())
}

/// Answers `POST /services/oauth2/token`.
pub fn issue(tokens: &mut Tokens, request: &Request, now: Timestamp) -> Reply {
    if request.method != "POST" {
        return error("invalid_request", "must use HTTP POST");
    }
    let form = request.header("content-type").is_some_and(|kind| kind.starts_with("application/x-www-form-urlencoded"));
    let pairs = std::str::from_utf8(&request.body).ok().and_then(uri::pairs).filter(|_| form).unwrap_or_default();
    let parameter = |name: &str| pairs.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str());
    if parameter("grant_type") != "client_credentials" {
        return error("unsupported_grant_type", "grant type not supported");
    }
    if parameter("client_id") != CLIENT_ID {
        return error("invalid_client_id", "client identifier invalid");
    }
    if parameter("client_secret") != CLIENT_SECRET {
        return error("invalid_client", "invalid client credentials");
    }
    let issued_at = now.as_millisecond().to_string();
    Reply::ok(json!({
        "access_token": tokens.issue(),
        "signature": format!("c2lnbmVk{issued_at}="),
        "scope": "api",
        "instance_url": INSTANCE_URL,
        "id": format!("https://login.salesforce.com/id/{}/{}", org_id(), rules::integration_user()),
        "token_type": "Bearer",
        "issued_at": issued_at,
    }))
}

fn error(code: &str, description: &str) -> Reply {
    let body: Value = json!({ "error": code, "error_description": description });
    Reply::new(400, body)
}

fn org_id() -> String {
    id::numbered("00D", 1)
}
