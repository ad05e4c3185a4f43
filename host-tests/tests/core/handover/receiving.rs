//! `receive`: each event once and in order, and the phase that follows.

use salesforce_module::handover::{EndedBy, MAX_STATE_BYTES, Phase, Role};
use salesforce_module::wire::TransportErrorKind as Kind;

use super::desk::{Fault, STREAM};
use super::*;

fn opened() -> (Desk, String) {
    let mut desk = Desk::default();
    let chat = open(&mut desk);
    desk.asked.clear();
    (desk, chat)
}

#[test]
fn a_chat_goes_through_its_phases_and_echoes_nothing() {
    let (mut desk, mut chat) = opened();
    let quiet = receive(&mut desk, &mut chat, 0);
    assert_eq!((told(&quiet.events), quiet.progress.phase), (vec![], Phase::Waiting));
    desk.routes("Initial", "None", &Value::Null);
    desk.joins();
    desk.says("Hi Anna");
    let heard = receive(&mut desk, &mut chat, 0);
    assert_eq!(
        (told(&heard.events), heard.progress.phase),
        (vec!["joined Maya".into(), "Maya: Hi Anna".into()], Phase::Connected)
    );
    assert_eq!(heard.events[0].instant().as_deref(), Some("2025-11-27T00:00:03Z"));
    assert_eq!(heard.progress.variables["agent"], "Maya");
    send(&mut desk, &chat, &text("1", "Hello"));
    assert_eq!(told(&receive(&mut desk, &mut chat, 0).events), Vec::<String>::new());
    desk.status("Ended", "Agent");
    let ended = receive(&mut desk, &mut chat, 0);
    assert_eq!((told(&ended.events), ended.progress.phase), (vec!["ended by agent".to_owned()], Phase::Ended));
    assert_eq!(ended.progress.variables["chat_ended_by"], "agent");
    // Each was one request.
    assert_eq!((desk.count("/entries"), desk.asked.len()), (4, 5));
}

#[test]
fn an_agent_who_goes_is_no_end_until_the_conversation_says_so() {
    for (routing, phase, events, again) in [
        ("TRANSFER", Phase::Transferring, vec!["left Maya"], true),
        ("INITIAL", Phase::Transferring, vec!["left Maya"], true),
        ("ROUTED", Phase::Connected, vec!["left Maya"], false),
        ("NEEDS_ROUTING", Phase::Ended, vec!["left Maya", "ended by agent"], false),
        ("SOMETHING_NEW", Phase::Transferring, vec!["left Maya"], true),
    ] {
        let (mut desk, mut chat) = opened();
        desk.joins();
        receive(&mut desk, &mut chat, 0);
        desk.changes("remove", "Agent", "Maya");
        desk.routing = routing;
        let left = receive(&mut desk, &mut chat, 0);
        assert_eq!(
            (told(&left.events), left.progress.phase),
            (events.iter().map(ToString::to_string).collect(), phase),
            "{routing}"
        );
        desk.asked.clear();
        receive(&mut desk, &mut chat, 0);
        assert_eq!(desk.asked.len(), if again { 2 } else { 1 }, "{routing}");
        desk.changes("add", "Agent", "Noor");
        let joined = receive(&mut desk, &mut chat, 0);
        assert_eq!((told(&joined.events), joined.progress.phase), (vec!["joined Noor".to_owned()], Phase::Connected));
    }
    // A question that is not answered is asked again.
    let (mut desk, mut chat) = opened();
    desk.joins();
    desk.changes("remove", "Agent", "Maya");
    desk.routing = "NEEDS_ROUTING";
    let path = format!("/{}", desk.conversation());
    desk.faults.push_back((path.leak(), Fault::Status(400)));
    assert_eq!(receive(&mut desk, &mut chat, 0).progress.phase, Phase::Transferring);
    let ended = receive(&mut desk, &mut chat, 0);
    assert_eq!(
        (told(&ended.events), ended.progress.ended_by),
        (vec!["ended by agent".to_owned()], Some(EndedBy::Agent))
    );
}

#[test]
fn a_transfer_in_one_go_asks_nothing() {
    let (mut desk, mut chat) = opened();
    desk.joins();
    desk.routes("Transfer", "None", &Value::Null);
    desk.changes("remove", "Agent", "Maya");
    desk.changes("add", "Agent", "Noor");
    desk.says("Hi");
    let heard = receive(&mut desk, &mut chat, 0);
    assert_eq!(told(&heard.events), ["joined Maya", "left Maya", "joined Noor", "Maya: Hi"]);
    assert_eq!((heard.progress.phase, desk.asked.len()), (Phase::Connected, 1));
}

#[test]
fn nobody_available_is_told_with_its_reason_and_is_no_end() {
    let (mut desk, mut chat) = opened();
    desk.routes("Initial", "RoutingError", &json!("No agents are available"));
    let refused = receive(&mut desk, &mut chat, 0);
    assert_eq!(told(&refused.events), ["refused No agents are available"]);
    assert_eq!(refused.progress.phase, Phase::Refused);
    desk.joins();
    assert_eq!(receive(&mut desk, &mut chat, 0).progress.phase, Phase::Connected);
    let (mut desk, mut chat) = opened();
    desk.routes("Initial", "SubmissionError", &Value::Null);
    assert_eq!(told(&receive(&mut desk, &mut chat, 0).events), ["refused -"]);
}

#[test]
fn whoever_ends_it_is_told_once() {
    for (by, expected) in [("EndUser", "visitor"), ("System", "system"), ("", "unknown"), ("Supervisor", "agent")] {
        let (mut desk, mut chat) = opened();
        desk.joins();
        desk.changes("remove", "Agent", "Maya");
        desk.status("Ended", by);
        desk.status("Ended", by);
        let heard = receive(&mut desk, &mut chat, 0);
        assert_eq!(told(&heard.events).last().unwrap(), &format!("ended by {expected}"));
        assert_eq!((heard.events.len(), desk.asked.len(), heard.progress.phase), (3, 1, Phase::Ended));
    }
    // Only the stream says that the visitor has closed it.
    let (mut desk, mut chat) = opened();
    let (entry, _) = desk.entry("Other", &json!({ "role": "EndUser" }), json!({}));
    desk.tell("CloseConversation", entry);
    let heard = receive(&mut desk, &mut chat, 1);
    assert_eq!((told(&heard.events), heard.progress.phase), (vec!["ended by visitor".to_owned()], Phase::Ended));
}

#[test]
fn messages_of_each_kind_are_shown_as_what_they_are() {
    let (mut desk, mut chat) = opened();
    let agent = json!({ "role": "Agent", "name": "Maya" });
    let message = |message: Value| json!({ "abstractMessage": message });
    let fixed =
        |content: Value| message(json!({ "id": "m", "messageType": "StaticContentMessage", "staticContent": content }));
    let link = json!({ "formatType": "RichLink", "linkItem": { "titleItem": { "title": "Help" }, "url": "https://example.com" } });
    desk.note("Message", &agent, fixed(link));
    let file =
        json!({ "id": "1", "name": "bill.pdf", "mimeType": "application/pdf", "url": "https://files.example.com/1" });
    desk.note("Message", &agent, fixed(json!({ "formatType": "Attachments", "attachments": [file] })));
    let option = json!({ "optionIdentifier": "o-1", "titleItem": { "title": "Yes" } });
    let choices = json!({ "formatType": "Buttons", "text": "Sure?", "optionItems": [option, {}] });
    desk.note("Message", &agent, message(json!({ "id": "m-7", "messageType": "ChoicesMessage", "choices": choices })));
    desk.note("Message", &agent, message(json!({ "id": "m", "messageType": "FormMessage" })));
    desk.note(
        "Message",
        &json!({ "role": "Chatbot", "name": "Bo" }),
        fixed(json!({ "formatType": "Text", "text": "Beep" })),
    );
    desk.note(
        "Message",
        &json!({ "role": "System", "name": "" }),
        fixed(json!({ "formatType": "Text", "text": "Welcome" })),
    );
    desk.note("Message", &json!({ "role": "Router" }), fixed(json!({ "formatType": "Text", "text": "hidden" })));
    desk.changes("add", "Supervisor", "Boss");
    desk.changes("add", "EndUser", "Anna");
    desk.changes("add", "Chatbot", "Bo");
    let heard = receive(&mut desk, &mut chat, 0);
    let expected = [
        "Maya: Help\nhttps://example.com",
        "Maya sends bill.pdf",
        "Sure? [(\"o-1\", \"Yes\")]",
        "shows FormMessage",
        "Bo: Beep",
        ": Welcome",
        "joined Bo",
    ];
    assert_eq!(told(&heard.events), expected);
    let Occurrence::Message { id, author, .. } = &heard.events[2].what else { panic!("{:?}", heard.events) };
    assert_eq!((id.as_str(), author.role), ("m-7", Role::Agent));
}

#[test]
fn waiting_ends_with_the_first_thing_that_happens_and_the_history_completes_it() {
    let (mut desk, mut chat) = opened();
    // Nothing happens: the history, and the stream until the time is over.
    receive(&mut desk, &mut chat, 5);
    assert_eq!(desk.paths(), ["GET entries", "GET sse"]);
    assert!((5_000..5_100).contains(&desk.clock), "{}", desk.clock);
    // What is there is not waited for.
    desk.joins();
    desk.asked.clear();
    receive(&mut desk, &mut chat, 5);
    assert_eq!(desk.paths(), ["GET entries"]);
    // What only the stream has is told by it.
    for (kind, payload) in [("QueuePosition", json!({ "position": 3 })), ("TypingStartedIndicator", json!({}))] {
        let (entry, _) = desk.entry(kind, &json!({ "role": "Agent" }), payload);
        desk.tell(kind, entry);
    }
    desk.asked.clear();
    let heard = receive(&mut desk, &mut chat, 5);
    assert_eq!(told(&heard.events), ["queue 3", "typing true"]);
    assert_eq!(desk.paths(), ["GET entries", "GET sse", "GET entries"]);
    assert_eq!(told(&receive(&mut desk, &mut chat, 5).events), Vec::<String>::new());
}

#[test]
fn a_wait_is_no_longer_than_the_deadline() {
    let (mut desk, mut chat) = opened();
    let heard = receive(&mut desk, &mut chat, 3_600);
    assert!(heard.error.is_none() && desk.clock <= 20_000, "{}", desk.clock);
}

#[test]
fn each_doubt_about_the_stream_can_be_either_way() {
    for resumes in [true, false] {
        for wants_last_event in [true, false] {
            let (mut desk, mut chat) = opened();
            (desk.resumes, desk.wants_last_event) = (resumes, wants_last_event);
            let mut heard = Vec::new();
            for at in 0..5 {
                desk.says(&at.to_string());
                heard.extend(told(&receive(&mut desk, &mut chat, 3).events));
                heard.extend(told(&receive(&mut desk, &mut chat, 3).events));
            }
            let expected: Vec<String> = (0..5).map(|at| format!("Maya: {at}")).collect();
            assert_eq!(heard, expected, "resumes: {resumes}, wants an id: {wants_last_event}");
        }
    }
}

#[test]
fn a_token_that_ends_in_the_middle_of_the_stream_is_renewed() {
    for end in ["Jwt is expired", "{\"status\":401,\"error\":\"Unauthorized\",\"path\":\"/eventrouter/v1/sse\"}"] {
        let (mut desk, mut chat) = opened();
        desk.end_of_stream = Some(end);
        let heard = receive(&mut desk, &mut chat, 2);
        assert_eq!((heard.error, desk.token), (None, 2), "{end}");
        desk.says("still here");
        assert_eq!(told(&receive(&mut desk, &mut chat, 0).events), ["Maya: still here"]);
    }
    for status in [401, 400, 503] {
        let (mut desk, mut chat) = opened();
        desk.faults.push_back((STREAM, Fault::Status(status)));
        let heard = receive(&mut desk, &mut chat, 2);
        assert_eq!((heard.error, heard.progress.phase), (None, Phase::Waiting), "{status}");
    }
    let (mut desk, mut chat) = opened();
    desk.end_of_stream = Some("Jwt is expired");
    desk.faults.push_back(("/continuation-access-token", Fault::Status(401)));
    // The renewal comes after the stream.
    let heard = receive(&mut desk, &mut chat, 2);
    assert_eq!((told(&heard.events), heard.progress.phase), (vec!["ended by unknown".to_owned()], Phase::Ended));
    assert_eq!(heard.error.unwrap().code.as_str(), "CHAT_TOKEN_OVER");
}

#[test]
fn trouble_with_the_history_loses_nothing() {
    for fault in [
        Fault::LostAnswer(Kind::CutOff),
        Fault::LostRequest(Kind::Timeout),
        Fault::Status(503),
        Fault::Unsent,
        Fault::Busy(1),
    ] {
        let (mut desk, mut chat) = opened();
        desk.says("Hi");
        desk.faults.push_back(("/entries", fault));
        let heard = receive(&mut desk, &mut chat, 0);
        assert_eq!((told(&heard.events), heard.error), (vec!["Maya: Hi".to_owned()], None));
    }
    let (mut desk, mut chat) = opened();
    desk.says("Hi");
    desk.faults.push_back(("/entries", Fault::Busy(60)));
    let heard = receive(&mut desk, &mut chat, 0);
    assert_eq!((heard.events.len(), heard.progress.retry_after_seconds), (0, Some(60)));
    assert_eq!(told(&receive(&mut desk, &mut chat, 0).events), ["Maya: Hi"]);
    // What the stream told is not lost with the history that completes it.
    desk.asked.clear();
    let (entry, _) = desk.entry("QueuePosition", &json!({ "role": "System" }), json!({ "position": 1 }));
    desk.tell("QueuePosition", entry);
    desk.faults.extend([(STREAM, Fault::None), ("/entries", Fault::Status(400))]);
    let heard = receive(&mut desk, &mut chat, 3);
    assert_eq!((told(&heard.events), heard.error.is_some()), (vec!["queue 1".to_owned()], true));
    // Without a head of its answer, a stream has told nothing.
    desk.faults.push_back((STREAM, Fault::LostRequest(Kind::Timeout)));
    assert_eq!(receive(&mut desk, &mut chat, 3).error, None);
}

#[test]
fn a_long_history_is_read_page_by_page() {
    let (mut desk, mut chat) = opened();
    for at in 0..170 {
        desk.says(&at.to_string());
    }
    let heard = receive(&mut desk, &mut chat, 0);
    let expected: Vec<String> = (0..170).map(|at| format!("Maya: {at}")).collect();
    assert_eq!(told(&heard.events), expected);
    assert!(desk.count("/entries") <= 5 && chat.len() <= MAX_STATE_BYTES);
    assert_eq!(told(&receive(&mut desk, &mut chat, 0).events), Vec::<String>::new());
    // And of a longer one the rest comes with the next call.
    for at in 0..400 {
        desk.says(&at.to_string());
    }
    let mut heard = told(&receive(&mut desk, &mut chat, 0).events);
    heard.extend(told(&receive(&mut desk, &mut chat, 0).events));
    let expected: Vec<String> = (0..400).map(|at| format!("Maya: {at}")).collect();
    assert_eq!(heard, expected);
}

#[test]
fn a_conversation_that_is_gone_is_over() {
    let (mut desk, mut chat) = opened();
    desk.is_open = false;
    let heard = receive(&mut desk, &mut chat, 0);
    assert_eq!((told(&heard.events), heard.progress.phase), (vec!["ended by unknown".to_owned()], Phase::Ended));
    assert!(heard.error.is_some());
}
