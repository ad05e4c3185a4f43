//! Upserts and reads by key.

use serde_json::json;

use super::*;

#[test]
fn upsert_creates_with_201_and_updates_with_200() {
    let mut bench = Bench::new();
    let response = bench.patch("/sobjects/Contact/Email/Jo%40Example.com", json!({ "LastName": "Doe" }));
    let body = response.json();
    let id = body["id"].as_str().unwrap().to_owned();
    assert_eq!(response.status, 201);
    assert_eq!(body, json!({ "id": id, "success": true, "errors": [], "created": true }));
    let response = bench.patch("/sobjects/Contact/email/jo%40example.com", json!({ "Title": "Dr" }));
    assert_eq!((response.status, response.json()["created"].as_bool()), (200, Some(false)));
    let contact = &bench.org.records("Contact")[0];
    assert_eq!((contact["Email"].as_str(), contact["Title"].as_str()), (Some("jo@example.com"), Some("Dr")));
}

#[test]
fn upsert_below_version_46_answers_an_update_with_204() {
    let mut bench = Bench::new();
    let target = "/services/data/v45.0/sobjects/Contact/Customer_No__c/1";
    assert_eq!(bench.patch(target, json!({ "LastName": "Doe" })).json().get("created"), None);
    assert_eq!(bench.patch(target, json!({})).status, 204);
}

#[test]
fn upsert_with_two_matches_answers_300_and_writes_nothing() {
    let mut bench = Bench::new();
    let first = bench.create("Contact", json!({ "LastName": "A", "Email": "x@example.com" }));
    let second = bench.create("Contact", json!({ "LastName": "B", "Email": "x@example.com" }));
    let before = bench.org.records("Contact");
    let response = bench.patch("/sobjects/Contact/Email/x%40example.com", json!({ "Title": "Dr" }));
    assert_eq!(response.status, 300);
    let urls = [first, second].map(|id| format!("{BASE}/sobjects/Contact/{id}"));
    assert_eq!(response.json(), json!(urls));
    assert_eq!(bench.org.records("Contact"), before);
}

#[test]
fn update_only_creates_nothing() {
    let mut bench = Bench::new();
    let body = json!({ "LastName": "Doe" });
    let missed = bench.patch("/services/data/v61.0/sobjects/Contact/Customer_No__c/9?updateOnly=true", body.clone());
    refused(&missed, 404, "NOT_FOUND");
    assert!(bench.org.records("Contact").is_empty());
    // A version that is older than the parameter ignores it.
    assert_eq!(bench.patch("/services/data/v60.0/sobjects/Contact/Customer_No__c/9?updateOnly=true", body).status, 201);
    let id = bench.create("Contact", json!({ "LastName": "Doe" }));
    let response = bench.patch(&format!("/sobjects/Contact/Id/{id}?updateOnly=true"), json!({ "Title": "Dr" }));
    assert_eq!((response.status, response.json()["created"].as_bool()), (200, Some(false)));
}

#[test]
fn a_key_must_be_an_external_id_or_an_id_lookup() {
    let mut bench = Bench::new();
    for field in ["Phone", "Nope", "Name"] {
        let response = bench.patch(&format!("/sobjects/Contact/{field}/1"), json!({ "LastName": "Doe" }));
        let message = format!("Provided external ID field does not exist or is not accessible: {field}");
        assert_eq!(error(&response), (404, "NOT_FOUND".into(), message));
    }
}

#[test]
fn the_key_must_not_stand_in_the_body() {
    let mut bench = Bench::new();
    let body = json!({ "LastName": "Doe", "email": "x@example.com" });
    refused(&bench.patch("/sobjects/Contact/Email/x%40example.com", body), 400, "INVALID_FIELD");
    let body = json!({ "LastName": "Doe", "Id": "x" });
    refused(&bench.patch("/sobjects/Contact/Email/x%40example.com", body), 400, "INVALID_FIELD");
}

#[test]
fn an_empty_key_is_405() {
    let mut bench = Bench::new();
    for target in ["/sobjects/Contact/Email/", "/sobjects/Contact/Email", "/sobjects/Contact/Email/%20"] {
        let response = bench.patch(target, json!({ "LastName": "Doe" }));
        assert_eq!(error(&response).2, "HTTP Method 'PATCH' not allowed. Allowed are GET,HEAD,POST", "{target}");
        assert_eq!(response.status, 405);
    }
}

#[test]
fn a_key_that_ends_like_a_file_is_404() {
    let mut bench = Bench::new();
    refused(&bench.patch("/sobjects/Contact/Email/x%40example.inc", json!({ "LastName": "Doe" })), 404, "NOT_FOUND");
}

#[test]
fn a_key_may_hold_any_encoded_character() {
    let mut bench = Bench::new();
    let response = bench.patch("/sobjects/Contact/Customer_No__c/a%2Fb+c%20%C3%BC", json!({ "LastName": "Doe" }));
    assert_eq!(response.status, 201, "{}", response.json());
    assert_eq!(bench.org.records("Contact")[0]["Customer_No__c"], "a/b+c ü");
}

#[test]
fn a_key_is_validated_like_any_value() {
    let mut bench = Bench::new();
    refused(
        &bench.patch("/sobjects/Contact/Email/nonsense", json!({ "LastName": "Doe" })),
        400,
        "INVALID_EMAIL_ADDRESS",
    );
    let long = "x".repeat(41);
    refused(
        &bench.patch(&format!("/sobjects/Contact/Customer_No__c/{long}"), json!({ "LastName": "D" })),
        400,
        "STRING_TOO_LONG",
    );
}

#[test]
fn only_a_unique_key_that_ignores_case_matches_in_another_case() {
    let mut bench = Bench::new();
    let mut statuses = |sobject: &str, field: &str, body: Value| {
        ["ab", "AB"].map(|key| bench.patch(&format!("/sobjects/{sobject}/{field}/{key}"), body.clone()).status)
    };
    assert_eq!(statuses("Contact", "Customer_No__c", json!({ "LastName": "Doe" })), [201, 200]);
    assert_eq!(statuses("Contact", "Loyalty_No__c", json!({ "LastName": "Doe" })), [201, 201]);
    assert_eq!(statuses("acme__Order__c", "acme__Number__c", json!({})), [201, 201]);
}

#[test]
fn without_view_all_data_only_unique_keys_write() {
    let mut bench = Bench::new();
    bench.org.settings.view_all_data = false;
    for target in ["/sobjects/Contact/Email/x%40example.com", "/sobjects/Contact/Loyalty_No__c/1"] {
        refused(&bench.patch(target, json!({ "LastName": "Doe" })), 403, "INSUFFICIENT_ACCESS_OR_READONLY");
    }
    assert_eq!(bench.patch("/sobjects/Contact/Customer_No__c/1", json!({ "LastName": "Doe" })).status, 201);
    assert_eq!(bench.org.records("Contact").len(), 1);
}

#[test]
fn a_record_can_be_read_and_deleted_by_key() {
    let mut bench = Bench::new();
    bench.create("Contact", json!({ "LastName": "Doe", "Customer_No__c": "1" }));
    assert_eq!(bench.get("/sobjects/Contact/Customer_No__c/1?fields=Name").json()["Name"], "Doe");
    refused(&bench.get("/sobjects/Contact/Customer_No__c/2"), 404, "NOT_FOUND");
    assert_eq!(bench.send("DELETE", "/sobjects/Contact/Customer_No__c/1", None).status, 204);
    assert!(bench.org.records("Contact").is_empty());
}

#[test]
fn a_deleted_record_does_not_match() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Doe", "Customer_No__c": "1" }));
    bench.send("DELETE", &format!("/sobjects/Contact/{id}"), None);
    assert_eq!(bench.patch("/sobjects/Contact/Customer_No__c/1", json!({ "LastName": "Doe" })).status, 201);
}
