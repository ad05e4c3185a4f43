//! What only reads: targets, lists, and what of the other settings means nothing there.

use super::mapping::variable;
use crate::base::FindingCode;
use crate::base::json::child;
use crate::base::walk::{Node, Object, Walk};
use crate::salesforce::{FieldName, FieldPath, FieldType};
use crate::settings::keys::{self, Key, Place};
use crate::settings::sobject_read::{DEFAULT_LISTED, List, MAX_LISTED, Target};
use crate::settings::{Mode, RecordSettings, RecordWork, WhenBlank, WhenSeveralMatch};
use crate::texts::{Setting, said};

/// What the other mode alone knows, and these members of a document, of a row or of a record are not.
pub(super) fn refuse(walk: &mut Walk, object: &Object, place: Place, mode: Mode) {
    for Key { name: key, .. } in keys::foreign(place, mode) {
        let Some(node) = object.get(key) else { continue };
        match mode {
            Mode::SObjectWrite => {
                walk.note(FindingCode::NotInWrite, &node, said!(findings_reads::not_in_write(Setting(key))));
            }
            _ => walk.note(FindingCode::NotInRead, &node, said!(findings_reads::not_in_read(Setting(key)))),
        }
    }
}

/// The variable of a row that reads.
pub(super) fn target(walk: &mut Walk, row: &Object, target: &Node, mode: Option<Mode>) -> Option<String> {
    let object = walk.object(target, &["variable"])?;
    let variable = object.require(walk, "variable").and_then(|node| variable(walk, &node));
    match mode {
        Some(Mode::SObjectRead) if row.get("source").is_some() => {
            walk.note(FindingCode::BadRow, target, said!(findings_reads::source_and_target()));
            return None;
        }
        Some(Mode::SObjectRead) => {
            for key in keys::meaningless(keys::TARGET) {
                if let Some(node) = row.get(key.name) {
                    walk.note(
                        FindingCode::NotInRead,
                        &node,
                        said!(findings_reads::not_beside_target(Setting(key.name))),
                    );
                }
            }
        }
        Some(_) => {
            walk.note(FindingCode::NotInWrite, target, said!(findings_reads::not_in_write(Setting("target"))));
            return None;
        }
        None => {}
    }
    variable
}

/// A row with a source, of a read: nothing but a key.
pub(super) fn key(walk: &mut Walk, row: &Object, key: Option<bool>, when_blank: Option<WhenBlank>) {
    if let (Some(false), Some(source)) = (key, row.get("source")) {
        walk.note(FindingCode::NotInRead, &source, said!(findings_reads::value_without_key()));
    }
    if let (Some(WhenBlank::Clear), Some(node)) = (when_blank, row.get("whenBlank")) {
        walk.note(FindingCode::NotInRead, &node, said!(findings_reads::key_empties_nothing()));
    }
    refuse(walk, row, Place::Row, Mode::SObjectRead);
}

/// A row with neither.
pub(super) fn neither(walk: &mut Walk, row: &Node) {
    walk.note(FindingCode::MissingKey, row, said!(findings_reads::neither_source_nor_target()));
}

/// What `objects` says of a record that is read, or must not say of one that is written.
pub(super) fn object(walk: &mut Walk, object: &Object, record: &mut RecordSettings, mode: Mode) {
    let RecordWork::Read(reading) = &mut record.work else {
        refuse(walk, object, Place::Object, mode);
        if let (WhenSeveralMatch::List, Some(node)) = (record.when_several_match, object.get("whenSeveralMatch")) {
            walk.note(FindingCode::NotInWrite, &node, said!(findings_reads::list_in_write()));
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
        (WhenSeveralMatch::List, None, Some(node)) => {
            walk.note(FindingCode::BadList, &node, said!(findings_reads::list_without_variable()));
        }
        (WhenSeveralMatch::Stop | WhenSeveralMatch::MostRecentlyModified, Some(node), _) => {
            walk.note(FindingCode::BadList, &node, said!(findings_reads::list_of_one()));
        }
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
