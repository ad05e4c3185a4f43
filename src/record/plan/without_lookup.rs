//! Which records need no lookup: those that Salesforce finds by itself, in the write.

use crate::base::decimal::Decimal;
use crate::record::{Approach, FieldValue, PlannedRecord};
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::version::Feature;
use crate::salesforce::{ApiVersion, FieldFacts, FieldType, RecordId};
use crate::settings::{AssignmentRule, Overwrite, WhenBlank, WhenSeveralMatch};
use crate::value::Scalar;
use crate::wire::record::UpsertKey;

/// What stands beside a record.
#[derive(Clone, Copy)]
pub(super) struct Alone {
    pub in_run: bool,
    pub of_sobject: bool,
}

/// What the org is known to take.
#[derive(Clone, Copy)]
pub(super) struct Org<'a> {
    pub api_version: ApiVersion,
    pub schema: Option<&'a OrgSchema>,
}

/// The approach that needs no lookup, if there is one that is as safe.
pub(super) fn without_lookup(record: &PlannedRecord, org: Org, alone: Alone) -> Option<Approach> {
    if record.approach != Approach::LookUp {
        return Some(record.approach.clone());
    }
    // An upsert looks in one SObject.
    if record.settings.reads() || !record.may_be.is_empty() {
        return None;
    }
    let settings = &record.settings;
    // What it links to is known only once that is looked up.
    if record.link_keys().next().is_some() {
        return None;
    }
    let mut keys = record.keys();
    let (Some(key), None) = (keys.next(), keys.next()) else {
        return None;
    };
    let compares = record.fields.iter().map(|field| field.overwrite).chain(record.links.iter().map(|l| l.overwrite));
    // On a new record an emptied field would take the place of the org's default value.
    let clears = record.fields.iter().any(|field| field.value.is_none())
        || record.links.iter().any(|link| link.when_blank == WhenBlank::Clear);
    let reads_first = compares.into_iter().any(|overwrite| overwrite != Overwrite::Always)
        || settings.when_several_match == WhenSeveralMatch::MostRecentlyModified
        // A miss would undo the run's other records.
        || (settings.only_update_existing() && !alone.in_run)
        || (clears && !key.path.is_id())
        // Only a lookup tells that two records of the run are one.
        || !alone.of_sobject;
    let updates_only = settings.only_update_existing() && !key.path.is_id();
    let only_found = record.fields.iter().all(|field| field.key.is_some());
    if reads_first
        || only_found
        // An upsert writes its key.
        || (key.only_finds && !key.path.is_id())
        || key.path.relationship.is_some()
        || (updates_only && !org.api_version.has(Feature::UpdateOnly))
    {
        return None;
    }
    if key.path.is_id() {
        return key.json().as_str().and_then(RecordId::parse).map(Approach::UpdateById);
    }
    // Create and update want different headers there, and which of the two it will be is not known beforehand.
    let header_undecided =
        settings.sobject.has_assignment_rules() && *settings.assignment_rule() != AssignmentRule::Off;
    if let (true, Some(mark)) = (record.is_found_by_idempotency(), &record.idempotency) {
        return (!header_undecided).then(|| Approach::UpsertByKey(mark.in_url.clone()));
    }
    let schema = org.schema?;
    let facts = schema.field(&settings.sobject, &key.path)?;
    // The upsert would carry the key, not the idempotency key, and without a unique field it can be doubled.
    if record.idempotency.is_some() && !facts.unique {
        return None;
    }
    let as_safe = schema.upserts_by(facts) && !header_undecided && is_found_in_any_case(key, facts);
    if as_safe { upsert_key(key).map(Approach::UpsertByKey) } else { None }
}

/// Whether two of the record's upserts make one record, however close they follow each other.
pub(super) fn upserts_once(record: &PlannedRecord, schema: Option<&OrgSchema>) -> bool {
    let facts = record.keys().next().and_then(|key| schema?.field(record.sobject(), &key.path));
    matches!(record.approach, Approach::UpsertByKey(_))
        && (record.is_found_by_idempotency() || facts.is_some_and(|facts| facts.unique))
}

/// The key as an upsert's URL says it; `None` if a URL does not carry it to Salesforce and back unchanged. Source: REST API guide, Upsert by External ID; reports on slashes and dots in keys.
pub(crate) fn upsert_key(key: &FieldValue) -> Option<UpsertKey> {
    let text = match key.value.as_ref()? {
        // As Salesforce stores it: an upsert looks for exactly this.
        Scalar::Text(text) if key.comparison.field_type == FieldType::Email => text.to_ascii_lowercase(),
        Scalar::Text(text) => text.clone(),
        Scalar::Number(number) => {
            let number = Decimal::parse(number.as_str())?;
            (number.decimals() == 0).then(|| number.to_string())?
        }
        Scalar::Boolean(_) | Scalar::Temporal(_) => return None,
    };
    let is_carried = !text.starts_with('.')
        && !text.ends_with('.')
        && !looks_like_a_file(&text)
        && !text.contains(|c: char| c == '/' || c == '\\' || c == '%' || c.is_control());
    is_carried.then(|| UpsertKey { field: key.path.field.clone(), text })
}

/// `info@example.inc` is a file to the server behind this URL. Other endings may be, too: their 404 leads to a lookup.
/// Source: REST API guide, Upsert by External ID.
fn looks_like_a_file(text: &str) -> bool {
    text.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("inc"))
}

/// A lookup finds `ab` and `AB`, an upsert by a key that is not unique only what is spelt alike: it would double the other.
/// Source: SOAP API guide, upsert(), on the case of external ids.
fn is_found_in_any_case(key: &FieldValue, facts: &FieldFacts) -> bool {
    let has_no_case = |text: &str| text.bytes().all(|b| b.is_ascii() && !b.is_ascii_alphabetic());
    match &key.value {
        // Written and stored in small letters.
        Some(Scalar::Text(text)) if facts.field_type == FieldType::Email => text.is_ascii(),
        Some(Scalar::Text(text)) => facts.unique || has_no_case(text),
        _ => true,
    }
}
