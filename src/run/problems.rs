//! What a visitor can be asked again, and what would tell several matches apart.

use std::rc::Rc;

use crate::record::decide::Decision;
use crate::record::{Approach, Current};
use crate::report::{Ambiguity, MAX_PROBLEMS, Problem, RecordOutcome, RecordResult};
use crate::settings::Mapping;

/// What the visitor can correct: all that is wrong with the values before anything is sent, else what Salesforce named.
pub(super) fn problems(outcome: &RecordOutcome, record: &Current) -> Vec<Problem> {
    let Some(error) = outcome.error.as_ref().filter(|_| outcome.result == RecordResult::Failed) else {
        return Vec::new();
    };
    if matches!(record.approach, Approach::Fail(_)) || record.misfit.is_some() {
        let mut problems: Vec<Problem> = Vec::new();
        for problem in record.forms().flat_map(|form| &form.problems) {
            if problems.len() < MAX_PROBLEMS && !problems.contains(problem) {
                problems.push(problem.clone());
            }
        }
        return problems;
    }
    let named = record.settings.mappings.iter().filter(|row| error.fields.contains(&row.field.field.to_string()));
    let of = |row: &Rc<Mapping>| Problem::of(error, &row.field.to_string(), row.source.variables());
    named.flat_map(of).take(MAX_PROBLEMS).collect()
}

/// What more would decide.
pub(super) fn ambiguity(record: &Current, decision: &Decision) -> Ambiguity {
    let links = record.link_keys().map(|link| link.field.to_string());
    let keys = record.keys().map(|key| key.path.to_string()).chain(links).collect();
    let differ_in = match decision {
        Decision::Ambiguous { differ_in, .. } => differ_in.clone(),
        _ => Vec::new(),
    };
    Ambiguity { keys, differ_in }
}
