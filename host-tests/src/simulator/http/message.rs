//! HTTP messages as plain data, so that the org never sees a socket.

use std::time::Duration;

use jiff::Timestamp;

/// One request, as it arrived.
#[derive(Clone, Debug, Default)]
pub struct Request {
    /// Upper case, as sent.
    pub method: String,
    /// Path only, still percent-encoded.
    pub path: String,
    /// What follows the `?`, still percent-encoded.
    pub query: Option<String>,
    /// Names in lower case.
    pub headers: Vec<(String, String)>,
    /// The raw body; empty when there is none.
    pub body: Vec<u8>,
}

impl Request {
    /// The first header of that (lower-case) name.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Path and query, as they stood in the request line.
    pub fn target(&self) -> String {
        match &self.query {
            Some(query) => format!("{}?{query}", self.path),
            None => self.path.clone(),
        }
    }
}

/// One response.
#[derive(Clone, Debug, Default)]
pub struct Response {
    /// HTTP status.
    pub status: u16,
    /// Header names as Salesforce spells them.
    pub headers: Vec<(String, String)>,
    /// The raw body; empty for 204.
    pub body: Vec<u8>,
}

impl Response {
    /// The first header of that name, whatever its case.
    pub fn header(&self, name: &str) -> Option<&str> {
        self.headers.iter().find(|(known, _)| known.eq_ignore_ascii_case(name)).map(|(_, value)| value.as_str())
    }

    /// The body as JSON; null when it is empty or not JSON.
    pub fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }
}

/// One request with its answer, for demos and for tests that count or compare what was sent.
#[derive(Clone, Debug)]
pub struct Exchange {
    /// When it came, by the clock of the org.
    pub at: Timestamp,
    /// How long its answer took; zero where nobody measured it.
    pub took: Duration,
    /// Upper case, as sent.
    pub method: String,
    /// Path with query, still percent-encoded. Of OAuth paths only what is no secret is left of the query.
    pub path: String,
    /// Request headers; the Authorization value is replaced, a log is not a place for a token.
    pub request_headers: Vec<(String, String)>,
    /// Request body; of OAuth paths every value that is or could be a secret is replaced.
    pub request_body: Vec<u8>,
    /// HTTP status of the answer.
    pub status: u16,
    /// Response body, as cautious as the request's.
    pub response_body: Vec<u8>,
}
