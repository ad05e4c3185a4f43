//! The path of a request: below `/services/` of this one host, whatever the conversation gives.

use super::template;
use crate::base::walk::{Node, Walk};
use crate::base::{FindingCode, Said};
use crate::settings::request::{ANONYMOUS_APEX, Resource, literal};
use crate::texts::said;
use crate::value::{Part, Template};
use crate::wire::MAX_URL_BYTES;

/// Tokens are not this mode's business. Source: OAuth endpoints of the identity guide.
const TOKENS: [&str; 2] = ["oauth2", "auth"];
/// The others mean something to a URL, or are the beginning of an escape sequence that would.
const SIGNS: [char; 4] = ['%', '?', '#', '\\'];

/// What stands between the slashes.
pub(super) fn segments(walk: &mut Walk, node: &Node) -> Option<Vec<Template>> {
    let text = walk.text(node)?;
    if text.len() > MAX_URL_BYTES {
        walk.note(FindingCode::BadPath, node, said!(findings_requests::path_too_long(MAX_URL_BYTES)));
        return None;
    }
    let template = template(walk, node, text)?;
    let mut segments = split(&template);
    let begins_with_slash = segments.len() > 1 && segments.remove(0).parts.is_empty();
    match why_not(&segments, begins_with_slash) {
        None => Some(segments),
        Some((code, said)) => {
            walk.note(code, node, said);
            None
        }
    }
}

fn split(template: &Template) -> Vec<Template> {
    let mut segments = Vec::new();
    let mut parts = Vec::new();
    for part in &template.parts {
        let Part::Text(text) = part else {
            parts.push(part.clone());
            continue;
        };
        for (index, piece) in text.split('/').enumerate() {
            if index > 0 {
                segments.push(Template { parts: std::mem::take(&mut parts) });
            }
            if !piece.is_empty() {
                parts.push(Part::Text(piece.to_owned()));
            }
        }
    }
    segments.push(Template { parts });
    segments
}

type Refusal = (FindingCode, Said);

fn why_not(segments: &[Template], begins_with_slash: bool) -> Option<Refusal> {
    let text = |at: usize| segments.get(at).and_then(literal);
    let is = |at: usize, name: &str| text(at).is_some_and(|text| text.eq_ignore_ascii_case(name));
    let texts = segments.iter().flat_map(|segment| &segment.parts).filter_map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        Part::Variable(_) => None,
    });
    if texts.clone().any(|text| text.contains(SIGNS) || text.contains(char::is_control)) {
        return Some((FindingCode::BadPath, said!(findings_requests::path_with_signs())));
    }
    if !begins_with_slash || text(0) != Some("services") || segments.len() < 2 {
        return Some((FindingCode::PathOutside, said!(findings_requests::path_outside())));
    }
    if segments.iter().any(|segment| segment.parts.is_empty() || matches!(literal(segment), Some("." | ".."))) {
        return Some((FindingCode::BadPath, said!(findings_requests::path_with_dots())));
    }
    if TOKENS.iter().any(|name| is(1, name)) {
        return Some((FindingCode::PathOutside, said!(findings_requests::path_to_tokens())));
    }
    if segments.iter().any(|segment| literal(segment).is_some_and(|text| text.eq_ignore_ascii_case(ANONYMOUS_APEX))) {
        return Some((FindingCode::PathOutside, said!(findings_requests::path_to_anonymous_apex())));
    }
    if segments.iter().take(Resource::fixed_segments(segments)).any(|segment| literal(segment).is_none()) {
        return Some((FindingCode::MisplacedVariable, said!(findings_requests::variable_names_resource())));
    }
    None
}
