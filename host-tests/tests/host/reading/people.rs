//! People in an org, and settings that read them.

use serde_json::{Value, json};

use crate::org::{DOMAIN, TestOrg, key, with};

/// Settings of a module that reads.
pub fn reads<const N: usize>(rows: [Value; N], objects: Value) -> Value {
    json!({ "mode": "sobject-read", "deploymentDomain": DOMAIN, "mappings": rows.to_vec(), "objects": objects })
}

/// A row that reads `Object.Field`, or `Object.Relationship.Field`, into a variable.
pub fn target(of: &str, variable: &str) -> Value {
    let (object, field) = of.split_once('.').expect("an object and a field");
    json!({ "object": object, "field": field, "target": { "variable": variable } })
}

/// A contact that is found by its e-mail address, and read.
pub fn by_email(objects: Value) -> Value {
    let rows = [key("mail", "Contact.Email"), target("Contact.LastName", "last"), target("Contact.Id", "contact_id")];
    reads(rows, objects)
}

/// The same as a list.
pub fn listed(limit: u32) -> Value {
    by_email(json!({
        "Contact": { "whenSeveralMatch": "list", "list": { "variable": "contacts", "limit": limit } }
    }))
}

pub fn anna() -> Value {
    json!({ "mail": "anna@example.com" })
}

/// One Anna, and her company.
pub async fn org() -> TestOrg {
    let org = TestOrg::new().await;
    let account = org.seed(json!({ "Account": [{ "Name": "Berg GmbH" }] })).remove(0);
    org.seed(json!({ "Contact": [
        { "LastName": "Berg", "Email": "anna@example.com", "AccountId": account },
        { "LastName": "Other", "Email": "other@example.com" },
    ] }));
    org
}

/// So many with Anna's address, each changed after the one before it; their ids.
pub fn add_annas(org: &TestOrg, count: usize) -> Vec<String> {
    let anna =
        |index: usize| with(json!({ "LastName": format!("Berg {index}") }), json!({ "Email": "anna@example.com" }));
    let mut org = org.org();
    let seeded = (0..count).map(|index| {
        let at = jiff::Timestamp::from_second(1_700_000_000 + i64::try_from(index).expect("few")).expect("a time");
        org.seed(&json!({ "Contact": [anna(index)] }), at).expect("a good seed").remove(0)
    });
    seeded.collect()
}
