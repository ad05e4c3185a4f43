//! Settings that change nothing where they stand: their author expects something of them that does not happen.

use serde_json::Value;

use crate::base::finding::Findings;
use crate::base::json::child;
use crate::base::{Finding, FindingCode, Said};
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::version::Feature;
use crate::salesforce::{ApiVersion, FieldFacts, FieldType};
use crate::settings::keys::{self, Place};
use crate::settings::{DuplicateRule, Mapping, MatchKeys, Overwrite, RecordSettings, Source, WhenSeveralMatch};
use crate::texts::{Setting, said};
use crate::value::{Format, Scalar, convert};

/// What is said of a whole record.
pub(super) fn record(record: &RecordSettings, findings: &mut Findings) {
    let has_bad_groups = findings.tell_below(&record.place("matchKeys"));
    let mut note = |key, said| findings.push(Finding::new(FindingCode::NoEffect, record.place(key), said));
    let doubles = "checkForDoubles";
    if record.check_for_doubles() && record.only_update_existing() {
        note(doubles, said!(findings_no_effect::never_created()));
    } else if record.check_for_doubles() && record.only_finds() {
        note(doubles, said!(findings_no_effect::only_found()));
    } else if record.check_for_doubles()
        && let Some(said) = found_without_keys(record, doubles)
    {
        note(doubles, said);
    }
    let several = "whenSeveralMatch";
    if record.when_several_match == WhenSeveralMatch::MostRecentlyModified
        && let Some(said) = found_without_keys(record, several)
    {
        note(several, said);
    }
    // With `lookIn`, not every key counts for every SObject.
    let keys = record.forms().map(|form| form.keys().count()).max().unwrap_or(0);
    if record.match_keys != MatchKeys::All && keys < 2 && !has_bad_groups {
        note("matchKeys", said!(findings_no_effect::fewer_than_two_keys(keys)));
    }
    always_new(record, findings);
}

/// Why no two records of the org can both be the one that is meant, or none is looked for.
fn found_without_keys(record: &RecordSettings, key: &str) -> Option<Said> {
    if record.has_keys() {
        let by_id = record.keys().all(|mapping| mapping.field.is_id());
        return by_id.then(|| said!(findings_no_effect::found_by_id(Setting(key))));
    }
    Some(match record.idempotency() {
        Some(_) => said!(findings_no_effect::found_by_idempotency_alone(Setting(key))),
        None if record.reads() => return None,
        None => said!(findings_no_effect::without_key(Setting(key))),
    })
}

/// An older version ignores the header, and the rule blocks.
pub(in crate::settings) fn duplicate_rule(
    record: &RecordSettings,
    version: Option<ApiVersion>,
    findings: &mut Findings,
) {
    let is_older = version.is_some_and(|version| !version.has(Feature::DuplicateRuleHeader));
    if is_older && !record.reads() && record.duplicate_rule() == DuplicateRule::Allow {
        let said = said!(findings_no_effect::before_the_header());
        findings.push(Finding::new(FindingCode::NoEffect, record.place("duplicateRule"), said));
    }
}

/// What a duplicate rule names is an existing record, too.
fn always_new(record: &RecordSettings, findings: &mut Findings) {
    if record.has_keys() || record.duplicate_rule() == DuplicateRule::Adopt || record.only_update_existing() {
        return;
    }
    let rows = record.mappings.iter().filter(|mapping| !mapping.completes && mapping.overwrite != Overwrite::Always);
    for mapping in rows {
        let path = child(&mapping.pointer, "overwrite");
        if !findings.tell_of(&path) {
            let said = said!(findings_no_effect::always_new(&record.name));
            findings.push(Finding::new(FindingCode::NoEffect, path, said));
        }
    }
}

/// What rows say that is not for such rows: links, keys, and values that are never written. `document` is where they stand in.
pub(in crate::settings) fn rows(document: &Value, record: &RecordSettings, findings: &mut Findings) {
    // Of a read it is an error.
    if record.reads() {
        return;
    }
    for mapping in record.mappings.iter().filter(|mapping| !mapping.completes) {
        let Some(row) = row(document, mapping) else { continue };
        let is_link = matches!(mapping.source, Source::Record(_));
        let of_link = is_link.then(|| keys::meaningless(keys::LINK)).into_iter().flatten();
        let of_link = of_link.filter(|key| key.name != "whenFileFails" && key.name != "format");
        let key = |name, where_meant: bool| where_meant.then(|| keys::key(Place::Row, name)).flatten();
        let of_key = key("whenTooLong", mapping.key && !is_link);
        let of_search = key("overwrite", mapping.only_finds);
        let of_append = key("separator", mapping.overwrite != Overwrite::Append && !is_link);
        for key in of_link.chain(of_key).chain(of_search).chain(of_append) {
            if row.get(key.name).is_none_or(|value| key.is_default(value)) {
                continue;
            }
            let path = child(&mapping.pointer, key.name);
            // What is wrong is not called useless as well.
            if findings.tell_of(&path) {
                continue;
            }
            let said = match key.name {
                "overwrite" => said!(findings_no_effect::a_search_writes_nothing()),
                name if is_link => said!(findings_no_effect::on_a_link(Setting(name))),
                "separator" => said!(findings_no_effect::nothing_is_added()),
                _ => said!(findings_no_effect::a_key_is_not_cut()),
            };
            findings.push(Finding::new(FindingCode::NoEffect, path, said));
        }
    }
}

/// Where the mapping was read from. By its number: `Value::pointer` makes new texts of each step, for each row.
fn row<'a>(document: &'a Value, mapping: &Mapping) -> Option<&'a Value> {
    let index: usize = mapping.pointer.strip_prefix("/mappings/")?.parse().ok()?;
    document.get("mappings")?.get(index)
}

/// How numbers and dates are written, on rows whose value is neither, and the separator of a list, which has its own.
pub(in crate::settings) fn formats(
    document: &Value,
    record: &RecordSettings,
    schema: Option<&OrgSchema>,
    findings: &mut Findings,
) {
    for mapping in record.mappings.iter().filter(|mapping| !mapping.completes) {
        let Some(row) = row(document, mapping) else { continue };
        let mut note = |key: &str, in_vain: &dyn Fn(Option<&FieldFacts>) -> Option<Said>| {
            if row.get(key).is_none() {
                return;
            }
            let path = child(&mapping.pointer, key);
            if !findings.tell_of(&path)
                && let Some(said) = in_each_variant(record, mapping, schema, in_vain)
            {
                findings.push(Finding::new(FindingCode::NoEffect, path, said));
            }
        };
        for key in [Key::Locale, Key::Zone, Key::Epoch] {
            note(key.name(), &|facts| key.in_vain(mapping, facts));
        }
        note("separator", &|facts| {
            let is_list = facts?.field_type == FieldType::MultiPicklist;
            is_list.then(|| said!(findings_no_effect::a_list_has_its_own()))
        });
    }
}

/// What is said where a setting changes nothing for any form: of a record that may be of several SObjects, a field can have
/// several types.
fn in_each_variant(
    record: &RecordSettings,
    mapping: &Mapping,
    schema: Option<&OrgSchema>,
    in_vain: &dyn Fn(Option<&FieldFacts>) -> Option<Said>,
) -> Option<Said> {
    let forms = record.forms().filter(|form| form.mappings.iter().any(|m| m.pointer == mapping.pointer));
    let mut last = None;
    for form in forms {
        last = Some(in_vain(schema.and_then(|schema| schema.field(&form.sobject, &mapping.field)))?);
    }
    last
}

/// A part of a format.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Key {
    Locale,
    Zone,
    Epoch,
}

impl Key {
    fn name(self) -> &'static str {
        match self {
            Self::Locale => "locale",
            Self::Zone => "timeZone",
            Self::Epoch => "format",
        }
    }

    /// Why it changes nothing on this row; `None` where it may.
    fn in_vain(self, mapping: &Mapping, facts: Option<&FieldFacts>) -> Option<Said> {
        let key = Setting(self.name());
        match &mapping.source {
            Source::Constant(value) => {
                let same =
                    Scalar::from_json(value).ok().flatten().is_some_and(|value| self.is_same(&value, mapping, facts));
                same.then(|| said!(findings_no_effect::constant_has_one_form(key)))
            }
            // Its times are shown in a zone, whatever the field.
            Source::Transcript(_) if self == Self::Zone => None,
            Source::Transcript(_) => Some(said!(findings_no_effect::of_a_conversation(key))),
            // Told where the row is read.
            Source::Record(_) => None,
            Source::Variable(_) | Source::Template(_) | Source::FirstOf(_) => match (self, facts?.field_type) {
                (_, FieldType::Unknown | FieldType::Date | FieldType::DateTime) => None,
                // Anything else is an error there.
                (Self::Epoch, _) => None,
                (Self::Zone, _) => Some(said!(findings_no_effect::no_point_in_time(key, &mapping.field))),
                (Self::Locale, FieldType::Int | FieldType::Double | FieldType::Currency | FieldType::Percent) => None,
                (Self::Locale, FieldType::Time) => None,
                (Self::Locale, _) => Some(said!(findings_no_effect::neither_number_nor_time(key, &mapping.field))),
            },
        }
    }

    /// Whether a constant means the same without this, for its field or, if that is not known, for any.
    fn is_same(self, value: &Scalar, mapping: &Mapping, facts: Option<&FieldFacts>) -> bool {
        const TYPES: [FieldType; 4] = [FieldType::Double, FieldType::Date, FieldType::DateTime, FieldType::Time];
        let without = match (self, mapping.format.clone()) {
            (Self::Locale, format) => Format { locale: None, ..format },
            (Self::Zone, format) => Format { zone: None, ..format },
            (Self::Epoch, format) => Format { epoch: None, ..format },
        };
        let same = |facts: &FieldFacts| {
            let of = |format| convert(value.clone(), facts, format, mapping.when_too_long()).ok();
            of(&mapping.format) == of(&without)
        };
        match facts {
            // What does not fit with it is an error, and may be meant to be another text.
            Some(facts) if facts.field_type != FieldType::Unknown => {
                convert(value.clone(), facts, &mapping.format, mapping.when_too_long()).is_ok() && same(facts)
            }
            _ => TYPES.iter().all(|&field_type| same(&FieldFacts { field_type, ..FieldFacts::default() })),
        }
    }
}
