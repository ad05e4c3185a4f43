//! What to do about a write whose answer was lost and that was not found again: what may exist, and where a person looks.
//!
//! It names objects and fields, and no value. The time is the host's, which knows when it began the run.

use crate::record::Current;
use crate::record::decide::Decision;
use crate::report::{RecordError, Retry};
use crate::texts::text;

/// Most fields that a person is told to search by.
const MAX_FIELDS: usize = 5;

/// The error of a record that is `unknown`.
pub(super) fn in_doubt(record: &Current, decision: &Decision, error: &RecordError) -> RecordError {
    let sobject = record.sobject();
    let fields = search_fields(record);
    let what = match decision {
        Decision::Update { .. } => text!(doubt::may_be_changed(sobject, &fields)),
        Decision::Upsert { .. } => text!(doubt::may_be_written(sobject, &fields)),
        _ => text!(doubt::may_be_created(sobject, &fields)),
    };
    let then = match error.retry {
        Retry::Verify => text!(doubt::WRITE_AGAIN_AFTER),
        _ => text!(doubt::SAFE_TO_RUN_AGAIN),
    };
    error.clone().followed_by(&what).followed_by(&then)
}

/// What it is found by: its keys, else the idempotency key, else what was sent, else when.
fn search_fields(record: &Current) -> Vec<String> {
    let keys = record.keys().chain(record.idempotency_key()).map(|key| key.path.to_string());
    let links = record.link_keys().map(|link| link.field.to_string());
    let mut names: Vec<String> = keys.chain(links).collect();
    if names.is_empty() {
        let sent = record.fields.iter().filter(|field| field.is_reason && field.value.is_some());
        names.extend(sent.map(|field| field.path.to_string()));
    }
    if names.is_empty() {
        names.extend(record.links.iter().map(|link| link.field.to_string()));
    }
    if names.is_empty() {
        names.push("CreatedDate".to_owned());
    }
    names.dedup();
    names.truncate(MAX_FIELDS);
    names.into_iter().map(|name| format!("`{name}`")).collect()
}
