//! As many objects and rows as there can be: each object costs its own values, and not the settings once more.

use salesforce_module::settings::{MAX_LOOKUPS, MAX_SETTINGS_BYTES};
use serde_json::{Value, json};

use crate::org::{TestOrg, check, codes, error, key, settings, source};

fn objects() -> Vec<String> {
    (0..MAX_LOOKUPS).map(|at| format!("Object_{at}__c")).collect()
}

/// A document of the largest size, all in rows of the one record.
fn largest(rows: usize, source_of: impl Fn(usize) -> Value) -> String {
    let mut all = settings([key("k", "Person.Name")], json!({ "Person": { "lookIn": objects() } }));
    let room = MAX_SETTINGS_BYTES - all.to_string().len();
    let each = room / rows - 90;
    let mappings = all["mappings"].as_array_mut().expect("rows");
    mappings.extend((0..rows).map(|at| source(source_of(each), &format!("Person.Field_{at}__c"))));
    let text = all.to_string();
    assert!(text.len() <= MAX_SETTINGS_BYTES && text.len() > MAX_SETTINGS_BYTES * 3 / 4, "{}", text.len());
    text
}

#[tokio::test(flavor = "multi_thread")]
async fn the_largest_settings_fit_for_five_objects() {
    let org = TestOrg::new().await;
    // Templates of the smallest parts, and many rows.
    for (rows, document) in [
        (8, largest(8, |bytes| json!({ "template": "{a}".repeat(bytes / 3) }))),
        (900, largest(900, |bytes| json!({ "variable": "v".repeat(bytes) }))),
    ] {
        let found = check(&document).await;
        assert!(!codes(&found).contains(&"invalid-json"), "{rows}: {found:#}");
        let outcome = org.run(&document, &json!({ "k": "canary", "a": "b" })).await;
        // The org has no such objects.
        assert_eq!((outcome["status"].as_str(), error(&outcome, 0)), (Some("failed"), "INVALID_TYPE"), "{outcome:#}");
    }
}

/// The texts of a run are as long as they may be, whatever the record turns out to be.
#[tokio::test(flavor = "multi_thread")]
async fn the_longest_texts_fit_for_five_objects_or_are_refused() {
    let org = TestOrg::new().await;
    let long = |field: &str| source(json!({ "variable": "long" }), field);
    let rows = [key("k", "Person.Name"), long("Person.Description"), long("Person.Transcript__c")];
    let settings = settings(rows, json!({ "Person": { "lookIn": objects() } })).to_string();
    for (length, code) in [(131_072, "INVALID_TYPE"), (524_200, "INVALID_TYPE"), (524_300, "TOO_MUCH_TEXT")] {
        let variables = json!({ "k": "canary", "long": "x".repeat(length) });
        let outcome = org.run(&settings, &variables).await;
        assert_eq!(error(&outcome, 0), code, "{length}");
        // Each of the five has the whole room: only one of them is sent.
        let plan = salesforce_module::module::plan(&settings, &variables.to_string())
            .expect("a plan")
            .records()
            .expect("a plan of records");
        let record = &plan.records[0];
        let unfit = record.forms().filter(|form| form.misfit.is_some()).count();
        assert_eq!(
            (record.forms().count(), unfit),
            (MAX_LOOKUPS, if code == "TOO_MUCH_TEXT" { MAX_LOOKUPS } else { 0 })
        );
    }
}
