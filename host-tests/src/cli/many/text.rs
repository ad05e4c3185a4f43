//! What `run-many` says at the end: how far it came, and what a person is to do about lines of which that is not known.

use std::collections::BTreeMap;
use std::path::Path;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::known::{DOUBT, State, is_unknown};
use super::results::Results;
use super::{Answer, call};
use crate::cli::text::of_finding;
use crate::host::Finding;
use crate::host::bindings::exports::chat_flow::salesforce::types::{FindingTexts, Status};
use crate::json as answers;

/// Lines that are listed, and those of them whose reason is printed; all are in the file.
const MAX_LISTED: usize = 20;
const MAX_REASONS: usize = 5;

/// What came of all lines.
#[derive(Default)]
pub struct Summary {
    /// By how they ended in this run.
    statuses: BTreeMap<&'static str, u64>,
    /// By result of their records.
    records: BTreeMap<&'static str, u64>,
    /// By result of their files.
    files: BTreeMap<&'static str, u64>,
    pub requests: u64,
    /// Why it stopped before the end.
    pub stopped: Option<String>,
    /// Why the first of the lines that are no conversation were refused, by their number.
    refused: BTreeMap<u64, String>,
}

impl Summary {
    /// What is noted of a line, which was in doubt since then.
    pub fn entry(&mut self, line: u64, answer: Answer, doubt: Option<Timestamp>) -> Value {
        match answer {
            Ok(outcome) => {
                *self.statuses.entry(answers::status(outcome.status)).or_default() += 1;
                for record in &outcome.records {
                    *self.records.entry(answers::result(record.result)).or_default() += 1;
                }
                for file in &outcome.files {
                    *self.files.entry(answers::file_result(file.result)).or_default() += 1;
                }
                let mut errors = outcome.records.iter().filter_map(|record| record.error.as_ref());
                let looked_for = errors.any(|error| error.code == "IN_DOUBT");
                let is_done = outcome.status == Status::Done;
                // Of one that was run again the doubt is a new one; one that ended before it was looked for has the old one.
                call::entry(
                    &answers::outcome(&outcome),
                    doubt.filter(|_| looked_for || !(is_done || is_unknown(&outcome))),
                )
            }
            Err(findings) => {
                let findings: Vec<Finding> = findings.into_iter().map(|finding| of_line(line, finding)).collect();
                self.refuse(line, findings.first().map(|finding| of_finding(finding).0.to_owned()));
                answers::findings(&findings)
            }
        }
    }

    /// Counts a line that was not passed on.
    pub fn refuse(&mut self, line: u64, why: Option<String>) {
        *self.statuses.entry("bad-input").or_default() += 1;
        self.refused.extend(why.map(|why| (line, why)));
        if self.refused.len() > MAX_REASONS {
            self.refused.pop_last();
        }
    }

    /// As JSON.
    pub fn answer(&self, lines: u64, results: &Results, path: &Path) -> anyhow::Result<Value> {
        let mut not_done = results.not_done();
        not_done.truncate(MAX_LISTED);
        Ok(json!({
            "lines": lines,
            "done": results.count(State::Settled { done: true }),
            "left": left(lines, results),
            "notDone": not_done,
            "unclear": unclear(results).len(),
            "unclearUntil": unclear_until(results, Timestamp::now()).map(|end| end.to_string()),
            "inDoubt": results.count(State::InDoubt),
            "inDoubtUntil": results.doubt_ends().map(|end| end.to_string()),
            "thisTime": {
                "conversations": self.statuses,
                "records": self.records,
                "files": self.files,
                "requests": self.requests,
            },
            "stopped": self.stopped,
            "results": path.display().to_string(),
        }))
    }

    pub fn tell(&self, lines: u64, results: &Results, path: &Path, settings: &str) {
        let list = |counts: &BTreeMap<&str, u64>| {
            let parts: Vec<String> = counts.iter().map(|(name, count)| format!("{count} {name}")).collect();
            if parts.is_empty() { "nothing".to_owned() } else { parts.join(", ") }
        };
        let done = results.count(State::Settled { done: true });
        anstream::println!("{done} of {lines} conversations are done");
        let plural = if self.requests == 1 { "" } else { "s" };
        anstream::println!("  this time: {}, with {} request{plural}", list(&self.statuses), self.requests);
        anstream::println!("  records: {}", list(&self.records));
        if !self.files.is_empty() {
            anstream::println!("  files: {}", list(&self.files));
        }
        let left = left(lines, results);
        if left > 0 {
            let are = if left == 1 { "is" } else { "are" };
            anstream::println!("  {left} {are} left: begin again with the same command");
        }
        if let Some(why) = &self.stopped {
            anstream::eprintln!("Stopped: {why}.");
        }
        anstream::println!("  each line's result is in {}", path.display());
        let not_done = results.not_done();
        if !not_done.is_empty() {
            anstream::println!("  not done: line {}", listed(&not_done));
        }
        for (line, why) in &self.refused {
            anstream::println!("    line {line}: {why}");
        }
        tell_doubts(results, settings);
    }
}

/// What is to be done about lines that may have been written.
fn tell_doubts(results: &Results, settings: &str) {
    let unclear = unclear(results);
    if !unclear.is_empty() {
        anstream::println!("  {} of these may have been written: line {}", unclear.len(), listed(&unclear));
        let when = match unclear_until(results, Timestamp::now()) {
            Some(end) => format!("Salesforce may be at work on them until {}. After that, look", clock(end)),
            None => "Look".to_owned(),
        };
        anstream::println!("    {when} in Salesforce for {} with the values of these lines.", places(settings));
        anstream::println!(
            "    What is there needs nothing. Put the lines that are not there into a new input file, behind them those that wait for them, and run it."
        );
        anstream::println!(
            "    Careful: a line in a new file may overwrite newer values, which a later line of this file, another \
             conversation"
        );
        anstream::println!(
            "    or a person has written to the same record since. Look at the record first, and leave those values out."
        );
    }
    if let Some(end) = results.doubt_ends() {
        let waiting: Vec<u64> = results
            .unsettled()
            .iter()
            .filter(|(_, known)| known.state == State::InDoubt)
            .map(|(line, _)| *line)
            .collect();
        anstream::println!("  in doubt: line {}", listed(&waiting));
        anstream::println!(
            "    They were sent before, and Salesforce may be at work on them: begin again after {}.",
            clock(end)
        );
    }
}

/// The SObjects of the settings, with the fields to search by: its keys, or all that is written.
fn places(settings: &str) -> String {
    let settings = answers::members(settings);
    let mappings = settings.get("mappings").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut objects: Vec<(&str, Vec<&str>, bool)> = Vec::new();
    for mapping in mappings {
        let (Some(object), Some(field)) = (mapping["object"].as_str(), mapping["field"].as_str()) else { continue };
        let is_key = mapping["useToFindExisting"] == true;
        match objects.iter_mut().find(|(name, ..)| *name == object) {
            None => objects.push((object, vec![field], is_key)),
            // Keys say more than the other fields.
            Some((_, fields, by_keys)) if is_key && !*by_keys => (*fields, *by_keys) = (vec![field], true),
            // The id that a link holds is not in the input.
            Some((_, fields, by_keys)) if is_key == *by_keys && mapping["source"]["record"].is_null() => {
                fields.push(field);
            }
            Some(_) => {}
        }
    }
    let sobject = |name: &str| {
        let named = settings.get("objects").and_then(|objects| objects[name]["sobject"].as_str());
        named.unwrap_or(name).to_owned()
    };
    let place = |(name, fields, _): &(&str, Vec<&str>, bool)| format!("{} by {}", sobject(name), fields.join(", "));
    objects.iter().map(place).collect::<Vec<_>>().join(" and for ")
}

/// Lines that may have been written, and that are left to people.
fn unclear(results: &Results) -> Vec<u64> {
    let is = |state: State| matches!(state, State::Unclear | State::Settled { done: false });
    let unclear = results.unsettled().iter().filter(|(_, known)| is(known.state) && known.doubt.is_some());
    unclear.map(|(line, _)| *line).collect()
}

/// When the last of these is there or never will be; none if that is so now. Who looks earlier and sends again what is not
/// there would write it twice.
fn unclear_until(results: &Results, now: Timestamp) -> Option<Timestamp> {
    let unclear = unclear(results);
    let ends = unclear.iter().filter_map(|line| results.doubt(*line)?.checked_add(DOUBT).ok());
    ends.max().filter(|end| *end > now)
}

/// A time as people read it: no fractions, and not before the time itself.
pub fn clock(time: Timestamp) -> String {
    let whole = Timestamp::from_second(time.as_second() + i64::from(time.subsec_nanosecond() > 0));
    whole.unwrap_or(time).to_string()
}

/// A line is a whole document to the module, and the first line of it. For a person it has the number that it has in the input.
fn of_line(line: u64, finding: Finding) -> Finding {
    let here = |text: &str| {
        let english = text.replace("line 1, column", &format!("line {line}, column"));
        english.replace("Zeile 1, Spalte", &format!("Zeile {line}, Spalte"))
    };
    let texts = finding.texts.iter().map(|texts| FindingTexts { message: here(&texts.message), ..texts.clone() });
    Finding { message: here(&finding.message), texts: texts.collect(), ..finding }
}

fn left(lines: u64, results: &Results) -> u64 {
    let settled = [State::Settled { done: true }, State::Settled { done: false }, State::Unclear];
    lines.saturating_sub(settled.map(|state| results.count(state)).iter().sum())
}

fn listed(lines: &[u64]) -> String {
    let numbers: Vec<String> = lines.iter().take(MAX_LISTED).map(u64::to_string).collect();
    let more = if lines.len() > MAX_LISTED { format!(" and {} more", lines.len() - MAX_LISTED) } else { String::new() };
    format!("{}{more}", numbers.join(", "))
}
