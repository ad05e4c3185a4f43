//! What a run takes and gives back, as JSON Schema: for a host that checks its flow or builds a form, and for a language model that
//! gets the module as a tool.
//!
//! What the schema accepts, a run converts; what it refuses, a run refuses. Where JSON Schema cannot say the same, docs/embed.md
//! lists it, and `host-tests/tests/core/describe.rs` holds the list against random documents.

mod field;
mod given;
mod handover;
mod name;
mod pattern;
mod picklist;
mod results;
mod shape;

use serde_json::{Map, Value};

use crate::base::text;
use crate::record::evaluate;
use crate::record::evaluate::State;
use crate::salesforce::{FieldFacts, FieldPath};
use crate::settings::mention::{At, Mention};
use crate::settings::request::Resource;
use crate::settings::{Mapping, RecordSettings, Settings};
use crate::value::Variables;
pub use handover::describe as describe_handover;
use shape::{Shape, keywords};

/// Most places of one variable that its description tells.
const MOST_WORDS: usize = 10;
const DRAFT: &str = "https://json-schema.org/draft/2020-12/schema";

/// A module with its settings, as a tool.
#[derive(Clone, Debug, PartialEq)]
pub struct Tool {
    /// 1 to 64 letters, digits, `_` and `-`.
    pub name: String,
    /// As the author wrote it.
    pub title: Option<String>,
    /// What it does: the author's words, or made of the settings.
    pub description: String,
    /// JSON Schema of the object that a run takes as its variables.
    pub variables: Value,
    /// JSON Schema of the variables of an outcome that is `done`.
    pub results: Value,
    /// Variables that a run takes; none where the settings contradict themselves, or are beyond what can be made up.
    pub examples: Vec<Value>,
}

/// Describes settings. Takes no request: what it knows of the org is what `prepare` wrote into them.
pub fn describe(settings: &Settings) -> Tool {
    let variables = Described::of(settings);
    let example = variables.example();
    let examples = if is_taken(settings, &example) { vec![example] } else { Vec::new() };
    Tool {
        name: name::name(settings),
        title: settings.title.clone(),
        description: name::description(settings),
        variables: variables.into_schema(settings.title.as_deref()),
        results: results::results(settings),
        examples,
    }
}

/// The variables in the order in which the settings name them.
#[derive(Default)]
struct Described {
    variables: Vec<Variable>,
    /// Name → index.
    index: Map<String, Value>,
    /// Variables of the body of an API request.
    in_body: usize,
}

/// One variable, and all that takes it.
struct Variable {
    name: String,
    /// None of them twice.
    schemas: Vec<Map<String, Value>>,
    words: Vec<String>,
    required: bool,
    sample: Value,
    narrowness: u8,
}

impl Described {
    fn of(settings: &Settings) -> Self {
        let mentions = settings.mentions();
        let mut in_body = Map::new();
        for mention in mentions.iter().filter(|mention| matches!(mention.at, At::Body { .. })) {
            in_body.insert(mention.variable.clone().into_owned(), Value::Null);
        }
        let mut described = Self { in_body: in_body.len(), ..Self::default() };
        for mention in mentions {
            // A record with `lookIn` has fields of several SObjects, each with facts of its own.
            if let At::Value(record, _) | At::Part(record, ..) | At::Transcript(record, _) = mention.at
                && !record.look_in.is_empty()
            {
                continue;
            }
            described.add(settings, &mention);
        }
        let with_forms = settings.records().iter().filter(|record| !record.look_in.is_empty());
        for form in with_forms.flat_map(|record| record.forms()) {
            let mut mentions = Vec::new();
            form.mention(&mut mentions);
            for mention in &mentions {
                described.add(settings, mention);
            }
        }
        described
    }

    fn add(&mut self, settings: &Settings, mention: &Mention) {
        let shape = self.shape_of(settings, mention);
        let words = words(settings, &mention.at, &shape.note);
        self.put(mention.variable.as_ref(), shape, words);
    }

    fn put(&mut self, name: &str, shape: Shape, words: String) {
        let Shape { schema, required, sample, narrowness, .. } = shape;
        let known = self.index.get(name).and_then(Value::as_u64).and_then(|at| usize::try_from(at).ok());
        let at = known.unwrap_or_else(|| {
            let (schemas, words) = (Vec::new(), Vec::new());
            self.index.insert(name.to_owned(), self.variables.len().into());
            let name = name.to_owned();
            self.variables.push(Variable { name, schemas, words, required: false, sample: sample.clone(), narrowness });
            self.variables.len() - 1
        });
        let Some(variable) = self.variables.get_mut(at) else { return };
        if !schema.is_empty() && !variable.schemas.contains(&schema) {
            variable.schemas.push(schema);
        }
        if variable.words.len() < MOST_WORDS && !variable.words.contains(&words) {
            variable.words.push(words);
        }
        variable.required |= required;
        if narrowness > variable.narrowness {
            (variable.sample, variable.narrowness) = (sample, narrowness);
        }
    }

    fn shape_of(&self, settings: &Settings, mention: &Mention) -> Shape {
        let with_facts = |record: &RecordSettings, mapping: &Mapping, shape: &dyn Fn(Option<&FieldFacts>) -> Shape| {
            // A preset takes what it can.
            if mapping.completes {
                return Shape::new(Map::new(), 0, "Example");
            }
            let facts = facts(settings, record, &mapping.field);
            let by_name = FieldFacts::known_by_name(&record.sobject, &mapping.field, facts);
            shape(by_name.as_ref().or(facts))
        };
        match &mention.at {
            At::Value(record, mapping) => with_facts(record, mapping, &|facts| field::value(mapping, facts)),
            At::Part(record, mapping, template) => {
                with_facts(record, mapping, &|facts| given::part(mapping, template, facts))
            }
            At::Transcript(record, mapping) => with_facts(record, mapping, &|facts| given::transcript(mapping, facts)),
            At::File(_, attachment) => given::file(attachment),
            At::Idempotency(record) => {
                let field = record.idempotency().map(|idempotency| FieldPath::from(idempotency.field.clone()));
                let facts = field.and_then(|field| facts(settings, record, &field));
                given::idempotency(facts, record.may_create())
            }
            At::Segment(segment) => given::segment(segment, &mention.variable),
            At::Parameter(parameter) => given::parameter(parameter),
            At::Body { site, .. } => {
                let resource = settings.work.as_ref().request().map(|request| Resource::of(&request.segments));
                given::body(*site, self.in_body == 1, resource == Some(Resource::Composite))
            }
            At::Attribute(_) | At::ChatKey | At::ChatTranscript => handover::shape(&mention.at),
        }
    }

    fn example(&self) -> Value {
        let mut example = Map::new();
        for variable in &self.variables {
            example.insert(variable.name.clone(), variable.sample.clone());
        }
        Value::Object(example)
    }

    fn into_schema(self, title: Option<&str>) -> Value {
        let mut properties = Map::new();
        let mut required = Vec::new();
        for variable in self.variables {
            if variable.required {
                required.push(Value::from(variable.name.as_str()));
            }
            let (name, schema) = variable.into_property();
            properties.insert(name, Value::Object(schema));
        }
        let mut map = keywords([
            ("$schema", DRAFT.into()),
            ("type", "object".into()),
            ("properties", Value::Object(properties)),
            // A run takes no notice of them.
            ("additionalProperties", Value::from(true)),
        ]);
        if let Some(title) = title {
            map.insert("title".to_owned(), title.into());
        }
        if !required.is_empty() {
            map.insert("required".to_owned(), Value::Array(required));
        }
        Value::Object(map)
    }
}

impl Variable {
    fn into_property(mut self) -> (String, Map<String, Value>) {
        let mut schema = match self.schemas.len() {
            0 | 1 => self.schemas.pop().unwrap_or_default(),
            _ => keywords([("allOf", self.schemas.into_iter().map(Value::Object).collect())]),
        };
        schema.insert("description".to_owned(), self.words.join(". ").into());
        (self.name, schema)
    }
}

fn facts<'a>(settings: &'a Settings, record: &RecordSettings, field: &FieldPath) -> Option<&'a FieldFacts> {
    settings.schema()?.field(&record.sobject, field)
}

/// What the variable is for.
fn words(settings: &Settings, at: &At, note: &str) -> String {
    let named = |record: &RecordSettings, mapping: &Mapping| {
        let field = format!("{}.{}", record.name, mapping.field);
        match facts(settings, record, &mapping.field).and_then(|facts| facts.label.as_deref()) {
            Some(label) => format!("{label} ({field})"),
            None => field,
        }
    };
    let finds = |mapping: &Mapping| if mapping.key { "; finds the existing record" } else { "" };
    let used = match at {
        At::Value(record, mapping) => format!("{}{}", named(record, mapping), finds(mapping)),
        At::Part(record, mapping, _) => format!("part of {}{}", named(record, mapping), finds(mapping)),
        At::Transcript(record, mapping) => named(record, mapping),
        At::File(record, _) => format!("attached to {}", record.name),
        At::Idempotency(record) => format!("keeps {} from being written twice", record.name),
        At::Segment(_) => "part of the path".to_owned(),
        At::Parameter(parameter) => format!("parameter {}", parameter.name),
        At::Body { pointer, .. } => pointer.clone(),
        At::Attribute(_) | At::ChatKey | At::ChatTranscript => handover::words(at),
    };
    if note.is_empty() { used } else { format!("{used}; {note}") }
}

/// Whether a run converts it, as far as that shows before any request.
fn is_taken(settings: &Settings, example: &Value) -> bool {
    let Ok(variables) = Variables::parse(&text(example)) else { return false };
    let Some(records) = settings.work.as_ref().records() else { return true };
    let evaluation = evaluate(records, &variables);
    let is_fit = |evaluated: &crate::record::evaluate::Evaluated| {
        evaluated.misfit.is_none() && !matches!(evaluated.state, State::Failed(_) | State::Unfit(_))
    };
    evaluation.records.iter().all(|record| {
        let forms = record.may_be.iter().map(|form| &form.evaluated);
        let has_bad_file = !record.files.left_out.is_empty() || !record.files.unfit.is_empty();
        std::iter::once(record).chain(forms).all(is_fit) && !has_bad_file
    })
}
