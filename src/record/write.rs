//! Decisions → the operations that carry them out, and what became of these → results.

use std::mem::take;

use serde_json::{Map, Value};

use crate::record::decide::{Decision, write_reference};
use crate::record::{Current, PlannedRecord};
use crate::settings::{AssignmentRule, DuplicateRule};
use crate::wire::ApiError;
use crate::wire::Failed;
use crate::wire::record::{Action, Answered, AutoAssign, Headers, Operation, Success, Target, Written};

/// What a run writes, all of it or nothing, and which record each operation belongs to.
#[derive(Debug, PartialEq)]
pub(crate) struct Write {
    pub(crate) operations: Vec<Operation>,
    /// Sent twice, it writes what it writes once.
    pub(crate) repeatable: bool,
    /// Of each operation.
    records: Vec<usize>,
}

/// What became of one record.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Stored {
    pub(crate) written: Option<Written>,
    /// Fields read back.
    pub(crate) fields: Map<String, Value>,
}

/// What the answer says of the run.
#[derive(Debug, PartialEq)]
pub(crate) enum WriteAnswer {
    /// All is written; an entry for each record.
    Written(Vec<Stored>),
    /// Nothing is written, because of this record.
    Refused { record: usize, error: ApiError },
    /// It cannot be told.
    Unreadable,
}

impl Write {
    /// `None` if no decision writes anything. Takes the bodies out of the decisions.
    pub(crate) fn new(records: &[Current], order: &[usize], decisions: &mut [Decision]) -> Option<Self> {
        let mut write = Self { operations: Vec::new(), repeatable: true, records: Vec::new() };
        let mut left: Vec<Option<(&Current, &mut Decision)>> = records.iter().zip(decisions).map(Some).collect();
        // What the order does not name is written last, and not left out.
        for index in order.iter().copied().chain(0..records.len()) {
            if let Some((record, decision)) = left.get_mut(index).and_then(Option::take) {
                write.add(index, record, decision);
            }
        }
        if write.operations.is_empty() { None } else { Some(write) }
    }

    fn add(&mut self, index: usize, record: &PlannedRecord, decision: &mut Decision) {
        let reference = write_reference(record);
        let (action, target) = match decision {
            Decision::Create { body } => {
                let body = take(body);
                let action = match &record.idempotency {
                    Some(mark) => Action::Upsert { key: mark.in_url.clone(), only_update: false, body },
                    None => {
                        // It makes a new record each time.
                        self.repeatable = false;
                        Action::Create(body)
                    }
                };
                (action, Target::Written(reference.clone()))
            }
            Decision::Update { id, body, .. } => (Action::Update(id.clone(), take(body)), Target::Id(id.clone())),
            Decision::Upsert { key, body } => {
                self.repeatable &= record.upserts_once;
                let only_update = record.settings.only_update_existing();
                let action = Action::Upsert { key: key.clone(), only_update, body: take(body) };
                (action, Target::Written(reference.clone()))
            }
            Decision::Unchanged { .. }
            | Decision::Found { .. }
            | Decision::Skip { .. }
            | Decision::Ambiguous { .. }
            | Decision::Fail(_) => return,
        };
        let headers = headers(record, !matches!(action, Action::Update(..)));
        self.push(index, Operation { reference, sobject: record.sobject().clone(), headers, action });
        let fields: Vec<_> = record.settings.read_back().cloned().collect();
        if !fields.is_empty() {
            self.push(
                index,
                Operation {
                    reference: format!("read_{}", record.name()),
                    sobject: record.sobject().clone(),
                    headers: Headers::default(),
                    action: Action::Read { record: target, fields },
                },
            );
        }
    }

    /// Names of the fields that are sent for each record.
    pub(crate) fn fields(&self, records: usize) -> Vec<Vec<String>> {
        let mut fields = vec![Vec::new(); records];
        for (operation, record) in self.operations.iter().zip(&self.records) {
            let (key, body) = match &operation.action {
                Action::Create(body) | Action::Update(_, body) => (None, body),
                Action::Upsert { key, body, .. } => (Some(key.field.to_string()), body),
                Action::Read { .. } => continue,
            };
            let links = body.links.iter().map(|(field, _)| field.to_string());
            if let Some(names) = fields.get_mut(*record) {
                names.extend(key);
                names.extend(body.values.keys().cloned());
                names.extend(links);
            }
        }
        fields
    }

    fn push(&mut self, record: usize, operation: Operation) {
        self.operations.push(operation);
        self.records.push(record);
    }

    /// What became of a run of `records` records. `answered` has an entry for each operation.
    pub(crate) fn read(&self, answered: Vec<Answered>, records: usize) -> WriteAnswer {
        if answered.len() != self.operations.len() {
            return WriteAnswer::Unreadable;
        }
        if let Some((record, error)) = self.cause(&answered) {
            // One failure undoes all, so a success beside it is a contradiction.
            let writes = self.operations.iter().zip(&answered).filter(|(operation, _)| !operation.is_read());
            let mut written = writes.filter(|(_, answered)| !matches!(answered, Err(Failed::Refused(_))));
            return match written.next() {
                Some(_) => WriteAnswer::Unreadable,
                None => WriteAnswer::Refused { record, error },
            };
        }
        let mut stored: Vec<Stored> = (0..records).map(|_| Stored::default()).collect();
        for (&index, answered) in self.records.iter().zip(answered) {
            let (Some(slot), Ok(success)) = (stored.get_mut(index), answered) else {
                return WriteAnswer::Unreadable;
            };
            match success {
                Success::Written(written) => slot.written = Some(written),
                Success::Updated => {}
                Success::Read(fields) => slot.fields = fields,
            }
        }
        WriteAnswer::Written(stored)
    }

    /// The failure that undid the others. It may stand before or after its consequences, and a 300 is a failure too.
    fn cause(&self, answered: &[Answered]) -> Option<(usize, ApiError)> {
        let mut failures = self.records.iter().zip(answered).filter_map(|(&record, answered)| match answered {
            Err(Failed::Refused(error)) => Some((record, ApiError::clone(error))),
            _ => None,
        });
        let first = failures.next()?;
        if !first.1.is_consequence() {
            return Some(first);
        }
        Some(failures.find(|(_, error)| !error.is_consequence()).unwrap_or(first))
    }
}

fn headers(record: &PlannedRecord, creates: bool) -> Headers {
    let assign = || match record.settings.assignment_rule() {
        AssignmentRule::Default if creates => AutoAssign::Active,
        AssignmentRule::Rule(id) if creates => AutoAssign::Rule(id.clone()),
        _ => AutoAssign::Off,
    };
    Headers {
        auto_assign: record.sobject().has_assignment_rules().then(assign),
        allows_duplicates: record.settings.duplicate_rule() == DuplicateRule::Allow,
    }
}
