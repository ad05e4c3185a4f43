//! `POST /composite/tree/X`: records with their children, created together or not at all.
//!
//! Source: REST API guide, "Create Nested Records" and "SObject Tree Response Body", whose example answers level by level.

use std::collections::{BTreeSet, VecDeque};

use serde_json::{Map, Value, json};

use super::collections::MAX_RECORDS;
use super::one::{self, With};
use crate::http::{ApiError, Call, Reply};
use crate::org::Org;
use crate::schema::{SObject, Schema};

/// Levels below each other, the first included.
const MAX_DEPTH: usize = 5;
/// Objects of one tree.
const MAX_TYPES: usize = 5;

/// A record of the tree that is not there yet.
struct Node {
    reference: String,
    sobject: SObject,
    body: Map<String, Value>,
    /// The lookup to its parent, and the parent's place among all nodes.
    parent: Option<(&'static str, usize)>,
}

/// Creates all of them.
pub fn run(org: &mut Org, call: &Call, sobject: &str) -> Result<Reply, ApiError> {
    let sobject = org.schema.object(sobject).ok_or_else(ApiError::not_found)?.clone();
    let envelope = call.json_object()?;
    let nodes = read(&org.schema, sobject, envelope.get("records"))?;
    let with = With { options: &call.options, now: call.now };
    let mark = org.store.idempotency_key();
    let mut ids: Vec<String> = Vec::new();
    let mut failed: Vec<Value> = Vec::new();
    for Node { reference, sobject, body, parent } in &nodes {
        let mut body = body.clone();
        if let Some((lookup, parent)) = parent {
            // A parent that failed has no id; what else is wrong with its children is not told.
            let Some(id) = ids.get(*parent).filter(|id| !id.is_empty()) else {
                ids.push(String::new());
                continue;
            };
            body.insert((*lookup).to_owned(), id.as_str().into());
        }
        match one::create(org, with, sobject, &body) {
            Ok(id) => ids.push(id),
            Err(error) => {
                failed.push(json!({ "referenceId": reference, "errors": [error.to_collection_json()] }));
                ids.push(String::new());
            }
        }
    }
    if !failed.is_empty() {
        org.store.roll_back(mark);
        return Ok(Reply::new(400, json!({ "hasErrors": true, "results": failed })));
    }
    let created = nodes.iter().zip(&ids).map(|(node, id)| json!({ "referenceId": node.reference, "id": id }));
    let created: Vec<Value> = created.collect();
    Ok(Reply::new(201, json!({ "hasErrors": false, "results": created })))
}

/// All records, level by level.
fn read(schema: &Schema, sobject: SObject, records: Option<&Value>) -> Result<Vec<Node>, ApiError> {
    let mut nodes: Vec<Node> = Vec::new();
    let mut references = BTreeSet::new();
    let mut waiting = VecDeque::from([(sobject, records, None, 1)]);
    while let Some((sobject, records, parent, depth)) = waiting.pop_front() {
        let records = records.and_then(Value::as_array).filter(|records| !records.is_empty());
        let records = records.ok_or_else(|| bad("records must be a list that is not empty"))?;
        if depth > MAX_DEPTH {
            return Err(bad(&format!("a tree has at most {MAX_DEPTH} levels")));
        }
        for record in records {
            let text = |name: &str| record.pointer(&format!("/attributes/{name}")).and_then(Value::as_str);
            let (Some(kind), Some(reference)) = (text("type"), text("referenceId")) else {
                return Err(bad("each record needs attributes with type and referenceId"));
            };
            if !kind.eq_ignore_ascii_case(sobject.name) {
                return Err(bad(&format!("records of {} cannot have the type {kind}", sobject.name)));
            }
            if !references.insert(reference.to_owned()) {
                return Err(bad(&format!("the referenceId {reference} is there twice")));
            }
            let mut body = record.as_object().cloned().unwrap_or_default();
            let place = nodes.len();
            let nested: Vec<String> =
                body.iter().filter(|(name, value)| is_nested(name, value)).map(|(name, _)| name.clone()).collect();
            for name in nested {
                body.remove(&name);
                let found = schema.children(sobject.name, &name);
                let (child, lookup) = found.ok_or_else(|| ApiError::no_such_column(&name, sobject.name))?;
                let records = record.get(&name).and_then(|nested| nested.get("records"));
                waiting.push_back((child.clone(), records, Some((lookup.name, place)), depth + 1));
            }
            nodes.push(Node { reference: reference.to_owned(), sobject: sobject.clone(), body, parent });
        }
    }
    if nodes.len() > MAX_RECORDS {
        return Err(bad(&format!("a tree has at most {MAX_RECORDS} records")));
    }
    let types: BTreeSet<&str> = nodes.iter().map(|node| node.sobject.name).collect();
    match types.len() > MAX_TYPES {
        true => Err(bad(&format!("a tree has records of at most {MAX_TYPES} objects"))),
        false => Ok(nodes),
    }
}

/// A parent that is given by a key is an object as well, without `records`.
fn is_nested(name: &str, value: &Value) -> bool {
    name != "attributes" && value.get("records").is_some()
}

fn bad(message: &str) -> ApiError {
    ApiError::bad("INVALID_INPUT", message)
}
