//! The module against an org of somebody's own: it prepares its settings there, and writes by what it learnt.

use salesforce_module::module::{self, Session};
use salesforce_module::report::Status;
use serde_json::{Value, json};

use super::Client;
use super::documents::{flat, house};
use crate::stage::{DOMAIN, Stage};

fn map(field: &str) -> Value {
    json!({ "source": { "variable": field.to_lowercase() }, "object": "House__c", "field": field })
}

#[test]
fn settings_are_prepared_against_described_objects_and_run_there() {
    let mut stage = Stage::new();
    let mut own = house();
    // The module refuses a key that tells letters apart.
    own["fields"][2]["caseSensitive"] = json!(false);
    stage.org = Client::described(&[own, flat()]).org;
    let mut key = map("Number__c");
    key["useToFindExisting"] = json!(true);
    let mappings = json!([key, map("Name"), map("Level__c"), map("Built__c")]);
    let settings = json!({ "mode": "sobject-write", "deploymentDomain": DOMAIN, "mappings": mappings });
    let session = Session { instance_url: &format!("https://{DOMAIN}"), access_token: "token" };
    let (prepare, _) = module::prepare(&session, &settings.to_string()).expect("good settings");
    let prepared = prepare.drive(&mut stage);
    assert_eq!(prepared.status, Status::Done, "{:#?}", prepared.findings);
    let settings: Value = serde_json::from_str(&prepared.settings.expect("settings")).expect("JSON");
    let facts = &settings["schema"]["objects"]["House__c"]["fields"];
    assert_eq!((&facts["Number__c"]["unique"], &facts["Name"]["length"]), (&json!(true), &json!(40)));
    let values: Vec<&str> = facts["Level__c"]["values"]
        .as_array()
        .unwrap_or_else(|| panic!("{facts}"))
        .iter()
        .filter_map(|value| value["value"].as_str().or(value.as_str()))
        .collect();
    // What is not active any more is none to choose.
    assert_eq!(values, ["Low", "Mid"]);
    let variables = json!({ "number__c": "n1", "name": "One", "level__c": "low", "built__c": "2020-02-01" });
    for expected in ["created", "updated"] {
        let outcome = stage.run(&settings, &variables);
        let done = format!("{:?}", outcome.records[0].result).to_lowercase();
        assert!(done.contains(expected), "{outcome:#?}");
    }
    let houses = stage.org.records("House__c");
    assert_eq!(houses.len(), 1);
    assert_eq!((&houses[0]["Level__c"], &houses[0]["Number__c"]), (&json!("Low"), &json!("n1")));
}
