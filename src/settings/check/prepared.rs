//! Settings against the facts of the org that `prepare` wrote into them.

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode, Said, Severity};
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::{FieldFacts, FieldType, SObjectName};
use crate::settings::{Mapping, Overwrite, RecordSettings, Source, Target, WhenBlank};
use crate::texts::{said, text};
use crate::value::{Scalar, convert};

/// Adds what the facts say about one record.
pub(crate) fn check(record: &RecordSettings, schema: Option<&OrgSchema>, findings: &mut Findings) {
    record_type(record, schema, findings);
    let Some(schema) = schema else {
        return unknown_lists(record, findings);
    };
    idempotency(record, schema, findings);
    targets(record, schema, findings);
    for mapping in record.mappings.iter().filter(|mapping| !matches!(mapping.source, Source::Record(_))) {
        match schema.field(&record.sobject, &mapping.field) {
            Some(facts) if mapping.completes || !facts.left_out => field(&record.sobject, mapping, facts, findings),
            None if mapping.field.is_id() => {}
            _ => findings.push(
                Finding::new(
                    FindingCode::NotPrepared,
                    mapping.place("field"),
                    said!(findings_prepared::not_prepared(&mapping.field, &record.sobject)),
                )
                .only(Severity::Warning),
            ),
        }
    }
}

/// What is read without being known comes as Salesforce sends it.
fn targets(record: &RecordSettings, schema: &OrgSchema, findings: &mut Findings) {
    let unknown = |target: &&Target| !target.field.is_id() && schema.field(&record.sobject, &target.field).is_none();
    for target in record.targets().iter().filter(unknown) {
        findings.push(
            Finding::new(
                FindingCode::NotPrepared,
                target.field_at.clone(),
                said!(findings_prepared::not_prepared(&target.field, &record.sobject)),
            )
            .only(Severity::Warning),
        );
    }
}

/// An idempotency key is trusted to be unique; `prepare` has looked.
fn idempotency(record: &RecordSettings, schema: &OrgSchema, findings: &mut Findings) {
    let Some(idempotency) = record.idempotency() else { return };
    if schema.field(&record.sobject, &idempotency.field.clone().into()).is_none() {
        findings.push(
            Finding::new(
                FindingCode::NotPrepared,
                child(&record.place("idempotency"), "field"),
                said!(findings_prepared::not_prepared(&idempotency.field, &record.sobject)),
            )
            .only(Severity::Warning),
        );
    }
}

/// A DeveloperName is no id: without the org's own list a record type has none.
fn record_type(record: &RecordSettings, schema: Option<&OrgSchema>, findings: &mut Findings) {
    let Some(name) = record.record_type() else { return };
    let path = record.place("recordType");
    if record.mappings.iter().any(|mapping| mapping.field.field.as_str().eq_ignore_ascii_case("RecordTypeId")) {
        findings.push(Finding::new(
            FindingCode::DuplicateField,
            path,
            said!(findings_prepared::record_type_twice(&record.name)),
        ));
        return;
    }
    let facts = schema.and_then(|schema| schema.object(&record.sobject));
    if facts.and_then(|facts| facts.record_type(name)).is_none() {
        findings.push(Finding::new(FindingCode::NotPrepared, path, said!(findings_prepared::record_type_not_known())));
    }
}

fn field(sobject: &SObjectName, mapping: &Mapping, facts: &FieldFacts, findings: &mut Findings) {
    if let Source::Constant(value) = &mapping.source
        && let Ok(Some(value)) = Scalar::from_json(value)
    {
        constant(sobject, mapping, facts, value, findings);
    }
    epoch(mapping, facts, findings);
    appended(mapping, facts, findings);
    let is_own = mapping.field.relationship.is_none();
    if is_own && facts.required && facts.field_type != FieldType::Boolean && mapping.when_blank == WhenBlank::Clear {
        findings.push(
            Finding::new(
                FindingCode::RequiredField,
                child(&mapping.pointer, "whenBlank"),
                said!(findings_prepared::required_field_emptied(&mapping.field)),
            )
            .only(Severity::Warning),
        );
    }
    let takes_lists = matches!(facts.field_type, FieldType::MultiPicklist);
    if mapping.key && takes_lists {
        findings.push(Finding::new(
            FindingCode::BadKey,
            child(&mapping.pointer, "useToFindExisting"),
            said!(findings_prepared::key_of_several_values(&mapping.field)),
        ));
    }
}

/// A text has another separator than a list.
fn unknown_lists(record: &RecordSettings, findings: &mut Findings) {
    let is_unclear = |mapping: &&Mapping| mapping.overwrite == Overwrite::Append && mapping.separator.is_none();
    for mapping in record.mappings.iter().map(AsRef::as_ref).filter(is_unclear) {
        let path = child(&mapping.pointer, "overwrite");
        if !findings.tell_of(&path) {
            let said = said!(findings_prepared::list_or_text_not_known(&mapping.field));
            findings.push(Finding::new(FindingCode::NotPrepared, path, said).only(Severity::Warning));
        }
    }
}

/// Only texts and lists can be added to.
fn appended(mapping: &Mapping, facts: &FieldFacts, findings: &mut Findings) {
    let is_addable = matches!(
        facts.field_type,
        FieldType::MultiPicklist | FieldType::TextArea | FieldType::String | FieldType::Unknown
    );
    if mapping.overwrite == Overwrite::Append && !is_addable {
        findings.push(Finding::new(
            FindingCode::BadOverwrite,
            child(&mapping.pointer, "overwrite"),
            said!(findings_prepared::holds_one_value(&mapping.field)),
        ));
    }
}

/// A count of seconds is an instant, and no other type of field holds one.
fn epoch(mapping: &Mapping, facts: &FieldFacts, findings: &mut Findings) {
    if mapping.format.epoch.is_none() {
        return;
    }
    let said = match facts.field_type {
        FieldType::DateTime | FieldType::Unknown => return,
        FieldType::Date if mapping.format.zone.is_some() => return,
        FieldType::Date => said!(findings_prepared::date_without_zone(&mapping.field)),
        _ => said!(findings_prepared::no_point_in_time(&mapping.field)),
    };
    findings.push(Finding::new(FindingCode::BadFormat, child(&mapping.pointer, "format"), said));
}

fn constant(sobject: &SObjectName, mapping: &Mapping, facts: &FieldFacts, value: Scalar, findings: &mut Findings) {
    let path = || mapping.place("source/constant");
    let by_name = FieldFacts::known_by_name(sobject, &mapping.field, Some(facts));
    match convert(value, by_name.as_ref().unwrap_or(facts), &mapping.format, mapping.when_too_long()) {
        Err(error) => findings.push(Finding::new(
            FindingCode::ConstantDoesNotFit,
            path(),
            Said { message: error.words(&mapping.field), remedy: text!(findings_prepared::CONSTANT_DOES_NOT_FIT) },
        )),
        Ok(converted) if converted.new_value => findings.push(Finding::new(
            FindingCode::ConstantNotInPicklist,
            path(),
            said!(findings_prepared::constant_not_in_picklist(&mapping.field)),
        )),
        Ok(_) => {}
    }
}
