//! The body of a request: any JSON, whose texts are templates.

use serde_json::Value;

use super::{fits, misplaced, template};
use crate::base::walk::{Node, Walk};
use crate::settings::request::{Resource, Site};
use crate::value::{Part, REFERENCE_MARK, Template};

pub(super) fn check(walk: &mut Walk, node: &Node, resource: Resource) {
    below(walk, node, resource, Site::Text, true);
}

fn below(walk: &mut Walk, node: &Node, resource: Resource, site: Site, top: bool) {
    if walk.findings.is_full() {
        return;
    }
    match node.value {
        Value::String(text) if site == Site::Verbatim => graphql(walk, node, text),
        Value::String(text) => {
            let Some(template) = template(walk, node, text) else { return };
            if fits(walk, node, site, &template) && resource == Resource::Composite && is_in_reference(&template) {
                misplaced(walk, node);
            }
        }
        Value::Array(_) => {
            for item in walk.list(node).unwrap_or_default() {
                below(walk, &item, resource, site, false);
            }
        }
        Value::Object(_) => {
            let Some(object) = walk.any_object(node) else { return };
            for (key, member) in object.entries() {
                below(walk, &member, resource, resource.member(site, key, top), false);
            }
        }
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Whether a variable stands inside `@{…}`: its value would say which answer is referred to.
fn is_in_reference(template: &Template) -> bool {
    let mut open = false;
    template.parts.iter().any(|part| match part {
        Part::Variable(_) => open,
        Part::Text(text) => {
            if let Some((_, rest)) = text.rsplit_once(REFERENCE_MARK) {
                open = !rest.contains('}');
            } else if text.contains('}') {
                open = false;
            }
            false
        }
    })
}

/// Brackets are GraphQL's own, but not inside its texts.
fn graphql(walk: &mut Walk, node: &Node, text: &str) {
    let (mut quoted, mut escaped) = (false, false);
    for c in text.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' => escaped = quoted,
            '"' => quoted = !quoted,
            '{' if quoted => return misplaced(walk, node),
            _ => {}
        }
    }
}
