//! From the file back into the org.

use std::collections::BTreeMap;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use super::line::{self, Line, Put};
use super::names::KeptNames;
use crate::document::BadFile;
use crate::org::{Draft, Org};
use crate::schema::text::keep;

/// What was found in the file.
#[derive(Debug, Default)]
pub struct Replayed {
    /// Records that lines put, some of them more than once.
    pub put: usize,
    /// Whether a line takes records back, or is left out.
    pub has_waste: bool,
}

/// Does again what each line says. A last line without an end was being written when the process was killed: nothing of it was answered, so
/// it is left out.
pub fn run(path: &Path, org: &mut Org) -> Result<Replayed, BadFile> {
    let unreadable = |error: std::io::Error| BadFile::whole(path, format!("cannot be read: {error}"));
    let mut reader = BufReader::new(File::open(path).map_err(unreadable)?);
    let mut bytes = Vec::new();
    reader.read_until(b'\n', &mut bytes).map_err(unreadable)?;
    check_header(&bytes).map_err(|problem| BadFile::whole(path, problem))?;
    let mut names = KeptNames::default();
    let mut counters = BTreeMap::new();
    let mut replayed = Replayed::default();
    for number in 2.. {
        bytes.clear();
        reader.read_until(b'\n', &mut bytes).map_err(unreadable)?;
        let Some(text) = bytes.strip_suffix(b"\n") else {
            replayed.has_waste |= !bytes.is_empty();
            break;
        };
        let line = line::read(text).ok_or_else(|| damaged(path, number))?;
        replayed.put += line.put.len();
        replayed.has_waste |= !line.taken_back.is_empty();
        counters.extend(line.counters.iter().filter_map(|(name, value)| Some((keep(name), value.as_u64()?))));
        again(org, &mut names, line).map_err(|problem| BadFile::whole(path, format!("line {number}: {problem}")))?;
    }
    for (name, number) in counters {
        org.store.raise(name, number);
    }
    Ok(replayed)
}

fn check_header(first: &[u8]) -> Result<(), String> {
    if first == line::HEADER.as_bytes() {
        return Ok(());
    }
    let text = String::from_utf8_lossy(first);
    Err(match text.strip_prefix(line::KIND) {
        Some(version) => format!(
            "a simulator of another version wrote this file (form {}, and this one reads form {}); use that version, or name another file",
            version.trim_end(),
            line::HEADER.trim_start_matches(line::KIND).trim_end()
        ),
        None => "no data file of the simulator: it is left as it is; name a file that does not exist yet".to_owned(),
    })
}

fn damaged(path: &Path, number: usize) -> BadFile {
    let before = number - 1;
    let problem = format!(
        "line {number} is damaged: it is not what the simulator wrote; the first {before} lines alone are a good file"
    );
    BadFile::whole(path, problem)
}

fn again(org: &mut Org, names: &mut KeptNames, line: Line) -> Result<(), String> {
    for id in &line.taken_back {
        if !org.store.take_back(id) {
            return Err(format!("the record {id} is not where it was; were --describe, --org or --seed others then?"));
        }
    }
    for Put { sobject, id, deleted, values } in line.put {
        let values = values.into_iter().map(|(field, value)| Ok((names.field(org, &sobject, &field)?, value)));
        let values = values.collect::<Result<_, String>>()?;
        let sobject = names.sobject(org, &sobject)?;
        org.store.put(sobject, id, Draft { values, deleted });
    }
    org.store.commit();
    Ok(())
}
