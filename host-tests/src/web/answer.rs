//! What a call of the page takes and gives: JSON, bounded.

use std::fmt::{Display, Formatter};

use axum::body::{Body, to_bytes};
use axum::extract::{FromRequest, Request};
use axum::http::header::CONTENT_TYPE;
use axum::response::{IntoResponse, Response};
use http::StatusCode;
use serde_json::{Map, Value, json};

use crate::connections::ConnectionError;

/// Most bytes of what the page sends: settings of 1 MiB and variables of 6 MiB, each as a text inside of JSON.
pub(crate) const MAX_BODY: usize = 16 << 20;

/// What the page sent.
pub(crate) struct Asked(Map<String, Value>);

impl Asked {
    pub fn text(&self, name: &'static str) -> Result<&str, Problem> {
        self.0.get(name).and_then(Value::as_str).ok_or(Problem::bad(name))
    }

    /// A text that can be left out.
    pub fn optional(&self, name: &str) -> Option<&str> {
        self.0.get(name).and_then(Value::as_str)
    }

    pub fn texts(&self, name: &'static str) -> Result<Vec<String>, Problem> {
        let list = self.0.get(name).and_then(Value::as_array).ok_or(Problem::bad(name))?;
        list.iter().map(|text| text.as_str().map(str::to_owned).ok_or(Problem::bad(name))).collect()
    }

    pub fn number(&self, name: &str) -> Option<u32> {
        self.0.get(name).and_then(Value::as_u64).and_then(|number| number.try_into().ok())
    }

    pub fn is_set(&self, name: &str) -> bool {
        self.0.get(name) == Some(&Value::Bool(true))
    }
}

impl Display for Asked {
    fn fmt(&self, f: &mut Formatter<'_>) -> std::fmt::Result {
        f.write_str(&Value::Object(self.0.clone()).to_string())
    }
}

impl<S: Send + Sync> FromRequest<S> for Asked {
    type Rejection = Problem;

    async fn from_request(request: Request, _: &S) -> Result<Self, Problem> {
        let Ok(body) = to_bytes(request.into_body(), MAX_BODY).await else {
            return Err(Problem {
                status: StatusCode::PAYLOAD_TOO_LARGE,
                code: "too-large",
                message: format!("What the page sends may have {MAX_BODY} bytes."),
            });
        };
        match serde_json::from_slice(&body) {
            Ok(Value::Object(members)) => Ok(Self(members)),
            _ => Err(Problem::bad("the body, which must be a JSON object")),
        }
    }
}

/// Why there is no answer: of the host, not of the component, whose findings are an answer.
#[derive(Debug)]
pub(crate) struct Problem {
    pub status: StatusCode,
    /// For the page, which has words for it.
    pub code: &'static str,
    pub message: String,
}

impl Problem {
    pub fn bad(what: &str) -> Self {
        Self { status: StatusCode::BAD_REQUEST, code: "bad-call", message: format!("Not understood: {what}.") }
    }
}

impl Problem {
    pub fn not_again() -> Self {
        let message = "This run is made again already, or cannot be.".to_owned();
        Self { status: StatusCode::CONFLICT, code: "not-again", message }
    }

    pub fn port_taken(port: u16, error: &std::io::Error) -> Self {
        let message =
            format!("The callback of the log-in comes to port {port}: {error}. Choose another with --callback-port.");
        Self { status: StatusCode::CONFLICT, code: "port-taken", message }
    }
}

impl From<anyhow::Error> for Problem {
    fn from(error: anyhow::Error) -> Self {
        let code = if error.is::<ConnectionError>() { "not-connected" } else { "host-error" };
        Self { status: StatusCode::BAD_GATEWAY, code, message: format!("{error:#}") }
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = json!({ "error": { "code": self.code, "message": self.message } });
        (self.status, Answer(body)).into_response()
    }
}

/// JSON.
pub(crate) struct Answer(pub Value);

impl IntoResponse for Answer {
    fn into_response(self) -> Response {
        ([(CONTENT_TYPE, "application/json")], Body::from(self.0.to_string())).into_response()
    }
}
