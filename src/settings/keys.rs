//! The one table of keys: where each may stand, in which modes, on which rows it says something, and what it says by default.
//!
//! Unknown, misplaced and meaningless keys are derived from it. A test holds it against `schema.json`.

use serde_json::Value;

use super::Mode::{ApiRequest, Handover, SObjectRead, SObjectWrite};
use super::parse::key_use;
use super::sobject_read::WhenNoneMatch;
use super::{DuplicateRule, MatchKeys, Mode, Overwrite, WhenBlank, WhenSeveralMatch};
use crate::base::keyword::Keyword;
use crate::base::walk::{Node, Walk};
use crate::value::WhenTooLong;

/// Words of `whenFileFails`.
pub(super) const FILE_WORDS: &[&str] = &["write-anyway", "fail"];

/// A key of a settings document.
#[derive(Debug)]
pub(super) struct Key {
    pub(super) name: &'static str,
    place: Place,
    modes: &'static [Mode],
    /// On a row: the kinds of row on which it says something.
    rows: u8,
    default: ByDefault,
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Place {
    Document,
    /// In one of `mappings`.
    Row,
    /// In one of `objects`.
    Object,
}

/// Where a key says nothing, a form may still write what it says by default.
#[derive(Clone, Copy, Debug)]
enum ByDefault {
    None,
    False,
    /// The same of `useToFindExisting`, which has a word beside.
    NoKey,
    /// The first of its words.
    FirstOf(&'static [&'static str]),
}

/// Kinds of row: with a value, a link to another record, a file, a transcript that becomes a file, and what is read.
pub(super) const VALUE: u8 = 1;
pub(super) const LINK: u8 = 2;
pub(super) const FILE: u8 = 4;
pub(super) const TRANSCRIPT_FILE: u8 = 8;
pub(super) const TARGET: u8 = 16;

const EVERY: &[Mode] = &[SObjectWrite, SObjectRead, ApiRequest, Handover];
const RECORDS: &[Mode] = &[SObjectWrite, SObjectRead];
const WRITE: &[Mode] = &[SObjectWrite];
const READ: &[Mode] = &[SObjectRead];
const REQUEST: &[Mode] = &[ApiRequest];
const CHAT: &[Mode] = &[Handover];
const ROWS: &[Mode] = &[SObjectWrite, SObjectRead, Handover];
const FIELD: u8 = VALUE | LINK;
const FILES: u8 = FILE | TRANSCRIPT_FILE;
const SOURCE: u8 = FIELD | FILES;
const ANY: u8 = SOURCE | TARGET;

/// In the order in which an error lists them.
const KEYS: &[Key] = &[
    document("mode", EVERY),
    document("title", EVERY),
    document("description", EVERY),
    document("deploymentDomain", EVERY),
    document("apiVersion", RECORDS),
    document("locale", RECORDS),
    document("timeZone", ROWS),
    document("preset", WRITE),
    document("deadlineSeconds", EVERY),
    document("deferAboveApiUsage", WRITE),
    document("mappings", ROWS),
    document("objects", RECORDS),
    document("schema", RECORDS),
    document("method", REQUEST),
    document("path", REQUEST),
    document("query", REQUEST),
    document("body", REQUEST),
    document("allowWrites", REQUEST),
    document("organizationId", CHAT),
    document("deployment", CHAT),
    document("language", CHAT),
    document("transcript", CHAT),
    document("idempotency", CHAT),
    document("store", &[ApiRequest, Handover]),
    row("source", ROWS, SOURCE),
    row("target", READ, TARGET),
    row("attribute", CHAT, 0),
    row("object", RECORDS, ANY),
    row("field", RECORDS, ANY),
    row("useToFindExisting", RECORDS, FIELD).or(ByDefault::NoKey),
    row("onlyFor", WRITE, SOURCE),
    row("whenBlank", ROWS, SOURCE).or(ByDefault::FirstOf(WhenBlank::WORDS)),
    row("overwrite", WRITE, FIELD).or(ByDefault::FirstOf(Overwrite::WORDS)),
    row("separator", WRITE, VALUE),
    row("whenTooLong", WRITE, VALUE).or(ByDefault::FirstOf(WhenTooLong::WORDS)),
    row("whenFileFails", WRITE, FILES).or(ByDefault::FirstOf(FILE_WORDS)),
    row("locale", RECORDS, VALUE),
    row("timeZone", RECORDS, VALUE | TRANSCRIPT_FILE),
    row("format", RECORDS, VALUE),
    row("silence", ROWS, SOURCE),
    object("sobject", RECORDS),
    object("lookIn", WRITE),
    object("onlyUpdateExisting", WRITE).or(ByDefault::False),
    object("matchKeys", RECORDS).or(ByDefault::FirstOf(MatchKeys::WORDS)),
    object("whenSeveralMatch", RECORDS).or(ByDefault::FirstOf(WhenSeveralMatch::WORDS)),
    object("duplicateRule", WRITE).or(ByDefault::FirstOf(DuplicateRule::WORDS)),
    object("assignmentRule", WRITE).or(ByDefault::FirstOf(&["default"])),
    object("recordType", WRITE),
    object("preset", WRITE),
    object("store", RECORDS),
    object("idempotency", WRITE),
    object("checkForDoubles", WRITE).or(ByDefault::False),
    object("whenNoneMatch", READ).or(ByDefault::FirstOf(WhenNoneMatch::WORDS)),
    object("list", READ),
];

const fn document(name: &'static str, modes: &'static [Mode]) -> Key {
    Key { name, place: Place::Document, modes, rows: 0, default: ByDefault::None }
}

const fn row(name: &'static str, modes: &'static [Mode], rows: u8) -> Key {
    Key { name, place: Place::Row, modes, rows, default: ByDefault::None }
}

const fn object(name: &'static str, modes: &'static [Mode]) -> Key {
    Key { name, place: Place::Object, modes, rows: 0, default: ByDefault::None }
}

impl Key {
    const fn or(self, default: ByDefault) -> Self {
        Self { default, ..self }
    }

    /// Whether this is what the key says by default.
    pub(super) fn is_default(&self, value: &Value) -> bool {
        match self.default {
            ByDefault::None => false,
            ByDefault::False | ByDefault::NoKey => *value == Value::Bool(false),
            ByDefault::FirstOf(words) => words.first().is_some_and(|word| value.as_str() == Some(word)),
        }
    }

    /// Reads a value only to see whether it is one; `None` if it is not.
    pub(super) fn validate(&self, walk: &mut Walk, node: &Node) -> Option<()> {
        match self.default {
            ByDefault::None => Some(()),
            ByDefault::False => walk.boolean(node).map(drop),
            ByDefault::NoKey => key_use(walk, node).map(drop),
            ByDefault::FirstOf(words) => walk.one_of(node, words).map(drop),
        }
    }
}

fn of_place(place: Place) -> impl Iterator<Item = &'static Key> {
    KEYS.iter().filter(move |key| key.place == place)
}

/// The keys of rows and of entries in `objects`, whichever of the modes with records it is.
pub(super) fn known(place: Place) -> Vec<&'static str> {
    of_modes(place, RECORDS)
}

/// The keys of a row of a hand-over.
pub(super) fn known_of_handover() -> Vec<&'static str> {
    of_modes(Place::Row, CHAT)
}

/// The keys of a document of any of these modes.
pub(super) fn known_of_document(modes: &[Mode]) -> Vec<&'static str> {
    of_modes(Place::Document, modes)
}

fn of_modes(place: Place, modes: &[Mode]) -> Vec<&'static str> {
    let is_of = |key: &&Key| modes.iter().any(|mode| key.modes.contains(mode));
    of_place(place).filter(is_of).map(|key| key.name).collect()
}

/// Keys that may stand there, and belong to the other mode that has records.
pub(super) fn foreign(place: Place, mode: Mode) -> impl Iterator<Item = &'static Key> {
    let is_of_records = |key: &Key| RECORDS.iter().any(|mode| key.modes.contains(mode));
    of_place(place).filter(move |key| !key.modes.contains(&mode) && is_of_records(key))
}

/// Keys that say nothing on a row of this kind, where the mode knows them.
pub(super) fn meaningless(kind: u8) -> impl Iterator<Item = &'static Key> {
    of_place(Place::Row).filter(move |key| key.rows & kind == 0 && key.rows & SOURCE != 0)
}

/// A key by its name.
pub(super) fn key(place: Place, name: &str) -> Option<&'static Key> {
    of_place(place).find(|key| key.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The keys of the JSON Schema, with their modes and defaults.
    fn schema_keys(properties: &Value) -> Vec<(String, Vec<Mode>, Option<Value>)> {
        let modes = |property: &Value| match property["x-modes"].as_array() {
            Some(words) => {
                EVERY.iter().copied().filter(|mode| words.iter().any(|word| word == mode.word())).collect::<Vec<_>>()
            }
            None => RECORDS.to_vec(),
        };
        let of =
            |(name, property): (&String, &Value)| (name.clone(), modes(property), property.get("default").cloned());
        properties.as_object().expect("properties").iter().map(of).collect()
    }

    #[test]
    fn the_table_is_the_json_schema() {
        let schema: Value = serde_json::from_str(include_str!("schema.json")).expect("JSON");
        for (place, pointer) in [
            (Place::Document, "/properties"),
            (Place::Row, "/properties/mappings/items/properties"),
            (Place::Object, "/properties/objects/additionalProperties/properties"),
        ] {
            let properties = schema.pointer(pointer).expect("properties");
            let mut names: Vec<String> = properties.as_object().expect("an object").keys().cloned().collect();
            let mut known: Vec<&str> = of_place(place).map(|key| key.name).collect();
            names.sort_unstable();
            known.sort_unstable();
            assert_eq!(names, known, "{pointer}");
            if place == Place::Document {
                // There the schema says it with `if`: see host-tests.
                continue;
            }
            for (name, modes, default) in schema_keys(properties) {
                let key = key(place, &name).expect("a key");
                assert_eq!(key.modes, modes, "{name}");
                if let Some(default) = default {
                    assert!(key.is_default(&default), "{name}: {default}");
                }
            }
        }
    }
}
