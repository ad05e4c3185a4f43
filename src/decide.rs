//! Plan + what exists → what to do with each record, and the body of each write.

use std::rc::Rc;

use serde_json::{Map, Value};

use crate::lookup::Matches;
use crate::mapping::{FieldValue, Link, blank_link};
use crate::name::{FieldPath, RecordId};
use crate::outcome::{RecordError, Retry};
use crate::plan::{Approach, MAX_CANDIDATES, NoneMatches, Plan, PlannedRecord};
use crate::rest::composite::object;
use crate::rest::query::Row;
use crate::settings::{MatchKeys, Overwrite, WhenBlank, WhenSeveralMatch};
use crate::value::is_empty;

/// What to do with one record.
#[derive(Debug, PartialEq)]
pub enum Decision {
    Create {
        body: Map<String, Value>,
    },
    /// `row` is what the lookup found; none where the id itself was the key.
    Update {
        id: RecordId,
        body: Map<String, Value>,
        row: Option<Rc<Row>>,
    },
    /// The key is the record's only one.
    Upsert {
        body: Map<String, Value>,
    },
    Unchanged {
        row: Rc<Row>,
    },
    /// No match, and none is to be created; or there was nothing to go by. `asked` says whether the flow asked for it.
    Skip {
        no_match: bool,
        asked: bool,
    },
    Ambiguous {
        candidates: Vec<RecordId>,
    },
    Fail(RecordError),
}

impl Decision {
    /// The run did not get that far.
    pub const UNDECIDED: Self = Self::Skip { no_match: false, asked: false };
    /// Nobody is there, and nobody is to be created.
    pub const NO_MATCH: Self = Self::Skip { no_match: true, asked: true };
}

/// Reference id of a record's write in the composite request.
pub fn write_reference(record: &PlannedRecord) -> String {
    format!("write_{}", record.name())
}

/// Decides for every record, in the order of the plan's records. `matches` has an entry for each record looked up.
pub fn decide(plan: &Plan, matches: &[Option<Matches>]) -> Vec<Decision> {
    let mut decisions: Vec<Option<Decision>> = plan.records.iter().map(|_| None).collect();
    for &index in &plan.write_order {
        let Some(record) = plan.records.get(index) else {
            continue;
        };
        let found = matches.get(index).and_then(Option::as_ref);
        let decision = decide_one(record, found, &|link| linked(plan, &decisions, link));
        if let Some(slot) = decisions.get_mut(index) {
            *slot = Some(decision);
        }
    }
    let mut decisions: Vec<Decision> =
        decisions.into_iter().map(|decision| decision.unwrap_or(Decision::UNDECIDED)).collect();
    refuse_doubles(plan, &mut decisions);
    decisions
}

/// What a link field gets.
enum Linked {
    Id(RecordId),
    /// Of a record that the same request creates.
    Reference(String),
    /// The other record does not take part.
    Nothing {
        asked: bool,
    },
}

fn linked(plan: &Plan, decisions: &[Option<Decision>], link: &Link) -> Linked {
    let target = plan.records.iter().zip(decisions).find(|(record, _)| *record.name() == link.record);
    match target {
        Some((_, Some(Decision::Update { id, .. }))) => Linked::Id(id.clone()),
        Some((_, Some(Decision::Unchanged { row }))) => Linked::Id(row.id.clone()),
        Some((record, Some(Decision::Create { .. } | Decision::Upsert { .. }))) => {
            Linked::Reference(format!("@{{{}.id}}", write_reference(record)))
        }
        Some((_, Some(Decision::Skip { asked, .. }))) => Linked::Nothing { asked: *asked },
        _ => Linked::Nothing { asked: false },
    }
}

fn decide_one(record: &PlannedRecord, matches: Option<&Matches>, linked: &dyn Fn(&Link) -> Linked) -> Decision {
    let body = |row: Option<&Row>, kind| Body { record, linked, row, kind }.build();
    let decision = match (&record.approach, matches.map(|matches| matches.rows.as_slice())) {
        (Approach::Fail(error), _) => return Decision::Fail(error.clone()),
        (Approach::Skip { asked }, _) => return Decision::Skip { no_match: false, asked: *asked },
        (Approach::Create, _) => body(None, Kind::Create).map(|body| match body.is_empty() {
            // All it had were links to records that do not take part.
            true => Decision::Skip { no_match: false, asked: true },
            false => Decision::Create { body },
        }),
        (Approach::UpsertByKey, _) => body(None, Kind::Blind).map(|body| Decision::Upsert { body }),
        (Approach::UpdateById, _) => match id_of_key(record) {
            Some(id) => body(None, Kind::Blind).map(|body| Decision::Update { id, body, row: None }),
            None => Err(not_looked_up()),
        },
        // Never a create: nobody knows what exists.
        (Approach::LookUp, None) => Err(not_looked_up()),
        (Approach::LookUp, Some([])) => match record.when_none_matches {
            NoneMatches::Create => body(None, Kind::Create).map(|body| Decision::Create { body }),
            NoneMatches::Skip => return Decision::NO_MATCH,
            NoneMatches::Fail => Err(no_such_record(record)),
        },
        (Approach::LookUp, Some([row, others @ ..])) => {
            if !others.is_empty() && record.settings.when_several_match == WhenSeveralMatch::Stop {
                let candidates =
                    std::iter::once(row).chain(others).take(MAX_CANDIDATES).map(|row| row.id.clone()).collect();
                return Decision::Ambiguous { candidates };
            }
            body(Some(row), Kind::Compared).map(|body| match body.is_empty() {
                true => Decision::Unchanged { row: Rc::clone(row) },
                false => Decision::Update { id: row.id.clone(), body, row: Some(Rc::clone(row)) },
            })
        }
    };
    decision.unwrap_or_else(Decision::Fail)
}

/// The id by which a record is updated without a lookup.
fn id_of_key(record: &PlannedRecord) -> Option<RecordId> {
    let key = record.keys().find(|key| key.path.is_id())?;
    RecordId::parse(key.json().as_str()?)
}

/// Which of a record's values go into its write.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A new record: every value.
    Create,
    /// An existing record of known content: what differs and may be written.
    Compared,
    /// A record of unknown content: every value but the key, which is in the URL.
    Blind,
}

struct Body<'a> {
    record: &'a PlannedRecord,
    linked: &'a dyn Fn(&Link) -> Linked,
    row: Option<&'a Row>,
    kind: Kind,
}

impl Body<'_> {
    fn build(&self) -> Result<Map<String, Value>, RecordError> {
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
        match (self.kind, &field.value) {
            (Kind::Create, value) => value.is_some(),
            (Kind::Blind, _) => field.key.is_none(),
            (Kind::Compared, None) => may_overwrite(field.overwrite, stored) && !is_empty(stored),
            // A key that matched is the same to Salesforce; writing it again would only change its spelling.
            (Kind::Compared, Some(value)) => {
                let same = if field.key.is_some() { value.matches(stored) } else { value.is_held_by(stored) };
                may_overwrite(field.overwrite, stored) && !same
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

/// Two records of one run that turn out to be one person must not overwrite each other, nor be created twice.
fn refuse_doubles(plan: &Plan, decisions: &mut [Decision]) {
    for index in 0..plan.records.len() {
        let Some(b) = record_at(plan, decisions, index) else { continue };
        let twin = (0..index)
            .filter_map(|earlier| record_at(plan, decisions, earlier))
            .find(|a| a.0.sobject() == b.0.sobject() && are_one(*a, b))
            .map(|(twin, _)| same_record_twice(b.0, twin));
        if let (Some(error), Some(decision)) = (twin, decisions.get_mut(index)) {
            *decision = Decision::Fail(error);
        }
    }
}

fn record_at<'a>(plan: &'a Plan, decisions: &'a [Decision], at: usize) -> Option<(&'a PlannedRecord, &'a Decision)> {
    plan.records.get(at).zip(decisions.get(at))
}

fn are_one((a, on_a): (&PlannedRecord, &Decision), (b, on_b): (&PlannedRecord, &Decision)) -> bool {
    let id = |decision: &Decision| match decision {
        Decision::Update { id, .. } => Some(id.clone()),
        Decision::Unchanged { row } => Some(row.id.clone()),
        _ => None,
    };
    let creates = |decision: &Decision| matches!(decision, Decision::Create { .. });
    let writes = |decision: &Decision| matches!(decision, Decision::Create { .. } | Decision::Update { .. });
    match (id(on_a), id(on_b)) {
        (Some(a), Some(b)) => a == b,
        _ => (creates(on_a) && writes(on_b) && would_find(a, b)) || (creates(on_b) && writes(on_a) && would_find(b, a)),
    }
}

/// Whether the keys of `a` would find `b`, once that is written.
fn would_find(a: &PlannedRecord, b: &PlannedRecord) -> bool {
    let mut found = a.keys().map(|key| {
        let other = b.fields.iter().find(|field| field.path == key.path).map(FieldValue::json);
        matches!((&key.value, other), (Some(wanted), Some(stored)) if wanted.matches(&stored))
    });
    match a.settings.match_keys {
        MatchKeys::All => a.keys().next().is_some() && found.all(|found| found),
        MatchKeys::Any => found.any(|found| found),
    }
}

fn not_looked_up() -> RecordError {
    RecordError::new("LOOKUP_FAILED", "It is not known whether the record exists.", Retry::Later)
}

fn no_such_record(record: &PlannedRecord) -> RecordError {
    RecordError::new(
        "INVALID_CROSS_REFERENCE_KEY",
        format!("There is no `{}` with this id, or the integration user may not see it.", record.sobject()),
        Retry::Never,
    )
    .with_fields(record.keys().map(|key| &key.path.field))
}

fn same_record_twice(record: &PlannedRecord, twin: &PlannedRecord) -> RecordError {
    RecordError::new(
        "SAME_RECORD_TWICE",
        format!("`{}` and `{}` turned out to be one record; writing both would mix them.", twin.name(), record.name()),
        Retry::Never,
    )
    .with_fields(record.keys().map(|key| &key.path.field))
}
