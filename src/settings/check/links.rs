//! Rules for links between the records of one run.

use std::borrow::Borrow;

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode, nearest};
use crate::salesforce::RecordName;
use crate::settings::{Mapping, RecordSettings, Source};
use crate::texts::said;

pub(super) fn links(records: &[RecordSettings], record: &RecordSettings, findings: &mut Findings) {
    for mapping in &record.mappings {
        let Source::Record(target) = &mapping.source else {
            continue;
        };
        let path = child(&child(&mapping.pointer, "source"), "record");
        let linked = records.iter().find(|record| record.name == *target);
        if linked.is_none() {
            let said = match nearest(target.as_str(), records.iter().map(|record| record.name.as_str())) {
                Some(near) => said!(findings_records::misspelt_record(target, near)),
                None => said!(findings_records::unknown_record(target)),
            };
            findings.push(Finding::new(FindingCode::UnknownRecord, path.clone(), said));
        }
        if mapping.field.relationship.is_some() {
            findings.push(Finding::new(FindingCode::BadLink, path, said!(findings_keys::link_through_relationship())));
        } else if let (true, Some(linked)) = (mapping.key, linked) {
            key(record, mapping, linked, findings);
        }
    }
}

/// A link finds a record by the keys of the other one, seen through the lookup field.
fn key(record: &RecordSettings, mapping: &Mapping, linked: &RecordSettings, findings: &mut Findings) {
    let (field, target) = (&mapping.field.field, &linked.name);
    let has_own_parent = |key: &Mapping| key.field.relationship.is_some() || matches!(key.source, Source::Record(_));
    let said = if field.relationship_of_lookup_field().is_none() {
        said!(findings_keys::link_in_no_lookup_field(field))
    } else if !record.look_in.is_empty() {
        said!(findings_keys::link_finds_one_object(&record.name))
    } else if !linked.has_keys() && linked.idempotency().is_none() {
        said!(findings_keys::link_to_a_new_record(target))
    } else if linked.forms().flat_map(RecordSettings::keys).any(has_own_parent) {
        said!(findings_keys::link_through_two_links(target))
    } else {
        return;
    };
    findings.push(Finding::new(FindingCode::BadLink, child(&mapping.pointer, "useToFindExisting"), said));
}

/// A record must exist before another can hold its id.
pub(super) fn cycles(records: &[RecordSettings], findings: &mut Findings) {
    let order = link_order(records);
    for record in records.iter().filter(|record| !order.contains(&&record.name)) {
        let link = record.mappings.iter().find(|mapping| {
            matches!(&mapping.source, Source::Record(target)
                if names(records, target) && !order.contains(&target))
        });
        if let Some(mapping) = link {
            findings.push(Finding::new(
                FindingCode::LinkCycle,
                child(&child(&mapping.pointer, "source"), "record"),
                said!(findings_records::link_cycle(&record.name)),
            ));
        }
    }
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
