//! `GET …/entries`: what happened in a conversation.

use serde_json::{Value, json};

use super::body::{self, parameter};
use super::entry::{Entry, KINDS};
use super::refusal::Refusal;
use super::turn::{Answer, Turn, json_answer};
use crate::http::Request;

const PARAMETERS: &[&str] = &["limit", "startTimestamp", "endTimestamp", "direction", "entryTypeFilter"];

impl Turn<'_> {
    /// The oldest entries with `FromStart`, oldest first; else the newest, newest first. Both ends of the time belong to it.
    pub fn history(&mut self, id: &str, request: &Request) -> Answer {
        let pairs = body::query(request, PARAMETERS)?;
        let limit = body::limit(&pairs)?;
        let from_start = match parameter(&pairs, "direction") {
            None | Some("FromEnd") => false,
            Some("FromStart") => true,
            Some(_) => return Err(Refusal::bad("The direction must be FromStart or FromEnd.")),
        };
        let time = |name| parameter(&pairs, name).map(|text| milliseconds(name, text)).transpose();
        let (start, end) = (time("startTimestamp")?, time("endTimestamp")?);
        let kinds: Vec<&str> = pairs
            .iter()
            .filter(|(name, _)| name == "entryTypeFilter")
            .flat_map(|(_, value)| value.split(',').map(str::trim))
            .collect();
        if let Some(unknown) = kinds.iter().find(|kind| !KINDS.contains(kind)) {
            return Err(Refusal::bad(format!("The entryTypeFilter has no type {unknown}.")));
        }
        let fits = |entry: &&Entry| {
            start.is_none_or(|start| entry.at >= start)
                && end.is_none_or(|end| entry.at <= end)
                && (kinds.is_empty() || kinds.contains(&entry.kind))
        };
        let subject = self.conversation(id)?.subject.clone();
        let events = self.state.events.get(&subject).into_iter().flatten();
        let entries = events.filter(|event| event.stays && event.conversation == id).map(|event| &event.entry);
        let mut entries: Vec<&Entry> = entries.filter(fits).collect();
        if !from_start {
            entries.reverse();
        }
        let entries: Value = entries.into_iter().take(limit).map(Entry::in_history).collect();
        json_answer(200, json!({ "conversationEntries": entries }))
    }
}

fn milliseconds(name: &str, text: &str) -> Result<i64, Refusal> {
    let time = text.parse().ok().filter(|time| *time >= 0);
    time.ok_or_else(|| Refusal::bad(format!("The {name} must be milliseconds since 1970.")))
}
