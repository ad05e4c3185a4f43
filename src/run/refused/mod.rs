//! What a refusal leads to: Salesforce answered, and nothing of the request happened.

mod named;

use named::{broken_rule, fits_several, in_the_way, of_parent, types_parent};

use super::{Halt, Run, Step};
use crate::base::{Finding, FindingCode};
use crate::exchange::retry::{Next, Trouble};
use crate::record::decide::Decision;
use crate::record::plan::ADOPTED;
use crate::record::{Approach, Current};
use crate::report::{Retry, Status, Whose};
use crate::run::Ending;
use crate::texts::said;
use crate::wire::ApiError;

impl Run {
    /// Nothing of this write happened, and it is not to be repeated.
    pub(super) fn refused(
        mut self,
        mut decisions: Vec<Decision>,
        record: Option<usize>,
        next: Next,
        trouble: Trouble,
    ) -> Step {
        let retry = match next {
            Next::GiveUp(retry) => retry,
            next => return self.turned_away(decisions, next, trouble),
        };
        let (index, error) = match (record, trouble) {
            (Some(index), Trouble::Refused { error, .. }) => (index, error),
            (_, trouble) => {
                self.note_drift(trouble.refusal());
                return self.halt(decisions, &Halt::AllFailed(trouble.into_record_error(retry)));
            }
        };
        let current = self.progress.record(&self.plan, index);
        let planned = current.as_ref();
        let error = error.naming(|name| planned.is_some_and(|record| record.uses(name)));
        match planned.map(|record| (record.approach, record.settings.only_update_existing())) {
            Some((approach, _))
                if fits_several(planned, &error)
                    && (matches!(approach, Approach::UpsertByKey(_)) || marks(planned)) =>
            {
                self.halt(decisions, &Halt::Ambiguous { record: index, candidates: error.candidates })
            }
            // Between lookup and write, or beside this write, another conversation has written the same record.
            Some(_) if error.is_taken_value() && !self.raced && finds_taken(planned, &error) => {
                self.raced = true;
                self.start()
            }
            // Since the lookup somebody has made a Contact of it.
            Some(_) if error.is_converted_lead() && !self.raced && may_turn(planned) => {
                self.raced = true;
                self.start()
            }
            // No right to upsert by this key, or a value that the URL does not carry: the lookup needs neither.
            Some((Approach::UpsertByKey(_), _))
                if [403, 404, 405].contains(&error.status) && !by_idempotency(planned) =>
            {
                self.progress.look_up_instead(&self.plan);
                self.start()
            }
            // An upsert may have found another record than the rule did, so it is looked up first.
            Some((Approach::UpsertByKey(_), _)) if error.is_duplicate() && planned.is_some_and(Current::may_adopt) => {
                self.progress.look_up_instead(&self.plan);
                self.start()
            }
            Some(_) if error.is_duplicate() && adopts(planned, decisions.get(index)) => {
                self.duplicate(decisions, index, error, retry)
            }
            Some((Approach::UpdateById(_), true)) if error.is_missing_record() => {
                if let Some(decision) = decisions.get_mut(index) {
                    *decision = Decision::NO_MATCH;
                }
                self.note_missing(&decisions);
                Step::Done(Box::new(Ending::unwritten(self.take_over(), decisions, None, self.exchange.spent)))
            }
            _ => {
                let error = match planned {
                    Some(record) => of_parent(record, error),
                    None => error,
                };
                let candidates = planned.map(|record| in_the_way(record, &error)).unwrap_or_default();
                let is_typed = !error.is_missing_parent() || planned.is_some_and(|record| types_parent(record, &error));
                let rule = planned.and_then(|record| broken_rule(record, &error));
                self.note_drift(Some(&error));
                let error = error.into_record_error(retry);
                let error = if is_typed { error } else { error.with_whose(Whose::Administrator) };
                let error = match &rule {
                    Some(rule) => error.followed_by(rule),
                    None => error,
                };
                self.halt(decisions, &Halt::Failed { record: index, error, candidates })
            }
        }
    }

    /// A duplicate rule refused a new record: the one that it names is updated instead, if it names exactly one.
    fn duplicate(mut self, decisions: Vec<Decision>, index: usize, error: ApiError, retry: Retry) -> Step {
        let Some(record) = self.progress.record(&self.plan, index) else {
            return self.halt(decisions, &Halt::AllFailed(error.into_record_error(retry)));
        };
        // As with lookups, the first SObject of which there is a record decides.
        let sobjects = record.settings.sobjects().to_vec();
        let named = sobjects.iter().map(|sobject| (sobject, error.duplicates_of(sobject)));
        let first = named.into_iter().find(|(_, candidates)| !candidates.is_empty());
        let Some((sobject, candidates)) = first else {
            let error = error.into_record_error(retry);
            return self.halt(decisions, &Halt::Failed { record: index, error, candidates: Vec::new() });
        };
        match candidates.as_slice() {
            [id] => {
                let finding = Finding::new(
                    ADOPTED,
                    record.settings.place("duplicateRule"),
                    said!(findings_run::duplicate_adopted(record.name())),
                );
                self.progress.note(finding);
                self.progress.adopt(&self.plan, index, sobject.clone(), id.clone());
                self.start()
            }
            _ => {
                self.progress.settle_as(index, sobject.clone());
                self.halt(decisions, &Halt::Ambiguous { record: index, candidates })
            }
        }
    }

    /// `records` are those of the query that failed; all that are looked up, if the whole request did.
    pub(super) fn not_looked_up(mut self, next: Next, trouble: Trouble, records: Option<&[usize]>) -> Step {
        match next {
            Next::GiveUp(retry) => {
                self.note_drift(trouble.refusal());
                self.lookup_failed(&trouble.into_record_error(retry), records)
            }
            next => self.turned_away(Vec::new(), next, trouble),
        }
    }

    /// Nothing was written, and the host is to run again.
    fn turned_away(self, decisions: Vec<Decision>, next: Next, trouble: Trouble) -> Step {
        let (status, retry, seconds) = next.ending();
        let error = trouble.into_record_error(retry);
        let halt = match (status, seconds) {
            (Status::SessionExpired, _) => Halt::SessionExpired(error),
            (_, Some(seconds)) => Halt::Deferred { error, seconds },
            _ => Halt::AllFailed(error),
        };
        self.halt(decisions, &halt)
    }

    /// The org is not, or no longer, what the settings were written for.
    fn note_drift(&mut self, error: Option<&ApiError>) {
        if !error.is_some_and(ApiError::is_drift) {
            return;
        }
        let said = match self.plan.prepared {
            true => said!(findings_run::org_has_changed()),
            false => said!(findings_run::never_prepared()),
        };
        self.progress.note(Finding::new(FindingCode::PrepareAgain, "/schema", said));
    }
}

/// Whether this record was to be new, and may be an existing one instead.
fn adopts(record: Option<&Current>, decision: Option<&Decision>) -> bool {
    matches!((record, decision), (Some(record), Some(decision)) if may_be_adopted(record, decision))
}

pub(super) fn may_be_adopted(record: &Current, decision: &Decision) -> bool {
    record.may_adopt() && matches!(decision, Decision::Create { .. })
}

/// Whether the field whose value is taken is one that this record is found by, so that looking again tells more.
fn finds_taken(record: Option<&Current>, error: &ApiError) -> bool {
    let is_named = |record: &Current| {
        record.own_keys().chain(record.idempotency_key()).any(|key| error.fields.contains(&key.path.field))
    };
    // That a person is a member of a campaign already, Salesforce says without a field.
    let by_link = |record: &Current| error.fields.is_empty() && record.link_keys().next().is_some();
    record.is_some_and(|record| is_named(record) || by_link(record))
}

/// Whether the next lookup may find the record to be of another SObject.
fn may_turn(record: Option<&Current>) -> bool {
    record.is_some_and(Current::may_be_several)
}

/// Whether a new record is upserted by its idempotency key.
fn marks(record: Option<&Current>) -> bool {
    record.is_some_and(|record| record.idempotency.is_some())
}

fn by_idempotency(record: Option<&Current>) -> bool {
    record.is_some_and(Current::is_found_by_idempotency)
}
