//! Picklists whose values depend on another field.
//!
//! Only a restricted list is held to it: of an unrestricted one the API takes every text, as it does without a dependency.
//! Source: help, "Dependent Picklist Considerations"; what admins report of "bad value for restricted picklist field".

use serde_json::Value;

use crate::simulator::http::ApiError;
use crate::simulator::org::{Changes, Org, Row};
use crate::simulator::schema::SObject;

/// Refuses a value that is not one for the controlling value, which may be stored already.
pub fn check(org: &Org, sobject: &SObject, changes: &Changes, own: Option<&str>) -> Result<(), ApiError> {
    let before = own.and_then(|id| org.store.get(id));
    for field in sobject.fields.iter().filter(|field| field.restricted) {
        let Some(dependency) = &field.dependency else { continue };
        let is_touched = [field.name, dependency.controller].iter().any(|name| changes.contains_key(name));
        let value = after(changes, before, field.name);
        let (Some(value), true) = (value.as_str(), is_touched) else { continue };
        let Some(controller) = sobject.field(dependency.controller) else { continue };
        let controlling = match after(changes, before, controller.name) {
            // A checkbox counts as a list of false and true. Source: SOAP API guide, PicklistEntry.
            Value::Bool(checked) => Some(usize::from(checked)),
            Value::String(text) => controller.kind.values().iter().position(|known| *known == text),
            _ => None,
        };
        for part in value.split(';') {
            let places = field.kind.values().iter().enumerate().filter(|(_, known)| **known == part);
            let allows = |place| controlling.is_some_and(|controlling| dependency.allows(place, controlling));
            if !places.into_iter().any(|(place, _)| allows(place)) {
                let message = format!("{}: bad value for restricted picklist field: {part}", field.label);
                let error = ApiError::bad("INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", message);
                return Err(error.with_fields([field.name]));
            }
        }
    }
    Ok(())
}

fn after(changes: &Changes, before: Option<&Row>, name: &str) -> Value {
    changes.get(name).cloned().unwrap_or_else(|| before.map_or(Value::Null, |row| row.value(name)))
}
