//! What is looked for: rows 1, 2, 12 and 13.

use host_tests::simulator::Request;
use jiff::Timestamp;
use serde_json::json;

use super::{by_email, visitor};
use crate::org::{TestOrg, error, key, map, results, settings};

/// Row 1: three tools escape the quote in SOQL and forget the backslash, so that a text with one ends its literal, or is
/// another text, and a record that exists is not found. `types/properties.rs` tries any text.
#[tokio::test(flavor = "multi_thread")]
async fn a_backslash_is_a_backslash() {
    let org = TestOrg::new().await;
    let settings =
        settings([key("no", "Contact.Loyalty_No__c"), map("name", "Contact.LastName")], json!({})).to_string();
    let texts = [r"\", r"\'", r"C:\new", r"a\\", r"\\'", r"'\", r"\u0041", "A", r"\n", r"a'b\'c"];
    for result in ["created", "unchanged"] {
        for typed in texts {
            let outcome = org.done(&settings, &json!({ "no": typed, "name": "Berg" })).await;
            assert_eq!(results(&outcome), [result], "{typed}");
        }
    }
    assert_eq!(org.records("Contact").len(), texts.len());
}

/// Row 2: others paste what a visitor typed into the query: a condition typed into the chat finds everybody, a wildcard
/// somebody.
#[tokio::test(flavor = "multi_thread")]
async fn what_looks_like_a_query_is_a_text() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Berg", "Loyalty_No__c": "ab" }] }));
    let settings =
        settings([key("no", "Contact.Loyalty_No__c"), map("name", "Contact.LastName")], json!({})).to_string();
    for typed in ["' OR Id != '", "x') OR (Id != '", "a_", "a%", "%", "__", "ab' --", "ab\\' OR Id != \\'"] {
        let outcome = org.done(&settings, &json!({ "no": typed, "name": "Canary" })).await;
        assert_eq!(results(&outcome), ["created"], "{typed}");
    }
    assert_eq!(org.records("Contact")[0]["LastName"], "Berg");
}

/// Row 12: the lookup sees deleted rows, and writes to one of them.
#[tokio::test(flavor = "multi_thread")]
async fn a_deleted_record_is_neither_found_nor_written() {
    for prepare in [true, false] {
        let org = TestOrg::new().await;
        let id = org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "canary@example.com" }] })).pop();
        let id = id.expect("an id");
        let delete = Request {
            method: "DELETE".to_owned(),
            path: format!("/services/data/v62.0/sobjects/Contact/{id}"),
            headers: vec![("authorization".to_owned(), format!("Bearer {}", org.token()))],
            ..Request::default()
        };
        assert_eq!(org.org().handle(&delete, Timestamp::now()).status, 204);
        let by_id = settings([key("id", "Contact.Id"), map("name", "Contact.LastName")], json!({}));
        let (by_email, by_id) = match prepare {
            true => (org.prepared(&by_email()).await, org.prepared(&by_id).await),
            false => (by_email().to_string(), by_id.to_string()),
        };
        let outcome = org.run(&by_id, &json!({ "id": id, "name": "Canary" })).await;
        assert_eq!(outcome["status"], "failed");
        assert!(["ENTITY_IS_DELETED", "INVALID_CROSS_REFERENCE_KEY"].contains(&error(&outcome, 0)), "{outcome:#}");
        assert!(org.records("Contact").is_empty());
        assert_eq!(results(&org.done(&by_email, &visitor()).await), ["created"]);
        assert_ne!(org.record("Contact")["Id"], id.as_str());
    }
}

/// Row 13: a text that looks like a date, or `TODAY`, goes without quotes into the query of a text field.
#[tokio::test(flavor = "multi_thread")]
async fn the_fields_type_decides_about_quotes_and_not_the_texts_looks() {
    for prepare in [true, false] {
        let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
        let settings = settings([key("no", "Contact.Loyalty_No__c"), map("name", "Contact.LastName")], json!({}));
        let settings = if prepare { org.prepared(&settings).await } else { settings.to_string() };
        for typed in ["TODAY", "2024-01-01", "2024-01-01T00:00:00Z", "true", "null", "4711", "1e3", "LAST_N_DAYS:3"] {
            for result in ["created", "unchanged"] {
                let outcome = org.done(&settings, &json!({ "no": typed, "name": "Berg" })).await;
                assert_eq!(results(&outcome), [result], "{typed}");
            }
        }
    }
}
