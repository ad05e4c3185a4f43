//! What a conversation needs of the place where the visitor sits.

use serde_json::Value;
use tokio::sync::oneshot;

/// What the visitor does.
pub enum Said {
    Text(String),
    /// One of the options of a message.
    Choice {
        option: String,
        message: String,
        label: String,
    },
    /// Asks for a person.
    Person,
    /// Ends the chat with the person.
    End,
}

/// The same, as it comes in.
pub struct Input {
    pub said: Said,
    /// Its own name: what comes in twice is one thing.
    pub key: String,
    /// The entry of the question that it answers; `None` where there is one place only that can answer.
    pub question: Option<usize>,
    /// Is told what became of it.
    pub taken: Option<oneshot::Sender<bool>>,
}

impl Input {
    /// It is kept now, or it was before.
    pub fn done(self) {
        self.told(true);
    }

    /// It came too late.
    pub fn refuse(self) {
        self.told(false);
    }

    fn told(self, is_taken: bool) {
        // Whoever asked may be gone by now.
        self.taken.map(|taken| taken.send(is_taken));
    }
}

/// See above.
pub trait Shell: Send {
    /// Draws an entry, which is kept already.
    fn show(&mut self, entry: &Value) -> anyhow::Result<()>;

    /// Draws what is no entry: whether the person types, and the requests of the talk so far.
    fn show_moment(&mut self, moment: &Moment<'_>) -> anyhow::Result<()>;

    /// Waits for the answer to the question for this variable, the entry of that number; `None` if the visitor is gone. Can be dropped, and
    /// loses nothing then.
    fn answer(&mut self, variable: &str, question: usize) -> impl Future<Output = Option<Input>> + Send;

    /// Waits for what the visitor says to a person. Can be dropped, and loses nothing then.
    fn word(&mut self) -> impl Future<Output = Input> + Send;

    /// Waits for another conversation; `false` if there is none. Can be dropped.
    fn again(&mut self) -> impl Future<Output = bool> + Send;
}

/// What passes.
pub enum Moment<'a> {
    Typing(bool),
    /// Requests of the talk, with how often each was made.
    Calls(&'a [(String, u64)]),
    /// The conversation of this name begins.
    New(&'a str),
}
