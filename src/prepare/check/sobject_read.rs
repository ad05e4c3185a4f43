//! A record that is read against the describe of its SObject: it can be searched for, and what is read of it is there.

use super::Check;
use super::field::{not_searchable, unknown_field, unknown_relationship};
use crate::base::json::child;
use crate::base::{Finding, FindingCode};
use crate::prepare::facts::NAME_FIELDS;
use crate::salesforce::{FieldPath, SObjectName};
use crate::settings::Reading;
use crate::texts::said;
use crate::wire::describe::Field;

impl Check<'_> {
    pub(super) fn reading(&mut self, reading: &Reading) {
        if !self.describe.queryable {
            let row = self.record.mappings.first().map(|mapping| child(&mapping.pointer, "object"));
            self.findings.push(Finding::new(
                FindingCode::NotQueryable,
                row.unwrap_or_default(),
                said!(findings_org::not_queryable(&self.record.sobject)),
            ));
            return;
        }
        for mapping in &self.record.mappings {
            if self.readable(&mapping.field, &mapping.place("field")) == Some(Searchable::No) {
                self.findings.push(not_searchable(mapping));
            }
        }
        for target in &reading.targets {
            self.readable(&target.field, &target.field_at);
        }
    }

    /// Whether the field can be searched by; `None` if it cannot even be read, which is a finding.
    fn readable(&mut self, path: &FieldPath, place: &str) -> Option<Searchable> {
        let (describe, record) = (self.describe, self.record);
        let (owner, field) = match &path.relationship {
            None => (describe, describe.field(&path.field)),
            Some(relationship) => {
                let Some(lookup) = describe.lookup_field(relationship) else {
                    self.findings.push(unknown_relationship(place.to_owned(), describe, relationship, &path.field));
                    return None;
                };
                let Some(parent) = lookup.only_reference() else { return self.of_several(path, lookup, place) };
                let Some(parent) = SObjectName::parse(parent).and_then(|name| self.org.describe(&name)) else {
                    self.findings.push(Finding::new(
                        FindingCode::UnknownObject,
                        place,
                        said!(findings_org::hidden_parent_of_read(relationship)),
                    ));
                    return None;
                };
                (parent, parent.field(&path.field))
            }
        };
        let Some(field) = field else {
            self.findings.push(unknown_field(place.to_owned(), owner, &path.field));
            return None;
        };
        let details = field.details.as_ref()?;
        if details.facts.is_none() {
            self.findings.push(Finding::new(
                FindingCode::UnsupportedType,
                place,
                said!(findings_org::no_single_value(path, &record.name, &details.word)),
            ));
            return None;
        }
        Some(if details.filterable { Searchable::Yes } else { Searchable::No })
    }

    /// Of a parent that may be of several objects, Salesforce gives what all of them have.
    fn of_several(&mut self, path: &FieldPath, lookup: &Field, place: &str) -> Option<Searchable> {
        if NAME_FIELDS.iter().any(|name| name.eq_ignore_ascii_case(path.field.as_str())) {
            return Some(Searchable::Yes);
        }
        let names: Vec<String> = NAME_FIELDS.iter().map(|name| format!("`{name}`")).collect();
        self.findings.push(Finding::new(
            FindingCode::PolymorphicRelationship,
            place,
            said!(findings_org::read_of_several(path, &lookup.name, &names.join(", "))),
        ));
        None
    }
}

/// Whether Salesforce can search by a field.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Searchable {
    Yes,
    No,
}
