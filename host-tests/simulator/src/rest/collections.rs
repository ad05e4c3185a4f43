//! Writes of `/composite/sobjects`: up to 200 records in one call, answered one by one in their order.
//!
//! Errors here say `statusCode` where the rest of the API says `errorCode`, and a failed create has no `id`.

use std::sync::Arc;

use serde_json::{Map, Value, json};

use super::composite::flag;
use super::one::{self, With};
use super::rows;
use crate::http::{ApiError, Call, Reply};
use crate::org::Org;
use crate::rules::keys;
use crate::schema::{SObject, id};

/// Most records of one call.
pub const MAX_RECORDS: usize = 200;

/// `POST|PATCH|DELETE /composite/sobjects`
pub fn run(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    match call.method.as_str() {
        "POST" => each(org, call, |org, record| {
            let (sobject, body) = typed(org, record)?;
            let id = one::create(org, with(call), &sobject, &body)?;
            Ok(rows::created(org, &sobject, &id))
        }),
        "PATCH" => each(org, call, |org, record| {
            let (sobject, body) = typed(org, record)?;
            let id = one::update(org, with(call), &sobject, body)?;
            Ok(json!({ "id": id, "success": true, "errors": [] }))
        }),
        "DELETE" => delete(org, call),
        method => Err(ApiError::method_not_allowed(method, "DELETE,GET,HEAD,PATCH,POST")),
    }
}

/// `PATCH /composite/sobjects/X/<Field>`
pub fn upsert(org: &mut Org, call: &Call, sobject: &str, key: &str) -> Result<Reply, ApiError> {
    if call.method != "PATCH" {
        return Err(ApiError::method_not_allowed(&call.method, "PATCH"));
    }
    let schema = Arc::clone(&org.schema);
    let sobject = schema.object(sobject).ok_or_else(ApiError::not_found)?;
    let field = sobject.field(key).filter(|field| field.is_key()).ok_or_else(|| ApiError::no_such_key(key))?;
    keys::check_permission(org, field)?;
    let mut reply = each(org, call, |org, record| {
        let (typed, body) = typed(org, record)?;
        if typed.name != sobject.name {
            return Err(ApiError::bad("INVALID_TYPE", format!("records must be of type {}", sobject.name)));
        }
        let (id, created) = one::upsert(org, with(call), (sobject, field), body)?;
        Ok(json!({ "id": id, "success": true, "errors": [], "created": created }))
    })?;
    // Also a record that failed says that it was not created.
    for result in reply.body.iter_mut().filter_map(Value::as_array_mut).flatten().filter_map(Value::as_object_mut) {
        result.entry("created").or_insert(Value::Bool(false));
    }
    Ok(reply)
}

/// `DELETE /composite/sobjects?ids=a,b&allOrNone=true`; the records may be of any objects.
fn delete(org: &mut Org, call: &Call) -> Result<Reply, ApiError> {
    let ids: Vec<String> = listed(call.parameter("ids").unwrap_or_default()).collect();
    let all_or_none = call.parameter("allOrNone").is_some_and(|value| value.eq_ignore_ascii_case("true"));
    in_turn(org, all_or_none, &ids, |org, given| {
        let schema = Arc::clone(&org.schema);
        let found = id::to_18(given).and_then(|id| schema.by_prefix(&id)).filter(|sobject| !sobject.is_hidden());
        let sobject = found.ok_or_else(|| ApiError::bad("MALFORMED_ID", format!("malformed id {given}")))?;
        let id = one::delete(org, with(call), sobject, given)?;
        Ok(json!({ "id": id, "success": true, "errors": [] }))
    })
}

/// The parts of a list with commas.
pub fn listed(text: &str) -> impl Iterator<Item = String> + '_ {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned)
}

fn each(
    org: &mut Org,
    call: &Call,
    save: impl Fn(&mut Org, &Value) -> Result<Value, ApiError>,
) -> Result<Reply, ApiError> {
    let envelope = call.json_object()?;
    let all_or_none = flag(&envelope, "allOrNone")?;
    let records = envelope.get("records").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    // Without a type the reader of the request itself fails, before any record is looked at: clients met the whole request refused.
    if records.iter().any(|record| record.pointer("/attributes/type").and_then(Value::as_str).is_none()) {
        let message = "Cannot deserialize instance of sobject: attributes.type must be specified at [line:1, column:2]";
        return Err(ApiError::bad("JSON_PARSER_ERROR", message));
    }
    in_turn(org, all_or_none, records, save)
}

fn in_turn<T>(
    org: &mut Org,
    all_or_none: bool,
    records: &[T],
    save: impl Fn(&mut Org, &T) -> Result<Value, ApiError>,
) -> Result<Reply, ApiError> {
    if records.is_empty() {
        return Err(ApiError::bad("REQUIRED_FIELD_MISSING", "At least 1 record is required"));
    }
    if records.len() > MAX_RECORDS {
        let message = format!("record limit reached. cannot submit more than {MAX_RECORDS} records in this call");
        return Err(ApiError::bad("EXCEEDED_ID_LIMIT", message));
    }
    let mark = org.store.idempotency_key();
    let mut results: Vec<Result<Value, ApiError>> = Vec::new();
    for record in records {
        let before = org.store.idempotency_key();
        let result = save(org, record);
        if result.is_err() {
            org.store.roll_back(before);
        }
        results.push(result);
    }
    if all_or_none && results.iter().any(Result::is_err) {
        org.store.roll_back(mark);
        for result in results.iter_mut().filter(|result| result.is_ok()) {
            let message = "Record rolled back because not all records were valid and the request was using AllOrNone \
                           header";
            *result = Err(ApiError::bad("ALL_OR_NONE_OPERATION_ROLLED_BACK", message));
        }
    }
    let results = results.into_iter().map(|result| {
        result.unwrap_or_else(|error| json!({ "success": false, "errors": [error.to_collection_json()] }))
    });
    Ok(Reply::ok(Value::Array(results.collect())))
}

fn with(call: &Call) -> With<'_> {
    With { options: &call.options, now: call.now }
}

fn typed(org: &Org, record: &Value) -> Result<(SObject, Map<String, Value>), ApiError> {
    let body = record.as_object().ok_or_else(|| ApiError::bad("JSON_PARSER_ERROR", "a record must be an object"))?;
    let kind = record.pointer("/attributes/type").and_then(Value::as_str);
    let kind = kind.ok_or_else(|| ApiError::bad("JSON_PARSER_ERROR", "attributes.type must be specified"))?;
    let sobject = org.schema.object(kind);
    let sobject =
        sobject.ok_or_else(|| ApiError::bad("INVALID_TYPE", format!("sObject type '{kind}' is not supported.")))?;
    Ok((sobject.clone(), body.clone()))
}
