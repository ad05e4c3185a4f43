//! Records of one run that turn out to be one.

use super::Decision;
use crate::record::{FieldValue, Plan, PlannedRecord};
use crate::report::{Code, RecordError};
use crate::settings::MatchKeys;
use crate::texts::text;
use crate::value::folded;

/// Two records of one run that turn out to be one person must not overwrite each other, nor be created twice.
pub(super) fn refuse_doubles(plan: &Plan, decisions: &mut [Decision]) {
    for index in 0..plan.records.len() {
        let Some(b) = record_at(plan, decisions, index) else { continue };
        let twin = (0..index)
            .filter_map(|earlier| record_at(plan, decisions, earlier))
            .find(|a| are_one(*a, b))
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
    // With `lookIn`, a new record would be found as whatever it may be.
    let would_find = |a: &PlannedRecord, b: &PlannedRecord| a.form(b.sobject()).is_some_and(|a| would_find(a, b));
    if a.sobject() == b.sobject() && on_a.is_new() && on_b.is_new() && has_same_mark(a, b) {
        return true;
    }
    match (id(on_a), id(on_b)) {
        (Some(a), Some(b)) => a == b,
        _ => (creates(on_a) && writes(on_b) && would_find(a, b)) || (creates(on_b) && writes(on_a) && would_find(b, a)),
    }
}

/// Salesforce may take marks that differ in case for one.
fn has_same_mark(a: &PlannedRecord, b: &PlannedRecord) -> bool {
    let text = |step: &FieldValue| step.value.as_ref().map(|value| folded(&value.to_text()).collect::<String>());
    a.mark().zip(b.mark()).is_some_and(|(a, b)| a.path == b.path && text(a) == text(b))
}

/// Whether the keys of `a` would find `b`, once that is written.
fn would_find(a: &PlannedRecord, b: &PlannedRecord) -> bool {
    let mut found = a.keys().map(|key| {
        let other = b.fields.iter().find(|field| field.path == key.path).map(FieldValue::json);
        matches!((&key.value, other), (Some(wanted), Some(stored)) if wanted.matches(&stored, key.comparison))
    });
    match a.settings.match_keys {
        MatchKeys::All => a.keys().next().is_some() && found.all(|found| found),
        MatchKeys::Any => found.any(|found| found),
    }
}

fn same_record_twice(record: &PlannedRecord, twin: &PlannedRecord) -> RecordError {
    RecordError::new(Code::SameRecordTwice, text!(records::same_record_twice(twin.name(), record.name())))
        .with_fields(record.keys().map(|key| &key.path.field))
}
