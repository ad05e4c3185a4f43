//! One request of the author's own: rendered, sent, and its answer picked apart.
//!
//! As a [`crate::run::Run`] it is sans-I/O: it says what to send and is told the answer. It is repeated by the same table,
//! in which only a GET is repeatable: whatever else may have arrived is not sent again.

mod failure;
mod render;

use serde_json::{Map, Value};

use crate::base::json::child;
use crate::base::{Finding, FindingCode};
use crate::exchange::retry::{Next, Trouble};
use crate::exchange::{self, Exchange, Moment, Transport, Within};
use crate::record::Plan;
use crate::record::plan::{PlannedRequest, hash};
use crate::report::{Act, ApiResponse, Outcome, RecordError, RequestTarget, Retry, RunKind, Spent, Status};
use crate::salesforce::ApiVersion;
use crate::settings::Settings;
use crate::settings::request::{RequestSettings, Resource};
use crate::texts::said;
use crate::value::Variables;
use crate::wire::{Answer, ApiError, Request, Response};

pub use crate::wire::MAX_URL_BYTES;
pub use render::render;

const PERHAPS_DONE: (&str, &str) = (
    "The request may have been carried out: look in Salesforce for what it does, before it is sent again.",
    "Die Anfrage wurde vielleicht ausgeführt: Sehen Sie in Salesforce nach, was sie bewirkt, bevor sie noch einmal gesendet wird.",
);

/// What to do next.
pub type Step = exchange::Step<Waiting, Ending>;

/// How a call ended.
#[derive(Debug, PartialEq)]
pub struct Ending {
    /// Its `response` says what the request led to; it has no records.
    pub outcome: Outcome,
    /// Of a preview: the request that would be sent.
    pub writes: Vec<Request>,
    /// Of the plan, for a preview.
    pub hash: String,
}

/// A call that waits for its answer.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    call: Call,
    request: Request,
}

/// One request, and what is to become of its answer.
#[derive(Debug, PartialEq)]
pub struct Call {
    kind: RunKind,
    planned: PlannedRequest,
    /// Of the plan, for a preview.
    hash: String,
    is_repeatable: bool,
    act: Act,
    /// The path is one of Salesforce's own data API.
    is_data: bool,
    store: Vec<(String, String)>,
    variables: Map<String, Value>,
    findings: Vec<Finding>,
    exchange: Exchange,
}

/// What a run would send.
pub fn plan(request: &RequestSettings, variables: &Variables) -> Plan {
    let rendered = render(request, variables).map_err(|error| error.with_act(request.method.act()));
    let requests = u32::from(rendered.is_ok());
    let target = RequestTarget { method: request.method.word(), path: request.path.clone() };
    Plan {
        requests_at_least: requests,
        requests_at_most: requests,
        request: Some(PlannedRequest { target, rendered }),
        ..Plan::empty(ApiVersion::DEFAULT)
    }
}

impl Call {
    /// `None` for settings of another mode.
    pub fn new(settings: &Settings, variables: &Variables, kind: RunKind) -> Option<Self> {
        let request = settings.request.as_ref()?;
        let plan = plan(request, variables);
        Some(Self {
            hash: if kind == RunKind::Preview { hash(&plan) } else { String::new() },
            planned: plan.request?,
            kind,
            is_repeatable: request.method.is_repeatable(),
            act: request.method.act(),
            is_data: Resource::of(&request.segments) != Resource::Other,
            store: request.store.clone(),
            variables: Map::new(),
            findings: Vec::new(),
            exchange: Exchange::new(settings.deadline_seconds),
        })
    }

    /// The first step.
    pub fn start(self) -> Step {
        match (&self.planned.rendered, self.kind) {
            (Ok(request), RunKind::Write) => {
                let request = request.clone();
                self.send(request, 0)
            }
            (Ok(_), RunKind::Preview) => self.end(Status::Done, (None, None), None),
            (Err(error), _) => {
                let error = error.clone();
                self.end(Status::Failed, (None, Some(error)), None)
            }
        }
    }

    /// Carries out the whole call.
    pub fn drive(self, transport: &mut impl Transport) -> Ending {
        self.start().drive(transport)
    }

    fn send(mut self, request: Request, after: u64) -> Step {
        // What can be repeated leaves time for that.
        let within = if self.is_repeatable { Within::Most } else { Within::All };
        let sending = self.exchange.sending(&request, after, within);
        Step::Send(sending, Box::new(Waiting { call: self, request }))
    }

    fn answered(mut self, request: Request, answer: &Answer) -> Step {
        let (status, trouble) = match answer {
            Ok(response) if (200..300).contains(&response.status) => match self.content(response) {
                Some(content) => return self.stored(response.status, content),
                None => (Some(response.status), Trouble::Unreadable),
            },
            Ok(response) => (Some(response.status), Trouble::whole(ApiError::of_response(response))),
            Err(error) => (None, Trouble::Transport(*error)),
        };
        let next = match self.exchange.next(&trouble, self.is_repeatable, answer) {
            // Elsewhere it is Apex that answers, and a status or a code of its own says nothing about what it did before.
            Next::Again { .. } if !self.is_repeatable && !self.is_data && !trouble.is_unsent() => {
                Next::GiveUp(Retry::Verify)
            }
            next => next,
        };
        let (ended, retry, seconds) = match next {
            Next::Again { after } => return self.send(request, after),
            Next::Defer { seconds } => (Status::Deferred, Retry::Later, Some(seconds)),
            Next::Renew => (Status::SessionExpired, Retry::RenewSession, None),
            Next::GiveUp(retry) => (Status::Failed, retry, None),
        };
        let error = trouble.into_record_error(retry);
        let error = if retry == Retry::Verify { error.followed_by(PERHAPS_DONE) } else { error };
        self.end(ended, (status, Some(error)), seconds)
    }

    /// The answer as JSON: null where there is none, `None` where it is something else.
    fn content(&self, response: &Response) -> Option<Value> {
        // The data API answers a 200 with content; without any, it is some proxy's. An Apex method may return nothing.
        let may_be_empty = response.status != 200 || !self.is_data;
        if response.body.is_empty() && may_be_empty { Some(Value::Null) } else { response.json() }
    }

    fn stored(mut self, status: u16, mut content: Value) -> Step {
        for (pointer, variable) in std::mem::take(&mut self.store) {
            // No pointer leads into another, so that each can take its part away.
            let value = content.pointer_mut(&pointer).map(Value::take);
            if value.is_none() {
                self.findings.push(Finding::new(
                    FindingCode::PointerWithoutValue,
                    child("/store", &pointer),
                    said!(findings_requests::nothing_there()),
                ));
            }
            self.variables.insert(variable, value.unwrap_or_default());
        }
        self.end(Status::Done, (Some(status), None), None)
    }

    fn end(self, status: Status, answer: (Option<u16>, Option<RecordError>), seconds: Option<u32>) -> Step {
        let (http_status, error) = answer;
        let error = error.map(|error| error.with_act(self.act));
        let Spent { requests, api_usage } = self.exchange.spent;
        let writes = match self.kind {
            RunKind::Preview => self.planned.rendered.into_iter().collect(),
            RunKind::Write => Vec::new(),
        };
        let outcome = Outcome {
            files: Vec::new(),
            status,
            records: Vec::new(),
            variables: self.variables,
            requests,
            retry_after_seconds: seconds,
            api_usage,
            response: Some(ApiResponse { target: self.planned.target, http_status, error }),
            findings: self.findings,
        };
        Step::Done(Box::new(Ending { outcome, writes, hash: self.hash }))
    }
}

impl exchange::Waiting<Ending> for Waiting {
    fn answer(mut self, answer: Answer, now: Moment) -> Step {
        self.call.exchange.told(&answer, now);
        self.call.answered(self.request, &answer)
    }
}
