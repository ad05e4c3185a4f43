//! A platform event is only created.

use serde_json::{Value, json};

use super::remarks;
use crate::common::many::{key, link, map, settings};

fn refused(rows: Value, objects: Value, places: &[&str]) {
    let found = remarks(&settings(rows, objects));
    let events: Vec<String> =
        found.into_iter().filter(|(code, _)| *code == "event-only-created").map(|(_, place)| place).collect();
    assert_eq!(events, places);
}

fn conversation() -> Value {
    map("conversation", "Chat_Event__e", "Conversation_Id__c")
}

#[test]
fn nothing_finds_reads_or_follows_an_event() {
    let event = |members: Value| json!({ "Chat_Event__e": members });
    refused(json!([conversation()]), event(json!({ "store": { "Id": "event_id" } })), &[]);
    refused(json!([key("c", "chat_EVENT__E", "Conversation_Id__c")]), json!({}), &["/mappings/0/useToFindExisting"]);
    let read = json!({ "store": { "ReplayId": "replay" } });
    refused(json!([conversation()]), event(read), &["/objects/Chat_Event__e/store/ReplayId"]);
    let mark = json!({ "idempotency": { "field": "Step__c", "variable": "step" } });
    refused(json!([conversation()]), event(mark), &["/objects/Chat_Event__e/idempotency"]);
    let file = json!({ "source": { "file": "photo" }, "object": "Chat_Event__e" });
    refused(json!([conversation(), file]), json!({}), &["/mappings/1/source"]);
    let child = link("Chat_Event__e", "Case", "Event__c");
    refused(json!([conversation(), map("topic", "Case", "Subject"), child]), json!({}), &["/mappings/2/source/record"]);
    // By a name of its own, and as one of several.
    let named = map("c", "Told", "Conversation_Id__c");
    let child = link("Told", "Case", "Event__c");
    refused(json!([named, child]), json!({ "Told": { "sobject": "Chat_Event__e" } }), &["/mappings/1/source/record"]);
    let keyed = key("mail", "Either", "Email");
    let objects = json!({ "Either": { "lookIn": ["Contact", "Chat_Event__e"] } });
    refused(json!([keyed]), objects, &["/mappings/0/useToFindExisting"]);
    // An event can say which record it is about.
    let about = link("Contact", "Chat_Event__e", "Contact_Id__c");
    refused(json!([key("mail", "Contact", "Email"), conversation(), about]), json!({}), &[]);
}

#[test]
fn an_event_is_not_read() {
    let mut read = settings(json!([key("c", "Chat_Event__e", "Conversation_Id__c")]), json!({}));
    read["mode"] = "sobject-read".into();
    let target = json!({ "object": "Chat_Event__e", "field": "Type__c", "target": { "variable": "type" } });
    read["mappings"].as_array_mut().expect("rows").push(target);
    assert_eq!(remarks(&read), [("event-only-created", "/mappings/0/useToFindExisting".to_owned())]);
}
