//! The body of a write: which of a record's values are sent.

use serde_json::Value;

use super::Linked;
use crate::base::json::object;
use crate::record::evaluate::{blank_link, misfit, reference_in_stored, reference_mark};
use crate::record::{FieldValue, Link, PlannedRecord};
use crate::report::RecordError;
use crate::salesforce::{FieldPath, RecordId};
use crate::settings::{Overwrite, WhenBlank};
use crate::value::{Appended, has_reference_mark, is_empty};
use crate::wire::query::Row;
use crate::wire::record::Body;

/// Which of a record's values go into its write.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// A new record: every value.
    Create,
    /// An existing record of known content: what differs and may be written.
    Compared,
    /// A record of unknown content: every value but the key, which is in the URL.
    Blind,
}

/// A record on its way to its body.
pub(super) struct Draft<'a> {
    pub record: &'a PlannedRecord,
    pub linked: &'a dyn Fn(&Link) -> Linked,
    pub row: Option<&'a Row>,
    pub kind: Kind,
}

/// What a link field gets.
enum LinkValue {
    Id(RecordId),
    /// The id of the record that the operation of this reference writes.
    Of(String),
    Empty,
}

impl Draft<'_> {
    pub(super) fn build(&self) -> Result<Body, RecordError> {
        let mut body = Body::default();
        for field in self.record.fields.iter().filter(|field| !field.path.is_id()) {
            match self.appended(field)? {
                // Where the parts meet, they can make one.
                Some(Appended::Text { text, .. }) if has_reference_mark(&text) => {
                    return Err(reference_mark(&field.path));
                }
                Some(Appended::Text { text, .. }) => {
                    body.set(&field.path.field, text.into());
                }
                Some(Appended::Held | Appended::Full) => {}
                None if self.writes_field(field) => insert(&mut body, field),
                None => {}
            }
        }
        for link in self.record.links.iter().filter(|link| !link.only_finds) {
            match self.link_value(link)? {
                Some(LinkValue::Id(id)) => body.set(&link.field, id.as_str().into()),
                Some(LinkValue::Of(reference)) => body.link(&link.field, reference),
                Some(LinkValue::Empty) => body.set(&link.field, Value::Null),
                None => {}
            }
        }
        Ok(body)
    }

    /// What the field is to hold, if the value is added to that of an existing record.
    fn appended(&self, field: &FieldValue) -> Result<Option<Appended>, RecordError> {
        let (Kind::Compared, Some(row), Some(appending)) = (self.kind, self.row, &field.appending) else {
            return Ok(None);
        };
        let (Some(value), stored) = (&field.value, row.get(&field.path)) else { return Ok(None) };
        let stored = stored.as_str().unwrap_or_default();
        if has_reference_mark(stored) {
            return Err(reference_in_stored(&field.path));
        }
        appending.onto(stored, &value.to_text()).map(Some).map_err(|error| misfit(&field.path, &error))
    }

    /// Whether `now` holds all that this body sent.
    pub(super) fn is_held_by(&self, now: &Row) -> bool {
        let sent = |field: &&FieldValue| !field.path.is_id() && self.writes_field(field);
        let holds = |field: &FieldValue| match &field.value {
            None => is_empty(now.field(&field.path.written_field())),
            Some(value) if let Some(appending) = &field.appending => {
                let stored = now.get(&field.path).as_str().unwrap_or_default();
                appending.onto(stored, &value.to_text()) == Ok(Appended::Held)
            }
            Some(value) if field.key.is_some() => value.matches(now.get(&field.path), field.comparison),
            Some(value) => value.is_held_by(now.get(&field.path), field.comparison),
        };
        let links_to = |link: &Link| match self.link_value(link) {
            Err(_) => false,
            Ok(None) => true,
            Ok(Some(LinkValue::Id(id))) => now.links_to(&link.field, &id),
            Ok(Some(LinkValue::Empty)) => is_empty(now.field(&link.field)),
            // Of a new record: on another new one whatever stands there is it, on an old one it may be old.
            Ok(Some(LinkValue::Of(_))) => self.kind == Kind::Create && !is_empty(now.field(&link.field)),
        };
        self.record.fields.iter().filter(sent).all(holds)
            && self.record.links.iter().filter(|link| !link.only_finds).all(links_to)
    }

    fn writes_field(&self, field: &FieldValue) -> bool {
        if field.only_finds {
            return false;
        }
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
            // A key that matched is the same to Salesforce; writing it again would only change its spelling.
            (Kind::Compared, Some(value)) => {
                let same = match field.key.is_some() {
                    true => value.matches(stored, field.comparison),
                    false => value.is_held_by(stored, field.comparison),
                };
                may_overwrite(field.overwrite, held) && !same
            }
        }
    }

    /// The value of a link; `None` if the field is left alone.
    fn link_value(&self, link: &Link) -> Result<Option<LinkValue>, RecordError> {
        let stored = self.row.map_or(&Value::Null, |row| row.field(&link.field));
        if self.kind == Kind::Compared && !may_overwrite(link.overwrite, stored) {
            return Ok(None);
        }
        Ok(match (self.linked)(link) {
            Linked::Reference(reference) => Some(LinkValue::Of(reference)),
            Linked::Id(id) if stored.as_str().and_then(RecordId::of_answer).as_ref() == Some(&id) => None,
            Linked::Id(id) => Some(LinkValue::Id(id)),
            Linked::Nothing { asked } => match link.when_blank {
                WhenBlank::Fail => return Err(blank_link(link)),
                WhenBlank::Clear if asked && self.kind == Kind::Blind => Some(LinkValue::Empty),
                WhenBlank::Clear if asked && self.kind == Kind::Compared && !is_empty(stored) => Some(LinkValue::Empty),
                WhenBlank::Clear | WhenBlank::Skip => None,
            },
        })
    }
}

fn may_overwrite(overwrite: Overwrite, stored: &Value) -> bool {
    match overwrite {
        Overwrite::Always | Overwrite::Append => true,
        Overwrite::IfEmpty => is_empty(stored),
        Overwrite::OnCreate => false,
    }
}

/// A parent's external id is nested, `"Account": {"Customer_No__c": "…"}`; to empty such a lookup, the field behind it is.
fn insert(body: &mut Body, field: &FieldValue) {
    match &field.path {
        FieldPath { relationship: None, field: name } => body.set(name, field.json()),
        path if field.value.is_none() => body.set(&path.written_field(), Value::Null),
        FieldPath { relationship: Some(relationship), field: name } => {
            body.set(relationship, object([(name.as_str(), field.json())]));
        }
    }
}
