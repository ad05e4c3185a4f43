//! Assignment rules: the one of cases, which every org has, and those of an org file.

use jiff::Timestamp;

use super::conditions;
use crate::simulator::http::{ApiError, Options};
use crate::simulator::org::{Assignment, Changes, Org};
use crate::simulator::schema::{SObject, id};

/// The queue to which the assignment rule moves this save, if it runs.
///
/// Over REST the header defaults to TRUE, and the rule runs on updates too: a client that forgets FALSE when it updates
/// a case takes it away from the agent who works on it.
pub fn assigned_owner(
    org: &Org,
    sobject: &SObject,
    changes: &Changes,
    own: Option<&str>,
    options: &Options,
    now: Timestamp,
) -> Result<Option<String>, ApiError> {
    let entries = org.rules.assignments.iter().filter(|entry| entry.sobject == sobject.name);
    let fitting = || {
        let mut entries = entries.clone();
        let fits = |entry: &&Assignment| conditions::holds(org, sobject, entry.condition.as_ref(), changes, own, now);
        entries.find(fits).map(|entry| entry.queue.clone())
    };
    let queue = || match entries.clone().next() {
        Some(_) => fitting(),
        None => (sobject.name == "Case").then(|| org.rules.queue.clone()),
    };
    let runs = match options.auto_assign.as_deref() {
        Some(value) if value.eq_ignore_ascii_case("FALSE") => return Ok(None),
        None => true,
        Some(value) if value.eq_ignore_ascii_case("TRUE") => true,
        Some(value) => {
            let named = id::to_18(value).is_some_and(|rule| org.rules.assignment_rules.contains(&rule));
            if !named {
                return Err(ApiError::bad("MALFORMED_ID", format!("Invalid assignment rule id: {value}")));
            }
            // A rule that is named runs even when it is not the active one.
            return Ok(queue());
        }
    };
    // The switch is that of cases.
    let active = runs && (org.settings.case_assignment_rule || sobject.name != "Case");
    Ok(if active { queue() } else { None })
}
