//! What the functions do, request by request: opening and ending here, the rest in its parts.

mod history;
mod receiving;
mod sending;

use serde_json::{Map, Value};

use super::forms::Forms;
use super::id::uuid;
use super::line::{Failed, Line};
use super::phase::{ChatEvent, EndedBy, Phase};
use super::plan::Opening;
use super::state::State;
use super::{Delivery, Message, Outgoing, wire};
use crate::base::{Finding, FindingCode};
use crate::report::{Code, RecordError, Retry};
use crate::settings::HandoverSettings;
use crate::texts::{said, text};

/// How long after a lost answer is looked whether the request was carried out, in milliseconds.
pub(super) const LOOK_AFTER: u64 = 1_000;
/// Times that one message is sent, if it was looked for in between and was not there.
pub(super) const MAX_SENDS: u32 = 2;

/// One call about one chat.
pub(super) struct Talk<'t, 's> {
    pub(super) line: Line<'t>,
    pub(super) settings: &'s HandoverSettings,
    pub(super) state: State,
    pub(super) events: Vec<ChatEvent>,
    pub(super) findings: Vec<Finding>,
}

impl Talk<'_, '_> {
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
    pub(super) fn open(&mut self, attributes: Map<String, Value>) -> Result<(), Delivery> {
        // Those of an earlier call have been held against the form.
        self.state.attributes.get_or_insert(attributes);
        let mut sends = 1;
        // A call with an earlier token may have sent it.
        while !self.state.opened {
            let settings = self.settings;
            let asked = self.line.ask_as(&mut self.state, false, &|state| wire::create(settings, state));
            let Err(failed) = asked else {
                self.state.opened = true;
                break;
            };
            // Whether it is there and ours is asked also after a refusal: that may be of a conversation that is there already.
            let after = if failed.is_in_doubt() { LOOK_AFTER } else { 0 };
            match self.is_open(after) {
                Some(true) => self.state.opened = true,
                Some(false) if failed.is_in_doubt() && !failed.is_late && sends < MAX_SENDS => sends += 1,
                _ if failed.is_in_doubt() => return Err(Delivery::Unknown(failed.into_error())),
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
        match self.line.ask_as(&mut self.state, true, &wire::status) {
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

    /// It is over, whoever says so first.
    pub(super) fn over(&mut self, by: EndedBy) {
        if self.state.phase != Phase::Ended {
            (self.state.phase, self.state.ended_by) = (Phase::Ended, Some(by));
            self.state.unsettled = false;
        }
    }

    /// Closes the conversation. Twice is once.
    pub(super) fn close(&mut self) -> Delivery {
        let settings = self.settings;
        match self.line.ask_as(&mut self.state, true, &|state| wire::close(settings, state)) {
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
