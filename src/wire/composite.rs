//! `POST /composite`: up to 25 subrequests as one call, one transaction, one answer.
//!
//! The answer is HTTP 200 whatever became of the subrequests, so each is looked at, and an answer that lacks one of them
//! is no answer. Source: REST API guide, Composite.

use serde_json::{Map, Value};

use super::filter::Unfit;
use super::record::{Answered, Operation};
use super::{Request, Response, filtered};
use crate::base::json::{map, object};
use crate::base::text;
use crate::salesforce::ApiVersion;
use crate::salesforce::version::Feature;

/// What is needed to read the answer to a composite request.
#[derive(Debug, PartialEq)]
pub struct Composite {
    reference_ids: Vec<String>,
}

/// One request inside.
#[derive(Debug, PartialEq)]
pub struct Subrequest {
    /// HTTP method: `GET`, `POST` or `PATCH`.
    pub method: &'static str,
    /// Path and query, percent-encoded, from `/services/data` on. It may hold a visitor's value: a key or a query.
    pub url: String,
    /// Unique among the subrequests. Others take the id of its record as `@{reference.id}`.
    pub reference_id: String,
    /// `httpHeaders`, such as those of duplicate and assignment rules; empty where none is needed.
    pub headers: Map<String, Value>,
    /// The fields to write, with a visitor's values; `None` with a GET.
    pub body: Option<Map<String, Value>>,
}

/// One answer inside.
#[derive(Clone, Debug, PartialEq)]
pub struct Subresponse {
    /// The record, the query's rows or the list of errors; null where Salesforce answers nothing, as to an update.
    pub body: Value,
    /// `httpStatusCode`, 200 to 599.
    pub status: u16,
    /// Of the subrequest that it answers.
    pub reference_id: String,
}

/// A request that carries out all of these operations in this order, or none.
pub(crate) fn request(version: ApiVersion, operations: &[Operation]) -> Request {
    let subrequests = operations.iter().map(|operation| operation.subrequest(version, "")).collect();
    Composite::new(version, true, subrequests).0
}

/// What became of each of the operations; `None` if the answer does not say it of all.
pub(crate) fn answered(operations: &[Operation], response: &Response) -> Option<Vec<Answered>> {
    answered_as(operations, "", response.json()?)
}

/// The same of operations with this in front of each reference.
pub(super) fn answered_as(operations: &[Operation], prefix: &str, body: Value) -> Option<Vec<Answered>> {
    let reference_ids = operations.iter().map(|operation| format!("{prefix}{}", operation.reference)).collect();
    let answers = Composite::of(reference_ids).answers_of(body)?;
    Some(operations.iter().zip(answers).map(|(operation, answer)| operation.answered(answer)).collect())
}

impl Composite {
    /// For the answers to subrequests of these references.
    pub(super) fn of(reference_ids: Vec<String>) -> Self {
        Self { reference_ids }
    }

    /// With `all_or_none`, one failure undoes all. The subrequests are carried out in this order, without Salesforce's own
    /// "collation", so that what a preview shows is what happens. A version that knows no collation refuses the word.
    pub fn new(version: ApiVersion, all_or_none: bool, subrequests: Vec<Subrequest>) -> (Request, Self) {
        let reference_ids = subrequests.iter().map(|subrequest| subrequest.reference_id.clone()).collect();
        let collates = version.has(Feature::CollateSubrequests).then_some(false);
        let subrequests = subrequests.into_iter().map(Subrequest::json).collect();
        let members = [
            ("allOrNone", Some(all_or_none.into())),
            ("collateSubrequests", collates.map(Value::from)),
            ("compositeRequest", Some(Value::Array(subrequests))),
        ];
        let body = Value::Object(map(members.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?)))));
        let path = format!("/services/data/v{version}/composite");
        let request = Request { method: "POST", path, body: text(&body), ..Request::default() };
        (request, Self { reference_ids })
    }

    /// The answers in the order of the subrequests; `None` if they are not all there.
    pub fn answers(&self, response: &Response) -> Option<Vec<Subresponse>> {
        self.answers_of(response.json()?)
    }

    /// The same, without the members that are not in `keep`: answers with more in them than fits.
    pub fn answers_keeping(&self, response: &Response, keep: &[&str]) -> Result<Vec<Subresponse>, Unfit> {
        self.answers_of(filtered(&response.body, keep)?).ok_or(Unfit::NotJson)
    }

    /// The same of an answer that is read already.
    pub fn answers_of(&self, mut body: Value) -> Option<Vec<Subresponse>> {
        let answers = body.get_mut("compositeResponse")?.as_array_mut()?;
        let mut answers = answers.iter_mut().map(Subresponse::new).collect::<Option<Vec<_>>>()?;
        if answers.len() != self.reference_ids.len() {
            return None;
        }
        let mut take = |id: &String| {
            let at = answers.iter().position(|answer| answer.reference_id == *id)?;
            Some(answers.swap_remove(at))
        };
        self.reference_ids.iter().map(&mut take).collect()
    }
}

impl Subrequest {
    pub(super) fn json(self) -> Value {
        let headers = (!self.headers.is_empty()).then_some(self.headers);
        let mut json = object([
            ("method", self.method.into()),
            ("url", self.url.into()),
            ("referenceId", self.reference_id.into()),
        ]);
        for (name, member) in [("httpHeaders", headers), ("body", self.body)] {
            if let (Value::Object(json), Some(member)) = (&mut json, member) {
                json.insert(name.to_owned(), Value::Object(member));
            }
        }
        json
    }
}

impl Subresponse {
    fn new(json: &mut Value) -> Option<Self> {
        Some(Self {
            status: json.get("httpStatusCode")?.as_u64().and_then(final_status)?,
            reference_id: json.get("referenceId")?.as_str()?.to_owned(),
            body: json.get_mut("body").map(Value::take).unwrap_or_default(),
        })
    }

    /// Whether the status is 2xx.
    pub fn is_success(&self) -> bool {
        (200..300).contains(&self.status)
    }
}

/// A number that is no status of a finished answer says nothing of what became of a write, so it is not taken for a refusal.
fn final_status(number: u64) -> Option<u16> {
    u16::try_from(number).ok().filter(|status| (200..600).contains(status))
}
