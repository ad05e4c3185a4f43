//! `prepare` and `start`.

use salesforce_module::handover::{EndedBy, Phase};
use salesforce_module::report::{Retry, Status};
use salesforce_module::wire::TransportErrorKind as Kind;

use super::desk::{CONVERSATION, Fault, TOKEN};
use super::*;

#[test]
fn a_chat_is_opened_with_a_token_the_attributes_and_the_conversation_so_far() {
    let mut desk = Desk::default();
    let handed = start(&mut desk);
    assert_eq!(handed.outcome, Delivery::Sent);
    assert_eq!(desk.paths(), ["POST access-token", "POST conversation", "POST message"]);
    let [token, conversation, message] = &desk.bodies[..] else { panic!("{:?}", desk.bodies) };
    let context = json!({ "appName": "salesforce-module", "clientVersion": env!("CARGO_PKG_VERSION") });
    assert_eq!(
        *token,
        json!({
            "orgId": "00DHn0000000001", "esDeveloperName": "Chat_Engine", "capabilitiesVersion": "1", "platform": "Web",
            "context": context,
        })
    );
    let attributes = json!({ "_lastName": "Berg", "_email": "anna.berg@example.com", "Case_Id": "500Hn0000000001AAA" });
    let id = handed.progress.conversation.clone().unwrap();
    assert_eq!(
        *conversation,
        json!({
            "conversationId": id, "esDeveloperName": "Chat_Engine", "routingAttributes": attributes, "language": "de"
        })
    );
    assert_eq!(message["message"]["staticContent"]["text"], "visitor: Where is my parcel?\nbot: One moment.");
    assert_eq!((&message["isNewMessagingSession"], &message["routingAttributes"]), (&json!(true), &attributes));
    let progress = &handed.progress;
    assert_eq!((progress.phase, progress.requests, progress.findings.as_slice()), (Phase::Waiting, 3, [].as_slice()));
    let stored = json!({ "chat_id": id, "chat_phase": "waiting", "chat_ended_by": null, "agent": null });
    assert_eq!(Value::Object(progress.variables.clone()), stored);
    assert_eq!(progress.correlation.as_deref(), Some("conversation-4711"));
}

#[test]
fn a_step_that_is_run_twice_opens_one_chat() {
    let mut desk = Desk::default();
    let first = start(&mut desk);
    let again = start_with(&mut desk, &variables(), Some(&chat(&first))).unwrap();
    assert_eq!((&again.outcome, &again.progress.conversation), (&Delivery::Sent, &first.progress.conversation));
    // The transcript is looked for, and not sent again.
    assert_eq!((desk.count("/conversation"), desk.count("/message"), desk.count("/entries")), (1, 1, 1));
    // Without the token of the first call there is no way into its chat, and no second one is opened.
    desk.faults.extend([("/conversation", Fault::Status(409))]);
    let mut path = format!("/{}", first.progress.conversation.clone().unwrap());
    desk.faults.extend([(Box::leak(std::mem::take(&mut path).into_boxed_str()) as &str, Fault::Status(403))]);
    let third = start(&mut desk);
    assert_eq!(code(&third.outcome), ("failed", "CHAT_OPENED_BEFORE".into()));
    assert_eq!((third.progress.phase, desk.count("/message")), (Phase::Refused, 1));
    // Another step is another chat.
    let mut other = variables();
    other["step"] = "conversation-4711/step-4".into();
    let findings = start_with(&mut desk, &other, Some(&chat(&first))).unwrap_err();
    assert_eq!(findings[0].code, "bad-chat");
}

#[test]
fn a_lost_answer_to_the_opening_is_looked_for_first() {
    for (fault, conversations, outcome) in [
        (Fault::LostAnswer(Kind::CutOff), 1, "sent"),
        (Fault::LostAnswer(Kind::Timeout), 1, "sent"),
        (Fault::LostRequest(Kind::CutOff), 2, "sent"),
        (Fault::Status(503), 2, "sent"),
        (Fault::Unsent, 2, "sent"),
        // Salesforce may still be at work on it.
        (Fault::LostRequest(Kind::Timeout), 1, "unknown"),
    ] {
        let mut desk = Desk::default();
        desk.faults.push_back(("/conversation", fault.clone()));
        let handed = start(&mut desk);
        assert_eq!((code(&handed.outcome).0, desk.count("/conversation")), (outcome, conversations), "{fault:?}");
        if let Delivery::Unknown(error) = &handed.outcome {
            assert_eq!(error.retry, Retry::Verify);
            // The host calls again with the chat of the answer, and the chat is opened once.
            let again = start_with(&mut desk, &variables(), Some(&chat(&handed))).unwrap();
            assert_eq!((again.outcome, desk.count("/access-token")), (Delivery::Sent, 1));
        }
    }
}

#[test]
fn a_lost_answer_to_the_transcript_is_looked_for_first() {
    for (fault, messages, outcome) in [
        (Fault::LostAnswer(Kind::CutOff), 1, "sent"),
        (Fault::LostRequest(Kind::CutOff), 2, "sent"),
        (Fault::LostRequest(Kind::Timeout), 1, "unknown"),
    ] {
        let mut desk = Desk::default();
        desk.faults.push_back(("/message", fault.clone()));
        let handed = start(&mut desk);
        assert_eq!((code(&handed.outcome).0, desk.count("/message")), (outcome, messages), "{fault:?}");
        let again = start_with(&mut desk, &variables(), Some(&chat(&handed))).unwrap();
        assert_eq!((again.outcome, desk.count("/conversation")), (Delivery::Sent, 1), "{fault:?}");
    }
}

#[test]
fn a_chat_is_open_although_its_transcript_is_refused() {
    let mut desk = Desk::default();
    desk.faults.push_back(("/message", Fault::Status(400)));
    let handed = start(&mut desk);
    assert_eq!((&handed.outcome, handed.progress.findings[0].code.word()), (&Delivery::Sent, "transcript-not-sent"));
}

#[test]
fn what_keeps_a_chat_from_being_opened_is_told() {
    for (faults, expected) in [
        (vec![("/access-token", Fault::Status(400))], "HTTP_400"),
        (vec![("/access-token", Fault::Status(401))], "CHAT_TOKEN_OVER"),
        (vec![("/access-token", Fault::Busy(60))], "HTTP_429"),
        (vec![("/conversation", Fault::Status(400))], "HTTP_400"),
    ] {
        let mut desk = Desk::default();
        desk.faults.extend(faults);
        let handed = start(&mut desk);
        assert_eq!((code(&handed.outcome).1, handed.progress.phase), (expected.to_owned(), Phase::Refused));
        assert_eq!(desk.count("/message"), 0);
        let waits = handed.progress.retry_after_seconds;
        assert_eq!(waits, (expected == "HTTP_429").then_some(60));
    }
    // Before anything is sent.
    for (variable, value, expected) in [
        ("last_name", json!(" "), "BLANK_VALUE"),
        ("last_name", json!({}), "UNSUPPORTED_VALUE"),
        ("messages", json!({}), "BAD_TRANSCRIPT"),
        ("step", json!(""), "BAD_IDEMPOTENCY_VALUE"),
        ("step", json!("x".repeat(256)), "BAD_IDEMPOTENCY_VALUE"),
    ] {
        let (mut desk, mut given) = (Desk::default(), variables());
        given[variable] = value;
        let handed = start_with(&mut desk, &given, None).unwrap();
        assert_eq!(code(&handed.outcome), ("failed", expected.to_owned()));
        assert_eq!((handed.progress.requests, handed.progress.chat, desk.asked.len()), (0, None, 0));
        assert_eq!(handed.progress.phase, Phase::Refused);
    }
}

#[test]
fn values_fit_the_form_or_are_left_out() {
    let mut document = settings();
    let row = |attribute: &str| json!({ "source": { "variable": attribute }, "attribute": attribute });
    document["mappings"] = ["_subject", "Topic", "_email"].map(row).to_vec().into();
    let mut desk = Desk::default();
    let given = json!({ "_subject": "a".repeat(30), "Topic": "Weather", "_email": "x".repeat(90), "step": "1" });
    let variables = Variables::parse(&given.to_string()).unwrap();
    let handover = Handover::parse(&document.to_string()).unwrap();
    let handed = handover.start(&variables, None, NOW, None, &mut desk).unwrap();
    assert_eq!(desk.bodies[1]["routingAttributes"], json!({ "_subject": "a".repeat(20) }));
    let codes: Vec<&str> = handed.progress.findings.iter().map(|finding| finding.code.word()).collect();
    assert_eq!(codes, ["absent-variable", "value-cut", "value-left-out", "value-left-out"]);
}

#[test]
fn a_long_conversation_is_cut_into_messages_and_loses_its_beginning() {
    let (mut desk, mut given) = (Desk::default(), variables());
    let line = "How long does it take, and why? ".repeat(10);
    given["messages"] = (0..100).map(|at| json!({ "from": "visitor", "text": format!("{at} {line}") })).collect();
    let handed = start_with(&mut desk, &given, None).unwrap();
    assert_eq!(handed.outcome, Delivery::Sent);
    let texts: Vec<&str> =
        desk.bodies.iter().filter_map(|body| body["message"]["staticContent"]["text"].as_str()).collect();
    assert!((4..=6).contains(&texts.len()) && texts.iter().all(|text| text.len() <= 4_000), "{}", texts.len());
    assert!(texts[0].starts_with("[… ") && texts.last().unwrap().contains("visitor: 99 "));
    assert!(texts.iter().skip(1).all(|text| text.starts_with("visitor: ")), "a message is cut between lines");
    let begins: Vec<bool> = desk.bodies[2..].iter().map(|body| body["isNewMessagingSession"] == true).collect();
    assert_eq!(begins.iter().filter(|begins| **begins).count(), 1);
    assert_eq!(handed.progress.findings[0].code, "value-cut");
}

#[test]
fn settings_are_held_against_the_form_without_a_credential() {
    let prepare = |change: &dyn Fn(&mut Value), form: &dyn Fn(&mut Desk)| {
        let (mut document, mut desk) = (settings(), Desk::default());
        change(&mut document);
        form(&mut desk);
        let prepared = Handover::parse(&document.to_string()).unwrap().prepare(&mut desk);
        assert!(desk.asked.iter().all(|(_, path)| path == TOKEN) && prepared.requests as usize == desk.asked.len());
        let codes: Vec<String> = prepared.findings.iter().map(|finding| finding.code.word().to_owned()).collect();
        (prepared.status, codes.join(" "), prepared)
    };
    let (status, codes, prepared) = prepare(&|_| (), &|_| ());
    assert_eq!(
        (status, codes.as_str(), prepared.forms.files, prepared.forms.fields.len()),
        (Status::Done, "", true, 6)
    );
    let topic = &prepared.forms.fields[4];
    assert_eq!(
        (topic.kind.as_str(), topic.choices.as_slice()),
        ("ChoiceList", ["Billing", "Shipping", "Other"].map(String::from).as_slice())
    );
    let row = |attribute: &str, text: &str| json!({ "source": { "constant": text }, "attribute": attribute });
    for (rows, expected) in [
        (json!([row("_lastname", "Berg"), row("_email", "a")]), "unknown-attribute required-attribute"),
        (json!([row("_lastName", "Berg"), row("_email", "a"), row("Colour", "red")]), "unknown-attribute"),
        (
            json!([row("_lastName", "Berg"), row("_email", "a"), row("_subject", "much longer than twenty")]),
            "constant-does-not-fit",
        ),
        (json!([row("_lastName", "Berg"), row("_email", "a"), row("Topic", "Weather")]), "constant-does-not-fit"),
        (json!([row("_lastName", "Berg")]), "required-attribute"),
    ] {
        let (status, codes, prepared) = prepare(&|settings| settings["mappings"] = rows.clone(), &|_| ());
        assert_eq!((status, codes.as_str()), (Status::Failed, expected));
        assert!(!prepared.findings[0].remedy.get(salesforce_module::base::Language::De).is_empty());
    }
    let (status, codes, _) = prepare(&|_| (), &|desk| desk.form["attachments"]["endUserToAgent"] = false.into());
    assert_eq!((status, codes.as_str()), (Status::Done, "files-off"));
    let refused = |fault: Fault| prepare(&|_| (), &move |desk| desk.faults.push_back(("/access-token", fault.clone())));
    let (status, codes, _) = refused(Fault::Status(404));
    assert_eq!((status, codes.as_str()), (Status::Failed, "deployment-unavailable"));
    let (status, codes, prepared) = refused(Fault::Busy(30));
    assert_eq!(
        (status, codes.as_str(), prepared.retry_after_seconds),
        (Status::Deferred, "deployment-unavailable", Some(30))
    );
}

#[test]
fn the_visitor_ends_the_chat_once() {
    let mut desk = Desk::default();
    let chat = open(&mut desk);
    let ended = handover().end(&chat, NOW, &mut desk).unwrap();
    assert_eq!(
        (&ended.outcome, ended.progress.phase, ended.progress.ended_by),
        (&Delivery::Sent, Phase::Ended, Some(EndedBy::Visitor))
    );
    assert_eq!(desk.asked.last().unwrap().0, "DELETE");
    assert!(desk.asked.last().unwrap().1.starts_with(CONVERSATION));
    let again = handover().end(&super::chat(&ended), NOW, &mut desk).unwrap();
    assert_eq!(again.outcome, Delivery::Sent);
    // A lost answer is no reason to doubt: it is asked for again.
    let mut desk = Desk::default();
    let chat = open(&mut desk);
    desk.faults.push_back(("", Fault::LostAnswer(Kind::CutOff)));
    assert_eq!(handover().end(&chat, NOW, &mut desk).unwrap().outcome, Delivery::Sent);
}
