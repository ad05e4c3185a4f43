//! Rules whose conditions are formulas: what a trigger sets or refuses before a save, and validation rules behind it.
//!
//! Source: Apex developer guide, Triggers and Order of Execution; `addError` of a trigger has the code of a validation rule.

use jiff::Timestamp;
use serde_json::Value;

use crate::simulator::formula::{Formula, Record};
use crate::simulator::http::ApiError;
use crate::simulator::org::{Changes, Org, Refusal, Source, read};
use crate::simulator::schema::SObject;

/// Sets what triggers set, and refuses what they or validation rules refuse.
pub fn run(
    org: &Org,
    sobject: &SObject,
    changes: &mut Changes,
    own: Option<&str>,
    now: Timestamp,
) -> Result<(), ApiError> {
    for trigger in org.rules.on_save.iter().filter(|trigger| trigger.sobject == sobject.name) {
        let runs = if own.is_some() { trigger.on_update } else { trigger.on_create };
        if !runs || !holds(org, sobject, trigger.condition.as_ref(), changes, own, now) {
            continue;
        }
        if let Some(refusal) = &trigger.refusal {
            return Err(refused(refusal));
        }
        changes.extend(trigger.set.iter().cloned());
    }
    for check in org.rules.checks.iter().filter(|check| check.sobject == sobject.name) {
        if holds(org, sobject, Some(&check.condition), changes, own, now) {
            return Err(refused(&check.refusal));
        }
    }
    Ok(())
}

/// Whether a condition is true of a record as it would be saved; none is true of all.
pub fn holds(
    org: &Org,
    sobject: &SObject,
    condition: Option<&Formula>,
    changes: &Changes,
    own: Option<&str>,
    now: Timestamp,
) -> bool {
    let Some(condition) = condition else { return true };
    let row = own.and_then(|id| org.store.get(id));
    let stored = |name: &str| {
        let field = sobject.fields.iter().find(|field| field.name == name);
        let value = row.zip(field).map(|(row, field)| read::value(source(org), sobject, row, field));
        value.unwrap_or_default()
    };
    // Defaults of a new record are set before its rules run.
    let default = |name: &str| {
        let field = sobject.fields.iter().find(|field| field.name == name);
        field.map_or(Value::Null, |field| match field.kind {
            crate::simulator::schema::Kind::Boolean => field.default.clone().unwrap_or(Value::Bool(false)),
            _ => field.default.clone().unwrap_or_default(),
        })
    };
    let after = |name: &str| match changes.get(name) {
        Some(value) => value.clone(),
        None if row.is_some() => stored(name),
        None => default(name),
    };
    let before = row.map(|_| &stored as &dyn Fn(&str) -> Value);
    condition.holds(&Record { after: &after, before, now })
}

fn source(org: &Org) -> Source<'_> {
    org.source()
}

fn refused(refusal: &Refusal) -> ApiError {
    let error = ApiError::bad("FIELD_CUSTOM_VALIDATION_EXCEPTION", refusal.message.clone());
    error.with_fields(refusal.field)
}
