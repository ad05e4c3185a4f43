//! What settings get wrong about the org, as its integration user sees it.

mod companion;
mod field;
mod file;
mod look_in;
mod sobject_read;

use super::{Org, Rule};
use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode, nearest};
use crate::salesforce::name::suggestion;
use crate::salesforce::{FieldName, FieldType, RecordId};
use crate::settings::{AssignmentRule, Mapping, RecordSettings, Records};
use crate::texts::said;
use crate::wire::Describe;
use crate::wire::describe::Field;
use field::unknown_field;
use look_in::Role;

pub(super) fn check(settings: &Records, org: &Org) -> Vec<Finding> {
    let mut findings = Findings::default();
    for record in settings.records.iter().flat_map(|record| record.forms()) {
        match org.describe(&record.sobject) {
            Some(describe) => Check { settings, org, record, describe, findings: &mut findings }.record(),
            None => findings.push(unknown_object(record, org)),
        }
    }
    findings.into_vec()
}

fn unknown_object(record: &RecordSettings, org: &Org) -> Finding {
    let names: Vec<&str> = org.all_objects.iter().flatten().map(String::as_str).collect();
    // Field-level security hides a field as if it did not exist. Source: SOAP API guide, describeSObjects().
    let said = match suggestion(record.sobject.as_str(), &names) {
        Some(near) => said!(findings_org::misspelt_object(&record.sobject, near)),
        None => said!(findings_org::unknown_object(&record.sobject)),
    };
    let pointer = record.mappings.first().map(|mapping| mapping.pointer.as_str()).unwrap_or_default();
    Finding::new(FindingCode::UnknownObject, child(pointer, "object"), said)
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
        if record.may_create() && !describe.createable {
            let said = said!(findings_org::may_not_create(&record.sobject));
            self.findings.push(Finding::new(FindingCode::NoPermission, pointer.clone(), said));
        }
        if record.has_keys() && !record.only_finds() && !describe.updateable {
            let said = said!(findings_org::may_not_update(&record.sobject));
            self.findings.push(Finding::new(FindingCode::NoPermission, pointer.clone(), said));
        }
        let has_people = FieldName::parse("IsPersonAccount").and_then(|field| self.describe.field(&field)).is_some();
        if has_people && record.sobject.as_str().eq_ignore_ascii_case("Contact") {
            self.findings.push(Finding::new(
                FindingCode::PersonAccounts,
                pointer,
                said!(findings_org::person_accounts()),
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
            self.findings.push(Finding::new(
                FindingCode::RequiredField,
                record.mappings.first().map(|mapping| child(&mapping.pointer, "object")).unwrap_or_default(),
                said!(findings_org::required_field(&field.name, &record.sobject)),
            ));
        }
    }

    fn stored_fields(&mut self) {
        for field in self.record.read_back().filter(|field| self.describe.field(field).is_none()) {
            let path = child(&self.record.place("store"), field.as_str());
            let elsewhere = self.only_elsewhere(path.clone(), field, Role::Stored);
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
        let (code, said) = if !facts.is_some_and(|facts| facts.external_id && facts.unique) {
            (FindingCode::NotAnExternalId, said!(findings_org::idempotency_not_unique(name)))
        } else if !facts.is_some_and(|facts| facts.field_type == FieldType::String) {
            (FindingCode::UnsupportedType, said!(findings_org::idempotency_no_text(name)))
        } else if !field.createable {
            (FindingCode::ReadOnlyField, said!(findings_org::idempotency_read_only(name)))
        } else {
            return;
        };
        self.findings.push(Finding::new(code, path, said));
    }

    fn record_type(&mut self) {
        let Some(wanted) = self.record.record_type() else { return };
        let types = &self.describe.record_types;
        let names = || types.iter().map(|record_type| record_type.developer_name.as_str());
        let found = types.iter().find(|record_type| record_type.developer_name.eq_ignore_ascii_case(wanted));
        let sobject = &self.record.sobject;
        let (code, said) = match (found, nearest(wanted, names())) {
            (Some(record_type), _) if record_type.usable => return,
            (Some(_), _) => (FindingCode::NoPermission, said!(findings_org::record_type_not_assigned(wanted))),
            (None, Some(near)) => {
                (FindingCode::UnknownRecordType, said!(findings_org::misspelt_record_type(sobject, wanted, near)))
            }
            (None, None) => (FindingCode::UnknownRecordType, said!(findings_org::unknown_record_type(sobject, wanted))),
        };
        self.findings.push(Finding::new(code, self.record.place("recordType"), said));
    }

    fn assignment_rule(&mut self) {
        let Some(rules) = &self.org.rules else { return };
        let path = self.record.place("assignmentRule");
        let mut own = rules.iter().filter(|rule| rule.sobject.eq_ignore_ascii_case(self.record.sobject.as_str()));
        let is = |rule: &Rule, id: &RecordId| RecordId::of_answer(&rule.id).as_ref() == Some(id);
        match self.record.assignment_rule() {
            AssignmentRule::Rule(id) if !own.any(|rule| is(rule, id)) => self.findings.push(Finding::new(
                FindingCode::UnknownAssignmentRule,
                path,
                said!(findings_org::unknown_assignment_rule(&self.record.sobject)),
            )),
            AssignmentRule::Default
                if self.record.may_create() && routes(self.record) && !own.any(|rule| rule.active) =>
            {
                self.findings.push(Finding::new(
                    FindingCode::NoActiveAssignmentRule,
                    path,
                    said!(findings_org::no_active_assignment_rule(&self.record.sobject)),
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
