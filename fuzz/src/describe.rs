//! Whatever an org says of itself: a preparation ends, with settings that run or with findings that say why not, and so do the
//! lists for the form. A sieve keeps of it what it keeps of its pieces.
//!
//! The parts of an input are the answers of [`super::answers`] to the describes of [`SETTINGS`]; behind the last one there is
//! no connection any more.

use salesforce_module::base::has_error;
use salesforce_module::discover::{Asked, Discovered, MEMBERS};
use salesforce_module::module::{Session, discover, prepare};
use salesforce_module::prepare::Prepared;
use salesforce_module::report::Status;
use salesforce_module::settings::Settings;
use salesforce_module::wire::{Request, Response, Sieve, TransportError};
use serde_json::Value;

use super::answers::answer;
use super::transcript::{Exchange, Transcript};
use super::{canary, parts, text};

const SETTINGS: &str = include_str!("set_ups/to_prepare.json");

pub fn describe(data: &[u8]) {
    let Some(text) = text(data).filter(|text| !canary::is_in(text)) else { return };
    let answers: Vec<&str> = parts(text).collect();
    judge(&drive(&answers, false));
    // Names and values of the org may stand in findings, and in the settings; what it says in an error may not.
    let prepared = drive(&answers.iter().map(|part| with_words(part)).collect::<Vec<_>>(), false);
    judge(&prepared);
    canary::stayed_inside(&prepared.findings);
    for of in [None, Some(("Contact", 3))] {
        let listed = list(&answers.iter().map(|part| with_words(part)).collect::<Vec<_>>(), of);
        assert_eq!(has_error(&listed.findings), listed.status != Status::Done, "{:?}", listed.findings);
        assert!(listed.objects.len() <= 5 && listed.fields.len() <= 5);
        assert!(listed.fields.iter().all(|field| field.values.len() <= 3));
        canary::stayed_inside(&listed.findings);
    }
    assert_eq!(sieved(data, data.len()), sieved(data, 1));
}

/// The entries for the form, of answers that came through the sieve as they do in a guest.
fn list(answers: &[String], of: Option<(&str, u32)>) -> Discovered {
    const DOMAIN: &str = "example.my.salesforce.com";
    let session = Session { instance_url: "https://example.my.salesforce.com", access_token: "token" };
    let asked = Asked { deployment_domain: DOMAIN, api_version: None, search: "a", limit: 5, all: false, of };
    let (discover, _) = discover(&session, &asked).expect("a good question");
    let mut answers = answers.iter().map(String::as_str).chain(std::iter::repeat("no-connection"));
    let mut transport = |request: &Request| -> Result<Response, TransportError> {
        let response = answer(answers.next().expect("an endless list"), request, false)?;
        Ok(Response { body: sieved(&response.body, 7), ..response })
    };
    discover.drive(&mut transport)
}

fn sieved(bytes: &[u8], piece: usize) -> Vec<u8> {
    let mut sieve = Sieve::new(Some(&MEMBERS));
    bytes.chunks(piece.max(1)).for_each(|bytes| sieve.push(bytes));
    assert!(sieve.len() <= bytes.len());
    sieve.into_bytes()
}

/// The same answer with the canary in every message of it.
fn with_words(part: &str) -> String {
    part.replace("\"message\":\"", "\"message\":\"Kanarie7 'Kanarie7' ")
}

fn drive(answers: &[impl AsRef<str>], with_canary: bool) -> Prepared {
    let session = Session { instance_url: "https://example.my.salesforce.com", access_token: "token" };
    let (prepare, _) = prepare(&session, SETTINGS).expect("settings that can be prepared");
    let mut transcript = Transcript::default();
    let mut answers = answers.iter().map(AsRef::as_ref).chain(std::iter::repeat("no-connection"));
    let mut transport = |request: &Request| -> Result<Response, TransportError> {
        let answer = answer(answers.next().expect("an endless list"), request, with_canary);
        match request.path.contains("/tooling/") {
            true => transcript.note_rules("62.0", request, &answer),
            false => transcript.note("62.0", request, &answer),
        }
        answer
    };
    let prepared = prepare.drive(&mut transport);
    assert_eq!(prepared.requests as usize, transcript.exchanges.len());
    assert!(!transcript.exchanges.iter().any(Exchange::writes), "a preparation wrote");
    prepared
}

fn judge(prepared: &Prepared) {
    assert_eq!(prepared.settings.is_some(), prepared.status == Status::Done);
    assert_eq!(prepared.retry_after_seconds.is_some(), prepared.status == Status::Deferred);
    assert_eq!(has_error(&prepared.findings), prepared.status != Status::Done, "{:?}", prepared.findings);
    let Some(settings) = &prepared.settings else { return };
    assert!(Settings::parse(settings).is_ok(), "{settings}");
    let parsed = |text: &str| serde_json::from_str::<Value>(text).expect("JSON");
    let mut rest = parsed(settings);
    let schema = rest.as_object_mut().and_then(|settings| settings.remove("schema"));
    assert!(schema.is_some_and(|schema| schema["hash"].is_string()), "{settings}");
    assert_eq!(rest, parsed(SETTINGS));
}
