//! What settings get wrong about the org, as its integration user sees it.

mod companion;
mod field;
mod file;
mod look_in;
mod sobject_read;

use super::{Org, Rule};
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, nearest};
use crate::salesforce::name::suggestion;
use crate::salesforce::{FieldName, FieldType, RecordId};
use crate::settings::{AssignmentRule, Mapping, RecordSettings, Records};
use crate::wire::Describe;
use crate::wire::describe::Field;
use field::unknown_field;

/// Field-level security hides a field as if it did not exist. Source: SOAP API guide, describeSObjects().
const ACCESS: &str = "or let an administrator give the integration user access to it";

pub(super) fn check(settings: &Records, org: &Org) -> Vec<Finding> {
    let mut findings = Findings::default();
    for record in settings.records.iter().flat_map(|record| record.variants()) {
        match org.describe(&record.sobject) {
            Some(describe) => Check { settings, org, record, describe, findings: &mut findings }.record(),
            None => findings.push(unknown_object(record, org)),
        }
    }
    findings.into_vec()
}

fn unknown_object(record: &RecordSettings, org: &Org) -> Finding {
    let names: Vec<&str> = org.all_objects.iter().flatten().map(String::as_str).collect();
    let remedy = match suggestion(record.sobject.as_str(), &names) {
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
    settings: &'a Records,
    org: &'a Org,
    record: &'a RecordSettings,
    describe: &'a Describe,
    findings: &'a mut Findings,
}

impl Check<'_> {
    fn record(&mut self) {
        if let Some(reading) = self.record.reading() {
            return self.reading(reading);
        }
        self.object();
        for mapping in &self.record.mappings {
            self.mapping(mapping);
        }
        self.demanded_fields();
        self.companions();
        self.files();
        self.stored_fields();
        self.idempotency();
        self.record_type();
        self.assignment_rule();
        self.conversion();
    }

    fn object(&mut self) {
        let record = self.record;
        let pointer = record.mappings.first().map(|mapping| child(&mapping.pointer, "object")).unwrap_or_default();
        let describe = self.describe;
        let updates = record.has_keys() && !record.only_finds();
        for (needed, may, verb) in
            [(record.may_create(), describe.createable, "create"), (updates, describe.updateable, "update")]
        {
            if needed && !may {
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
                "Map private customers to Account, with `PersonEmail` as the key if the integration user may see it; keep Contact for \
                 people of companies.",
            ));
        }
    }

    /// What the org demands of a new record. Layouts may demand more of people, not of us.
    fn demanded_fields(&mut self) {
        let record = self.record;
        let maps = |field: &Field| {
            let written = |mapping: &Mapping| mapping.field.written_field();
            let mut rows = record.mappings.iter().filter(|mapping| !mapping.only_finds);
            rows.any(|m| written(m).as_str().eq_ignore_ascii_case(&field.name))
        };
        if !record.may_create() {
            return;
        }
        for field in self.describe.fields.iter().filter(|field| field.demanded && !maps(field)) {
            self.findings.push(Finding::error(
                "required-field",
                record.mappings.first().map(|mapping| child(&mapping.pointer, "object")).unwrap_or_default(),
                format!("The org demands `{}` of every new `{}`, and no mapping gives it.", field.name, record.sobject),
                "Add a row for it, or set `onlyUpdateExisting`.",
            ));
        }
    }

    fn stored_fields(&mut self) {
        for field in self.record.read_back().filter(|field| self.describe.field(field).is_none()) {
            let path = child(&self.record.place("store"), field.as_str());
            let elsewhere =
                self.only_elsewhere(path.clone(), field, "Remove it: what is stored must be there for all.");
            self.findings.push(elsewhere.unwrap_or_else(|| unknown_field(path, self.describe, field)));
        }
    }

    /// Only a unique field keeps two runs of one step apart from two steps.
    fn idempotency(&mut self) {
        let Some(idempotency) = self.record.idempotency() else { return };
        let (name, path) = (&idempotency.field, child(&self.record.place("idempotency"), "field"));
        let Some(field) = self.describe.field(name) else {
            self.findings.push(unknown_field(path, self.describe, name));
            return;
        };
        let facts = field.facts();
        let (code, message, remedy) = if !facts.is_some_and(|facts| facts.external_id && facts.unique) {
            (
                "not-an-external-id",
                format!("`{name}` is not both an external id and unique, so a step could be written twice."),
                "Mark the field as External ID and Unique in Setup, or use another one.",
            )
        } else if !facts.is_some_and(|facts| facts.field_type == FieldType::String) {
            ("unsupported-type", format!("`{name}` is no text field."), "Use a text field of 255 characters.")
        } else if !field.createable {
            (
                "read-only-field",
                format!("The integration user may not fill `{name}`."),
                "Let an administrator give the user write access to the field.",
            )
        } else {
            return;
        };
        self.findings.push(Finding::error(code, path, message, remedy));
    }

    fn record_type(&mut self) {
        let Some(wanted) = self.record.record_type() else { return };
        let types = &self.describe.record_types;
        let names = || types.iter().map(|record_type| record_type.developer_name.as_str());
        let found = types.iter().find(|record_type| record_type.developer_name.eq_ignore_ascii_case(wanted));
        let (code, message, remedy) = match found {
            Some(record_type) if record_type.usable => return,
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
        self.findings.push(Finding::error(code, self.record.place("recordType"), message, remedy));
    }

    fn assignment_rule(&mut self) {
        let Some(rules) = &self.org.rules else { return };
        let path = self.record.place("assignmentRule");
        let mut own = rules.iter().filter(|rule| rule.sobject.eq_ignore_ascii_case(self.record.sobject.as_str()));
        let is = |rule: &Rule, id: &RecordId| RecordId::of_answer(&rule.id).as_ref() == Some(id);
        match self.record.assignment_rule() {
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
