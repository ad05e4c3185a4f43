//! A row that attaches a file to a record, instead of filling a field.

use super::mapping::{one_source, record_name, variable};
use super::zone;
use crate::base::FindingCode;
use crate::base::walk::{Node, Object, Walk};
use crate::salesforce::RecordName;
use crate::settings::keys;
use crate::settings::{Attachment, FileSource, WhenBlank};
use crate::texts::{Setting, said};
use crate::value::Format;

/// The field of a file's content, which a row may name although there is no other. Source: object reference, ContentVersion.
const CONTENT_FIELD: &str = "VersionData";

/// Whether a row attaches a file, whatever else may be wrong with it.
pub(super) fn attaches(row: &Object) -> bool {
    let source = |kind| row.get("source").is_some_and(|source| source.value.get(kind).is_some());
    let names_content = row.get("field").is_some_and(|field| field.value.as_str() == Some(CONTENT_FIELD));
    source("file") || (source("transcript") && names_content)
}

/// The name of the record that the row belongs to, and the row.
pub(super) fn attachment(
    walk: &mut Walk,
    node: &Node,
    row: &Object,
    common: &Format,
) -> (Option<RecordName>, Option<Attachment>) {
    let source = row.require(walk, "source").and_then(|node| source(walk, &node));
    let object = row.require(walk, "object").and_then(|node| record_name(walk, &node));
    let field = row.get("field").map_or(Some(()), |node| field(walk, &node));
    let silenced =
        row.get("silence").map_or(Some(Vec::new()), |node| crate::settings::parse::mapping::silenced(walk, &node));
    let only_for =
        row.get("onlyFor").map_or(Some(Vec::new()), |node| crate::settings::parse::mapping::sobjects(walk, &node, 1));
    let must_be_there = row.get("whenBlank").map_or(Some(false), |node| must_be_there(walk, &node));
    let must_fit = row.get("whenFileFails").map_or(Some(false), |node| must_fit(walk, &node));
    let zone = row.get("timeZone").map_or_else(|| Some(common.zone.clone()), |node| zone(walk, &node).map(Some));
    let fits = without_meaning(walk, row, matches!(source, Some(FileSource::Variable(_))));
    let attachment = || {
        field?;
        fits?;
        Some(Attachment {
            pointer: node.pointer(),
            source: source?,
            only_for: only_for?,
            must_be_there: must_be_there?,
            must_fit: must_fit?,
            zone: zone?,
            silenced: silenced?,
        })
    };
    (object, attachment())
}

/// Only what is written can get files.
pub(super) fn not_in_read(walk: &mut Walk, row: &Object) {
    let Some(source) = row.get("source") else { return };
    walk.note(FindingCode::BadFile, &source, said!(findings_files::not_in_this_mode()));
}

fn source(walk: &mut Walk, node: &Node) -> Option<FileSource> {
    let object = walk.object(node, &crate::settings::parse::mapping::SOURCES)?;
    let (kind, value) = one_source(walk, node, &object)?;
    let variable = variable(walk, &value)?;
    Some(if kind == "file" { FileSource::Variable(variable) } else { FileSource::Transcript(variable) })
}

fn field(walk: &mut Walk, node: &Node) -> Option<()> {
    let names_content = walk.text(node)? == CONTENT_FIELD;
    if !names_content {
        walk.note(FindingCode::BadFile, node, said!(findings_files::fills_no_field()));
    }
    names_content.then_some(())
}

fn must_be_there(walk: &mut Walk, node: &Node) -> Option<bool> {
    match walk.word(node)? {
        WhenBlank::Clear => {
            walk.note(FindingCode::BadFile, node, said!(findings_files::not_taken_away()));
            None
        }
        when_blank => Some(when_blank == WhenBlank::Fail),
    }
}

fn must_fit(walk: &mut Walk, node: &Node) -> Option<bool> {
    walk.one_of(node, keys::FILE_WORDS).map(|word| word == "fail")
}

/// A row without a file can only have the default, which a form may write.
pub(super) fn without_file(walk: &mut Walk, node: &Node) -> Option<()> {
    if must_fit(walk, node)? {
        walk.note(FindingCode::BadFile, node, said!(findings_files::no_file_here()));
        return None;
    }
    Some(())
}

/// What a row can say of a field, and not of a file. A form may write the defaults.
fn without_meaning(walk: &mut Walk, row: &Object, is_file: bool) -> Option<()> {
    let mut fits = Some(());
    for key in keys::meaningless(if is_file { keys::FILE } else { keys::TRANSCRIPT_FILE }) {
        if let Some(node) = row.get(key.name).filter(|node| !key.is_default(node.value)) {
            fits = None;
            if key.validate(walk, &node).is_none() {
                continue;
            }
            walk.note(FindingCode::BadFile, &node, said!(findings_files::no_use_for(Setting(key.name))));
        }
    }
    fits
}
