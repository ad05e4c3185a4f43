//! What a run will do, decided without I/O: which records are looked up, by which queries, and which requests that takes.
//!
//! The plan is the execution: [`crate::run::Run`] works from this and nothing else.

use serde_json::Value;

use crate::finding::Finding;
use crate::mapping::{Evaluation, FieldValue, Link, State, blank_link};
use crate::name::{FieldName, FieldPath, RecordName, SObjectName};
use crate::outcome::{RecordError, Retry};
use crate::settings::{
    ApiVersion, AssignmentRule, MatchKeys, OrgSchema, Overwrite, RecordSettings, Settings, WhenBlank, WhenSeveralMatch,
    link_order,
};
use crate::soql::{Condition, MAX_QUERY_LENGTH, Order, Select};
use crate::value::Scalar;

/// Existing records fetched for each alternative of a lookup: enough to list candidates to an author.
pub const MAX_CANDIDATES: usize = 10;

/// What a run will do.
#[derive(Debug, PartialEq)]
pub struct Plan {
    pub api_version: ApiVersion,
    /// In the order of the settings.
    pub records: Vec<PlannedRecord>,
    /// Indexes of `records`, each after those it links to.
    pub write_order: Vec<usize>,
    pub lookups: Vec<Lookup>,
    pub requests_at_least: u32,
    pub requests_at_most: u32,
    pub findings: Vec<Finding>,
}

/// What will be done for one record.
#[derive(Debug, PartialEq)]
pub struct PlannedRecord {
    pub settings: RecordSettings,
    pub approach: Approach,
    pub when_none_matches: NoneMatches,
    pub fields: Vec<FieldValue>,
    pub links: Vec<Link>,
}

/// How a record is brought to Salesforce.
#[derive(Clone, Debug, PartialEq)]
pub enum Approach {
    Create,
    LookUp,
    UpsertByKey,
    UpdateById,
    /// `asked` says whether the flow asked for what is missing.
    Skip {
        asked: bool,
    },
    Fail(RecordError),
}

/// What happens when no existing record matches.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NoneMatches {
    Create,
    Skip,
    Fail,
}

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
    pub keys: Vec<(FieldPath, Scalar)>,
    /// One match and several are not the same.
    pub stops_at_several: bool,
}

/// Plans the run of evaluated records, with as few requests as is safe.
pub fn plan(settings: Settings, evaluation: Evaluation) -> Plan {
    let write_order = write_order(&settings);
    let mut records: Vec<PlannedRecord> = settings
        .records
        .into_iter()
        .zip(evaluation.records)
        .map(|(settings, evaluated)| PlannedRecord {
            approach: match evaluated.state {
                State::Failed(error) => Approach::Fail(error),
                State::Skipped { asked } => Approach::Skip { asked },
                State::Ready if settings.has_keys() => Approach::LookUp,
                State::Ready => Approach::Create,
            },
            when_none_matches: when_none_matches(&settings, &evaluated.fields),
            settings,
            fields: evaluated.fields,
            links: evaluated.links,
        })
        .collect();
    for index in 0..records.len() {
        let skipped = |name: &RecordName| {
            records.iter().any(|other| other.name() == name && matches!(other.approach, Approach::Skip { .. }))
        };
        let blank = |link: &&Link| link.when_blank == WhenBlank::Fail && skipped(&link.record);
        let error = records.get(index).and_then(|record| record.links.iter().find(blank)).map(blank_link);
        if let (Some(error), Some(record)) = (error, records.get_mut(index))
            && !matches!(record.approach, Approach::Skip { .. } | Approach::Fail(_))
        {
            record.approach = Approach::Fail(error);
        }
    }
    // Where one record must be looked up, looking up the others costs no further request and tells more.
    let native: Option<Vec<Approach>> = records
        .iter()
        .map(|record| {
            let siblings = records.iter().filter(|other| other.sobject() == record.sobject()).count() - 1;
            let alone = Alone { in_run: records.len() == 1, of_sobject: siblings == 0 };
            without_lookup(record, settings.schema.as_ref(), alone)
        })
        .collect();
    for (record, approach) in records.iter_mut().zip(native.into_iter().flatten()) {
        record.approach = approach;
    }
    let lookups = lookups(&mut records);
    let mut plan = Plan {
        api_version: settings.api_version,
        write_order,
        records,
        lookups,
        requests_at_least: 0,
        requests_at_most: 0,
        findings: evaluation.findings,
    };
    if plan.fails() {
        plan.lookups.clear();
    }
    (plan.requests_at_least, plan.requests_at_most) = plan.requests();
    plan
}

impl Plan {
    /// Whether any record cannot be written, so that nothing is.
    pub fn fails(&self) -> bool {
        self.records.iter().any(|record| matches!(record.approach, Approach::Fail(_)))
    }

    /// After a refused upsert by key: the same plan by way of lookups.
    pub fn look_up_instead(&mut self) {
        for record in &mut self.records {
            if matches!(record.approach, Approach::UpsertByKey | Approach::UpdateById) {
                record.approach = Approach::LookUp;
            }
        }
        self.lookups = lookups(&mut self.records);
    }

    /// Requests of a run that ends `done`, and at most.
    fn requests(&self) -> (u32, u32) {
        let any = |wanted: &[Approach]| self.records.iter().any(|record| wanted.contains(&record.approach));
        let looks_up = u32::from(!self.lookups.is_empty());
        let writes_for_sure = u32::from(any(&[Approach::Create, Approach::UpsertByKey, Approach::UpdateById]));
        let fallback = if any(&[Approach::UpsertByKey]) { 2 } else { 0 };
        if self.fails() {
            return (0, 0);
        }
        (looks_up + writes_for_sure, looks_up + writes_for_sure.max(looks_up) + fallback)
    }
}

impl PlannedRecord {
    pub fn name(&self) -> &RecordName {
        &self.settings.name
    }

    pub fn sobject(&self) -> &SObjectName {
        &self.settings.sobject
    }

    /// Whether the settings name this field for the record.
    pub fn uses(&self, field: &FieldName) -> bool {
        self.fields.iter().any(|value| value.path.field == *field || value.path.relationship.as_ref() == Some(field))
            || self.links.iter().any(|link| link.field == *field)
            || self.settings.store.iter().any(|(name, _)| name == field)
    }

    pub fn keys(&self) -> impl Iterator<Item = &FieldValue> {
        self.fields.iter().filter(|field| field.key.is_some())
    }
}

fn when_none_matches(settings: &RecordSettings, fields: &[FieldValue]) -> NoneMatches {
    let mut keys = fields.iter().filter(|field| field.key.is_some()).peekable();
    if settings.only_update_existing {
        return NoneMatches::Skip;
    }
    let names_one_record = match settings.match_keys {
        MatchKeys::All => keys.any(|field| field.path.is_id()),
        MatchKeys::Any => keys.peek().is_some() && keys.all(|field| field.path.is_id()),
    };
    // An id that nobody has any more cannot be given to a new record; creating one would hide the loss.
    if names_one_record { NoneMatches::Fail } else { NoneMatches::Create }
}

/// What stands beside a record.
#[derive(Clone, Copy)]
struct Alone {
    in_run: bool,
    of_sobject: bool,
}

/// The approach that needs no lookup, if there is one that is as safe.
fn without_lookup(record: &PlannedRecord, schema: Option<&OrgSchema>, alone: Alone) -> Option<Approach> {
    if record.approach != Approach::LookUp {
        return Some(record.approach.clone());
    }
    let settings = &record.settings;
    let mut keys = record.keys();
    let (Some(key), None) = (keys.next(), keys.next()) else {
        return None;
    };
    let compares = record.fields.iter().map(|field| field.overwrite).chain(record.links.iter().map(|l| l.overwrite));
    let reads_first = compares.into_iter().any(|overwrite| overwrite != Overwrite::Always)
        || settings.when_several_match == WhenSeveralMatch::MostRecentlyModified
        // A miss would undo the run's other records.
        || (settings.only_update_existing && !alone.in_run)
        // Only a lookup tells that two records of the run are one.
        || !alone.of_sobject;
    let only_found = record.fields.len() == 1;
    if reads_first || only_found || key.path.relationship.is_some() {
        return None;
    }
    if key.path.is_id() {
        return Some(Approach::UpdateById);
    }
    // Create and update want different headers there, and which of them it is nobody knows beforehand.
    let header_undecided = settings.sobject.has_assignment_rules() && settings.assignment_rule != AssignmentRule::Off;
    let upserts = schema.is_some_and(|schema| schema.upserts_by(&settings.sobject, &key.path.field));
    let fits = matches!(&key.value, Some(Scalar::Text(text)) if fits_a_path_segment(text));
    (upserts && fits && !header_undecided).then_some(Approach::UpsertByKey)
}

/// Values that a URL carries to Salesforce and back unchanged. Percent-encoding does the rest.
/// Source: REST API guide, Upsert by External ID; reports on slashes and dots in keys.
fn fits_a_path_segment(text: &str) -> bool {
    !text.starts_with('.')
        && !text.ends_with('.')
        && !text.contains(|c: char| c == '/' || c == '\\' || c == '%' || c.is_control())
}

fn write_order(settings: &Settings) -> Vec<usize> {
    let position = |name: &RecordName| settings.records.iter().position(|record| record.name == *name);
    link_order(&settings.records).into_iter().filter_map(position).collect()
}

/// One query for each SObject that has records to look up.
fn lookups(records: &mut [PlannedRecord]) -> Vec<Lookup> {
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
        // What an update would compare, and what is to be read back should nothing change.
        let compared = record.fields.iter().filter(|f| f.overwrite != Overwrite::OnCreate).map(|f| f.path.clone());
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
        if let Condition::Any(alternatives) = &mut self.select.condition {
            alternatives.push(Condition::All(keys.iter().filter_map(equals).collect()));
        }
        let keys = keys.iter().filter_map(|key| Some((key.path.clone(), key.value.clone()?))).collect();
        self.branches.push(Branch { record, keys, stops_at_several });
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

impl FieldValue {
    /// As JSON; `null` empties the field.
    pub fn json(&self) -> Value {
        self.value.as_ref().map_or(Value::Null, Scalar::to_json)
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
