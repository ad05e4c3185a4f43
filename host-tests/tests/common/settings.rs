//! Settings and variables of tests, in all modes.

use serde_json::{Map, Value, json};

pub const DOMAIN: &str = "example.my.salesforce.com";

/// Settings for the simulator's domain.
pub fn settings<const N: usize>(mappings: [Value; N], objects: Value) -> Value {
    json!({
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": mappings.to_vec(),
        "objects": objects,
    })
}

/// A mapping from a source to `Object.Field`.
pub fn source(source: Value, target: &str) -> Value {
    let (object, field) = target.split_once('.').expect("an object and a field");
    json!({ "source": source, "object": object, "field": field })
}

pub fn map(variable: &str, target: &str) -> Value {
    source(json!({ "variable": variable }), target)
}

pub fn constant(value: impl Into<Value>, target: &str) -> Value {
    source(json!({ "constant": value.into() }), target)
}

pub fn link(record: &str, target: &str) -> Value {
    source(json!({ "record": record }), target)
}

pub fn key(variable: &str, target: &str) -> Value {
    with(map(variable, target), json!({ "useToFindExisting": true }))
}

/// A contact that is found by its e-mail address.
pub fn by_email() -> Value {
    settings([key("mail", "Contact.Email"), map("name", "Contact.LastName")], json!({}))
}

/// What a visitor says to [`by_email`].
pub fn visitor() -> Value {
    json!({ "mail": "canary@example.com", "name": "Canary" })
}

/// Adds members to an object.
pub fn with(mut object: Value, more: Value) -> Value {
    let more: Map<String, Value> = serde_json::from_value(more).expect("an object");
    object.as_object_mut().expect("an object").extend(more);
    object
}

/// A request with these members.
pub fn request(members: Value) -> Value {
    with(json!({ "mode": "api-request", "deploymentDomain": DOMAIN }), members)
}

/// The same, allowed to write.
pub fn write(method: &str, path: &str, body: Value) -> Value {
    request(json!({ "method": method, "path": path, "allowWrites": true, "body": body }))
}
