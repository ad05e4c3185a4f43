//! What an engine is told of a chat, as JSON.

use serde_json::{Value, json};

use crate::host::{
    ChatEvent, Delivery, EndedBy, IncomingContent, IncomingMessage, Occurrence, Participant, ParticipantRole, Phase,
};

/// One thing that happened, with its number in the chat, from 1.
#[derive(Clone, Debug, PartialEq)]
pub struct Told {
    pub number: u64,
    /// `{"joined": …}`, `{"left": …}`, `{"message": …}`, `{"queue": 2}`, `{"typing": true}`, `{"refused": …}`, `{"ended": …}`; beside those of
    /// the interface `{"phase": …, "texts": […]}`, `{"notSent": key, "code": …}`, and last `{"over": phase, "variables": {…}}`.
    pub what: Value,
}

/// An event of the interface.
pub fn event(event: &ChatEvent) -> Value {
    let mut json = match &event.what {
        Occurrence::Joined(who) => json!({ "joined": participant(who) }),
        Occurrence::Left(who) => json!({ "left": participant(who) }),
        Occurrence::Message(message) => json!({ "message": incoming(message) }),
        Occurrence::Queue(before) => json!({ "queue": before }),
        Occurrence::Typing(started) => json!({ "typing": started }),
        Occurrence::Refused(reason) => json!({ "refused": reason }),
        Occurrence::Ended(by) => json!({ "ended": ended_by(*by) }),
    };
    if let Some(at) = &event.at {
        json["at"] = at.as_str().into();
    }
    json
}

fn participant(who: &Participant) -> Value {
    let role = match who.role {
        ParticipantRole::Agent => "agent",
        ParticipantRole::Bot => "bot",
        ParticipantRole::System => "system",
    };
    json!({ "name": who.name, "role": role })
}

fn incoming(message: &IncomingMessage) -> Value {
    let mut json = json!({ "id": message.id, "author": participant(&message.author) });
    match &message.content {
        IncomingContent::Text(text) => json["text"] = text.as_str().into(),
        IncomingContent::Files(files) => {
            let file = |file: &crate::host::SharedFile| json!({ "name": file.name, "mediaType": file.media_type, "address": file.address });
            json["files"] = files.iter().map(file).collect();
        }
        IncomingContent::Options(offer) => {
            json["text"] = offer.text.as_str().into();
            let option = |option: &crate::host::OfferedOption| json!({ "id": option.id, "label": option.label });
            json["options"] = offer.options.iter().map(option).collect();
        }
        IncomingContent::Unsupported(kind) => json["unsupported"] = kind.as_str().into(),
    }
    json
}

fn ended_by(by: EndedBy) -> &'static str {
    match by {
        EndedBy::Agent => "agent",
        EndedBy::Visitor => "visitor",
        EndedBy::System => "system",
        EndedBy::Unknown => "unknown",
    }
}

pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "waiting",
        Phase::Connected => "connected",
        Phase::Transferring => "transferring",
        Phase::Ended => "ended",
        Phase::Refused => "refused",
    }
}

/// The code of what was not sent, or is not known to be.
pub fn code(delivery: &Delivery) -> Option<&str> {
    match delivery {
        Delivery::Sent => None,
        Delivery::Unknown(error) | Delivery::Failed(error) => Some(&error.code),
    }
}
