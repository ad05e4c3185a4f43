//! The relay: chats between an engine and agents of the simulator, killed and lossy.

#[path = "relay/killed.rs"]
mod killed;

use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, OnceLock};

use host_tests::COMPONENT;
use host_tests::host::{Host, HttpClient, OutgoingContent};
use host_tests::relay::{Folder, Relay, Talk, Told};
use host_tests::simulator::{Org, Simulator};
use jiff::Timestamp;
use serde_json::{Value, json};

struct Place(PathBuf);

impl Place {
    fn new() -> Place {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        Place(std::env::temp_dir().join(format!("relay-{}-{number}", std::process::id())))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        drop(std::fs::remove_dir_all(&self.0));
    }
}

fn host() -> Arc<Host> {
    static HOST: OnceLock<Arc<Host>> = OnceLock::new();
    Arc::clone(HOST.get_or_init(|| Arc::new(Host::new(COMPONENT).unwrap())))
}

fn settings() -> String {
    json!({
        "mode": "handover", "deploymentDomain": "example.my.salesforce.com", "organizationId": "00DHn0000000001",
        "deployment": "Chat_Engine", "deadlineSeconds": 30,
        "mappings": [
            { "source": { "variable": "email" }, "attribute": "_email" },
            { "source": { "constant": "Berg" }, "attribute": "_lastName" },
        ],
        "idempotency": { "variable": "step" }, "store": { "/phase": "phase", "/endedBy": "by", "/agent": "agent" },
    })
    .to_string()
}

fn variables(step: &str) -> String {
    json!({ "email": "anna.berg@example.com", "step": step }).to_string()
}

async fn simulator(agents: Value, faults: &[&str]) -> Simulator {
    let mut org = Org::new();
    org.add_agents(&agents, Timestamp::now()).unwrap();
    for fault in faults {
        org.script_named_fault(fault.parse().unwrap());
    }
    Simulator::start(org, 0).await.unwrap()
}

/// As a process has it that was just started.
fn relay(simulator: &Simulator, place: &Place) -> Relay {
    let client = HttpClient::new().unwrap().routed_to(&simulator.url()).unwrap();
    Relay::new(host(), client, Folder::new(&place.0).unwrap())
}

async fn open(relay: &Relay, name: &str) -> Talk {
    let opened = relay.open(name, &settings(), &variables(name)).await.unwrap();
    opened.unwrap_or_else(|findings| panic!("{findings:?}"))
}

fn text(text: &str) -> OutgoingContent {
    OutgoingContent::Text(text.to_owned())
}

/// What happens until an agent has said this, or all is over.
async fn until(talk: &mut Talk, wanted: &str) -> Vec<Told> {
    let mut all = Vec::new();
    while let Some(told) = talk.next().await.unwrap() {
        let is_wanted = told.what["message"]["text"] == wanted;
        all.push(told);
        if is_wanted {
            break;
        }
    }
    all
}

fn messages(told: &[Told]) -> Vec<String> {
    told.iter().filter_map(|told| told.what["message"]["text"].as_str().map(str::to_owned)).collect()
}

/// What each visitor said, as agents read it.
fn read(simulator: &Simulator) -> Vec<Vec<String>> {
    let request =
        host_tests::simulator::Request { method: "GET".into(), path: "/simulator/agent".into(), ..Default::default() };
    let desk = simulator.org().handle(&request, Timestamp::now()).json();
    let conversations = desk["conversations"].as_array().unwrap();
    let said = |conversation: &Value| {
        let entries = conversation["entries"].as_array().unwrap();
        let own = entries.iter().filter(|entry| entry["role"] == "EndUser" && entry["type"] == "Message");
        own.map(|entry| entry["text"].as_str().unwrap().to_owned()).collect()
    };
    conversations.iter().map(said).collect()
}

fn echo() -> Value {
    json!({ "name": "Maya", "repeat": true, "script": [{ "after": "message", "echo": true }] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_is_told_from_its_opening_to_its_end() {
    let script = json!([{ "say": "Hi" }, { "after": "message", "say": "Bye" }, { "after": 1, "end": true }]);
    let simulator = simulator(script, &[]).await;
    let place = Place::new();
    let relay = relay(&simulator, &place);
    let mut talk = open(&relay, "chat-1").await;
    let mut all = until(&mut talk, "Hi").await;
    talk.say("1", text("Thanks"));
    // The same key is the same message.
    talk.say("1", text("Thanks"));
    all.extend(until(&mut talk, "").await);
    assert_eq!(messages(&all), ["Hi", "Bye"]);
    let numbers: Vec<u64> = all.iter().map(|told| told.number).collect();
    assert_eq!(numbers, (1..=all.len() as u64).collect::<Vec<_>>());
    let last = &all.last().unwrap().what;
    assert_eq!(
        (&last["over"], &last["variables"]),
        (&json!("ended"), &json!({ "phase": "ended", "by": "agent", "agent": "Maya" }))
    );
    assert_eq!(read(&simulator), [["Thanks"]]);
    assert!(relay.names().unwrap().is_empty(), "nothing is kept of what is over");
    assert!(relay.resume("chat-1").unwrap().is_none());
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_is_killed_goes_on_where_it_was() {
    let simulator = simulator(echo(), &[]).await;
    let place = Place::new();
    let mut all: Vec<Told> = Vec::new();
    for round in 0..7 {
        // Another process: nothing of the one before is there but the folder.
        let relay = relay(&simulator, &place).with_streams(round % 2 * 8);
        let mut talk = match round {
            0 => open(&relay, "chat-1").await,
            _ => relay.resume("chat-1").unwrap().expect("a chat that is open"),
        };
        // The engine does not know what became of the message before, and says it again.
        for number in [round.saturating_sub(1), round] {
            talk.say(&number.to_string(), text(&format!("message {number}")));
        }
        // It is killed with the answer taken, with the message on its way, and with an answer that the engine has not looked at.
        match round % 3 {
            0 => all.extend(until(&mut talk, &format!("message {round}")).await),
            1 => tokio::time::sleep(std::time::Duration::from_millis(30)).await,
            _ => tokio::time::sleep(std::time::Duration::from_secs(4)).await,
        }
        talk.stop().await;
    }
    all.sort_by_key(|told| told.number);
    all.dedup_by_key(|told| told.number);
    let expected: Vec<String> = (0..7).map(|number| format!("message {number}")).collect();
    assert_eq!(read(&simulator), std::slice::from_ref(&expected));
    assert_eq!(messages(&all), expected);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_lost_on_the_way_is_there_once() {
    let faults = [
        "conversation:close-after",
        "message:close-after",
        "message.2:http-503-json",
        "entries.2:close",
        "stream:body-cut",
        "stream.2:http-503-html",
    ];
    let simulator = simulator(echo(), &faults).await;
    let place = Place::new();
    let mut talk = open(&relay(&simulator, &place), "chat-1").await;
    let mut all = Vec::new();
    for number in 0..3 {
        let said = format!("message {number}");
        talk.say(&number.to_string(), text(&said));
        all.extend(until(&mut talk, &said).await);
    }
    let expected = ["message 0", "message 1", "message 2"];
    assert_eq!(read(&simulator), [expected]);
    assert_eq!(messages(&all), expected);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn many_chats_lose_and_double_nothing() {
    let simulator = simulator(echo(), &[]).await;
    let place = Place::new();
    // Most are polled.
    let relay = relay(&simulator, &place).with_streams(5);
    let mut talks = Vec::new();
    for number in 0..30 {
        let relay = relay.clone();
        talks.push(tokio::spawn(async move {
            let mut talk = open(&relay, &format!("chat-{number}")).await;
            let mut all = Vec::new();
            for message in 0..3 {
                let said = format!("{number}: {message}");
                talk.say(&message.to_string(), text(&said));
                all.extend(until(&mut talk, &said).await);
            }
            talk.end();
            all.extend(until(&mut talk, "").await);
            (number, messages(&all))
        }));
    }
    for talk in talks {
        let (number, told) = talk.await.unwrap();
        assert_eq!(told, [0, 1, 2].map(|message| format!("{number}: {message}")));
    }
    let said = read(&simulator);
    assert_eq!((said.len(), said.iter().map(Vec::len).sum::<usize>()), (30, 90));
    assert!(relay.names().unwrap().is_empty());
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_message_that_is_none_is_told_and_the_chat_goes_on() {
    let simulator = simulator(echo(), &[]).await;
    let place = Place::new();
    let mut talk = open(&relay(&simulator, &place), "chat-1").await;
    talk.say("1", text(&"x".repeat(32_001)));
    talk.say("2", text("Hello"));
    let all = until(&mut talk, "Hello").await;
    let not_sent: Vec<&Value> =
        all.iter().map(|told| &told.what).filter(|what| what.get("notSent").is_some()).collect();
    assert_eq!(not_sent, [&json!({ "notSent": "1", "code": "bad-message" })]);
    assert_eq!(read(&simulator), [["Hello"]]);
    simulator.stop().await;
}

/// The org is brought back to its start, and its tokens go on. The next question says that there is no such conversation, and so does the
/// next message; a stream says nothing of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_chat_that_the_org_has_forgotten_is_over_with_the_next_request() {
    for speaks in [false, true] {
        let simulator = simulator(json!({ "name": "Maya", "script": [{ "say": "Hi" }] }), &[]).await;
        let control = |name: &str, body: Value| {
            let request = host_tests::simulator::Request {
                method: "POST".into(),
                path: format!("/simulator/{name}"),
                body: body.to_string().into_bytes(),
                ..Default::default()
            };
            let answer = simulator.org().handle(&request, Timestamp::now());
            assert!(answer.status < 300, "{name}: {answer:?}");
        };
        control("snapshot", json!({ "name": "before" }));
        let place = Place::new();
        // A stream is given up for a message.
        let streams = if speaks { 1 } else { 0 };
        let mut talk = open(&relay(&simulator, &place).with_streams(streams), "chat-1").await;
        until(&mut talk, "Hi").await;
        control("reset", json!({ "to": "before" }));
        if speaks {
            talk.say("1", text("Hello?"));
        }
        let all = until(&mut talk, "").await;
        let not_sent = all.iter().filter(|told| told.what["notSent"] == "1").count();
        assert_eq!(not_sent, usize::from(speaks), "{all:?}");
        let last = &all.last().unwrap().what;
        assert_eq!((&last["over"], &last["variables"]["by"]), (&json!("ended"), &json!("unknown")), "{last}");
        simulator.stop().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_host_that_does_not_answer_is_told_and_what_was_said_is_sent_when_it_is_back() {
    let simulator = simulator(echo(), &[]).await;
    let place = Place::new();
    let mut talk = open(&relay(&simulator, &place).with_streams(0), "chat-1").await;
    talk.say("1", text("message 1"));
    until(&mut talk, "message 1").await;
    for fault in ["entries", "message", "status"].map(|name| format!("{name}+:http-503-html")) {
        simulator.org().script_named_fault(fault.parse().unwrap());
    }
    let troubled = |told: &Told| told.what["troubled"].as_bool();
    let mut told = talk.next().await.unwrap().unwrap();
    while troubled(&told) != Some(true) {
        told = talk.next().await.unwrap().expect("it goes on");
    }
    talk.say("2", text("message 2"));
    simulator.org().clear_faults();
    let all = until(&mut talk, "message 2").await;
    assert_eq!(all.iter().filter_map(troubled).collect::<Vec<_>>(), [false], "{all:?}");
    assert_eq!(read(&simulator), [["message 1", "message 2"]]);
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn what_cannot_be_opened_is_told() {
    let simulator = simulator(echo(), &[]).await;
    let place = Place::new();
    let relay = relay(&simulator, &place);
    let wrong = relay.open("chat-1", "{}", "{}").await.unwrap();
    assert!(wrong.is_err_and(|findings| !findings.is_empty()));
    let unpublished = settings().replace("Chat_Engine", "Chat_Unpublished");
    let mut talk = relay.open("chat-2", &unpublished, &variables("2")).await.unwrap().ok().unwrap();
    let last = until(&mut talk, "").await.pop().unwrap();
    assert_eq!(last.what["over"], "refused", "{last:?}");
    assert!(relay.open("../chat", &settings(), &variables("3")).await.is_err());
    simulator.stop().await;
}
