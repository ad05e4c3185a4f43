//! A setting that changes nothing where it stands is told, since its author expects something of it.

use salesforce_module::base::Severity;
use salesforce_module::module;
use serde_json::{Value, json};

/// Paths of the findings `no-effect`, each a warning.
fn without_effect(settings: &Value) -> Vec<String> {
    let findings = module::check(&settings.to_string());
    assert!(findings.iter().all(|finding| finding.severity != Severity::Error), "{findings:?}");
    let found = findings.iter().filter(|finding| finding.code == "no-effect");
    found
        .map(|finding| {
            assert_eq!(finding.severity, Severity::Warning);
            finding.path.to_string()
        })
        .collect()
}

fn settings(member: &str, row: Value, key: bool, objects: &Value) -> Value {
    let mut mappings = json!([
        { "source": { "variable": "mail" }, "object": "Contact", "field": "Email", "useToFindExisting": key },
        { "source": { "variable": "name" }, "object": "Contact", "field": "LastName" },
        { "source": { "variable": "topic" }, "object": "Case", "field": "Subject" },
        { "source": { "record": "Contact" }, "object": "Case", "field": "ContactId" },
    ]);
    if let Some((at, value)) = member.split_once(' ').and_then(|(at, key)| Some((at.parse::<usize>().ok()?, key))) {
        mappings[at][value] = row;
    }
    json!({ "mode": "sobject-write", "deploymentDomain": "example.my.salesforce.com", "mappings": mappings, "objects": objects })
}

#[test]
fn what_a_row_says_in_vain_is_told() {
    let said = |member: &str, value: Value| without_effect(&settings(member, value, true, &json!({})));
    for (member, value) in [
        ("0 whenTooLong", json!("cut")),
        ("3 whenTooLong", json!("cut")),
        ("3 locale", json!("de")),
        ("3 timeZone", json!("UTC")),
    ] {
        assert_eq!(said(member, value), [format!("/mappings/{}", member.replace(' ', "/"))]);
    }
    // What a form may write, and what has an effect.
    for (member, value) in [
        ("0 whenTooLong", json!("fail")),
        ("1 whenTooLong", json!("cut")),
        ("1 locale", json!("de")),
        ("3 whenTooLong", json!("fail")),
        ("3 overwrite", json!("if-empty")),
    ] {
        assert_eq!(said(member, value), [""; 0], "{member}");
    }
}

#[test]
fn how_records_are_found_is_said_in_vain_where_none_is_looked_for() {
    for (key, value) in [("checkForDoubles", json!(true)), ("whenSeveralMatch", json!("most-recently-modified"))] {
        let objects = json!({ "Contact": { key: value } });
        assert_eq!(without_effect(&settings("", Value::Null, false, &objects)), [format!("/objects/Contact/{key}")]);
        assert_eq!(without_effect(&settings("", Value::Null, true, &objects)), [""; 0]);
    }
    let objects = json!({ "Contact": { "checkForDoubles": false, "whenSeveralMatch": "stop" } });
    assert_eq!(without_effect(&settings("", Value::Null, false, &objects)), [""; 0]);
}
