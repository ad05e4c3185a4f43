//! How a run ended → the outcome or the preview that the host gets.

use std::rc::Rc;

use serde_json::{Map, Value};

use super::in_doubt::in_doubt;
use super::problems::{ambiguity, problems};
use super::results::{
    halted_record, left_out, previewed, result, skipped_file, store, stored_in_row, undecided, value_in,
};
use crate::base::Finding;
use crate::record::decide::Decision;
use crate::record::plan::PlannedFile;
use crate::record::write::Stored;
use crate::record::{Current, Plan, Progress};
use crate::report::{FileResult, Outcome, Preview, RecordError, RecordOutcome, RecordResult, Retry, Spent, Status};
use crate::salesforce::{RecordId, RecordName, SObjectName};
use crate::wire::Request;
use crate::wire::query::{Row, get};

/// The end of a run, with all that a host may ask about it.
#[derive(Debug, PartialEq)]
pub struct Ending {
    pub(super) outcome: Outcome,
    decisions: Vec<Decision>,
    writes: Vec<Request>,
    /// Of the plan, for a preview.
    hash: String,
    /// What is still to be attached to the records.
    pub(super) files: Vec<PlannedFile>,
    /// Names of the fields that were sent for each record.
    sent: Vec<Vec<String>>,
}

/// A run's plan and what it has learnt, in its end.
pub(super) struct Over {
    pub(super) plan: Plan,
    pub(super) progress: Progress,
}

impl Over {
    fn records(&self) -> Vec<Current<'_>> {
        self.progress.records(&self.plan)
    }
}

/// Why a run ended without writing, or without knowing what it wrote.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Halt {
    /// The decisions say it: a record failed or is ambiguous.
    NotWritten,
    /// Salesforce refused the write because of this record, and perhaps named existing ones that stand in its way.
    Failed {
        record: usize,
        error: RecordError,
        candidates: Vec<RecordId>,
    },
    /// The key of an upsert fits several records.
    Ambiguous {
        record: usize,
        candidates: Vec<RecordId>,
    },
    /// The whole write was refused, or never left.
    AllFailed(RecordError),
    SessionExpired(RecordError),
    Deferred {
        error: RecordError,
        seconds: u32,
    },
    /// The write was sent, and its answer was lost.
    Lost(RecordError),
    /// An earlier call may have written it, and it is not there.
    InDoubt(RecordError),
}

impl Ending {
    /// Names of the fields that were written to each record, or may have been.
    pub fn written_fields(&self) -> Vec<&[String]> {
        let is_written = |result: RecordResult| {
            matches!(result, RecordResult::Created | RecordResult::Updated | RecordResult::Unknown)
        };
        let records = self.outcome.records.iter().enumerate();
        let fields = records.map(|(index, record)| match self.sent.get(index) {
            Some(sent) if is_written(record.result) => sent.as_slice(),
            _ => &[],
        });
        fields.collect()
    }

    /// The answer of a run. What a preview would send is dropped.
    pub fn into_outcome(self) -> Outcome {
        self.outcome
    }

    /// The answer of a preview: the decisions, the writes, and the files that would follow to records that are then there.
    pub fn into_preview(self) -> Preview {
        let decisions = self.decisions;
        let names: Vec<RecordName> = self.outcome.records.iter().map(|record| record.name.clone()).collect();
        let is_there = |decision: &Decision| decision.writes() || matches!(decision, Decision::Unchanged { .. });
        let sobjects: Vec<SObjectName> = self.outcome.records.iter().map(|record| record.sobject.clone()).collect();
        let files = self.files.into_iter().filter_map(|PlannedFile { record, attached, .. }| {
            let is_meant = sobjects.get(record).is_some_and(|sobject| attached.is_for(sobject));
            let follows =
                is_meant && self.outcome.status == Status::Done && decisions.get(record).is_some_and(is_there);
            names.get(record).filter(|_| follows).map(|name| (name.clone(), attached))
        });
        Preview {
            status: self.outcome.status,
            files: files.collect(),
            records: self.outcome.records.into_iter().zip(decisions).map(previewed).collect(),
            writes: self.writes,
            hash: self.hash,
            requests: self.outcome.requests,
            retry_after_seconds: self.outcome.retry_after_seconds,
            api_usage: self.outcome.api_usage,
            findings: self.outcome.findings,
        }
    }

    /// Makes room.
    pub(super) fn forget_decisions(&mut self) {
        self.decisions = Vec::new();
    }

    pub(super) fn note(&mut self, finding: Finding) {
        self.outcome.findings.push(finding);
    }

    /// What became of the files, in their order.
    pub(super) fn files_over(
        &mut self,
        results: Vec<(FileResult, Option<RecordId>, Option<RecordError>)>,
        spent: Spent,
    ) {
        for (file, (result, id, error)) in self.outcome.files.iter_mut().zip(results) {
            (file.result, file.id, file.error) = (result, id, error);
        }
        (self.outcome.requests, self.outcome.api_usage) = (spent.requests, spent.api_usage);
    }

    /// All was written. `others` are records with the same keys that have appeared meanwhile.
    pub(super) fn written(
        over: Over,
        decisions: Vec<Decision>,
        stored: Vec<Stored>,
        others: &[Vec<RecordId>],
        spent: Spent,
    ) -> Self {
        let mut variables = Map::new();
        let current = over.records();
        let records = current
            .iter()
            .zip(&decisions)
            .zip(stored)
            .enumerate()
            .map(|(index, ((record, decision), stored))| {
                let outcome = result(record, decision, stored.written.as_ref().and_then(|w| w.created));
                let id = stored.written.map(|written| written.id).or(outcome.id.clone());
                store(&mut variables, record, id.as_ref(), |field| {
                    get(&stored.fields, field).cloned().or_else(|| stored_in_row(decision, field))
                });
                RecordOutcome { id, candidates: others.get(index).cloned().unwrap_or_default(), ..outcome }
            })
            .collect();
        Self::new(over, Status::Done, records, variables, spent, decisions)
    }

    /// The answer to the write was lost; `found` are the records that are there as they were sent.
    pub(super) fn verified(
        over: Over,
        decisions: Vec<Decision>,
        found: &[Option<Rc<Row>>],
        error: &RecordError,
        spent: Spent,
    ) -> Self {
        let mut variables = Map::new();
        let current = over.records();
        let records = current.iter().zip(&decisions).zip(found).map(|((record, decision), found)| {
            // Of an upsert it is not known which it was.
            let created = Some(matches!(decision, Decision::Create { .. }));
            let outcome = result(record, decision, created);
            match found {
                Some(row) => {
                    store(&mut variables, record, Some(&row.id), |field| value_in(row, field));
                    RecordOutcome { id: Some(row.id.clone()), ..outcome }
                }
                None if decision.writes() => {
                    let error = Some(in_doubt(record, decision, error));
                    RecordOutcome { result: RecordResult::Unknown, error, ..outcome }
                }
                None => {
                    store(&mut variables, record, outcome.id.as_ref(), |field| stored_in_row(decision, field));
                    outcome
                }
            }
        });
        let records: Vec<RecordOutcome> = records.collect();
        let unknown = records.iter().any(|record| record.result == RecordResult::Unknown);
        let status = if unknown { Status::Failed } else { Status::Done };
        Self::new(over, status, records, variables, spent, decisions)
    }

    /// Nothing was sent, because nothing had to be or because this is a preview.
    pub(super) fn unwritten(over: Over, decisions: Vec<Decision>, write: Option<Request>, spent: Spent) -> Self {
        let mut variables = Map::new();
        let current = over.records();
        let records = current.iter().zip(&decisions).map(|(record, decision)| {
            let outcome = result(record, decision, None);
            if let Decision::Unchanged { row } = decision {
                store(&mut variables, record, Some(&row.id), |field| stored_in_row(decision, field));
            }
            outcome
        });
        let records = records.collect();
        let writes = write.into_iter().collect();
        Self { writes, ..Self::new(over, Status::Done, records, variables, spent, decisions) }
    }

    /// What is found is handed over.
    pub(super) fn read(over: Over, decisions: Vec<Decision>, variables: Map<String, Value>, spent: Spent) -> Self {
        let current = over.records();
        let records = current.iter().zip(&decisions).map(|(record, decision)| result(record, decision, None));
        let records = records.collect();
        Self::new(over, Status::Done, records, variables, spent, decisions)
    }

    /// The run stopped. Without decisions, none of the records got that far.
    pub(super) fn halted(over: Over, mut decisions: Vec<Decision>, halt: &Halt, spent: Spent) -> Self {
        if decisions.is_empty() {
            decisions.extend(over.records().iter().map(undecided));
        }
        let (status, seconds) = match halt {
            Halt::NotWritten => (Status::of(&decisions), None),
            Halt::Failed { .. } | Halt::AllFailed(_) | Halt::Lost(_) | Halt::InDoubt(_) => (Status::Failed, None),
            Halt::Ambiguous { .. } => (Status::Ambiguous, None),
            Halt::SessionExpired(_) => (Status::SessionExpired, None),
            Halt::Deferred { seconds, .. } => (Status::Deferred, Some(*seconds)),
        };
        let failure = decisions.iter().find_map(|decision| match decision {
            Decision::Fail(error) => Some(error.retry),
            _ => None,
        });
        let retry = match halt {
            Halt::Failed { error, .. } => error.retry,
            _ => failure.unwrap_or(Retry::Never),
        };
        let current = over.records();
        let records = current
            .iter()
            .zip(&decisions)
            .enumerate()
            .map(|(index, (record, decision))| halted_record(record, decision, index, halt, retry))
            .collect();
        let mut ending = Self::new(over, status, records, Map::new(), spent, decisions);
        ending.outcome.retry_after_seconds = seconds;
        ending
    }

    fn new(
        over: Over,
        status: Status,
        mut records: Vec<RecordOutcome>,
        variables: Map<String, Value>,
        spent: Spent,
        decisions: Vec<Decision>,
    ) -> Self {
        let mut settled: Vec<Finding> = Vec::new();
        let current = over.records();
        for ((outcome, record), decision) in records.iter_mut().zip(&current).zip(&decisions) {
            settled.extend_from_slice(&record.findings);
            outcome.problems = problems(outcome, record);
            outcome.ambiguity = (outcome.result == RecordResult::Ambiguous).then(|| ambiguity(record, decision));
        }
        let Over { plan, mut progress } = over;
        let sent = std::mem::take(&mut progress.sent);
        let (mut findings, hash) = (plan.findings, plan.hash);
        findings.append(&mut progress.into_findings());
        findings.append(&mut settled);
        let Spent { requests, api_usage } = spent;
        let mut outcome = Outcome {
            status,
            records,
            files: Vec::new(),
            variables,
            requests,
            retry_after_seconds: None,
            api_usage,
            findings,
        };
        let planned = plan.files.iter().filter_map(|file| skipped_file(&outcome.records, file));
        let left_out =
            plan.left_out.into_iter().filter_map(|(record, file)| left_out(outcome.records.get(record)?, file));
        outcome.files = planned.chain(left_out).collect();
        Self { outcome, decisions, writes: Vec::new(), hash, files: plan.files, sent }
    }
}
