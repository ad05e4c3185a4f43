//! Entries of a chat, from its history or its stream → what happened.
//!
//! Everything that is doubtful about Salesforce's answers is decided here, and nowhere else. Each doubt is named where it is; the
//! names of members are those that two clients or more read, and no answer of an org was seen.

use serde_json::Value;

use super::phase::{Content, EndedBy, Occurrence, Participant, Role, SharedFile};
use crate::base::json::Count;
use crate::wire::sse;

/// Most values of the JSON of one event. Hundreds come at once, and a value takes fifty times its byte.
const MAX_EVENT_VALUES: usize = 10_000;

/// What Salesforce noted.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Entry {
    pub(super) identifier: String,
    /// Milliseconds since 1970, by Salesforce's clock; 0 where it does not say.
    pub(super) told_at: u64,
    /// The same, for the order.
    pub(super) at: u64,
    pub(super) what: Vec<What>,
}

/// What it means here.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum What {
    /// The host is told as it is.
    Told(Occurrence),
    /// An agent has gone, and the conversation must be asked whether that is the end.
    AgentLeft(Occurrence),
    /// Salesforce looks for a person again.
    Transferred,
    Refused(Option<String>),
    Ended(EndedBy),
    /// Ours, by its id.
    Own(String),
}

/// Where the conversation is routed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Routed {
    /// Someone is there.
    ToAgent,
    /// Someone is looked for.
    Looking,
    /// No one is, and no one will be.
    Over,
    Unknown,
}

/// An entry of the history.
pub(super) fn of_history(entry: &Value) -> Option<Entry> {
    of_entry(entry, text(entry, "entryType"))
}

/// An event of the stream, which is that of all conversations of the token.
pub(super) fn of_stream(event: &sse::Event, conversation: &str) -> Option<Entry> {
    if !sse::TELLING.contains(&event.name) {
        return None;
    }
    let data = parsed(event.data);
    if text(&data, "conversationId") != conversation {
        return None;
    }
    let entry = data.get("conversationEntry").unwrap_or(&data);
    // One source: only the stream says that the visitor has closed the conversation, and its entry says nothing of it.
    let kind = event.name.strip_prefix("CONVERSATION_").unwrap_or_default();
    of_entry(entry, kind)
}

fn of_entry(entry: &Value, kind: &str) -> Option<Entry> {
    let payload = payload(entry);
    // Doubt: the clock of the server counts, where it is told; that of the client is the only other.
    let at = ["transcriptedTimestamp", "clientTimestamp"].iter().find_map(|name| entry.get(name)?.as_u64());
    let identifier = match text(entry, "identifier") {
        "" => text(&payload, "id"),
        identifier => identifier,
    };
    let what = match kind {
        "Message" | "MESSAGE" => message(entry, &payload, identifier),
        "ParticipantChanged" | "PARTICIPANT_CHANGED" => participants(&payload),
        "RoutingResult" | "ROUTING_RESULT" => routing(&payload),
        "SessionStatusChanged" | "SESSION_STATUS_CHANGED" => session_status(&payload),
        "CLOSE_CONVERSATION" => vec![What::Ended(EndedBy::Visitor)],
        "QUEUE_POSITION" => queue(&payload),
        "TYPING_STARTED_INDICATOR" => typing(entry, true),
        "TYPING_STOPPED_INDICATOR" => typing(entry, false),
        _ => Vec::new(),
    };
    // What has no name of its own cannot be told twice from once.
    let told_at = at.unwrap_or(0);
    (!identifier.is_empty()).then(|| Entry { identifier: identifier.to_owned(), told_at, at: told_at, what })
}

/// In the history it is an object, in the stream a JSON text of it; either is taken in both.
fn payload(entry: &Value) -> Value {
    match entry.get("entryPayload") {
        Some(Value::String(text)) => parsed(text),
        Some(payload) => payload.clone(),
        None => Value::Null,
    }
}

/// Null if it is no JSON, or more than fits.
fn parsed(text: &str) -> Value {
    let fits = Count::of(text.as_bytes()).values <= MAX_EVENT_VALUES;
    fits.then(|| serde_json::from_str(text).ok()).flatten().unwrap_or_default()
}

fn text<'a>(value: &'a Value, member: &str) -> &'a str {
    value.get(member).and_then(Value::as_str).unwrap_or_default()
}

/// `None` of the visitor, and of what works behind the scenes.
fn role(word: &str) -> Option<Role> {
    match word {
        "Agent" | "Supervisor" => Some(Role::Agent),
        "Chatbot" => Some(Role::Bot),
        "System" => Some(Role::System),
        _ => None,
    }
}

fn message(entry: &Value, payload: &Value, identifier: &str) -> Vec<What> {
    let message = payload.get("abstractMessage").unwrap_or(&Value::Null);
    let id = match text(message, "id") {
        "" => identifier,
        id => id,
    };
    let sender = entry.get("sender").map_or("", |sender| text(sender, "role"));
    if sender == "EndUser" {
        return vec![What::Own(id.to_owned())];
    }
    let Some(role) = role(sender) else { return Vec::new() };
    let author = Participant { name: text(entry, "senderDisplayName").to_owned(), role };
    vec![What::Told(Occurrence::Message { id: id.to_owned(), author, content: content(message) })]
}

fn content(message: &Value) -> Content {
    let kind = text(message, "messageType");
    let (part, format) = match kind {
        "StaticContentMessage" => (message.get("staticContent"), "staticContent"),
        "ChoicesMessage" => (message.get("choices"), "choices"),
        _ => (None, ""),
    };
    let part = part.unwrap_or(&Value::Null);
    match (format, text(part, "formatType")) {
        ("staticContent", "Text") => Content::Text(text(part, "text").to_owned()),
        ("staticContent", "Attachments") => Content::Files(files(part)),
        ("staticContent", "RichLink" | "WebView") => Content::Text(link(part)),
        ("choices", _) => options(part),
        _ => Content::Unsupported(kind.to_owned()),
    }
}

fn list<'a>(value: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    value.get(member).and_then(Value::as_array).into_iter().flatten()
}

fn files(part: &Value) -> Vec<SharedFile> {
    let some = |text: &str| (!text.is_empty()).then(|| text.to_owned());
    let file = |file: &Value| SharedFile {
        name: text(file, "name").to_owned(),
        media_type: some(text(file, "mimeType")),
        address: some(text(file, "url")),
    };
    list(part, "attachments").map(file).collect()
}

/// Doubt: one source has the title below `linkItem.titleItem`, the other beside the address.
fn link(part: &Value) -> String {
    let title =
        part.pointer("/linkItem/titleItem/title").and_then(Value::as_str).unwrap_or_else(|| text(part, "title"));
    let address = part.pointer("/linkItem/url").and_then(Value::as_str).unwrap_or_else(|| text(part, "url"));
    [title, address].iter().filter(|text| !text.is_empty()).copied().collect::<Vec<_>>().join("\n")
}

/// Doubt: the options' id is `optionIdentifier`, as an answer names it; their label is a title or a text.
fn options(part: &Value) -> Content {
    let option = |option: &Value| {
        let label = option.pointer("/titleItem/title").and_then(Value::as_str);
        let label = label.unwrap_or_else(|| text(option, "title"));
        let id = text(option, "optionIdentifier");
        (!id.is_empty()).then(|| (id.to_owned(), if label.is_empty() { id } else { label }.to_owned()))
    };
    Content::Options(text(part, "text").to_owned(), list(part, "optionItems").filter_map(option).collect())
}

/// Supervisors who listen are not announced.
fn participants(payload: &Value) -> Vec<What> {
    let change = |entry: &Value| {
        let participant = entry.get("participant").unwrap_or(&Value::Null);
        let word = text(participant, "role");
        let role = role(word).filter(|_| word != "Supervisor" && word != "System")?;
        let participant = Participant { name: text(entry, "displayName").to_owned(), role };
        match text(entry, "operation") {
            "add" => Some(What::Told(Occurrence::Joined(participant))),
            "remove" if role == Role::Agent => Some(What::AgentLeft(Occurrence::Left(participant))),
            "remove" => Some(What::Told(Occurrence::Left(participant))),
            _ => None,
        }
    };
    list(payload, "entries").filter_map(change).collect()
}

/// Doubt: what a failed transfer means is not documented; it leaves no one to talk to, as a failed beginning does.
fn routing(payload: &Value) -> Vec<What> {
    let reason = text(payload, "failureReason");
    match (text(payload, "failureType"), text(payload, "routingType")) {
        ("" | "None", "Transfer") => vec![What::Transferred],
        // Also of a conference, in which one more person joins.
        ("" | "None", _) => Vec::new(),
        _ => vec![What::Refused((!reason.is_empty()).then(|| reason.to_owned()))],
    }
}

/// Doubt: `Ended` is what one client sees, and another never gets it. `Inactive` is a visitor who says nothing: the next message
/// goes on.
fn session_status(payload: &Value) -> Vec<What> {
    if text(payload, "sessionStatus") != "Ended" {
        return Vec::new();
    }
    // It is not reliable, says one client.
    vec![What::Ended(match text(payload, "sessionEndedByRole") {
        "Agent" | "Supervisor" | "Chatbot" => EndedBy::Agent,
        "EndUser" => EndedBy::Visitor,
        "System" => EndedBy::System,
        _ => EndedBy::Unknown,
    })]
}

/// Doubt: no payload of it was ever published.
fn queue(payload: &Value) -> Vec<What> {
    let position = ["position", "queuePosition"].iter().find_map(|name| payload.get(name)?.as_u64());
    let position = position.and_then(|position| u32::try_from(position).ok());
    position.map(|position| What::Told(Occurrence::Queue(position))).into_iter().collect()
}

fn typing(entry: &Value, started: bool) -> Vec<What> {
    let sender = entry.get("sender").map_or("", |sender| text(sender, "role"));
    match role(sender) {
        Some(_) => vec![What::Told(Occurrence::Typing(started))],
        None => Vec::new(),
    }
}

/// Of `GET conversation`. Two clients tell a transfer from an end by it.
pub(super) fn routed(answer: &Value) -> Routed {
    match text(answer, "routingStatus") {
        "ROUTED" => Routed::ToAgent,
        "TRANSFER" | "INITIAL" => Routed::Looking,
        "NEEDS_ROUTING" => Routed::Over,
        _ => Routed::Unknown,
    }
}
