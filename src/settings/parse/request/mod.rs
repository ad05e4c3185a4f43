//! The settings of the mode `api-request`.

mod body;
mod path;

use super::mapping::{bad_template, variable};
use super::{DEFAULT_DEADLINE_SECONDS, MAX_DEADLINE_SECONDS, about, domain};
use crate::base::FindingCode;
use crate::base::walk::{Node, Object, Walk};
use crate::settings::keys;
use crate::settings::request::{Method, Parameter, Resource, Site, SoqlError, reads, slots};
use crate::settings::{Mode, RequestSettings, Settings, Work};
use crate::texts::said;
use crate::value::Template;

/// Turns a request into one of another method. Source: REST API guide, Update a Record.
const METHOD_OVERRIDE: &str = "_HttpMethod";
/// Most parameters, and most parts of the answer that are kept: more than any resource has.
const MAX_ENTRIES: usize = 100;
/// Longest name of a parameter: twice that of a field, as in `Contact.fields`.
const MAX_NAME_LENGTH: usize = 200;

pub(super) fn settings(walk: &mut Walk, root: &Node) -> Option<Settings> {
    let map =
        walk.object_beside(root, &keys::known_of_document(&[Mode::ApiRequest]), &keys::known_of_document(Mode::ALL))?;
    let [title, description] = about(walk, &map);
    let domain = map.require(walk, "deploymentDomain").and_then(|node| domain(walk, &node));
    let deadline = map.get("deadlineSeconds").and_then(|node| walk.within(&node, 1..=MAX_DEADLINE_SECONDS));
    let method = map.get("method").map_or(Some(Method::Get), |node| method(walk, &node));
    let allowed = map.get("allowWrites").and_then(|node| walk.boolean(&node)).unwrap_or(false);
    let segments = map.require(walk, "path").and_then(|node| path::segments(walk, &node));
    if let Some(method) = method {
        let permitted = allowed || reads(method, segments.as_deref().unwrap_or_default());
        permissions(walk, root, &map, method, permitted);
    }
    // Where the path is wrong, so may be what is said of the rest.
    let resource = segments.as_deref().map_or(Resource::Other, Resource::of);
    let query = map.get("query").map_or(Some(Vec::new()), |node| query(walk, &node, resource));
    if let Some(node) = map.get("body") {
        body::check(walk, &node, resource);
    }
    let store = map.get("store").map_or(Some(Vec::new()), |node| store(walk, &node));
    let request = RequestSettings {
        method: method?,
        path: map.get("path")?.value.as_str()?.to_owned(),
        segments: segments?,
        query: query?,
        body: map.get("body").map(|node| node.value.clone()),
        store: store?,
    };
    Some(Settings {
        title,
        description,
        domain: domain?,
        deadline_seconds: deadline.unwrap_or(DEFAULT_DEADLINE_SECONDS),
        work: Work::Request(request),
    })
}

fn method(walk: &mut Walk, node: &Node) -> Option<Method> {
    let word = walk.one_of(node, &Method::WORDS.map(|(word, _)| word))?;
    Method::WORDS.iter().find(|(known, _)| *known == word).map(|(_, method)| *method)
}

/// What may write is asked for twice.
fn permissions(walk: &mut Walk, root: &Node, map: &Object, method: Method, permitted: bool) {
    if !permitted {
        walk.note(
            FindingCode::WritesNotAllowed,
            &root.child("method"),
            said!(findings_requests::writes_not_allowed(method.word())),
        );
    }
    if let (Some(body), false) = (map.get("body"), method.takes_body()) {
        walk.note(FindingCode::BodyNotAllowed, &body, said!(findings_requests::body_not_allowed(method.word())));
    }
}

fn query(walk: &mut Walk, node: &Node, resource: Resource) -> Option<Vec<Parameter>> {
    let mut query = Vec::new();
    for (name, node) in few(walk, node)?.entries() {
        let site = resource.parameter(name);
        let Some(template) = walk.text(&node).and_then(|text| template(walk, &node, text)) else { continue };
        if name.eq_ignore_ascii_case(METHOD_OVERRIDE) {
            walk.note(FindingCode::BadParameter, &node, said!(findings_requests::method_override()));
        } else if name.is_empty() || name.len() > MAX_NAME_LENGTH || name.chars().any(char::is_control) {
            walk.note(FindingCode::BadParameter, &node, said!(findings_requests::bad_parameter()));
        } else if fits(walk, &node, site, &template) {
            query.push(Parameter { name: name.to_owned(), site, template });
        }
    }
    Some(query)
}

fn template(walk: &mut Walk, node: &Node, text: &str) -> Option<Template> {
    Template::parse_any(text).map_err(|error| walk.note(FindingCode::BadTemplate, node, bad_template(error))).ok()
}

/// Whether every variable stands where a value can be written.
fn fits(walk: &mut Walk, node: &Node, site: Site, template: &Template) -> bool {
    match site {
        Site::Text | Site::Verbatim => true,
        Site::Fixed if template.has_variables() => {
            misplaced(walk, node);
            false
        }
        Site::Fixed => true,
        Site::Soql => slots(template).map_err(|error| not_in_query(walk, node, error)).is_ok(),
    }
}

fn misplaced(walk: &mut Walk, node: &Node) {
    walk.note(FindingCode::MisplacedVariable, node, said!(findings_requests::misplaced_variable()));
}

fn not_in_query(walk: &mut Walk, node: &Node, error: SoqlError) {
    let (code, said) = match error {
        SoqlError::Unquoted => (FindingCode::UnquotedVariable, said!(findings_requests::variable_outside_quotes())),
        SoqlError::InEscape => (FindingCode::UnquotedVariable, said!(findings_requests::variable_in_escape())),
        SoqlError::BadEscape => (FindingCode::BadQuery, said!(findings_requests::bad_escape())),
        SoqlError::OpenQuote => (FindingCode::BadQuery, said!(findings_requests::open_quote())),
    };
    walk.note(code, node, said);
}

/// Where each part of the answer goes.
pub(in crate::settings::parse) fn store(walk: &mut Walk, node: &Node) -> Option<Vec<(String, String)>> {
    let mut store: Vec<(String, String)> = Vec::new();
    for (pointer, node) in few(walk, node)?.entries() {
        let Some(variable) = variable(walk, &node) else { continue };
        if !is_pointer(pointer) {
            walk.note(FindingCode::BadPointer, &node, said!(findings_requests::bad_pointer()));
        } else if store.iter().any(|(_, other)| *other == variable) {
            walk.note(FindingCode::DuplicateVariable, &node, said!(findings_requests::stored_in_one_variable()));
        } else if let Some((other, _)) = store.iter().find(|(other, _)| holds(other, pointer)) {
            walk.note(FindingCode::OverlappingPointers, &node, said!(findings_requests::overlapping(other)));
        } else {
            store.push((pointer.to_owned(), variable));
        }
    }
    Some(store)
}

/// An object with no more entries than make sense.
fn few<'a>(walk: &mut Walk, node: &'a Node<'a>) -> Option<Object<'a>> {
    let object = walk.any_object(node)?;
    if object.entries().count() <= MAX_ENTRIES {
        return Some(object);
    }
    walk.note(FindingCode::TooManyEntries, node, said!(findings_requests::too_many_entries(MAX_ENTRIES)));
    None
}

/// RFC 6901.
fn is_pointer(text: &str) -> bool {
    let mut escapes = text.split('~').skip(1);
    (text.is_empty() || text.starts_with('/')) && escapes.all(|rest| rest.starts_with(['0', '1']))
}

/// Keys come in order, so that what holds others comes first.
fn holds(pointer: &str, other: &str) -> bool {
    other.strip_prefix(pointer).is_some_and(|rest| rest.starts_with('/'))
}
