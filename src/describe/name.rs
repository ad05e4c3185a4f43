//! What the module is called as a tool, and what it is said to do.

use crate::settings::{RecordSettings, Settings, Work};

/// Longest name of a tool. Source: tool definitions of OpenAI and Anthropic, `^[a-zA-Z0-9_-]{1,64}$`.
const LONGEST_NAME: usize = 64;

/// Made of the title, or of what the module does. Letters that a name cannot have are written as others, or left out.
pub(super) fn name(settings: &Settings) -> String {
    let of_title = settings.title.as_deref().map(plain).filter(|name| !name.is_empty());
    of_title.unwrap_or_else(|| {
        let records: Vec<&str> = settings.records().iter().map(|record| record.name.as_str()).collect();
        plain(&match &settings.work {
            Work::Read(_) => format!("find {}", records.join(" and ")),
            Work::Request(request) => format!("{} {}", request.method.word(), request.path),
            Work::Write(_) => format!("save {}", records.join(" and ")),
        })
    })
}

pub(super) fn plain(text: &str) -> String {
    let mut name = String::new();
    for c in text.chars() {
        let written = match c {
            'ä' => "ae",
            'ö' => "oe",
            'ü' => "ue",
            'Ä' => "Ae",
            'Ö' => "Oe",
            'Ü' => "Ue",
            'ß' => "ss",
            c if c.is_ascii_alphanumeric() || c == '-' => {
                name.push(c);
                continue;
            }
            _ if name.ends_with('_') || name.is_empty() => "",
            _ => "_",
        };
        name.push_str(written);
    }
    name.truncate(LONGEST_NAME);
    name.truncate(name.trim_end_matches('_').len());
    name
}

/// In the author's words, or in ours.
pub(super) fn description(settings: &Settings) -> String {
    if let Some(description) = &settings.description {
        return description.clone();
    }
    let records: Vec<String> = settings.records().iter().map(|record| said_of(record)).collect();
    let records = records.join(", ");
    match &settings.work {
        Work::Read(_) => format!("Reads from Salesforce: {records}."),
        Work::Request(request) => {
            format!("Sends one request to Salesforce: {} {}.", request.method.word(), request.path)
        }
        Work::Write(_) => format!("Writes to Salesforce: {records}."),
    }
}

fn said_of(record: &RecordSettings) -> String {
    let keys: Vec<String> = record.keys().map(|key| key.field.to_string()).collect();
    match keys.as_slice() {
        [] => record.name.to_string(),
        keys => format!("{} (found by {})", record.name, keys.join(", ")),
    }
}
