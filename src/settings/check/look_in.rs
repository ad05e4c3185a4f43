//! Rules for records that may turn out to be of one of several SObjects, and for the rows that count for some of them.

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode};
use crate::salesforce::SObjectName;
use crate::settings::{RecordSettings, Source};
use crate::texts::said;

pub(super) fn check(records: &[RecordSettings], record: &RecordSettings, findings: &mut Findings) {
    if !record.look_in.is_empty() {
        keys(record, findings);
        idempotency(record, findings);
    }
    only_for(records, record, findings);
}

/// If an SObject has no key, an existing record of it cannot be found.
fn keys(record: &RecordSettings, findings: &mut Findings) {
    for form in record.forms().filter(|form| form.alternatives().is_empty()) {
        findings.push(Finding::new(
            FindingCode::LookInWithoutKey,
            record.place("lookIn"),
            said!(findings_records::look_in_without_key(&form.sobject, &record.name)),
        ));
    }
}

/// A mark is found in one SObject; what the step wrote there may have been converted to another one since.
fn idempotency(record: &RecordSettings, findings: &mut Findings) {
    if record.idempotency().is_some() {
        findings.push(Finding::new(
            FindingCode::BadLookIn,
            record.place("idempotency"),
            said!(findings_records::look_in_written_once(&record.name)),
        ));
    }
}

fn only_for(records: &[RecordSettings], record: &RecordSettings, findings: &mut Findings) {
    let linked = |source: &Source| match source {
        Source::Record(target) => records.iter().find(|record| record.name == *target),
        _ => None,
    };
    let of_values = record.mappings.iter().map(|row| (&row.pointer, &row.only_for, linked(&row.source)));
    let of_files = record.attachments().iter().map(|row| (&row.pointer, &row.only_for, None));
    for (pointer, only_for, linked) in of_values.chain(of_files) {
        let known = |sobject: &&SObjectName| {
            record.look_in.contains(sobject) || linked.is_some_and(|linked| linked.look_in.contains(sobject))
        };
        let Some(unknown) = only_for.iter().find(|sobject| !known(sobject)) else { continue };
        findings.push(Finding::new(
            FindingCode::BadOnlyFor,
            child(pointer, "onlyFor"),
            said!(findings_records::bad_only_for(unknown, &record.name)),
        ));
    }
}
