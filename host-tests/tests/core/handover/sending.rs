//! `send`: once, whatever is lost.

use salesforce_module::handover::{MAX_SENT_BYTES, Phase};
use salesforce_module::report::Retry;
use salesforce_module::value::Content as Bytes;
use salesforce_module::wire::TransportErrorKind as Kind;

use super::desk::{Fault, RENEWAL};
use super::*;

/// Messages of the visitor's in the history.
fn arrived(desk: &Desk) -> usize {
    desk.entries.iter().filter(|entry| entry["sender"]["role"] == "EndUser").count()
}

fn opened() -> (Desk, String) {
    let mut desk = Desk::default();
    let chat = open(&mut desk);
    desk.asked.clear();
    desk.bodies.truncate(2);
    (desk, chat)
}

#[test]
fn a_text_is_sent_as_one_message_with_an_id_of_its_key() {
    let (mut desk, chat) = opened();
    let sent = send(&mut desk, &chat, &text("1", " Hello "));
    assert_eq!((&sent.outcome, sent.progress.requests), (&Delivery::Sent, 1));
    let body = desk.bodies.last().unwrap();
    assert_eq!(body["message"]["staticContent"], json!({ "formatType": "Text", "text": "Hello" }));
    assert_eq!((&body["isNewMessagingSession"], &body["language"]), (&json!(false), &json!("de")));
    let id = body["message"]["id"].clone();
    send(&mut desk, &chat, &text("1", "Hello"));
    assert_eq!(desk.bodies.last().unwrap()["message"]["id"], id);
    send(&mut desk, &chat, &text("2", "Hello"));
    assert_ne!(desk.bodies.last().unwrap()["message"]["id"], id);
}

#[test]
fn a_long_text_is_sent_in_parts() {
    let (mut desk, chat) = opened();
    let long = "Wörter und Wörter. ".repeat(600);
    assert_eq!(send(&mut desk, &chat, &text("1", &long)).outcome, Delivery::Sent);
    let parts: Vec<&str> =
        desk.bodies.iter().filter_map(|body| body["message"]["staticContent"]["text"].as_str()).collect();
    assert!(parts.len() >= 3 && parts.iter().all(|part| part.len() <= 4_000));
    assert_eq!(parts.join(" "), long.trim());
    let before = arrived(&desk);
    // The second part is lost: only what is not there is sent again.
    desk.faults.push_back(("/message", Fault::LostAnswer(Kind::CutOff)));
    let again = OutgoingMessage { again: true, ..text("1", &long) };
    assert_eq!(send(&mut desk, &chat, &again).outcome, Delivery::Sent);
    assert_eq!(arrived(&desk), before);
}

#[test]
fn a_choice_and_a_file_are_sent_as_what_they_are() {
    let (mut desk, chat) = opened();
    let content = Outgoing::Choice { option: "o-1".into(), in_reply_to: "m-1".into() };
    let message = OutgoingMessage { key: "1".into(), again: false, content };
    assert_eq!(send(&mut desk, &chat, &message).outcome, Delivery::Sent);
    let body = &desk.bodies.last().unwrap()["message"];
    assert_eq!((&body["messageType"], &body["inReplyToMessageId"]), (&json!("ChoicesResponseMessage"), &json!("m-1")));
    assert_eq!(body["choicesResponse"]["selectedOptions"], json!([{ "optionIdentifier": "o-1" }]));
    let file = |name: &str, bytes: Vec<u8>| OutgoingMessage {
        key: "2".into(),
        again: false,
        content: Outgoing::File { name: name.into(), media_type: "image/png".into(), content: Bytes::new(bytes) },
    };
    let sent = send(&mut desk, &chat, &file("a\"b.png", vec![0, 255, 13, 10, 45, 45]));
    assert_eq!((sent.outcome, desk.asked.last().unwrap().1.ends_with("/file")), (Delivery::Sent, true));
    // Asked for again, it is found by its id.
    let again = OutgoingMessage { again: true, ..file("a\"b.png", vec![1]) };
    let before = desk.count("/file");
    assert_eq!((send(&mut desk, &chat, &again).outcome, desk.count("/file")), (Delivery::Sent, before));
    // Where no files are taken, the chat goes on.
    for (status, expected) in [(413, "FILE_TOO_LARGE"), (415, "BAD_FILE"), (403, "BAD_FILE")] {
        desk.faults.push_back(("/file", Fault::Status(status)));
        let sent = send(&mut desk, &chat, &file("b.png", vec![1]));
        assert_eq!((code(&sent.outcome), sent.progress.phase), (("failed", expected.to_owned()), Phase::Waiting));
    }
    for bad in
        [file("", vec![1]), file("a/b.png", vec![1]), file("a.png", Vec::new()), file("a.png", vec![0; (5 << 20) + 1])]
    {
        let findings = handover().send(&chat, &bad, NOW, &mut desk).unwrap_err();
        assert_eq!((findings[0].code.word(), findings[0].path.as_str()), ("bad-message", "message/content"));
    }
}

#[test]
fn a_message_whose_answer_is_lost_is_looked_for_and_never_doubled() {
    for (fault, outcome, there, sends) in [
        (Fault::LostAnswer(Kind::CutOff), "sent", 1, 1),
        (Fault::LostAnswer(Kind::Other), "sent", 1, 1),
        (Fault::LostAnswer(Kind::Timeout), "sent", 1, 1),
        (Fault::LostRequest(Kind::CutOff), "sent", 1, 2),
        (Fault::Status(500), "sent", 1, 2),
        (Fault::Unsent, "sent", 1, 2),
        (Fault::LostRequest(Kind::Timeout), "unknown", 0, 1),
    ] {
        let (mut desk, chat) = opened();
        let before = arrived(&desk);
        desk.faults.push_back(("/message", fault.clone()));
        let sent = send(&mut desk, &chat, &text("1", "Hello"));
        assert_eq!(
            (code(&sent.outcome).0, arrived(&desk) - before, desk.count("/message")),
            (outcome, there, sends),
            "{fault:?}"
        );
        // Whatever became of it: asked for again, it is there once.
        let again = OutgoingMessage { again: true, ..text("1", "Hello") };
        assert_eq!(send(&mut desk, &super::chat(&sent), &again).outcome, Delivery::Sent, "{fault:?}");
        assert_eq!(arrived(&desk) - before, 1, "{fault:?}");
    }
}

#[test]
fn what_cannot_be_looked_for_is_unknown() {
    let (mut desk, chat) = opened();
    desk.faults.extend([("/message", Fault::LostAnswer(Kind::CutOff)), ("/entries", Fault::Status(400))]);
    let sent = send(&mut desk, &chat, &text("1", "Hello"));
    let Delivery::Unknown(error) = &sent.outcome else { panic!("{:?}", sent.outcome) };
    assert_eq!((error.retry, desk.count("/message")), (Retry::Verify, 1));
    desk.faults.push_back(("/entries", Fault::Status(400)));
    let again = OutgoingMessage { again: true, ..text("1", "Hello") };
    let sent = send(&mut desk, &chat, &again);
    assert_eq!((code(&sent.outcome).0, desk.count("/message")), ("unknown", 1));
}

#[test]
fn a_message_is_found_behind_many_others() {
    let (mut desk, chat) = opened();
    send(&mut desk, &chat, &text("1", "Hello"));
    for at in 0..120 {
        desk.says(&format!("{at}"));
    }
    let before = desk.count("/message");
    let again = OutgoingMessage { again: true, ..text("1", "Hello") };
    assert_eq!((send(&mut desk, &chat, &again).outcome, desk.count("/message")), (Delivery::Sent, before));
    // Where the history is longer than is looked through, it is not known.
    for at in 0..200 {
        desk.says(&format!("{at}"));
    }
    assert_eq!((code(&send(&mut desk, &chat, &again).outcome).0, desk.count("/message")), ("unknown", before));
}

#[test]
fn a_session_that_is_over_is_begun_again_with_its_attributes() {
    let (mut desk, mut chat) = opened();
    desk.status("Ended", "Agent");
    assert_eq!(receive(&mut desk, &mut chat, 0).progress.phase, Phase::Ended);
    desk.has_session = false;
    let sent = send(&mut desk, &chat, &text("1", "One more question"));
    assert_eq!((&sent.outcome, sent.progress.phase), (&Delivery::Sent, Phase::Waiting));
    let [.., first, second] = &desk.bodies[..] else { panic!("{:?}", desk.bodies) };
    assert_eq!((&first["isNewMessagingSession"], &second["isNewMessagingSession"]), (&json!(false), &json!(true)));
    assert_eq!(second["routingAttributes"]["Case_Id"], "500Hn0000000001AAA");
    assert_eq!(first["message"]["id"], second["message"]["id"]);
    // Refused once more, it is refused.
    desk.faults.extend([("/message", Fault::Status(417)), ("/message", Fault::Status(417))]);
    assert_eq!(code(&send(&mut desk, &chat, &text("2", "Hello")).outcome), ("failed", "HTTP_417".to_owned()));
}

#[test]
fn a_token_is_renewed_when_it_is_refused_and_when_it_is_old() {
    let (mut desk, chat) = opened();
    desk.faults.push_back(("/message", Fault::Status(401)));
    let sent = send(&mut desk, &chat, &text("1", "Hello"));
    assert_eq!((&sent.outcome, desk.count(RENEWAL), desk.count("/message")), (&Delivery::Sent, 1, 2));
    // Whoever has the new one needs no other.
    let chat = super::chat(&sent);
    send(&mut desk, &chat, &text("2", "Hello"));
    assert_eq!(desk.count(RENEWAL), 1);
    let later = |seconds: u32| {
        handover()
            .send(
                &chat,
                &text("3", "Hello"),
                NOW + seconds,
                &mut Desk { token: desk.token, is_open: true, ..Desk::default() },
            )
            .unwrap()
    };
    assert_eq!((later(14 * 60).progress.requests, later(15 * 60).progress.requests), (1, 2));
    // Neither the old nor a new one: the chat is over.
    desk.faults.extend([("/message", Fault::Status(401)), ("/continuation-access-token", Fault::Status(401))]);
    let sent = send(&mut desk, &chat, &text("4", "Hello"));
    assert_eq!((code(&sent.outcome), sent.progress.phase), (("failed", "CHAT_TOKEN_OVER".into()), Phase::Ended));
}

#[test]
fn refusals_are_told_apart() {
    for (fault, expected, phase, waits) in [
        (Fault::Status(403), "CHAT_ENDED", Phase::Ended, None),
        (Fault::Status(404), "CHAT_ENDED", Phase::Ended, None),
        (Fault::Status(400), "HTTP_400", Phase::Waiting, None),
        (Fault::Busy(40), "HTTP_429", Phase::Waiting, Some(40)),
    ] {
        let (mut desk, chat) = opened();
        desk.faults.push_back(("/message", fault.clone()));
        let sent = send(&mut desk, &chat, &text("1", "Hello"));
        assert_eq!((code(&sent.outcome), sent.progress.phase), (("failed", expected.to_owned()), phase), "{fault:?}");
        assert_eq!(sent.progress.retry_after_seconds, waits);
    }
    // A short wait is waited for.
    let (mut desk, chat) = opened();
    desk.faults.push_back(("/message", Fault::Busy(2)));
    assert_eq!(send(&mut desk, &chat, &text("1", "Hello")).outcome, Delivery::Sent);
}

#[test]
fn what_is_no_message_or_no_chat_is_a_finding_and_nothing_is_sent() {
    let (mut desk, chat) = opened();
    for (message, path) in [
        (text("", "Hello"), "message/key"),
        (text("a\nb", "Hello"), "message/key"),
        (text(&"k".repeat(201), "Hello"), "message/key"),
        (text("1", " \n"), "message/content"),
        (text("1", &"x".repeat(MAX_SENT_BYTES + 1)), "message/content"),
    ] {
        let findings = handover().send(&chat, &message, NOW, &mut desk).unwrap_err();
        assert_eq!((findings[0].code.word(), findings[0].path.as_str()), ("bad-message", path));
    }
    let mut other = settings();
    other["deployment"] = "Chat_NoFiles".into();
    let other = Handover::parse(&other.to_string()).unwrap();
    let findings = other.send(&chat, &text("1", "Hello"), NOW, &mut desk).unwrap_err();
    assert_eq!((findings[0].code.word(), findings[0].path.as_str()), ("bad-chat", "chat"));
    let old = chat.replacen("\"v\":1", "\"v\":0", 1);
    for bad in ["", "{}", "[]", &chat[1..], &chat.repeat(9), &old, &chat.replace("\"c\":\"", "\"c\":\"../")] {
        let findings = handover().receive(bad, 0, NOW, &mut desk).unwrap_err();
        assert_eq!(findings[0].code, "bad-chat", "{bad}");
    }
    assert_eq!(desk.asked.len(), 0);
}

/// Whether Salesforce takes a known id for a message that has come, or refuses it, is not known.
#[test]
fn a_message_that_is_refused_as_known_is_there() {
    let (mut desk, chat) = opened();
    assert_eq!(send(&mut desk, &chat, &text("1", "Hello")).outcome, Delivery::Sent);
    desk.faults.push_back(("/message", Fault::Status(409)));
    assert_eq!(send(&mut desk, &chat, &text("1", "Hello")).outcome, Delivery::Sent);
    desk.faults.push_back(("/message", Fault::Status(409)));
    assert_eq!(code(&send(&mut desk, &chat, &text("2", "Hello")).outcome), ("failed", "HTTP_409".to_owned()));
}
