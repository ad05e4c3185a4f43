//! Rules for platform events, which are only created: what looks for one, reads from it or hangs on it cannot be done.

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode};
use crate::settings::{RecordSettings, Source};
use crate::texts::said;

pub(super) fn events(records: &[RecordSettings], record: &RecordSettings, findings: &mut Findings) {
    let is_event = |record: &RecordSettings| record.forms().any(|form| form.sobject.is_event());
    let links = record.mappings.iter().filter_map(|mapping| match &mapping.source {
        Source::Record(target) if records.iter().any(|other| other.name == *target && is_event(other)) => {
            Some(child(&child(&mapping.pointer, "source"), "record"))
        }
        _ => None,
    });
    let mut places: Vec<String> = links.collect();
    if is_event(record) {
        places.extend(record.keys().map(|key| child(&key.pointer, "useToFindExisting")));
        places.extend(record.attachments().iter().map(|attachment| child(&attachment.pointer, "source")));
        places.extend(record.idempotency().map(|_| record.place("idempotency")));
        let read = record.writing().into_iter().flat_map(|writing| &writing.store).filter(|(field, _)| !field.is_id());
        places.extend(read.map(|(field, _)| child(&record.place("store"), field.as_str())));
    }
    for place in places {
        findings.push(Finding::new(
            FindingCode::EventOnlyCreated,
            place,
            said!(findings_records::event_only_created()),
        ));
    }
}
