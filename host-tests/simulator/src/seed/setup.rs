//! What an admin set up before the first request: the member `setup` of a seed. No SObject has that name.
//!
//! ```json
//! { "setup": {
//!     "viewAllData": false,
//!     "entityEncoding": true,
//!     "personAccounts": true,
//!     "stateAndCountryPicklists": true,
//!     "fields": { "Contact.Title": { "access": "read-only" }, "Contact.Customer_No__c": { "unique": false } },
//!     "duplicateRules": [{ "field": "Contact.Email", "matching": ["Contact.Email"], "allowSave": true }],
//!     "viewSetup": false,
//!     "validationRules": [{ "object": "Case", "name": "No_Test", "field": "Subject", "refused": "Test", "message": "…", "atField": true }],
//!     "namedQueries": { "OpenCases": "SELECT Id, Subject FROM Case WHERE Contact.Email = :email AND IsClosed = false LIMIT 5" },
//!     "assignmentRules": ["01QD000000IqhSL"],
//!     "converted": { "00QHn00000000jt": "003Hn00000000jt", "00QHn00000000ju": null } } }
//! ```
//!
//! It is strict: a seed whose setup says something that is not understood is refused, as one that is half understood would
//! make a test of something else.

use std::sync::Arc;

use jiff::Timestamp;
use serde_json::{Map, Value};

use crate::org::{Org, ValidationRule};
use crate::schema::{Access, Kind, id};
use crate::soql;

/// The member of a seed that holds it.
pub const MEMBER: &str = "setup";

/// Applies what records must obey; it comes before them.
pub fn before_records(org: &mut Org, setup: &Value) -> Result<(), String> {
    // They bring fields that the rest of the setup may name.
    for (member, value) in object(setup, "the setup")? {
        match member.as_str() {
            "personAccounts" => org.settings.person_accounts = boolean(value, member)?,
            "stateAndCountryPicklists" => org.settings.state_and_country_picklists = boolean(value, member)?,
            _ => {}
        }
    }
    org.follow_settings();
    for (member, value) in object(setup, "the setup")? {
        match member.as_str() {
            "viewAllData" => org.settings.view_all_data = boolean(value, member)?,
            "entityEncoding" => org.settings.entity_encoding = boolean(value, member)?,
            "personAccounts" | "stateAndCountryPicklists" => {}
            "fields" => {
                for (place, facts) in object(value, member)? {
                    change_field(org, place, object(facts, place)?)?;
                }
            }
            "viewSetup" => org.settings.view_setup = boolean(value, member)?,
            "duplicateRules" | "validationRules" => {}
            "converted" => drop(object(value, member)?),
            "namedQueries" => {
                for (name, query) in object(value, member)? {
                    add_named_query(org, name, query.as_str().unwrap_or_default())?;
                }
            }
            "assignmentRules" => {
                for rule in array(value, member)? {
                    let rule = rule.as_str().and_then(id::to_18).filter(|id| id.starts_with("01Q"));
                    org.rules.assignment_rules.push(rule.ok_or("assignmentRules must be ids of such rules")?);
                }
            }
            _ => return Err(format!("`{member}` is no member of the setup")),
        }
    }
    Ok(())
}

/// Applies what records need not obey: a seed says what is there, not what the API user may do to it.
pub fn after_records(org: &mut Org, setup: &Value, now: Timestamp) -> Result<(), String> {
    for (lead, contact) in setup.get("converted").and_then(Value::as_object).into_iter().flatten() {
        if !org.convert_lead(lead, contact.as_str(), now) {
            return Err(format!(
                "{lead} and what it is converted to must be a Lead and a Contact of the seed, or null"
            ));
        }
    }
    for (place, facts) in setup.get("fields").and_then(Value::as_object).into_iter().flatten() {
        let access = match facts.get("access").map(|access| access.as_str().unwrap_or_default()) {
            None => continue,
            Some("hidden") => Access::Hidden,
            Some("read-only") => Access::ReadOnly,
            Some(_) => return Err(format!("the access to {place} must be \"hidden\" or \"read-only\"")),
        };
        let (sobject, field) = split(place)?;
        if !org.restrict_field(sobject, field, access) {
            return Err(format!("there is no field {place}"));
        }
    }
    for rule in setup.get("validationRules").map_or(Ok([].as_slice()), |rules| array(rules, "validationRules"))? {
        let rule = validation_rule(object(rule, "a validation rule")?)?;
        org.add_validation_rule(rule);
    }
    for rule in setup.get("duplicateRules").map_or(Ok([].as_slice()), |rules| array(rules, "duplicateRules"))? {
        add_duplicate_rule(org, object(rule, "a duplicate rule")?)?;
    }
    Ok(())
}

fn validation_rule(rule: &Map<String, Value>) -> Result<ValidationRule, String> {
    let known = ["object", "name", "field", "refused", "message", "atField"];
    if let Some(member) = rule.keys().find(|member| !known.contains(&member.as_str())) {
        return Err(format!("`{member}` is no member of a validation rule"));
    }
    let text = |member: &str| {
        let text = rule.get(member).and_then(Value::as_str);
        text.map(str::to_owned).ok_or_else(|| format!("a validation rule needs the text `{member}`"))
    };
    Ok(ValidationRule {
        sobject: text("object")?,
        name: text("name")?,
        active: true,
        field: text("field")?,
        refused: text("refused")?,
        message: text("message")?,
        at_field: rule.get("atField").map_or(Ok(true), |value| boolean(value, "atField"))?,
    })
}

/// Names and queries as Setup takes them; the query's fields are checked when it is called.
fn add_named_query(org: &mut Org, name: &str, query: &str) -> Result<(), String> {
    let is_name =
        name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.bytes().all(|b| b.is_ascii_alphanumeric());
    if !is_name {
        return Err(format!("`{name}` is no name of a query: it is letters and digits, a letter first"));
    }
    let parameters = soql::parameters(query).map_err(|error| format!("the query `{name}`: {}", error.message))?;
    if let Some(parameter) = parameters.iter().find(|parameter| parameter.bytes().any(|b| b.is_ascii_uppercase())) {
        return Err(format!("the parameter `{parameter}` of the query `{name}` must be in lower case"));
    }
    org.rules.named_queries.push((name.to_owned(), query.to_owned()));
    Ok(())
}

fn change_field(org: &mut Org, place: &str, facts: &Map<String, Value>) -> Result<(), String> {
    let (sobject, name) = split(place)?;
    let field = Arc::make_mut(&mut org.schema).field_mut(sobject, name);
    let field = field.ok_or_else(|| format!("there is no field {place}"))?;
    for (fact, value) in facts {
        match fact.as_str() {
            "access" => {}
            "unique" => field.unique = boolean(value, fact)?,
            "required" => field.nillable = !boolean(value, fact)?,
            "length" => {
                let longest = value.as_u64().and_then(|length| usize::try_from(length).ok());
                let (Kind::Text { length } | Kind::TextArea { length }, Some(longest)) = (&mut field.kind, longest)
                else {
                    return Err(format!("{place} is no text, or its length no number"));
                };
                *length = longest;
            }
            _ => return Err(format!("`{fact}` is no fact of a field that a setup can change")),
        }
    }
    Ok(())
}

fn add_duplicate_rule(org: &mut Org, rule: &Map<String, Value>) -> Result<(), String> {
    if let Some(unknown) = rule.keys().find(|key| !["allowSave", "field", "matching"].contains(&key.as_str())) {
        return Err(format!("`{unknown}` is no member of a duplicate rule"));
    }
    let place = |value: Option<&Value>| value.and_then(Value::as_str).unwrap_or_default().to_owned();
    let own = place(rule.get("field"));
    let (sobject, field) = split(&own)?;
    let places: Vec<String> = match rule.get("matching") {
        Some(matching) => array(matching, "matching")?.iter().map(|value| place(Some(value))).collect(),
        None => vec![own.clone()],
    };
    let matching = places.iter().map(|place| split(place)).collect::<Result<Vec<_>, _>>()?;
    let allow_save = rule.get("allowSave").map_or(Ok(false), |value| boolean(value, "allowSave"))?;
    match org.add_cross_duplicate_rule(sobject, field, &matching, allow_save) {
        true => Ok(()),
        false => Err(format!("the duplicate rule of {own} names a field that does not exist")),
    }
}

fn split(place: &str) -> Result<(&str, &str), String> {
    place.split_once('.').ok_or_else(|| format!("`{place}` is not Object.Field"))
}

fn object<'a>(value: &'a Value, what: &str) -> Result<&'a Map<String, Value>, String> {
    value.as_object().ok_or_else(|| format!("{what} must be a JSON object"))
}

fn array<'a>(value: &'a Value, what: &str) -> Result<&'a [Value], String> {
    value.as_array().map(Vec::as_slice).ok_or_else(|| format!("{what} must be a JSON array"))
}

fn boolean(value: &Value, what: &str) -> Result<bool, String> {
    value.as_bool().ok_or_else(|| format!("{what} must be true or false"))
}
