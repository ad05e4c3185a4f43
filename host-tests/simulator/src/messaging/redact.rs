//! What the log may keep of an exchange with the messaging host: all but tokens.

use serde_json::Value;

use super::FILES;
use crate::http::Exchange;

const REDACTED: &str = "[redacted]";
const SECRET: [&str; 2] = ["accessToken", "customerIdentityToken"];

/// Replaces tokens, and bytes of files by their number.
pub fn redact(exchange: &mut Exchange) {
    if exchange.path.contains("/authorization/") {
        for body in [&mut exchange.request_body, &mut exchange.response_body] {
            if !body.is_empty() {
                *body = without_tokens(body);
            }
        }
    }
    // The address of a file is the key to it, so the path stays: a test wants to know which was read.
    if exchange.path.starts_with(FILES) && exchange.status == 200 {
        exchange.response_body = format!("[{} bytes]", exchange.response_body.len()).into_bytes();
    }
    if exchange.path.ends_with("/file") {
        exchange.request_body = format!("[{} bytes]", exchange.request_body.len()).into_bytes();
    }
}

/// A body of which nothing is understood is replaced as a whole.
fn without_tokens(body: &[u8]) -> Vec<u8> {
    let Ok(Value::Object(mut members)) = serde_json::from_slice(body) else {
        return REDACTED.into();
    };
    for name in SECRET {
        if let Some(value) = members.get_mut(name) {
            *value = REDACTED.into();
        }
    }
    Value::Object(members).to_string().into_bytes()
}
