//! Server-sent events.

use serde_json::{Value, json};

use super::{Chat, events, refused};

fn text(chat: &mut Chat, last_event_id: &str) -> String {
    String::from_utf8(chat.stream(Some(last_event_id)).body).unwrap()
}

#[test]
fn an_event_has_an_id_a_name_and_an_entry_whose_payload_is_text() {
    let mut chat = Chat::with_agents(json!([{ "say": "Hi" }]));
    let id = chat.open();
    let events = chat.events();
    assert_eq!((events[0].name.as_str(), events[0].id, &events[0].data), ("ping", None, &json!(0)));
    let said = events.last().unwrap();
    assert_eq!((said.name.as_str(), &said.data["conversationId"]), ("CONVERSATION_MESSAGE", &json!(id)));
    assert_eq!(said.data["channelType"], "embedded_messaging");
    let entry = &said.data["conversationEntry"];
    assert_eq!((&entry["sender"]["role"], &entry["senderDisplayName"]), (&json!("Agent"), &json!("Maya")));
    let payload: Value = serde_json::from_str(entry["entryPayload"].as_str().unwrap()).unwrap();
    let history = chat.entries(&id).pop().unwrap();
    assert_eq!((&history["entryPayload"], &history["identifier"]), (&payload, &entry["identifier"]));
    let ids: Vec<u64> = events.iter().filter_map(|event| event.id).collect();
    assert!(ids.is_sorted_by(|one, next| one < next), "{ids:?}");
}

#[test]
fn headers_are_checked() {
    let mut chat = Chat::new();
    let bearer = format!("Bearer {}", chat.token);
    let good = [
        ("authorization", bearer.as_str()),
        ("accept", "text/event-stream"),
        ("x-org-id", "00DHn0000000001"),
        ("last-event-id", "0"),
    ];
    let answer = chat.raw("GET", "/eventrouter/v1/sse", &good, Vec::new());
    assert_eq!((answer.status, answer.header("content-type")), (200, Some("text/event-stream")));
    for (name, value) in [
        ("accept", "application/json"),
        ("x-org-id", "00DHn0000000002"),
        ("x-org-id", ""),
        ("last-event-id", "newest"),
        ("last-event-id", "-1"),
    ] {
        let headers = good.map(|(known, other)| (known, if known == name { value } else { other }));
        refused(&chat.raw("GET", "/eventrouter/v1/sse", &headers, Vec::new()), 400, "BAD_REQUEST");
    }
    refused(&chat.raw("POST", "/eventrouter/v1/sse", &good, Vec::new()), 405, "METHOD_NOT_ALLOWED");
}

#[test]
fn the_two_doubts_are_switches() {
    let mut chat = Chat::new();
    let id = chat.open();
    chat.say(&id, "Hello");
    for (needs, resumes) in [(true, true), (true, false), (false, true), (false, false)] {
        chat.switch(json!({ "streamNeedsLastEventId": needs, "streamResumes": resumes }));
        let without = chat.stream(None);
        assert_eq!(without.status, if needs { 400 } else { 200 });
        if !needs {
            assert_eq!(events(&String::from_utf8(without.body).unwrap()).len(), 1, "a ping");
        }
        let replayed = events(&text(&mut chat, "0")).len() - 1;
        assert_eq!(replayed, if resumes { 2 } else { 0 });
    }
}

#[test]
fn a_stream_goes_on_after_the_last_event() {
    let mut chat = Chat::new();
    let id = chat.open();
    let last = chat.events().last().unwrap().id.unwrap();
    chat.say(&id, "Hello");
    let more = events(&text(&mut chat, &last.to_string()));
    assert_eq!(more.iter().map(|event| event.name.as_str()).collect::<Vec<_>>(), ["ping", "CONVERSATION_MESSAGE"]);
}

#[test]
fn one_stream_has_all_conversations_of_its_subject_and_no_others() {
    let mut chat = Chat::new();
    let (one, two) = (chat.open(), chat.open());
    let own = chat.token.clone();
    chat.token = chat.new_token();
    let foreign = chat.open();
    chat.token = own;
    let ids: Vec<Value> = chat.events().into_iter().skip(1).map(|event| event.data["conversationId"].clone()).collect();
    assert_eq!(ids, [json!(one), json!(two)]);
    assert!(!ids.contains(&json!(foreign)));
}

#[test]
fn a_stream_can_end_in_the_middle_of_a_line() {
    let mut chat = Chat::with_agents(json!([{ "say": "Hi" }, { "cut": true }, { "say": "There" }]));
    chat.open();
    let cut = text(&mut chat, "0");
    assert!(!cut.ends_with('\n'));
    // The cut comes with the first event that was not sent yet.
    assert_eq!(events(&cut).len(), 1);
    assert_eq!(events(&text(&mut chat, "0")).len(), 5);
}

#[test]
fn a_token_that_expires_ends_the_stream_with_its_own_text() {
    let mut chat = Chat::new();
    let id = chat.open();
    let request = host_tests::simulator::Request {
        method: "GET".into(),
        path: "/eventrouter/v1/sse".into(),
        query: None,
        headers: [
            ("authorization", format!("Bearer {}", chat.token)),
            ("accept", "text/event-stream".into()),
            ("x-org-id", "00DHn0000000001".into()),
            ("last-event-id", "0".into()),
        ]
        .map(|(name, value)| (name.to_owned(), value))
        .into(),
        body: Vec::new(),
    };
    let mut stream = chat.org.open_stream(&request, chat.now).unwrap();
    let first = chat.org.read_stream(&mut stream, chat.now);
    assert!(!first.ends && !first.bytes.is_empty());
    let nothing = chat.org.read_stream(&mut stream, chat.now);
    assert!(!nothing.ends && nothing.bytes.is_empty());
    chat.wait(20);
    assert_eq!(chat.org.read_stream(&mut stream, chat.now).bytes, b"event: ping\ndata: 0\n\n");
    chat.agent("expire", json!({ "conversationId": id }));
    let over = chat.org.read_stream(&mut stream, chat.now);
    assert_eq!((over.bytes.as_slice(), over.ends), (&b"Jwt is expired"[..], true));
    let again = chat.stream(Some("0"));
    assert_eq!((again.status, again.body.as_slice()), (401, &b"Jwt is expired"[..]));
    chat.switch(json!({ "expiryAsJson": true }));
    assert_eq!(chat.stream(Some("0")).json()["status"], 401);
}
