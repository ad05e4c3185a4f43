//! One mapping against the describe of its SObject.

use super::super::facts::is_fillable;
use super::look_in::only_for_words;
use super::{ACCESS, Check};
use crate::base::json::child;
use crate::base::{Finding, nearest};
use crate::salesforce::name::suggestion;
use crate::salesforce::{FieldName, SObjectName};
use crate::settings::{Mapping, Overwrite, Source};
use crate::wire::Describe;
use crate::wire::describe::Field;

impl Check<'_> {
    pub(super) fn mapping(&mut self, mapping: &Mapping) {
        let name = &mapping.field.field;
        if mapping.completes && !is_fillable(self.describe, name) {
            self.findings.push(Finding::info(
                "preset-field-left-out",
                mapping.pointer.clone(),
                format!("The integration user may not fill `{name}`, so the preset leaves it out."),
                "Nothing, if the field can be missing; otherwise let an administrator give access to it.",
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
            self.findings.push(Finding::error(
                "polymorphic-relationship",
                mapping.place("field"),
                format!(
                    "Behind `{relationship}` there are several objects, so that an external id does not say which."
                ),
                format!("Map an id to `{}` instead.", lookup.name),
            ));
            return;
        };
        let parent = SObjectName::parse(parent).and_then(|name| self.org.describe(&name));
        match parent.map(|parent| (parent, parent.field(name))) {
            Some((_, Some(field))) => self.parent_field(mapping, lookup, field),
            Some((parent, None)) => self.unknown_field(mapping, parent, name),
            None => self.findings.push(Finding::error(
                "unknown-object",
                mapping.place("field"),
                format!("The org does not show the integration user the object behind `{relationship}`."),
                format!("Map an id to `{}` instead, {ACCESS}.", lookup.name),
            )),
        }
    }

    fn parent_field(&mut self, mapping: &Mapping, lookup: &Field, field: &Field) {
        if !mapping.only_finds && !field.facts().is_some_and(|facts| facts.external_id || facts.id_lookup) {
            self.findings.push(Finding::error(
                "not-an-external-id",
                mapping.place("field"),
                format!("A parent is found by an external id, and `{}` is none.", mapping.field),
                "Use a field that Setup marks as External ID.",
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
            self.findings.push(Finding::error(
                "bad-link",
                child(&mapping.pointer, "useToFindExisting"),
                format!("The relationship of `{}` leads to several objects, or has another name, so no search goes through it.", mapping.field),
                "Remove `useToFindExisting` from the link, or use another lookup field.",
            ));
        }
    }

    fn unknown_field(&mut self, mapping: &Mapping, describe: &Describe, name: &FieldName) {
        let path = mapping.place("field");
        let elsewhere = match describe.is(&self.record.sobject) {
            true => self.only_elsewhere(path.clone(), name, "Set `onlyFor` to {} on this row."),
            false => None,
        };
        self.findings.push(elsewhere.unwrap_or_else(|| unknown_field(path, describe, name)));
    }

    /// `written` is what a write changes, `field` what holds the value: two fields only where a parent is looked up.
    fn field(&mut self, mapping: &Mapping, written: &Field, field: &Field) {
        let (record, path) = (self.record, mapping.place("field"));
        let Some(details) = &field.details else { return };
        if details.facts.is_none() {
            let message = format!("`{}` is of the type `{}`, which no chat value fills.", mapping.field, details.word);
            let remedy = "Map its parts instead, such as `MailingStreet` of `MailingAddress`.";
            self.findings.push(Finding::error("unsupported-type", path, message, remedy));
            return;
        }
        let key_is_kept = record.keeps(mapping);
        let is_written = !mapping.field.is_id() && !mapping.only_finds;
        let updates = record.has_keys() && !key_is_kept && mapping.overwrite != Overwrite::OnCreate;
        if is_written && record.may_create() && !written.createable {
            let remedy = match (mapping.key, written.updateable) {
                (true, _) => "Set `onlyUpdateExisting`, or find the record by another field.",
                (_, true) => "Set `onlyUpdateExisting`, or remove the row.",
                _ => "Remove the row, or let an administrator give the integration user write access to the field.",
            };
            let message = format!("`{}` cannot be set on a new record.", mapping.field);
            self.findings.push(Finding::error("read-only-field", path, message, remedy));
        } else if is_written && updates && !written.updateable {
            let message = format!("`{}` cannot be changed on an existing record.", mapping.field);
            let remedy = "Set `overwrite` to \"on-create\", or remove the row.";
            self.findings.push(Finding::error("read-only-field", path, message, remedy));
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
                let remedy = match &fitting {
                    Some(only_for) => format!("Set `onlyFor` to {only_for}, and the field is left alone for others."),
                    None => format!("Use a lookup field to `{sobject}`."),
                };
                self.findings.push(Finding::error(
                    "bad-link",
                    child(&child(&mapping.pointer, "source"), "record"),
                    format!("`{}` does not take the id of `{sobject}`.", mapping.field),
                    remedy,
                ));
            }
        }
    }
}

pub(super) fn not_searchable(mapping: &Mapping) -> Finding {
    Finding::error(
        "bad-key",
        child(&mapping.pointer, "useToFindExisting"),
        format!("Salesforce cannot search by `{}`, a long text or an encrypted field.", mapping.field),
        "Use another field to find the record.",
    )
}

pub(super) fn unknown_relationship(
    path: String,
    describe: &Describe,
    relationship: &FieldName,
    field: &FieldName,
) -> Finding {
    let known = describe.fields.iter().filter_map(|field| field.relationship.as_deref());
    let remedy = match nearest(relationship.as_str(), known) {
        Some(name) => format!("Did you mean `{name}.{field}`?"),
        None => format!("Use the relationship's name, such as `Account` or `Parent__r`, {ACCESS}."),
    };
    let message = format!("`{}` has no relationship `{relationship}`.", describe.name);
    Finding::error("unknown-field", path, message, remedy)
}

pub(super) fn unknown_field(path: String, describe: &Describe, name: &FieldName) -> Finding {
    let known: Vec<&str> = describe.fields.iter().map(|field| field.name.as_str()).collect();
    let remedy = match suggestion(name.as_str(), &known) {
        Some(name) => format!("Did you mean `{name}`? Otherwise correct the name, {ACCESS}."),
        None => format!("Use the API name as Setup shows it, {ACCESS}."),
    };
    Finding::error(
        "unknown-field",
        path,
        format!("The org shows the integration user no field `{name}` of `{}`.", describe.name),
        remedy,
    )
}
