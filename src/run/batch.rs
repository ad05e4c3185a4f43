//! What the switchboard of [`crate::many`] needs to know of a run that is one of many.

use super::refused::may_be_adopted;
use super::{Barred, Halt, Reply, Run, Sent, Step, Told, Waiting};
use crate::base::Finding;
use crate::exchange::Moment;
use crate::record::plan::Branch;
use crate::record::{Approach, Current, FieldValue, Lookup, PlannedRecord};
use crate::report::RecordError;
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::{RecordName, SObjectName};
use crate::settings::Smell;
use crate::value::Scalar;
use crate::wire::Failed;
use crate::wire::record::Operation;

/// About what a record and a value take in memory beside their texts, in bytes.
const RECORD_WEIGHT: usize = 500;
const VALUE_WEIGHT: usize = 300;

/// What a run waits for.
pub(crate) enum Asks<'a> {
    /// Queries, which can go with those of others. Where it is `undecided`, nothing is written yet.
    Lookups { lookups: &'a [Lookup], undecided: bool },
    /// A write. Where `needs_details`, the answer must name the duplicates that a rule has found.
    Write { operations: &'a [Operation], needs_details: bool },
    /// Something that is not shared, such as a file.
    Other,
}

impl Run {
    /// For a run that shares its requests: it has time until the whole call ends, and looks up what it could upsert, since a
    /// query serves a thousand conversations.
    pub fn among_many(mut self, now: Moment) -> Self {
        self.exchange = self.exchange.since(now);
        let asks_nothing =
            |record: &PlannedRecord| matches!(record.approach, Approach::UpsertByKey(_) | Approach::UpdateById(_));
        if !self.fails() && self.plan.records.iter().any(asks_nothing) {
            self.progress.look_up_instead(&self.plan);
        }
        self
    }

    /// Leaves out which variables are absent where an earlier conversation, by its index, has said it.
    pub fn say_once(&mut self, index: usize, said: &mut Vec<(usize, Finding)>) {
        self.plan.findings.retain(|finding| {
            if finding.code != Smell::AbsentVariable.code() {
                return true;
            }
            // A conversation may be read again.
            if let Some((first, _)) = said.iter().find(|(_, known)| known == finding) {
                return *first == index;
            }
            said.push((index, finding.clone()));
            true
        });
    }

    /// Ends it before anything is sent.
    pub fn refuse(self, error: RecordError) -> Step {
        self.halt(Vec::new(), &Halt::AllFailed(error))
    }

    /// What existing records are found by.
    pub fn finds_by(&self) -> impl Iterator<Item = (&SObjectName, &Branch)> {
        self.asked().iter().flat_map(|lookup| lookup.branches.iter().map(move |branch| (&lookup.select.from, branch)))
    }

    /// The records that it may write, in every form that they may take.
    pub fn may_write(&self) -> impl Iterator<Item = &PlannedRecord> {
        let takes_part = |record: &Current| !matches!(record.approach, Approach::Skip { .. } | Approach::Fail(_));
        let records = self.plan.records.iter().zip(self.records());
        records.filter(move |(_, record)| takes_part(record)).flat_map(|(planned, _)| forms(planned))
    }

    /// A record by its name in the settings.
    pub fn record(&self, name: &RecordName) -> Option<&PlannedRecord> {
        self.plan.records.iter().find(|record| record.name() == name)
    }

    /// Whether a duplicate rule may lead it to a record that it has not found.
    pub fn may_adopt(&self) -> bool {
        self.records().iter().any(Current::may_adopt)
    }

    /// Whether one of its records cannot be written, so that nothing is.
    pub fn fails(&self) -> bool {
        self.progress.fails(&self.plan)
    }

    /// Whether it can be sent again although it may have been carried out: each record is found by its mark, by a unique field
    /// or by its id, and each file with its record.
    pub fn is_written_once(&self, schema: Option<&OrgSchema>) -> bool {
        let is_unique = |form: &PlannedRecord, key: &FieldValue| {
            key.path.is_id()
                || schema.and_then(|schema| schema.field(form.sobject(), &key.path)).is_some_and(|facts| facts.unique)
        };
        let is_once = |form: &PlannedRecord| {
            form.idempotency.is_some() || form.own_keys().any(|key| !key.only_finds && is_unique(form, key))
        };
        self.may_write().all(is_once) && self.plan.files.iter().all(|file| file.is_idempotent)
    }

    /// Whether all of it can be looked for: what is created each time cannot, nor can a new record that does not hold its keys, nor
    /// a file by itself.
    pub fn can_be_looked_for(&self) -> bool {
        let is_found_again = |form: &PlannedRecord| form.idempotency.is_some() || form.holds_its_keys();
        let is_new = |form: &PlannedRecord| form.settings.may_create() && !is_found_again(form);
        let is_created = |record: Current| *record.approach == Approach::Create;
        !self.records().into_iter().any(is_created)
            && !self.may_write().any(is_new)
            && self.plan.files.iter().all(|file| file.is_idempotent)
    }

    /// It has been sent before and may have been carried out: it looks whether all of it is there, and writes nothing. With
    /// this error it ends where something is missing.
    pub fn only_looking(mut self, error: RecordError) -> Self {
        self.barred = Some(Barred { creates: false, error });
        self
    }

    /// It has been sent before, and what it created may not be found any more: with this error it ends where it would create.
    pub fn only_updating(mut self, error: RecordError) -> Self {
        self.barred = Some(Barred { creates: true, error });
        self
    }

    /// It has been sent before, whether it was carried out is not known, and nothing can be looked for.
    pub fn end_in_doubt(self, error: RecordError) -> Step {
        self.halt(Vec::new(), &Halt::InDoubt(error))
    }

    /// About how much memory it takes, in bytes.
    pub fn weight(&self) -> usize {
        let of_value = |value: Option<&Scalar>| match value {
            Some(Scalar::Text(text)) => VALUE_WEIGHT + 2 * text.len(),
            _ => VALUE_WEIGHT,
        };
        let of_record = |record: &PlannedRecord| {
            let values =
                record.fields.iter().chain(record.idempotency_key()).map(|field| of_value(field.value.as_ref()));
            RECORD_WEIGHT + values.sum::<usize>()
        };
        let files = self.plan.files.iter().map(|file| VALUE_WEIGHT + file.attached.file.content.bytes().len());
        self.plan.records.iter().flat_map(forms).map(of_record).chain(files).sum()
    }
}

impl Waiting {
    pub(crate) fn run(&self) -> &Run {
        &self.run
    }

    pub(crate) fn asks(&self) -> Asks<'_> {
        match &self.sent {
            Sent::Lookups => Asks::Lookups { lookups: self.run.asked(), undecided: true },
            Sent::File(..) | Sent::FilesThere(..) => Asks::Other,
            Sent::Verify(verifying) => Asks::Lookups { lookups: verifying.lookups(), undecided: false },
            Sent::Doubles(doubles) => Asks::Lookups { lookups: doubles.lookups(), undecided: false },
            Sent::Write { decisions, write, .. } => {
                let records = self.run.records();
                Asks::Write {
                    operations: &write.operations,
                    needs_details: records
                        .iter()
                        .zip(decisions)
                        .any(|(record, decision)| may_be_adopted(record, decision)),
                }
            }
        }
    }

    /// The run as it was before its lookup: what another conversation is about to write must be seen first, also by a
    /// duplicate rule that has named a record already.
    pub fn before_lookup(mut self) -> Run {
        self.run.progress.forget_adopted(&self.run.plan);
        self.run
    }

    /// Whether a duplicate rule may still lead it to a record that it has not found.
    pub fn may_adopt(&self) -> bool {
        match (&self.sent, self.asks()) {
            (Sent::Lookups, _) => self.run.may_adopt(),
            (_, Asks::Write { needs_details, .. }) => needs_details,
            _ => false,
        }
    }

    /// Whether this answer says that another record holds what was to be written, and nothing else is in doubt.
    pub(crate) fn is_refused_for_another(&self, told: &Told) -> bool {
        let (Sent::Write { doubt: None, .. }, Ok(Reply::Done(answered))) = (&self.sent, &told.reply) else {
            return false;
        };
        answered.iter().any(|answered| {
            matches!(answered, Err(Failed::Refused(error)) if error.is_taken_value() || error.is_duplicate())
        })
    }
}

/// A record, and what else it may turn out to be.
fn forms(record: &PlannedRecord) -> impl Iterator<Item = &PlannedRecord> {
    std::iter::once(record).chain(&record.may_be)
}
