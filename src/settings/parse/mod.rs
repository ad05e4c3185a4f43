//! Settings document → [`Settings`], with a finding for everything that is not as it must be.
//!
//! The reader goes on after a mistake, so that an author sees all of them at once.

mod facts;
mod file;
mod handover;
mod mapping;
mod object;
mod request;
mod sobject_read;

pub(super) use mapping::key_use;

use std::rc::Rc;

use serde_json::Value;

use super::keys::{self, Place};
use super::smell::smells;
use super::{
    DEFAULT_DEADLINE_SECONDS, Document, MAX_DEADLINE_SECONDS, MAX_DESCRIPTION_LENGTH, MAX_MAPPINGS, MAX_SETTINGS_BYTES,
    MAX_TITLE_LENGTH, Mode, Reading, RecordSettings, Records, Settings, Work, check,
};
use crate::base::json::{self, DocumentError};
use crate::base::walk::{Node, Object, Walk};
use crate::base::{Finding, FindingCode, Said};
use crate::salesforce::{ApiVersion, Domain, RecordName};
use crate::texts::said;
use crate::value::{Format, Locale, Zone};

/// What settings are read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum ParseFor {
    /// Somebody edits them: all there is to remark.
    Check,
    /// A conversation waits: what keeps them from running, or is likely to be a mistake. No hash, no smells.
    Run,
    /// `schema` is about to be written anew, so what it says now does not matter.
    Prepare,
}

/// The settings if nothing keeps them from being built, and all findings.
pub(super) fn parse(text: &str, parse_for: ParseFor) -> (Option<Document>, Vec<Finding>) {
    let document = match json::parse_object(text, MAX_SETTINGS_BYTES) {
        Ok(map) => Value::Object(map),
        Err(error) => return (None, vec![not_a_document(&error)]),
    };
    let mut walk = Walk::default();
    let root = Node::root(&document);
    // The mode says which keys there are.
    let mode = root.value.get("mode").and_then(Value::as_str);
    let settings = match mode {
        _ if mode == Some(Mode::Handover.word()) => handover::settings(&mut walk, &root).map(Document::Handover),
        _ if mode == Some(Mode::ApiRequest.word()) => request::settings(&mut walk, &root).map(Document::Settings),
        _ => settings(&mut walk, &root, parse_for).map(Document::Settings),
    };
    (settings, walk.findings.into_vec())
}

fn not_a_document(error: &DocumentError) -> Finding {
    let (path, said) = match error {
        DocumentError::TooLarge { limit } => ("", said!(findings_document::settings_too_large(*limit))),
        DocumentError::TooManyValues { limit } => ("", said!(findings_document::settings_too_many_values(*limit))),
        DocumentError::NotJson { line, column } => ("", said!(findings_document::settings_not_json(*line, *column))),
        DocumentError::DuplicateKey { pointer } => (pointer.as_str(), said!(findings_document::settings_key_twice())),
        DocumentError::NotAnObject { found } => ("", said!(findings_document::settings_not_an_object(*found))),
    };
    Finding::new(FindingCode::InvalidJson, path, said)
}

fn settings(walk: &mut Walk, root: &Node, parse_for: ParseFor) -> Option<Settings> {
    let of_records = [Mode::SObjectWrite, Mode::SObjectRead];
    let map = walk.object_beside(root, &keys::known_of_document(&of_records), &keys::known_of_document(Mode::ALL))?;
    let mode = map.require(walk, "mode").and_then(|node| mode(walk, &node));
    let [title, description] = about(walk, &map);
    let domain = map.require(walk, "deploymentDomain").and_then(|node| domain(walk, &node));
    let api_version = map.get("apiVersion").map_or(Some(ApiVersion::DEFAULT), |node| api_version(walk, &node));
    let format = format(walk, &map, &Format::default()).unwrap_or_default();
    let deadline = map.get("deadlineSeconds").and_then(|node| walk.within(&node, 1..=MAX_DEADLINE_SECONDS));
    let usage = map.get("deferAboveApiUsage").and_then(|node| walk.within(&node, 1..=100));
    let rows = map.require(walk, "mappings");
    let mut records = rows.and_then(|node| mappings(walk, &node, &format, mode)).unwrap_or_default();
    if let Some(node) = map.get("objects") {
        object::objects(walk, &node, &mut records, mode);
    }
    if mode == Some(Mode::SObjectRead) {
        sobject_read::refuse(walk, &map, Place::Document, Mode::SObjectRead);
    } else if let Some(node) = map.get("preset") {
        preset(walk, &node, &mut records);
    }
    let facts = match map.get("schema") {
        Some(node) if parse_for != ParseFor::Prepare => facts::schema(walk, &node, parse_for).map(Some),
        _ => Some(None),
    };
    let known = facts.as_ref().and_then(Option::as_ref);
    records.iter_mut().for_each(|record| Reading::learn_types(record, known));
    records.iter_mut().for_each(|record| record.finish(known));
    match mode {
        Some(Mode::SObjectRead) => check::sobject_read::check(&records, &mut walk.findings),
        _ => check::check(&records, &mut walk.findings),
    }
    for record in &records {
        check::no_effect::duplicate_rule(record, api_version, &mut walk.findings);
    }
    for record in records.iter().flat_map(RecordSettings::forms) {
        if parse_for != ParseFor::Prepare {
            check::prepared::check(record, known, &mut walk.findings);
        }
        if parse_for == ParseFor::Check {
            smells(record, known, &mut walk.findings);
        }
    }
    for record in &records {
        check::no_effect::rows(root.value, record, &mut walk.findings);
        if parse_for != ParseFor::Prepare {
            check::no_effect::formats(root.value, record, known, &mut walk.findings);
        }
    }
    let records = Records {
        api_version: api_version?,
        records: records.into_iter().map(Rc::new).collect(),
        schema: facts?,
        defer_above_api_usage: usage,
    };
    let work = match mode? {
        Mode::SObjectRead => Work::Read(records),
        _ => Work::Write(records),
    };
    let deadline_seconds = deadline.unwrap_or(DEFAULT_DEADLINE_SECONDS);
    Some(Settings { title, description, domain: domain?, deadline_seconds, work })
}

/// `title` and `description`: what the module is called and said to do, as a tool.
fn about(walk: &mut Walk, map: &Object) -> [Option<String>; 2] {
    [("title", MAX_TITLE_LENGTH), ("description", MAX_DESCRIPTION_LENGTH)].map(|(key, most)| {
        let node = map.get(key)?;
        let text = walk.text(&node)?;
        if text.trim().is_empty() || text.chars().count() > most {
            walk.note(FindingCode::OutOfRange, &node, said!(findings_settings::text_too_long(most)));
            return None;
        }
        Some(text.trim().to_owned())
    })
}

fn mode(walk: &mut Walk, node: &Node) -> Option<Mode> {
    walk.word(node)
}

fn domain(walk: &mut Walk, node: &Node) -> Option<Domain> {
    let text = walk.text(node)?;
    Domain::parse(text)
        .map_err(|error| {
            walk.note(FindingCode::BadDomain, node, error.said());
        })
        .ok()
}

fn api_version(walk: &mut Walk, node: &Node) -> Option<ApiVersion> {
    let version = ApiVersion::parse(walk.text(node)?);
    if version.is_none_or(|version| version < ApiVersion::MIN) {
        let said = said!(findings_settings::bad_api_version(&ApiVersion::MIN, &ApiVersion::DEFAULT));
        walk.note(FindingCode::BadApiVersion, node, said);
        return None;
    }
    version
}

/// How numbers and dates are written: `locale` and `timeZone`, where they are not those of `common`.
fn format(walk: &mut Walk, object: &Object, common: &Format) -> Option<Format> {
    let locale = match object.get("locale") {
        Some(node) => Some(locale(walk, &node)?),
        None => common.locale,
    };
    let zone = match object.get("timeZone") {
        Some(node) => Some(zone(walk, &node)?),
        None => common.zone.clone(),
    };
    Some(Format { locale, zone, epoch: None })
}

fn locale(walk: &mut Walk, node: &Node) -> Option<Locale> {
    walk.one_of(node, &Locale::NAMES).and_then(Locale::parse)
}

fn zone(walk: &mut Walk, node: &Node) -> Option<Zone> {
    let zone = Zone::parse(walk.text(node)?);
    if zone.is_none() {
        walk.note(FindingCode::UnknownValue, node, said!(findings_settings::bad_time_zone()));
    }
    zone
}

/// A preset for the whole module completes every record that it fits.
fn preset(walk: &mut Walk, node: &Node, records: &mut [RecordSettings]) {
    let Some(preset) = object::preset(walk, node) else { return };
    let pointer = node.pointer();
    let mut fitting = records.iter_mut().filter(|record| preset.fits(record)).peekable();
    if fitting.peek().is_none() {
        walk.note(FindingCode::UnknownRecord, node, said!(findings_settings::preset_without_case()));
    }
    for record in fitting {
        preset.complete(record, &pointer);
    }
}

/// The rows of the form, gathered into records.
fn mappings(walk: &mut Walk, node: &Node, format: &Format, mode: Option<Mode>) -> Option<Vec<RecordSettings>> {
    let rows = rows(walk, node, || said!(findings_settings::empty_mappings()))?;
    let mut records: Vec<RecordSettings> = Vec::new();
    let known = keys::known(Place::Row);
    for row in &rows {
        // A row that is wrong elsewhere still names its record, for what refers to it.
        let (Some(name), content) = mapping::row(walk, row, &known, format, mode) else { continue };
        match records.iter().find(|record| record.name == name) {
            Some(record) => same_spelling(walk, row, &record.name, &name),
            None => records.extend(object::defaults(name.clone(), mode)),
        }
        if let Some(record) = records.iter_mut().find(|record| record.name == name) {
            object::add(record, content);
        }
    }
    Some(records)
}

/// The rows of `mappings`; where there are none, `empty` says what is missing.
fn rows<'a>(walk: &mut Walk, node: &'a Node<'a>, empty: impl FnOnce() -> Said) -> Option<Vec<Node<'a>>> {
    let rows = walk.list(node)?;
    if rows.is_empty() {
        walk.note(FindingCode::EmptyMappings, node, empty());
    }
    if rows.len() > MAX_MAPPINGS {
        let said = said!(findings_settings::too_many_mappings(rows.len(), MAX_MAPPINGS));
        walk.note(FindingCode::TooManyMappings, node, said);
        return None;
    }
    Some(rows)
}

/// `Contact` and `contact` would be one record to Salesforce and two to a reader.
fn same_spelling(walk: &mut Walk, row: &Node, first: &RecordName, name: &RecordName) {
    if first.as_str() != name.as_str() {
        walk.note(FindingCode::TwoSpellings, &row.child("object"), said!(findings_settings::two_spellings(first)));
    }
}
