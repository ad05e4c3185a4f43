//! Results of queries that clients have not fetched to the end.

use std::collections::BTreeMap;

use serde_json::Value;

/// Results that did not fit into one page, by the id of their locator.
#[derive(Debug, Default)]
pub struct Cursors {
    pub open: BTreeMap<String, Cursor>,
    pub opened: u64,
}

/// One of them.
#[derive(Debug)]
pub struct Cursor {
    pub records: Vec<Value>,
    /// Rows of each page, fixed by the query.
    pub page: usize,
}
