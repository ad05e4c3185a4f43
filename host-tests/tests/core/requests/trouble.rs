//! The order of sending and answering, with time passed in.

use salesforce_module::base::Language::{De, En};
use salesforce_module::exchange::{Moment, Transport};
use salesforce_module::module::{Session, start};
use salesforce_module::report::{Act, RequestOutcome, Retry, RunKind, Status};
use salesforce_module::wire::{Answer, Request, Response, TransportError, TransportErrorKind};
use serde_json::{Value, json};

use crate::common::settings::DOMAIN;
use crate::requests::{request, write};

/// Answers of a script, each after some milliseconds.
struct Scripted {
    answers: Vec<(u64, Answer)>,
    elapsed: u64,
    sent: Vec<(Request, u64)>,
}

impl Transport for Scripted {
    fn send(&mut self, request: &Request, within: u64) -> Answer {
        self.sent.push((request.clone(), within));
        let (takes, answer) = self.answers.remove(0);
        self.elapsed += takes.min(within);
        answer
    }

    fn now(&mut self) -> Moment {
        Moment { elapsed: self.elapsed, random: 0 }
    }

    fn pause(&mut self, milliseconds: u64) {
        self.elapsed += milliseconds;
    }
}

fn run(settings: &Value, answers: Vec<(u64, Answer)>) -> (RequestOutcome, Scripted) {
    let instance_url = format!("https://{DOMAIN}");
    let session = Session { instance_url: &instance_url, access_token: "token" };
    let (work, domain) = start(&session, &settings.to_string(), "{}", RunKind::Write).expect("good input");
    assert_eq!(domain.as_str(), DOMAIN);
    let mut transport = Scripted { answers, elapsed: 0, sent: Vec::new() };
    let outcome = work.drive(&mut transport).into_outcome().request().expect("a request's");
    assert!(transport.answers.is_empty(), "not all was sent");
    (outcome, transport)
}

fn error(kind: TransportErrorKind, not_sent: bool) -> Answer {
    Err(TransportError { kind, not_sent })
}

fn good() -> Answer {
    Ok(Response { status: 200, body: b"{}".to_vec(), ..Response::default() })
}

fn get() -> Value {
    request(json!({ "path": "/services/data/v62.0/limits", "deadlineSeconds": 10 }))
}

fn post() -> Value {
    write("POST", "/services/apexrest/orders", json!({ "a": 1 }))
}

#[test]
fn what_never_left_is_sent_again_and_what_may_have_arrived_is_not() {
    let (outcome, sent) = run(&post(), vec![(0, error(TransportErrorKind::Connect, true)), (0, good())]);
    assert_eq!((outcome.status, outcome.requests), (Status::Done, 2));
    assert_eq!(sent.sent[0].0, sent.sent[1].0);
    for kind in [
        TransportErrorKind::Timeout,
        TransportErrorKind::CutOff,
        TransportErrorKind::TooLarge,
        TransportErrorKind::Other,
        TransportErrorKind::Tls,
    ] {
        let (outcome, _) = run(&post(), vec![(0, error(kind, false))]);
        let error = outcome.error.unwrap();
        assert_eq!((outcome.status, outcome.requests, error.retry), (Status::Failed, 1, Retry::Verify), "{kind:?}");
    }
    let (outcome, _) = run(&post(), vec![(0, error(TransportErrorKind::Denied, true))]);
    let error = outcome.error.unwrap();
    assert_eq!((outcome.status, error.code.as_str(), error.retry), (Status::Failed, "REQUEST_DENIED", Retry::Never));
}

#[test]
fn a_search_by_post_is_sent_again_and_a_call_of_a_flow_is_not() {
    let search = request(json!({
        "method": "POST", "path": "/services/data/v62.0/parameterizedSearch", "body": { "q": "password" },
    }));
    let lost = || (0, error(TransportErrorKind::CutOff, false));
    let (outcome, sent) = run(&search, vec![lost(), (0, good())]);
    assert_eq!((outcome.status, outcome.requests, outcome.target.act), (Status::Done, 2, Act::LookUp));
    assert_eq!(sent.sent[0].0, sent.sent[1].0);
    let flow = write("POST", "/services/data/v62.0/actions/custom/flow/Chat_Follow_Up", json!({ "inputs": [] }));
    let (outcome, _) = run(&flow, vec![lost()]);
    assert_eq!((outcome.status, outcome.target.act), (Status::Failed, Act::Request));
    assert_eq!(outcome.error.map(|error| error.retry), Some(Retry::Verify));
}

/// It names the cause; the other inputs may have done their work, so a code that time heals is no reason to send all of them again.
#[test]
fn the_code_of_a_failed_action_is_told_and_never_repeats_the_others() {
    let flow = write("POST", "/services/data/v62.0/actions/custom/flow/Chat_Follow_Up", json!({ "inputs": [] }));
    let failed = json!({ "isSuccess": false, "errors": [{ "statusCode": "UNABLE_TO_LOCK_ROW", "message": "canary" }] });
    let body = json!([{ "isSuccess": true, "errors": null }, failed]).to_string().into_bytes();
    let answer = Ok(Response { status: 400, body, ..Response::default() });
    let (outcome, _) = run(&flow, vec![(0, answer)]);
    let error = outcome.error.unwrap();
    assert_eq!((outcome.requests, error.code.as_str(), error.retry), (1, "UNABLE_TO_LOCK_ROW", Retry::Never));
}

#[test]
fn a_read_leaves_time_for_another_and_ends_by_its_deadline() {
    let timeout = || (60_000, error(TransportErrorKind::Timeout, false));
    let (outcome, sent) = run(&get(), vec![timeout(), timeout(), timeout()]);
    assert_eq!((outcome.status, outcome.http_status), (Status::Failed, None));
    assert!(sent.elapsed <= 10_000, "{}", sent.elapsed);
    let (_, sent) = run(&post(), vec![(60_000, error(TransportErrorKind::Timeout, false))]);
    assert_eq!(sent.sent[0].1, 20_000);
}

/// A GET saved nothing, and what another request was for only its author knows.
#[test]
fn the_visitor_hears_of_what_was_asked_for() {
    let (says_nothing_of, refusal) = ("saved", |code: &str| {
        let body = json!([{ "errorCode": code, "message": "canary" }]).to_string().into_bytes();
        vec![(0, Ok(Response { status: 400, body, ..Response::default() }))]
    });
    let cut_off = || vec![(0, error(TransportErrorKind::CutOff, false))];
    for (settings, answers, en, de) in [
        (
            get(),
            refusal("INVALID_FIELD"),
            "could not be looked up. Please contact",
            "leider nicht nachsehen. Bitte wenden",
        ),
        (get(), refusal("MALFORMED_ID"), "could not be looked up with what", "mit Ihren Angaben nicht nachsehen"),
        (
            get(),
            [cut_off(), cut_off(), cut_off()].concat(),
            "could not be looked up just now",
            "gerade nicht nachsehen",
        ),
        (
            post(),
            refusal("INVALID_FIELD"),
            "could not be done. Please contact",
            "war leider nicht möglich. Bitte wenden",
        ),
        (post(), refusal("STRING_TOO_LONG"), "could not be done with what", "war mit Ihren Angaben nicht möglich"),
        (post(), refusal("INVALID_SESSION_ID"), "could not be done just now", "war gerade nicht möglich"),
        (post(), cut_off(), "not certain that this was done", "nicht sicher, ob das geklappt hat"),
    ] {
        let (outcome, _) = run(&settings, answers);
        let visitor = outcome.error.unwrap().for_visitor(outcome.target.act, None);
        assert!(visitor.get(En).contains(en) && visitor.get(De).contains(de), "{visitor:?}");
        assert!(!visitor.get(En).contains(says_nothing_of) && !visitor.get(De).contains("gespeichert"), "{visitor:?}");
    }
}

/// A key that fits several records has no other address.
#[test]
fn a_key_of_several_records_is_no_redirect() {
    let body = br#"["/services/data/v62.0/sobjects/Contact/0033000000D8cuI"]"#.to_vec();
    for (status, says) in [(300, "matches several records"), (302, "redirects are not followed")] {
        let answer = Ok(Response { status, body: body.clone(), ..Response::default() });
        let (outcome, _) = run(&get(), vec![(0, answer)]);
        let error = outcome.error.unwrap();
        assert!(error.message.get(En).contains(says), "{}", error.message.get(En));
    }
}
