//! The visitor in front of a terminal, or input that is no person's. A thread reads it, so that a chat with a person can go on meanwhile.

use std::io::{BufRead, IsTerminal};
use std::time::{Duration, Instant};

use serde_json::Value;
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};

use super::shell::{Input, Moment, Said, Shell};
use super::show;

/// How long nothing must have happened before input that is no person's goes on.
const QUIET: Duration = Duration::from_millis(100);
/// How long such input waits for an agent.
const PATIENCE: Duration = Duration::from_secs(30);

/// See above.
pub struct Terminal {
    lines: UnboundedReceiver<String>,
    is_terminal: bool,
    /// In a talk, input that is no person's waits for its turn, as a person would.
    is_visitors_turn: bool,
    /// When something happened last.
    since: Instant,
    /// What the visitor may answer the agent's question with: its message, and its options.
    offer: Value,
    inputs: u64,
    /// The prompt is the line that stands open.
    is_prompted: bool,
    /// What the visitor has typed stands behind the prompt already.
    is_typed: bool,
}

impl Terminal {
    pub fn new() -> Self {
        let (sender, lines) = unbounded_channel();
        std::thread::spawn(move || {
            for line in std::io::stdin().lock().lines() {
                // What cannot be read is the end, and so is a chat that is over.
                let Ok(line) = line else { return };
                if sender.send(line.trim_end_matches('\r').to_owned()).is_err() {
                    return;
                }
            }
        });
        let is_terminal = std::io::stdin().is_terminal();
        Self {
            lines,
            is_terminal,
            is_visitors_turn: false,
            since: Instant::now(),
            offer: Value::Null,
            inputs: 0,
            is_prompted: false,
            is_typed: false,
        }
    }

    fn input(&mut self, said: Said) -> Input {
        self.inputs += 1;
        // Another process has others.
        let key = format!("{}-{}", std::process::id(), self.inputs);
        Input { said, key, question: None, taken: None }
    }

    /// A line of the visitor's; `None` at the end.
    async fn line(&mut self) -> Option<String> {
        if self.is_terminal && !self.is_prompted {
            show::prompt().ok()?;
            self.is_prompted = true;
        }
        let line = self.lines.recv().await?;
        self.is_typed = self.is_prompted;
        self.is_prompted = false;
        Some(line)
    }

    /// Whether the visitor may say something now.
    fn is_turn(&self) -> bool {
        self.is_terminal || self.is_visitors_turn && self.since.elapsed() >= QUIET
    }

    /// What is shown takes the line of the prompt.
    fn interrupt(&mut self) {
        if std::mem::take(&mut self.is_prompted) {
            show::over_prompt();
        }
        self.since = Instant::now();
    }
}

impl Shell for Terminal {
    fn show(&mut self, entry: &Value) -> anyhow::Result<()> {
        self.interrupt();
        if entry.get("choice").is_some() {
            self.offer = Value::Null;
        }
        if entry.get("visitor").is_some() && std::mem::take(&mut self.is_typed) {
            return Ok(());
        }
        if entry.get("person").is_some() {
            self.is_visitors_turn = true;
            self.offer = entry.clone();
        }
        if entry.get("agents").is_some() {
            self.is_visitors_turn = false;
        }
        show::entry(entry);
        Ok(())
    }

    fn show_moment(&mut self, moment: &Moment<'_>) -> anyhow::Result<()> {
        if let Moment::Typing(true) = moment {
            self.interrupt();
            show::note("types …");
        }
        Ok(())
    }

    async fn answer(&mut self, _: &str, _: usize) -> Option<Input> {
        let text = self.line().await?;
        Some(self.input(Said::Text(text)))
    }

    async fn word(&mut self) -> Input {
        while !self.is_turn() {
            if self.since.elapsed() >= PATIENCE {
                return self.input(Said::End);
            }
            tokio::time::sleep(QUIET).await;
        }
        let said = loop {
            match self.line().await {
                None => break Said::End,
                Some(line) if line.trim() == "/end" => break Said::End,
                Some(line) if line.trim().is_empty() => {}
                Some(line) => break choice(&line, &self.offer).unwrap_or(Said::Text(line)),
            }
        };
        self.is_visitors_turn = false;
        self.input(said)
    }

    async fn again(&mut self) -> bool {
        show::heading("And again, with the same org");
        true
    }
}

/// A line that is the number or the label of an option chooses it.
fn choice(line: &str, offer: &Value) -> Option<Said> {
    let line = line.trim();
    let mut options = offer["options"].as_array()?.iter().enumerate();
    let (_, option) = options.find(|(place, option)| {
        let label = option["label"].as_str().unwrap_or_default();
        line == (place + 1).to_string() || line.eq_ignore_ascii_case(label)
    })?;
    Some(Said::Choice {
        option: option["id"].as_str()?.to_owned(),
        message: offer["id"].as_str()?.to_owned(),
        label: option["label"].as_str()?.to_owned(),
    })
}
