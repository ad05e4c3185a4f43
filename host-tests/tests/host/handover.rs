//! A hand-over through the real component in the real host: its one host, its headers, a file as it is, and a stream that is cut.

use std::sync::OnceLock;
use std::time::Duration;

use host_tests::COMPONENT;
use host_tests::host::{
    Chat, Delivery, Egress, Handed, Host, HttpClient, MAX_MEMORY, Occurrence, OutgoingContent, OutgoingMessage, Phase,
    Received, SentFile,
};
use serde_json::{Value, json};

use crate::scripted::{Reply, Script};

const DOMAIN: &str = "example.my.salesforce.com";
const NOW: u32 = 1_764_201_600;
/// Far more than a call takes that does not wait, and far less than one that waits.
const LIMIT: Duration = Duration::from_secs(20);

fn host() -> &'static Host {
    static HOST: OnceLock<Host> = OnceLock::new();
    HOST.get_or_init(|| Host::new(COMPONENT).expect("the component loads").with_limits(MAX_MEMORY, LIMIT))
}

fn settings() -> String {
    json!({
        "mode": "handover", "deploymentDomain": DOMAIN, "organizationId": "00DHn0000000001", "deployment": "Chat_Engine",
        "deadlineSeconds": 60,
        "mappings": [{ "source": { "variable": "email" }, "attribute": "_email" }],
        "idempotency": { "variable": "step" }, "store": { "/phase": "phase" },
    })
    .to_string()
}

fn client(script: &Script) -> HttpClient {
    HttpClient::new().expect("certificates").routed_to(&script.url()).expect("an address")
}

fn egress(script: &Script) -> Egress {
    Egress::messaging(DOMAIN, client(script))
}

fn token() -> Reply {
    Reply::json(200, &json!({ "accessToken": "canary-token", "lastEventId": "41" }))
}

async fn start(egress: Egress) -> Handed {
    let variables = r#"{"email":"canary@example.com","step":"1"}"#;
    let started = host().start_handover(egress, &settings(), variables, None, NOW, Some("c-1")).await;
    started.expect("no trap").expect("good settings")
}

async fn open(script: &Script) -> Chat {
    start(egress(script)).await.progress.chat.expect("a chat")
}

async fn receive(script: &Script, chat: &Chat, wait: u32) -> Received {
    let received = host().receive_events(egress(script), &settings(), chat, wait, NOW).await;
    received.expect("no trap and no time-out of the host").expect("a chat")
}

fn no_entries() -> Reply {
    Reply::json(200, &json!({ "conversationEntries": [] }))
}

fn message(conversation: &str, text: &str, at: u64, as_text: bool) -> Value {
    let content = json!({ "formatType": "Text", "text": text });
    let message = json!({ "id": "m", "messageType": "StaticContentMessage", "staticContent": content });
    let payload = json!({ "entryType": "Message", "abstractMessage": message });
    let payload = if as_text { payload.to_string().into() } else { payload };
    let entry = json!({
        "identifier": format!("e-{at}"), "entryType": "Message", "transcriptedTimestamp": at, "senderDisplayName": "Maya",
        "sender": { "role": "Agent" }, "entryPayload": payload,
    });
    if as_text { json!({ "conversationId": conversation, "conversationEntry": entry }) } else { entry }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_chat_is_opened_at_the_messaging_host_with_its_own_token() {
    let script = Script::start([token(), Reply::text(201, "")]);
    let handed = start(egress(&script)).await;
    assert!(matches!(handed.outcome, Delivery::Sent), "{:?}", handed.outcome);
    assert_eq!(handed.progress.phase, Phase::Waiting);
    let requests = script.requests();
    assert_eq!(requests.len(), 2);
    assert!(
        requests[0].header("authorization").is_empty() && requests[0].header("x-chatter-entity-encoding").is_empty()
    );
    assert_eq!(requests[1].header("authorization"), ["Bearer canary-token"]);
    assert_eq!(requests[1].header("content-type"), ["application/json"]);
    // A chat is a secret, and a log is none.
    assert!(!handed.progress.log.contains("canary") && handed.progress.log.contains("\"correlation\":\"c-1\""));
    assert!(handed.progress.texts.iter().any(|text| text.language == "de"));
}

#[tokio::test(flavor = "multi_thread")]
async fn neither_host_is_let_out_for_the_others_calls() {
    let script = Script::start([token()]);
    let to_data = Egress::Domain { domain: DOMAIN.to_owned(), client: client(&script) };
    let other = Egress::messaging("other.my.salesforce.com", client(&script));
    for egress in [to_data, other, Egress::Nowhere] {
        let Delivery::Failed(error) = start(egress).await.outcome else { panic!("it was sent") };
        assert_eq!(error.code, "REQUEST_DENIED");
    }
    let session = host_tests::host::Session { instance_url: format!("https://{DOMAIN}"), access_token: "token".into() };
    let request = json!({ "mode": "api-request", "deploymentDomain": DOMAIN, "path": "/services/data/v62.0/limits" });
    let outcome = host().run(egress(&script), &session, &request.to_string(), "{}").await.expect("no trap");
    let error = outcome.expect("good settings").response.and_then(|response| response.error).expect("an error");
    assert_eq!((error.code.as_str(), script.connections()), ("REQUEST_DENIED", 0));
}

/// The server never ends its answer: the module does, as soon as something has happened.
#[tokio::test(flavor = "multi_thread")]
async fn a_wait_ends_with_the_first_event_of_a_stream_that_goes_on() {
    let opening = Script::start([token(), Reply::text(201, "")]);
    let chat = open(&opening).await;
    let id = opening.requests()[1].json()["conversationId"].as_str().expect("an id").to_owned();
    let event = message(&id, "Hi Anna", 1_764_201_605_000, true);
    let stream =
        format!("event: ping\r\ndata: 0\r\n\r\nid: 42\r\nevent: CONVERSATION_MESSAGE\r\ndata: {event}\r\n\r\nid: 4");
    let known = json!({ "conversationEntries": [message(&id, "Hi Anna", 1_764_201_605_000, false)] });
    let script = Script::start([no_entries(), Reply::Stream(stream.into_bytes()), Reply::json(200, &known)]);
    let received = receive(&script, &chat, 55).await;
    assert!(received.error.is_none() && received.events.len() == 1, "{received:?}");
    assert!(matches!(&received.events[0].what, Occurrence::Message(said) if said.author.name == "Maya"));
    assert_eq!((received.progress.phase, received.progress.requests), (Phase::Connected, 3));
    let listened = &script.requests()[1];
    assert_eq!((listened.path.as_str(), listened.header("accept")), ("/eventrouter/v1/sse", vec!["text/event-stream"]));
    assert_eq!((listened.header("last-event-id"), listened.header("x-org-id")), (vec!["41"], vec!["00DHn0000000001"]));
    // The next call goes on behind the last whole event.
    let chat = received.progress.chat.expect("a chat");
    let script = Script::start([Reply::json(200, &known), Reply::Stream(b"event: ping\ndata: 0\n\n".to_vec())]);
    let received = receive(&script, &chat, 1).await;
    assert!(received.error.is_none() && received.events.is_empty(), "{received:?}");
    assert_eq!(script.requests()[1].header("last-event-id"), ["42"]);
}

/// Nothing at all comes, not even the head of an answer.
#[tokio::test(flavor = "multi_thread")]
async fn a_wait_in_which_nothing_happens_is_no_error() {
    let opening = Script::start([token(), Reply::text(201, "")]);
    let chat = open(&opening).await;
    for stream in [Reply::Stream(Vec::new()), Reply::Silence, Reply::Dribble] {
        let script = Script::start([no_entries(), stream]);
        let received = receive(&script, &chat, 1).await;
        assert!(received.error.is_none() && received.events.is_empty(), "{received:?}");
        assert_eq!(received.progress.phase, Phase::Waiting);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_arrives_byte_for_byte() {
    let opening = Script::start([token(), Reply::text(201, "")]);
    let chat = open(&opening).await;
    let content: Vec<u8> = (0..200_000_u32).map(|at| (at * 7 % 256) as u8).collect();
    let file = SentFile { name: "photo.png".into(), media_type: "image/png".into(), content: content.clone() };
    let script = Script::start([Reply::json(202, &json!({ "conversationEntries": [] }))]);
    let sent = OutgoingMessage { key: "1".into(), again: false, content: OutgoingContent::Attachment(file) };
    let sent = host().send_message(egress(&script), &settings(), &chat, &sent, NOW).await;
    let sent = sent.expect("no trap").expect("a message");
    assert!(matches!(sent.outcome, Delivery::Sent), "{:?}", sent.outcome);
    let request = &script.requests()[0];
    let kind = request.header("content-type")[0].to_owned();
    let boundary = kind.strip_prefix("multipart/form-data; boundary=").expect("a form of parts");
    let begin = request.body.windows(content.len()).position(|window| window == content).expect("the file");
    let end = format!("\r\n--{boundary}--\r\n");
    assert_eq!(&request.body[begin + content.len()..], end.as_bytes());
    assert_eq!(request.header("content-length"), [request.body.len().to_string()]);
    assert!(request.path.ends_with("/file"));
}

/// What waits holds an instance and no thread: many at a time in one host.
#[tokio::test(flavor = "multi_thread")]
async fn many_chats_wait_at_the_same_time() {
    let opening = Script::start([token(), Reply::text(201, "")]);
    let chat = open(&opening).await;
    let mut waiting = tokio::task::JoinSet::new();
    for _ in 0..20 {
        let chat = chat.clone();
        waiting.spawn(async move {
            let script = Script::start([no_entries(), Reply::Stream(Vec::new())]);
            receive(&script, &chat, 1).await.error.is_none()
        });
    }
    assert_eq!(waiting.join_all().await, [true; 20]);
}
