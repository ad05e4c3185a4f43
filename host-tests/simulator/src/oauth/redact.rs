//! What the log may keep of an OAuth exchange.
//!
//! A list of what is harmless, not of what is secret: a parameter that nobody thought of stays out of the log.

use serde_json::Value;

use crate::http::Exchange;

/// Stands in the log for what must not.
pub const REDACTED: &str = "[redacted]";

const HARMLESS: [&str; 17] = [
    "active",
    "client_id",
    "code_challenge_method",
    "decision",
    "error",
    "error_description",
    "format",
    "grant_type",
    "id",
    "instance_url",
    "issued_at",
    "prompt",
    "redirect_uri",
    "response_type",
    "scope",
    "token_type",
    "token_type_hint",
];

/// Parameters whose name may be seen, as a test wants to know that they were sent.
const SECRET: [&str; 12] = [
    "access_token",
    "assertion",
    "client_secret",
    "code",
    "code_challenge",
    "code_verifier",
    "oauth_token",
    "password",
    "refresh_token",
    "signature",
    "state",
    "token",
];

/// Replaces every value that is or could be a secret.
pub fn exchange(exchange: &mut Exchange) {
    if let Some((path, query)) = exchange.path.split_once('?') {
        exchange.path = format!("{path}?{}", pairs(query));
    }
    let mut form = false;
    for (name, value) in &mut exchange.request_headers {
        form |= name == "content-type" && value.starts_with("application/x-www-form-urlencoded");
        // The browser that leaves the page sends its address along.
        if name == "referer" || name == "cookie" {
            REDACTED.clone_into(value);
        }
    }
    let request = std::str::from_utf8(&exchange.request_body).ok().filter(|_| form).map(pairs);
    replace(&mut exchange.request_body, request);
    let response = json(&exchange.response_body);
    replace(&mut exchange.response_body, response);
}

/// A body of which nothing is understood is replaced as a whole.
fn replace(body: &mut Vec<u8>, by: Option<String>) {
    if !body.is_empty() {
        *body = by.unwrap_or_else(|| REDACTED.to_owned()).into_bytes();
    }
}

fn json(body: &[u8]) -> Option<String> {
    let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
        return None;
    };
    for (name, value) in &mut members {
        if !HARMLESS.contains(&name.as_str()) {
            *value = REDACTED.into();
        }
    }
    Some(Value::Object(members).to_string())
}

fn pairs(text: &str) -> String {
    let pairs = text.split('&').map(|pair| {
        let (name, _) = pair.split_once('=').unwrap_or((pair, ""));
        if HARMLESS.contains(&name) {
            pair.to_owned()
        } else if SECRET.contains(&name) {
            format!("{name}={REDACTED}")
        } else {
            REDACTED.to_owned()
        }
    });
    pairs.collect::<Vec<String>>().join("&")
}
