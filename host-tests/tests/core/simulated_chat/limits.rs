//! 429: messages and tokens in a minute.

use serde_json::json;

use super::{Chat, refused};

#[test]
fn a_visitor_sends_22_messages_a_minute_and_conversation() {
    let mut chat = Chat::new();
    let (one, other) = (chat.open(), chat.open());
    for number in 0..22 {
        chat.say(&one, &number.to_string());
        chat.wait(1);
    }
    let body = chat.message_body("one more");
    refused(&chat.post(&format!("conversation/{one}/message"), body.clone()), 429, "TOO_MANY_REQUESTS");
    chat.say(&other, "not here");
    // The first is a minute ago.
    chat.wait(38);
    assert_eq!(chat.post(&format!("conversation/{one}/message"), body).status, 202);
    let body = chat.message_body("again");
    refused(&chat.post(&format!("conversation/{one}/message"), body), 429, "TOO_MANY_REQUESTS");
}

#[test]
fn an_org_gives_200_tokens_a_minute_and_as_many_renewals() {
    let mut chat = Chat::new();
    chat.switch(json!({ "tokensPerMinute": 3 }));
    chat.new_token();
    chat.new_token();
    let target = "/iamessage/api/v2/authorization/unauthenticated/access-token";
    let body = chat.token_body();
    refused(&chat.send("POST", target, Some(body.clone())), 429, "TOO_MANY_REQUESTS");
    for _ in 0..3 {
        assert_eq!(chat.get("authorization/continuation-access-token").status, 200);
    }
    refused(&chat.get("authorization/continuation-access-token"), 429, "TOO_MANY_REQUESTS");
    chat.wait(60);
    assert_eq!(chat.send("POST", target, Some(body.clone())).status, 200);
    chat.switch(json!({ "tokensPerMinute": 0 }));
    for _ in 0..300 {
        assert_eq!(chat.send("POST", target, Some(body.clone())).status, 200);
    }
}
