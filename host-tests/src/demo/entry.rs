//! What a conversation tells, as JSON: the terminal and the page draw the same entries, and a folder keeps them.
//!
//! One member names what it is: `{"bot": text}`, with `asks` where it is a question; `{"visitor": text}`; `{"person": name, "text": …}`, with
//! `options` and `files`; `{"note": text}`, what happens beside what is said; `{"module": name, …}`, what reached Salesforce; and
//! `{"agents": text, "page": …}`, where the person is. What the host says itself is English there, and beside it `de` is the same in German.

use percent_encoding::percent_decode_str;
use serde_json::{Value, json};

use super::answers::of_error;
use super::org::{Agents, ChatOrg};
use super::words::{Text, Words};
use crate::cli::text::{self, Language};
use crate::host::{Finding, Outcome, RunPlan};
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

pub fn bot(text: impl Into<Text>) -> Value {
    text.into().to_json("bot")
}

pub fn note(text: &Text) -> Value {
    text.to_json("note")
}

/// What the flow knows and the visitor is not told.
pub fn flow_note(text: &Text) -> Value {
    let mut entry = note(text);
    entry["flow"] = true.into();
    entry
}

pub fn question(text: Words, variable: &str) -> Value {
    let mut entry = bot(text);
    entry["asks"] = variable.into();
    entry
}

pub fn visitor(text: &str, key: &str) -> Value {
    json!({ "visitor": text, "key": key })
}

pub fn talk(name: Words) -> Value {
    let mut entry = Text::from(name).to_json("module");
    entry["talk"] = true.into();
    entry
}

pub fn agents(agents: &Agents) -> Value {
    let mut entry = agents.told().to_json("agents");
    entry["page"] = agents.page.clone().into();
    entry
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
        let mut entry = note(&Text::new(format!("{name} joins"), format!("{name} kommt dazu")));
        entry["joined"] = true.into();
        return Some(entry);
    }
    if let Some(name) = name("left") {
        return Some(note(&Text::new(format!("{name} leaves"), format!("{name} geht"))));
    }
    match what["queue"].as_u64() {
        None => {}
        Some(1) => return Some(note(&Text::new("1 chat is before this one", "1 Gespräch ist vor diesem dran"))),
        Some(before) => {
            let (en, de) =
                (format!("{before} chats are before this one"), format!("{before} Gespräche sind vor diesem dran"));
            return Some(note(&Text::new(en, de)));
        }
    }
    if let Some(is_troubled) = what["troubled"].as_bool() {
        let text = match is_troubled {
            true => Text::new(
                "The connection to the person is interrupted. What you write is sent as soon as it is back.",
                "Die Verbindung zu der Person ist unterbrochen. Was Sie schreiben, wird gesendet, sobald sie wieder da ist.",
            ),
            false => Text::new("The connection is back.", "Die Verbindung ist wieder da."),
        };
        return Some(note(&text));
    }
    if let Some(key) = what["notSent"].as_str() {
        let (code, number) = (what["code"].as_str().unwrap_or_default(), number(key));
        let (en, de) = (
            format!("message {number} was not sent: {code}"),
            format!("Nachricht {number} wurde nicht gesendet: {code}"),
        );
        let mut entry = note(&Text::new(en, de));
        entry["notSent"] = key.into();
        return Some(entry);
    }
    let of =
        |language: &str| what["texts"].as_array()?.iter().find(|text| text["language"] == language)?["text"].as_str();
    Some(note(&Text::new(of("en")?, of("de")?)))
}

/// Plan, requests, results and records of a module.
pub fn module(name: Words, plan: &RunPlan, exchanges: &Value, outcome: &Outcome, org: &ChatOrg) -> Value {
    json!({
        "module": name.en,
        "de": name.de,
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
            let text = of_error(error, |texts| &texts.administrator);
            let mut told = text.unwrap_or(Text::new(&*error.message, &*error.message)).to_json("text");
            told["code"] = error.code.as_str().into();
            told["visitor"] = of_error(error, |texts| &texts.visitor).map(|text| text.to_json("text")).into();
            told
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

fn findings(outcome: &Outcome) -> Value {
    let told = |finding: &Finding| {
        let of = |language: Language| {
            let (message, remedy) = text::of_finding_in(finding, language);
            format!("{message} {remedy}")
        };
        let mut told = Text::new(of(Language::En), of(Language::De)).to_json("finding");
        told["code"] = finding.code.as_str().into();
        told
    };
    outcome.findings.iter().map(told).collect()
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
