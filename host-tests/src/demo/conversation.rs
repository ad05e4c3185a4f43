//! One conversation after the other through the flow. Each thing that happens is kept before it is shown, and before anything is done
//! with it, so that a killed process goes on where it was.

use std::sync::Arc;

use serde_json::{Map, Value};

use super::flow::{FLOW, Step, question};
use super::kept::Kept;
use super::org::{ChatOrg, Stage};
use super::shell::{Moment, Said, Shell};
use super::state::State;
use super::{answers, entry};
use crate::connections::ConnectionError;
use crate::host::Host;
use crate::json;

/// See above.
pub struct Conversation {
    pub(super) stage: Stage,
    pub(super) state: State,
    pub(super) kept: Option<Kept>,
    /// A visitor who can give another answer is there.
    is_live: bool,
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
        Ok(Self { stage: Stage { host, org }, state: State::new()?, kept: None, is_live: false })
    }

    /// With a visitor who is there, and goes on where an earlier process was.
    pub fn live(host: Arc<Host>, org: ChatOrg, kept: Option<Kept>) -> anyhow::Result<Self> {
        let state = kept.as_ref().map(Kept::state).transpose()?.flatten();
        let state = state.map_or_else(State::new, Ok)?;
        let conversation = Self { stage: Stage { host, org }, state, kept, is_live: true };
        conversation.save()?;
        Ok(conversation)
    }

    pub fn begin_again(&mut self, shell: &mut impl Shell) -> anyhow::Result<()> {
        self.state = State::new()?;
        self.save()?;
        shell.show_moment(&Moment::New(&self.state.id))
    }

    /// What a stranger is told of the org.
    pub fn org(&self) -> String {
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
                Some(format!("The talk with a person goes on: {}", self.stage.org.agents().told()))
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
        if self.state.talk.is_some() {
            self.talk(shell).await?;
        }
        while let Some(step) = FLOW.get(self.state.step) {
            match step {
                Step::Say(text) => {
                    self.state.step += 1;
                    if let Some(text) = filled(text, &self.state.variables) {
                        self.tell(entry::bot(&text), shell)?;
                    }
                }
                Step::Ask { question, variable } => match self.ask(question, variable, shell).await? {
                    Answered::Yes => {}
                    Answered::WantsPerson => self.talk(shell).await?,
                    Answered::Gone => return Ok(false),
                },
                Step::Module { name, settings } => match self.state.again.first().cloned() {
                    Some(variable) => match self.ask(question(&variable), &variable, shell).await? {
                        Answered::Yes => {}
                        Answered::WantsPerson => self.talk(shell).await?,
                        Answered::Gone => return Ok(false),
                    },
                    None => self.module(name, settings, shell).await?,
                },
            }
        }
        Ok(true)
    }

    /// Asks a question; the answer goes into its variable.
    async fn ask(&mut self, question: &str, variable: &str, shell: &mut impl Shell) -> anyhow::Result<Answered> {
        // A process that was killed has asked already.
        if self.state.asking.is_none() {
            self.state.asking = Some(variable.to_owned());
            self.tell(entry::question(question, variable), shell)?;
        }
        let number = self.state.question();
        loop {
            let Some(input) = shell.answer(variable, number).await else { return Ok(Answered::Gone) };
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

    async fn module(&mut self, name: &str, settings: &str, shell: &mut impl Shell) -> anyhow::Result<()> {
        if self.state.begun && !self.stage.is_repeatable(name, settings, &self.state.variables).await? {
            self.state.begun = false;
            self.state.step += 1;
            let what = format!(
                "The process ended while \"{name}\" ran. It is not run again: what it wrote could be there twice."
            );
            return self.tell_all([entry::note(&what), entry::bot(answers::NOT_SAVED)], shell);
        }
        self.state.begun = true;
        self.save()?;
        let ran = match self.stage.module(name, settings, &self.state.variables).await {
            Err(error) if has_written_nothing(&error) => {
                // The next start runs it.
                self.state.begun = false;
                self.save()?;
                return Err(error);
            }
            ran => ran?,
        };
        self.state.begun = false;
        self.state.variables.extend(json::members(&ran.outcome.variables));
        let wrong = answers::to_correct(&ran.outcome, settings);
        if self.is_live {
            // In the order of the flow.
            let asked = FLOW.iter().filter_map(Step::variable).filter(|variable| wrong.contains(*variable));
            self.state.again = asked.map(str::to_owned).collect();
        }
        if self.state.again.is_empty() {
            self.state.step += 1;
        }
        let said = ran.said.map(|said| entry::bot(&said));
        self.tell_all(std::iter::once(ran.entry).chain(said), shell)
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

/// Of a run that ended with an error: the org refused the token, or there was none.
fn has_written_nothing(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(ConnectionError::NotConnected(_) | ConnectionError::Refused(_)))
}

/// A sentence with its variables; none if one of them is missing.
fn filled(text: &str, variables: &Map<String, Value>) -> Option<String> {
    let mut filled = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let (name, after) = after.split_once('}')?;
        filled.push_str(before);
        filled.push_str(variables.get(name)?.as_str()?);
        rest = after;
    }
    Some(filled + rest)
}
