//! `GET …/entries`: limits, times, directions and filters.

use serde_json::{Value, json};

use super::{Chat, refused, short};

fn told(chat: &mut Chat, id: &str, query: &str) -> Vec<String> {
    let answer = chat.get(&format!("conversation/{id}/entries?{query}"));
    assert_eq!(answer.status, 200, "{}", answer.json());
    answer.json()["conversationEntries"].as_array().unwrap().iter().map(short).collect()
}

fn talk() -> (Chat, String) {
    let mut chat = Chat::new();
    let id = chat.open();
    for text in ["one", "two", "three"] {
        chat.wait(1);
        chat.say(&id, text);
    }
    (chat, id)
}

#[test]
fn both_directions_and_a_limit() {
    let (mut chat, id) = talk();
    let all = ["Initial None", "EndUser: one", "EndUser: two", "EndUser: three"];
    assert_eq!(told(&mut chat, &id, "direction=FromStart"), all);
    let newest: Vec<&str> = all.iter().rev().copied().collect();
    assert_eq!(told(&mut chat, &id, ""), newest);
    assert_eq!(told(&mut chat, &id, "direction=FromEnd&limit=2"), newest[..2]);
    assert_eq!(told(&mut chat, &id, "direction=FromStart&limit=2"), all[..2]);
}

#[test]
fn without_a_limit_there_are_twenty_and_never_more_than_fifty() {
    let (mut chat, id) = talk();
    chat.switch(json!({ "messagesPerMinute": 0 }));
    for number in 0..60 {
        chat.say(&id, &number.to_string());
    }
    assert_eq!(told(&mut chat, &id, "").len(), 20);
    assert_eq!(told(&mut chat, &id, "limit=50").len(), 50);
    refused(&chat.get(&format!("conversation/{id}/entries?limit=51")), 400, "BAD_REQUEST");
}

#[test]
fn both_ends_of_a_time_belong_to_it() {
    let (mut chat, id) = talk();
    let at = chat.now.as_millisecond();
    let query = format!("direction=FromStart&startTimestamp={}", at - 1000);
    assert_eq!(told(&mut chat, &id, &query), ["EndUser: two", "EndUser: three"]);
    assert_eq!(told(&mut chat, &id, &format!("{query}&endTimestamp={}", at - 1000)), ["EndUser: two"]);
    assert_eq!(told(&mut chat, &id, &format!("startTimestamp={}", at + 1)), [""; 0]);
}

#[test]
fn types_are_filtered() {
    let (mut chat, id) = talk();
    assert_eq!(told(&mut chat, &id, "entryTypeFilter=RoutingResult"), ["Initial None"]);
    assert_eq!(told(&mut chat, &id, "entryTypeFilter=RoutingResult,Message").len(), 4);
}

#[test]
fn what_is_no_parameter_is_refused() {
    let (mut chat, id) = talk();
    for bad in [
        "limit=0",
        "limit=-1",
        "direction=fromStart",
        "startTimestamp=2026-11-22",
        "startTimestamp=-1",
        "entryTypeFilter=message",
        "after=1",
    ] {
        refused(&chat.get(&format!("conversation/{id}/entries?{bad}")), 400, "BAD_REQUEST");
    }
}

#[test]
fn entries_of_one_millisecond_share_it_and_have_ids_of_their_own() {
    let mut chat = Chat::with_agents(json!([{ "say": "Hi" }, { "say": "How are you?" }]));
    let id = chat.open();
    let entries = chat.entries(&id);
    assert_eq!(entries.len(), 4);
    let at: Vec<&Value> = entries.iter().map(|entry| &entry["transcriptedTimestamp"]).collect();
    assert!(at.windows(2).all(|two| two[0] == two[1]));
    let mut ids: Vec<&str> = entries.iter().map(|entry| entry["identifier"].as_str().unwrap()).collect();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), 4);
}
