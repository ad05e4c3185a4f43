//! What a conversation may leave in the fields that others look in, and what it looks for itself.
//!
//! A field is left as it was, or holds a known value afterwards, or one that is not known here: a link to a record that is
//! not written yet, a parent, a name that Salesforce puts together. Whatever is not known counts as any value.

use crate::base::decimal::Decimal;
use crate::base::fold;
use crate::record::{Link, PlannedRecord};
use crate::run::Run;
use crate::salesforce::{FieldName, FieldPath, RecordId, SObjectName};
use crate::settings::{DuplicateRule, Mapping, MatchKeys, Overwrite, RecordSettings, Records, Source, WhenBlank};
use crate::value::Scalar;

/// Parts of `Name`, where Salesforce puts it together. Source: object reference, Contact and Lead.
const PARTS_OF_NAME: [&str; 5] = ["FirstName", "LastName", "MiddleName", "Salutation", "Suffix"];

/// A field in which somebody looks.
#[derive(Debug, PartialEq)]
pub(super) struct Key {
    pub sobject: SObjectName,
    pub path: FieldPath,
}

/// What a write leaves in a field.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Content {
    Is(String),
    /// This, or what was there before.
    MayBe(String),
    Anything,
}

/// What a record leaves behind: the fields that it may change, by the number of their key.
pub(super) type Left = Vec<(usize, Content)>;

/// The fields in which conversations with these settings look: those that records are found by, and those in which Salesforce
/// itself compares records - unique ones, and where a duplicate is adopted any that a duplicate rule may go by.
pub(super) struct Keys {
    pub found_by: Vec<Key>,
    pub compared: Vec<Key>,
}

impl Keys {
    pub(super) fn of(settings: &Records) -> Self {
        let (mut found_by, mut compared): (Vec<Key>, Vec<Key>) = (Vec::new(), Vec::new());
        let add = |to: &mut Vec<Key>, record: &RecordSettings, path: FieldPath| {
            let key = Key { sobject: record.sobject.clone(), path };
            if !to.contains(&key) {
                to.push(key);
            }
        };
        for record in settings.records.iter().flat_map(|record| record.forms()) {
            let marks = record.idempotency().into_iter().map(|idempotency| FieldPath::from(idempotency.field.clone()));
            for path in record.searched(&settings.records).into_iter().chain(marks) {
                add(&mut found_by, record, path);
            }
            let adopts = record.duplicate_rule() == DuplicateRule::Adopt;
            let schema = settings.schema.as_ref();
            let is_compared = |mapping: &&Mapping| {
                let varies = !matches!(mapping.source, Source::Constant(_) | Source::Record(_));
                let facts = schema.and_then(|schema| schema.field(&record.sobject, &mapping.field));
                varies && (adopts || facts.is_some_and(|facts| facts.unique))
            };
            let written = record.mappings.iter().map(AsRef::as_ref).filter(|mapping: &&Mapping| !mapping.only_finds);
            for mapping in written.filter(is_compared) {
                add(&mut compared, record, mapping.field.clone());
            }
        }
        Self { found_by, compared }
    }

    /// A key by its number: those that records are found by come first.
    pub(super) fn number(&self, sobject: &SObjectName, path: &FieldPath) -> Option<usize> {
        let is = |key: &Key| key.sobject == *sobject && key.path == *path;
        let compared = || self.compared.iter().position(is).map(|at| self.found_by.len() + at);
        self.found_by.iter().position(is).or_else(compared)
    }

    /// Whether a write may change a value that records are found by, of a record that is not known beforehand.
    pub(super) fn change(&self, settings: &Records) -> bool {
        // A converted Lead is found by its own keys and leads to a Contact that may have others.
        let leads_on = settings.records.iter().any(|record| !record.look_in.is_empty());
        // A record that is found by a key in any case keeps it, and so do the records below it what they are found by.
        let changes = |record: &RecordSettings, mapping: &Mapping| {
            let is_changed = !mapping.only_finds && !record.keeps(mapping);
            is_changed && self.found_by.iter().any(|key| reaches(&record.sobject, &mapping.field, key))
        };
        leads_on
            || !one_key_tells(settings)
            || settings.records.iter().flat_map(|record| record.forms()).any(|record| {
                record.duplicate_rule() == DuplicateRule::Adopt
                    || (record.has_keys() && record.mappings.iter().any(|mapping| changes(record, mapping)))
            })
    }

    /// What a record may leave behind: itself, and each record below it that is found through it.
    pub(super) fn left_by(&self, run: &Run, record: &PlannedRecord) -> Vec<Left> {
        let written = written_by(run, record);
        let (mut own, mut all): (Left, Vec<Left>) = (Left::new(), Vec::new());
        for (number, key) in self.found_by.iter().chain(&self.compared).enumerate() {
            for Written { path, text, is_sure, through, is_kept } in
                written.iter().filter(|written| reaches(record.sobject(), &written.path, key))
            {
                let is_own = is_of_same_row(record.sobject(), path, key);
                if !is_own && *is_kept {
                    continue;
                }
                let known = through.iter().find(|(path, _)| *path == key.path).map(|(_, text)| text.clone());
                let content = match text {
                    _ if is_own && known.is_some() => known.map_or(Content::Anything, Content::Is),
                    Some(text) if is_own && key.path == *path && *is_sure => Content::Is(text.clone()),
                    Some(text) if is_own && key.path == *path => Content::MayBe(text.clone()),
                    // Records below a parent are found, or found no longer, whatever the parent held before.
                    _ => Content::Anything,
                };
                match own.iter_mut().find(|(other, _)| *other == number) {
                    _ if !is_own => all.push(vec![(number, content)]),
                    None => own.push((number, content)),
                    Some((_, known)) if *known == content => {}
                    Some((_, known)) => *known = Content::Anything,
                }
            }
        }
        all.push(own);
        all.retain(|left| !left.is_empty());
        all
    }
}

/// Whether two conversations that find one record have a key in common, by which they meet: for each SObject a key that is part
/// of each search.
fn one_key_tells(settings: &Records) -> bool {
    let records = || settings.records.iter().flat_map(|record| record.forms()).filter(|record| record.has_keys());
    let tells = |sobject: &SObjectName| {
        let of_it = records().filter(|record| record.sobject == *sobject);
        let searches: Vec<Vec<&FieldPath>> = of_it.flat_map(searches).collect();
        let (first, others) = (searches.first(), searches.get(1..).unwrap_or_default());
        first.is_some_and(|first| first.iter().any(|key| others.iter().all(|search| search.contains(key))))
    };
    records().all(|record| tells(&record.sobject))
}

/// The keys by which a record may be found, each time the fewest. Of keys that must all match, blank ones are left out.
fn searches(record: &RecordSettings) -> Vec<Vec<&FieldPath>> {
    record.alternatives().iter().flat_map(|keys| fewest(&record.match_keys, keys)).collect()
}

fn fewest<'a>(how: &MatchKeys, keys: &[&'a Mapping]) -> Vec<Vec<&'a FieldPath>> {
    let is_sure = |key: &Mapping| key.when_blank == WhenBlank::Fail || matches!(key.source, Source::Record(_));
    // Constants alone are the same in every conversation.
    let varies = keys.iter().any(|key| !key.is_constant());
    let given: Vec<&'a Mapping> = keys.iter().copied().filter(|key| !varies || !key.is_constant()).collect();
    let sure: Vec<&'a FieldPath> = given.iter().filter(|key| is_sure(key)).map(|key| &key.field).collect();
    match how {
        MatchKeys::All if varies && sure.is_empty() => given.into_iter().map(|key| vec![&key.field]).collect(),
        MatchKeys::All if varies => vec![sure],
        // A group, or a key, is used whole or not at all.
        _ => vec![given.into_iter().map(|key| &key.field).collect()],
    }
}

/// A field that a record may write.
struct Written {
    path: FieldPath,
    /// `None` if the value is not known here.
    text: Option<String>,
    /// The field holds it afterwards in any case.
    is_sure: bool,
    /// Of a link that is written in any case: what the linked record holds for sure, seen through the lookup field.
    through: Vec<(FieldPath, String)>,
    /// An existing record holds it already, and so do the records below it.
    is_kept: bool,
}

fn written_by(run: &Run, record: &PlannedRecord) -> Vec<Written> {
    let fields = record.fields.iter().filter(|field| !field.only_finds).map(|field| Written {
        path: field.path.clone(),
        // An emptied field is found by nothing.
        text: match (&field.appending, &field.value) {
            (Some(_), _) => None,
            (None, None) => Some(String::new()),
            (None, Some(value)) => comparable(value),
        },
        is_sure: field.overwrite == Overwrite::Always || record.keeps(field),
        through: Vec::new(),
        is_kept: record.keeps(field),
    });
    let idempotency = record.idempotency_key().into_iter().map(|key| Written {
        path: key.path.clone(),
        text: key.value.as_ref().and_then(comparable),
        is_sure: false,
        through: Vec::new(),
        is_kept: false,
    });
    let links = record.links.iter().filter(|link| !link.only_finds).map(|link| Written {
        path: link.field.clone().into(),
        text: None,
        is_sure: false,
        through: seen_through(run, record, link),
        is_kept: false,
    });
    fields.chain(idempotency).chain(links).collect()
}

/// What a record below the linked one is found by afterwards. Nothing, if the link may stay as it is, or if the linked record may
/// be of several objects.
fn seen_through(run: &Run, record: &PlannedRecord, link: &Link) -> Vec<(FieldPath, String)> {
    let is_sure = link.overwrite == Overwrite::Always || record.keeps_link(link);
    let Some(linked) = run.record(&link.record).filter(|linked| is_sure && linked.may_be.is_empty()) else {
        return Vec::new();
    };
    // One that a duplicate rule names may have other keys.
    let is_found = linked.settings.duplicate_rule() != DuplicateRule::Adopt;
    let kept = linked.own_keys().filter(|key| is_found && linked.keeps(key));
    let through = kept.filter_map(|key| Some((key.path.through(&link.field)?, comparable(key.value.as_ref()?)?)));
    through.collect()
}

/// Whether writing a field may change what a key finds.
fn reaches(sobject: &SObjectName, written: &FieldPath, key: &Key) -> bool {
    // Of which SObject a parent is, the settings do not tell.
    let of_parent = key.path.relationship.is_some()
        && written.relationship.is_none()
        && is_part_of(&written.field, &key.path.field);
    is_of_same_row(sobject, written, key) || of_parent
}

/// The field itself, the lookup to a parent that is found by another field of it, or a part of the name.
fn is_of_same_row(sobject: &SObjectName, written: &FieldPath, key: &Key) -> bool {
    let whole = key.path.written_field();
    key.sobject == *sobject && is_part_of(&written.written_field(), &whole)
}

fn is_part_of(part: &FieldName, whole: &FieldName) -> bool {
    let named = |field: &FieldName, name: &str| field.as_str().eq_ignore_ascii_case(name);
    part == whole || (named(whole, "Name") && PARTS_OF_NAME.iter().any(|name| named(part, name)))
}
/// The same text for values of a field that Salesforce may take for the same; `None` for one that may be the same as any.
pub(super) fn comparable(value: &Scalar) -> Option<String> {
    const SHORT_ID: usize = 15;
    match value {
        // An id has 15 or 18 characters.
        Scalar::Text(text) if RecordId::parse(text).is_some() => fold::primary(text.get(..SHORT_ID)?),
        // The entries of a list have no order.
        Scalar::Text(text) if text.contains(';') => {
            let mut sorted: Vec<String> = Vec::new();
            for entry in text.split(';') {
                let entry = fold::primary(entry)?;
                let at = sorted.iter().position(|other| *other > entry).unwrap_or(sorted.len());
                sorted.insert(at, entry);
            }
            Some(sorted.join(";"))
        }
        Scalar::Text(text) => fold::primary(text),
        Scalar::Number(number) => Some(match Decimal::parse(number.as_str()) {
            Some(number) => number.to_string(),
            None => number.as_str().to_owned(),
        }),
        Scalar::Boolean(_) | Scalar::Temporal(_) => Some(value.to_text()),
    }
}
