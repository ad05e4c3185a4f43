//! After a write whose answer was lost: look whether what it wrote is there.
//!
//! Only what can be found again is verified: a new record by its keys, else by its idempotency field, an existing one by
//! its id. It counts as written if exactly one record is there and holds every value that was sent - another conversation
//! may have created one with the same key meanwhile. Whatever is not found stays `unknown` and is never sent again: it may
//! be at work still.

use std::rc::Rc;

use super::{Halt, Run, Sent, Step, Told};
use crate::base::{Finding, FindingCode};
use crate::exchange::retry::Next;
use crate::record::Lookup;
use crate::record::decide::{Decision, holds, narrowed_after};
use crate::record::found::{Matches, share_out};
use crate::record::plan::{By, verifying};
use crate::report::RecordError;
use crate::run::Ending;
use crate::settings::MAX_LOOKUPS;
use crate::texts::said;
use crate::wire::MAX_QUERY_LENGTH;
use crate::wire::query::Row;

/// What is verified.
#[derive(Debug, PartialEq)]
pub(super) struct Verifying {
    decisions: Vec<Decision>,
    /// How the answer was lost.
    error: RecordError,
    lookups: Vec<Lookup>,
}

impl Verifying {
    pub(super) fn lookups(&self) -> &[Lookup] {
        &self.lookups
    }
}

/// Each record is looked for by one of the lookups.
fn either(some: Vec<Option<Matches>>, others: Vec<Option<Matches>>) -> Vec<Option<Matches>> {
    some.into_iter().zip(others).map(|(one, other)| one.or(other)).collect()
}

impl Run {
    /// The write may have happened.
    pub(super) fn lost(self, decisions: Vec<Decision>, error: RecordError) -> Step {
        let lookups = verifying(&self.records(), self.found_by(&decisions));
        let fit = lookups.len() <= MAX_LOOKUPS
            && lookups.iter().all(|lookup| lookup.select.to_string().len() <= MAX_QUERY_LENGTH);
        if lookups.is_empty() || !fit || !self.exchange.has_time() {
            return self.halt(decisions, &Halt::Lost(error));
        }
        self.send(Sent::Verify(Verifying { decisions, error, lookups }), 0)
    }

    /// How what was written is found again. Nothing, if that is true of no new record: then there is nothing to learn.
    fn found_by(&self, decisions: &[Decision]) -> Vec<(usize, By)> {
        let records = self.records().into_iter().zip(decisions).enumerate();
        let found_by = records.filter_map(|(index, (record, decision))| match decision {
            Decision::Update { id, .. } => Some((index, By::Id(id.clone()))),
            Decision::Create { .. } | Decision::Upsert { .. } => record.can_be_found().then_some((index, By::Keys)),
            _ => None,
        });
        let found_by: Vec<(usize, By)> = found_by.collect();
        if found_by.iter().any(|(_, by)| matches!(by, By::Keys)) { found_by } else { Vec::new() }
    }

    pub(super) fn verified(mut self, verifying: Verifying, told: Told) -> Step {
        let matches = match self.matches(&verifying.lookups, told, share_out) {
            Ok(found) => found.into_iter().reduce(either).unwrap_or_default(),
            Err(failure) => {
                return match failure.trouble().map(|trouble| self.next(trouble, true)) {
                    Some(Next::Again { after }) => self.send(Sent::Verify(verifying), after),
                    _ => self.halt(verifying.decisions, &Halt::Lost(verifying.error)),
                };
            }
        };
        let Verifying { decisions, error, .. } = verifying;
        let found = self.found(&decisions, &matches);
        if found.iter().any(Option::is_some) {
            self.progress.note(Finding::new(FindingCode::AnswerVerified, "", said!(findings_run::answer_verified())));
        }
        let ending = Ending::verified(self.take_over(), decisions, &found, &error, self.exchange.spent);
        self.attach(ending)
    }

    /// The records that are there as they were sent.
    fn found(&self, decisions: &[Decision], matches: &[Option<Matches>]) -> Vec<Option<Rc<Row>>> {
        let mut found: Vec<Option<Rc<Row>>> = vec![None; decisions.len()];
        let records = self.records();
        for &index in &self.plan.write_order {
            let Some(matches) = matches.get(index).and_then(Option::as_ref) else { continue };
            let rows = narrowed_after(&records, decisions, &found, index, matches);
            let [row] = rows.as_slice() else { continue };
            if holds(&records, decisions, &found, index, row)
                && let Some(slot) = found.get_mut(index)
            {
                *slot = Some(Rc::clone(row));
            }
        }
        found
    }
}
