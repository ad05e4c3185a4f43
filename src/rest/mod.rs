//! The wire: requests out, answers in, one small file for each kind. No I/O here, and no token: the shell adds it.

pub mod advice;
pub mod composite;
pub mod content;
pub mod describe;
pub mod error;
pub mod filter;
pub mod query;
pub mod record;
pub mod sieve;

use std::fmt::Write as _;

use serde_json::Value;

use crate::document::{Count, MAX_VALUES};
use crate::retry::DEFAULT_DEFER_SECONDS;

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
    /// The `Sforce-Limit-Info` header.
    pub limit_info: Option<String>,
    pub body: Vec<u8>,
}

impl Response {
    /// The org's API requests of the last 24 hours, as `Sforce-Limit-Info` tells them: `api-usage=73995/305000`, maybe among
    /// others. Source: REST API guide, Limit Info Header.
    pub fn api_usage(&self) -> Option<ApiUsage> {
        let parts = self.limit_info.as_deref()?.split([',', ';']);
        let (used, limit) = parts.filter_map(|part| part.trim().strip_prefix("api-usage=")).next()?.split_once('/')?;
        Some(ApiUsage { used: used.parse().ok()?, limit: limit.parse().ok()? })
    }

    /// Seconds that `Retry-After` asks for. It may be a date, and the core has no calendar clock to hold it against.
    pub fn retry_after(&self) -> Option<u32> {
        Some(self.retry_after.as_deref()?.trim().parse().unwrap_or(DEFAULT_DEFER_SECONDS))
    }

    /// The body as JSON; `None` if it is something else, or more than fits.
    pub fn json(&self) -> Option<Value> {
        self.fits().then(|| serde_json::from_slice(&self.body).ok()).flatten()
    }

    /// Whether the body, if it is JSON, has no more values than fit.
    pub fn fits(&self) -> bool {
        Count::of(&self.body).values <= MAX_VALUES
    }
}

/// How many API requests the org, all its integrations together, has used in the last 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiUsage {
    pub used: u32,
    pub limit: u32,
}

impl ApiUsage {
    /// Whether that share of the limit, in percent, is used.
    pub fn reaches(self, percent: u32) -> bool {
        self.limit > 0 && u64::from(self.used) * 100 >= u64::from(self.limit) * u64::from(percent)
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

/// A request's answer, or why there is none.
pub type Answer = Result<Response, TransportError>;

/// Time and chance, which the core has none of.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since the call began.
    pub elapsed: u64,
    /// Another number each time.
    pub random: u64,
}

/// Where requests go. Any closure is a transport on which no time passes, so a test is a closure too.
pub trait Transport {
    /// Sends the request and waits for all of its answer, for so many milliseconds at most.
    fn send(&mut self, request: &Request, within: u64) -> Answer;

    fn now(&mut self) -> Moment {
        Moment::default()
    }

    /// Lets so many milliseconds pass.
    fn pause(&mut self, _milliseconds: u64) {}
}

impl<F: FnMut(&Request) -> Answer> Transport for F {
    fn send(&mut self, request: &Request, _within: u64) -> Answer {
        self(request)
    }
}

/// What a conversation with the org does next. It knows no I/O: it says what to send, and is told the answer.
#[derive(Debug, PartialEq)]
pub enum Step<W, E> {
    /// Send this, then call [`Waiting::answer`].
    Send(Sending, Box<W>),
    Done(Box<E>),
}

/// A request, and when.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sending {
    pub request: Request,
    /// Milliseconds to wait before.
    pub after: u64,
    /// Milliseconds that all of its answer may take.
    pub within: u64,
}

/// A conversation that waits for an answer, and ends with an `E`.
pub trait Waiting<E>: Sized {
    /// Takes the answer to the request, and when it came. A transport error is an answer too.
    fn answer(self, answer: Answer, now: Moment) -> Step<Self, E>;
}

impl<W: Waiting<E>, E> Step<W, E> {
    /// Carries out the rest.
    pub fn drive(mut self, transport: &mut impl Transport) -> E {
        loop {
            self = match self {
                Self::Send(Sending { request, after, within }, waiting) => {
                    if after > 0 {
                        transport.pause(after);
                    }
                    let answer = transport.send(&request, within);
                    waiting.answer(answer, transport.now())
                }
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
    use super::{ApiUsage, Response, encode};

    #[test]
    fn the_api_usage_is_read_among_others() {
        let usage = |header: &str| Response { limit_info: Some(header.into()), ..Response::default() }.api_usage();
        let known = Some(ApiUsage { used: 18, limit: 5000 });
        assert_eq!(usage("api-usage=18/5000"), known);
        assert_eq!(usage("per-app-api-usage=17/250(appName=chat); api-usage=18/5000"), known);
        for strange in ["", "api-usage", "api-usage=18", "api-usage=-1/5", "api-usage=1/99999999999", "usage=1/2"] {
            assert_eq!(usage(strange), None, "{strange}");
        }
        let used = |used| ApiUsage { used, limit: 1000 };
        assert!(!used(899).reaches(90) && used(900).reaches(90) && used(4_000_000_000).reaches(100));
    }

    #[test]
    fn nothing_that_structures_a_url_stays_as_it_is() {
        assert_eq!(encode("a-B.9_~"), "a-B.9_~");
        assert_eq!(encode("a/b%c?d#e+f g@ü"), "a%2Fb%25c%3Fd%23e%2Bf%20g%40%C3%BC");
    }
}
