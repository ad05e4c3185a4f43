//! Whatever Salesforce, or something in front of it, answers: a run ends, says no more than it knows, and repeats nothing of
//! what was typed or written.
//!
//! The first part of an input names one of [`SET_UPS`], and `preview` if nothing is to be written; the others are the answers
//! of [`super::answers`], in which `$typed` is what the visitor typed. Behind the last one there is no connection any more.

use salesforce_module::module::{Session, start};
use salesforce_module::report::{Outcome, RecordResult, RunKind, Status};
use salesforce_module::run::Ending;
use salesforce_module::value::Variables;
use salesforce_module::wire::{Request, Response, TransportError};

use super::answers::answer;
use super::transcript::{Exchange, Transcript};
use super::{canary, parts, text};

/// Settings that differ in what they ask an org for.
const SET_UPS: [(&str, &str); 8] = [
    ("create", include_str!("set_ups/create.json")),
    ("find", include_str!("set_ups/find.json")),
    ("upsert", include_str!("set_ups/upsert.json")),
    ("adopt", include_str!("set_ups/adopt.json")),
    ("linked", include_str!("set_ups/linked.json")),
    ("siblings", include_str!("set_ups/siblings.json")),
    ("by-id", include_str!("set_ups/by_id.json")),
    ("read", include_str!("set_ups/read.json")),
];

/// What was typed, in forms that the set-ups' fields take, and none of it for the eyes of others.
const TYPED: &str = r#"{"mail": "kanarie7@example.com", "other": "other.kanarie7@example.com", "last": "Kanarie7",
    "topic": "Kanarie7's topic", "number": "KANARIE7-1", "id": "003000000000001AAA"}"#;

const SESSION: Session = Session { instance_url: "https://example.my.salesforce.com", access_token: "Kanarie7!token" };

pub fn rest_answers(data: &[u8]) {
    let Some(text) = text(data).filter(|text| !canary::is_in(text)) else { return };
    let mut parts = parts(text);
    let head = parts.next().unwrap_or_default();
    let (name, purpose) = match head.split_once(' ') {
        Some((name, "preview")) => (name, RunKind::Preview),
        _ => (head, RunKind::Write),
    };
    let Some((_, settings)) = SET_UPS.iter().find(|(known, _)| *known == name.trim()) else { return };
    let answers: Vec<String> = parts.map(|part| part.replace("$typed", "kanarie7")).collect();
    for with_canary in [false, true] {
        let (ending, transcript) = drive(settings, &answers, purpose, with_canary);
        match purpose {
            RunKind::Write => wrote(settings, ending, &transcript),
            RunKind::Preview => previewed(ending, &transcript),
        }
    }
}

fn drive(settings: &str, answers: &[String], purpose: RunKind, with_canary: bool) -> (Ending, Transcript) {
    let (run, domain) = start(&SESSION, settings, TYPED, purpose).expect("a set-up that can run");
    assert_eq!(domain.as_str(), "example.my.salesforce.com");
    let mut transcript = Transcript::default();
    let mut answers = answers.iter().map(String::as_str).chain(std::iter::repeat("no-connection"));
    let mut transport = |request: &Request| -> Result<Response, TransportError> {
        let answer = answer(answers.next().expect("an endless list"), request, with_canary);
        transcript.note("62.0", request, &answer);
        answer
    };
    let ending = run.drive(&mut transport).records().expect("a mode with records");
    (ending, transcript)
}

fn previewed(ending: Ending, transcript: &Transcript) {
    let mut preview = ending.into_preview();
    assert!(!transcript.exchanges.iter().any(Exchange::writes), "a preview wrote");
    assert!(preview.writes.is_empty() || preview.status == Status::Done);
    // These are what a preview is for.
    preview.writes.clear();
    canary::stayed_inside(&preview);
}

fn wrote(settings: &str, ending: Ending, transcript: &Transcript) {
    let mut outcome = ending.into_outcome();
    let exchanges = &transcript.exchanges;
    assert_eq!(outcome.requests as usize, exchanges.len());
    let is = |wanted: &[RecordResult]| outcome.records.iter().any(|record| wanted.contains(&record.result));
    let claims = is(&[RecordResult::Created, RecordResult::Updated]);
    let last_write = exchanges.iter().rfind(|exchange| exchange.writes());
    let written = last_write.is_some_and(Exchange::succeeded);
    let in_doubt = !written && exchanges.iter().any(|exchange| exchange.writes() && exchange.may_have_written());
    // What was lost may have been found again.
    let looked = transcript.last().is_some_and(|last| !last.writes() && last.succeeded());
    let is_unclear = in_doubt || exchanges.iter().any(|exchange| exchange.writes() && exchange.is_of_no_api());
    assert!(!claims || written || (is_unclear && looked), "written without a write: {outcome:?}");
    if in_doubt {
        let unknown = outcome.status == Status::Failed && is(&[RecordResult::Unknown]);
        assert!(unknown || (claims && looked), "{outcome:?}");
    } else if exchanges.iter().filter(|exchange| exchange.writes()).all(Exchange::failed) {
        // Of several copies, each: what the first may have done, the refusal of the second does not undo.
        assert!(!is(&[RecordResult::Unknown]), "what failed is not unknown: {outcome:?}");
    }
    let all_is_well = [
        RecordResult::Created,
        RecordResult::Updated,
        RecordResult::Unchanged,
        RecordResult::Found,
        RecordResult::Skipped,
    ];
    if outcome.status == Status::Done {
        assert!(outcome.records.iter().all(|record| all_is_well.contains(&record.result)), "{outcome:?}");
        assert!(transcript.last().is_none_or(|last| last.succeeded() || !last.creates()), "{outcome:?}");
    }
    for pair in exchanges.windows(2) {
        let [before, after] = pair else { continue };
        assert!(before.writes() || before.succeeded() || !after.writes(), "a write after a failed lookup");
    }
    let lost = exchanges.iter().position(|exchange| exchange.creates() && exchange.may_have_written());
    let later = lost.map(|at| &exchanges[at + 1..]).unwrap_or_default();
    assert!(!later.iter().any(Exchange::creates), "a create that may have happened was repeated");
    if settings.contains("sobject-read") {
        read(&outcome, exchanges);
    }
    // What the flow asked for by `store` is the org's, and its own.
    outcome.variables.clear();
    canary::stayed_inside(&outcome);
}

/// A read writes nothing, hands over all or nothing, and no more than the next module takes.
fn read(outcome: &Outcome, exchanges: &[Exchange]) {
    assert!(!exchanges.iter().any(Exchange::writes), "a read wrote");
    assert!(outcome.status == Status::Done || outcome.variables.is_empty(), "{outcome:?}");
    let found = outcome.records.iter().any(|record| record.result == RecordResult::Found);
    assert!(!found || exchanges.last().is_some_and(Exchange::succeeded), "found without an answer: {outcome:?}");
    let text = serde_json::Value::Object(outcome.variables.clone()).to_string();
    assert!(Variables::parse(&text).is_ok(), "{} bytes are not handed on", text.len());
    // A multi-select picklist is a list of texts, as long as the org's value.
    let lists = outcome.variables.values().filter_map(serde_json::Value::as_array);
    for list in lists.filter(|list| list.iter().all(serde_json::Value::is_object)) {
        assert!(list.len() <= 3, "{} in a list of three", list.len());
    }
}
