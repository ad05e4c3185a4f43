//! What a host is told of a chat.

use std::fmt;

use crate::base::Words;
use crate::base::keyword::words;
use crate::texts::fixed;

words! {
    /// Where the chat is.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum Phase {
        /// Salesforce looks for a person.
        Waiting = "waiting",
        /// A person is there.
        Connected = "connected",
        /// The person has passed the chat on.
        Transferring = "transferring",
        /// It is over.
        Ended = "ended",
        /// Nobody takes it.
        Refused = "refused",
    }
}

words! {
    /// Who ended the chat, as far as Salesforce tells.
    #[derive(Clone, Copy, Debug, PartialEq, Eq)]
    pub enum EndedBy {
        /// The person of the company.
        Agent = "agent",
        /// The visitor.
        Visitor = "visitor",
        /// Salesforce: no one wrote for too long.
        System = "system",
        /// It does not say.
        Unknown = "unknown",
    }
}

/// Who takes part.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// A person of the company.
    Agent,
    /// A bot of the company's.
    Bot,
    /// Salesforce itself.
    System,
}

/// One who takes part. The name is shown to the visitor and to no log.
#[derive(Clone, PartialEq, Eq)]
pub struct Participant {
    /// Can be empty.
    pub name: String,
    /// What it is.
    pub role: Role,
}

/// A file that the visitor gets.
#[derive(Clone, PartialEq, Eq)]
pub struct SharedFile {
    /// Can be empty.
    pub name: String,
    /// Where Salesforce says it.
    pub media_type: Option<String>,
    /// For the visitor's browser. Nothing here ever sends a request to it.
    pub address: Option<String>,
}

/// What a message says.
#[derive(Clone, PartialEq, Eq)]
pub enum Content {
    /// A text.
    Text(String),
    /// Files.
    Files(Vec<SharedFile>),
    /// A question, and the id and label of each answer.
    Options(String, Vec<(String, String)>),
    /// The name of a kind that cannot be shown.
    Unsupported(String),
}

/// What happened in the chat.
#[derive(Clone, PartialEq, Eq)]
pub enum Occurrence {
    /// Someone is there.
    Joined(Participant),
    /// Someone has gone. The phase says whether it goes on.
    Left(Participant),
    /// A message that is not the visitor's.
    Message {
        /// What an answer refers to.
        id: String,
        /// Who wrote it.
        author: Participant,
        /// What it says.
        content: Content,
    },
    /// Chats before this one.
    Queue(u32),
    /// Someone types, or has stopped.
    Typing(bool),
    /// Nobody takes it, with the org's own words.
    Refused(Option<String>),
    /// It is over.
    Ended(EndedBy),
}

/// The same with its time, in milliseconds since 1970; 0 where Salesforce does not say it.
#[derive(Clone, PartialEq, Eq)]
pub struct ChatEvent {
    /// When.
    pub at: u64,
    /// What.
    pub what: Occurrence,
}

impl ChatEvent {
    /// When, by RFC 3339 in UTC.
    pub fn instant(&self) -> Option<String> {
        let at = i64::try_from(self.at).ok().filter(|at| *at > 0)?;
        Some(jiff::Timestamp::from_millisecond(at).ok()?.to_string())
    }
}

impl Occurrence {
    /// Its kind, which a log may hold.
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Joined(_) => "joined",
            Self::Left(_) => "left",
            Self::Message { .. } => "message",
            Self::Queue(_) => "queue",
            Self::Typing(_) => "typing",
            Self::Refused(_) => "refused",
            Self::Ended(_) => "ended",
        }
    }
}

/// Nothing that a person wrote.
impl fmt::Debug for Occurrence {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.kind())
    }
}

impl fmt::Debug for ChatEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{:?} at {}", self.what, self.at)
    }
}

impl EndedBy {
    /// Its word in the interface.
    pub const fn name(self) -> &'static str {
        self.word()
    }
}

impl Phase {
    /// Its word in the interface.
    pub const fn name(self) -> &'static str {
        self.word()
    }

    /// Whether the flow goes on.
    pub fn is_over(self) -> bool {
        matches!(self, Self::Ended | Self::Refused)
    }

    /// What the visitor can be told.
    pub fn for_visitor(self, ended_by: Option<EndedBy>) -> Words {
        Words::from(match (self, ended_by) {
            (Self::Waiting, _) => fixed!(visitor::CHAT_WAITING),
            (Self::Connected, _) => fixed!(visitor::CHAT_CONNECTED),
            (Self::Transferring, _) => fixed!(visitor::CHAT_TRANSFERRING),
            (Self::Ended, Some(EndedBy::Agent)) => fixed!(visitor::CHAT_ENDED_BY_AGENT),
            (Self::Ended, _) => fixed!(visitor::CHAT_ENDED),
            (Self::Refused, _) => fixed!(visitor::CHAT_REFUSED),
        })
    }
}
