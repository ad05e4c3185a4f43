//! Settings and variables of conversations that are run together.

use serde_json::{Value, json};

use crate::common::settings::DOMAIN;

pub fn settings(mappings: Value, objects: Value) -> Value {
    json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings, "objects": objects })
}

pub fn map(variable: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "variable": variable }, "object": object, "field": field })
}

pub fn key(variable: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "variable": variable }, "object": object, "field": field, "useToFindExisting": true })
}

pub fn link(record: &str, object: &str, field: &str) -> Value {
    json!({ "source": { "record": record }, "object": object, "field": field })
}

/// As a key that is never written.
pub fn only(mut row: Value) -> Value {
    row["useToFindExisting"] = "only".into();
    row
}

/// A link by which a record is found.
pub fn link_key(record: &str, object: &str, field: &str) -> Value {
    let mut row = link(record, object, field);
    row["useToFindExisting"] = true.into();
    row
}

/// Contacts by e-mail.
pub fn contacts() -> Value {
    settings(json!([key("mail", "Contact", "Email"), map("name", "Contact", "LastName")]), json!({}))
}

/// A contact and its case, whose number is wanted.
pub fn support() -> Value {
    settings(
        json!([
            key("mail", "Contact", "Email"),
            map("name", "Contact", "LastName"),
            map("topic", "Case", "Subject"),
            link("Contact", "Case", "ContactId"),
        ]),
        json!({ "Case": { "store": { "Id": "case_id", "CaseNumber": "case_number" } } }),
    )
}

pub fn person(n: usize) -> Value {
    json!({ "mail": format!("p{n}@example.com"), "name": format!("Berg{n}"), "topic": format!("Topic {n}") })
}
