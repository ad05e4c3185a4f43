//! What has happened: from the history and the stream to events, and to the phase that follows.

use super::{Failed, Talk};
use crate::handover::entry::{self, Entry, Routed, What};
use crate::handover::phase::{ChatEvent, EndedBy, Occurrence, Phase, Role};
use crate::handover::wire;
use crate::wire::{TransportErrorKind, sse};

/// Events of one stream that are looked at. The place of the last of them is kept, so that the next call goes on there.
const MAX_STREAMED: usize = 500;
/// Streams of one call: one may end early, or tell nothing that the host is told.
const MAX_STREAMS: u32 = 5;

impl Talk<'_, '_> {
    /// What is new in the history, and then, if nothing is, in the stream. What the stream tells is completed by the history, since
    /// it is not certain that a stream repeats what came while no one was listening.
    pub(in crate::handover) fn hear(&mut self, wait: u64) -> Result<(), Failed> {
        let mut entries = Vec::new();
        let gathered = self.gather(wait, &mut entries);
        for entry in in_order(entries) {
            for what in entry.what {
                let is_newest = entry.at >= self.state.decided;
                if self.take(entry.told_at, what, is_newest) {
                    self.state.decided = entry.at;
                }
            }
        }
        if gathered.is_ok() {
            self.state.seen.settle();
            self.settle();
        }
        gathered
    }

    fn gather(&mut self, wait: u64, entries: &mut Vec<Entry>) -> Result<(), Failed> {
        self.history(entries)?;
        let began = self.line.elapsed();
        for _ in 0..MAX_STREAMS {
            let left = wait.saturating_sub(self.line.elapsed() - began);
            if left == 0 || !is_quiet(entries) || !self.line.exchange.has_time() || !self.stream(left, entries)? {
                return Ok(());
            }
            if !is_quiet(entries) {
                return self.history(entries);
            }
        }
        Ok(())
    }

    /// What the stream tells within this time; false if it cannot be read, which the history makes up for.
    fn stream(&mut self, most: u64, entries: &mut Vec<Entry>) -> Result<bool, Failed> {
        let response = match self.line.once(&wire::listen(self.settings, &self.state), Some(most)) {
            Ok(response) => response,
            // No head of an answer until then: nothing happened.
            Err(error) => return Ok(error.kind == TransportErrorKind::Timeout),
        };
        let is_over = response.status == 401 || sse::is_token_over(&response.body);
        if response.status != 200 && !is_over {
            return Ok(false);
        }
        for event in sse::events(&response.body).iter().take(MAX_STREAMED) {
            if let Some(id) = event.id {
                self.state.take_event(id);
            }
            let entry = entry::of_stream(event, &self.state.conversation);
            entries.extend(entry.and_then(|entry| self.state.unseen(entry)));
        }
        if is_over {
            self.line.renew(&mut self.state)?;
        }
        Ok(true)
    }

    /// Whether it decides the phase: what comes to light later than something newer does not.
    fn take(&mut self, at: u64, what: What, is_newest: bool) -> bool {
        let state = &mut self.state;
        let was = state.phase;
        match what {
            What::Own(_) => {
                state.begun = true;
                false
            }
            What::Transferred => {
                let decides = is_newest && was != Phase::Ended;
                if decides {
                    (state.phase, state.unsettled) = (Phase::Transferring, true);
                }
                decides
            }
            What::Refused(reason) => {
                let decides = is_newest && !matches!(was, Phase::Connected | Phase::Ended);
                if decides {
                    (state.phase, state.unsettled) = (Phase::Refused, false);
                }
                self.tell(at, Occurrence::Refused(reason));
                decides
            }
            What::Ended(_) if was == Phase::Ended => is_newest,
            What::Ended(by) if is_newest => {
                self.over(by);
                self.tell(at, Occurrence::Ended(by));
                true
            }
            What::Ended(_) => {
                // Clocks differ, so it may be the end all the same: the conversation says.
                state.unsettled = true;
                false
            }
            What::AgentLeft(left) => {
                if is_newest && was == Phase::Connected {
                    (state.phase, state.unsettled) = (Phase::Transferring, true);
                }
                self.tell(at, left);
                // A join from before that, which comes to light later, does not connect.
                is_newest && was != Phase::Ended
            }
            What::Told(told) => {
                // A person who writes is there, unless the person's last words come late.
                let is_here = match &told {
                    Occurrence::Joined(_) => true,
                    _ => matches!(was, Phase::Waiting | Phase::Refused),
                };
                let agent = person(&told).filter(|_| is_here && is_newest);
                if let Some(agent) = agent {
                    state.take_agent(agent);
                    (state.phase, state.unsettled, state.ended_by) = (Phase::Connected, false, None);
                }
                let decides = agent.is_some();
                self.tell(at, told);
                decides
            }
        }
    }

    fn tell(&mut self, at: u64, what: Occurrence) {
        // Of typing only changes are told.
        let is_typing = |event: &&ChatEvent| matches!(event.what, Occurrence::Typing(_));
        let last = self.events.iter().rev().find(is_typing).map(|event| &event.what);
        if !matches!(what, Occurrence::Typing(_)) || last != Some(&what) {
            self.events.push(ChatEvent { at, what });
        }
    }

    /// Asks the conversation what it means that an agent has gone. That is no end by itself: transfers begin so.
    fn settle(&mut self) {
        if !self.state.unsettled || !self.line.exchange.has_time() {
            return;
        }
        let Ok(response) = self.line.ask_as(&mut self.state, true, &wire::status) else { return };
        match entry::routed(&response.json().unwrap_or_default()) {
            Routed::ToAgent => (self.state.phase, self.state.unsettled) = (Phase::Connected, false),
            Routed::Over => {
                self.over(EndedBy::Agent);
                self.tell(0, Occurrence::Ended(EndedBy::Agent));
            }
            Routed::Looking | Routed::Unknown => self.state.phase = Phase::Transferring,
        }
    }

    /// The token is over, and with it the chat.
    pub(in crate::handover) fn lost(&mut self) {
        if self.state.phase != Phase::Ended {
            self.over(EndedBy::Unknown);
            self.tell(0, Occurrence::Ended(EndedBy::Unknown));
        }
    }
}

/// By time; where that is the same, the order of one source is kept. There are few, and mostly they come in order: a sort of the
/// library's takes kilobytes of the component.
fn in_order(entries: Vec<Entry>) -> Vec<Entry> {
    let mut sorted: Vec<Entry> = Vec::with_capacity(entries.len());
    for entry in entries {
        let before = sorted.iter().rev().take_while(|other| other.at > entry.at).count();
        sorted.insert(sorted.len() - before, entry);
    }
    sorted
}

/// Whether there is nothing that a host is told.
fn is_quiet(entries: &[Entry]) -> bool {
    entries.iter().all(|entry| entry.what.iter().all(|what| matches!(what, What::Own(_))))
}

/// The name of a person who shows in it.
fn person(told: &Occurrence) -> Option<&str> {
    match told {
        Occurrence::Joined(who) | Occurrence::Message { author: who, .. } if who.role == Role::Agent => Some(&who.name),
        _ => None,
    }
}
