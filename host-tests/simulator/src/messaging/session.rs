//! Sessions: begun by a visitor, ended by either side, and their records in the org.

use serde_json::json;

use super::Messaging;
use super::body;
use super::conversation::{Session, Status};
use super::deployment::LANGUAGES;
use super::entry::Sender;
use super::refusal::Refusal;
use super::token::Token;
use super::turn::{Answer, Turn, empty};
use crate::http::Request;

/// What a session's record in the org says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionRecord {
    /// Counted in the whole org.
    pub number: u64,
    pub status: Status,
    pub conversation: String,
    /// What the attribute says; whether there is such a Case is not known here.
    pub case_id: Option<String>,
    /// When the status began, in milliseconds since 1970.
    pub since: i64,
}

impl Messaging {
    /// What became of sessions since this was asked last, in its order.
    pub fn take_changed(&mut self) -> Vec<SessionRecord> {
        std::mem::take(&mut self.changed)
    }

    fn record(&self, id: &str) -> Option<SessionRecord> {
        let conversation = self.conversations.get(id)?;
        let session = conversation.session.as_ref()?;
        Some(SessionRecord {
            number: session.number,
            status: session.status,
            conversation: id.to_owned(),
            case_id: conversation.attributes.get("Case_Id").cloned(),
            since: session.since,
        })
    }
}

impl Turn<'_> {
    /// A session that waits for an agent, or fails at once if none is there.
    pub fn begin_session(&mut self, id: &str) {
        self.state.sessions += 1;
        let session = Session {
            number: self.state.sessions,
            status: Status::Waiting,
            since: self.now,
            routing: "INITIAL",
            agent: None,
            handed_on_by: None,
            step: 0,
            due: None,
            unanswered: 0,
            last_text: String::new(),
        };
        let Some(conversation) = self.state.conversations.get_mut(id) else { return };
        conversation.session = Some(session);
        conversation.note_missing();
        if let Some(language) = conversation.language.as_deref().filter(|language| !LANGUAGES.contains(language)) {
            let remark = format!("the channel does not speak {language}");
            conversation.remarks.insert(remark);
        }
        self.initial_routing(id);
    }

    pub fn end_session(&mut self, id: &str, request: &Request, token: &Token) -> Answer {
        body::deployment_of_query(request, token)?;
        if self.live(id).is_none() {
            return Err(Refusal::new(404, "This conversation has no active session."));
        }
        let told = self.switches.end_is_told;
        self.end(id, "EndUser", told);
        empty(204)
    }

    /// Closes the conversation with its session.
    pub fn close(&mut self, id: &str, request: &Request, token: &Token) -> Answer {
        body::deployment_of_query(request, token)?;
        if self.conversation(id)?.closed {
            return Err(Refusal::new(404, "This conversation is closed."));
        }
        if self.live(id).is_some() {
            let told = self.switches.end_is_told;
            self.end(id, "EndUser", told);
        }
        self.conversation(id)?.closed = true;
        let sender = Sender::visitor(&token.subject);
        self.mention(id, "CloseConversation", "CONVERSATION_CLOSE_CONVERSATION", sender, json!({}));
        empty(204)
    }

    /// The end of a session. Where it is not told, only the routing status says so.
    pub fn end(&mut self, id: &str, by: &str, told: bool) {
        let Some(before) = self.live(id).map(|session| session.status) else { return };
        if let Some(place) = self.live(id).and_then(|session| session.agent) {
            self.participant(id, place, "remove");
        }
        if told {
            let payload = json!({
                "sessionStatus": "Ended",
                "sessionStatusPrev": before.name(),
                "sessionEndedByRole": by,
            });
            self.tell(id, "SessionStatusChanged", Sender::system(), payload);
        }
        let now = self.now;
        if let Some(session) = self.live(id) {
            (session.status, session.since, session.routing, session.due) = (Status::Ended, now, "NEEDS_ROUTING", None);
        }
        self.changed(id);
    }

    pub fn changed(&mut self, id: &str) {
        let record = self.state.record(id);
        self.state.changed.extend(record);
        self.state.version += 1;
    }
}
