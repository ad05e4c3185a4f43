//! Agents of scripts, and the page of people.

use serde_json::{Value, json};

use super::Chat;

#[test]
fn a_script_is_followed_step_by_step() {
    let mut chat = Chat::with_agents(json!({
        "name": "Ben",
        "acceptAfterSeconds": 5,
        "script": [
            { "say": "Hi" },
            { "after": "message", "typing": true },
            { "after": 2, "say": "Let me look" },
            { "after": "message", "link": "https://shop.example" },
            { "after": 1.5, "end": true }
        ]
    }));
    let id = chat.open();
    chat.say(&id, "Hello");
    assert_eq!(chat.routing(&id), "INITIAL");
    chat.wait(5);
    assert_eq!(chat.routing(&id), "ROUTED");
    assert_eq!(chat.story(&id), ["Initial None", "EndUser: Hello", "add Ben", "Agent: Hi"]);
    chat.say(&id, "My parcel");
    chat.say(&id, "is late");
    let names: Vec<String> = chat.events().into_iter().map(|event| event.name).collect();
    assert!(names.contains(&"CONVERSATION_TYPING_STARTED_INDICATOR".to_owned()), "{names:?}");
    chat.wait(1);
    assert_ne!(chat.story(&id).last().unwrap(), "Agent: Let me look");
    chat.wait(1);
    // The second message was there already, so the script goes on at once.
    let story = chat.story(&id);
    assert_eq!(story[story.len() - 2], "Agent: Let me look");
    let link = chat.entries(&id).pop().unwrap()["entryPayload"]["abstractMessage"]["staticContent"].clone();
    assert_eq!((&link["formatType"], &link["linkItem"]["url"]), (&json!("RichLink"), &json!("https://shop.example")));
    chat.wait(1);
    assert_eq!(chat.routing(&id), "ROUTED");
    chat.wait(1);
    assert_eq!(chat.routing(&id), "NEEDS_ROUTING");
}

#[test]
fn agents_acknowledge_what_they_get() {
    let mut chat = Chat::with_agents(json!([{ "after": "message", "say": "Hi" }]));
    let id = chat.open();
    let message = chat.say(&id, "Hello");
    let receipt = chat.entries(&id)[3].clone();
    assert_eq!(
        (&receipt["entryType"], &receipt["entryPayload"]["acknowledgedConversationEntryIdentifier"]),
        (&json!("DeliveryAcknowledgement"), &json!(message))
    );
    chat.switch(json!({ "receipts": false }));
    chat.say(&id, "Hello?");
    assert_eq!(chat.story(&id).last().unwrap(), "EndUser: Hello?");
}

#[test]
fn a_transfer_leads_to_the_next_agent() {
    let mut chat = Chat::with_agents(json!([
        { "name": "Ben", "script": [{ "transfer": true }] },
        { "name": "Cleo", "script": [{ "say": "Cleo here" }, { "after": "message", "transfer": true }] }
    ]));
    let id = chat.open();
    assert_eq!(
        chat.story(&id),
        ["Initial None", "add Ben", "remove Ben", "Transfer None", "add Cleo", "Agent: Cleo here"]
    );
    // Ben hands it on at once, and Cleo has it again.
    chat.say(&id, "Hello");
    let story = chat.story(&id);
    assert_eq!(story.iter().filter(|line| *line == "add Ben").count(), 2);
    assert_eq!(story.last().unwrap(), "Agent: Cleo here");
}

#[test]
fn a_script_can_repeat() {
    let mut chat =
        Chat::with_agents(json!({ "name": "Echo", "repeat": true, "script": [{ "after": "message", "echo": true }] }));
    let id = chat.open();
    for text in ["one", "two", "three"] {
        chat.say(&id, text);
        assert_eq!(chat.story(&id).last().unwrap(), &format!("Agent: {text}"));
    }
}

#[test]
fn what_clients_must_not_trip_over() {
    let mut chat = Chat::with_agents(json!([
        { "supervisor": true }, { "queue": 3 }, { "event": "CONVERSATION_SOMETHING_NEW" }, { "leave": true }
    ]));
    let id = chat.open();
    let names: Vec<String> = chat.events().into_iter().skip(1).map(|event| event.name).collect();
    assert_eq!(
        names,
        [
            "CONVERSATION_ROUTING_RESULT",
            "CONVERSATION_PARTICIPANT_CHANGED",
            "CONVERSATION_PARTICIPANT_CHANGED",
            "CONVERSATION_QUEUE_POSITION",
            "CONVERSATION_SOMETHING_NEW",
            "CONVERSATION_PARTICIPANT_CHANGED"
        ]
    );
    let supervisor = &chat.entries(&id)[2]["entryPayload"]["entries"][0]["participant"];
    assert_eq!(supervisor["role"], "Supervisor");
    assert_eq!(chat.entries(&id).len(), 4, "position and unknown event are in the stream only");
}

#[test]
fn what_is_no_end_looks_like_one() {
    let mut chat = Chat::with_agents(json!([{ "conference": true }, { "inactive": true }, { "bot": "Still there?" }]));
    let id = chat.open();
    assert_eq!(
        chat.story(&id)[2..],
        ["Conference None", "add Second", "Active to Inactive by ", "Chatbot: Still there?"]
    );
    assert_eq!(chat.routing(&id), "ROUTED");
}

#[test]
fn a_receipt_is_of_its_own_conversation() {
    let mut chat = Chat::with_agents(json!([{ "say": "Hi" }]));
    let (one, other) = (chat.open(), chat.open());
    let of_one = chat.say(&one, "Hello");
    chat.say(&other, "Hello there");
    let last = chat.entries(&one).pop().unwrap();
    assert_eq!(last["entryPayload"]["acknowledgedConversationEntryIdentifier"], of_one);
    let receipts =
        |entries: &[Value]| entries.iter().filter(|entry| entry["entryType"] == "DeliveryAcknowledgement").count();
    assert_eq!((receipts(&chat.entries(&one)), receipts(&chat.entries(&other))), (1, 1));
}

#[test]
fn scripts_come_by_request_and_go() {
    let mut chat = Chat::new();
    let waiting = chat.open();
    let scripts = json!([{ "name": "Ben", "script": [{ "say": "Hi" }] }]);
    let answer = chat.send("POST", "/simulator/agents", Some(scripts));
    assert_eq!(answer.status, 201);
    // A conversation that waits already is taken.
    assert_eq!(chat.story(&waiting).last().unwrap(), "Agent: Hi");
    assert_eq!(chat.send("DELETE", "/simulator/agents", None).status, 204);
    let agents = chat.send("GET", "/simulator/agents", None).json();
    let ben = json!({ "name": "Ben", "online": false, "scripted": false });
    assert!(agents["agents"].as_array().unwrap().contains(&ben), "{agents}");
    let next = chat.open();
    assert_eq!(chat.routing(&next), "INITIAL");
}

#[test]
fn scripts_that_are_wrong_are_told_where() {
    let mut chat = Chat::new();
    for (script, told) in [
        (json!([{ "sya": "Hi" }]), "/0/sya: \"sya\" is not known here; did you mean \"say\"?"),
        (json!([{ "after": "accept", "say": "Hi" }]), "/0/after: expected one of message"),
        (json!([{ "after": -1, "say": "Hi" }]), "/0/after: expected seconds"),
        (json!([{ "say": "Hi", "end": true }]), "/0: expected one of say, echo"),
        (json!([{ "after": 1 }]), "/0: expected one of say, echo"),
        (json!([{ "end": "loudly" }]), "/0/end: expected one of told, silently"),
        (json!([{ "transfer": false }]), "/0/transfer: expected true"),
        (json!([{ "choices": { "text": "?", "options": [] } }]), "/0/choices: expected one option"),
        (json!({ "name": "Ben" }), "expected the member \"script\""),
        (json!({ "name": " ", "script": [] }), "expected a name"),
        (json!({ "repeat": true, "script": [{ "say": "Hi" }] }), "expected a step with \"after\""),
        (json!("Ben"), "expected an object"),
    ] {
        let answer = chat.send("POST", "/simulator/agents", Some(script.clone()));
        let message = answer.json()[0]["message"].as_str().unwrap_or_default().to_owned();
        assert!(answer.status == 400 && message.contains(told), "{script}: {message}");
    }
}

#[test]
fn an_agent_does_what_the_page_asks() {
    let mut chat = Chat::new();
    let id = chat.open();
    let with = |members: Value| {
        let mut body = json!({ "conversationId": id });
        body.as_object_mut().unwrap().extend(members.as_object().unwrap().clone());
        body
    };
    assert_eq!(chat.agent("say", with(json!({ "text": "Hi" }))), 409, "it waits");
    assert_eq!(chat.agent("accept", with(json!({}))), 204);
    for (action, members) in [
        ("say", json!({ "text": "Hi" })),
        ("link", json!({ "url": "https://shop.example" })),
        ("choices", json!({ "text": "Which?", "options": ["A"] })),
        ("file", json!({ "name": "a.png", "type": "image/png", "base64": "iVBORw==" })),
        ("typing", json!({ "on": true })),
        ("event", json!({ "event": "NEW" })),
    ] {
        assert_eq!(chat.agent(action, with(members)), 204, "{action}");
    }
    assert_eq!(chat.story(&id).len(), 6);
    for (action, body, status) in [
        ("say", with(json!({})), 400),
        ("say", with(json!({ "txt": "Hi" })), 400),
        ("say", json!({ "text": "Hi" }), 400),
        ("say", json!({ "conversationId": "x", "text": "Hi" }), 409),
        ("file", with(json!({ "name": "a.png", "base64": "?" })), 400),
        ("dance", with(json!({})), 404),
        ("presence", json!({}), 400),
    ] {
        assert_eq!(chat.agent(action, body.clone()), status, "{action} {body}");
    }
    assert_eq!(chat.send("GET", "/simulator/agent/say", None).status, 405);
}

#[test]
fn the_page_asks_for_what_is_new() {
    let mut chat = Chat::new();
    let id = chat.open();
    let desk = chat.send("GET", "/simulator/agent", None).json();
    assert_eq!(desk["conversations"][0]["conversationId"], id);
    let version = desk["version"].as_u64().unwrap();
    let same = chat.send("GET", &format!("/simulator/agent?since={version}"), None).json();
    assert_eq!(same, json!({ "version": version }));
    chat.say(&id, "Hello");
    let new = chat.send("GET", &format!("/simulator/agent?since={version}"), None).json();
    assert_eq!(new["conversations"][0]["entries"][1]["text"], "Hello");
    let page = chat.send("GET", "/agent", None);
    // An icon that is empty, so that a browser asks for none.
    let text = String::from_utf8(page.body).unwrap().replace("<link rel=\"icon\" href=\"data:,\">", "");
    assert!(page.status == 200 && text.starts_with("<!doctype html>"));
    // It is one file: nothing is fetched from elsewhere.
    for outside in ["https://", "http://", "src=", "@import", "<link"] {
        assert!(!text.contains(outside), "{outside}");
    }
}

#[test]
fn agents_and_conversations_follow_a_reset() {
    let mut chat = Chat::new();
    let id = chat.open();
    chat.send("POST", "/simulator/snapshot", Some(json!({ "name": "open" })));
    chat.say(&id, "Hello");
    chat.send("POST", "/simulator/agents", Some(json!([{ "say": "Hi" }])));
    let newest = chat.events().last().unwrap().id;
    chat.send("POST", "/simulator/reset", Some(json!({ "to": "open" })));
    assert_eq!(chat.story(&id), ["Initial None"]);
    // The token goes on, and no event number comes twice.
    chat.say(&id, "Hello again");
    assert!(chat.events().last().unwrap().id > newest);
    chat.send("POST", "/simulator/reset", None);
    assert_eq!(chat.get(&format!("conversation/{id}")).status, 404);
    assert_eq!(chat.get("conversation/list").status, 200);
}
