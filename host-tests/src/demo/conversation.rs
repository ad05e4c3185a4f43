//! One conversation after the other through the flow. Each thing that happens is kept before it is shown, and before anything is done
//! with it, so that a killed process goes on where it was.

use std::sync::Arc;
use std::time::Instant;

use anyhow::Context;
use serde_json::Value;

use super::entry;
use super::flow::{FLOW, Step, question};
use super::kept::Kept;
use super::org::{ChatOrg, Stage};
use super::shell::{Moment, Said, Shell};
use super::state::State;
use super::words::{Text, Words};
use crate::host::Host;

/// See above.
pub struct Conversation {
    pub(super) stage: Stage,
    pub(super) state: State,
    pub(super) kept: Option<Kept>,
    /// A visitor who can give another answer is there.
    pub(super) is_live: bool,
    /// When what is open is to be looked after.
    pub(super) look_again: Option<Instant>,
}

/// What became of a question.
enum Answered {
    Yes,
    WantsPerson,
    Gone,
}

impl Conversation {
    /// With a visitor whose answers are known before.
    pub fn scripted(host: Arc<Host>, org: ChatOrg) -> anyhow::Result<Self> {
        Ok(Self { stage: Stage { host, org }, state: State::new()?, kept: None, is_live: false, look_again: None })
    }

    /// With a visitor who is there, and goes on where an earlier process was.
    pub fn live(host: Arc<Host>, org: ChatOrg, kept: Option<Kept>) -> anyhow::Result<Self> {
        let state = kept.as_ref().map(Kept::state).transpose()?.flatten();
        let state = state.map_or_else(State::new, Ok)?;
        let conversation = Self { stage: Stage { host, org }, state, kept, is_live: true, look_again: None };
        conversation.save()?;
        Ok(conversation)
    }

    pub fn begin_again(&mut self, shell: &mut impl Shell) -> anyhow::Result<()> {
        self.state.begin_again()?;
        self.save()?;
        shell.show_moment(&Moment::New(&self.state.id))
    }

    /// What a stranger is told of the org.
    pub fn org(&self) -> Text {
        self.stage.org.told()
    }

    /// Of an org in this process.
    pub fn records(&self, sobject: &str) -> Vec<Value> {
        self.stage.org.records(sobject)
    }

    /// Outcomes of the modules, in order.
    pub fn outcomes(&self) -> impl Iterator<Item = &Value> {
        self.state.entries.iter().filter_map(|entry| entry.get("outcome"))
    }

    pub fn id(&self) -> &str {
        &self.state.id
    }

    /// What a stranger is told of an earlier process; `None` if this one begins.
    pub fn goes_on(&self) -> Option<String> {
        match &self.state.talk {
            Some(talk) if talk.over.is_none() => {
                Some(format!("The talk with a person goes on: {}", self.stage.org.agents().told().spoken()))
            }
            _ if self.state.entries.is_empty() => None,
            None if self.state.step >= FLOW.len() => {
                Some("The conversation is over; this is what was said.".to_owned())
            }
            _ => Some("The conversation goes on where it was.".to_owned()),
        }
    }

    /// Shows what happened in an earlier process.
    pub fn show_all(&self, shell: &mut impl Shell) -> anyhow::Result<()> {
        self.state.entries.iter().try_for_each(|entry| shell.show(entry))?;
        shell.show_moment(&Moment::Calls(&self.state.calls))
    }

    /// From where it is to its end; `false` if the visitor is gone before.
    pub async fn play(&mut self, shell: &mut impl Shell) -> anyhow::Result<bool> {
        // A process that was killed, or the conversation before, may have left some.
        self.settle(shell).await?;
        if self.state.talk.is_some() {
            self.talk(shell).await?;
        }
        while let Some(step) = FLOW.get(self.state.step) {
            match step {
                Step::Say(text) => {
                    self.state.step += 1;
                    if let Some(text) = text.filled(&self.state.variables) {
                        self.tell(entry::bot(text), shell)?;
                    }
                }
                Step::Ask { question, variable } => match self.ask(*question, variable, shell).await? {
                    Answered::Yes => {}
                    Answered::WantsPerson => self.talk(shell).await?,
                    Answered::Gone => return Ok(false),
                },
                Step::Module { .. } => match self.state.again.first().cloned() {
                    Some(variable) => match self.ask(asked_for(&variable)?, &variable, shell).await? {
                        Answered::Yes => {}
                        Answered::WantsPerson => self.talk(shell).await?,
                        Answered::Gone => return Ok(false),
                    },
                    None => self.module(shell).await?,
                },
            }
        }
        Ok(true)
    }

    /// Whether there is to be another conversation, after this one.
    pub async fn again(&mut self, shell: &mut impl Shell) -> anyhow::Result<bool> {
        loop {
            tokio::select! {
                again = shell.again() => return Ok(again),
                () = Self::is_due(self.look_again) => self.settle(shell).await?,
            }
        }
    }

    /// Asks a question; the answer goes into its variable.
    async fn ask(&mut self, question: Words, variable: &str, shell: &mut impl Shell) -> anyhow::Result<Answered> {
        // A process that was killed has asked already.
        if self.state.asking.is_none() {
            self.state.asking = Some(variable.to_owned());
            self.tell(entry::question(question, variable), shell)?;
        }
        let number = self.state.question();
        loop {
            let input = tokio::select! {
                input = shell.answer(variable, number) => input,
                () = Self::is_due(self.look_again) => {
                    self.settle(shell).await?;
                    continue;
                }
            };
            let Some(input) = input else { return Ok(Answered::Gone) };
            if self.state.knows(&input.key) {
                input.done();
                continue;
            }
            let is_late = input.question.is_some_and(|question| question != number);
            let (answer, wants_person) = match &input.said {
                Said::Text(text) => (text.clone(), text.trim().eq_ignore_ascii_case("person")),
                Said::Person => ("person".to_owned(), true),
                Said::Choice { .. } | Said::End => (String::new(), false),
            };
            if is_late || matches!(input.said, Said::Choice { .. } | Said::End) {
                input.refuse();
                continue;
            }
            self.state.note_key(&input.key);
            self.state.asking = None;
            let shown = entry::visitor(&answer, &input.key);
            if wants_person {
                self.begin_talk(shown, shell)?;
                input.done();
                return Ok(Answered::WantsPerson);
            }
            self.state.variables.insert(variable.to_owned(), answer.into());
            match self.state.again.first() {
                Some(asked) if asked == variable => drop(self.state.again.remove(0)),
                _ => self.state.step += 1,
            }
            self.tell(shown, shell)?;
            input.done();
            return Ok(Answered::Yes);
        }
    }

    pub(super) fn tell(&mut self, entry: Value, shell: &mut impl Shell) -> anyhow::Result<()> {
        self.tell_all([entry], shell)
    }

    /// Keeps entries with what follows from them, and shows them.
    pub(super) fn tell_all(
        &mut self,
        entries: impl IntoIterator<Item = Value>,
        shell: &mut impl Shell,
    ) -> anyhow::Result<()> {
        let first = self.state.entries.len();
        self.state.entries.extend(entries);
        self.save()?;
        self.state.entries.iter().skip(first).try_for_each(|entry| shell.show(entry))
    }

    pub(super) fn save(&self) -> anyhow::Result<()> {
        self.kept.as_ref().map_or(Ok(()), |kept| kept.save(&self.state))
    }
}

/// The question of the flow for a variable.
fn asked_for(variable: &str) -> anyhow::Result<Words> {
    question(variable).with_context(|| format!("the flow does not ask for `{variable}`"))
}
