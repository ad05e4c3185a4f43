//! Whatever a conversation brought: a plan is made or refused, it reaches the org as it was typed, and nothing else that is
//! said of it repeats it.
//!
//! The first part of an input is the settings (empty: [`SETTINGS`]), the second the variables. The org of these runs has no
//! record and takes every write.

use salesforce_module::module::{Session, plan, start};
use salesforce_module::report::RunKind;
use salesforce_module::settings::Settings;
use salesforce_module::wire::{Request, Response, TransportError};
use serde_json::{Value, json};

use super::answers::response;
use super::transcript::{Part, Transcript};
use super::{canary, form, parts, soql, text};

/// Every kind of source and of field.
const SETTINGS: &str = include_str!("set_ups/every_type.json");

pub fn variables(data: &[u8]) {
    let Some(text) = text(data) else { return };
    let mut parts = parts(text);
    let (settings, variables) = (parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let settings = if settings.trim().is_empty() { SETTINGS } else { settings };
    // What such a one sends is another target's.
    if Settings::parse(settings).is_ok_and(|(settings, _)| settings.work.request().is_some()) {
        return;
    }
    carry_out(settings, variables);
    if canary::is_in(text) || Settings::parse(settings).is_err() {
        return;
    }
    let Ok(mut typed) = serde_json::from_str::<Value>(variables) else {
        return canary::stayed_inside(&plan(settings, &format!("{variables}Kanarie7")));
    };
    canary::typed(&mut typed);
    canary::stayed_inside(&said(settings, &typed.to_string()));
}

/// All that is said of a run, but for what shows values on purpose.
fn said(settings: &str, variables: &str) -> String {
    let planned = match plan(settings, variables) {
        Ok(plan) => {
            let plan = plan.records().expect("a plan of records");
            let approaches: Vec<_> = plan.records.iter().map(|record| &record.approach).collect();
            format!("{approaches:?} {:?}", plan.findings)
        }
        Err(findings) => format!("{findings:?}"),
    };
    planned + &carry_out(settings, variables)
}

/// A run in an empty org; what it says, without the variables that it stores.
fn carry_out(settings: &str, variables: &str) -> String {
    let Ok((parsed, _)) = Settings::parse(settings) else {
        assert!(plan(settings, variables).is_err());
        return String::new();
    };
    let instance_url = format!("https://{}", parsed.domain);
    let session = Session { instance_url: &instance_url, access_token: "token" };
    let planned = plan(settings, variables);
    let (run, _) = match (start(&session, settings, variables, RunKind::Write), &planned) {
        (Ok(run), Ok(_)) => run,
        (Err(started), Err(planned)) => {
            assert!(!started.is_empty());
            return format!("{started:?} {planned:?}");
        }
        (started, _) => panic!("plan and run disagree: {:?}", started.map(drop)),
    };
    let version = parsed.work.records().expect("a mode with records").api_version.to_string();
    let mut transcript = Transcript::default();
    let mut transport = |request: &Request| -> Result<Response, TransportError> {
        let answer = Ok(empty_org(request));
        transcript.note(&version, request, &answer);
        answer
    };
    let mut outcome = run.drive(&mut transport).into_outcome().records().expect("a mode with records");
    for part in transcript.exchanges.iter().flat_map(|exchange| &exchange.parts) {
        reads_back(part);
    }
    outcome.variables.clear();
    format!("{outcome:?}")
}

/// A query reads back as one, and the only references are ours.
fn reads_back(part: &Part) {
    if let Some((_, query)) = part.url.split_once("/query?q=") {
        let query = form::decode(query).unwrap_or_else(|| panic!("{query}"));
        assert!(soql::read(&query).is_some(), "{query}");
    }
    let ours = |text: &str| {
        let name = text.strip_prefix("@{write_").and_then(|rest| rest.strip_suffix(".id}"));
        name.is_some_and(|name| name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_'))
    };
    for segment in part.url.split(['/', '?']) {
        assert!(!segment.contains("@{") || ours(segment), "{segment}");
    }
    for value in part.body.as_object().into_iter().flat_map(|body| body.values()) {
        assert!(value.as_str().is_none_or(|text| !text.contains("@{") || ours(text)), "{value}");
        assert!(!value.is_array(), "{value}");
    }
}

fn empty_org(request: &Request) -> Response {
    if request.path.ends_with("/sobjects/ContentVersion") {
        return response(201, None, br#"{"id":"068000000000001AAA","success":true,"errors":[]}"#.to_vec());
    }
    let body: Value = serde_json::from_str(&request.body).expect("JSON");
    let answers = body["compositeRequest"].as_array().expect("a list").iter().map(|part| {
        let (status, body) = match part["method"].as_str() {
            Some("GET") if part["url"].as_str().is_some_and(|url| url.contains("/query?q=")) => {
                (200, json!({ "totalSize": 0, "done": true, "records": [] }))
            }
            Some("GET") => (200, json!({})),
            _ => (201, json!({ "id": "003000000000001AAA", "success": true, "created": true, "errors": [] })),
        };
        json!({ "body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": part["referenceId"] })
    });
    let body = json!({ "compositeResponse": answers.collect::<Vec<_>>() }).to_string().into_bytes();
    response(200, None, body)
}
