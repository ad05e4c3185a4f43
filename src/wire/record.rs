//! Create, update, upsert and read one record: each an operation of a composite request, a graph or a collection, and what became
//! of it. Source: REST API guide, sObject Rows and sObject Rows by External ID.

use std::fmt;

use serde_json::{Map, Value};

use super::{ApiError, Failed, Subrequest, Subresponse, encode};
use crate::base::json::map;
use crate::salesforce::{ApiVersion, FieldName, RecordId, SObjectName};

/// What is done with one record.
#[derive(Debug, PartialEq)]
pub(crate) struct Operation {
    /// Unique in its request. Others refer by it to the record that this one writes.
    pub(crate) reference: String,
    pub(crate) sobject: SObjectName,
    pub(crate) headers: Headers,
    pub(crate) action: Action,
}

#[derive(Debug, PartialEq)]
pub(crate) enum Action {
    Create(Body),
    Update(RecordId, Body),
    /// The body holds neither the key nor an `Id`. The value of the key is not empty: Salesforce would take the URL for another
    /// resource.
    Upsert {
        key: UpsertKey,
        /// No new record is made.
        only_update: bool,
        body: Body,
    },
    Read {
        record: Target,
        fields: Vec<FieldName>,
    },
}

/// A record that is there, or one that the same request writes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Target {
    Id(RecordId),
    /// The reference of the operation that writes it.
    Written(String),
}

/// The fields of a write.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Body {
    /// As Salesforce takes them. A parent's external id is nested: `"Account": {"Customer_No__c": "…"}`.
    pub(crate) values: Map<String, Value>,
    /// Lookup fields that get the id of a record that the same request writes, by the reference of its operation.
    pub(crate) links: Vec<(FieldName, String)>,
}

/// Headers of one operation: what is right for a new Case would move an existing one to another queue.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Headers {
    /// `Sforce-Auto-Assign`, for the SObjects that have assignment rules.
    pub(crate) auto_assign: Option<AutoAssign>,
    /// `Sforce-Duplicate-Rule-Header`: the record is saved although a duplicate rule objects.
    pub(crate) allows_duplicates: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum AutoAssign {
    /// The active rule, which is also what a request without the header means. Source: REST API guide, Sforce-Auto-Assign.
    Active,
    Off,
    Rule(RecordId),
}

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

/// What became of an operation.
pub(crate) type Answered = Result<Success, Failed>;

/// What a successful operation tells.
#[derive(Debug, PartialEq)]
pub(crate) enum Success {
    /// Of a create or an upsert.
    Written(Written),
    /// An update answers nothing.
    Updated,
    /// The fields of a read.
    Read(Map<String, Value>),
}

/// The answer of a create or an upsert.
#[derive(Debug, PartialEq, Eq)]
pub struct Written {
    pub id: RecordId,
    /// `Some(false)` if an upsert found an existing record; a create does not say.
    pub created: Option<bool>,
}

impl Operation {
    pub(super) fn method(&self) -> &'static str {
        match self.action {
            Action::Create(_) => "POST",
            Action::Update(..) | Action::Upsert { .. } => "PATCH",
            Action::Read { .. } => "GET",
        }
    }

    pub(crate) fn is_read(&self) -> bool {
        matches!(self.action, Action::Read { .. })
    }

    pub(super) fn body(&self) -> Option<&Body> {
        match &self.action {
            Action::Create(body) | Action::Update(_, body) | Action::Upsert { body, .. } => Some(body),
            Action::Read { .. } => None,
        }
    }

    /// Whether it needs the record that the operation of this reference writes.
    pub(super) fn refers_to(&self, reference: &str) -> bool {
        match &self.action {
            Action::Read { record, .. } => matches!(record, Target::Written(written) if written == reference),
            Action::Create(body) | Action::Update(_, body) | Action::Upsert { body, .. } => {
                body.links.iter().any(|(_, other)| other == reference)
            }
        }
    }

    /// With this in front of each reference.
    pub(super) fn subrequest(&self, version: ApiVersion, prefix: &str) -> Subrequest {
        let sobject = &self.sobject;
        let resource = match &self.action {
            Action::Create(_) => String::new(),
            Action::Update(id, _) => format!("/{id}"),
            Action::Upsert { key: UpsertKey { field, text }, only_update, .. } => {
                let only = if *only_update { "?updateOnly=true" } else { "" };
                format!("/{field}/{}{only}", encode(text))
            }
            Action::Read { record, fields } => {
                let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
                let record = match record {
                    Target::Id(id) => id.as_str().to_owned(),
                    Target::Written(reference) => id_of(prefix, reference),
                };
                format!("/{record}?fields={}", names.join(","))
            }
        };
        Subrequest {
            method: self.method(),
            url: format!("/services/data/v{version}/sobjects/{sobject}{resource}"),
            reference_id: format!("{prefix}{}", self.reference),
            headers: self.headers.json(),
            body: self.body().map(|body| body.json(prefix)),
        }
    }

    /// What became of it, by its part of an answer.
    pub(super) fn answered(&self, answer: Subresponse) -> Answered {
        if !answer.is_success() {
            return Err(Failed::Refused(Box::new(ApiError::new(answer.status, &answer.body))));
        }
        match (&self.action, answer.body) {
            (Action::Read { .. }, Value::Object(fields)) => Ok(Success::Read(fields)),
            (Action::Read { .. }, _) => Err(Failed::Unreadable),
            (Action::Update(..), _) => Ok(Success::Updated),
            (Action::Create(_) | Action::Upsert { .. }, body) => {
                written(&body).map(Success::Written).ok_or(Failed::Unreadable)
            }
        }
    }
}

/// The id of a record that the same request writes. Source: REST API guide, Composite, "referenceId".
fn id_of(prefix: &str, reference: &str) -> String {
    format!("@{{{prefix}{reference}.id}}")
}

impl Body {
    pub(crate) fn is_empty(&self) -> bool {
        self.values.is_empty() && self.links.is_empty()
    }

    /// Gives a field a value, whatever it had before.
    pub(crate) fn set(&mut self, field: &FieldName, value: Value) {
        self.links.retain(|(link, _)| link != field);
        self.values.insert(field.as_str().to_owned(), value);
    }

    /// Gives a field the id of the record that this operation writes.
    pub(crate) fn link(&mut self, field: &FieldName, reference: String) {
        self.links.push((field.clone(), reference));
    }

    pub(crate) fn holds(&self, field: &FieldName) -> bool {
        self.values.contains_key(field.as_str()) || self.links.iter().any(|(link, _)| link == field)
    }

    pub(super) fn json(&self, prefix: &str) -> Map<String, Value> {
        let mut json = self.values.clone();
        for (field, of) in &self.links {
            json.insert(field.as_str().to_owned(), id_of(prefix, of).into());
        }
        json
    }
}

impl Headers {
    pub(super) fn json(&self) -> Map<String, Value> {
        let assigns = self.auto_assign.as_ref().map(|assign| match assign {
            AutoAssign::Active => "TRUE",
            AutoAssign::Off => "FALSE",
            AutoAssign::Rule(id) => id.as_str(),
        });
        let allows = self.allows_duplicates.then_some("allowSave=true");
        let headers = [("Sforce-Auto-Assign", assigns), ("Sforce-Duplicate-Rule-Header", allows)];
        map(headers.into_iter().filter_map(|(name, value)| Some((name.to_owned(), value?.into()))))
    }
}

/// What a successful create or upsert tells; `None` if it is not in the answer.
pub fn written(body: &Value) -> Option<Written> {
    if body.get("success")?.as_bool()? {
        let id = RecordId::of_answer(body.get("id")?.as_str()?)?;
        return Some(Written { id, created: body.get("created").and_then(Value::as_bool) });
    }
    None
}
