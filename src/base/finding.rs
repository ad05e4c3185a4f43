//! Remarks about a document or a run: where, what was expected, what to do.
//!
//! A message is built from positions, names of settings and constants of ours. It never holds a value of the variables.

use super::{FindingCode, Words};
use crate::texts::said;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// The module does not run.
    Error,
    /// It runs, but probably not as meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// One remark. See the WIT interface `types` for what each member means to a host.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    /// Whether the module runs all the same.
    pub severity: Severity,
    /// What it is about, for programs.
    pub code: FindingCode,
    /// A JSON pointer into the settings; a finding about another input begins with its name, such as `query/limit`.
    pub path: String,
    /// What is wrong and what was expected.
    pub message: Words,
    /// What to do about it, in the words of the form.
    pub remedy: Words,
}

/// The words of a finding: see [`said!`](crate::texts::said).
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Said {
    pub(crate) message: Words,
    pub(crate) remedy: Words,
}

impl Finding {
    pub(crate) fn new(code: FindingCode, path: impl Into<String>, said: Said) -> Self {
        let Said { message, remedy } = said;
        Self { severity: code.severity(), code, path: path.into(), message, remedy }
    }

    /// The same, where it matters less than its code usually does.
    pub(crate) fn only(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }
}

/// Most findings of one document: more are not read, and a hostile document must not fill the memory with them.
pub const MAX_FINDINGS: usize = 100;

/// Findings of one document, as far as they are worth listing.
#[derive(Debug, Default)]
pub(crate) struct Findings(Vec<Finding>);

impl From<Vec<Finding>> for Findings {
    fn from(findings: Vec<Finding>) -> Self {
        Self(findings)
    }
}

impl Findings {
    /// What is true of several variants of a record is said once.
    pub(crate) fn push(&mut self, finding: Finding) {
        match self.0.len() {
            0..MAX_FINDINGS if self.0.contains(&finding) => {}
            0..MAX_FINDINGS => self.0.push(finding),
            MAX_FINDINGS => self.0.push(Finding::new(
                FindingCode::TooManyFindings,
                "",
                said!(findings_document::too_many_findings(MAX_FINDINGS)),
            )),
            _ => {}
        }
    }

    /// Whether one of them is about this place.
    pub(crate) fn tell_of(&self, path: &str) -> bool {
        self.0.iter().any(|finding| finding.path == path)
    }

    /// Whether one of them is about this place, or about a part of it.
    pub(crate) fn tell_below(&self, path: &str) -> bool {
        let is_below = |rest: &str| rest.is_empty() || rest.starts_with('/');
        self.0.iter().any(|finding| finding.path.strip_prefix(path).is_some_and(is_below))
    }

    /// Nothing that is pushed now is kept.
    pub(crate) fn is_full(&self) -> bool {
        self.0.len() > MAX_FINDINGS
    }

    pub(crate) fn into_vec(self) -> Vec<Finding> {
        self.0
    }
}

/// Whether any of `findings` keeps the module from running.
pub fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
