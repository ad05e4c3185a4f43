//! The visitor in a page: what all of its tabs see, and what comes from them.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use serde_json::{Value, json};
use tokio::sync::{mpsc, oneshot, watch};

use super::conversation::Conversation;
use super::shell::{Input, Moment, Said, Shell};
use crate::cli::text::language;
use crate::web::lock;

/// How long a tab waits for something new. A request that is not answered for longer may be ended on its way.
const WAIT: Duration = Duration::from_secs(20);

/// What the tabs share.
pub struct Room {
    view: Mutex<View>,
    version: watch::Sender<u64>,
    inputs: mpsc::UnboundedSender<Incoming>,
    /// What is told of the org.
    org: Value,
    is_kept: bool,
}

/// What a tab sees.
struct View {
    conversation: String,
    entries: Vec<Value>,
    /// What the visitor can do: answer the entry of this number, talk, wait for the end of the talk, or begin again. Null while a module
    /// runs.
    awaits: Value,
    is_typing: bool,
    calls: Value,
}

/// What comes from a tab.
enum Incoming {
    Said(Input),
    Again(oneshot::Sender<bool>),
}

/// The side of the conversation.
pub struct PageShell {
    room: Arc<Room>,
    inputs: mpsc::UnboundedReceiver<Incoming>,
    /// What is shown from now on happens now.
    pub is_begun: bool,
}

/// A room for this conversation, and the shell that plays it there.
pub fn open(conversation: &Conversation) -> (Arc<Room>, PageShell) {
    let (sender, inputs) = mpsc::unbounded_channel();
    let view = View {
        conversation: conversation.id().to_owned(),
        entries: Vec::new(),
        awaits: Value::Null,
        is_typing: false,
        calls: json!([]),
    };
    let room = Arc::new(Room {
        view: Mutex::new(view),
        version: watch::Sender::new(1),
        inputs: sender,
        org: conversation.org().to_json("told"),
        is_kept: conversation.kept.is_some(),
    });
    (Arc::clone(&room), PageShell { room, inputs, is_begun: false })
}

impl Room {
    /// What there is beyond the entries that a tab has, as soon as there is anything that this version does not have.
    pub async fn follow(&self, conversation: &str, entries: usize, version: u64) -> Value {
        let mut versions = self.version.subscribe();
        // Without anything new it is answered all the same.
        drop(tokio::time::timeout(WAIT, versions.wait_for(|now| *now != version)).await);
        let view = lock(&self.view);
        let from = if view.conversation == conversation { entries.min(view.entries.len()) } else { 0 };
        json!({
            "version": *self.version.borrow(),
            "conversation": view.conversation,
            "from": from,
            "entries": view.entries.iter().skip(from).collect::<Vec<_>>(),
            "awaits": view.awaits,
            "typing": view.is_typing,
            "calls": view.calls,
            "org": self.org,
            "kept": self.is_kept,
            "language": language().code(),
        })
    }

    /// Whether it is taken, and kept. `false`: it came too late, from a tab that did not know so yet.
    pub async fn say(&self, conversation: &str, key: &str, question: Option<usize>, said: Said) -> bool {
        if lock(&self.view).conversation != conversation {
            return false;
        }
        let (taken, told) = oneshot::channel();
        let input = Input { said, key: key.to_owned(), question, taken: Some(taken) };
        self.inputs.send(Incoming::Said(input)).is_ok() && told.await.unwrap_or(false)
    }

    /// Begins another conversation, where this one is over.
    pub async fn again(&self, conversation: &str) -> bool {
        if lock(&self.view).conversation != conversation {
            return false;
        }
        let (taken, told) = oneshot::channel();
        self.inputs.send(Incoming::Again(taken)).is_ok() && told.await.unwrap_or(false)
    }

    fn change(&self, change: impl FnOnce(&mut View)) {
        change(&mut lock(&self.view));
        self.version.send_modify(|version| *version += 1);
    }

    fn awaits(&self, what: &Value) {
        if lock(&self.view).awaits != *what {
            self.change(|view| view.awaits = what.clone());
        }
    }
}

impl Shell for PageShell {
    fn show(&mut self, entry: &Value) -> anyhow::Result<()> {
        let agents = entry["agents"].as_str().filter(|_| self.is_begun);
        if let Some(agents) = agents {
            anstream::eprintln!("The visitor asks for a person: {agents}");
        }
        self.room.change(|view| {
            view.is_typing &= entry.get("person").is_none();
            view.entries.push(entry.clone());
        });
        Ok(())
    }

    fn show_moment(&mut self, moment: &Moment<'_>) -> anyhow::Result<()> {
        self.room.change(|view| match moment {
            Moment::Typing(is_typing) => view.is_typing = *is_typing,
            Moment::Calls(calls) => view.calls = calls.iter().map(|(call, count)| json!([call, count])).collect(),
            Moment::New(conversation) => {
                view.conversation = (*conversation).to_owned();
                view.entries = Vec::new();
                view.is_typing = false;
                view.calls = json!([]);
            }
        });
        Ok(())
    }

    async fn answer(&mut self, _: &str, question: usize) -> Option<Input> {
        self.room.awaits(&json!({ "question": question }));
        let input = self.input().await;
        self.room.awaits(&Value::Null);
        input
    }

    async fn word(&mut self) -> Input {
        self.room.awaits(&json!({ "talk": true }));
        match self.input().await {
            Some(input) => {
                if matches!(input.said, Said::End) {
                    self.room.awaits(&json!({ "ending": true }));
                }
                input
            }
            // The room is there as long as its shell is.
            None => std::future::pending().await,
        }
    }

    async fn again(&mut self) -> bool {
        self.room.awaits(&json!({ "again": true }));
        loop {
            match self.inputs.recv().await {
                None => return false,
                Some(Incoming::Said(input)) => input.refuse(),
                Some(Incoming::Again(taken)) => {
                    self.room.awaits(&Value::Null);
                    // Whoever asked may be gone by now.
                    let _ = taken.send(true);
                    return true;
                }
            }
        }
    }
}

impl PageShell {
    async fn input(&mut self) -> Option<Input> {
        loop {
            match self.inputs.recv().await? {
                Incoming::Said(input) => return Some(input),
                // This one is not over.
                Incoming::Again(taken) => drop(taken),
            }
        }
    }
}
