//! One row of the mapping table.

use serde_json::Value;

use super::{file, format, sobject_read};
use crate::base::json::{Kind, child};
use crate::base::walk::{Expected, Node, Object, Walk};
use crate::base::{FindingCode, Said};
use crate::salesforce::{FieldPath, FieldType, RecordName, SObjectName};
use crate::settings::{Attachment, MAX_LOOKUPS, Mapping, Mode, Overwrite, Smell, Source, Target, WhenBlank};
use crate::texts::said;
use crate::value::convert::Epoch;
use crate::value::template::TemplateError;
use crate::value::{Format, NotAFieldValue, Scalar, Template, WhenTooLong, has_reference_mark};

/// The word of `useToFindExisting` for a value that is never written.
const ONLY: &str = "only";

pub(super) const SOURCES: [&str; 6] = ["variable", "constant", "template", "record", "file", "transcript"];

/// What a row says.
pub(super) enum Row {
    /// A value on its way to Salesforce, or to find a record by.
    Mapping(Mapping),
    /// What is read.
    Target(Target),
    /// A file for the record.
    File(Attachment),
}

/// The name of the record that the row belongs to, and the row, in which these keys are known.
pub(super) fn row(
    walk: &mut Walk,
    node: &Node,
    known: &[&str],
    common: &Format,
    mode: Option<Mode>,
) -> (Option<RecordName>, Option<Row>) {
    let Some(row) = walk.object(node, known) else { return (None, None) };
    if file::attaches(&row) {
        let (name, attachment) = file::attachment(walk, node, &row, common);
        if mode == Some(Mode::SObjectRead) {
            file::not_in_read(walk, &row);
        }
        return (name, attachment.map(Row::File));
    }
    if let Some(target) = row.get("target") {
        let variable = sobject_read::target(walk, &row, &target, mode);
        let object = row.require(walk, "object").and_then(|node| record_name(walk, &node));
        let field = row.require(walk, "field").and_then(|node| field_path(walk, &node));
        let target = |field, variable| Target {
            field_at: child(&node.pointer(), "field"),
            variable_at: child(&target.pointer(), "variable"),
            field,
            variable,
            field_type: FieldType::Unknown,
        };
        return (object, field.zip(variable).map(|(field, variable)| Row::Target(target(field, variable))));
    }
    let (name, mapping) = mapping(walk, node, &row, common, mode);
    (name, mapping.map(Row::Mapping))
}

fn mapping(
    walk: &mut Walk,
    node: &Node,
    row: &Object,
    common: &Format,
    mode: Option<Mode>,
) -> (Option<RecordName>, Option<Mapping>) {
    let reads = mode == Some(Mode::SObjectRead);
    let source = match row.get("source") {
        None if reads => {
            sobject_read::neither(walk, node);
            None
        }
        _ => row.require(walk, "source").and_then(|node| source(walk, &node)),
    };
    let object = row.require(walk, "object").and_then(|node| record_name(walk, &node));
    let field = row.require(walk, "field").and_then(|node| field_path(walk, &node));
    let key = row.get("useToFindExisting").map_or(Some(KeyUse::No), |node| key_use(walk, &node));
    let only_for = row.get("onlyFor").map_or(Some(Vec::new()), |node| sobjects(walk, &node, 1));
    let when_blank = row.get("whenBlank").map_or(Some(WhenBlank::default()), |node| walk.word(&node));
    let overwrite = row.get("overwrite").map_or(Some(Overwrite::default()), |node| walk.word(&node));
    let separator = row.get("separator").map_or(Some(None), |node| separator(walk, &node).map(Some));
    // A shortened conversation helps more than one that is lost with its record.
    let default = if matches!(source, Some(Source::Transcript(_))) { WhenTooLong::Cut } else { WhenTooLong::Fail };
    let when_too_long = row.get("whenTooLong").map_or(Some(default), |node| walk.word(&node));
    let of_file = row.get("whenFileFails").map_or(Some(()), |node| file::without_file(walk, &node));
    let epoch = row.get("format").map_or(Some(None), |node| epoch(walk, &node, source.as_ref()).map(Some));
    let format = format(walk, row, common).zip(epoch).map(|(format, epoch)| Format { epoch, ..format });
    let silenced = row.get("silence").map_or(Some(Vec::new()), |node| silenced(walk, &node));
    if reads {
        sobject_read::key(walk, row, key.map(|key| key != KeyUse::No), when_blank);
    }
    let mapping = || {
        of_file?;
        Some(Mapping {
            pointer: node.pointer(),
            source: source?,
            field: field?,
            key: key? != KeyUse::No,
            // What is read is never written.
            only_finds: key? == KeyUse::Only && !reads,
            only_for: only_for?,
            when_blank: when_blank?,
            overwrite: overwrite?,
            separator: separator?,
            when_too_long: when_too_long?,
            format: format?,
            silenced: silenced?,
            completes: false,
        })
    };
    (object, mapping())
}

/// Longest separator, in bytes.
const MAX_SEPARATOR: usize = 100;

fn separator(walk: &mut Walk, node: &Node) -> Option<String> {
    let text = walk.text(node)?;
    if text.is_empty() || text.len() > MAX_SEPARATOR || has_reference_mark(text) {
        walk.note(FindingCode::OutOfRange, node, said!(findings_settings::bad_separator(MAX_SEPARATOR)));
        return None;
    }
    Some(text.to_owned())
}

/// What `useToFindExisting` says.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::settings) enum KeyUse {
    No,
    /// The value finds a record, and is written.
    Yes,
    /// It finds a record, and is never written.
    Only,
}

pub(in crate::settings) fn key_use(walk: &mut Walk, node: &Node) -> Option<KeyUse> {
    match node.value {
        Value::Bool(false) => Some(KeyUse::No),
        Value::Bool(true) => Some(KeyUse::Yes),
        Value::String(word) if word == ONLY => Some(KeyUse::Only),
        Value::String(_) => {
            walk.note(FindingCode::UnknownValue, node, said!(findings_settings::bad_use_of_key()));
            None
        }
        _ => walk.wrong_type(node, Expected::KeyUse),
    }
}

pub(super) fn record_name(walk: &mut Walk, node: &Node) -> Option<RecordName> {
    let name = RecordName::parse(walk.text(node)?);
    if name.is_none() {
        walk.note(FindingCode::BadName, node, said!(findings_settings::bad_object_name()));
    }
    name
}

/// A list of `least` different SObjects, and of as many as a run can look in.
pub(super) fn sobjects(walk: &mut Walk, node: &Node, least: usize) -> Option<Vec<SObjectName>> {
    let items = walk.list(node)?;
    let mut sobjects: Vec<SObjectName> = Vec::new();
    if !(least..=MAX_LOOKUPS).contains(&items.len()) {
        walk.note(
            FindingCode::OutOfRange,
            node,
            said!(findings_settings::number_of_objects(items.len(), least, MAX_LOOKUPS)),
        );
        return None;
    }
    for item in &items {
        let sobject = record_name(walk, item).and_then(|name| SObjectName::parse(name.as_str()))?;
        if sobjects.contains(&sobject) {
            walk.note(FindingCode::ListedTwice, item, said!(findings_settings::listed_twice(&sobject)));
            return None;
        }
        sobjects.push(sobject);
    }
    Some(sobjects)
}

pub(super) fn field_path(walk: &mut Walk, node: &Node) -> Option<FieldPath> {
    let path = FieldPath::parse(walk.text(node)?);
    if path.is_none() {
        walk.note(FindingCode::BadName, node, said!(findings_settings::bad_field_name()));
    }
    path
}

pub(super) fn source(walk: &mut Walk, node: &Node) -> Option<Source> {
    let object = walk.object(node, &SOURCES)?;
    let (kind, value) = one_source(walk, node, &object)?;
    match kind {
        "variable" => variable(walk, &value).map(Source::Variable),
        "constant" => constant(walk, &value).map(Source::Constant),
        "template" => template(walk, &value).map(Source::Template),
        "transcript" => variable(walk, &value).map(Source::Transcript),
        _ => record_name(walk, &value).map(Source::Record),
    }
}

/// The one member of a source, and its kind.
pub(super) fn one_source<'a>(walk: &mut Walk, node: &Node, source: &Object<'a>) -> Option<(&'a str, Node<'a>)> {
    let mut kinds = source.entries().filter(|(key, _)| SOURCES.contains(key));
    let (Some(only), None) = (kinds.next(), kinds.next()) else {
        walk.note(FindingCode::BadSource, node, said!(findings_settings::bad_source()));
        return None;
    };
    Some(only)
}

pub(super) fn variable(walk: &mut Walk, node: &Node) -> Option<String> {
    let name = walk.text(node)?;
    if name.trim().is_empty() {
        walk.note(FindingCode::BadName, node, said!(findings_settings::empty_variable()));
        return None;
    }
    Some(name.to_owned())
}

fn constant(walk: &mut Walk, node: &Node) -> Option<Value> {
    let scalar = |value: &Value| matches!(value, Value::String(_) | Value::Number(_) | Value::Bool(_));
    match node.value {
        value if Scalar::from_json(value) == Err(NotAFieldValue::Number) => {
            walk.note(FindingCode::OutOfRange, node, said!(findings_settings::constant_out_of_range()));
            None
        }
        Value::String(text) if text.trim().is_empty() => {
            walk.note(FindingCode::BadSource, node, said!(findings_settings::blank_constant()));
            None
        }
        Value::Array(items) if !items.is_empty() && items.iter().all(scalar) => Some(node.value.clone()),
        value if scalar(value) => Some(value.clone()),
        value => {
            walk.note(FindingCode::WrongType, node, said!(findings_settings::bad_constant(Kind::of(value))));
            None
        }
    }
}

fn template(walk: &mut Walk, node: &Node) -> Option<Template> {
    Template::parse(walk.text(node)?)
        .map_err(|error| {
            walk.note(FindingCode::BadTemplate, node, bad_template(error));
        })
        .ok()
}

/// What is wrong with a text that has variables.
pub(super) fn bad_template(error: TemplateError) -> Said {
    match error {
        TemplateError::OpenBracket => said!(findings_settings::template_open()),
        TemplateError::CloseBracket => said!(findings_settings::template_close()),
        TemplateError::EmptyName => said!(findings_settings::template_empty_name()),
        TemplateError::NoVariable => said!(findings_settings::template_without_variable()),
    }
}

/// What a number counts; of the values that are none nothing.
fn epoch(walk: &mut Walk, node: &Node, source: Option<&Source>) -> Option<Epoch> {
    let epoch: Epoch = walk.word(node)?;
    if let Some(Source::Record(_) | Source::Transcript(_)) = source {
        walk.note(FindingCode::BadFormat, node, said!(findings_settings::no_count_of_seconds()));
        return None;
    }
    Some(epoch)
}

pub(super) fn silenced(walk: &mut Walk, node: &Node) -> Option<Vec<Smell>> {
    let codes = Smell::ALL.map(|smell| smell.code().word());
    let mut silenced = Vec::new();
    for node in walk.list(node)? {
        let code = walk.one_of(&node, &codes)?;
        silenced.extend(Smell::ALL.iter().find(|smell| smell.code().word() == code));
    }
    Some(silenced)
}
