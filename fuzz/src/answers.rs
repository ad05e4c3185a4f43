//! Answers of an org, written down in a corpus file and given to whatever asks.
//!
//! Each part of the file is one answer. Its first line is a status, or what went wrong on the way; a number behind the status
//! is the `Retry-After` header. What follows is the body as it is - or, behind `rows`, one line for each subrequest of the
//! composite request that is answered: its status and its body.
//!
//! ```text
//! 200 rows
//! 201 {"id":"003000000000001AAA","success":true,"errors":[]}
//! ---
//! 503 30
//! <html>down for maintenance</html>
//! ---
//! cut-off
//! ```

use salesforce_module::wire::{Request, Response, TransportError, TransportErrorKind};
use serde_json::{Value, json};

use super::canary;

const FAILURES: [(&str, TransportErrorKind, bool); 8] = [
    ("denied", TransportErrorKind::Denied, true),
    ("no-address", TransportErrorKind::Dns, true),
    ("no-connection", TransportErrorKind::Connect, true),
    ("no-trust", TransportErrorKind::Tls, true),
    ("timeout", TransportErrorKind::Timeout, false),
    ("cut-off", TransportErrorKind::CutOff, false),
    ("too-large", TransportErrorKind::TooLarge, false),
    ("broken", TransportErrorKind::Other, false),
];

/// The answer that `part` describes, to `request`. With `with_canary`, every sentence in its body holds the canary.
pub fn answer(part: &str, request: &Request, with_canary: bool) -> Result<Response, TransportError> {
    let (head, body) = part.split_once('\n').unwrap_or((part, ""));
    let mut words = head.split_ascii_whitespace();
    let first = words.next().unwrap_or_default();
    if let Some((_, kind, not_sent)) = FAILURES.iter().find(|(name, ..)| *name == first) {
        return Err(TransportError { kind: *kind, not_sent: *not_sent });
    }
    let status = first.parse().unwrap_or(200);
    let (mut retry_after, mut rows) = (None, false);
    for word in words {
        match word {
            "rows" => rows = true,
            word => retry_after = Some(word.to_owned()),
        }
    }
    let body = if rows { composite(body, request).to_string().into_bytes() } else { body.as_bytes().to_vec() };
    let body = if with_canary { canary::in_body(&body) } else { body };
    Ok(response(status, retry_after, body))
}

/// What else the module may come to look at is not there.
#[allow(clippy::needless_update)]
pub fn response(status: u16, retry_after: Option<String>, body: Vec<u8>) -> Response {
    Response { status, retry_after, body, ..Response::default() }
}

/// The answer to a composite request; a row too many is one that nobody asked for.
fn composite(rows: &str, request: &Request) -> Value {
    let asked: Value = serde_json::from_str(&request.body).unwrap_or_default();
    let answers = rows.lines().enumerate().map(|(index, row)| {
        let (status, body) = row.split_once(' ').unwrap_or((row, "null"));
        let body: Value = serde_json::from_str(body).unwrap_or_else(|_| body.into());
        let status: Value = serde_json::from_str(status).unwrap_or_default();
        let reference = &asked["compositeRequest"][index]["referenceId"];
        json!({ "body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": reference })
    });
    json!({ "compositeResponse": answers.collect::<Vec<_>>() })
}
