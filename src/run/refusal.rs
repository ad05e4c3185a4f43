//! What a refusal leads to: Salesforce answered, and nothing of the request happened.

use super::{Halt, Run, Step};
use crate::decide::Decision;
use crate::finding::Finding;
use crate::plan::{Approach, PlannedRecord};
use crate::rest::{ApiError, Response};
use crate::run::Ending;

impl Run {
    /// Salesforce answered that nothing of this write happened.
    pub(super) fn refused(
        mut self,
        mut decisions: Vec<Decision>,
        record: Option<usize>,
        error: ApiError,
        response: &Response,
    ) -> Step {
        if let Some(turned_away) = error.turned_away(response) {
            return self.halt(decisions, &Halt::turned_away(turned_away, error));
        }
        let Some(index) = record else {
            self.note_drift(&error);
            return self.halt(decisions, &Halt::AllFailed(error.into_record_error()));
        };
        let planned = self.plan.records.get(index);
        let error = error.naming(|name| planned.is_some_and(|record| record.uses(name)));
        match planned.map(|record| (&record.approach, record.settings.only_update_existing)) {
            Some((Approach::UpsertByKey, _)) if error.status == 300 => {
                self.halt(decisions, &Halt::Ambiguous { record: index, candidates: error.candidates })
            }
            // No right to upsert by this key, or a value that the URL does not carry: the lookup needs neither.
            Some((Approach::UpsertByKey, _)) if [403, 404, 405].contains(&error.status) => {
                self.plan.look_up_instead();
                self.start()
            }
            // An upsert may have found another record than the rule did, so it is looked up first.
            Some((Approach::UpsertByKey, _))
                if error.is_duplicate() && planned.is_some_and(PlannedRecord::may_adopt) =>
            {
                self.plan.look_up_instead();
                self.start()
            }
            Some(_) if error.is_duplicate() && adopts(planned, decisions.get(index)) => {
                self.duplicate(decisions, index, error)
            }
            Some((Approach::UpdateById, true)) if error.is_missing_record() => {
                if let Some(decision) = decisions.get_mut(index) {
                    *decision = Decision::NO_MATCH;
                }
                self.note_missing(&decisions);
                Step::Done(Box::new(Ending::unwritten(self.plan, decisions, None, self.requests)))
            }
            _ => {
                if !planned.is_some_and(|record| misses_parent(record, &error)) {
                    self.note_drift(&error);
                }
                self.halt(decisions, &Halt::Failed { record: index, error: error.into_record_error() })
            }
        }
    }

    /// A duplicate rule refused a new record: the one that it names is updated instead, if it names exactly one.
    fn duplicate(mut self, decisions: Vec<Decision>, index: usize, error: ApiError) -> Step {
        let Some(record) = self.plan.records.get(index) else {
            return self.halt(decisions, &Halt::AllFailed(error.into_record_error()));
        };
        let candidates = error.duplicates_of(record.sobject());
        match candidates.as_slice() {
            [] => self.halt(decisions, &Halt::Failed { record: index, error: error.into_record_error() }),
            [id] => {
                let finding = Finding::info(
                    "duplicate-adopted",
                    record.settings.place("duplicateRule"),
                    format!(
                        "A duplicate rule named an existing `{}`, which is used instead of a new one.",
                        record.name()
                    ),
                    "Nothing, if that is what \"adopt\" is set for.",
                );
                self.plan.findings.push(finding);
                self.plan.adopt(index, id.clone());
                self.start()
            }
            _ => self.halt(decisions, &Halt::Ambiguous { record: index, candidates }),
        }
    }

    pub(super) fn refused_lookup(mut self, error: ApiError, response: &Response, records: Option<&[usize]>) -> Step {
        match error.turned_away(response) {
            Some(turned_away) => self.halt(Vec::new(), &Halt::turned_away(turned_away, error)),
            None => {
                self.note_drift(&error);
                self.lookup_failed(&error.into_record_error(), records)
            }
        }
    }

    /// The org is not, or no longer, what the settings were written for.
    fn note_drift(&mut self, error: &ApiError) {
        if !error.is_drift() {
            return;
        }
        let message = match self.plan.prepared {
            true => "The org seems to have changed since these settings were prepared; nothing was written.",
            false => "The settings do not fit the org, as `prepare` would have told; nothing was written.",
        };
        let remedy = "Run `prepare` again: it names the field and what is wrong with it.";
        self.plan.findings.push(Finding::warning("prepare-again", "/schema", message, remedy));
    }
}

/// Whether this record was to be new, and may be an existing one instead.
fn adopts(record: Option<&PlannedRecord>, decision: Option<&Decision>) -> bool {
    record.is_some_and(PlannedRecord::may_adopt) && matches!(decision, Some(Decision::Create { .. }))
}

/// Salesforce has the same code for a column that is gone and for a parent that nobody is, but names only the column.
fn misses_parent(record: &PlannedRecord, error: &ApiError) -> bool {
    let has_parent = record.fields.iter().any(|field| field.path.relationship.is_some() && field.value.is_some());
    has_parent && error.code == "INVALID_FIELD" && error.fields.is_empty()
}
