//! `/composite/sobjects/X`: many records by id in one call, in the order of the ids.

use std::sync::Arc;

use serde_json::Value;

use super::collections::listed;
use crate::http::{ApiError, Call, Reply};
use crate::org::{Org, read};
use crate::schema::id;

/// Most ids of one `POST`; how many a `GET` takes follows from the length of a URI.
const MAX_IDS: usize = 2000;

/// `POST /composite/sobjects/X` with `ids` and `fields` in the body, or `GET` with the same as parameters.
///
/// An id without a living record of that object is answered null, so that answers can be told by their position.
pub fn run(org: &mut Org, call: &Call, sobject: &str) -> Result<Reply, ApiError> {
    let schema = Arc::clone(&org.schema);
    let sobject = schema.object(sobject).filter(|sobject| sobject.retrieveable).ok_or_else(ApiError::not_found)?;
    let (ids, fields) = match call.method.as_str() {
        "GET" => {
            let parameter = |name: &str| listed(call.parameter(name).unwrap_or_default()).collect::<Vec<_>>();
            (parameter("ids"), parameter("fields"))
        }
        "POST" => {
            let body = call.json_object()?;
            (texts(body.get("ids"), "ids")?, texts(body.get("fields"), "fields")?)
        }
        method => return Err(ApiError::method_not_allowed(method, "GET,HEAD,POST")),
    };
    for (list, name) in [(&ids, "ids"), (&fields, "fields")] {
        if list.is_empty() {
            return Err(ApiError::bad("MISSING_ARGUMENT", format!("{name} must be specified")));
        }
    }
    if ids.len() > MAX_IDS {
        let message = format!("cannot retrieve more than {MAX_IDS} records in this call");
        return Err(ApiError::bad("EXCEEDED_ID_LIMIT", message));
    }
    let fields = fields.join(",");
    let record = |given: &String| {
        let malformed = || ApiError::bad("MALFORMED_ID", format!("malformed id {given}"));
        let row = org.store.get(&id::to_18(given).ok_or_else(malformed)?);
        let row = row.filter(|row| !row.deleted && row.id.starts_with(sobject.prefix));
        row.map_or(Ok(Value::Null), |row| read::selected(org.source(), call, sobject, row, &fields))
    };
    ids.iter().map(record).collect::<Result<Vec<_>, _>>().map(|records| Reply::ok(Value::Array(records)))
}

fn texts(list: Option<&Value>, name: &str) -> Result<Vec<String>, ApiError> {
    let no_texts = || ApiError::bad("JSON_PARSER_ERROR", format!("{name} must be an array of strings"));
    let Some(list) = list else { return Ok(Vec::new()) };
    let list = list.as_array().ok_or_else(no_texts)?;
    list.iter().map(|item| item.as_str().map(str::to_owned).ok_or_else(no_texts)).collect()
}
