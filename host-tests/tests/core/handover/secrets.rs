//! What a guest's token can do, it can do anywhere: neither it nor what people write is shown.

use salesforce_module::handover::MAX_STATE_BYTES;
use salesforce_module::{audit::Audit, log, salesforce::Domain};

use super::desk::Fault;
use super::*;

fn hides(shown: &str, secrets: &[&str]) {
    for secret in secrets {
        assert!(!shown.contains(secret), "{secret}: {shown}");
    }
}

#[test]
fn neither_debug_nor_a_log_nor_a_finding_shows_a_secret_or_a_word() {
    let secrets = ["token-1", "canary", "Berg", "anna.berg", "Maya", "Where is my parcel"];
    let mut desk = Desk::default();
    let handed = start(&mut desk);
    let mut chat = chat(&handed);
    hides(&format!("{handed:?} {}", json!(log::handed(&handed))), &secrets);
    desk.joins();
    desk.says("canary");
    desk.routes("Initial", "RoutingError", &json!("canary"));
    let received = receive(&mut desk, &mut chat, 0);
    assert_eq!(received.events.len(), 3);
    // What the settings' `store` asks for is for the flow, and not for the log.
    let line = json!(log::received(&received));
    hides(&line.to_string(), &secrets);
    hides(&format!("{:?} {:?}", received.events, received.progress.chat), &secrets);
    assert_eq!(line["events"], json!({ "joined": 1, "message": 1, "refused": 1 }));
    assert_eq!(line["conversation"], desk.conversation());
    let domain = Domain::parse("example.my.salesforce.com").unwrap();
    let audit = Audit::new(&domain, "{}", None).unwrap().named(received.progress.correlation.clone());
    assert_eq!(json!(audit.note(log::received(&received)))["correlation"], "conversation-4711");
    for fault in [Fault::Status(400), Fault::Status(403), Fault::Status(500)] {
        desk.faults.push_back(("/message", fault));
        let sent = send(&mut desk, &chat, &text("canary-key", "canary"));
        hides(&format!("{:?} {}", sent.outcome, json!(log::handed(&sent))), &secrets);
    }
    for bad in ["canary", &format!("{chat}x"), &chat.replacen("\"v\":1", "\"v\":\"canary\"", 1)] {
        let findings = handover().receive(bad, 0, NOW, &mut desk).unwrap_err();
        hides(&format!("{findings:?}"), &secrets);
    }
    let plan = handover().plan(&Variables::parse(&variables().to_string()).unwrap());
    hides(&format!("{:?}", plan.0.unwrap().0.headers), &["token"]);
}

#[test]
fn a_state_is_bounded_whatever_it_would_hold() {
    let mut document = settings();
    let row = |at: usize| json!({ "source": { "variable": format!("v{at}") }, "attribute": format!("a{at}") });
    document["mappings"] = (0..40).map(row).collect::<Vec<_>>().into();
    let mut given = json!({ "step": "1" });
    for at in 0..40 {
        given[format!("v{at}")] = "x".repeat(200).into();
    }
    let variables = Variables::parse(&given.to_string()).unwrap();
    let mut desk = Desk::default();
    let handover = || Handover::parse(&document.to_string()).unwrap();
    let handed = handover().start(&variables, None, NOW, Some("c".repeat(200)), &mut desk).unwrap();
    assert_eq!(handed.outcome, Delivery::Sent);
    let mut chat = chat(&handed);
    for at in 0..300 {
        desk.says(&format!("{at} {}", "y".repeat(200)));
    }
    desk.changes("add", "Agent", &"😀".repeat(300));
    for _ in 0..3 {
        let received = handover().receive(&chat, 0, NOW, &mut desk).unwrap();
        chat = received.progress.chat.unwrap().reveal().to_owned();
        assert!(chat.len() <= MAX_STATE_BYTES, "{}", chat.len());
    }
    assert_eq!(handover().receive(&chat, 0, NOW, &mut desk).unwrap().events.len(), 0);
}

#[test]
fn nothing_of_an_answer_is_an_address() {
    // The desk asserts for each request that its path is one of the API's; here answers name others.
    let mut desk = Desk::default();
    desk.form["url"] = "https://evil.example.com".into();
    let mut chat = open(&mut desk);
    let file = json!({ "name": "a", "url": "https://evil.example.com/a" });
    let content = json!({ "formatType": "Attachments", "attachments": [file] });
    let message = json!({ "id": "../evil", "messageType": "StaticContentMessage", "staticContent": content });
    desk.note("Message", &json!({ "role": "Agent", "name": "M" }), json!({ "abstractMessage": message }));
    receive(&mut desk, &mut chat, 1);
    let id = desk.conversation();
    let known = |path: &str| path.split('/').all(|part| part != ".." && !part.contains("evil"));
    assert!(desk.asked.iter().all(|(_, path)| known(path)), "{:?}", desk.asked);
    assert_eq!(handover().host().as_str(), "example.my.salesforce-scrt.com");
    assert!(desk.asked.iter().any(|(_, path)| path.contains(&id)));
}
