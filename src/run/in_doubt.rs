//! What to do about a write whose answer was lost and that was not found again: what may exist, and where a person looks.
//!
//! It names objects and fields, and no value. The time is the host's, which knows when it began the run.

use crate::record::Current;
use crate::record::decide::Decision;
use crate::report::{RecordError, Retry};

/// Most fields that a person is told to search by.
const MAX_FIELDS: usize = 5;

/// The error of a record that is `unknown`.
pub(super) fn in_doubt(record: &Current, decision: &Decision, error: &RecordError) -> RecordError {
    let sobject = record.sobject();
    let fields = search_fields(record);
    let list = |and: &str| match fields.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => "`CreatedDate`".to_owned(),
    };
    let (en, de) = (list("and"), list("und"));
    let what = match decision {
        Decision::Update { .. } => (
            format!("The `{sobject}` in `id` may have been changed since this run began: compare there {en}."),
            format!(
                "Der `{sobject}` in `id` wurde seit Beginn dieses Laufs vielleicht geändert: Vergleichen Sie dort {de}."
            ),
        ),
        Decision::Upsert { .. } => (
            format!("A `{sobject}` may have been created or changed since this run began: look for it by {en}."),
            format!(
                "Ein `{sobject}` wurde seit Beginn dieses Laufs vielleicht angelegt oder geändert: Suchen Sie ihn über {de}."
            ),
        ),
        _ => (
            format!("A new `{sobject}` may exist, created since this run began: look for it by {en}."),
            format!("Seit Beginn dieses Laufs gibt es vielleicht einen neuen `{sobject}`: Suchen Sie ihn über {de}."),
        ),
    };
    let then = match error.retry {
        Retry::Verify => (
            "Only if it is not there ten minutes later, write it again.",
            "Nur wenn er zehn Minuten später nicht da ist, schreiben Sie ihn noch einmal.",
        ),
        _ => ("Running again writes it no second time.", "Ein neuer Lauf schreibt ihn kein zweites Mal."),
    };
    error.clone().followed_by((&what.0, &what.1)).followed_by(then)
}

/// What it is found by: its keys, else the idempotency key, else what was sent.
fn search_fields(record: &Current) -> Vec<String> {
    let keys = record.keys().chain(record.mark()).map(|key| key.path.to_string());
    let links = record.link_keys().map(|link| link.field.to_string());
    let mut names: Vec<String> = keys.chain(links).collect();
    if names.is_empty() {
        let sent = record.fields.iter().filter(|field| field.is_reason && field.value.is_some());
        names.extend(sent.map(|field| field.path.to_string()));
    }
    if names.is_empty() {
        names.extend(record.links.iter().map(|link| link.field.to_string()));
    }
    names.dedup();
    names.truncate(MAX_FIELDS);
    names.into_iter().map(|name| format!("`{name}`")).collect()
}
