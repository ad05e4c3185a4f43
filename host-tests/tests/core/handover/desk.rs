//! An org that talks, as far as the messaging API is known: tokens, one conversation, its history and its stream. What is
//! doubtful about it is a switch.

use std::collections::VecDeque;

use salesforce_module::exchange::{Moment, Transport};
use salesforce_module::wire::{Answer, Request, Response, TransportError, TransportErrorKind};
use serde_json::{Value, json};

pub const TOKEN: &str = "/iamessage/api/v2/authorization/unauthenticated/access-token";
pub const RENEWAL: &str = "/iamessage/api/v2/authorization/continuation-access-token";
pub const CONVERSATION: &str = "/iamessage/api/v2/conversation";
pub const STREAM: &str = "/eventrouter/v1/sse";
/// The time of the first entry.
pub const BEGAN: u64 = 1_764_201_600_000;

/// What becomes of a request, other than what it asks for.
#[derive(Clone, Debug)]
pub enum Fault {
    /// Answered as usual: those behind it are for later requests.
    None,
    /// Answered instead.
    Status(u16),
    /// The same with seconds to wait.
    Busy(u32),
    /// Carried out, and the answer is lost.
    LostAnswer(TransportErrorKind),
    /// Not carried out, and no answer.
    LostRequest(TransportErrorKind),
    /// It never left.
    Unsent,
}

#[derive(Debug)]
pub struct Desk {
    /// Method and path of each request, without the query.
    pub asked: Vec<(String, String)>,
    /// Bodies of what was posted.
    pub bodies: Vec<Value>,
    /// Headers of the last request.
    pub headers: Vec<(&'static str, String)>,
    pub entries: Vec<Value>,
    /// The stream's events: id, name, data.
    pub events: Vec<(u64, String, Value)>,
    /// Of the next request to a path that ends so.
    pub faults: VecDeque<(&'static str, Fault)>,
    pub is_open: bool,
    pub routing: &'static str,
    pub has_session: bool,
    pub token: u32,
    /// Milliseconds of the transport's clock.
    pub clock: u64,
    /// Doubts: the stream repeats what came after `Last-Event-Id`; it is refused without one; the history has all of it.
    pub resumes: bool,
    pub wants_last_event: bool,
    /// Raw text at the end of the next stream.
    pub end_of_stream: Option<&'static str>,
    pub form: Value,
}

impl Default for Desk {
    fn default() -> Self {
        let text = |name: &str, required: bool, most: u32| json!({ "name": name, "type": "Text", "required": required, "maxLength": most, "isHidden": false, "choiceListId": "" });
        let fields = json!([
            text("_firstName", false, 40),
            text("_lastName", true, 80),
            { "name": "_email", "type": "Email", "required": true, "maxLength": 80, "isHidden": false, "choiceListId": "" },
            text("_subject", false, 20),
            { "name": "Topic", "type": "ChoiceList", "required": false, "maxLength": 255, "isHidden": false, "choiceListId": "1" },
            { "name": "Case_Id", "type": "Text", "required": false, "maxLength": 18, "isHidden": true, "choiceListId": "" },
        ]);
        let choice = |name: &str| json!({ "choiceListValueName": name, "choiceListValueId": name });
        Self {
            asked: Vec::new(),
            bodies: Vec::new(),
            headers: Vec::new(),
            entries: Vec::new(),
            events: Vec::new(),
            faults: VecDeque::new(),
            is_open: false,
            routing: "INITIAL",
            has_session: true,
            token: 0,
            clock: 0,
            resumes: true,
            wants_last_event: true,
            end_of_stream: None,
            form: json!({
                "name": "Chat_Engine",
                "forms": [{ "formType": "PreChat", "formFields": fields }],
                "choiceListConfig": { "choiceList": [{
                    "choiceListId": "1", "choiceListValues": [choice("Billing"), choice("Shipping"), choice("Other")],
                }] },
                "attachments": { "endUserToAgent": true, "maxFileSize": 5_242_880 },
            }),
        }
    }
}

pub fn answer(status: u16, body: &Value) -> Answer {
    Ok(Response { status, body: body.to_string().into_bytes(), ..Response::default() })
}

impl Desk {
    pub fn paths(&self) -> Vec<String> {
        let short = |path: &str| path.split('/').next_back().unwrap_or_default().to_owned();
        self.asked.iter().map(|(method, path)| format!("{method} {}", short(path))).collect()
    }

    pub fn count(&self, end: &str) -> usize {
        self.asked.iter().filter(|(_, path)| path.ends_with(end)).count()
    }

    /// Notes an entry in the history and the stream.
    pub fn note(&mut self, kind: &str, sender: &Value, payload: Value) -> u64 {
        let (entry, at) = self.entry(kind, sender, payload);
        self.entries.push(entry.clone());
        self.tell(kind, entry);
        at
    }

    pub fn entry(&self, kind: &str, sender: &Value, payload: Value) -> (Value, u64) {
        let number = self.events.len() as u64 + 1;
        let at = BEGAN + number * 1_000;
        let entry = json!({
            "identifier": format!("entry-{number}"), "entryType": kind, "transcriptedTimestamp": at, "clientTimestamp": at,
            "senderDisplayName": sender["name"], "sender": { "role": sender["role"], "subject": "s" },
            "entryPayload": payload,
        });
        (entry, at)
    }

    /// The stream has the payload as a text.
    pub fn tell(&mut self, kind: &str, mut entry: Value) {
        let mut name = String::new();
        for c in kind.chars() {
            if c.is_ascii_uppercase() {
                name.push('_');
            }
            name.push(c.to_ascii_uppercase());
        }
        entry["entryPayload"] = entry["entryPayload"].to_string().into();
        let id = 2_147_867_000 + self.events.len() as u64 + 1;
        let data = json!({ "conversationId": self.conversation(), "conversationEntry": entry });
        self.events.push((id, format!("CONVERSATION{name}"), data));
    }

    pub fn conversation(&self) -> String {
        let id = |body: &Value| body["conversationId"].as_str().map(str::to_owned);
        self.bodies.iter().find_map(id).unwrap_or_default()
    }

    pub fn says(&mut self, text: &str) {
        let message = json!({
            "id": format!("m-{}", self.events.len()), "messageType": "StaticContentMessage",
            "staticContent": { "formatType": "Text", "text": text },
        });
        let sender = json!({ "role": "Agent", "name": "Maya" });
        self.note("Message", &sender, json!({ "entryType": "Message", "abstractMessage": message }));
    }

    pub fn changes(&mut self, operation: &str, role: &str, name: &str) {
        let change = json!({ "operation": operation, "displayName": name, "participant": { "role": role } });
        self.note("ParticipantChanged", &json!({ "role": "System" }), json!({ "entries": [change] }));
    }

    pub fn joins(&mut self) {
        self.changes("add", "Agent", "Maya");
        self.routing = "ROUTED";
    }

    pub fn routes(&mut self, routing: &str, failure: &str, reason: &Value) {
        let payload = json!({ "routingType": routing, "failureType": failure, "failureReason": reason });
        self.note("RoutingResult", &json!({ "role": "System" }), payload);
    }

    pub fn status(&mut self, status: &str, by: &str) {
        let payload = json!({ "sessionStatus": status, "sessionEndedByRole": by });
        self.note("SessionStatusChanged", &json!({ "role": "System" }), payload);
    }

    fn carry_out(&mut self, request: &Request) -> Answer {
        let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
        let body: Value = serde_json::from_str(&request.body).unwrap_or_default();
        self.bodies.push(body.clone());
        let parameter = |name: &str| {
            let pair = query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
            pair.and_then(|text| text.parse::<u64>().ok())
        };
        let header = |name: &str| request.headers.0.iter().find(|(known, _)| *known == name).map(|(_, value)| value);
        if path != TOKEN {
            assert_eq!(header("authorization"), Some(&format!("Bearer token-{}", self.token)), "{path}");
        }
        match (request.method, path) {
            ("POST", TOKEN) => {
                self.token += 1;
                let context = json!({ "configuration": { "embeddedServiceConfig": self.form } });
                let token = format!("token-{}", self.token);
                answer(200, &json!({ "accessToken": token, "lastEventId": "0", "context": context }))
            }
            ("GET", RENEWAL) => {
                self.token += 1;
                answer(200, &json!({ "accessToken": format!("token-{}", self.token), "lastEventId": "0" }))
            }
            ("POST", CONVERSATION) if self.is_open => answer(409, &json!({ "errorCode": "CONFLICT" })),
            ("POST", CONVERSATION) => {
                self.is_open = true;
                Ok(Response { status: 201, ..Response::default() })
            }
            _ if path != STREAM && !self.is_open => answer(404, &json!({})),
            ("POST", _) if path.ends_with("/message") || path.ends_with("/file") => {
                if !self.has_session && body["isNewMessagingSession"] != true {
                    return answer(417, &json!({}));
                }
                self.has_session = true;
                let text = request.text().into_owned();
                let id = body["message"]["id"].as_str().map(str::to_owned);
                let id = id.or_else(|| Some(text.split("\"id\":\"").nth(1)?.split('"').next()?.to_owned()));
                let message = json!({ "id": id, "messageType": "StaticContentMessage" });
                self.note("Message", &json!({ "role": "EndUser" }), json!({ "abstractMessage": message }));
                answer(202, &json!({ "conversationEntries": [{ "id": id }] }))
            }
            ("GET", _) if path.ends_with("/entries") => {
                let within = |entry: &&Value| {
                    let at = entry["transcriptedTimestamp"].as_u64().unwrap_or(0);
                    parameter("startTimestamp").is_none_or(|from| at > from)
                        && parameter("endTimestamp").is_none_or(|to| at < to)
                };
                let mut found: Vec<Value> = self.entries.iter().filter(within).cloned().collect();
                found.sort_by_key(|entry| entry["transcriptedTimestamp"].as_u64());
                if query.contains("FromEnd") {
                    found.reverse();
                }
                found.truncate(50);
                answer(200, &json!({ "conversationEntries": found }))
            }
            ("GET", STREAM) => {
                let last = header("last-event-id").and_then(|id| id.parse::<u64>().ok());
                if last.is_none() && self.wants_last_event {
                    return answer(400, &json!({}));
                }
                assert_eq!(header("x-org-id").map(String::as_str), Some("00DHn0000000001"));
                let is_new = |id: u64| self.resumes && last.is_some_and(|last| id > last);
                let told = self.events.iter().filter(|(id, ..)| is_new(*id));
                let mut text = "event: ping\ndata: 0\n\n".to_owned();
                text.extend(told.map(|(id, name, data)| format!("id: {id}\nevent: {name}\ndata: {data}\n\n")));
                text.push_str(self.end_of_stream.take().unwrap_or_default());
                Ok(Response { status: 200, body: text.into_bytes(), ..Response::default() })
            }
            ("GET", _) => answer(200, &json!({ "routingStatus": self.routing })),
            ("DELETE", _) => {
                self.is_open = false;
                answer(204, &json!(null))
            }
            other => panic!("{other:?}"),
        }
    }
}

impl Transport for Desk {
    fn send(&mut self, request: &Request, within: u64) -> Answer {
        assert!(within > 0, "{}", request.path);
        assert!(request.path.starts_with("/iamessage/") || request.path == STREAM, "{}", request.path);
        let path = request.path.split('?').next().unwrap_or_default();
        self.asked.push((request.method.to_owned(), path.to_owned()));
        self.headers = request.headers.0.clone();
        self.clock += if request.stream { within } else { 10 };
        let fault = self.faults.front().filter(|(end, _)| path.ends_with(end)).is_some();
        let lost = |kind, not_sent| Err(TransportError { kind, not_sent });
        match fault.then(|| self.faults.pop_front()).flatten() {
            None | Some((_, Fault::None)) => self.carry_out(request),
            Some((_, Fault::Status(status))) => {
                answer(status, &json!({ "message": "canary", "errorCode": "canary text" }))
            }
            Some((_, Fault::Busy(seconds))) => {
                Ok(Response { status: 429, retry_after: Some(seconds.to_string()), ..Response::default() })
            }
            Some((_, Fault::LostAnswer(kind))) => {
                let _ = self.carry_out(request);
                lost(kind, false)
            }
            Some((_, Fault::LostRequest(kind))) => lost(kind, false),
            Some((_, Fault::Unsent)) => lost(TransportErrorKind::Connect, true),
        }
    }

    fn now(&mut self) -> Moment {
        Moment { elapsed: self.clock, random: 7 }
    }

    fn pause(&mut self, milliseconds: u64) {
        self.clock += milliseconds;
    }
}
