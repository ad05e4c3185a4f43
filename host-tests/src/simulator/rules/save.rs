//! The steps of a save, in the platform's order: validation rules, duplicate rules, unique fields, defaults, the write itself, computed
//! fields, and the assignment rule last, so that it has the final word on the owner.

use jiff::Timestamp;
use serde_json::Value;

use super::{assignment, validation_rules};
use super::{campaign, content, conversion, duplicates, person};
use crate::simulator::http::{ApiError, Options};
use crate::simulator::oauth::integration_user;
use crate::simulator::org::{Changes, Org, Row};
use crate::simulator::schema::{Field, Kind, SObject, id, temporal};

/// A fresh org starts counting its cases behind the samples that Salesforce ships.
const FIRST_CASE_NUMBER: u64 = 1026;

/// Inserts a record and gives its id; `given_id` is for seeding only.
pub fn create(
    org: &mut Org,
    sobject: &SObject,
    mut values: Changes,
    options: &Options,
    now: Timestamp,
    given_id: Option<String>,
) -> Result<String, ApiError> {
    let queue = assignment::assigned_owner(org, sobject, options)?;
    validation_rules::check(org, sobject, &values)?;
    duplicates::check(org, sobject, &values, None, options)?;
    check_unique(org, sobject, &values, None)?;
    campaign::complete(org, sobject, &mut values)?;
    conversion::check_lookups(org, sobject, &values)?;
    content::complete(org, sobject, &mut values, now)?;
    if let Some(queue) = queue {
        values.insert("OwnerId", queue.into());
    }
    let id = given_id.unwrap_or_else(|| org.store.next_id(sobject.prefix));
    insert(org, sobject, values, id.clone(), now);
    person::follow(org, sobject, &id, now);
    Ok(id)
}

/// The write of a create, behind all that can refuse it.
pub fn insert(org: &mut Org, sobject: &SObject, mut values: Changes, id: String, now: Timestamp) {
    values.retain(|_, value| !value.is_null());
    fill_defaults(org, sobject, &mut values, &id, now);
    default_account(org, sobject, &mut values);
    compute(sobject.name, &mut values, now);
    org.store.insert(sobject.name, Row { id, values, deleted: false });
}

/// Changes a record; even without changes its dates move and the assignment rule runs.
pub fn update(
    org: &mut Org,
    sobject: &SObject,
    id: &str,
    changes: Changes,
    options: &Options,
    now: Timestamp,
) -> Result<(), ApiError> {
    if !sobject.writable {
        let message = format!("entity type cannot be updated: {}", sobject.label);
        return Err(ApiError::bad("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message).with_fields::<String>([]));
    }
    person::check_contact(org, sobject, id)?;
    conversion::check(org, sobject, id)?;
    conversion::check_lookups(org, sobject, &changes)?;
    let queue = assignment::assigned_owner(org, sobject, options)?;
    validation_rules::check(org, sobject, &changes)?;
    duplicates::check(org, sobject, &changes, Some(id), options)?;
    check_unique(org, sobject, &changes, Some(id))?;
    org.store.change(id, |row| {
        for (name, value) in changes {
            match value {
                Value::Null => row.values.remove(name),
                value => row.values.insert(name, value),
            };
        }
        compute(sobject.name, &mut row.values, now);
        stamp(&mut row.values, now);
        if let Some(queue) = queue {
            row.values.insert("OwnerId", queue.into());
        }
    });
    person::follow(org, sobject, id, now);
    Ok(())
}

/// Moves a record to the recycle bin, with the records that go with it, and empties the lookups that pointed to it.
pub fn delete(org: &mut Org, sobject: &SObject, id: &str, now: Timestamp) -> Result<(), ApiError> {
    if !sobject.writable {
        let message = format!("entity type cannot be deleted: {}", sobject.label);
        return Err(ApiError::bad("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message).with_fields::<String>([]));
    }
    if sobject.access.is_some() {
        return Err(ApiError::no_access());
    }
    person::check_contact(org, sobject, id)?;
    let contact = person::contact(org, sobject, id);
    let schema = std::sync::Arc::clone(&org.schema);
    let mut dangling: Vec<(String, &'static str)> = Vec::new();
    let mut cascading: Vec<String> = Vec::new();
    for child in schema.objects() {
        for field in child.fields.iter().filter(|field| field.references().contains(&sobject.name)) {
            for row in org.store.living(child.name).filter(|row| row.text(field.name) == Some(id)) {
                match field.cascades && !campaign::has_another_person(child, row, field) {
                    true => cascading.push(row.id.clone()),
                    false => dangling.push((row.id.clone(), field.name)),
                }
            }
        }
    }
    for (child, field) in dangling {
        org.store.change(&child, |row| drop(row.values.remove(field)));
    }
    for child in cascading {
        org.store.change(&child, |row| {
            row.deleted = true;
            stamp(&mut row.values, now);
        });
    }
    org.store.change(id, |row| {
        row.deleted = true;
        stamp(&mut row.values, now);
    });
    match (contact, schema.existing("Contact")) {
        // By now the contact has lost its account, so it is nobody's other side any more.
        (Some(contact), Some(contacts)) => delete(org, &SObject { access: None, ..contacts.clone() }, &contact, now),
        _ => Ok(()),
    }
}

/// The message names the other record, by its short id: a client can turn the failure into an update.
fn check_unique(org: &Org, sobject: &SObject, values: &Changes, own: Option<&str>) -> Result<(), ApiError> {
    for field in sobject.fields.iter().filter(|field| field.unique) {
        let Some(value) = values.get(field.name).filter(|value| !value.is_null()) else {
            continue;
        };
        let mut others = org.store.living(sobject.name).filter(|row| Some(row.id.as_str()) != own);
        if let Some(other) = others.find(|row| row.holds(field.name, value, !field.case_sensitive)) {
            let other = id::to_15(&other.id);
            let message = format!("duplicate value found: {} duplicates value on record with id: {other}", field.name);
            return Err(ApiError::bad("DUPLICATE_VALUE", message).with_fields::<String>([]));
        }
    }
    Ok(())
}

fn fill_defaults(org: &mut Org, sobject: &SObject, values: &mut Changes, id: &str, now: Timestamp) {
    for field in &sobject.fields {
        if values.contains_key(field.name) {
            continue;
        }
        match default(org, sobject, field, id) {
            Value::Null => {}
            value => drop(values.insert(field.name, value)),
        }
    }
    for name in ["CreatedDate", "LastModifiedDate", "SystemModstamp"] {
        values.insert(name, temporal::datetime_text(now).into());
    }
}

fn default(org: &mut Org, sobject: &SObject, field: &Field, id: &str) -> Value {
    match (field.name, &field.kind) {
        ("IsDeleted", _) => Value::Null,
        ("OwnerId" | "CreatedById" | "LastModifiedById", _) => integration_user().into(),
        ("CaseNumber", _) => format!("{:08}", org.store.next("CaseNumber") + FIRST_CASE_NUMBER - 1).into(),
        ("Name", _) if field.auto_number => format!("T-{:05}", org.store.next(sobject.name)).into(),
        // A custom object whose name is text and was left out is called by its id.
        ("Name", _) if field.name_field && sobject.custom => id.into(),
        (_, Kind::Boolean) => Value::Bool(false),
        _ => field.default.map_or(Value::Null, Value::from),
    }
}

fn stamp(values: &mut Changes, now: Timestamp) {
    for name in ["LastModifiedDate", "SystemModstamp"] {
        values.insert(name, temporal::datetime_text(now).into());
    }
    values.insert("LastModifiedById", integration_user().into());
}

/// A new case belongs to the account of its contact, unless the request names one.
fn default_account(org: &Org, sobject: &SObject, values: &mut Changes) {
    if sobject.name != "Case" || values.contains_key("AccountId") {
        return;
    }
    let contact = values.get("ContactId").and_then(Value::as_str).and_then(|id| org.store.get(id));
    if let Some(account) = contact.and_then(|contact| contact.text("AccountId")) {
        values.insert("AccountId", account.into());
    }
}

/// Fields that follow from others of the same record.
pub fn compute(sobject: &str, values: &mut Changes, now: Timestamp) {
    match sobject {
        // Of the accounts only persons have a last name.
        "Account" if !values.contains_key("LastName") => {}
        "Account" | "Contact" | "Lead" | "User" => {
            let part = |name: &str| values.get(name).and_then(Value::as_str).filter(|part| !part.is_empty());
            let parts: Vec<&str> = [part("FirstName"), part("LastName")].into_iter().flatten().collect();
            let name = parts.join(" ");
            values.insert("Name", name.into());
        }
        "CampaignMember" => campaign::compute(values, now),
        "Case" => {
            let closed = values.get("Status").and_then(Value::as_str) == Some("Closed");
            values.insert("IsClosed", closed.into());
            match (closed, values.contains_key("ClosedDate")) {
                (true, false) => drop(values.insert("ClosedDate", temporal::datetime_text(now).into())),
                (false, true) => drop(values.remove("ClosedDate")),
                _ => {}
            }
            // Comments become a record of their own on the platform; the field itself never reads back.
            values.remove("Comments");
        }
        _ => {}
    }
}
