//! What the demo prints: the chat, and behind it the plan, the requests and the records. Colour only on a terminal.

use anstream::{print, println};
use anstyle::{AnsiColor, Style};
use percent_encoding::percent_decode_str;
use serde_json::Value;

use crate::cli::text;
use crate::host::bindings::exports::chat_flow::salesforce::types::{Approach, NoneMatches, PlannedRecord};
use crate::host::{Outcome, RunPlan};
use crate::json;
use crate::simulator::{Exchange, Org};

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
    println!("{BOT}bot{BOT:#}      {text}");
}

/// On a terminal the visitor's own line is there already.
pub fn visitor(text: &str) {
    println!("visitor  {text}");
}

pub fn module(name: &str) {
    println!("\n{BOLD}-- module \"{name}\" --{BOLD:#}");
}

pub fn plan(plan: &RunPlan) {
    for lookup in &plan.lookups {
        println!("{DIM}plan     look up{DIM:#}  {}", lookup.soql);
    }
    for record in &plan.records {
        let mut parts: Vec<String> =
            record.fields.iter().map(|field| format!("{} = {}", field.field, field.value)).collect();
        parts.extend(record.links.iter().map(|link| format!("{} = id of {}", link.field, link.record)));
        if !record.read_back.is_empty() {
            parts.push(format!("then read {}", record.read_back.join(", ")));
        }
        println!("{DIM}plan     {}{DIM:#}  {}: {}", intent(record), record.name, parts.join("; "));
    }
    println!("{DIM}plan     {}{DIM:#}", text::requests(plan));
}

/// What may become of a record.
fn intent(record: &PlannedRecord) -> &'static str {
    match (record.approach, record.when_none_matches) {
        (Approach::LookUp | Approach::UpsertByKey, NoneMatches::Create) => "update or create",
        (Approach::LookUp | Approach::UpsertByKey | Approach::UpdateById, _) => "update",
        (Approach::Create, _) => "create",
        (Approach::Skip, _) => "skip",
        (Approach::Fail, _) => "fail",
    }
}

pub fn requests(sent: &[Exchange]) {
    for (number, exchange) in sent.iter().enumerate() {
        println!("{DIM}request{DIM:#}  {}. {} {} -> {}", number + 1, exchange.method, exchange.path, exchange.status);
        let request: Value = serde_json::from_slice(&exchange.request_body).unwrap_or_default();
        let response: Value = serde_json::from_slice(&exchange.response_body).unwrap_or_default();
        let answers = response["compositeResponse"].as_array().cloned().unwrap_or_default();
        for (index, subrequest) in request["compositeRequest"].as_array().into_iter().flatten().enumerate() {
            let url = subrequest["url"].as_str().unwrap_or_default();
            let url = percent_decode_str(url).decode_utf8_lossy();
            let status = answers.get(index).map(|answer| answer["httpStatusCode"].to_string()).unwrap_or_default();
            print!("            {} {url}", subrequest["method"].as_str().unwrap_or_default());
            for (name, value) in subrequest["httpHeaders"].as_object().into_iter().flatten() {
                print!("  {name}: {}", value.as_str().unwrap_or_default());
            }
            if let Some(body) = subrequest.get("body") {
                print!("  {body}");
            }
            println!(" {DIM}-> {status}{DIM:#}");
        }
    }
}

pub fn outcome(outcome: &Outcome) {
    for record in &outcome.records {
        let id = record.id.as_deref().unwrap_or_default();
        let style = if record.error.is_some() { BAD } else { GOOD };
        println!("{DIM}result{DIM:#}   {style}{}{style:#} {} {id}", json::result(record.result), record.name);
        if let Some(error) = &record.error {
            println!("            {}: {}", error.code, error.message);
        }
        if !record.candidates.is_empty() {
            println!("            candidates: {}", record.candidates.join(", "));
        }
    }
    for finding in &outcome.findings {
        println!("{DIM}finding{DIM:#}  {}: {} {}", finding.code, finding.message, finding.remedy);
    }
}

/// The records as they are in the org now.
pub fn records(org: &Org, outcome: &Outcome) {
    for record in outcome.records.iter().filter(|record| record.id.is_some()) {
        for row in org.records(&record.sobject) {
            if row["Id"].as_str() == record.id.as_deref() {
                let fields: Vec<String> =
                    SHOWN.iter().filter_map(|&name| Some(format!("{name} = {}", row.get(name)?))).collect();
                println!("{DIM}in org{DIM:#}   {}: {}", record.sobject, fields.join(", "));
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
