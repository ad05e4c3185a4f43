//! Duplicate rules: what a save must not repeat, in records of its own object or of another one.

use serde_json::{Value, json};

use crate::simulator::http::{ApiError, Options};
use crate::simulator::org::{Changes, DuplicateRule, Org};
use crate::simulator::schema::SObject;

/// Refuses a save that a duplicate rule finds in another record. A rule that only alerts refuses as well, until the
/// client says that it has seen the alert.
///
/// An update runs a rule only when it changes the rule's field: sending the value that is there is no edit of it.
pub fn check(
    org: &Org,
    sobject: &SObject,
    values: &Changes,
    own: Option<&str>,
    options: &Options,
) -> Result<(), ApiError> {
    let before = own.and_then(|id| org.store.get(id));
    for rule in org.rules.duplicate_rules.iter().filter(|rule| rule.sobject == sobject.name) {
        if rule.allow_save && options.allow_save {
            continue;
        }
        let Some(value) = values.get(rule.field).filter(|value| !value.is_null()) else {
            continue;
        };
        if before.is_some_and(|row| row.holds(rule.field, value, false)) {
            continue;
        }
        let results: Vec<Value> =
            rule.matching.iter().filter_map(|place| matches(org, rule, *place, value, own, options.version)).collect();
        if !results.is_empty() {
            return Err(detected(rule, results));
        }
    }
    Ok(())
}

/// The answer of one matching rule; `None` when it finds nothing.
fn matches(
    org: &Org,
    rule: &DuplicateRule,
    (sobject, field): (&'static str, &'static str),
    value: &Value,
    own: Option<&str>,
    version: u32,
) -> Option<Value> {
    let holding = org.store.holding(sobject, field, value, true).into_iter();
    let records: Vec<Value> = holding
        .filter(|row| Some(row.id.as_str()) != own)
        .map(|row| {
            let url = format!("/services/data/v{version}.0/sobjects/{sobject}/{}", row.id);
            json!({
                "additionalInformation": [],
                "fieldDiffs": [],
                "matchConfidence": 100.0,
                "record": { "attributes": { "type": sobject, "url": url }, "Id": row.id },
            })
        })
        .collect();
    (!records.is_empty()).then(|| {
        json!({
            "entityType": sobject,
            "errors": [],
            "matchEngine": "ExactMatchEngine",
            "size": records.len(),
            "matchRecords": records,
            "rule": format!("{}_{sobject}_{field}_Match", rule.sobject),
            "success": true,
        })
    })
}

fn detected(rule: &DuplicateRule, results: Vec<Value>) -> ApiError {
    const MESSAGE: &str = "Use one of these records?";
    let details = json!({
        "allowSave": rule.allow_save,
        "duplicateRule": format!("{}_{}_Rule", rule.sobject, rule.field),
        "duplicateRuleEntityType": rule.sobject,
        "errorMessage": MESSAGE,
        "matchResults": results,
    });
    // The member is misspelled by Salesforce, in every version seen.
    ApiError::bad("DUPLICATES_DETECTED", MESSAGE).with_extra("duplicateResut", details)
}
