//! Conversations: opened, asked for, listed and closed.

use serde_json::{Value, json};

use super::{API, Chat, refused, uuid};

#[test]
fn a_conversation_is_opened_with_an_id_of_the_client() {
    let mut chat = Chat::new();
    let id = chat.open();
    assert_eq!(chat.routing(&id), "INITIAL");
    assert_eq!(chat.story(&id), ["Initial None"]);
    assert_eq!(chat.seen(&id)["attributes"], json!({ "_email": "anna.berg@example.com", "_lastName": "Berg" }));
}

#[test]
fn what_opens_a_conversation_is_checked() {
    let mut chat = Chat::new();
    let mut with = |name: &str, value: Value| {
        let mut body = chat.conversation_body(&uuid(1));
        match value {
            Value::Null => drop(body.as_object_mut().unwrap().remove(name)),
            value => body[name] = value,
        }
        chat.post("conversation", body)
    };
    for (name, value) in [
        ("conversationId", Value::Null),
        ("conversationId", json!(uuid(1).to_uppercase())),
        ("conversationId", json!("3f0c5d1e-8a4b-4c6d-ce2f-000000000001")),
        ("conversationId", json!("3f0c5d1e-8a4b-1c6d-9e2f-000000000001")),
        ("conversationId", json!("chat-1")),
        ("esDeveloperName", Value::Null),
        ("esDeveloperName", json!("Chat_NoFiles")),
        ("routingAttributes", json!([])),
        ("routingAttributes", json!({ "_email": 1 })),
        ("routingAttributes", json!({ "_email": { "value": "x" } })),
        ("language", json!(1)),
        ("prechat", json!({})),
    ] {
        refused(&with(name, value), 400, "BAD_REQUEST");
    }
    let message = with("conversationId", json!("chat-1")).json()["message"].clone();
    assert_eq!(message, "Specify the conversationId in UUID format.");
    assert_eq!(with("routingAttributes", Value::Null).status, 201);
}

#[test]
fn attributes_that_the_channel_lacks_vanish_and_are_listed_for_tests() {
    let mut chat = Chat::new();
    let mut body = chat.conversation_body(&uuid(1));
    body["routingAttributes"] = json!({
        "_email": "x".repeat(81), "_LastName": "Berg", "email": "a@example.com", "Topic": "Weather", "Case_Id": "500",
    });
    body["language"] = json!("fr");
    assert_eq!(chat.post("conversation", body).status, 201);
    let seen = chat.seen(&uuid(1));
    assert_eq!(seen["vanished"], json!(["_LastName", "email"]));
    let names: Vec<&String> = seen["attributes"].as_object().unwrap().keys().collect();
    assert_eq!(names, ["Case_Id", "Topic", "_email"]);
    assert_eq!(
        seen["remarks"],
        json!([
            "Topic is none of its choices",
            "_email is too long",
            "_lastName is required and missing",
            "the channel does not speak fr"
        ])
    );
}

#[test]
fn an_id_is_taken_once() {
    let mut chat = Chat::new();
    let id = chat.open();
    let body = chat.conversation_body(&id);
    refused(&chat.post("conversation", body.clone()), 409, "CONFLICT");
    chat.switch(json!({ "repeatedConversation": "ignored" }));
    assert_eq!(chat.post("conversation", body.clone()).status, 201);
    assert_eq!(chat.story(&id), ["Initial None"]);
    // Another visitor never gets it.
    chat.token = chat.new_token();
    refused(&chat.post("conversation", body), 409, "CONFLICT");
}

#[test]
fn conversations_are_listed_newest_first() {
    let mut chat = Chat::new();
    let mut ids = Vec::new();
    for _ in 0..3 {
        ids.push(chat.open());
        chat.wait(1);
    }
    let answer = chat.get("conversation/list").json();
    assert_eq!(answer["openConversationsFound"], 3);
    let listed = |answer: &Value| -> Vec<String> {
        let list = answer["conversations"].as_array().unwrap();
        list.iter().map(|one| one["conversationId"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(listed(&answer), [ids[2].clone(), ids[1].clone(), ids[0].clone()]);
    assert!(answer["conversations"][0]["startTimestamp"].as_i64().unwrap() > 1_700_000_000_000);
    assert_eq!(chat.delete(&format!("conversation/{}", ids[2])).status, 204);
    let open = chat.get("conversation/list?inclClosedConvs=false&limit=1").json();
    assert_eq!((&open["openConversationsFound"], listed(&open)), (&json!(2), vec![ids[1].clone()]));
    let all = chat.get("conversation/list?inclClosedConvs=true").json();
    assert_eq!((&all["closedConversationsFound"], listed(&all).len()), (&json!(1), 3));
    for bad in ["limit=51", "limit=0", "limit=x", "inclClosedConvs=yes", "offset=1"] {
        refused(&chat.get(&format!("conversation/list?{bad}")), 400, "BAD_REQUEST");
    }
    chat.token = chat.new_token();
    assert_eq!(chat.get("conversation/list").json()["conversations"], json!([]));
}

#[test]
fn a_closed_conversation_takes_no_message() {
    let mut chat = Chat::new();
    let id = chat.open();
    chat.say(&id, "Hello");
    let no_name = chat.send("DELETE", &format!("{API}/conversation/{id}"), None);
    refused(&no_name, 400, "BAD_REQUEST");
    assert_eq!(chat.delete(&format!("conversation/{id}")).status, 204);
    let names: Vec<String> = chat.events().into_iter().map(|event| event.name).collect();
    assert_eq!(names.last().unwrap(), "CONVERSATION_CLOSE_CONVERSATION");
    let body = chat.message_body("Hello?");
    refused(&chat.post(&format!("conversation/{id}/message"), body), 403, "FORBIDDEN");
    assert_eq!(chat.routing(&id), "NEEDS_ROUTING");
    refused(&chat.delete(&format!("conversation/{id}")), 404, "NOT_FOUND");
}

#[test]
fn paths_and_methods_that_do_not_exist_are_refused() {
    let mut chat = Chat::new();
    let id = chat.open();
    for (method, target, status) in [
        ("POST", format!("conversation/{id}/close"), 404),
        ("POST", format!("conversation/{id}/messages"), 404),
        ("POST", format!("conversation/{id}/end"), 404),
        ("GET", "conversations".to_owned(), 404),
        ("GET", format!("conversation/{id}/message"), 405),
        ("PATCH", format!("conversation/{id}"), 405),
        ("POST", "conversation/list".to_owned(), 405),
        ("GET", format!("conversation/{}", uuid(99)), 404),
        ("GET", "conversation/chat-1".to_owned(), 400),
    ] {
        assert_eq!(chat.send(method, &format!("{API}/{target}"), None).status, status, "{method} {target}");
    }
    assert_eq!(chat.send("GET", "/iamessage/api/v1/conversation/list", None).status, 404);
}

#[test]
fn the_two_hosts_have_their_own_paths() {
    let mut chat = Chat::new();
    let bearer = format!("Bearer {}", chat.token);
    let mut status = |host: &str| {
        let headers = [("authorization", bearer.as_str()), ("host", host)];
        chat.raw("GET", "/iamessage/api/v2/conversation/list", &headers, Vec::new()).status
    };
    assert_eq!(status("example.my.salesforce-scrt.com"), 200);
    assert_eq!(status("127.0.0.1:4711"), 200);
    assert_eq!(status("example.my.salesforce.com"), 404);
}
