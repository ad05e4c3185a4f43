//! Rules for links between the records of one run.

use std::borrow::Borrow;

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, nearest};
use crate::salesforce::RecordName;
use crate::settings::{Mapping, RecordSettings, Source};

pub(super) fn links(records: &[RecordSettings], record: &RecordSettings, findings: &mut Findings) {
    for mapping in &record.mappings {
        let Source::Record(target) = &mapping.source else {
            continue;
        };
        let path = child(&child(&mapping.pointer, "source"), "record");
        let linked = records.iter().find(|record| record.name == *target);
        if linked.is_none() {
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
        if mapping.field.relationship.is_some() {
            findings.push(Finding::error(
                "bad-link",
                path,
                "The id of a record of this run fills a lookup field, such as `ContactId`; it cannot go through a relationship.",
                "Map it to the lookup field itself.",
            ));
        } else if let (true, Some(linked)) = (mapping.key, linked) {
            key(record, mapping, linked, findings);
        }
    }
}

/// A link finds a record by the keys of the other one, seen through the lookup field.
fn key(record: &RecordSettings, mapping: &Mapping, linked: &RecordSettings, findings: &mut Findings) {
    let (field, target) = (&mapping.field.field, &linked.name);
    let has_own_parent = |key: &Mapping| key.field.relationship.is_some() || matches!(key.source, Source::Record(_));
    let (message, remedy) = if field.relationship_of_lookup_field().is_none() {
        (
            format!("`{field}` is not the name of a lookup field, such as `ContactId` or `Contact__c`."),
            "Map the link to the lookup field.",
        )
    } else if !record.look_in.is_empty() {
        (
            format!("`{}` is looked for in several objects, and a link finds records of one object.", record.name),
            "Remove `useToFindExisting` from the link.",
        )
    } else if !linked.has_keys() && linked.idempotency().is_none() {
        (
            format!("`{target}` is created each time, so nothing is linked to it yet."),
            "Give that record a key, or remove `useToFindExisting` from the link.",
        )
    } else if linked.variants().flat_map(RecordSettings::keys).any(has_own_parent) {
        (
            format!(
                "`{target}` is itself found by a record that it links to, and a search goes through one link only."
            ),
            "Find that record by its own fields, or remove `useToFindExisting` from the link.",
        )
    } else {
        return;
    };
    findings.push(Finding::error("bad-link", child(&mapping.pointer, "useToFindExisting"), message, remedy));
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
            findings.push(Finding::error(
                "link-cycle",
                child(&child(&mapping.pointer, "source"), "record"),
                format!("`{}` waits for a record that waits for it.", record.name),
                "Remove one link of the circle.",
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
