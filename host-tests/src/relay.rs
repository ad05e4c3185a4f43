//! Open chats with people, between an engine and the module: what a visitor says goes out once, what happens comes in once and in order,
//! and a process that is killed goes on where it was.
//!
//! Each chat is one task. It keeps its state in a [`Folder`] before it does anything with it: the chat of the newest answer, what the visitor
//! said and is not sent yet, and what happened and the engine was not told yet. So a kill loses nothing. What was told right before it can be
//! told again, with the same number: an engine leaves out the numbers that it knows.
//!
//! A task holds an instance only while a call runs. While the visitor waits that is a stream of Salesforce's, as long as there are few chats;
//! beyond [`MAX_STREAMS`] a chat is polled, more and more slowly while nothing happens ([`Pace`]).

mod call;
mod content;
mod folder;
mod kept;
mod pace;
mod task;
mod told;
mod watched;

use std::sync::Arc;

use anyhow::Context;
use tokio::sync::{Semaphore, mpsc};
use tokio::task::JoinHandle;

use crate::host::bindings::exports::chat_flow::salesforce::types::Severity;
use crate::host::{Finding, Host, HttpClient, OutgoingContent};
pub(crate) use call::Refused;
pub use content::{content, read_content};
pub use folder::Folder;
pub use kept::{Kept, Unsent};
pub use pace::Pace;
pub use told::Told;
pub use watched::Watch;

/// Most chats that listen to a stream at a time. Each holds an instance meanwhile, of [`MAX_CALLS`](crate::host::MAX_CALLS) that all calls share.
pub const MAX_STREAMS: usize = 64;
/// Code of a chat that an earlier call has opened, whose answer was lost, and with it the token: nobody gets into it any more. Another one can be
/// opened with another text in the `idempotency` variable, if the visitor wants that.
pub const OPENED_BEFORE: &str = "CHAT_OPENED_BEFORE";
/// The code of a message that was said to a chat that is over.
const ENDED: &str = "CHAT_ENDED";
/// Events that wait for the engine before a chat waits for it.
const MAX_UNREAD: usize = 64;

/// What open chats share.
#[derive(Clone)]
pub struct Relay {
    host: Arc<Host>,
    client: HttpClient,
    folder: Arc<Folder>,
    streams: Arc<Semaphore>,
    watch: Option<Watch>,
}

/// What an engine does with a chat.
enum Command {
    Say(Unsent),
    /// Events up to this number are the engine's now.
    Took(u64),
    /// Whether the visitor looks at the chat.
    Looks(bool),
    End,
}

/// An open chat. Dropping it stops the task, and leaves the chat open: [`Relay::resume`] goes on.
pub struct Talk {
    commands: mpsc::UnboundedSender<Command>,
    told: mpsc::Receiver<Told>,
    /// Number of the event that the engine was given last.
    given: Option<u64>,
    task: JoinHandle<anyhow::Result<()>>,
}

impl Relay {
    pub fn new(host: Arc<Host>, client: HttpClient, folder: Folder) -> Relay {
        Relay { host, client, folder: Arc::new(folder), streams: Arc::new(Semaphore::new(MAX_STREAMS)), watch: None }
    }

    /// With fewer streams; none: every chat is polled.
    pub fn with_streams(self, most: usize) -> Relay {
        Relay { streams: Arc::new(Semaphore::new(most)), ..self }
    }

    /// With somebody who is told of each request.
    pub fn watched(self, watch: Watch) -> Relay {
        Relay { watch: Some(watch), ..self }
    }

    /// Opens a chat for a step of a conversation. The name is the engine's, of letters, digits, `-` and `_`. Findings: the settings are wrong.
    pub async fn open(
        &self,
        name: &str,
        settings: &str,
        variables: &str,
    ) -> anyhow::Result<Result<Talk, Vec<Finding>>> {
        let findings = self.host.check(settings).await?;
        if findings.iter().any(|finding| finding.severity == Severity::Error) {
            return Ok(Err(findings));
        }
        let kept = match self.folder.load(name)? {
            // The step is run again.
            Some(kept) => kept,
            None => Kept::new(settings, variables),
        };
        self.folder.save(name, &kept.to_text())?;
        Ok(Ok(self.talk(name, kept)))
    }

    /// Goes on with a chat that another process had; `None` if there is none of that name.
    pub fn resume(&self, name: &str) -> anyhow::Result<Option<Talk>> {
        Ok(self.folder.load(name)?.map(|kept| self.talk(name, kept)))
    }

    /// Names of the chats that are open.
    pub fn names(&self) -> anyhow::Result<Vec<String>> {
        self.folder.names()
    }

    fn talk(&self, name: &str, kept: Kept) -> Talk {
        let (commands, received) = mpsc::unbounded_channel();
        let (telling, told) = mpsc::channel(MAX_UNREAD);
        let task = task::Task::new(self.clone(), name.to_owned(), kept, received, telling);
        Talk { commands, told, given: None, task: tokio::spawn(task.run()) }
    }
}

impl Talk {
    /// Says something. The key is the engine's own name of the message: the same key is one message, however often it is said.
    pub fn say(&self, key: &str, content: OutgoingContent) {
        // A chat that is over has told so, and takes no message.
        let _ = self.commands.send(Command::Say(Unsent::new(key, content)));
    }

    /// Whether the visitor looks at the chat, which is asked more often then.
    pub fn looks(&self, looks: bool) {
        let _ = self.commands.send(Command::Looks(looks));
    }

    /// Ends the chat for the visitor.
    pub fn end(&self) {
        let _ = self.commands.send(Command::End);
    }

    /// Stops the task, as a kill would, and waits until it has.
    pub async fn stop(mut self) {
        self.task.abort();
        // Its end is what is waited for, and not how it ended.
        drop((&mut self.task).await);
    }

    /// What happens next; `None` after the end. An event is kept until this is called again: an engine does with it what it has to, and then
    /// asks for the next. So the end is kept, too, until `None` is asked for.
    pub async fn next(&mut self) -> anyhow::Result<Option<Told>> {
        if let Some(number) = self.given.take() {
            let _ = self.commands.send(Command::Took(number));
        }
        match self.told.recv().await {
            Some(told) => {
                self.given = Some(told.number);
                Ok(Some(told))
            }
            None => (&mut self.task).await.context("a chat's task")?.map(|()| None),
        }
    }
}

impl Drop for Talk {
    fn drop(&mut self) {
        self.task.abort();
    }
}
