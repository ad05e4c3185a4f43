//! The one query of the Tooling API that is understood: it reads validation rules.
//!
//! `/tooling/query` is a resource of its own, which no composite request takes, and only users who may see Setup get an
//! answer. Of its SOQL only this query's words are understood; whatever else is asked is NOT_SIMULATED.
//! Source: Tooling API guide, ValidationRule; REST API guide, Composite.

use serde_json::{Value, json};

use crate::simulator::http::{ApiError, Call, Reply};
use crate::simulator::org::Org;

const SELECT: &str = "SELECT ValidationName, ErrorMessage, EntityDefinition.QualifiedApiName FROM ValidationRule \
                      WHERE Active = true AND EntityDefinition.QualifiedApiName IN (";

/// `GET /tooling/query?q=…`
pub fn query(org: &Org, call: &Call) -> Result<Reply, ApiError> {
    let text = call.parameter("q").unwrap_or_default();
    if !org.settings.view_setup {
        return Err(ApiError::bad("INVALID_TYPE", "sObject type 'ValidationRule' is not supported."));
    }
    let names = text.strip_prefix(SELECT).and_then(|rest| rest.strip_suffix(") ORDER BY ValidationName LIMIT 2000"));
    let names = names.ok_or_else(|| ApiError::not_simulated("this query of the Tooling API"))?;
    let asked: Option<Vec<&str>> = names.split(", ").map(|name| name.strip_prefix('\'')?.strip_suffix('\'')).collect();
    let asked = asked.ok_or_else(|| ApiError::bad("MALFORMED_QUERY", "unexpected token"))?;
    let is_asked = |sobject: &str| asked.iter().any(|name| name.eq_ignore_ascii_case(sobject));
    let of_values = org.rules.validation_rules.iter().filter(|rule| rule.active);
    let of_values = of_values.map(|rule| (rule.sobject.as_str(), rule.name.as_str(), rule.message.as_str()));
    let of_formulas = org.rules.checks.iter();
    let of_formulas = of_formulas.map(|rule| (rule.sobject, rule.name.as_str(), rule.refusal.message.as_str()));
    let mut rules: Vec<_> = of_values.chain(of_formulas).filter(|(sobject, ..)| is_asked(sobject)).collect();
    rules.sort_by_key(|(_, name, _)| *name);
    let base = format!("{}/tooling/sobjects", call.base());
    let records = rules.iter().enumerate().map(|(index, (sobject, name, message))| {
        json!({
            "attributes": { "type": "ValidationRule", "url": format!("{base}/ValidationRule/03d{index:012}AAA") },
            "ValidationName": name,
            "ErrorMessage": message,
            "EntityDefinition": {
                "attributes": { "type": "EntityDefinition", "url": format!("{base}/EntityDefinition/{sobject}") },
                "QualifiedApiName": sobject,
            },
        })
    });
    let records: Vec<Value> = records.collect();
    Ok(Reply::ok(json!({
        "size": records.len(), "totalSize": records.len(), "done": true, "queryLocator": null,
        "entityTypeName": "ValidationRule", "records": records,
    })))
}
