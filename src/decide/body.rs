//! The body of a write: which of a record's values are sent.

use serde_json::{Map, Value};

use super::Linked;
use crate::mapping::{FieldValue, Link, blank_link};
use crate::name::{FieldPath, RecordId};
use crate::outcome::RecordError;
use crate::plan::PlannedRecord;
use crate::rest::composite::object;
use crate::rest::query::Row;
use crate::settings::{Overwrite, WhenBlank};
use crate::value::is_empty;

/// Which of a record's values go into its write.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// A new record: every value.
    Create,
    /// An existing record of known content: what differs and may be written.
    Compared,
    /// A record of unknown content: every value but the key, which is in the URL.
    Blind,
    /// A record that was written as a new one a moment ago: what it lacks of that.
    Written,
}

pub struct Body<'a> {
    pub record: &'a PlannedRecord,
    pub linked: &'a dyn Fn(&Link) -> Linked,
    pub row: Option<&'a Row>,
    pub kind: Kind,
}

impl Body<'_> {
    pub fn build(&self) -> Result<Map<String, Value>, RecordError> {
        let mut body = Map::new();
        for field in self.record.fields.iter().filter(|field| !field.path.is_id()) {
            if self.writes_field(field) {
                insert(&mut body, field);
            }
        }
        for link in &self.record.links {
            if let Some(value) = self.link_value(link)? {
                body.insert(link.field.as_str().to_owned(), value);
            }
        }
        Ok(body)
    }

    fn writes_field(&self, field: &FieldValue) -> bool {
        let stored = self.row.map_or(&Value::Null, |row| row.get(&field.path));
        // What is empty, or emptied, is the lookup to a parent, not the parent's external id.
        let held = match (self.row, &field.path.relationship) {
            (Some(row), Some(_)) => row.field(&field.path.written_field()),
            _ => stored,
        };
        match (self.kind, &field.value) {
            (Kind::Create, value) => value.is_some(),
            (Kind::Blind, _) => field.key.is_none(),
            (Kind::Compared, None) => may_overwrite(field.overwrite, held) && !is_empty(held),
            (Kind::Written, None) => false,
            // A key that matched is the same to Salesforce; writing it again would only change its spelling.
            (Kind::Compared | Kind::Written, Some(value)) => {
                let same = match field.key.is_some() {
                    true => value.matches(stored, field.comparison),
                    false => value.is_held_by(stored, field.comparison),
                };
                !same && (self.kind == Kind::Written || may_overwrite(field.overwrite, held))
            }
        }
    }

    /// The value of a link; `None` if the field is left alone.
    fn link_value(&self, link: &Link) -> Result<Option<Value>, RecordError> {
        let stored = self.row.map_or(&Value::Null, |row| row.field(&link.field));
        if self.kind == Kind::Compared && !may_overwrite(link.overwrite, stored) {
            return Ok(None);
        }
        Ok(match (self.linked)(link) {
            Linked::Reference(reference) => Some(Value::String(reference)),
            Linked::Id(id) if stored.as_str().and_then(RecordId::of_answer).as_ref() == Some(&id) => None,
            Linked::Id(id) => Some(id.as_str().into()),
            Linked::Nothing { asked } => match link.when_blank {
                WhenBlank::Fail => return Err(blank_link(link)),
                WhenBlank::Clear if asked && self.kind == Kind::Blind => Some(Value::Null),
                WhenBlank::Clear if asked && self.kind == Kind::Compared && !is_empty(stored) => Some(Value::Null),
                WhenBlank::Clear | WhenBlank::Skip => None,
            },
        })
    }
}

fn may_overwrite(overwrite: Overwrite, stored: &Value) -> bool {
    match overwrite {
        Overwrite::Always => true,
        Overwrite::IfEmpty => is_empty(stored),
        Overwrite::OnCreate => false,
    }
}

/// A parent's external id is nested, `"Account": {"Customer_No__c": "…"}`; to empty such a lookup, the field behind it is.
fn insert(body: &mut Map<String, Value>, field: &FieldValue) {
    match &field.path {
        FieldPath { relationship: None, field: name } => body.insert(name.as_str().to_owned(), field.json()),
        path if field.value.is_none() => body.insert(path.written_field().as_str().to_owned(), Value::Null),
        FieldPath { relationship: Some(relationship), field: name } => {
            body.insert(relationship.as_str().to_owned(), object([(name.as_str(), field.json())]))
        }
    };
}
