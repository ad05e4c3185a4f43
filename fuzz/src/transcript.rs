//! What a run sent and was answered, read again without the module's own types.

use salesforce_module::wire::{Request, Response, TransportError};
use serde_json::Value;

/// More requests than any run may make: what sends more does not end.
const MOST_REQUESTS: usize = 100;
/// As many as a composite request takes. Source: REST API guide, Composite.
const MOST_SUBREQUESTS: usize = 25;
const MOST_QUERIES: usize = 5;

/// All requests of a run, in order.
#[derive(Default)]
pub struct Transcript {
    pub exchanges: Vec<Exchange>,
}

/// One composite request and its answer.
pub struct Exchange {
    pub parts: Vec<Part>,
    /// `None` if nothing of it left.
    sent: bool,
    /// Status and body.
    answer: Option<(u16, Option<Value>)>,
}

/// One subrequest.
pub struct Part {
    pub method: String,
    pub url: String,
    pub reference: String,
    pub body: Value,
}

impl Transcript {
    /// Notes a request and its answer. Panics if the request is none that a run may send.
    pub fn note(&mut self, version: &str, request: &Request, answer: &Result<Response, TransportError>) {
        assert_eq!(request.method, "POST");
        if request.path == format!("/services/data/v{version}/sobjects/ContentVersion") {
            return is_a_file(request);
        }
        assert_eq!(request.path, format!("/services/data/v{version}/composite"));
        let body: Value = serde_json::from_str(&request.body).expect("a body of JSON");
        let members: Vec<&str> = body.as_object().expect("an object").keys().map(String::as_str).collect();
        assert_eq!(members, ["allOrNone", "collateSubrequests", "compositeRequest"]);
        let parts = body["compositeRequest"].as_array().expect("a list of subrequests");
        let parts: Vec<Part> = parts.iter().map(Part::read).collect();
        assert!((1..=MOST_SUBREQUESTS).contains(&parts.len()), "{} subrequests", parts.len());
        assert!(parts.iter().filter(|part| part.url.contains("/query?q=")).count() <= MOST_QUERIES, "too many queries");
        let base = format!("/services/data/v{version}/");
        for (index, part) in parts.iter().enumerate() {
            assert!(part.url.starts_with(&base) && part.url.is_ascii(), "{}", part.url);
            assert!(part.reference.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'), "{}", part.reference);
            assert!(parts[..index].iter().all(|other| other.reference != part.reference), "{}", part.reference);
        }
        let (sent, answer) = match answer {
            Ok(response) => (true, Some((response.status, serde_json::from_slice(&response.body).ok()))),
            Err(error) => (!error.not_sent, None),
        };
        let exchange = Exchange { parts, sent, answer };
        // One transaction for all that is written; nothing to undo where nothing is.
        assert_eq!(body["allOrNone"], exchange.writes());
        self.exchanges.push(exchange);
        assert!(self.exchanges.len() <= MOST_REQUESTS, "the run does not end");
    }

    /// Notes the question for validation rules, which a preparation alone may ask. Panics if it is another one.
    pub fn note_rules(&mut self, version: &str, request: &Request, answer: &Result<Response, TransportError>) {
        assert_eq!((request.method, request.body.as_str()), ("GET", ""));
        let query = request.path.strip_prefix(&format!("/services/data/v{version}/tooling/query?q=SELECT%20"));
        assert!(query.is_some_and(|query| query.contains("%20FROM%20ValidationRule%20WHERE%20")), "{}", request.path);
        let (sent, answer) = match answer {
            Ok(response) => (true, Some((response.status, serde_json::from_slice(&response.body).ok()))),
            Err(error) => (!error.not_sent, None),
        };
        self.exchanges.push(Exchange { parts: Vec::new(), sent, answer });
    }

    pub fn last(&self) -> Option<&Exchange> {
        self.exchanges.last()
    }
}

/// A name that is no path, content, and a record.
fn is_a_file(request: &Request) {
    let body: Value = serde_json::from_str(&request.text()).expect("a body of JSON");
    let members: Vec<&str> = body.as_object().expect("an object").keys().map(String::as_str).collect();
    assert_eq!(members, ["FirstPublishLocationId", "PathOnClient", "Title", "VersionData"]);
    let text = |member: &str| body[member].as_str().expect("a text");
    let name = text("PathOnClient");
    assert!(
        !name.contains(['/', '\\']) && !name.contains(char::is_control) && name.starts_with(text("Title")),
        "{name:?}"
    );
    let base64 = |b: u8| b.is_ascii_alphanumeric() || b"+/=".contains(&b);
    let content = text("VersionData");
    assert!(!content.is_empty() && content.len().is_multiple_of(4) && content.bytes().all(base64), "{content}");
    assert!(text("FirstPublishLocationId").len() == 18);
}

impl Part {
    fn read(json: &Value) -> Self {
        let text = |member: &str| json[member].as_str().expect("a text").to_owned();
        Self { method: text("method"), url: text("url"), reference: text("referenceId"), body: json["body"].clone() }
    }

    pub fn writes(&self) -> bool {
        self.method != "GET"
    }
}

impl Exchange {
    pub fn writes(&self) -> bool {
        self.parts.iter().any(Part::writes)
    }

    pub fn creates(&self) -> bool {
        self.parts.iter().any(|part| part.method == "POST")
    }

    /// Every subrequest succeeded, and all of them are answered.
    pub fn succeeded(&self) -> bool {
        let Some((200, Some(body))) = &self.answer else { return false };
        let rows = body["compositeResponse"].as_array().map(Vec::as_slice).unwrap_or_default();
        let answered = |part: &Part| rows.iter().any(|row| row["referenceId"] == part.reference.as_str());
        rows.len() == self.parts.len() && self.parts.iter().all(answered) && rows.iter().all(is_success)
    }

    /// Every subrequest failed, and that is certain.
    pub fn failed(&self) -> bool {
        let Some((200, Some(body))) = &self.answer else { return false };
        let rows = body["compositeResponse"].as_array().map(Vec::as_slice).unwrap_or_default();
        let failed =
            |part: &Part| rows.iter().any(|row| row["referenceId"] == part.reference.as_str() && is_failure(row));
        rows.len() == self.parts.len() && self.parts.iter().all(failed)
    }

    /// Nobody can say what became of it: its answer is lost, is none, or says of a part that it is written.
    pub fn may_have_written(&self) -> bool {
        match &self.answer {
            None => self.sent,
            Some((200, body)) => {
                let rows = body.as_ref().and_then(|body| body["compositeResponse"].as_array());
                let row = |part: &Part| rows?.iter().find(|row| row["referenceId"] == part.reference.as_str());
                let is_final = |part: &Part| row(part).is_some_and(|row| is_success(row) || is_failure(row));
                // An answer that lacks a subresponse, or a status, is none.
                if rows.map(Vec::len) != Some(self.parts.len()) || !self.parts.iter().all(is_final) {
                    return true;
                }
                self.parts.iter().any(|part| part.writes() && row(part).is_some_and(is_success))
            }
            // A gateway can fail, or say something kind, after the org has written.
            Some((_, body)) => self.is_of_no_api() && !says_nothing_happened(body),
        }
    }

    /// The whole answer has a status that a gateway may give after the org has written, whatever its text says.
    pub fn is_of_no_api(&self) -> bool {
        matches!(self.answer, Some((status, _)) if status >= 500 || (201..300).contains(&status))
    }
}

/// Salesforce's own word that it did not begin, or has undone it, whatever the status.
fn says_nothing_happened(body: &Option<Value>) -> bool {
    let text = body.as_ref().map(Value::to_string).unwrap_or_default();
    ["INVALID_SESSION_ID", "REQUEST_LIMIT_EXCEEDED", "UNABLE_TO_LOCK_ROW"].iter().any(|code| text.contains(code))
}

fn is_success(row: &Value) -> bool {
    row["httpStatusCode"].as_u64().is_some_and(|status| (200..300).contains(&status))
}

fn is_failure(row: &Value) -> bool {
    row["httpStatusCode"].as_u64().is_some_and(|status| (300..600).contains(&status))
}
