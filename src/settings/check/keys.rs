//! Rules for what finds an existing record.

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode, Severity, nearest};
use crate::salesforce::FieldPath;
use crate::settings::{Mapping, MatchKeys, RecordSettings, Source};
use crate::texts::said;

/// Keys of one record by themselves.
pub(super) fn keys(record: &RecordSettings, findings: &mut Findings) {
    if record.only_update_existing() && !record.has_keys() {
        findings.push(Finding::new(
            FindingCode::OnlyUpdateWithoutKey,
            record.place("onlyUpdateExisting"),
            said!(findings_keys::only_updated_without_key(&record.name)),
        ));
    }
    for mapping in record.keys().filter(|mapping| matches!(mapping.source, Source::Transcript(_))) {
        findings.push(Finding::new(
            FindingCode::BadKey,
            child(&mapping.pointer, "useToFindExisting"),
            said!(findings_keys::transcript_as_key()),
        ));
    }
}

/// Two values for one key: a record cannot match both.
pub(super) fn keys_once(record: &RecordSettings, findings: &mut Findings) {
    let mut seen: Vec<&FieldPath> = Vec::new();
    for mapping in record.keys() {
        if seen.contains(&&mapping.field) {
            findings.push(Finding::new(
                FindingCode::DuplicateField,
                child(&mapping.pointer, "field"),
                said!(findings_keys::key_twice(&mapping.field, &record.name)),
            ));
        }
        seen.push(&mapping.field);
    }
}

/// Constants that would find a record by themselves.
pub(super) fn constant_keys(record: &RecordSettings, findings: &mut Findings) {
    if record.keys().all(Mapping::is_constant) {
        for mapping in record.keys() {
            let said = said!(findings_keys::constant_as_only_key(&record.name));
            let path = child(&mapping.pointer, "useToFindExisting");
            findings.push(Finding::new(FindingCode::ConstantKey, path, said).only(Severity::Warning));
        }
        return;
    }
    for (group, keys) in record.alternatives().into_iter().enumerate() {
        let (Some(first), true) = (keys.first(), keys.iter().all(|key| key.is_constant())) else { continue };
        let (path, said) = match record.match_keys {
            MatchKeys::Groups(_) => (
                child(&record.place("matchKeys"), &group.to_string()),
                said!(findings_keys::constants_as_group(&record.name)),
            ),
            _ => (child(&first.pointer, "useToFindExisting"), said!(findings_keys::constant_as_last_key(&record.name))),
        };
        findings.push(Finding::new(FindingCode::ConstantKey, path, said));
    }
}

/// A new record that holds nothing of what it is looked for by is found by no later conversation.
pub(super) fn found_again(record: &RecordSettings, findings: &mut Findings) {
    let is_written = |key: &&Mapping| !key.only_finds && !key.is_constant();
    let by_what_is_written = record.alternatives().iter().any(|keys| keys.iter().any(is_written));
    let Some(key) = record.keys().find(|key| key.only_finds && !key.is_constant()) else { return };
    if record.may_create() && record.idempotency().is_none() && !by_what_is_written {
        findings.push(Finding::new(
            FindingCode::NewRecordWithoutKey,
            child(&key.pointer, "useToFindExisting"),
            said!(findings_keys::new_record_without_key(&record.name)),
        ));
    }
}

/// Groups name the record's keys, and each key stands in one of them.
pub(super) fn groups(record: &RecordSettings, findings: &mut Findings) {
    let MatchKeys::Groups(groups) = &record.match_keys else { return };
    let place = record.place("matchKeys");
    let is_key = |path: &FieldPath| record.keys().any(|key| key.field == *path);
    for (at, group) in groups.iter().enumerate() {
        let place = child(&place, &at.to_string());
        if let Some(unknown) = group.iter().find(|path| !is_key(path)) {
            let keys: Vec<String> = record.keys().map(|key| key.field.to_string()).collect();
            let said = match nearest(&unknown.to_string(), keys.iter().map(String::as_str)) {
                Some(near) => said!(findings_keys::misspelt_key(unknown, &record.name, near)),
                None => said!(findings_keys::unknown_key(unknown, &record.name)),
            };
            findings.push(Finding::new(FindingCode::BadMatchKeys, place.clone(), said));
        }
        let has_twice = group.iter().enumerate().any(|(at, path)| group.iter().take(at).any(|other| other == path));
        let is_same =
            |other: &Vec<FieldPath>| other.len() == group.len() && group.iter().all(|path| other.contains(path));
        if has_twice || groups.iter().take(at).any(is_same) {
            findings.push(Finding::new(FindingCode::BadMatchKeys, place, said!(findings_keys::group_twice())));
        }
    }
    for key in record.keys().filter(|key| !groups.iter().flatten().any(|path| *path == key.field)) {
        findings.push(Finding::new(
            FindingCode::BadMatchKeys,
            child(&key.pointer, "useToFindExisting"),
            said!(findings_keys::key_in_no_group(&key.field, &record.name)),
        ));
    }
}
