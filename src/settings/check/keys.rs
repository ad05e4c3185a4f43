//! Rules for what finds an existing record.

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, nearest};
use crate::salesforce::FieldPath;
use crate::settings::{Mapping, MatchKeys, RecordSettings, Source};

/// Keys of one record by themselves.
pub(super) fn keys(record: &RecordSettings, findings: &mut Findings) {
    if record.only_update_existing() && !record.has_keys() {
        findings.push(Finding::error(
            "only-update-without-key",
            record.place("onlyUpdateExisting"),
            format!("`{}` is only to be updated, but no mapping finds an existing record.", record.name),
            "Set `useToFindExisting` on a mapping, or remove `onlyUpdateExisting`.",
        ));
    }
    for mapping in record.keys().filter(|mapping| matches!(mapping.source, Source::Transcript(_))) {
        findings.push(Finding::error(
            "bad-key",
            child(&mapping.pointer, "useToFindExisting"),
            "A conversation finds no record.",
            "Remove `useToFindExisting`.",
        ));
    }
}

/// Two values for one key: a record cannot match both.
pub(super) fn keys_once(record: &RecordSettings, findings: &mut Findings) {
    let mut seen: Vec<&FieldPath> = Vec::new();
    for mapping in record.keys() {
        if seen.contains(&&mapping.field) {
            findings.push(Finding::error(
                "duplicate-field",
                child(&mapping.pointer, "field"),
                format!("Two rows look for the `{}` of `{}`.", mapping.field, record.name),
                "Keep one of them, or give the second record a name of its own.",
            ));
        }
        seen.push(&mapping.field);
    }
}

/// Constants that would find a record by themselves.
pub(super) fn constant_keys(record: &RecordSettings, findings: &mut Findings) {
    if record.keys().all(Mapping::is_constant) {
        for mapping in record.keys() {
            findings.push(Finding::warning(
                "constant-key",
                child(&mapping.pointer, "useToFindExisting"),
                format!("Every conversation would find the same `{}`: its key is a constant.", record.name),
                "Use a variable as the key, or remove `useToFindExisting`.",
            ));
        }
        return;
    }
    for (group, keys) in record.alternatives().into_iter().enumerate() {
        let (Some(first), true) = (keys.first(), keys.iter().all(|key| key.is_constant())) else { continue };
        let (path, remedy) = match record.match_keys {
            MatchKeys::Groups(_) => (
                child(&record.place("matchKeys"), &group.to_string()),
                "Add a key with a value of the conversation to the group: then the constant narrows the search down.",
            ),
            _ => (
                child(&first.pointer, "useToFindExisting"),
                "Remove `useToFindExisting` here, or set `matchKeys` to \"all\": then the constant narrows the search down.",
            ),
        };
        findings.push(Finding::error(
            "constant-key",
            path,
            format!(
                "If the other keys find no `{}`, this constant would find the same one in every conversation.",
                record.name
            ),
            remedy,
        ));
    }
}

/// A new record that holds nothing of what it is looked for by is found by no later conversation.
pub(super) fn found_again(record: &RecordSettings, findings: &mut Findings) {
    let is_written = |key: &&Mapping| !key.only_finds && !key.is_constant();
    let by_what_is_written = record.alternatives().iter().any(|keys| keys.iter().any(is_written));
    let Some(key) = record.keys().find(|key| key.only_finds && !key.is_constant()) else { return };
    if record.may_create() && record.idempotency().is_none() && !by_what_is_written {
        findings.push(Finding::warning(
            "new-record-without-key",
            child(&key.pointer, "useToFindExisting"),
            format!(
                "A new `{}` does not get the values that it is found by, so each conversation creates one more.",
                record.name
            ),
            "Set `onlyUpdateExisting`, or write one of the keys: `useToFindExisting` true instead of \"only\".",
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
            findings.push(Finding::error(
                "bad-match-keys",
                place.clone(),
                format!("No row finds an existing `{}` by `{unknown}`.", record.name),
                match nearest(&unknown.to_string(), keys.iter().map(String::as_str)) {
                    Some(name) => format!("Did you mean `{name}`?"),
                    None => format!("Set `useToFindExisting` on a row with the field `{unknown}`, or remove it here."),
                },
            ));
        }
        let has_twice = group.iter().enumerate().any(|(at, path)| group.iter().take(at).any(|other| other == path));
        let is_same =
            |other: &Vec<FieldPath>| other.len() == group.len() && group.iter().all(|path| other.contains(path));
        if has_twice || groups.iter().take(at).any(is_same) {
            findings.push(Finding::error(
                "bad-match-keys",
                place,
                "The group lists a field twice, or is the same as an earlier group.",
                "Remove what is there twice.",
            ));
        }
    }
    for key in record.keys().filter(|key| !groups.iter().flatten().any(|path| *path == key.field)) {
        findings.push(Finding::error(
            "bad-match-keys",
            child(&key.pointer, "useToFindExisting"),
            format!("`{}` is a key of `{}` and stands in no group of `matchKeys`.", key.field, record.name),
            "Add it to a group, or remove `useToFindExisting`.",
        ));
    }
}
