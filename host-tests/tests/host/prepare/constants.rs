//! What the author typed is checked against the org now, not in every conversation.

use serde_json::{Value, json};

use crate::org::{Preparation, TestOrg, constant, map, says, settings, with};

async fn prepare(mapping: Value) -> Preparation {
    TestOrg::new().await.prepare(&settings([map("s", "Ticket__c.Subject__c"), mapping], json!({}))).await
}

#[tokio::test(flavor = "multi_thread")]
async fn a_constant_that_does_not_fit_is_refused_with_what_the_field_takes() {
    for (value, field, takes) in [
        (json!("x".repeat(21)), "Serial__c", "at most 20 characters"),
        (json!("many"), "Score__c", "a number such as"),
        (json!(true), "Score__c", "a number such as"),
        (json!(1.234), "Score__c", "2 behind it"),
        (json!("Urgent"), "Priority__c", "Low, Normal, High"),
        (json!(["Chat", "Fax"]), "Channels__c", "Chat, Email, Phone"),
        (json!("perhaps"), "Done__c", "true or false"),
        (json!("soon"), "Due__c", "a date such as 2026-12-24"),
        (json!("2026-12-24T18:30"), "Started__c", "`timeZone`"),
        (json!("evening"), "Starts_At__c", "a time such as 18:30"),
        (json!("nobody"), "Email__c", "an e-mail address"),
        (json!("003123"), "Contact__c", "15 or 18 characters"),
        (json!(12.5), "Count__c", "of at most 8 digits"),
    ] {
        let prepared = prepare(constant(value, &format!("Ticket__c.{field}"))).await;
        let finding = prepared.refused("constant-does-not-fit", "/mappings/1/source/constant");
        says(finding, &[&format!("`{field}`"), takes], &["Correct the fixed value"]);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_constant_that_fits_in_its_mappings_own_way_is_taken() {
    for (value, field, more) in [
        (json!("1.234,56"), "Amount__c", json!({ "locale": "de" })),
        (json!("24.12.2026 18:30"), "Started__c", json!({ "locale": "de", "timeZone": "Europe/Berlin" })),
        (json!("x".repeat(21)), "Serial__c", json!({ "whenTooLong": "cut" })),
        (json!("high"), "Priority__c", json!({})),
        (json!("Americas"), "Region__c", json!({})),
        (json!(["Phone", "chat"]), "Channels__c", json!({})),
    ] {
        let prepared = prepare(with(constant(value, &format!("Ticket__c.{field}")), more)).await;
        assert_eq!(prepared.status(), "done", "{field}: {:#}", prepared.answer);
    }
}
