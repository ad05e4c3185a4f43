//! What is kept of a chat between two calls, as JSON.

use serde_json::{Value, json};

use super::content::{content, read_content};
use super::told::Told;
use crate::host::{Chat, OutgoingContent};

/// One chat. It holds the visitor's token, so it goes to no log: it has no `Debug`.
#[derive(Clone)]
pub struct Kept {
    pub settings: String,
    /// What the chat is opened with.
    pub variables: String,
    /// The newest answer's.
    pub chat: Option<Chat>,
    pub is_open: bool,
    /// The visitor wants it to end.
    pub ends: bool,
    /// Nothing more happens after what is untold.
    pub is_over: bool,
    pub phase: String,
    /// The messaging host does not answer, and the engine was told so.
    pub is_troubled: bool,
    /// Of the newest event.
    pub number: u64,
    pub untold: Vec<Told>,
    pub unsent: Vec<Unsent>,
    /// Keys of the newest messages that are done with.
    pub sent: Vec<String>,
}

/// Keys that are remembered. An engine that says something again does so soon.
const MAX_KEYS: usize = 200;

/// A message that is not known to be sent.
#[derive(Clone)]
pub struct Unsent {
    pub key: String,
    pub content: OutgoingContent,
    /// A call may have sent it.
    pub tried: bool,
}

impl Unsent {
    pub fn new(key: &str, content: OutgoingContent) -> Unsent {
        Unsent { key: key.to_owned(), content, tried: false }
    }
}

impl Kept {
    pub fn new(settings: &str, variables: &str) -> Kept {
        Kept {
            settings: settings.to_owned(),
            variables: variables.to_owned(),
            chat: None,
            is_open: false,
            ends: false,
            is_over: false,
            phase: "waiting".to_owned(),
            is_troubled: false,
            number: 0,
            untold: Vec::new(),
            unsent: Vec::new(),
            sent: Vec::new(),
        }
    }

    /// Whether a message has been said already.
    pub fn knows(&self, key: &str) -> bool {
        self.sent.iter().any(|known| known == key) || self.unsent.iter().any(|known| known.key == key)
    }

    /// The message is done with.
    pub fn note_sent(&mut self, key: String) {
        if self.sent.len() >= MAX_KEYS {
            self.sent.remove(0);
        }
        self.sent.push(key);
    }

    /// Takes an event into what is to be told, with the next number.
    pub fn add(&mut self, what: Value) {
        self.number += 1;
        self.untold.push(Told { number: self.number, what });
    }

    pub fn to_text(&self) -> String {
        self.to_json().to_string()
    }

    fn to_json(&self) -> Value {
        json!({
            "settings": self.settings,
            "variables": self.variables,
            "chat": self.chat.as_ref().map(|chat| &chat.secret),
            "isOpen": self.is_open,
            "ends": self.ends,
            "isOver": self.is_over,
            "phase": self.phase,
            "isTroubled": self.is_troubled,
            "number": self.number,
            "untold": self.untold.iter().map(|told| json!([told.number, told.what])).collect::<Value>(),
            "unsent": self.unsent.iter().map(Unsent::to_json).collect::<Value>(),
            "sent": self.sent,
        })
    }

    pub fn from_json(json: &Value) -> Option<Kept> {
        let text = |name: &str| Some(json.get(name)?.as_str()?.to_owned());
        let flag = |name: &str| json.get(name)?.as_bool();
        let told = |told: &Value| Some(Told { number: told.get(0)?.as_u64()?, what: told.get(1)?.clone() });
        Some(Kept {
            settings: text("settings")?,
            variables: text("variables")?,
            chat: text("chat").map(|secret| Chat { secret }),
            is_open: flag("isOpen")?,
            ends: flag("ends")?,
            is_over: flag("isOver")?,
            phase: text("phase")?,
            is_troubled: flag("isTroubled")?,
            number: json.get("number")?.as_u64()?,
            untold: json.get("untold")?.as_array()?.iter().map(told).collect::<Option<_>>()?,
            unsent: json.get("unsent")?.as_array()?.iter().map(Unsent::from_json).collect::<Option<_>>()?,
            sent: json
                .get("sent")?
                .as_array()?
                .iter()
                .map(|key| Some(key.as_str()?.to_owned()))
                .collect::<Option<_>>()?,
        })
    }
}

impl Unsent {
    fn to_json(&self) -> Value {
        json!({ "key": self.key, "tried": self.tried, "content": content(&self.content) })
    }

    fn from_json(json: &Value) -> Option<Unsent> {
        let content = read_content(json.get("content")?)?;
        Some(Unsent { key: json.get("key")?.as_str()?.to_owned(), tried: json.get("tried")?.as_bool()?, content })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::host::{ChosenOption, SentFile};

    #[test]
    fn what_is_kept_is_read_back() {
        let mut kept = Kept::new("{}", "{\"a\":1}");
        kept.chat = Some(Chat { secret: "token".into() });
        kept.add(json!({ "joined": "Maya" }));
        let file = SentFile { name: "a.png".into(), media_type: "image/png".into(), content: vec![0, 255] };
        let choice = ChosenOption { option_id: "1".into(), in_reply_to: "m".into() };
        for (key, content) in [
            ("1", OutgoingContent::Text("Hi".into())),
            ("2", OutgoingContent::Attachment(file)),
            ("3", OutgoingContent::Choice(choice)),
        ] {
            kept.unsent.push(Unsent::new(key, content));
        }
        let json = kept.to_json();
        assert_eq!(Kept::from_json(&json).map(|kept| kept.to_json()), Some(json.clone()));
        for member in json.as_object().into_iter().flatten().map(|(name, _)| name).filter(|name| *name != "chat") {
            let mut less = json.clone();
            less[member] = Value::Null;
            assert!(Kept::from_json(&less).is_none(), "{member}");
        }
    }
}
