//! `objects`: what holds for a whole record.

use std::rc::Rc;

use serde_json::Value;

use super::mapping::{Row, sobjects, variable};
use super::{mapping, sobject_read};
use crate::base::FindingCode;
use crate::base::nearest;
use crate::base::walk::{Expected, Node, Object, Walk};
use crate::salesforce::{FieldName, RecordId, RecordName, SObjectName};
use crate::settings::keys::{self, Place};
use crate::settings::{
    AssignmentRule, Idempotency, MAX_KEY_GROUPS, MatchKeys, Mode, Preset, Reading, RecordSettings, RecordWork,
    WhenSeveralMatch, Writing,
};
use crate::texts::said;

/// A record with no entry in `objects`. `None` cannot happen: a record's name has the alphabet of an SObject's.
pub(super) fn defaults(name: RecordName, mode: Option<Mode>) -> Option<RecordSettings> {
    Some(RecordSettings {
        sobject: SObjectName::parse(name.as_str())?,
        name,
        look_in: Vec::new(),
        by_sobject: Vec::new(),
        mappings: Vec::new(),
        match_keys: MatchKeys::default(),
        when_several_match: WhenSeveralMatch::default(),
        work: match mode {
            Some(Mode::SObjectRead) => RecordWork::Read(Reading::default()),
            _ => RecordWork::Write(Writing::default()),
        },
    })
}

/// Adds what a row says of the record.
pub(super) fn add(record: &mut RecordSettings, row: Option<Row>) {
    match (row, &mut record.work) {
        (Some(Row::Mapping(mapping)), _) => record.mappings.push(Rc::new(mapping)),
        (Some(Row::Target(target)), RecordWork::Read(reading)) => reading.targets.push(target),
        (Some(Row::File(attachment)), RecordWork::Write(writing)) => writing.attachments.push(attachment),
        _ => {}
    }
}

/// Applies `objects` to the records that the mappings name.
pub(super) fn objects(walk: &mut Walk, node: &Node, records: &mut [RecordSettings], mode: Option<Mode>) {
    let Some(entries) = walk.any_object(node) else { return };
    for (name, node) in entries.entries() {
        if walk.findings.is_full() {
            return;
        }
        match records.iter().position(|record| record.name.as_str() == name).and_then(|at| records.get_mut(at)) {
            Some(record) => object(walk, &node, record, mode),
            None => unused(walk, &node, name, records),
        }
    }
}

fn unused(walk: &mut Walk, node: &Node, name: &str, records: &[RecordSettings]) {
    let said = match nearest(name, records.iter().map(|record| record.name.as_str())) {
        Some(near) => said!(findings_settings::misspelt_record(near)),
        None => said!(findings_settings::unused_record()),
    };
    walk.note(FindingCode::UnknownRecord, node, said);
}

fn object(walk: &mut Walk, node: &Node, record: &mut RecordSettings, mode: Option<Mode>) {
    let Some(object) = walk.object(node, &keys::known(Place::Object)) else { return };
    if let Some(sobject) = object.get("sobject").and_then(|node| sobject(walk, &node)) {
        record.sobject = sobject;
    }
    if let Some(node) = object.get("lookIn") {
        look_in(walk, &node, &object, record);
    }
    if let Some(keys) = object.get("matchKeys").and_then(|node| match_keys(walk, &node)) {
        record.match_keys = keys;
    }
    if let Some(several) = object.get("whenSeveralMatch").and_then(|node| walk.word(&node)) {
        record.when_several_match = several;
    }
    if let Some(mode) = mode {
        sobject_read::object(walk, &object, record, mode);
    }
    let store = object.get("store").and_then(|node| store(walk, &node)).unwrap_or_default();
    let store_at = record.place("store");
    match &mut record.work {
        RecordWork::Write(writing) => write(walk, &object, writing, store),
        RecordWork::Read(reading) => reading.targets.extend(sobject_read::stored(&store_at, store)),
    }
    if let (Some(node), false) = (object.get("preset"), record.reads()) {
        complete(walk, &node, record);
    }
}

/// What is said of a record that is written.
fn write(walk: &mut Walk, object: &Object, writing: &mut Writing, store: Vec<(FieldName, String)>) {
    writing.store = store;
    if let Some(only) = object.get("onlyUpdateExisting").and_then(|node| walk.boolean(&node)) {
        writing.only_update_existing = only;
    }
    if let Some(rule) = object.get("duplicateRule").and_then(|node| walk.word(&node)) {
        writing.duplicate_rule = rule;
    }
    if let Some(rule) = object.get("assignmentRule").and_then(|node| assignment_rule(walk, &node)) {
        writing.assignment_rule = rule;
    }
    if let Some(name) = object.get("recordType").and_then(|node| record_type(walk, &node)) {
        writing.record_type = Some(name);
    }
    if let Some(check) = object.get("checkForDoubles").and_then(|node| walk.boolean(&node)) {
        writing.check_for_doubles = check;
    }
    if let Some(node) = object.get("idempotency") {
        writing.idempotency = idempotency(walk, &node);
    }
}

/// A word, or a list of groups, each a list of fields.
fn match_keys(walk: &mut Walk, node: &Node) -> Option<MatchKeys> {
    match node.value {
        Value::String(_) => Some(match walk.one_of(node, MatchKeys::WORDS)? {
            "any" => MatchKeys::Any,
            _ => MatchKeys::All,
        }),
        Value::Array(_) => {
            let groups = walk.list(node)?;
            if !is_within(&groups) {
                let said = said!(findings_keys::number_of_groups(groups.len(), MAX_KEY_GROUPS));
                walk.note(FindingCode::OutOfRange, node, said);
                return None;
            }
            let groups = groups.iter().map(|group| {
                let fields = walk.list(group)?;
                if !is_within(&fields) {
                    let said = said!(findings_keys::number_of_fields(fields.len(), MAX_KEY_GROUPS));
                    walk.note(FindingCode::OutOfRange, group, said);
                    return None;
                }
                let fields = fields.iter();
                fields.map(|field| mapping::field_path(walk, field)).collect::<Option<Vec<_>>>()
            });
            groups.collect::<Option<Vec<_>>>().map(MatchKeys::Groups)
        }
        _ => walk.wrong_type(node, Expected::KeyGroups),
    }
}

/// Whether there are neither none nor too many.
fn is_within(items: &[Node]) -> bool {
    (1..=MAX_KEY_GROUPS).contains(&items.len())
}

fn complete(walk: &mut Walk, node: &Node, record: &mut RecordSettings) {
    let Some(preset) = preset(walk, node) else { return };
    if preset.fits(record) {
        preset.complete(record, &node.pointer());
    } else {
        walk.note(FindingCode::BadPreset, node, said!(findings_settings::preset_of_another_object(&record.name)));
    }
}

fn sobject(walk: &mut Walk, node: &Node) -> Option<SObjectName> {
    mapping::record_name(walk, node).and_then(|name| SObjectName::parse(name.as_str()))
}

/// A new record is of the last SObject of the list.
fn look_in(walk: &mut Walk, node: &Node, object: &Object, record: &mut RecordSettings) {
    if object.get("sobject").is_some() {
        walk.note(FindingCode::BadLookIn, node, said!(findings_settings::object_and_list()));
        return;
    }
    let Some(sobjects) = sobjects(walk, node, 2) else { return };
    record.sobject = sobjects.last().cloned().unwrap_or_else(|| record.sobject.clone());
    record.look_in = sobjects;
}

fn assignment_rule(walk: &mut Walk, node: &Node) -> Option<AssignmentRule> {
    match walk.text(node)? {
        "default" => Some(AssignmentRule::Default),
        "off" => Some(AssignmentRule::Off),
        text => {
            let id = RecordId::parse(text);
            if id.is_none() {
                walk.note(FindingCode::UnknownValue, node, said!(findings_settings::bad_assignment_rule()));
            }
            id.map(AssignmentRule::Rule)
        }
    }
}

fn record_type(walk: &mut Walk, node: &Node) -> Option<String> {
    let name = walk.text(node)?;
    // A managed package's type has the package's namespace in front, as every developer name.
    if RecordName::parse(name).is_none() {
        walk.note(FindingCode::BadName, node, said!(findings_settings::bad_record_type()));
        return None;
    }
    Some(name.to_owned())
}

pub(super) fn preset(walk: &mut Walk, node: &Node) -> Option<Preset> {
    walk.one_of(node, &[Preset::WEB_TO_CASE]).map(|_| Preset::WebToCase)
}

fn idempotency(walk: &mut Walk, node: &Node) -> Option<Idempotency> {
    let object = walk.object(node, &["field", "variable"])?;
    let field = object.require(walk, "field").and_then(|node| {
        let field = FieldName::parse(walk.text(&node)?).filter(|field| !field.is_id());
        if field.is_none() {
            walk.note(FindingCode::BadName, &node, said!(findings_settings::bad_external_id()));
        }
        field
    });
    let variable = object.require(walk, "variable").and_then(|node| variable(walk, &node));
    Some(Idempotency { field: field?, variable: variable? })
}

fn store(walk: &mut Walk, node: &Node) -> Option<Vec<(FieldName, String)>> {
    let mut store = Vec::new();
    for (field, node) in walk.any_object(node)?.entries() {
        let Some(variable) = variable(walk, &node) else {
            continue;
        };
        match FieldName::parse(field) {
            Some(field) => store.push((field, variable)),
            None => walk.note(FindingCode::BadName, &node, said!(findings_settings::bad_stored_field())),
        }
    }
    Some(store)
}
