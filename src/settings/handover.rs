//! The settings of the mode `handover`: which deployment of Enhanced Chat takes the conversation, and what it is told of it.

use super::{Smell, Source};
use crate::salesforce::{Domain, MessagingHost};
use crate::value::Zone;

/// Settings of a hand-over that can be carried out.
#[derive(Clone, Debug, PartialEq)]
pub struct HandoverSettings {
    /// What the author calls it.
    pub title: Option<String>,
    /// What the author says of it.
    pub description: Option<String>,
    /// `deploymentDomain`: the org.
    pub domain: Domain,
    /// The only host that a request, and so a token, goes to.
    pub host: MessagingHost,
    /// What one call may take.
    pub deadline_seconds: u32,
    /// 15 characters: what Salesforce's own sample sends.
    pub organization: String,
    /// Developer name of the Embedded Service deployment.
    pub deployment: String,
    /// Such as `en_US` or `de`.
    pub language: String,
    /// What the conversation tells the deployment.
    pub attributes: Vec<Attribute>,
    /// The variable that holds the conversation so far.
    pub transcript: Option<String>,
    /// Where the times of the transcript are shown.
    pub zone: Option<Zone>,
    /// The variable with the text by which the chat is opened once.
    pub idempotency: String,
    /// JSON pointer into what is known of the chat → outcome variable.
    pub store: Vec<(String, String)>,
}

/// One row: a value, and the channel variable that it goes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Attribute {
    /// JSON pointer of the row in the settings.
    pub pointer: String,
    /// A variable, a constant or a text with variables.
    pub source: Source,
    /// As the channel has it. Another spelling would be lost without an error.
    pub name: String,
    /// Without a value no chat is opened.
    pub must_be_there: bool,
    /// Smells that the author knows about.
    pub silenced: Vec<Smell>,
}
