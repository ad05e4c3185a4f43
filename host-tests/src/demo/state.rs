//! Where a conversation is, as JSON: what goes on after the process was killed.

use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use serde_json::{Map, Value, json};

use super::unsettled::Unsettled;
use crate::web;

/// Names of inputs that are remembered. One that comes twice does so soon.
const MAX_KEYS: usize = 200;
const NAME_BYTES: usize = 12;

/// See above.
#[derive(Clone)]
pub struct State {
    /// The conversation's own name, which no other one has.
    pub id: String,
    /// The step of the flow that is next, or goes on.
    pub step: usize,
    /// The variable that the visitor is asked for.
    pub asking: Option<String>,
    /// Variables that have to be asked for again before the module is.
    pub again: Vec<String>,
    /// Modules that are not settled, in the order in which they are: the one that runs, or did when the process was killed, and those that
    /// wait. Another conversation does not end them.
    pub unsettled: Vec<Unsettled>,
    pub variables: Map<String, Value>,
    pub talk: Option<Talking>,
    /// Talks that nobody could go on with.
    pub lost_talks: u64,
    /// Of the newest inputs.
    pub keys: Vec<String>,
    /// Requests of the talk, each with how often it was made.
    pub calls: Vec<(String, u64)>,
    pub entries: Vec<Value>,
}

/// The chat with a person.
#[derive(Clone, Default)]
pub struct Talking {
    /// Number of the newest event that is among the entries.
    pub told: u64,
    /// The first of its entries.
    pub first: usize,
    /// The visitor wants it to end.
    pub ends: bool,
    /// What the flow goes on with.
    pub over: Option<Map<String, Value>>,
    /// It is over for want of a way into it.
    pub is_lost: bool,
}

impl State {
    pub fn new() -> anyhow::Result<Self> {
        Ok(Self {
            id: BASE64_URL_SAFE_NO_PAD.encode(web::random::<NAME_BYTES>()?),
            step: 0,
            asking: None,
            again: Vec::new(),
            unsettled: Vec::new(),
            variables: Map::new(),
            talk: None,
            lost_talks: 0,
            keys: Vec::new(),
            calls: Vec::new(),
            entries: Vec::new(),
        })
    }

    /// Another conversation with the same visitor.
    pub fn begin_again(&mut self) -> anyhow::Result<()> {
        *self = Self { unsettled: std::mem::take(&mut self.unsettled), ..Self::new()? };
        Ok(())
    }

    pub fn knows(&self, key: &str) -> bool {
        self.keys.iter().any(|known| known == key)
    }

    pub fn note_key(&mut self, key: &str) {
        if self.keys.len() >= MAX_KEYS {
            self.keys.remove(0);
        }
        self.keys.push(key.to_owned());
    }

    pub fn count(&mut self, call: String) {
        match self.calls.iter_mut().find(|(known, _)| *known == call) {
            Some((_, count)) => *count += 1,
            None => self.calls.push((call, 1)),
        }
    }

    /// The entry of the question that waits for an answer.
    pub fn question(&self) -> usize {
        self.entries.iter().rposition(|entry| entry.get("asks").is_some()).unwrap_or_default()
    }

    pub fn to_json(&self) -> Value {
        let talk = self.talk.as_ref();
        let talk =
            talk.map(|talk| json!({ "told": talk.told, "first": talk.first, "ends": talk.ends, "over": talk.over, "isLost": talk.is_lost }));
        json!({
            "id": self.id,
            "step": self.step,
            "asking": self.asking,
            "again": self.again,
            "unsettled": self.unsettled.iter().map(Unsettled::to_json).collect::<Value>(),
            "variables": self.variables,
            "talk": talk,
            "lostTalks": self.lost_talks,
            "keys": self.keys,
            "calls": self.calls.iter().map(|(call, count)| json!([call, count])).collect::<Value>(),
            "entries": self.entries,
        })
    }

    pub fn from_json(json: &Value) -> Option<Self> {
        let texts = |name: &str| -> Option<Vec<String>> {
            json.get(name)?.as_array()?.iter().map(|text| Some(text.as_str()?.to_owned())).collect()
        };
        let place = |json: &Value| usize::try_from(json.as_u64()?).ok();
        let calls = json.get("calls")?.as_array()?.iter();
        let talk = match json.get("talk")? {
            Value::Null => None,
            talk => Some(Talking {
                told: talk.get("told")?.as_u64()?,
                first: place(talk.get("first")?)?,
                ends: talk.get("ends")?.as_bool()?,
                over: talk.get("over")?.as_object().cloned(),
                is_lost: talk.get("isLost")?.as_bool()?,
            }),
        };
        Some(Self {
            id: json.get("id")?.as_str()?.to_owned(),
            step: place(json.get("step")?)?,
            asking: json.get("asking")?.as_str().map(str::to_owned),
            again: texts("again")?,
            unsettled: json.get("unsettled")?.as_array()?.iter().map(Unsettled::from_json).collect::<Option<_>>()?,
            variables: json.get("variables")?.as_object()?.clone(),
            talk,
            lost_talks: json.get("lostTalks")?.as_u64()?,
            keys: texts("keys")?,
            calls: calls
                .map(|call| Some((call.get(0)?.as_str()?.to_owned(), call.get(1)?.as_u64()?)))
                .collect::<Option<_>>()?,
            entries: json.get("entries")?.as_array()?.clone(),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_is_read_back() {
        let mut state = State::new().unwrap();
        state.asking = Some("customer_email".to_owned());
        state.again.push("customer_lastname".to_owned());
        state.variables.insert("a".to_owned(), "b".into());
        state.talk = Some(Talking { told: 3, first: 7, ends: true, over: Some(Map::new()), is_lost: true });
        state.note_key("1");
        let unsettled = Unsettled::new(&state);
        state.unsettled.push(Unsettled { since: Some(jiff::Timestamp::UNIX_EPOCH), ..unsettled });
        state.count("GET /x -> 200".to_owned());
        state.count("GET /x -> 200".to_owned());
        state.entries.push(json!({ "bot": "Hi", "asks": "customer_email" }));
        let json = state.to_json();
        assert_eq!(json["calls"], json!([["GET /x -> 200", 2]]));
        assert_eq!(State::from_json(&json).map(|state| state.to_json()), Some(json.clone()));
        for (member, _) in json.as_object().into_iter().flatten() {
            let mut less = json.clone();
            less.as_object_mut().map(|members| members.remove(member));
            assert!(State::from_json(&less).is_none(), "{member}");
        }
        for (member, _) in json["unsettled"][0].as_object().into_iter().flatten() {
            let mut less = json.clone();
            less["unsettled"][0].as_object_mut().map(|members| members.remove(member));
            assert!(State::from_json(&less).is_none(), "{member}");
        }
        for (member, _) in json["talk"].as_object().into_iter().flatten() {
            let mut less = json.clone();
            less["talk"].as_object_mut().map(|members| members.remove(member));
            assert!(State::from_json(&less).is_none(), "{member}");
        }
    }

    #[test]
    fn names_of_inputs_are_forgotten_the_oldest_first() {
        let mut state = State::new().unwrap();
        for key in 0..=MAX_KEYS {
            state.note_key(&key.to_string());
        }
        assert!(!state.knows("0") && state.knows("1") && state.knows(&MAX_KEYS.to_string()));
    }
}
