//! What the terminal shows of a conversation's entries: the chat, and behind it the plan, the requests and the records. Colour only there.

use std::io::Write as _;

use anstream::{print, println};
use anstyle::{AnsiColor, Style};
use serde_json::Value;

use super::words::spoken;
use crate::cli::text;

/// Longest line that fits a usual terminal window without a break.
const WIDTH: usize = 120;
/// Width of the first column: who says it, or what it is.
const LABEL: usize = 9;

const BOLD: Style = Style::new().bold();
const DIM: Style = Style::new().dimmed();
const BOT: Style = AnsiColor::Cyan.on_default();
const GOOD: Style = AnsiColor::Green.on_default().bold();
const BAD: Style = AnsiColor::Red.on_default().bold();

pub fn heading(text: &str) {
    println!("\n{BOLD}== {text} =={BOLD:#}\n");
}

/// One of a conversation's entries.
pub fn entry(entry: &Value) {
    let text = |name: &str| spoken(entry, name);
    if let Some(said) = text("bot") {
        labelled(BOT, "bot", said);
    } else if let Some(said) = text("visitor") {
        labelled(Style::new(), "visitor", said);
    } else if let Some(name) = text("person") {
        person(name, entry);
    } else if let Some(note) = text("note") {
        self::note(note);
    } else if let Some(agents) = text("agents") {
        note(&format!("{agents}; /end ends it"));
    } else if let Some(name) = text("module") {
        println!("\n{BOLD}-- module \"{name}\" --{BOLD:#}");
        if entry.get("outcome").is_some() {
            module(entry);
        }
    }
}

/// What a person of the company says.
fn person(name: &str, said: &Value) {
    let text = |value: &Value, name: &str| value[name].as_str().unwrap_or_default().to_owned();
    if let Some(said) = said["text"].as_str() {
        labelled(GOOD, name, said);
    }
    for file in list(&said["files"]) {
        labelled(GOOD, name, &format!("[{}] {}", text(file, "name"), text(file, "address")));
    }
    if let Some(kind) = said["unsupported"].as_str() {
        labelled(GOOD, name, &format!("(sends something that cannot be shown here: {kind})"));
    }
    for (place, option) in list(&said["options"]).enumerate() {
        labelled(GOOD, "", &format!("{}. {}", place + 1, text(option, "label")));
    }
}

/// What happens beside what is said.
pub fn note(text: &str) {
    labelled(DIM, "", text);
}

/// Where a person types the answer.
pub fn prompt() -> std::io::Result<()> {
    print!("{:LABEL$}", "visitor");
    std::io::stdout().flush()
}

/// The next line takes the place of a prompt that nobody has answered.
pub fn over_prompt() {
    print!("\r");
}

fn module(entry: &Value) {
    for (number, line) in texts(&entry["plan"]).enumerate() {
        labelled(DIM, if number == 0 { "plan" } else { "" }, line);
    }
    for (number, request) in list(&entry["requests"]).enumerate() {
        let text = |name: &str| request[name].as_str().unwrap_or_default();
        let status = request["status"].as_u64().map_or("no answer".to_owned(), |status| status.to_string());
        let line = format!("{}. {} {} -> {status}", number + 1, text("method"), text("path"));
        labelled(DIM, if number == 0 { "request" } else { "" }, &line);
        for part in texts(&request["parts"]) {
            labelled(DIM, "", &format!("   {part}"));
        }
    }
    list(&entry["results"]).for_each(result);
    for finding in list(&entry["findings"]) {
        let text = spoken(finding, "finding").unwrap_or_default();
        labelled(DIM, "finding", &format!("{}: {text}", finding["code"].as_str().unwrap_or_default()));
    }
    for record in list(&entry["inOrg"]) {
        let fields: Vec<String> = list(&record["fields"])
            .map(|field| format!("{} = {}", field[0].as_str().unwrap_or_default(), field[1]))
            .collect();
        let object = record["object"].as_str().unwrap_or_default();
        labelled(DIM, "in org", &format!("{object}: {}", fields.join(", ")));
    }
    println!();
}

fn result(result: &Value) {
    let text = |name: &str| result[name].as_str().unwrap_or_default();
    let error = &result["error"];
    let style = if error.is_null() { GOOD } else { BAD };
    let rest = format!("{}{}", text("record"), text::id(result["id"].as_str()));
    println!("{DIM}{:LABEL$}{DIM:#}{style}{}{style:#} {rest}", "result", text("result"));
    if let (Some(code), Some(why)) = (error["code"].as_str(), spoken(error, "text")) {
        labelled(DIM, "", &format!("{code}: {why}"));
    }
    let candidates: Vec<&str> = texts(&result["candidates"]).collect();
    if !candidates.is_empty() {
        labelled(DIM, "", &format!("candidates: {}", candidates.join(", ")));
    }
}

fn list(value: &Value) -> impl Iterator<Item = &Value> {
    value.as_array().into_iter().flatten()
}

fn texts(value: &Value) -> impl Iterator<Item = &str> {
    list(value).filter_map(Value::as_str)
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
