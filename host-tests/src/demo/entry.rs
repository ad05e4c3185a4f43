//! What a conversation tells, as JSON: the terminal and the page draw the same entries, and a folder keeps them.
//!
//! One member names what it is: `{"bot": text}`, with `asks` where it is a question; `{"visitor": text}`; `{"person": name, "text": …}`, with
//! `options` and `files`; `{"note": text}`, what happens beside what is said; `{"module": name, …}`, what reached Salesforce; and
//! `{"agents": text, "page": …}`, where the person is.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::answers::LANGUAGE;
use super::org::{Agents, ChatOrg};
use crate::cli::text;
use crate::host::{Outcome, RunPlan};
use crate::json;

/// Fields of a record that a reader of the conversation wants to see.
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

pub fn bot(text: &str) -> Value {
    json!({ "bot": text })
}

pub fn note(text: &str) -> Value {
    json!({ "note": text })
}

/// What the flow knows and the visitor is not told.
pub fn flow_note(text: &str) -> Value {
    json!({ "note": text, "flow": true })
}

pub fn question(text: &str, variable: &str) -> Value {
    json!({ "bot": text, "asks": variable })
}

pub fn visitor(text: &str, key: &str) -> Value {
    json!({ "visitor": text, "key": key })
}

pub fn talk(name: &str) -> Value {
    json!({ "module": name, "talk": true })
}

pub fn agents(agents: &Agents) -> Value {
    json!({ "agents": agents.told(), "page": agents.page })
}

/// What happened in the talk; `None` where there is nothing to say of it. `number` is that of the visitor's message with this key.
pub fn event(what: &Value, number: impl Fn(&str) -> usize) -> Option<Value> {
    if let Some(message) = what.get("message") {
        let mut shown = message.clone();
        shown["person"] = message["author"]["name"].clone();
        return Some(shown);
    }
    let name = |member: &str| what[member]["name"].as_str();
    if let Some(name) = name("joined") {
        return Some(json!({ "note": format!("{name} joins"), "joined": true }));
    }
    if let Some(name) = name("left") {
        return Some(note(&format!("{name} leaves")));
    }
    match what["queue"].as_u64() {
        None => {}
        Some(1) => return Some(note("1 chat is before this one")),
        Some(before) => return Some(note(&format!("{before} chats are before this one"))),
    }
    if let Some(key) = what["notSent"].as_str() {
        let code = what["code"].as_str().unwrap_or_default();
        return Some(json!({ "note": format!("message {} was not sent: {code}", number(key)), "notSent": key }));
    }
    let text = what["texts"].as_array()?.iter().find(|text| text["language"] == LANGUAGE)?;
    Some(note(text["text"].as_str()?))
}

/// Plan, requests, results and records of a module.
pub fn module(name: &str, plan: &RunPlan, exchanges: &Value, outcome: &Outcome, org: &ChatOrg) -> Value {
    json!({
        "module": name,
        "plan": planned(plan),
        "requests": exchanges.as_array().into_iter().flatten().map(request).collect::<Value>(),
        "results": results(outcome),
        "findings": findings(outcome),
        "inOrg": in_org(org, outcome),
        "outcome": json::outcome(outcome),
    })
}

/// In the words of `chat-host plan`, more closely set.
fn planned(plan: &RunPlan) -> Vec<String> {
    let mut lines = vec![text::requests(plan)];
    lines.extend(plan.lookups.iter().map(text::lookup));
    for record in &plan.records {
        let mut parts: Vec<String> =
            record.fields.iter().map(|field| format!("{} = {}", field.field, field.value)).collect();
        parts.extend(record.links.iter().map(|link| format!("{} = id of {}", link.field, link.record)));
        parts.extend(record.read_back.iter().map(|field| format!("read {field}")));
        let colon = if parts.is_empty() { "" } else { ": " };
        lines.push(format!("{}{colon}{}", text::intent(record, false), parts.join("; ")));
    }
    lines
}

/// An exchange, with a line for each request that is inside of it.
fn request(exchange: &Value) -> Value {
    let mut entry = exchange.clone();
    let answers = exchange["response"]["compositeResponse"].as_array();
    let parts = exchange["request"]["compositeRequest"].as_array().into_iter().flatten().enumerate();
    entry["parts"] =
        parts.map(|(place, part)| Value::from(inner(part, answers.and_then(|all| all.get(place))))).collect();
    entry
}

fn inner(part: &Value, answer: Option<&Value>) -> String {
    let url = percent_decode_str(part["url"].as_str().unwrap_or_default()).decode_utf8_lossy();
    let mut line = format!("{} {url}", part["method"].as_str().unwrap_or_default());
    for (name, value) in part["httpHeaders"].as_object().into_iter().flatten() {
        line.push_str(&format!("  {name}: {}", value.as_str().unwrap_or_default()));
    }
    if let Some(body) = part.get("body") {
        line.push_str(&format!("  {body}"));
    }
    if let Some(answer) = answer {
        line.push_str(&format!(" -> {}", answer["httpStatusCode"]));
    }
    line
}

fn results(outcome: &Outcome) -> Value {
    let result = |record: &crate::host::bindings::exports::chat_flow::salesforce::types::RecordOutcome| {
        let error = record.error.as_ref().map(|error| {
            let visitor =
                error.texts.iter().find(|texts| texts.language == LANGUAGE).map(|texts| texts.visitor.as_str());
            json!({ "code": error.code, "text": text::of_error(error), "visitor": visitor })
        });
        json!({
            "result": json::result(record.result),
            "record": record.name,
            "id": record.id,
            "url": record.url,
            "error": error,
            "candidates": record.candidates,
        })
    };
    outcome.records.iter().map(result).collect()
}

fn findings(outcome: &Outcome) -> Vec<String> {
    let line = |finding| {
        let (message, remedy) = text::of_finding(finding);
        format!("{}: {message} {remedy}", finding.code)
    };
    outcome.findings.iter().map(line).collect()
}

/// The records as they are in the org now.
fn in_org(org: &ChatOrg, outcome: &Outcome) -> Vec<Value> {
    let written = outcome.records.iter().filter(|record| record.id.is_some());
    let rows = written.flat_map(|record| {
        let is_it = |row: &Value| row["Id"].as_str() == record.id.as_deref();
        let rows = org.records(&record.sobject).into_iter().filter(is_it).collect::<Vec<_>>();
        rows.into_iter().map(|row| (record.sobject.clone(), row))
    });
    rows.map(|(sobject, row)| {
        let fields = SHOWN.iter().filter_map(|&name| Some(json!([name, row.get(name)?])));
        json!({ "object": sobject, "fields": fields.collect::<Value>() })
    })
    .collect()
}
