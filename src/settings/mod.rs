//! The settings of one module instance: what a flow author filled in.
//!
//! [`Settings::parse`] is the only way in. It is strict - an unknown key, a wrong type or a name that cannot exist is a
//! finding with its JSON pointer - because a setting that is silently ignored ends as wrong data in somebody's CRM.

mod check;
mod flow;
pub(crate) mod handover;
mod keys;
mod look_in;
mod match_keys;
pub(crate) mod mention;
mod parse;
mod preset;
mod record;
pub(crate) mod request;
pub(crate) mod smell;
mod sobject_read;
mod work;

use std::rc::Rc;

use serde_json::Value;

use crate::base::finding::Findings;
use crate::base::keyword::words;
use crate::base::{Finding, FindingCode, has_error};
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::{ApiVersion, Domain, FieldPath, RecordId, RecordName, SObjectName};
use crate::texts::said;
use crate::value::{Format, Template, WhenTooLong, Zone};

pub use crate::base::nearest;
pub use check::links::link_order;
pub use handover::{Attribute, HandoverSettings};
pub use match_keys::{MAX_KEY_GROUPS, MatchKeys};
pub(crate) use preset::Preset;
pub use record::{Idempotency, RecordSettings, RecordWork, Writing};
pub use request::RequestSettings;
pub(crate) use smell::Concept;
pub use smell::Smell;
pub use sobject_read::{List, Reading, Target, WhenNoneMatch};
pub use work::{Mode, Work};

/// Largest settings document, in bytes. 25 records of 50 mappings with long templates stay below a tenth of it, with
/// `schema`.
pub const MAX_SETTINGS_BYTES: usize = 1 << 20;
/// Most records of one run: as many subrequests as a composite request takes. Source: REST API guide, Composite.
pub const MAX_RECORDS: usize = 25;
/// Most SObjects looked up in one run: as many queries as a composite request takes. Source: the same.
pub const MAX_LOOKUPS: usize = 5;
/// What a whole run may take, in seconds, unless the settings say otherwise: a visitor waits in front of a chat.
pub const DEFAULT_DEADLINE_SECONDS: u32 = 20;
/// Longest deadline: hosts end what takes longer, the reference host ten seconds after it.
pub const MAX_DEADLINE_SECONDS: u32 = 60;
/// Longest `title`, in characters: it is a heading, and names a tool.
pub const MAX_TITLE_LENGTH: usize = 80;
/// Longest `description`, in characters: as long as language models take of a tool.
pub const MAX_DESCRIPTION_LENGTH: usize = 1024;
/// Most mappings: 25 records of 40 fields.
pub const MAX_MAPPINGS: usize = 1000;

/// Settings that can run.
#[derive(Clone, Debug, PartialEq)]
pub struct Settings {
    /// What the author calls it.
    pub title: Option<String>,
    /// What the author says of it.
    pub description: Option<String>,
    /// `deploymentDomain`: the only host that a request, and so a token, goes to.
    pub domain: Domain,
    /// What a whole run may take.
    pub deadline_seconds: u32,
    /// What the module does, by its `mode`.
    pub work: Work,
}

/// What a settings document is for.
#[derive(Clone, Debug, PartialEq)]
pub enum Document {
    /// One run.
    Settings(Settings),
    /// A chat of many calls.
    Handover(HandoverSettings),
}

/// The settings of the modes that have records.
#[derive(Clone, Debug, PartialEq)]
pub struct Records {
    /// The version in the URLs of lookups and writes; without `apiVersion`, [`ApiVersion::DEFAULT`].
    pub api_version: ApiVersion,
    /// In the order in which the mappings first name them.
    pub records: Vec<Rc<RecordSettings>>,
    /// Facts of the org that `prepare` has written; without them no value is converted or measured against its field.
    pub schema: Option<OrgSchema>,
    /// Percent of the org's daily API requests from which on nothing is written.
    pub defer_above_api_usage: Option<u32>,
}

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

words! {
    /// What several matches lead to.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum WhenSeveralMatch {
        /// The run ends `ambiguous`, and nothing of it is written or read.
        #[default]
        Stop = "stop",
        /// The one changed last is updated or read.
        MostRecentlyModified = "most-recently-modified",
        /// Of a read alone: all of them, up to a limit.
        List = "list",
    }
}

words! {
    /// What the org's duplicate rules do to a write.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum DuplicateRule {
        /// A duplicate alert refuses the write.
        #[default]
        Block = "block",
        /// Rules that only alert let the write pass.
        Allow = "allow",
        /// The one existing record that Salesforce names is updated instead.
        Adopt = "adopt",
    }
}

/// Which assignment rule runs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum AssignmentRule {
    /// The org's active rule on creates, none on updates.
    #[default]
    Default,
    /// No rule, on creates and updates.
    Off,
    /// This rule on creates, none on updates.
    Rule(RecordId),
}

impl Settings {
    /// Reads a settings document for a run. Findings that are no errors come along with the settings.
    pub fn parse(text: &str) -> Result<(Self, Vec<Finding>), Vec<Finding>> {
        Document::parse(text)?.of_run("handover.start")
    }

    /// Reads a settings document as if it had no `schema`, which is about to be written anew.
    pub fn parse_unprepared(text: &str) -> Result<(Self, Vec<Finding>), Vec<Finding>> {
        Document::accept(parse::parse(text, parse::ParseFor::Prepare))?.of_run("handover.prepare")
    }

    /// The records of a write or a read.
    pub(crate) fn records(&self) -> &[Rc<RecordSettings>] {
        self.work.as_ref().records().map(|work| work.records.as_slice()).unwrap_or_default()
    }

    /// What the org is known to be, in the modes that have records.
    pub(crate) fn schema(&self) -> Option<&OrgSchema> {
        self.work.as_ref().records()?.schema.as_ref()
    }

    /// Every finding of a settings document: the `check` of the contract.
    pub fn check(text: &str) -> Vec<Finding> {
        parse::parse(text, parse::ParseFor::Check).1
    }

    /// The same for a flow that has these variables, and no others.
    pub fn check_in_flow(text: &str, known_variables: &[String]) -> Vec<Finding> {
        let (document, findings) = parse::parse(text, parse::ParseFor::Check);
        let mut findings = Findings::from(findings);
        if let Some(document) = document {
            document.unknown_variables(known_variables, &mut findings);
        }
        findings.into_vec()
    }
}

/// A document that can be used, and its findings that are no errors.
#[derive(Clone, Debug, PartialEq)]
pub struct Accepted {
    /// What it says.
    pub document: Document,
    /// What there is to remark.
    pub findings: Vec<Finding>,
}

impl Document {
    /// Reads a settings document of any mode.
    pub fn parse(text: &str) -> Result<Accepted, Vec<Finding>> {
        Self::accept(parse::parse(text, parse::ParseFor::Run))
    }

    fn accept((document, findings): (Option<Self>, Vec<Finding>)) -> Result<Accepted, Vec<Finding>> {
        match document {
            Some(document) if !has_error(&findings) => Ok(Accepted { document, findings }),
            _ => Err(findings),
        }
    }
}

impl Accepted {
    /// Of a mode that one run carries out. `function` is the one that carries out a hand-over.
    fn of_run(self, function: &str) -> Result<(Settings, Vec<Finding>), Vec<Finding>> {
        match self.document {
            Document::Settings(settings) => Ok((settings, self.findings)),
            Document::Handover(_) => {
                let said = said!(findings_handover::not_a_run(function));
                Err(vec![Finding::new(FindingCode::NotForMode, "/mode", said)])
            }
        }
    }

    /// Of a hand-over.
    pub fn of_handover(self) -> Result<(HandoverSettings, Vec<Finding>), Vec<Finding>> {
        match self.document {
            Document::Handover(settings) => Ok((settings, self.findings)),
            Document::Settings(settings) => {
                let said = said!(findings_handover::not_a_handover(settings.work.mode().name()));
                Err(vec![Finding::new(FindingCode::NotForMode, "/mode", said)])
            }
        }
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
