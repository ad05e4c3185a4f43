//! One request of the author's own: rendered, sent, and its answer picked apart.
//!
//! As a [`crate::run::Run`] it is sans-I/O: it says what to send and is told the answer. It is repeated by the same table,
//! in which only a read is repeatable: whatever else may have arrived is not sent again.

mod failure;
mod render;

use std::borrow::Cow;
use std::fmt::Write as _;

use serde_json::{Map, Value};

use crate::base::fingerprint::Fingerprint;
use crate::base::json::child;
use crate::base::{Finding, FindingCode};
use crate::exchange::retry::{Next, Trouble};
use crate::exchange::{self, Exchange, Moment, Transport, Within};
use crate::report::{RecordError, RequestOutcome, RequestTarget, Retry, RunKind, Spent, Status};
use crate::salesforce::ApiVersion;
use crate::settings::request::{RequestSettings, Resource};
use crate::texts::{said, text};
use crate::value::Variables;
use crate::wire::{Answer, ApiError, Head, Request, Response};

pub use crate::wire::MAX_URL_BYTES;
pub use render::render;

/// What to do next.
pub type Step = exchange::Step<Waiting, Ending>;

/// What a run will do: send one request, or say why it is not sent.
#[derive(Debug, PartialEq)]
pub struct Plan {
    /// The request without a value.
    pub target: RequestTarget,
    /// What will be sent, or why nothing is.
    pub rendered: Result<Request, RecordError>,
    /// What the author should know of it.
    pub findings: Vec<Finding>,
    /// HTTP requests, if something is sent and none is repeated.
    pub sends: u32,
}

/// How a call ended.
#[derive(Debug, PartialEq)]
pub struct Ending {
    plan: Plan,
    outcome: RequestOutcome,
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
    plan: Plan,
    is_repeatable: bool,
    /// The path is one of Salesforce's own data API.
    is_data: bool,
    store: Vec<(String, String)>,
    variables: Map<String, Value>,
    findings: Vec<Finding>,
    exchange: Exchange,
}

/// What a run would send.
pub fn plan(request: &RequestSettings, variables: &Variables) -> Plan {
    let (method, path) = (request.method.word(), request.path.clone());
    let target = RequestTarget { method, path, act: request.act() };
    Plan { target, rendered: render(request, variables), findings: request.absent_variables(variables), sends: 1 }
}

impl Plan {
    /// HTTP requests of a run, where none is repeated.
    pub fn requests(&self) -> u32 {
        if self.rendered.is_ok() { self.sends } else { 0 }
    }

    /// What a preview ends with: nothing is sent for it.
    pub fn status(&self) -> Status {
        if self.rendered.is_ok() { Status::Done } else { Status::Failed }
    }

    /// SHA-256 of all that decides what a run sends, in hexadecimal.
    pub fn hash(&self) -> String {
        let mut fingerprint = Fingerprint::default();
        let requests = self.requests();
        // Writing to a hash cannot fail. The version is that of a plan with records, which has no other.
        let _ = writeln!(fingerprint, "{} {requests} {requests}", ApiVersion::DEFAULT);
        let _ = match &self.rendered {
            Ok(request) => writeln!(fingerprint, "send {} {} {}", request.method, request.path, request.body),
            Err(error) => writeln!(fingerprint, "send nothing: {}", error.code),
        };
        fingerprint.hex()
    }
}

impl Ending {
    /// The answer of a run.
    pub fn into_outcome(self) -> RequestOutcome {
        self.outcome
    }

    /// The answer of a preview: nothing is looked up first, so it is the plan.
    pub fn into_preview(self) -> Plan {
        self.plan
    }
}

impl Call {
    pub(crate) fn new(request: RequestSettings, deadline_seconds: u32, variables: &Variables, kind: RunKind) -> Self {
        Self {
            plan: plan(&request, variables),
            kind,
            is_repeatable: request.reads(),
            is_data: Resource::of(&request.segments) != Resource::Other,
            findings: request.absent_variables(variables),
            store: request.store,
            variables: Map::new(),
            exchange: Exchange::new(deadline_seconds),
        }
    }

    /// The first step.
    pub fn start(self) -> Step {
        match (&self.plan.rendered, self.kind) {
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
        let sending = self.exchange.sending(after, within);
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
        let next = match self.exchange.next(&trouble, self.is_repeatable) {
            // Elsewhere it is Apex that answers, and a status or a code of its own says nothing about what it did before.
            Next::Again { .. } if !self.is_repeatable && !self.is_data && !trouble.is_unsent() => {
                Next::GiveUp(Retry::Verify)
            }
            next => next,
        };
        if let Next::Again { after } = next {
            return self.send(request, after);
        }
        let (ended, retry, seconds) = next.ending();
        // What a flow says of itself names the cause, and does not tell what it had done before.
        let by_action = answer.as_ref().ok().and_then(ApiError::of_action).map(Trouble::whole);
        let error = by_action.unwrap_or(trouble).into_record_error(retry);
        let error = if retry == Retry::Verify { error.followed_by(&text!(requests::MAY_BE_DONE)) } else { error };
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
        let Spent { requests, api_usage } = self.exchange.spent;
        let outcome = RequestOutcome {
            status,
            target: self.plan.target.clone(),
            http_status,
            error,
            variables: self.variables,
            requests,
            retry_after_seconds: seconds,
            api_usage,
            findings: self.findings,
        };
        Step::Done(Box::new(Ending { plan: self.plan, outcome }))
    }
}

impl exchange::Waiting<Ending> for Waiting {
    fn request(&self) -> Cow<'_, Request> {
        Cow::Borrowed(&self.request)
    }

    fn answer(mut self, answer: Answer, now: Moment) -> Step {
        self.call.exchange.told(Head::of(&answer), now);
        self.call.answered(self.request, &answer)
    }
}
