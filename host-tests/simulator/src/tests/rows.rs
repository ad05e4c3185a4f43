//! Records by id, and seeding.

use serde_json::json;

use super::*;

#[test]
fn a_create_answers_201_with_its_location() {
    let mut bench = Bench::new();
    let response = bench.post("/sobjects/contact/", json!({ "lastname": "Doe", "FirstName": "Jo" }));
    let body = response.json();
    let id = body["id"].as_str().unwrap();
    assert_eq!(response.status, 201);
    assert_eq!(body, json!({ "id": id, "success": true, "errors": [] }));
    assert_eq!(response.header("Location"), Some(format!("{BASE}/sobjects/Contact/{id}").as_str()));
    assert_eq!(response.header("content-type"), Some("application/json;charset=UTF-8"));
    assert_eq!(bench.org.records("Contact")[0]["Name"], "Jo Doe");
}

#[test]
fn unknown_names_are_refused() {
    let mut bench = Bench::new();
    refused(&bench.post("/sobjects/Unicorn__c", json!({})), 404, "NOT_FOUND");
    let (status, code, message) = error(&bench.post("/sobjects/Contact", json!({ "Nope__c": 1 })));
    assert_eq!((status, code.as_str()), (400, "INVALID_FIELD"));
    assert_eq!(message, "No such column 'Nope__c' on sobject of type Contact");
}

#[test]
fn an_id_in_the_body_is_refused() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Doe" }));
    refused(&bench.post("/sobjects/Contact", json!({ "LastName": "x", "id": id })), 400, "INVALID_FIELD");
    refused(&bench.patch(&format!("/sobjects/Contact/{id}"), json!({ "Id": id })), 400, "INVALID_FIELD");
}

#[test]
fn an_update_answers_204_and_moves_the_date() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Doe", "Phone": "1" }));
    let before = bench.org.records("Contact")[0].clone();
    let short = &id[..15];
    let response = bench.patch(&format!("/sobjects/Contact/{short}"), json!({ "Phone": null, "LastName": "Roe" }));
    assert_eq!((response.status, response.body.len()), (204, 0));
    assert_eq!(response.header("content-type"), None);
    let after = bench.org.records("Contact")[0].clone();
    assert_eq!((after["Name"].as_str(), after.get("Phone")), (Some("Roe"), None));
    assert_eq!(after["CreatedDate"], before["CreatedDate"]);
    assert_ne!(after["LastModifiedDate"], before["LastModifiedDate"]);
}

#[test]
fn a_write_to_a_missing_record_names_the_kind_of_missing() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Doe" }));
    let body = || json!({ "Phone": "1" });
    refused(&bench.patch(&format!("/sobjects/Account/{id}"), json!({})), 400, "MALFORMED_ID");
    refused(&bench.patch("/sobjects/Contact/003Hn0000000000IB9", body()), 400, "MALFORMED_ID");
    let unknown = super::super::schema::id::numbered("003", 999);
    refused(&bench.patch(&format!("/sobjects/Contact/{unknown}"), body()), 404, "INVALID_CROSS_REFERENCE_KEY");
    refused(&bench.send("DELETE", &format!("/sobjects/Contact/{unknown}"), None), 404, "INVALID_CROSS_REFERENCE_KEY");
    refused(&bench.get(&format!("/sobjects/Contact/{unknown}")), 404, "NOT_FOUND");
    assert_eq!(bench.send("DELETE", &format!("/sobjects/Contact/{id}"), None).status, 204);
    refused(&bench.send("DELETE", &format!("/sobjects/Contact/{id}"), None), 404, "ENTITY_IS_DELETED");
    refused(&bench.patch(&format!("/sobjects/Contact/{id}"), body()), 404, "ENTITY_IS_DELETED");
    refused(&bench.get(&format!("/sobjects/Contact/{id}")), 404, "NOT_FOUND");
}

#[test]
fn a_segment_that_is_no_id_is_taken_for_a_field() {
    let (status, code, message) = error(&Bench::new().get("/sobjects/Contact/rid"));
    assert_eq!((status, code.as_str()), (404, "NOT_FOUND"));
    assert!(message.ends_with("not accessible: rid"), "{message}");
}

#[test]
fn a_read_shows_all_fields_or_the_chosen_ones_and_the_id() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Doe" }));
    let all = bench.get(&format!("/sobjects/Contact/{id}")).json();
    assert_eq!(all["Email"], Value::Null);
    assert_eq!(all["Newsletter__c"], false);
    assert_eq!(all["attributes"]["type"], "Contact");
    let some = bench.get(&format!("/sobjects/Contact/{id}?fields=email,Name")).json();
    let names: Vec<&String> = some.as_object().unwrap().keys().collect();
    assert_eq!(names, ["Email", "Id", "Name", "attributes"]);
    refused(&bench.get(&format!("/sobjects/Contact/{id}?fields=Nope")), 400, "INVALID_FIELD");
}

#[test]
fn a_method_that_a_resource_has_not_is_405() {
    let mut bench = Bench::new();
    let (status, code, message) = error(&bench.patch("/sobjects/Account", json!({})));
    assert_eq!((status, code.as_str()), (405, "METHOD_NOT_ALLOWED"));
    assert_eq!(message, "HTTP Method 'PATCH' not allowed. Allowed are HEAD,GET,POST");
    let id = bench.create("Contact", json!({ "LastName": "Doe" }));
    refused(&bench.send("PUT", &format!("/sobjects/Contact/{id}"), Some(json!({}))), 405, "METHOD_NOT_ALLOWED");
    refused(&bench.post("/query?q=SELECT+Id+FROM+Case", json!({})), 405, "METHOD_NOT_ALLOWED");
}

#[test]
fn a_post_may_say_that_it_is_a_patch() {
    let mut bench = Bench::new();
    let id = bench.create("Contact", json!({ "LastName": "Doe" }));
    assert_eq!(bench.post(&format!("/sobjects/Contact/{id}?_HttpMethod=PATCH"), json!({})).status, 204);
}

#[test]
fn a_body_that_is_not_json_is_refused() {
    let mut bench = Bench::new();
    let token = format!("Bearer {}", bench.org.access_token());
    for body in ["{\"LastName\":", "", "nope"] {
        let request = Request {
            method: "POST".into(),
            path: format!("{BASE}/sobjects/Contact"),
            headers: vec![("authorization".into(), token.clone()), ("content-type".into(), "application/json".into())],
            body: body.into(),
            ..Request::default()
        };
        refused(&bench.org.handle(&request, bench.now), 400, "JSON_PARSER_ERROR");
    }
    refused(&bench.post("/sobjects/Contact", json!([])), 400, "JSON_PARSER_ERROR");
}

#[test]
fn setup_objects_are_not_writable() {
    let mut bench = Bench::new();
    refused(&bench.post("/sobjects/AssignmentRule", json!({})), 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
}

#[test]
fn a_deleted_parent_leaves_no_dangling_lookup() {
    let mut bench = Bench::new();
    let contact = bench.create("Contact", json!({ "LastName": "Doe" }));
    bench.create("Case", json!({ "ContactId": contact }));
    bench.send("DELETE", &format!("/sobjects/Contact/{contact}"), None);
    assert_eq!(bench.org.records("Case")[0].get("ContactId"), None);
}

#[test]
fn a_seed_is_validated_like_a_create_and_kept_whole_or_not_at_all() {
    let mut bench = Bench::new();
    let now = bench.now;
    let id = super::super::schema::id::numbered("003", 77);
    let seed = json!({
        "Case": [{ "Subject": "Seeded", "ContactId": id }],
        "Contact": [{ "Id": &id[..15], "LastName": "Doe", "Account": { "Customer_No__c": "A1" } }],
        "Account": [{ "Name": "Acme", "Customer_No__c": "A1" }],
    });
    let ids = bench.org.seed(&seed, now).unwrap();
    assert_eq!((ids.len(), ids[1].as_str()), (3, id.as_str()));
    assert_eq!(bench.org.records("Case")[0]["OwnerId"].as_str().unwrap()[..3], *"005");
    let error = bench.org.seed(&json!({ "Lead": [{ "LastName": "A", "Company": "B" }, { "LastName": "A" }] }), now);
    let error = error.unwrap_err();
    assert_eq!((error.sobject.as_str(), error.index), ("Lead", 1));
    assert!(error.reason.contains("[Company]"), "{error}");
    assert!(bench.org.records("Lead").is_empty());
}

#[test]
fn records_of_one_org_get_the_same_ids_every_time() {
    let ids = || Bench::new().create("Contact", json!({ "LastName": "Doe" }));
    assert_eq!(ids(), ids());
}
