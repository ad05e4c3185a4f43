//! One record of a plan: how it is brought to Salesforce, and by what it is found.

use std::rc::Rc;

use serde_json::Value;

use super::through_links::Key;
use crate::base::Finding;
use crate::record::evaluate::{Evaluated, IdempotencyKey, State};
use crate::record::{FieldValue, Link};
use crate::report::{Problem, RecordError};
use crate::salesforce::{FieldName, RecordId, RecordName, SObjectName};
use crate::settings::{DuplicateRule, RecordSettings, Target, WhenNoneMatch};
use crate::value::{Attached, Scalar};
use crate::wire::record::UpsertKey;

/// A file on its way to a record.
#[derive(Debug, PartialEq)]
pub struct PlannedFile {
    /// Index of its record.
    pub record: usize,
    /// The record has an idempotency key: it can be there already, with this very file.
    pub is_idempotent: bool,
    pub attached: Attached,
}

/// What will be done for one record.
#[derive(Debug, PartialEq)]
pub struct PlannedRecord {
    /// Shared by all conversations with these settings.
    pub settings: Rc<RecordSettings>,
    /// How the record is brought to Salesforce, before anything is known of the org's records.
    pub approach: Approach,
    /// Matters where `approach` is a lookup.
    pub when_none_matches: NoneMatches,
    /// The values, keys among them. Of a read the keys alone.
    pub fields: Vec<FieldValue>,
    /// Lookup fields that get the id of another record of the run.
    pub links: Vec<Link>,
    /// Where the record has no key of its own, it is found by this.
    pub idempotency: Option<IdempotencyKey>,
    /// Its upsert can be sent twice: the field in its URL is unique.
    pub upserts_once: bool,
    /// With `lookIn`: what else the record may turn out to be. The record itself is what a new one is of.
    pub may_be: Vec<PlannedRecord>,
    /// With `lookIn`: none of the keys for this SObject has a value, so it is not looked in.
    pub is_not_looked_in: bool,
    /// With `lookIn`: why it cannot be written, should it turn out to be this.
    pub misfit: Option<RecordError>,
    /// With `lookIn`: what there is to say if it turns out to be this.
    pub findings: Vec<Finding>,
    /// All that is wrong with what the visitor gave.
    pub problems: Vec<Problem>,
}

/// How a record is brought to Salesforce.
#[derive(Clone, Debug, PartialEq)]
pub enum Approach {
    /// Always created: it has no key.
    Create,
    /// Looked up by its keys first, then created, updated or left as it is; or looked up and read.
    LookUp,
    /// Upserted in one request by an external id, or by another field that Salesforce takes for one.
    UpsertByKey(UpsertKey),
    /// Updated by its Salesforce id in one request.
    UpdateById(RecordId),
    /// `asked` says whether the flow asked for what is missing.
    Skip {
        /// The flow has the variable, although it is blank.
        asked: bool,
    },
    /// It cannot be written, and nothing of the run is sent.
    Fail(RecordError),
}

/// What happens when no existing record matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoneMatches {
    /// A new record is created.
    Create,
    /// Of a read: its variables become null.
    Clear,
    /// Nothing is written for it; of a read, its variables are left as they are.
    Skip,
    /// The record fails, and nothing of the run is written.
    Fail,
}

impl PlannedRecord {
    pub(super) fn new(settings: Rc<RecordSettings>, evaluated: Evaluated) -> Self {
        Self {
            approach: match evaluated.state {
                State::Failed(error) | State::Unfit(error) => Approach::Fail(error),
                State::Skipped { asked } => Approach::Skip { asked },
                State::Ready if settings.has_keys() || evaluated.idempotency.is_some() => Approach::LookUp,
                State::Ready => Approach::Create,
            },
            when_none_matches: when_none_matches(&settings, &evaluated.fields),
            settings,
            fields: evaluated.fields,
            links: evaluated.links,
            idempotency: evaluated.idempotency,
            upserts_once: false,
            may_be: Vec::new(),
            is_not_looked_in: false,
            misfit: None,
            findings: Vec::new(),
            problems: evaluated.problems,
        }
    }

    /// Its name in the settings, by which outcomes, links and reference ids name it.
    pub fn name(&self) -> &RecordName {
        &self.settings.name
    }

    /// The SObject that a new record is of; with `lookIn` each form has its own.
    pub fn sobject(&self) -> &SObjectName {
        &self.settings.sobject
    }

    /// Whether a duplicate that Salesforce names can take the place of a new record.
    pub fn may_adopt(&self) -> bool {
        self.settings.duplicate_rule() == DuplicateRule::Adopt
            && self.settings.may_create()
            && matches!(self.approach, Approach::Create | Approach::LookUp | Approach::UpsertByKey(_))
    }

    /// Whether the settings name this field for the record.
    pub fn uses(&self, field: &FieldName) -> bool {
        self.fields.iter().any(|value| value.path.names(field))
            || self.links.iter().any(|link| link.field == *field)
            || self.settings.store().iter().any(|(name, _)| name == field)
            || self.targets().any(|target| target.field.names(field))
            || self.idempotency_key().is_some_and(|mark| mark.path.field == *field)
    }

    /// Names of the fields that are read, by the lookup or after the write.
    pub fn fields_read(&self) -> impl Iterator<Item = String> {
        let written = self.settings.read_back().map(FieldName::to_string);
        written.chain(self.targets().map(|target| target.field.to_string()))
    }

    /// What is read of it.
    pub fn targets(&self) -> impl Iterator<Item = &Target> {
        self.settings.targets().iter()
    }

    /// What an existing record is found by.
    pub fn keys(&self) -> impl Iterator<Item = &FieldValue> {
        let key = self.idempotency_key().filter(|_| self.is_found_by_idempotency());
        self.own_keys().chain(key)
    }

    /// The idempotency key as a value of its field.
    pub fn idempotency_key(&self) -> Option<&FieldValue> {
        self.idempotency.as_ref().map(|mark| &mark.value)
    }

    /// The fields that the author ticked, as far as they have a value.
    pub fn own_keys(&self) -> impl Iterator<Item = &FieldValue> {
        self.fields.iter().filter(|field| field.key.is_some())
    }

    /// The alternatives by which an existing record is found, each with the keys that must match together.
    pub(crate) fn alternatives(&self) -> Vec<Vec<Key<'_>>> {
        let links = self.link_keys().map(Key::Link);
        let keys: Vec<Key<'_>> = self.own_keys().map(Key::Field).chain(links).collect();
        self.settings.match_keys.alternatives(&keys, Key::path)
    }

    /// Whether there is anything that it is found by.
    pub fn can_be_found(&self) -> bool {
        self.keys().next().is_some() || self.link_keys().next().is_some()
    }

    /// The links that the author ticked.
    pub fn link_keys(&self) -> impl Iterator<Item = &Link> {
        self.links.iter().filter(|link| link.key)
    }

    /// Whether a new record is found by what was written to it.
    pub(crate) fn holds_its_keys(&self) -> bool {
        let is_written = |key: &Key| match key {
            Key::Field(field) => !field.only_finds,
            Key::Link(link) => !link.only_finds,
        };
        self.alternatives().iter().any(|keys| keys.iter().all(is_written))
    }

    /// Whether each record that the keys find holds this one, by whichever alternative it is found.
    pub(crate) fn keeps(&self, key: &FieldValue) -> bool {
        key.key.is_some() && self.alternatives().iter().all(|keys| keys.iter().any(|other| other.path() == key.path))
    }

    /// The same of a link.
    pub(crate) fn keeps_link(&self, link: &Link) -> bool {
        let is_it = |key: &Key| key.link().is_some_and(|other| other.field == link.field);
        link.key && self.alternatives().iter().all(|keys| keys.iter().any(is_it))
    }

    /// Whether an existing record is one that this very step has written.
    pub fn is_found_by_idempotency(&self) -> bool {
        self.idempotency.is_some() && !self.settings.has_keys()
    }
}

fn when_none_matches(settings: &RecordSettings, fields: &[FieldValue]) -> NoneMatches {
    if let Some(reading) = settings.reading() {
        return match reading.when_none_match {
            WhenNoneMatch::Clear => NoneMatches::Clear,
            WhenNoneMatch::Skip => NoneMatches::Skip,
            WhenNoneMatch::Fail => NoneMatches::Fail,
        };
    }
    let mut keys = fields.iter().filter(|field| field.key.is_some());
    if !settings.may_create() {
        return NoneMatches::Skip;
    }
    let names_one_record = keys.any(|field| field.path.is_id());
    // The id of a record that is gone cannot be given to a new one; creating one would hide the loss.
    if names_one_record { NoneMatches::Fail } else { NoneMatches::Create }
}

impl FieldValue {
    /// As JSON; `null` empties the field.
    pub fn json(&self) -> Value {
        self.value.as_ref().map_or(Value::Null, Scalar::to_json)
    }
}
