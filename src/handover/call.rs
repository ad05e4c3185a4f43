//! The functions of the interface, on plain types.

use serde_json::{Map, Value};

use super::line::Line;
use super::message::{check_message, cut};
use super::state::{BadState, State};
use super::talk::{self, Talk};
use super::{
    Delivery, Forms, Handed, MAX_STATE_BYTES, Message, Outgoing, OutgoingMessage, Phase, PreparedHandover, Progress,
    Received, plan, uuid, wire,
};
use crate::base::json::object;
use crate::base::{Finding, FindingCode, Secret, has_error};
use crate::exchange::Transport;
use crate::report::{RecordError, Retry, Status};
use crate::salesforce::{Domain, MessagingHost};
use crate::settings::{Document, HandoverSettings};
use crate::texts::said;
use crate::value::Variables;
use crate::wire::{Headers, Request};

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
    pub fn plan(&self, variables: &Variables) -> (Result<(Request, u32), RecordError>, Vec<Finding>) {
        let (opening, found) = plan::opening(&self.settings, variables);
        let mut findings = self.findings.clone();
        findings.extend(found);
        let planned = opening.map(|opening| {
            let mut state = State::new(&self.settings, &opening.conversation, None);
            state.attributes = Some(opening.attributes);
            let mut request = wire::create(&self.settings, &state);
            request.headers = Headers::default();
            // The token, the conversation, and each message.
            (request, u32::try_from(opening.messages.len()).unwrap_or_default().saturating_add(2))
        });
        (planned, findings)
    }

    /// Compares the settings with the deployment's form.
    pub fn prepare(&self, transport: &mut dyn Transport) -> PreparedHandover {
        let mut line = Line::new(transport, self.settings.deadline_seconds, 0);
        let asked = talk::ask_for_token(&mut line, &self.settings);
        let (requests, retry_after_seconds) = (line.exchange.spent.requests, line.retry_after);
        let mut findings = self.findings.clone();
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
        &self,
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
        let delivery = match talk.open(std::mem::take(&mut opening.attributes)) {
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
        &self,
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
        &self,
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
    pub fn end(&self, chat: &str, now: u32, transport: &mut dyn Transport) -> Result<Handed, Vec<Finding>> {
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
        let known = object([
            ("conversationId", if is_made { state.conversation.as_str().into() } else { Value::Null }),
            ("phase", state.phase.name().into()),
            ("endedBy", state.ended_by.map(super::EndedBy::name).into()),
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
