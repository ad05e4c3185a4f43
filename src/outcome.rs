//! What a run answers. See the WIT interface `types` for what each part means to a host.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::finding::Finding;
use crate::mapping::Attached;
use crate::name::{FieldName, RecordId, RecordName, SObjectName};
use crate::rest::ApiUsage;
use crate::settings::RecordSettings;
use crate::words::Words;

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
    /// The record was to be read: the visitor is told of nothing that was to be saved.
    pub of_read: bool,
}

/// What the visitor can do something about.
const CODES_OF_VALUES: [&str; 18] = [
    "BAD_TRANSCRIPT",
    "BLANK_VALUE",
    "FIELD_CUSTOM_VALIDATION_EXCEPTION",
    "INVALID_EMAIL_ADDRESS",
    "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
    "JSON_PARSER_ERROR",
    "KEY_TOO_LONG",
    "MALFORMED_ID",
    "NO_MATCH",
    "NOT_CONVERTIBLE",
    "NOT_IN_PICKLIST",
    "NUMBER_OUTSIDE_VALID_RANGE",
    "REFERENCE_IN_VALUE",
    "REQUIRED_FIELD_MISSING",
    "STRING_TOO_LONG",
    "TOO_MUCH_TEXT",
    "UNSUPPORTED_VALUE",
    "VALUE_TOO_LONG",
];

const IN_DOUBT: Words = Words::new(
    "It is not certain that your details were saved. Please wait before you send them again.",
    "Es ist nicht sicher, ob Ihre Angaben gespeichert wurden. Bitte warten Sie, bevor Sie sie noch einmal senden.",
);
const ANOTHER_TIME: Words = Words::new(
    "Your details could not be saved just now. Please try again in a few minutes.",
    "Ihre Angaben konnten gerade nicht gespeichert werden. Bitte versuchen Sie es in einigen Minuten noch einmal.",
);
const FILE_MISSING: Words = Words::new(
    "Your details were saved, but a file was not. Please send it to us in another way.",
    "Ihre Angaben wurden gespeichert, eine Datei jedoch nicht. Bitte senden Sie sie uns auf einem anderen Weg.",
);
const FILE_IN_DOUBT: Words = Words::new(
    "Your details were saved. It is not certain that a file was.",
    "Ihre Angaben wurden gespeichert. Bei einer Datei ist das nicht sicher.",
);
const CHECK_FILES: Words = Words::new(
    "Your details could not be saved with this file. Please send a smaller or another one, or leave it out.",
    "Ihre Angaben konnten mit dieser Datei nicht gespeichert werden. Bitte senden Sie eine kleinere oder eine andere, oder lassen Sie sie weg.",
);
const CODES_OF_FILES: [&str; 3] = ["BAD_FILE", "FILE_TOO_LARGE", "TOO_MANY_FILES"];
const CHECK_VALUES: Words = Words::new(
    "Your details could not be saved as they are. Please check what you have entered.",
    "Ihre Angaben konnten so nicht gespeichert werden. Bitte prüfen Sie, was Sie eingegeben haben.",
);
const ANOTHER_WAY: Words = Words::new(
    "Your details could not be saved. Please contact us in another way.",
    "Ihre Angaben konnten nicht gespeichert werden. Bitte wenden Sie sich auf einem anderen Weg an uns.",
);

const FIND_ANOTHER_TIME: Words = Words::new(
    "That could not be looked up just now. Please try again in a few minutes.",
    "Das konnte gerade nicht nachgesehen werden. Bitte versuchen Sie es in einigen Minuten noch einmal.",
);
const CHECK_WHAT_IS_SOUGHT: Words = Words::new(
    "Nothing was found for what you have entered. Please check it.",
    "Zu Ihren Angaben wurde nichts gefunden. Bitte prüfen Sie sie.",
);
const FIND_ANOTHER_WAY: Words = Words::new(
    "That could not be looked up. Please contact us in another way.",
    "Das konnte nicht nachgesehen werden. Bitte wenden Sie sich auf einem anderen Weg an uns.",
);

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
    pub writes: Vec<crate::rest::Request>,
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
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<Words>, retry: Retry) -> Self {
        Self { code: code.into(), message: message.into(), fields: Vec::new(), retry, of_read: false }
    }

    pub fn with_fields<'a>(mut self, fields: impl IntoIterator<Item = &'a FieldName>) -> Self {
        self.fields = fields.into_iter().map(|field| field.as_str().to_owned()).collect();
        self
    }

    /// The same as what became of this record.
    pub fn of(self, record: &RecordSettings) -> Self {
        Self { of_read: record.reads(), ..self }
    }

    /// What may be shown in the chat of a file whose record is there.
    pub fn for_visitor_of_file(result: FileResult) -> Words {
        if result == FileResult::Unknown { FILE_IN_DOUBT } else { FILE_MISSING }
    }

    /// What may be shown in the chat. It tells nothing about other people's data, the org or its fields.
    pub fn for_visitor(&self, result: Option<RecordResult>) -> Words {
        match self.retry {
            Retry::Later | Retry::RenewSession | Retry::Verify if self.of_read => FIND_ANOTHER_TIME,
            Retry::Never if self.of_read && CODES_OF_VALUES.contains(&self.code.as_ref()) => CHECK_WHAT_IS_SOUGHT,
            Retry::Never if self.of_read => FIND_ANOTHER_WAY,
            _ if result == Some(RecordResult::Unknown) => IN_DOUBT,
            Retry::Verify => IN_DOUBT,
            Retry::Later | Retry::RenewSession => ANOTHER_TIME,
            Retry::Never if CODES_OF_FILES.contains(&self.code.as_ref()) => CHECK_FILES,
            Retry::Never if CODES_OF_VALUES.contains(&self.code.as_ref()) => CHECK_VALUES,
            Retry::Never => ANOTHER_WAY,
        }
    }
}
