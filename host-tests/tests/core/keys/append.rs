//! A value is added to what the field of an existing record holds.

use salesforce_module::report::RecordResult::{Created, Failed, Unchanged, Updated};
use salesforce_module::report::Status;
use serde_json::{Value, json};

use super::{remarks, seed, told};
use crate::common::many::{key, map, settings};
use crate::stage::{Stage, codes};

/// The row that adds, with more members.
fn adding(variable: &str, field: &str, more: &Value) -> Value {
    let mut row = map(variable, "Contact", field);
    row["overwrite"] = "append".into();
    for (name, value) in more.as_object().into_iter().flatten() {
        row[name] = value.clone();
    }
    settings(json!([key("mail", "Contact", "Email"), map("name", "Contact", "LastName"), row]), json!({}))
}

fn visitor(value: &str) -> Value {
    json!({ "mail": "anna@example.com", "name": "Berg", "value": value })
}

fn org(field: &str, stored: &str) -> Stage {
    let mut stage = Stage::new();
    let mut contact = json!({ "LastName": "Berg", "Email": "anna@example.com" });
    contact[field] = stored.into();
    seed(&mut stage.org, &json!({ "Contact": [contact] }));
    stage
}

fn stored(stage: &Stage, field: &str) -> Value {
    stage.org.records("Contact")[0][field].clone()
}

/// With the facts of an org.
fn prepared(settings: &Value) -> Value {
    crate::many::alike::prepared(settings)
}

#[test]
fn a_list_gets_the_values_that_it_lacks_in_the_same_two_requests() {
    for settings in [adding("value", "Topics__c", &json!({})), prepared(&adding("value", "Topics__c", &json!({})))] {
        let mut stage = org("Topics__c", "News;Offers");
        assert_eq!(told(&stage.run(&settings, &visitor("Events"))), (Status::Done, 2, vec![Updated]));
        // In the order of the list.
        assert_eq!(stored(&stage, "Topics__c"), "News;Events;Offers");
        assert_eq!(told(&stage.run(&settings, &visitor("Offers;Events"))), (Status::Done, 1, vec![Unchanged]));
        assert_eq!(stage.run(&settings, &visitor("")).status, Status::Done);
        assert_eq!(stored(&stage, "Topics__c"), "News;Events;Offers");
    }
}

#[test]
fn a_new_record_and_an_empty_field_get_the_value_itself() {
    let settings = prepared(&adding("value", "Description", &json!({})));
    let mut stage = Stage::new();
    assert_eq!(told(&stage.run(&settings, &visitor("first"))), (Status::Done, 2, vec![Created]));
    assert_eq!(stored(&stage, "Description"), "first");
    let mut stage = org("Description", "");
    assert_eq!(told(&stage.run(&settings, &visitor("first"))), (Status::Done, 2, vec![Updated]));
    assert_eq!(stored(&stage, "Description"), "first");
}

#[test]
fn a_text_is_added_once_on_a_line_of_its_own_or_behind_a_separator() {
    let settings = prepared(&adding("value", "Description", &json!({})));
    let mut stage = org("Description", "first");
    for result in [(2, Updated), (1, Unchanged)] {
        let outcome = stage.run(&settings, &visitor("second"));
        assert_eq!(told(&outcome), (Status::Done, result.0, vec![result.1]));
        assert_eq!(stored(&stage, "Description"), "first\nsecond");
    }
    let mut stage = org("Description", "first");
    let settings = adding("value", "Description", &json!({ "separator": "\n--\n" }));
    assert_eq!(told(&stage.run(&settings, &visitor("second"))), (Status::Done, 2, vec![Updated]));
    assert_eq!(stored(&stage, "Description"), "first\n--\nsecond");
}

#[test]
fn the_old_text_is_never_shortened() {
    // `Department` has 80 characters.
    let full = "x".repeat(78);
    let mut stage = org("Department", &full);
    let fails = prepared(&adding("value", "Department", &json!({ "separator": " " })));
    let outcome = stage.run(&fails, &visitor("second"));
    assert_eq!(told(&outcome), (Status::Failed, 1, vec![Failed]));
    assert_eq!(
        outcome.records[0].error.as_ref().map(|error| error.code.to_string()).as_deref(),
        Some("VALUE_TOO_LONG")
    );
    let cuts = prepared(&adding("value", "Department", &json!({ "separator": " ", "whenTooLong": "cut" })));
    let outcome = stage.run(&cuts, &visitor("second"));
    assert_eq!((told(&outcome), codes(&outcome)), ((Status::Done, 2, vec![Updated]), vec!["value-cut"]));
    assert_eq!(stored(&stage, "Department"), format!("{full} s"));
    let outcome = stage.run(&cuts, &visitor("third"));
    assert_eq!((told(&outcome), codes(&outcome)), ((Status::Done, 1, vec![Unchanged]), vec!["value-cut"]));
}

#[test]
fn a_stored_text_that_salesforce_would_replace_is_not_sent_back() {
    let mut stage = org("Description", "see @{write_Contact.id}");
    let settings = adding("value", "Description", &json!({ "separator": "\n" }));
    let outcome = stage.run(&settings, &visitor("second"));
    assert_eq!(told(&outcome), (Status::Failed, 1, vec![Failed]));
    assert_eq!(
        outcome.records[0].error.as_ref().map(|error| error.code.to_string()).as_deref(),
        Some("REFERENCE_IN_VALUE")
    );
}

/// A visitor must not name another record of the request, whose id Salesforce would write in the place of the text.
#[test]
fn separator_and_value_make_no_reference_where_they_meet() {
    for (stored_before, separator, value) in
        [("first", " @", "{write_Contact.id}"), ("first @", "{", "write_Contact.id}")]
    {
        let mut stage = org("Description", stored_before);
        let settings = adding("value", "Description", &json!({ "separator": separator }));
        let outcome = stage.run(&settings, &visitor(value));
        assert_eq!(told(&outcome), (Status::Failed, 1, vec![Failed]), "{separator}");
        let error = outcome.records[0].error.as_ref().map(|error| error.code.to_string());
        assert_eq!(error.as_deref(), Some("REFERENCE_IN_VALUE"), "{separator}");
        assert_eq!(stored(&stage, "Description"), stored_before);
    }
}

#[test]
fn settings_say_where_nothing_can_be_added() {
    let place = |at: &str| format!("/mappings/2/{at}");
    assert_eq!(remarks(&adding("value", "Description", &json!({}))), [("not-prepared", place("overwrite"))]);
    assert_eq!(remarks(&adding("value", "Description", &json!({ "separator": "; " }))), []);
    assert_eq!(
        remarks(&adding("value", "Description", &json!({ "useToFindExisting": true, "separator": " " })))[0],
        ("bad-overwrite", place("overwrite"))
    );
    assert_eq!(
        remarks(&adding("value", "Account.Name", &json!({ "separator": " " })))[0],
        ("bad-overwrite", place("overwrite"))
    );
    assert_eq!(
        remarks(&adding("value", "Description", &json!({ "separator": " ", "overwrite": "always" }))),
        [("no-effect", place("separator"))]
    );
    for wrong in ["", "@{x}", &"x".repeat(101)] {
        assert_eq!(
            remarks(&adding("value", "Description", &json!({ "separator": wrong }))),
            [("out-of-range", place("separator"))]
        );
    }
}
