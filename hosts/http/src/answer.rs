//! What goes back over HTTP.

use crate::problem::Problem;

#[derive(Debug, PartialEq)]
pub struct Answer {
    pub status: u16,
    /// None where there is no body.
    pub media_type: Option<&'static str>,
    pub header: Option<(&'static str, String)>,
    pub body: String,
}

impl Answer {
    pub fn json(status: u16, body: impl Into<String>) -> Self {
        Self { status, media_type: Some("application/json"), header: None, body: body.into() }
    }

    pub fn empty(status: u16) -> Self {
        Self { status, media_type: None, header: None, body: String::new() }
    }
}

impl From<Problem> for Answer {
    fn from(problem: Problem) -> Self {
        Self {
            status: problem.status,
            media_type: Some("application/problem+json"),
            body: problem.document(),
            header: problem.header,
        }
    }
}
