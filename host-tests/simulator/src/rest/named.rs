//! `/named/query/X`: queries that an admin wrote, called by their names with values for their parameters.
//!
//! Source: REST API guide, Named Query API; what callers report of it: a parameter that the query does not have is ignored.

use std::sync::Arc;

use super::query;
use crate::http::{ApiError, Call, Reply};
use crate::org::Org;
use crate::soql;

/// The version that brought it.
pub const MIN_VERSION: u32 = 65;

/// `GET /named/query/X?parameter=value`
pub fn run(org: &mut Org, call: &Call, name: &str) -> Result<Reply, ApiError> {
    // The name is looked up with the caller's own rights, and what the caller may not see counts as a column that is not there.
    if !org.settings.view_setup {
        return Err(ApiError::no_such_column("DeveloperName", "ApiNamedQuery"));
    }
    let found = org.rules.named_queries.iter().find(|(known, _)| known.eq_ignore_ascii_case(name));
    let (_, text) = found.ok_or_else(ApiError::not_found)?.clone();
    let parameters = soql::parameters(&text)?;
    if let Some(missing) = parameters.iter().find(|parameter| call.parameter(parameter).is_none()) {
        return Err(ApiError::bad("MISSING_ARGUMENT", format!("{missing} must be specified")));
    }
    let schema = Arc::clone(&org.schema);
    let plan = soql::prepare_with(&text, &schema, &|parameter| call.parameter(parameter).map(str::to_owned))?;
    query::answer(org, call, &plan, false)
}
