//! Settings, variables and records of somebody who may be a Contact or a Lead.

use serde_json::{Value, json};

use crate::common::settings::{DOMAIN, key, map};

/// Somebody who is found by an e-mail address, as a Contact, else as a Lead; and a new one is a Lead.
pub fn person() -> Value {
    person_with(&[], &json!({}))
}

/// The same with more rows, and more that holds for the record.
pub fn person_with(rows: &[Value], more: &Value) -> Value {
    let mut mappings = vec![
        key("email", "Person.Email"),
        map("name", "Person.LastName"),
        only(&["Lead"], map("company", "Person.Company")),
    ];
    mappings.extend(rows.iter().cloned());
    let mut record = json!({ "lookIn": ["Contact", "Lead"], "store": { "Id": "person" } });
    record.as_object_mut().expect("an object").extend(more.as_object().expect("an object").clone());
    json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings, "objects": { "Person": record } })
}

pub fn only(sobjects: &[&str], mut mapping: Value) -> Value {
    mapping["onlyFor"] = sobjects.into();
    mapping
}

pub fn visitor() -> Value {
    json!({ "email": "anna@example.com", "name": "Berg", "company": "Berg & Co", "topic": "Repair" })
}

pub fn contact(name: &str) -> Value {
    json!({ "LastName": name, "Email": "anna@example.com" })
}

pub fn lead(name: &str) -> Value {
    json!({ "LastName": name, "Email": "anna@example.com", "Company": "Old Co" })
}
