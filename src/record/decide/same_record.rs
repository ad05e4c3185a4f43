//! Records of one run that turn out to be one.

use super::Decision;
use crate::record::plan::Key;
use crate::record::{Current, FieldValue, Link, PlannedRecord};
use crate::report::{Code, RecordError};
use crate::texts::text;
use crate::value::folded;

/// Two records of one run that turn out to be one person must not overwrite each other, nor be created twice.
pub(super) fn refuse_doubles(records: &[Current], decisions: &mut [Decision]) {
    for index in 0..records.len() {
        let Some(b) = record_at(records, decisions, index) else { continue };
        let twin = (0..index)
            .filter_map(|earlier| record_at(records, decisions, earlier))
            .find(|a| are_one(*a, b))
            .map(|(twin, _)| same_record_twice(b.0, twin));
        if let (Some(error), Some(decision)) = (twin, decisions.get_mut(index)) {
            *decision = Decision::Fail(error);
        }
    }
}

fn record_at<'a>(
    records: &'a [Current<'a>],
    decisions: &'a [Decision],
    at: usize,
) -> Option<(&'a Current<'a>, &'a Decision)> {
    records.get(at).zip(decisions.get(at))
}

fn are_one((a, on_a): (&Current, &Decision), (b, on_b): (&Current, &Decision)) -> bool {
    let creates = |decision: &Decision| matches!(decision, Decision::Create { .. });
    let writes = |decision: &Decision| matches!(decision, Decision::Create { .. } | Decision::Update { .. });
    // With `lookIn`, a new record would be found as whatever it may be.
    let would_find = |a: &Current, b: &Current| a.form(b.sobject()).is_some_and(|form| would_find(a, form, b));
    if a.sobject() == b.sobject() && on_a.is_new() && on_b.is_new() && has_same_idempotency_key(a, b) {
        return true;
    }
    match (on_a.existing(), on_b.existing()) {
        (Some(a), Some(b)) => a == b,
        _ => (creates(on_a) && writes(on_b) && would_find(a, b)) || (creates(on_b) && writes(on_a) && would_find(b, a)),
    }
}

/// Salesforce may take idempotency keys that differ in case for one.
fn has_same_idempotency_key(a: &PlannedRecord, b: &PlannedRecord) -> bool {
    let text = |key: &FieldValue| key.value.as_ref().map(|value| folded(&value.to_text()).collect::<String>());
    a.idempotency_key().zip(b.idempotency_key()).is_some_and(|(a, b)| a.path == b.path && text(a) == text(b))
}

/// Whether the keys of `a`, in this form, would find `b`, once that is written.
fn would_find(a: &Current, form: &PlannedRecord, b: &PlannedRecord) -> bool {
    let found = |key: &FieldValue| {
        let other = b.fields.iter().find(|field| field.path == key.path && !field.only_finds).map(FieldValue::json);
        matches!((&key.value, other), (Some(wanted), Some(stored)) if wanted.matches(&stored, key.comparison))
    };
    let links_alike =
        |link: &Link| b.links.iter().any(|other| other.field == link.field && other.record == link.record);
    let holds = |key: &Key| match key {
        Key::Field(field) => found(field),
        Key::Link(link) => links_alike(link),
    };
    match form.alternatives() {
        none if none.is_empty() => a.keys_of(form).any(found),
        all => all.iter().any(|keys| keys.iter().all(holds)),
    }
}

fn same_record_twice(record: &Current, twin: &PlannedRecord) -> RecordError {
    RecordError::new(Code::SameRecordTwice, text!(records::same_record_twice(twin.name(), record.name())))
        .with_fields(record.keys().map(|key| &key.path.field))
}
