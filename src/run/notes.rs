//! What a run remarks, and what it leaves to others.

use super::Run;
use crate::decide::Decision;
use crate::document::child;
use crate::finding::Finding;
use crate::outcome::{RecordError, Retry};
use crate::plan::Approach;
use crate::rest::ApiUsage;

impl Run {
    /// Why nothing is sent for some of the records.
    pub(super) fn note_missing(&mut self, decisions: &[Decision]) {
        for (record, decision) in self.plan.records.iter().zip(decisions) {
            if matches!(decision, Decision::Skip { no_match: true, .. }) {
                self.plan.findings.push(Finding::info(
                    "no-match",
                    child("/objects", record.name().as_str()),
                    format!("No existing `{}` matches, and none is to be created.", record.name()),
                    "Nothing, if that is what `onlyUpdateExisting` is set for.",
                ));
            }
            if record.is_found_by_step() && matches!(decision, Decision::Unchanged { .. }) {
                self.plan.findings.push(Finding::info(
                    "already-written",
                    record.settings.place("idempotency"),
                    format!("This step has written its `{}` before, so nothing is sent for it.", record.name()),
                    "Nothing: that is what `idempotency` is for.",
                ));
            }
            // Planned as a new record, and then there was nothing of its own to write.
            if record.approach == Approach::Create && matches!(decision, Decision::Skip { .. }) {
                self.plan.findings.push(Finding::info(
                    "nothing-to-write",
                    child("/objects", record.name().as_str()),
                    format!("`{}` had only links to records that do not take part, so it is skipped.", record.name()),
                    "Nothing, if that is what is meant.",
                ));
            }
        }
    }

    /// The settings leave the rest of the org's requests to others.
    pub(super) fn too_much_used(&self) -> Option<RecordError> {
        let percent = self.defer_above_api_usage?;
        let usage = self.spent.api_usage.filter(|usage| usage.reaches(percent))?;
        let ApiUsage { used, limit } = usage;
        let words = (
            format!("The org has used {used} of its {limit} API requests; above {percent} percent nothing is written."),
            format!(
                "Die Organisation hat {used} von {limit} API-Anfragen verbraucht; über {percent} Prozent wird nichts geschrieben."
            ),
        );
        Some(RecordError::new("API_USAGE_ABOVE_LIMIT", words, Retry::Later))
    }
}
