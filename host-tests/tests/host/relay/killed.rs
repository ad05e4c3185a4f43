//! The process of an engine and its relay is killed by the operating system, again and again in the middle of a chat, and started again.

use std::fs::OpenOptions;
use std::io::Write;
use std::path::Path;
use std::time::Duration;

use super::*;
use crate::connections::support::Folder as TestFolder;
use crate::connections::worker::{Worker, say, work};

/// Messages of the visitor's, and kills: each while another message is on its way.
const MESSAGES: u64 = 8;

/// What the engine was told, as its own file has it.
fn told(folder: &Path) -> Vec<Told> {
    let text = std::fs::read_to_string(folder.join("engine.jsonl")).unwrap_or_default();
    // A kill may have left half a line, which the engine was not told then.
    let line = |line: &str| serde_json::from_str::<Value>(line).ok();
    let told = |json: Value| Told { number: json["number"].as_u64().unwrap(), what: json["what"].clone() };
    text.lines().filter_map(line).map(told).collect()
}

/// An engine as it should be: it has noted an event before it asks for the next, and leaves out what it knows.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a process of the test below"]
async fn a_process_of_an_engine() {
    let Some((url, folder, most)) = work() else { return };
    let client = HttpClient::new().unwrap().routed_to(&url).unwrap();
    let relay = Relay::new(host(), client, Folder::new(&folder.join("chats")).unwrap());
    let mut talk = match relay.resume("chat-1").unwrap() {
        Some(talk) => talk,
        None => open(&relay, "chat-1").await,
    };
    let mut file = OpenOptions::new().create(true).append(true).open(folder.join("engine.jsonl")).unwrap();
    // Ends a line that a kill has cut.
    writeln!(file).unwrap();
    let mut known = told(&folder);
    let say_next = |talk: &Talk, known: &[Told]| {
        let number = messages(known).len() as u64;
        match number {
            // What comes now is for the next process.
            _ if number > most => return,
            MESSAGES => talk.end(),
            _ => talk.say(&number.to_string(), text(&format!("message {number}"))),
        }
        say(&format!("said {number}"));
    };
    if !known.is_empty() {
        say_next(&talk, &known);
    }
    while let Some(event) = talk.next().await.unwrap() {
        if known.iter().any(|known| known.number == event.number) {
            continue;
        }
        let line = json!({ "number": event.number, "what": event.what }).to_string();
        writeln!(file, "{line}").unwrap();
        file.sync_all().unwrap();
        let is_next = known.is_empty() || event.what.get("message").is_some();
        known.push(event);
        if is_next {
            say_next(&talk, &known);
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_process_that_the_system_kills_loses_and_doubles_nothing() {
    let simulator = simulator(echo(), &[]).await;
    let folder = TestFolder::new();
    let start = |number: u64| {
        let number = usize::try_from(number).unwrap();
        Worker::start("relay::killed::a_process_of_an_engine", &simulator.url(), &folder, number)
    };
    for round in 0..MESSAGES {
        let mut worker = start(round);
        let waited = tokio::task::spawn_blocking(move || {
            worker.wait_for(&format!("said {round}"));
            worker
        });
        let worker = waited.await.unwrap();
        // Before, while and after it is sent, and while its answer is waited for.
        tokio::time::sleep(Duration::from_millis(round * 47 % 330)).await;
        // SIGKILL.
        drop(worker);
    }
    let mut last = start(MESSAGES);
    let (ok, said) = tokio::task::spawn_blocking(move || last.end()).await.unwrap();
    assert!(ok, "{said}");
    let expected: Vec<String> = (0..MESSAGES).map(|number| format!("message {number}")).collect();
    assert_eq!(read(&simulator), std::slice::from_ref(&expected));
    let told = told(&folder.0);
    assert_eq!(messages(&told), expected);
    let numbers: Vec<u64> = told.iter().map(|told| told.number).collect();
    assert_eq!(numbers, (1..=told.len() as u64).collect::<Vec<_>>());
    assert_eq!(told.last().unwrap().what["over"], "ended");
    simulator.stop().await;
}
