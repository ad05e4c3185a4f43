//! What the org has answered so far.

use serde_json::Value;

use crate::salesforce::facts::ValidationRule;
use crate::salesforce::{FieldName, SObjectName};
use crate::wire::Describe;

/// Most validation rules of one object that are kept, and the longest message: Salesforce takes 255 characters.
/// Source: Metadata API guide, ValidationRule.
const MAX_RULES: usize = 100;
const MAX_MESSAGE: usize = 255;

/// What is known of the org.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Org {
    pub describes: Vec<Describe>,
    /// Objects that were asked for.
    pub asked: Vec<SObjectName>,
    /// Objects that the org does not show to this user.
    pub unknown: Vec<SObjectName>,
    /// Names of all objects, asked for only to suggest one.
    pub all_objects: Option<Vec<String>>,
    /// `None` if the org does not say.
    pub view_all_data: Option<bool>,
    /// Id, SObject and whether it is the active one; `None` if the org does not say.
    pub rules: Option<Vec<Rule>>,
    /// The active validation rules, each with its SObject; `None` until they are asked for, and where the user may not read
    /// them.
    pub validation_rules: Option<Vec<(SObjectName, ValidationRule)>>,
}

#[derive(Debug, PartialEq)]
pub(super) struct Rule {
    pub id: String,
    pub sobject: String,
    pub active: bool,
}

impl Org {
    pub(super) fn describe(&self, sobject: &SObjectName) -> Option<&Describe> {
        self.describes.iter().find(|describe| describe.is(sobject))
    }

    pub(super) fn validation_rules_of(&self, sobject: &SObjectName) -> impl Iterator<Item = ValidationRule> {
        let rules = self.validation_rules.iter().flatten();
        rules.filter(move |(of, _)| of == sobject).map(|(_, rule)| rule.clone()).take(MAX_RULES)
    }
}

fn list<'a>(body: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    body.get(member).and_then(Value::as_array).into_iter().flatten()
}

pub(super) fn permission(body: &Value, failed: bool) -> Option<bool> {
    let row = list(body, "records").next().filter(|_| !failed)?;
    row.get("PermissionsViewAllData")?.as_bool()
}

pub(super) fn rules(body: &Value) -> Vec<Rule> {
    let text = |row: &Value, member: &str| row.get(member).and_then(Value::as_str).map(ToOwned::to_owned);
    list(body, "records")
        .filter_map(|row| {
            let active = row.get("Active").and_then(Value::as_bool).unwrap_or(false);
            Some(Rule { id: text(row, "Id")?, sobject: text(row, "SobjectType")?, active })
        })
        .collect()
}

/// Rows of the Tooling API's ValidationRule; `None` if the answer is none.
pub(super) fn validation_rules(body: &Value) -> Option<Vec<(SObjectName, ValidationRule)>> {
    let rule = |row: &Value| {
        let text = |pointer: &str| row.pointer(pointer).and_then(Value::as_str);
        let message = text("/ErrorMessage").filter(|message| message.chars().count() <= MAX_MESSAGE)?.to_owned();
        let name = FieldName::parse(text("/ValidationName")?)?;
        Some((SObjectName::parse(text("/EntityDefinition/QualifiedApiName")?)?, ValidationRule { name, message }))
    };
    Some(body.get("records")?.as_array()?.iter().filter_map(rule).collect())
}

pub(super) fn names(body: &Value) -> Vec<String> {
    list(body, "sobjects").filter_map(|object| object.get("name")?.as_str().map(ToOwned::to_owned)).collect()
}
