//! Settings against a flow: variables that it does not have, and variables that it did not pass.
//!
//! A misspelt name loses data without a trace in every conversation. So the one is an error where the flow is known, and the other a
//! remark of each run.

use super::mention::Mention;
use super::{Records, RequestSettings, Settings, Smell};
use crate::base::finding::{Findings, MAX_FINDINGS};
use crate::base::{Finding, nearest};
use crate::value::Variables;

impl Settings {
    /// Variables that the flow does not have. Whether one of its variables is ever set, this does not tell.
    pub(super) fn unknown_variables(&self, known: &[String], findings: &mut Findings) {
        let smell = Smell::UnknownVariable;
        for Mention { variable, at } in self.mentions() {
            let is_known = known.iter().any(|name| *name == variable);
            if is_known || at.is_of_preset() || at.is_silenced(smell) {
                continue;
            }
            if findings.is_full() {
                return;
            }
            let remedy = match nearest(&variable, known.iter().map(String::as_str)) {
                Some(name) => format!("Did you mean `{name}`?"),
                None => "Choose a variable of the flow. If the flow sets it all the same, add \"silence\": \
                         [\"unknown-variable\"] to the row."
                    .to_owned(),
            };
            let message = format!("The flow has no variable `{variable}`, which is for {}.", at.words());
            findings.push(Finding::error(smell.code(), at.pointer(), message, remedy));
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
        let message = format!("The flow did not pass the variable `{variable}`, which is for {}.", at.words());
        let remedy = "Nothing, if the flow did not ask for it; otherwise compare the name with the flow's variables.";
        findings.push(match at.is_key() {
            true => Finding::warning(smell.code(), at.pointer(), message, remedy),
            false => Finding::info(smell.code(), at.pointer(), message, remedy),
        });
    }
    findings
}
