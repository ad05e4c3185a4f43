//! What happens in a conversation, as its history and its stream tell it.

use serde_json::{Value, json};

use super::deployment::channel;

/// Types that the history can be filtered by.
pub const KINDS: [&str; 8] = [
    "Message",
    "ParticipantChanged",
    "RoutingResult",
    "RoutingWorkResult",
    "SessionStatusChanged",
    "DeliveryAcknowledgement",
    "ReadAcknowledgement",
    "CloseConversation",
];

/// Whom an entry is from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Sender {
    pub role: &'static str,
    pub app: &'static str,
    pub subject: String,
    pub name: String,
}

impl Sender {
    pub fn system() -> Sender {
        let subject = "005Hn0000000000IAA".to_owned();
        Sender { role: "System", app: "conversation", subject, name: "Automated Process".into() }
    }

    pub fn visitor(subject: &str) -> Sender {
        Sender { role: "EndUser", app: "iamessage", subject: subject.into(), name: "Guest".into() }
    }

    fn to_json(&self) -> Value {
        json!({
            "role": self.role,
            "appType": self.app,
            "subject": self.subject,
            "clientIdentifier": format!("client-{}", self.subject),
        })
    }
}

/// One entry.
#[derive(Clone, Debug)]
pub struct Entry {
    pub identifier: String,
    pub kind: &'static str,
    pub sender: Sender,
    /// Milliseconds since 1970.
    pub at: i64,
    pub payload: Value,
}

impl Entry {
    /// As the history has it: the payload is an object.
    pub fn in_history(&self) -> Value {
        json!({
            "identifier": self.identifier,
            "entryType": self.kind,
            "transcriptedTimestamp": self.at,
            "clientTimestamp": self.at,
            "senderDisplayName": self.sender.name,
            "sender": self.sender.to_json(),
            "entryPayload": self.payload,
        })
    }

    /// As the stream has it: the payload is a text.
    fn in_stream(&self) -> Value {
        json!({
            "identifier": self.identifier,
            "entryType": self.kind,
            "senderDisplayName": self.sender.name,
            "sender": self.sender.to_json(),
            "contextParamMap": {},
            "visibilityStrategy": "ParticipantRoles",
            "relatedRecords": [],
            "transcriptedTimestamp": self.at,
            "clientTimestamp": self.at,
            "clientDuration": 0,
            "entryPayload": self.payload.to_string(),
        })
    }
}

/// An entry with its place in the stream of a subject.
#[derive(Clone, Debug)]
pub struct Event {
    pub id: u64,
    pub name: String,
    pub conversation: String,
    pub deployment: &'static str,
    pub entry: Entry,
    /// Whether it stays in the history.
    pub stays: bool,
}

impl Event {
    /// The event with the blank line that ends it.
    pub fn text(&self) -> String {
        let data = json!({
            "channelPlatformKey": "5f0e0000-0000-4000-a000-000000000001",
            "channelType": "embedded_messaging",
            "channelAddressIdentifier": channel(self.deployment),
            "conversationId": self.conversation,
            "conversationEntry": self.entry.in_stream(),
        });
        format!("id: {}\nevent: {}\ndata: {data}\n\n", self.id, self.name)
    }
}
