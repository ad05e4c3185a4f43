//! A key that several records may well share, and that decides alone: the wrong one of them would be overwritten.

use super::{Concept, Smell};
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode};
use crate::salesforce::{FieldFacts, FieldType, SObjectName};
use crate::settings::{Mapping, RecordSettings, Source};
use crate::texts::said;

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
    let said = match weakness(&record.sobject, mapping, facts) {
        None => return,
        Some(Weakness::Phone) => said!(findings_smells::weak_key_phone(&mapping.field, &record.name)),
        Some(Weakness::Shared) => said!(findings_smells::weak_key_shared(&mapping.field, &record.name)),
    };
    findings.push(Finding::new(FindingCode::WeakKey, child(&mapping.pointer, "useToFindExisting"), said));
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
