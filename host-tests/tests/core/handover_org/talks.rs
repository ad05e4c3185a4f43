//! What goes well, under each doubt.

use salesforce_module::handover::{Content, Delivery, Occurrence, Outgoing, Phase};
use salesforce_module::report::Status;
use salesforce_module::value::Content as Bytes;
use serde_json::{Value, json};

use super::Way;

/// Without a stream, and with one under each of the four doubts.
const WAYS: [Option<(bool, bool)>; 5] =
    [None, Some((true, true)), Some((true, false)), Some((false, true)), Some((false, false))];

fn way(agents: Value, doubt: Option<(bool, bool)>) -> (Way, u32) {
    let mut way = Way::new(agents);
    if let Some((needs, resumes)) = doubt {
        way.control("messaging", json!({ "streamNeedsLastEventId": needs, "streamResumes": resumes }));
    }
    (way, if doubt.is_some() { 10 } else { 0 })
}

/// Calls until the phase is over, or nothing more is told.
fn until_rest(way: &mut Way, wait: u32) -> (Vec<String>, Phase) {
    let mut all = Vec::new();
    loop {
        let (told, phase) = way.told(wait);
        if told.is_empty() || phase == Phase::Ended || phase == Phase::Refused {
            all.extend(told);
            return (all, phase);
        }
        all.extend(told);
    }
}

fn without_typing(told: Vec<String>) -> Vec<String> {
    told.into_iter().filter(|line| !line.starts_with("typing") && !line.starts_with("queue")).collect()
}

#[test]
fn a_deployment_is_checked_before_anything_is_opened() {
    let mut way = Way::new(Value::Null);
    let prepared = way.handover().prepare(&mut way);
    assert_eq!((prepared.status, prepared.requests), (Status::Done, 1), "{:#?}", prepared.findings);
    assert!(prepared.findings.is_empty(), "{:#?}", prepared.findings);
    for deployment in ["Chat_Unpublished", "Unknown"] {
        let mut way = Way::to(deployment, Value::Null);
        assert_eq!(way.handover().prepare(&mut way).status, Status::Failed);
    }
}

#[test]
fn a_chat_is_opened_with_its_attributes_and_the_transcript() {
    for deployment in ["Chat_Engine", "Chat_PerSession", "Chat_Verified", "Chat_NoFiles"] {
        let mut way = Way::to(deployment, Value::Null);
        way.open();
        let seen = way.seen();
        assert_eq!(
            seen["attributes"],
            json!({ "_email": "anna.berg@example.com", "_lastName": "Berg" }),
            "{deployment}"
        );
        assert_eq!((&seen["vanished"], &seen["remarks"], &seen["session"]), (&json!([]), &json!([]), &json!(1)));
        assert!(way.read()[0].contains("Where is my parcel?"), "{deployment}");
    }
}

#[test]
fn a_chat_has_all_that_an_agent_does() {
    for doubt in WAYS {
        let script = json!([
            { "say": "Hi, Maya here" },
            { "queue": 2 },
            { "event": "CONVERSATION_SOMETHING_NEW" },
            { "supervisor": true },
            { "typing": true },
            { "after": "message", "choices": { "text": "Which?", "options": ["March", "April"] } },
            { "after": "message", "file": { "name": "invoice.txt", "text": "12 EUR" } },
            { "inactive": true },
            { "after": "message", "end": true }
        ]);
        let (mut way, wait) = way(script, doubt);
        way.open();
        let (told, phase) = until_rest(&mut way, wait);
        // The transcript is the first message, so the choices come at once.
        assert_eq!(without_typing(told), ["joined Maya", "Maya: Hi, Maya here", "Which? (2 options)"], "{doubt:?}");
        assert_eq!(phase, Phase::Connected);
        way.say("April");
        let (told, phase) = until_rest(&mut way, wait);
        assert_eq!(
            (without_typing(told), phase),
            (vec!["Maya sends invoice.txt".to_owned()], Phase::Connected),
            "{doubt:?}"
        );
        way.say("Thank you");
        let (told, phase) = until_rest(&mut way, wait);
        assert_eq!(without_typing(told).last().unwrap(), "ended by agent", "{doubt:?}");
        assert_eq!(phase, Phase::Ended, "{doubt:?}");
    }
}

#[test]
fn a_choice_is_answered_by_its_option() {
    let mut way = Way::new(json!([{ "choices": { "text": "Which?", "options": ["March", "April"] } }]));
    way.open();
    let received = way.receive(0);
    let offered = received.events.iter().find_map(|event| match &event.what {
        Occurrence::Message { id, content: Content::Options(_, options), .. } => Some((id.clone(), options[1].clone())),
        _ => None,
    });
    let (in_reply_to, option) = offered.unwrap();
    let handed = way.send("choice", Outgoing::Choice { option: option.0, in_reply_to });
    assert_eq!(handed.outcome, Delivery::Sent, "{handed:#?}");
    assert_eq!(way.read().last().unwrap(), "April");
}

#[test]
fn a_file_arrives_whole() {
    let mut way = Way::new(Value::Null);
    way.open();
    let bytes: Vec<u8> = (0..=255).cycle().take(100_000).collect();
    let content = Bytes::new(bytes.clone());
    let file = Outgoing::File { name: "photo.png".into(), media_type: "image/png".into(), content };
    assert_eq!(way.send("photo", file).outcome, Delivery::Sent);
    let entries = way.seen()["entries"].clone();
    let url = entries.as_array().unwrap().last().unwrap()["files"][0]["url"].as_str().unwrap().to_owned();
    let path = url.strip_prefix("https://example.my.salesforce-scrt.com").unwrap().to_owned();
    let request = host_tests::simulator::Request { method: "GET".into(), path, ..Default::default() };
    assert_eq!(way.org.handle(&request, way.now).body, bytes);
}

#[test]
fn a_transfer_is_no_end() {
    for doubt in WAYS {
        let agents = json!([
            { "name": "Ben", "script": [{ "after": "message", "say": "A colleague knows more" }, { "transfer": true }] },
            { "name": "Cleo", "acceptAfterSeconds": 30, "script": [{ "say": "Cleo here" }, { "after": "message", "end": "silently" }] }
        ]);
        let (mut way, wait) = way(agents, doubt);
        // Cleo is not asked first.
        way.open();
        let (told, phase) = until_rest(&mut way, wait);
        assert_eq!(told.first().unwrap(), "joined Ben", "{doubt:?}");
        if phase == Phase::Transferring {
            way.wait(30);
            let (told, phase) = until_rest(&mut way, wait);
            assert_eq!(
                (told, phase),
                (vec!["joined Cleo".into(), "Cleo: Cleo here".into()], Phase::Connected),
                "{doubt:?}"
            );
        }
        way.say("Thank you");
        let (told, phase) = until_rest(&mut way, wait);
        assert_eq!(phase, Phase::Ended, "{doubt:?}: {told:?}");
    }
}

#[test]
fn nobody_there_is_refused_with_the_orgs_reason() {
    for doubt in WAYS {
        let (mut way, wait) = way(Value::Null, doubt);
        way.control("agent/presence", json!({ "online": false }));
        way.open();
        let (told, phase) = until_rest(&mut way, wait);
        // The transcript asks for a session once more.
        assert!(told.iter().all(|line| line == "refused: No agents are available"), "{doubt:?}: {told:?}");
        assert_eq!((told.is_empty(), phase), (false, Phase::Refused), "{doubt:?}");
    }
}

#[test]
fn a_visitor_ends_it() {
    let mut way = Way::new(json!([{ "say": "Hi" }]));
    way.open();
    let (now, chat) = (way.call(), way.chat.clone());
    let handed = way.handover().end(&chat, now, &mut way).unwrap();
    assert_eq!((handed.outcome, handed.progress.phase), (Delivery::Sent, Phase::Ended));
    assert!(["ended", "closed"].contains(&way.seen()["status"].as_str().unwrap()), "{}", way.seen());
}

#[test]
fn a_long_text_is_told_whole() {
    let mut way = Way::new(Value::Null);
    way.open();
    let text = "A sentence that says something. ".repeat(500);
    way.say(&text);
    let read = way.read()[1..].join(" ");
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&read), words(&text));
}

#[test]
fn a_chat_goes_on_for_days() {
    let mut way = Way::new(json!({ "repeat": true, "script": [{ "after": "message", "echo": true }] }));
    way.open();
    until_rest(&mut way, 0);
    for hour in 0..200 {
        way.wait(14 * 60);
        let text = format!("hour {hour}");
        way.say(&text);
        let (told, _) = way.told(0);
        assert_eq!(told, [format!("Maya: {text}")]);
    }
}
