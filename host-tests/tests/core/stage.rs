//! An org that answers natively, with a fault at a request of the test's choice and a clock that only moves when told to.

use std::collections::BTreeMap;

use host_tests::simulator::{Org, Request};
use jiff::Timestamp;
use salesforce_module::exchange::{Moment, Transport};
use salesforce_module::module::{self, Session};
use salesforce_module::report::{Outcome, Preview, RecordResult, RunKind};
use salesforce_module::wire::{self, Answer, Response, TransportError, TransportErrorKind};
use serde_json::{Value, json};

pub const DOMAIN: &str = "example.my.salesforce.com";

/// What becomes of one request.
#[derive(Clone, Debug)]
pub enum Fault {
    /// No byte of it arrives.
    Unsent(TransportErrorKind),
    /// It arrives and is never looked at.
    Ignored(TransportErrorKind),
    /// It is carried out, and the answer is lost.
    Lost(TransportErrorKind),
    /// The connection ends, and what only creates is carried out when so many more requests have come, or by [`Stage::settle`].
    /// What changes records is carried out at once: it is repeated, and in which order its copies arrive cannot be chosen.
    Late(usize),
    /// It is not carried out, and this is the answer.
    Refused(Response),
    /// It is carried out, and this is the answer.
    Garbled(Response),
    /// This happens in the org right before it is carried out.
    After(fn(&mut Org)),
}

/// The org and the way to it.
pub struct Stage {
    pub org: Org,
    /// By the number of the request, from 1.
    pub faults: BTreeMap<usize, Fault>,
    /// For every request from then on.
    pub always: Option<Fault>,
    /// Milliseconds that each request takes.
    pub slowness: u64,
    pub random: u64,
    pub clock: u64,
    pub pauses: Vec<u64>,
    /// Bodies of all requests.
    pub sent: Vec<Value>,
    /// What each could have taken.
    pub within: Vec<u64>,
    /// Requests that Salesforce is at work on still, and how many more must come first.
    late: Vec<(usize, wire::Request)>,
}

impl Stage {
    pub fn new() -> Self {
        Self {
            org: Org::new(),
            faults: BTreeMap::new(),
            always: None,
            slowness: 0,
            random: 0,
            clock: 0,
            pauses: Vec::new(),
            sent: Vec::new(),
            within: Vec::new(),
            late: Vec::new(),
        }
    }

    pub fn with(request: usize, fault: Fault) -> Self {
        let mut stage = Self::new();
        stage.faults.insert(request, fault);
        stage
    }

    pub fn and(mut self, request: usize, fault: Fault) -> Self {
        self.faults.insert(request, fault);
        self
    }

    pub fn run(&mut self, settings: &Value, variables: &Value) -> Outcome {
        let session = Session { instance_url: &format!("https://{DOMAIN}"), access_token: "token" };
        let (settings, variables) = (settings.to_string(), variables.to_string());
        (self.clock, self.sent) = (0, Vec::new());
        let started = module::start(&session, &settings, &variables, RunKind::Write);
        started.expect("good input").0.drive(self).into_outcome().records().expect("a mode with records")
    }

    pub fn preview(&mut self, settings: &Value, variables: &Value) -> Preview {
        let session = Session { instance_url: &format!("https://{DOMAIN}"), access_token: "token" };
        let started = module::start(&session, &settings.to_string(), &variables.to_string(), RunKind::Preview);
        started.expect("good input").0.drive(self).into_preview().records().expect("a mode with records")
    }

    /// Which requests only ask.
    pub fn lookups(&self) -> Vec<bool> {
        let asks = |body: &Value| {
            let subrequests = body["compositeRequest"].as_array().expect("a composite request");
            subrequests.iter().all(|subrequest| subrequest["method"] == "GET")
        };
        self.sent.iter().map(asks).collect()
    }

    /// Time passes until nothing is under way any more.
    pub fn settle(&mut self) {
        for (_, request) in std::mem::take(&mut self.late) {
            self.process(&request);
        }
    }

    fn catch_up(&mut self) {
        self.late.iter_mut().for_each(|(more, _)| *more = more.saturating_sub(1));
        let due: Vec<wire::Request> =
            self.late.extract_if(.., |(more, _)| *more == 0).map(|(_, request)| request).collect();
        for request in due {
            self.process(&request);
        }
    }

    fn process(&mut self, request: &wire::Request) -> Response {
        let (path, query) = match request.path.split_once('?') {
            Some((path, query)) => (path, Some(query.to_owned())),
            None => (request.path.as_str(), None),
        };
        let request = Request {
            method: request.method.to_owned(),
            path: path.to_owned(),
            query,
            headers: vec![
                ("authorization".to_owned(), format!("Bearer {}", self.org.access_token())),
                ("content-type".to_owned(), "application/json".to_owned()),
            ],
            body: request.text().into_owned().into_bytes(),
        };
        let response = self.org.handle(&request, Timestamp::UNIX_EPOCH);
        let header = |name| response.header(name).map(ToOwned::to_owned);
        Response {
            status: response.status,
            retry_after: header("Retry-After"),
            limit_info: header("Sforce-Limit-Info"),
            body: response.body,
        }
    }
}

impl Transport for Stage {
    fn send(&mut self, request: &wire::Request, within: u64) -> Answer {
        // A GET has no body.
        let body = if request.body.is_empty() { "null" } else { &request.body };
        self.sent.push(serde_json::from_str(body).expect("JSON"));
        self.within.push(within);
        self.clock += self.slowness;
        self.catch_up();
        let fault = self.faults.get(&self.sent.len()).or(self.always.as_ref()).cloned();
        let lost = |kind, not_sent| Err(TransportError { kind, not_sent });
        match fault {
            None => Ok(self.process(request)),
            Some(Fault::Unsent(kind)) => lost(kind, true),
            Some(Fault::Ignored(kind)) => {
                self.waste(kind, within);
                lost(kind, false)
            }
            Some(Fault::Lost(kind)) => {
                self.process(request);
                self.waste(kind, within);
                lost(kind, false)
            }
            Some(Fault::Late(more)) => {
                match !request.body.contains(r#""method":"PATCH""#) {
                    true => self.late.push((more + 1, request.clone())),
                    false => drop(self.process(request)),
                }
                lost(TransportErrorKind::CutOff, false)
            }
            Some(Fault::Refused(response)) => Ok(response),
            Some(Fault::Garbled(response)) => {
                self.process(request);
                Ok(response)
            }
            Some(Fault::After(change)) => {
                change(&mut self.org);
                Ok(self.process(request))
            }
        }
    }

    fn now(&mut self) -> Moment {
        Moment { elapsed: self.clock, random: self.random }
    }

    fn pause(&mut self, milliseconds: u64) {
        self.clock += milliseconds;
        self.pauses.push(milliseconds);
    }
}

impl Stage {
    fn waste(&mut self, kind: TransportErrorKind, within: u64) {
        if kind == TransportErrorKind::Timeout {
            self.clock += within;
        }
    }
}

/// An answer in Salesforce's form.
pub fn refusal(status: u16, code: &str, message: &str) -> Response {
    answer(status, &json!([{ "errorCode": code, "message": message }]).to_string())
}

pub fn answer(status: u16, body: &str) -> Response {
    Response { status, body: body.as_bytes().to_vec(), ..Response::default() }
}

/// A refusal in one row of a composite answer; the others are its consequences.
pub fn row(references: &[&str], at: usize, status: u16, code: &str, message: &str) -> Response {
    let rows = references.iter().enumerate().map(|(index, reference)| {
        let halted = json!([{ "errorCode": "PROCESSING_HALTED", "message": "rolled back" }]);
        let (status, body) = match index == at {
            true => (status, json!([{ "errorCode": code, "message": message }])),
            false => (400, halted),
        };
        json!({ "referenceId": reference, "httpStatusCode": status, "httpHeaders": {}, "body": body })
    });
    answer(200, &json!({ "compositeResponse": rows.collect::<Vec<_>>() }).to_string())
}

pub fn asks_for(response: Response, seconds: &str) -> Response {
    Response { retry_after: Some(seconds.to_owned()), ..response }
}

pub fn settings(mappings: &[Value], objects: &Value) -> Value {
    json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings, "objects": objects })
}

pub fn map(variable: &str, place: &str) -> Value {
    let (object, field) = place.split_once('.').expect("object.field");
    json!({ "source": { "variable": variable }, "object": object, "field": field })
}

pub fn key(variable: &str, place: &str) -> Value {
    let mut mapping = map(variable, place);
    mapping["useToFindExisting"] = true.into();
    mapping
}

pub fn link(record: &str, place: &str) -> Value {
    let mut mapping = map("", place);
    mapping["source"] = json!({ "record": record });
    mapping
}

/// A Contact by its e-mail, and a Case of its own each time.
pub fn support() -> Value {
    settings(
        &[
            key("email", "Contact.Email"),
            map("name", "Contact.LastName"),
            link("Contact", "Case.ContactId"),
            map("topic", "Case.Subject"),
        ],
        &json!({ "Contact": { "store": { "Id": "contact" } }, "Case": { "store": { "CaseNumber": "number" } } }),
    )
}

/// A Contact by its e-mail.
pub fn contact() -> Value {
    settings(
        &[key("email", "Contact.Email"), map("name", "Contact.LastName")],
        &json!({ "Contact": { "store": { "Id": "contact" } } }),
    )
}

/// A Case of its own each time.
pub fn case() -> Value {
    settings(&[map("topic", "Case.Subject")], &json!({}))
}

/// The same, with the mark of the step.
pub fn marked_case() -> Value {
    let mark = json!({ "field": "Chat_Conversation_Id__c", "variable": "step" });
    settings(&[map("topic", "Case.Subject")], &json!({ "Case": { "idempotency": mark } }))
}

pub fn visitor() -> Value {
    json!({ "email": "anna@example.com", "name": "Berg", "topic": "Repair", "step": "c-4711-s-3" })
}

pub fn results(outcome: &Outcome) -> Vec<RecordResult> {
    outcome.records.iter().map(|record| record.result).collect()
}

pub fn codes(outcome: &Outcome) -> Vec<&str> {
    outcome.findings.iter().map(|finding| finding.code.word()).collect()
}

/// What somebody does in Salesforce meanwhile.
pub fn change(org: &mut Org, object: &str, id: &str, fields: &Value) {
    let request = Request {
        method: "PATCH".to_owned(),
        path: format!("/services/data/v62.0/sobjects/{object}/{id}"),
        query: None,
        headers: vec![
            ("authorization".to_owned(), format!("Bearer {}", org.access_token())),
            ("content-type".to_owned(), "application/json".to_owned()),
        ],
        body: fields.to_string().into_bytes(),
    };
    assert_eq!(org.handle(&request, Timestamp::UNIX_EPOCH).status, 204);
}
