//! A JSON body into checked changes, in the order in which the API finds fault: unknown names and unreadable values
//! first, then fields that may not be written, then required ones, then lookups that lead nowhere.

use serde_json::{Map, Value};

use super::{address, keys, person};
use crate::simulator::http::ApiError;
use crate::simulator::org::{Changes, Org};
use crate::simulator::schema::{Field, Kind, SObject, convert, id};

/// What the changes are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    Create,
    Update,
}

/// Checks a body against the schema and the records it refers to.
pub fn changes(org: &Org, sobject: &SObject, body: &Map<String, Value>, mode: Mode) -> Result<Changes, ApiError> {
    let refused = match mode {
        Mode::Create => (!sobject.writable || !sobject.can.create).then_some("inserted"),
        Mode::Update => (!sobject.can.update).then_some("updated"),
    };
    if let Some(done) = refused {
        let message = format!("entity type cannot be {done}: {}", sobject.label);
        return Err(ApiError::bad("CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", message).with_fields::<String>([]));
    }
    if sobject.access.is_some() {
        return Err(ApiError::no_access());
    }
    let mut changes = Changes::new();
    let mut read_only = Vec::new();
    for (name, given) in body {
        if name == "attributes" {
            continue;
        }
        if let Some(field) = sobject.field(name) {
            if field.kind == Kind::Id {
                return Err(ApiError::field_in_body("Id"));
            }
            if field.kind.is_compound() {
                read_only.push(field.name);
                continue;
            }
            let value = convert::value(field, given)?;
            let writable = if mode == Mode::Create { field.createable } else { field.updateable };
            if !writable {
                read_only.push(field.name);
            }
            changes.insert(field.name, value);
        } else if let Some(field) = sobject.relationship(name) {
            if body.keys().any(|other| other.eq_ignore_ascii_case(field.name)) {
                let message =
                    format!("Cannot specify both an external ID reference {name} and a salesforce id, {}", field.name);
                return Err(ApiError::bad("INVALID_FIELD", message));
            }
            changes.insert(field.name, parent(org, field, name, given)?);
        } else {
            return Err(ApiError::no_such_column(name, sobject.name));
        }
    }
    if !read_only.is_empty() {
        return Err(ApiError::not_writable(read_only));
    }
    check_required(sobject, &changes, mode)?;
    if mode == Mode::Create {
        person::check_new(sobject, &changes)?;
    }
    check_lookups(org, sobject, &changes)?;
    address::complete(org, sobject, &mut changes)?;
    Ok(changes)
}

/// A parent given by one of its keys, `"Account": {"Customer_No__c": "v"}`.
fn parent(org: &Org, field: &Field, name: &str, given: &Value) -> Result<Value, ApiError> {
    let members = match given {
        Value::Null => return Ok(Value::Null),
        Value::Object(members) => members,
        _ => {
            let message = format!("Cannot deserialize instance of {name} at [line:1, column:2]");
            return Err(ApiError::bad("JSON_PARSER_ERROR", message));
        }
    };
    let mut keys = members.iter().filter(|(name, _)| *name != "attributes");
    let (Some((key_name, key)), None) = (keys.next(), keys.next()) else {
        let message = format!("{name} must be given by exactly one external ID");
        return Err(ApiError::bad("INVALID_FIELD", message).with_fields::<String>([]));
    };
    let targets = field.references().iter().filter_map(|target| org.schema.object(target));
    let target = targets.filter_map(|target| Some((target, target.field(key_name)?))).next();
    let Some((target, key_field)) = target else {
        let target = field.references().first().copied().unwrap_or(name);
        return Err(ApiError::no_such_column(key_name, target));
    };
    if !key_field.is_key() {
        let message =
            format!("Field name provided, {key_name} is not an External ID or indexed field for {}", target.name);
        return Err(ApiError::bad("INVALID_FIELD", message).with_fields::<String>([]));
    }
    let value = convert::value(key_field, key)?;
    let shown = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
    let found = if key_field.kind == Kind::Id {
        let row = org.store.get(&shown).filter(|row| !row.deleted && row.id.starts_with(target.prefix));
        row.map(|row| row.id.clone()).into_iter().collect()
    } else {
        keys::matches(org, target, key_field, &value)
    };
    match found.as_slice() {
        [id] if !value.is_null() => Ok(id.as_str().into()),
        [] => {
            let message = format!(
                "Foreign key external ID: {shown} not found for field {} in entity {}",
                key_field.name, target.name
            );
            Err(ApiError::bad("INVALID_FIELD", message).with_fields::<String>([]))
        }
        several => {
            let message = format!("more than one record found for external id field: {several:?}").replace('"', "");
            Err(ApiError::bad("DUPLICATE_EXTERNAL_ID", message).with_fields::<String>([]))
        }
    }
}

fn check_required(sobject: &SObject, changes: &Changes, mode: Mode) -> Result<(), ApiError> {
    let is_person_org = sobject.field("IsPersonAccount").is_some();
    let missing = sobject.fields.iter().filter(|field| {
        let given = changes.get(field.name);
        match mode {
            Mode::Create => {
                let null = given.is_none_or(Value::is_null);
                // The name of an account may be that of a person, whose check is `person::check_new`.
                let may_be_person = field.name == "Name" && sobject.name == "Account" && is_person_org;
                null && field.createable && !field.nillable && !field.defaulted_on_create && !may_be_person
            }
            Mode::Update => !field.nillable && given.is_some_and(Value::is_null),
        }
    });
    let missing: Vec<&'static str> = missing.map(|field| field.name).collect();
    if !missing.is_empty() {
        return Err(ApiError::required(missing));
    }
    Ok(())
}

fn check_lookups(org: &Org, sobject: &SObject, changes: &Changes) -> Result<(), ApiError> {
    for (name, value) in changes {
        let (Some(field), Some(id)) = (sobject.field(name), value.as_str()) else {
            continue;
        };
        if field.references().is_empty() {
            continue;
        }
        let mut targets = field.references().iter().filter_map(|target| org.schema.existing(target));
        // What a describe refers to need not be in the org's folder; of such an object there are no records.
        let is_complete = field.references().iter().all(|target| org.schema.existing(target).is_some());
        match targets.find(|target| id.starts_with(target.prefix)) {
            None if !is_complete => {}
            None => return Err(ApiError::malformed_id(field.label, id, field.name)),
            Some(target) if target.is_hidden() => return Err(ApiError::no_access_to_parent(id::to_15(id))),
            Some(_) => {}
        }
        match org.store.get(id) {
            Some(row) if row.deleted => {
                return Err(ApiError::bad("ENTITY_IS_DELETED", "entity is deleted").with_fields::<String>([]));
            }
            Some(row)
                if *name == "RecordTypeId"
                    && !(row.holds("SobjectType", &sobject.name.into(), true) && org.rules.is_available(id)) =>
            {
                return Err(bad_record_type(field, id));
            }
            Some(_) => {}
            None if *name == "RecordTypeId" => return Err(bad_record_type(field, id)),
            None => return Err(ApiError::no_access_to_parent(id::to_15(id))),
        }
    }
    Ok(())
}

fn bad_record_type(field: &Field, id: &str) -> ApiError {
    let message = format!("{}: this ID value isn't valid for the user: {id}", field.label);
    ApiError::bad("INVALID_CROSS_REFERENCE_KEY", message).with_fields([field.name])
}
