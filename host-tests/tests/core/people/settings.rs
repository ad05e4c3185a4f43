//! What `check` says about `lookIn` and `onlyFor`.

use salesforce_module::base::Severity;
use salesforce_module::settings::Settings;
use serde_json::{Value, json};

use crate::people::{only, person, person_with};
use crate::stage::{key, link, map};

/// Code and place of each error.
fn errors(settings: &Value) -> Vec<(&'static str, String)> {
    let findings = Settings::check(&settings.to_string());
    let errors = findings.into_iter().filter(|finding| finding.severity == Severity::Error);
    errors.map(|finding| (finding.code.word(), finding.path)).collect()
}

fn refused(settings: &Value, code: &'static str, path: &str) {
    assert_eq!(errors(settings), [(code, path.to_owned())], "{settings:#}");
}

#[test]
fn the_persons_settings_are_right() {
    assert_eq!(errors(&person()), []);
    let rows = [map("topic", "Case.Subject"), only(&["Contact"], link("Person", "Case.ContactId"))];
    assert_eq!(errors(&person_with(&rows, &json!({}))), []);
}

#[test]
fn a_list_is_of_two_to_five_different_objects_and_instead_of_one() {
    for (more, code, path) in [
        (json!({ "lookIn": ["Contact"] }), "out-of-range", "/objects/Person/lookIn"),
        (json!({ "lookIn": ["contact", "Contact"] }), "listed-twice", "/objects/Person/lookIn/1"),
        (json!({ "sobject": "Lead" }), "bad-look-in", "/objects/Person/lookIn"),
        (
            json!({ "idempotency": { "field": "Step__c", "variable": "x" } }),
            "bad-look-in",
            "/objects/Person/idempotency",
        ),
    ] {
        let found = errors(&person_with(&[], &more));
        assert!(found.contains(&(code, path.to_owned())), "{more}: {found:?}");
    }
}

#[test]
fn every_object_needs_a_key() {
    let mut settings = person();
    settings["mappings"][0]["onlyFor"] = json!(["Lead"]);
    refused(&settings, "look-in-without-key", "/objects/Person/lookIn");
    settings["mappings"].as_array_mut().expect("rows").push(only(&["Contact"], key("number", "Person.Customer_No__c")));
    assert_eq!(errors(&settings), []);
}

#[test]
fn only_for_names_what_the_record_or_the_linked_one_may_be() {
    let mut settings = person();
    settings["mappings"][2]["onlyFor"] = json!(["Case"]);
    refused(&settings, "bad-only-for", "/mappings/2/onlyFor");
    // An ordinary record, and a link to one.
    for row in [map("topic", "Case.Subject"), link("Person", "Case.ParentId")] {
        let settings = person_with(&[only(&["Case"], row)], &json!({}));
        refused(&settings, "bad-only-for", "/mappings/3/onlyFor");
    }
}

#[test]
fn one_field_can_have_a_row_for_each_object_but_not_two_for_one() {
    let rows = [only(&["Contact"], map("title", "Person.Title")), only(&["Lead"], map("role", "Person.Title"))];
    assert_eq!(errors(&person_with(&rows, &json!({}))), []);
    let rows = [map("title", "Person.Title"), only(&["Lead"], map("role", "Person.Title"))];
    refused(&person_with(&rows, &json!({})), "duplicate-field", "/mappings/4/field");
}

/// As many as a composite request takes, whoever looks in them.
#[test]
fn all_objects_count_as_lookups() {
    let more = |objects: &[&str]| {
        let rows: Vec<Value> = objects.iter().map(|object| key("x", &format!("{object}.Name"))).collect();
        errors(&person_with(&rows, &json!({})))
    };
    assert_eq!(more(&["Account", "A__c", "B__c"]), []);
    assert_eq!(more(&["Account", "A__c", "B__c", "C__c"]), [("too-many-lookups", "/mappings".to_owned())]);
    assert_eq!(more(&["Account", "A__c", "B__c", "Contact"]), []);
}

/// The lists of a mistake that holds for each of the objects are not repeated.
#[test]
fn what_is_wrong_for_all_is_said_once() {
    let mut settings = person();
    settings["mappings"][0]["source"] = json!({ "constant": "x@example.com" });
    let codes: Vec<&str> = Settings::check(&settings.to_string()).iter().map(|finding| finding.code.word()).collect();
    assert_eq!(codes, ["constant-key"]);
}
