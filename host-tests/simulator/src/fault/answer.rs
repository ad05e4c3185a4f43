//! Answers that say something went wrong.

use std::fmt;
use std::io::Write;

use serde_json::{Value, json};

use crate::http::{Request, Response};

/// How deep the deepest JSON is nested.
const DEPTH: usize = 100_000;

/// What an answer's body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Body {
    /// In Salesforce's form, with a code that fits the status.
    Json,
    /// A page for people, of a proxy or of the edge.
    Html,
    Empty,
    /// JSON that ends too early.
    Malformed,
    /// JSON that is nested without end.
    Deep,
}

/// What one row of a composite answer says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Row {
    Lock,
    TriggerLock,
    QueryTimeout,
    Validation,
    Unknown,
    SeveralMatches,
    Precondition,
    Session,
}

impl Body {
    pub const ALL: [Self; 5] = [Self::Json, Self::Html, Self::Empty, Self::Malformed, Self::Deep];

    pub(super) fn response(self, status: u16) -> Response {
        let code = match status {
            300 => return self.with(status, &json!(["/services/data/v62.0/sobjects/Contact/003000000000001AAA"])),
            400 => "JSON_PARSER_ERROR",
            401 => "INVALID_AUTH_HEADER",
            403 => "API_DISABLED_FOR_ORG",
            404 => "NOT_FOUND",
            409 => "CONFLICT",
            412 => "PRECONDITION_FAILED",
            503 => "SERVER_UNAVAILABLE",
            500.. => "UNKNOWN_EXCEPTION",
            _ => "REQUEST_REFUSED",
        };
        self.with(status, &json!([{ "errorCode": code, "message": "Somebody typed this: O'Canary" }]))
    }

    /// A success of something else: a log-in page, or a gateway's own kind word.
    pub(super) fn success(self) -> Response {
        self.with(200, &json!({ "status": "ok" }))
    }

    fn with(self, status: u16, value: &Value) -> Response {
        let (media_type, body) = match self {
            Self::Json => ("application/json;charset=UTF-8", value.to_string().into_bytes()),
            Self::Html => ("text/html", b"<!doctype html><title>Sorry</title><p>Please log in.</p>".to_vec()),
            Self::Empty => return Response { status, ..Response::default() },
            Self::Malformed => ("application/json", b"{\"compositeResponse\":[{\"body\":".to_vec()),
            Self::Deep => ("application/json", "[".repeat(DEPTH).into_bytes()),
        };
        Response { status, headers: vec![("Content-Type".into(), media_type.into())], body }
    }
}

impl Row {
    pub const ALL: [Self; 8] = [
        Self::Lock,
        Self::TriggerLock,
        Self::QueryTimeout,
        Self::Validation,
        Self::Unknown,
        Self::SeveralMatches,
        Self::Precondition,
        Self::Session,
    ];

    fn answer(self) -> (u16, Value) {
        let (status, code, message) = match self {
            Self::Lock => (400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record"),
            Self::TriggerLock => (400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", "Trigger: UNABLE_TO_LOCK_ROW, …"),
            Self::QueryTimeout => (400, "QUERY_TIMEOUT", "Your query request was running for too long."),
            Self::Validation => (400, "FIELD_CUSTOM_VALIDATION_EXCEPTION", "O'Canary is not wanted here"),
            Self::Unknown => (500, "UNKNOWN_EXCEPTION", "An unexpected error occurred."),
            Self::SeveralMatches => {
                return (300, json!(["/services/data/v62.0/sobjects/Contact/003000000000001AAA"]));
            }
            Self::Precondition => (412, "PRECONDITION_FAILED", "The record was changed."),
            Self::Session => (401, "INVALID_SESSION_ID", "Session expired or invalid"),
        };
        (status, json!([{ "errorCode": code, "message": message }]))
    }
}

/// A composite answer whose first row says this, and whose others were undone by it.
pub fn composite_rows(request: &Request, row: Option<Row>) -> Response {
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let subrequests = body.get("compositeRequest").and_then(Value::as_array).cloned().unwrap_or_default();
    let rows = subrequests.iter().enumerate().map(|(index, subrequest)| {
        let halted =
            || (400, json!([{ "errorCode": "PROCESSING_HALTED", "message": "The transaction was rolled back." }]));
        let (status, body) = row.filter(|_| index == 0).map_or_else(halted, Row::answer);
        json!({
            "body": body,
            "httpHeaders": {},
            "httpStatusCode": status,
            "referenceId": subrequest.get("referenceId"),
        })
    });
    json_response(200, &json!({ "compositeResponse": rows.collect::<Value>() }))
}

pub fn without_last_row(response: Response) -> Response {
    let mut body = response.json();
    if let Some(rows) = body.get_mut("compositeResponse").and_then(Value::as_array_mut) {
        rows.pop();
    }
    json_response(response.status, &body)
}

pub fn gzip(response: Response) -> Response {
    let mut encoder = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    let body = encoder.write_all(&response.body).and_then(|()| encoder.finish()).unwrap_or_default();
    let mut headers = response.headers;
    headers.push(("Content-Encoding".into(), "gzip".into()));
    Response { status: response.status, headers, body }
}

pub fn plain(status: u16, code: &str, message: &str) -> Response {
    json_response(status, &json!([{ "errorCode": code, "message": message }]))
}

/// A refusal in the form of the messaging host, whose errors are no list.
pub fn of_the_messaging_host(response: Response) -> Response {
    match response.json() {
        Value::Array(errors) if response.status >= 300 => {
            let error = errors.into_iter().next().unwrap_or_default();
            Response { body: error.to_string().into_bytes(), ..response }
        }
        _ => response,
    }
}

fn json_response(status: u16, body: &Value) -> Response {
    let headers = vec![("Content-Type".into(), "application/json;charset=UTF-8".into())];
    Response { status, headers, body: body.to_string().into_bytes() }
}

impl fmt::Display for Body {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Json => "json",
            Self::Html => "html",
            Self::Empty => "empty",
            Self::Malformed => "malformed",
            Self::Deep => "deep",
        })
    }
}

impl fmt::Display for Row {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Lock => "unable-to-lock-row",
            Self::TriggerLock => "trigger-lock",
            Self::QueryTimeout => "query-timeout",
            Self::Validation => "validation-rule",
            Self::Unknown => "row-unknown-exception",
            Self::SeveralMatches => "row-several-matches",
            Self::Precondition => "row-precondition-failed",
            Self::Session => "row-session-expired",
        })
    }
}
