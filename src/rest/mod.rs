//! The wire: requests out, answers in, one small file for each kind. No I/O here, and no token: the shell adds it.

pub mod composite;
pub mod describe;
pub mod error;
pub mod filter;
pub mod query;
pub mod record;

use std::fmt::Write as _;

use serde_json::Value;

use crate::document::{Count, MAX_VALUES};

pub use composite::{Composite, Subrequest, Subresponse};
pub use error::ApiError;

/// A request to the session's host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Request {
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    pub content_type: ContentType,
    pub body: String,
}

/// What a body is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ContentType {
    Json,
    /// `a=b&c=d`, as token endpoints take it.
    Form,
}

impl ContentType {
    pub fn media_type(self) -> &'static str {
        match self {
            Self::Json => "application/json",
            Self::Form => "application/x-www-form-urlencoded",
        }
    }
}

/// An answer, as far as anything here looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    pub status: u16,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    pub body: Vec<u8>,
}

impl Response {
    /// The body as JSON; `None` if it is something else, or more than fits.
    pub fn json(&self) -> Option<Value> {
        (Count::of(&self.body).values <= MAX_VALUES).then(|| serde_json::from_slice(&self.body).ok()).flatten()
    }
}

/// Why a request has no answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TransportError {
    pub kind: TransportErrorKind,
    /// Nothing reached Salesforce, so nothing was written.
    pub not_sent: bool,
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportErrorKind {
    /// The host's egress rules refused the request.
    Denied,
    Dns,
    Connect,
    Tls,
    Timeout,
    /// The connection ended before the answer did.
    CutOff,
    /// The answer is longer than the module takes.
    TooLarge,
    /// Something else that `wasi:http` reported.
    Other,
}

/// Where requests go. Any closure is a transport, so a test is a closure too.
pub trait Transport {
    fn send(&mut self, request: &Request) -> Result<Response, TransportError>;
}

impl<F: FnMut(&Request) -> Result<Response, TransportError>> Transport for F {
    fn send(&mut self, request: &Request) -> Result<Response, TransportError> {
        self(request)
    }
}

/// What a conversation with the org does next. It knows no I/O: it says what to send, and is told the answer.
#[derive(Debug, PartialEq)]
pub enum Step<W, E> {
    /// Send this, then call [`Waiting::answer`].
    Send(Request, Box<W>),
    Done(Box<E>),
}

/// A conversation that waits for an answer, and ends with an `E`.
pub trait Waiting<E>: Sized {
    /// Takes the answer to the request. A transport error is an answer too.
    fn answer(self, answer: Result<Response, TransportError>) -> Step<Self, E>;
}

impl<W: Waiting<E>, E> Step<W, E> {
    /// Carries out the rest.
    pub fn drive(mut self, transport: &mut impl Transport) -> E {
        loop {
            self = match self {
                Self::Send(request, waiting) => waiting.answer(transport.send(&request)),
                Self::Done(end) => return *end,
            }
        }
    }
}

/// Percent-encodes everything but RFC 3986's unreserved characters: fit for one path segment and for a query's value.
pub fn encode(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' => encoded.push(char::from(byte)),
            _ => {
                let _ = write!(encoded, "%{byte:02X}");
            }
        }
    }
    encoded
}

#[cfg(test)]
mod tests {
    use super::encode;

    #[test]
    fn nothing_that_structures_a_url_stays_as_it_is() {
        assert_eq!(encode("a-B.9_~"), "a-B.9_~");
        assert_eq!(encode("a/b%c?d#e+f g@ü"), "a%2Fb%25c%3Fd%23e%2Bf%20g%40%C3%BC");
    }
}
