//! Why the front does not carry out a call, as a problem document (RFC 9457).
//!
//! It names members, positions and variables of the environment, never a value: a body holds what visitors typed, and a header a token.

use serde_json::json;

/// A call that the front refuses. Nothing was sent.
#[derive(Debug, PartialEq)]
pub struct Problem {
    pub status: u16,
    /// For programs.
    pub code: &'static str,
    /// What is wrong, what was expected, and what to do.
    pub detail: String,
    /// A header that the status asks for.
    pub header: Option<(&'static str, String)>,
}

impl Problem {
    pub fn new(status: u16, code: &'static str, detail: impl Into<String>) -> Self {
        Self { status, code, detail: detail.into(), header: None }
    }

    pub fn with_header(self, name: &'static str, value: impl Into<String>) -> Self {
        Self { header: Some((name, value.into())), ..self }
    }

    /// A body that is not what it must be.
    pub fn bad_request(detail: impl Into<String>) -> Self {
        Self::new(400, "bad-request", detail)
    }

    pub fn document(&self) -> String {
        json!({ "title": self.title(), "status": self.status, "code": self.code, "detail": self.detail }).to_string()
    }

    fn title(&self) -> &'static str {
        match self.status {
            400 => "Bad request",
            401 => "Unauthorized",
            403 => "Forbidden",
            404 => "Not found",
            405 => "Method not allowed",
            408 => "Request timeout",
            413 => "Content too large",
            _ => "The front cannot work",
        }
    }
}
