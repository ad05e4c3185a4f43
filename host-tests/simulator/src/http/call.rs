//! One call of the API after the envelope is read: a direct request or a subrequest of a composite, treated alike.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::{ApiError, date, uri};

/// First and last API version that the org offers: v68 is Winter '27, the release of the end of 2026.
pub const VERSIONS: std::ops::RangeInclusive<u32> = 31..=68;

/// Versions that were there once. Source: help 000354473 and 000351312, "API Versions … Retirement".
const RETIRED: std::ops::RangeInclusive<u32> = 7..=30;

/// A call with its path split and its headers understood.
#[derive(Clone, Debug)]
pub struct Call {
    pub version: u32,
    pub method: String,
    /// Decoded path segments after `/services/data/vNN.0`.
    pub segments: Vec<String>,
    pub query: Vec<(String, String)>,
    pub options: Options,
    pub body: Body,
    pub now: Timestamp,
}

/// The body, read only by handlers that want one.
#[derive(Clone, Debug)]
pub enum Body {
    /// As it came over HTTP.
    Bytes { content_type: Option<String>, bytes: Vec<u8> },
    /// The `body` member of a subrequest.
    Json(Option<Value>),
}

/// What request headers change about a call.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// `If-Modified-Since`; what is no date there is as if it were not sent.
    pub modified_since: Option<Timestamp>,
    /// `Sforce-Query-Options: batchSize=200`: rows of a page.
    pub batch_size: Option<usize>,
    /// `Sforce-Auto-Assign`, as sent.
    pub auto_assign: Option<String>,
    /// `Sforce-Duplicate-Rule-Header: allowSave=true`.
    pub allow_save: bool,
    /// The API version, which the record URLs of a duplicate's details repeat.
    pub version: u32,
}

impl Options {
    /// Picks the headers that mean something here; names in any case.
    pub fn read<'a>(version: u32, headers: impl Iterator<Item = (&'a str, &'a str)>) -> Options {
        let mut options = Options { version, ..Options::default() };
        for (name, value) in headers {
            if name.eq_ignore_ascii_case("sforce-auto-assign") {
                options.auto_assign = Some(value.trim().into());
            } else if name.eq_ignore_ascii_case("sforce-duplicate-rule-header") {
                options.allow_save = member(value, "allowSave").is_some_and(|value| value.eq_ignore_ascii_case("true"));
            } else if name.eq_ignore_ascii_case("sforce-query-options") {
                options.batch_size = member(value, "batchSize").and_then(|value| value.parse().ok());
            } else if name.eq_ignore_ascii_case("if-modified-since") {
                options.modified_since = date::of_http_date(value);
            }
        }
        options
    }
}

/// The value of one of a header's `name=value` parts.
fn member<'a>(header: &'a str, wanted: &str) -> Option<&'a str> {
    let mut parts = header.split([';', ',']).filter_map(|part| part.split_once('='));
    parts.find(|(name, _)| name.trim().eq_ignore_ascii_case(wanted)).map(|(_, value)| value.trim())
}

/// The version and the decoded rest of a path under `/services/data`; 404 when it is not one the org offers.
pub fn split_path(path: &str) -> Result<(u32, Vec<String>), ApiError> {
    let rest = path.strip_prefix("/services/data/v").ok_or_else(ApiError::not_found)?;
    let mut segments = rest.split('/');
    let version = segments.next().and_then(|version| version.strip_suffix(".0"));
    let version: Option<u32> = version.and_then(|version| version.parse().ok());
    if version.is_some_and(|version| RETIRED.contains(&version)) {
        return Err(ApiError::gone());
    }
    let version = version.filter(|version| VERSIONS.contains(version)).ok_or_else(ApiError::not_found)?;
    let decoded: Option<Vec<String>> = segments.map(uri::decode).collect();
    let mut segments = decoded.ok_or_else(ApiError::not_found)?;
    if segments.last().is_some_and(|last| last.trim().is_empty()) {
        segments.pop();
    }
    Ok((version, segments))
}

impl Call {
    /// A query parameter; names are case-sensitive.
    pub fn parameter(&self, name: &str) -> Option<&str> {
        self.query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// The path of a record in this call's version.
    pub fn record_url(&self, sobject: &str, id: &str) -> String {
        format!("{}/sobjects/{sobject}/{id}", self.base())
    }

    /// `/services/data/vNN.0`
    pub fn base(&self) -> String {
        format!("/services/data/v{}.0", self.version)
    }

    /// The body as JSON; 415 when the content type says otherwise, JSON_PARSER_ERROR when it does not parse.
    pub fn json(&self) -> Result<Value, ApiError> {
        match &self.body {
            Body::Json(Some(value)) => Ok(value.clone()),
            Body::Json(None) => Err(no_content()),
            Body::Bytes { content_type, bytes } => {
                check_media_type(content_type.as_deref(), "application/json")?;
                if bytes.is_empty() {
                    return Err(no_content());
                }
                serde_json::from_slice(bytes).map_err(|error| {
                    let place = format!("at [line:{}, column:{}]", error.line(), error.column());
                    ApiError::bad("JSON_PARSER_ERROR", format!("Unexpected character or end of input {place}"))
                })
            }
        }
    }

    /// The body as a JSON object.
    pub fn json_object(&self) -> Result<Map<String, Value>, ApiError> {
        match self.json()? {
            Value::Object(members) => Ok(members),
            _ => Err(ApiError::bad("JSON_PARSER_ERROR", "The HTTP entity body must be a JSON object")),
        }
    }
}

/// Refuses a body of another type with 415.
pub fn check_media_type(content_type: Option<&str>, wanted: &str) -> Result<(), ApiError> {
    let media_type = content_type.unwrap_or_default().split(';').next().unwrap_or_default().trim();
    if media_type.eq_ignore_ascii_case(wanted) {
        return Ok(());
    }
    let message = format!("Content-Type header specified in HTTP request is not supported: {media_type}");
    Err(ApiError::new(415, "UNSUPPORTED_MEDIA_TYPE", message))
}

fn no_content() -> ApiError {
    ApiError::bad("JSON_PARSER_ERROR", "The HTTP entity body is required, but this request has no entity body.")
}

/// An answer before it becomes HTTP or a composite's sub-result.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    /// `None` for 204.
    pub body: Option<Value>,
    /// What is answered in place of JSON: its type and its bytes.
    pub raw: Option<(&'static str, Vec<u8>)>,
    /// Headers that belong to this answer, as `Location`.
    pub headers: Vec<(&'static str, String)>,
}

impl Reply {
    pub fn new(status: u16, body: Value) -> Reply {
        Reply { status, body: Some(body), raw: None, headers: Vec::new() }
    }

    pub fn ok(body: Value) -> Reply {
        Reply::new(200, body)
    }

    /// Bytes that are no JSON.
    pub fn raw(media_type: &'static str, bytes: Vec<u8>) -> Reply {
        Reply { status: 200, body: None, raw: Some((media_type, bytes)), headers: Vec::new() }
    }

    pub fn no_content() -> Reply {
        Reply { status: 204, body: None, raw: None, headers: Vec::new() }
    }

    pub fn with_location(mut self, location: String) -> Reply {
        self.headers.push(("Location", location));
        self
    }

    /// Adds when the thing was changed last. To a client that has it from then or later this is the whole answer: 304.
    pub fn modified(mut self, modified: Timestamp, call: &Call) -> Reply {
        let known = call.options.modified_since.is_some_and(|since| modified.as_second() <= since.as_second());
        if known && call.method == "GET" {
            (self.status, self.body) = (304, None);
        }
        self.headers.push(("Last-Modified", date::http_date(modified)));
        self
    }
}

impl From<ApiError> for Reply {
    fn from(error: ApiError) -> Reply {
        Reply::new(error.status, Value::Array(vec![error.to_json()]))
    }
}
