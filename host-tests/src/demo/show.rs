//! What the demo prints: the chat, and behind it the plan, the requests and the records. Colour only on a terminal.

use std::io::Write as _;

use anstream::{print, println};
use anstyle::{AnsiColor, Style};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::cli::text;
use crate::host::{Outcome, RunPlan};
use crate::json;
use crate::simulator::{Exchange, Org};

/// Longest line that fits a usual terminal window without a break.
const WIDTH: usize = 120;
/// Width of the first column: who says it, or what it is.
const LABEL: usize = 9;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const BOT: Style = AnsiColor::Cyan.on_default();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();

/// Fields of a record that a reader of the demo wants to see.
const SHOWN: [&str; 10] = [
    "Id",
    "Email",
    "FirstName",
    "LastName",
    "CaseNumber",
    "Subject",
    "Description",
    "Origin",
    "ContactId",
    "CreatedDate",
];

pub fn heading(text: &str) {
    println!("\n{BOLD}== {text} =={BOLD:#}\n");
}

pub fn bot(text: &str) {
    labelled(BOT, "bot", text);
}

/// What a person of the company says.
pub fn person(name: &str, text: &str) {
    labelled(GOOD, name, text);
}

/// What happens beside what is said.
pub fn note(text: &str) {
    labelled(DIM, "", text);
}

/// What the visitor has answered. At a terminal that stands behind the [`prompt`] already.
pub fn visitor(text: &str) {
    labelled(Style::new(), "visitor", text);
}

/// Where a person types the answer.
pub fn prompt() -> std::io::Result<()> {
    print!("{:LABEL$}", "visitor");
    std::io::stdout().flush()
}

pub fn module(name: &str) {
    println!("\n{BOLD}-- module \"{name}\" --{BOLD:#}");
}

/// In the words of `chat-host plan`, more closely set.
pub fn plan(plan: &RunPlan) {
    labelled(DIM, "plan", &text::requests(plan));
    for lookup in &plan.lookups {
        labelled(DIM, "", &text::lookup(lookup));
    }
    for record in &plan.records {
        let mut parts: Vec<String> =
            record.fields.iter().map(|field| format!("{} = {}", field.field, field.value)).collect();
        parts.extend(record.links.iter().map(|link| format!("{} = id of {}", link.field, link.record)));
        parts.extend(record.read_back.iter().map(|field| format!("read {field}")));
        let colon = if parts.is_empty() { "" } else { ": " };
        labelled(DIM, "", &format!("{}{colon}{}", text::intent(record, false), parts.join("; ")));
    }
}

pub fn requests(sent: &[Exchange]) {
    for (number, exchange) in sent.iter().enumerate() {
        let label = if number == 0 { "request" } else { "" };
        let (method, path, status) = (&exchange.method, &exchange.path, exchange.status);
        labelled(DIM, label, &format!("{}. {method} {path} -> {status}", number + 1));
        let request: Value = serde_json::from_slice(&exchange.request_body).unwrap_or_default();
        let response: Value = serde_json::from_slice(&exchange.response_body).unwrap_or_default();
        let answers = response["compositeResponse"].as_array().cloned().unwrap_or_default();
        for (index, subrequest) in request["compositeRequest"].as_array().into_iter().flatten().enumerate() {
            let url = subrequest["url"].as_str().unwrap_or_default();
            let url = percent_decode_str(url).decode_utf8_lossy();
            let mut line = format!("   {} {url}", subrequest["method"].as_str().unwrap_or_default());
            for (name, value) in subrequest["httpHeaders"].as_object().into_iter().flatten() {
                line.push_str(&format!("  {name}: {}", value.as_str().unwrap_or_default()));
            }
            if let Some(body) = subrequest.get("body") {
                line.push_str(&format!("  {body}"));
            }
            if let Some(answer) = answers.get(index) {
                line.push_str(&format!(" -> {}", answer["httpStatusCode"]));
            }
            labelled(DIM, "", &line);
        }
    }
}

pub fn outcome(outcome: &Outcome) {
    for record in &outcome.records {
        let style = if record.error.is_some() { BAD } else { GOOD };
        let rest = format!("{}{}", record.name, text::id(record.id.as_deref()));
        println!("{DIM}{:LABEL$}{DIM:#}{style}{}{style:#} {rest}", "result", json::result(record.result));
        if let Some(error) = &record.error {
            labelled(DIM, "", &format!("{}: {}", error.code, text::of_error(error)));
        }
        if !record.candidates.is_empty() {
            labelled(DIM, "", &format!("candidates: {}", record.candidates.join(", ")));
        }
    }
    for finding in &outcome.findings {
        let (message, remedy) = text::of_finding(finding);
        labelled(DIM, "finding", &format!("{}: {message} {remedy}", finding.code));
    }
}

/// The records as they are in the org now.
pub fn records(org: &Org, outcome: &Outcome) {
    for record in outcome.records.iter().filter(|record| record.id.is_some()) {
        for row in org.records(&record.sobject) {
            if row["Id"].as_str() == record.id.as_deref() {
                let fields: Vec<String> =
                    SHOWN.iter().filter_map(|&name| Some(format!("{name} = {}", row.get(name)?))).collect();
                labelled(DIM, "in org", &format!("{}: {}", record.sobject, fields.join(", ")));
            }
        }
    }
    println!();
}

pub fn verdict(mistakes: &[String]) {
    if mistakes.is_empty() {
        println!("\n{GOOD}Right:{GOOD:#} one Contact, created and then updated, with its two Cases.");
    }
    for mistake in mistakes {
        println!("\n{BAD}Wrong:{BAD:#} {mistake}");
    }
}

/// A line behind its label, broken where it would be too long.
fn labelled(style: Style, label: &str, text: &str) {
    for (number, line) in broken(text, WIDTH - LABEL).iter().enumerate() {
        let label = if number == 0 { label } else { "" };
        println!("{style}{label:LABEL$}{style:#}{line}");
    }
}

/// Breaks a text behind a blank or a comma where there is one, and sets what follows in by as much as the text is, and a bit more.
fn broken(text: &str, width: usize) -> Vec<String> {
    let indent = text.chars().take_while(|c| *c == ' ').count() + 2;
    let mut lines = Vec::new();
    let mut rest: Vec<char> = text.chars().collect();
    while rest.len() > width {
        let is_break = |at: &usize| matches!(rest.get(*at), Some(' ' | ','));
        let end = (indent + 1..width).rev().find(is_break).map_or(width, |at| at + 1);
        let next = rest.split_off(end);
        lines.push(rest.into_iter().collect::<String>().trim_end().to_owned());
        rest = std::iter::repeat_n(' ', indent).chain(next).collect();
    }
    lines.push(rest.into_iter().collect::<String>().trim_end().to_owned());
    lines
}

#[cfg(test)]
mod tests {
    use super::broken;

    #[test]
    fn long_lines_are_broken_and_lose_nothing_but_blanks() {
        assert_eq!(broken("short", 20), ["short"]);
        assert_eq!(broken("  GET one two three four", 14), ["  GET one two", "    three four"]);
        assert_eq!(broken(r#"{"a":"123","b":"456"}"#, 14), [r#"{"a":"123","#, r#"  "b":"456"}"#]);
        let unbreakable = "x".repeat(45);
        let lines = broken(&unbreakable, 20);
        assert!(lines.iter().all(|line| line.chars().count() <= 20), "{lines:?}");
        assert_eq!(lines.concat().replace(' ', ""), unbreakable);
    }
}
