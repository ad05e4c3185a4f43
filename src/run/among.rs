//! What the switchboard of [`crate::many`] needs to know of a run that is one of many.

use super::{Halt, Run, Sent, Step, Waiting};
use crate::name::{FieldPath, SObjectName};
use crate::outcome::RecordError;
use crate::plan::{Approach, Branch, Lookup, PlannedRecord};
use crate::rest::{Moment, Request};
use crate::retry::Retries;
use crate::value::Scalar;

/// About what a record and a value take in memory beside their texts, in bytes.
const RECORD_WEIGHT: usize = 500;
const VALUE_WEIGHT: usize = 300;

/// What a run waits for.
pub enum Asks<'a> {
    /// Queries, which can go with those of others. Where it is `undecided`, nothing is written yet.
    Lookups { lookups: &'a [Lookup], undecided: bool },
    /// A write. Where `needs_details`, the answer must name the duplicates that a rule has found.
    Write { needs_details: bool },
    /// Something that nobody shares, such as a file.
    Other,
}

impl Run {
    /// For a run that shares its requests: it has time until the whole call ends, and looks up what it could upsert, since a
    /// query serves a thousand conversations.
    pub fn among_many(mut self, deadline_seconds: u32, now: Moment) -> Self {
        (self.retries, self.now) = (Retries::new(deadline_seconds), now);
        if !self.plan.fails() {
            self.plan.look_up_instead();
        }
        self
    }

    /// Ends it before anything is sent.
    pub fn refuse(self, error: RecordError) -> Step {
        self.halt(Vec::new(), &Halt::AllFailed(error))
    }

    /// What existing records are found by.
    pub fn finds_by(&self) -> impl Iterator<Item = (&SObjectName, &Branch)> {
        self.plan
            .lookups
            .iter()
            .flat_map(|lookup| lookup.branches.iter().map(move |branch| (&lookup.select.from, branch)))
    }

    /// The values that it may write.
    pub fn values(&self) -> impl Iterator<Item = (&SObjectName, &FieldPath, &Scalar)> {
        let takes_part =
            |record: &&PlannedRecord| !matches!(record.approach, Approach::Skip { .. } | Approach::Fail(_));
        self.plan.records.iter().filter(takes_part).flat_map(forms).flat_map(|record| {
            let fields = record.fields.iter().chain(record.mark());
            fields.filter_map(move |field| Some((record.sobject(), &field.path, field.value.as_ref()?)))
        })
    }

    /// About how much memory it takes, in bytes.
    pub fn weight(&self) -> usize {
        let of_value = |value: Option<&Scalar>| match value {
            Some(Scalar::Text(text)) => VALUE_WEIGHT + 2 * text.len(),
            _ => VALUE_WEIGHT,
        };
        let of_record = |record: &PlannedRecord| {
            let values = record.fields.iter().chain(record.mark()).map(|field| of_value(field.value.as_ref()));
            RECORD_WEIGHT + values.sum::<usize>()
        };
        let files = self.plan.files.iter().map(|file| VALUE_WEIGHT + file.attached.file.content.bytes().len());
        self.plan.records.iter().flat_map(forms).map(of_record).chain(files).sum()
    }
}

impl Waiting {
    pub fn request(&self) -> &Request {
        &self.request
    }

    pub fn asks(&self) -> Asks<'_> {
        match &self.sent {
            Sent::Lookups(_) => Asks::Lookups { lookups: &self.run.plan.lookups, undecided: true },
            Sent::File(_) | Sent::FilesThere(..) => Asks::Other,
            Sent::Verify(verifying, _) => Asks::Lookups { lookups: verifying.lookups(), undecided: false },
            Sent::Doubles(doubles, _) => Asks::Lookups { lookups: doubles.lookups(), undecided: false },
            Sent::Write { .. } => {
                Asks::Write { needs_details: self.run.plan.records.iter().any(PlannedRecord::may_adopt) }
            }
        }
    }

    /// The run as it was before its lookup: what another conversation is about to write must be seen first.
    pub fn before_lookup(self) -> Run {
        self.run
    }
}

/// A record, and what else it may turn out to be.
fn forms(record: &PlannedRecord) -> impl Iterator<Item = &PlannedRecord> {
    std::iter::once(record).chain(&record.variants)
}
