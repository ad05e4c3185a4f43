//! Settings + variables → what opens the chat, or why it is not opened. Nothing is sent.

use serde_json::{Map, Value};

use super::id::uuid;
use super::message::cut;
use crate::base::{Finding, FindingCode};
use crate::report::{Code, RecordError};
use crate::settings::{Attribute, HandoverSettings, Source};
use crate::texts::{said, text};
use crate::value::convert::TextLimit;
use crate::value::transcript::Transcript;
use crate::value::{Given, Joint, Scalar, Variables};

/// Longest transcript that opens a chat, in bytes: four messages. Of a longer one the beginning is left out.
const MAX_TRANSCRIPT_BYTES: usize = 16_000;
/// Longest text by which a chat is opened once, in characters: as that of a record.
const MAX_CHAT_KEY: usize = 255;

/// What opens a chat.
#[derive(Clone, Debug, PartialEq)]
pub struct Opening {
    /// The conversation's id.
    pub conversation: String,
    /// What the deployment is told, by the names of its channel.
    pub attributes: Map<String, Value>,
    /// The transcript, message by message.
    pub messages: Vec<String>,
}

/// The opening, and what the author should know of it.
pub(super) fn opening(
    settings: &HandoverSettings,
    variables: &Variables,
) -> (Result<Opening, RecordError>, Vec<Finding>) {
    let mut findings = settings.absent_variables(variables);
    let opening = build(settings, variables, &mut findings);
    (opening, findings)
}

fn build(
    settings: &HandoverSettings,
    variables: &Variables,
    findings: &mut Vec<Finding>,
) -> Result<Opening, RecordError> {
    let conversation = conversation(settings, variables)?;
    let mut attributes = Map::new();
    for attribute in &settings.attributes {
        if let Some(value) = value(attribute, variables)? {
            attributes.insert(attribute.name.clone(), value.into());
        }
    }
    let mut messages = Vec::new();
    if let Some(variable) = &settings.transcript {
        let value = variables.json(variable).unwrap_or(&Value::Null);
        let transcript = Transcript::of_variable(value, settings.zone.as_ref())
            .map_err(|_| RecordError::new(Code::BadTranscript, text!(files::no_transcript(&variable))))?;
        let limit = TextLimit { characters: None, bytes: Some(MAX_TRANSCRIPT_BYTES) };
        let (text, is_cut) = transcript.map(|transcript| transcript.within(limit)).unwrap_or_default();
        if is_cut {
            let said = said!(findings_handover::transcript_cut(MAX_TRANSCRIPT_BYTES));
            findings.push(Finding::new(FindingCode::ValueCut, "/transcript", said));
        }
        messages = cut(&text);
    }
    Ok(Opening { conversation, attributes, messages })
}

fn conversation(settings: &HandoverSettings, variables: &Variables) -> Result<String, RecordError> {
    let key = variables.idempotency_key(&settings.idempotency).filter(|key| key.chars().count() <= MAX_CHAT_KEY);
    let Some(key) = key else {
        let words = text!(chat::bad_key(&settings.idempotency, MAX_CHAT_KEY));
        return Err(RecordError::new(Code::BadIdempotencyValue, words));
    };
    Ok(uuid(&["conversation", &settings.organization, &settings.deployment, &key]))
}

/// `None` if the conversation gave nothing.
fn value(attribute: &Attribute, variables: &Variables) -> Result<Option<String>, RecordError> {
    let given = match &attribute.source {
        Source::Variable(name) => variables.get(name),
        Source::Template(template) => variables.render(template, false, Joint::Prose),
        Source::Constant(value) => {
            Scalar::from_json(value).map(|value| value.map_or(Given::Blank, Given::Value)).map_err(Into::into)
        }
        // The reader of the settings lets no other source through.
        Source::Record(_) | Source::Transcript(_) | Source::FirstOf(_) => Ok(Given::Absent),
    };
    let given =
        given.map_err(|_| RecordError::new(Code::UnsupportedValue, text!(chat::unsupported(&attribute.name))))?;
    match given {
        Given::Value(value) => Ok(Some(value.to_text())),
        Given::Absent | Given::Blank if attribute.must_be_there => {
            let words = text!(chat::blank(&attribute.name));
            Err(RecordError::new(Code::BlankValue, words).asking(text!(visitor::ANSWER)))
        }
        Given::Absent | Given::Blank => Ok(None),
    }
}
