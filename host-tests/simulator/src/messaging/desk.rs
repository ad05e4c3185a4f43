//! What agents see: who is there, and each conversation with its attributes and transcript.

use serde_json::{Value, json};

use super::conversation::{Conversation, Status};
use super::entry::Event;
use super::turn::Turn;
use crate::http::{ApiError, Reply, Request, uri};

impl Turn<'_> {
    /// All that agents see; with `since` only a number if nothing changed from that version on.
    pub fn desk(&self, request: &Request) -> Result<Reply, ApiError> {
        let pairs = uri::pairs(request.query.as_deref().unwrap_or_default()).unwrap_or_default();
        let since = pairs.iter().find(|(name, _)| name == "since").map(|(_, value)| value.parse::<u64>()).transpose();
        let since = since.map_err(|_| ApiError::bad("MALFORMED_QUERY", "since must be the number of a version"))?;
        let version = self.state.version;
        if since == Some(version) {
            return Ok(Reply::ok(json!({ "version": version })));
        }
        let mut conversations: Vec<(&String, &Conversation)> = self.state.conversations.iter().collect();
        conversations.sort_by_key(|(id, conversation)| (conversation.started, (*id).clone()));
        let conversations: Value = conversations.into_iter().map(|(id, it)| self.seen(id, it)).collect();
        Ok(Reply::ok(json!({ "version": version, "agents": self.agents(), "conversations": conversations })))
    }

    pub fn agents(&self) -> Value {
        let agents = self.state.agents.iter();
        agents
            .map(|agent| json!({ "name": agent.name, "online": agent.online, "scripted": agent.script.is_some() }))
            .collect()
    }

    fn seen(&self, id: &str, conversation: &Conversation) -> Value {
        let session = conversation.session.as_ref();
        let status = match session.map(|session| session.status) {
            _ if conversation.closed => "closed",
            None => "no session",
            Some(Status::Waiting) => "waiting",
            Some(Status::Active) => "active",
            Some(Status::Ended) => "ended",
        };
        let agent = |place: Option<usize>| self.state.agents.get(place?).map(|agent| agent.name.clone());
        let events = self.state.events.get(&conversation.subject).into_iter().flatten();
        let entries = events.filter(|event| event.stays && event.conversation == id);
        json!({
            "conversationId": id,
            "status": status,
            "routingStatus": conversation.routing(),
            "since": session.map(|session| session.since),
            "session": session.map(|session| session.number),
            "agent": agent(session.and_then(|session| session.agent)),
            "handedOnBy": agent(session.and_then(|session| session.handed_on_by)),
            "deployment": conversation.deployment.name,
            "language": conversation.language,
            "subject": conversation.subject,
            "attributes": conversation.attributes,
            "vanished": conversation.vanished,
            "remarks": conversation.remarks,
            "visitorTypes": conversation.visitor_types,
            "entries": entries.map(|event| line(event, conversation)).collect::<Value>(),
        })
    }
}

/// An entry as a line of a transcript.
fn line(event: &Event, conversation: &Conversation) -> Value {
    let entry = &event.entry;
    let message = entry.payload.get("abstractMessage");
    let at = |pointer: &str| message.and_then(|message| message.pointer(pointer)).cloned().unwrap_or_default();
    let chosen = at("/choicesResponse/selectedOptions");
    let offered = at("/inReplyToMessageId").as_str().and_then(|id| conversation.offered.get(id));
    let chosen = offered.zip(chosen.as_array()).map(|(offered, chosen)| {
        let place = |option: &Value| option.get("optionIdentifier")?.as_str()?.strip_prefix("option-")?.parse().ok();
        let labels = chosen.iter().filter_map(|option| offered.get(place(option).map(|place: usize| place - 1)?));
        labels.map(String::as_str).collect::<Vec<_>>().join(", ")
    });
    let text = at("/staticContent/text").as_str().map(str::to_owned).or(chosen);
    json!({
        "id": entry.identifier,
        "at": entry.at,
        "type": entry.kind,
        "role": entry.sender.role,
        "name": entry.sender.name,
        "text": text.or_else(|| at("/choices/text").as_str().map(str::to_owned)),
        "options": at("/choices/optionItems"),
        "link": at("/staticContent/linkItem/url"),
        "files": at("/staticContent/attachments"),
        "payload": if message.is_none() { entry.payload.clone() } else { Value::Null },
    })
}
