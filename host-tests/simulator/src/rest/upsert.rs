//! Records by key: `/sobjects/X/<Field>/<value>`.
//!
//! The rule that matters most: with several matches nothing is written and the answer lists them (300).

use serde_json::{Map, Value, json};

use super::rows;
use crate::http::{ApiError, Call, Reply};
use crate::org::Org;
use crate::rules::{keys, save, validate};
use crate::schema::{Field, Kind, SObject, convert};

/// The first version that answers an update by key with 200 and a body; older ones say 204.
const FIRST_WITH_BODY: u32 = 46;

/// Endings that the real resource takes for a file type, so that the record is never looked for. Known of `.inc`; the
/// others are the file types that a web server of that age would treat alike.
const FILE_ENDINGS: &[&str] =
    &["inc", "css", "gif", "html", "jpg", "js", "json", "jsp", "pdf", "php", "png", "xml", "zip"];

/// `GET|PATCH|DELETE /sobjects/X/<Field>/<value>`
pub fn by_key(org: &mut Org, call: &Call, sobject: &SObject, name: &str, value: &str) -> Result<Reply, ApiError> {
    let field = sobject.field(name).filter(|field| field.is_key()).ok_or_else(|| ApiError::no_such_key(name))?;
    if field.kind == Kind::Id {
        return by_id(org, call, sobject, value);
    }
    let ending = value.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    if ending.is_some_and(|ending| FILE_ENDINGS.contains(&ending.as_str())) {
        return Err(ApiError::not_found());
    }
    let key = convert::value(field, &Value::from(value))?;
    let found = keys::matches(org, sobject, field, &key);
    match (call.method.as_str(), found.as_slice()) {
        ("PATCH", _) => patch(org, call, sobject, field, key, &found),
        ("GET" | "DELETE", [_, _, ..]) => Ok(several(call, sobject, &found)),
        ("GET" | "DELETE", []) => Err(ApiError::not_found()),
        ("GET", [id]) => {
            let row = org.store.get(id).ok_or_else(ApiError::not_found)?;
            rows::fetched(org, call, sobject, row)
        }
        ("DELETE", [id]) => {
            save::delete(org, sobject, id, call.now)?;
            Ok(Reply::no_content())
        }
        (method, _) => Err(ApiError::method_not_allowed(method, "DELETE,GET,HEAD,PATCH")),
    }
}

fn patch(
    org: &mut Org,
    call: &Call,
    sobject: &SObject,
    field: &Field,
    key: Value,
    found: &[String],
) -> Result<Reply, ApiError> {
    let mut body = call.json_object()?;
    refuse_key_in_body(field, &body)?;
    keys::check_permission(org, field)?;
    match found {
        [] if only_updates(call) => Err(ApiError::not_found()),
        [] => {
            body.insert(field.name.into(), key);
            let changes = validate::changes(org, sobject, &body, validate::Mode::Create)?;
            let id = save::create(org, sobject, changes, &call.options, call.now, None)?;
            Ok(written(call, sobject, &id, true))
        }
        [id] => {
            let changes = validate::changes(org, sobject, &body, validate::Mode::Update)?;
            save::update(org, sobject, id, changes, &call.options, call.now)?;
            Ok(written(call, sobject, id, false))
        }
        _ => Ok(several(call, sobject, found)),
    }
}

/// Source: REST API guide, Upsert by External ID, which documents the parameter from this version on. An older version is taken
/// to ignore it, which is the worst that it can do.
fn only_updates(call: &Call) -> bool {
    const SINCE: u32 = 61;
    call.version >= SINCE && call.parameter("updateOnly").is_some_and(|value| value.eq_ignore_ascii_case("true"))
}

fn by_id(org: &mut Org, call: &Call, sobject: &SObject, value: &str) -> Result<Reply, ApiError> {
    if call.method != "PATCH" {
        return rows::by_id(org, call, sobject, value);
    }
    let body = call.json_object()?;
    let changes = validate::changes(org, sobject, &body, validate::Mode::Update)?;
    let id = rows::existing(org, sobject, value)?;
    save::update(org, sobject, &id, changes, &call.options, call.now)?;
    Ok(written(call, sobject, &id, false))
}

fn refuse_key_in_body(field: &Field, body: &Map<String, Value>) -> Result<(), ApiError> {
    match body.keys().any(|name| name.eq_ignore_ascii_case(field.name)) {
        true => Err(ApiError::field_in_body(field.name)),
        false => Ok(()),
    }
}

fn written(call: &Call, sobject: &SObject, id: &str, created: bool) -> Reply {
    let location = call.record_url(sobject.name, id);
    let mut body = json!({ "id": id, "success": true, "errors": [] });
    if call.version < FIRST_WITH_BODY {
        return if created { Reply::new(201, body).with_location(location) } else { Reply::no_content() };
    }
    if let Some(members) = body.as_object_mut() {
        members.insert("created".into(), created.into());
    }
    Reply::new(if created { 201 } else { 200 }, body).with_location(location)
}

fn several(call: &Call, sobject: &SObject, found: &[String]) -> Reply {
    let urls = found.iter().map(|id| Value::from(call.record_url(sobject.name, id))).collect();
    Reply::new(300, Value::Array(urls))
}
