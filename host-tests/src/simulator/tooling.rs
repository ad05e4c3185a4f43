//! Validation rules: what they refuse, and the one query of the Tooling API that reads them.
//!
//! `/tooling/query` is a resource of its own, which no composite request takes, and only users who may see Setup get an
//! answer. Of its SOQL only this query's words are understood; whatever else is asked is MALFORMED_QUERY.
//! Source: Tooling API guide, ValidationRule; REST API guide, Composite.

use serde_json::{Value, json};

use super::call::{Call, Reply};
use super::error::ApiError;
use super::org::Org;
use super::schema::SObject;
use super::validate::Changes;

/// A rule of one object.
#[derive(Clone, Debug)]
pub struct ValidationRule {
    pub sobject: String,
    /// Its API name.
    pub name: String,
    pub active: bool,
    /// The field and the value that it refuses.
    pub field: String,
    pub refused: String,
    /// What people are told.
    pub message: String,
    /// Whether that stands beside the field, or above the page.
    pub at_field: bool,
}

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

const SELECT: &str = "SELECT ValidationName, ErrorMessage, EntityDefinition.QualifiedApiName FROM ValidationRule \
                      WHERE Active = true AND EntityDefinition.QualifiedApiName IN (";

/// `GET /tooling/query?q=…`
pub fn query(org: &Org, call: &Call) -> Result<Reply, ApiError> {
    let text = call.parameter("q").unwrap_or_default();
    if !org.settings.view_setup {
        return Err(ApiError::bad("INVALID_TYPE", "sObject type 'ValidationRule' is not supported."));
    }
    let names = text.strip_prefix(SELECT).and_then(|rest| rest.strip_suffix(") ORDER BY ValidationName LIMIT 2000"));
    let names = names.ok_or_else(|| ApiError::bad("MALFORMED_QUERY", "this simulator knows one Tooling query only"))?;
    let asked: Option<Vec<&str>> = names.split(", ").map(|name| name.strip_prefix('\'')?.strip_suffix('\'')).collect();
    let asked = asked.ok_or_else(|| ApiError::bad("MALFORMED_QUERY", "unexpected token"))?;
    let is_asked =
        |rule: &&ValidationRule| rule.active && asked.iter().any(|name| name.eq_ignore_ascii_case(&rule.sobject));
    let mut rules: Vec<&ValidationRule> = org.rules.validation_rules.iter().filter(is_asked).collect();
    rules.sort_by(|one, other| one.name.cmp(&other.name));
    let base = format!("{}/tooling/sobjects", call.base());
    let records = rules.iter().enumerate().map(|(index, rule)| {
        json!({
            "attributes": { "type": "ValidationRule", "url": format!("{base}/ValidationRule/03d{index:012}AAA") },
            "ValidationName": rule.name,
            "ErrorMessage": rule.message,
            "EntityDefinition": {
                "attributes": { "type": "EntityDefinition", "url": format!("{base}/EntityDefinition/{}", rule.sobject) },
                "QualifiedApiName": rule.sobject,
            },
        })
    });
    let records: Vec<Value> = records.collect();
    Ok(Reply::ok(json!({
        "size": records.len(), "totalSize": records.len(), "done": true, "queryLocator": null,
        "entityTypeName": "ValidationRule", "records": records,
    })))
}
