//! After the records are there: their files, one request each.
//!
//! What was written stays written, whatever becomes of a file: a run whose records are there ends `done`, since a host that
//! repeats another would write them twice. A file is a create, so it is sent a second time only where the first one cannot
//! have arrived; with an idempotency key it is first looked for among the record's files.

use std::rc::Rc;

use super::ending::Over;
use super::{Run, Sent, Step, Told};
use crate::base::{Finding, FindingCode};
use crate::exchange::retry::{Next, Trouble};
use crate::record::Plan;
use crate::record::plan::PlannedFile;
use crate::report::error::unreadable;
use crate::report::{FileResult, RecordError, RecordResult, Retry, RunKind, Spent};
use crate::run::Ending;
use crate::salesforce::{ApiVersion, RecordId, RecordName};
use crate::texts::{said, text};
use crate::value::{Attached, Content};
use crate::wire::query::Row;
use crate::wire::{Failed, Request, Rows, Select, TransportError, TransportErrorKind, content};

/// A run that has written its records and attaches files to them.
#[derive(Debug, PartialEq)]
pub(super) struct Attaching {
    ending: Ending,
    version: ApiVersion,
    files: Vec<(PlannedFile, State)>,
}

/// How far a file is.
#[derive(Debug, PartialEq)]
enum State {
    /// The record may have it already.
    ToLookFor(RecordId),
    ToSend(RecordId),
    Over(FileResult, Option<RecordId>, Option<RecordError>),
}

impl Run {
    /// The plan and what was learnt, for an ending; an empty plan stays.
    pub(super) fn take_over(&mut self) -> Over {
        let empty = Plan::empty(self.plan.api_version);
        Over { plan: std::mem::replace(&mut self.plan, empty), progress: std::mem::take(&mut self.progress) }
    }

    /// The records are as they are to be; the files of those that are there follow.
    pub(super) fn attach(self, mut ending: Ending) -> Step {
        if self.kind == RunKind::Preview || ending.files.is_empty() {
            return Step::Done(Box::new(ending));
        }
        let state = |file: &PlannedFile| {
            let record = ending.outcome.records.get(file.record);
            let record = record.filter(|record| file.attached.is_for(&record.sobject));
            match record.map(|record| (record.result, record.id.clone(), file.is_idempotent)) {
                Some((RecordResult::Updated | RecordResult::Unchanged, Some(id), true)) => State::ToLookFor(id),
                Some((RecordResult::Created | RecordResult::Updated | RecordResult::Unchanged, Some(id), _)) => {
                    State::ToSend(id)
                }
                _ => State::Over(FileResult::Skipped, None, None),
            }
        };
        let planned: Vec<State> = ending.files.iter().map(state).collect();
        let files = std::mem::take(&mut ending.files).into_iter().zip(planned).collect();
        // What was found and decided is of no use any more, and the files need the room.
        ending.forget_decisions();
        let version = self.plan.api_version;
        self.next_file(Attaching { ending, version, files })
    }

    fn next_file(self, mut attaching: Attaching) -> Step {
        if !self.exchange.has_time() {
            let late = TransportError { kind: TransportErrorKind::Timeout, not_sent: true };
            attaching.fail(|_| true, &late.into_record_error(Retry::Later));
        }
        if let Some(select) = attaching.to_look_for() {
            return self.send(Sent::FilesThere(attaching, select), 0);
        }
        match attaching.request() {
            Some(request) => self.send(Sent::File(attaching, request), 0),
            None => Step::Done(Box::new(attaching.into_ending(self.exchange.spent))),
        }
    }

    pub(super) fn file_sent(mut self, mut attaching: Attaching, told: Told) -> Step {
        let trouble = match told.file() {
            Ok(id) => {
                attaching.over(FileResult::Created, Some(id), None);
                return self.next_file(attaching);
            }
            Err(trouble) => trouble,
        };
        let in_doubt = trouble.leaves_doubt();
        match self.next(&trouble, false) {
            Next::Again { after } => match attaching.request() {
                Some(request) => return self.send(Sent::File(attaching, request), after),
                None => return self.next_file(attaching),
            },
            Next::GiveUp(retry) => {
                let (result, error) = match (in_doubt, trouble.into_record_error(retry)) {
                    (true, error) => (FileResult::Unknown, error.followed_by(&text!(files::MAY_BE_ATTACHED))),
                    (false, error) => (FileResult::Failed, error),
                };
                attaching.over(result, None, Some(error));
            }
            // The others would fare no better.
            next => attaching.fail(|_| true, &trouble.into_record_error(next.ending().1)),
        }
        self.next_file(attaching)
    }

    /// In doubt a file is not sent: its record has an idempotency key, so that the step can be run again.
    pub(super) fn files_looked_for(mut self, mut attaching: Attaching, select: Select, told: Told) -> Step {
        let trouble = match told.found().map(|found| found.into_iter().next()) {
            Ok(Some(Ok(rows))) => {
                attaching.looked_for(&rows);
                return self.next_file(attaching);
            }
            Ok(Some(Err(Failed::Refused(error)))) => Trouble::Refused { error: *error, whole: false },
            Ok(Some(Err(Failed::Unreadable | Failed::GoesOn)) | None) => Trouble::Unreadable,
            Err(trouble) => *trouble,
        };
        let is_unsure = |state: &State| matches!(state, State::ToLookFor(_));
        match self.next(&trouble, true) {
            Next::Again { after } => return self.send(Sent::FilesThere(attaching, select), after),
            Next::GiveUp(retry) => attaching.fail(is_unsure, &trouble.into_record_error(retry)),
            next => attaching.fail(|_| true, &trouble.into_record_error(next.ending().1)),
        }
        self.next_file(attaching)
    }
}

impl Attaching {
    fn to_look_for(&self) -> Option<Select> {
        let unsure = self.files.iter().filter_map(|(file, state)| match state {
            State::ToLookFor(id) => Some((id, &file.attached.file)),
            _ => None,
        });
        let unsure: Vec<_> = unsure.collect();
        if unsure.is_empty() { None } else { content::already_there(unsure.into_iter()) }
    }

    fn looked_for(&mut self, rows: &Rows) {
        let Self { ending, files, .. } = self;
        // Each row is one file: of two that are alike, the second one may be missing.
        let mut left: Vec<&Rc<Row>> = rows.rows.iter().collect();
        for (file, state) in files {
            let State::ToLookFor(record) = state else { continue };
            let at = left.iter().position(|row| content::is_same(row, record, &file.attached.file));
            let row = at.map(|at| left.remove(at));
            *state = match row {
                Some(row) => {
                    ending.note(Finding::new(
                        FindingCode::FileAlreadyThere,
                        file.attached.pointer.clone(),
                        said!(findings_files::already_there()),
                    ));
                    State::Over(FileResult::Skipped, Some(row.id.clone()), None)
                }
                // Cut short, the answer may lack the very file.
                None if !rows.complete => State::Over(FileResult::Failed, None, Some(unreadable(Retry::Verify))),
                None => State::ToSend(record.clone()),
            };
        }
    }

    /// The first file that is to be sent.
    fn request(&self) -> Option<Request> {
        self.files.iter().find_map(|(file, state)| match state {
            State::ToSend(id) => Some(content::create(self.version, id, &file.attached.file)),
            _ => None,
        })
    }

    /// What became of that file. Its content is not needed any more.
    fn over(&mut self, result: FileResult, id: Option<RecordId>, error: Option<RecordError>) {
        if let Some((file, state)) = self.files.iter_mut().find(|(_, state)| matches!(state, State::ToSend(_))) {
            file.attached.file.content = Content::new(Vec::new());
            *state = State::Over(result, id, error);
        }
    }

    /// All that are not over, and that `fails` picks.
    fn fail(&mut self, fails: fn(&State) -> bool, error: &RecordError) {
        for (_, state) in &mut self.files {
            if !matches!(state, State::Over(..)) && fails(state) {
                *state = State::Over(FileResult::Failed, None, Some(error.clone()));
            }
        }
    }

    fn into_ending(self, spent: Spent) -> Ending {
        let Self { mut ending, files, .. } = self;
        let mut results = Vec::with_capacity(files.len());
        for (PlannedFile { record, attached, .. }, state) in files {
            let (result, id, error) = match state {
                State::Over(result, id, error) => (result, id, error),
                // Cannot happen: the run ends when none is left.
                State::ToLookFor(_) | State::ToSend(_) => (FileResult::Skipped, None, None),
            };
            let name = ending.outcome.records.get(record).map(|record| record.name.clone());
            if let (Some(name), Some(error)) = (name, &error) {
                ending.note(not_uploaded(&name, attached, result, error));
            }
            results.push((result, id, error));
        }
        ending.files_over(results, spent);
        ending
    }
}

fn not_uploaded(record: &RecordName, attached: Attached, result: FileResult, error: &RecordError) -> Finding {
    let said = match result {
        FileResult::Unknown => said!(findings_files::perhaps_attached(record, &attached.variable, &error.code)),
        _ => said!(findings_files::not_attached(record, &attached.variable, &error.code)),
    };
    Finding::new(FindingCode::FileNotUploaded, attached.pointer, said)
}
