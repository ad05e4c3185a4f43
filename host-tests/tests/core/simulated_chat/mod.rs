//! The simulator's messaging host, driven as a client drives it: every row of what is known of the API.

mod agents;
mod entries;
mod files;
mod limits;
mod messages;
mod opening;
mod routing;
mod served;
mod streams;
mod switches;
mod tokens;

use host_tests::simulator::{Org, Request, Response};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

const API: &str = "/iamessage/api/v2";
const ENGINE: &str = "Chat_Engine";

/// A UUID of its own for each number.
fn uuid(number: u32) -> String {
    format!("3f0c5d1e-8a4b-4c6d-9e2f-{number:012x}")
}

/// An org with a visitor, whose clock stands still between two requests.
struct Chat {
    org: Org,
    now: Timestamp,
    token: String,
    deployment: &'static str,
    /// Counts the ids that it made.
    made: u32,
}

impl Chat {
    fn new() -> Chat {
        Chat::of(ENGINE)
    }

    /// A visitor with a token of that deployment.
    fn of(deployment: &'static str) -> Chat {
        let now = "2026-11-22T10:00:00Z".parse().unwrap();
        let mut org = Org::new();
        org.keep_start();
        let mut chat = Chat { org, now, token: String::new(), deployment, made: 0 };
        chat.token = chat.new_token();
        chat
    }

    /// With agents that follow these scripts.
    fn with_agents(agents: Value) -> Chat {
        let mut chat = Chat::new();
        chat.org.add_agents(&agents, chat.now).unwrap();
        chat
    }

    fn wait(&mut self, seconds: i64) {
        self.now += SignedDuration::from_secs(seconds);
    }

    fn token_body(&self) -> Value {
        json!({
            "orgId": "00DHn0000000001MAA",
            "esDeveloperName": self.deployment,
            "capabilitiesVersion": "1",
            "platform": "Web",
            "context": { "appName": "tests", "clientVersion": "1" },
        })
    }

    /// The token of another guest.
    fn new_token(&mut self) -> String {
        let body = self.token_body();
        let answer = self.send("POST", &format!("{API}/authorization/unauthenticated/access-token"), Some(body));
        assert_eq!(answer.status, 200, "{}", answer.json());
        answer.json()["accessToken"].as_str().unwrap().to_owned()
    }

    fn raw(&mut self, method: &str, target: &str, headers: &[(&str, &str)], body: Vec<u8>) -> Response {
        let (path, query) = target.split_once('?').map_or((target, None), |(path, query)| (path, Some(query.into())));
        let headers = headers.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        let request = Request { method: method.into(), path: path.into(), query, headers, body };
        self.org.handle(&request, self.now)
    }

    fn send(&mut self, method: &str, target: &str, body: Option<Value>) -> Response {
        let bearer = format!("Bearer {}", self.token);
        let mut headers = vec![("authorization", bearer.as_str())];
        if body.is_some() {
            headers.push(("content-type", "application/json"));
        }
        self.raw(method, target, &headers, body.map(|body| body.to_string().into_bytes()).unwrap_or_default())
    }

    fn get(&mut self, target: &str) -> Response {
        self.send("GET", &format!("{API}/{target}"), None)
    }

    fn post(&mut self, target: &str, body: Value) -> Response {
        self.send("POST", &format!("{API}/{target}"), Some(body))
    }

    fn delete(&mut self, target: &str) -> Response {
        self.send("DELETE", &format!("{API}/{target}?esDeveloperName={}", self.deployment), None)
    }

    fn conversation_body(&self, id: &str) -> Value {
        json!({
            "conversationId": id,
            "esDeveloperName": self.deployment,
            "routingAttributes": { "_lastName": "Berg", "_email": "anna.berg@example.com" },
            "language": "en_US",
        })
    }

    /// Opens a conversation and gives its id.
    fn open(&mut self) -> String {
        self.made += 1;
        let id = uuid(self.made);
        let body = self.conversation_body(&id);
        let answer = self.post("conversation", body);
        assert_eq!((answer.status, answer.body.len()), (201, 0), "{}", answer.json());
        id
    }

    /// Opens a conversation with one more attribute.
    fn open_with(&mut self, name: &str, value: &str) -> String {
        self.made += 1;
        let id = uuid(1000 + self.made);
        let mut body = self.conversation_body(&id);
        body["routingAttributes"][name] = json!(value);
        assert_eq!(self.post("conversation", body).status, 201);
        id
    }

    fn message_body(&mut self, text: &str) -> Value {
        self.made += 1;
        json!({
            "message": {
                "id": uuid(self.made),
                "messageType": "StaticContentMessage",
                "staticContent": { "formatType": "Text", "text": text },
            },
            "esDeveloperName": self.deployment,
            "isNewMessagingSession": false,
            "language": "en_US",
        })
    }

    /// Says something, which must be taken, and gives the id of the message.
    fn say(&mut self, id: &str, text: &str) -> String {
        let body = self.message_body(text);
        let answer = self.post(&format!("conversation/{id}/message"), body);
        assert_eq!(answer.status, 202, "{}", answer.json());
        answer.json()["conversationEntries"][0]["id"].as_str().unwrap().to_owned()
    }

    fn routing(&mut self, id: &str) -> String {
        let answer = self.get(&format!("conversation/{id}"));
        assert_eq!((answer.status, &answer.json()["conversationId"]), (200, &json!(id)));
        answer.json()["routingStatus"].as_str().unwrap().to_owned()
    }

    fn entries(&mut self, id: &str) -> Vec<Value> {
        let answer = self.get(&format!("conversation/{id}/entries?direction=FromStart&limit=50"));
        assert_eq!(answer.status, 200, "{}", answer.json());
        answer.json()["conversationEntries"].as_array().unwrap().clone()
    }

    /// The history in short: what happened, and the word that matters.
    fn story(&mut self, id: &str) -> Vec<String> {
        self.entries(id).iter().map(short).collect()
    }

    /// What the agents' page shows of a conversation.
    fn seen(&mut self, id: &str) -> Value {
        let desk = self.send("GET", "/simulator/agent", None).json();
        let conversations = desk["conversations"].as_array().unwrap();
        conversations.iter().find(|conversation| conversation["conversationId"] == id).unwrap().clone()
    }

    fn agent(&mut self, action: &str, body: Value) -> u16 {
        self.send("POST", &format!("/simulator/agent/{action}"), Some(body)).status
    }

    fn switch(&mut self, switches: Value) {
        assert_eq!(self.send("POST", "/simulator/messaging", Some(switches)).status, 204);
    }

    /// The answer to a request for the stream: all that it says now.
    fn stream(&mut self, last_event_id: Option<&str>) -> Response {
        let bearer = format!("Bearer {}", self.token);
        let mut headers =
            vec![("authorization", bearer.as_str()), ("accept", "text/event-stream"), ("x-org-id", "00DHn0000000001")];
        headers.extend(last_event_id.map(|id| ("last-event-id", id)));
        self.raw("GET", "/eventrouter/v1/sse", &headers, Vec::new())
    }

    /// All events so far.
    fn events(&mut self) -> Vec<Event> {
        let answer = self.stream(Some("0"));
        assert_eq!(answer.status, 200, "{}", answer.json());
        events(&String::from_utf8(answer.body).unwrap())
    }
}

/// One server-sent event.
#[derive(Debug, PartialEq)]
struct Event {
    id: Option<u64>,
    name: String,
    data: Value,
}

/// Reads a stream as the standard says: an event that no blank line ends is none.
fn events(text: &str) -> Vec<Event> {
    let whole = text.rfind("\n\n").map_or("", |end| &text[..end + 2]);
    let blocks = whole.split("\n\n").filter(|block| !block.is_empty());
    blocks
        .map(|block| {
            let field = |name: &str| block.lines().find_map(|line| line.strip_prefix(&format!("{name}: ")));
            Event {
                id: field("id").map(|id| id.parse().unwrap()),
                name: field("event").unwrap().to_owned(),
                data: serde_json::from_str(field("data").unwrap()).unwrap(),
            }
        })
        .collect()
}

/// An entry of the history in a few words.
fn short(entry: &Value) -> String {
    let payload = &entry["entryPayload"];
    let text = |pointer: &str| payload.pointer(pointer).and_then(Value::as_str).unwrap_or_default().to_owned();
    match entry["entryType"].as_str().unwrap() {
        "Message" => {
            let said = text("/abstractMessage/staticContent/text");
            format!("{}: {said}", entry["sender"]["role"].as_str().unwrap())
        }
        "ParticipantChanged" => format!("{} {}", text("/entries/0/operation"), text("/entries/0/displayName")),
        "RoutingResult" => format!("{} {}", text("/routingType"), text("/failureType")),
        "SessionStatusChanged" => {
            format!("{} to {} by {}", text("/sessionStatusPrev"), text("/sessionStatus"), text("/sessionEndedByRole"))
        }
        other => other.to_owned(),
    }
}

/// Status and code of a refusal.
#[track_caller]
fn refused(answer: &Response, status: u16, code: &str) {
    let body = answer.json();
    assert_eq!((answer.status, body["errorCode"].as_str().unwrap_or_default()), (status, code), "{body}");
    assert!(body["message"].as_str().is_some_and(|message| !message.is_empty()), "{body}");
}
