//! What `describe` says of a run's variables, against what a run does with them: a stock JSON Schema validator and the module agree
//! on random documents, but for the list in `docs/embed.md`.

mod documents;
mod tool;

use jsonschema::Validator;
use proptest::prelude::*;
use salesforce_module::describe::Tool;
use salesforce_module::handover::Handover;
use salesforce_module::module;
use salesforce_module::record::evaluate;
use salesforce_module::settings::{Settings, Work};
use salesforce_module::value::Variables;
use serde_json::{Value, json};

use crate::common::documents::config;

fn described(settings: &Value) -> Tool {
    module::describe(&settings.to_string()).unwrap_or_else(|findings| panic!("{findings:?}\n{settings:#}"))
}

fn validator(schema: &Value) -> Validator {
    jsonschema::draft202012::new(schema).unwrap()
}

/// Why a run does not convert the variables: each with the field, if it is about one. Whether the record takes part makes no
/// difference: one without a value for its keys is skipped, whatever else is wrong with it.
fn refusals(settings: &Value, variables: &Value) -> Vec<String> {
    if settings["mode"] == "handover" {
        let handover = Handover::parse(&settings.to_string()).unwrap();
        let (planned, _) = handover.plan(&Variables::parse(&variables.to_string()).unwrap());
        return planned.err().map(|error| format!("{error:?}")).into_iter().collect();
    }
    refusals_of(&Settings::parse(&settings.to_string()).unwrap().0, variables)
}

fn refusals_of(settings: &Settings, variables: &Value) -> Vec<String> {
    let variables = Variables::parse(&variables.to_string()).unwrap();
    let mut refusals = Vec::new();
    let records = match &settings.work {
        Work::Write(records) | Work::Read(records) => records,
        Work::Request(request) => {
            let rendered = salesforce_module::request::render(request, &variables);
            refusals.extend(rendered.err().map(|error| format!("{error:?}")));
            return refusals;
        }
    };
    for record in &evaluate(records, &variables).records {
        let variants = record.may_be.iter().map(|variant| &variant.evaluated);
        for evaluated in std::iter::once(record).chain(variants) {
            let state = format!("{:?}", evaluated.state);
            if state.starts_with("Failed") || state.starts_with("Unfit") {
                refusals.push(state);
            }
            refusals.extend(evaluated.misfit.iter().map(|error| format!("{error:?}")));
        }
        refusals.extend(record.files.left_out.iter().map(|file| format!("{:?}", file.error)));
        refusals.extend(record.files.unfit.iter().map(|(_, error)| format!("{error:?}")));
    }
    refusals
}

/// What the list in `docs/embed.md` holds: here the two need not agree.
fn is_beyond_a_schema(settings: &Value, variables: &Value) -> bool {
    let is_prepared = settings.get("schema").is_some();
    let rows = settings["mappings"].as_array().unwrap();
    let skipped = {
        // A record that does not take part needs no idempotency key.
        let keys: Vec<&Value> = rows.iter().filter(|row| row["useToFindExisting"] == true).collect();
        let has_value = |row: &&Value| value_of(row, variables).is_some_and(|value| !is_blank(value));
        !keys.is_empty() && !keys.iter().any(has_value)
    };
    let marked = settings["objects"]["Person"].get("idempotency").is_some();
    let step = variables.get("step");
    (marked && (skipped || step.is_some_and(Value::is_array)))
        || rows.iter().any(|row| {
            let Some(value) = value_of(row, variables) else { return false };
            let Some(field) = row["field"].as_str() else { return false };
            let facts = if is_prepared { documents::facts(field) } else { json!({}) };
            let kind = row["source"].as_object().unwrap().keys().next().unwrap().as_str();
            match kind {
                "variable" => is_beyond_a_row(row, &facts, value),
                // Of a text with variables only its parts are known.
                "template" => is_prepared || field == "Id",
                // Their whole text is not known, either.
                "transcript" => {
                    let is_text = ["string", "textarea", "phone"].iter().any(|word| facts["type"] == *word);
                    is_prepared && (!is_text || row["whenTooLong"] == "fail")
                }
                _ => false,
            }
        })
}

fn is_beyond_a_row(row: &Value, facts: &Value, value: &Value) -> bool {
    let word = facts["type"].as_str().unwrap_or("none");
    let length = facts["length"].as_u64().or(facts["byteLength"].as_u64());
    let as_text = |value: &Value| match value {
        Value::String(text) => text.trim().to_owned(),
        Value::Null => String::new(),
        other => other.to_string(),
    };
    let text = match value {
        Value::Array(items) => items.iter().map(as_text).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(";"),
        other => as_text(other),
    };
    let is_text = value.is_string();
    let has_space = value.as_str().is_some_and(|value| value.trim() != value);
    let within = |text: &str| length.is_none_or(|most| text.chars().count() as u64 <= most);
    let is_long_with_space = has_space && within(&text) && !within(value.as_str().unwrap());
    let is_list_of_one = value.as_array().is_some_and(|items| items.iter().filter(|item| !is_blank(item)).count() <= 1);
    let texts = ["string", "textarea", "phone", "none"].contains(&word);
    match word {
        _ if texts && row["field"] == "Id" => is_list_of_one || text.len() == 18,
        _ if row.get("format").is_some() => is_text || is_list_of_one || value.is_f64(),
        _ if texts => {
            let bytes: usize = text.chars().map(|c| if c == '&' { 5 } else { c.len_utf8() }).sum();
            let is_beyond_bytes = facts["byteLength"].as_u64().is_some_and(|most| bytes as u64 > most);
            is_long_with_space || is_beyond_bytes || (!is_text && !within(&text))
        }
        "email" => is_long_with_space || is_list_of_one,
        "picklist" | "multipicklist" if facts["restricted"] == true => {
            let known = facts["values"].as_array().unwrap();
            let is = |name: &Value| name.as_str().is_some_and(|name| name.eq_ignore_ascii_case(&text));
            let is_exact = known.iter().any(|entry| entry["value"] == *value);
            let is_known = known.iter().any(|entry| is(&entry["value"]) || is(&entry["label"]));
            let is_many = text.contains([';', ',', '\n', '[']) || value.is_array();
            !is_exact && (is_known || has_space || (word == "multipicklist" && is_many) || is_list_of_one)
        }
        "picklist" => is_long_with_space || (!is_text && !within(&text)),
        "multipicklist" => text.contains([';', '[', ',']) || value.is_array(),
        "int" | "double" | "currency" | "percent" => {
            let decimals = |text: &str| text.split_once('.').map_or(0, |(_, fraction)| fraction.len() as u64);
            let scale = facts["scale"].as_u64().unwrap_or(99);
            is_list_of_one || (value.is_number() && decimals(&text) > scale)
        }
        "reference" | "id" => is_list_of_one || text.len() == 18,
        _ => is_list_of_one,
    }
}

fn value_of<'a>(row: &Value, variables: &'a Value) -> Option<&'a Value> {
    let (_, name) = row["source"].as_object()?.iter().next()?;
    variables.get(name.as_str()?.trim_matches(['{', '}']))
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(items) => items.iter().all(is_blank),
        _ => false,
    }
}

/// A document of random settings, and variables for it.
fn case() -> BoxedStrategy<(Value, Value)> {
    let settings = documents::settings()
        .prop_filter("settings that run", |settings| Settings::parse(&settings.to_string()).is_ok());
    settings
        .prop_flat_map(|settings| {
            let variables = documents::variables(&settings);
            (Just(settings), variables)
        })
        .boxed()
}

proptest! {
    #![proptest_config(config(150))]

    #[test]
    fn a_validator_and_a_run_agree((settings, variables) in case()) {
        let tool = described(&settings);
        let validator = validator(&tool.variables);
        let rows = &settings["mappings"];
        let refusals = refusals(&settings, &variables);
        if !is_beyond_a_schema(&settings, &variables) {
            let said = validator.validate(&variables).err().map(|error| error.to_string());
            prop_assert_eq!(
                said.is_none(), refusals.is_empty(),
                "schema: {:?}\nrun: {:#?}\n{:#}\n{:#}\n{:#}", said, refusals, variables, tool.variables, rows
            );
        }
        for example in &tool.examples {
            prop_assert!(validator.is_valid(example), "{:?}\n{:#}\n{:#}", validator.validate(example).err(), example, tool.variables);
        }
    }
}

#[test]
fn most_documents_are_compared_and_both_answers_come() {
    use proptest::strategy::ValueTree;
    use proptest::test_runner::TestRunner;
    let mut runner = TestRunner::new(config(1));
    let (mut compared, mut accepted, mut with_example) = (0, 0, 0);
    for _ in 0..500 {
        let (settings, variables) = case().new_tree(&mut runner).unwrap().current();
        let tool = described(&settings);
        with_example += usize::from(!tool.examples.is_empty());
        if !is_beyond_a_schema(&settings, &variables) {
            compared += 1;
            accepted += usize::from(refusals(&settings, &variables).is_empty());
        }
    }
    assert!(compared > 250, "{compared}");
    assert!(accepted > 50 && compared - accepted > 50, "{accepted} of {compared}");
    assert!(with_example > 300, "{with_example}");
}

/// Every text of the tables, in every locale, of every field: what random documents meet by chance.
#[test]
fn each_text_for_each_field_in_each_locale() {
    let locales = [None, Some("de"), Some("en-US"), Some("en"), Some("fr"), Some("de-CH"), Some("hu"), Some("nl")];
    let (mut accepted, mut compared) = (0, 0);
    for field in documents::fields() {
        for (number, locale) in locales.into_iter().enumerate() {
            let variants = [("skip", "fail", None), ("fail", "fail", Some("+01:00")), ("clear", "cut", None)];
            for (blank, long, zone) in variants.into_iter().cycle().skip(number).take(2) {
                let settings = documents::of_one_row(field, locale, zone, blank, long);
                let validator = validator(&described(&settings).variables);
                let (parsed, _) = Settings::parse(&settings.to_string()).unwrap();
                for value in documents::values(field) {
                    let variables = json!({ "v": value });
                    if is_beyond_a_schema(&settings, &variables) {
                        continue;
                    }
                    let said = validator.validate(&variables).err().map(|error| error.to_string());
                    let refusals = refusals_of(&parsed, &variables);
                    assert_eq!(
                        said.is_none(),
                        refusals.is_empty(),
                        "{field} {locale:?} {zone:?} {blank} {long}: {value}: {said:?} {refusals:?}"
                    );
                    compared += 1;
                    accepted += usize::from(said.is_none());
                }
            }
        }
    }
    assert!(accepted > 1000 && compared - accepted > 1000, "{accepted} of {compared}");
}
