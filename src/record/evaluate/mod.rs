//! Records + variables → the records of one run, with their values. No I/O, no clock: the same input gives the same records.

mod attach;
mod failure;
mod forms;
mod given;
mod idempotency_key;

use std::rc::Rc;

use crate::base::size::json_length;
use crate::base::{Finding, FindingCode, Said};
use crate::report::{Problem, RecordError};
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::name::is_state_or_country;
use crate::salesforce::{FieldFacts, FieldName, FieldPath, FieldType, RecordName, SObjectName};
use crate::settings::{Mapping, Overwrite, RecordSettings, Records, Source, WhenBlank};
use crate::texts::{said, text};
use crate::value::file::Room;
use crate::value::variables::GivenError;
use crate::value::{Appending, Comparison, Given, Misfit, Scalar, Variables, convert, has_reference_mark};
use crate::wire::Literal;

pub(crate) use attach::{Files, LeftOut};
pub(crate) use failure::{blank_link, misfit, reference_in_stored, reference_mark};
pub(crate) use forms::EvaluatedForm;
use given::{appending, cleared, given, joint};
pub(crate) use idempotency_key::IdempotencyKey;

/// The records of one run, in the order of the settings.
#[derive(Debug, PartialEq)]
pub struct Evaluation {
    pub records: Vec<Evaluated>,
    pub findings: Vec<Finding>,
}

/// One record and what the conversation gave for it.
#[derive(Debug, Default, PartialEq)]
pub struct Evaluated {
    pub state: State,
    pub fields: Vec<FieldValue>,
    pub links: Vec<Link>,
    /// The idempotency key, if the settings ask for one.
    pub idempotency: Option<IdempotencyKey>,
    /// What is wrong with a value that is no key, whether or not the record takes part.
    pub misfit: Option<RecordError>,
    /// All that is wrong with what the visitor gave.
    pub problems: Vec<Problem>,
    /// Of a record with `lookIn`: what it may turn out to be. The other members are then empty.
    pub may_be: Vec<EvaluatedForm>,
    /// None of a record that fails.
    pub files: Files,
}

/// Whether a record takes part in the run.
#[derive(Debug, Default, PartialEq)]
pub enum State {
    #[default]
    Ready,
    /// `asked` says whether the flow asked for what is missing.
    Skipped { asked: bool },
    /// One of its keys is wrong.
    Failed(RecordError),
    /// It can be found, and not be written: another value is wrong.
    Unfit(RecordError),
}

/// A value for a field.
#[derive(Debug, PartialEq)]
pub struct FieldValue {
    /// The field of the record, or of a parent by whose external id a lookup field is filled.
    pub path: FieldPath,
    /// `None` empties the field.
    pub value: Option<Scalar>,
    /// What finds an existing record by this field; `None` if it is no key.
    pub key: Option<Literal>,
    /// Whether an existing record's field takes the value.
    pub overwrite: Overwrite,
    /// The key is never written.
    pub only_finds: bool,
    /// With [`Overwrite::Append`].
    pub appending: Option<Appending>,
    /// How the org compares the field's values.
    pub comparison: Comparison,
    /// It says something of its own: a reason to write a new record. What a preset or a record type adds, or what a blank
    /// answer empties, is none.
    pub is_reason: bool,
}

/// A lookup field that gets the id of another record.
#[derive(Debug, PartialEq)]
pub struct Link {
    /// The lookup field: what `Link` fills is an id of another record of the run.
    pub field: FieldName,
    /// Name of the other record in the settings.
    pub record: RecordName,
    /// An existing record is found by it.
    pub key: bool,
    /// The key is never written.
    pub only_finds: bool,
    /// What the other record must turn out to be one of; empty, if it may be anything.
    pub only_for: Vec<SObjectName>,
    /// Whether an existing record's field takes the id.
    pub overwrite: Overwrite,
    /// What happens where the other record has no id, because it was skipped.
    pub when_blank: WhenBlank,
}

/// Most bytes that the values of one run may have as JSON. One long text mapped to many fields would otherwise fill the
/// memory; the longest field of Salesforce takes 131,072 characters.
pub const MAX_VALUES_BYTES: usize = 1 << 20;

/// Works out every record's values.
pub fn evaluate(settings: &Records, variables: &Variables) -> Evaluation {
    let (schema, records) = (settings.schema.as_ref(), settings.records.as_slice());
    let mut conversation = Conversation {
        variables,
        schema,
        records,
        room: MAX_VALUES_BYTES,
        room_for_files: Room::default(),
        findings: settings.absent_variables(variables),
    };
    let records = records.iter().map(|record| match record.look_in.is_empty() {
        true => conversation.evaluate(record),
        false => conversation.evaluate_variants(record),
    });
    let records = records.collect();
    conversation.note_unused_files(settings);
    Evaluation { records, findings: conversation.findings }
}

/// What the records of one run are worked out from, and what there is to say about it.
struct Conversation<'a> {
    variables: &'a Variables,
    schema: Option<&'a OrgSchema>,
    records: &'a [Rc<RecordSettings>],
    /// Bytes that the run's texts may still have.
    room: usize,
    room_for_files: Room,
    findings: Vec<Finding>,
}

impl Conversation<'_> {
    fn evaluate(&mut self, record: &RecordSettings) -> Evaluated {
        let mut evaluated = Evaluated::default();
        let mut failures = Failures::default();
        let mut seen = Seen::default();
        for mapping in &record.mappings {
            if let Source::Record(target) = &mapping.source {
                let linked = self.records.iter().find(|record| record.name == *target);
                evaluated.links.push(Link {
                    field: mapping.field.field.clone(),
                    record: target.clone(),
                    key: mapping.key,
                    only_finds: mapping.only_finds,
                    only_for: linked.map(|linked| linked.among(&mapping.only_for)).unwrap_or_default(),
                    overwrite: mapping.overwrite,
                    when_blank: mapping.when_blank,
                });
                continue;
            }
            let facts = self.schema.and_then(|schema| schema.field(&record.sobject, &mapping.field));
            let by_name = FieldFacts::known_by_name(&record.sobject, &mapping.field, facts);
            let facts = by_name.as_ref().or(facts);
            let given = match &mapping.source {
                Source::Transcript(variable) => self.transcript(variable, mapping, facts),
                source => given(source, mapping.key, joint(facts), self.variables),
            };
            // A constant is the author's: the flow did not ask the visitor for it.
            let from_flow = !matches!(mapping.source, Source::Constant(_)) && !matches!(given, Ok(Given::Absent));
            seen.asked |= mapping.key == record.has_keys() && from_flow && !mapping.completes;
            if mapping.completes && facts.is_some_and(|facts| facts.left_out) {
                continue;
            }
            match self.field_value(record, mapping, facts, given) {
                Ok(field) => {
                    seen.value |= field.as_ref().is_some_and(|field| field.is_reason);
                    evaluated.fields.extend(field);
                }
                // What only completes a record is left out rather than the record.
                Err(error) if mapping.completes => self.findings.push(value_left_out(mapping, &error)),
                Err(error) => {
                    let field = mapping.field.to_string();
                    evaluated.problems.append(&mut Problem::of(&error, &field, mapping.source.variables()));
                    failures.add(mapping.key, error);
                }
            }
        }
        evaluated.files = self.files(record);
        if let Some(error) = evaluated.files.unfit_for(&record.sobject) {
            failures.add(false, error.clone());
            evaluated.files = Files::default();
        }
        evaluated.misfit.clone_from(&failures.elsewhere);
        evaluated.state = participation(record, &evaluated, failures, seen, &mut self.findings);
        // What is only updated needs no idempotency key.
        let idempotency = record.idempotency().filter(|_| record.may_create());
        if let (State::Ready, Some(idempotency)) = (&evaluated.state, idempotency) {
            match self.idempotency_key(record, idempotency) {
                Ok(key) => evaluated.idempotency = Some(key),
                Err(error) => evaluated.state = State::Failed(error),
            }
        }
        if matches!(evaluated.state, State::Failed(_)) {
            evaluated.files = Files::default();
        }
        evaluated.fields.extend(self.record_type(record));
        evaluated
    }

    /// The value of one mapping; `None` if the field is left alone.
    fn field_value(
        &mut self,
        record: &RecordSettings,
        mapping: &Mapping,
        facts: Option<&FieldFacts>,
        given: Result<Given, GivenError>,
    ) -> Result<Option<FieldValue>, RecordError> {
        let field = &mapping.field;
        let given = given.map_err(|error| match error {
            GivenError::NotAFieldValue(error) => failure::unsupported(field, error),
            GivenError::TooMuchText => failure::too_much(field),
            GivenError::NotATranscript => failure::no_transcript(mapping.source.transcript().unwrap_or_default()),
            GivenError::TooLong(most) => failure::misfit(field, &Misfit::TooLong(most)),
            GivenError::TooManyBytes(most) => failure::misfit(field, &Misfit::TooManyBytes(most)),
        })?;
        let is_given = matches!(given, Given::Value(_));
        let value = match given {
            Given::Value(value) => Some(self.fitting(record, mapping, facts, value)?),
            Given::Absent | Given::Blank if mapping.when_blank == WhenBlank::Fail => return Err(failure::blank(field)),
            Given::Blank if mapping.when_blank == WhenBlank::Clear => cleared(field, facts)?,
            Given::Absent | Given::Blank => return Ok(None),
        };
        let key = match &value {
            // An unticked checkbox where nothing was given would find everybody's.
            Some(value) if mapping.key && is_given => {
                Some(Literal::new(field, value).map_err(|error| failure::bad_key(field, error))?)
            }
            _ => None,
        };
        let comparison = facts
            .map(|facts| Comparison { field_type: facts.field_type, case_sensitive: facts.case_sensitive })
            .unwrap_or_default();
        let Mapping { overwrite, only_finds, .. } = *mapping;
        // Nothing is to be found, and nothing to be emptied.
        if only_finds && key.is_none() {
            return Ok(None);
        }
        let is_reason = is_given && !mapping.completes && !only_finds;
        let appending = appending(mapping, facts);
        Ok(Some(FieldValue {
            path: field.clone(),
            value,
            key,
            overwrite,
            only_finds,
            appending,
            comparison,
            is_reason,
        }))
    }

    /// The value in the form that the field takes, if there is room for it.
    fn fitting(
        &mut self,
        record: &RecordSettings,
        mapping: &Mapping,
        facts: Option<&FieldFacts>,
        value: Scalar,
    ) -> Result<Scalar, RecordError> {
        let field = &mapping.field;
        let when_too_long = mapping.when_too_long();
        let unknown = FieldFacts::default();
        // A count of seconds is an instant whatever field it goes to.
        let value = match facts.or(mapping.format.epoch.map(|_| &unknown)) {
            None => value,
            Some(facts) => {
                let converted = convert(value, facts, &mapping.format, when_too_long)
                    .map_err(|misfit| failure::misfit(field, &misfit))?;
                if converted.cut {
                    self.findings.push(value_cut(mapping));
                }
                // Lists of states and countries are closed, whatever the org says of them.
                let is_open = !is_state_or_country(field.field.as_str());
                if converted.new_value && is_open && !record.reads() {
                    self.findings.push(new_value(mapping));
                }
                converted.value
            }
        };
        let length = match &value {
            Scalar::Text(text) if has_reference_mark(text) => return Err(failure::reference_mark(field)),
            Scalar::Text(text) => json_length(text),
            // Numbers keep all their digits, however many there are.
            Scalar::Number(number) => number.as_str().len(),
            Scalar::Boolean(_) | Scalar::Temporal(_) => 0,
        };
        self.room = self.room.checked_sub(length).ok_or_else(|| failure::too_much(field))?;
        Ok(value)
    }

    /// A new record's type. An existing record keeps the one that people gave it.
    fn record_type(&self, record: &RecordSettings) -> Option<FieldValue> {
        let object = self.schema?.object(&record.sobject)?;
        let id = object.record_type(record.record_type()?)?;
        Some(FieldValue {
            path: FieldPath::parse("RecordTypeId")?,
            value: Scalar::text(id.as_str()),
            key: None,
            overwrite: Overwrite::OnCreate,
            only_finds: false,
            appending: None,
            comparison: Comparison { field_type: FieldType::Reference, case_sensitive: false },
            is_reason: false,
        })
    }
}

/// What the mappings of one record gave.
#[derive(Clone, Copy, Default)]
struct Seen {
    /// The flow asked for a key, or where there is none, for anything.
    asked: bool,
    /// There is something to write.
    value: bool,
}

/// The first mistake names the record's fate; the author fixes them one by one.
#[derive(Default)]
struct Failures {
    in_key: Option<RecordError>,
    elsewhere: Option<RecordError>,
}

impl Failures {
    fn add(&mut self, in_key: bool, error: RecordError) {
        let slot = if in_key { &mut self.in_key } else { &mut self.elsewhere };
        slot.get_or_insert(error);
    }
}

fn participation(
    record: &RecordSettings,
    evaluated: &Evaluated,
    failures: Failures,
    Seen { asked, value }: Seen,
    findings: &mut Vec<Finding>,
) -> State {
    if let Some(error) = failures.in_key {
        return State::Failed(error);
    }
    // Whether a link has a value, the other record decides.
    let is_link = |mapping: &Mapping| matches!(mapping.source, Source::Record(_));
    let used = |mapping: &&Mapping| {
        is_link(mapping) || evaluated.fields.iter().any(|f| f.key.is_some() && f.path == mapping.field)
    };
    let keys: Vec<&Mapping> = record.keys().filter(used).collect();
    let alternatives = record.match_keys.alternatives(&keys, |key| key.field.clone());
    // A constant narrows a search down; by itself it would find any record.
    let only_constants = record.keys().all(Mapping::is_constant);
    let found_by_keys = alternatives.iter().flatten().any(|mapping| only_constants || !mapping.is_constant());
    for mapping in record.keys().filter(|mapping| !used(mapping)) {
        findings.push(key_without_value(record, mapping, found_by_keys));
    }
    if record.has_keys() && !found_by_keys {
        return State::Skipped { asked };
    }
    if let Some(error) = failures.elsewhere {
        return State::Unfit(error);
    }
    // A comment without text is of no use, although it has a Case.
    let is_comment = record.mappings.iter().any(|mapping| mapping.source.transcript().is_some());
    if !record.has_keys() && (evaluated.links.is_empty() || is_comment) && !value {
        findings.push(Finding::new(
            FindingCode::NothingToWrite,
            record.mappings.first().map(|mapping| mapping.pointer.clone()).unwrap_or_default(),
            said!(findings_conversation::nothing_to_write(&record.name)),
        ));
        return State::Skipped { asked };
    }
    State::Ready
}

fn key_without_value(record: &RecordSettings, mapping: &Mapping, others: bool) -> Finding {
    let said = match (others, record.reads()) {
        (true, _) => said!(findings_conversation::one_key_without_value(&mapping.field, &record.name)),
        (false, true) => said!(findings_conversation::read_key_without_value(&mapping.field, &record.name)),
        (false, false) => said!(findings_conversation::key_without_value(&mapping.field, &record.name)),
    };
    Finding::new(FindingCode::KeyWithoutValue, mapping.pointer.clone(), said)
}

fn value_left_out(mapping: &Mapping, error: &RecordError) -> Finding {
    Finding::new(
        FindingCode::ValueLeftOut,
        mapping.pointer.clone(),
        Said { message: error.message.clone(), remedy: text!(findings_conversation::VALUE_LEFT_OUT) },
    )
}

fn new_value(mapping: &Mapping) -> Finding {
    Finding::new(
        FindingCode::NewPicklistValue,
        mapping.pointer.clone(),
        said!(findings_conversation::new_picklist_value(&mapping.field)),
    )
}

pub(crate) fn value_cut(mapping: &Mapping) -> Finding {
    Finding::new(
        FindingCode::ValueCut,
        mapping.pointer.clone(),
        said!(findings_conversation::value_cut(&mapping.field)),
    )
}
