//! A conversation goes on with a person in Salesforce: Enhanced Chat, version 2 of the messaging API.
//!
//! Each function makes its requests one after the other over a [`Transport`], and knows no I/O beside it: any closure is one. What
//! is between two calls is in a state that the host keeps. `line` is requests with a token, `wire` what they say, `entry` what
//! answers mean, `seen` what was told already, and `talk` what the functions do.
//!
//! Sources: messaging API guide (Enhanced Chat), and clients of it in public; what they leave open is marked as a doubt where it is
//! decided.

mod call;
mod entry;
mod forms;
mod id;
mod line;
mod message;
mod phase;
mod plan;
mod seen;
mod state;
mod talk;
mod wire;

use serde_json::{Map, Value};

use crate::base::{Finding, Secret};
use crate::report::{RecordError, Status};

pub use call::Handover;
pub use forms::{FormField, Forms};
pub use id::uuid;
pub use phase::{ChatEvent, Content, EndedBy, Occurrence, Participant, Phase, Role, SharedFile};
pub use plan::Opening;
pub use state::MAX_STATE_BYTES;

/// Longest text of one message, in bytes. Salesforce tells no limit; clients speak of 8 kB with all that is around the text.
pub const MAX_PART_BYTES: usize = 4_000;
/// Longest text that is sent at once, in bytes: eight messages. Salesforce takes 22 messages of a visitor's a minute.
pub const MAX_SENT_BYTES: usize = 32_000;
/// Largest file, in bytes. Source: Salesforce help, Enhanced Chat: 5 MB.
pub const MAX_SENT_FILE: usize = 5 << 20;
/// Longest key of a message, and longest id that an answer refers to, in bytes.
pub const MAX_MESSAGE_KEY: usize = 200;

/// What became of something that was sent.
#[derive(Clone, Debug, PartialEq)]
pub enum Delivery {
    /// Salesforce has it, once.
    Sent,
    /// It may have arrived.
    Unknown(RecordError),
    /// Salesforce has it not.
    Failed(RecordError),
}

/// What holds for every answer about a chat.
#[derive(Debug, PartialEq)]
pub struct Progress {
    /// For the host to keep; `None` if no chat was opened. It prints as `[redacted]`.
    pub chat: Option<Secret>,
    /// The conversation's id, where one was made.
    pub conversation: Option<String>,
    /// What the host calls it.
    pub correlation: Option<String>,
    /// Where the chat is.
    pub phase: Phase,
    /// Who ended it.
    pub ended_by: Option<EndedBy>,
    /// What `store` asks for.
    pub variables: Map<String, Value>,
    /// HTTP requests handed to the transport.
    pub requests: u32,
    /// How long to wait before the next call.
    pub retry_after_seconds: Option<u32>,
    /// What the author should know of it.
    pub findings: Vec<Finding>,
}

/// The answer of `start`, `send` and `end`.
#[derive(Debug, PartialEq)]
pub struct Handed {
    /// What became of it.
    pub outcome: Delivery,
    /// Where the chat is.
    pub progress: Progress,
}

/// The answer of `receive`.
#[derive(Debug, PartialEq)]
pub struct Received {
    /// Each once, in order.
    pub events: Vec<ChatEvent>,
    /// Why there may be more.
    pub error: Option<RecordError>,
    /// Where the chat is.
    pub progress: Progress,
}

/// The answer of `prepare`.
#[derive(Debug, PartialEq)]
pub struct PreparedHandover {
    /// `Done`, `Failed` or `Deferred`.
    pub status: Status,
    /// The deployment's form.
    pub forms: Forms,
    /// HTTP requests handed to the transport.
    pub requests: u32,
    /// With `Deferred`: how long to wait.
    pub retry_after_seconds: Option<u32>,
    /// What the settings get wrong.
    pub findings: Vec<Finding>,
}

/// A message as the host hands it over.
#[derive(Clone)]
pub struct OutgoingMessage {
    /// The host's own name of it.
    pub key: String,
    /// What became of an earlier call with this key is not known.
    pub again: bool,
    /// What it says.
    pub content: Outgoing,
}

/// What a visitor sends.
#[derive(Clone, PartialEq)]
pub enum Outgoing {
    /// A text.
    Text(String),
    /// An answer to a question with options.
    Choice {
        /// Id of the option.
        option: String,
        /// Id of the message that offered it.
        in_reply_to: String,
    },
    /// A file.
    File {
        /// Never a path.
        name: String,
        /// Such as `image/jpeg`.
        media_type: String,
        /// Its bytes.
        content: crate::value::Content,
    },
}

/// One message of Salesforce's.
struct Message {
    id: String,
    content: Outgoing,
}
