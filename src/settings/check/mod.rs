//! What only shows when the whole document is read: rules between mappings, records and Salesforce's limits.

mod events;
mod keys;
pub(super) mod links;
mod look_in;
pub(super) mod prepared;
pub(super) mod sobject_read;

use serde_json::Value;

use super::{
    AssignmentRule, DuplicateRule, FileSource, MAX_LOOKUPS, MAX_RECORDS, Overwrite, RecordSettings, Source,
    WhenSeveralMatch,
};
use crate::base::Finding;
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::salesforce::SObjectName;
use crate::value::{Part, has_reference_mark};

/// Adds the findings of a whole document that writes.
pub(super) fn check(records: &[RecordSettings], findings: &mut Findings) {
    for record in records {
        for variant in record.variants() {
            fields_once(variant, findings);
            keys::keys_once(variant, findings);
            keys::constant_keys(variant, findings);
            keys::found_again(variant, findings);
        }
        ids(record, findings);
        keys::keys(record, findings);
        keys::groups(record, findings);
        look_in::check(records, record, findings);
        texts(record, findings);
        assignment_rule(record, findings);
        idempotency(record, findings);
        without_effect(record, findings);
        files(record, findings);
        appended(record, findings);
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

/// What says how existing records are found, where none is looked for.
fn without_effect(record: &RecordSettings, findings: &mut Findings) {
    if record.has_keys() || record.idempotency().is_some() {
        return;
    }
    let several = record.when_several_match != WhenSeveralMatch::Stop;
    for (key, is_set) in [("checkForDoubles", record.check_for_doubles()), ("whenSeveralMatch", several)] {
        if is_set {
            findings.push(Finding::warning(
                "no-effect",
                record.place(key),
                format!("`{key}` says nothing here: the record has no key, so it is created each time."),
                "Remove it, or tick `useToFindExisting` on a field that tells records apart.",
            ));
        }
    }
}

/// A value is added to a field of the record itself, and a key stays what it is.
fn appended(record: &RecordSettings, findings: &mut Findings) {
    for mapping in record.mappings.iter().filter(|mapping| mapping.overwrite == Overwrite::Append) {
        let is_link = matches!(mapping.source, Source::Record(_));
        if mapping.key || is_link || mapping.field.relationship.is_some() {
            findings.push(Finding::error(
                "bad-overwrite",
                child(&mapping.pointer, "overwrite"),
                "Nothing can be added to a key, to a link or to a parent's external id.",
                "Use another word, or remove `overwrite`.",
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
            findings.push(Finding::error(
                "duplicate-field",
                child(&mapping.pointer, "field"),
                format!("Two mappings write the field `{field}` of `{}`.", record.name),
                "Keep one of them, or give the second record a name of its own.",
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
            findings.push(Finding::error(
                "duplicate-field",
                child(&attachment.pointer, "source"),
                format!("Two mappings attach the same files to `{}`.", record.name),
                "Keep one of them.",
            ));
        }
        seen.push((&attachment.source, only_for));
    }
    if let (Some(first), true) = (record.attachments().first(), record.mappings.iter().all(|mapping| mapping.completes))
    {
        findings.push(Finding::error(
            "file-alone",
            child(&first.pointer, "object"),
            format!("A file alone writes no `{}`.", record.name),
            "Map at least one field of the record, too.",
        ));
    }
}

/// The field belongs to the step alone.
fn idempotency(record: &RecordSettings, findings: &mut Findings) {
    let Some(idempotency) = record.idempotency() else { return };
    let path = child(&record.place("idempotency"), "field");
    if record.mappings.iter().any(|mapping| mapping.field.written_field() == idempotency.field) {
        findings.push(Finding::error(
            "duplicate-field",
            path,
            format!("A mapping writes the field `{}` of `{}`, too.", idempotency.field, record.name),
            "Use a field that nothing else fills, or remove the row.",
        ));
    } else if record.only_update_existing() {
        findings.push(Finding::warning(
            "idempotency-unused",
            path,
            format!("`{}` is only updated, and an update can be repeated anyway.", record.name),
            "Remove `idempotency`, or `onlyUpdateExisting`.",
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
            findings.push(Finding::error(
                "idempotency-shared",
                record.place("idempotency"),
                format!(
                    "`{}` and `{}` are of one SObject and would get the same idempotency key.",
                    other.name, record.name
                ),
                "Use another variable, or another field, for one of them.",
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
        findings.push(Finding::warning(
            "idempotency-partial",
            record.place("idempotency"),
            format!(
                "A step that is run again would write `{}` a second time: the record has neither an idempotency key nor a key.",
                record.name
            ),
            "Give this record `idempotency`, too, or a key.",
        ));
    }
}

/// `Id` finds a record; it cannot be written.
fn ids(record: &RecordSettings, findings: &mut Findings) {
    for mapping in record.mappings.iter().filter(|mapping| mapping.field.is_id() && !mapping.key) {
        findings.push(Finding::error(
            "id-not-writable",
            child(&mapping.pointer, "field"),
            "Salesforce gives a record its `Id`; it cannot be written.",
            "Set `useToFindExisting` to find the record by its id, or remove the row.",
        ));
    }
}

/// What the author typed is refused now, not in every conversation.
fn texts(record: &RecordSettings, findings: &mut Findings) {
    for mapping in &record.mappings {
        let refused = match &mapping.source {
            Source::Constant(Value::String(text)) => has_reference_mark(text),
            Source::Constant(Value::Array(items)) => items.iter().filter_map(Value::as_str).any(has_reference_mark),
            Source::Template(template) => {
                template.parts.iter().any(|part| matches!(part, Part::Text(text) if has_reference_mark(text)))
            }
            _ => false,
        };
        if refused {
            findings.push(Finding::error(
                "reference-in-value",
                child(&mapping.pointer, "source"),
                "The text contains `@{`, which Salesforce would replace instead of storing.",
                "Write it in another way.",
            ));
        }
    }
}

/// A setting that Salesforce would ignore.
fn assignment_rule(record: &RecordSettings, findings: &mut Findings) {
    if *record.assignment_rule() != AssignmentRule::Default && !record.sobject.has_assignment_rules() {
        findings.push(Finding::warning(
            "no-assignment-rules",
            record.place("assignmentRule"),
            format!("Salesforce has assignment rules for Case, Lead and Account, not for `{}`.", record.sobject),
            "Remove it; to give the record an owner, map an id to `OwnerId`.",
        ));
    }
}

/// Two values for one outcome variable.
fn stores(records: &[RecordSettings], findings: &mut Findings) {
    let mut seen: Vec<&str> = Vec::new();
    for record in records {
        for (field, variable) in record.store() {
            if seen.contains(&variable.as_str()) {
                findings.push(Finding::error(
                    "duplicate-variable",
                    child(&record.place("store"), field.as_str()),
                    "Two fields are stored in the same variable.",
                    "Give each its own.",
                ));
            }
            seen.push(variable);
        }
    }
}

fn limits(records: &[RecordSettings], findings: &mut Findings) {
    let mut too_many = |code, count: usize, limit: usize, what: &str| {
        if count > limit {
            findings.push(Finding::error(
                code,
                "/mappings",
                format!("{count} {what} are more than the {limit} that one composite request of Salesforce takes."),
                "Split the module in two.",
            ));
        }
    };
    let reads = records.iter().filter(|record| record.read_back().next().is_some()).count();
    too_many("too-many-records", records.len(), MAX_RECORDS, "records");
    if records.len() <= MAX_RECORDS {
        too_many("too-many-records", records.len() + reads, MAX_RECORDS, "records and records to be read back");
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
    too_many(
        "too-many-lookups",
        looked_up.len(),
        MAX_LOOKUPS,
        "SObjects with keys, with `idempotency` or with `duplicateRule` \"adopt\"",
    );
}
