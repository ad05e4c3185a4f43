//! Settings and variables of many fields.

use divan::{Bencher, black_box};
use salesforce_module::record::{evaluate, plan};
use salesforce_module::settings::Settings;
use salesforce_module::value::Variables;
use serde_json::json;

/// Ten records of twenty fields each, with the org's facts: evaluated and planned, from parsed settings.
#[divan::bench]
fn evaluate_and_plan_ten_records_native(bencher: Bencher) {
    let (settings, _) = Settings::parse(&ten_records()).expect("good settings");
    let settings = settings.work.records().expect("a mode with records");
    let variables = ten_records_variables();
    let variables = Variables::parse(&variables).expect("good variables");
    bencher.bench_local(|| {
        let evaluation = evaluate(black_box(&settings), black_box(&variables));
        plan(black_box(&settings), evaluation)
    });
}

fn ten_records() -> String {
    const TYPES: [&str; 5] = ["string", "double", "date", "picklist", "boolean"];
    let fields: serde_json::Map<_, _> = (0..20)
        .map(|field| {
            let field_type = TYPES[field % TYPES.len()];
            let facts = match field_type {
                "string" => json!({ "type": field_type, "length": 80 }),
                "picklist" => {
                    json!({ "type": field_type, "values": [{ "value": "A" }, { "value": "B", "label": "Bee" }] })
                }
                _ => json!({ "type": field_type }),
            };
            (format!("Field_{field}__c"), facts)
        })
        .collect();
    let mappings: Vec<_> = (0..200)
        .map(|row| {
            let (record, field) = (row / 20, row % 20);
            json!({
                "source": { "variable": format!("variable_{field}") },
                "object": format!("Record_{record}"),
                "field": format!("Field_{field}__c"),
                "useToFindExisting": field == 0,
            })
        })
        .collect();
    let sobject = |record: usize| ["Contact", "Account", "Lead", "Ticket__c", "Order__c"][record % 5];
    let objects: serde_json::Map<_, _> =
        (0..10).map(|record| (format!("Record_{record}"), json!({ "sobject": sobject(record) }))).collect();
    let facts: serde_json::Map<_, _> =
        (0..5).map(|record| (sobject(record).to_owned(), json!({ "fields": fields }))).collect();
    json!({
        "mode": "sobject-write",
        "deploymentDomain": "example.my.salesforce.com",
        "locale": "de",
        "mappings": mappings,
        "objects": objects,
        "schema": { "objects": facts },
    })
    .to_string()
}

fn ten_records_variables() -> String {
    const VALUES: [&str; 5] = ["Anna Berg", "1.234,56", "24.12.2026", "bee", "ja"];
    let variables: serde_json::Map<_, _> =
        (0..20).map(|field| (format!("variable_{field}"), VALUES[field % VALUES.len()].into())).collect();
    serde_json::Value::Object(variables).to_string()
}
