//! The messaging host of the org: the Enhanced Chat API, version 2, with the agents at its other end.
//!
//! Nothing here has a socket or a clock: a request and the time go in, an answer comes out. A stream is read piece by piece: what is
//! there to be sent now. What the sources leave open is a switch of [`Settings::messaging`].

mod agent;
mod authorize;
mod body;
pub mod console;
mod conversation;
mod deployment;
mod desk;
mod entry;
mod history;
mod message;
mod open;
mod receipt;
mod redact;
mod refusal;
mod routing;
mod said;
mod script;
mod session;
mod stream;
mod switches;
mod token;
mod turn;
mod upload;
mod uuid;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use jiff::Timestamp;

use crate::http::{Request, Response};
use crate::settings::Settings;

use agent::Agent;
use conversation::Conversation;
use entry::Event;
use script::Script;
use token::Tokens;
use turn::Turn;

pub use conversation::Status;
pub use redact::redact;
pub use script::{agent as read_agent, agents as read_agents};
pub use session::SessionRecord;
pub use stream::{Piece, Stream, head as stream_head};
pub use switches::apply as apply_switches;

/// Where the API begins.
pub const BASE: &str = "/iamessage/api/v2/";
/// Where streams are served.
pub const STREAM: &str = "/eventrouter/v1/sse";
/// Where files are read.
const FILES: &str = "/iamessage/files/";
/// Where agents work.
pub const PAGE_PATH: &str = "/agent";
/// Their page.
pub const PAGE: &str = include_str!("agent.html");

/// What the messaging host keeps.
#[derive(Clone, Debug)]
pub struct Messaging {
    tokens: Tokens,
    conversations: BTreeMap<String, Conversation>,
    /// By the subject that sees them.
    events: BTreeMap<String, Vec<Event>>,
    agents: Vec<Agent>,
    /// When a script goes on, and in which conversation.
    due: BTreeSet<(i64, String)>,
    files: BTreeMap<String, Arc<script::SentFile>>,
    /// Subjects for whom something happened that their streams were not told.
    news: BTreeSet<String>,
    /// Subjects whose streams end in the middle of the next event.
    cuts: BTreeSet<String>,
    /// What became of sessions, where their records do not say so yet.
    changed: Vec<SessionRecord>,
    ids: u64,
    sessions: u64,
    last_event: u64,
    /// Counts changes, for those that look again and again.
    version: u64,
}

impl Messaging {
    pub fn new() -> Messaging {
        Messaging {
            tokens: Tokens::default(),
            conversations: BTreeMap::new(),
            events: BTreeMap::new(),
            agents: vec![Agent::person(0, "Maya")],
            due: BTreeSet::new(),
            files: BTreeMap::new(),
            news: BTreeSet::new(),
            cuts: BTreeSet::new(),
            changed: Vec::new(),
            ids: 0,
            sessions: 0,
            last_event: 0,
            version: 0,
        }
    }

    /// Whether a request to this path is one to the messaging host.
    pub fn serves(path: &str) -> bool {
        path.starts_with("/iamessage/") || path.starts_with("/eventrouter/")
    }

    /// Answers a request to the messaging host.
    pub fn answer(&mut self, settings: &Settings, request: &Request, now: Timestamp) -> Response {
        self.turn(settings, now).answer(request)
    }

    /// Adds agents that follow a script.
    pub fn add_agents(&mut self, settings: &Settings, agents: Vec<(String, bool, Script)>, now: Timestamp) {
        let mut turn = self.turn(settings, now);
        agents.into_iter().for_each(|agent| turn.add_agent(agent));
    }

    /// Brings a kept state back. Tokens go on, and so do the numbers of events, which a client may know.
    pub fn go_back_to(&mut self, kept: &Messaging) {
        let (tokens, last_event, version) = (std::mem::take(&mut self.tokens), self.last_event, self.version);
        *self = kept.clone();
        self.tokens = tokens;
        self.last_event = self.last_event.max(last_event);
        self.version = self.version.max(version) + 1;
        self.news = self.events.keys().cloned().collect();
    }

    /// Every token is over.
    pub fn expire_tokens(&mut self) {
        self.tokens.expire(None, i64::MIN);
        self.news = self.events.keys().cloned().collect();
    }

    /// Subjects whose streams have something to be told, since this was asked last.
    pub fn take_news(&mut self) -> BTreeSet<String> {
        std::mem::take(&mut self.news)
    }

    fn turn<'a>(&'a mut self, settings: &'a Settings, now: Timestamp) -> Turn<'a> {
        let mut turn = Turn { state: self, settings, switches: &settings.messaging, now: now.as_millisecond() };
        turn.go_on();
        turn
    }
}
