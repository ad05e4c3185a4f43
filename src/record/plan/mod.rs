//! What a run will do, decided without I/O: which records are looked up, by which queries, and which requests that takes.
//!
//! The plan is the execution: [`crate::run::Run`] works from this and changes nothing in it. What it learns stands beside it, in its
//! [`Progress`](crate::record::Progress).

mod forms;
mod hash;
mod lookups;
mod planned;
mod requests;
#[cfg(test)]
mod tests;
mod through_links;
mod without_lookup;

use std::rc::Rc;

use crate::base::{Finding, FindingCode};
use crate::record::evaluate::{Evaluation, LeftOut, blank_link};
use crate::record::{Current, Link};
use crate::salesforce::{ApiVersion, RecordName};
use crate::settings::{Records, WhenBlank, link_order};
use crate::texts::said;

pub use hash::hash;
pub use lookups::Lookup;
pub(crate) use lookups::{Branch, By, CONVERTED_CONTACT, IS_CONVERTED, Wanted, lookups, verifying};
pub(crate) use planned::PlannedFile;
pub use planned::{Approach, NoneMatches, PlannedRecord};
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

fn write_order(settings: &Records) -> Vec<usize> {
    let position = |name: &RecordName| settings.records.iter().position(|record| record.name == *name);
    link_order(&settings.records).into_iter().filter_map(position).collect()
}
