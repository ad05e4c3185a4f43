//! What goes wrong on the way: nothing is there twice, and nothing is told twice.

use salesforce_module::handover::{Delivery, Outgoing, Phase};
use salesforce_module::wire::TransportErrorKind::CutOff;
use serde_json::{Value, json};

use super::{Loss, On, Way};

const LOSSES: [Loss; 3] = [Loss::Answer(CutOff), Loss::Request(CutOff), Loss::Status(502)];

#[test]
fn whatever_is_lost_at_the_start_one_chat_is_opened_with_one_transcript() {
    for loss in LOSSES {
        for number in 1..=4 {
            let mut way = Way::new(Value::Null);
            way.loss = Some((On::Number(number), loss));
            let mut handed = way.start(None);
            for _ in 0..5 {
                if handed.outcome == Delivery::Sent {
                    break;
                }
                way.wait(10);
                let earlier = handed.progress.chat.map(|chat| chat.reveal().to_owned());
                handed = way.start(earlier.as_deref());
            }
            assert_eq!(handed.outcome, Delivery::Sent, "{loss:?} {number}");
            assert_eq!(way.read().len(), 1, "{loss:?} {number}: {:#?}", way.asked);
        }
    }
}

#[test]
fn whatever_is_lost_of_a_message_it_is_there_once() {
    for loss in LOSSES {
        for number in 1..=3 {
            let mut way = Way::new(Value::Null);
            way.open();
            way.loss = Some((On::Number(way.asked.len() + number), loss));
            let mut handed = way.send("one", Outgoing::Text("Hello".into()));
            for _ in 0..5 {
                if handed.outcome == Delivery::Sent {
                    break;
                }
                way.wait(10);
                handed = way.send_as("one", Outgoing::Text("Hello".into()), true);
            }
            assert_eq!(handed.outcome, Delivery::Sent, "{loss:?} {number}");
            assert_eq!(way.read()[1..], ["Hello"], "{loss:?} {number}: {:#?}", way.asked);
        }
    }
}

#[test]
fn what_a_stream_loses_the_next_call_tells() {
    for loss in LOSSES {
        for wait in [0, 10] {
            let mut way = Way::new(json!([{ "say": "one" }, { "after": 1, "say": "two" }]));
            way.open();
            way.loss = Some((On::Number(way.asked.len() + 1), loss));
            let mut all = Vec::new();
            for _ in 0..6 {
                all.extend(super::told(&way.receive(wait).events));
                way.wait(1);
            }
            assert_eq!(all, ["joined Maya", "Maya: one", "Maya: two"], "{loss:?} {wait}");
        }
    }
}

#[test]
fn a_stream_that_is_cut_within_a_line_loses_nothing() {
    for resumes in [true, false] {
        let mut way = Way::new(
            json!([{ "say": "one" }, { "after": "message", "cut": true }, { "say": "two" }, { "say": "three" }]),
        );
        way.control("messaging", json!({ "streamResumes": resumes }));
        way.open();
        let mut all = Vec::new();
        for _ in 0..6 {
            all.extend(super::told(&way.receive(10).events));
        }
        assert_eq!(all, ["joined Maya", "Maya: one", "Maya: two", "Maya: three"], "{resumes}");
    }
}

#[test]
fn a_token_that_expires_is_replaced_or_the_chat_says_that_it_is_lost() {
    for as_json in [false, true] {
        for wait in [0, 10] {
            let mut way = Way::new(json!([{ "say": "one" }]));
            way.control("messaging", json!({ "expiryAsJson": as_json }));
            way.open();
            way.receive(wait);
            // It expires while the chat is in use, and cannot be continued.
            way.agent("expire", json!({}));
            let received = way.receive(wait);
            let over = received.error.is_some() || received.progress.phase == Phase::Ended;
            assert!(over, "{received:#?}");
        }
    }
}

#[test]
fn too_many_messages_are_told_and_can_be_sent_later() {
    let mut way = Way::new(Value::Null);
    way.open();
    let mut refused = 0;
    for number in 0..30 {
        let text = format!("message {number}");
        let mut handed = way.send(&text, Outgoing::Text(text.clone()));
        while handed.outcome != Delivery::Sent {
            refused += 1;
            assert!(refused < 100, "{handed:#?}");
            way.wait(10);
            handed = way.send_as(&text, Outgoing::Text(text.clone()), true);
        }
    }
    assert!(refused > 0 && way.read().len() == 31, "{refused} {}", way.read().len());
}
