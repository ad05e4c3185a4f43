//! The modules of the flow, one at a time and in their order.
//!
//! What a run was to write may be written although it is not known: its answer was lost, or the process was killed while it ran. Then no
//! later module runs that might create the same records once more. The host looks for what the run has written, through the module: as
//! soon as that is there, or nothing that was sent can be at work any more, those that waited are run. What the module cannot look for is left
//! to people.

use std::pin::pin;
use std::time::{Duration, Instant};

use anyhow::Context;
use jiff::Timestamp;
use serde_json::Value;
use tokio::sync::mpsc;

use super::conversation::Conversation;
use super::flow::{FLOW, Step};
use super::module::Ran;
use super::shell::Shell;
use super::unsettled::{Unsettled, Verdict};
use super::{answers, entry};
use crate::cli::many::is_unknown;
use crate::connections::ConnectionError;
use crate::json;

/// Until what is open is looked after again, while nothing else asks for it.
const LOOK_AGAIN: Duration = Duration::from_secs(60);
/// How often the time is kept anew while a request may be on its way: one that waited in a process that slept goes later than was kept.
const BEAT: Duration = Duration::from_secs(5);

impl Conversation {
    /// The module at which the conversation is, behind those that are open.
    pub(super) async fn module(&mut self, shell: &mut impl Shell) -> anyhow::Result<()> {
        if !self.state.unsettled.iter().any(|open| open.is_next_of(&self.state)) {
            self.state.unsettled.push(Unsettled::new(&self.state));
            self.save()?;
        }
        self.settle(shell).await
    }

    /// Runs what is open, until one of them stays so.
    pub(super) async fn settle(&mut self, shell: &mut impl Shell) -> anyhow::Result<()> {
        while let Some(first) = self.state.unsettled.first().cloned() {
            if first.is_for_people {
                if !first.is_over(Timestamp::now()) {
                    break;
                }
                self.state.unsettled.remove(0);
                self.save()?;
                continue;
            }
            let ran = self.run(&first).await?;
            match first.verdict(&ran.outcome) {
                Verdict::Settled => self.settled(&first, ran, shell)?,
                verdict => {
                    self.stays_open(&first, ran, verdict == Verdict::ForPeople, shell)?;
                    break;
                }
            }
        }
        if self.state.unsettled.iter().any(|open| !open.is_told && open.is_next_of(&self.state)) {
            self.go_on_without(vec![entry::bot(answers::WAITS)], shell)?;
        }
        self.look_again = (!self.state.unsettled.is_empty()).then(|| Instant::now() + LOOK_AGAIN);
        Ok(())
    }

    /// When what is open is to be looked after; never if nothing is.
    pub(super) async fn is_due(at: Option<Instant>) {
        match at {
            Some(at) => tokio::time::sleep_until(at.into()).await,
            None => std::future::pending().await,
        }
    }

    /// Runs the first of them. That a request goes which may write is kept before it does.
    async fn run(&mut self, first: &Unsettled) -> anyhow::Result<Ran> {
        let (name, settings) = FLOW.get(first.step).and_then(Step::module).context("the flow has no such module")?;
        let (notes, mut noted) = mpsc::unbounded_channel();
        let ran = {
            let mut run = pin!(self.stage.module(name, settings, first, notes));
            let mut has_sent = false;
            loop {
                let note = tokio::select! {
                    biased;
                    Some(note) = noted.recv() => Some(note),
                    ran = &mut run => break ran,
                    () = tokio::time::sleep(BEAT), if has_sent => None,
                };
                has_sent = true;
                if let Some(running) = self.state.unsettled.first_mut() {
                    running.since = Some(Timestamp::now());
                }
                self.kept.as_ref().map_or(Ok(()), |kept| kept.save(&self.state))?;
                if let Some(note) = note {
                    // Its call may have been given up.
                    let _ = note.send(());
                }
            }
        };
        if ran.as_ref().err().is_some_and(has_written_nothing) {
            // The next start runs it.
            self.forget_sent(first);
            self.save()?;
        }
        ran
    }

    /// What was sent for the first of them in this run has written nothing.
    fn forget_sent(&mut self, before: &Unsettled) {
        if let Some(running) = self.state.unsettled.first_mut() {
            running.since = before.since;
        }
    }

    fn settled(&mut self, first: &Unsettled, ran: Ran, shell: &mut impl Shell) -> anyhow::Result<()> {
        self.state.unsettled.remove(0);
        let variables = json::members(&ran.outcome.variables);
        if first.is_of(&self.state) {
            self.state.variables.extend(variables.clone());
        }
        // What waits has the variables that it would have had; what may be there already is looked for with those that it had.
        let waits = |open: &&mut Unsettled| open.conversation == first.conversation && open.since.is_none();
        self.state.unsettled.iter_mut().filter(waits).for_each(|open| open.variables.extend(variables.clone()));
        let mut entries = vec![ran.entry];
        if first.is_next_of(&self.state) {
            let wrong = answers::to_correct(&ran.outcome, ran.settings);
            if self.is_live {
                // In the order of the flow.
                let asked = FLOW.iter().filter_map(Step::variable).filter(|variable| wrong.contains(*variable));
                self.state.again = asked.map(str::to_owned).collect();
            }
            if self.state.again.is_empty() {
                self.state.step += 1;
            }
            entries.extend(ran.said.map(entry::bot));
        } else {
            entries.push(entry::bot(ran.said.unwrap_or(answers::SAVED_NOW.into())));
            if let Some(Step::Say(text)) = FLOW.get(first.step + 1) {
                entries.extend(text.filled(&variables).filter(|said| said.en != text.en).map(entry::bot));
            }
        }
        self.tell_all(entries, shell)
    }

    fn stays_open(
        &mut self,
        first: &Unsettled,
        ran: Ran,
        is_for_people: bool,
        shell: &mut impl Shell,
    ) -> anyhow::Result<()> {
        if !is_unknown(&ran.outcome) {
            self.forget_sent(first);
        }
        if let Some(open) = self.state.unsettled.first_mut() {
            (open.is_for_people, open.is_told) = (is_for_people, true);
        }
        // Said once, and again when nobody but a person can help.
        if first.is_told && !is_for_people {
            return self.save();
        }
        let said = if is_for_people { answers::FOR_PEOPLE } else { answers::NOT_KNOWN };
        let entries = vec![ran.entry, entry::bot(said)];
        if first.is_next_of(&self.state) { self.go_on_without(entries, shell) } else { self.tell_all(entries, shell) }
    }

    /// The flow goes on, and its module is open.
    fn go_on_without(&mut self, entries: Vec<Value>, shell: &mut impl Shell) -> anyhow::Result<()> {
        let (id, step) = (&self.state.id, self.state.step);
        if let Some(open) = self.state.unsettled.iter_mut().find(|open| open.conversation == *id && open.step == step) {
            open.is_told = true;
        }
        self.state.step += 1;
        self.tell_all(entries, shell)
    }
}

/// Of a run that ended with an error: the org refused the token, or there was none.
fn has_written_nothing(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(ConnectionError::NotConnected(_) | ConnectionError::Refused(_)))
}
