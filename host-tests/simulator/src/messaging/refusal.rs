//! Refusals of the messaging host: `{"message", "errorCode"}` with a status. The statuses are from the sources, the codes are not.

use serde_json::json;

use crate::document::BadFile;
use crate::http::{Reply, Response, plain};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Refusal {
    pub status: u16,
    pub message: String,
}

/// The text of a token that is over, as the router in front of the messaging host writes it.
pub const EXPIRED: &str = "Jwt is expired";

impl Refusal {
    pub fn new(status: u16, message: impl Into<String>) -> Refusal {
        Refusal { status, message: message.into() }
    }

    pub fn bad(message: impl Into<String>) -> Refusal {
        Refusal::new(400, message)
    }

    pub fn not_found() -> Refusal {
        Refusal::new(404, "The requested resource does not exist.")
    }

    /// Another visitor's conversation is told apart from none by nobody.
    pub fn no_conversation() -> Refusal {
        Refusal::new(404, "There is no conversation with this conversationId.")
    }

    pub fn too_many(what: &str) -> Refusal {
        Refusal::new(429, format!("Too many {what}. Try again later."))
    }

    fn code(&self) -> &'static str {
        match self.status {
            401 => "UNAUTHORIZED",
            403 => "FORBIDDEN",
            404 => "NOT_FOUND",
            405 => "METHOD_NOT_ALLOWED",
            409 => "CONFLICT",
            413 => "PAYLOAD_TOO_LARGE",
            415 => "UNSUPPORTED_MEDIA_TYPE",
            417 => "EXPECTATION_FAILED",
            429 => "TOO_MANY_REQUESTS",
            _ => "BAD_REQUEST",
        }
    }
}

impl From<Refusal> for Response {
    fn from(refusal: Refusal) -> Response {
        let code = refusal.code();
        plain(Reply::new(refusal.status, json!({ "message": refusal.message, "errorCode": code })))
    }
}

/// A body that is not what it should be: the pointer says where.
impl From<BadFile> for Refusal {
    fn from(bad: BadFile) -> Refusal {
        Refusal::bad(bad.to_string())
    }
}
