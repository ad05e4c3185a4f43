//! The wire: requests out, answers in, one small file for each kind. No I/O here, and no token: the shell adds it.

pub(crate) mod collections;
pub(crate) mod composite;
pub(crate) mod content;
pub(crate) mod describe;
pub(crate) mod error;
pub(crate) mod filter;
pub(crate) mod graph;
pub(crate) mod limits;
pub(crate) mod query;
pub(crate) mod record;
mod request;
pub(crate) mod sieve;
pub(crate) mod soql;
pub mod sse;

use std::fmt::Write as _;

use serde_json::Value;

use crate::base::MAX_VALUES;
use crate::base::json::Count;
use crate::wire::limits::DEFAULT_DEFER_SECONDS;

pub use composite::{Composite, Subrequest, Subresponse};
pub use error::ApiError;

pub use describe::{Describe, MEMBERS as DESCRIBE_MEMBERS};
pub use filter::filtered;
pub use limits::{MAX_CANDIDATES, MAX_URL_BYTES};
pub use query::{Rows, rows};
pub use record::written;
pub use request::{ContentType, Headers, Request};
pub use sieve::Sieve;
pub use soql::{Condition, Literal, MAX_LITERAL_LENGTH, MAX_QUERY_LENGTH, Order, Select};

/// Sent with every request of the REST API: texts come as they are stored, without HTML entities in them, which would make
/// `&` another value than the one that was written. Source: Connect REST API guide, request headers; reports of clients that
/// unescape composite answers.
pub const NO_ENTITIES: (&str, &str) = ("x-chatter-entity-encoding", "false");

/// An answer, as far as anything here looks at it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Response {
    /// HTTP status. A composite request's 200 says nothing of its subrequests.
    pub status: u16,
    /// The `Retry-After` header.
    pub retry_after: Option<String>,
    /// The `Sforce-Limit-Info` header.
    pub limit_info: Option<String>,
    /// As it came, decoded from its transfer; the shell may have kept only the members that are read.
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

/// Why a part of an answer has nothing of what was asked for.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Failed {
    Refused(Box<ApiError>),
    /// A success without what a success tells.
    Unreadable,
    /// A query's first rows, with more to be fetched: more than were asked for.
    GoesOn,
}

/// What an answer says beside its content.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Seconds after which Salesforce asks to try again.
    pub retry_after: Option<u32>,
    /// Where the answer tells it.
    pub api_usage: Option<ApiUsage>,
}

impl Head {
    /// Of no answer nothing.
    pub fn of(answer: &Answer) -> Self {
        let response = answer.as_ref().ok();
        let (retry_after, api_usage) =
            (response.and_then(Response::retry_after), response.and_then(Response::api_usage));
        Self { retry_after, api_usage }
    }
}

/// How many API requests the org, all its integrations together, has used in the last 24 hours.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ApiUsage {
    /// Requests so far. Salesforce's servers do not all count alike, so it is not exact.
    pub used: u32,
    /// Above it Salesforce refuses requests with `REQUEST_LIMIT_EXCEEDED`.
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
    /// Which code and words the record's error gets.
    pub kind: TransportErrorKind,
    /// Salesforce does not have the whole request, so nothing was written.
    pub not_sent: bool,
}

/// What went wrong on the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransportErrorKind {
    /// The host's egress rules refused the request.
    Denied,
    /// The host name has no address.
    Dns,
    /// No connection to the host.
    Connect,
    /// No TLS on the connection.
    Tls,
    /// Salesforce's certificate, or that of a proxy that opens TLS, is not trusted.
    Certificate,
    /// The answer was not there in time, or not all of it.
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
