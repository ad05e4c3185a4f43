//! A run without I/O: it says what to send, is told the answer, and says what comes next.
//!
//! ```text
//! Run::start() ──► Send(request, waiting) ──► waiting.answer(…) ──► Send(…) or Done(ending)
//! ```
//!
//! It holds what the module promises: a lookup that failed never leads to a write, a write whose answer was lost is
//! `unknown` and never repeated, and what a preview shows is what a run sends, because both come from here.

mod ending;
mod refusal;

use crate::decide::{Decision, decide};
use crate::document::child;
use crate::finding::Finding;
use crate::lookup::{Matches, share_out};
use crate::mapping::evaluate;
use crate::name::FieldName;
use crate::outcome::{RecordError, Retry, Status};
use crate::plan::{Approach, Plan, PlannedRecord, hash, plan};
use crate::rest::error::unreadable;
use crate::rest::{self, ApiError, Composite, Request, Response, Transport, TransportError, TransportErrorKind, query};
use crate::settings::Settings;
use crate::variables::Variables;
use crate::write::{Write, WriteAnswer};

pub use ending::Ending;
use ending::Halt;

/// Whether a run writes or shows what it would write.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    Write,
    Preview,
}

/// What to do next.
pub type Step = rest::Step<Waiting, Ending>;

/// A run that waits for an answer.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    run: Run,
    request: Sent,
}

#[derive(Debug, PartialEq)]
enum Sent {
    Lookups(Composite),
    Write { decisions: Vec<Decision>, write: Write },
}

/// One run.
#[derive(Debug, PartialEq)]
pub struct Run {
    purpose: Purpose,
    plan: Plan,
    requests: u32,
}

impl Run {
    pub fn new(settings: Settings, variables: &Variables, purpose: Purpose) -> Self {
        let evaluation = evaluate(&settings, variables);
        let mut plan = plan(settings, evaluation);
        if purpose == Purpose::Preview {
            plan.hash = hash(&plan);
        }
        Self { purpose, plan, requests: 0 }
    }

    /// The first step.
    pub fn start(self) -> Step {
        if self.plan.fails() {
            return self.halt(Vec::new(), &Halt::NotWritten);
        }
        if self.plan.lookups.is_empty() {
            let none = vec![None; self.plan.records.len()];
            return self.decided(&none);
        }
        let version = self.plan.api_version;
        let queries = self
            .plan
            .lookups
            .iter()
            .map(|lookup| query::subrequest(version, format!("find_{}", lookup.select.from), &lookup.select))
            .collect();
        let (request, composite) = Composite::new(version, false, queries);
        self.send(request, Sent::Lookups(composite))
    }

    /// Carries out a whole run.
    pub fn drive(self, transport: &mut impl Transport) -> Ending {
        self.start().drive(transport)
    }

    fn send(mut self, request: Request, sent: Sent) -> Step {
        self.requests += 1;
        Step::Send(request, Box::new(Waiting { run: self, request: sent }))
    }

    fn looked_up(self, composite: &Composite, answer: Result<Response, TransportError>) -> Step {
        let response = match answer {
            Ok(response) => response,
            Err(error) => return self.lookup_failed(&error.into_record_error(retry_unwritten(error.kind)), None),
        };
        if response.status != 200 {
            return self.refused_lookup(ApiError::of_response(&response), &response, None);
        }
        let Some(answers) = composite.answers(&response) else {
            return self.lookup_failed(&unreadable(Retry::Later), None);
        };
        let mut matches: Vec<Option<Matches>> = vec![None; self.plan.records.len()];
        for (lookup, answer) in self.plan.lookups.iter().zip(answers) {
            if !answer.is_success() {
                let records = lookup.records();
                let selected = |name: &FieldName| lookup.select.fields.iter().any(|path| path.field == *name);
                let error = ApiError::new(answer.status, &answer.body).naming(selected);
                return self.refused_lookup(error, &response, Some(&records));
            }
            let shared = match query::rows(&lookup.select, answer) {
                Some(rows) => share_out(lookup, &rows, &mut matches),
                None => Err(unreadable(Retry::Later)),
            };
            if let Err(error) = shared {
                let records = lookup.records();
                return self.lookup_failed(&error, Some(&records));
            }
        }
        self.decided(&matches)
    }

    fn decided(mut self, matches: &[Option<Matches>]) -> Step {
        let mut decisions = decide(&self.plan, matches);
        self.note_missing(&decisions);
        let stops = decisions.iter().any(|d| matches!(d, Decision::Fail(_) | Decision::Ambiguous { .. }));
        if stops {
            return self.halt(decisions, &Halt::NotWritten);
        }
        match Write::new(&self.plan, &mut decisions) {
            Some((request, write)) if self.purpose == Purpose::Write => {
                self.send(request, Sent::Write { decisions, write })
            }
            preview => {
                let request = preview.map(|(request, _)| request);
                Step::Done(Box::new(Ending::unwritten(self.plan, decisions, request, self.requests)))
            }
        }
    }

    fn written(self, decisions: Vec<Decision>, write: &Write, answer: Result<Response, TransportError>) -> Step {
        let response = match answer {
            Ok(response) => response,
            Err(error) if error.not_sent => {
                return self.halt(decisions, &Halt::AllFailed(error.into_record_error(retry_unwritten(error.kind))));
            }
            Err(error) => return self.halt(decisions, &Halt::Lost(error.into_record_error(Retry::Verify))),
        };
        match response.status {
            200 => {}
            // A server that failed may have failed after it wrote, and a success that is not Salesforce's may be one.
            201..300 | 500.. => {
                let error = ApiError::of_response(&response).into_record_error();
                return self.halt(decisions, &Halt::Lost(RecordError { retry: Retry::Verify, ..error }));
            }
            _ => return self.refused(decisions, None, ApiError::of_response(&response), &response),
        }
        let Some(answers) = write.composite.answers(&response) else {
            return self.halt(decisions, &Halt::Lost(unreadable(Retry::Verify)));
        };
        match write.read(answers, self.plan.records.len()) {
            WriteAnswer::Written(answered) => {
                Step::Done(Box::new(Ending::written(self.plan, decisions, answered, self.requests)))
            }
            WriteAnswer::Refused { record, error } => self.refused(decisions, Some(record), error, &response),
            WriteAnswer::Unreadable => self.halt(decisions, &Halt::Lost(unreadable(Retry::Verify))),
        }
    }

    /// `records` are those of the query that failed; all that are looked up, if the whole request did.
    fn lookup_failed(self, error: &RecordError, records: Option<&[usize]>) -> Step {
        let fails = |index: usize, record: &PlannedRecord| {
            records.map_or(record.approach == Approach::LookUp, |records| records.contains(&index))
        };
        let decide = |(index, record)| match fails(index, record) {
            true => Decision::Fail(error.clone()),
            false => Decision::UNDECIDED,
        };
        let decisions = self.plan.records.iter().enumerate().map(decide).collect();
        self.halt(decisions, &Halt::NotWritten)
    }

    fn halt(self, decisions: Vec<Decision>, halt: &Halt) -> Step {
        Step::Done(Box::new(Ending::halted(self.plan, decisions, halt, self.requests)))
    }

    fn note_missing(&mut self, decisions: &[Decision]) {
        for (record, decision) in self.plan.records.iter().zip(decisions) {
            if matches!(decision, Decision::Skip { no_match: true, .. }) {
                self.plan.findings.push(Finding::info(
                    "no-match",
                    child("/objects", record.name().as_str()),
                    format!("No existing `{}` matches, and none is to be created.", record.name()),
                    "Nothing, if that is what `onlyUpdateExisting` is set for.",
                ));
            }
            // Planned as a new record, and then there was nothing of its own to write.
            if record.approach == Approach::Create && matches!(decision, Decision::Skip { .. }) {
                self.plan.findings.push(Finding::info(
                    "nothing-to-write",
                    child("/objects", record.name().as_str()),
                    format!("`{}` had only links to records that do not take part, so it is skipped.", record.name()),
                    "Nothing, if that is what is meant.",
                ));
            }
        }
    }
}

impl rest::Waiting<Ending> for Waiting {
    fn answer(self, answer: Result<Response, TransportError>) -> Step {
        match self.request {
            Sent::Lookups(composite) => self.run.looked_up(&composite, answer),
            Sent::Write { decisions, write } => self.run.written(decisions, &write, answer),
        }
    }
}

/// For a request after which nothing can have been written.
fn retry_unwritten(kind: TransportErrorKind) -> Retry {
    match kind {
        TransportErrorKind::Denied | TransportErrorKind::Tls | TransportErrorKind::TooLarge => Retry::Never,
        _ => Retry::Later,
    }
}

impl Status {
    /// The status of a run in which nothing was sent for these decisions.
    fn of(decisions: &[Decision]) -> Self {
        let any = |wanted: fn(&Decision) -> bool| decisions.iter().any(wanted);
        if any(|decision| matches!(decision, Decision::Fail(_))) {
            Self::Failed
        } else if any(|decision| matches!(decision, Decision::Ambiguous { .. })) {
            Self::Ambiguous
        } else {
            Self::Done
        }
    }
}
