//! A key that several records may well share, and that decides alone: the wrong one of them would be overwritten.

use super::{Concept, Smell};
use crate::base::Finding;
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::salesforce::{FieldFacts, FieldType, SObjectName};
use crate::settings::{Mapping, RecordSettings, Source};

/// Standard fields that many records have the same value in, beside those that a [`Concept`] tells.
const SHARED: [&str; 10] = [
    "Title",
    "PersonTitle",
    "Birthdate",
    "PersonBirthdate",
    "Department",
    "PersonDepartment",
    "Salutation",
    "Industry",
    "LeadSource",
    "Website",
];
/// Objects whose `Name` is that of a person or a company, and no number.
const NAMED: [&str; 4] = ["Account", "Contact", "Lead", "User"];

/// Why a key is weak.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Weakness {
    /// One number has many spellings, and is often shared.
    Phone,
    Shared,
}

pub(super) fn weak_key(
    record: &RecordSettings,
    mapping: &Mapping,
    facts: Option<&FieldFacts>,
    findings: &mut Findings,
) {
    let given = |mapping: &Mapping| !matches!(mapping.source, Source::Constant(_) | Source::Record(_));
    let alone = |keys: &Vec<&Mapping>| {
        let mut given = keys.iter().filter(|key| !key.is_constant());
        given.next().is_some_and(|key| key.field == mapping.field) && given.next().is_none()
    };
    let decides_alone = record.alternatives().iter().any(alone);
    if !decides_alone || !given(mapping) || !mapping.smells(Smell::WeakKey) {
        return;
    }
    let name = &mapping.field;
    let message = match weakness(&record.sobject, mapping, facts) {
        None => return,
        Some(Weakness::Phone) => format!(
            "`{name}` alone decides which `{}` is meant. A number is found only in the spelling in which it is stored, and people \
             may share it.",
            record.name
        ),
        Some(Weakness::Shared) => format!(
            "`{name}` alone decides which `{}` is meant. Several records may hold the same value, and the wrong one would be overwritten.",
            record.name
        ),
    };
    findings.push(Finding::warning(
        Smell::WeakKey.code(),
        child(&mapping.pointer, "useToFindExisting"),
        message,
        "Use a value that only one record has, such as an e-mail address or a unique external id, as the key instead, or as a \
         second key with `matchKeys` \"all\"; if this key is meant, add \"silence\": [\"weak-key\"].",
    ));
}

fn weakness(sobject: &SObjectName, mapping: &Mapping, facts: Option<&FieldFacts>) -> Option<Weakness> {
    if facts.is_some_and(|facts| facts.unique || facts.external_id) {
        return None;
    }
    if facts.is_some_and(|facts| facts.field_type == FieldType::Phone) {
        return Some(Weakness::Phone);
    }
    let field = mapping.field.field.as_str();
    let is = |names: &[&str], name: &str| names.iter().any(|known| known.eq_ignore_ascii_case(name));
    match Concept::of(field) {
        Some(Concept::Phone) => return Some(Weakness::Phone),
        Some(Concept::Email) => return None,
        Some(_) => return Some(Weakness::Shared),
        None => {}
    }
    let is_name = field.eq_ignore_ascii_case("Name");
    // The name of a parent finds all that belong to it.
    let is_shared_name = is_name && (mapping.field.relationship.is_some() || is(&NAMED, sobject.as_str()));
    (is_shared_name || is(&SHARED, field) || Concept::is_part_of_address(field)).then_some(Weakness::Shared)
}
