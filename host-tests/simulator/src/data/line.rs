//! The lines of the file: a checksum, and what one request wrote as JSON.
//!
//! ```text
//! 1c291ca3 {"takenBack":["003…"],"put":[["Contact","003…",false,{"LastName":"Berg"}]],"counters":{"003":7}}
//! ```

use std::io::Write;

use serde_json::{Map, Value};

use crate::org::Written;

/// What every file begins with, but for the version.
pub const KIND: &str = "salesforce-simulator data ";
/// The first line.
pub const HEADER: &str = "salesforce-simulator data 1\n";

/// Digits of the checksum.
const CHECKSUM: usize = 8;

/// Appends a line.
pub fn write(out: &mut Vec<u8>, written: &Written) {
    let mut text = Vec::new();
    // What is written to memory arrives, and none of these values has a form that JSON lacks.
    drop(json(&mut text, written));
    out.extend_from_slice(format!("{:08x} ", crc32fast::hash(&text)).as_bytes());
    out.extend_from_slice(&text);
    out.push(b'\n');
}

fn json(out: &mut Vec<u8>, written: &Written) -> serde_json::Result<()> {
    let ready = |out: &mut Vec<u8>, text: &str| out.extend_from_slice(text.as_bytes());
    ready(out, "{\"takenBack\":");
    serde_json::to_writer(&mut *out, &written.taken_back)?;
    ready(out, ",\"put\":[");
    for (number, (sobject, row)) in written.put.iter().enumerate() {
        ready(out, if number == 0 { "[" } else { ",[" });
        serde_json::to_writer(&mut *out, sobject)?;
        ready(out, ",");
        serde_json::to_writer(&mut *out, &row.id)?;
        ready(out, if row.deleted { ",true," } else { ",false," });
        serde_json::to_writer(&mut *out, &row.values())?;
        ready(out, "]");
    }
    ready(out, "],\"counters\":{");
    for (number, (name, value)) in written.counters.iter().enumerate() {
        write!(out, "{}\"{name}\":{value}", if number == 0 { "" } else { "," }).map_err(serde_json::Error::io)?;
    }
    ready(out, "}}");
    Ok(())
}

/// What a line says, in the file's own words.
pub struct Line {
    pub taken_back: Vec<String>,
    pub put: Vec<Put>,
    pub counters: Map<String, Value>,
}

/// A record.
pub struct Put {
    pub sobject: String,
    pub id: String,
    pub deleted: bool,
    pub values: Map<String, Value>,
}

/// Reads a line without its end; `None` if it is not as it was written.
pub fn read(line: &[u8]) -> Option<Line> {
    let (checksum, rest) = line.split_at_checked(CHECKSUM)?;
    let json = rest.strip_prefix(b" ")?;
    let checksum = u32::from_str_radix(std::str::from_utf8(checksum).ok()?, 16).ok()?;
    if checksum != crc32fast::hash(json) {
        return None;
    }
    let Value::Object(mut members) = serde_json::from_slice(json).ok()? else { return None };
    let mut list = |name: &str| match members.remove(name)? {
        Value::Array(items) => Some(items),
        _ => None,
    };
    let taken_back = list("takenBack")?.into_iter().map(text).collect::<Option<_>>()?;
    let put = list("put")?.into_iter().map(put).collect::<Option<_>>()?;
    let Value::Object(counters) = members.remove("counters")? else { return None };
    Some(Line { taken_back, put, counters })
}

fn put(value: Value) -> Option<Put> {
    let Value::Array(parts) = value else { return None };
    let [sobject, id, Value::Bool(deleted), Value::Object(values)] = <[Value; 4]>::try_from(parts).ok()? else {
        return None;
    };
    Some(Put { sobject: text(sobject)?, id: text(id)?, deleted, values })
}

fn text(value: Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}
