//! Jobs of the Bulk API 2.0 and their results, which end with the process.

use std::collections::BTreeMap;

use jiff::Timestamp;

/// All jobs, by their id.
#[derive(Debug, Default)]
pub struct Bulk {
    pub jobs: BTreeMap<String, Job>,
    pub opened: u64,
}

/// One job, of either kind.
#[derive(Debug)]
pub struct Job {
    pub id: String,
    pub is_query: bool,
    /// As the client names it.
    pub operation: &'static str,
    pub sobject: &'static str,
    pub state: &'static str,
    pub key: Option<&'static str>,
    /// `Sforce-Auto-Assign` of all records, as the job's `assignmentRuleId` says it.
    pub assignment_rule: Option<String>,
    pub delimiter: u8,
    pub crlf: bool,
    pub created: Timestamp,
    pub changed: Timestamp,
    pub version: u32,
    /// What was uploaded, until it is carried out.
    pub content: Option<Vec<u8>>,
    /// Why the job failed as a whole.
    pub error: Option<String>,
    /// Rows of a query, or records that were written: `sf__Id`, `sf__Created` and the uploaded columns.
    pub done: Rows,
    /// Records that were refused: `sf__Id`, `sf__Error` and the uploaded columns.
    pub failed: Rows,
    /// Records that were not tried.
    pub left: Rows,
}

/// A table with its head.
#[derive(Debug, Default)]
pub struct Rows {
    pub head: Vec<String>,
    pub rows: Vec<Vec<String>>,
}
