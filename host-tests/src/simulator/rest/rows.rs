//! Records by id: create, read, update, delete.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use serde_json::{Value, json};

use crate::simulator::http::{ApiError, Call, Reply};
use crate::simulator::org::{Org, Row, read};
use crate::simulator::rules::{save, validate};
use crate::simulator::schema::{SObject, id, temporal};

/// `POST /sobjects/X`
pub fn create(org: &mut Org, call: &Call, sobject: &SObject) -> Result<Reply, ApiError> {
    let body = call.json_object()?;
    let changes = validate::changes(org, sobject, &body, validate::Mode::Create)?;
    let id = save::create(org, sobject, changes, &call.options, call.now, None)?;
    let location = call.record_url(sobject.name, &id);
    Ok(Reply::new(201, created(org, sobject, &id)).with_location(location))
}

/// What a create answers. An event is published later, so its success has an entry among the errors that says so.
/// Source: Platform Events guide, "Publish Event Messages with Salesforce APIs".
pub fn created(org: &Org, sobject: &SObject, id: &str) -> Value {
    let uuid = org.store.get(id).filter(|_| sobject.is_event()).map(|row| row.value("EventUuid"));
    let errors: Vec<Value> = uuid
        .into_iter()
        .map(|uuid| json!({ "statusCode": "OPERATION_ENQUEUED", "message": uuid, "fields": [] }))
        .collect();
    json!({ "id": id, "success": true, "errors": errors })
}

/// `GET|PATCH|DELETE /sobjects/X/<id>`
pub fn by_id(org: &mut Org, call: &Call, sobject: &SObject, given: &str) -> Result<Reply, ApiError> {
    match call.method.as_str() {
        "GET" => {
            let row = id::to_18(given).and_then(|id| org.store.get(&id));
            let row = row.filter(|row| !row.deleted && row.id.starts_with(sobject.prefix) && sobject.retrieveable);
            fetched(org, call, sobject, row.ok_or_else(ApiError::not_found)?)
        }
        "PATCH" => {
            let body = call.json_object()?;
            let changes = validate::changes(org, sobject, &body, validate::Mode::Update)?;
            let id = existing(org, sobject, given)?;
            save::update(org, sobject, &id, changes, &call.options, call.now)?;
            Ok(Reply::no_content())
        }
        "DELETE" => {
            let id = existing(org, sobject, given)?;
            save::delete(org, sobject, &id, call.now)?;
            Ok(Reply::no_content())
        }
        method => Err(ApiError::method_not_allowed(method, "DELETE,GET,HEAD,PATCH")),
    }
}

/// `GET /sobjects/X/<id>/<blob field>`: the content itself, as bytes. Source: REST API guide, SObject Blob Get.
pub fn blob(org: &Org, sobject: &SObject, given: &str, field: &str) -> Result<Reply, ApiError> {
    let row = id::to_18(given).and_then(|id| org.store.get(&id));
    let row = row.filter(|row| !row.deleted && row.id.starts_with(sobject.prefix)).ok_or_else(ApiError::not_found)?;
    let field = sobject.field(field).ok_or_else(ApiError::not_found)?;
    let bytes = row.text(field.name).and_then(|content| STANDARD.decode(content).ok()).unwrap_or_default();
    Ok(Reply::raw("application/octetstream", bytes))
}

/// The answer of a read, by id or by key.
pub fn fetched(org: &Org, call: &Call, sobject: &SObject, row: &Row) -> Result<Reply, ApiError> {
    let body = match call.parameter("fields") {
        Some(names) => read::selected(org.source(), call, sobject, row, names)?,
        None => read::everything(org.source(), call, sobject, row),
    };
    let modified = row.text("LastModifiedDate").and_then(temporal::datetime);
    let reply = Reply::ok(body);
    Ok(match modified {
        Some(modified) => reply.modified(modified, call),
        None => reply,
    })
}

/// The 18-character id of a record that a write may touch.
///
/// A write to an unknown id is a bad cross reference, not NOT_FOUND, and a deleted record says that it is.
pub fn existing(org: &Org, sobject: &SObject, given: &str) -> Result<String, ApiError> {
    let id = id::to_18(given).filter(|id| id.starts_with(sobject.prefix));
    let id = id.ok_or_else(|| ApiError::malformed_id(id_label(sobject), given, "Id"))?;
    match org.store.get(&id) {
        Some(row) if row.deleted => Err(ApiError::entity_is_deleted()),
        Some(_) => Ok(id),
        None => {
            let error = ApiError::new(404, "INVALID_CROSS_REFERENCE_KEY", "invalid cross reference id");
            Err(error.with_fields::<String>([]))
        }
    }
}

fn id_label(sobject: &SObject) -> &'static str {
    sobject.field("Id").map_or("Record ID", |field| field.label)
}
