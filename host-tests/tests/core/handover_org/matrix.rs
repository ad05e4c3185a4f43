//! The fault matrix of a hand-over: each request with each fault, once and for some time, over a whole chat, by a host that does what it
//! is told. Nothing is there twice, nothing is told twice or out of order, what is lost is told, and no text has a secret.

use host_tests::simulator::fault::messaging::NAMES;
use salesforce_module::handover::{ChatEvent, Delivery, Handed, Outgoing, Phase};
use salesforce_module::log;
use salesforce_module::report::{RecordError, Retry, Status};
use salesforce_module::value::Content as Bytes;
use salesforce_module::wire::TransportErrorKind as Kind;
use serde_json::{Value, json};

use super::{Loss, On, Way};

/// The module makes these requests and no others of the messaging host.
const REQUESTS: [&str; 9] =
    ["token", "continuation", "conversation", "status", "message", "file", "entries", "stream", "close"];
/// A fault that stays, until the host has made [`PATIENCE`] calls in vain.
const STAYS: usize = usize::MAX;
const PATIENCE: usize = 3;
/// Calls for one thing, at most.
const MAX_CALLS: usize = 12;
/// Of the settings, in milliseconds.
const DEADLINE: i64 = 20_000;
/// One call's requests: each can be repeated, looked for and renewed.
const MAX_REQUESTS: u32 = 30;

fn losses() -> Vec<Loss> {
    let kinds = [Kind::CutOff, Kind::Timeout, Kind::Other];
    let lost = kinds.into_iter().flat_map(|kind| [Loss::Answer(kind), Loss::Request(kind)]);
    let refused = [400, 401, 403, 404, 409, 413, 415, 417, 429, 500, 502, 503].map(Loss::Status);
    let bodies = ["", "{", "null", "<h1>Sorry</h1>", "Jwt is expired"].map(Loss::Body);
    let others = [Loss::Answer(Kind::TooLarge), Loss::Unsent, Loss::Late(500), Loss::Late(503), Loss::Half];
    lost.chain(refused).chain(bodies).chain(others).collect()
}

/// What became of something that the host wanted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum End {
    Sent,
    Failed,
    Unknown,
}

/// A host with one chat, and what it knows of it.
struct Host {
    way: Way,
    /// How long it waits for events, in seconds.
    wait: u32,
    phase: Phase,
    /// What the person said, as the visitor was told.
    heard: Vec<String>,
    /// An answer said that it is over although no one has ended it.
    lost: bool,
    calls: usize,
}

impl Host {
    fn new(on: On, loss: Loss, wait: u32) -> Host {
        let replies = (0..20).map(|at| json!({ "after": "message", "say": format!("canary reply {at}") }));
        let script: Vec<Value> = std::iter::once(json!({ "say": "canary greeting" })).chain(replies).collect();
        let mut way = Way::new(script.into());
        way.loss = Some((on, loss));
        Host { way, wait, phase: Phase::Waiting, heard: Vec::new(), lost: false, calls: 0 }
    }

    /// Each call is within its bounds.
    fn is_bounded(&mut self, requests: u32) {
        let took = self.way.now.duration_since(self.way.began).as_millis();
        assert!(took <= i128::from(DEADLINE + 1_000), "it took {took} ms: {:#?}", self.way.asked);
        assert!(requests <= MAX_REQUESTS, "{requests} requests: {:#?}", self.way.asked);
        self.calls += 1;
    }

    /// Some time later, and by and by the fault is over.
    fn again(&mut self, tries: usize, after: Option<u32>) {
        self.way.wait(i64::from(after.unwrap_or(0).max(10)));
        if tries >= PATIENCE {
            self.way.loss = None;
        }
    }

    fn handed(&mut self, handed: &Handed) -> End {
        self.is_bounded(handed.progress.requests);
        self.phase = handed.progress.phase;
        let error = match &handed.outcome {
            Delivery::Sent => None,
            Delivery::Unknown(error) | Delivery::Failed(error) => Some(error),
        };
        hides(&format!("{handed:?} {} {}", json!(log::handed(handed)), words(error)));
        self.over(error);
        match &handed.outcome {
            Delivery::Sent => End::Sent,
            Delivery::Failed(_) => End::Failed,
            Delivery::Unknown(_) => End::Unknown,
        }
    }

    fn over(&mut self, error: Option<&RecordError>) {
        let code = error.map(|error| error.code.to_string()).unwrap_or_default();
        if ["CHAT_TOKEN_OVER", "CHAT_ENDED"].contains(&code.as_str()) && self.phase != Phase::Refused {
            assert_eq!(self.phase, Phase::Ended, "{code}");
        }
        self.lost |= self.phase == Phase::Ended;
    }

    fn start(&mut self) -> End {
        let mut earlier: Option<String> = None;
        for tries in 1..=MAX_CALLS {
            let handed = self.way.start(earlier.as_deref());
            let end = self.handed(&handed);
            if let Some(chat) = &handed.progress.chat {
                earlier = Some(chat.reveal().to_owned());
            }
            match (end, &handed.outcome) {
                (End::Sent, _) => {
                    assert!(matches!(self.phase, Phase::Waiting | Phase::Ended), "{:?}", self.phase);
                    return end;
                }
                (End::Failed, Delivery::Failed(error)) => {
                    assert!(matches!(self.phase, Phase::Refused | Phase::Ended), "{:?}", self.phase);
                    if error.retry == Retry::Never {
                        return end;
                    }
                }
                _ => assert_eq!(self.phase, Phase::Waiting),
            }
            self.again(tries, handed.progress.retry_after_seconds);
        }
        panic!("it cannot be opened: {:#?}", self.way.asked);
    }

    fn say(&mut self, key: &str, content: &Outgoing) -> End {
        let mut again = false;
        for tries in 1..=MAX_CALLS {
            let handed = self.way.send_as(key, content.clone(), again);
            let end = self.handed(&handed);
            match &handed.outcome {
                Delivery::Failed(error) if error.retry == Retry::Never => return end,
                Delivery::Sent => return end,
                Delivery::Failed(_) => {}
                Delivery::Unknown(_) => again = true,
            }
            self.again(tries, handed.progress.retry_after_seconds);
        }
        End::Unknown
    }

    fn hear(&mut self) {
        for tries in 1..=MAX_CALLS {
            let received = self.way.receive(self.wait);
            self.is_bounded(received.progress.requests);
            self.phase = received.progress.phase;
            hides(&format!("{received:?} {} {}", json!(log::received(&received)), words(received.error.as_ref())));
            self.over(received.error.as_ref());
            let said = |event: &ChatEvent| super::told(std::slice::from_ref(event)).pop();
            let told = received.events.iter().filter_map(said);
            self.heard.extend(told.filter_map(|line| line.strip_prefix("Maya: ").map(str::to_owned)));
            if received.error.is_none() && received.events.is_empty() || self.lost {
                return;
            }
            self.again(tries, received.progress.retry_after_seconds);
        }
    }

    fn end(&mut self) -> End {
        for tries in 1..=MAX_CALLS {
            let (now, chat) = (self.way.call(), self.way.chat.clone());
            let handed = self.way.handover().end(&chat, now, &mut self.way).unwrap();
            let end = self.handed(&handed);
            match &handed.outcome {
                Delivery::Sent => {
                    assert_eq!(self.phase, Phase::Ended);
                    return end;
                }
                Delivery::Failed(error) if error.retry == Retry::Never => return end,
                _ => self.again(tries, handed.progress.retry_after_seconds),
            }
        }
        panic!("it cannot be ended: {:#?}", self.way.asked);
    }

    /// Texts and files of messages of this role, in the order in which the org has them.
    fn entries(&mut self, role: &str) -> Vec<String> {
        let entries = self.way.seen()["entries"].clone();
        let own =
            entries.as_array().unwrap().iter().filter(|entry| entry["role"] == role && entry["type"] == "Message");
        let text = |entry: &Value| match entry["files"][0]["name"].as_str() {
            Some(name) => name.to_owned(),
            None => entry["text"].as_str().unwrap().to_owned(),
        };
        own.map(text).collect()
    }
}

/// What people can read of an error.
fn words(error: Option<&RecordError>) -> String {
    error.map_or_else(String::new, |error| format!("{} {:?}", error.code, error.message))
}

fn hides(text: &str) {
    for secret in ["eyJ", "Berg", "anna.berg", "Where is my parcel", "canary"] {
        assert!(!text.contains(secret), "{secret}: {text}");
    }
}

/// A whole chat: it is opened, has three messages, an answer to each, and its end. The token is renewed within.
fn talk(on: On, loss: Loss, wait: u32) {
    let mut host = Host::new(on, loss, wait);
    if host.start() == End::Failed {
        let desk = host.way.control("agent", Value::Null);
        assert!(desk["conversations"].as_array().unwrap().len() <= 1);
        return;
    }
    host.hear();
    let content = Bytes::new(b"photo".to_vec());
    let file = Outgoing::File { name: "photo.png".into(), media_type: "image/png".into(), content };
    let messages = [
        ("one", Outgoing::Text("canary one".into()), "canary one"),
        ("photo", file, "photo.png"),
        ("two", Outgoing::Text("canary two".into()), "canary two"),
    ];
    let mut ends = Vec::new();
    for (key, content, known) in &messages {
        if key == &"two" {
            host.way.wait(16 * 60);
        }
        ends.push((*known, host.say(key, content)));
        host.hear();
    }
    let lost = host.lost;
    // What stayed away for as long as the fault did is told now.
    host.way.loss = None;
    host.hear();
    let arrived = host.entries("EndUser");
    for (known, end) in ends {
        let times = arrived.iter().filter(|text| *text == known).count();
        let expected = match end {
            End::Sent => times == 1,
            End::Failed => times == 0,
            End::Unknown => times <= 1,
        };
        assert!(expected, "{known}: {end:?}, and there {times} times");
    }
    let order: Vec<&String> = arrived.iter().filter(|text| text.contains("canary") || *text == "photo.png").collect();
    let mut sorted = order.clone();
    sorted.sort_by_key(|text| messages.iter().position(|(_, _, known)| known == &text.as_str()));
    assert_eq!(order, sorted);
    let said = host.entries("Agent");
    assert!(said.starts_with(&host.heard), "{:?} of {said:?}", host.heard);
    assert!(lost || host.heard == said, "{:?} of {said:?}", host.heard);
    host.way.loss = Some((on, loss));
    host.end();
}

#[test]
fn the_matrix_has_each_request_that_the_module_makes() {
    assert!(REQUESTS.iter().all(|request| NAMES.contains(request)));
    let mut host = Host::new(On::Number(0), Loss::Unsent, 10);
    host.way.open();
    host.hear();
    host.say("one", &Outgoing::Text("one".into()));
    let content = Bytes::new(b"photo".to_vec());
    host.say("two", &Outgoing::File { name: "photo.png".into(), media_type: "image/png".into(), content });
    host.way.wait(16 * 60);
    host.hear();
    host.end();
    // The routing is asked for where something is in doubt.
    for request in REQUESTS.iter().filter(|request| **request != "status") {
        let is_made = host.way.asked.iter().any(|asked| {
            let (method, path) = asked.split_once(' ').unwrap();
            let path = path.split('?').next().unwrap().to_owned();
            let asked = host_tests::simulator::Request { method: method.into(), path, ..Default::default() };
            super::name_of(&asked) == Some(*request)
        });
        assert!(is_made, "{request}: {:#?}", host.way.asked);
    }
}

fn sweep(request: &'static str) {
    for loss in losses() {
        for times in [1, STAYS] {
            for wait in [0, 10] {
                let cell = std::panic::catch_unwind(|| talk(On::Name(request, times), loss, wait));
                assert!(cell.is_ok(), "{request} {loss:?} {times} times, wait {wait}");
            }
        }
    }
}

#[test]
fn whatever_happens_to_a_token() {
    sweep("token");
}

#[test]
fn whatever_happens_to_a_renewal() {
    sweep("continuation");
}

#[test]
fn whatever_happens_to_the_opening() {
    sweep("conversation");
}

#[test]
fn whatever_happens_to_a_question_about_the_conversation() {
    sweep("status");
}

#[test]
fn whatever_happens_to_a_message() {
    sweep("message");
}

#[test]
fn whatever_happens_to_a_file() {
    sweep("file");
}

#[test]
fn whatever_happens_to_the_history() {
    sweep("entries");
}

#[test]
fn whatever_happens_to_the_stream() {
    sweep("stream");
}

#[test]
fn whatever_happens_to_the_end() {
    sweep("close");
}

#[test]
fn whatever_happens_to_the_check_of_a_deployment() {
    for loss in losses() {
        for times in [1, STAYS] {
            let mut way = Way::new(Value::Null);
            way.loss = Some((On::Name("token", times), loss));
            let prepared = way.handover().prepare(&mut way);
            hides(&format!("{prepared:?}"));
            let is_told = prepared.findings.iter().any(|finding| finding.code == "deployment-unavailable");
            assert_eq!(prepared.status == Status::Done, !is_told, "{loss:?} {times}: {prepared:#?}");
            let desk = way.control("agent", Value::Null);
            assert_eq!(desk["conversations"], json!([]), "{loss:?}");
            if times == 1 {
                way.loss = None;
                assert_eq!(way.handover().prepare(&mut way).status, Status::Done);
            }
        }
    }
}
