//! The conversation goes on with a person: an agent at the simulator's page, one of a script, or one in Salesforce.

use std::sync::Arc;

use anyhow::bail;
use serde_json::{Value, json};
use tokio::sync::mpsc;

use super::chats::Chats;
use super::conversation::Conversation;
use super::entry;
use super::flow::{FLOW, TALK_LOST, closing};
use super::module::bad_settings;
use super::open::Open;
use super::shell::{Input, Moment, Shell};
use super::state::Talking;
use super::word::outgoing;
use super::words::{Text, Words, words};
use crate::host::OutgoingContent;
use crate::relay::{Folder, OPENED_BEFORE, Refused, Relay, Told};

/// The name of the hand-over in the flow.
const NAME: Words = words("Talk to a person", "Mit einer Person sprechen");
/// Messages that are said again after a kill, as the relay may not have kept the last of them. It knows more keys than that.
const SAID_AGAIN: usize = 100;

/// What happens next.
enum Next {
    Told(Option<Told>),
    Call(String),
    Said(Input),
}

impl Conversation {
    /// The visitor has asked for a person, with this entry.
    pub(super) fn begin_talk(&mut self, asked: Value, shell: &mut impl Shell) -> anyhow::Result<()> {
        let first = self.state.entries.len() + 1;
        self.state.talk = Some(Talking { first, ..Talking::default() });
        let agents = entry::agents(&self.stage.org.agents());
        self.tell_all([asked, entry::talk(NAME), agents], shell)
    }

    /// The name of the talk, which no other one has: an org that has opened one of that name opens no second.
    pub(super) fn talk_name(&self) -> String {
        match self.state.lost_talks {
            0 => self.state.id.clone(),
            lost => format!("{}-{}", self.state.id, lost + 1),
        }
    }

    /// From the hand-over, or from where it was at a kill, to its end; then the flow is at its end, too. If the talk is lost, the flow is where
    /// it was before, and the visitor can ask for a person again: that opens another one.
    pub(super) async fn talk(&mut self, shell: &mut impl Shell) -> anyhow::Result<()> {
        let folder = Chats::of(self.kept.as_ref())?;
        let (watching, calls) = mpsc::unbounded_channel();
        let chats = Folder::new(folder.path())?;
        let relay = Relay::new(Arc::clone(&self.stage.host), self.stage.org.client(), chats.clone());
        let relay = relay.watched(Arc::new(move |method, path, status| {
            let status = status.map_or("no answer".to_owned(), |status| status.to_string());
            // After the end nobody counts.
            let _ = watching.send(format!("{method} {path} -> {status}"));
        }));
        let name = format!("conversation-{}", self.talk_name());
        let is_over = self.state.talk.as_ref().is_some_and(|talk| talk.over.is_some());
        if is_over {
            // What is kept of a chat that is over goes when its end is taken.
            chats.remove(&name)?;
        } else {
            let settings = self.stage.org.person().to_owned();
            let opened = relay.open(&name, &settings, &self.given().to_string()).await?;
            let talk = opened.map_err(|findings| bad_settings(NAME.spoken(), &findings))?;
            self.converse(Open::new(talk), calls, shell).await?;
            chats.remove(&name)?;
        }
        let Talking { over, is_lost, .. } = self.state.talk.take().unwrap_or_default();
        if is_lost {
            self.state.lost_talks += 1;
            return self.tell(entry::bot(TALK_LOST), shell);
        }
        let summary = over.unwrap_or_default();
        let phase = summary.get("person_phase").and_then(Value::as_str).unwrap_or("refused").to_owned();
        let goes_on = Value::Object(summary.clone());
        let goes_on =
            Text::new(format!("the flow goes on with {goes_on}"), format!("der Ablauf geht weiter mit {goes_on}"));
        let goes_on = entry::flow_note(&goes_on);
        self.state.variables.extend(summary);
        (self.state.step, self.state.again) = (FLOW.len(), Vec::new());
        self.tell_all([goes_on, entry::bot(closing(&phase))], shell)
    }

    async fn converse(
        &mut self,
        mut talk: Open,
        mut calls: mpsc::UnboundedReceiver<String>,
        shell: &mut impl Shell,
    ) -> anyhow::Result<()> {
        let said: Vec<(String, OutgoingContent)> = self.said().rev().take(SAID_AGAIN).filter_map(outgoing).collect();
        for (key, content) in said.into_iter().rev() {
            talk.say(&key, content);
        }
        let mut ends = self.state.talk.as_ref().is_some_and(|talk| talk.ends);
        if ends {
            talk.end();
        }
        loop {
            let next = tokio::select! {
                told = talk.next() => match told {
                    Err(error) => return self.refused(error, shell),
                    Ok(told) => Next::Told(told),
                },
                Some(call) = calls.recv() => Next::Call(call),
                input = shell.word(), if !ends => Next::Said(input),
            };
            match next {
                Next::Told(None) => bail!("the chat ended without a word"),
                Next::Told(Some(told)) => {
                    let is_over = told.what.get("over").is_some();
                    self.hear(told, shell)?;
                    if is_over {
                        // The task clears what it kept.
                        while talk.next().await?.is_some() {}
                        return Ok(());
                    }
                }
                Next::Call(call) => {
                    self.state.count(call);
                    shell.show_moment(&Moment::Calls(&self.state.calls))?;
                }
                Next::Said(input) => ends = self.word(input, &talk, shell)?,
            }
        }
    }

    /// Something happened in the chat. What an earlier process was told already is left out.
    fn hear(&mut self, told: Told, shell: &mut impl Shell) -> anyhow::Result<()> {
        let Some(talk) = self.state.talk.as_mut().filter(|talk| told.number > talk.told) else { return Ok(()) };
        talk.told = told.number;
        let what = told.what;
        if let Some(typing) = what["typing"].as_bool() {
            return shell.show_moment(&Moment::Typing(typing));
        }
        if what.get("over").is_some() {
            return self.over(&what, shell);
        }
        let number = |key: &str| self.said().position(|entry| entry["key"] == key).map_or(0, |place| place + 1);
        match entry::event(&what, number) {
            Some(entry) => self.tell(entry, shell),
            None => Ok(()),
        }
    }

    /// A call that the component refuses ends the talk, as a refusal of the org's does.
    fn refused(&mut self, error: anyhow::Error, shell: &mut impl Shell) -> anyhow::Result<()> {
        let Refused(code) = error.downcast()?;
        self.over(&json!({ "over": "refused", "code": code, "variables": {} }), shell)
    }

    fn over(&mut self, what: &Value, shell: &mut impl Shell) -> anyhow::Result<()> {
        let mut summary = what["variables"].as_object().cloned().unwrap_or_default();
        let name = summary.get("person_name").and_then(Value::as_str);
        let said = self.said().count();
        let (messages, messages_de) = if said == 1 { ("message", "Nachricht") } else { ("messages", "Nachrichten") };
        let code = what["code"].as_str().map(|code| format!(" ({code})")).unwrap_or_default();
        let phase = what["over"].as_str().unwrap_or("?");
        let (someone, jemand) = (name.unwrap_or("nobody"), name.unwrap_or("niemandem"));
        let note = entry::flow_note(&Text::new(
            format!("over: {phase}{code}; talked with {someone}, {said} {messages} of yours"),
            format!("vorbei: {phase}{code}; gesprochen mit {jemand}, {said} {messages_de} von Ihnen"),
        ));
        summary.insert("person_messages".to_owned(), said.into());
        if let Some(talk) = &mut self.state.talk {
            talk.is_lost = what["code"] == OPENED_BEFORE && !talk.ends;
            talk.over = Some(summary);
        }
        self.tell(note, shell)
    }
}
