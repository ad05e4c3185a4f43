//! What a row's source gives, before it is fitted to its field.

use super::failure;
use crate::report::RecordError;
use crate::salesforce::{FieldFacts, FieldPath, FieldType};
use crate::settings::{Mapping, Overwrite, Source};
use crate::value::variables::GivenError;
use crate::value::{Appending, Given, Joint, Scalar, Variables, WhenTooLong};

/// How the value is added to what an existing record holds. Of a field that is not known to be a text, the values are entries of
/// a list: a line end would be a part of one.
pub(super) fn appending(mapping: &Mapping, facts: Option<&FieldFacts>) -> Option<Appending> {
    let between = match facts.map(|facts| facts.field_type) {
        Some(FieldType::String | FieldType::TextArea) => Appending::LINE,
        _ => Appending::LIST,
    };
    let own = mapping.separator.as_deref().filter(|_| facts.is_none_or(|f| f.field_type != FieldType::MultiPicklist));
    (mapping.overwrite == Overwrite::Append).then(|| Appending {
        separator: own.unwrap_or(between).to_owned(),
        limit: facts.map(FieldFacts::limit).unwrap_or_default(),
        cut: mapping.when_too_long() == WhenTooLong::Cut,
    })
}

/// Between the entries of a list in a template for this field.
pub(super) fn joint(facts: Option<&FieldFacts>) -> Joint {
    match facts.map(|facts| facts.field_type) {
        Some(FieldType::MultiPicklist) => Joint::Values,
        None | Some(FieldType::Unknown) => Joint::AsBeside,
        Some(_) => Joint::Prose,
    }
}

pub(super) fn given(source: &Source, as_key: bool, joint: Joint, variables: &Variables) -> Result<Given, GivenError> {
    Ok(match of_source(source, as_key, joint, variables)? {
        // Copied from an address book, a number brings along marks that nobody sees, and would find no record.
        Given::Value(value) if as_key => value.without_marks().map_or(Given::Blank, Given::Value),
        given => given,
    })
}

fn of_source(source: &Source, as_key: bool, joint: Joint, variables: &Variables) -> Result<Given, GivenError> {
    match source {
        Source::Variable(name) => variables.get(name),
        Source::Template(template) => variables.render(template, as_key, joint),
        Source::Constant(value) => Ok(Scalar::from_json(value)?.map_or(Given::Blank, Given::Value)),
        // A conversation is read where the length of its field is known.
        Source::Record(_) | Source::Transcript(_) => Ok(Given::Absent),
        Source::FirstOf(sources) => {
            let mut best = Given::Absent;
            for source in sources {
                match given(source, as_key, joint, variables)? {
                    Given::Absent => {}
                    Given::Blank => best = Given::Blank,
                    value @ Given::Value(_) => return Ok(value),
                }
            }
            Ok(best)
        }
    }
}

/// What an emptied field holds. A checkbox knows no null, and a field that the org demands no emptiness.
pub(super) fn cleared(field: &FieldPath, facts: Option<&FieldFacts>) -> Result<Option<Scalar>, RecordError> {
    // Of a parent's field the facts are known; what is emptied is the lookup to the parent.
    match facts.filter(|_| field.relationship.is_none()) {
        Some(facts) if facts.field_type == FieldType::Boolean => Ok(Some(Scalar::Boolean(false))),
        Some(facts) if facts.required => Err(failure::blank(field)),
        _ => Ok(None),
    }
}
