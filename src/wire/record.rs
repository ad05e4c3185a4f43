//! Create, update, upsert and read one record, each a subrequest of a composite request.
//! Source: REST API guide, sObject Rows and sObject Rows by External ID.

use std::fmt;

use serde_json::{Map, Value};

use super::{Subrequest, Subresponse, encode};
use crate::salesforce::{ApiVersion, FieldName, RecordId, SObjectName};

/// What the URL of an upsert says: the field, and its value before percent-encoding.
#[derive(Clone, PartialEq, Eq)]
pub struct UpsertKey {
    pub field: FieldName,
    pub text: String,
}

/// The text is a visitor's.
impl fmt::Debug for UpsertKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.field)
    }
}

/// The answer of a create or an upsert.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Written {
    pub id: RecordId,
    /// `Some(false)` if an upsert found an existing record; a create does not say.
    pub created: Option<bool>,
}

pub(crate) fn create(
    version: ApiVersion,
    reference_id: String,
    sobject: &SObjectName,
    headers: Map<String, Value>,
    body: Map<String, Value>,
) -> Subrequest {
    let url = format!("/services/data/v{version}/sobjects/{sobject}");
    Subrequest { method: "POST", url, reference_id, headers, body: Some(body) }
}

pub(crate) fn update(
    version: ApiVersion,
    reference_id: String,
    sobject: &SObjectName,
    id: &RecordId,
    headers: Map<String, Value>,
    body: Map<String, Value>,
) -> Subrequest {
    let url = format!("/services/data/v{version}/sobjects/{sobject}/{id}");
    Subrequest { method: "PATCH", url, reference_id, headers, body: Some(body) }
}

/// The body must hold neither the key nor an `Id`. The value must not be empty: Salesforce would take the URL for another
/// resource.
pub(crate) fn upsert(
    version: ApiVersion,
    reference_id: String,
    sobject: &SObjectName,
    UpsertKey { field, text }: &UpsertKey,
    update_only: bool,
    headers: Map<String, Value>,
    body: Map<String, Value>,
) -> Subrequest {
    let only = if update_only { "?updateOnly=true" } else { "" };
    let url = format!("/services/data/v{version}/sobjects/{sobject}/{field}/{}{only}", encode(text));
    Subrequest { method: "PATCH", url, reference_id, headers, body: Some(body) }
}

/// `record` is an id, or the reference to a record of the same composite request.
pub(crate) fn read(
    version: ApiVersion,
    reference_id: String,
    sobject: &SObjectName,
    record: &str,
    fields: &[&FieldName],
) -> Subrequest {
    let names: Vec<&str> = fields.iter().map(|field| field.as_str()).collect();
    let url = format!("/services/data/v{version}/sobjects/{sobject}/{record}?fields={}", names.join(","));
    Subrequest { method: "GET", url, reference_id, headers: Map::new(), body: None }
}

/// What a successful create or upsert tells; `None` if it is not in the answer.
pub fn written(answer: &Subresponse) -> Option<Written> {
    let member = |name| answer.body.get(name);
    if member("success")?.as_bool()? {
        let id = RecordId::of_answer(member("id")?.as_str()?)?;
        return Some(Written { id, created: member("created").and_then(Value::as_bool) });
    }
    None
}
