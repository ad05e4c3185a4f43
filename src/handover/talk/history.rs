//! The history of a conversation: what is new in it, and whether a message of ours is there.

use super::{Failed, Talk};
use crate::handover::entry::{self, Entry, What};
use crate::handover::wire;
use crate::wire::Response;

/// Entries of the history that are read at once, and among which a message is looked for.
const MAX_HISTORY: usize = 250;
/// From so many bytes on, no further page is read in this call.
const MAX_HISTORY_BYTES: usize = 4 << 20;

/// Whether a message is in the history.
pub(super) enum Sought {
    There,
    NotThere,
    Unclear,
}

impl Talk<'_, '_> {
    /// Adds what was not told yet.
    pub(super) fn history(&mut self, entries: &mut Vec<Entry>) -> Result<(), Failed> {
        let (mut from, mut read) = (self.state.seen.from(), 0);
        for _ in 0..MAX_HISTORY / wire::PAGE {
            let response = self.line.ask_as(&mut self.state, true, &|state| wire::entries_from(state, from))?;
            let Some(page) = Page::of(&response) else { return Err(Failed::unreadable(&response)) };
            let newest = page.entries.iter().map(|entry| entry.at).max();
            entries.extend(page.entries.into_iter().filter_map(|entry| self.state.unseen(entry)));
            read += response.body.len();
            if page.is_last || read > MAX_HISTORY_BYTES || newest.is_none_or(|newest| newest <= from) {
                break;
            }
            from = newest.unwrap_or(from);
        }
        Ok(())
    }

    /// Looks for a message of ours by its id, from the newest back.
    pub(super) fn seek(&mut self, id: &str) -> Sought {
        let mut before = None;
        for _ in 0..MAX_HISTORY / wire::PAGE {
            if !self.line.exchange.has_time() {
                return Sought::Unclear;
            }
            let asked = self.line.ask_as(&mut self.state, true, &|state| wire::entries_before(state, before));
            let Some(page) = asked.ok().and_then(|response| Page::of(&response)) else { return Sought::Unclear };
            if page.entries.iter().any(|entry| entry.is_own(id)) {
                return Sought::There;
            }
            if page.is_last {
                return Sought::NotThere;
            }
            // Doubt: whether the end of the time is within. The rest of its millisecond is to be seen either way.
            let oldest = page.entries.iter().map(|entry| entry.at + 1).min();
            if oldest == before {
                return Sought::Unclear;
            }
            before = oldest;
        }
        Sought::Unclear
    }
}

/// One page of the history.
struct Page {
    entries: Vec<Entry>,
    is_last: bool,
}

impl Page {
    fn of(response: &Response) -> Option<Self> {
        let answer = response.json()?;
        let listed = answer.get("conversationEntries")?.as_array()?;
        let entries = listed.iter().filter_map(entry::of_history).collect();
        Some(Self { entries, is_last: listed.len() < wire::PAGE })
    }
}

impl Entry {
    /// Whether it is the visitor's message of this id.
    fn is_own(&self, id: &str) -> bool {
        self.identifier == id || self.what.iter().any(|what| matches!(what, What::Own(own) if own == id))
    }
}
