//! A run without I/O: it says what to send, is told the answer, and says what comes next.
//!
//! ```text
//! Run::start() ──► Send(request, waiting) ──► waiting.answer(…) ──► Send(…) or Done(ending)
//! ```
//!
//! It holds what the module promises: a lookup that failed never leads to a write, a write whose answer was lost is
//! repeated only where that cannot write anything twice, and what a preview shows is what a run sends, because both come
//! from here.

mod batch;
mod concurrent_create;
mod ending;
mod files;
mod findings;
mod hand_over;
mod in_doubt;
mod refused;
mod verify;

use std::borrow::Cow;

use crate::exchange::retry::{Next, Trouble};
use crate::exchange::{self, Exchange, Moment, Transport, Within};
use crate::record::decide::{Decision, decide};
use crate::record::found::{Matches, resolve, share_out};
use crate::record::plan::hash;
use crate::record::write::{Write, WriteAnswer};
use crate::record::{Approach, Lookup, Plan, PlannedRecord, evaluate, plan};
use crate::report::{RecordError, Retry, RunKind, Status};
use crate::salesforce::{ApiVersion, FieldName};
use crate::settings::Settings;
use crate::value::Variables;
use crate::wire::limits::DEFAULT_DEFER_SECONDS;
use crate::wire::{
    Answer, ApiError, Composite, Head, Request, Rows, Select, TransportError, TransportErrorKind, query,
};

pub(crate) use batch::Asks;
use concurrent_create::Doubles;
pub use ending::Ending;
use ending::Halt;
use files::Attaching;
use verify::Verifying;

/// What to do next.
pub type Step = exchange::Step<Waiting, Ending>;

/// A run that waits for an answer.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    run: Run,
    request: Request,
    sent: Sent,
}

/// What a request was sent for.
#[derive(Debug, PartialEq)]
enum Sent {
    Lookups(Composite),
    /// `doubt` is how the answer to the same request was lost before.
    Write {
        decisions: Vec<Decision>,
        write: Write,
        doubt: Option<RecordError>,
    },
    Verify(Verifying, Composite),
    Doubles(Doubles, Composite),
    /// Which of the files are there already.
    FilesThere(Attaching, Select, Composite),
    File(Attaching),
}

/// One run.
#[derive(Debug, PartialEq)]
pub struct Run {
    kind: RunKind,
    plan: Plan,
    exchange: Exchange,
    /// Another conversation was faster, once.
    raced: bool,
    defer_above_api_usage: Option<u32>,
    barred: Option<Barred>,
}

/// What a run must not do that has been sent before, and the error with which it ends where it would.
#[derive(Debug, PartialEq)]
struct Barred {
    /// Only from creating records: it may update those that are there.
    creates: bool,
    error: RecordError,
}

/// How the rows of a lookup are shared out among its records.
type Share = fn(&Lookup, &Rows, &mut [Option<Matches>]) -> Result<(), RecordError>;

/// Why the lookups do not tell what exists.
enum NotFoundOut {
    /// What Salesforce answered to one query, or to all.
    Trouble { trouble: Trouble, records: Option<Vec<usize>> },
    /// The rows leave a doubt.
    Unclear { error: RecordError, records: Vec<usize> },
}

impl NotFoundOut {
    fn trouble(&self) -> Option<&Trouble> {
        match self {
            Self::Trouble { trouble, .. } => Some(trouble),
            Self::Unclear { .. } => None,
        }
    }
}

impl Run {
    pub(crate) fn new(settings: &Settings, variables: &Variables, kind: RunKind) -> Self {
        let defer_above_api_usage = settings.defer_above_api_usage;
        let evaluation = evaluate(settings, variables);
        let mut plan = plan(settings, evaluation);
        if kind == RunKind::Preview {
            plan.hash = hash(&plan);
        }
        let exchange = Exchange::new(settings.deadline_seconds);
        Self { kind, plan, exchange, raced: false, defer_above_api_usage, barred: None }
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
        self.look_up(0)
    }

    fn look_up(self, after: u64) -> Step {
        let (request, composite) = ask(self.plan.api_version, &self.plan.lookups);
        self.send(request, Sent::Lookups(composite), after)
    }

    /// Carries out a whole run.
    pub fn drive(self, transport: &mut impl Transport) -> Ending {
        self.start().drive(transport)
    }

    fn send(mut self, request: Request, sent: Sent, after: u64) -> Step {
        let within = match sent {
            Sent::Lookups(_) => Within::Half,
            Sent::Write { .. } => Within::Most,
            Sent::Verify(..) | Sent::Doubles(..) | Sent::FilesThere(..) | Sent::File(_) => Within::All,
        };
        let sending = self.exchange.sending(after, within);
        Step::Send(sending, Box::new(Waiting { run: self, request, sent }))
    }

    fn looked_up(mut self, request: Request, composite: Composite, answer: &Answer) -> Step {
        let (trouble, records) = match self.matches(&self.plan.lookups, &composite, answer, share_out) {
            Ok(found) => {
                let matches = resolve(&mut self.plan, found);
                return self.decided(&matches);
            }
            Err(failure) => match *failure {
                NotFoundOut::Unclear { error, records } => return self.lookup_failed(&error, Some(&records)),
                NotFoundOut::Trouble { trouble, records } => (trouble, records),
            },
        };
        if self.plan.reads() && trouble.is_too_large() {
            return self.lookup_failed(&hand_over::too_large(), records.as_deref());
        }
        match self.next(&trouble, true) {
            Next::Again { after } => self.send(request, Sent::Lookups(composite), after),
            next => self.not_looked_up(next, trouble, records.as_deref()),
        }
    }

    /// What each lookup found for each record.
    fn matches(
        &self,
        lookups: &[Lookup],
        composite: &Composite,
        answer: &Answer,
        share: Share,
    ) -> Result<Vec<Vec<Option<Matches>>>, Box<NotFoundOut>> {
        let of_all = |trouble| Box::new(NotFoundOut::Trouble { trouble, records: None });
        let response = Trouble::of(answer).map_err(|trouble| of_all(*trouble))?;
        let answers = composite.answers(response).ok_or_else(|| {
            // What is read may be more than fits; what is looked up for a write is not, unless somebody is hostile.
            let too_large = self.plan.reads() && !response.fits();
            of_all(if too_large { Trouble::TOO_LARGE } else { Trouble::Unreadable })
        })?;
        let mut found = Vec::new();
        for (lookup, answer) in lookups.iter().zip(answers) {
            let records = lookup.records();
            if !answer.is_success() {
                let selected = |name: &FieldName| lookup.select.fields.iter().any(|path| path.field == *name);
                let error = ApiError::new(answer.status, &answer.body).naming(selected);
                let trouble = Trouble::Refused { error, whole: false };
                return Err(Box::new(NotFoundOut::Trouble { trouble, records: Some(records) }));
            }
            let Some(rows) = query::rows(&lookup.select, answer) else {
                let trouble = Trouble::Unreadable;
                return Err(Box::new(NotFoundOut::Trouble { trouble, records: Some(records) }));
            };
            let mut matches: Vec<Option<Matches>> = vec![None; self.plan.records.len()];
            share(lookup, &rows, &mut matches).map_err(|error| NotFoundOut::Unclear { error, records })?;
            found.push(matches);
        }
        Ok(found)
    }

    fn decided(mut self, matches: &[Option<Matches>]) -> Step {
        let mut decisions = decide(&self.plan, matches);
        self.note_missing(&decisions);
        let stops = decisions.iter().any(|d| matches!(d, Decision::Fail(_) | Decision::Ambiguous { .. }));
        if stops {
            return self.halt(decisions, &Halt::NotWritten);
        }
        if self.plan.reads() {
            return self.read(decisions);
        }
        let write = Write::new(&self.plan, &mut decisions);
        let creates = decisions.iter().any(|decision| matches!(decision, Decision::Create { .. }));
        if let (Some(_), Some(barred)) = (&write, self.barred.take_if(|barred| creates || !barred.creates)) {
            return self.halt(decisions, &Halt::InDoubt(barred.error));
        }
        if let (Some(_), Some(error)) = (&write, self.too_much_used()) {
            return self.halt(decisions, &Halt::Deferred { error, seconds: DEFAULT_DEFER_SECONDS });
        }
        match write {
            Some((request, write)) if self.kind == RunKind::Write => {
                // Begun that late, it would end as one more write whose fate is not known.
                if !self.exchange.has_time() {
                    let late = TransportError { kind: TransportErrorKind::Timeout, not_sent: true };
                    return self.halt(decisions, &Halt::AllFailed(late.into_record_error(Retry::Later)));
                }
                self.send(request, Sent::Write { decisions, write, doubt: None }, 0)
            }
            preview => {
                let request = preview.map(|(request, _)| request);
                let ending = Ending::unwritten(self.take_plan(), decisions, request, self.exchange.spent);
                self.attach(ending)
            }
        }
    }

    fn written(
        mut self,
        request: Request,
        decisions: Vec<Decision>,
        write: Write,
        doubt: Option<RecordError>,
        answer: &Answer,
    ) -> Step {
        let (trouble, record) = match answer {
            Ok(response) if response.status == 200 => {
                let answers = write.composite.answers(response);
                match answers.map(|answers| write.read(answers, self.plan.records.len())) {
                    Some(WriteAnswer::Written(answered)) => {
                        return self.done(decisions, answered);
                    }
                    Some(WriteAnswer::Refused { record, error }) => {
                        (Trouble::Refused { error, whole: false }, Some(record))
                    }
                    Some(WriteAnswer::Unreadable) | None => (Trouble::Unreadable, None),
                }
            }
            Ok(response) => (Trouble::whole(ApiError::of_response(response)), None),
            Err(error) => (Trouble::Transport(*error), None),
        };
        let next = self.next(&trouble, write.repeatable);
        // What the first of several copies has done, the refusal of a later one does not undo.
        let doubt = doubt.or_else(|| {
            let retry = if write.repeatable { Retry::Later } else { Retry::Verify };
            trouble.leaves_doubt().then(|| trouble.clone().into_record_error(retry))
        });
        match (next, doubt) {
            // The transaction that made this one wait may have written the same record.
            (Next::Again { after }, None) if after > 0 && !write.repeatable && !self.plan.lookups.is_empty() => {
                self.look_up(after)
            }
            (Next::Again { after }, doubt) => self.send(request, Sent::Write { decisions, write, doubt }, after),
            (_, Some(error)) => self.lost(decisions, error),
            (next, None) => self.refused(decisions, record, next, trouble),
        }
    }

    fn next(&mut self, trouble: &Trouble, repeatable: bool) -> Next {
        self.exchange.next(trouble, repeatable)
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
        Step::Done(Box::new(Ending::halted(self.plan, decisions, halt, self.exchange.spent)))
    }
}

impl exchange::Waiting<Ending> for Waiting {
    fn request(&self) -> Cow<'_, Request> {
        Cow::Borrowed(&self.request)
    }

    fn answer(mut self, answer: Answer, now: Moment) -> Step {
        self.run.exchange.told(Head::of(&answer), now);
        match self.sent {
            Sent::Lookups(composite) => self.run.looked_up(self.request, composite, &answer),
            Sent::Write { decisions, write, doubt } => self.run.written(self.request, decisions, write, doubt, &answer),
            Sent::Doubles(doubles, composite) => self.run.looked_around(self.request, doubles, composite, &answer),
            Sent::FilesThere(attaching, select, composite) => {
                self.run.files_looked_for(self.request, attaching, select, composite, &answer)
            }
            Sent::File(attaching) => self.run.file_sent(attaching, &answer),
            Sent::Verify(verifying, composite) => self.run.verified(self.request, verifying, composite, &answer),
        }
    }
}

/// All lookups in one request.
fn ask(version: ApiVersion, lookups: &[Lookup]) -> (Request, Composite) {
    let find = |lookup: &Lookup| query::subrequest(version, lookup.reference.clone(), &lookup.select);
    Composite::new(version, false, lookups.iter().map(find).collect())
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
