//! Groups of keys: all of a group must match, and the groups are tried in their order.

use salesforce_module::report::RecordResult::{Ambiguous, Created, Skipped, Unchanged, Updated};
use salesforce_module::report::Status;
use serde_json::{Value, json};

use super::{remarks, seed, told};
use crate::common::many::{key, map, settings};
use crate::stage::{Stage, codes};

/// E-mail and first name, else e-mail alone.
fn couple() -> Value {
    settings(
        json!([
            key("mail", "Contact", "Email"),
            key("first", "Contact", "FirstName"),
            map("name", "Contact", "LastName")
        ]),
        json!({ "Contact": { "matchKeys": [["Email", "FirstName"], ["Email"]] } }),
    )
}

fn visitor(mail: &str, first: &str) -> Value {
    json!({ "mail": mail, "first": first, "name": "Berg" })
}

fn org() -> Stage {
    let mut stage = Stage::new();
    let contacts = json!([
        { "LastName": "Berg", "FirstName": "Anna", "Email": "berg@example.com" },
        { "LastName": "Berg", "FirstName": "Ole", "Email": "berg@example.com" },
        { "LastName": "Old", "FirstName": "Margarethe", "Email": "grete@example.com" },
    ]);
    seed(&mut stage.org, &json!({ "Contact": contacts }));
    stage
}

#[test]
fn who_shares_an_address_is_found_by_the_first_name() {
    let mut stage = org();
    let outcome = stage.run(&couple(), &visitor("berg@example.com", "Ole"));
    assert_eq!(told(&outcome), (Status::Done, 1, vec![Unchanged]));
    assert_eq!(
        outcome.records[0].id.as_ref().map(|id| id.as_str().to_owned()),
        stage.org.records("Contact")[1]["Id"].as_str().map(str::to_owned)
    );
}

#[test]
fn another_first_name_is_found_by_the_address_alone() {
    let mut stage = org();
    let outcome = stage.run(&couple(), &visitor("grete@example.com", "Grete"));
    assert_eq!(told(&outcome), (Status::Done, 2, vec![Updated]));
    let contact = &stage.org.records("Contact")[2];
    assert_eq!((&contact["FirstName"], &contact["LastName"]), (&json!("Grete"), &json!("Berg")));
}

#[test]
fn an_address_of_two_people_and_a_third_name_is_ambiguous() {
    let mut stage = org();
    let outcome = stage.run(&couple(), &visitor("berg@example.com", "Kim"));
    assert_eq!(told(&outcome), (Status::Ambiguous, 1, vec![Ambiguous]));
    assert_eq!(outcome.records[0].candidates.len(), 2);
}

#[test]
fn nobody_is_created_and_found_again() {
    let mut stage = org();
    assert_eq!(told(&stage.run(&couple(), &visitor("new@example.com", "Kim"))), (Status::Done, 2, vec![Created]));
    assert_eq!(told(&stage.run(&couple(), &visitor("new@example.com", "Kim"))), (Status::Done, 1, vec![Unchanged]));
}

#[test]
fn a_group_with_a_blank_key_is_left_out() {
    let mut stage = org();
    let outcome = stage.run(&couple(), &visitor("grete@example.com", ""));
    assert_eq!(told(&outcome), (Status::Done, 2, vec![Updated]));
    assert_eq!(codes(&outcome), ["key-without-value"]);
    // The first name alone finds nobody: it stands in no group of its own.
    let outcome = stage.run(&couple(), &visitor("", "Anna"));
    assert_eq!(told(&outcome), (Status::Done, 0, vec![Skipped]));
}

#[test]
fn groups_are_groups_of_keys() {
    let with = |groups: Value| {
        let mut settings = couple();
        settings["objects"]["Contact"]["matchKeys"] = groups;
        remarks(&settings)
            .into_iter()
            .filter(|(code, _)| !matches!(*code, "weak-key" | "key-may-be-blank"))
            .collect::<Vec<_>>()
    };
    let place = |path: &str| format!("/objects/Contact/matchKeys{path}");
    assert_eq!(with(json!([["Email", "FirstName"], ["Email"]])), []);
    assert_eq!(with(json!([["Email"]])), [("bad-match-keys", "/mappings/1/useToFindExisting".to_owned())]);
    assert_eq!(with(json!([["Email", "LastName"], ["FirstName"]]))[0], ("bad-match-keys", place("/0")));
    assert_eq!(with(json!([["Email", "FirstName"], ["FirstName", "Email"]])), [("bad-match-keys", place("/1"))]);
    assert_eq!(with(json!([["Email", "FirstName", "email"]])), [("bad-match-keys", place("/0"))]);
    assert_eq!(with(json!([])), [("out-of-range", place(""))]);
    assert_eq!(with(json!([["Email", "FirstName"], []])), [("out-of-range", place("/1"))]);
    assert_eq!(with(json!([["Email", "FirstName"], ["E mail"]])), [("bad-name", place("/1/0"))]);
    assert_eq!(with(json!("some"))[0], ("unknown-value", place("")));
    assert_eq!(with(json!(1)), [("wrong-type", place(""))]);
}

#[test]
fn a_group_of_constants_would_find_the_same_record_in_every_conversation() {
    let mut settings = couple();
    settings["mappings"].as_array_mut().expect("rows").push(
        json!({ "source": { "constant": "Web" }, "object": "Contact", "field": "LeadSource", "useToFindExisting": true }),
    );
    settings["objects"]["Contact"]["matchKeys"] = json!([["Email", "FirstName", "LeadSource"], ["LeadSource"]]);
    assert_eq!(remarks(&settings), [("constant-key", "/objects/Contact/matchKeys/1".to_owned())]);
}
