//! The golden scenarios on an org that real describes make: what the module does there is what it does in the org with the samples.

use std::fs;
use std::path::Path;

use host_tests::simulator::Org;
use salesforce_module::report::Status;
use serde_json::Value;

use super::Client;
use super::real::standard_objects;
use crate::stage::Stage;

/// Fewest scenarios that must fit; many others need a custom field or an answer that no org gives by itself.
const FEWEST: usize = 8;

#[test]
fn golden_scenarios_end_on_real_describes_as_on_the_samples() {
    let Some(documents) = standard_objects() else { return };
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("scenarios");
    let mut ran = Vec::new();
    for entry in fs::read_dir(folder).expect("the scenarios") {
        let folder = entry.expect("a scenario").path();
        let name = folder.file_name().expect("a name").to_string_lossy().into_owned();
        let read = |file: &str| {
            let text = fs::read_to_string(folder.join(file)).ok()?;
            Some(serde_json::from_str::<Value>(&text).expect("JSON"))
        };
        let (Some(seed), Some(settings), Some(variables)) =
            (read("seed.json"), read("settings.json"), read("variables.json"))
        else {
            continue;
        };
        if settings["mode"] != "sobject-write" || !fits(&documents, &settings) {
            continue;
        }
        let run = |mut org: Org| {
            org.seed(&seed, super::now()).ok()?;
            let mut stage = Stage::new();
            stage.org = org;
            let outcome = stage.run(&settings, &variables);
            let records = outcome.records.iter().map(|record| (record.sobject.clone(), format!("{:?}", record.result)));
            Some((outcome.status, records.collect::<Vec<_>>(), stage.sent.len()))
        };
        let Some(real) = run(Client::described(&documents).org) else { continue };
        let sample = run(Org::new()).expect("a seed of the samples");
        assert_eq!(real, sample, "{name}");
        ran.push((name, real.0));
    }
    assert!(ran.len() >= FEWEST, "{ran:?}");
    assert!(ran.iter().any(|(_, status)| *status == Status::Done), "{ran:?}");
}

/// Whether real orgs have every field that the settings name.
fn fits(documents: &[Value], settings: &Value) -> bool {
    let mappings = settings["mappings"].as_array().map(Vec::as_slice).unwrap_or_default();
    mappings.iter().all(|mapping| {
        let mut described = documents.iter().filter(|document| document["name"] == mapping["object"]);
        let fields = described.next().and_then(|document| document["fields"].as_array());
        fields.is_some_and(|fields| fields.iter().any(|field| field["name"] == mapping["field"]))
    })
}
