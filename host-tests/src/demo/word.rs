//! What the visitor says to the person, and what the person is told of the conversation before.

use serde_json::{Map, Value, json};

use super::conversation::Conversation;
use super::entry;
use super::flow::{FLOW, Step};
use super::open::Open;
use super::org::CONVERSATION;
use super::shell::{Input, Said, Shell};
use crate::host::OutgoingContent;
use crate::relay::read_content;

impl Conversation {
    /// What the hand-over is given.
    pub(super) fn given(&self) -> Value {
        let mut given = self.state.variables.clone();
        given.insert("messages".to_owned(), transcript(&self.state.variables));
        given.insert(CONVERSATION.to_owned(), self.talk_name().into());
        Value::Object(given)
    }

    /// The visitor says something. Whether the chat is to end.
    pub(super) fn word(&mut self, input: Input, talk: &Open, shell: &mut impl Shell) -> anyhow::Result<bool> {
        if self.state.knows(&input.key) {
            input.done();
            return Ok(false);
        }
        let shown = match &input.said {
            // An answer to a question of before.
            _ if input.question.is_some() => None,
            Said::Text(text) if text.trim().is_empty() => None,
            Said::Text(text) => Some(entry::visitor(text, &input.key)),
            Said::Choice { message, .. } if !self.is_offered(message) => None,
            Said::Choice { option, message, label } => {
                let mut shown = entry::visitor(label, &input.key);
                shown["choice"] = json!({ "optionId": option, "inReplyTo": message });
                Some(shown)
            }
            Said::Person => None,
            Said::End => {
                if let Some(talking) = &mut self.state.talk {
                    talking.ends = true;
                }
                self.state.note_key(&input.key);
                // Kept before it is told as taken.
                self.save()?;
                talk.end();
                input.done();
                return Ok(true);
            }
        };
        let Some(shown) = shown else {
            input.refuse();
            return Ok(false);
        };
        self.state.note_key(&input.key);
        let said = outgoing(&shown);
        // Kept before it is sent.
        self.tell(shown, shell)?;
        if let Some((key, content)) = said {
            talk.say(&key, content);
        }
        input.done();
        Ok(false)
    }

    /// Whether this message is the newest one with options, and none of them was chosen.
    fn is_offered(&self, message: &str) -> bool {
        let newest =
            self.state.entries.iter().rfind(|entry| entry["options"].as_array().is_some_and(|o| !o.is_empty()));
        newest.is_some_and(|offer| offer["id"] == message)
            && !self.said().any(|entry| entry["choice"]["inReplyTo"] == message)
    }

    /// Entries of what the visitor said to the person.
    pub(super) fn said(&self) -> impl DoubleEndedIterator<Item = &Value> {
        let first = self.state.talk.as_ref().map_or(usize::MAX, |talk| talk.first);
        self.state.entries.iter().skip(first).filter(|entry| entry.get("key").is_some())
    }
}

/// What an entry of the visitor's sends, with its key.
pub fn outgoing(entry: &Value) -> Option<(String, OutgoingContent)> {
    let content = match entry.get("choice") {
        Some(choice) => read_content(&json!({ "choice": choice }))?,
        None => OutgoingContent::Text(entry["visitor"].as_str()?.to_owned()),
    };
    Some((entry["key"].as_str()?.to_owned(), content))
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
        [json!({ "from": "bot", "text": question.spoken() }), json!({ "from": "visitor", "text": answer })]
    })
    .collect()
}
