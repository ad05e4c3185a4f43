//! `GET /query`: lookups inside a composite request. Source: REST API guide, Query.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::{ApiError, Composite, Failed, Request, Response, Subrequest, Subresponse, encode};
use crate::base::size::size_of_object;
use crate::salesforce::{ApiVersion, FieldName, FieldPath, RecordId};
use crate::wire::Select;

/// What a query found.
#[derive(Debug, PartialEq)]
pub struct Rows {
    /// In the order of the query.
    pub rows: Vec<Rc<Row>>,
    /// False if there may be more: the limit is reached.
    pub complete: bool,
}

/// An existing record.
#[derive(Debug, PartialEq)]
pub struct Row {
    pub id: RecordId,
    fields: Map<String, Value>,
}

/// A query, and its reference.
pub(crate) type Query<'a> = (String, &'a Select);

/// What a query was answered.
pub(crate) type Found = Result<Rows, Failed>;

/// All queries in one request, each under its reference.
pub(crate) fn request(version: ApiVersion, queries: &[Query]) -> Request {
    let subrequest = |(reference, select): &Query| Subrequest {
        method: "GET",
        url: format!("/services/data/v{version}/query?q={}", encode(&select.to_string())),
        reference_id: reference.clone(),
        headers: Map::new(),
        body: None,
    };
    Composite::new(version, false, queries.iter().map(subrequest).collect()).0
}

/// What each of the queries was answered; `None` if the answer does not say it of all.
pub(crate) fn found(queries: &[Query], response: &Response) -> Option<Vec<Found>> {
    let references = queries.iter().map(|(reference, _)| reference.clone()).collect();
    let answers = Composite::of(references).answers(response)?;
    Some(queries.iter().zip(answers).map(|((_, select), answer)| found_by(select, answer)).collect())
}

/// A limit is far below a page, so an answer that goes on, or counts other rows than it lists, is none to decide on.
fn found_by(select: &Select, answer: Subresponse) -> Found {
    if !answer.is_success() {
        return Err(Failed::Refused(Box::new(ApiError::new(answer.status, &answer.body))));
    }
    if answer.body.get("done").and_then(Value::as_bool) == Some(false) {
        return Err(Failed::GoesOn);
    }
    rows(select, answer).ok_or(Failed::Unreadable)
}

/// The rows; `None` if the answer is not one of a query, or does not add up.
pub fn rows(select: &Select, mut answer: Subresponse) -> Option<Rows> {
    let total = answer.body.get("totalSize").map_or(Some(None), |total| total.as_u64().map(Some))?;
    let done = answer.body.get("done")?.as_bool()?;
    let records = answer.body.get_mut("records")?.as_array_mut()?;
    if !done || total.is_some_and(|total| usize::try_from(total) != Ok(records.len())) {
        return None;
    }
    let complete = records.len() < select.limit;
    let rows = records.iter_mut().map(|record| Row::new(record.take()).map(Rc::new)).collect::<Option<_>>()?;
    Some(Rows { rows, complete })
}

impl Row {
    fn new(record: Value) -> Option<Self> {
        let Value::Object(fields) = record else { return None };
        let id = get(&fields, "Id")?.as_str().and_then(RecordId::of_answer)?;
        Some(Self { id, fields })
    }

    /// The record behind a relationship; `None` if there is none, or none that the user may see.
    pub fn behind(&self, relationship: &str) -> Option<Self> {
        get(&self.fields, relationship).cloned().and_then(Self::new)
    }

    /// The stored value; null where there is none.
    pub fn get(&self, path: &FieldPath) -> &Value {
        let parent = match &path.relationship {
            None => Some(&self.fields),
            Some(relationship) => get(&self.fields, relationship.as_str()).and_then(Value::as_object),
        };
        parent.and_then(|fields| get(fields, path.field.as_str())).unwrap_or(&Value::Null)
    }

    /// The record, and those behind relationships: one of them is what a converted Lead leads to.
    pub(crate) fn add_ids(&self, ids: &mut Vec<RecordId>) {
        ids.push(self.id.clone());
        for parent in self.fields.values() {
            let id = parent.get("Id").and_then(Value::as_str);
            ids.extend(id.and_then(RecordId::of_answer));
        }
    }

    /// Bytes of its JSON, about.
    pub(crate) fn length(&self) -> usize {
        size_of_object(&self.fields).0
    }

    /// All that was answered, in Salesforce's own spelling.
    pub fn fields(&self) -> &Map<String, Value> {
        &self.fields
    }

    pub fn field(&self, field: &FieldName) -> &Value {
        get(&self.fields, field.as_str()).unwrap_or(&Value::Null)
    }

    /// Whether a lookup field holds this record's id.
    pub(crate) fn links_to(&self, field: &FieldName, id: &RecordId) -> bool {
        self.field(field).as_str().and_then(RecordId::of_answer).as_ref() == Some(id)
    }
}

/// Salesforce answers with its own spelling of a name, whatever was asked.
pub(crate) fn get<'a>(fields: &'a Map<String, Value>, name: &str) -> Option<&'a Value> {
    fields.get(name).or_else(|| fields.iter().find(|(key, _)| key.eq_ignore_ascii_case(name)).map(|(_, value)| value))
}
