//! What a read hands to the flow. Mode `sobject-read` finds records by keys as a write does; here is what becomes of them.

use super::{RecordSettings, RecordWork, WhenSeveralMatch};
use crate::base::keyword::words;
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::{FieldPath, FieldType};
use crate::wire::MAX_CANDIDATES;

/// Longest list of records: as many as a person, or a prompt, makes sense of, and a fraction of a page of Salesforce's.
pub(super) const MAX_LISTED: u32 = 200;
/// What a list holds unless the settings say otherwise.
pub(super) const DEFAULT_LISTED: usize = 10;

/// What is read of one record.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reading {
    /// In the order of the settings.
    pub targets: Vec<Target>,
    /// What becomes of the targets' variables, or the list's, if no record has the keys.
    pub when_none_match: WhenNoneMatch,
    /// With [`WhenSeveralMatch::List`].
    pub list: Option<List>,
}

/// A field, and the variable that gets its value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// JSON pointer of the field in the settings.
    pub field_at: String,
    /// JSON pointer of the variable.
    pub variable_at: String,
    /// Of the record, or of a parent one level up.
    pub field: FieldPath,
    /// The outcome variable that gets the value; null where the field is empty, or where no record matches.
    pub variable: String,
    /// As far as `schema` says it.
    pub field_type: FieldType,
}

/// All records that match, in one variable.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct List {
    /// The outcome variable that gets the list, the record changed last first.
    pub variable: String,
    /// Most records in it.
    pub limit: usize,
}

words! {
    /// What becomes of the variables when no existing record matches.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum WhenNoneMatch {
        /// They become null, so that nothing of an earlier answer stays in the conversation.
        #[default]
        Clear = "clear",
        /// They are left as they are.
        Skip = "skip",
        /// The record fails.
        Fail = "fail",
    }
}

impl Reading {
    /// Completes the targets with what is known of their fields.
    pub fn learn_types(record: &mut RecordSettings, schema: Option<&OrgSchema>) {
        let (RecordWork::Read(reading), Some(schema)) = (&mut record.work, schema) else { return };
        for target in &mut reading.targets {
            let facts = schema.field(&record.sobject, &target.field);
            target.field_type = facts.map(|facts| facts.field_type).unwrap_or_default();
        }
    }

    /// Rows that the query of a record asks for, with this number of alternatives in it: one more than is needed tells whether there
    /// are more.
    pub fn rows(&self, several: WhenSeveralMatch, alternatives: usize) -> usize {
        let of_each = match (several, &self.list) {
            (WhenSeveralMatch::List, Some(list)) => list.limit + 1,
            // The first is the one, unless there are rows of another alternative before it.
            (WhenSeveralMatch::MostRecentlyModified, _) if alternatives == 1 => 1,
            _ => MAX_CANDIDATES,
        };
        of_each * alternatives
    }
}
