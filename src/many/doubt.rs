//! What is not settled when a call begins: conversations that were on their way when the host lost sight of them, and those of
//! earlier calls that later ones must not overtake.
//!
//! Salesforce gives a call ten minutes, so for that long a request whose answer was lost may still write something. Until then
//! whatever is not there is in doubt, and nothing is written that it may turn out to be. The doubt must outlive a call of
//! `run-many`: the host keeps the conversation, which it has anyway, and when it was sent last. Nothing else has to be stored, no
//! key and no hash of one. Source: App Limits Cheatsheet, API call timeout.

use super::order::Over;
use super::pending::{Asking, Load};
use super::{Held, Many, Slot, Wait};
use crate::report::{Code, Outcome, RecordError, RecordResult, Retry, RunKind, Status};
use crate::run::Run;
use crate::salesforce::RecordId;
use crate::texts::text;
use crate::value::Variables;

/// How long a request whose answer was lost may be at work, in seconds.
pub const DOUBT_SECONDS: u32 = 600;

/// A conversation that is to be run.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Conversation {
    /// A JSON object.
    pub variables: String,
    /// It may have been carried out: seconds since a request could last have been sent for it.
    pub in_doubt_for: Option<u32>,
}

/// A conversation of an earlier call that is not settled. It is not run, and others are kept from overtaking it.
#[derive(Clone, Debug, PartialEq)]
pub struct Earlier {
    /// A JSON object.
    pub variables: String,
    /// Whether it has written is not known; without it, it wrote nothing and will be run again.
    pub in_doubt_for: Option<u32>,
    /// Ids in its outcome; `None` if there is none.
    pub records: Option<Vec<String>>,
}

impl From<String> for Conversation {
    fn from(variables: String) -> Self {
        Self { variables, in_doubt_for: None }
    }
}

impl Many {
    /// Notes what a conversation of an earlier call may have written, or will.
    pub(super) fn stands_in_the_way(&mut self, index: usize, earlier: &Earlier) {
        // Of one without variables nothing was sent.
        let Ok(variables) = Variables::parse(&earlier.variables) else { return };
        let run = Run::new(&self.settings, super::MAX_SECONDS, &variables, RunKind::Write).among_many(self.now);
        if earlier.in_doubt_for.is_some() {
            self.claims.doubt(index, &run);
        }
        let over = match earlier.in_doubt_for {
            // If it is not found, its record may have other keys now: no later one can tell its own record from it.
            Some(seconds) if seconds >= DOUBT_SECONDS && self.claims.keys_change() => Over::LeftToPeople,
            Some(seconds) if seconds >= DOUBT_SECONDS => return,
            Some(seconds) => Over::InDoubt { until: until(seconds), of_earlier_call: true },
            None => Over::Again,
        };
        self.claims.claim(index, &run);
        self.claims.over(index, over);
        if let Some(records) = &earlier.records {
            let ids: Vec<RecordId> = records.iter().filter_map(|id| RecordId::of_answer(id)).collect();
            // A lookup that failed has found nothing, and the next one may.
            if !ids.is_empty() || earlier.in_doubt_for.is_some() {
                self.claims.find(index, &ids, self.now.elapsed);
            }
        }
    }

    /// Of a conversation that may have been carried out: looks for it, where it must not be sent again. Whether it has begun.
    pub(super) fn look_for(&mut self, index: usize, held: Held, seconds: u32) -> bool {
        let (until, schema) = (until(seconds), self.settings.schema.as_ref());
        let is_over = until <= self.now.elapsed && held.run.can_be_looked_for();
        if held.run.fails() || is_over || held.run.is_written_once(schema) {
            let load = Load { repeats: true, ..held.load };
            self.put(index, Slot::Held(Box::new(Held { load, ..held })));
            return false;
        }
        let load = Load { doubt: Some(until), ..held.load };
        match held.run.can_be_looked_for() {
            true => {
                self.claims.look_for(index, until);
                self.start_one(index, Held { run: held.run.only_looking(in_doubt()), wait: Wait::Turn, load });
            }
            false => self.went(index, load, held.run.end_in_doubt(left_to_people())),
        }
        true
    }

    /// It is looked for, and an earlier one about the same record is not settled: it stays in doubt, and both are run in their order.
    pub(super) fn behind_unsettled(&mut self, index: usize, asking: Asking, ids: &[RecordId]) {
        let Asking { waiting, load, .. } = asking;
        self.claims.find(index, ids, self.now.elapsed);
        self.went(index, load, waiting.before_lookup().end_in_doubt(in_doubt_behind()));
    }

    /// A conversation has ended: it is finished, or in the way of later ones.
    pub(super) fn ended(&mut self, index: usize, load: Load, outcome: &mut Outcome) {
        let until = load.doubt.unwrap_or(self.now.elapsed + until(0));
        if self.claims.keys_change() && errors(outcome).any(is_left_to_people) {
            self.claims.over(index, Over::LeftToPeople);
        } else if outcome.records.iter().any(|record| record.result == RecordResult::Unknown) {
            if load.doubt.is_some() && errors(outcome).any(|error| error.retry == Retry::Later) {
                outcome.retry_after_seconds = self.seconds_to(until);
            }
            self.claims.over(index, Over::InDoubt { until, of_earlier_call: load.doubt.is_some() });
        } else if is_run_again(outcome) {
            self.claims.over(index, Over::Again);
        } else {
            self.claims.release(index);
        }
    }

    /// It must not run after one that is over so.
    pub(super) fn refuse(&mut self, index: usize, held: Held, over: Over) {
        let (error, until) = match over {
            Over::InDoubt { until, .. } => (earlier_unknown(), Some(until)),
            Over::Again => (earlier_not_written(), None),
            Over::LeftToPeople => (earlier_left_to_people(), None),
        };
        self.went(index, held.load, held.run.refuse(error));
        let seconds = until.and_then(|until| self.seconds_to(until));
        if let Some(Slot::Done(result)) = self.slots.get_mut(index)
            && let Ok(outcome) = result.as_mut()
        {
            outcome.retry_after_seconds = seconds;
        }
    }

    fn seconds_to(&self, moment: u64) -> Option<u32> {
        u32::try_from(moment.saturating_sub(self.now.elapsed).div_ceil(1_000)).ok()
    }
}

/// When a doubt ends, in milliseconds since the call began.
fn until(seconds_ago: u32) -> u64 {
    u64::from(DOUBT_SECONDS.saturating_sub(seconds_ago)) * 1_000
}

fn errors(outcome: &Outcome) -> impl Iterator<Item = &RecordError> {
    outcome.records.iter().filter_map(|record| record.error.as_ref())
}

/// Whether the host is told to run it again: nothing of it is written, and then it may go better.
fn is_run_again(outcome: &Outcome) -> bool {
    let helps = |error: &RecordError| [Retry::Later, Retry::RenewSession].contains(&error.retry);
    match outcome.status {
        Status::SessionExpired | Status::Deferred => true,
        Status::Failed => errors(outcome).next().is_some() && errors(outcome).all(helps),
        Status::Done | Status::Ambiguous => false,
    }
}

/// Whether only a person can settle it, or one before it.
fn is_left_to_people(error: &RecordError) -> bool {
    error.retry == Retry::Verify && matches!(error.code, Code::InDoubt | Code::EarlierUnknown)
}

fn earlier_left_to_people() -> RecordError {
    RecordError::new(Code::EarlierUnknown, text!(doubt::EARLIER_LEFT_TO_PEOPLE)).with_retry(Retry::Verify)
}

fn earlier_unknown() -> RecordError {
    RecordError::new(Code::EarlierUnknown, text!(doubt::EARLIER_UNKNOWN)).with_retry(Retry::Later)
}

fn earlier_not_written() -> RecordError {
    RecordError::new(Code::EarlierNotWritten, text!(doubt::EARLIER_NOT_WRITTEN))
}

fn in_doubt() -> RecordError {
    RecordError::new(Code::InDoubt, text!(doubt::SENT_BEFORE)).with_retry(Retry::Later)
}

fn in_doubt_behind() -> RecordError {
    RecordError::new(Code::InDoubt, text!(doubt::SENT_BEFORE_BEHIND)).with_retry(Retry::Later)
}

fn left_to_people() -> RecordError {
    RecordError::new(Code::InDoubt, text!(doubt::SENT_BEFORE_LEFT_TO_PEOPLE)).with_retry(Retry::Verify)
}
