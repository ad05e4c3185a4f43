//! `run-many`: a file of conversations, a thousand at a time, of which nothing is written twice however often it is begun.

mod input;
mod results;

use std::collections::BTreeMap;
use std::io::IsTerminal;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

use clap::Args;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};

use super::{BadUsage, End, OrgArgs, SettingsArg, bad_input, over, read};
use crate::host::bindings::exports::chat_flow::salesforce::types::{Approach, Status};
use crate::host::{Finding, Host, ManyOutcome, Outcome};
use crate::{COMPONENT, json as answers};
use input::{Line, Lines};
use results::{Results, State};

/// Most conversations of one call, and of one that creates records without a key: should the process be ended, fewer are in
/// doubt then. Source: the WIT, `run-many`.
const AT_ONCE: usize = 1_000;
const AT_ONCE_WITHOUT_KEY: usize = 200;
/// Most records of one call. Source: the WIT, `run-many`.
const MAX_RECORDS: usize = 5_000;
/// Lines that are listed at the end; all of them are in the file.
const MAX_LISTED: usize = 20;
/// Most bytes of one call. Source: the WIT, `run-many`.
const MAX_BYTES: usize = 4 << 20;

#[derive(Args)]
pub struct RunMany {
    #[command(flatten)]
    settings: SettingsArg,
    /// Conversations: the variables of one on each line, as a JSON object. Blank lines are left out.
    #[arg(long, value_name = "FILE")]
    input: PathBuf,
    /// Where to note what became of each line. Begun again with the same file, what is done is not done again
    /// [default: the input's name with .results.jsonl]
    #[arg(long, value_name = "FILE")]
    results: Option<PathBuf>,
    #[command(flatten)]
    org: OrgArgs,
}

/// What came of all lines.
#[derive(Default)]
struct Summary {
    /// By how they ended in this run.
    statuses: BTreeMap<&'static str, u64>,
    /// By result of their records.
    records: BTreeMap<&'static str, u64>,
    /// By result of their files.
    files: BTreeMap<&'static str, u64>,
    requests: u64,
    /// Why it stopped before the end.
    stopped: Option<String>,
}

type Answer = Result<Outcome, Vec<Finding>>;

impl RunMany {
    pub async fn run(&self, json: bool) -> anyhow::Result<End> {
        let settings = read(&self.settings.settings)?;
        let host = Arc::new(Host::new(COMPONENT)?);
        // Whether they would run at all, before anything is noted. No conversation sends no request.
        let (module, document) = (&host, settings.as_str());
        let call = |egress, session| async move { module.run_many(egress, &session, document, &[]).await };
        if let Err(findings) = over(&host, &settings, &self.org, call).await? {
            return Ok(bad_input(&findings, json));
        }
        let mut lines = Lines::open(&self.input)?;
        let survey = lines.survey().clone();
        let path = self.results.clone().unwrap_or_else(|| self.input.with_extension("results.jsonl"));
        if is_one_file(&path, &self.input) || is_one_file(&path, &self.settings.settings) {
            return Err(BadUsage(format!("{}: results need a file of their own", path.display())).into());
        }
        let mut results = Results::open(&path, &input::hash(&settings), &survey.hash)?;
        let batch = Batch::of(&settings);
        let bar = progress_bar(survey.lines);
        let mut summary = Summary::default();
        let mut held = None;
        while summary.stopped.is_none() {
            let chunk = self.next_chunk(&host, &settings, &batch, &mut lines, &mut held, &mut results, &bar).await?;
            if chunk.is_empty() {
                break;
            }
            if let Err(findings) = self.send(&host, &settings, &chunk, &mut results, &mut summary).await? {
                bar.abandon();
                return Ok(bad_input(&findings, json));
            }
            bar.inc(u64::try_from(chunk.len())?);
        }
        bar.finish_and_clear();
        if summary.stopped.is_none() && !lines.ends_as_surveyed() {
            let file = self.input.display();
            anyhow::bail!("{file} has changed while it was read: compare its lines with {}", path.display());
        }
        let not_done: Vec<u64> = results.not_done().collect();
        let left = survey.lines.saturating_sub(u64::try_from(results.states().filter(is_settled).count())?);
        let unclear = results.states().filter(|state| *state == State::Unclear).count();
        let done = results.states().filter(|state| *state == State::Settled { done: true }).count();
        let all_done = u64::try_from(done)? == survey.lines;
        let answer = json!({
            "lines": survey.lines,
            "done": done,
            "left": left,
            "notDone": not_done.iter().take(MAX_LISTED).collect::<Vec<_>>(),
            "unclear": unclear,
            "thisTime": {
                "conversations": summary.statuses,
                "records": summary.records,
                "files": summary.files,
                "requests": summary.requests,
            },
            "stopped": summary.stopped,
            "results": path.display().to_string(),
        });
        if json {
            anstream::println!("{answer:#}");
        } else {
            summary.tell(survey.lines, done, left, &path);
            list_lines("not done", &not_done);
            if unclear > 0 {
                anstream::println!(
                    "  of {unclear} of these it is not known whether they were written: look in Salesforce"
                );
            }
        }
        Ok(if all_done { End::Done } else { End::NotDone })
    }

    /// The next lines to be sent. What cannot be sent, or must not be, is noted at once.
    #[allow(clippy::too_many_arguments)]
    async fn next_chunk(
        &self,
        host: &Host,
        settings: &str,
        batch: &Batch,
        lines: &mut Lines,
        held: &mut Option<(u64, String)>,
        results: &mut Results,
        bar: &ProgressBar,
    ) -> anyhow::Result<Vec<(u64, String)>> {
        let mut chunk: Vec<(u64, String)> = held.take().into_iter().collect();
        let mut bytes: usize = chunk.iter().map(|(_, text)| text.len()).sum();
        while chunk.len() < batch.conversations {
            let Some(Line { number, text }) = lines.next()? else { break };
            let state = results.state(number);
            if state.as_ref().is_some_and(is_settled) {
                bar.inc(1);
                continue;
            }
            let text = match text {
                Ok(text) => text,
                Err(finding) => {
                    results.end(&[(number, json!({ "findings": [finding] }))])?;
                    bar.inc(1);
                    continue;
                }
            };
            if state == Some(State::InDoubt) && !is_repeatable(host, settings, &text).await? {
                results.end(&[(number, json!({ "inDoubt": true, "message": IN_DOUBT }))])?;
                bar.inc(1);
                continue;
            }
            if bytes + text.len() > MAX_BYTES {
                *held = Some((number, text));
                break;
            }
            bytes += text.len();
            chunk.push((number, text));
        }
        Ok(chunk)
    }

    /// Sends lines and notes what became of them.
    async fn send(
        &self,
        host: &Arc<Host>,
        settings: &str,
        chunk: &[(u64, String)],
        results: &mut Results,
        summary: &mut Summary,
    ) -> anyhow::Result<Result<(), Vec<Finding>>> {
        let numbers: Vec<u64> = chunk.iter().map(|(number, _)| *number).collect();
        results.begin(&numbers)?;
        let answered: Mutex<Vec<Option<Answer>>> = Mutex::new(chunk.iter().map(|_| None).collect());
        let lock = || answered.lock().unwrap_or_else(PoisonError::into_inner);
        let requests = Mutex::new(0);
        let call = |egress, session| {
            // After a renewal only those whose token was refused: what is written is written.
            let expired = |answer: &Option<Answer>| match answer {
                None => true,
                Some(answer) => answer.as_ref().is_ok_and(|outcome| outcome.status == Status::SessionExpired),
            };
            let left: Vec<usize> =
                lock().iter().enumerate().filter(|(_, answer)| expired(answer)).map(|(at, _)| at).collect();
            let texts: Vec<String> = left.iter().filter_map(|&at| Some(chunk.get(at)?.1.clone())).collect();
            let (host, requests, lock) = (host, &requests, &lock);
            async move {
                let answer = host.run_many(egress, &session, settings, &texts).await?;
                Ok(answer.inspect(|many: &ManyOutcome| {
                    *requests.lock().unwrap_or_else(PoisonError::into_inner) += u64::from(many.requests);
                    let mut answered = lock();
                    for (at, answer) in left.into_iter().zip(many.conversations.clone()) {
                        if let Some(slot) = answered.get_mut(at) {
                            *slot = Some(answer);
                        }
                    }
                }))
            }
        };
        let many = match over(host, settings, &self.org, call).await? {
            Ok(many) => many,
            Err(findings) => return Ok(Err(findings)),
        };
        summary.requests += *requests.lock().unwrap_or_else(PoisonError::into_inner);
        let answered: Vec<Option<Answer>> = std::mem::take(&mut *lock());
        let entries = numbers.into_iter().zip(answered.into_iter().flatten());
        let entries: Vec<(u64, Value)> = entries.map(|(number, answer)| (number, summary.entry(answer))).collect();
        results.end(&entries)?;
        let in_vain = chunk.iter().all(|(number, _)| results.state(*number) == Some(State::Again));
        summary.stopped = match many.status {
            Status::SessionExpired => Some("the access token was refused: renew it and begin again".to_owned()),
            Status::Deferred => Some(format!(
                "Salesforce takes no more requests for now: begin again in {} seconds",
                many.retry_after_seconds.unwrap_or_default()
            )),
            _ if in_vain => Some("nothing could be sent, as the file of results says: begin again later".to_owned()),
            _ => None,
        };
        Ok(Ok(()))
    }
}

const IN_DOUBT: &str = "This conversation was being sent when the process ended, and without a key or `idempotency` it \
                        could be written twice: look in Salesforce whether it is there.";

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

/// Whether a conversation that may have been written can be run again: everything in it is found.
async fn is_repeatable(host: &Host, settings: &str, variables: &str) -> anyhow::Result<bool> {
    Ok(host.plan(settings, variables).await?.is_ok_and(|plan| {
        let is_marked =
            |name: &str| plan.records.iter().any(|record| record.name == name && record.idempotency.is_some());
        plan.records.iter().all(|record| record.approach != Approach::Create || record.idempotency.is_some())
            // A file is looked for where its record has a mark only.
            && plan.files.iter().all(|file| is_marked(&file.record))
    }))
}

fn is_one_file(one: &Path, other: &Path) -> bool {
    matches!((one.canonicalize(), other.canonicalize()), (Ok(one), Ok(other)) if one == other)
}

fn is_settled(state: &State) -> bool {
    matches!(state, State::Settled { .. } | State::Unclear)
}

fn list_lines(what: &str, lines: &[u64]) {
    if lines.is_empty() {
        return;
    }
    let numbers: Vec<String> = lines.iter().take(MAX_LISTED).map(u64::to_string).collect();
    let more = if lines.len() > MAX_LISTED { format!(" and {} more", lines.len() - MAX_LISTED) } else { String::new() };
    anstream::println!("  {what}: line {}{more}", numbers.join(", "));
}

fn progress_bar(lines: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(lines), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{bar:30} {pos}/{len} conversations, {elapsed} gone, {eta} left");
    match style {
        Ok(style) if std::io::stderr().is_terminal() => bar.with_style(style),
        _ => ProgressBar::hidden(),
    }
}

impl Summary {
    /// What is noted of a conversation.
    fn entry(&mut self, answer: Answer) -> Value {
        match answer {
            Ok(outcome) => {
                *self.statuses.entry(answers::status(outcome.status)).or_default() += 1;
                for record in &outcome.records {
                    *self.records.entry(answers::result(record.result)).or_default() += 1;
                }
                for file in &outcome.files {
                    *self.files.entry(answers::file_result(file.result)).or_default() += 1;
                }
                json!({ "outcome": answers::outcome(&outcome) })
            }
            Err(findings) => {
                *self.statuses.entry("bad-input").or_default() += 1;
                answers::findings(&findings)
            }
        }
    }

    fn tell(&self, lines: u64, done: usize, left: u64, path: &Path) {
        let list = |counts: &BTreeMap<&str, u64>| {
            let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
            if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
        };
        anstream::println!("{done} of {lines} conversations are done");
        let plural = if self.requests == 1 { "" } else { "s" };
        anstream::println!("  this time: {}, with {} request{plural}", list(&self.statuses), self.requests);
        anstream::println!("  records: {}", list(&self.records));
        if !self.files.is_empty() {
            anstream::println!("  files: {}", list(&self.files));
        }
        if left > 0 {
            anstream::println!("  {left} are left: begin again with the same command");
        }
        if let Some(why) = &self.stopped {
            anstream::eprintln!("Stopped: {why}.");
        }
        anstream::println!("  each line's result is in {}", path.display());
    }
}
