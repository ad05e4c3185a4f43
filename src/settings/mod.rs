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
mod row;
pub(crate) mod smell;
mod sobject_read;
mod work;

use std::rc::Rc;

use crate::base::finding::Findings;
use crate::base::{Finding, FindingCode, has_error};
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::{ApiVersion, Domain};
use crate::texts::said;

pub use crate::base::nearest;
pub use check::links::link_order;
pub use handover::{Attribute, HandoverSettings};
pub use match_keys::{MAX_KEY_GROUPS, MatchKeys};
pub(crate) use preset::Preset;
pub use record::{AssignmentRule, DuplicateRule, Idempotency, RecordSettings, RecordWork, WhenSeveralMatch, Writing};
pub use request::RequestSettings;
pub use row::{Attachment, FileSource, Mapping, Overwrite, Source, WhenBlank};
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
