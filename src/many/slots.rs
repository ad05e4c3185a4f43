//! What has become of each conversation.

use super::pending::{Asking, Load};
use super::{Conversation, Many};
use crate::base::Finding;
use crate::record::Lookup;
use crate::report::Outcome;
use crate::run::Run;

/// What has become of a conversation.
pub(super) enum Slot {
    Unread(Unread),
    Held(Box<Held>),
    Asks(Box<Asking>),
    Done(Box<Result<Outcome, Vec<Finding>>>),
}

/// A conversation that is not read yet, or has to be read again.
#[derive(Default)]
pub(super) struct Unread {
    pub(super) conversation: Conversation,
    /// Requests that it has taken part in.
    pub(super) requests: u32,
    /// It was in doubt, and was looked for.
    pub(super) is_probed: bool,
}

/// A conversation that waits for others.
pub(super) struct Held {
    pub(super) run: Run,
    pub(super) wait: Wait,
    pub(super) load: Load,
}

/// What a conversation waits for.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Wait {
    Turn,
    /// One that has found the same record.
    For(usize),
    /// It has overtaken some, and is not to do so again.
    ForAllBefore,
}

impl Unread {
    pub(super) fn slot(conversation: Conversation) -> Slot {
        Slot::Unread(Self { conversation, ..Self::default() })
    }
}

impl Many {
    pub(super) fn asking(&self) -> impl Iterator<Item = (usize, &Asking)> {
        self.slots.iter().enumerate().filter_map(|(index, slot)| match slot {
            Slot::Asks(asking) => Some((index, asking.as_ref())),
            _ => None,
        })
    }

    pub(super) fn asking_at(&self, index: usize) -> Option<&Asking> {
        match self.slots.get(index)? {
            Slot::Asks(asking) => Some(asking),
            _ => None,
        }
    }

    pub(super) fn lookups_of(&self, index: usize) -> &[Lookup] {
        self.asking_at(index).and_then(Asking::lookups).unwrap_or_default()
    }

    pub(super) fn take(&mut self, index: usize) -> Option<Slot> {
        self.slots.get_mut(index).map(|slot| std::mem::replace(slot, Slot::Unread(Unread::default())))
    }

    pub(super) fn put(&mut self, index: usize, slot: Slot) {
        if let Some(place) = self.slots.get_mut(index) {
            *place = slot;
        }
    }
}
