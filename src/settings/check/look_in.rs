//! Rules for records that may turn out to be of one of several SObjects, and for the rows that count for some of them.

use crate::base::Finding;
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::salesforce::SObjectName;
use crate::settings::{RecordSettings, Source};

pub(super) fn check(records: &[RecordSettings], record: &RecordSettings, findings: &mut Findings) {
    if !record.look_in.is_empty() {
        keys(record, findings);
        idempotency(record, findings);
    }
    only_for(records, record, findings);
}

/// If an SObject has no key, an existing record of it cannot be found.
fn keys(record: &RecordSettings, findings: &mut Findings) {
    for variant in record.variants().filter(|variant| variant.alternatives().is_empty()) {
        findings.push(Finding::error(
            "look-in-without-key",
            record.place("lookIn"),
            format!("No mapping finds an existing `{}` for `{}`.", variant.sobject, record.name),
            "Set `useToFindExisting` on a row that counts for this object, or remove the object from the list.",
        ));
    }
}

/// A mark is found in one SObject; what the step wrote there may have been converted to another one since.
fn idempotency(record: &RecordSettings, findings: &mut Findings) {
    if record.idempotency().is_some() {
        findings.push(Finding::error(
            "bad-look-in",
            record.place("idempotency"),
            format!(
                "`{}` is looked for in several objects, and `idempotency` takes a record of one object only.",
                record.name
            ),
            "Remove `idempotency`: the keys keep a step that is run again from writing the record twice.",
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
        let message =
            format!("`{unknown}` is not in the `lookIn` of `{}`, nor of a record that the row links to.", record.name);
        findings.push(Finding::error(
            "bad-only-for",
            child(pointer, "onlyFor"),
            message,
            "Name objects of the record's `lookIn`, or remove `onlyFor`.",
        ));
    }
}
