//! A conversation goes on with a person in Salesforce: Enhanced Chat, version 2 of the messaging API.
//!
//! Each function makes its requests one after the other over a [`Transport`], and knows no I/O beside it: any closure is one. What
//! is between two calls is in a state that the host keeps. `line` is requests with a token, `wire` what they say, `entry` what
//! answers mean, `seen` what was told already, and `talk` what the functions do.
//!
//! Sources: messaging API guide (Enhanced Chat), and clients of it in public; what they leave open is marked as a doubt where it is
//! decided.

mod entry;
mod forms;
mod id;
mod line;
mod phase;
mod plan;
mod seen;
mod state;
mod talk;
mod wire;

use serde_json::{Map, Value};

use crate::base::{Finding, FindingCode, Secret, has_error};
use crate::exchange::Transport;
use crate::report::{RecordError, Retry, Status};
use crate::salesforce::{Domain, MessagingHost};
use crate::settings::{Document, HandoverSettings};
use crate::texts::said;
use crate::value::convert::TextLimit;
use crate::value::{HostFile, Variables};
use line::Line;
use state::{BadState, State};
use talk::Talk;

pub use forms::{FormField, Forms};
pub use id::uuid;
pub use phase::{ChatEvent, Content, EndedBy, Occurrence, Participant, Phase, Role, SharedFile};
pub use plan::Opening;
pub use state::MAX_STATE_BYTES;

/// Longest text of one message, in bytes. Salesforce tells no limit; clients speak of 8 kB with all that is around the text.
pub const MAX_PART_BYTES: usize = 4_000;
/// Longest text that is sent at once, in bytes: eight messages. Salesforce takes 22 messages of a visitor's a minute.
pub const MAX_SENT_BYTES: usize = 8 * MAX_PART_BYTES;
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

/// Settings of a hand-over, ready for a call.
#[derive(Debug)]
pub struct Handover {
    settings: HandoverSettings,
    findings: Vec<Finding>,
}

impl Handover {
    /// The error is the list of findings that keep the settings from being used.
    pub fn parse(settings: &str) -> Result<Self, Vec<Finding>> {
        let (settings, findings) = Document::parse(settings)?.of_handover()?;
        Ok(Self { settings, findings })
    }

    /// Of settings that were read.
    pub(crate) fn new(settings: HandoverSettings, findings: Vec<Finding>) -> Self {
        Self { settings, findings }
    }

    /// The one host that requests go to.
    pub fn host(&self) -> &MessagingHost {
        &self.settings.host
    }

    /// The org.
    pub fn domain(&self) -> &Domain {
        &self.settings.domain
    }

    /// What opens the chat, and the request that tells it, without a token. Nothing is sent.
    pub fn plan(&self, variables: &Variables) -> (Result<(crate::wire::Request, u32), RecordError>, Vec<Finding>) {
        let (opening, found) = plan::opening(&self.settings, variables);
        let mut findings = self.findings.clone();
        findings.extend(found);
        let planned = opening.map(|opening| {
            let state = State::new(&self.settings, &opening.conversation, None);
            let mut request = wire::create(&self.settings, &state, &opening.attributes);
            request.headers = crate::wire::Headers::default();
            // The token, the conversation, and each message.
            (request, u32::try_from(opening.messages.len()).unwrap_or_default().saturating_add(2))
        });
        (planned, findings)
    }

    /// Compares the settings with the deployment's form.
    pub fn prepare(self, transport: &mut dyn Transport) -> PreparedHandover {
        let mut line = Line::new(transport, self.settings.deadline_seconds, 0);
        let asked = talk::ask_for_token(&mut line, &self.settings);
        let (requests, retry_after_seconds) = (line.exchange.spent.requests, line.retry_after);
        let mut findings = self.findings;
        let (forms, asked) = match asked {
            Ok((answer, _)) => {
                let forms = Forms::of_answer(&answer);
                findings.extend(forms.check(&self.settings));
                (forms, true)
            }
            Err(failed) => {
                let said = match failed.retry {
                    Retry::Later => said!(findings_handover::deployment_not_asked()),
                    _ => said!(findings_handover::deployment_unavailable()),
                };
                findings.push(Finding::new(FindingCode::DeploymentUnavailable, "/deployment", said));
                (Forms::default(), false)
            }
        };
        let status = match (asked, retry_after_seconds) {
            (false, Some(_)) => Status::Deferred,
            _ if has_error(&findings) => Status::Failed,
            _ => Status::Done,
        };
        PreparedHandover { status, forms, requests, retry_after_seconds, findings }
    }

    /// Opens the chat.
    pub fn start(
        self,
        variables: &Variables,
        earlier: Option<&str>,
        now: u32,
        correlation: Option<String>,
        transport: &mut dyn Transport,
    ) -> Result<Handed, Vec<Finding>> {
        let earlier = earlier.map(|text| self.chat(text)).transpose()?;
        let (opening, found) = plan::opening(&self.settings, variables);
        let mut opening = match opening {
            Ok(opening) => opening,
            Err(error) => {
                let mut ended = self.talk(State::new(&self.settings, "", correlation), now, transport);
                ended.findings.extend(found);
                ended.state.phase = Phase::Refused;
                return Ok(ended.handed(Delivery::Failed(error)));
            }
        };
        let again = earlier.is_some();
        if earlier.as_ref().is_some_and(|state| state.conversation != opening.conversation) {
            return Err(vec![Finding::new(FindingCode::BadChat, "earlier", said!(findings_handover::other_chat()))]);
        }
        let state = match earlier {
            Some(mut state) => {
                state.correlation = correlation.or(state.correlation);
                state
            }
            None => State::new(&self.settings, &opening.conversation, correlation),
        };
        let mut talk = self.talk(state, now, transport);
        talk.findings.extend(found);
        if !again && let Err(error) = talk.ask_for_token(&mut opening.attributes) {
            talk.state.phase = Phase::Refused;
            return Ok(talk.handed(Delivery::Failed(error)));
        }
        let delivery = match talk.open(&opening.attributes) {
            Ok(()) => talk.greet(&opening, again),
            Err(delivery) => delivery,
        };
        if matches!(delivery, Delivery::Failed(_)) && !talk.state.opened {
            talk.state.phase = Phase::Refused;
        }
        Ok(talk.handed(delivery))
    }

    /// Sends one message of the visitor's.
    pub fn send(
        self,
        chat: &str,
        message: &OutgoingMessage,
        now: u32,
        transport: &mut dyn Transport,
    ) -> Result<Handed, Vec<Finding>> {
        let state = self.chat(chat)?;
        check_message(message)?;
        let mut talk = self.talk(state, now, transport);
        let parts = match &message.content {
            Outgoing::Text(text) => cut(text).into_iter().map(Outgoing::Text).collect(),
            other => vec![other.clone()],
        };
        let mut outcome = Delivery::Sent;
        for (at, content) in parts.into_iter().enumerate() {
            let id = uuid(&["message", &talk.state.conversation, &message.key, &at.to_string()]);
            outcome = talk.deliver(&Message { id, content }, message.again);
            if outcome != Delivery::Sent {
                break;
            }
        }
        Ok(talk.handed(outcome))
    }

    /// What has happened since the last call.
    pub fn receive(
        self,
        chat: &str,
        wait_seconds: u32,
        now: u32,
        transport: &mut dyn Transport,
    ) -> Result<Received, Vec<Finding>> {
        let state = self.chat(chat)?;
        let mut talk = self.talk(state, now, transport);
        let error = match talk.hear(u64::from(wait_seconds) * 1_000) {
            Ok(()) => None,
            Err(failed) => {
                if failed.is_token_over() || failed.is_gone() {
                    talk.lost();
                }
                Some(failed.into_error())
            }
        };
        let events = std::mem::take(&mut talk.events);
        Ok(Received { events, error, progress: talk.progress() })
    }

    /// Ends the chat for the visitor.
    pub fn end(self, chat: &str, now: u32, transport: &mut dyn Transport) -> Result<Handed, Vec<Finding>> {
        let state = self.chat(chat)?;
        let mut talk = self.talk(state, now, transport);
        let outcome = talk.close();
        Ok(talk.handed(outcome))
    }

    fn chat(&self, text: &str) -> Result<State, Vec<Finding>> {
        State::parse(text, &self.settings).map_err(|error| {
            let said = match error {
                BadState::Unreadable => said!(findings_handover::bad_chat(MAX_STATE_BYTES)),
                BadState::Version => said!(findings_handover::chat_of_another_version()),
                BadState::Deployment => said!(findings_handover::chat_of_another_deployment()),
            };
            vec![Finding::new(FindingCode::BadChat, "chat", said)]
        })
    }

    fn talk<'t>(&self, state: State, now: u32, transport: &'t mut dyn Transport) -> Talk<'t, '_> {
        Talk {
            line: Line::new(transport, self.settings.deadline_seconds, now),
            settings: &self.settings,
            state,
            events: Vec::new(),
            findings: self.findings.clone(),
        }
    }
}

impl Talk<'_, '_> {
    fn handed(self, outcome: Delivery) -> Handed {
        Handed { outcome, progress: self.progress() }
    }

    fn progress(self) -> Progress {
        let Self { line, settings, state, findings, .. } = self;
        let is_made = !state.token.reveal().is_empty();
        let known = crate::base::json::object([
            ("conversationId", if is_made { state.conversation.as_str().into() } else { Value::Null }),
            ("phase", state.phase.name().into()),
            ("endedBy", state.ended_by.map(EndedBy::name).into()),
            ("agent", state.agent.as_deref().into()),
        ]);
        let mut variables = Map::new();
        for (pointer, variable) in &settings.store {
            variables.insert(variable.clone(), known.pointer(pointer).cloned().unwrap_or_default());
        }
        Progress {
            chat: is_made.then(|| Secret::new(state.to_text())),
            conversation: is_made.then(|| state.conversation.clone()),
            correlation: state.correlation,
            phase: state.phase,
            ended_by: state.ended_by,
            variables,
            requests: line.exchange.spent.requests,
            retry_after_seconds: line.retry_after,
            findings,
        }
    }
}

/// What is wrong with a message is the host's mistake: nothing is sent.
fn check_message(message: &OutgoingMessage) -> Result<(), Vec<Finding>> {
    let bad = |place: &'static str, said| Err(vec![Finding::new(FindingCode::BadMessage, place, said)]);
    let is_line = |text: &str| (1..=MAX_MESSAGE_KEY).contains(&text.len()) && !text.contains(char::is_control);
    if !is_line(&message.key) {
        return bad("message/key", said!(findings_handover::bad_key(MAX_MESSAGE_KEY)));
    }
    match &message.content {
        Outgoing::Text(text) if text.trim().is_empty() || text.len() > MAX_SENT_BYTES => {
            bad("message/content", said!(findings_handover::bad_text(MAX_SENT_BYTES)))
        }
        Outgoing::Choice { option, in_reply_to } if !is_line(option) || !is_line(in_reply_to) => {
            bad("message/content", said!(findings_handover::bad_choice(MAX_MESSAGE_KEY)))
        }
        Outgoing::File { name, media_type, content } => {
            let file = HostFile {
                variable: String::new(),
                name: name.clone(),
                media_type: Some(media_type.clone()),
                content: Some(content.clone()),
            };
            let read = crate::value::file::File::of_hosts(std::iter::once(&file), &mut Default::default());
            let is_file = read.iter().all(Result::is_ok) && name.trim() == name;
            if is_file && content.bytes().len() <= MAX_SENT_FILE {
                return Ok(());
            }
            bad("message/content", said!(findings_handover::bad_file(MAX_SENT_FILE)))
        }
        _ => Ok(()),
    }
}

/// A text as messages of at most [`MAX_PART_BYTES`] each, cut between lines or words where there are any.
fn cut(text: &str) -> Vec<String> {
    let limit = TextLimit { characters: None, bytes: Some(MAX_PART_BYTES) };
    let mut parts = Vec::new();
    let mut left = text.trim();
    while !left.is_empty() {
        let start = if limit.holds(left) { left } else { limit.start(left) };
        let end = match start.len() == left.len() {
            true => start.len(),
            false => [start.rfind('\n'), start.rfind(' ')]
                .into_iter()
                .flatten()
                .find(|at| *at > start.len() / 2)
                .unwrap_or(start.len()),
        };
        let Some((part, rest)) = left.split_at_checked(end) else { break };
        parts.push(part.trim().to_owned());
        left = rest.trim();
    }
    parts.retain(|part| !part.is_empty());
    parts
}
