//! Keys that only find: their values are written to no record.

use salesforce_module::report::RecordResult::{Created, Skipped, Unchanged, Updated};
use salesforce_module::report::Status;
use serde_json::{Value, json};

use super::{remarks, seed, told};
use crate::common::many::{key, link, map, only, settings};
use crate::stage::{Fault, Stage};
use salesforce_module::wire::TransportErrorKind;

/// One address in either of two fields; a new contact gets it in the first.
fn either_address() -> Value {
    let mut mail = key("mail", "Contact", "Email");
    mail["overwrite"] = "on-create".into();
    let rows = json!([mail, only(key("mail", "Contact", "Alternate_Email__c")), map("name", "Contact", "LastName")]);
    settings(rows, json!({ "Contact": { "matchKeys": "any" } }))
}

fn visitor(mail: &str) -> Value {
    json!({ "mail": mail, "name": "Berg", "topic": "Lamp" })
}

fn org() -> Stage {
    let mut stage = Stage::new();
    seed(
        &mut stage.org,
        &json!({ "Contact": [{ "LastName": "Old", "Email": "work@example.com", "Alternate_Email__c": "home@example.com" }] }),
    );
    stage
}

#[test]
fn one_address_is_looked_for_in_two_fields_and_written_to_none() {
    for mail in ["work@example.com", "home@example.com"] {
        let mut stage = org();
        assert_eq!(told(&stage.run(&either_address(), &visitor(mail))), (Status::Done, 2, vec![Updated]), "{mail}");
        let contacts = stage.org.records("Contact");
        assert_eq!(contacts.len(), 1);
        assert_eq!(contacts[0]["LastName"], "Berg");
        assert_eq!(
            (&contacts[0]["Email"], &contacts[0]["Alternate_Email__c"]),
            (&json!("work@example.com"), &json!("home@example.com"))
        );
    }
}

#[test]
fn a_new_record_gets_the_key_that_is_written_and_not_the_other() {
    let mut stage = org();
    assert_eq!(told(&stage.run(&either_address(), &visitor("new@example.com"))), (Status::Done, 2, vec![Created]));
    let contact = &stage.org.records("Contact")[1];
    assert_eq!((&contact["Email"], &contact["Alternate_Email__c"]), (&json!("new@example.com"), &Value::Null));
    assert_eq!(told(&stage.run(&either_address(), &visitor("new@example.com"))), (Status::Done, 1, vec![Unchanged]));
}

#[test]
fn a_record_that_is_only_found_is_never_created_and_others_link_to_it() {
    let found = settings(
        json!([
            only(key("mail", "Contact", "Email")),
            map("topic", "Case", "Subject"),
            link("Contact", "Case", "ContactId")
        ]),
        json!({}),
    );
    let mut stage = org();
    assert_eq!(told(&stage.run(&found, &visitor("work@example.com"))), (Status::Done, 2, vec![Unchanged, Created]));
    assert_eq!(stage.org.records("Case")[0]["ContactId"], stage.org.records("Contact")[0]["Id"]);
    let outcome = stage.run(&found, &visitor("new@example.com"));
    assert_eq!(told(&outcome), (Status::Done, 2, vec![Skipped, Created]));
    let [no_match] = outcome.findings.as_slice() else { panic!("{:?}", outcome.findings) };
    assert_eq!(no_match.code, "no-match");
    assert!(
        no_match.message.get(salesforce_module::base::Language::En).contains("no row writes a value"),
        "{}",
        no_match.message.get(salesforce_module::base::Language::En)
    );
    assert_eq!((stage.org.records("Contact").len(), stage.org.records("Case").len()), (1, 2));
}

#[test]
fn a_field_can_be_looked_for_by_one_value_and_written_with_another() {
    let moves =
        settings(json!([only(key("mail", "Contact", "Email")), map("new_mail", "Contact", "Email")]), json!({}));
    let mut stage = org();
    let variables = json!({ "mail": "work@example.com", "new_mail": "new@example.com" });
    assert_eq!(told(&stage.run(&moves, &variables)), (Status::Done, 2, vec![Updated]));
    assert_eq!(stage.org.records("Contact")[0]["Email"], "new@example.com");
}

#[test]
fn a_lost_answer_to_a_create_that_cannot_be_found_again_stays_unknown() {
    let unfindable =
        settings(json!([only(key("mail", "Contact", "Email")), map("name", "Contact", "LastName")]), json!({}));
    let mut stage = org();
    stage.faults.insert(2, Fault::Lost(TransportErrorKind::CutOff));
    let outcome = stage.run(&unfindable, &visitor("new@example.com"));
    assert_eq!(outcome.status, Status::Failed);
    assert_eq!(outcome.records[0].result, salesforce_module::report::RecordResult::Unknown);
    assert_eq!(stage.org.records("Contact").len(), 2);
}

#[test]
fn settings_say_what_a_key_that_only_finds_leaves_out() {
    let check = |rows: Value, objects: Value| remarks(&settings(rows, objects));
    // The new record holds nothing that it is found by.
    assert_eq!(
        check(json!([only(key("mail", "Contact", "Email")), map("name", "Contact", "LastName")]), json!({})),
        [("new-record-without-key", "/mappings/0/useToFindExisting".to_owned())]
    );
    let update = json!({ "Contact": { "onlyUpdateExisting": true } });
    assert_eq!(check(json!([only(key("mail", "Contact", "Email")), map("name", "Contact", "LastName")]), update), []);
    let mut row = only(key("mail", "Contact", "Email"));
    row["overwrite"] = "if-empty".into();
    assert_eq!(
        check(json!([row, map("name", "Contact", "LastName")]), json!({ "Contact": { "onlyUpdateExisting": true } })),
        [("no-effect", "/mappings/0/overwrite".to_owned())]
    );
    assert_eq!(
        check(
            json!([
                only(key("mail", "Contact", "Email")),
                only(key("other", "Contact", "Email")),
                map("name", "Contact", "LastName")
            ]),
            json!({})
        )[0],
        ("duplicate-field", "/mappings/1/field".to_owned())
    );
    let mut row = key("mail", "Contact", "Email");
    for wrong in [json!("true"), json!("Only"), json!(""), json!(1), Value::Null] {
        row["useToFindExisting"] = wrong.clone();
        let place = "/mappings/0/useToFindExisting".to_owned();
        let code = if wrong.is_string() { "unknown-value" } else { "wrong-type" };
        assert_eq!(check(json!([row]), json!({})), [(code, place)], "{wrong}");
    }
}
