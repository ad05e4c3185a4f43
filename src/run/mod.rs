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
mod problems;
mod refused;
mod results;
mod told;
mod verify;

use std::borrow::Cow;

use crate::exchange::retry::{Next, Trouble};
use crate::exchange::{self, Exchange, Moment, Transport, Within};
use crate::record::decide::{Decision, decide};
use crate::record::found::{Matches, resolve, share_out};
use crate::record::plan::hash;
use crate::record::write::{Write, WriteAnswer};
use crate::record::{Approach, Current, Lookup, Plan, Progress, evaluate, plan};
use crate::report::{RecordError, Retry, RunKind, Status};
use crate::salesforce::FieldName;
use crate::settings::Records;
use crate::value::Variables;
use crate::wire::limits::DEFAULT_DEFER_SECONDS;
use crate::wire::query::Found;
use crate::wire::{Answer, Failed, Request, Rows, Select, TransportError, TransportErrorKind, composite, query};

pub(crate) use batch::Asks;
use concurrent_create::Doubles;
pub use ending::Ending;
use ending::Halt;
use files::Attaching;
pub(crate) use told::{Reply, Told};
use verify::Verifying;

/// What to do next.
pub type Step = exchange::Step<Waiting, Ending>;

/// A run that waits for an answer.
#[derive(Debug, PartialEq)]
pub struct Waiting {
    run: Run,
    sent: Sent,
}

/// What was asked.
#[derive(Debug, PartialEq)]
enum Sent {
    /// The plan's lookups.
    Lookups,
    /// `doubt` is how the answer to the same request was lost before.
    Write {
        decisions: Vec<Decision>,
        write: Write,
        doubt: Option<RecordError>,
    },
    Verify(Verifying),
    Doubles(Doubles),
    /// Which of the files are there already.
    FilesThere(Attaching, Select),
    /// The first file that is not there, as a request that is the file.
    File(Attaching, Request),
}

/// One run.
#[derive(Debug, PartialEq)]
pub struct Run {
    kind: RunKind,
    /// Stays as it was made.
    plan: Plan,
    progress: Progress,
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
    pub(crate) fn new(settings: &Records, deadline_seconds: u32, variables: &Variables, kind: RunKind) -> Self {
        let defer_above_api_usage = settings.defer_above_api_usage;
        let evaluation = evaluate(settings, variables);
        let mut plan = plan(settings, evaluation);
        if kind == RunKind::Preview {
            plan.hash = hash(&plan);
        }
        let exchange = Exchange::new(deadline_seconds);
        let progress = Progress::new(&plan);
        Self { kind, plan, progress, exchange, raced: false, defer_above_api_usage, barred: None }
    }

    /// The first step.
    pub fn start(self) -> Step {
        if self.fails() {
            return self.halt(Vec::new(), &Halt::NotWritten);
        }
        if self.asked().is_empty() {
            let none = vec![None; self.plan.records.len()];
            return self.decided(&none);
        }
        self.look_up(0)
    }

    /// The records as they stand.
    fn records(&self) -> Vec<Current<'_>> {
        self.progress.records(&self.plan)
    }

    /// What is looked up.
    fn asked(&self) -> &[Lookup] {
        self.progress.lookups(&self.plan)
    }

    fn look_up(self, after: u64) -> Step {
        self.send(Sent::Lookups, after)
    }

    /// Carries out a whole run.
    pub fn drive(self, transport: &mut impl Transport) -> Ending {
        self.start().drive(transport)
    }

    fn send(mut self, sent: Sent, after: u64) -> Step {
        let within = match sent {
            Sent::Lookups => Within::Half,
            Sent::Write { .. } => Within::Most,
            Sent::Verify(_) | Sent::Doubles(_) | Sent::FilesThere(..) | Sent::File(..) => Within::All,
        };
        let sending = self.exchange.sending(after, within);
        Step::Send(sending, Box::new(Waiting { run: self, sent }))
    }

    fn looked_up(mut self, told: Told) -> Step {
        let (trouble, records) = match self.matches(self.asked(), told, share_out) {
            Ok(found) => {
                let matches = resolve(&self.plan, &mut self.progress, found);
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
            Next::Again { after } => self.look_up(after),
            next => self.not_looked_up(next, trouble, records.as_deref()),
        }
    }

    /// What each lookup found for each record.
    fn matches(
        &self,
        lookups: &[Lookup],
        told: Told,
        share: Share,
    ) -> Result<Vec<Vec<Option<Matches>>>, Box<NotFoundOut>> {
        let of_all = |trouble| Box::new(NotFoundOut::Trouble { trouble, records: None });
        let answers = told.found().map_err(|trouble| of_all(*trouble))?;
        if answers.len() != lookups.len() {
            return Err(of_all(Trouble::Unreadable));
        }
        let mut found = Vec::new();
        for (lookup, answer) in lookups.iter().zip(answers) {
            let records = lookup.records();
            let rows = match rows(lookup, answer) {
                Ok(rows) => rows,
                Err(trouble) => {
                    return Err(Box::new(NotFoundOut::Trouble { trouble: *trouble, records: Some(records) }));
                }
            };
            let mut matches: Vec<Option<Matches>> = vec![None; self.plan.records.len()];
            share(lookup, &rows, &mut matches).map_err(|error| NotFoundOut::Unclear { error, records })?;
            found.push(matches);
        }
        Ok(found)
    }

    fn decided(mut self, matches: &[Option<Matches>]) -> Step {
        let records = self.records();
        let mut decisions = decide(&records, &self.plan.write_order, matches);
        self.note_missing(&decisions);
        self.note_cut(&decisions);
        let stops = decisions.iter().any(|d| matches!(d, Decision::Fail(_) | Decision::Ambiguous { .. }));
        if stops {
            return self.halt(decisions, &Halt::NotWritten);
        }
        if self.plan.reads() {
            return self.read(decisions);
        }
        let write = Write::new(&self.records(), &self.plan.write_order, &mut decisions);
        let creates = decisions.iter().any(|decision| matches!(decision, Decision::Create { .. }));
        if let (Some(_), Some(barred)) = (&write, self.barred.take_if(|barred| creates || !barred.creates)) {
            return self.halt(decisions, &Halt::InDoubt(barred.error));
        }
        if let (Some(_), Some(error)) = (&write, self.too_much_used()) {
            return self.halt(decisions, &Halt::Deferred { error, seconds: DEFAULT_DEFER_SECONDS });
        }
        match write {
            Some(write) if self.kind == RunKind::Write => {
                // Begun that late, it would end as one more write whose fate is not known.
                if !self.exchange.has_time() {
                    let late = TransportError { kind: TransportErrorKind::Timeout, not_sent: true };
                    return self.halt(decisions, &Halt::AllFailed(late.into_record_error(Retry::Later)));
                }
                self.send(Sent::Write { decisions, write, doubt: None }, 0)
            }
            preview => {
                let request = preview.map(|write| composite::request(self.plan.api_version, &write.operations));
                let ending = Ending::unwritten(self.take_over(), decisions, request, self.exchange.spent);
                self.attach(ending)
            }
        }
    }

    fn written(mut self, decisions: Vec<Decision>, write: Write, doubt: Option<RecordError>, told: Told) -> Step {
        self.progress.sent = write.fields(self.plan.records.len());
        let (trouble, record) = match told.done().map(|answered| write.read(answered, self.plan.records.len())) {
            Ok(WriteAnswer::Written(stored)) => return self.done(decisions, stored),
            Ok(WriteAnswer::Refused { record, error }) => (Trouble::Refused { error, whole: false }, Some(record)),
            Ok(WriteAnswer::Unreadable) => (Trouble::Unreadable, None),
            Err(trouble) => (*trouble, None),
        };
        let next = self.next(&trouble, write.repeatable);
        // What the first of several copies has done, the refusal of a later one does not undo.
        let doubt = doubt.or_else(|| {
            let retry = if write.repeatable { Retry::Later } else { Retry::Verify };
            trouble.leaves_doubt().then(|| trouble.clone().into_record_error(retry))
        });
        match (next, doubt) {
            // The transaction that made this one wait may have written the same record.
            (Next::Again { after }, None) if after > 0 && !write.repeatable && !self.asked().is_empty() => {
                self.look_up(after)
            }
            (Next::Again { after }, doubt) => self.send(Sent::Write { decisions, write, doubt }, after),
            (_, Some(error)) => self.lost(decisions, error),
            (next, None) => self.refused(decisions, record, next, trouble),
        }
    }

    fn next(&mut self, trouble: &Trouble, repeatable: bool) -> Next {
        self.exchange.next(trouble, repeatable)
    }

    /// `records` are those of the query that failed; all that are looked up, if the whole request did.
    fn lookup_failed(self, error: &RecordError, records: Option<&[usize]>) -> Step {
        let fails = |index: usize, record: &Current| {
            records.map_or(*record.approach == Approach::LookUp, |records| records.contains(&index))
        };
        let decide = |(index, record)| match fails(index, &record) {
            true => Decision::Fail(error.clone()),
            false => Decision::UNDECIDED,
        };
        let decisions = self.records().into_iter().enumerate().map(decide).collect();
        self.halt(decisions, &Halt::NotWritten)
    }

    fn halt(mut self, decisions: Vec<Decision>, halt: &Halt) -> Step {
        Step::Done(Box::new(Ending::halted(self.take_over(), decisions, halt, self.exchange.spent)))
    }
}

impl Waiting {
    /// Takes the answer, and when it came.
    pub(crate) fn told(mut self, told: Told, now: Moment) -> Step {
        self.run.exchange.told(told.head, now);
        match self.sent {
            Sent::Lookups => self.run.looked_up(told),
            Sent::Write { decisions, write, doubt } => self.run.written(decisions, write, doubt, told),
            Sent::Doubles(doubles) => self.run.looked_around(doubles, told),
            Sent::FilesThere(attaching, select) => self.run.files_looked_for(attaching, select, told),
            Sent::File(attaching, _) => self.run.file_sent(attaching, told),
            Sent::Verify(verifying) => self.run.verified(verifying, told),
        }
    }
}

impl exchange::Waiting<Ending> for Waiting {
    fn request(&self) -> Cow<'_, Request> {
        let version = self.run.plan.api_version;
        match &self.sent {
            Sent::File(_, request) => Cow::Borrowed(request),
            Sent::Write { write, .. } => Cow::Owned(composite::request(version, &write.operations)),
            _ => Cow::Owned(query::request(version, &self.queries())),
        }
    }

    fn answer(self, answer: Answer, now: Moment) -> Step {
        let told = self.read(&answer);
        // The text is of no use any more, and what comes next needs the room.
        drop(answer);
        self.told(told, now)
    }
}

/// The rows of a lookup.
fn rows(lookup: &Lookup, found: Found) -> Result<Rows, Box<Trouble>> {
    found.map_err(|failed| {
        Box::new(match failed {
            Failed::Refused(error) => {
                let selected = |name: &FieldName| lookup.select.fields.iter().any(|path| path.field == *name);
                Trouble::Refused { error: (*error).naming(selected), whole: false }
            }
            Failed::Unreadable | Failed::GoesOn => Trouble::Unreadable,
        })
    })
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
