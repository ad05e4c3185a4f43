//! Over sockets: streams that go on, and faults by name.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::Duration;

use host_tests::simulator::Simulator;
use serde_json::json;

use super::{Chat, events};

/// A stream as a client reads it.
struct Client(TcpStream);

impl Client {
    fn send(url: &str, raw: &str) -> Client {
        let mut stream = TcpStream::connect(url.trim_start_matches("http://")).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream.write_all(raw.as_bytes()).unwrap();
        Client(stream)
    }

    fn open(url: &str, token: &str, last_event_id: &str) -> Client {
        let raw = format!(
            "GET /eventrouter/v1/sse HTTP/1.1\r\nHost: x\r\nAccept: text/event-stream\r\nX-Org-Id: 00DHn0000000001\r\n\
             Last-Event-Id: {last_event_id}\r\nAuthorization: Bearer {token}\r\nConnection: close\r\n\r\n"
        );
        Client::send(url, &raw)
    }

    /// Reads until a text has come.
    fn until(&mut self, wanted: &str) -> String {
        let mut all = Vec::new();
        let mut buffer = [0; 4096];
        while !String::from_utf8_lossy(&all).contains(wanted) {
            let length = self.0.read(&mut buffer).unwrap();
            assert!(length > 0, "the connection ended with {}", String::from_utf8_lossy(&all));
            all.extend(&buffer[..length]);
        }
        String::from_utf8(all).unwrap()
    }

    fn rest(mut self) -> String {
        let mut all = Vec::new();
        self.0.read_to_end(&mut all).unwrap();
        String::from_utf8(all).unwrap()
    }
}

fn message(url: &str, token: &str, id: &str, body: &str) -> Client {
    let raw = format!(
        "POST /iamessage/api/v2/conversation/{id}/message HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {token}\r\nContent-Length: {}\r\nConnection: close\r\n\r\n{body}",
        body.len()
    );
    Client::send(url, &raw)
}

/// Whether a test comes to its end must not hang on a thread that waits for a socket.
async fn blocking<T: Send + 'static>(work: impl FnOnce() -> T + Send + 'static) -> T {
    tokio::task::spawn_blocking(work).await.unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_brings_what_happens_while_it_is_open() {
    let mut chat = Chat::with_agents(json!({ "repeat": true, "script": [{ "after": "message", "echo": true }] }));
    let (id, token) = (chat.open(), chat.token.clone());
    let body = chat.message_body("Hello").to_string();
    let simulator = Simulator::start(chat.org, 0).await.unwrap();
    // The clock of the org goes on from where the test's stood.
    simulator.org().set_clock(chat.now, jiff::Timestamp::now());
    let url = simulator.url();
    blocking(move || {
        let mut client = Client::open(&url, &token, "0");
        client.until("add");
        assert!(message(&url, &token, &id, &body).rest().starts_with("HTTP/1.1 202"));
        let all = client.until("\"role\":\"Agent\",\"subject\"");
        assert!(all.contains("event: CONVERSATION_MESSAGE"), "{all}");
    })
    .await;
    simulator.stop().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_ends_with_its_token_and_with_the_simulator() {
    let mut chat = Chat::new();
    let (id, token) = (chat.open(), chat.token.clone());
    let simulator = Simulator::start(chat.org, 0).await.unwrap();
    simulator.org().set_clock(chat.now, jiff::Timestamp::now());
    let url = simulator.url();
    let (of_the_url, of_the_token) = (url.clone(), token.clone());
    let client = blocking(move || {
        let mut client = Client::open(&of_the_url, &of_the_token, "0");
        client.until("ROUTING_RESULT");
        client
    })
    .await;
    let other = blocking(move || Client::open(&url, &token, "0")).await;
    simulator.org().expire_messaging_tokens();
    assert!(blocking(move || client.rest()).await.contains("Jwt is expired"));
    let end = blocking(move || other.rest()).await;
    assert!(end.contains("Jwt is expired"), "{end} {id}");
    simulator.stop().await;
}

/// What a client gets for its first message and its first stream, with that fault.
async fn with_fault(fault: &str) -> (String, String, Vec<String>) {
    let mut chat = Chat::new();
    let (id, token) = (chat.open(), chat.token.clone());
    let body = chat.message_body("Hello").to_string();
    let mut org = chat.org;
    org.script_named_fault(fault.parse().unwrap());
    let simulator = Simulator::start(org, 0).await.unwrap();
    simulator.org().set_clock(chat.now, jiff::Timestamp::now());
    let url = simulator.url();
    let conversation = id.clone();
    let (sent, streamed) = blocking(move || {
        let sent = message(&url, &token, &conversation, &body).rest();
        let mut client = Client::open(&url, &token, "0");
        client.0.set_read_timeout(Some(Duration::from_millis(400))).unwrap();
        let mut all = Vec::new();
        // A stream that is whole goes on, and then the time-out ends the reading.
        drop(client.0.read_to_end(&mut all));
        (sent, String::from_utf8_lossy(&all).into_owned())
    })
    .await;
    let history = {
        let mut org = simulator.org();
        let path = "/simulator/agent".to_owned();
        let request = host_tests::simulator::Request { method: "GET".into(), path, ..Default::default() };
        let desk = org.handle(&request, jiff::Timestamp::now()).json();
        let entries = desk["conversations"][0]["entries"].as_array().unwrap().clone();
        entries.iter().filter_map(|entry| entry["text"].as_str().map(str::to_owned)).collect()
    };
    simulator.stop().await;
    (sent, streamed, history)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn faults_meet_requests_by_their_names() {
    for (fault, status, is_there) in [
        ("message:close-after", "", true),
        ("message:close", "", false),
        ("message:http-503-json", "HTTP/1.1 503", false),
        ("message:http-503-json-after", "HTTP/1.1 503", true),
        ("message:http-429-json", "HTTP/1.1 429", false),
        ("message:body-cut", "HTTP/1.1 202", true),
        ("file:close", "HTTP/1.1 202", true),
        ("message.2:close", "HTTP/1.1 202", true),
    ] {
        let (sent, streamed, history) = with_fault(fault).await;
        assert!(sent.starts_with(status) && (status.is_empty() == sent.is_empty()), "{fault}: {sent}");
        assert_eq!(history, if is_there { vec!["Hello"] } else { Vec::new() }, "{fault}");
        assert!(streamed.contains("ROUTING_RESULT"), "{fault}: {streamed}");
        if status.ends_with("503") {
            assert!(sent.contains("{\"errorCode\":\"SERVER_UNAVAILABLE\""), "{sent}");
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_stream_meets_faults_too() {
    let (_, cut, _) = with_fault("stream:body-cut").await;
    let body = cut.split_once("\r\n\r\n").unwrap().1;
    assert!(!body.ends_with('\n') && events(body).len() == 2, "{cut}");
    let (_, refused, _) = with_fault("stream:http-503-html").await;
    assert!(refused.starts_with("HTTP/1.1 503"), "{refused}");
    let (_, closed, _) = with_fault("stream:close").await;
    assert_eq!(closed, "");
    let (_, silent, _) = with_fault("stream:silence-after").await;
    assert!(silent.starts_with("HTTP/1.1 200") && silent.ends_with("\r\n\r\n"), "{silent}");
}
