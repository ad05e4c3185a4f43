//! The steps of a save, in the platform's order: validation rules, duplicate rules, unique fields, defaults, the write itself, computed
//! fields, and the assignment rule last, so that it has the final word on the owner.

use jiff::Timestamp;
use serde_json::Value;

use super::{activity, assignment, campaign, conditions, content, conversion};
use super::{defaults, dependencies, duplicates, knowledge, opportunity, person, validation_rules};
use crate::http::{ApiError, Options};
use crate::org::{Changes, Org};
use crate::schema::{SObject, id};

/// Inserts a record and gives its id; `given_id` is for seeding only.
pub fn create(
    org: &mut Org,
    sobject: &SObject,
    mut values: Changes,
    options: &Options,
    now: Timestamp,
    given_id: Option<String>,
) -> Result<String, ApiError> {
    conditions::run(org, sobject, &mut values, None, now)?;
    let queue = assignment::assigned_owner(org, sobject, &values, None, options, now)?;
    dependencies::check(org, sobject, &values, None)?;
    validation_rules::check(org, sobject, &values)?;
    duplicates::check(org, sobject, &values, None, options)?;
    check_unique(org, sobject, &values, None)?;
    campaign::complete(org, sobject, &mut values)?;
    conversion::check_lookups(org, sobject, &values)?;
    activity::complete(org, sobject, &mut values, None)?;
    opportunity::follow(org, sobject, &mut values, None);
    content::complete(org, sobject, &mut values, now)?;
    knowledge::complete(org, sobject, &mut values, now);
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
    defaults::fill(org, sobject, &mut values, &id, now);
    defaults::account(org, sobject, &mut values);
    defaults::compute(sobject.name, &mut values, now);
    org.store.insert(sobject.name, id, &values);
}

/// Changes a record; even without changes its dates move and the assignment rule runs.
pub fn update(
    org: &mut Org,
    sobject: &SObject,
    id: &str,
    mut changes: Changes,
    options: &Options,
    now: Timestamp,
) -> Result<(), ApiError> {
    if !sobject.writable || !sobject.can.update {
        let message = format!("entity type cannot be updated: {}", sobject.label);
        return Err(ApiError::bad("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message).with_fields::<String>([]));
    }
    person::check_contact(org, sobject, id)?;
    conversion::check(org, sobject, id)?;
    conversion::check_lookups(org, sobject, &changes)?;
    activity::complete(org, sobject, &mut changes, Some(id))?;
    opportunity::follow(org, sobject, &mut changes, Some(id));
    conditions::run(org, sobject, &mut changes, Some(id), now)?;
    let queue = assignment::assigned_owner(org, sobject, &changes, Some(id), options, now)?;
    dependencies::check(org, sobject, &changes, Some(id))?;
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
        defaults::compute(sobject.name, &mut row.values, now);
        defaults::stamp(&mut row.values, now);
        if let Some(queue) = queue {
            row.values.insert("OwnerId", queue.into());
        }
    });
    person::follow(org, sobject, id, now);
    Ok(())
}

/// Moves a record to the recycle bin, with the records that go with it, and empties the lookups that pointed to it.
pub fn delete(org: &mut Org, sobject: &SObject, id: &str, now: Timestamp) -> Result<(), ApiError> {
    if !sobject.writable || !sobject.can.delete {
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
            for row in org.store.holding(child.name, field.name, &Value::from(id), false) {
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
            defaults::stamp(&mut row.values, now);
        });
    }
    org.store.change(id, |row| {
        row.deleted = true;
        defaults::stamp(&mut row.values, now);
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
        let mut holding = org.store.holding(sobject.name, field.name, value, !field.case_sensitive).into_iter();
        if let Some(other) = holding.find(|row| Some(row.id.as_str()) != own) {
            let other = id::to_15(&other.id);
            let message = format!("duplicate value found: {} duplicates value on record with id: {other}", field.name);
            return Err(ApiError::bad("DUPLICATE_VALUE", message).with_fields::<String>([]));
        }
    }
    Ok(())
}
