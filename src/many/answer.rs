//! What one conversation gets of an answer to many, in the form in which its own request would have been answered.

use std::rc::Rc;

use serde_json::{Map, Value};

use crate::base::json::object;
use crate::base::text;
use crate::salesforce::RecordId;
use crate::wire::query::Row;
use crate::wire::{Answer, Response};

/// What a conversation is told after a request.
pub(super) enum Share {
    Answer(Answer),
    /// The answer, and the existing records in it.
    Found {
        answer: Found,
        ids: Vec<RecordId>,
    },
    /// Nothing of it was tried: it goes with the next request.
    Again,
    /// They were too many for one request.
    Fewer {
        at_once: usize,
    },
    /// It has to ask by itself. These are records that it may find then.
    Alone {
        ids: Vec<RecordId>,
    },
}

/// What a lookup was answered. What is shared out becomes text one conversation at a time, as all of them are as much as fits.
pub(super) enum Found {
    Whole(Answer),
    Parts {
        /// Of the answer to all, without its body.
        head: Response,
        parts: Vec<Part>,
    },
}

impl Found {
    pub(super) fn into_answer(self) -> Answer {
        match self {
            Self::Whole(answer) => answer,
            Self::Parts { head, parts } => answer_of(&head, parts.into_iter().map(Part::into_json).collect()),
        }
    }
}

/// The answer to one lookup of one conversation.
pub(super) struct Part {
    pub reference: String,
    pub limit: usize,
    pub rows: Result<Own, (u16, Value)>,
}

/// The rows of one lookup.
#[derive(Default)]
pub(super) struct Own {
    pub rows: Vec<Rc<Row>>,
    /// One of its alternatives has found none.
    pub lacks: bool,
    /// One fits only in another spelling, and may be there for another's sake.
    pub is_loose: bool,
}

impl Part {
    pub(super) fn into_json(self) -> Value {
        let (status, body) = match self.rows {
            Ok(own) => {
                let rows: Vec<Value> =
                    own.rows.iter().take(self.limit).map(|row| Value::Object(row.fields().clone())).collect();
                (
                    200,
                    object([("totalSize", rows.len().into()), ("done", true.into()), ("records", Value::Array(rows))]),
                )
            }
            Err(error) => error,
        };
        object([("body", body), ("httpStatusCode", status.into()), ("referenceId", self.reference.into())])
    }
}

impl Share {
    /// A success that lacks this conversation's part. Whether it was carried out is not known.
    pub(super) fn unreadable(response: &Response) -> Self {
        Self::Answer(Ok(Response { body: Vec::new(), ..headers_of(response) }))
    }
}

/// The answer to a composite request, made of the answers to its subrequests.
pub(super) fn answer_of(response: &Response, answers: Vec<Value>) -> Answer {
    let body = text(&object([("compositeResponse", Value::Array(answers))])).into_bytes();
    Ok(Response { body, ..headers_of(response) })
}

/// The records that queries have found.
pub(super) fn ids_in(response: &Response) -> Vec<RecordId> {
    let json = response.json().unwrap_or_default();
    let answers = json.get("compositeResponse").and_then(Value::as_array).into_iter().flatten();
    let rows = answers.filter_map(|answer| answer.pointer("/body/records")?.as_array()).flatten();
    rows.filter_map(Value::as_object).flat_map(ids_of).collect()
}

/// The record of a row, and one behind a relationship, which is what a converted Lead leads to.
pub(super) fn ids_of(row: &Map<String, Value>) -> Vec<RecordId> {
    let id = |fields: &Map<String, Value>| RecordId::of_answer(fields.get("Id")?.as_str()?);
    let behind = row.values().filter_map(Value::as_object).filter_map(id);
    id(row).into_iter().chain(behind).collect()
}

/// An answer without its body.
pub(super) fn headers_of(response: &Response) -> Response {
    Response {
        status: response.status,
        retry_after: response.retry_after.clone(),
        limit_info: response.limit_info.clone(),
        body: Vec::new(),
    }
}
