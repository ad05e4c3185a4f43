//! One row of the form: a value for a field, or files for a record.

use serde_json::Value;

use super::{Smell, mention};
use crate::base::keyword::words;
use crate::salesforce::{FieldPath, RecordName, SObjectName};
use crate::value::{Format, Template, WhenTooLong, Zone};

/// One row of the form: where a value comes from and which field it goes to.
#[derive(Clone, Debug, PartialEq)]
pub struct Mapping {
    /// JSON pointer of the row in the settings.
    pub pointer: String,
    /// Where the value comes from: a variable, a constant or another record.
    pub source: Source,
    /// Where the value goes: a field of the record, or the external id of a parent that a lookup field is to point at.
    pub field: FieldPath,
    /// "Use field to check for existing record".
    pub key: bool,
    /// The key only finds: neither a new nor an existing record gets the value.
    pub only_finds: bool,
    /// The row counts only where a record turns out to be one of these; empty, if it always counts.
    pub only_for: Vec<SObjectName>,
    /// What a value that is null, empty or white space does.
    pub when_blank: WhenBlank,
    /// What happens if an existing record has a value there.
    pub overwrite: Overwrite,
    /// With [`Overwrite::Append`]: what stands between the old and the new, if the row says so.
    pub separator: Option<String>,
    /// As the row says it; [`Mapping::when_too_long()`] says what holds.
    pub when_too_long: WhenTooLong,
    /// How people write numbers and dates here.
    pub format: Format,
    /// Smells that the author knows about.
    pub silenced: Vec<Smell>,
    /// Of a preset: it completes a record, and is no reason to write one.
    pub completes: bool,
}

/// A row that attaches files to its record.
#[derive(Clone, Debug, PartialEq)]
pub struct Attachment {
    /// JSON pointer of the row in the settings.
    pub pointer: String,
    /// A variable with files, or with a conversation that becomes one.
    pub source: FileSource,
    /// The row counts only where a record turns out to be one of these; empty, if it always counts.
    pub only_for: Vec<SObjectName>,
    /// Without a file the record fails, and nothing of the run is written.
    pub must_be_there: bool,
    /// A file that cannot be attached fails its record, instead of being left out.
    pub must_fit: bool,
    /// Where the times of a transcript are shown.
    pub zone: Option<Zone>,
    /// Smells that the author knows about.
    pub silenced: Vec<Smell>,
}

/// Where files come from.
#[derive(Clone, Debug, PartialEq)]
pub enum FileSource {
    /// A chat variable that holds files, or that the host gives files for.
    Variable(String),
    /// A chat variable that holds a conversation, which becomes one file.
    Transcript(String),
}

/// Where a value comes from.
#[derive(Clone, Debug, PartialEq)]
pub enum Source {
    /// A chat variable.
    Variable(String),
    /// Text, number, boolean or a list of them.
    Constant(Value),
    /// Text with `{variables}`.
    Template(Template),
    /// The id of another record of the same run.
    Record(RecordName),
    /// A chat variable that holds a conversation.
    Transcript(String),
    /// The first that has a value: what a preset offers.
    FirstOf(Vec<Source>),
}

words! {
    /// What a blank value does.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum WhenBlank {
        /// The field is left alone.
        #[default]
        Skip = "skip",
        /// The field is emptied, if the flow asked for the value at all.
        Clear = "clear",
        /// The record fails, and nothing of the run is written.
        Fail = "fail",
    }
}

words! {
    /// When the field of an existing record is written.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum Overwrite {
        /// Whenever the value differs.
        #[default]
        Always = "always",
        /// Only if the field is empty.
        IfEmpty = "if-empty",
        /// Never on an existing record.
        OnCreate = "on-create",
        /// The value is added to what the field holds.
        Append = "append",
    }
}

impl Mapping {
    /// A part of a key is the key of others, and so is a part of a parent's external id.
    pub fn when_too_long(&self) -> WhenTooLong {
        if self.key || self.field.relationship.is_some() { WhenTooLong::Fail } else { self.when_too_long }
    }

    /// Where a member of the row stands in the settings; of a preset there is only the preset.
    pub fn place(&self, member: &str) -> String {
        if self.completes { self.pointer.clone() } else { format!("{}/{member}", self.pointer) }
    }
}

impl Source {
    /// The variables that a value is made of, each once.
    pub(crate) fn variables(&self) -> Vec<&str> {
        match self {
            Self::Variable(name) | Self::Transcript(name) => vec![name],
            Self::Template(template) => mention::distinct(template),
            Self::FirstOf(sources) => sources.iter().flat_map(Self::variables).collect(),
            Self::Constant(_) | Self::Record(_) => Vec::new(),
        }
    }

    /// The variable that holds a conversation.
    pub fn transcript(&self) -> Option<&str> {
        match self {
            Self::Transcript(name) => Some(name),
            _ => None,
        }
    }
}

impl FileSource {
    pub(crate) fn variable(&self) -> &str {
        match self {
            Self::Variable(name) | Self::Transcript(name) => name,
        }
    }
}
