//! Whatever is answered to the requests of many conversations: each of them ends, and nothing that may have been created is sent
//! once more.
//!
//! The first part of an input names one of [`SET_UPS`]; the others are the answers of [`super::answers`]. Behind the last one
//! there is no connection any more.

use salesforce_module::module::{Session, start_many};
use salesforce_module::report::{RecordResult, Status};
use salesforce_module::wire::{Request, Response, TransportError};
use serde_json::Value;

use super::answers::answer;
use super::{canary, parts, text};

/// Settings that differ in how their writes are put together.
const SET_UPS: [(&str, &str); 4] = [
    ("create", include_str!("set_ups/create.json")),
    ("find", include_str!("set_ups/find.json")),
    ("adopt", include_str!("set_ups/adopt.json")),
    ("linked", include_str!("set_ups/linked.json")),
];

const SESSION: Session = Session { instance_url: "https://example.my.salesforce.com", access_token: "Kanarie7!token" };

/// The last two speak of one person.
const PEOPLE: [&str; 4] = ["one", "two", "three", "three"];
/// More requests than so many conversations may make.
const MOST_REQUESTS: usize = 200;

pub fn many_answers(data: &[u8]) {
    let Some(text) = text(data).filter(|text| !canary::is_in(text)) else { return };
    let mut parts = parts(text);
    let name = parts.next().unwrap_or_default();
    let Some((_, settings)) = SET_UPS.iter().find(|(known, _)| *known == name.trim()) else { return };
    let answers: Vec<String> = parts.map(|part| part.replace("$typed", "kanarie7")).collect();
    for with_canary in [false, true] {
        drive(settings, &answers, with_canary);
    }
}

fn drive(settings: &str, answers: &[String], with_canary: bool) {
    let typed = |(n, who): (usize, &&str)| {
        format!(
            r#"{{"mail": "{who}.kanarie7@example.com", "other": "o{who}.kanarie7@example.com", "last": "Kanarie7-{n}-",
            "topic": "Kanarie7-{n}-", "number": "KANARIE7-{n}", "id": "003000000000001AAA"}}"#
        )
    };
    let conversations = PEOPLE.iter().enumerate().map(|person| typed(person).into()).collect();
    let (many, _) = start_many(&SESSION, settings, conversations, &[]).expect("a set-up that can run");
    let mut answers = answers.iter().map(String::as_str).chain(std::iter::repeat("no-connection"));
    let mut sent = 0;
    let mut lost: Vec<String> = Vec::new();
    let mut transport = |request: &Request| -> Result<Response, TransportError> {
        sent += 1;
        assert!(sent <= MOST_REQUESTS, "it does not end");
        assert!(request.path.starts_with("/services/data/v62.0/composite"), "{}", request.path);
        let bodies = created_by(&serde_json::from_str(&request.body).expect("a body of JSON"));
        let marks = (0..PEOPLE.len()).map(|n| format!("Kanarie7-{n}-"));
        let created: Vec<String> = marks.filter(|mark| bodies.iter().any(|body| body.contains(mark))).collect();
        for mark in &created {
            assert!(!lost.contains(mark), "{mark} may have been created and is created again");
        }
        let answer = answer(answers.next().expect("an endless list"), request, with_canary);
        let in_doubt = match &answer {
            Err(error) => !error.not_sent,
            Ok(response) => response.status >= 500 || (response.status == 200 && response.json().is_none()),
        };
        if in_doubt {
            lost.extend(created);
        }
        answer
    };
    let ending = many.drive(&mut transport);
    assert_eq!(ending.results.len(), PEOPLE.len());
    assert_eq!(ending.spent.requests as usize, sent);
    for result in ending.results {
        let mut outcome = result.expect("good variables");
        let is = |wanted: &[RecordResult]| outcome.records.iter().any(|record| wanted.contains(&record.result));
        let written = is(&[RecordResult::Created, RecordResult::Updated]);
        assert!(!written || sent > 0);
        if outcome.status == Status::Done {
            assert!(!is(&[RecordResult::Failed, RecordResult::Unknown, RecordResult::Ambiguous]), "{outcome:?}");
        }
        // What the flow asked for by `store` is the org's, and its own.
        outcome.variables.clear();
        canary::stayed_inside(&outcome);
    }
}

/// The bodies of all creates in a request, however deep.
fn created_by(request: &Value) -> Vec<String> {
    match request {
        Value::Object(members) if members.get("method").is_some_and(|method| method == "POST") => {
            vec![members.get("body").map(Value::to_string).unwrap_or_default()]
        }
        Value::Object(members) => members.values().flat_map(created_by).collect(),
        Value::Array(items) => items.iter().flat_map(created_by).collect(),
        _ => Vec::new(),
    }
}
