//! The conversation goes on with a person: an agent at the simulator's page, or one of a script.

use std::path::PathBuf;
use std::time::Duration;

use anyhow::{Context, bail};
use serde_json::{Map, Value, json};

use super::flow::{FLOW, Step};
use super::lines::{Line, Lines};
use super::{Stage, bad_settings, show};
use crate::host::{ChosenOption, OutgoingContent};
use crate::relay::{Folder, Relay, Talk};

pub const SETTINGS: &str = include_str!("../../examples/person.json");
/// How often it is looked whether the visitor has typed.
const LOOK: Duration = Duration::from_millis(100);
/// How long input that is no person's waits for an agent.
const PATIENCE: Duration = Duration::from_secs(30);

/// What the visitor may answer the agent's question with.
#[derive(Default)]
struct Offer {
    message: String,
    options: Vec<(String, String)>,
}

impl Stage {
    /// Hands over, and gives what the flow goes on with.
    pub async fn person(
        &self,
        number: usize,
        variables: &Map<String, Value>,
        lines: &Lines,
        is_terminal: bool,
    ) -> anyhow::Result<Map<String, Value>> {
        let folder = own_folder()?;
        let relay = Relay::new(std::sync::Arc::clone(&self.host), self.client.clone(), Folder::new(&folder)?);
        let mut given = variables.clone();
        given.insert("messages".to_owned(), transcript(variables));
        given.insert("step".to_owned(), format!("{}-{number}", std::process::id()).into());
        let opened = relay.open(&format!("conversation-{number}"), SETTINGS, &Value::Object(given).to_string()).await?;
        let talk = opened.map_err(|findings| bad_settings("Talk to a person", &findings))?;
        show::module("Talk to a person");
        show::note(&format!("agents work at {}/agent; /end ends it", self.simulator.url()));
        let over = converse(talk, lines, is_terminal).await;
        // Nothing is kept of a chat that is over, and the org goes with this process.
        std::fs::remove_dir_all(&folder).with_context(|| format!("removing {}", folder.display()))?;
        over
    }
}

/// A new folder that no other user can look into, or have made before.
fn own_folder() -> anyhow::Result<PathBuf> {
    let now = jiff::Timestamp::now().as_nanosecond();
    let folder = std::env::temp_dir().join(format!("chat-host-{}-{now}", std::process::id()));
    let mut builder = std::fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(&folder).with_context(|| format!("making the folder {}", folder.display()))?;
    Ok(folder)
}

async fn converse(mut talk: Talk, lines: &Lines, is_terminal: bool) -> anyhow::Result<Map<String, Value>> {
    let mut said = 0;
    let mut offer = Offer::default();
    // Input that is no person's waits for its turn, as a person would.
    let mut is_visitors_turn = is_terminal;
    let mut is_quiet = false;
    let mut is_ending = false;
    let mut waited = Duration::ZERO;
    loop {
        if is_visitors_turn && !is_ending && (is_terminal || is_quiet) {
            match lines.now() {
                Line::Text(line) if line.trim() == "/end" => is_ending = end(&talk),
                Line::Text(line) if line.trim().is_empty() => {}
                Line::Text(line) => {
                    if !is_terminal {
                        show::visitor(&line);
                    }
                    said += 1;
                    is_visitors_turn = is_terminal;
                    talk.say(&said.to_string(), content(&line, &offer));
                }
                Line::Gone => is_ending = end(&talk),
                Line::NotYet => {}
            }
        }
        let Ok(told) = tokio::time::timeout(LOOK, talk.next()).await else {
            is_quiet = true;
            waited += LOOK;
            if !is_terminal && waited >= PATIENCE && !is_ending {
                is_ending = end(&talk);
            }
            continue;
        };
        (waited, is_quiet) = (Duration::ZERO, false);
        let Some(told) = told? else { bail!("the chat ended without a word") };
        let what = told.what;
        if let Some(phase) = what.get("over") {
            let mut variables = what["variables"].as_object().cloned().unwrap_or_default();
            let name = variables.get("person_name").and_then(Value::as_str).unwrap_or("nobody");
            let messages = if said == 1 { "message" } else { "messages" };
            show::note(&format!(
                "over: {}; talked with {name}, {said} {messages} of yours",
                phase.as_str().unwrap_or("?")
            ));
            variables.insert("person_messages".to_owned(), said.into());
            // The task clears what it kept.
            while talk.next().await?.is_some() {}
            return Ok(variables);
        }
        if let Some(message) = what.get("message") {
            offer = shown(message);
            is_visitors_turn = true;
        } else if let Some(event) = event(&what) {
            show::note(&event);
        }
        if is_terminal {
            show::prompt().context("writing to the terminal")?;
        }
    }
}

fn end(talk: &Talk) -> bool {
    talk.end();
    true
}

/// A line that is the number or the label of an option chooses it.
fn content(line: &str, offer: &Offer) -> OutgoingContent {
    let chosen =
        offer.options.iter().enumerate().find(|(place, (_, label))| {
            line.trim() == (place + 1).to_string() || line.trim().eq_ignore_ascii_case(label)
        });
    match chosen {
        Some((_, (option, _))) => {
            OutgoingContent::Choice(ChosenOption { option_id: option.clone(), in_reply_to: offer.message.clone() })
        }
        None => OutgoingContent::Text(line.to_owned()),
    }
}

/// Shows a message, and gives what it offers.
fn shown(message: &Value) -> Offer {
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    let name = text(&message["author"], "name");
    if let Some(said) = message["text"].as_str() {
        show::person(&name, said);
    }
    for file in message["files"].as_array().into_iter().flatten() {
        show::person(&name, &format!("[{}] {}", text(file, "name"), text(file, "address")));
    }
    if let Some(kind) = message["unsupported"].as_str() {
        show::person(&name, &format!("(sends something that cannot be shown here: {kind})"));
    }
    let options = message["options"].as_array().into_iter().flatten();
    let options: Vec<(String, String)> = options.map(|option| (text(option, "id"), text(option, "label"))).collect();
    for (place, (_, label)) in options.iter().enumerate() {
        show::person("", &format!("{}. {label}", place + 1));
    }
    Offer { message: text(message, "id"), options }
}

/// What is told of an event that is no message.
fn event(what: &Value) -> Option<String> {
    let name = |member: &str| what[member]["name"].as_str().map(str::to_owned);
    if let Some(name) = name("joined") {
        return Some(format!("{name} joins"));
    }
    if let Some(name) = name("left") {
        return Some(format!("{name} leaves"));
    }
    if let Some(before) = what["queue"].as_u64() {
        return Some(format!("{before} chats are before this one"));
    }
    if what["typing"] == true {
        return Some("types …".to_owned());
    }
    if let Some(key) = what["notSent"].as_str() {
        return Some(format!("message {key} was not sent: {}", what["code"].as_str().unwrap_or_default()));
    }
    let texts = what["texts"].as_array()?;
    texts.iter().find(|text| text["language"] == "en")?["text"].as_str().map(str::to_owned)
}

/// The conversation so far: the questions that have an answer.
fn transcript(variables: &Map<String, Value>) -> Value {
    let said = FLOW.iter().filter_map(|step| match step {
        Step::Ask { question, variable } => {
            Some((question, variables.get(*variable)?.as_str().filter(|a| !a.is_empty())?))
        }
        Step::Say(_) | Step::Module { .. } => None,
    });
    said.flat_map(|(question, answer)| {
        [json!({ "from": "bot", "text": question }), json!({ "from": "visitor", "text": answer })]
    })
    .collect()
}
