//! Settings against the facts of the org that `prepare` wrote into them.

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, Language};
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::{FieldFacts, FieldType, SObjectName};
use crate::settings::{Mapping, Overwrite, RecordSettings, Source, Target, WhenBlank};
use crate::value::{Scalar, convert};

const PREPARE: &str = "Run `prepare` again.";

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
            _ => findings.push(Finding::warning(
                "not-prepared",
                mapping.place("field"),
                format!("`schema` says nothing about `{}` of `{}`.", mapping.field, record.sobject),
                PREPARE,
            )),
        }
    }
}

/// What is read without being known comes as Salesforce sends it.
fn targets(record: &RecordSettings, schema: &OrgSchema, findings: &mut Findings) {
    let unknown = |target: &&Target| !target.field.is_id() && schema.field(&record.sobject, &target.field).is_none();
    for target in record.targets().iter().filter(unknown) {
        findings.push(Finding::warning(
            "not-prepared",
            target.field_at.clone(),
            format!("`schema` says nothing about `{}` of `{}`.", target.field, record.sobject),
            PREPARE,
        ));
    }
}

/// The mark of a step is trusted to be unique; `prepare` has looked.
fn idempotency(record: &RecordSettings, schema: &OrgSchema, findings: &mut Findings) {
    let Some(idempotency) = record.idempotency() else { return };
    if schema.field(&record.sobject, &idempotency.field.clone().into()).is_none() {
        findings.push(Finding::warning(
            "not-prepared",
            child(&record.place("idempotency"), "field"),
            format!("`schema` says nothing about `{}` of `{}`.", idempotency.field, record.sobject),
            PREPARE,
        ));
    }
}

/// A DeveloperName is no id: without the org's own list a record type has none.
fn record_type(record: &RecordSettings, schema: Option<&OrgSchema>, findings: &mut Findings) {
    let Some(name) = record.record_type() else { return };
    let path = record.place("recordType");
    if record.mappings.iter().any(|mapping| mapping.field.field.as_str().eq_ignore_ascii_case("RecordTypeId")) {
        findings.push(Finding::error(
            "duplicate-field",
            path,
            format!("Both `recordType` and a mapping give `{}` its record type.", record.name),
            "Keep one of them.",
        ));
        return;
    }
    let facts = schema.and_then(|schema| schema.object(&record.sobject));
    if facts.and_then(|facts| facts.record_type(name)).is_none() {
        findings.push(Finding::error(
            "not-prepared",
            path,
            "The id of this record type is not known.",
            "Run `prepare`, which asks the org for it, or map the id as a constant to `RecordTypeId`.",
        ));
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
        findings.push(Finding::warning(
            "required-field",
            child(&mapping.pointer, "whenBlank"),
            format!("Salesforce does not let `{}` be emptied.", mapping.field),
            "Use \"skip\" to leave the field alone, or \"fail\".",
        ));
    }
    let takes_lists = matches!(facts.field_type, FieldType::MultiPicklist);
    if mapping.key && takes_lists {
        findings.push(Finding::error(
            "bad-key",
            child(&mapping.pointer, "useToFindExisting"),
            format!("`{}` holds several values, which do not tell records apart.", mapping.field),
            "Use another field to find the record.",
        ));
    }
}

/// A text has another separator than a list.
fn unknown_lists(record: &RecordSettings, findings: &mut Findings) {
    let is_unclear = |mapping: &&Mapping| mapping.overwrite == Overwrite::Append && mapping.separator.is_none();
    for mapping in record.mappings.iter().map(AsRef::as_ref).filter(is_unclear) {
        findings.push(Finding::warning(
            "not-prepared",
            child(&mapping.pointer, "overwrite"),
            format!(
                "Whether `{}` is a list or a text is not known, so `;` is put between the old value and the new one.",
                mapping.field
            ),
            "Run `prepare`, which asks the org, or set `separator`.",
        ));
    }
}

/// Only texts and lists can be added to.
fn appended(mapping: &Mapping, facts: &FieldFacts, findings: &mut Findings) {
    let is_addable = matches!(
        facts.field_type,
        FieldType::MultiPicklist | FieldType::TextArea | FieldType::String | FieldType::Unknown
    );
    if mapping.overwrite == Overwrite::Append && !is_addable {
        findings.push(Finding::error(
            "bad-overwrite",
            child(&mapping.pointer, "overwrite"),
            format!("`{}` holds one value, and nothing can be added to it.", mapping.field),
            "Use \"always\", or map the value to a text or a multi-select picklist.",
        ));
    }
    if facts.field_type == FieldType::MultiPicklist && mapping.separator.is_some() {
        findings.push(Finding::warning(
            "no-effect",
            child(&mapping.pointer, "separator"),
            "`separator` says nothing here: a multi-select picklist has its own.",
            "Remove it.",
        ));
    }
}

/// A count of seconds is an instant, and no other type of field holds one.
fn epoch(mapping: &Mapping, facts: &FieldFacts, findings: &mut Findings) {
    if mapping.format.epoch.is_none() {
        return;
    }
    let (message, remedy) = match facts.field_type {
        FieldType::DateTime | FieldType::Unknown => return,
        FieldType::Date if mapping.format.zone.is_some() => return,
        FieldType::Date => (
            format!(
                "`{}` holds a date, and the date of a point in time depends on the time zone, which is not given.",
                mapping.field
            ),
            "Set `timeZone`, such as \"Europe/Berlin\".",
        ),
        _ => (
            format!("`{}` holds no date or point in time, and `format` makes one of a number.", mapping.field),
            "Remove `format`, or map the value to a date or datetime field.",
        ),
    };
    findings.push(Finding::error("bad-format", child(&mapping.pointer, "format"), message, remedy));
}

fn constant(sobject: &SObjectName, mapping: &Mapping, facts: &FieldFacts, value: Scalar, findings: &mut Findings) {
    let path = || mapping.place("source/constant");
    let by_name = FieldFacts::known_by_name(sobject, &mapping.field, Some(facts));
    match convert(value, by_name.as_ref().unwrap_or(facts), &mapping.format, mapping.when_too_long()) {
        Err(error) => findings.push(Finding::error(
            "constant-does-not-fit",
            path(),
            error.words(&mapping.field).get(Language::En).to_owned(),
            "Correct the constant, or map it to another field.",
        )),
        Ok(converted) if converted.new_value => findings.push(Finding::warning(
            "constant-not-in-picklist",
            path(),
            format!("`{}` has no such value; Salesforce would add it to the records, not to the list.", mapping.field),
            "Use a value of the list, or add this one to it in Setup.",
        )),
        Ok(_) => {}
    }
}
