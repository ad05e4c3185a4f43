//! Conversations in doubt whose keys others in doubt may have changed.
//!
//! With `matchKeys` "any", `adopt` or `lookIn`, a record may be found by one value and be given another: then the conversation that
//! wrote it first finds it no longer, and would create it once more. So all that are in doubt are looked for before the first is
//! run. One that is not found is not created where another one may have changed its record: one that looks for what this one
//! leaves, or a later one that was carried out. And where a later one that was carried out looks for what this one leaves, a record
//! that is found may be another one's, and is not written. What is so, only people can tell then.

use super::order::Hidden;
use super::pending::Load;
use super::{Conversation, Held, Many, Slot, Unread, Wait};
use crate::report::{Code, Outcome, RecordError, RecordOutcome, Retry};
use crate::texts::text;

impl Many {
    /// Whether this conversation is to be looked for before all else.
    pub(super) fn is_to_probe(&self, slot: &Slot) -> bool {
        let is_new = |unread: &Unread| unread.conversation.in_doubt_for.is_some() && !unread.is_probed;
        self.claims.keys_change() && matches!(slot, Slot::Unread(unread) if is_new(unread))
    }

    /// Looks for a conversation. Whether that has begun.
    pub(super) fn probe(&mut self, index: usize, held: Held, conversation: Conversation) -> bool {
        self.claims.doubt(index, &held.run);
        self.probes.push((index, conversation));
        let load = Load { probes: true, doubt: Some(0), ..held.load };
        self.start_one(index, Held { run: held.run.only_looking(keys_changed()), wait: Wait::Turn, load });
        true
    }

    /// It was looked for. Whatever was found, it is read again, for its turn among the others.
    pub(super) fn probed(&mut self, index: usize, load: Load, outcome: &Outcome) -> Slot {
        self.claims.release(index);
        self.weight = self.weight.saturating_sub(load.weight);
        // Where several fit, or the lookup failed, it may be there.
        let lacks =
            |record: &RecordOutcome| record.error.as_ref().is_some_and(|error| matches!(error.code, Code::InDoubt));
        if !outcome.records.iter().any(lacks) {
            self.claims.may_be_there(index);
        }
        let of_it = self.probes.iter().position(|(other, _)| *other == index);
        let conversation = of_it.map(|at| self.probes.swap_remove(at).1).unwrap_or_default();
        Slot::Unread(Unread { conversation, requests: load.requests, is_probed: true })
    }

    /// Of a conversation that is run although it may have been carried out: keeps it from creating what may be there already, and
    /// from writing to a record that another one has created.
    pub(super) fn barred(&self, index: usize, held: Held) -> Held {
        let hidden = if held.load.repeats { self.claims.hidden(index) } else { Hidden::No };
        match hidden {
            Hidden::No => held,
            Hidden::Perhaps => Held { run: held.run.only_updating(keys_changed()), ..held },
            Hidden::OrMistaken => Held { run: held.run.only_looking(keys_changed()), ..held },
        }
    }
}

fn keys_changed() -> RecordError {
    RecordError::new(Code::InDoubt, text!(doubt::SENT_BEFORE_KEYS_CHANGED)).with_retry(Retry::Verify)
}
