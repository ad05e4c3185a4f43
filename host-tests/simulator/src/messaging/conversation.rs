//! What is known of a conversation and of its session.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::deployment::{Deployment, FORM};
use super::token::Recent;

/// A conversation, which can have one session after another.
#[derive(Clone, Debug)]
pub struct Conversation {
    pub subject: String,
    pub deployment: &'static Deployment,
    /// Milliseconds since 1970.
    pub started: i64,
    pub language: Option<String>,
    pub attributes: BTreeMap<String, String>,
    /// Names of attributes that no parameter of the channel has: a real org drops them without a word.
    pub vanished: BTreeSet<String>,
    /// What a real org takes and an admin would wonder about.
    pub remarks: BTreeSet<String>,
    pub closed: bool,
    pub session: Option<Session>,
    /// Ids of messages so far.
    pub messages: BTreeSet<String>,
    pub recent: Recent,
    /// Options of the choices that agents offered, by the id of their message.
    pub offered: BTreeMap<String, Vec<String>>,
    pub visitor_types: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Waiting,
    Active,
    Ended,
}

impl Status {
    pub fn name(self) -> &'static str {
        match self {
            Status::Waiting => "Waiting",
            Status::Active => "Active",
            Status::Ended => "Ended",
        }
    }
}

/// One session, from its routing to its end.
#[derive(Clone, Debug)]
pub struct Session {
    /// Counted in the whole org.
    pub number: u64,
    pub status: Status,
    /// Since when it waits, is active or has ended.
    pub since: i64,
    /// As `GET …/conversation/{id}` answers it.
    pub routing: &'static str,
    /// The place of the agent among all.
    pub agent: Option<usize>,
    /// The agent that handed it on, and is not offered it again.
    pub handed_on_by: Option<usize>,
    /// Place in the agent's script.
    pub step: usize,
    /// When the script goes on, or the agent accepts.
    pub due: Option<i64>,
    /// The visitor's messages that the script has not answered yet.
    pub unanswered: usize,
    pub last_text: String,
}

impl Conversation {
    pub fn new(subject: String, deployment: &'static Deployment, started: i64) -> Conversation {
        Conversation {
            subject,
            deployment,
            started,
            language: None,
            attributes: BTreeMap::new(),
            vanished: BTreeSet::new(),
            remarks: BTreeSet::new(),
            closed: false,
            session: None,
            messages: BTreeSet::new(),
            recent: Recent::default(),
            offered: BTreeMap::new(),
            visitor_types: false,
        }
    }

    /// The session, if it has not ended.
    pub fn live(&self) -> Option<&Session> {
        self.session.as_ref().filter(|session| session.status != Status::Ended)
    }

    pub fn live_mut(&mut self) -> Option<&mut Session> {
        self.session.as_mut().filter(|session| session.status != Status::Ended)
    }

    pub fn routing(&self) -> &'static str {
        self.session.as_ref().map_or("NEEDS_ROUTING", |session| session.routing)
    }

    /// Keeps the attributes that the channel has, and notes what becomes of the others. Values are texts.
    pub fn take_attributes(&mut self, given: &Map<String, Value>) {
        for (name, value) in given {
            let Some(field) = FORM.iter().find(|field| field.name == name) else {
                self.vanished.insert(name.clone());
                continue;
            };
            let value = value.as_str().unwrap_or_default();
            if field.max_length.is_some_and(|length| value.chars().count() > length) {
                self.remarks.insert(format!("{name} is too long"));
            }
            if !field.choices.is_empty() && !field.choices.contains(&value) {
                self.remarks.insert(format!("{name} is none of its choices"));
            }
            self.attributes.insert(name.clone(), value.to_owned());
        }
    }

    /// Notes the required questions that have no answer. The real form asks for them; the API does not.
    pub fn note_missing(&mut self) {
        for field in FORM.iter().filter(|field| field.required) {
            if self.attributes.get(field.name).is_none_or(|value| value.trim().is_empty()) {
                self.remarks.insert(format!("{} is required and missing", field.name));
            }
        }
    }
}
