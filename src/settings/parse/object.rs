//! `objects`: what holds for a whole record.

use std::rc::Rc;

use super::mapping::{Row, sobjects, variable};
use super::sobject_read;
use crate::base::FindingCode;
use crate::base::nearest;
use crate::base::walk::{Node, Object, Walk};
use crate::salesforce::{FieldName, RecordId, RecordName, SObjectName};
use crate::settings::keys::{self, Place};
use crate::settings::{
    AssignmentRule, DuplicateRule, Idempotency, MatchKeys, Mode, Preset, Reading, RecordSettings, WhenSeveralMatch,
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
        attachments: Vec::new(),
        only_update_existing: false,
        match_keys: MatchKeys::default(),
        when_several_match: WhenSeveralMatch::default(),
        duplicate_rule: DuplicateRule::default(),
        assignment_rule: AssignmentRule::default(),
        record_type: None,
        store: Vec::new(),
        idempotency: None,
        check_for_doubles: false,
        reading: (mode == Some(Mode::SObjectRead)).then(Reading::default),
        validation_rules: Rc::default(),
    })
}

/// Adds what a row says of the record.
pub(super) fn add(record: &mut RecordSettings, row: Option<Row>) {
    match (row, &mut record.reading) {
        (Some(Row::Mapping(mapping)), _) => record.mappings.push(Rc::new(mapping)),
        (Some(Row::Target(target)), Some(reading)) => reading.targets.push(target),
        (Some(Row::File(attachment)), _) => record.attachments.push(attachment),
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
    if let Some(only) = object.get("onlyUpdateExisting").and_then(|node| walk.boolean(&node)) {
        record.only_update_existing = only;
    }
    if let Some(match_keys) = object.get("matchKeys").and_then(|node| walk.word(&node)) {
        record.match_keys = match_keys;
    }
    if let Some(several) = object.get("whenSeveralMatch").and_then(|node| walk.word(&node)) {
        record.when_several_match = several;
    }
    if let Some(mode) = mode {
        sobject_read::object(walk, &object, record, mode);
    }
    if let Some(rule) = object.get("duplicateRule").and_then(|node| walk.word(&node)) {
        record.duplicate_rule = rule;
    }
    if let Some(rule) = object.get("assignmentRule").and_then(|node| assignment_rule(walk, &node)) {
        record.assignment_rule = rule;
    }
    if let Some(name) = object.get("recordType").and_then(|node| record_type(walk, &node)) {
        record.record_type = Some(name);
    }
    if let Some(node) = object.get("preset").filter(|_| !record.reads()) {
        complete(walk, &node, record);
    }
    if let Some(store) = object.get("store").and_then(|node| store(walk, &node)) {
        match record.reading.take() {
            Some(mut reading) => {
                reading.targets.extend(sobject_read::stored(record, store));
                record.reading = Some(reading);
            }
            None => record.store = store,
        }
    }
    if let Some(check) = object.get("checkForDoubles").and_then(|node| walk.boolean(&node)) {
        record.check_for_doubles = check;
    }
    if let Some(node) = object.get("idempotency") {
        record.idempotency = idempotency(walk, &node);
    }
    if record.reads() {
        // Refused above; further findings about them would not help.
        (record.record_type, record.idempotency) = (None, None);
    }
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
    crate::settings::parse::mapping::record_name(walk, node).and_then(|name| SObjectName::parse(name.as_str()))
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
