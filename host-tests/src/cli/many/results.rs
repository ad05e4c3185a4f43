//! The results file of `run-many`: what became of each line, and what was about to happen when it was written last.
//!
//! It is made of lines of JSON, appended and brought to the disk before anything goes on. The first names the settings and
//! the input; `{"begun": [1, 1000], "at": …}` comes before the lines of these numbers are sent, `{"sending": …}` again and again
//! while they are on their way, `{"line": 7, …}` after. So whenever the process ends, the file tells what is done, what is not, of
//! which lines that is not known, and since when.

use std::collections::BTreeMap;
use std::fs::{File, OpenOptions};
use std::io::{BufRead, BufReader, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use anyhow::Context;
use jiff::Timestamp;
use serde_json::{Value, json};

use super::super::BadUsage;
use super::known::{DOUBT, Known, State, known, time};
use super::states::States;

/// While a call is under way, the time is noted as often as this: so old the last note may be when the process ends.
pub const BEAT: Duration = Duration::from_secs(10);

const NO_RESULTS: &str = "this is no file of results";

/// The file, which belongs to this process alone.
pub struct Results {
    file: File,
    path: PathBuf,
    states: States,
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
                States::default()
            }
        };
        Ok(Self { file, path: path.to_owned(), states })
    }

    /// What is known of a line; nothing if it was not sent yet.
    pub fn state(&self, line: u64) -> Option<State> {
        self.states.state(line)
    }

    /// When it may have been sent last, if that may have written something.
    pub fn doubt(&self, line: u64) -> Option<Timestamp> {
        self.unsettled().get(&line)?.doubt
    }

    /// Whether others must not overtake it.
    pub fn is_in_the_way(&self, line: u64) -> bool {
        let is = |known: &Known| {
            known.in_doubt_for(Timestamp::now()).is_some() || matches!(known.state, State::Again | State::Unclear)
        };
        self.unsettled().get(&line).is_some_and(is)
    }

    /// The lines that are not settled, or that may have been written.
    pub fn unsettled(&self) -> &BTreeMap<u64, Known> {
        self.states.unsettled()
    }

    pub fn count(&self, state: State) -> u64 {
        self.states.count(state)
    }

    /// Lines that ended otherwise than they should, and will not be run again.
    pub fn not_done(&self) -> Vec<u64> {
        self.states.not_done()
    }

    /// When the last of the lines that are in doubt can be sent again.
    pub fn doubt_ends(&self) -> Option<Timestamp> {
        let waits = self.unsettled().values().filter(|known| known.state == State::InDoubt);
        waits.filter_map(|known| known.doubt?.checked_add(DOUBT).ok()).max()
    }

    /// When no line is in doubt any longer, however it is settled; none if that is so now.
    pub fn latest_doubt(&self, now: Timestamp) -> Option<Timestamp> {
        let open = self.unsettled().values().filter(|known| known.in_doubt_for(now).is_some());
        open.filter_map(|known| known.doubt?.checked_add(DOUBT).ok()).max()
    }

    /// Lines are about to be sent.
    pub fn begin(&mut self, lines: &[u64]) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let entry = |range| json!({ "begun": range, "at": now.to_string() });
        let entries: Vec<Value> = ranges(lines).into_iter().map(entry).collect();
        append(&mut self.file, &self.path, &entries)?;
        let known = Known { state: State::InDoubt, doubt: Some(now), records: None, tried: true, is_on_its_way: true };
        for &line in lines {
            self.states.insert(line, known.clone());
        }
        Ok(())
    }

    /// They are on their way still.
    pub fn beat(&mut self) -> anyhow::Result<()> {
        append(&mut self.file, &self.path, &[json!({ "sending": Timestamp::now().to_string() })])
    }

    /// What became of lines: `outcome` of a conversation that was run, or `findings` of one that was not; `inDoubt` since when it
    /// was in doubt before, if it still is.
    pub fn end(&mut self, entries: &[(u64, Value)]) -> anyhow::Result<()> {
        let now = Timestamp::now();
        let line = |(line, entry): &(u64, Value)| {
            let mut entry = entry.clone();
            (entry["line"], entry["at"]) = ((*line).into(), now.to_string().into());
            entry
        };
        let entries: Vec<Value> = entries.iter().map(line).collect();
        append(&mut self.file, &self.path, &entries)?;
        for entry in &entries {
            if let (Some(line), Some(known)) = (entry["line"].as_u64(), known(entry)) {
                self.states.insert(line, Known { tried: true, ..known });
            }
        }
        Ok(())
    }
}

/// The states in a file; none if it is empty.
fn read(file: &mut File, path: &Path, header: &Value) -> anyhow::Result<Option<States>> {
    let wrong = |line: u64, what: &str| {
        let then = match line {
            1 if what == NO_RESULTS => "Name another file with --results.",
            // A new file knows of no line that it is done.
            _ => {
                "Another file, named with --results, begins anew: take the lines that are done or in doubt here out of the input \
                 first, or they are sent once more, and may write a record twice or overwrite newer values."
            }
        };
        BadUsage(format!("{}, line {line}: {what}. {then}", path.display()))
    };
    file.seek(SeekFrom::Start(0))?;
    let mut reader = BufReader::new(&*file);
    let (mut states, mut number, mut good): (Option<States>, u64, u64) = (None, 0, 0);
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
                return Err(wrong(number, NO_RESULTS).into());
            }
            break;
        }
        good += u64::try_from(length)?;
        let entry: Value = serde_json::from_slice(&text).map_err(|_| wrong(number, NO_RESULTS))?;
        let states = match &mut states {
            Some(states) => states,
            None if entry["runMany"] != 1 => return Err(wrong(number, NO_RESULTS).into()),
            None if entry["settings"] != header["settings"] => {
                return Err(wrong(number, "it belongs to other settings").into());
            }
            None if entry["input"] != header["input"] => {
                return Err(wrong(number, "it belongs to another input").into());
            }
            None => {
                states = Some(States::default());
                continue;
            }
        };
        let ends = entry["begun"].as_array().and_then(|ends| Some((ends.first()?.as_u64()?, ends.get(1)?.as_u64()?)));
        match (ends, entry["line"].as_u64(), known(&entry)) {
            (Some((first, last)), ..) if time(&entry["at"]).is_some() => {
                let doubt = later(&entry["at"]);
                let known = Known { state: State::InDoubt, doubt, records: None, tried: false, is_on_its_way: true };
                (first..=last).for_each(|line| states.insert(line, known.clone()));
            }
            (_, Some(line), Some(known)) => {
                states.insert(line, known);
            }
            _ if time(&entry["sending"]).is_some() => {
                let doubt = later(&entry["sending"]);
                // Of those that have an outcome, nothing is on its way.
                let on_their_way =
                    states.unsettled_mut().filter(|known| known.state == State::InDoubt && known.is_on_its_way);
                on_their_way.for_each(|known| known.doubt = known.doubt.max(doubt));
            }
            _ => return Err(wrong(number, NO_RESULTS).into()),
        }
    }
    drop(reader);
    file.set_len(good)?;
    Ok(states)
}

/// A noted time, and how long after it the next would have been noted.
fn later(noted: &Value) -> Option<Timestamp> {
    time(noted)?.checked_add(BEAT).ok()
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
    use super::ranges;

    #[test]
    fn numbers_are_noted_as_ranges() {
        assert_eq!(ranges(&[1, 2, 3, 5, 9, 10]), [[1, 3], [5, 5], [9, 10]]);
        assert!(ranges(&[]).is_empty());
    }
}
