//! Settings + variables → the records of one run, with their values. No I/O, no clock: the same input gives the same records.

use crate::finding::{Finding, Severity};
use crate::name::{FieldName, FieldPath, RecordName};
use crate::outcome::{RecordError, Retry};
use crate::settings::{Mapping, Overwrite, RecordSettings, Settings, Source, WhenBlank};
use crate::soql::{Literal, LiteralError, MAX_LITERAL_LENGTH};
use crate::value::{REFERENCE_MARK, Scalar, has_reference_mark};
use crate::variables::{Given, GivenError, Variables};

/// The records of one run, in the order of the settings.
#[derive(Debug, PartialEq)]
pub struct Evaluation {
    pub records: Vec<Evaluated>,
    pub findings: Vec<Finding>,
}

/// One record and what the conversation gave for it.
#[derive(Debug, PartialEq)]
pub struct Evaluated {
    pub state: State,
    pub fields: Vec<FieldValue>,
    pub links: Vec<Link>,
}

/// Whether a record takes part in the run.
#[derive(Debug, PartialEq)]
pub enum State {
    Ready,
    /// `asked` says whether the flow asked for what is missing.
    Skipped {
        asked: bool,
    },
    Failed(RecordError),
}

/// A value for a field.
#[derive(Debug, PartialEq)]
pub struct FieldValue {
    pub path: FieldPath,
    /// `None` empties the field.
    pub value: Option<Scalar>,
    /// What finds an existing record by this field; `None` if it is no key.
    pub key: Option<Literal>,
    pub overwrite: Overwrite,
}

/// A lookup field that gets the id of another record.
#[derive(Debug, PartialEq)]
pub struct Link {
    pub field: FieldName,
    pub record: RecordName,
    pub overwrite: Overwrite,
    pub when_blank: WhenBlank,
}

/// Most bytes that the values of one run may have as JSON. One long text mapped to many fields would otherwise fill the
/// memory; the longest field of Salesforce takes 131,072 characters.
pub const MAX_VALUES_BYTES: usize = 1 << 20;

/// Works out every record's values.
pub fn evaluate(settings: &Settings, variables: &Variables) -> Evaluation {
    let mut findings = Vec::new();
    let mut room = MAX_VALUES_BYTES;
    let evaluate = |record| evaluate_record(record, variables, &mut room, &mut findings);
    let records = settings.records.iter().map(evaluate).collect();
    Evaluation { records, findings }
}

fn evaluate_record(
    record: &RecordSettings,
    variables: &Variables,
    room: &mut usize,
    findings: &mut Vec<Finding>,
) -> Evaluated {
    let mut evaluated = Evaluated { state: State::Ready, fields: Vec::new(), links: Vec::new() };
    let mut failures = Failures::default();
    let mut asked = false;
    for mapping in &record.mappings {
        if let Source::Record(target) = &mapping.source {
            evaluated.links.push(Link {
                field: mapping.field.field.clone(),
                record: target.clone(),
                overwrite: mapping.overwrite,
                when_blank: mapping.when_blank,
            });
            continue;
        }
        let given = given(mapping, variables);
        // A constant is the author's: the flow asked nobody for it.
        let from_flow = !matches!(mapping.source, Source::Constant(_)) && !matches!(given, Ok(Given::Absent));
        asked |= mapping.key == record.has_keys() && from_flow;
        match field_value(mapping, given).and_then(|field| fitting(field, room)) {
            Ok(field) => evaluated.fields.extend(field),
            Err(error) => failures.add(mapping.key, error),
        }
    }
    evaluated.state = participation(record, &evaluated, failures, asked, findings);
    evaluated
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

fn given(mapping: &Mapping, variables: &Variables) -> Result<Given, GivenError> {
    match &mapping.source {
        Source::Variable(name) => variables.get(name),
        Source::Template(template) => variables.render(template, mapping.key),
        Source::Constant(value) => Ok(Scalar::from_json(value)?.map_or(Given::Blank, Given::Value)),
        Source::Record(_) => Ok(Given::Absent),
    }
}

/// The value, if there is room for it.
fn fitting(field: Option<FieldValue>, room: &mut usize) -> Result<Option<FieldValue>, RecordError> {
    if let Some(FieldValue { path, value: Some(Scalar::Text(text)), .. }) = &field {
        *room = room.checked_sub(json_length(text)).ok_or_else(|| too_much(path))?;
    }
    Ok(field)
}

/// Bytes of a text between the quotes of JSON.
fn json_length(text: &str) -> usize {
    let length = |byte| match byte {
        0..0x20 => 6,
        b'"' | b'\\' => 2,
        _ => 1,
    };
    text.bytes().map(length).sum()
}

/// The value of one mapping; `None` if the field is left alone.
fn field_value(mapping: &Mapping, given: Result<Given, GivenError>) -> Result<Option<FieldValue>, RecordError> {
    let field = &mapping.field;
    let given = given.map_err(|error| match error {
        GivenError::NotAFieldValue => unsupported(field),
        GivenError::TooMuchText => too_much(field),
    })?;
    let value = match given {
        Given::Value(value) => Some(value),
        Given::Absent | Given::Blank if mapping.when_blank == WhenBlank::Fail => return Err(blank(field)),
        Given::Blank if mapping.when_blank == WhenBlank::Clear => None,
        Given::Absent | Given::Blank => return Ok(None),
    };
    if matches!(&value, Some(Scalar::Text(text)) if has_reference_mark(text)) {
        return Err(reference_mark(field));
    }
    let key = match &value {
        Some(value) if mapping.key => Some(Literal::new(field, value).map_err(|error| bad_key(field, error))?),
        _ => None,
    };
    Ok(Some(FieldValue { path: field.clone(), value, key, overwrite: mapping.overwrite }))
}

fn participation(
    record: &RecordSettings,
    evaluated: &Evaluated,
    failures: Failures,
    asked: bool,
    findings: &mut Vec<Finding>,
) -> State {
    if let Some(error) = failures.in_key {
        return State::Failed(error);
    }
    let used = |mapping: &&Mapping| evaluated.fields.iter().any(|f| f.key.is_some() && f.path == mapping.field);
    let is_constant = |mapping: &Mapping| matches!(mapping.source, Source::Constant(_));
    // A constant narrows a search down; by itself it would find whoever is there.
    let only_constants = record.keys().all(is_constant);
    let found_by_keys = record.keys().filter(used).any(|mapping| only_constants || !is_constant(mapping));
    for mapping in record.keys().filter(|mapping| !used(mapping)) {
        findings.push(key_without_value(record, mapping, found_by_keys));
    }
    if record.has_keys() && !found_by_keys {
        return State::Skipped { asked };
    }
    if let Some(error) = failures.elsewhere {
        return State::Failed(error);
    }
    if !record.has_keys() && evaluated.links.is_empty() && evaluated.fields.iter().all(|field| field.value.is_none()) {
        findings.push(
            Finding::error(
                "nothing-to-write",
                record.mappings.first().map(|mapping| mapping.pointer.clone()).unwrap_or_default(),
                format!("The conversation gave no value for `{}`, so it is skipped.", record.name),
                "Set `whenBlank` to \"fail\" on the mapping that must have a value, if this should not happen.",
            )
            .with_severity(Severity::Warning),
        );
        return State::Skipped { asked };
    }
    State::Ready
}

fn key_without_value(record: &RecordSettings, mapping: &Mapping, others: bool) -> Finding {
    let consequence = if others { "only the other keys were used" } else { "it is neither looked up nor written" };
    Finding::error(
        "key-without-value",
        mapping.pointer.clone(),
        format!("The key `{}` of `{}` has no value: {consequence}.", mapping.field, record.name),
        "Ask for the value before this module, or set the mapping's `whenBlank` to \"fail\".",
    )
    .with_severity(Severity::Warning)
}

fn blank(field: &FieldPath) -> RecordError {
    RecordError::new(
        "BLANK_VALUE",
        format!("`{field}` must have a value, and the conversation gave none."),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

/// A link that must not be blank, to a record that does not take part.
pub fn blank_link(link: &Link) -> RecordError {
    RecordError::new(
        "BLANK_VALUE",
        format!("`{}` must hold the id of `{}`, which does not take part in this run.", link.field, link.record),
        Retry::Never,
    )
    .with_fields([&link.field])
}

fn unsupported(field: &FieldPath) -> RecordError {
    RecordError::new(
        "UNSUPPORTED_VALUE",
        format!(
            "`{field}` takes a text, a number, true or false, or a list of them; the variable holds something else."
        ),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

fn too_much(field: &FieldPath) -> RecordError {
    RecordError::new(
        "TOO_MUCH_TEXT",
        format!("With the value for `{field}`, the texts of this run are more than {MAX_VALUES_BYTES} bytes together."),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

fn reference_mark(field: &FieldPath) -> RecordError {
    RecordError::new(
        "REFERENCE_IN_VALUE",
        format!(
            "The value for `{field}` contains `{REFERENCE_MARK}`, which Salesforce would replace instead of storing."
        ),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

fn bad_key(field: &FieldPath, error: LiteralError) -> RecordError {
    let (code, expected) = match error {
        LiteralError::TooLong => ("KEY_TOO_LONG", format!("at most {MAX_LITERAL_LENGTH} characters")),
        LiteralError::NotAnId => ("MALFORMED_ID", "a Salesforce id of 15 or 18 characters".to_owned()),
        LiteralError::NotANumber => ("UNSUPPORTED_VALUE", "a number of a usual size".to_owned()),
    };
    RecordError::new(code, format!("To find a record by `{field}`, its value must be {expected}."), Retry::Never)
        .with_fields([&field.written_field()])
}
