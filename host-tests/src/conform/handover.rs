//! A chat with a person of the simulator, by the host under test and by the reference host: both are told the same.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{Answered, Call, DOMAIN, Driver, Pending, alike, answer};
use crate::host::{Chat, Egress, Finding, Host, HttpClient, OutgoingMessage};
use crate::json as answers;
use crate::relay::read_content;
use crate::simulator::{Org, Request, Simulator};

/// The host's clock, in seconds since 1970: long before the tokens of a simulator are over.
const NOW: u32 = 1_764_201_600;
/// Seconds that a call listens.
const WAIT: u32 = 10;
/// Most calls until something has happened that is certain to happen.
const MAX_CALLS: usize = 20;

/// Faults of requests to the messaging host, and what is sent or received when they are met.
const FAULTS: [&str; 12] = [
    "conversation:close-after",
    "conversation:http-503-json",
    "message:close",
    "message:close-after",
    "message:http-503-html",
    "message:http-429-json",
    "message:http-403-json",
    "file:close-after",
    "file:http-503-json",
    "entries:http-503-json",
    "stream:body-cut",
    "stream:http-503-html",
];

pub(super) fn checks<'a>(driver: &'a Driver, host: &'a Arc<Host>) -> Vec<Pending<'a>> {
    let mut checks = vec![
        Pending::new("handover: prepare, also of a deployment that is not there", prepared(driver, host)),
        Pending::new(
            "handover: a chat from its opening to its end, with a text, a choice and a file",
            chat(driver, host),
        ),
        Pending::new("handover: a visitor ends it, and nobody is there", ended(driver, host)),
        Pending::new("handover: a wait ends with the first event of a stream that goes on", woken(driver)),
        Pending::new("handover: an aborted wait ends at once, and the next call is told all", aborted(driver)),
        Pending::new("handover: what is no chat, no message or no hand-over is findings", refused(driver, host)),
    ];
    checks.extend(FAULTS.map(|fault| Pending::new(format!("handover: {fault}"), faulty(driver, host, fault))));
    checks
}

/// Who makes the calls.
#[derive(Clone, Copy)]
enum Side<'a> {
    Driver(&'a Driver),
    Reference(&'a Host),
}

/// One chat at an org of its own.
struct Talk<'a> {
    side: Side<'a>,
    simulator: Simulator,
    settings: String,
    chat: Option<String>,
    abort_after: Option<u64>,
}

fn settings(deployment: &str) -> Value {
    json!({
        "mode": "handover", "deploymentDomain": DOMAIN, "organizationId": "00DHn0000000001", "deployment": deployment,
        "mappings": [
            { "source": { "variable": "email" }, "attribute": "_email" },
            { "source": { "variable": "last_name" }, "attribute": "_lastName" },
        ],
        "idempotency": { "variable": "step" },
        "store": { "/conversationId": "chat_id", "/phase": "phase", "/endedBy": "by", "/agent": "agent" },
    })
}

impl<'a> Talk<'a> {
    async fn new(side: Side<'a>, agents: &Value, faults: &[&str]) -> Result<Self, String> {
        let mut org = Org::new();
        org.add_agents(agents, jiff::Timestamp::now()).map_err(|error| error.to_string())?;
        for fault in faults {
            org.script_named_fault(fault.parse()?);
        }
        let simulator = Simulator::start(org, 0).await.map_err(|error| error.to_string())?;
        Ok(Self { side, simulator, settings: settings("Chat_Engine").to_string(), chat: None, abort_after: None })
    }

    async fn ask(&self, function: &'static str, mut arguments: Value) -> Result<Answered, String> {
        arguments["settings"] = self.settings.as_str().into();
        arguments["now"] = NOW.into();
        match self.side {
            Side::Driver(driver) => {
                let route = Some(self.simulator.url());
                driver.call(Call { function, arguments, route, abort_after: self.abort_after }).await
            }
            Side::Reference(host) => {
                let answered = reference(host, &self.simulator, function, &arguments).await;
                Ok(match answered.map_err(|error| format!("{error:#}"))? {
                    Ok(answer) => Answered::Answer(answer),
                    Err(findings) => Answered::Findings(answers::findings(&findings)["findings"].clone()),
                })
            }
        }
    }

    /// The answer, whose chat the next call gets.
    async fn told(&mut self, function: &'static str, arguments: Value) -> Result<Value, String> {
        let answered = answer(self.ask(function, arguments).await?)?;
        if let Some(chat) = answered["chat"].as_str() {
            self.chat = Some(chat.to_owned());
        }
        Ok(answered)
    }

    async fn start(&mut self) -> Result<Value, String> {
        let variables = json!({ "email": "anna@example.com", "last_name": "Bärg", "step": "1" }).to_string();
        let earlier = self.chat.clone();
        self.told("startHandover", json!({ "variables": variables, "earlier": earlier, "correlation": "c-1" })).await
    }

    async fn send(&mut self, message: Value) -> Result<Value, String> {
        self.told("sendMessage", json!({ "chat": self.chat, "message": message })).await
    }

    async fn receive(&mut self, wait: u32) -> Result<Value, String> {
        self.told("receiveEvents", json!({ "chat": self.chat, "waitSeconds": wait })).await
    }

    /// Waits until this text, or the end, has been told; gives all events until then, without typing.
    async fn until(&mut self, wanted: &str) -> Result<Vec<Value>, String> {
        let mut all = Vec::new();
        for _ in 0..MAX_CALLS {
            let received = self.receive(WAIT).await?;
            let events = received["events"].as_array().cloned().unwrap_or_default();
            let is_told = events.iter().any(|event| event["message"]["text"] == wanted);
            all.extend(events.into_iter().filter(|event| event.get("typing").is_none()));
            if is_told || received["phase"] == "ended" || received["phase"] == "refused" {
                return Ok(all);
            }
        }
        Err(format!("`{wanted}` was not told: {}", Value::from(all)))
    }

    /// What the visitor said, as agents read it.
    fn read(&self) -> Value {
        let request = Request { method: "GET".into(), path: "/simulator/agent".into(), ..Request::default() };
        let desk = self.simulator.org().handle(&request, jiff::Timestamp::now()).json();
        let entries = desk["conversations"][0]["entries"].as_array().cloned().unwrap_or_default();
        let own = entries.iter().filter(|entry| entry["role"] == "EndUser" && entry["type"] == "Message");
        own.map(|entry| entry["files"][0]["name"].as_str().map_or_else(|| entry["text"].clone(), Value::from)).collect()
    }
}

async fn reference(
    host: &Host,
    simulator: &Simulator,
    function: &str,
    arguments: &Value,
) -> anyhow::Result<Result<Value, Vec<Finding>>> {
    let egress = Egress::messaging(DOMAIN, HttpClient::new()?.routed_to(&simulator.url())?);
    let text = |name: &str| arguments[name].as_str().unwrap_or_default();
    let settings = text("settings");
    let chat = Chat { secret: text("chat").to_owned() };
    Ok(match function {
        "prepareHandover" => {
            host.prepare_handover(egress, settings).await?.map(|prepared| answers::prepared_handover(&prepared))
        }
        "startHandover" => {
            let earlier = arguments["earlier"].as_str().map(|secret| Chat { secret: secret.to_owned() });
            let correlation = arguments["correlation"].as_str();
            let handed =
                host.start_handover(egress, settings, text("variables"), earlier.as_ref(), NOW, correlation).await?;
            handed.map(|handed| answers::handed(&handed))
        }
        "sendMessage" => {
            let message = &arguments["message"];
            let content = read_content(message).ok_or_else(|| anyhow::anyhow!("no content"))?;
            let key = message["key"].as_str().unwrap_or_default().to_owned();
            let message = OutgoingMessage { key, again: message["again"] == true, content };
            let handed = host.send_message(egress, settings, &chat, &message, NOW).await?;
            handed.map(|handed| answers::handed(&handed))
        }
        "receiveEvents" => {
            let wait = arguments["waitSeconds"].as_u64().and_then(|wait| wait.try_into().ok()).unwrap_or_default();
            let received = host.receive_events(egress, settings, &chat, wait, NOW).await?;
            received.map(|received| answers::received(&received))
        }
        _ => host.end_handover(egress, settings, &chat, NOW).await?.map(|handed| answers::handed(&handed)),
    })
}

/// What no two chats have alike: tokens, times, ids of Salesforce's, and the requests of a wait.
fn comparable(mut value: Value) -> Value {
    match &mut value {
        Value::Object(members) => {
            for secret in ["chat", "at", "id", "address", "requests"] {
                if let Some(member) = members.get_mut(secret).filter(|member| !member.is_null()) {
                    *member = "…".into();
                }
            }
            members.values_mut().for_each(|member| *member = comparable(member.take()));
        }
        Value::Array(list) => list.iter_mut().for_each(|entry| *entry = comparable(entry.take())),
        _ => {}
    }
    value
}

/// Both sides do the same, and tell the same.
macro_rules! alike_by {
    ($driver:ident, $host:ident, $does:expr) => {{
        let expected = $does(Side::Reference($host)).await?;
        let actual = $does(Side::Driver($driver)).await?;
        alike(comparable(actual), comparable(expected))
    }};
}

async fn prepared(driver: &Driver, host: &Host) -> Result<(), String> {
    async fn all(side: Side<'_>) -> Result<Value, String> {
        let mut talk = Talk::new(side, &json!([{ "say": "Hi" }]), &[]).await?;
        let mut all = Vec::new();
        for deployment in ["Chat_Engine", "Chat_NoFiles", "Chat_Unpublished"] {
            talk.settings = settings(deployment).to_string();
            all.push(answer(talk.ask("prepareHandover", json!({})).await?)?);
        }
        Ok(all.into())
    }
    alike_by!(driver, host, all)
}

async fn chat(driver: &Driver, host: &Host) -> Result<(), String> {
    async fn all(side: Side<'_>) -> Result<Value, String> {
        let agents = json!([
            { "say": "Hi ☺" },
            { "choices": { "text": "Which?", "options": ["March", "April"] } },
            { "say": "Choose" },
            { "after": "message", "file": { "name": "invoice.txt", "text": "12 EUR" } },
            { "say": "There" },
            { "after": "message", "say": "Thanks" },
            { "after": "message", "say": "Bye" },
            { "end": true }
        ]);
        let mut talk = Talk::new(side, &agents, &[]).await?;
        let mut all = vec![talk.start().await?];
        let events = talk.until("Choose").await?;
        let offer = events.iter().find(|event| event["message"]["options"].is_array()).ok_or("no question")?;
        let choice = json!({ "optionId": offer["message"]["options"][1]["id"], "inReplyTo": offer["message"]["id"] });
        all.extend(events);
        all.push(talk.send(json!({ "key": "choice", "choice": choice })).await?);
        all.extend(talk.until("There").await?);
        let file = json!({ "name": "photo.png", "mediaType": "image/png", "content": "AAEC/w==" });
        all.push(talk.send(json!({ "key": "file", "file": file })).await?);
        all.extend(talk.until("Thanks").await?);
        all.push(talk.send(json!({ "key": "text", "text": "Thank \"you\" 🙂\n" })).await?);
        // The same key is the same message.
        all.push(talk.send(json!({ "key": "text", "again": true, "text": "Thank \"you\" 🙂\n" })).await?);
        all.extend(talk.until("").await?);
        all.push(talk.receive(0).await?["variables"].clone());
        all.push(talk.read());
        Ok(all.into())
    }
    alike_by!(driver, host, all)
}

async fn ended(driver: &Driver, host: &Host) -> Result<(), String> {
    async fn all(side: Side<'_>) -> Result<Value, String> {
        let mut talk = Talk::new(side, &json!([{ "say": "Hi" }]), &[]).await?;
        let mut all = vec![talk.start().await?];
        all.extend(talk.until("Hi").await?);
        for _ in 0..2 {
            all.push(talk.told("endHandover", json!({ "chat": talk.chat })).await?);
        }
        let nobody = json!({ "name": "Maya", "online": false, "script": [{ "say": "Hi" }] });
        let mut talk = Talk::new(side, &nobody, &[]).await?;
        let presence = json!({ "online": false }).to_string().into_bytes();
        let path = "/simulator/agent/presence".into();
        let request = Request { method: "POST".into(), path, body: presence, ..Request::default() };
        talk.simulator.org().handle(&request, jiff::Timestamp::now());
        talk.start().await?;
        talk.send(json!({ "key": "1", "text": "Hello?" })).await?;
        all.extend(talk.until("").await?);
        Ok(all.into())
    }
    alike_by!(driver, host, all)
}

/// The stream goes on for longer than the host gives a call: it is ended by an abort unless the first event ends the wait.
async fn woken(driver: &Driver) -> Result<(), String> {
    let agents = json!([{ "say": "Hi" }, { "after": 3, "say": "Still there?" }]);
    let mut talk = Talk::new(Side::Driver(driver), &agents, &[]).await?;
    let mut settings = settings("Chat_Engine");
    settings["deadlineSeconds"] = 60.into();
    talk.settings = settings.to_string();
    talk.start().await?;
    talk.until("Hi").await?;
    talk.abort_after = Some(30_000);
    let received = talk.receive(55).await?;
    alike(received["events"][0]["message"]["text"].clone(), "Still there?".into())
}

async fn aborted(driver: &Driver) -> Result<(), String> {
    let agents = json!([{ "say": "Hi" }, { "after": 2, "say": "Still there?" }]);
    let mut talk = Talk::new(Side::Driver(driver), &agents, &[]).await?;
    talk.start().await?;
    talk.until("Hi").await?;
    talk.abort_after = Some(300);
    let arguments = json!({ "chat": talk.chat, "waitSeconds": 15 });
    match talk.ask("receiveEvents", arguments).await? {
        Answered::Failure { code, .. } if code == "aborted" => {}
        other => return Err(format!("a failure `aborted` was expected, and not {other}")),
    }
    talk.abort_after = None;
    let events = talk.until("Still there?").await?;
    alike(events.len().into(), 1.into())
}

async fn refused(driver: &Driver, host: &Host) -> Result<(), String> {
    async fn all(side: Side<'_>) -> Result<Value, String> {
        let mut talk = Talk::new(side, &json!([{ "say": "Hi" }]), &[]).await?;
        talk.start().await?;
        let (chat, right) = (talk.chat.clone(), json!({ "key": "1", "text": "Hello" }));
        let wrong = [json!({ "key": "", "text": "Hello" }), json!({ "key": "1", "text": " " })];
        let mut all = Vec::new();
        for arguments in [
            json!({ "chat": "canary", "message": right }),
            json!({ "chat": chat, "message": wrong[0] }),
            json!({ "chat": chat, "message": wrong[1] }),
        ] {
            all.push(findings(talk.ask("sendMessage", arguments).await?)?);
        }
        talk.settings = r#"{ "mode": "sobject-write" }"#.to_owned();
        all.push(findings(talk.ask("receiveEvents", json!({ "chat": chat, "waitSeconds": 0 })).await?)?);
        all.push(findings(talk.ask("prepareHandover", json!({})).await?)?);
        Ok(all.into())
    }
    alike_by!(driver, host, all)
}

fn findings(answered: Answered) -> Result<Value, String> {
    match answered {
        Answered::Findings(findings) if !findings.to_string().contains("canary") => Ok(findings),
        other => Err(format!("findings were expected, and not {other}")),
    }
}

/// What a flow goes by. The words of an error may differ with the host's HTTP, and a repetition in time.
fn told(answer: &Value) -> Value {
    json!([answer["outcome"], answer["error"]["retry"], answer["phase"]])
}

async fn faulty(driver: &Driver, host: &Host, fault: &str) -> Result<(), String> {
    async fn all(side: Side<'_>, fault: &str) -> Result<Value, String> {
        let agents = json!({ "name": "Maya", "repeat": true, "script": [{ "after": "message", "say": "Yes" }] });
        let mut talk = Talk::new(side, &agents, &[fault]).await?;
        let mut all = vec![told(&talk.start().await?)];
        let file = json!({ "name": "a.txt", "mediaType": "text/plain", "content": "AAEC/w==" });
        for mut message in [json!({ "key": "1", "text": "Hello" }), json!({ "key": "2", "file": file })] {
            for _ in 0..3 {
                let handed = talk.send(message.clone()).await?;
                all.push(told(&handed));
                if handed["outcome"] == "sent" || handed["error"]["retry"] == "never" {
                    break;
                }
                message["again"] = true.into();
            }
        }
        let heard = talk.until("Yes").await?.into_iter().filter(|event| event.get("message").is_some());
        all.push(heard.map(|event| event["message"]["text"].clone()).take(1).collect());
        all.push(talk.read());
        Ok(all.into())
    }
    alike_by!(driver, host, |side| all(side, fault))
}
