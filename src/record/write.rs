//! Decisions → the one composite request that writes them, and its answer → results.

use std::mem::take;

use serde_json::{Map, Value};

use crate::record::decide::{Decision, write_reference};
use crate::record::evaluate::Mark;
use crate::record::{Plan, PlannedRecord};
use crate::salesforce::{ApiVersion, FieldName};
use crate::settings::{AssignmentRule, DuplicateRule};
use crate::wire::{ApiError, Composite, Request, Subrequest, Subresponse, record};

/// The write request of a run, and which record each subrequest belongs to.
#[derive(Debug, PartialEq)]
pub(crate) struct Write {
    pub composite: Composite,
    /// Sent twice, it writes what it writes once.
    pub repeatable: bool,
    roles: Vec<(usize, Role)>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Role {
    /// A create or an upsert, whose answer holds the id.
    Write,
    /// Answers 204 without a body.
    Update,
    ReadBack,
}

/// What the answer says of one record.
#[derive(Debug, Default, PartialEq)]
pub(crate) struct Answered {
    pub written: Option<record::Written>,
    /// Fields read back.
    pub stored: Map<String, Value>,
}

/// What the answer says of the run.
#[derive(Debug, PartialEq)]
pub(crate) enum WriteAnswer {
    /// All is written; an entry for each record.
    Written(Vec<Answered>),
    /// Nothing is written, because of this record.
    Refused { record: usize, error: ApiError },
    /// It cannot be told.
    Unreadable,
}

impl Write {
    /// The request; `None` if no decision writes anything. Takes the bodies out of the decisions.
    pub(crate) fn new(plan: &Plan, decisions: &mut [Decision]) -> Option<(Request, Self)> {
        let mut parts = Parts::default();
        for &index in &plan.write_order {
            if let (Some(record), Some(decision)) = (plan.records.get(index), decisions.get_mut(index)) {
                parts.add(plan.api_version, index, record, decision);
            }
        }
        let Parts { subrequests, roles, creates } = parts;
        if roles.is_empty() {
            return None;
        }
        let (request, composite) = Composite::new(plan.api_version, true, subrequests);
        Some((request, Self { composite, repeatable: !creates, roles }))
    }

    /// Reads the answers to the subrequests, for a run of `records` records.
    pub(crate) fn read(&self, answers: Vec<Subresponse>, records: usize) -> WriteAnswer {
        if let Some((record, error)) = self.cause(&answers) {
            // One failure undoes all, so a success beside it is a contradiction.
            let wrote = self
                .roles
                .iter()
                .zip(&answers)
                .any(|(&(_, role), answer)| role != Role::ReadBack && answer.is_success());
            return if wrote { WriteAnswer::Unreadable } else { WriteAnswer::Refused { record, error } };
        }
        let mut answered: Vec<Answered> = (0..records).map(|_| Answered::default()).collect();
        for (&(index, role), answer) in self.roles.iter().zip(answers) {
            let Some(slot) = answered.get_mut(index) else {
                return WriteAnswer::Unreadable;
            };
            match (role, answer) {
                (_, answer) if !answer.is_success() => return WriteAnswer::Unreadable,
                (Role::ReadBack, Subresponse { body: Value::Object(fields), .. }) => slot.stored = fields,
                (Role::ReadBack, _) => return WriteAnswer::Unreadable,
                (Role::Update, _) => {}
                (Role::Write, answer) => match record::written(&answer) {
                    Some(written) => slot.written = Some(written),
                    None => return WriteAnswer::Unreadable,
                },
            }
        }
        WriteAnswer::Written(answered)
    }

    /// The failure that undid the others. It may stand before or after its consequences, and a 300 is a failure too.
    fn cause(&self, answers: &[Subresponse]) -> Option<(usize, ApiError)> {
        let mut failures = self
            .roles
            .iter()
            .zip(answers)
            .filter(|(_, answer)| !answer.is_success())
            .map(|(&(record, _), answer)| (record, ApiError::new(answer.status, &answer.body)));
        let first = failures.next()?;
        if !first.1.is_consequence() {
            return Some(first);
        }
        Some(failures.find(|(_, error)| !error.is_consequence()).unwrap_or(first))
    }
}

/// The subrequests while they are gathered.
#[derive(Default)]
struct Parts {
    subrequests: Vec<Subrequest>,
    roles: Vec<(usize, Role)>,
    /// One of them makes a new record each time.
    creates: bool,
}

impl Parts {
    fn add(&mut self, version: ApiVersion, index: usize, record: &PlannedRecord, decision: &mut Decision) {
        let reference = write_reference(record);
        let sobject = record.sobject();
        let (write, target) = match decision {
            Decision::Create { body } => {
                let (headers, body) = (headers(record, true), take(body));
                let write = match &record.step {
                    Some(Mark { in_url, .. }) => {
                        record::upsert(version, reference.clone(), sobject, in_url, false, headers, body)
                    }
                    None => {
                        self.creates = true;
                        record::create(version, reference.clone(), sobject, headers, body)
                    }
                };
                (write, format!("@{{{reference}.id}}"))
            }
            Decision::Update { id, body, .. } => {
                let headers = headers(record, false);
                let update = record::update(version, reference, sobject, id, headers, take(body));
                (update, id.as_str().to_owned())
            }
            Decision::Upsert { key, body } => {
                self.creates |= !record.upserts_once;
                let (only, headers) = (record.settings.only_update_existing(), headers(record, true));
                let upsert = record::upsert(version, reference.clone(), sobject, key, only, headers, take(body));
                (upsert, format!("@{{{reference}.id}}"))
            }
            Decision::Unchanged { .. }
            | Decision::Found { .. }
            | Decision::Skip { .. }
            | Decision::Ambiguous { .. }
            | Decision::Fail(_) => return,
        };
        let role = if matches!(decision, Decision::Update { .. }) { Role::Update } else { Role::Write };
        self.push(write, index, role);
        let fields: Vec<&FieldName> = record.settings.read_back().collect();
        if !fields.is_empty() {
            let read = record::read(version, format!("read_{}", record.name()), sobject, &target, &fields);
            self.push(read, index, Role::ReadBack);
        }
    }

    fn push(&mut self, subrequest: Subrequest, record: usize, role: Role) {
        self.subrequests.push(subrequest);
        self.roles.push((record, role));
    }
}

/// Headers belong to their subrequest: what is right for a new Case would move an existing one to another queue.
fn headers(record: &PlannedRecord, creates: bool) -> Map<String, Value> {
    let mut headers = Map::new();
    if record.sobject().has_assignment_rules() {
        let assign = match record.settings.assignment_rule() {
            AssignmentRule::Default if creates => "TRUE",
            AssignmentRule::Rule(id) if creates => id.as_str(),
            _ => "FALSE",
        };
        headers.insert("Sforce-Auto-Assign".to_owned(), assign.into());
    }
    if record.settings.duplicate_rule() == DuplicateRule::Allow {
        headers.insert("Sforce-Duplicate-Rule-Header".to_owned(), "allowSave=true".into());
    }
    headers
}
