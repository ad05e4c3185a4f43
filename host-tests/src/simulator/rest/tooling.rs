//! The one query of the Tooling API that is understood: it reads validation rules.
//!
//! `/tooling/query` is a resource of its own, which no composite request takes, and only users who may see Setup get an
//! answer. Of its SOQL only this query's words are understood; whatever else is asked is MALFORMED_QUERY.
//! Source: Tooling API guide, ValidationRule; REST API guide, Composite.

use serde_json::{Value, json};

use crate::simulator::http::{ApiError, Call, Reply};
use crate::simulator::org::{Org, ValidationRule};

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
