//! Settings that are well formed and probably not what the author meant, told from names alone.
//!
//! A smell never keeps the module from running, and a mapping can silence it: names only hint at what a variable holds.

mod concept;
mod weak;

use std::rc::Rc;

use super::{Mapping, MatchKeys, RecordSettings, Source, WhenBlank};
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode, Severity};
use crate::salesforce::facts::OrgSchema;
use crate::texts::said;
use crate::value::Part;
pub(crate) use concept::Concept;

/// What may be wrong with a mapping.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Smell {
    /// `LastName` ← `customer_firstname`.
    MismatchedSource,
    /// A key that the visitor may leave out.
    KeyMayBeBlank,
    /// One variable in two fields that should differ.
    LookAlikeFields,
    /// A new chat would attach itself to an old Case.
    CaseKey,
    /// Several people may have the same.
    WeakKey,
    /// `Country` where the org has a list of countries, which `prepare` finds.
    StateOrCountryText,
    /// The flow has no such variable, as the host says.
    UnknownVariable,
    /// A run did not get it.
    AbsentVariable,
}

impl Smell {
    pub(crate) const ALL: [Self; 8] = [
        Self::MismatchedSource,
        Self::KeyMayBeBlank,
        Self::LookAlikeFields,
        Self::CaseKey,
        Self::WeakKey,
        Self::StateOrCountryText,
        Self::UnknownVariable,
        Self::AbsentVariable,
    ];

    /// The code of its finding, whose word silences it.
    pub(crate) const fn code(self) -> FindingCode {
        match self {
            Self::MismatchedSource => FindingCode::MismatchedSource,
            Self::KeyMayBeBlank => FindingCode::KeyMayBeBlank,
            Self::LookAlikeFields => FindingCode::LookAlikeFields,
            Self::CaseKey => FindingCode::CaseKey,
            Self::WeakKey => FindingCode::WeakKey,
            Self::StateOrCountryText => FindingCode::StateOrCountryText,
            Self::UnknownVariable => FindingCode::UnknownVariable,
            Self::AbsentVariable => FindingCode::AbsentVariable,
        }
    }
}

/// Adds what smells about a record.
pub(crate) fn smells(record: &RecordSettings, schema: Option<&OrgSchema>, findings: &mut Findings) {
    let facts = |mapping: &Mapping| schema?.field(&record.sobject, &mapping.field);
    let is_unique = |mapping| facts(mapping).is_some_and(|facts| facts.unique);
    for (index, mapping) in record.mappings.iter().enumerate() {
        let earlier = record.mappings.get(..index).unwrap_or_default();
        mismatched_source(mapping, findings);
        if mapping.key {
            key_may_be_blank(record, mapping, findings);
        }
        // One number may well be looked for in two fields, and a read changes no Case.
        if record.reads() {
            continue;
        }
        look_alike_fields(mapping, earlier, findings);
        if mapping.key {
            case_key(record, mapping, is_unique(mapping), findings);
            weak::weak_key(record, mapping, facts(mapping), findings);
        }
    }
}

impl Mapping {
    pub(crate) fn smells(&self, smell: Smell) -> bool {
        !self.silenced.contains(&smell)
    }

    /// The one variable that a value comes from.
    fn only_variable(&self) -> Option<&str> {
        match &self.source {
            Source::Variable(name) => Some(name),
            Source::Template(template) => {
                let mut variables = template.parts.iter().filter_map(|part| match part {
                    Part::Variable(name) => Some(name.as_str()),
                    Part::Text(_) => None,
                });
                variables.next().filter(|_| variables.next().is_none())
            }
            _ => None,
        }
    }
}

fn mismatched_source(mapping: &Mapping, findings: &mut Findings) {
    let (Some(variable), true) = (mapping.only_variable(), mapping.smells(Smell::MismatchedSource)) else { return };
    let (Some(from), Some(to)) = (Concept::of(variable), Concept::of(mapping.field.field.as_str())) else { return };
    if from != to {
        findings.push(Finding::new(
            FindingCode::MismatchedSource,
            child(&mapping.pointer, "source"),
            said!(findings_smells::mismatched_source(&mapping.field, to.words(), from.words())),
        ));
    }
}

fn look_alike_fields(mapping: &Mapping, earlier: &[Rc<Mapping>], findings: &mut Findings) {
    let (Some(variable), true) = (mapping.only_variable(), mapping.smells(Smell::LookAlikeFields)) else { return };
    let concept = Concept::of(mapping.field.field.as_str()).map(Concept::family);
    let twin = earlier.iter().find(|other| {
        other.only_variable() == Some(variable)
            && concept.is_some()
            && Concept::of(other.field.field.as_str()).map(Concept::family) == concept
    });
    if let Some(twin) = twin {
        findings.push(Finding::new(
            FindingCode::LookAlikeFields,
            child(&mapping.pointer, "source"),
            said!(findings_smells::look_alike_fields(&twin.field, &mapping.field)),
        ));
    }
}

fn key_may_be_blank(record: &RecordSettings, mapping: &Mapping, findings: &mut Findings) {
    let several = record.keys().filter(|key| !matches!(key.source, Source::Constant(_))).count() > 1;
    let from_flow = !matches!(mapping.source, Source::Constant(_) | Source::Record(_));
    let silent = !mapping.smells(Smell::KeyMayBeBlank);
    let path = || child(&mapping.pointer, "whenBlank");
    if mapping.when_blank == WhenBlank::Fail || !from_flow || silent {
        return;
    }
    let in_each_group = matches!(record.match_keys, MatchKeys::Groups(_)) && record.keeps(mapping);
    if !several || in_each_group {
        let said = match record.reads() {
            true => said!(findings_smells::only_key_of_read_may_be_blank(&mapping.field, &record.name)),
            false => said!(findings_smells::only_key_may_be_blank(&mapping.field, &record.name)),
        };
        findings.push(Finding::new(FindingCode::KeyMayBeBlank, path(), said).only(Severity::Info));
    } else if record.match_keys == MatchKeys::All {
        findings.push(Finding::new(
            FindingCode::KeyMayBeBlank,
            path(),
            said!(findings_smells::key_may_be_blank(&mapping.field, &record.name)),
        ));
    }
}

fn case_key(record: &RecordSettings, mapping: &Mapping, is_unique: bool, findings: &mut Findings) {
    // The id of a Case, and a field that no two Cases share, name the one Case that is meant.
    let meant = mapping.field.is_id() || is_unique || matches!(mapping.source, Source::Constant(_));
    if record.sobject.is_case() && !meant && mapping.smells(Smell::CaseKey) {
        findings.push(Finding::new(
            FindingCode::CaseKey,
            child(&mapping.pointer, "useToFindExisting"),
            said!(findings_smells::case_key(&mapping.field)),
        ));
    }
}
