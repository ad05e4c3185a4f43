//! The body: JSON by construction, written as it is walked through.

use serde_json::Value;

use super::soql;
use crate::base::json::child;
use crate::base::text as json_text;
use crate::record::MAX_VALUES_BYTES;
use crate::report::RecordError;
use crate::request::failure;
use crate::settings::request::{Resource, Site};
use crate::value::variables::GivenError;
use crate::value::{Given, Joint, Part, REFERENCE_MARK, Scalar, Template, Variables};

/// The body with the conversation's values.
///
/// A text that is nothing but one variable becomes its value: a number stays one, and a list. A member or an entry for which
/// the conversation gave nothing is left out, so that a blank answer never empties a field.
pub(super) fn json(body: &Value, resource: Resource, variables: &Variables) -> Result<String, RecordError> {
    let mut writer =
        Writer { resource, variables, out: String::new(), room: MAX_VALUES_BYTES, asked: false, given: false };
    let written = writer.write(body, Place { pointer: "/body", site: Site::Text, top: true })?;
    if !written || (writer.asked && !writer.given) {
        return Err(failure::blank_body());
    }
    Ok(writer.out)
}

struct Writer<'a> {
    resource: Resource,
    variables: &'a Variables,
    out: String,
    /// Bytes that values may still have.
    room: usize,
    /// There is a variable, and one that has a value.
    asked: bool,
    given: bool,
}

#[derive(Clone, Copy)]
struct Place<'a> {
    pointer: &'a str,
    site: Site,
    /// The body itself.
    top: bool,
}

impl Writer<'_> {
    /// Writes the value, unless there is none.
    fn write(&mut self, value: &Value, place: Place) -> Result<bool, RecordError> {
        let begin = self.out.len();
        match value {
            Value::String(text) => return self.text(text, place),
            Value::Array(items) => {
                self.out.push('[');
                for (index, item) in items.iter().enumerate() {
                    let pointer = format!("{}/{index}", place.pointer);
                    let below = Place { pointer: &pointer, site: place.site, top: false };
                    self.entry(begin, "", item, below)?;
                }
                self.out.push(']');
            }
            Value::Object(members) => {
                self.out.push('{');
                for (key, member) in members {
                    let pointer = child(place.pointer, key);
                    let site = self.resource.member(place.site, key, place.top);
                    let below = Place { pointer: &pointer, site, top: false };
                    self.entry(begin, &format!("{}:", quoted(key)), member, below)?;
                }
                self.out.push('}');
            }
            Value::Null | Value::Bool(_) | Value::Number(_) => {
                self.out.push_str(&json_text(value));
            }
        }
        Ok(true)
    }

    /// Writes an entry of what begins at `begin`, and all that stands before it.
    fn entry(&mut self, begin: usize, head: &str, value: &Value, place: Place) -> Result<(), RecordError> {
        let before = self.out.len();
        if before > begin + 1 {
            self.out.push(',');
        }
        self.out.push_str(head);
        if !self.write(value, place)? {
            self.out.truncate(before);
        }
        Ok(())
    }

    fn text(&mut self, text: &str, place: Place) -> Result<bool, RecordError> {
        if place.site == Site::Verbatim {
            self.out.push_str(&quoted(text));
            return Ok(true);
        }
        // It was read before, and is right.
        let Ok(template) = Template::parse_any(text) else { return Err(failure::unsupported(place.pointer, true)) };
        let value = match (template.parts.as_slice(), place.site) {
            _ if !template.has_variables() => {
                let literal = crate::settings::request::literal(&template).unwrap_or_default();
                self.out.push_str(&quoted(literal));
                return Ok(true);
            }
            (_, Site::Fixed) => return Err(failure::unsupported(place.pointer, true)),
            (_, Site::Soql) => Some(Value::String(soql(&template, self.variables, place.pointer)?)),
            ([Part::Variable(name)], _) => self.value(name, place)?,
            _ => match self.variables.render(&template, false, Joint::Prose) {
                Ok(Given::Value(scalar)) => Some(scalar.to_json()),
                Ok(Given::Blank | Given::Absent) => None,
                Err(GivenError::TooMuchText) => return Err(failure::too_much()),
                Err(GivenError::NotAFieldValue(error)) => return Err(failure::no_value(error, place.pointer, true)),
                Err(_) => return Err(failure::unsupported(place.pointer, true)),
            },
        };
        self.asked = true;
        let Some(value) = value else { return Ok(false) };
        self.given = true;
        if self.resource == Resource::Composite && has_new_reference(&template, &value) {
            return Err(failure::reference_mark(place.pointer));
        }
        let written = json_text(&value);
        self.room = self.room.checked_sub(written.len()).ok_or_else(failure::too_much)?;
        self.out.push_str(&written);
        Ok(true)
    }

    /// The value of a variable, as what it is.
    fn value(&self, name: &str, place: Place) -> Result<Option<Value>, RecordError> {
        let scalar = |value: &Value| match value {
            Value::Array(_) => Err(failure::unsupported(place.pointer, true)),
            value => Scalar::from_json(value).map_err(|error| failure::no_value(error, place.pointer, true)),
        };
        match self.variables.json(name) {
            None => Ok(None),
            Some(Value::Array(items)) => {
                let mut list = Vec::new();
                for item in items {
                    list.extend(scalar(item)?.map(|scalar| scalar.to_json()));
                }
                Ok((!list.is_empty()).then_some(Value::Array(list)))
            }
            Some(value) => Ok(scalar(value)?.map(|scalar| scalar.to_json())),
        }
    }
}

/// Whether there are more references than the author wrote.
fn has_new_reference(template: &Template, value: &Value) -> bool {
    let count = |text: &str| text.matches(REFERENCE_MARK).count();
    let written = template.parts.iter().map(|part| match part {
        Part::Text(text) => count(text),
        Part::Variable(_) => 0,
    });
    let rendered = match value {
        Value::String(text) => count(text),
        Value::Array(items) => items.iter().filter_map(Value::as_str).map(count).sum(),
        _ => 0,
    };
    rendered > written.sum()
}

fn quoted(text: &str) -> String {
    serde_json::to_string(text).unwrap_or_default()
}
