//! The path of a request: below `/services/` of this one host, whatever the conversation gives.

use super::template;
use crate::base::walk::{Node, Walk};
use crate::settings::request::{ANONYMOUS_APEX, Resource, literal};
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
        let message = format!("The path is longer than {MAX_URL_BYTES} bytes.");
        walk.error("bad-path", node, message, "Shorten it: Salesforce refuses a longer one.");
        return None;
    }
    let template = template(walk, node, text)?;
    let mut segments = split(&template);
    let begins_with_slash = segments.len() > 1 && segments.remove(0).parts.is_empty();
    match why_not(&segments, begins_with_slash) {
        None => Some(segments),
        Some((code, message, remedy)) => {
            walk.error(code, node, message, remedy);
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

type Refusal = (&'static str, &'static str, &'static str);

fn why_not(segments: &[Template], begins_with_slash: bool) -> Option<Refusal> {
    const OUTSIDE: &str = "path-outside";
    const WITHIN: &str =
        "Begin with `/services/`, such as `/services/data/v62.0/limits`; the host is `deploymentDomain`.";
    let text = |at: usize| segments.get(at).and_then(literal);
    let is = |at: usize, name: &str| text(at).is_some_and(|text| text.eq_ignore_ascii_case(name));
    let texts = segments.iter().flat_map(|segment| &segment.parts).filter_map(|part| match part {
        Part::Text(text) => Some(text.as_str()),
        Part::Variable(_) => None,
    });
    if texts.clone().any(|text| text.contains(SIGNS) || text.contains(char::is_control)) {
        let remedy = "Write the characters themselves: they are encoded. Parameters have `query`.";
        return Some(("bad-path", "A path has none of `%`, `?`, `#`, `\\` and control characters.", remedy));
    }
    if !begins_with_slash || text(0) != Some("services") || segments.len() < 2 {
        return Some((OUTSIDE, "The path does not begin with `/services/`.", WITHIN));
    }
    if segments.iter().any(|segment| segment.parts.is_empty() || matches!(literal(segment), Some("." | ".."))) {
        return Some((
            "bad-path",
            "A part of the path between two slashes is empty, `.` or `..`.",
            "Write the path that is meant.",
        ));
    }
    if TOKENS.iter().any(|name| is(1, name)) {
        return Some((OUTSIDE, "Log-ins and tokens are not for this mode.", "The interface `oauth` has them."));
    }
    if segments.iter().any(|segment| literal(segment).is_some_and(|text| text.eq_ignore_ascii_case(ANONYMOUS_APEX))) {
        return Some((OUTSIDE, "Anonymous Apex can do anything.", "Write an Apex REST class and call that."));
    }
    if segments.iter().take(Resource::fixed_segments(segments)).any(|segment| literal(segment).is_none()) {
        let message = "A variable stands where its value would name another resource.";
        let remedy = "Write the path out up to the resource: variables come behind `/services/data/v62.0/sobjects/` and the like.";
        return Some(("misplaced-variable", message, remedy));
    }
    None
}
