//! What a run answers. See the WIT interface `types` for what each part means to a host.

mod advice;
pub(crate) mod error;
mod problem;
mod visitor;

use serde_json::{Map, Value};

use crate::base::{Finding, Words};
use crate::salesforce::{FieldName, RecordId, RecordName, SObjectName};
use crate::value::Attached;
use crate::wire::ApiUsage;

use crate::code::Again;
pub use crate::code::{Code, Origin, Whose};

pub use problem::{Ambiguity, MAX_PROBLEMS, Problem};

/// Whether a run writes or shows what it would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RunKind {
    /// The run writes.
    Write,
    /// Lookups are really made, writes are only shown.
    Preview,
}

/// How a whole run ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Status {
    /// Every record has its result, none failed.
    Done,
    /// At least one record fits several existing ones; nothing was written, and nothing is handed over.
    Ambiguous,
    /// At least one record failed or is unknown; unless one is unknown, nothing was written.
    Failed,
    /// Salesforce takes no more requests for now; nothing was written.
    Deferred,
    /// The access token was refused; nothing was written. A renewed one helps.
    SessionExpired,
}

/// What happened to one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RecordResult {
    /// A new record exists.
    Created,
    /// An existing record was changed; or an upsert's answer was lost, and the record may be new.
    Updated,
    /// An existing record already holds all values, so nothing was sent for it.
    Unchanged,
    /// Mode `sobject-read`: a record matches, or for a list at least one.
    Found,
    /// Nothing was written or read for this record, on purpose; a finding or its error says why.
    Skipped,
    /// Several existing records match; nothing was written or read.
    Ambiguous,
    /// Not written, or not read; its error says why.
    Failed,
    /// The request was sent and its answer lost: the record may or may not have been written.
    Unknown,
}

/// Whether running again can help.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Retry {
    /// Not before the settings, the data or the org's setup changed.
    Never,
    /// Yes, with a renewed access token.
    RenewSession,
    /// Yes, later: nothing was written, or writing it again writes nothing twice.
    Later,
    /// Only after looking whether the record exists: a second run could write it twice.
    Verify,
}

/// Why a record was not written or read, or may not have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// Salesforce's, or one of ours in the same style.
    pub code: Code,
    /// For the administrator.
    pub message: Words,
    /// API names of the fields concerned, as far as known.
    pub fields: Vec<String>,
    /// Whether running again can help.
    pub retry: Retry,
    /// Decides whether the visitor is asked for another value or told that the administrator must act.
    pub whose: Whose,
    /// What the visitor can be asked for, where that is known.
    pub asks: Option<Box<Words>>,
}

/// What was to be done: it decides what the visitor is told did not happen. No error says it of itself; what kind of work it was, does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Act {
    /// Writing the visitor's details.
    Save,
    /// Reading: the mode `sobject-read`, and a request of the author's own that only reads.
    LookUp,
    /// Any other request of the author's own, whose effect is not known here.
    Request,
    /// Opening a chat with a person.
    Open,
    /// Sending a message to that person.
    Message,
}

/// What happened to one record of the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct RecordOutcome {
    /// Its name in the settings.
    pub name: RecordName,
    /// With `lookIn` what the record turned out to be; where the run did not get that far, what a new one would have been.
    pub sobject: SObjectName,
    /// What became of it; of a run that wrote nothing, why not.
    pub result: RecordResult,
    /// Of the new or existing record, where it is known. Of a list with several records it is `None`.
    pub id: Option<RecordId>,
    /// Existing records that match or stand in the way, [`crate::wire::MAX_CANDIDATES`] at most; see the WIT member.
    pub candidates: Vec<RecordId>,
    /// `None` where nothing went wrong.
    pub error: Option<RecordError>,
    /// What the visitor can correct, all at once.
    pub problems: Vec<Problem>,
    /// Of one that is ambiguous.
    pub ambiguity: Option<Ambiguity>,
}

/// What happened to one file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FileResult {
    /// It is attached to its record.
    Created,
    /// It is not attached, although its record is there.
    Failed,
    /// It was sent, and the answer was lost.
    Unknown,
    /// Its record is not there, or has the file already from an earlier run of the same step.
    Skipped,
}

/// What happened to one file of the conversation.
#[derive(Clone, Debug, PartialEq)]
pub struct FileOutcome {
    /// Name of the record that it is for.
    pub record: RecordName,
    /// The chat variable that holds it.
    pub variable: String,
    /// Among the files of its variable.
    pub index: usize,
    /// Changes neither the run's status nor its record's result.
    pub result: FileResult,
    /// Of the ContentVersion, where it is known.
    pub id: Option<RecordId>,
    /// Why it was not attached; the advice is for the file alone.
    pub error: Option<RecordError>,
}

/// What a run has cost the org.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spent {
    /// HTTP requests handed to the transport, also those that never reached Salesforce.
    pub requests: u32,
    /// What the last answer said of it.
    pub api_usage: Option<ApiUsage>,
}

/// The answer of a run that has records.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    /// Decides what the flow does next.
    pub status: Status,
    /// One for each record of the settings, in their order.
    pub records: Vec<RecordOutcome>,
    /// One for each file and the record that it is for.
    pub files: Vec<FileOutcome>,
    /// What is handed to the flow: what `store` or, in a read, the rows' `target`s ask for. It holds values of the org.
    pub variables: Map<String, Value>,
    /// HTTP requests handed to the transport, also those that never reached Salesforce.
    pub requests: u32,
    /// With `Deferred`, and of many runs with an earlier conversation in the way: how long to wait. Else `None`.
    pub retry_after_seconds: Option<u32>,
    /// What the last answer said of it.
    pub api_usage: Option<ApiUsage>,
    /// What the author or an administrator should know of this run.
    pub findings: Vec<Finding>,
}

/// The answer of a run of the mode `api-request`.
#[derive(Clone, Debug, PartialEq)]
pub struct RequestOutcome {
    /// Decides what the flow does next.
    pub status: Status,
    /// What was to be sent, without a value.
    pub target: RequestTarget,
    /// Of the last answer, if there was one.
    pub http_status: Option<u16>,
    /// Why the run did not end `done`.
    pub error: Option<RecordError>,
    /// What `store` asks for. It holds values of the org.
    pub variables: Map<String, Value>,
    /// HTTP requests handed to the transport, also those that never reached Salesforce.
    pub requests: u32,
    /// With `Deferred`: how long to wait.
    pub retry_after_seconds: Option<u32>,
    /// What the last answer said of it.
    pub api_usage: Option<ApiUsage>,
    /// What the author should know of this run.
    pub findings: Vec<Finding>,
}

/// A request without any value: what a log may hold.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RequestTarget {
    /// HTTP method: `GET`, `POST`, `PATCH`, `PUT` or `DELETE`.
    pub method: &'static str,
    /// As the author wrote it.
    pub path: String,
    /// What did not happen, if it fails.
    pub act: Act,
}

/// What would happen to one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewDecision {
    /// A new record is written.
    Create,
    /// An existing record is changed.
    Update,
    /// Salesforce itself creates or updates, by the key.
    Upsert,
    /// An existing record already holds all values.
    Unchanged,
    /// Mode `sobject-read`: it is handed over.
    Found,
    /// Nothing is written or read for it, on purpose.
    Skip,
    /// Several existing records match.
    Ambiguous,
    /// It cannot be written or read; its error says why.
    Fail,
}

/// What would happen to one record of the settings.
#[derive(Clone, Debug, PartialEq)]
pub struct PreviewedRecord {
    /// Its name in the settings.
    pub name: RecordName,
    /// With `lookIn` what the record turned out to be; where that is not known, what a new one would be.
    pub sobject: SObjectName,
    /// What a run would do with it.
    pub decision: PreviewDecision,
    /// Of the existing record, where one was found.
    pub id: Option<RecordId>,
    /// Existing records that match or stand in the way, [`crate::wire::MAX_CANDIDATES`] at most.
    pub candidates: Vec<RecordId>,
    /// Why it cannot be written or read; `None` where it can.
    pub error: Option<RecordError>,
    /// What the visitor can correct, all at once.
    pub problems: Vec<Problem>,
    /// Of one that is ambiguous.
    pub ambiguity: Option<Ambiguity>,
}

/// The answer of a preview that has records.
#[derive(Clone, Debug, PartialEq)]
pub struct Preview {
    /// What the run would have ended with up to this point; `Done` means that `writes` would be sent now.
    pub status: Status,
    /// One for each record of the settings, in their order.
    pub records: Vec<PreviewedRecord>,
    /// Exactly what a run would send next, the visitor's values included; empty where nothing is to be written.
    pub writes: Vec<crate::wire::Request>,
    /// What would follow the writes.
    pub files: Vec<(RecordName, Attached)>,
    /// Of the plan.
    pub hash: String,
    /// HTTP requests handed to the transport for the lookups.
    pub requests: u32,
    /// With `Deferred`: how long to wait before asking again.
    pub retry_after_seconds: Option<u32>,
    /// What the last answer said of it.
    pub api_usage: Option<ApiUsage>,
    /// What the author should know of this run.
    pub findings: Vec<Finding>,
}

impl RecordError {
    /// Of a code that says who can do what about it. Where the code leaves open whether to run again, it is the careful advice,
    /// unless [`with_retry`](Self::with_retry) says otherwise.
    pub(crate) fn new(code: Code, message: impl Into<Words>) -> Self {
        let retry = match code.again() {
            Again::Never | Again::Drift => Retry::Never,
            Again::Renewed => Retry::RenewSession,
            Again::Later | Again::Limit | Again::Lock => Retry::Later,
            Again::Busy | Again::Consequence | Again::Open => Retry::Verify,
        };
        let whose = code.whose();
        Self { code, message: message.into(), fields: Vec::new(), retry, whose, asks: None }
    }

    /// The same with another sentence in the administrator's text.
    pub(crate) fn followed_by(self, words: &Words) -> Self {
        Self { message: self.message.then(words), ..self }
    }

    pub(crate) fn with_retry(self, retry: Retry) -> Self {
        Self { retry, ..self }
    }

    /// With what the visitor can be asked for.
    pub(crate) fn asking(self, words: Words) -> Self {
        Self { asks: Some(Box::new(words)), ..self }
    }

    pub(crate) fn with_whose(self, whose: Whose) -> Self {
        Self { whose, ..self }
    }

    pub(crate) fn with_fields<'a>(mut self, fields: impl IntoIterator<Item = &'a FieldName>) -> Self {
        self.fields = fields.into_iter().map(|field| field.as_str().to_owned()).collect();
        self
    }
}
