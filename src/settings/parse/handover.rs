//! The settings of the mode `handover`.

use super::mapping::{silenced, source, variable};
use super::request::store;
use super::{DEFAULT_DEADLINE_SECONDS, MAX_DEADLINE_SECONDS, about, domain, rows, zone};
use crate::base::FindingCode;
use crate::base::walk::{Node, Walk};
use crate::salesforce::{Domain, MAX_NAME_LENGTH, MessagingHost, RecordId};
use crate::settings::check::has_reference;
use crate::settings::handover::{Attribute, HandoverSettings};
use crate::settings::{Mode, Source, WhenBlank, keys};
use crate::texts::said;

/// First characters of an organization's id.
const ORGANIZATION: &str = "00D";

pub(super) fn settings(walk: &mut Walk, root: &Node) -> Option<HandoverSettings> {
    let map =
        walk.object_beside(root, &keys::known_of_document(&[Mode::Handover]), &keys::known_of_document(Mode::ALL))?;
    let [title, description] = about(walk, &map);
    let domain = map.require(walk, "deploymentDomain").and_then(|node| Some((domain(walk, &node)?, node)));
    let host = domain.as_ref().and_then(|(domain, node)| host(walk, node, domain));
    let deadline = map.get("deadlineSeconds").and_then(|node| walk.within(&node, 1..=MAX_DEADLINE_SECONDS));
    let organization = map.require(walk, "organizationId").and_then(|node| organization(walk, &node));
    let deployment = map.require(walk, "deployment").and_then(|node| name(walk, &node));
    let language = map.get("language").map_or(Some("en_US".to_owned()), |node| language(walk, &node));
    let attributes = map.get("mappings").map_or(Some(Vec::new()), |node| attributes(walk, &node));
    let transcript = map.get("transcript").map_or(Some(None), |node| of_variable(walk, &node).map(Some));
    let zone = map.get("timeZone").map_or(Some(None), |node| zone(walk, &node).map(Some));
    let idempotency = map.require(walk, "idempotency");
    let idempotency = idempotency.and_then(|node| of_variable(walk, &node));
    let store = map.get("store").map_or(Some(Vec::new()), |node| store(walk, &node));
    Some(HandoverSettings {
        title,
        description,
        domain: domain?.0,
        host: host?,
        deadline_seconds: deadline.unwrap_or(DEFAULT_DEADLINE_SECONDS),
        organization: organization?,
        deployment: deployment?,
        language: language?,
        attributes: attributes?,
        transcript: transcript?,
        zone: zone?,
        idempotency: idempotency?,
        store: store?,
    })
}

fn host(walk: &mut Walk, node: &Node, domain: &Domain) -> Option<MessagingHost> {
    let host = domain.messaging_host();
    if host.is_none() {
        walk.note(FindingCode::BadDomain, node, said!(findings_handover::no_messaging_host()));
    }
    host
}

fn organization(walk: &mut Walk, node: &Node) -> Option<String> {
    let text = walk.text(node)?;
    let id = RecordId::parse(text).filter(|_| text.starts_with(ORGANIZATION));
    if id.is_none() {
        walk.note(FindingCode::BadName, node, said!(findings_handover::bad_organization()));
    }
    id?.as_str().get(..15).map(ToOwned::to_owned)
}

/// A letter or `_`, then letters, digits and `_`.
fn name(walk: &mut Walk, node: &Node) -> Option<String> {
    let text = walk.text(node)?;
    let is_name = text.starts_with(|c: char| c.is_ascii_alphabetic() || c == '_')
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        && text.len() <= MAX_NAME_LENGTH;
    if !is_name {
        walk.note(FindingCode::BadName, node, said!(findings_handover::bad_name(MAX_NAME_LENGTH)));
        return None;
    }
    Some(text.to_owned())
}

/// `de`, `en_US`. Source: Salesforce help, Supported Languages.
fn language(walk: &mut Walk, node: &Node) -> Option<String> {
    let text = walk.text(node)?;
    let (language, region) = text.split_once('_').unwrap_or((text, "US"));
    let is_language = (2..=3).contains(&language.len())
        && language.bytes().all(|b| b.is_ascii_lowercase())
        && region.len() == 2
        && region.bytes().all(|b| b.is_ascii_uppercase());
    if !is_language {
        walk.note(FindingCode::UnknownValue, node, said!(findings_handover::bad_language()));
        return None;
    }
    Some(text.to_owned())
}

/// `{ "variable": … }`.
fn of_variable(walk: &mut Walk, node: &Node) -> Option<String> {
    let object = walk.object(node, &["variable"])?;
    let node = object.require(walk, "variable")?;
    variable(walk, &node)
}

fn attributes(walk: &mut Walk, node: &Node) -> Option<Vec<Attribute>> {
    let rows = rows(walk, node, || said!(findings_handover::no_rows()))?;
    let mut attributes: Vec<Attribute> = Vec::new();
    let mut whole = true;
    for row in &rows {
        let Some(attribute) = attribute(walk, row) else {
            whole = false;
            continue;
        };
        if attributes.iter().any(|other| other.name == attribute.name) {
            let said = said!(findings_handover::attribute_twice(&attribute.name));
            walk.note(FindingCode::DuplicateField, &row.child("attribute"), said);
        }
        attributes.push(attribute);
    }
    whole.then_some(attributes)
}

fn attribute(walk: &mut Walk, node: &Node) -> Option<Attribute> {
    let row = walk.object(node, &keys::known_of_handover())?;
    let value = row.require(walk, "source");
    let source = value.as_ref().and_then(|node| source(walk, node));
    let is_other = matches!(source, Some(Source::Record(_) | Source::Transcript(_) | Source::FirstOf(_)));
    if let (Some(value), true) = (&value, is_other) {
        walk.note(FindingCode::BadSource, value, said!(findings_handover::bad_source()));
    }
    // As in every other mode: the form has one rule for fixed values.
    if let (Some(value), true) = (&value, source.as_ref().is_some_and(has_reference)) {
        walk.note(FindingCode::ReferenceInValue, value, said!(findings_records::reference_in_value()));
    }
    let name = row.require(walk, "attribute").and_then(|node| name(walk, &node));
    // There is nothing to empty.
    let words: [&str; 2] = [WhenBlank::Skip, WhenBlank::Fail].map(WhenBlank::word);
    let when_blank = row.get("whenBlank").map_or(Some(WhenBlank::Skip.word()), |node| walk.one_of(&node, &words));
    let silenced = row.get("silence").map_or(Some(Vec::new()), |node| silenced(walk, &node));
    Some(Attribute {
        pointer: node.pointer(),
        source: source.filter(|_| !is_other)?,
        name: name?,
        must_be_there: when_blank? == WhenBlank::Fail.word(),
        silenced: silenced?,
    })
}
