//! What a run answers. See the WIT interface `types` for what each part means to a host.

use std::borrow::Cow;

use serde_json::{Map, Value};

use crate::finding::Finding;
use crate::name::{FieldName, RecordId, RecordName, SObjectName};

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

/// Why a record was not written, or may not have been.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecordError {
    /// Salesforce's, or one of ours in the same style.
    pub code: Cow<'static, str>,
    pub message: Cow<'static, str>,
    pub fields: Vec<String>,
    pub retry: Retry,
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

/// The answer of a run.
#[derive(Clone, Debug, PartialEq)]
pub struct Outcome {
    pub status: Status,
    pub records: Vec<RecordOutcome>,
    pub variables: Map<String, Value>,
    pub requests: u32,
    pub retry_after_seconds: Option<u32>,
    pub findings: Vec<Finding>,
}

/// What would happen to one record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PreviewDecision {
    Create,
    Update,
    Upsert,
    Unchanged,
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
    /// Of the plan.
    pub hash: String,
    pub requests: u32,
    pub retry_after_seconds: Option<u32>,
    pub findings: Vec<Finding>,
}

impl RecordError {
    pub fn new(code: impl Into<Cow<'static, str>>, message: impl Into<Cow<'static, str>>, retry: Retry) -> Self {
        Self { code: code.into(), message: message.into(), fields: Vec::new(), retry }
    }

    pub fn with_fields<'a>(mut self, fields: impl IntoIterator<Item = &'a FieldName>) -> Self {
        self.fields = fields.into_iter().map(|field| field.as_str().to_owned()).collect();
        self
    }
}
