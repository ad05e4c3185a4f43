//! What a run will do, decided without I/O: which records are looked up, by which queries, and which requests that takes.
//!
//! The plan is the execution: [`crate::run::Run`] works from this and changes nothing in it. What it learns stands beside it, in its
//! [`Progress`](crate::record::Progress).

mod forms;
mod hash;
mod lookups;
mod requests;
#[cfg(test)]
mod tests;
mod through_links;
mod without_lookup;

use std::rc::Rc;

use serde_json::Value;

use crate::base::{Finding, FindingCode};
use crate::record::evaluate::{Evaluated, Evaluation, IdempotencyKey, LeftOut, State, blank_link};
use crate::record::{Current, FieldValue, Link};
use crate::report::{Problem, RecordError};
use crate::salesforce::{ApiVersion, FieldName, RecordId, RecordName, SObjectName};
use crate::settings::{DuplicateRule, RecordSettings, Records, Target, WhenBlank, WhenNoneMatch, link_order};
use crate::texts::said;
use crate::value::{Attached, Scalar};
use crate::wire::record::UpsertKey;

pub use hash::hash;
pub use lookups::Lookup;
pub(crate) use lookups::{Branch, By, CONVERTED_CONTACT, IS_CONVERTED, Wanted, lookups, verifying};
pub(crate) use through_links::Key;
pub(crate) use without_lookup::upsert_key;
use without_lookup::{Alone, Org, upserts_once, without_lookup};

/// The finding about a record that a duplicate rule has named.
pub(crate) const ADOPTED: FindingCode = FindingCode::DuplicateAdopted;

/// What a run will do.
#[derive(Debug, PartialEq)]
pub struct Plan {
    /// The version in the URLs of lookups and writes.
    pub api_version: ApiVersion,
    /// The settings hold facts of the org.
    pub prepared: bool,
    /// In the order of the settings.
    pub records: Vec<PlannedRecord>,
    /// Indexes of `records`, each after those it links to.
    pub write_order: Vec<usize>,
    /// Travel in one composite request. Empty if nothing is looked up, or if a record cannot be written.
    pub lookups: Vec<Lookup>,
    /// What is attached to the records once they are there.
    pub files: Vec<PlannedFile>,
    /// Files that are wrong by themselves, each with the index of its record.
    pub left_out: Vec<(usize, LeftOut)>,
    /// HTTP requests of a run that ends `done`, at least.
    pub requests_at_least: u32,
    /// HTTP requests at most, where nothing goes wrong on the way; repeated ones come on top.
    pub requests_at_most: u32,
    /// About the values, such as one that was cut to fit its field.
    pub findings: Vec<Finding>,
    /// See [`hash()`]; empty if it was not asked for.
    pub hash: String,
}

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

/// Plans the run of evaluated records, with as few requests as is safe.
pub fn plan(settings: &Records, evaluation: Evaluation) -> Plan {
    let write_order = write_order(settings);
    let mut files: Vec<PlannedFile> = Vec::new();
    let mut left_out: Vec<(usize, LeftOut)> = Vec::new();
    let mut records: Vec<PlannedRecord> = settings
        .records
        .iter()
        .zip(evaluation.records)
        .enumerate()
        .map(|(record, (settings, mut evaluated))| {
            let is_idempotent = evaluated.idempotency.is_some();
            let of_record = std::mem::take(&mut evaluated.files);
            let attached = of_record.attached.into_iter();
            files.extend(attached.map(|attached| PlannedFile { record, is_idempotent, attached }));
            left_out.extend(of_record.left_out.into_iter().map(|file| (record, file)));
            match std::mem::take(&mut evaluated.may_be) {
                forms if forms.is_empty() => PlannedRecord::new(Rc::clone(settings), evaluated),
                forms => forms::gathered(settings, forms),
            }
        })
        .collect();
    let mut findings = evaluation.findings;
    for &index in &write_order {
        skip_without_linked(&mut records, index, &mut findings);
    }
    for index in 0..records.len() {
        let skipped = |name: &RecordName| {
            records.iter().any(|other| other.name() == name && matches!(other.approach, Approach::Skip { .. }))
        };
        let blank = |link: &&Link| link.when_blank == WhenBlank::Fail && skipped(&link.record);
        // Which links it has, a record with `lookIn` only knows after the lookup.
        let is_sure = |record: &&PlannedRecord| record.may_be.is_empty();
        let record = records.get(index).filter(is_sure);
        let error = record.and_then(|record| record.links.iter().find(blank)).map(blank_link);
        if let (Some(error), Some(record)) = (error, records.get_mut(index))
            && !matches!(record.approach, Approach::Skip { .. } | Approach::Fail(_))
        {
            record.approach = Approach::Fail(error);
        }
    }
    // Where one record must be looked up, looking up the others costs no further request and tells more.
    let org = Org { api_version: settings.api_version, schema: settings.schema.as_ref() };
    let native: Option<Vec<Approach>> = records
        .iter()
        .map(|record| {
            let siblings = records.iter().filter(|other| other.sobject() == record.sobject()).count() - 1;
            let alone = Alone { in_run: records.len() == 1, of_sobject: siblings == 0 };
            without_lookup(record, org, alone)
        })
        .collect();
    for (record, approach) in records.iter_mut().zip(native.into_iter().flatten()) {
        record.approach = approach;
        record.upserts_once = upserts_once(record, settings.schema.as_ref());
    }
    let (lookups, failed) = lookups(&records.iter().map(Current::planned).collect::<Vec<_>>());
    for (index, error) in failed {
        if let Some(record) = records.get_mut(index) {
            record.approach = Approach::Fail(error);
        }
    }
    let mut plan = Plan {
        api_version: settings.api_version,
        prepared: settings.schema.is_some(),
        write_order,
        records,
        lookups,
        files,
        left_out,
        requests_at_least: 0,
        requests_at_most: 0,
        findings,
        hash: String::new(),
    };
    if plan.fails() {
        plan.lookups.clear();
    }
    (plan.requests_at_least, plan.requests_at_most) = plan.requests();
    plan
}

/// A record that is found by other records of the run cannot be looked for without them.
fn skip_without_linked(records: &mut [PlannedRecord], index: usize, findings: &mut Vec<Finding>) {
    let takes_part = |name: &RecordName| {
        let target = records.iter().find(|record| record.name() == name);
        target.is_some_and(|record| !matches!(record.approach, Approach::Skip { .. }))
    };
    let lacks = |link: &&Link| !takes_part(&link.record);
    let Some(record) = records.get(index).filter(|record| record.approach == Approach::LookUp) else { return };
    let alternatives = record.alternatives();
    let is_usable = |keys: &Vec<Key>| !keys.iter().filter_map(|key| key.link()).any(|link| lacks(&link));
    let Some(link) = record.link_keys().find(lacks).filter(|_| !alternatives.iter().any(is_usable)) else { return };
    let rows = record.settings.mappings.iter();
    let row = rows.into_iter().find(|row| row.key && row.field == link.field.clone().into());
    findings.push(Finding::new(
        FindingCode::KeyWithoutValue,
        row.map(|row| row.pointer.clone()).unwrap_or_default(),
        said!(findings_conversation::linked_record_left_out(record.name(), &link.record)),
    ));
    let approach = match link.when_blank {
        WhenBlank::Fail => Approach::Fail(blank_link(link)),
        WhenBlank::Skip | WhenBlank::Clear => Approach::Skip { asked: false },
    };
    if let Some(record) = records.get_mut(index) {
        record.approach = approach;
    }
}

impl Plan {
    /// One that does nothing.
    pub fn empty(api_version: ApiVersion) -> Self {
        Self {
            api_version,
            prepared: false,
            records: Vec::new(),
            write_order: Vec::new(),
            lookups: Vec::new(),
            files: Vec::new(),
            left_out: Vec::new(),
            requests_at_least: 0,
            requests_at_most: 0,
            findings: Vec::new(),
            hash: String::new(),
        }
    }

    /// Whether any record cannot be written, so that nothing is.
    pub fn fails(&self) -> bool {
        self.records.iter().any(|record| matches!(record.approach, Approach::Fail(_)))
    }

    /// Whether nothing is written, whatever is found.
    pub fn reads(&self) -> bool {
        self.records.iter().any(|record| record.settings.reads())
    }
}

impl PlannedRecord {
    fn new(settings: Rc<RecordSettings>, evaluated: Evaluated) -> Self {
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

fn write_order(settings: &Records) -> Vec<usize> {
    let position = |name: &RecordName| settings.records.iter().position(|record| record.name == *name);
    link_order(&settings.records).into_iter().filter_map(position).collect()
}

impl FieldValue {
    /// As JSON; `null` empties the field.
    pub fn json(&self) -> Value {
        self.value.as_ref().map_or(Value::Null, Scalar::to_json)
    }
}
