//! The queries of a run: one for each SObject that has records to look up, since a composite request takes five. A record that
//! is read has its own: it asks for other fields, in another order and number.

use super::through_links::{Conjunction, MAX_CONJUNCTIONS, conjunctions};
use crate::record::{Approach, Current, PlannedRecord};
use crate::report::{Code, RecordError};
use crate::salesforce::{FieldName, FieldPath, RecordId, SObjectName};
use crate::settings::{Overwrite, Reading, WhenSeveralMatch};
use crate::texts::text;
use crate::value::{Comparison, Scalar};
use crate::wire::soql::length;
use crate::wire::{Condition, Literal, MAX_CANDIDATES, MAX_QUERY_LENGTH, Order, Select};

/// Whether a Lead has become another record. Source: object reference, Lead.
pub(crate) const IS_CONVERTED: &str = "IsConverted";
/// The relationship to the Contact that it has become. Source: the same.
pub(crate) const CONVERTED_CONTACT: &str = "ConvertedContact";

/// One query, for all records of one SObject or for one that is read.
#[derive(Debug, PartialEq)]
pub struct Lookup {
    /// Reference id of the subrequest.
    pub reference: String,
    /// The query. A visitor's values are literals in its condition.
    pub select: Select,
    /// The alternatives of the condition, in its order, each for one record.
    pub branches: Vec<Branch>,
}

/// One alternative of a query's condition.
#[derive(Debug, PartialEq)]
pub struct Branch {
    /// Index of the record.
    pub record: usize,
    /// All must match. Never empty.
    pub keys: Vec<Wanted>,
    /// This number of matches, or there may be others that matter, where the answer is cut short.
    pub suffices: usize,
    /// It looks by the idempotency key: what it finds, this very step has written.
    pub by_idempotency: bool,
    /// Of a record with a link among its keys: the number of the alternative, of whose rows the linked record tells which count.
    pub alternative: Option<usize>,
}

/// One match and several are not the same; two and more are.
const TWO: usize = 2;

/// A value that a field of the row must have.
#[derive(Clone, Debug, PartialEq)]
pub struct Wanted {
    pub path: FieldPath,
    pub value: Scalar,
    pub comparison: Comparison,
}

/// One query for each SObject that has records to look up, and the records whose keys are more than fit into one.
pub(crate) fn lookups(records: &[Current]) -> (Vec<Lookup>, Vec<(usize, RecordError)>) {
    let mut lookups: Vec<Lookup> = Vec::new();
    for (index, record) in records.iter().enumerate().filter(|(_, record)| *record.approach == Approach::LookUp) {
        if let Some(reading) = record.settings.reading() {
            lookups.push(Lookup::reading(records, index, record, reading));
            continue;
        }
        for form in record.looked_in() {
            let at = position(&mut lookups, form.sobject());
            if let Some(lookup) = lookups.get_mut(at) {
                lookup.add(records, index, record, form);
                lookup.select_converted(record, form);
            }
        }
    }
    let mut failed = Vec::new();
    for lookup in &lookups {
        let crowded = |record: &usize| {
            lookup.branches.iter().filter(|branch| branch.record == *record).count() > MAX_CONJUNCTIONS
        };
        if length(&lookup.select) > MAX_QUERY_LENGTH || lookup.records().iter().any(crowded) {
            let all = lookup.records().into_iter();
            failed.extend(all.filter_map(|index| Some((index, query_too_long(records.get(index)?)))));
        }
    }
    (lookups, failed)
}

/// How a record that was written is found again.
pub(crate) enum By {
    /// Its own keys, or the idempotency key.
    Keys,
    /// Its own keys alone.
    OwnKeys,
    Id(RecordId),
}

/// One query for each SObject, with every value that was sent in it.
pub(crate) fn verifying(records: &[Current], written: Vec<(usize, By)>) -> Vec<Lookup> {
    let mut lookups: Vec<Lookup> = Vec::new();
    for (index, by) in written {
        let Some(record) = records.get(index) else { continue };
        // A record that has appeared meanwhile may be of each SObject that this one could have been.
        let forms: Vec<&PlannedRecord> = match by {
            By::OwnKeys => record.looked_in().collect(),
            By::Keys | By::Id(_) => vec![record.settled()],
        };
        for form in forms {
            let at = position(&mut lookups, form.sobject());
            let Some(lookup) = lookups.get_mut(at) else { continue };
            match &by {
                By::Id(id) => lookup.add_id(index, id),
                By::Keys => lookup.add_idempotency_and_keys(records, index, form),
                By::OwnKeys => lookup.add_keys(records, index, form),
            }
            lookup.select_values(form, |_| true);
        }
    }
    lookups
}

/// Where the lookup of an SObject stands; a new one at the end, if there is none.
fn position(lookups: &mut Vec<Lookup>, sobject: &SObjectName) -> usize {
    lookups.iter().position(|lookup| lookup.select.from == *sobject).unwrap_or_else(|| {
        lookups.push(empty_lookup(format!("find_{sobject}"), sobject));
        lookups.len() - 1
    })
}

fn empty_lookup(reference: String, sobject: &SObjectName) -> Lookup {
    let fields = FieldName::parse("Id").into_iter().map(FieldPath::from).collect();
    let condition = Condition::Any(Vec::new());
    let select = Select { fields, behind: Vec::new(), from: sobject.clone(), condition, order: Order::ById, limit: 0 };
    Lookup { reference, select, branches: Vec::new() }
}

impl Lookup {
    /// The keys, and what is read.
    fn reading(records: &[Current], index: usize, record: &PlannedRecord, reading: &Reading) -> Self {
        let mut lookup = empty_lookup(format!("find_{}", record.name()), record.sobject());
        lookup.add_keys(records, index, record);
        for target in &reading.targets {
            lookup.select_field(target.field.clone());
        }
        lookup.select.limit = reading.rows(record.settings.when_several_match, lookup.branches.len());
        lookup
    }

    fn add(&mut self, records: &[Current], index: usize, record: &Current, form: &PlannedRecord) {
        match record.adopted() {
            // The existing record that Salesforce named.
            Some((_, id)) => self.add_id(index, id),
            None => self.add_idempotency_and_keys(records, index, form),
        }
        // What an update would compare.
        self.select_values(form, |overwrite| overwrite != Overwrite::OnCreate);
    }

    /// Of a Lead whether it has become a Contact, and of the Contact what its own lookup would select.
    fn select_converted(&mut self, record: &Current, form: &PlannedRecord) {
        if !form.sobject().is_lead() || !record.may_be_several() {
            return;
        }
        FieldPath::parse(IS_CONVERTED).into_iter().for_each(|path| self.select_field(path));
        let Some(contact) = record.forms().find(|form| form.sobject().is_contact()) else { return };
        let Some(relationship) = FieldName::parse(CONVERTED_CONTACT) else { return };
        let mut own = empty_lookup(String::new(), contact.sobject());
        // What is looked for in several objects has no links among its keys.
        own.add_keys(&[], 0, contact);
        own.select_values(contact, |overwrite| overwrite != Overwrite::OnCreate);
        for path in own.select.fields {
            let column = (relationship.clone(), path);
            if !self.select.behind.contains(&column) {
                self.select.behind.push(column);
            }
        }
    }

    /// What the step has written before comes first: since then its keys may have become somebody else's.
    fn add_idempotency_and_keys(&mut self, records: &[Current], index: usize, record: &PlannedRecord) {
        if let Some(key) = record.idempotency_key() {
            let equals = key.value.clone().zip(key.key.clone());
            let wanted =
                |(value, literal)| (Wanted { path: key.path.clone(), value, comparison: key.comparison }, literal);
            let branch =
                Branch { record: index, keys: Vec::new(), suffices: TWO, by_idempotency: true, alternative: None };
            self.add_branch(branch, equals.map(wanted).into_iter().collect());
        }
        self.add_keys(records, index, record);
    }

    fn add_keys(&mut self, records: &[Current], index: usize, record: &PlannedRecord) {
        let conjunctions = conjunctions(records, record);
        if conjunctions.is_empty() {
            return;
        }
        let (several, reading) = (record.settings.when_several_match, record.settings.reading());
        let suffices = match several {
            WhenSeveralMatch::Stop => TWO,
            WhenSeveralMatch::MostRecentlyModified => 1,
            WhenSeveralMatch::List => reading.map_or(TWO, |reading| reading.rows(several, 1)),
        };
        for Conjunction { alternative, wanted, links } in conjunctions {
            links.into_iter().for_each(|link| self.select_field(link.into()));
            let branch = Branch { record: index, keys: Vec::new(), suffices, by_idempotency: false, alternative };
            self.add_branch(branch, wanted);
        }
        if several != WhenSeveralMatch::Stop {
            self.select.order = Order::NewestFirst;
        }
    }

    /// Fields of these, and what is to be read back should nothing change.
    fn select_values(&mut self, record: &PlannedRecord, wanted: fn(Overwrite) -> bool) {
        // Behind a parent's external id is a lookup field, which can be filled although the parent has no external id.
        let compared = record.fields.iter().filter(|f| wanted(f.overwrite));
        let compared = compared.flat_map(|f| {
            let lookup_field = f.path.relationship.as_ref().map(|_| FieldPath::from(f.path.written_field()));
            std::iter::once(f.path.clone()).chain(lookup_field)
        });
        let linked = record.links.iter().filter(|l| wanted(l.overwrite)).map(|l| l.field.clone().into());
        let read = record.settings.read_back().cloned().map(FieldPath::from);
        for path in compared.chain(linked).chain(read) {
            self.select_field(path);
        }
        self.select.limit = MAX_CANDIDATES * self.branches.len();
    }

    fn add_branch(&mut self, mut branch: Branch, wanted: Vec<(Wanted, Literal)>) {
        let (keys, literals): (Vec<Wanted>, Vec<Literal>) = wanted.into_iter().unzip();
        keys.iter().for_each(|key| self.select_field(key.path.clone()));
        let conditions = keys.iter().zip(literals).map(|(key, literal)| Condition::Equals(key.path.clone(), literal));
        let conditions = conditions.collect();
        branch.keys = keys;
        self.push(conditions, branch);
    }

    fn add_id(&mut self, record: usize, id: &RecordId) {
        let Some(path) = FieldPath::parse("Id") else { return };
        let wanted = Wanted {
            path: path.clone(),
            value: Scalar::Text(id.as_str().to_owned()),
            comparison: Comparison::default(),
        };
        let condition = Condition::Equals(path, Literal::Id(id.clone()));
        self.push(
            vec![condition],
            Branch { record, keys: vec![wanted], suffices: TWO, by_idempotency: false, alternative: None },
        );
    }

    fn push(&mut self, conditions: Vec<Condition>, branch: Branch) {
        if let Condition::Any(alternatives) = &mut self.select.condition {
            alternatives.push(Condition::All(conditions));
        }
        self.branches.push(branch);
    }

    fn select_field(&mut self, path: FieldPath) {
        if !self.select.fields.contains(&path) {
            self.select.fields.push(path);
        }
    }

    /// Indexes of the records that this query looks for, each once.
    pub fn records(&self) -> Vec<usize> {
        let mut records: Vec<usize> = self.branches.iter().map(|branch| branch.record).collect();
        records.dedup();
        records
    }
}

fn query_too_long(record: &Current) -> RecordError {
    let fields: Vec<FieldName> = record.keys().map(|key| key.path.written_field()).collect();
    RecordError::new(Code::QueryTooLong, text!(records::query_too_long(MAX_QUERY_LENGTH))).with_fields(&fields)
}
