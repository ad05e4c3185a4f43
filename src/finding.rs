//! Remarks about a document or a run: where, what was expected, what to do.
//!
//! A message is built from positions, names of settings and constants of ours. It never holds a value of the variables.

use std::borrow::Cow;

use serde::Serialize;

/// How much a finding matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// The module does not run.
    Error,
    /// It runs, but probably not as meant.
    Warning,
    /// Worth knowing.
    Info,
}

/// One remark. See the WIT interface `types` for what each member means to a host.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub severity: Severity,
    pub code: &'static str,
    pub path: String,
    pub message: Cow<'static, str>,
    pub remedy: Cow<'static, str>,
}

impl Finding {
    pub fn error(
        code: &'static str,
        path: impl Into<String>,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { severity: Severity::Error, code, path: path.into(), message: message.into(), remedy: remedy.into() }
    }

    /// The same remark with another weight.
    pub fn with_severity(self, severity: Severity) -> Self {
        Self { severity, ..self }
    }
}

/// Whether any of `findings` keeps the module from running.
pub fn has_error(findings: &[Finding]) -> bool {
    findings.iter().any(|finding| finding.severity == Severity::Error)
}
