//! What a run remarks, and what it leaves to others.

use super::Run;
use super::hand_over::list_cut;
use crate::base::Finding;
use crate::base::json::child;
use crate::record::decide::{Decision, is_step_of};
use crate::record::evaluate::value_cut;
use crate::record::{Approach, Current, FieldValue, PlannedRecord};
use crate::report::{Code, RecordError};
use crate::settings::Overwrite;
use crate::texts::text;
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
        Decision::Skip { no_match: true, .. } if record.settings.reads() => Some(Finding::info(
            "no-match",
            path,
            format!("No existing `{}` matches.", record.name()),
            "Nothing, if that may happen; `whenNoneMatch` says what becomes of its variables.",
        )),
        Decision::Skip { no_match: true, .. } => Some(Finding::info(
            "no-match",
            path,
            format!("No existing `{}` matches, and none is to be created.", record.name()),
            match record.settings.only_update_existing() {
                true => "Nothing, if that is what `onlyUpdateExisting` is set for.",
                false => "See the finding `not-looked-in`.",
            },
        )),
        Decision::Unchanged { row } if is_step_of(record, row) => Some(Finding::info(
            "already-written",
            record.settings.place("idempotency"),
            format!("This step has written its `{}` before, so nothing is sent for it.", record.name()),
            "Nothing: that is what `idempotency` is for.",
        )),
        // Planned as a new record, and then there was nothing of its own to write.
        Decision::Skip { .. } if *record.approach == Approach::Create || record.is_found_by_step() => {
            Some(Finding::info(
                "nothing-to-write",
                path,
                format!("`{}` had only links to records that do not take part, so it is skipped.", record.name()),
                "Nothing, if that is what is meant.",
            ))
        }
        _ => None,
    }
}
