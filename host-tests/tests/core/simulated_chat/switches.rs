//! `POST /simulator/messaging`, and the same switches in an org file.

use serde_json::json;

use super::Chat;

#[test]
fn switches_that_are_wrong_change_nothing() {
    let mut chat = Chat::new();
    for (switches, told) in [
        (json!({ "streamResume": true }), "did you mean \"streamResumes\"?"),
        (json!({ "streamResumes": false, "pingSeconds": 0 }), "/pingSeconds: expected seconds"),
        (json!({ "repeatedMessage": "twice" }), "expected one of refused, ignored, taken"),
        (json!({ "tokensPerMinute": -1 }), "/tokensPerMinute"),
        (json!([]), "expected an object"),
    ] {
        let answer = chat.send("POST", "/simulator/messaging", Some(switches));
        let message = answer.json()[0]["message"].as_str().unwrap_or_default().to_owned();
        assert!(answer.status == 400 && message.contains(told), "{message}");
    }
    assert!(chat.org.settings.messaging.stream_resumes);
    assert_eq!(chat.send("GET", "/simulator/messaging", None).status, 405);
}

#[test]
fn a_reset_brings_the_switches_back() {
    let mut chat = Chat::new();
    chat.switch(json!({ "streamResumes": false }));
    chat.send("POST", "/simulator/reset", None);
    assert!(chat.org.settings.messaging.stream_resumes);
}
