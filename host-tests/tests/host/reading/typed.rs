//! Values in types that a flow can work with: with `schema` by the field's type, without it as Salesforce sends them.

use serde_json::{Value, json};

use crate::org::{TestOrg, key};
use crate::reading::people::{reads, target};

const FIELDS: [&str; 9] = [
    "Done__c",
    "Score__c",
    "Amount__c",
    "Count__c",
    "Channels__c",
    "Started__c",
    "Starts_At__c",
    "Due__c",
    "Subject__c",
];

async fn ticket() -> TestOrg {
    let org = TestOrg::new().await;
    org.seed(json!({ "Ticket__c": [{
        "External_Id__c": "T-1", "Subject__c": "Leak; 2025-12-16T13:05:30.000+0000", "Done__c": true, "Score__c": 12.5,
        "Amount__c": 1234.5, "Count__c": 7, "Channels__c": "Chat;Phone", "Due__c": "2025-12-24",
        "Started__c": "2025-12-16T13:05:30.000+0000", "Starts_At__c": "18:30:00.000Z"
    }] }));
    org
}

fn settings() -> Value {
    let rows = [key("number", "Ticket__c.External_Id__c")].into_iter();
    let targets = FIELDS.iter().map(|field| target(&format!("Ticket__c.{field}"), field));
    let mut settings = reads([], json!({}));
    settings["mappings"] = rows.chain(targets).collect();
    settings
}

#[tokio::test(flavor = "multi_thread")]
async fn prepared_settings_give_what_everybody_writes() {
    let org = ticket().await;
    let prepared = org.prepared(&settings()).await;
    let outcome = org.done(&prepared, &json!({ "number": "t-1" })).await;
    assert_eq!(
        outcome["variables"],
        json!({
            "Done__c": true, "Score__c": 12.5, "Amount__c": 1234.5, "Count__c": 7, "Channels__c": ["Chat", "Phone"],
            "Started__c": "2025-12-16T13:05:30Z", "Starts_At__c": "18:30:00", "Due__c": "2025-12-24",
            "Subject__c": "Leak; 2025-12-16T13:05:30.000+0000"
        })
    );
}

#[tokio::test(flavor = "multi_thread")]
async fn unprepared_settings_give_what_salesforce_sends() {
    let org = ticket().await;
    let outcome = org.done(&settings().to_string(), &json!({ "number": "t-1" })).await;
    let variables = &outcome["variables"];
    assert_eq!((&variables["Done__c"], &variables["Count__c"]), (&json!(true), &json!(7)));
    assert_eq!(variables["Channels__c"], "Chat;Phone");
    assert_eq!(variables["Started__c"], "2025-12-16T13:05:30.000+0000");
    assert_eq!(variables["Starts_At__c"], "18:30:00.000Z");
}

/// An empty list of a multi-select field is nothing, not a list with nothing in it.
#[tokio::test(flavor = "multi_thread")]
async fn an_empty_field_is_null() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Ticket__c": [{ "External_Id__c": "T-1", "Subject__c": "Leak" }] }));
    let outcome = org.done(&org.prepared(&settings()).await, &json!({ "number": "T-1" })).await;
    for field in ["Channels__c", "Started__c", "Starts_At__c", "Score__c"] {
        assert_eq!(outcome["variables"][field], Value::Null, "{field}");
    }
    assert_eq!(outcome["variables"]["Done__c"], false);
}

/// A key of a known type is converted as in a write.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_converted_to_its_fields_type() {
    let org = ticket().await;
    let rows = [key("amount", "Ticket__c.Amount__c"), target("Ticket__c.Subject__c", "subject")];
    let mut settings = reads(rows, json!({}));
    settings["locale"] = "de".into();
    let prepared = org.prepared(&settings).await;
    let outcome = org.done(&prepared, &json!({ "amount": "1.234,50" })).await;
    assert_eq!(outcome["records"][0]["result"], "found", "{outcome:#}");
    let outcome = org.run(&prepared, &json!({ "amount": "canary" })).await;
    assert_eq!(
        (outcome["records"][0]["error"]["code"].as_str(), &outcome["requests"]),
        (Some("NOT_CONVERTIBLE"), &json!(0))
    );
    let visitor = outcome["records"][0]["error"]["texts"]["en"]["visitor"].as_str().expect("a text");
    assert!(!visitor.contains("saved"), "nothing was to be saved: {visitor}");
}
