//! The module's hand-over against the simulator's messaging host: what the one sends is what the other takes.

mod lost;
mod matrix;
mod talks;

use host_tests::simulator::fault::messaging::name_of;
use host_tests::simulator::{Org, Request};
use jiff::{SignedDuration, Timestamp};
use salesforce_module::exchange::{Moment, Transport};
use salesforce_module::handover::{
    ChatEvent, Content, Delivery, Handed, Handover, Occurrence, Outgoing, OutgoingMessage, Phase, Received,
};
use salesforce_module::value::Variables;
use salesforce_module::wire::{self, Answer, Response, TransportError, TransportErrorKind, sse};
use serde_json::{Value, json};

/// What becomes of a request.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Loss {
    /// It is carried out, and its answer is lost.
    Answer(TransportErrorKind),
    /// It never arrives.
    Request(TransportErrorKind),
    /// There is no connection.
    Unsent,
    /// Something answers in the org's place.
    Status(u16),
    /// It is carried out, and this is the answer.
    Late(u16),
    /// It is carried out, and half of the answer's body comes.
    Half,
    /// It is carried out, and the answer is a success with this body.
    Body(&'static str),
}

/// Requests that go wrong.
#[derive(Clone, Copy, Debug)]
enum On {
    /// The one with this number, from 1.
    Number(usize),
    /// The next ones of this name, so many.
    Name(&'static str, usize),
}

/// The way to an org, a chat at its one end, and time that passes when something waits.
pub struct Way {
    org: Org,
    now: Timestamp,
    began: Timestamp,
    /// The requests so far.
    asked: Vec<String>,
    loss: Option<(On, Loss)>,
    chat: String,
    settings: Value,
    variables: Value,
}

fn settings(deployment: &str) -> Value {
    json!({
        "mode": "handover",
        "deploymentDomain": "example.my.salesforce.com",
        "organizationId": "00DHn0000000001",
        "deployment": deployment,
        "language": "de",
        "mappings": [
            { "source": { "variable": "last_name" }, "attribute": "_lastName" },
            { "source": { "variable": "email" }, "attribute": "_email" },
        ],
        "transcript": { "variable": "messages" },
        "idempotency": { "variable": "step" },
        "store": { "/conversationId": "chat_id", "/phase": "chat_phase", "/endedBy": "chat_ended_by", "/agent": "agent" },
    })
}

fn variables() -> Value {
    json!({
        "last_name": "Berg", "email": "anna.berg@example.com",
        "messages": [{ "from": "visitor", "text": "Where is my parcel?" }],
        "step": "conversation-4711/step-3",
    })
}

impl Way {
    fn new(agents: Value) -> Way {
        Way::to("Chat_Engine", agents)
    }

    fn to(deployment: &str, agents: Value) -> Way {
        let mut way = Way::at(Org::new(), settings(deployment), variables());
        if !agents.is_null() {
            way.org.add_agents(&agents, way.now).unwrap();
        }
        way
    }

    /// A chat of these settings that is to be opened at this org.
    pub fn at(org: Org, settings: Value, variables: Value) -> Way {
        let now = "2026-11-22T10:00:00Z".parse().unwrap();
        Way { org, now, began: now, asked: Vec::new(), loss: None, chat: String::new(), settings, variables }
    }

    fn handover(&self) -> Handover {
        Handover::parse(&self.settings.to_string()).unwrap()
    }

    /// The host's clock, when a call begins.
    fn call(&mut self) -> u32 {
        self.began = self.now;
        u32::try_from(self.now.as_second()).unwrap()
    }

    fn wait(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    pub fn start(&mut self, earlier: Option<&str>) -> Handed {
        let now = self.call();
        let variables = Variables::parse(&self.variables.to_string()).unwrap();
        let handed = self.handover().start(&variables, earlier, now, None, self).unwrap();
        if let Some(chat) = &handed.progress.chat {
            self.chat = chat.reveal().to_owned();
        }
        handed
    }

    fn open(&mut self) {
        let handed = self.start(None);
        assert_eq!(handed.outcome, Delivery::Sent, "{handed:#?}");
    }

    fn send(&mut self, key: &str, content: Outgoing) -> Handed {
        self.send_as(key, content, false)
    }

    fn send_as(&mut self, key: &str, content: Outgoing, again: bool) -> Handed {
        let now = self.call();
        let message = OutgoingMessage { key: key.into(), again, content };
        let chat = self.chat.clone();
        let handed = self.handover().send(&chat, &message, now, self).unwrap();
        self.chat = handed.progress.chat.as_ref().unwrap().reveal().to_owned();
        handed
    }

    fn say(&mut self, text: &str) {
        let key: String = text.chars().take(40).collect();
        let handed = self.send(&key, Outgoing::Text(text.into()));
        assert_eq!(handed.outcome, Delivery::Sent, "{handed:#?}");
    }

    fn receive(&mut self, wait: u32) -> Received {
        let now = self.call();
        let chat = self.chat.clone();
        let received = self.handover().receive(&chat, wait, now, self).unwrap();
        self.chat = received.progress.chat.as_ref().unwrap().reveal().to_owned();
        received
    }

    /// All that is told until the chat rests, and the phase.
    fn told(&mut self, wait: u32) -> (Vec<String>, Phase) {
        let received = self.receive(wait);
        assert!(received.error.is_none(), "{received:#?}");
        (told(&received.events), received.progress.phase)
    }

    /// What a test or an agent does at the org.
    fn control(&mut self, target: &str, body: Value) -> Value {
        let path = format!("/simulator/{target}");
        let (method, body) = if body.is_null() { ("GET", String::new()) } else { ("POST", body.to_string()) };
        let request = Request { method: method.into(), path, body: body.into_bytes(), ..Request::default() };
        let answer = self.org.handle(&request, self.now);
        assert!(answer.status < 300, "{target}: {}", answer.json());
        answer.json()
    }

    /// The one conversation, as agents see it.
    pub fn seen(&mut self) -> Value {
        let desk = self.control("agent", Value::Null);
        let conversations = desk["conversations"].as_array().unwrap();
        assert_eq!(conversations.len(), 1, "one step opens one chat");
        conversations[0].clone()
    }

    fn agent(&mut self, action: &str, mut body: Value) {
        body["conversationId"] = self.seen()["conversationId"].clone();
        self.control(&format!("agent/{action}"), body);
    }

    /// What agents read of the visitor.
    pub fn read(&mut self) -> Vec<String> {
        let entries = self.seen()["entries"].clone();
        let own = entries.as_array().unwrap().iter().filter(|entry| entry["role"] == "EndUser");
        own.filter_map(|entry| entry["text"].as_str().map(str::to_owned)).collect()
    }

    /// As the simulator takes it.
    fn request(request: &wire::Request) -> Request {
        let (path, query) = match request.path.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (request.path.as_str(), None),
        };
        let own = request.headers.0.iter().map(|(name, value)| (name.to_ascii_lowercase(), value.clone()));
        let mut headers: Vec<(String, String)> = own.collect();
        headers.push(("host".into(), "example.my.salesforce-scrt.com".into()));
        if !request.body.is_empty() {
            headers.push(("content-type".into(), request.media_type().into_owned()));
        }
        let body = request.pieces().flat_map(|piece| piece.into_owned()).collect();
        Request { method: request.method.into(), path: path.into(), query, headers, body }
    }

    fn carry_out(&mut self, request: &wire::Request) -> Response {
        let answer = self.org.handle(&Way::request(request), self.now);
        let header = |name| answer.header(name).map(ToOwned::to_owned);
        Response {
            status: answer.status,
            retry_after: header("Retry-After"),
            limit_info: header("Sforce-Limit-Info"),
            body: answer.body,
        }
    }

    /// A stream is read until something is heard, or the time is over.
    fn listen(&mut self, request: &wire::Request, within: u64) -> Response {
        let mut left = within;
        loop {
            let answer = self.carry_out(request);
            if answer.status != 200 || sse::is_heard(&answer.body) || left == 0 {
                return answer;
            }
            let pause = left.min(500);
            left -= pause;
            self.pause(pause);
        }
    }
}

impl Way {
    /// What goes wrong with the newest request.
    fn wrong(&mut self, request: &wire::Request) -> Option<Loss> {
        let (on, loss) = self.loss.as_mut()?;
        let is_hit = match on {
            On::Number(number) => *number == self.asked.len(),
            On::Name(name, left) => {
                let is_it = *left > 0 && name_of(&Way::request(request)) == Some(*name);
                *left -= usize::from(is_it);
                is_it
            }
        };
        is_hit.then_some(*loss)
    }

    fn lost(&mut self, kind: TransportErrorKind, not_sent: bool, within: u64) -> Answer {
        if kind == TransportErrorKind::Timeout {
            self.pause(within);
        }
        Err(TransportError { kind, not_sent })
    }
}

impl Transport for Way {
    fn send(&mut self, request: &wire::Request, within: u64) -> Answer {
        self.asked.push(format!("{} {}", request.method, request.path));
        let status = |status, body: &str| Response { status, body: body.as_bytes().to_vec(), ..Response::default() };
        let canary = r#"[{"errorCode":"SOMETHING_NEW","message":"canary"}]"#;
        match self.wrong(request) {
            None if request.stream => Ok(self.listen(request, within)),
            None => Ok(self.carry_out(request)),
            Some(Loss::Request(kind)) => self.lost(kind, false, within),
            Some(Loss::Unsent) => self.lost(TransportErrorKind::Connect, true, within),
            Some(Loss::Status(code)) => Ok(status(code, canary)),
            Some(loss) => {
                let mut answer = if request.stream { self.listen(request, within) } else { self.carry_out(request) };
                match loss {
                    Loss::Answer(kind) => return self.lost(kind, false, within),
                    Loss::Late(code) => return Ok(status(code, canary)),
                    Loss::Body(body) => answer.body = body.as_bytes().to_vec(),
                    _ => answer.body.truncate(answer.body.len() / 2),
                }
                Ok(answer)
            }
        }
    }

    fn now(&mut self) -> Moment {
        let elapsed = self.now.duration_since(self.began).as_millis();
        Moment { elapsed: u64::try_from(elapsed).unwrap(), random: 7 }
    }

    fn pause(&mut self, milliseconds: u64) {
        self.now += SignedDuration::from_millis(i64::try_from(milliseconds).unwrap());
    }
}

/// Events in a few words.
fn told(events: &[ChatEvent]) -> Vec<String> {
    let told = |event: &ChatEvent| match &event.what {
        Occurrence::Joined(who) => format!("joined {}", who.name),
        Occurrence::Left(who) => format!("left {}", who.name),
        Occurrence::Message { author, content, .. } => match content {
            Content::Text(text) => format!("{}: {text}", author.name),
            Content::Files(files) => format!("{} sends {}", author.name, files[0].name),
            Content::Options(text, options) => format!("{text} ({} options)", options.len()),
            Content::Unsupported(kind) => format!("shows {kind}"),
        },
        Occurrence::Queue(before) => format!("queue {before}"),
        Occurrence::Typing(started) => format!("typing {started}"),
        Occurrence::Refused(reason) => format!("refused: {}", reason.as_deref().unwrap_or("-")),
        Occurrence::Ended(by) => format!("ended by {}", by.name()),
    };
    events.iter().map(told).collect()
}
