//! A hand-over to a person, against an org that is a closure: what is sent, what is told, and what becomes of what is lost.

mod desk;
mod opening;
mod order;
mod plan;
mod random;
mod receiving;
mod secrets;
mod sending;
mod splits;

use desk::Desk;
use salesforce_module::base::Finding;
use salesforce_module::handover::{
    ChatEvent, Content, Delivery, Handed, Handover, Occurrence, Outgoing, OutgoingMessage, Received,
};
use salesforce_module::value::Variables;
use serde_json::{Value, json};

/// The host's clock when the chat begins, in seconds.
const NOW: u32 = 1_764_201_600;

fn settings() -> Value {
    json!({
        "mode": "handover",
        "deploymentDomain": "example.my.salesforce.com",
        "organizationId": "00DHn0000000001",
        "deployment": "Chat_Engine",
        "language": "de",
        "mappings": [
            { "source": { "variable": "last_name" }, "attribute": "_lastName", "whenBlank": "fail" },
            { "source": { "variable": "customer_email" }, "attribute": "_email" },
            { "source": { "variable": "case_id" }, "attribute": "Case_Id" },
        ],
        "transcript": { "variable": "messages" },
        "idempotency": { "variable": "step" },
        "store": { "/conversationId": "chat_id", "/phase": "chat_phase", "/endedBy": "chat_ended_by", "/agent": "agent" },
    })
}

fn variables() -> Value {
    json!({
        "last_name": "Berg", "customer_email": "anna.berg@example.com", "case_id": "500Hn0000000001AAA",
        "messages": [{ "from": "visitor", "text": "Where is my parcel?" }, { "from": "bot", "text": "One moment." }],
        "step": "conversation-4711/step-3",
    })
}

fn handover() -> Handover {
    Handover::parse(&settings().to_string()).unwrap()
}

fn start_with(desk: &mut Desk, variables: &Value, earlier: Option<&str>) -> Result<Handed, Vec<Finding>> {
    let variables = Variables::parse(&variables.to_string()).unwrap();
    handover().start(&variables, earlier, NOW, Some("conversation-4711".to_owned()), desk)
}

fn start(desk: &mut Desk) -> Handed {
    start_with(desk, &variables(), None).unwrap()
}

/// The state of a chat that is open.
fn open(desk: &mut Desk) -> String {
    let handed = start(desk);
    assert_eq!(handed.outcome, Delivery::Sent);
    desk.clock = 0;
    chat(&handed)
}

fn chat(handed: &Handed) -> String {
    handed.progress.chat.as_ref().unwrap().reveal().to_owned()
}

fn text(key: &str, text: &str) -> OutgoingMessage {
    OutgoingMessage { key: key.to_owned(), again: false, content: Outgoing::Text(text.to_owned()) }
}

fn send(desk: &mut Desk, chat: &str, message: &OutgoingMessage) -> Handed {
    desk.clock = 0;
    handover().send(chat, message, NOW, desk).unwrap()
}

fn receive(desk: &mut Desk, chat: &mut String, wait: u32) -> Received {
    desk.clock = 0;
    let received = handover().receive(chat, wait, NOW, desk).unwrap();
    *chat = received.progress.chat.as_ref().unwrap().reveal().to_owned();
    received
}

/// Events in a few words.
fn told(events: &[ChatEvent]) -> Vec<String> {
    let told = |event: &ChatEvent| match &event.what {
        Occurrence::Joined(who) => format!("joined {}", who.name),
        Occurrence::Left(who) => format!("left {}", who.name),
        Occurrence::Message { author, content: Content::Text(text), .. } => format!("{}: {text}", author.name),
        Occurrence::Message { author, content: Content::Files(files), .. } => {
            format!("{} sends {}", author.name, files[0].name)
        }
        Occurrence::Message { content: Content::Options(text, options), .. } => format!("{text} {options:?}"),
        Occurrence::Message { content: Content::Unsupported(kind), .. } => format!("shows {kind}"),
        Occurrence::Queue(before) => format!("queue {before}"),
        Occurrence::Typing(started) => format!("typing {started}"),
        Occurrence::Refused(reason) => format!("refused {}", reason.as_deref().unwrap_or("-")),
        Occurrence::Ended(by) => format!("ended by {}", by.name()),
    };
    events.iter().map(told).collect()
}

fn code(outcome: &Delivery) -> (&'static str, String) {
    match outcome {
        Delivery::Sent => ("sent", String::new()),
        Delivery::Unknown(error) => ("unknown", error.code.to_string()),
        Delivery::Failed(error) => ("failed", error.code.to_string()),
    }
}
