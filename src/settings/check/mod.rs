//! What only shows when the whole document is read: rules between mappings, records and Salesforce's limits.

mod look_in;
pub(super) mod prepared;
pub(super) mod sobject_read;

use std::borrow::Borrow;

use serde_json::Value;

use super::{
    AssignmentRule, DuplicateRule, FileSource, MAX_LOOKUPS, MAX_RECORDS, Mapping, MatchKeys, RecordSettings, Source,
    WhenSeveralMatch,
};
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, nearest};
use crate::salesforce::{RecordName, SObjectName};
use crate::value::{Part, has_reference_mark};

/// Adds the findings of a whole document that writes.
pub(super) fn check(records: &[RecordSettings], findings: &mut Findings) {
    for record in records {
        for variant in record.variants() {
            fields_once(variant, findings);
            constant_keys(variant, findings);
        }
        ids(record, findings);
        keys(record, findings);
        look_in::check(records, record, findings);
        texts(record, findings);
        assignment_rule(record, findings);
        idempotency(record, findings);
        without_effect(record, findings);
        files(record, findings);
    }
    idempotency_shared(records, findings);
    idempotency_partial(records, findings);
    stores(records, findings);
    limits(records, findings);
    if records.len() <= MAX_RECORDS {
        for record in records {
            links(records, record, findings);
        }
        cycles(records, findings);
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

/// Two values for one field: which one wins would be an accident.
fn fields_once(record: &RecordSettings, findings: &mut Findings) {
    let mut seen = Vec::with_capacity(record.mappings.len());
    for mapping in &record.mappings {
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

fn links(records: &[RecordSettings], record: &RecordSettings, findings: &mut Findings) {
    for mapping in &record.mappings {
        let Source::Record(target) = &mapping.source else {
            continue;
        };
        let path = child(&child(&mapping.pointer, "source"), "record");
        if !names(records, target) {
            let remedy = match nearest(target.as_str(), records.iter().map(|record| record.name.as_str())) {
                Some(name) => format!("Did you mean `{name}`?"),
                None => "Map a field to that record first.".to_owned(),
            };
            findings.push(Finding::error(
                "unknown-record",
                path.clone(),
                format!("There is no record `{target}`."),
                remedy,
            ));
        }
        if mapping.key || mapping.field.relationship.is_some() {
            findings.push(Finding::error(
                "bad-link",
                path,
                "The id of a record of this run fills a lookup field, such as `ContactId`; it can neither be a key nor go \
                 through a relationship.",
                "Map it to the lookup field itself, without `useToFindExisting`.",
            ));
        }
    }
}

fn keys(record: &RecordSettings, findings: &mut Findings) {
    if record.only_update_existing() && !record.has_keys() {
        findings.push(Finding::error(
            "only-update-without-key",
            record.place("onlyUpdateExisting"),
            format!("`{}` is only to be updated, but no mapping finds an existing record.", record.name),
            "Set `useToFindExisting` on a mapping, or remove `onlyUpdateExisting`.",
        ));
    }
    for mapping in record.keys().filter(|mapping| matches!(mapping.source, Source::Transcript(_))) {
        findings.push(Finding::error(
            "bad-key",
            child(&mapping.pointer, "useToFindExisting"),
            "A conversation finds no record.",
            "Remove `useToFindExisting`.",
        ));
    }
}

fn constant_keys(record: &RecordSettings, findings: &mut Findings) {
    let is_constant = |mapping: &&Mapping| matches!(mapping.source, Source::Constant(_));
    let only_constants = record.keys().all(|mapping| is_constant(&mapping));
    for mapping in record.keys().filter(is_constant) {
        let path = child(&mapping.pointer, "useToFindExisting");
        if only_constants {
            findings.push(Finding::warning(
                "constant-key",
                path,
                format!("Every conversation would find the same `{}`: its key is a constant.", record.name),
                "Use a variable as the key, or remove `useToFindExisting`.",
            ));
        } else if record.match_keys == MatchKeys::Any {
            findings.push(Finding::error(
                "constant-key",
                path,
                format!("If the other keys find no `{}`, this constant would find the same one in every conversation.", record.name),
                "Remove `useToFindExisting` here, or set `matchKeys` to \"all\": then the constant narrows the search down.",
            ));
        }
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

/// A record must exist before another can hold its id.
fn cycles(records: &[RecordSettings], findings: &mut Findings) {
    let order = link_order(records);
    for record in records.iter().filter(|record| !order.contains(&&record.name)) {
        let link = record.mappings.iter().find(|mapping| {
            matches!(&mapping.source, Source::Record(target)
                if names(records, target) && !order.contains(&target))
        });
        if let Some(mapping) = link {
            findings.push(Finding::error(
                "link-cycle",
                child(&child(&mapping.pointer, "source"), "record"),
                format!("`{}` waits for a record that waits for it.", record.name),
                "Remove one link of the circle.",
            ));
        }
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

/// The records in an order in which each comes after those it links to; those in a circle, or behind one, are left out.
pub fn link_order<R: Borrow<RecordSettings>>(records: &[R]) -> Vec<&RecordName> {
    let mut order: Vec<&RecordName> = Vec::new();
    loop {
        let ready = records.iter().map(Borrow::borrow).find(|record| {
            !order.contains(&&record.name)
                && record.mappings.iter().all(|mapping| match &mapping.source {
                    Source::Record(target) => order.contains(&target) || !names(records, target),
                    _ => true,
                })
        });
        match ready {
            Some(record) => order.push(&record.name),
            None => return order,
        }
    }
}

fn names<R: Borrow<RecordSettings>>(records: &[R], name: &RecordName) -> bool {
    records.iter().any(|record| record.borrow().name == *name)
}
