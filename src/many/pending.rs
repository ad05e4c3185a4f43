//! A conversation that wants to send something, and the others with which it can share the request.

use super::MAX_CONVERSATIONS;
use super::lookups::is_comparable;
use crate::exchange::Sending;
use crate::record::Lookup;
use crate::run::{Asks, Waiting};
use crate::wire::record::Operation;
use crate::wire::{collections, graph};

pub(super) struct Asking {
    /// Milliseconds to wait before.
    pub after: u64,
    /// Milliseconds that the answer may take.
    pub within: u64,
    pub waiting: Waiting,
    pub kind: Kind,
    pub load: Load,
}

/// What a conversation carries with it.
#[derive(Clone, Copy, Default)]
pub(super) struct Load {
    /// Memory, in bytes, about.
    pub weight: usize,
    /// Requests that it has taken part in.
    pub requests: u32,
    /// It was in doubt when the call began, and is until this moment, in milliseconds since then.
    pub doubt: Option<u64>,
    /// It is in doubt, and is looked for before it is its turn.
    pub probes: bool,
    /// It was in doubt, and is run all the same.
    pub repeats: bool,
    /// Its request was carried out before some that it should have followed.
    pub overtakes: bool,
}

/// Which others can share the request.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Others that look something up, at most `at_once` together.
    Lookups { at_once: usize },
    /// Others that write one record each.
    Single,
    /// Others that write several, each all or none.
    Graph,
    /// None.
    Alone,
}

impl Asking {
    pub(super) fn new(Sending { after, within }: Sending, waiting: Waiting, load: Load) -> Self {
        let kind = match waiting.asks() {
            Asks::Lookups { lookups, .. } if is_comparable(lookups) => Kind::Lookups { at_once: MAX_CONVERSATIONS },
            Asks::Lookups { .. } | Asks::Other => Kind::Alone,
            Asks::Write { operations, needs_details } => match operations {
                [only] if !needs_details && collections::takes(only) => Kind::Single,
                several if graph::takes(several) => Kind::Graph,
                _ => Kind::Alone,
            },
        };
        Self { after, within, waiting, kind, load }
    }

    /// Nothing is written yet, and it is about to look what there is.
    pub(super) fn is_undecided(&self) -> bool {
        matches!(self.waiting.asks(), Asks::Lookups { undecided: true, .. })
    }

    pub(super) fn lookups(&self) -> Option<&[Lookup]> {
        match self.waiting.asks() {
            Asks::Lookups { lookups, .. } => Some(lookups),
            Asks::Write { .. } | Asks::Other => None,
        }
    }

    /// What it writes.
    pub(super) fn operations(&self) -> &[Operation] {
        match self.waiting.asks() {
            Asks::Write { operations, .. } => operations,
            Asks::Lookups { .. } | Asks::Other => &[],
        }
    }
}
