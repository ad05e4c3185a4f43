//! Settings against a flow: variables that it does not have, and variables that it did not pass.
//!
//! A misspelt name loses data without a trace in every conversation. So the one is an error where the flow is known, and the other a
//! remark of each run.

use super::mention::Mention;
use super::{Document, HandoverSettings, Records, RequestSettings, Smell};
use crate::base::finding::{Findings, MAX_FINDINGS};
use crate::base::{Finding, Severity, nearest};
use crate::texts::said;
use crate::value::Variables;

impl Document {
    /// Variables that the flow does not have. Whether one of its variables is ever set, this does not tell.
    pub(super) fn unknown_variables(&self, known: &[String], findings: &mut Findings) {
        let smell = Smell::UnknownVariable;
        let mentions = match self {
            Self::Settings(settings) => settings.mentions(),
            Self::Handover(settings) => settings.mentions(),
        };
        for Mention { variable, at } in mentions {
            let is_known = known.iter().any(|name| *name == variable);
            if is_known || at.is_of_preset() || at.is_silenced(smell) {
                continue;
            }
            if findings.is_full() {
                return;
            }
            let place = at.words();
            let said = match nearest(&variable, known.iter().map(String::as_str)) {
                Some(near) => said!(findings_flow::misspelt_variable(&variable, place, near)),
                None => said!(findings_flow::unknown_variable(&variable, place)),
            };
            findings.push(Finding::new(smell.code(), at.pointer(), said));
        }
    }
}

impl Records {
    /// Variables that the flow did not pass.
    pub(crate) fn absent_variables(&self, variables: &Variables) -> Vec<Finding> {
        absent(self.mentions(), variables)
    }
}

impl RequestSettings {
    /// Variables that the flow did not pass.
    pub(crate) fn absent_variables(&self, variables: &Variables) -> Vec<Finding> {
        absent(self.mentions(), variables)
    }
}

impl HandoverSettings {
    /// Variables that the flow did not pass.
    pub(crate) fn absent_variables(&self, variables: &Variables) -> Vec<Finding> {
        absent(self.mentions(), variables)
    }
}

/// That a variable is absent is no mistake where the flow did not ask; a misspelt name looks the same.
fn absent(mentions: Vec<Mention>, variables: &Variables) -> Vec<Finding> {
    let smell = Smell::AbsentVariable;
    let mut findings: Vec<Finding> = Vec::new();
    for Mention { variable, at } in mentions {
        if variables.has(&variable) || at.is_of_preset() || at.is_silenced(smell) {
            continue;
        }
        // More would say nothing new: the flow passes nothing.
        if findings.len() == MAX_FINDINGS {
            break;
        }
        let place = at.words();
        let finding = Finding::new(smell.code(), at.pointer(), said!(findings_flow::absent_variable(&variable, place)));
        findings.push(if at.is_key() { finding } else { finding.only(Severity::Info) });
    }
    findings
}
