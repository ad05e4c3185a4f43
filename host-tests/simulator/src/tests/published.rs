//! Platform events.

use serde_json::json;

use super::*;

fn event() -> Value {
    json!({ "Conversation_Id__c": "c-1", "Type__c": "handover", "Payload__c": "{}" })
}

#[test]
fn an_event_is_published_and_its_success_has_an_entry_among_the_errors() {
    let mut bench = Bench::new();
    let response = bench.post("/sobjects/Chat_Event__e", event());
    assert_eq!(response.status, 201);
    let body = response.json();
    assert_eq!(body["success"], true);
    let entry = &body["errors"][0];
    assert_eq!((&entry["statusCode"], &entry["fields"]), (&json!("OPERATION_ENQUEUED"), &json!([])));
    assert_eq!(entry["message"].as_str().unwrap().len(), 36);
    assert!(body["id"].as_str().unwrap().starts_with("e01"));
    let published = bench.org.records("Chat_Event__e");
    assert_eq!((&published[0]["Type__c"], &published[0]["ReplayId"]), (&json!("handover"), &json!("1")));
}

#[test]
fn an_event_takes_part_in_composites_and_collections() {
    let mut bench = Bench::new();
    let mut record = event();
    record["attributes"] = json!({ "type": "Chat_Event__e" });
    let answer = bench.post("/composite/sobjects", json!({ "records": [record] })).json();
    assert_eq!(
        (&answer[0]["success"], &answer[0]["errors"][0]["statusCode"]),
        (&json!(true), &json!("OPERATION_ENQUEUED"))
    );
    let subrequests = json!([
        { "method": "POST", "referenceId": "event", "url": format!("{BASE}/sobjects/Chat_Event__e"), "body": event() },
        { "method": "POST", "referenceId": "contact", "url": format!("{BASE}/sobjects/Contact"), "body": {} },
    ]);
    let answer = bench.post("/composite", json!({ "allOrNone": true, "compositeRequest": subrequests })).json();
    assert_eq!(answer["compositeResponse"][0]["httpStatusCode"], 400);
    assert_eq!(bench.org.records("Chat_Event__e").len(), 1, "published after commit only");
    let answer = bench.post("/composite", json!({ "compositeRequest": [subrequests[0]] })).json();
    assert_eq!(answer["compositeResponse"][0]["body"]["errors"][0]["statusCode"], "OPERATION_ENQUEUED");
}

#[test]
fn an_event_is_only_created() {
    let mut bench = Bench::new();
    let id = bench.create("Chat_Event__e", event());
    let path = format!("/sobjects/Chat_Event__e/{id}");
    assert_eq!(bench.get(&path).status, 404);
    refused(&bench.patch(&path, json!({ "Type__c": "x" })), 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    refused(&bench.send("DELETE", &path, None), 400, "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY");
    refused(&bench.query("SELECT ReplayId FROM Chat_Event__e"), 400, "INVALID_TYPE_FOR_OPERATION");
    assert_eq!(bench.patch("/sobjects/Chat_Event__e/Conversation_Id__c/c-1", json!({})).status, 404);
    let seed = json!({ "Chat_Event__e": [event()] });
    assert_eq!(bench.org.seed(&seed, bench.now).unwrap_err().sobject, "Chat_Event__e");
}

#[test]
fn an_event_is_checked_as_a_record_is() {
    let mut bench = Bench::new();
    refused(&bench.post("/sobjects/Chat_Event__e", json!({})), 400, "REQUIRED_FIELD_MISSING");
    let unknown = json!({ "Conversation_Id__c": "c-1", "Nope__c": 1 });
    refused(&bench.post("/sobjects/Chat_Event__e", unknown), 400, "INVALID_FIELD");
    let replay = json!({ "Conversation_Id__c": "c-1", "ReplayId": "7" });
    refused(&bench.post("/sobjects/Chat_Event__e", replay), 400, "INVALID_FIELD_FOR_INSERT_UPDATE");
    assert!(bench.org.records("Chat_Event__e").is_empty());
    let described = bench.get("/sobjects/Chat_Event__e/describe").json();
    assert_eq!((&described["createable"], &described["queryable"]), (&json!(true), &json!(false)));
    assert_eq!((&described["updateable"], &described["deletable"]), (&json!(false), &json!(false)));
    let field = super::describe::field(&mut bench, "Chat_Event__e", "Type__c");
    assert_eq!(
        (&field["createable"], &field["updateable"], &field["filterable"]),
        (&json!(true), &json!(false), &json!(false))
    );
}
