//! The queries of a run: one for each SObject that has records to look up, since a composite request takes five.

use super::{Approach, MAX_CANDIDATES, PlannedRecord};
use crate::mapping::FieldValue;
use crate::name::{FieldName, FieldPath, RecordId, SObjectName};
use crate::outcome::{RecordError, Retry};
use crate::settings::{MatchKeys, Overwrite, WhenSeveralMatch};
use crate::soql::{Condition, Literal, MAX_QUERY_LENGTH, Order, Select};
use crate::value::{Comparison, Scalar};

/// One query, for all records of one SObject.
#[derive(Debug, PartialEq)]
pub struct Lookup {
    pub select: Select,
    pub branches: Vec<Branch>,
}

/// One alternative of a query's condition.
#[derive(Debug, PartialEq)]
pub struct Branch {
    /// Index of the record.
    pub record: usize,
    /// All must match. Never empty.
    pub keys: Vec<Wanted>,
    /// One match and several are not the same.
    pub stops_at_several: bool,
}

/// A value that a field of the row must have.
#[derive(Debug, PartialEq)]
pub struct Wanted {
    pub path: FieldPath,
    pub value: Scalar,
    pub comparison: Comparison,
}

/// One query for each SObject that has records to look up.
pub fn lookups(records: &mut [PlannedRecord]) -> Vec<Lookup> {
    let mut lookups: Vec<Lookup> = Vec::new();
    for (index, record) in records.iter().enumerate().filter(|(_, record)| record.approach == Approach::LookUp) {
        let at = lookups.iter().position(|lookup| lookup.select.from == *record.sobject()).unwrap_or_else(|| {
            lookups.push(empty_lookup(record.sobject()));
            lookups.len() - 1
        });
        if let Some(lookup) = lookups.get_mut(at) {
            lookup.add(index, record);
        }
    }
    for lookup in &lookups {
        if lookup.select.to_string().len() > MAX_QUERY_LENGTH {
            for branch in &lookup.branches {
                if let Some(record) = records.get_mut(branch.record) {
                    record.approach = Approach::Fail(query_too_long(record));
                }
            }
        }
    }
    lookups
}

fn empty_lookup(sobject: &SObjectName) -> Lookup {
    let fields = FieldName::parse("Id").into_iter().map(FieldPath::from).collect();
    let select =
        Select { fields, from: sobject.clone(), condition: Condition::Any(Vec::new()), order: Order::ById, limit: 0 };
    Lookup { select, branches: Vec::new() }
}

impl Lookup {
    fn add(&mut self, index: usize, record: &PlannedRecord) {
        if let Some(id) = &record.adopted {
            self.add_adopted(index, id);
            self.select_compared(record);
            return;
        }
        let keys: Vec<&FieldValue> = record.keys().collect();
        let alternatives: Vec<Vec<&FieldValue>> = match record.settings.match_keys {
            MatchKeys::All => vec![keys],
            MatchKeys::Any => keys.into_iter().map(|key| vec![key]).collect(),
        };
        for keys in alternatives {
            self.add_branch(index, &keys, record.settings.when_several_match == WhenSeveralMatch::Stop);
        }
        if record.settings.when_several_match == WhenSeveralMatch::MostRecentlyModified {
            self.select.order = Order::NewestFirst;
        }
        self.select_compared(record);
    }

    fn select_compared(&mut self, record: &PlannedRecord) {
        // What an update would compare, and what is to be read back should nothing change.
        // Behind a parent's external id is a lookup field, which can be filled although the parent has no external id.
        let compared = record.fields.iter().filter(|f| f.overwrite != Overwrite::OnCreate);
        let compared = compared.flat_map(|f| {
            let lookup_field = f.path.relationship.as_ref().map(|_| FieldPath::from(f.path.written_field()));
            std::iter::once(f.path.clone()).chain(lookup_field)
        });
        let linked = record.links.iter().filter(|l| l.overwrite != Overwrite::OnCreate).map(|l| l.field.clone().into());
        let read = record.settings.read_back().cloned().map(FieldPath::from);
        for path in compared.chain(linked).chain(read) {
            self.select_field(path);
        }
        self.select.limit = MAX_CANDIDATES * self.branches.len();
    }

    fn add_branch(&mut self, record: usize, keys: &[&FieldValue], stops_at_several: bool) {
        for key in keys {
            self.select_field(key.path.clone());
        }
        let equals = |key: &&FieldValue| Some(Condition::Equals(key.path.clone(), key.key.clone()?));
        let wanted = |key: &&FieldValue| {
            Some(Wanted { path: key.path.clone(), value: key.value.clone()?, comparison: key.comparison })
        };
        let conditions = keys.iter().filter_map(equals).collect();
        let keys = keys.iter().filter_map(wanted).collect();
        self.push(conditions, Branch { record, keys, stops_at_several });
    }

    /// The existing record that Salesforce named, by its id.
    fn add_adopted(&mut self, record: usize, id: &RecordId) {
        let Some(path) = FieldPath::parse("Id") else { return };
        let wanted = Wanted {
            path: path.clone(),
            value: Scalar::Text(id.as_str().to_owned()),
            comparison: Comparison::default(),
        };
        let condition = Condition::Equals(path, Literal::Id(id.clone()));
        self.push(vec![condition], Branch { record, keys: vec![wanted], stops_at_several: true });
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

fn query_too_long(record: &PlannedRecord) -> RecordError {
    let fields: Vec<FieldName> = record.keys().map(|key| key.path.written_field()).collect();
    RecordError::new(
        "QUERY_TOO_LONG",
        format!("The keys of this run make a query of more than {MAX_QUERY_LENGTH} bytes."),
        Retry::Never,
    )
    .with_fields(&fields)
}
