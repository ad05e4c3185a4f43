//! The results file of `run-many`: what became of each line, and what was about to happen when it was written last.
//!
//! It is made of lines of JSON, appended and brought to the disk before anything goes on. The first names the settings and
//! the input; `{"begun": [1, 1000]}` comes before the lines of these numbers are sent, `{"line": 7, …}` after. So whenever the
//! process ends, the file tells what is done, what is not, and of which lines nobody knows.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use serde_json::{Value, json};

use super::super::BadUsage;

/// What is known of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It was sent, and the process ended before it had an answer.
    InDoubt,
    /// It ended with nothing written, and running it again can help.
    Again,
    /// It was in doubt, and running it again could write it twice.
    Unclear,
    /// It ended. `done` says whether as it should.
    Settled { done: bool },
}

/// The file, which belongs to this process alone.
pub struct Results {
    file: File,
    path: PathBuf,
    states: BTreeMap<u64, State>,
}

impl Results {
    /// Opens the file of an earlier run of the same input with the same settings, or makes a new one.
    pub fn open(path: &Path, settings: &str, input: &str) -> anyhow::Result<Self> {
        let file = OpenOptions::new().read(true).append(true).create(true).open(path);
        let mut file = file.map_err(|error| BadUsage(format!("{}: {error}", path.display())))?;
        let header = json!({ "runMany": 1, "settings": settings, "input": input });
        if file.try_lock().is_err() {
            return Err(BadUsage(format!("{}: another process is at work with this file", path.display())).into());
        }
        let states = match read(&mut file, path, &header)? {
            Some(states) => states,
            None => {
                append(&mut file, path, &[header])?;
                BTreeMap::new()
            }
        };
        Ok(Self { file, path: path.to_owned(), states })
    }

    /// What is known of a line; nothing if it was not sent yet.
    pub fn state(&self, line: u64) -> Option<State> {
        self.states.get(&line).copied()
    }

    /// Lines that ended otherwise than they should, and will not be run again.
    pub fn not_done(&self) -> impl Iterator<Item = u64> + '_ {
        let is = |state: &State| matches!(state, State::Settled { done: false } | State::Unclear);
        self.states.iter().filter(move |(_, state)| is(state)).map(|(line, _)| *line)
    }

    pub fn states(&self) -> impl Iterator<Item = State> + '_ {
        self.states.values().copied()
    }

    /// Lines are about to be sent.
    pub fn begin(&mut self, lines: &[u64]) -> anyhow::Result<()> {
        let entries: Vec<Value> = ranges(lines).into_iter().map(|range| json!({ "begun": range })).collect();
        append(&mut self.file, &self.path, &entries)?;
        self.states.extend(lines.iter().map(|&line| (line, State::InDoubt)));
        Ok(())
    }

    /// What became of lines: `outcome` of a conversation that was run, `findings` of one that was not, or `inDoubt`.
    pub fn end(&mut self, entries: &[(u64, Value)]) -> anyhow::Result<()> {
        let line = |(line, entry): &(u64, Value)| {
            let mut entry = entry.clone();
            entry["line"] = (*line).into();
            entry
        };
        append(&mut self.file, &self.path, &entries.iter().map(line).collect::<Vec<_>>())?;
        self.states.extend(entries.iter().map(|(line, entry)| (*line, state(entry))));
        Ok(())
    }
}

/// What an entry says of its line.
fn state(entry: &Value) -> State {
    let Some(outcome) = entry.get("outcome") else {
        return if entry["inDoubt"] == true { State::Unclear } else { State::Settled { done: false } };
    };
    let errors = || {
        let records = outcome["records"].as_array().into_iter().flatten();
        records.filter_map(|record| record["error"]["retry"].as_str())
    };
    match outcome["status"].as_str() {
        Some("done") => State::Settled { done: true },
        Some("deferred" | "session-expired") => State::Again,
        // As long as one of its records says otherwise, it is not to be run again.
        Some("failed")
            if errors().next().is_some() && errors().all(|retry| ["later", "renew-session"].contains(&retry)) =>
        {
            State::Again
        }
        _ => State::Settled { done: false },
    }
}

/// The states in a file; none if it is empty.
fn read(file: &mut File, path: &Path, header: &Value) -> anyhow::Result<Option<BTreeMap<u64, State>>> {
    let wrong = |line: u64, what: &str| {
        BadUsage(format!("{}, line {line}: {what}. Name another file with --results.", path.display()))
    };
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(&*file);
    let (mut states, mut number, mut good): (Option<BTreeMap<u64, State>>, u64, u64) = (None, 0, 0);
    loop {
        let mut text = Vec::new();
        let length = reader.read_until(b'\n', &mut text).with_context(|| format!("reading {}", path.display()))?;
        if length == 0 {
            break;
        }
        number += 1;
        // The process ended while it wrote this line, so what the line tells of did not happen or is in doubt anyway.
        if text.last() != Some(&b'\n') {
            // Of a first line only the beginning of our own: any other file is somebody's.
            if states.is_none() && !header.to_string().as_bytes().starts_with(&text) {
                return Err(wrong(number, "this is no file of results").into());
            }
            break;
        }
        good += u64::try_from(length)?;
        let entry: Value = serde_json::from_slice(&text).map_err(|_| wrong(number, "this is no file of results"))?;
        let states = match &mut states {
            Some(states) => states,
            None if entry["runMany"] != 1 => return Err(wrong(number, "this is no file of results").into()),
            None if entry["settings"] != header["settings"] => {
                return Err(wrong(number, "it belongs to other settings").into());
            }
            None if entry["input"] != header["input"] => {
                return Err(wrong(number, "it belongs to another input").into());
            }
            None => {
                states = Some(BTreeMap::new());
                continue;
            }
        };
        match (entry["begun"].as_array().map(Vec::as_slice), entry["line"].as_u64()) {
            (Some([first, last]), _) => {
                let (first, last) = (first.as_u64().unwrap_or(1), last.as_u64().unwrap_or(0));
                states.extend((first..=last).map(|line| (line, State::InDoubt)));
            }
            (_, Some(line)) => {
                states.insert(line, state(&entry));
            }
            _ => return Err(wrong(number, "this is no file of results").into()),
        }
    }
    drop(reader);
    file.set_len(good)?;
    Ok(states)
}

fn append(file: &mut File, path: &Path, entries: &[Value]) -> anyhow::Result<()> {
    let mut text = String::new();
    for entry in entries {
        text.push_str(&entry.to_string());
        text.push('\n');
    }
    let written = file.write_all(text.as_bytes()).and_then(|()| file.sync_data());
    written.with_context(|| format!("writing {}; what was sent last is not noted", path.display()))
}

/// Numbers in rising order as ranges, both ends included.
fn ranges(numbers: &[u64]) -> Vec<[u64; 2]> {
    let mut ranges: Vec<[u64; 2]> = Vec::new();
    for &number in numbers {
        match ranges.last_mut() {
            Some([_, last]) if *last + 1 == number => *last = number,
            _ => ranges.push([number, number]),
        }
    }
    ranges
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::{State, ranges, state};

    #[test]
    fn numbers_are_noted_as_ranges() {
        assert_eq!(ranges(&[1, 2, 3, 5, 9, 10]), [[1, 3], [5, 5], [9, 10]]);
        assert!(ranges(&[]).is_empty());
    }

    #[test]
    fn only_what_wrote_nothing_and_may_go_better_is_run_again() {
        let of = |status: &str, retries: &[&str]| {
            let records: Vec<_> = retries.iter().map(|retry| json!({ "error": { "retry": retry } })).collect();
            state(&json!({ "outcome": { "status": status, "records": records } }))
        };
        assert_eq!(of("done", &[]), State::Settled { done: true });
        assert_eq!(of("deferred", &["later"]), State::Again);
        assert_eq!(of("session-expired", &[]), State::Again);
        assert_eq!(of("failed", &["later", "later"]), State::Again);
        for retries in [&["later", "verify"] as &[&str], &["never"], &["verify"], &[]] {
            assert_eq!(of("failed", retries), State::Settled { done: false }, "{retries:?}");
        }
        assert_eq!(of("ambiguous", &[]), State::Settled { done: false });
        assert_eq!(state(&json!({ "findings": [] })), State::Settled { done: false });
    }
}
