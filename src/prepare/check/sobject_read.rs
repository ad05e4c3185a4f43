//! A record that is read against the describe of its SObject: it can be searched for, and what is read of it is there.

use super::field::{not_searchable, unknown_field, unknown_relationship};
use super::{ACCESS, Check};
use crate::base::Finding;
use crate::base::json::child;
use crate::prepare::facts::NAME_FIELDS;
use crate::salesforce::{FieldPath, SObjectName};
use crate::settings::Reading;
use crate::wire::describe::Field;

impl Check<'_> {
    pub(super) fn reading(&mut self, reading: &Reading) {
        if !self.describe.queryable {
            let row = self.record.mappings.first().map(|mapping| child(&mapping.pointer, "object"));
            self.findings.push(Finding::error(
                "not-queryable",
                row.unwrap_or_default(),
                format!("Salesforce cannot search for records of `{}`.", self.record.sobject),
                "Read another object, such as one that links to it.",
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
                    self.findings.push(Finding::error(
                        "unknown-object",
                        place,
                        format!("The org does not show the integration user the object behind `{relationship}`."),
                        format!("Remove the row, {ACCESS}."),
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
            self.findings.push(Finding::error(
                "unsupported-type",
                place,
                format!("`{path}` of `{}` is of the type `{}`, which is no single value.", record.name, details.word),
                "Use its parts instead, such as `MailingStreet` of `MailingAddress`.",
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
        self.findings.push(Finding::error(
            "polymorphic-relationship",
            place,
            format!("Behind `{path}` there are several objects, which do not share this field."),
            format!("Read `{}`, or one of the fields that they share: {}.", lookup.name, names.join(", ")),
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
