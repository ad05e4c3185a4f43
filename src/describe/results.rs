//! Variables that a run gives back.

use serde_json::{Map, Value};

use super::shape::{keywords, schema, types};
use crate::salesforce::{FieldName, FieldType};
use crate::settings::{
    HandoverSettings, Reading, RecordSettings, RecordWork, Settings, Target, WhenNoneMatch, Writing,
};

/// JSON Schema of what a run that ended `done` hands over.
pub(super) fn results(settings: &Settings) -> Value {
    let mut found = Results::default();
    for record in settings.records() {
        match &record.work {
            RecordWork::Read(reading) => found.read(record, reading),
            RecordWork::Write(writing) => found.stored(settings, record, writing),
        }
    }
    for (pointer, variable) in settings.work.as_ref().request().into_iter().flat_map(|request| &request.store) {
        found.add(variable, Map::new(), format!("`{pointer}` of the answer; null if it has no such part"), true);
    }
    found.into_schema()
}

/// The same of a hand-over, whose every answer hands it over.
pub(super) fn of_handover(settings: &HandoverSettings) -> Value {
    let mut found = Results::default();
    for (pointer, variable) in &settings.store {
        found.add(variable, Map::new(), format!("`{pointer}` of the chat; null if it is not known"), true);
    }
    found.into_schema()
}

#[derive(Default)]
struct Results {
    properties: Map<String, Value>,
    required: Vec<Value>,
}

impl Results {
    fn into_schema(self) -> Value {
        let mut map = keywords([
            ("$schema", super::DRAFT.into()),
            ("type", "object".into()),
            ("properties", Value::Object(self.properties)),
            ("additionalProperties", Value::from(false)),
        ]);
        if !self.required.is_empty() {
            map.insert("required".to_owned(), Value::Array(self.required));
        }
        Value::Object(map)
    }

    fn add(&mut self, variable: &str, mut schema: Map<String, Value>, description: String, always: bool) {
        schema.insert("description".to_owned(), description.into());
        self.properties.insert(variable.to_owned(), Value::Object(schema));
        if always {
            self.required.push(variable.into());
        }
    }

    /// A record that is not there has no variables.
    fn stored(&mut self, settings: &Settings, record: &RecordSettings, writing: &Writing) {
        for (field, variable) in &writing.store {
            let schema = if field.is_id() { id(false) } else { as_sent(settings, record, field) };
            self.add(variable, schema, format!("{}.{field}, where the record is there", record.name), false);
        }
    }

    fn read(&mut self, record: &RecordSettings, reading: &Reading) {
        let always = reading.when_none_match != WhenNoneMatch::Skip;
        for target in &reading.targets {
            let words =
                format!("{}.{}; null if it is empty, or if not exactly one record is found", record.name, target.field);
            self.add(&target.variable, handed_over(target), words, always);
        }
        if let Some(list) = &reading.list {
            let mut entry = Map::new();
            entry.insert("Id".to_owned(), Value::Object(id(false)));
            for target in &reading.targets {
                entry.insert(target.field.to_string(), Value::Object(handed_over(target)));
            }
            let required: Value = entry.keys().map(String::as_str).map(Value::from).collect();
            let entry = schema([
                ("type", "object".into()),
                ("properties", Value::Object(entry)),
                ("required", required),
                ("additionalProperties", Value::from(false)),
            ]);
            let list_of = keywords([("type", "array".into()), ("items", entry), ("maxItems", list.limit.into())]);
            self.add(
                &list.variable,
                list_of,
                format!("each {} found, the one changed last first", record.name),
                always,
            );
        }
    }
}

fn id(null: bool) -> Map<String, Value> {
    keywords([("type", types(&["string"], null)), ("pattern", "^[0-9A-Za-z]{18}$".into())])
}

/// As a read hands a field over.
fn handed_over(target: &Target) -> Map<String, Value> {
    if target.field.is_id() {
        return id(true);
    }
    let format = |format: &str| keywords([("type", types(&["string"], true)), ("format", format.into())]);
    match target.field_type {
        FieldType::MultiPicklist => {
            keywords([("type", types(&["array"], true)), ("items", schema([("type", "string".into())]))])
        }
        FieldType::DateTime => format("date-time"),
        other => plain(other),
    }
}

/// As Salesforce sends it.
fn as_sent(settings: &Settings, record: &RecordSettings, field: &FieldName) -> Map<String, Value> {
    // Which of its SObjects a record is, the lookup tells.
    let of_one = record.look_in.is_empty();
    let object = settings.schema().filter(|_| of_one).and_then(|schema| schema.object(&record.sobject));
    plain(object.and_then(|object| object.field(field)).map(|facts| facts.field_type).unwrap_or_default())
}

fn plain(field_type: FieldType) -> Map<String, Value> {
    let of = |json: &str| keywords([("type", types(&[json], true))]);
    match field_type {
        FieldType::Unknown => Map::new(),
        FieldType::Boolean => of("boolean"),
        FieldType::Int => of("integer"),
        FieldType::Double | FieldType::Currency | FieldType::Percent => of("number"),
        FieldType::Date => keywords([("type", types(&["string"], true)), ("format", "date".into())]),
        _ => of("string"),
    }
}
