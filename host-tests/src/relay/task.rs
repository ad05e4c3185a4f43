//! One chat: what it does next, one call at a time.

mod listen;

use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::call::Refused;
use super::kept::Kept;
use super::pace::Pace;
use super::told::{self, Told};
use super::{Command, ENDED, OPENED_BEFORE, Relay};
use crate::host::bindings::exports::chat_flow::salesforce::types::RetryAdvice;
use crate::host::{Delivery, Handed, Progress};
use crate::json;

/// Before a call that failed is made again, where Salesforce names no time.
const AFTER_TROUBLE: Duration = Duration::from_secs(5);
/// Calls in vain, one after the other, after which the engine is told: each has asked several times itself.
const TROUBLE_AFTER: u32 = 2;
/// Times that a chat is opened, or a message sent, before it is given up.
const MAX_TRIES: u32 = 20;

/// Whether the chat goes on.
#[derive(PartialEq)]
enum Next {
    GoOn,
    /// The engine is gone, and what is kept goes on in another process.
    Stop,
}

/// What became of something that was sent.
struct Answered {
    /// Why it is not there, or not known to be.
    code: Option<String>,
    /// It is not sent again.
    is_final: bool,
    pause: Option<Duration>,
}

pub struct Task {
    relay: Relay,
    name: String,
    kept: Kept,
    commands: mpsc::UnboundedReceiver<Command>,
    telling: mpsc::Sender<Told>,
    pace: Pace,
    tries: u32,
    /// Number of the newest event that is on its way to the engine.
    handed: u64,
    /// As the folder has it: most answers tell nothing, and a write waits for the disk.
    saved: String,
}

impl Task {
    pub fn new(
        relay: Relay,
        name: String,
        kept: Kept,
        commands: mpsc::UnboundedReceiver<Command>,
        telling: mpsc::Sender<Told>,
    ) -> Task {
        Task { relay, name, kept, commands, telling, pace: Pace::default(), tries: 0, handed: 0, saved: String::new() }
    }

    /// Until the chat is over, or the engine is gone.
    pub async fn run(mut self) -> anyhow::Result<()> {
        loop {
            if self.tell().await? == Next::Stop {
                return Ok(());
            }
            if self.kept.is_over {
                if self.kept.untold.is_empty() {
                    return self.relay.folder.remove(&self.name);
                }
                let Some(command) = self.commands.recv().await else { return Ok(()) };
                self.obey(command)?;
                continue;
            }
            self.take_waiting_commands()?;
            if !self.kept.is_open {
                self.start().await?;
            } else if !self.kept.unsent.is_empty() {
                self.send().await?;
            } else if self.kept.ends {
                self.end().await?;
            } else if self.listen().await? == Next::Stop {
                return Ok(());
            }
        }
    }

    /// Tells what happened. It is kept until the engine has taken it.
    async fn tell(&mut self) -> anyhow::Result<Next> {
        let new: Vec<Told> = self.kept.untold.iter().filter(|told| told.number > self.handed).cloned().collect();
        for told in new {
            self.handed = told.number;
            if self.telling.send(told).await.is_err() {
                return Ok(Next::Stop);
            }
        }
        Ok(Next::GoOn)
    }

    async fn start(&mut self) -> anyhow::Result<()> {
        let called = self.relay.start(&self.kept, &self.name).await;
        let Some(mut handed) = self.unless_ended(called).await? else { return Ok(()) };
        if told::code(&handed.outcome) == Some(OPENED_BEFORE) {
            // Its words say that nobody is available. The chat is there, and out of reach.
            handed.progress.texts.clear();
        }
        let answered = self.answered(handed);
        match answered.code {
            None => {
                self.kept.is_open = true;
                self.worked();
                self.save()
            }
            Some(code) if answered.is_final => self.give_up(&code),
            Some(_) => self.after_trouble(answered.pause).await,
        }
    }

    async fn send(&mut self) -> anyhow::Result<()> {
        let Some(message) = self.kept.unsent.first().cloned() else { return Ok(()) };
        // From here on a kill leaves it open whether it was sent.
        if let Some(first) = self.kept.unsent.first_mut() {
            first.tried = true;
        }
        self.save()?;
        let called = self.relay.send(&self.kept, &message).await;
        // A message that is none must not end the chat.
        let refused =
            called.as_ref().err().and_then(|error| error.downcast_ref::<Refused>()).map(|Refused(code)| code.clone());
        let code = match refused {
            Some(code) => Some(code),
            None => {
                let Some(handed) = self.unless_ended(called).await? else { return Ok(()) };
                let answered = self.answered(handed);
                if answered.code.is_some() && !answered.is_final {
                    return self.after_trouble(answered.pause).await;
                }
                answered.code
            }
        };
        if let Some(code) = code {
            self.kept.add(json!({ "notSent": message.key, "code": code }));
        }
        self.kept.unsent.remove(0);
        self.kept.note_sent(message.key);
        self.worked();
        self.pace.heard();
        self.save()
    }

    /// `None` if the host has ended the call, such as by its time: what became of it, the next one finds out.
    async fn unless_ended(&mut self, called: anyhow::Result<Handed>) -> anyhow::Result<Option<Handed>> {
        match called {
            Ok(handed) => Ok(Some(handed)),
            Err(error) if error.is::<Refused>() || self.tries >= MAX_TRIES => Err(error),
            Err(_) => self.after_trouble(None).await.map(|()| None),
        }
    }

    async fn end(&mut self) -> anyhow::Result<()> {
        let called = self.relay.end(&self.kept).await;
        let Some(handed) = self.unless_ended(called).await? else { return Ok(()) };
        let variables = variables(&handed.progress);
        let answered = self.answered(handed);
        match answered.code {
            Some(_) if !answered.is_final => self.after_trouble(answered.pause).await,
            _ => self.over(variables),
        }
    }

    /// What the answer of a call that sends something leads to.
    fn answered(&mut self, handed: Handed) -> Answered {
        // Another call cannot help, or enough of them did not.
        let is_refused = matches!(&handed.outcome, Delivery::Failed(error) if error.retry == RetryAdvice::Never);
        let answered = Answered {
            code: told::code(&handed.outcome).map(str::to_owned),
            is_final: is_refused || self.tries >= MAX_TRIES,
            pause: pause(&handed.progress),
        };
        self.take(handed.progress);
        answered
    }

    /// What holds for every answer: first of all the chat.
    fn take(&mut self, progress: Progress) {
        if progress.chat.is_some() {
            self.kept.chat = progress.chat;
        }
        let phase = json::phase(progress.phase);
        if phase != self.kept.phase {
            phase.clone_into(&mut self.kept.phase);
            let texts = progress.texts.iter().map(|text| json!({ "language": text.language, "text": text.text }));
            let texts: Value = texts.collect();
            self.kept.add(json!({ "phase": phase, "texts": texts }));
        }
    }

    fn over(&mut self, variables: Value) -> anyhow::Result<()> {
        self.leave_unsent(ENDED)?;
        let phase = self.kept.phase.clone();
        self.kept.add(json!({ "over": phase, "variables": variables }));
        self.kept.is_over = true;
        self.save()
    }

    /// A chat that could not be opened.
    fn give_up(&mut self, code: &str) -> anyhow::Result<()> {
        self.leave_unsent(code)?;
        "refused".clone_into(&mut self.kept.phase);
        self.kept.add(json!({ "over": "refused", "code": code, "variables": {} }));
        self.kept.is_over = true;
        self.save()
    }

    /// What was said and is not sent any more.
    fn leave_unsent(&mut self, code: &str) -> anyhow::Result<()> {
        self.take_waiting_commands()?;
        for message in std::mem::take(&mut self.kept.unsent) {
            self.kept.add(json!({ "notSent": message.key, "code": code }));
        }
        Ok(())
    }

    async fn after_trouble(&mut self, pause: Option<Duration>) -> anyhow::Result<()> {
        self.tries += 1;
        if self.tries >= TROUBLE_AFTER && !self.kept.is_troubled {
            self.kept.is_troubled = true;
            self.kept.add(json!({ "troubled": true }));
        }
        self.save()?;
        // Of what is told before the wait nothing waits for it.
        if self.tell().await? == Next::Stop {
            return Ok(());
        }
        tokio::time::sleep(pause.unwrap_or(AFTER_TROUBLE)).await;
        Ok(())
    }

    fn worked(&mut self) {
        self.tries = 0;
        if std::mem::take(&mut self.kept.is_troubled) {
            self.kept.add(json!({ "troubled": false }));
        }
    }

    fn take_waiting_commands(&mut self) -> anyhow::Result<()> {
        while let Ok(command) = self.commands.try_recv() {
            self.obey(command)?;
        }
        Ok(())
    }

    fn obey(&mut self, command: Command) -> anyhow::Result<()> {
        match command {
            // Nothing of what is kept changes.
            Command::Say(message) if self.kept.knows(&message.key) => return Ok(()),
            Command::Looks(looks) => {
                self.pace.looks = looks;
                return Ok(());
            }
            Command::Say(message) => self.kept.unsent.push(message),
            Command::Took(number) => self.kept.untold.retain(|told| told.number > number),
            Command::End => self.kept.ends = true,
        }
        self.save()
    }

    fn save(&mut self) -> anyhow::Result<()> {
        let text = self.kept.to_text();
        if text != self.saved {
            self.relay.folder.save(&self.name, &text)?;
            self.saved = text;
        }
        Ok(())
    }
}

fn pause(progress: &Progress) -> Option<Duration> {
    progress.retry_after_seconds.map(|seconds| Duration::from_secs(seconds.into()))
}

fn variables(progress: &Progress) -> Value {
    serde_json::from_str(&progress.variables).unwrap_or_default()
}
