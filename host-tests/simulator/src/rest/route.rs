//! From a path to its handler.

use std::sync::Arc;

use super::{actions, batch, bulk, changes, collections, composite, describe, graph, named, query, resources};
use super::{retrieve, rows, search, tooling, tree, upsert};
use crate::http::{ApiError, Call, Reply};
use crate::org::Org;
use crate::schema::{Kind, SObject, id};

/// Routes a request of its own: everything, composites included.
pub fn outer(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    let segments: Vec<&str> = call.segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        ["composite"] => match call.method.as_str() {
            "POST" => composite::run(org, call),
            method => Err(ApiError::method_not_allowed(method, "POST")),
        },
        ["composite", "batch"] => match call.method.as_str() {
            "POST" => batch::run(org, call),
            method => Err(ApiError::method_not_allowed(method, "POST")),
        },
        // Younger than the rest.
        ["composite", "graph"] if call.version >= graph::MIN_VERSION => match call.method.as_str() {
            "POST" => graph::run(org, call),
            method => Err(ApiError::method_not_allowed(method, "POST")),
        },
        ["composite", "tree", sobject] => match call.method.as_str() {
            "POST" => tree::run(org, call, sobject),
            method => Err(ApiError::method_not_allowed(method, "POST")),
        },
        ["jobs", "ingest", rest @ ..] if call.version >= bulk::MIN_VERSION => bulk::ingest(org, call, rest),
        ["jobs", "query", rest @ ..] if call.version >= bulk::MIN_QUERY_VERSION => bulk::query(org, call, rest),
        // Not in the list of resources.
        ["named", "query", name] if call.version >= named::MIN_VERSION => {
            only_get(call).and_then(|()| named::run(org, call, name))
        }
        ["parameterizedSearch"] if call.version >= search::MIN_VERSION => search::run(org, call),
        ["actions", "custom", "flow", rest @ ..] if call.version >= actions::MIN_VERSION => {
            actions::flow(org, call, rest)
        }
        ["tooling", "query"] => only_get(call).and_then(|()| tooling::query(org, call)),
        _ => inner(org, call),
    }
}

/// Routes what may also stand inside a composite.
pub fn inner(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    let segments: Vec<&str> = call.segments.iter().map(String::as_str).collect();
    match segments.as_slice() {
        [] => only_get(call).map(|()| resources::root(org, call)),
        ["recent"] => only_get(call).and_then(|()| resources::recent(org, call)),
        ["limits"] => only_get(call).map(|()| resources::limits(org.usage())),
        ["sobjects"] => only_get(call).map(|()| describe::global(org, call)),
        ["sobjects", sobject, rest @ ..] => {
            let schema = Arc::clone(&org.schema);
            let sobject = schema.object(sobject).ok_or_else(ApiError::not_found)?;
            sobject_resource(org, call, sobject, rest)
        }
        ["query"] => only_get(call).and_then(|()| query::run(org, call, false)),
        ["queryAll"] => only_get(call).and_then(|()| query::run(org, call, true)),
        ["query" | "queryAll", locator] => only_get(call).and_then(|()| query::next_page(org, call, locator)),
        ["composite", "sobjects"] => collections::run(org, call),
        ["composite", "sobjects", sobject] => retrieve::run(org, call, sobject),
        ["composite", "sobjects", sobject, key] => collections::upsert(org, call, sobject, key),
        _ => Err(ApiError::not_found()),
    }
}

fn sobject_resource(org: &mut Org, call: &Call, sobject: &SObject, rest: &[&str]) -> Result<Reply, ApiError> {
    match (rest, call.method.as_str()) {
        ([], "GET") => Ok(describe::basic(org, call, sobject)),
        // `POST …/Id` is a documented way to say create.
        ([], "POST") => rows::create(org, call, sobject),
        ([key], "POST") if key.eq_ignore_ascii_case("Id") => rows::create(org, call, sobject),
        ([], method) => Err(ApiError::method_not_allowed(method, "HEAD,GET,POST")),
        (["describe"], _) => only_get(call).map(|()| describe::full(org, call, sobject)),
        (["updated"], _) => only_get(call).and_then(|()| changes::updated(org, call, sobject)),
        (["deleted"], _) => only_get(call).and_then(|()| changes::deleted(org, call, sobject)),
        ([row, blob], "GET") if is_blob(sobject, row, blob) => rows::blob(org, sobject, row, blob),
        ([row], _) if id::looks_like(row) => rows::by_id(org, call, sobject, row),
        // An empty key value: the path ends with the field, which then is a collection without PATCH.
        ([field], method) => match sobject.field(field) {
            Some(field) if field.is_key() => Err(ApiError::method_not_allowed(method, "GET,HEAD,POST")),
            _ => Err(ApiError::no_such_key(field)),
        },
        ([field, value], _) => upsert::by_key(org, call, sobject, field, value),
        _ => Err(ApiError::not_found()),
    }
}

/// Whether a path ends with the binary content of a record.
fn is_blob(sobject: &SObject, row: &str, field: &str) -> bool {
    id::looks_like(row) && sobject.field(field).is_some_and(|field| field.kind == Kind::Base64)
}

fn only_get(call: &Call) -> Result<(), ApiError> {
    match call.method.as_str() {
        "GET" => Ok(()),
        method => Err(ApiError::method_not_allowed(method, "GET,HEAD")),
    }
}
