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
pub(crate) mod sieve;
pub(crate) mod soql;
pub mod sse;

use std::borrow::Cow;
use std::fmt::{self, Write as _};
use std::iter::once;

use serde_json::Value;

use crate::base::json::Count;
use crate::base::{MAX_VALUES, base64};
use crate::value::Content;
use crate::wire::limits::DEFAULT_DEFER_SECONDS;

pub use composite::{Composite, Subrequest, Subresponse};
pub use error::ApiError;

pub use describe::{Describe, MEMBERS as DESCRIBE_MEMBERS};
pub use filter::filtered;
pub use limits::{MAX_CANDIDATES, MAX_URL_BYTES};
pub use query::{Rows, rows};
pub use record::written;
pub use sieve::Sieve;
pub use soql::{Condition, Literal, MAX_LITERAL_LENGTH, MAX_QUERY_LENGTH, Order, Select};

/// Sent with every request of the REST API: texts come as they are stored, without HTML entities in them, which would make
/// `&` another value than the one that was written. Source: Connect REST API guide, request headers; reports of clients that
/// unescape composite answers.
pub const NO_ENTITIES: (&str, &str) = ("x-chatter-entity-encoding", "false");

/// A request to the session's host.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Request {
    /// HTTP method: `GET`, `POST`, `PATCH`, `PUT` or `DELETE`.
    pub method: &'static str,
    /// Path and query.
    pub path: String,
    /// What `body` is; where it is empty, no such header is sent.
    pub content_type: ContentType,
    /// Text; with a `file`, all of it but the file.
    pub body: String,
    /// Stands as base64 in front of [`Request::AFTER_FILE`]. It is encoded while it is sent: a file and its base64 are more
    /// than fits. In a form of parts it stands as it is, in front of the last boundary.
    pub file: Option<Content>,
    /// Headers of this request alone.
    pub headers: Headers,
    /// The answer is a stream that goes on: the body is what came until the time was over, or until something was heard. See
    /// [`sse::is_heard`].
    pub stream: bool,
}

/// Headers with their values, which may be secret.
#[derive(Clone, Default, PartialEq, Eq)]
pub struct Headers(pub Vec<(&'static str, String)>);

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_list().entries(self.0.iter().map(|(name, _)| name)).finish()
    }
}

/// Bytes of a file that are encoded at a time: a multiple of three, or the base64 would have padding within.
const PIECE: usize = 48 << 10;

impl Request {
    /// How a body ends that has a file.
    pub const AFTER_FILE: &str = "\"}";

    /// Length of the whole body, in bytes.
    pub fn length(&self) -> usize {
        let of_file = |file: &Content| match self.content_type {
            ContentType::Parts => file.bytes().len(),
            _ => base64::encoded_length(file.bytes().len()),
        };
        self.body.len() + self.file.as_ref().map_or(0, of_file)
    }

    /// The whole body, piece by piece.
    pub fn pieces(&self) -> impl Iterator<Item = Cow<'_, [u8]>> {
        let is_parts = self.content_type == ContentType::Parts;
        let end = if is_parts { self.last_boundary() } else { Self::AFTER_FILE };
        let before = self.file.as_ref().and_then(|_| self.body.strip_suffix(end));
        let file = self.file.as_ref().filter(|_| before.is_some()).map(Content::bytes).unwrap_or_default();
        let encoded = file.chunks(PIECE).map(move |bytes| {
            if is_parts {
                return Cow::Borrowed(bytes);
            }
            let mut text = String::with_capacity(base64::encoded_length(bytes.len()));
            base64::encode(bytes, &mut text);
            Cow::Owned(text.into_bytes())
        });
        let after = before.map(|_| Cow::Borrowed(end.as_bytes()));
        once(Cow::Borrowed(before.unwrap_or(&self.body).as_bytes())).chain(encoded).chain(after)
    }

    /// The whole body as one text; of a file that is none, as much of it as is text.
    pub fn text(&self) -> Cow<'_, str> {
        match self.file {
            None => Cow::Borrowed(&self.body),
            Some(_) => {
                let bytes: Vec<u8> = self.pieces().flat_map(Cow::into_owned).collect();
                Cow::Owned(String::from_utf8_lossy(&bytes).into_owned())
            }
        }
    }

    /// Value of the `Content-Type` header. The boundary of parts is the body's first line.
    pub fn media_type(&self) -> Cow<'static, str> {
        match self.content_type {
            ContentType::Json => "application/json".into(),
            ContentType::Form => "application/x-www-form-urlencoded".into(),
            ContentType::Parts => {
                let boundary = self.body.lines().next().and_then(|line| line.strip_prefix("--")).unwrap_or_default();
                format!("multipart/form-data; boundary={boundary}").into()
            }
        }
    }

    /// The line break before it belongs to it. Source: RFC 2046, 5.1.1.
    fn last_boundary(&self) -> &str {
        let length = self.body.lines().next().map_or(0, str::len) + "\r\n--\r\n".len();
        self.body.len().checked_sub(length).and_then(|at| self.body.get(at..)).unwrap_or_default()
    }
}

/// What a body is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ContentType {
    /// What the REST API takes.
    #[default]
    Json,
    /// `a=b&c=d`, as token endpoints take it.
    Form,
    /// A form of parts, one of them a file.
    Parts,
}

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
    use super::{ApiUsage, Content, ContentType, Headers, PIECE, Request, Response, base64, encode};

    #[test]
    fn a_file_is_a_part_of_the_body_and_of_its_length() {
        for size in [0, 1, 2, 3, PIECE - 1, PIECE, PIECE + 1, 3 * PIECE + 2] {
            let bytes = vec![7; size];
            let mut expected = "{\"a\":\"".to_owned();
            base64::encode(&bytes, &mut expected);
            expected.push_str("\"}");
            let body = "{\"a\":\"\"}".to_owned();
            let file = Some(Content::new(bytes));
            let request = Request { method: "POST", body, file, ..Request::default() };
            assert_eq!((request.text().as_ref(), request.length()), (expected.as_str(), expected.len()), "{size}");
        }
    }

    #[test]
    fn a_file_among_parts_stands_there_as_it_is() {
        let body = "--b1\r\n\r\n{}\r\n--b1\r\n\r\n\r\n--b1--\r\n".to_owned();
        let file = Some(Content::new(b"xyz".to_vec()));
        let request = Request { method: "POST", body, file, content_type: ContentType::Parts, ..Request::default() };
        let expected = "--b1\r\n\r\n{}\r\n--b1\r\n\r\nxyz\r\n--b1--\r\n";
        assert_eq!((request.text().as_ref(), request.length()), (expected, expected.len()));
        assert_eq!(request.media_type(), "multipart/form-data; boundary=b1");
    }

    #[test]
    fn the_values_of_headers_are_not_shown() {
        let headers = Headers(vec![("authorization", "Bearer canary".to_owned())]);
        assert_eq!(format!("{:?}", Request { headers, ..Request::default() }.headers), "[\"authorization\"]");
    }

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
