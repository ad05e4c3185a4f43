//! What came of each record and file, from what was decided and how the run ended.

use serde_json::{Map, Value};

use super::ending::Halt;
use super::in_doubt::in_doubt;
use crate::record::decide::Decision;
use crate::record::evaluate::LeftOut;
use crate::record::plan::PlannedFile;
use crate::record::{Approach, Current};
use crate::report::{
    Code, FileOutcome, FileResult, PreviewDecision, PreviewedRecord, RecordError, RecordOutcome, RecordResult, Retry,
};
use crate::salesforce::{FieldName, RecordId};
use crate::texts::text;
use crate::wire::query::Row;

/// Of a record that is not there.
pub(super) fn skipped_file(
    records: &[RecordOutcome],
    PlannedFile { record, attached, .. }: &PlannedFile,
) -> Option<FileOutcome> {
    let record = records.get(*record)?.name.clone();
    let (variable, index) = (attached.variable.clone(), attached.index);
    Some(FileOutcome { record, variable, index, result: FileResult::Skipped, id: None, error: None })
}

/// A file that is wrong by itself. One for another object than the record turned out to be is skipped.
pub(super) fn left_out(
    record: &RecordOutcome,
    LeftOut { variable, index, only_for, error }: LeftOut,
) -> Option<FileOutcome> {
    let is_there = matches!(record.result, RecordResult::Created | RecordResult::Updated | RecordResult::Unchanged);
    let is_meant = record.sobject.is_meant_by(&only_for);
    let (result, error) = match is_there && is_meant {
        true => (FileResult::Failed, Some(error)),
        false => (FileResult::Skipped, None),
    };
    Some(FileOutcome { record: record.name.clone(), variable, index, result, id: None, error })
}

/// The result of a decision that was carried out.
pub(super) fn result(record: &Current, decision: &Decision, created: Option<bool>) -> RecordOutcome {
    let mut outcome = RecordOutcome {
        name: record.name().clone(),
        sobject: record.sobject().clone(),
        result: RecordResult::Skipped,
        id: None,
        candidates: Vec::new(),
        error: None,
        problems: Vec::new(),
        ambiguity: None,
    };
    match decision {
        Decision::Create { .. } | Decision::Upsert { .. } if created == Some(false) => {
            outcome.result = RecordResult::Updated;
        }
        Decision::Create { .. } | Decision::Upsert { .. } => outcome.result = RecordResult::Created,
        Decision::Update { id, .. } => {
            outcome.result = RecordResult::Updated;
            outcome.id = Some(id.clone());
        }
        Decision::Unchanged { row } => {
            outcome.result = RecordResult::Unchanged;
            outcome.id = Some(row.id.clone());
        }
        Decision::Found { .. } => {
            outcome.result = RecordResult::Found;
            // Of several none is the one; their ids are in the list.
            outcome.id = decision.only_match().map(|row| row.id.clone());
        }
        Decision::Skip { .. } => {}
        Decision::Ambiguous { candidates, .. } => {
            outcome.result = RecordResult::Ambiguous;
            outcome.candidates.clone_from(candidates);
        }
        Decision::Fail(error) => {
            outcome.result = RecordResult::Failed;
            outcome.error = Some(error.clone());
        }
    }
    outcome
}

pub(super) fn halted_record(
    record: &Current,
    decision: &Decision,
    index: usize,
    halt: &Halt,
    retry: Retry,
) -> RecordOutcome {
    let outcome = result(record, decision, None);
    let writes = decision.writes();
    let undecided =
        matches!(decision, Decision::Skip { no_match: false, .. }) && !matches!(record.approach, Approach::Skip { .. });
    if !writes && !undecided {
        return outcome;
    }
    let stopped = if record.settings.reads() { not_read } else { not_written };
    let skipped = || (RecordResult::Skipped, stopped(retry));
    let (result, error) = match halt {
        Halt::Failed { record, error, candidates } if *record == index => {
            // Nothing says that the id of a key is a record's.
            let id = outcome.id.filter(|_| matches!(decision, Decision::Update { row: Some(_), .. }));
            let (error, candidates) = (Some(error.clone()), candidates.clone());
            return RecordOutcome { result: RecordResult::Failed, error, id, candidates, ..outcome };
        }
        Halt::Ambiguous { record, candidates } if *record == index => {
            let candidates = candidates.clone();
            return RecordOutcome { result: RecordResult::Ambiguous, candidates, ..outcome };
        }
        Halt::AllFailed(error) => (RecordResult::Failed, error.clone()),
        Halt::InDoubt(error) => (RecordResult::Unknown, error.clone()),
        Halt::Lost(error) if writes => (RecordResult::Unknown, in_doubt(record, decision, error)),
        Halt::SessionExpired(error) | Halt::Deferred { error, .. } => (RecordResult::Skipped, error.clone()),
        Halt::NotWritten | Halt::Failed { .. } | Halt::Ambiguous { .. } | Halt::Lost(_) => skipped(),
    };
    RecordOutcome { result, error: Some(error), ..outcome }
}

/// A record of a run that ended before any decision.
pub(super) fn undecided(record: &Current) -> Decision {
    match record.approach {
        Approach::Fail(error) => Decision::Fail(error.clone()),
        _ => Decision::UNDECIDED,
    }
}

/// For the records that another one stopped: running again helps them when it helps that one.
fn not_written(retry: Retry) -> RecordError {
    RecordError::new(Code::NotWritten, text!(records::NOT_WRITTEN)).with_retry(retry)
}

/// The same of a read, whose variables are handed over together.
fn not_read(retry: Retry) -> RecordError {
    RecordError::new(Code::NotRead, text!(records::NOT_READ)).with_retry(retry)
}

/// Fills the outcome variables of one record.
pub(super) fn store(
    variables: &mut Map<String, Value>,
    record: &Current,
    id: Option<&RecordId>,
    value: impl Fn(&str) -> Option<Value>,
) {
    let Some(id) = id else { return };
    for (field, variable) in record.settings.store() {
        let value = if field.is_id() { Some(id.as_str().into()) } else { value(field.as_str()) };
        variables.extend(value.map(|value| (variable.clone(), value)));
    }
}

pub(super) fn stored_in_row(decision: &Decision, field: &str) -> Option<Value> {
    match decision {
        Decision::Unchanged { row } | Decision::Update { row: Some(row), .. } => value_in(row, field),
        _ => None,
    }
}

pub(super) fn value_in(row: &Row, field: &str) -> Option<Value> {
    FieldName::parse(field).map(|field| row.field(&field).clone())
}

pub(super) fn previewed((record, decision): (RecordOutcome, Decision)) -> PreviewedRecord {
    let decision = match decision {
        Decision::Create { .. } => PreviewDecision::Create,
        Decision::Update { .. } => PreviewDecision::Update,
        Decision::Upsert { .. } => PreviewDecision::Upsert,
        Decision::Unchanged { .. } => PreviewDecision::Unchanged,
        Decision::Found { .. } => PreviewDecision::Found,
        Decision::Skip { .. } => PreviewDecision::Skip,
        Decision::Ambiguous { .. } => PreviewDecision::Ambiguous,
        Decision::Fail(_) => PreviewDecision::Fail,
    };
    PreviewedRecord {
        name: record.name,
        sobject: record.sobject,
        decision,
        id: record.id,
        candidates: record.candidates,
        error: record.error,
        problems: record.problems,
        ambiguity: record.ambiguity,
    }
}
