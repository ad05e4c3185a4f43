//! One message, once.

use super::history::Sought;
use super::{Failed, LOOK_AFTER, MAX_SENDS, Talk};
use crate::handover::phase::{EndedBy, Phase};
use crate::handover::{Delivery, Message, Outgoing, wire};
use crate::report::{Code, RecordError, Retry};
use crate::texts::text;

impl Talk<'_, '_> {
    /// One message, once.
    pub(in crate::handover) fn deliver(&mut self, message: &Message, again: bool) -> Delivery {
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
                self.line.ask_as(&mut self.state, false, &|state| wire::message(settings, state, message, begins));
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
            } else if failed.status == Some(409) && matches!(self.seek(&message.id), Sought::There) {
                // Doubt: whether a message that is known is taken as one that has come, or refused.
                self.sent(begins);
                return Delivery::Sent;
            } else if failed.status == Some(403) && matches!(message.content, Outgoing::File { .. }) {
                return Delivery::Failed(RecordError::new(Code::BadFile, text!(chat::FILE_REFUSED)));
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
}
