//! What a run remarks, and what it leaves to others.

use super::Run;
use super::hand_over::list_cut;
use crate::base::json::child;
use crate::base::{Finding, FindingCode, Severity};
use crate::record::decide::{Decision, has_idempotency_key};
use crate::record::evaluate::value_cut;
use crate::record::{Approach, Current, FieldValue, PlannedRecord};
use crate::report::{Code, RecordError};
use crate::settings::Overwrite;
use crate::texts::{said, text};
use crate::value::Appended;
use crate::wire::ApiUsage;

impl Run {
    /// Why nothing is sent for some of the records. After a second lookup, nothing is said twice.
    pub(super) fn note_missing(&mut self, decisions: &[Decision]) {
        let records = self.progress.records(&self.plan).into_iter().zip(decisions);
        let notes: Vec<Finding> = records.filter_map(|(record, decision)| missing(&record, decision)).collect();
        notes.into_iter().for_each(|note| self.progress.note_once(note));
    }

    /// Which values did not fit behind those that they were added to.
    pub(super) fn note_cut(&mut self, decisions: &[Decision]) {
        let records = self.progress.records(&self.plan).into_iter().zip(decisions);
        let notes: Vec<Finding> = records.flat_map(|(record, decision)| cut(record.settled(), decision)).collect();
        notes.into_iter().for_each(|note| self.progress.note_once(note));
    }

    /// The settings leave the rest of the org's requests to others.
    pub(super) fn too_much_used(&self) -> Option<RecordError> {
        let percent = self.defer_above_api_usage?;
        let usage = self.exchange.spent.api_usage.filter(|usage| usage.reaches(percent))?;
        let ApiUsage { used, limit } = usage;
        let words = text!(records::api_usage(used, limit, &percent));
        Some(RecordError::new(Code::ApiUsageAboveLimit, words))
    }
}

fn cut(record: &PlannedRecord, decision: &Decision) -> Vec<Finding> {
    let (Decision::Update { row: Some(row), .. } | Decision::Unchanged { row }) = decision else { return Vec::new() };
    let is_cut = |field: &&FieldValue| {
        let (Some(appending), Some(value)) = (&field.appending, &field.value) else { return false };
        let stored = row.get(&field.path).as_str().unwrap_or_default();
        matches!(appending.onto(stored, &value.to_text()), Ok(Appended::Text { cut: true, .. } | Appended::Full))
    };
    let row_of = |field: &FieldValue| {
        record.settings.mappings.iter().find(|row| row.overwrite == Overwrite::Append && row.field == field.path)
    };
    record.fields.iter().filter(is_cut).filter_map(row_of).map(|mapping| value_cut(mapping)).collect()
}

fn missing(record: &Current, decision: &Decision) -> Option<Finding> {
    let path = child("/objects", record.name().as_str());
    match decision {
        Decision::Found { cut: true, .. } => Some(list_cut(record)),
        Decision::Skip { no_match: true, .. } if record.settings.reads() => {
            Some(Finding::new(FindingCode::NoMatch, path, said!(findings_run::nothing_read(record.name()))))
        }
        Decision::Skip { no_match: true, .. } => Some(Finding::new(
            FindingCode::NoMatch,
            path,
            match record.settings.only_update_existing() {
                true => said!(findings_run::nothing_to_update(record.name())),
                false if record.settings.only_finds() => said!(findings_run::only_looked_for(record.name())),
                false => said!(findings_run::not_created(record.name())),
            },
        )),
        Decision::Unchanged { row } if has_idempotency_key(record, row) => Some(Finding::new(
            FindingCode::AlreadyWritten,
            record.settings.place("idempotency"),
            said!(findings_run::already_written(record.name())),
        )),
        // Planned as a new record, and then there was nothing of its own to write.
        Decision::Skip { .. } if *record.approach == Approach::Create || record.is_found_by_idempotency() => Some(
            Finding::new(FindingCode::NothingToWrite, path, said!(findings_run::only_links(record.name())))
                .only(Severity::Info),
        ),
        _ => None,
    }
}
