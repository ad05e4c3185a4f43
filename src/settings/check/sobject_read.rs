//! Rules of a document that reads. What finds a record is as strict as in a write: a wrong match gives one person's data to
//! another.

use super::events::events;
use super::keys::{constant_keys, groups, keys, keys_once};
use super::{no_effect, texts};
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode, MAX_VALUES, OBJECT_VALUES, order};
use crate::salesforce::{FieldName, FieldPath};
use crate::settings::{MAX_LOOKUPS, Reading, RecordSettings, Source};
use crate::texts::said;

pub(crate) fn check(records: &[RecordSettings], findings: &mut Findings) {
    for record in records {
        let Some(reading) = record.reading() else { continue };
        has_key(record, findings);
        keys_once(record, findings);
        no_links(record, findings);
        keys(record, findings);
        groups(record, findings);
        constant_keys(record, findings);
        texts(record, findings);
        has_targets(record, reading, findings);
        no_effect::record(record, findings);
        events(records, record, findings);
    }
    variables_once(records, findings);
    if records.len() > MAX_LOOKUPS {
        findings.push(Finding::new(
            FindingCode::TooManyLookups,
            "/mappings",
            said!(findings_reads::too_many_queries(records.len(), MAX_LOOKUPS)),
        ));
    }
    fits(records, findings);
}

/// Where the rows of a record begin, for what is missing in all of them.
fn place(record: &RecordSettings) -> String {
    let row = record.mappings.first().map(|mapping| child(&mapping.pointer, "object"));
    row.or_else(|| record.targets().first().map(|target| target.field_at.clone())).unwrap_or_default()
}

fn has_key(record: &RecordSettings, findings: &mut Findings) {
    if !record.has_keys() {
        findings.push(Finding::new(FindingCode::NoKey, place(record), said!(findings_reads::no_key(&record.name))));
    }
}

/// Two values for one variable.
fn variables_once(records: &[RecordSettings], findings: &mut Findings) {
    let mut seen: Vec<&str> = Vec::new();
    let mut once = |variable, place: &dyn Fn() -> String| {
        if seen.contains(&variable) {
            findings.push(Finding::new(
                FindingCode::DuplicateVariable,
                place(),
                said!(findings_reads::variable_read_twice()),
            ));
        }
        seen.push(variable);
    };
    for record in records {
        let Some(reading) = record.reading() else { continue };
        for target in &reading.targets {
            once(&target.variable, &|| target.variable_at.clone());
        }
        if let Some(list) = &reading.list {
            once(&list.variable, &|| child(&record.place("list"), "variable"));
        }
    }
}

/// All records are looked up at once, so none can wait for another's id.
fn no_links(record: &RecordSettings, findings: &mut Findings) {
    for mapping in record.mappings.iter().filter(|mapping| matches!(mapping.source, Source::Record(_))) {
        findings.push(Finding::new(
            FindingCode::NotInRead,
            child(&child(&mapping.pointer, "source"), "record"),
            said!(findings_reads::no_links()),
        ));
    }
}

fn has_targets(record: &RecordSettings, reading: &Reading, findings: &mut Findings) {
    if reading.targets.is_empty() && reading.list.is_none() {
        findings.push(Finding::new(
            FindingCode::NothingToRead,
            place(record),
            said!(findings_reads::nothing_to_read(&record.name)),
        ));
    }
}

/// An answer that cannot be taken is not worth a request.
fn fits(records: &[RecordSettings], findings: &mut Findings) {
    let most: usize = records.iter().map(values_of).sum();
    if most > MAX_VALUES {
        findings.push(Finding::new(
            FindingCode::TooMuchToRead,
            "/mappings",
            said!(findings_reads::too_much(most, MAX_VALUES)),
        ));
    }
}

/// Values in the longest answer to a record's query, counted as for every document. Each row, and each parent in it, is an
/// object with another one of two members, `attributes`.
fn values_of(record: &RecordSettings) -> usize {
    let Some(reading) = record.reading() else { return 0 };
    let mut fields: Vec<&FieldPath> = record.keys().map(|mapping| &mapping.field).collect();
    fields.extend(reading.targets.iter().map(|target| &target.field));
    let mut parents: Vec<&FieldName> = fields.iter().filter_map(|path| path.relationship.as_ref()).collect();
    order::sort(&mut fields);
    fields.dedup();
    order::sort(&mut parents);
    parents.dedup();
    let object = OBJECT_VALUES + 1 + OBJECT_VALUES + 2;
    let alternatives = record.alternatives().len();
    reading.rows(record.when_several_match, alternatives) * (fields.len() + (1 + parents.len()) * object)
}
