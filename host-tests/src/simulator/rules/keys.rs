//! Keys of records: what has a key value, and whether the user may write by the key.

use serde_json::Value;

use crate::simulator::http::ApiError;
use crate::simulator::org::Org;
use crate::simulator::schema::{Field, Kind, SObject};

/// Ids of living records with that key value.
///
/// Only a key that is unique and not case-sensitive is found in another case; e-mail is stored in lower case anyway.
pub fn matches(org: &Org, sobject: &SObject, field: &Field, key: &Value) -> Vec<String> {
    let any_case = field.unique && !field.case_sensitive;
    org.store.holding(sobject.name, field.name, key, any_case).into_iter().map(|row| row.id.clone()).collect()
}

/// Whether the user may write by this key at all: a key that is not unique needs "View All Data".
pub fn check_permission(org: &Org, field: &Field) -> Result<(), ApiError> {
    if field.unique || field.kind == Kind::Id || org.settings.view_all_data {
        return Ok(());
    }
    Err(ApiError::no_access())
}
