//! What the org has answered so far.

use serde_json::Value;

use crate::name::SObjectName;
use crate::rest::describe::Describe;

/// What is known of the org.
#[derive(Debug, Default, PartialEq)]
pub struct Org {
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
}

#[derive(Debug, PartialEq)]
pub struct Rule {
    pub id: String,
    pub sobject: String,
    pub active: bool,
}

impl Org {
    pub fn describe(&self, sobject: &SObjectName) -> Option<&Describe> {
        self.describes.iter().find(|describe| describe.is(sobject))
    }
}

fn list<'a>(body: &'a Value, member: &str) -> impl Iterator<Item = &'a Value> {
    body.get(member).and_then(Value::as_array).into_iter().flatten()
}

pub fn permission(body: &Value, failed: bool) -> Option<bool> {
    let row = list(body, "records").next().filter(|_| !failed)?;
    row.get("PermissionsViewAllData")?.as_bool()
}

pub fn rules(body: &Value) -> Vec<Rule> {
    let text = |row: &Value, member: &str| row.get(member).and_then(Value::as_str).map(ToOwned::to_owned);
    list(body, "records")
        .filter_map(|row| {
            let active = row.get("Active").and_then(Value::as_bool).unwrap_or(false);
            Some(Rule { id: text(row, "Id")?, sobject: text(row, "SobjectType")?, active })
        })
        .collect()
}

pub fn names(body: &Value) -> Vec<String> {
    list(body, "sobjects").filter_map(|object| object.get("name")?.as_str().map(ToOwned::to_owned)).collect()
}
