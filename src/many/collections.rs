//! Writes of one record each as collections: up to 200 records in a request, each of which succeeds or fails by itself.
//!
//! Collections of one SObject, one kind of write and the same headers travel in one composite request, of which they may be
//! five. Source: REST API guide, sObject Collections and Composite.

use serde_json::{Map, Value};

use super::answer::{Share, answer_of};
use crate::base::json::object;
use crate::base::order;
use crate::report::Code;
use crate::salesforce::ApiVersion;
use crate::settings::MAX_LOOKUPS;
use crate::wire::{ApiError, Composite, Request, Response, Subrequest, Subresponse};

/// Records of one request. Source: REST API guide, sObject Collections.
const MAX_RECORDS: usize = 200;
/// Collections in a composite request: as many as queries. Source: REST API guide, Composite.
const MAX_COLLECTIONS: usize = MAX_LOOKUPS;

/// A write of one record.
#[derive(Clone)]
pub(super) struct Single {
    method: &'static str,
    sobject: String,
    headers: Map<String, Value>,
    record: Map<String, Value>,
    reference: String,
}

/// Writes while they are gathered.
pub(super) struct Gathering {
    collections: Vec<Collection>,
    records: usize,
}

/// Writes that were sent together.
pub(super) struct Gathered {
    composite: Composite,
    collections: Vec<Vec<Member>>,
}

struct Collection {
    method: &'static str,
    sobject: String,
    headers: Map<String, Value>,
    records: Vec<Value>,
    members: Vec<Member>,
}

struct Member {
    index: usize,
    reference: String,
    method: &'static str,
}

impl Single {
    /// The only write of a composite request, if it creates or updates one record by its id.
    pub(super) fn of(subrequests: &[Value]) -> Option<Self> {
        let [only] = subrequests else { return None };
        let text = |name| only.get(name).and_then(Value::as_str);
        let (_, resource) = text("url")?.split_once("/sobjects/")?;
        let (sobject, id) = match resource.split_once('/') {
            None => (resource, None),
            Some((sobject, id)) => (sobject, Some(id)),
        };
        let method = match (text("method")?, id) {
            ("POST", None) => "POST",
            ("PATCH", Some(id)) if id.bytes().all(|b| b.is_ascii_alphanumeric()) => "PATCH",
            _ => return None,
        };
        let fields = only.get("body")?.as_object()?;
        // A parent that is named by its external id; what collections make of one, the guide does not say.
        if fields.values().any(Value::is_object) {
            return None;
        }
        let mut record = Map::new();
        record.insert("attributes".to_owned(), object([("type", sobject.into())]));
        if let Some(id) = id {
            record.insert("id".to_owned(), id.into());
        }
        record.extend(fields.iter().map(|(name, value)| (name.clone(), value.clone())));
        let headers = only.get("httpHeaders").and_then(Value::as_object).cloned().unwrap_or_default();
        Some(Self { method, sobject: sobject.to_owned(), headers, record, reference: text("referenceId")?.to_owned() })
    }
}

impl Gathering {
    pub(super) fn new() -> Self {
        Self { collections: Vec::new(), records: 0 }
    }

    /// Adds a conversation's write; false if there is no room for it.
    pub(super) fn add(&mut self, index: usize, single: &Single) -> bool {
        if self.records == MAX_RECORDS {
            return false;
        }
        let Single { method, sobject, headers, record, reference } = single.clone();
        let same = |other: &Collection| other.method == method && other.sobject == sobject && other.headers == headers;
        let at = match self.collections.iter().position(same) {
            Some(at) => at,
            None if self.collections.len() == MAX_COLLECTIONS => return false,
            None => {
                self.collections.push(Collection {
                    method,
                    sobject,
                    headers,
                    records: Vec::new(),
                    members: Vec::new(),
                });
                self.collections.len() - 1
            }
        };
        if let Some(collection) = self.collections.get_mut(at) {
            collection.records.push(Value::Object(record));
            collection.members.push(Member { index, reference, method });
        }
        self.records += 1;
        true
    }

    pub(super) fn finish(self, version: ApiVersion) -> (Request, Gathered) {
        let mut members = Vec::new();
        let mut subrequests = Vec::new();
        for (at, collection) in self.collections.into_iter().enumerate() {
            let body = [("allOrNone", false.into()), ("records", Value::Array(collection.records))];
            let body = body.map(|(name, value): (&str, Value)| (name.to_owned(), value)).into_iter().collect();
            subrequests.push(Subrequest {
                method: collection.method,
                url: format!("/services/data/v{version}/composite/sobjects"),
                reference_id: format!("rows_{at}"),
                headers: collection.headers,
                body: Some(body),
            });
            members.push(collection.members);
        }
        let (request, composite) = Composite::new(version, false, subrequests);
        (request, Gathered { composite, collections: members })
    }
}

impl Gathered {
    /// In the order in which they are carried out.
    pub(super) fn members(&self) -> Vec<usize> {
        self.collections.iter().flatten().map(|member| member.index).collect()
    }

    /// What each conversation is told.
    pub(super) fn split(self, response: &Response) -> Vec<(usize, Share)> {
        let answers = response.json().and_then(|json| self.composite.answers_of(json));
        let mut answers = answers.map(Vec::into_iter);
        let mut shares = Vec::new();
        for members in self.collections {
            let answer = answers.as_mut().and_then(Iterator::next);
            let answers = rows(answer, &members);
            for (at, member) in members.into_iter().enumerate() {
                let row = match &answers {
                    Rows::Each(rows) => rows.get(at).and_then(|row| of_row(row, &member)),
                    Rows::Refused(status, body) => Some((*status, body.clone())),
                    Rows::Unreadable => None,
                };
                let share = match row {
                    Some((status, body)) => Share::Answer(answer_of(
                        response,
                        vec![object([
                            ("body", body),
                            ("httpStatusCode", status.into()),
                            ("referenceId", member.reference.as_str().into()),
                        ])],
                    )),
                    None => Share::unreadable(response),
                };
                shares.push((member.index, share));
            }
        }
        in_order(shares)
    }
}

/// Each conversation is told before those that come after it. A sort of these is larger than what they are worth.
fn in_order(mut shares: Vec<(usize, Share)>) -> Vec<(usize, Share)> {
    let mut indexes: Vec<usize> = shares.iter().map(|(index, _)| *index).collect();
    order::sort(&mut indexes);
    let mut take = |index| {
        let at = shares.iter().position(|(other, _)| *other == index)?;
        Some(shares.swap_remove(at))
    };
    indexes.into_iter().filter_map(&mut take).collect()
}

/// The answer to one collection.
enum Rows {
    Each(Vec<Value>),
    /// None of its records was written.
    Refused(u16, Value),
    Unreadable,
}

fn rows(answer: Option<Subresponse>, members: &[Member]) -> Rows {
    match answer {
        // Salesforce gave up: each row is a transaction of its own, and some may be done.
        Some(answer) if ApiError::new(answer.status, &answer.body).is_busy() && !answer.is_success() => {
            Rows::Unreadable
        }
        Some(answer) if !answer.is_success() => Rows::Refused(answer.status, answer.body),
        Some(Subresponse { body: Value::Array(rows), .. }) if rows.len() == members.len() => Rows::Each(rows),
        _ => Rows::Unreadable,
    }
}

/// A row of a collection as the status and body that the record alone would have been answered with.
fn of_row(row: &Value, member: &Member) -> Option<(u16, Value)> {
    if row.get("success")?.as_bool()? {
        return Some(if member.method == "POST" { (201, row.clone()) } else { (204, Value::Null) });
    }
    let errors = row.get("errors")?.as_array()?;
    let code = |error: &Value| error.get("statusCode").and_then(Value::as_str).map(str::to_owned);
    let first = errors.first().and_then(code)?;
    // Which record is meant, a row by itself says with its status.
    let is_gone = matches!(Code::of_salesforce(&first), Code::EntityIsDeleted | Code::InvalidCrossReference);
    let status = if is_gone && member.method == "PATCH" { 404 } else { 400 };
    let error = |error: &Value| {
        let member = |name| error.get(name).cloned().unwrap_or_default();
        object([("errorCode", member("statusCode")), ("message", member("message")), ("fields", member("fields"))])
    };
    Some((status, Value::Array(errors.iter().map(error).collect())))
}
