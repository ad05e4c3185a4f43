//! Whatever the messaging host answers, in its history and its stream: each call ends, what is told is told once, a state can be read again,
//! and nothing that is for a log or for people repeats a token or a word.
//!
//! The first line of an input is the call, the rest are answers of [`super::answers`], one behind the other; the last one is that of all further
//! requests, so that one that is broken for ever must come to an end, too.

use salesforce_module::exchange::{Moment, Transport};
use salesforce_module::handover::{Delivery, Handed, Handover, MAX_STATE_BYTES, Outgoing, OutgoingMessage, Progress};
use salesforce_module::log;
use salesforce_module::value::Variables;
use salesforce_module::wire::{Answer, Request};

use super::answers::answer;
use super::{canary, parts, text};

const SETTINGS: &str = include_str!("set_ups/handover.json");
const NOW: u32 = 1_764_201_600;
/// Requests of one call at most: each can be repeated, looked for and renewed, and a text has eight parts.
const MAX_REQUESTS: usize = 60;
/// Of the settings, in milliseconds.
const DEADLINE: u64 = 20_000;

/// Answers one after the other, and time that passes.
struct Script<'a> {
    answers: Vec<&'a str>,
    with_canary: bool,
    asked: usize,
    clock: u64,
}

impl Transport for Script<'_> {
    fn send(&mut self, request: &Request, within: u64) -> Answer {
        let part = self.answers.get(self.asked).or(self.answers.last()).copied().unwrap_or("200");
        self.asked += 1;
        assert!(self.asked <= MAX_REQUESTS && within <= DEADLINE, "{} requests", self.asked);
        assert!(request.path.starts_with("/iamessage/api/v2/") || request.path == "/eventrouter/v1/sse");
        self.clock += if request.stream { within } else { 10 };
        answer(part, request, self.with_canary)
    }

    fn now(&mut self) -> Moment {
        Moment { elapsed: self.clock, random: 7 }
    }

    fn pause(&mut self, milliseconds: u64) {
        self.clock += milliseconds;
    }
}

pub fn chat_answers(data: &[u8]) {
    let Some(text) = text(data).filter(|text| !canary::is_in(text)) else { return };
    let (call, rest) = text.split_once('\n').unwrap_or((text, ""));
    for with_canary in [false, true] {
        ask(call, rest, with_canary);
    }
}

fn ask(call: &str, rest: &str, with_canary: bool) {
    let handover = Handover::parse(SETTINGS).expect("settings");
    let script = |answers| Script { answers, with_canary, asked: 0, clock: 0 };
    let mut answers = script(parts(rest).collect());
    if call == "prepare" {
        let prepared = handover.prepare(&mut answers);
        return canary::stayed_inside(&prepared.findings);
    }
    if call == "start" {
        return start(&handover, &mut answers, with_canary);
    }
    let mut opening = script(vec!["200\n{\"accessToken\":\"token\",\"lastEventId\":\"0\"}", "201"]);
    opening.with_canary = false;
    let opened = start_with(&handover, &mut opening);
    let chat = opened.progress.chat.expect("a chat").reveal().to_owned();
    // Events of a stream name it.
    let rest = rest.replace("@conversation", opened.progress.conversation.as_deref().unwrap_or_default());
    let mut answers = script(parts(&rest).collect());
    match call {
        "receive" => receive(&handover, chat, || script(parts(&rest).collect())),
        "end" => {
            handed(&handover, &handover.end(&chat, NOW, &mut answers).expect("a chat"));
        }
        "text" | "again" | "file" => {
            let content = match call {
                "file" => Outgoing::File {
                    name: "a.png".to_owned(),
                    media_type: "image/png".to_owned(),
                    content: salesforce_module::value::Content::new(vec![0, 1, 2]),
                },
                _ => Outgoing::Text("Hello".to_owned()),
            };
            let message = OutgoingMessage { key: "1".to_owned(), again: call == "again", content };
            let sent = handover.send(&chat, &message, NOW, &mut answers).expect("a chat");
            if sent.outcome == Delivery::Sent {
                assert!(answers.asked > 0, "nothing was asked");
            }
            handed(&handover, &sent);
        }
        _ => {}
    }
}

/// Three times with the same answers: the second time may get as far as a stream that the first one did not need, and the third one has nothing
/// that was not told.
fn receive<'a>(handover: &Handover, mut chat: String, answers: impl Fn() -> Script<'a>) {
    for call in 1..=3 {
        let received = handover.receive(&chat, 5, NOW, &mut answers()).expect("a chat");
        canary::stayed_inside(&(&received.error, &received.progress.findings, log::received(&received)));
        let Some(next) = held(handover, &received.progress) else { return };
        chat = next;
        if received.error.is_some() {
            return;
        }
        assert!(call < 3 || received.events.is_empty(), "told again: {:?}", received.events);
    }
}

fn start_with(handover: &Handover, answers: &mut Script) -> Handed {
    let variables = Variables::parse("{\"email\":\"a@example.com\",\"step\":\"1\"}").expect("variables");
    handover.start(&variables, None, NOW, None, answers).expect("good settings")
}

fn start(handover: &Handover, answers: &mut Script, with_canary: bool) {
    let started = start_with(handover, answers);
    // The token is in the answer; in a state it is, and nowhere else.
    assert!(!with_canary || started.progress.chat.is_none() || started.progress.conversation.is_some());
    handed(handover, &started);
}

fn handed(handover: &Handover, handed: &Handed) {
    canary::stayed_inside(&(&handed.outcome, &handed.progress.findings, log::handed(handed)));
    held(handover, &handed.progress);
}

/// The state, which is one.
fn held(handover: &Handover, progress: &Progress) -> Option<String> {
    let chat = progress.chat.as_ref()?.reveal().to_owned();
    assert!(chat.len() <= MAX_STATE_BYTES, "{} bytes", chat.len());
    let mut nothing = |_: &Request| -> Answer { panic!("it asks although the message is none") };
    let message = OutgoingMessage { key: String::new(), again: false, content: Outgoing::Text("Hi".to_owned()) };
    let refused = handover.send(&chat, &message, NOW, &mut nothing).expect_err("no key");
    assert_eq!(refused.first().map(|finding| finding.code.word()), Some("bad-message"), "a state that cannot be read");
    Some(chat)
}
