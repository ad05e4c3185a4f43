//! Whether a record takes part in the run.

use super::{Evaluated, State};
use crate::base::{Finding, FindingCode};
use crate::report::RecordError;
use crate::settings::{Mapping, RecordSettings, Source};
use crate::texts::said;

/// What the mappings of one record gave.
#[derive(Clone, Copy, Default)]
pub(super) struct Seen {
    /// The flow asked for a key, or where there is none, for anything.
    pub(super) asked: bool,
    /// There is something to write.
    pub(super) value: bool,
}

/// The first mistake names the record's fate; the author fixes them one by one.
#[derive(Default)]
pub(super) struct Failures {
    in_key: Option<RecordError>,
    pub(super) elsewhere: Option<RecordError>,
}

impl Failures {
    pub(super) fn add(&mut self, in_key: bool, error: RecordError) {
        let slot = if in_key { &mut self.in_key } else { &mut self.elsewhere };
        slot.get_or_insert(error);
    }
}

pub(super) fn participation(
    record: &RecordSettings,
    evaluated: &Evaluated,
    failures: Failures,
    Seen { asked, value }: Seen,
    findings: &mut Vec<Finding>,
) -> State {
    if let Some(error) = failures.in_key {
        return State::Failed(error);
    }
    // Whether a link has a value, the other record decides.
    let is_link = |mapping: &Mapping| matches!(mapping.source, Source::Record(_));
    let used = |mapping: &&Mapping| {
        is_link(mapping) || evaluated.fields.iter().any(|f| f.key.is_some() && f.path == mapping.field)
    };
    let keys: Vec<&Mapping> = record.keys().filter(used).collect();
    let alternatives = record.match_keys.alternatives(&keys, |key| key.field.clone());
    // A constant narrows a search down; by itself it would find any record.
    let only_constants = record.keys().all(Mapping::is_constant);
    let found_by_keys = alternatives.iter().flatten().any(|mapping| only_constants || !mapping.is_constant());
    for mapping in record.keys().filter(|mapping| !used(mapping)) {
        findings.push(key_without_value(record, mapping, found_by_keys));
    }
    if record.has_keys() && !found_by_keys {
        return State::Skipped { asked };
    }
    if let Some(error) = failures.elsewhere {
        return State::Unfit(error);
    }
    // A comment without text is of no use, although it has a Case.
    let is_comment = record.mappings.iter().any(|mapping| mapping.source.transcript().is_some());
    if !record.has_keys() && (evaluated.links.is_empty() || is_comment) && !value {
        findings.push(Finding::new(
            FindingCode::NothingToWrite,
            record.mappings.first().map(|mapping| mapping.pointer.clone()).unwrap_or_default(),
            said!(findings_conversation::nothing_to_write(&record.name)),
        ));
        return State::Skipped { asked };
    }
    State::Ready
}

pub(super) fn key_without_value(record: &RecordSettings, mapping: &Mapping, others: bool) -> Finding {
    let said = match (others, record.reads()) {
        (true, _) => said!(findings_conversation::one_key_without_value(&mapping.field, &record.name)),
        (false, true) => said!(findings_conversation::read_key_without_value(&mapping.field, &record.name)),
        (false, false) => said!(findings_conversation::key_without_value(&mapping.field, &record.name)),
    };
    Finding::new(FindingCode::KeyWithoutValue, mapping.pointer.clone(), said)
}
