//! Many chats with people, in one process and for a while: `cargo run -p host-tests --example crowd -- 1000 600`.
//!
//! A relay holds the chats (first argument), each of which says something about every half minute (third argument: seconds) and waits for the agent's
//! echo, until the time is over (second argument: seconds). The org is a simulator in a process of its own, so that the memory
//! that is printed is the relay's. At the end each message must be there once at both ends, in order.

use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, anyhow, ensure};
use host_tests::COMPONENT;
use host_tests::host::{Host, HttpClient, OutgoingContent};
use host_tests::relay::{Folder, Relay};
use host_tests::simulator::{Org, Request, Simulator};
use jiff::Timestamp;
use serde_json::{Value, json};
use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, BufReader};
use tokio::process::{Child, Command};
use tokio::task::JoinSet;

/// Between two lines about how it goes.
const REPORT: Duration = Duration::from_secs(15);
/// Chats that are opened at the same time.
const OPENING: usize = 50;

#[derive(Default)]
struct Counts {
    open: AtomicUsize,
    said: AtomicUsize,
    heard: AtomicUsize,
}

/// What all chats are given.
struct Crowd {
    relay: Relay,
    until: Instant,
    pause: Duration,
    counts: Counts,
    opening: tokio::sync::Semaphore,
}

#[tokio::main]
async fn main() -> anyhow::Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    if arguments.first().map(String::as_str) == Some("org") {
        return org().await;
    }
    let number = |at: usize, usual: u64| arguments.get(at).map_or(Ok(usual), |text| text.parse());
    let (chats, seconds, pause) = (number(0, 50)?, number(1, 30)?, number(2, 30)?);
    let (mut child, url) = start_org().await?;
    let folder = std::env::temp_dir().join(format!("crowd-{}", std::process::id()));
    let said = talk(chats, Duration::from_secs(seconds), Duration::from_secs(pause), &url, &folder).await?;
    std::fs::remove_dir_all(&folder).context("the folder of the chats")?;
    let read = read(&mut child).await?;
    ensure!(read.len() == said.len(), "{} chats were opened instead of {}", read.len(), said.len());
    for (name, told) in &said {
        ensure!(read.get(name) == Some(told), "{name}: the agent has read something else");
    }
    println!(
        "{chats} chats, {} messages each way: none lost, none doubled, all in order.",
        said.iter().map(|(_, all)| all.len()).sum::<usize>()
    );
    Ok(())
}

async fn talk(
    chats: u64,
    lasts: Duration,
    pause: Duration,
    url: &str,
    folder: &Path,
) -> anyhow::Result<Vec<(String, Vec<String>)>> {
    let client = HttpClient::new()?.routed_to(url)?;
    let relay = Relay::new(Arc::new(Host::cached(COMPONENT)?), client, Folder::new(folder)?);
    let (counts, opening) = (Counts::default(), tokio::sync::Semaphore::new(OPENING));
    let crowd = Arc::new(Crowd { relay, until: Instant::now() + lasts, pause, counts, opening });
    let mut running = JoinSet::new();
    for number in 0..chats {
        let crowd = Arc::clone(&crowd);
        running.spawn(async move { crowd.chat(number).await.with_context(|| format!("chat {number}")) });
    }
    let mut all = Vec::new();
    let mut report = tokio::time::interval(REPORT);
    let began = Instant::now();
    loop {
        tokio::select! {
            ended = running.join_next() => match ended {
                None => return Ok(all),
                Some(ended) => all.push(ended??),
            },
            _ = report.tick() => {
                let of = |count: &AtomicUsize| count.load(Ordering::Relaxed);
                let Counts { open, said, heard } = &crowd.counts;
                println!(
                    "{:>4} s: {} chats open, {} messages said, {} heard, {} MiB",
                    began.elapsed().as_secs(), of(open), of(said), of(heard), resident().unwrap_or_default() >> 20
                );
            }
        }
    }
}

impl Crowd {
    /// One chat, until the time is over; what it said.
    async fn chat(&self, number: u64) -> anyhow::Result<(String, Vec<String>)> {
        let name = format!("chat-{number}");
        let variables = json!({ "email": format!("{name}@example.com"), "step": name }).to_string();
        let opened = {
            let _place = self.opening.acquire().await?;
            self.relay.open(&name, &settings(), &variables).await?
        };
        let mut talk = opened.map_err(|findings| anyhow!("{findings:?}"))?;
        self.counts.open.fetch_add(1, Ordering::Relaxed);
        // Not all at once.
        tokio::time::sleep(self.pause.mul_f64(number as f64 % 100.0 / 100.0)).await;
        let (mut said, mut told) = (Vec::new(), 0);
        while Instant::now() < self.until || said.is_empty() {
            let text = format!("{name}: {}", said.len());
            talk.say(&said.len().to_string(), OutgoingContent::Text(text.clone()));
            said.push(text.clone());
            self.counts.said.fetch_add(1, Ordering::Relaxed);
            loop {
                let event = talk.next().await?.context("the chat has ended")?;
                told += 1;
                ensure!(event.number == told, "event {} follows {}", event.number, told - 1);
                ensure!(event.what.get("over").is_none() && event.what.get("notSent").is_none(), "{}", event.what);
                match event.what["message"]["text"].as_str() {
                    None => continue,
                    Some(heard) => ensure!(heard == text, "`{heard}` was heard instead of `{text}`"),
                }
                break;
            }
            self.counts.heard.fetch_add(1, Ordering::Relaxed);
            tokio::time::sleep(self.pause.min(self.until.saturating_duration_since(Instant::now()))).await;
        }
        talk.end();
        while let Some(event) = talk.next().await? {
            ensure!(event.what.get("message").is_none(), "heard at the end: {}", event.what);
        }
        self.counts.open.fetch_sub(1, Ordering::Relaxed);
        Ok((name, said))
    }
}

fn settings() -> String {
    json!({
        "mode": "handover", "deploymentDomain": "example.my.salesforce.com", "organizationId": "00DHn0000000001",
        "deployment": "Chat_Engine", "deadlineSeconds": 30,
        "mappings": [
            { "source": { "variable": "email" }, "attribute": "_email" },
            { "source": { "constant": "Berg" }, "attribute": "_lastName" },
        ],
        "idempotency": { "variable": "step" },
    })
    .to_string()
}

/// Memory of this process, in bytes; `None` where the system does not say it as Linux does.
fn resident() -> Option<usize> {
    let pages: usize = std::fs::read_to_string("/proc/self/statm").ok()?.split(' ').nth(1)?.parse().ok()?;
    Some(pages << 12)
}

/// This program as an org.
async fn start_org() -> anyhow::Result<(Child, String)> {
    let mut child = Command::new(std::env::current_exe()?)
        .arg("org")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .kill_on_drop(true)
        .spawn()?;
    let mut lines = BufReader::new(child.stdout.as_mut().context("no stdout")?).lines();
    let url = lines.next_line().await?.context("the org has not started")?;
    Ok((child, url))
}

/// What each visitor said, as agents read it: the org's last words, when its input ends.
async fn read(child: &mut Child) -> anyhow::Result<std::collections::BTreeMap<String, Vec<String>>> {
    drop(child.stdin.take());
    let mut text = String::new();
    child.stdout.as_mut().context("no stdout")?.read_to_string(&mut text).await?;
    Ok(serde_json::from_str(&text)?)
}

/// Its agents echo, and it takes any number of guests.
async fn org() -> anyhow::Result<()> {
    let mut org = Org::new();
    let echo = json!({ "name": "Maya", "repeat": true, "script": [{ "after": "message", "echo": true }] });
    org.add_agents(&echo, Timestamp::now()).map_err(|error| anyhow!(error))?;
    control(&mut org, "POST", "/simulator/messaging", &json!({ "tokensPerMinute": 0 }));
    let simulator = Simulator::start(org, 0).await?;
    println!("{}", simulator.url());
    let (mut forget, mut stdin, mut end) = (tokio::time::interval(REPORT), tokio::io::stdin(), Vec::new());
    let ended = stdin.read_to_end(&mut end);
    tokio::pin!(ended);
    loop {
        tokio::select! {
            ended = &mut ended => {
                ended?;
                break;
            }
            // Or it would keep each exchange.
            _ = forget.tick() => simulator.org().forget_log(),
        }
    }
    let desk = control(&mut simulator.org(), "GET", "/simulator/agent", &Value::Null);
    let mut all = serde_json::Map::new();
    for conversation in desk["conversations"].as_array().into_iter().flatten() {
        let name = conversation["attributes"]["_email"].as_str().unwrap_or_default().trim_end_matches("@example.com");
        let entries = conversation["entries"].as_array().into_iter().flatten();
        let own = entries.filter(|entry| entry["role"] == "EndUser" && entry["type"] == "Message");
        let texts: Value = own.map(|entry| entry["text"].clone()).collect();
        ensure!(all.insert(name.to_owned(), texts).is_none(), "{name} has two conversations");
    }
    println!("{}", Value::Object(all));
    Ok(())
}

fn control(org: &mut Org, method: &str, path: &str, body: &Value) -> Value {
    let body = if body.is_null() { Vec::new() } else { body.to_string().into_bytes() };
    org.handle(&Request { method: method.into(), path: path.into(), body, ..Request::default() }, Timestamp::now())
        .json()
}
