//! Settings + variables → the request, byte for byte. No I/O: the same input gives the same request.
//!
//! Nothing that is typed becomes structure: in the path a value is a part of one segment, in the query of one parameter, in
//! SOQL of one text, in the body of one value. What cannot be that is refused, and nothing is sent.

mod body;

use super::failure;
use crate::base::json::child;
use crate::report::RecordError;
use crate::settings::request::{ANONYMOUS_APEX, Parameter, RequestSettings, Resource, Site, slots};
use crate::value::{Part, Scalar, Template, Variables};
use crate::wire::soql::escaped;
use crate::wire::{MAX_LITERAL_LENGTH, MAX_URL_BYTES, Request, encode};

/// Between the entries of a list in a parameter, as in `fields=Id,Name`.
const LIST_SEPARATOR: &str = ",";

/// The error names the place and what it takes, never a value: one is blank in the path, is no text, or is too long.
pub fn render(request: &RequestSettings, variables: &Variables) -> Result<Request, RecordError> {
    let mut path = String::new();
    for template in &request.segments {
        path.push('/');
        path.push_str(&encode(&segment(template, variables)?));
        within_url(&path)?;
    }
    let mut separator = '?';
    for parameter in &request.query {
        let Some(value) = crate::request::render::parameter(parameter, variables)? else { continue };
        path.push(std::mem::replace(&mut separator, '&'));
        path.push_str(&encode(&parameter.name));
        path.push('=');
        path.push_str(&encode(&value));
        within_url(&path)?;
    }
    let body = match &request.body {
        Some(body) => body::json(body, Resource::of(&request.segments), variables)?,
        None => String::new(),
    };
    Ok(Request { method: request.method.word(), path, body, ..Request::default() })
}

fn within_url(text: &str) -> Result<(), RecordError> {
    if text.len() <= MAX_URL_BYTES { Ok(()) } else { Err(failure::too_long_url()) }
}

/// What stands between two slashes, before percent-encoding.
///
/// A slash or a full stop would be encoded, but what stands before Salesforce may decode it before it reads the path.
fn segment(template: &Template, variables: &Variables) -> Result<String, RecordError> {
    const PLACE: &str = "/path";
    let mut segment = String::new();
    for part in &template.parts {
        match part {
            Part::Text(text) => segment.push_str(text),
            Part::Variable(name) => {
                let value = single(variables, name, PLACE)?;
                segment.push_str(&value.ok_or_else(|| failure::blank(PLACE, name))?);
                within_url(&segment)?;
            }
        }
    }
    let is_carried = !segment.starts_with('.')
        && !segment.ends_with('.')
        && !segment.contains(|c: char| c == '/' || c == '\\' || c == '%' || c.is_control())
        // Nor does a visitor name what runs code.
        && !segment.eq_ignore_ascii_case(ANONYMOUS_APEX);
    if is_carried || !template.has_variables() { Ok(segment) } else { Err(failure::segment()) }
}

/// The value of a parameter; `None` if the conversation gave nothing for it. It is never sent without a part.
fn parameter(parameter: &Parameter, variables: &Variables) -> Result<Option<String>, RecordError> {
    let place = child("/query", &parameter.name);
    if parameter.site == Site::Soql {
        return soql(&parameter.template, variables, &place).map(Some);
    }
    let (mut text, mut blank, mut filled) = (String::new(), None, false);
    for part in &parameter.template.parts {
        match part {
            Part::Text(literal) => text.push_str(literal),
            Part::Variable(name) => match several(variables, name, &place)? {
                Some(value) => {
                    filled = true;
                    text.push_str(&value);
                    within_url(&text)?;
                }
                None => blank = Some(name),
            },
        }
    }
    match blank {
        Some(_) if !filled => Ok(None),
        Some(name) => Err(failure::blank(&place, name)),
        None => Ok(Some(text)),
    }
}

/// A query whose literals hold the values. A blank one would find the records in which nothing stands.
fn soql(template: &Template, variables: &Variables, place: &str) -> Result<String, RecordError> {
    // It was read before: each variable has its slot.
    let mut slots = slots(template).unwrap_or_default().into_iter();
    let mut text = String::new();
    for part in &template.parts {
        match part {
            Part::Text(literal) => text.push_str(literal),
            Part::Variable(name) => {
                let value = single(variables, name, place)?.ok_or_else(|| failure::blank(place, name))?;
                if value.chars().count() > MAX_LITERAL_LENGTH {
                    return Err(failure::too_long_literal(place));
                }
                let Some(slot) = slots.next() else { return Err(failure::unsupported(place, false)) };
                // Writing to a text cannot fail.
                let _ = escaped(&mut text, &value, slot.like);
            }
        }
    }
    Ok(text)
}

/// A value that is one text; `None` if it is blank.
fn single(variables: &Variables, name: &str, place: &str) -> Result<Option<String>, RecordError> {
    match variables.json(name) {
        Some(value) if value.is_array() => Err(failure::unsupported(place, false)),
        Some(value) => scalar(value, place, false),
        None => Ok(None),
    }
}

/// The same of a list, too.
fn several(variables: &Variables, name: &str, place: &str) -> Result<Option<String>, RecordError> {
    let Some(value) = variables.json(name) else { return Ok(None) };
    let Some(items) = value.as_array() else { return scalar(value, place, true) };
    let mut texts = Vec::new();
    for item in items {
        if item.is_array() {
            return Err(failure::unsupported(place, true));
        }
        texts.extend(scalar(item, place, true)?);
    }
    Ok((!texts.is_empty()).then(|| texts.join(LIST_SEPARATOR)))
}

fn scalar(value: &serde_json::Value, place: &str, lists: bool) -> Result<Option<String>, RecordError> {
    let scalar = Scalar::from_json(value).map_err(|error| failure::no_value(error, place, lists))?;
    Ok(scalar.map(|scalar| scalar.to_text()))
}
