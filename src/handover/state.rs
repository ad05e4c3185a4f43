//! What is known of one chat between two calls: the host keeps it, and nothing else has it.

use std::fmt;

use serde_json::{Map, Value};

use super::entry::Entry;
use super::id::short;
use super::phase::{EndedBy, Phase};
use super::seen::Seen;
use crate::base::json::object;
use crate::base::keyword::Keyword;
use crate::base::{Secret, text};
use crate::settings::HandoverSettings;

/// Longest state, in bytes: it is stored with each turn of a conversation.
pub const MAX_STATE_BYTES: usize = 4_096;
/// Longest token of a guest. Those of the samples have some 1,000 characters.
const MAX_GUEST_TOKEN: usize = 2_600;
/// Longest name of a person that is kept for `store`, and longest place in a stream, in characters.
const MAX_KEPT_TEXT: usize = 80;
/// Of this form. A state of another form is not read.
const VERSION: u64 = 1;

/// One chat.
#[derive(Clone, PartialEq)]
pub(super) struct State {
    /// Which deployment the token is for: it goes nowhere else.
    deployment: String,
    pub(super) token: Secret,
    /// Seconds since 1970, by the host's clock.
    pub(super) issued: u32,
    pub(super) conversation: String,
    pub(super) correlation: Option<String>,
    /// For a session that Salesforce wants to be begun anew. Left out where they are too long.
    pub(super) attributes: Option<Map<String, Value>>,
    /// Salesforce has the conversation.
    pub(super) opened: bool,
    /// The session has its first message.
    pub(super) begun: bool,
    pub(super) phase: Phase,
    /// When what decided the phase happened, as the order of entries has it.
    pub(super) decided: u64,
    pub(super) ended_by: Option<EndedBy>,
    /// Name of the last person.
    pub(super) agent: Option<String>,
    /// An agent has gone, and what that means was not told yet.
    pub(super) unsettled: bool,
    /// Where the stream is to be taken up.
    pub(super) last_event: Option<String>,
    pub(super) seen: Seen,
}

/// Why a text is not the state of a chat of these settings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum BadState {
    /// It is none, or was cut.
    Unreadable,
    /// Another version of the module made it.
    Version,
    /// Its token belongs to another deployment.
    Deployment,
}

impl State {
    /// A chat that is to be opened.
    pub(super) fn new(settings: &HandoverSettings, conversation: &str, correlation: Option<String>) -> Self {
        Self {
            deployment: deployment(settings),
            token: Secret::new(""),
            issued: 0,
            conversation: conversation.to_owned(),
            correlation,
            attributes: None,
            opened: false,
            begun: false,
            phase: Phase::Waiting,
            decided: 0,
            ended_by: None,
            agent: None,
            unsettled: false,
            last_event: None,
            seen: Seen::default(),
        }
    }

    /// A token that a header can carry and a state can hold.
    pub(super) fn take_token(&mut self, token: &str, now: u32) -> bool {
        let is_token = (1..=MAX_GUEST_TOKEN).contains(&token.len()) && token.bytes().all(|b| b.is_ascii_graphic());
        if is_token {
            (self.token, self.issued) = (Secret::new(token), now);
        }
        is_token
    }

    /// The entry, if it is new.
    pub(super) fn unseen(&mut self, mut entry: Entry) -> Option<Entry> {
        entry.at = self.seen.time(entry.told_at);
        self.seen.is_new(entry.at, &entry.identifier).then_some(entry)
    }

    /// The place in the stream, if it is one.
    pub(super) fn take_event(&mut self, id: &str) {
        if (1..=MAX_KEPT_TEXT).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_graphic()) {
            self.last_event = Some(id.to_owned());
        }
    }

    pub(super) fn take_agent(&mut self, name: &str) {
        self.agent = Some(name.chars().take(MAX_KEPT_TEXT).collect());
    }

    /// At most [`MAX_STATE_BYTES`], whatever has to be forgotten for it.
    pub(super) fn to_text(&self) -> String {
        let whole = text(&self.to_json());
        if whole.len() <= MAX_STATE_BYTES {
            return whole;
        }
        let mut less = Self { attributes: None, ..self.clone() };
        for most in [20, 10, 5, 0] {
            less.seen.limit(most);
            let text = text(&less.to_json());
            if text.len() <= MAX_STATE_BYTES {
                return text;
            }
        }
        // What is left has a bound each, and together they fit.
        text(&less.to_json())
    }

    fn to_json(&self) -> Value {
        object([
            ("v", VERSION.into()),
            ("d", self.deployment.as_str().into()),
            ("t", self.token.reveal().into()),
            ("i", self.issued.into()),
            ("c", self.conversation.as_str().into()),
            ("k", self.correlation.as_deref().into()),
            ("a", self.attributes.clone().map_or(Value::Null, Value::Object)),
            ("o", self.opened.into()),
            ("b", self.begun.into()),
            ("p", self.phase.word().into()),
            ("w", self.decided.into()),
            ("e", self.ended_by.map(EndedBy::word).into()),
            ("n", self.agent.as_deref().into()),
            ("u", self.unsettled.into()),
            ("l", self.last_event.as_deref().into()),
            ("s", self.seen.to_json()),
        ])
    }

    pub(super) fn parse(text: &str, settings: &HandoverSettings) -> Result<Self, BadState> {
        if text.len() > MAX_STATE_BYTES {
            return Err(BadState::Unreadable);
        }
        let value: Value = serde_json::from_str(text).map_err(|_| BadState::Unreadable)?;
        match value.get("v").and_then(Value::as_u64) {
            Some(VERSION) => {}
            Some(_) => return Err(BadState::Version),
            None => return Err(BadState::Unreadable),
        }
        let state = Self::of_json(&value).ok_or(BadState::Unreadable)?;
        if state.deployment == deployment(settings) { Ok(state) } else { Err(BadState::Deployment) }
    }

    fn of_json(value: &Value) -> Option<Self> {
        let member = |name| value.get(name);
        let text = |name| member(name).and_then(Value::as_str);
        let mut state = Self {
            deployment: text("d")?.to_owned(),
            token: Secret::new(""),
            issued: 0,
            conversation: text("c").filter(|id| is_id(id))?.to_owned(),
            correlation: text("k").map(ToOwned::to_owned),
            attributes: member("a").and_then(Value::as_object).cloned(),
            opened: member("o")?.as_bool()?,
            begun: member("b")?.as_bool()?,
            phase: Phase::of_word(text("p")?)?,
            decided: member("w").and_then(Value::as_u64).unwrap_or_default(),
            ended_by: text("e").and_then(EndedBy::of_word),
            agent: text("n").map(ToOwned::to_owned),
            unsettled: member("u")?.as_bool()?,
            last_event: None,
            seen: Seen::of_json(member("s")?)?,
        };
        state.take_event(text("l").unwrap_or_default());
        let issued = u32::try_from(member("i")?.as_u64()?).ok()?;
        state.take_token(text("t")?, issued).then_some(state)
    }
}

/// Neither the token nor what the visitor said.
impl fmt::Debug for State {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "chat {} ({})", self.conversation, self.phase.word())
    }
}

/// It stands in paths.
fn is_id(text: &str) -> bool {
    text.len() == 36 && text.bytes().all(|b| b.is_ascii_hexdigit() || b == b'-')
}

fn deployment(settings: &HandoverSettings) -> String {
    short(&[settings.host.as_str(), &settings.organization, &settings.deployment].join("/"))
}
