//! What a run answers. See the WIT interface `types` for what each part means to a host.

pub(crate) mod advice;
pub(crate) mod error;
mod visitor;

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::base::{Finding, Words};
use crate::salesforce::{FieldName, RecordId, RecordName, SObjectName};
use crate::value::Attached;
use crate::wire::ApiUsage;

/// Whether a run writes or shows what it would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    Write,
    Preview,
}

/// How a whole run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    Done,
    Ambiguous,
    Failed,
    Deferred,
    SessionExpired,
}

/// What happened to one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordResult {
    Created,
    Updated,
    Unchanged,
    Found,
    Skipped,
    Ambiguous,
    Failed,
    Unknown,
}

/// Whether running again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    Never,
    RenewSession,
    Later,
    Verify,
}

/// Why a record was not written or read, or may not have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// Salesforce's, or one of ours in the same style.
    pub code: Cow<'static, str>,
    /// For the administrator.
    pub message: Words,
    pub fields: Vec<String>,
    pub retry: Retry,
    pub whose: Whose,
    pub act: Act,
}

/// What was to be done: it decides what the visitor is told did not happen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Act {
    /// Writing the visitor's details.
    #[default]
    Save,
    /// Reading: the mode `sobject-read`, and a GET of the author's own.
    LookUp,
    /// Any other request of the author's own, of which nobody here knows what it does.
    Request,
}

/// Who can do something about an error that does not pass by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Another value may be accepted.
    Visitor,
    /// The settings, the rights or the org's setup must change.
    Administrator,
}

/// What happened to one record of the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordOutcome {
    pub name: RecordName,
    pub sobject: SObjectName,
    pub result: RecordResult,
    pub id: Option<RecordId>,
    pub candidates: Vec<RecordId>,
    pub error: Option<RecordError>,
}

/// What happened to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileResult {
    Created,
    Failed,
    Unknown,
    Skipped,
}

/// What happened to one file of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct FileOutcome {
    pub record: RecordName,
    pub variable: String,
    /// Among the files of its variable.
    pub index: usize,
    pub result: FileResult,
    pub id: Option<RecordId>,
    pub error: Option<RecordError>,
}

/// What a run has cost the org.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    pub requests: u32,
    /// What the last answer said of it.
    pub api_usage: Option<ApiUsage>,
}

/// The answer of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub status: Status,
    pub records: Vec<RecordOutcome>,
    pub files: Vec<FileOutcome>,
    pub variables: Map<String, Value>,
    pub requests: u32,
    pub retry_after_seconds: Option<u32>,
    /// What the last answer said of it.
    pub api_usage: Option<ApiUsage>,
    /// Of the mode `api-request`, which has no records.
    pub response: Option<ApiResponse>,
    pub findings: Vec<Finding>,
}

/// What the one request of the mode `api-request` led to.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiResponse {
    pub target: RequestTarget,
    /// Of the last answer, if there was one.
    pub http_status: Option<u16>,
    /// Why the run did not end `done`.
    pub error: Option<RecordError>,
}

/// A request without any value: what a log may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestTarget {
    pub method: &'static str,
    /// As the author wrote it.
    pub path: String,
}

/// What would happen to one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewDecision {
    Create,
    Update,
    Upsert,
    Unchanged,
    Found,
    Skip,
    Ambiguous,
    Fail,
}

/// What would happen to one record of the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewedRecord {
    pub name: RecordName,
    pub sobject: SObjectName,
    pub decision: PreviewDecision,
    pub id: Option<RecordId>,
    pub candidates: Vec<RecordId>,
    pub error: Option<RecordError>,
}

/// The answer of a preview.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    pub status: Status,
    pub records: Vec<PreviewedRecord>,
    pub writes: Vec<crate::wire::Request>,
    /// What would follow the writes.
    pub files: Vec<(RecordName, Attached)>,
    /// Of the plan.
    pub hash: String,
    pub requests: u32,
    pub retry_after_seconds: Option<u32>,
    /// What the last answer said of it.
    pub api_usage: Option<ApiUsage>,
    /// Of the mode `api-request`: why nothing would be sent.
    pub response: Option<ApiResponse>,
    pub findings: Vec<Finding>,
}

impl RecordError {
    pub(crate) fn new(code: impl Into<Cow<'static, str>>, message: impl Into<Words>, retry: Retry) -> Self {
        let code = code.into();
        let whose = if visitor::CODES.contains(&code.as_ref()) { Whose::Visitor } else { Whose::Administrator };
        Self { code, message: message.into(), fields: Vec::new(), retry, whose, act: Act::Save }
    }

    /// The same with another sentence in the administrator's text, in English and in German.
    pub fn followed_by(self, (en, de): (&str, &str)) -> Self {
        let message = Words::from((format!("{} {en}", self.message.en), format!("{} {de}", self.message.de)));
        Self { message, ..self }
    }

    pub(crate) fn with_whose(self, whose: Whose) -> Self {
        Self { whose, ..self }
    }

    pub(crate) fn with_act(self, act: Act) -> Self {
        Self { act, ..self }
    }

    pub(crate) fn with_fields<'a>(mut self, fields: impl IntoIterator<Item = &'a FieldName>) -> Self {
        self.fields = fields.into_iter().map(|field| field.as_str().to_owned()).collect();
        self
    }
}
