//! Records + variables → the records of one run, with their values. No I/O, no clock: the same input gives the same records.

mod attach;
mod failure;
mod field;
mod forms;
mod given;
mod idempotency_key;
mod participation;

use std::rc::Rc;

use crate::base::{Finding, FindingCode, Said};
use crate::report::{Problem, RecordError};
use crate::salesforce::facts::OrgSchema;
use crate::salesforce::{FieldFacts, FieldName, FieldPath, RecordName, SObjectName};
use crate::settings::{Mapping, Overwrite, RecordSettings, Records, Source, WhenBlank};
use crate::texts::text;
use crate::value::file::Room;
use crate::value::{Appending, Comparison, Given, Scalar, Variables};
use crate::wire::Literal;

pub(crate) use attach::{Files, LeftOut};
pub(crate) use failure::{blank_link, misfit, reference_in_stored, reference_mark};
pub(crate) use field::value_cut;
pub(crate) use forms::EvaluatedForm;
use given::{given, joint};
pub(crate) use idempotency_key::IdempotencyKey;
use participation::{Failures, Seen, participation};

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
}

fn value_left_out(mapping: &Mapping, error: &RecordError) -> Finding {
    Finding::new(
        FindingCode::ValueLeftOut,
        mapping.pointer.clone(),
        Said { message: error.message.clone(), remedy: text!(findings_conversation::VALUE_LEFT_OUT) },
    )
}
