//! Validation rules: what they refuse.

use serde_json::Value;

use crate::http::ApiError;
use crate::org::{Changes, Org, ValidationRule};
use crate::schema::SObject;

/// Refuses what an active rule does, with nothing but its message.
pub fn check(org: &Org, sobject: &SObject, changes: &Changes) -> Result<(), ApiError> {
    let breaks = |rule: &&ValidationRule| {
        let value = changes.get(rule.field.as_str()).and_then(Value::as_str);
        rule.active && rule.sobject == sobject.name && value == Some(rule.refused.as_str())
    };
    match org.rules.validation_rules.iter().find(breaks) {
        None => Ok(()),
        Some(rule) => {
            let fields = rule.at_field.then(|| rule.field.clone());
            Err(ApiError::bad("FIELD_CUSTOM_VALIDATION_EXCEPTION", rule.message.clone()).with_fields(fields))
        }
    }
}
