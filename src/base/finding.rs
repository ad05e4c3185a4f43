//! Remarks about a document or a run: where, what was expected, what to do.
//!
//! A message is built from positions, names of settings and constants of ours. It never holds a value of the variables.

use std::borrow::Cow;

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
    /// Stable, in kebab-case, for programs: `unknown-key`, `bad-domain`. The README lists them.
    pub code: &'static str,
    /// A JSON pointer into the settings; a finding about another input begins with its name, such as `query/limit`.
    pub path: String,
    /// What is wrong and what was expected, in English.
    pub message: Cow<'static, str>,
    /// What to do about it, in English.
    pub remedy: Cow<'static, str>,
}

impl Finding {
    pub(crate) fn error(
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { severity: Severity::Error, code, path: path.into(), message: message.into(), remedy: remedy.into() }
    }

    pub(crate) fn warning(
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { severity: Severity::Warning, ..Self::error(code, path, message, remedy) }
    }

    pub(crate) fn info(
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { severity: Severity::Info, ..Self::error(code, path, message, remedy) }
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
            MAX_FINDINGS => self.0.push(Finding::error(
                "too-many-findings",
                "",
                format!("There are more than {MAX_FINDINGS} findings; the others are left out."),
                "Correct these first.",
            )),
            _ => {}
        }
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
