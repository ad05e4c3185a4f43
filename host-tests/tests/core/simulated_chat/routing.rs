//! Sessions: who has them, when they end, and how that is told.

use serde_json::{Value, json};

use super::{API, Chat, refused};

fn events(chat: &mut Chat) -> Vec<String> {
    chat.events().into_iter().skip(1).map(|event| event.name).collect()
}

#[test]
fn a_conversation_waits_until_somebody_accepts_it() {
    let mut chat = Chat::new();
    let id = chat.open();
    assert_eq!((chat.routing(&id).as_str(), &chat.seen(&id)["status"]), ("INITIAL", &json!("waiting")));
    assert_eq!(chat.agent("accept", json!({ "conversationId": id, "name": "Maya" })), 204);
    assert_eq!(chat.routing(&id), "ROUTED");
    assert_eq!(chat.story(&id), ["Initial None", "add Maya"]);
    let joined = chat.entries(&id).pop().unwrap()["entryPayload"]["entries"][0].clone();
    assert_eq!((&joined["participant"]["role"], &joined["participant"]["appType"]), (&json!("Agent"), &json!("agent")));
    assert_eq!(chat.agent("accept", json!({ "conversationId": id, "name": "Ben" })), 409);
}

#[test]
fn nobody_there_is_a_routing_error_with_the_orgs_reason() {
    let mut chat = Chat::new();
    assert_eq!(chat.agent("presence", json!({ "online": false })), 204);
    let id = chat.open();
    let entry = chat.entries(&id).pop().unwrap();
    let payload = &entry["entryPayload"];
    assert_eq!(
        (&payload["routingType"], &payload["failureType"], &payload["failureReason"]),
        (&json!("Initial"), &json!("RoutingError"), &json!("No agents are available"))
    );
    assert_eq!(chat.routing(&id), "NEEDS_ROUTING");
    assert_eq!(events(&mut chat), ["CONVERSATION_ROUTING_RESULT"]);
    // The next message tries again.
    chat.agent("presence", json!({ "online": true }));
    chat.say(&id, "Hello?");
    assert_eq!(chat.routing(&id), "INITIAL");
}

#[test]
fn a_transfer_is_a_leave_a_result_and_a_join() {
    let mut chat = Chat::new();
    let id = chat.open();
    chat.agent("accept", json!({ "conversationId": id, "name": "Maya" }));
    assert_eq!(chat.agent("transfer", json!({ "conversationId": id })), 204);
    assert_eq!(chat.routing(&id), "TRANSFER");
    assert_eq!(chat.seen(&id)["handedOnBy"], "Maya");
    chat.agent("accept", json!({ "conversationId": id, "name": "Ben" }));
    assert_eq!(chat.routing(&id), "ROUTED");
    assert_eq!(chat.story(&id), ["Initial None", "add Maya", "remove Maya", "Transfer None", "add Ben"]);
}

#[test]
fn an_agent_who_leaves_does_not_end_it() {
    let mut chat = Chat::new();
    let id = chat.open();
    chat.agent("accept", json!({ "conversationId": id }));
    chat.agent("leave", json!({ "conversationId": id }));
    assert_eq!(chat.routing(&id), "INITIAL");
    assert_eq!(chat.story(&id), ["Initial None", "add Maya", "remove Maya"]);
}

#[test]
fn an_agent_ends_it_with_and_without_a_word() {
    for (told, last) in [
        (Value::Null, "Active to Ended by Agent"),
        (json!(true), "Active to Ended by Agent"),
        (json!(false), "remove Maya"),
    ] {
        let mut chat = Chat::new();
        let id = chat.open();
        chat.agent("accept", json!({ "conversationId": id }));
        assert_eq!(chat.agent("end", json!({ "conversationId": id, "told": told })), 204);
        assert_eq!((chat.routing(&id).as_str(), chat.story(&id).last().unwrap().as_str()), ("NEEDS_ROUTING", last));
    }
    let mut chat = Chat::new();
    chat.switch(json!({ "endIsTold": false }));
    let id = chat.open();
    chat.agent("accept", json!({ "conversationId": id }));
    chat.agent("end", json!({ "conversationId": id }));
    assert_eq!(chat.story(&id).last().unwrap(), "remove Maya");
}

#[test]
fn a_visitor_ends_the_session_and_the_conversation_stays() {
    let mut chat = Chat::new();
    let id = chat.open();
    chat.agent("accept", json!({ "conversationId": id }));
    refused(&chat.send("DELETE", &format!("{API}/conversation/{id}/session"), None), 400, "BAD_REQUEST");
    assert_eq!(chat.delete(&format!("conversation/{id}/session")).status, 204);
    assert_eq!(chat.story(&id).last().unwrap(), "Active to Ended by EndUser");
    refused(&chat.delete(&format!("conversation/{id}/session")), 404, "NOT_FOUND");
    assert_eq!(chat.get("conversation/list").json()["openConversationsFound"], 1);
    chat.say(&id, "One more thing");
    assert_eq!((chat.routing(&id).as_str(), &chat.seen(&id)["session"]), ("INITIAL", &json!(2)));
}

#[test]
fn where_the_form_is_asked_per_session_each_new_one_must_be_said_to_be_new() {
    let mut chat = Chat::of("Chat_PerSession");
    let id = chat.open();
    let target = format!("conversation/{id}/message");
    let mut body = chat.message_body("Hello");
    refused(&chat.post(&target, body.clone()), 417, "EXPECTATION_FAILED");
    body["isNewMessagingSession"] = json!(true);
    body["routingAttributes"] = json!({ "Topic": "Billing" });
    assert_eq!(chat.post(&target, body).status, 202);
    chat.agent("accept", json!({ "conversationId": id }));
    chat.say(&id, "Are you there?");
    chat.agent("end", json!({ "conversationId": id }));
    let mut body = chat.message_body("One more thing");
    refused(&chat.post(&target, body.clone()), 417, "EXPECTATION_FAILED");
    body["isNewMessagingSession"] = json!(true);
    body["routingAttributes"] = json!({});
    assert_eq!(chat.post(&target, body).status, 202);
    assert_eq!(chat.seen(&id)["session"], 2);
}

#[test]
fn sessions_have_records_with_the_case_of_the_attribute() {
    let mut chat = Chat::new();
    let bearer = format!("Bearer {}", chat.org.access_token());
    let headers = [("authorization", bearer.as_str()), ("content-type", "application/json")];
    let case = chat.raw("POST", "/services/data/v62.0/sobjects/Case", &headers, br#"{"Subject":"Late"}"#.to_vec());
    let case = case.json()["id"].clone();
    let mut body = chat.conversation_body(&super::uuid(1));
    body["routingAttributes"]["Case_Id"] = json!(case.as_str().unwrap()[..15]);
    assert_eq!(chat.post("conversation", body).status, 201);
    let other = chat.open_with("Case_Id", "500Hn00000FFFFF");
    let record = |chat: &Chat, place: usize| chat.org.records("MessagingSession")[place].clone();
    assert_eq!((&record(&chat, 0)["Status"], &record(&chat, 0)["CaseId"]), (&json!("Waiting"), &case));
    assert_eq!(record(&chat, 1)["CaseId"], Value::Null, "no such Case");
    let id = super::uuid(1);
    chat.agent("accept", json!({ "conversationId": id }));
    assert_eq!(record(&chat, 0)["Status"], "Active");
    chat.agent("end", json!({ "conversationId": id }));
    assert_eq!((&record(&chat, 0)["Status"], record(&chat, 0)["EndTime"].is_string()), (&json!("Ended"), true));
    assert_eq!((chat.org.records("MessagingSession").len(), chat.routing(&other).as_str()), (2, "INITIAL"));
}
