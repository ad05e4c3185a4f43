//! Documents that a schema describes, made at random.

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::select;
use serde_json::{Map, Value, json};

/// Texts of every kind that a form asks for, and others.
const TEXTS: &[&str] = &[
    "00DHn0000000001",
    "de",
    "en_US",
    "_email",
    "Contact",
    "Case",
    "Email",
    "Account.Name",
    "customer_email",
    "Web",
    "{topic}: {product}",
    "{{x}} {y}",
    "{a",
    "{}",
    "@{x}",
    "@{{x}}",
    "",
    " ",
    "example.my.salesforce.com",
    "https://example.com",
    "62.0",
    "12.0",
    "Europe/Berlin",
    "+01:00",
    "nowhere",
    "/services/data/v62.0/limits",
    "/records/0/Id",
    "a b",
    "01Q000000000001",
    "\u{a0}",
    "\u{85}",
    "x\u{0}y",
    "日本",
    "-",
];

/// Most of them are valid by the schema: what fits a pattern is looked for.
pub(super) fn document(schema: &Value) -> BoxedStrategy<Value> {
    if let Some(value) = schema.get("const") {
        return Just(value.clone()).boxed();
    }
    if let Some(values) = schema["enum"].as_array() {
        return select(values.clone()).boxed();
    }
    if let Some(alternatives) = schema["oneOf"].as_array() {
        return proptest::strategy::Union::new(alternatives.iter().map(document)).boxed();
    }
    match schema["type"].as_str() {
        Some("object") => object(schema),
        Some("array") => {
            let least = if schema.get("not").is_some() { 1 } else { 0 };
            vec(document(&schema["items"]), least..4).prop_map(Value::from).boxed()
        }
        Some("boolean") => any::<bool>().prop_map(Value::from).boxed(),
        Some("integer") => (-1_i64..210).prop_map(Value::from).boxed(),
        Some("number") => (-1e9_f64..1e9).prop_map(|number| json!(number)).boxed(),
        _ => text(schema),
    }
}

fn text(schema: &Value) -> BoxedStrategy<Value> {
    let fits = jsonschema::draft7::new(schema).expect("a schema");
    let fitting: Vec<Value> = TEXTS.iter().map(|text| json!(text)).filter(|text| fits.is_valid(text)).collect();
    assert!(!fitting.is_empty(), "no text for {schema}");
    select(fitting).boxed()
}

fn object(schema: &Value) -> BoxedStrategy<Value> {
    let required = |name: &str| schema["required"].as_array().is_some_and(|all| all.iter().any(|one| one == name));
    let mut members: BoxedStrategy<Map<String, Value>> = Just(Map::new()).boxed();
    for (name, part) in schema["properties"].as_object().into_iter().flatten() {
        // A field stands in nearly every row, whether it must or not.
        let likely = if name == "field" { 0.9 } else { 0.2 };
        let value = document(part);
        let (name, value) = match required(name) {
            true => (name.clone(), value.prop_map(Some).boxed()),
            false => (name.clone(), proptest::option::weighted(likely, value).boxed()),
        };
        members = (members, value)
            .prop_map(move |(mut members, value)| {
                members.extend(value.map(|value| (name.clone(), value)));
                members
            })
            .boxed();
    }
    let others = match &schema["additionalProperties"] {
        Value::Bool(true) => Just(json!({ "LastName": "{name}", "Tags": [1, null] })).boxed(),
        part @ Value::Object(_) => {
            let key = text(&json!({ "type": "string", "allOf": [schema.get("propertyNames").unwrap_or(&json!({}))] }));
            vec((key, document(part)), 0..2)
                .prop_map(|all| {
                    all.into_iter().map(|(key, value)| (key.as_str().unwrap_or_default().to_owned(), value)).collect()
                })
                .boxed()
        }
        _ => Just(json!({})).boxed(),
    };
    (members, others)
        .prop_map(|(mut members, others)| {
            for (key, value) in others.as_object().into_iter().flatten() {
                members.entry(key.clone()).or_insert_with(|| value.clone());
            }
            Value::Object(members)
        })
        .boxed()
}
