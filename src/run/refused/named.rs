//! What a refusal names that only the record it refuses makes clear: a rule, a parent, records that stand in its way.

use crate::base::Words;
use crate::record::{Current, PlannedRecord};
use crate::report::Code;
use crate::salesforce::{FieldPath, RecordId};
use crate::settings::Source;
use crate::texts::text;
use crate::wire::ApiError;

/// Which rule it was, where `prepare` could read the rules and the message is that of one. In an org that translates the
/// messages for the integration user it is that of none.
pub(super) fn broken_rule(record: &PlannedRecord, error: &ApiError) -> Option<Words> {
    let names = error.broken_rules(record.settings.validation_rules());
    let names: Vec<String> = names.iter().map(|name| format!("`{name}`")).collect();
    (!names.is_empty()).then(|| text!(records::validation_rules(&names, record.sobject())))
}

/// What the record's parents are named by.
fn parents(record: &PlannedRecord) -> impl Iterator<Item = &FieldPath> {
    let given = record.fields.iter().filter(|field| field.value.is_some());
    given.map(|field| &field.path).filter(|path| path.relationship.is_some())
}

/// Where a parent is named too, the external id may be the parent's.
pub(super) fn fits_several(record: Option<&Current>, error: &ApiError) -> bool {
    let has_parent = record.is_some_and(|record| parents(record).next().is_some());
    error.is_ambiguous_key() || (error.is_ambiguous_external_id() && !has_parent)
}

/// The records that the refusal names, if they are of the SObject that was written.
pub(super) fn in_the_way(record: &PlannedRecord, error: &ApiError) -> Vec<RecordId> {
    // Several that an external id fits are the parents: else the key would be ambiguous. And a write without a key has none that
    // several could fit, whatever an answer lists.
    match error.is_ambiguous_external_id() || error.is_ambiguous_key() {
        true => Vec::new(),
        false => error.in_the_way(record.settings.sobjects()),
    }
}

/// Salesforce has the same code for a column that is gone and for a parent that no record is, and tells them apart only in a
/// sentence. In a language that the sentence is not known in, it still names a column that is gone.
pub(super) fn of_parent(record: &PlannedRecord, error: ApiError) -> ApiError {
    let misses_parent = matches!(error.code, Code::InvalidField) && error.fields.is_empty();
    match parents(record).next() {
        Some(path) if misses_parent || error.is_missing_parent() => error.of_missing_parent(path.field.clone()),
        _ => error,
    }
}

/// Whether the parent that is missing was named by a value of the conversation. A constant is the author's.
pub(super) fn types_parent(record: &PlannedRecord, error: &ApiError) -> bool {
    let mappings = record.settings.mappings.iter().filter(|mapping| mapping.field.relationship.is_some());
    let mut named = mappings.filter(|mapping| error.fields.contains(&mapping.field.field));
    named.any(|mapping| !matches!(mapping.source, Source::Constant(_)))
}
