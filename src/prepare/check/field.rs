//! One mapping against the describe of its SObject.

use super::super::facts::is_fillable;
use super::Check;
use super::look_in::{Role, only_for_words};
use crate::base::json::child;
use crate::base::{Finding, FindingCode, nearest};
use crate::salesforce::name::suggestion;
use crate::salesforce::{FieldName, SObjectName};
use crate::settings::{Mapping, Overwrite, Source};
use crate::texts::said;
use crate::wire::Describe;
use crate::wire::describe::Field;

impl Check<'_> {
    pub(super) fn mapping(&mut self, mapping: &Mapping) {
        let name = &mapping.field.field;
        if mapping.completes && !is_fillable(self.describe, name) {
            self.findings.push(Finding::new(
                FindingCode::PresetFieldLeftOut,
                mapping.pointer.clone(),
                said!(findings_org::preset_field_left_out(name)),
            ));
            return;
        }
        let Some(relationship) = &mapping.field.relationship else {
            match self.describe.field(name) {
                Some(field) => self.field(mapping, field, field),
                None => self.unknown_field(mapping, self.describe, name),
            }
            return;
        };
        let Some(lookup) = self.describe.lookup_field(relationship) else {
            self.findings.push(unknown_relationship(mapping.place("field"), self.describe, relationship, name));
            return;
        };
        let Some(parent) = lookup.only_reference() else {
            self.findings.push(Finding::new(
                FindingCode::PolymorphicRelationship,
                mapping.place("field"),
                said!(findings_org::parent_of_several(relationship, &lookup.name)),
            ));
            return;
        };
        let parent = SObjectName::parse(parent).and_then(|name| self.org.describe(&name));
        match parent.map(|parent| (parent, parent.field(name))) {
            Some((_, Some(field))) => self.parent_field(mapping, lookup, field),
            Some((parent, None)) => self.unknown_field(mapping, parent, name),
            None => self.findings.push(Finding::new(
                FindingCode::UnknownObject,
                mapping.place("field"),
                said!(findings_org::hidden_parent(relationship, &lookup.name)),
            )),
        }
    }

    fn parent_field(&mut self, mapping: &Mapping, lookup: &Field, field: &Field) {
        if !mapping.only_finds && !field.facts().is_some_and(|facts| facts.external_id || facts.id_lookup) {
            self.findings.push(Finding::new(
                FindingCode::NotAnExternalId,
                mapping.place("field"),
                said!(findings_org::parent_by_no_external_id(&mapping.field)),
            ));
        }
        self.field(mapping, lookup, field);
    }

    /// A link that finds a record goes through the lookup field's relationship, which must lead to one object and have the
    /// name that the field's gives.
    fn link_key(&mut self, mapping: &Mapping, lookup: &Field) {
        let expected = mapping.field.field.relationship_of_lookup_field();
        let has_it = lookup.relationship.as_deref().zip(expected.as_ref());
        let is_it = has_it.is_some_and(|(name, expected)| name.eq_ignore_ascii_case(expected.as_str()));
        if lookup.references().nth(1).is_some() || !is_it {
            self.findings.push(Finding::new(
                FindingCode::BadLink,
                child(&mapping.pointer, "useToFindExisting"),
                said!(findings_keys::link_cannot_be_searched(&mapping.field)),
            ));
        }
    }

    fn unknown_field(&mut self, mapping: &Mapping, describe: &Describe, name: &FieldName) {
        let path = mapping.place("field");
        let elsewhere = match describe.is(&self.record.sobject) {
            true => self.only_elsewhere(path.clone(), name, Role::Mapped),
            false => None,
        };
        self.findings.push(elsewhere.unwrap_or_else(|| unknown_field(path, describe, name)));
    }

    /// `written` is what a write changes, `field` what holds the value: two fields only where a parent is looked up.
    fn field(&mut self, mapping: &Mapping, written: &Field, field: &Field) {
        let (record, path) = (self.record, mapping.place("field"));
        let Some(details) = &field.details else { return };
        if details.facts.is_none() {
            let said = said!(findings_org::unsupported_type(&mapping.field, &details.word));
            self.findings.push(Finding::new(FindingCode::UnsupportedType, path, said));
            return;
        }
        let key_is_kept = record.keeps(mapping);
        let is_written = !mapping.field.is_id() && !mapping.only_finds;
        let updates = record.has_keys() && !key_is_kept && mapping.overwrite != Overwrite::OnCreate;
        if is_written && record.may_create() && !written.createable {
            let said = match (mapping.key, written.updateable) {
                (true, _) => said!(findings_org::key_not_createable(&mapping.field)),
                (_, true) => said!(findings_org::only_updateable(&mapping.field)),
                _ => said!(findings_org::read_only(&mapping.field)),
            };
            self.findings.push(Finding::new(FindingCode::ReadOnlyField, path, said));
        } else if is_written && updates && !written.updateable {
            let said = said!(findings_org::only_createable(&mapping.field));
            self.findings.push(Finding::new(FindingCode::ReadOnlyField, path, said));
        }
        if mapping.key && !details.filterable {
            self.findings.push(not_searchable(mapping));
        }
        if let Source::Record(target) = &mapping.source {
            if mapping.key {
                self.link_key(mapping, written);
            }
            let target = self.settings.records.iter().find(|record| record.name == *target);
            let fits =
                |sobject: &SObjectName| written.references().any(|name| name.eq_ignore_ascii_case(sobject.as_str()));
            let Some(target) = target else { return };
            let only_for = target.among(&mapping.only_for);
            let may_be = if only_for.is_empty() { target.sobjects() } else { &only_for };
            let fitting = only_for_words(may_be.iter().filter(|sobject| fits(sobject)));
            for sobject in may_be.iter().filter(|sobject| !fits(sobject)) {
                let said = match &fitting {
                    Some(only_for) => said!(findings_org::lookup_of_some(&mapping.field, sobject, only_for)),
                    None => said!(findings_org::lookup_of_another(&mapping.field, sobject)),
                };
                let path = child(&child(&mapping.pointer, "source"), "record");
                self.findings.push(Finding::new(FindingCode::BadLink, path, said));
            }
        }
    }
}

pub(super) fn not_searchable(mapping: &Mapping) -> Finding {
    Finding::new(
        FindingCode::BadKey,
        child(&mapping.pointer, "useToFindExisting"),
        said!(findings_org::not_searchable(&mapping.field)),
    )
}

pub(super) fn unknown_relationship(
    path: String,
    describe: &Describe,
    relationship: &FieldName,
    field: &FieldName,
) -> Finding {
    let known = describe.fields.iter().filter_map(|field| field.relationship.as_deref());
    let name = &describe.name;
    let said = match nearest(relationship.as_str(), known) {
        Some(near) => said!(findings_org::misspelt_relationship(relationship, name, near, field)),
        None => said!(findings_org::unknown_relationship(relationship, name)),
    };
    Finding::new(FindingCode::UnknownField, path, said)
}

pub(super) fn unknown_field(path: String, describe: &Describe, name: &FieldName) -> Finding {
    let known: Vec<&str> = describe.fields.iter().map(|field| field.name.as_str()).collect();
    let said = match suggestion(name.as_str(), &known) {
        Some(near) => said!(findings_org::misspelt_field(name, &describe.name, near)),
        None => said!(findings_org::unknown_field(name, &describe.name)),
    };
    Finding::new(FindingCode::UnknownField, path, said)
}
