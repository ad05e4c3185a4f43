//! One record of several, as collections, trees and bulk jobs write it.

use jiff::Timestamp;
use serde_json::{Map, Value};

use super::rows;
use crate::http::{ApiError, Options};
use crate::org::Org;
use crate::rules::validate::{self, Mode};
use crate::rules::{keys, save};
use crate::schema::{Field, Kind, SObject, convert};

/// What the request says of all its records.
#[derive(Clone, Copy)]
pub struct With<'a> {
    pub options: &'a Options,
    pub now: Timestamp,
}

/// Creates it, and gives its id.
pub fn create(org: &mut Org, with: With<'_>, sobject: &SObject, body: &Map<String, Value>) -> Result<String, ApiError> {
    let changes = validate::changes(org, sobject, body, Mode::Create)?;
    save::create(org, sobject, changes, with.options, with.now, None)
}

/// Changes the one that the body names by its `Id`.
pub fn update(
    org: &mut Org,
    with: With<'_>,
    sobject: &SObject,
    mut body: Map<String, Value>,
) -> Result<String, ApiError> {
    let id = take(&mut body, "Id");
    let missing = || ApiError::bad("MISSING_ARGUMENT", "Id not specified in an update call");
    let id = id.as_str().ok_or_else(missing)?;
    let changes = validate::changes(org, sobject, &body, Mode::Update)?;
    let id = rows::existing(org, sobject, id)?;
    save::update(org, sobject, &id, changes, with.options, with.now)?;
    Ok(id)
}

/// Changes the one with the key in the body, or creates it; says which.
pub fn upsert(
    org: &mut Org,
    with: With<'_>,
    (sobject, key): (&SObject, &Field),
    mut body: Map<String, Value>,
) -> Result<(String, bool), ApiError> {
    let value = convert::value(key, &take(&mut body, key.name))?;
    let found = match (&key.kind, &value) {
        (Kind::Id, Value::String(id)) => vec![rows::existing(org, sobject, id)?],
        (Kind::Id, _) => Vec::new(),
        (_, Value::Null) => {
            let message = format!("{} not specified", key.name);
            return Err(ApiError::bad("MISSING_ARGUMENT", message).with_fields([key.name]));
        }
        _ => keys::matches(org, sobject, key, &value),
    };
    match found.as_slice() {
        [] => {
            if key.kind != Kind::Id {
                body.insert(key.name.into(), value);
            }
            Ok((create(org, with, sobject, &body)?, true))
        }
        [id] => {
            let changes = validate::changes(org, sobject, &body, Mode::Update)?;
            save::update(org, sobject, id, changes, with.options, with.now)?;
            Ok((id.clone(), false))
        }
        several => {
            let ids = several.join(", ");
            let message = format!("{}: more than one record found for external id field: [{ids}]", key.label);
            Err(ApiError::bad("DUPLICATE_EXTERNAL_ID", message))
        }
    }
}

/// Moves it to the recycle bin.
pub fn delete(org: &mut Org, with: With<'_>, sobject: &SObject, given: &str) -> Result<String, ApiError> {
    let id = rows::existing(org, sobject, given)?;
    save::delete(org, sobject, &id, with.now)?;
    Ok(id)
}

/// Takes a member out of a body, whatever the case of its name; null if it is not there.
fn take(body: &mut Map<String, Value>, name: &str) -> Value {
    let spelled = body.keys().find(|known| known.eq_ignore_ascii_case(name)).cloned().unwrap_or_default();
    body.remove(&spelled).unwrap_or_default()
}
