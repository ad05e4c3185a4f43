//! What the user may not see or write, and what is no longer there.

use serde_json::json;

use super::super::Access;
use super::composite::{codes, send, statuses, sub};
use super::describe::field;
use super::*;

#[test]
fn field_level_security_hides_or_protects_a_field() {
    let mut bench = Bench::new();
    assert!(bench.org.restrict_field("Contact", "Score__c", Access::ReadOnly));
    assert!(bench.org.restrict_field("Contact", "Title", Access::Hidden));
    let contact = |field: &str, value: Value| json!({ "LastName": "Doe", field: value });
    refused(&bench.post("/sobjects/Contact", contact("Score__c", json!(1))), 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    refused(&bench.post("/sobjects/Contact", contact("Title", json!("x"))), 400, "INVALID_FIELD");
    refused(&bench.query("SELECT Title FROM Contact"), 400, "INVALID_FIELD");
}

#[test]
fn a_hidden_field_is_missing_from_describe() {
    let mut bench = Bench::new();
    bench.org.restrict_field("Contact", "Email", Access::Hidden);
    assert_eq!(field(&mut bench, "Contact", "Email"), Value::Null);
    refused(&bench.get("/sobjects/Contact/Email/x%40example.com"), 404, "NOT_FOUND");
}

#[test]
fn a_read_only_field_is_described_as_not_writable() {
    let mut bench = Bench::new();
    assert!(bench.org.restrict_field("Contact", "Title", Access::ReadOnly));
    let title = field(&mut bench, "Contact", "Title");
    assert_eq!((&title["createable"], &title["updateable"]), (&json!(false), &json!(false)));
    assert_eq!(bench.query("SELECT Title FROM Contact").status, 200);
}

#[test]
fn a_hidden_object_is_unknown_to_every_request() {
    let mut bench = Bench::new();
    let id = bench.create("Lead", json!({ "LastName": "Doe", "Company": "Acme" }));
    assert!(bench.org.restrict_object("lead", Access::Hidden));
    assert!(!bench.org.restrict_object("Unicorn", Access::Hidden));
    for target in ["/sobjects/Lead/describe", "/sobjects/Lead", &format!("/sobjects/Lead/{id}")] {
        refused(&bench.get(target), 404, "NOT_FOUND");
    }
    refused(&bench.post("/sobjects/Lead", json!({})), 404, "NOT_FOUND");
    refused(&bench.patch("/sobjects/Lead/Email/x%40example.com", json!({})), 404, "NOT_FOUND");
    refused(&bench.query("SELECT Id FROM Lead"), 400, "INVALID_TYPE");
    let record = json!({ "attributes": { "type": "Lead" }, "LastName": "Doe", "Company": "Acme" });
    let results = bench.post("/composite/sobjects", json!({ "records": [record] })).json();
    assert_eq!(results[0]["errors"][0]["statusCode"], "INVALID_TYPE");
    let names = bench.get("/sobjects").json()["sobjects"].clone();
    assert!(names.as_array().unwrap().iter().all(|object| object["name"] != "Lead"));
    assert_eq!(bench.org.records("Lead").len(), 1);
}

#[test]
fn a_lookup_to_a_hidden_object_is_refused_and_its_relationship_unknown() {
    let mut bench = Bench::new();
    let account = bench.create("Account", json!({ "Name": "Acme" }));
    bench.org.restrict_object("Account", Access::Hidden);
    let response = bench.post("/sobjects/Contact", json!({ "LastName": "Doe", "AccountId": account }));
    refused(&response, 400, "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY");
    refused(&bench.query("SELECT Account.Name FROM Contact"), 400, "INVALID_FIELD");
}

#[test]
fn a_read_only_object_is_described_as_such_and_refuses_every_write() {
    let mut bench = Bench::new();
    let id = bench.create("Case", json!({ "Subject": "x" }));
    bench.org.restrict_object("Case", Access::ReadOnly);
    let description = bench.get("/sobjects/Case/describe").json();
    for flag in ["createable", "updateable", "deletable"] {
        assert_eq!(description[flag], false, "{flag}");
    }
    let (row, key) = (format!("/sobjects/Case/{id}"), "/sobjects/Case/Chat_Conversation_Id__c/1");
    let body = || json!({ "Subject": "y" });
    for response in [
        bench.post("/sobjects/Case", body()),
        bench.patch(&row, body()),
        bench.patch(key, body()),
        bench.send("DELETE", &row, None),
    ] {
        refused(&response, 403, "INSUFFICIENT_ACCESS_OR_READONLY");
    }
    assert_eq!(bench.column("SELECT Subject FROM Case", "Subject"), ["x"]);
}

#[test]
fn a_seed_does_not_ask_for_permission() {
    let mut bench = Bench::new();
    let now = bench.now;
    bench.org.restrict_object("Lead", Access::Hidden);
    bench.org.restrict_object("Case", Access::ReadOnly);
    let seed = json!({ "Lead": [{ "LastName": "Doe", "Company": "Acme" }], "Case": [{ "Subject": "x" }] });
    assert_eq!(bench.org.seed(&seed, now).unwrap().len(), 2);
}

#[test]
fn a_removed_field_has_never_existed() {
    let mut bench = Bench::new();
    let id = bench.create("Ticket__c", json!({ "Subject__c": "s", "External_Id__c": "1", "Score__c": 5 }));
    for name in ["Subject__c", "External_Id__c", "score__C"] {
        assert!(bench.org.remove_field("Ticket__c", name), "{name}");
        assert!(!bench.org.remove_field("Ticket__c", name), "{name}");
        assert_eq!(field(&mut bench, "Ticket__c", name), Value::Null);
        refused(&bench.post("/sobjects/Ticket__c", json!({ name: "x" })), 400, "INVALID_FIELD");
        refused(&bench.patch(&format!("/sobjects/Ticket__c/{id}"), json!({ name: null })), 400, "INVALID_FIELD");
        refused(&bench.get(&format!("/sobjects/Ticket__c/{id}?fields={name}")), 400, "INVALID_FIELD");
        refused(&bench.query(&format!("SELECT {name} FROM Ticket__c")), 400, "INVALID_FIELD");
        refused(&bench.query(&format!("SELECT Id FROM Ticket__c WHERE {name} = null")), 400, "INVALID_FIELD");
    }
    refused(&bench.patch("/sobjects/Ticket__c/External_Id__c/1", json!({})), 404, "NOT_FOUND");
    bench.create("Ticket__c", json!({}));
    assert!(!bench.org.remove_field("Ticket__c", "Id") && !bench.org.remove_field("Ticket__c", "Nope__c"));
    assert_eq!(bench.org.records("Ticket__c")[0].get("Subject__c"), None);
}

#[test]
fn describes_stand_inside_a_composite_and_a_batch() {
    let mut bench = Bench::new();
    bench.org.restrict_object("Lead", Access::Hidden);
    let describe = |sobject: &str| format!("/sobjects/{sobject}/describe");
    let list =
        ["Contact", "Unicorn__c", "Lead", "Ticket__c"].map(|name| sub(name, "GET", &describe(name), Value::Null));
    let permissions = "/query?q=SELECT+PermissionsViewAllData+FROM+UserPermissionAccess+LIMIT+1";
    let rules = "/query?q=SELECT+Id,Name,SobjectType,Active+FROM+AssignmentRule+WHERE+Active+=+true";
    let queries = [sub("Permissions", "GET", permissions, Value::Null), sub("Rules", "GET", rules, Value::Null)];
    let results = send(&mut bench, false, list.into_iter().chain(queries).collect());
    assert_eq!(statuses(&results), [200, 404, 404, 200, 200, 200]);
    assert_eq!(codes(&results)[1..3], ["NOT_FOUND", "NOT_FOUND"]);
    assert_eq!((&results[0]["body"]["name"], &results[3]["body"]["name"]), (&json!("Contact"), &json!("Ticket__c")));
    assert_eq!(results[0]["body"], bench.get(&describe("Contact")).json());
    assert_eq!(results[4]["body"]["records"][0]["PermissionsViewAllData"], true);
    assert_eq!(results[5]["body"]["records"][0]["SobjectType"], "Case");
    let list = ["Case", "Unicorn__c"].map(|name| json!({ "method": "GET", "url": format!("v60.0{}", describe(name)) }));
    let batch = bench.post("/composite/batch", json!({ "batchRequests": list })).json();
    assert_eq!((&batch["hasErrors"], &batch["results"][0]["statusCode"]), (&json!(true), &json!(200)));
    assert_eq!(batch["results"][0]["result"]["name"], "Case");
    let unknown = &batch["results"][1];
    assert_eq!((&unknown["statusCode"], &unknown["result"][0]["errorCode"]), (&json!(404), &json!("NOT_FOUND")));
}
