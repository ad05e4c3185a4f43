//! What the functions do, request by request.

use serde_json::{Map, Value};

use super::entry::{self, Entry, Routed, What};
use super::forms::Forms;
use super::id::uuid;
use super::line::{Failed, Line};
use super::phase::{ChatEvent, EndedBy, Occurrence, Phase, Role};
use super::plan::Opening;
use super::state::State;
use super::{Delivery, Message, Outgoing, wire};
use crate::base::{Finding, FindingCode};
use crate::report::{Code, RecordError, Retry};
use crate::settings::HandoverSettings;
use crate::texts::{said, text};
use crate::wire::{Response, TransportErrorKind, sse};

/// How long after a lost answer is looked whether the request was carried out, in milliseconds.
const LOOK_AFTER: u64 = 1_000;
/// Times that one message is sent, if it was looked for in between and was not there.
const MAX_SENDS: u32 = 2;
/// Pages of the history that are read at once, and in which a message is looked for.
const MAX_PAGES: usize = 5;
/// Events of one stream that are looked at. The place of the last of them is kept, so that the next call goes on there.
const MAX_STREAMED: usize = 500;
/// Streams of one call: one may end early, or tell nothing that the host is told.
const MAX_STREAMS: u32 = 5;

/// One call about one chat.
pub(super) struct Talk<'t, 's> {
    pub(super) line: Line<'t>,
    pub(super) settings: &'s HandoverSettings,
    pub(super) state: State,
    pub(super) events: Vec<ChatEvent>,
    pub(super) findings: Vec<Finding>,
}

/// Whether a message is in the history.
enum Sought {
    There,
    NotThere,
    Unclear,
}

impl Talk<'_, '_> {
    // Opening.

    /// A token, for a chat that has none yet; and what the form makes of the attributes.
    pub(super) fn ask_for_token(&mut self, attributes: &mut Map<String, Value>) -> Result<(), RecordError> {
        let (answer, issued) = match ask_for_token(&mut self.line, self.settings) {
            Ok(answer) => answer,
            Err(failed) => return Err(failed.into_error().followed_by(&text!(chat::CHECK_DEPLOYMENT))),
        };
        let token = answer.get("accessToken").and_then(Value::as_str).unwrap_or_default();
        if !self.state.take_token(token, issued) {
            return Err(RecordError::new(Code::AnswerUnreadable, text!(chat::NO_TOKEN)).with_retry(Retry::Later));
        }
        if let Some(id) = answer.get("lastEventId").and_then(Value::as_str) {
            self.state.take_event(id);
        }
        let forms = Forms::of_answer(&answer);
        self.findings.extend(forms.fit(self.settings, attributes));
        Ok(())
    }

    /// The conversation, once.
    pub(super) fn open(&mut self, attributes: &Map<String, Value>) -> Result<(), Delivery> {
        self.state.attributes = Some(attributes.clone());
        let mut sends = 1;
        // A call with an earlier token may have sent it.
        while !self.state.opened {
            let settings = self.settings;
            let asked = self.line.ask_as(&mut self.state, false, |state| wire::create(settings, state, attributes));
            let Err(failed) = asked else {
                self.state.opened = true;
                break;
            };
            // Whether it is there and ours is asked also after a refusal: that may be of a conversation that is there already.
            let after = if failed.is_in_doubt() { LOOK_AFTER } else { 0 };
            match self.is_open(after) {
                Some(true) => self.state.opened = true,
                Some(false) if failed.is_in_doubt() && !failed.is_late && sends < MAX_SENDS => sends += 1,
                None if failed.is_in_doubt() => return Err(Delivery::Unknown(failed.into_error())),
                Some(false) if failed.is_in_doubt() => return Err(Delivery::Unknown(failed.into_error())),
                _ if failed.status == Some(409) => {
                    let error = RecordError::new(Code::ChatOpenedBefore, text!(chat::OPENED_BEFORE));
                    return Err(Delivery::Failed(error));
                }
                _ => return Err(Delivery::Failed(failed.into_error())),
            }
        }
        Ok(())
    }

    /// Whether the conversation is there for this token; `None` if that is not known.
    fn is_open(&mut self, after: u64) -> Option<bool> {
        if !self.line.exchange.has_time() {
            return None;
        }
        self.line.wait(after);
        match self.line.ask_as(&mut self.state, true, wire::status) {
            Ok(_) => Some(true),
            Err(failed) if failed.is_gone() => Some(false),
            Err(_) => None,
        }
    }

    /// The transcript. The chat is open whatever becomes of it.
    pub(super) fn greet(&mut self, opening: &Opening, again: bool) -> Delivery {
        for (at, text) in opening.messages.iter().enumerate() {
            let id = uuid(&["transcript", &self.state.conversation, &at.to_string()]);
            match self.deliver(&Message { id, content: Outgoing::Text(text.clone()) }, again) {
                Delivery::Sent => {}
                Delivery::Failed(_) => {
                    let said = said!(findings_handover::transcript_not_sent());
                    self.findings.push(Finding::new(FindingCode::TranscriptNotSent, "/transcript", said));
                    break;
                }
                unknown @ Delivery::Unknown(_) => return unknown,
            }
        }
        Delivery::Sent
    }

    // Sending.

    /// One message, once.
    pub(super) fn deliver(&mut self, message: &Message, again: bool) -> Delivery {
        if again {
            match self.seek(&message.id) {
                Sought::There => {
                    self.sent(false);
                    return Delivery::Sent;
                }
                Sought::NotThere => {}
                Sought::Unclear => {
                    let error = RecordError::new(Code::Timeout, text!(chat::NOT_LOOKED_FOR));
                    return Delivery::Unknown(error.with_retry(Retry::Verify));
                }
            }
        }
        let mut sends = 1;
        let mut begins = !self.state.begun;
        loop {
            let settings = self.settings;
            let asked =
                self.line.ask_as(&mut self.state, false, |state| wire::message(settings, state, message, begins));
            let failed = match asked {
                Ok(_) => {
                    self.sent(begins);
                    return Delivery::Sent;
                }
                Err(failed) => failed,
            };
            if failed.status == Some(417) && !begins {
                // The session is over, and the next one wants to be told what the first was.
                begins = true;
            } else if failed.is_in_doubt() {
                self.line.wait(LOOK_AFTER);
                match self.seek(&message.id) {
                    Sought::There => {
                        self.sent(begins);
                        return Delivery::Sent;
                    }
                    Sought::NotThere if !failed.is_late && sends < MAX_SENDS => sends += 1,
                    _ => return Delivery::Unknown(failed.into_error()),
                }
            } else {
                return self.refused(failed);
            }
        }
    }

    fn sent(&mut self, begins: bool) {
        self.state.begun = true;
        if begins && self.state.phase.is_over() {
            (self.state.phase, self.state.ended_by) = (Phase::Waiting, None);
        }
    }

    fn refused(&mut self, failed: Failed) -> Delivery {
        if failed.is_token_over() {
            self.over(EndedBy::Unknown);
        } else if failed.is_gone() {
            self.over(EndedBy::Unknown);
            return Delivery::Failed(RecordError::new(Code::ChatEnded, text!(chat::ENDED)));
        }
        Delivery::Failed(failed.into_error())
    }

    fn over(&mut self, by: EndedBy) {
        if self.state.phase != Phase::Ended {
            (self.state.phase, self.state.ended_by) = (Phase::Ended, Some(by));
            self.state.unsettled = false;
        }
    }

    /// Looks for a message of ours by its id, from the newest back.
    fn seek(&mut self, id: &str) -> Sought {
        let mut before = None;
        for _ in 0..MAX_PAGES {
            if !self.line.exchange.has_time() {
                return Sought::Unclear;
            }
            let asked = self.line.ask_as(&mut self.state, true, |state| wire::entries_before(state, before));
            let Some(page) = asked.ok().and_then(|response| Page::of(&response)) else { return Sought::Unclear };
            if page.entries.iter().any(|entry| entry.is_own(id)) {
                return Sought::There;
            }
            let oldest = page.entries.iter().map(|entry| entry.at).min();
            if page.is_last || oldest == before {
                return Sought::NotThere;
            }
            before = oldest;
        }
        Sought::Unclear
    }

    // Receiving.

    /// What is new in the history, and then, if nothing is, in the stream. What the stream tells is completed by the history, since
    /// it is not certain that a stream repeats what came while no one was listening.
    pub(super) fn hear(&mut self, wait: u64) -> Result<(), Failed> {
        let mut entries = Vec::new();
        let gathered = self.gather(wait, &mut entries);
        // The order of one source is kept where the times are the same.
        entries.sort_by_key(|entry| entry.at);
        for entry in entries {
            for what in entry.what {
                self.take(entry.told_at, what);
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

    fn history(&mut self, entries: &mut Vec<Entry>) -> Result<(), Failed> {
        let mut from = self.state.seen.from();
        for _ in 0..MAX_PAGES {
            let response = self.line.ask_as(&mut self.state, true, |state| wire::entries_from(state, from))?;
            let Some(page) = Page::of(&response) else { return Err(Failed::unreadable(&response)) };
            let newest = page.entries.iter().map(|entry| entry.at).max();
            entries.extend(page.entries.into_iter().filter_map(|entry| self.state.unseen(entry)));
            if page.is_last || newest.is_none_or(|newest| newest <= from) {
                break;
            }
            from = newest.unwrap_or(from);
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

    fn take(&mut self, at: u64, what: What) {
        let state = &mut self.state;
        match what {
            What::Own(_) => {
                state.begun = true;
            }
            What::Transferred => {
                (state.phase, state.unsettled) = (Phase::Transferring, true);
            }
            What::Refused(reason) => {
                if state.phase != Phase::Connected {
                    (state.phase, state.unsettled) = (Phase::Refused, false);
                }
                self.tell(at, Occurrence::Refused(reason));
            }
            What::Ended(by) => {
                if state.phase != Phase::Ended {
                    self.over(by);
                    self.tell(at, Occurrence::Ended(by));
                }
            }
            What::AgentLeft(left) => {
                if state.phase == Phase::Connected {
                    (state.phase, state.unsettled) = (Phase::Transferring, true);
                }
                self.tell(at, left);
            }
            What::Told(told) => {
                // A person who writes is there, unless the person's last words come late.
                let is_here = match &told {
                    Occurrence::Joined(_) => true,
                    _ => matches!(state.phase, Phase::Waiting | Phase::Refused),
                };
                if let (Some(agent), true) = (person(&told), is_here) {
                    state.take_agent(agent);
                    (state.phase, state.unsettled, state.ended_by) = (Phase::Connected, false, None);
                }
                self.tell(at, told);
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
        let Ok(response) = self.line.ask_as(&mut self.state, true, wire::status) else { return };
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
    pub(super) fn lost(&mut self) {
        if self.state.phase != Phase::Ended {
            self.over(EndedBy::Unknown);
            self.tell(0, Occurrence::Ended(EndedBy::Unknown));
        }
    }

    // Ending.

    /// Closes the conversation. Twice is once.
    pub(super) fn close(&mut self) -> Delivery {
        let settings = self.settings;
        match self.line.ask_as(&mut self.state, true, |state| wire::close(settings, state)) {
            Err(failed) if !failed.is_gone() && !failed.is_token_over() => Delivery::Failed(failed.into_error()),
            _ => {
                self.over(EndedBy::Visitor);
                Delivery::Sent
            }
        }
    }
}

/// The token answer, and when it came.
pub(super) fn ask_for_token(line: &mut Line, settings: &HandoverSettings) -> Result<(Value, u32), Failed> {
    let response = line.ask(&wire::token(settings), true)?;
    let answer = response.json().ok_or_else(|| Failed::unreadable(&response))?;
    Ok((answer, line.clock()))
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
