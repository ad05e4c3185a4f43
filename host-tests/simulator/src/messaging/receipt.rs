//! Typing and receipts, of both sides.

use serde_json::json;

use super::body;
use super::entry::Sender;
use super::refusal::Refusal;
use super::turn::{Answer, Turn, empty};
use crate::document::Node;
use crate::http::Request;

impl Turn<'_> {
    /// What a visitor does beside sending: typing. It is seen by agents only.
    pub fn typing(&mut self, id: &str, request: &Request) -> Answer {
        let json = body::json(request)?;
        let node = Node::new(body::BODY, &json);
        node.only(&["entryType", "id"])?;
        let kind = node.need("entryType", "\"TypingStartedIndicator\"")?;
        let kind = kind.word(&["TypingStartedIndicator", "TypingStoppedIndicator"])?;
        body::id(&node, "id")?;
        self.state.version += 1;
        let conversation = self.conversation(id)?;
        if conversation.closed {
            return Err(Refusal::new(403, "The session is no longer valid."));
        }
        conversation.visitor_types = kind == "TypingStartedIndicator";
        empty(202)
    }

    /// What a visitor got or read.
    pub fn acknowledge(&mut self, id: &str, request: &Request) -> Answer {
        let json = body::json(request)?;
        let node = Node::new(body::BODY, &json);
        node.only(&["acks"])?;
        let acks = node.need("acks", "a list of acknowledgements")?.items()?;
        for ack in &acks {
            ack.only(&["id", "entryType", "conversationEntryId"])?;
            body::id(ack, "id")?;
            ack.need("entryType", "\"Delivery\" or \"Read\"")?.word(&["Delivery", "Read"])?;
            let entry = ack.need("conversationEntryId", "the identifier of an entry")?.text()?;
            if !self.is_entry(id, entry) {
                return Err(Refusal::bad("The conversationEntryId is of no entry of this conversation."));
            }
        }
        if acks.is_empty() { Err(Refusal::bad("The acks are empty.")) } else { empty(202) }
    }

    fn is_entry(&self, id: &str, identifier: &str) -> bool {
        let conversation = self.state.conversations.get(id);
        let events = conversation.and_then(|conversation| self.state.events.get(&conversation.subject));
        events
            .into_iter()
            .flatten()
            .any(|event| event.stays && event.conversation == id && event.entry.identifier == identifier)
    }

    pub fn agent_types(&mut self, id: &str, place: usize, on: bool) {
        let Some(sender) = self.agent_sender(place) else { return };
        let (kind, name) = match on {
            true => ("TypingStartedIndicator", "CONVERSATION_TYPING_STARTED_INDICATOR"),
            false => ("TypingStoppedIndicator", "CONVERSATION_TYPING_STOPPED_INDICATOR"),
        };
        self.mention(id, kind, name, sender, json!({}));
    }

    /// The agent's side got what the visitor sent last.
    pub fn delivered(&mut self, id: &str) {
        let place = self.live(id).and_then(|session| session.agent);
        let Some(place) = place.filter(|_| self.switches.receipts) else { return };
        let Some(sender) = self.agent_sender(place) else { return };
        let conversation = self.state.conversations.get(id);
        let events = conversation.and_then(|conversation| self.state.events.get(&conversation.subject));
        let last = events.and_then(|events| {
            events.iter().rfind(|event| event.conversation == id && is_visitors(&event.entry.sender))
        });
        let Some(last) = last.map(|event| event.entry.identifier.clone()) else { return };
        let payload = json!({ "acknowledgedConversationEntryIdentifier": last, "acknowledgementTimestamp": self.now });
        self.tell(id, "DeliveryAcknowledgement", sender, payload);
    }
}

fn is_visitors(sender: &Sender) -> bool {
    sender.role == "EndUser"
}
