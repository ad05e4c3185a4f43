//! A conversation that wants to send something, and the others with which it can share the request.

use serde_json::Value;

use super::collections::Single;
use super::lookups::is_comparable;
use super::{MAX_CONVERSATIONS, graphs};
use crate::exchange::{Sending, Waiting as _};
use crate::record::Lookup;
use crate::run::{Asks, Waiting};

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
pub(super) enum Kind {
    /// Others that look something up, at most `at_once` together.
    Lookups { at_once: usize },
    /// Others that write one record each.
    Single(Single),
    /// Others that write several, each all or none: these are the subrequests.
    Graph(Vec<Value>),
    /// None.
    Alone,
}

impl Asking {
    pub(super) fn new(Sending { after, within }: Sending, waiting: Waiting, load: Load) -> Self {
        let kind = match waiting.asks() {
            Asks::Lookups { lookups, .. } if is_comparable(lookups) => Kind::Lookups { at_once: MAX_CONVERSATIONS },
            Asks::Lookups { .. } => Kind::Alone,
            Asks::Other => Kind::Alone,
            Asks::Write { needs_details } => match subrequests(&waiting.request().body) {
                None => Kind::Alone,
                Some(subrequests) => match Single::of(&subrequests) {
                    Some(single) if !needs_details => Kind::Single(single),
                    _ if graphs::takes(&subrequests) => Kind::Graph(subrequests),
                    _ => Kind::Alone,
                },
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
}

/// What a composite request is made of.
fn subrequests(body: &str) -> Option<Vec<Value>> {
    let mut body: Value = serde_json::from_slice(body.as_bytes()).ok()?;
    match body.get_mut("compositeRequest").map(Value::take) {
        Some(Value::Array(subrequests)) => Some(subrequests),
        _ => None,
    }
}
