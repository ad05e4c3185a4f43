//! What visitors send: messages, typing, receipts.

use serde_json::{Value, json};

use super::{Chat, refused, short, uuid};

#[test]
fn a_message_is_accepted_and_comes_back_as_the_visitors_own() {
    let mut chat = Chat::new();
    let id = chat.open();
    let body = chat.message_body("Hello");
    let answer = chat.post(&format!("conversation/{id}/message"), body.clone());
    assert_eq!(answer.status, 202);
    let message = &body["message"]["id"];
    let accepted = &answer.json()["conversationEntries"][0];
    assert_eq!((&accepted["id"], accepted["clientTimestamp"].as_i64()), (message, Some(chat.now.as_millisecond())));
    let entry = chat.entries(&id).pop().unwrap();
    assert_eq!((&entry["identifier"], &entry["entryType"]), (message, &json!("Message")));
    assert_eq!((&entry["sender"]["role"], &entry["sender"]["appType"]), (&json!("EndUser"), &json!("iamessage")));
    let payload = &entry["entryPayload"];
    assert_eq!(payload["abstractMessage"]["staticContent"], json!({ "formatType": "Text", "text": "Hello" }));
    assert_eq!((&payload["entryType"], &payload["id"]), (&json!("Message"), message));
}

#[test]
fn what_a_message_must_say_is_checked() {
    let mut chat = Chat::new();
    let id = chat.open();
    let mut with = |pointer: &str, value: Value| {
        let mut body = chat.message_body("Hello");
        let (parent, name) = pointer.rsplit_once('/').unwrap();
        let parent = body.pointer_mut(parent).unwrap();
        match value {
            Value::Null => drop(parent.as_object_mut().unwrap().remove(name)),
            value => parent[name] = value,
        }
        chat.post(&format!("conversation/{id}/message"), body)
    };
    for (pointer, value) in [
        ("/message", Value::Null),
        ("/esDeveloperName", Value::Null),
        ("/esDeveloperName", json!("Chat_NoFiles")),
        ("/isNewMessagingSession", json!("true")),
        ("/routingAttributes", json!({ "_email": "a@example.com" })),
        ("/surprise", json!(1)),
        ("/message/id", Value::Null),
        ("/message/id", json!(uuid(7).to_uppercase())),
        ("/message/id", json!("m-1")),
        ("/message/messageType", Value::Null),
        ("/message/messageType", json!("TextMessage")),
        ("/message/messageType", json!("ChoicesMessage")),
        ("/message/staticContent", Value::Null),
        ("/message/text", json!("Hello")),
        ("/message/staticContent/formatType", Value::Null),
        ("/message/staticContent/formatType", json!("RichLink")),
        ("/message/staticContent/text", Value::Null),
        ("/message/staticContent/text", json!("  ")),
        ("/message/staticContent/text", json!(1)),
        ("/message/staticContent/text", json!("x".repeat(8193))),
    ] {
        let answer = with(pointer, value.clone());
        assert_eq!(answer.status, 400, "{pointer} {value}");
        refused(&answer, 400, "BAD_REQUEST");
    }
    assert_eq!(with("/message/staticContent/text", json!("x".repeat(8192))).status, 202);
    assert_eq!(with("/isNewMessagingSession", Value::Null).status, 202);
    assert_eq!(with("/language", Value::Null).status, 202);
    refused(&chat.post(&format!("conversation/{}/message", uuid(99)), json!({})), 404, "NOT_FOUND");
}

#[test]
fn the_first_message_of_a_session_can_bring_attributes() {
    let mut chat = Chat::new();
    let id = chat.open();
    let mut body = chat.message_body("Hello");
    body["isNewMessagingSession"] = json!(true);
    body["routingAttributes"] = json!({ "Topic": "Billing", "Nope": "x" });
    body["language"] = json!("de");
    assert_eq!(chat.post(&format!("conversation/{id}/message"), body).status, 202);
    let seen = chat.seen(&id);
    assert_eq!((&seen["attributes"]["Topic"], &seen["language"]), (&json!("Billing"), &json!("de")));
    assert_eq!((&seen["vanished"], &seen["session"]), (&json!(["Nope"]), &json!(1)));
}

#[test]
fn a_url_at_an_end_of_the_text_is_a_second_message() {
    let mut chat = Chat::new();
    let id = chat.open();
    let body = chat.message_body("Look at https://shop.example/1");
    let first = body["message"]["id"].clone();
    let answer = chat.post(&format!("conversation/{id}/message"), body).json();
    let ids: Vec<&Value> = answer["conversationEntries"].as_array().unwrap().iter().map(|one| &one["id"]).collect();
    assert_eq!((ids.len(), ids[0]), (2, &first));
    let entries = chat.entries(&id);
    let said: Vec<String> = entries[1..].iter().map(short).collect();
    assert_eq!(said, ["EndUser: Look at", "EndUser: https://shop.example/1"]);
    assert_eq!([&entries[1]["identifier"], &entries[2]["identifier"]], [ids[0], ids[1]]);
}

#[test]
fn an_id_that_is_sent_again_is_a_message_again_unless_switched() {
    let mut chat = Chat::new();
    let id = chat.open();
    let body = chat.message_body("Hello");
    let target = format!("conversation/{id}/message");
    for (switch, status, there) in [("taken", 202, 2), ("ignored", 202, 2), ("refused", 409, 2)] {
        if switch == "taken" {
            assert_eq!(chat.post(&target, body.clone()).status, 202);
        }
        chat.switch(json!({ "repeatedMessage": switch }));
        assert_eq!(chat.post(&target, body.clone()).status, status, "{switch}");
        let said = chat.story(&id).iter().filter(|line| *line == "EndUser: Hello").count();
        assert_eq!(said, there, "{switch}");
    }
}

#[test]
fn typing_is_seen_by_the_agent_only() {
    let mut chat = Chat::new();
    let id = chat.open();
    let target = format!("conversation/{id}/entry");
    let typing = |kind: &str, number| json!({ "entryType": kind, "id": uuid(number) });
    assert_eq!(chat.post(&target, typing("TypingStartedIndicator", 50)).status, 202);
    assert_eq!(chat.seen(&id)["visitorTypes"], true);
    assert_eq!(chat.post(&target, typing("TypingStoppedIndicator", 51)).status, 202);
    assert_eq!(chat.seen(&id)["visitorTypes"], false);
    assert_eq!(chat.events().len(), 2, "a ping and the routing");
    for bad in [
        typing("Typing", 52),
        json!({ "entryType": "TypingStartedIndicator" }),
        json!({ "entryType": "TypingStartedIndicator", "id": "x" }),
        json!({ "entryType": "TypingStartedIndicator", "id": uuid(1), "text": "x" }),
    ] {
        refused(&chat.post(&target, bad), 400, "BAD_REQUEST");
    }
}

#[test]
fn receipts_are_of_entries_that_exist() {
    let mut chat = Chat::with_agents(json!([{ "say": "Hi" }]));
    let id = chat.open();
    let entry = chat.entries(&id).pop().unwrap()["identifier"].clone();
    let target = format!("conversation/{id}/acknowledge-entries");
    let ack = |kind: &str, entry: &Value| json!({ "acks": [{ "id": uuid(60), "entryType": kind, "conversationEntryId": entry }] });
    assert_eq!(chat.post(&target, ack("Delivery", &entry)).status, 202);
    assert_eq!(chat.post(&target, ack("Read", &entry)).status, 202);
    for bad in [
        ack("Seen", &entry),
        ack("Read", &json!(uuid(99))),
        json!({ "acks": [] }),
        json!({ "acks": [{ "entryType": "Read", "conversationEntryId": entry }] }),
        json!({}),
    ] {
        refused(&chat.post(&target, bad), 400, "BAD_REQUEST");
    }
}

#[test]
fn choices_are_answered_by_their_options() {
    let mut chat = Chat::with_agents(json!([
        { "choices": { "text": "Which?", "options": ["March", "April"] } },
        { "after": "message", "echo": true }
    ]));
    let id = chat.open();
    let offered = chat.entries(&id).pop().unwrap()["entryPayload"]["abstractMessage"].clone();
    assert_eq!(
        (&offered["messageType"], &offered["choices"]["formatType"], &offered["choices"]["text"]),
        (&json!("ChoicesMessage"), &json!("Buttons"), &json!("Which?"))
    );
    let options = offered["choices"]["optionItems"].as_array().unwrap();
    assert_eq!(options[1]["titleItem"]["title"], "April");
    let answer = |in_reply_to: &Value, option: &Value, number| {
        json!({
            "message": {
                "id": uuid(number),
                "inReplyToMessageId": in_reply_to,
                "messageType": "ChoicesResponseMessage",
                "choicesResponse": { "formatType": "Selections", "selectedOptions": [{ "optionIdentifier": option }] },
            },
            "esDeveloperName": "Chat_Engine",
        })
    };
    let target = format!("conversation/{id}/message");
    let april = &options[1]["optionIdentifier"];
    refused(&chat.post(&target, answer(&json!(uuid(99)), april, 70)), 400, "BAD_REQUEST");
    refused(&chat.post(&target, answer(&Value::Null, april, 71)), 400, "BAD_REQUEST");
    refused(&chat.post(&target, answer(&offered["id"], &json!("option-3"), 72)), 400, "BAD_REQUEST");
    assert_eq!(chat.post(&target, answer(&offered["id"], april, 73)).status, 202);
    assert_eq!(chat.story(&id).last().unwrap(), "Agent: April");
    let entries = chat.seen(&id)["entries"].clone();
    let line = entries.as_array().unwrap().iter().find(|line| line["role"] == "EndUser").unwrap().clone();
    assert_eq!(line["text"], "April");
}
