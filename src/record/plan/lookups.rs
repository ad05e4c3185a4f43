//! The queries of a run: one for each SObject that has records to look up, since a composite request takes five. A record that
//! is read has its own: it asks for other fields, in another order and number.

use crate::record::{Approach, FieldValue, PlannedRecord};
use crate::report::{Code, RecordError};
use crate::salesforce::{FieldName, FieldPath, RecordId, SObjectName};
use crate::settings::{MatchKeys, Overwrite, Reading, WhenSeveralMatch};
use crate::texts::text;
use crate::value::{Comparison, Scalar};
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
    pub is_step: bool,
}

/// One match and several are not the same; two and more are.
const TWO: usize = 2;

/// A value that a field of the row must have.
#[derive(Debug, PartialEq)]
pub struct Wanted {
    pub path: FieldPath,
    pub value: Scalar,
    pub comparison: Comparison,
}

/// One query for each SObject that has records to look up.
pub(super) fn lookups(records: &mut [PlannedRecord]) -> Vec<Lookup> {
    let mut lookups: Vec<Lookup> = Vec::new();
    for (index, record) in records.iter().enumerate().filter(|(_, record)| record.approach == Approach::LookUp) {
        if let Some(reading) = &record.settings.reading {
            lookups.push(Lookup::reading(index, record, reading));
            continue;
        }
        for form in record.looked_in() {
            let at = position(&mut lookups, form.sobject());
            if let Some(lookup) = lookups.get_mut(at) {
                lookup.add(index, form);
                lookup.select_converted(record, form);
            }
        }
    }
    for lookup in &lookups {
        if lookup.select.to_string().len() > MAX_QUERY_LENGTH {
            for branch in &lookup.branches {
                if let Some(record) = records.get_mut(branch.record) {
                    record.approach = Approach::Fail(query_too_long(record).of(&record.settings));
                }
            }
        }
    }
    lookups
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
pub(crate) fn verifying(records: &[PlannedRecord], written: Vec<(usize, By)>) -> Vec<Lookup> {
    let mut lookups: Vec<Lookup> = Vec::new();
    for (index, by) in written {
        let Some(record) = records.get(index) else { continue };
        // A record that has appeared meanwhile may be of each SObject that this one could have been.
        let forms: Vec<&PlannedRecord> = match by {
            By::OwnKeys => record.looked_in().collect(),
            By::Keys | By::Id(_) => vec![record],
        };
        for form in forms {
            let at = position(&mut lookups, form.sobject());
            let Some(lookup) = lookups.get_mut(at) else { continue };
            match &by {
                By::Id(id) => lookup.add_id(index, id),
                By::Keys => lookup.add_step_and_keys(index, form),
                By::OwnKeys => lookup.add_keys(index, form),
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
    fn reading(index: usize, record: &PlannedRecord, reading: &Reading) -> Self {
        let mut lookup = empty_lookup(format!("find_{}", record.name()), record.sobject());
        lookup.add_keys(index, record);
        for target in &reading.targets {
            lookup.select_field(target.field.clone());
        }
        lookup.select.limit = reading.rows(record.settings.when_several_match, lookup.branches.len());
        lookup
    }

    fn add(&mut self, index: usize, record: &PlannedRecord) {
        match &record.adopted {
            // The existing record that Salesforce named.
            Some(id) => self.add_id(index, id),
            None => self.add_step_and_keys(index, record),
        }
        // What an update would compare.
        self.select_values(record, |overwrite| overwrite != Overwrite::OnCreate);
    }

    /// Of a Lead whether it has become a Contact, and of the Contact what its own lookup would select.
    fn select_converted(&mut self, record: &PlannedRecord, form: &PlannedRecord) {
        if !form.sobject().is_lead() || record.variants.is_empty() {
            return;
        }
        FieldPath::parse(IS_CONVERTED).into_iter().for_each(|path| self.select_field(path));
        let Some(contact) = record.forms().find(|form| form.sobject().is_contact()) else { return };
        let Some(relationship) = FieldName::parse(CONVERTED_CONTACT) else { return };
        let mut own = empty_lookup(String::new(), contact.sobject());
        own.add_keys(0, contact);
        own.select_values(contact, |overwrite| overwrite != Overwrite::OnCreate);
        for path in own.select.fields {
            let column = (relationship.clone(), path);
            if !self.select.behind.contains(&column) {
                self.select.behind.push(column);
            }
        }
    }

    /// What the step has written before comes first: since then its keys may have become somebody else's.
    fn add_step_and_keys(&mut self, index: usize, record: &PlannedRecord) {
        if let Some(step) = record.mark() {
            self.add_branch(index, &[step], TWO, true);
        }
        self.add_keys(index, record);
    }

    fn add_keys(&mut self, index: usize, record: &PlannedRecord) {
        let keys: Vec<&FieldValue> = record.own_keys().collect();
        if keys.is_empty() {
            return;
        }
        let alternatives: Vec<Vec<&FieldValue>> = match record.settings.match_keys {
            MatchKeys::All => vec![keys],
            MatchKeys::Any => keys.into_iter().map(|key| vec![key]).collect(),
        };
        let (several, reading) = (record.settings.when_several_match, &record.settings.reading);
        let suffices = match several {
            WhenSeveralMatch::Stop => TWO,
            WhenSeveralMatch::MostRecentlyModified => 1,
            WhenSeveralMatch::List => reading.as_ref().map_or(TWO, |reading| reading.rows(several, 1)),
        };
        for keys in alternatives {
            self.add_branch(index, &keys, suffices, false);
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

    fn add_branch(&mut self, record: usize, keys: &[&FieldValue], suffices: usize, is_step: bool) {
        for key in keys {
            self.select_field(key.path.clone());
        }
        let equals = |key: &&FieldValue| Some(Condition::Equals(key.path.clone(), key.key.clone()?));
        let wanted = |key: &&FieldValue| {
            Some(Wanted { path: key.path.clone(), value: key.value.clone()?, comparison: key.comparison })
        };
        let conditions = keys.iter().filter_map(equals).collect();
        let keys = keys.iter().filter_map(wanted).collect();
        self.push(conditions, Branch { record, keys, suffices, is_step });
    }

    fn add_id(&mut self, record: usize, id: &RecordId) {
        let Some(path) = FieldPath::parse("Id") else { return };
        let wanted = Wanted {
            path: path.clone(),
            value: Scalar::Text(id.as_str().to_owned()),
            comparison: Comparison::default(),
        };
        let condition = Condition::Equals(path, Literal::Id(id.clone()));
        self.push(vec![condition], Branch { record, keys: vec![wanted], suffices: TWO, is_step: false });
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

impl PlannedRecord {
    /// The forms of the record that existing ones are looked for in: where a duplicate rule named one, that alone.
    pub fn looked_in(&self) -> impl Iterator<Item = &Self> {
        let adopted = self.forms().any(|form| form.adopted.is_some());
        self.forms().filter(move |form| if adopted { form.adopted.is_some() } else { !form.is_not_looked_in })
    }
}

fn query_too_long(record: &PlannedRecord) -> RecordError {
    let fields: Vec<FieldName> = record.keys().map(|key| key.path.written_field()).collect();
    RecordError::new(Code::QueryTooLong, text!(records::query_too_long(MAX_QUERY_LENGTH))).with_fields(&fields)
}
