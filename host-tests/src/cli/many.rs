//! `run-many`: a file of conversations, a thousand at a time, of which nothing is written twice however often it is begun.

mod call;
mod input;
mod known;
mod results;
mod states;
mod text;

use std::collections::{BTreeMap, BTreeSet};
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::log::LogArg;
use super::org::{OrgArgs, Way};
use super::{BadUsage, End, SettingsArg, bad_input, read};
use crate::host::bindings::exports::chat_flow::salesforce::types::Status;
use crate::host::{Finding, Host, Outcome};
use crate::{COMPONENT, json as answers};
use call::{Called, Chunk, Line};
use input::Lines;
use known::State;
pub(crate) use known::{DOUBT, is_unknown};
use results::Results;
use salesforce_module::audit;
use text::Summary;

/// Most conversations of one call, and of one that creates records without a key: should the process be ended, fewer are in
/// doubt then. Source: the WIT, `run-many`.
const AT_ONCE: usize = 1_000;
const AT_ONCE_WITHOUT_KEY: usize = 200;
/// Most records of one call. Source: the WIT, `run-many`.
const MAX_RECORDS: usize = 5_000;
/// Most bytes of one call. Source: the WIT, `run-many`.
const MAX_BYTES: usize = 4 << 20;

#[derive(Args)]
pub struct RunMany {
    #[command(flatten)]
    settings: SettingsArg,
    /// Conversations: the variables of one on each line, as a JSON object. Blank lines are left out.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// Where to note what became of each line. Begun again with the same file, lines that are settled are not sent again
    /// [default: the input's name with .results.jsonl]
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    /// Your own name of the whole list: each line's outcome has it as correlation, with a colon and the number of the line.
    #[arg(long, value_name = "TEXT")]
    correlation: Option<String>,
    #[command(flatten)]
    log: LogArg,
    #[command(flatten)]
    org: OrgArgs,
}

type Answer = Result<Outcome, Vec<Finding>>;

impl RunMany {
    pub(super) async fn run(&self, json: bool) -> anyhow::Result<End> {
        self.org.require()?;
        if let Some(name) = &self.correlation {
            // The longest of them; before anything is noted.
            audit::check(Some(&of_line(name, u64::MAX)), "correlation").map_err(|findings| {
                let why =
                    findings.first().map_or("", |finding| finding.message.get(salesforce_module::base::Language::En));
                BadUsage(format!("--correlation with the number of a line: {why}"))
            })?;
        }
        let settings = read(&self.settings.settings)?;
        let host = Arc::new(Host::cached(COMPONENT)?);
        // Whether they would run at all, before anything is noted. No conversation sends no request.
        let (module, document) = (&host, settings.as_str());
        let call = |egress, session| async move { module.run_many(egress, &session, document, &[], &[]).await };
        let way = Way::of(&settings, &host, &self.org)?;
        if let Err(findings) = way.call(call).await? {
            return Ok(bad_input(&findings, json));
        }
        let lines = Lines::open(&self.input)?;
        let survey = lines.survey().clone();
        let path = self.results.clone().unwrap_or_else(|| self.input.with_extension("results.jsonl"));
        if is_one_file(&path, &self.input) || is_one_file(&path, &self.settings.settings) {
            return Err(BadUsage(format!("{}: results need a file of their own", path.display())).into());
        }
        let mut results = Results::open(&path, &input::hash(&settings), &survey.hash)?;
        let batch = Batch::of(&settings);
        let mut reader = Reader { texts: unsettled_texts(&self.input, &results)?, held: None, lines };
        let bar = progress_bar(survey.lines);
        let mut summary = Summary::default();
        while summary.stopped.is_none() {
            let lines = reader.next_chunk(&batch, &mut results, &mut summary, &bar)?;
            if lines.is_empty() {
                break;
            }
            let Some(earlier) = call::earlier(&results, &reader.texts, &lines, Timestamp::now()) else {
                let until = until(results.latest_doubt(Timestamp::now()));
                summary.stopped = Some(format!("too many lines wait for their end: begin again {until}"));
                break;
            };
            let chunk = Chunk { lines, earlier };
            if let Err(findings) = self.send(&host, &way, &settings, &chunk, &mut results, &mut summary).await? {
                bar.abandon();
                return Ok(bad_input(&findings, json));
            }
            bar.inc(u64::try_from(chunk.lines.len())?);
            reader.keep(chunk.lines, &results);
        }
        bar.finish_and_clear();
        if summary.stopped.is_none() && !reader.lines.ends_as_surveyed() {
            let file = self.input.display();
            anyhow::bail!("{file} has changed while it was read: compare its lines with {}", path.display());
        }
        let answer = summary.answer(survey.lines, &results, &path)?;
        match json {
            true => anstream::println!("{answer:#}"),
            false => summary.tell(survey.lines, &results, &path, &settings),
        }
        Ok(if answer["done"] == survey.lines { End::Done } else { End::NotDone })
    }

    /// Sends lines and notes what became of them.
    async fn send(
        &self,
        host: &Host,
        way: &Way,
        settings: &str,
        chunk: &Chunk,
        results: &mut Results,
        summary: &mut Summary,
    ) -> anyhow::Result<Result<(), Vec<Finding>>> {
        let numbers: Vec<u64> = chunk.lines.iter().map(|line| line.number).collect();
        results.begin(&numbers)?;
        let Called { many, requests, answers } = match call::send(host, way, settings, self, chunk, results).await? {
            Ok(called) => called,
            Err(findings) => return Ok(Err(findings)),
        };
        summary.requests += requests;
        let doubts: BTreeMap<u64, Timestamp> =
            chunk.lines.iter().filter_map(|line| Some((line.number, line.doubt?))).collect();
        let entries = answers.into_iter().map(|(number, answer)| {
            let doubt = doubts.get(&number).copied();
            (number, summary.entry(number, answer, doubt))
        });
        let entries: Vec<(u64, Value)> = entries.collect();
        results.end(&entries)?;
        let waits = |number: u64| matches!(results.state(number), Some(State::Again | State::InDoubt));
        // Of a line that sends nothing, such as one that is no JSON object, there is nothing to learn about the way to Salesforce.
        let is_sent = |entry: &Value| entry["outcome"]["requests"].as_u64().is_some_and(|requests| requests > 0);
        let again = |number: u64| matches!(results.state(number), Some(State::Again));
        let in_vain = entries.iter().all(|(number, _)| waits(*number))
            || (entries.iter().any(|(number, _)| again(*number))
                && entries.iter().all(|(number, entry)| again(*number) || !is_sent(entry)));
        summary.stopped = match many.status {
            Status::SessionExpired => Some("the access token was refused: renew it and begin again".to_owned()),
            Status::Deferred => Some(match many.retry_after_seconds {
                Some(seconds) => {
                    format!("Salesforce takes no more requests for now: begin again in {seconds} seconds")
                }
                None => "Salesforce takes no more requests for now: begin again later".to_owned(),
            }),
            _ if in_vain => {
                let now = Timestamp::now();
                let until = until(entries.iter().filter_map(|(_, entry)| may_be_sent(entry, now)).max());
                Some(format!("nothing could be sent, and the file of results says why: begin again {until}"))
            }
            _ => None,
        };
        Ok(Ok(()))
    }
}

/// The lines that are still to be sent, and the texts of those that others must not overtake.
struct Reader {
    lines: Lines,
    /// One that did not fit into the chunk before.
    held: Option<Line>,
    texts: BTreeMap<u64, String>,
}

impl Reader {
    /// The next lines to be sent. What cannot be sent is noted at once.
    fn next_chunk(
        &mut self,
        batch: &Batch,
        results: &mut Results,
        summary: &mut Summary,
        bar: &ProgressBar,
    ) -> anyhow::Result<Vec<Line>> {
        let mut chunk: Vec<Line> = self.held.take().into_iter().collect();
        let mut bytes: usize = chunk.iter().map(|line| line.text.len()).sum();
        while chunk.len() < batch.conversations {
            let Some(input::Line { number, text }) = self.lines.next()? else { break };
            let state = results.state(number);
            if matches!(state, Some(State::Settled { .. } | State::Unclear)) {
                bar.inc(1);
                continue;
            }
            let text = match text {
                Ok(text) => text,
                Err(finding) => {
                    summary.refuse(number, super::text::message_of_json(&finding).map(str::to_owned));
                    results.end(&[(number, json!({ "findings": [finding] }))])?;
                    bar.inc(1);
                    continue;
                }
            };
            let doubt = if state == Some(State::InDoubt) { results.doubt(number) } else { None };
            let line = Line { number, text, doubt };
            if bytes + line.text.len() > MAX_BYTES {
                self.held = Some(line);
                break;
            }
            bytes += line.text.len();
            chunk.push(line);
        }
        Ok(chunk)
    }

    /// Keeps the texts of lines that are not settled.
    fn keep(&mut self, lines: Vec<Line>, results: &Results) {
        for Line { number, text, .. } in lines {
            match results.is_in_the_way(number) {
                true => self.texts.insert(number, text),
                false => self.texts.remove(&number),
            };
        }
    }
}

/// The texts of lines that are in doubt, wherever they stand: they are in the way of all others.
fn unsettled_texts(input: &Path, results: &Results) -> anyhow::Result<BTreeMap<u64, String>> {
    let mut texts = BTreeMap::new();
    let numbers: BTreeSet<u64> =
        results.unsettled().keys().copied().filter(|number| results.is_in_the_way(*number)).collect();
    if numbers.is_empty() {
        return Ok(texts);
    }
    let mut lines = Lines::open(input)?;
    while let Some(input::Line { number, text }) = lines.next()? {
        if let (Ok(text), true) = (text, numbers.contains(&number)) {
            texts.insert(number, text);
        }
    }
    Ok(texts)
}

/// The correlation of a line.
fn of_line(name: &str, line: u64) -> String {
    format!("{name}:{line}")
}

/// How many conversations go into one call.
struct Batch {
    conversations: usize,
}

impl Batch {
    fn of(settings: &str) -> Self {
        let settings = answers::members(settings);
        let mappings = settings.get("mappings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
        let mut records: BTreeMap<String, bool> = BTreeMap::new();
        for mapping in mappings {
            let name = mapping["object"].as_str().unwrap_or_default();
            let marked = settings.get("objects").is_some_and(|objects| objects[name]["idempotency"].is_object());
            *records.entry(name.to_owned()).or_default() |= marked || mapping["useToFindExisting"] == true;
        }
        let most = if records.values().all(|found| *found) { AT_ONCE } else { AT_ONCE_WITHOUT_KEY };
        Self { conversations: most.min(MAX_RECORDS / records.len().max(1)) }
    }
}

/// When a line can be sent again, if its outcome tells.
fn may_be_sent(entry: &Value, now: Timestamp) -> Option<Timestamp> {
    let seconds = entry["outcome"]["retryAfterSeconds"].as_i64()?;
    now.checked_add(SignedDuration::from_secs(seconds)).ok()
}

fn until(time: Option<Timestamp>) -> String {
    time.map_or_else(|| "later".to_owned(), |time| format!("after {}", text::clock(time)))
}

fn is_one_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn progress_bar(lines: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(lines), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} conversations, {elapsed} gone, {eta} left");
    match style {
        Ok(style) if std::io::stderr().is_terminal() => bar.with_style(style),
        _ => ProgressBar::hidden(),
    }
}
