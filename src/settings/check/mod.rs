//! What only shows when the whole document is read: rules between mappings, records and Salesforce's limits.

mod events;
mod keys;
pub(super) mod links;
mod look_in;
pub(super) mod no_effect;
pub(super) mod prepared;
pub(super) mod sobject_read;

use serde_json::Value;

use super::{AssignmentRule, DuplicateRule, FileSource, MAX_LOOKUPS, MAX_RECORDS, Overwrite, RecordSettings, Source};
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode};
use crate::salesforce::SObjectName;
use crate::texts::said;
use crate::value::{Part, has_reference_mark};

/// Adds the findings of a whole document that writes.
pub(super) fn check(records: &[RecordSettings], findings: &mut Findings) {
    for record in records {
        for form in record.forms() {
            fields_once(form, findings);
            keys::keys_once(form, findings);
            keys::constant_keys(form, findings);
            keys::found_again(form, findings);
        }
        ids(record, findings);
        keys::keys(record, findings);
        keys::groups(record, findings);
        look_in::check(records, record, findings);
        texts(record, findings);
        assignment_rule(record, findings);
        idempotency(record, findings);
        appended(record, findings);
        no_effect::record(record, findings);
        files(record, findings);
        events::events(records, record, findings);
    }
    idempotency_shared(records, findings);
    idempotency_partial(records, findings);
    stores(records, findings);
    limits(records, findings);
    if records.len() <= MAX_RECORDS {
        for record in records {
            links::links(records, record, findings);
        }
        links::cycles(records, findings);
    }
}

/// A value is added to a field of the record itself, and a key stays what it is.
fn appended(record: &RecordSettings, findings: &mut Findings) {
    for mapping in record.mappings.iter().filter(|mapping| mapping.overwrite == Overwrite::Append) {
        let is_link = matches!(mapping.source, Source::Record(_));
        if mapping.key || is_link || mapping.field.relationship.is_some() {
            findings.push(Finding::new(
                FindingCode::BadOverwrite,
                child(&mapping.pointer, "overwrite"),
                said!(findings_records::nothing_to_add_to()),
            ));
        }
    }
}

/// Two values for one field: which one wins would be an accident.
fn fields_once(record: &RecordSettings, findings: &mut Findings) {
    let mut seen = Vec::with_capacity(record.mappings.len());
    for mapping in record.mappings.iter().filter(|mapping| !mapping.only_finds) {
        let field = mapping.field.written_field();
        if seen.contains(&field) {
            findings.push(Finding::new(
                FindingCode::DuplicateField,
                child(&mapping.pointer, "field"),
                said!(findings_records::field_written_twice(&field, &record.name)),
            ));
        }
        seen.push(field);
    }
}

/// A file needs a record, and is attached to it once.
fn files(record: &RecordSettings, findings: &mut Findings) {
    let mut seen: Vec<(&FileSource, &[SObjectName])> = Vec::with_capacity(record.attachments().len());
    for attachment in record.attachments() {
        let only_for = attachment.only_for.as_slice();
        let both =
            |of: &[SObjectName]| of.is_empty() || only_for.is_empty() || of.iter().any(|one| only_for.contains(one));
        if seen.iter().any(|(source, of)| **source == attachment.source && both(of)) {
            findings.push(Finding::new(
                FindingCode::DuplicateField,
                child(&attachment.pointer, "source"),
                said!(findings_files::same_files_twice(&record.name)),
            ));
        }
        seen.push((&attachment.source, only_for));
    }
    if let (Some(first), true) = (record.attachments().first(), record.mappings.iter().all(|mapping| mapping.completes))
    {
        findings.push(Finding::new(
            FindingCode::FileAlone,
            child(&first.pointer, "object"),
            said!(findings_files::alone(&record.name)),
        ));
    }
}

/// The field belongs to the step alone.
fn idempotency(record: &RecordSettings, findings: &mut Findings) {
    let Some(idempotency) = record.idempotency() else { return };
    let path = child(&record.place("idempotency"), "field");
    if record.mappings.iter().any(|mapping| mapping.field.written_field() == idempotency.field) {
        findings.push(Finding::new(
            FindingCode::DuplicateField,
            path,
            said!(findings_records::idempotency_field_mapped(&idempotency.field, &record.name)),
        ));
    } else if record.only_update_existing() {
        findings.push(Finding::new(
            FindingCode::IdempotencyUnused,
            path,
            said!(findings_records::idempotency_unused(&record.name)),
        ));
    }
}

/// Two records with one text in one field would become one record.
fn idempotency_shared(records: &[RecordSettings], findings: &mut Findings) {
    for (index, record) in records.iter().enumerate() {
        let same = |other: &RecordSettings| {
            other.sobject == record.sobject
                && other.idempotency().is_some()
                && other.idempotency() == record.idempotency()
        };
        if let Some(other) = records.iter().take(index).find(|other| same(other)) {
            findings.push(Finding::new(
                FindingCode::IdempotencyShared,
                record.place("idempotency"),
                said!(findings_records::idempotency_shared(&other.name, &record.name)),
            ));
        }
    }
}

/// A step that is run again finds what is marked, and what has keys; anything else it writes once more.
fn idempotency_partial(records: &[RecordSettings], findings: &mut Findings) {
    if records.iter().all(|record| record.idempotency().is_none()) {
        return;
    }
    for record in records.iter().filter(|record| !record.has_keys() && record.idempotency().is_none()) {
        findings.push(Finding::new(
            FindingCode::IdempotencyPartial,
            record.place("idempotency"),
            said!(findings_records::idempotency_partial(&record.name)),
        ));
    }
}

/// `Id` finds a record; it cannot be written.
fn ids(record: &RecordSettings, findings: &mut Findings) {
    for mapping in record.mappings.iter().filter(|mapping| mapping.field.is_id() && !mapping.key) {
        findings.push(Finding::new(
            FindingCode::IdNotWritable,
            child(&mapping.pointer, "field"),
            said!(findings_records::id_not_writable()),
        ));
    }
}

/// What the author typed is refused now, not in every conversation.
fn texts(record: &RecordSettings, findings: &mut Findings) {
    for mapping in &record.mappings {
        if has_reference(&mapping.source) {
            findings.push(Finding::new(
                FindingCode::ReferenceInValue,
                child(&mapping.pointer, "source"),
                said!(findings_records::reference_in_value()),
            ));
        }
    }
}

/// Whether the author's text has what Salesforce would take for a reference.
pub(super) fn has_reference(source: &Source) -> bool {
    match source {
        Source::Constant(Value::String(text)) => has_reference_mark(text),
        Source::Constant(Value::Array(items)) => items.iter().filter_map(Value::as_str).any(has_reference_mark),
        Source::Template(template) => {
            template.parts.iter().any(|part| matches!(part, Part::Text(text) if has_reference_mark(text)))
        }
        _ => false,
    }
}

/// A setting that Salesforce would ignore.
fn assignment_rule(record: &RecordSettings, findings: &mut Findings) {
    if *record.assignment_rule() != AssignmentRule::Default && !record.sobject.has_assignment_rules() {
        findings.push(Finding::new(
            FindingCode::NoAssignmentRules,
            record.place("assignmentRule"),
            said!(findings_records::no_assignment_rules(&record.sobject)),
        ));
    }
}

/// Two values for one outcome variable.
fn stores(records: &[RecordSettings], findings: &mut Findings) {
    let mut seen: Vec<&str> = Vec::new();
    for record in records {
        for (field, variable) in record.store() {
            if seen.contains(&variable.as_str()) {
                findings.push(Finding::new(
                    FindingCode::DuplicateVariable,
                    child(&record.place("store"), field.as_str()),
                    said!(findings_records::stored_in_one_variable()),
                ));
            }
            seen.push(variable);
        }
    }
}

fn limits(records: &[RecordSettings], findings: &mut Findings) {
    let mut too_many = |code, said| findings.push(Finding::new(code, "/mappings", said));
    let reads = records.iter().filter(|record| record.read_back().next().is_some()).count();
    if records.len() > MAX_RECORDS {
        let said = said!(findings_records::too_many_records(records.len(), MAX_RECORDS));
        too_many(FindingCode::TooManyRecords, said);
    } else if records.len() + reads > MAX_RECORDS {
        let said = said!(findings_records::too_many_read_back(records.len() + reads, MAX_RECORDS));
        too_many(FindingCode::TooManyRecords, said);
    }
    let mut looked_up: Vec<&SObjectName> = Vec::new();
    let looks_up = |record: &&RecordSettings| {
        record.has_keys() || record.duplicate_rule() == DuplicateRule::Adopt || record.idempotency().is_some()
    };
    for record in records.iter().filter(looks_up) {
        for sobject in record.sobjects() {
            if !looked_up.contains(&sobject) {
                looked_up.push(sobject);
            }
        }
    }
    if looked_up.len() > MAX_LOOKUPS {
        let said = said!(findings_records::too_many_lookups(looked_up.len(), MAX_LOOKUPS));
        too_many(FindingCode::TooManyLookups, said);
    }
}
