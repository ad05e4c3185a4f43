//! What settings get wrong about the org, as its integration user sees it.

use super::{Org, Rule, object_path};
use crate::document::child;
use crate::finding::{Finding, Findings};
use crate::name::{FieldName, RecordId, SObjectName};
use crate::rest::describe::{Describe, Field};
use crate::settings::{
    AssignmentRule, FieldType, Mapping, MatchKeys, Overwrite, RecordSettings, Settings, Source, nearest,
};

/// Field-level security hides a field as if it did not exist. Source: SOAP API guide, describeSObjects().
const ACCESS: &str = "or let an administrator give the integration user access to it";

pub fn check(settings: &Settings, org: &Org) -> Vec<Finding> {
    let mut findings = Findings::default();
    for record in &settings.records {
        match org.describe(&record.sobject) {
            Some(describe) => Check { settings, org, record, describe, findings: &mut findings }.record(),
            None => findings.push(unknown_object(record, org)),
        }
    }
    findings.into_vec()
}

fn unknown_object(record: &RecordSettings, org: &Org) -> Finding {
    let names = org.all_objects.iter().flatten().map(String::as_str);
    let remedy = match nearest(record.sobject.as_str(), names) {
        Some(name) => format!("Did you mean `{name}`? Otherwise correct the name, {ACCESS}."),
        None => format!("Use the API name as Setup shows it, {ACCESS}."),
    };
    let pointer = record.mappings.first().map(|mapping| mapping.pointer.as_str()).unwrap_or_default();
    Finding::error(
        "unknown-object",
        child(pointer, "object"),
        format!("The org shows the integration user no object `{}`.", record.sobject),
        remedy,
    )
}

/// One record against the describe of its SObject.
struct Check<'a> {
    settings: &'a Settings,
    org: &'a Org,
    record: &'a RecordSettings,
    describe: &'a Describe,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn record(&mut self) {
        self.object();
        for mapping in &self.record.mappings {
            self.mapping(mapping);
        }
        self.demanded_fields();
        self.stored_fields();
        self.record_type();
        self.assignment_rule();
    }

    fn object(&mut self) {
        let record = self.record;
        let pointer = record.mappings.first().map(|mapping| child(&mapping.pointer, "object")).unwrap_or_default();
        for (needed, flag, verb) in
            [(record.may_create(), "createable", "create"), (record.has_keys(), "updateable", "update")]
        {
            if needed && !self.describe.flag(flag) {
                self.findings.push(Finding::error(
                    "no-permission",
                    pointer.clone(),
                    format!("The integration user may not {verb} `{}`.", record.sobject),
                    "Let an administrator give the permission in the user's profile or a permission set.",
                ));
            }
        }
        let has_people = FieldName::parse("IsPersonAccount").and_then(|field| self.describe.field(&field)).is_some();
        if has_people && record.sobject.as_str().eq_ignore_ascii_case("Contact") {
            self.findings.push(Finding::warning(
                "person-accounts",
                pointer,
                "In this org a person can be an Account (Person Account), whose Contact cannot be written by itself.",
                "Map private customers to Account, with `PersonEmail` as the key; keep Contact for people of companies.",
            ));
        }
    }

    fn mapping(&mut self, mapping: &Mapping) {
        let name = &mapping.field.field;
        let Some(relationship) = &mapping.field.relationship else {
            match self.describe.field(name) {
                Some(field) => self.field(mapping, field, field),
                None => self.unknown_field(mapping, self.describe, name),
            }
            return;
        };
        let Some(lookup) = self.describe.lookup_field(relationship) else {
            let known = self.describe.fields().filter_map(Field::relationship);
            let remedy = match nearest(relationship.as_str(), known) {
                Some(name) => format!("Did you mean `{name}.{}`?", mapping.field.field),
                None => format!("Use the relationship's name, such as `Account` or `Parent__r`, {ACCESS}."),
            };
            let message = format!("`{}` has no relationship `{relationship}`.", self.record.sobject);
            self.findings.push(Finding::error("unknown-field", child(&mapping.pointer, "field"), message, remedy));
            return;
        };
        let mut parents = lookup.references();
        let (Some(parent), None) = (parents.next(), parents.next()) else {
            self.findings.push(Finding::error(
                "polymorphic-relationship",
                child(&mapping.pointer, "field"),
                format!(
                    "Behind `{relationship}` there are several objects, so that an external id does not say which."
                ),
                format!("Map an id to `{}` instead.", lookup.name()),
            ));
            return;
        };
        let parent = SObjectName::parse(parent).and_then(|name| self.org.describe(&name));
        match parent.map(|parent| (parent, parent.field(name))) {
            Some((_, Some(field))) => self.parent_field(mapping, lookup, field),
            Some((parent, None)) => self.unknown_field(mapping, parent, name),
            None => self.findings.push(Finding::error(
                "unknown-object",
                child(&mapping.pointer, "field"),
                format!("The org does not show the integration user the object behind `{relationship}`."),
                format!("Map an id to `{}` instead, {ACCESS}.", lookup.name()),
            )),
        }
    }

    fn parent_field(&mut self, mapping: &Mapping, lookup: Field, field: Field) {
        if !field.flag("externalId") && !field.flag("idLookup") {
            self.findings.push(Finding::error(
                "not-an-external-id",
                child(&mapping.pointer, "field"),
                format!("A parent is found by an external id, and `{}` is none.", mapping.field),
                "Use a field that Setup marks as External ID.",
            ));
        }
        self.field(mapping, lookup, field);
    }

    fn unknown_field(&mut self, mapping: &Mapping, describe: &Describe, name: &FieldName) {
        self.findings.push(unknown_field(child(&mapping.pointer, "field"), describe, name));
    }

    /// `written` is what a write changes, `field` what holds the value: two fields only where a parent is looked up.
    fn field(&mut self, mapping: &Mapping, written: Field, field: Field) {
        let (record, path) = (self.record, child(&mapping.pointer, "field"));
        if FieldType::of_describe(field.word()).is_none() {
            let message = format!("`{}` is of the type `{}`, which no chat value fills.", mapping.field, field.word());
            let remedy = "Map its parts instead, such as `MailingStreet` of `MailingAddress`.";
            self.findings.push(Finding::error("unsupported-type", path, message, remedy));
            return;
        }
        let key_is_kept = mapping.key && record.match_keys == MatchKeys::All;
        let updates = record.has_keys() && !key_is_kept && mapping.overwrite != Overwrite::OnCreate;
        if !mapping.field.is_id() && record.may_create() && !written.flag("createable") {
            let remedy = match (mapping.key, written.flag("updateable")) {
                (true, _) => "Set `onlyUpdateExisting`, or find the record by another field.",
                (_, true) => "Set `onlyUpdateExisting`, or remove the row.",
                _ => "Remove the row, or let an administrator give the integration user write access to the field.",
            };
            let message = format!("`{}` cannot be set on a new record.", mapping.field);
            self.findings.push(Finding::error("read-only-field", path, message, remedy));
        } else if !mapping.field.is_id() && updates && !written.flag("updateable") {
            let message = format!("`{}` cannot be changed on an existing record.", mapping.field);
            let remedy = "Set `overwrite` to \"on-create\", or remove the row.";
            self.findings.push(Finding::error("read-only-field", path, message, remedy));
        }
        if mapping.key && !field.flag("filterable") {
            self.findings.push(Finding::error(
                "bad-key",
                child(&mapping.pointer, "useToFindExisting"),
                format!("Salesforce cannot search by `{}`, a long text or an encrypted field.", mapping.field),
                "Use another field to find the record.",
            ));
        }
        if let Source::Record(target) = &mapping.source {
            let target = self.settings.records.iter().find(|record| record.name == *target);
            let fits =
                |sobject: &SObjectName| written.references().any(|name| name.eq_ignore_ascii_case(sobject.as_str()));
            if let Some(target) = target.filter(|target| !fits(&target.sobject)) {
                self.findings.push(Finding::error(
                    "bad-link",
                    child(&child(&mapping.pointer, "source"), "record"),
                    format!("`{}` does not take the id of `{}`.", mapping.field, target.sobject),
                    format!("Use a lookup field to `{}`.", target.sobject),
                ));
            }
        }
    }

    /// What the org demands of a new record. Layouts may demand more of people, not of us.
    fn demanded_fields(&mut self) {
        let record = self.record;
        let maps = |field: &Field| {
            let written = |mapping: &Mapping| mapping.field.written_field();
            record.mappings.iter().any(|m| written(m).as_str().eq_ignore_ascii_case(field.name()))
        };
        if !record.may_create() {
            return;
        }
        for field in self.describe.fields().filter(|field| field.is_demanded() && !maps(field)) {
            self.findings.push(Finding::error(
                "required-field",
                record.mappings.first().map(|mapping| child(&mapping.pointer, "object")).unwrap_or_default(),
                format!(
                    "The org demands `{}` of every new `{}`, and no mapping gives it.",
                    field.name(),
                    record.sobject
                ),
                "Add a row for it, or set `onlyUpdateExisting`.",
            ));
        }
    }

    fn stored_fields(&mut self) {
        for field in self.record.read_back().filter(|field| self.describe.field(field).is_none()) {
            let path = child(&object_path(self.record, "store"), field.as_str());
            self.findings.push(unknown_field(path, self.describe, field));
        }
    }

    fn record_type(&mut self) {
        let Some(wanted) = &self.record.record_type else { return };
        let mut types = self.describe.record_types();
        let names = || self.describe.record_types().map(|(name, ..)| name);
        let (code, message, remedy) = match types.find(|(name, ..)| name.eq_ignore_ascii_case(wanted)) {
            Some((_, _, true)) => return,
            Some(_) => (
                "no-permission",
                format!("The integration user may not use the record type `{wanted}`."),
                "Let an administrator assign it in the user's profile or a permission set.".to_owned(),
            ),
            None => (
                "unknown-record-type",
                format!("`{}` has no record type `{wanted}`.", self.record.sobject),
                match nearest(wanted, names()) {
                    Some(name) => format!("Did you mean `{name}`?"),
                    None => "Use the DeveloperName, which Setup shows as Record Type Name.".to_owned(),
                },
            ),
        };
        self.findings.push(Finding::error(code, object_path(self.record, "recordType"), message, remedy));
    }

    fn assignment_rule(&mut self) {
        let Some(rules) = &self.org.rules else { return };
        let path = object_path(self.record, "assignmentRule");
        let mut own = rules.iter().filter(|rule| rule.sobject.eq_ignore_ascii_case(self.record.sobject.as_str()));
        let is = |rule: &Rule, id: &RecordId| RecordId::of_answer(&rule.id).as_ref() == Some(id);
        match &self.record.assignment_rule {
            AssignmentRule::Rule(id) if !own.any(|rule| is(rule, id)) => self.findings.push(Finding::error(
                "unknown-assignment-rule",
                path,
                format!("`{}` has no assignment rule with this id.", self.record.sobject),
                "Copy the id from the address of the rule's page in Setup, or use \"default\".",
            )),
            AssignmentRule::Default
                if self.record.may_create() && routes(self.record) && !own.any(|rule| rule.active) =>
            {
                self.findings.push(Finding::info(
                    "no-active-assignment-rule",
                    path,
                    format!(
                        "No assignment rule of `{}` is active: its owner will be the org's default.",
                        self.record.sobject
                    ),
                    "Nothing, if that is meant; otherwise activate a rule in Setup or map `OwnerId`.",
                ));
            }
            _ => {}
        }
    }
}

/// Cases and Leads are what assignment rules route; an Account has territories instead.
fn routes(record: &RecordSettings) -> bool {
    !record.sobject.as_str().eq_ignore_ascii_case("Account") && record.sobject.has_assignment_rules()
}

fn unknown_field(path: String, describe: &Describe, name: &FieldName) -> Finding {
    let known = describe.fields().map(Field::name);
    let remedy = match nearest(name.as_str(), known) {
        Some(name) => format!("Did you mean `{name}`? Otherwise correct the name, {ACCESS}."),
        None => format!("Use the API name as Setup shows it, {ACCESS}."),
    };
    Finding::error(
        "unknown-field",
        path,
        format!("The org shows the integration user no field `{name}` of `{}`.", describe.name()),
        remedy,
    )
}
