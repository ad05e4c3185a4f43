//! What the interface `handover` answers, as JSON.

use serde_json::{Map, Value, json};

use super::{document, error, finding, list, status};
use crate::host::{
    ChatEvent, Delivery, EndedBy, FormField, Handed, IncomingContent, IncomingMessage, Occurrence, OfferedOption,
    Participant, ParticipantRole, Phase, PreparedHandover, Progress, Received, SharedFile,
};

/// The answer of `prepare`.
pub fn prepared_handover(prepared: &PreparedHandover) -> Value {
    json!({
        "status": status(prepared.status),
        "fields": list(&prepared.fields, form_field),
        "files": prepared.files,
        "requests": prepared.requests,
        "retryAfterSeconds": prepared.retry_after_seconds,
        "findings": list(&prepared.findings, finding),
    })
}

/// The answer of `start`, `send` and `end`.
pub fn handed(handed: &Handed) -> Value {
    let (outcome, failure) = match &handed.outcome {
        Delivery::Sent => ("sent", None),
        Delivery::Unknown(failure) => ("unknown", Some(failure)),
        Delivery::Failed(failure) => ("failed", Some(failure)),
    };
    let mut json = progress(&handed.progress);
    (json["outcome"], json["error"]) = (outcome.into(), failure.map_or(Value::Null, error));
    json
}

/// The answer of `receive`.
pub fn received(received: &Received) -> Value {
    let mut json = progress(&received.progress);
    json["events"] = list(&received.events, chat_event);
    json["error"] = received.error.as_ref().map_or(Value::Null, error);
    json
}

/// `chat` is a secret, and for the engine to keep.
fn progress(progress: &Progress) -> Value {
    let texts = progress.texts.iter().map(|text| (text.language.clone(), Value::from(text.text.as_str())));
    json!({
        "chat": progress.chat.as_ref().map(|chat| &chat.secret),
        "phase": phase(progress.phase),
        "texts": texts.collect::<Map<_, _>>(),
        "variables": document(&progress.variables),
        "requests": progress.requests,
        "retryAfterSeconds": progress.retry_after_seconds,
        "findings": list(&progress.findings, finding),
    })
}

fn form_field(field: &FormField) -> Value {
    json!({
        "name": field.name,
        "kind": field.kind,
        "required": field.required,
        "hidden": field.hidden,
        "maxLength": field.max_length,
        "choices": field.choices,
    })
}

/// An event: one member names it, and `at` is there where Salesforce says when.
pub fn chat_event(event: &ChatEvent) -> Value {
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
            let file =
                |file: &SharedFile| json!({ "name": file.name, "mediaType": file.media_type, "address": file.address });
            json["files"] = list(files, file);
        }
        IncomingContent::Options(offer) => {
            json["text"] = offer.text.as_str().into();
            let option = |option: &OfferedOption| json!({ "id": option.id, "label": option.label });
            json["options"] = list(&offer.options, option);
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

/// A phase as it is written.
pub fn phase(phase: Phase) -> &'static str {
    match phase {
        Phase::Waiting => "waiting",
        Phase::Connected => "connected",
        Phase::Transferring => "transferring",
        Phase::Ended => "ended",
        Phase::Refused => "refused",
    }
}
