//! What only reads: targets, lists, and what of the other settings means nothing there.

use super::mapping::variable;
use crate::base::json::child;
use crate::base::walk::{Node, Object, Walk};
use crate::salesforce::{FieldName, FieldPath, FieldType};
use crate::settings::keys::{self, Key, Place};
use crate::settings::sobject_read::{DEFAULT_LISTED, List, MAX_LISTED, Target};
use crate::settings::{Mode, RecordSettings, RecordWork, WhenBlank, WhenSeveralMatch};

/// What the other mode alone knows, and these members of a document, of a row or of a record are not.
pub(super) fn refuse(walk: &mut Walk, object: &Object, place: Place, mode: Mode) {
    for Key { name: key, .. } in keys::foreign(place, mode) {
        let Some(node) = object.get(key) else { continue };
        match mode {
            Mode::SObjectWrite => not_in_write(walk, &node, format!("`{key}` says how something is read.")),
            _ => walk.error(
                "not-in-read",
                &node,
                format!("`{key}` says how something is written, and this module reads."),
                "Remove it.",
            ),
        }
    }
}

fn not_in_write(walk: &mut Walk, node: &Node, message: String) {
    walk.error("not-in-write", node, message, "Remove it, or set `mode` to \"sobject-read\".");
}

/// The variable of a row that reads.
pub(super) fn target(walk: &mut Walk, row: &Object, target: &Node, mode: Option<Mode>) -> Option<String> {
    let object = walk.object(target, &["variable"])?;
    let variable = object.require(walk, "variable").and_then(|node| variable(walk, &node));
    match mode {
        Some(Mode::SObjectRead) if row.get("source").is_some() => {
            walk.error(
                "bad-row",
                target,
                "A row has either a `source`, to find the record by, or a `target`, for what is read.",
                "Make two rows of it.",
            );
            return None;
        }
        Some(Mode::SObjectRead) => {
            for node in keys::meaningless(keys::TARGET).filter_map(|key| row.get(key.name)) {
                let message = "A row with a `target` takes its value from Salesforce, so this says nothing here.";
                walk.error("not-in-read", &node, message, "Remove it, or put it on the row of the key.");
            }
        }
        Some(_) => {
            not_in_write(walk, target, "A `target` is for what is read.".to_owned());
            return None;
        }
        None => {}
    }
    variable
}

/// A row with a source, of a read: nothing but a key.
pub(super) fn key(walk: &mut Walk, row: &Object, key: Option<bool>, when_blank: Option<WhenBlank>) {
    if let (Some(false), Some(source)) = (key, row.get("source")) {
        walk.error(
            "not-in-read",
            &source,
            "This row has a value and is no key, and nothing is written.",
            "Set `useToFindExisting`, or give the row a `target` instead of the `source`.",
        );
    }
    if let (Some(WhenBlank::Clear), Some(node)) = (when_blank, row.get("whenBlank")) {
        walk.error("not-in-read", &node, "A key empties no field.", "Use \"skip\" or \"fail\".");
    }
    refuse(walk, row, Place::Row, Mode::SObjectRead);
}

/// A row with neither.
pub(super) fn neither(walk: &mut Walk, row: &Node) {
    walk.error(
        "missing-key",
        row,
        "The row has neither a `source`, to find the record by, nor a `target`, for what is read.",
        "Add one of them.",
    );
}

/// What `objects` says of a record that is read, or must not say of one that is written.
pub(super) fn object(walk: &mut Walk, object: &Object, record: &mut RecordSettings, mode: Mode) {
    let RecordWork::Read(reading) = &mut record.work else {
        refuse(walk, object, Place::Object, mode);
        if let (WhenSeveralMatch::List, Some(node)) = (record.when_several_match, object.get("whenSeveralMatch")) {
            not_in_write(walk, &node, "A list is for what is read.".to_owned());
        }
        return;
    };
    refuse(walk, object, Place::Object, mode);
    if let Some(none) = object.get("whenNoneMatch").and_then(|node| walk.word(&node)) {
        reading.when_none_match = none;
    }
    let node = object.get("list");
    reading.list = node.as_ref().and_then(|node| list(walk, node));
    match (record.when_several_match, node, object.get("whenSeveralMatch")) {
        (WhenSeveralMatch::List, None, Some(node)) => walk.error(
            "bad-list",
            &node,
            "Nothing says which variable the list goes to.",
            "Add `list`, such as { \"variable\": \"contacts\", \"limit\": 10 }.",
        ),
        (WhenSeveralMatch::Stop | WhenSeveralMatch::MostRecentlyModified, Some(node), _) => walk.error(
            "bad-list",
            &node,
            "There is no list unless `whenSeveralMatch` is \"list\".",
            "Set it, or remove this.",
        ),
        _ => {}
    }
}

fn list(walk: &mut Walk, node: &Node) -> Option<List> {
    let object = walk.object(node, &["variable", "limit"])?;
    let variable = object.require(walk, "variable").and_then(|node| variable(walk, &node));
    let limit = match object.get("limit") {
        Some(node) => walk.within(&node, 1..=MAX_LISTED).and_then(|limit| usize::try_from(limit).ok()),
        None => Some(DEFAULT_LISTED),
    };
    Some(List { variable: variable?, limit: limit? })
}

/// `store` in a read: the other spelling of targets.
pub(super) fn stored(store_at: &str, store: Vec<(FieldName, String)>) -> impl Iterator<Item = Target> {
    let target = |(field, variable): (FieldName, String)| {
        let place = child(store_at, field.as_str());
        let field = FieldPath::from(field);
        Target { field_at: place.clone(), variable_at: place, field, variable, field_type: FieldType::Unknown }
    };
    store.into_iter().map(target)
}
