//! What the org understands of a request's text, without an org: so that tests can ask whether what was written is what
//! is read.

use super::soql;
use crate::http::split_path;

/// The decoded segments of a path behind `/services/data/vNN.0`; `None` if the org would not find it.
pub fn path(path: &str) -> Option<Vec<String>> {
    split_path(path).ok().map(|(_, segments)| segments)
}

/// The texts that a query compares with, in their order; the message of the refusal if the query is not one.
pub fn texts(query: &str) -> Result<Vec<String>, String> {
    soql::texts(query)
}
