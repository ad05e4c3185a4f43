//! A record that is found by another record of the run: the query sees the other one by its keys, and once that is known, only
//! what belongs to it counts.

use salesforce_module::report::RecordResult::{Ambiguous, Created, Failed, Skipped, Unchanged, Updated};
use salesforce_module::report::Status;
use serde_json::{Value, json};

use super::{remarks, seed, told};
use crate::common::many::{key, link, link_key, map, settings};
use crate::stage::{Stage, codes};

/// The Case of the contact with this subject.
fn known_case() -> Value {
    settings(
        json!([
            key("mail", "Contact", "Email"),
            map("name", "Contact", "LastName"),
            link_key("Contact", "Case", "ContactId"),
            key("topic", "Case", "Subject"),
            map("text", "Case", "Description"),
        ]),
        json!({}),
    )
}

fn newest(mut settings: Value) -> Value {
    settings["objects"]["Case"]["whenSeveralMatch"] = "most-recently-modified".into();
    settings
}

fn visitor(mail: &str, topic: &str) -> Value {
    json!({ "mail": mail, "name": "Berg", "topic": topic, "text": "It is dark." })
}

fn contact(mail: &str) -> Value {
    json!({ "LastName": "Berg", "Email": mail })
}

/// Two contacts, each with a case about the lamp.
fn org() -> Stage {
    let mut stage = Stage::new();
    seed(&mut stage.org, &json!({ "Contact": [contact("anna@example.com"), contact("ole@example.com")] }));
    let ids: Vec<Value> = stage.org.records("Contact").iter().map(|contact| contact["Id"].clone()).collect();
    seed(
        &mut stage.org,
        &json!({ "Case": [{ "Subject": "Lamp", "ContactId": ids[0] }, { "Subject": "Lamp", "ContactId": ids[1] }] }),
    );
    stage
}

fn descriptions(stage: &Stage) -> Vec<Value> {
    stage.org.records("Case").iter().map(|case| case["Description"].clone()).collect()
}

#[test]
fn what_belongs_to_the_other_record_is_found_in_the_same_request() {
    let mut stage = org();
    let outcome = stage.run(&known_case(), &visitor("ole@example.com", "Lamp"));
    assert_eq!(told(&outcome), (Status::Done, 2, vec![Unchanged, Updated]));
    assert_eq!(descriptions(&stage), [Value::Null, json!("It is dark.")]);
    // A second answer changes nothing.
    let again = stage.run(&known_case(), &visitor("ole@example.com", "Lamp"));
    assert_eq!(told(&again), (Status::Done, 1, vec![Unchanged, Unchanged]));
}

#[test]
fn what_is_not_there_is_created_for_the_existing_record_and_for_a_new_one() {
    let mut stage = org();
    let outcome = stage.run(&known_case(), &visitor("ole@example.com", "Door"));
    assert_eq!(told(&outcome), (Status::Done, 2, vec![Unchanged, Created]));
    let outcome = stage.run(&known_case(), &visitor("new@example.com", "Lamp"));
    assert_eq!(told(&outcome), (Status::Done, 2, vec![Created, Created]));
    let cases = stage.org.records("Case");
    assert_eq!(cases[3]["ContactId"], stage.org.records("Contact")[2]["Id"]);
}

#[test]
fn of_several_matches_the_one_that_is_decided_on_counts() {
    // Two contacts with one address: the newest is taken, and only its case.
    let mut stage = org();
    seed(&mut stage.org, &json!({ "Contact": [contact("ole@example.com")] }));
    let mut settings = known_case();
    assert_eq!(told(&stage.run(&settings, &visitor("ole@example.com", "Lamp"))).0, Status::Ambiguous);
    settings["objects"]["Contact"]["whenSeveralMatch"] = "most-recently-modified".into();
    let outcome = stage.run(&settings, &visitor("ole@example.com", "Lamp"));
    let decided = outcome.records[0].id.as_ref().map(|id| id.as_str().to_owned());
    let of_first = decided.as_deref() == stage.org.records("Contact")[1]["Id"].as_str();
    let expected = if of_first { vec![Unchanged, Updated] } else { vec![Unchanged, Created] };
    assert_eq!(told(&outcome), (Status::Done, 2, expected));
}

#[test]
fn several_that_belong_to_it_are_ambiguous_or_the_newest() {
    let mut stage = org();
    let ole = stage.org.records("Contact")[1]["Id"].clone();
    seed(&mut stage.org, &json!({ "Case": [{ "Subject": "Lamp", "ContactId": ole }] }));
    let outcome = stage.run(&known_case(), &visitor("ole@example.com", "Lamp"));
    assert_eq!(told(&outcome), (Status::Ambiguous, 1, vec![Unchanged, Ambiguous]));
    assert_eq!(outcome.records[1].candidates.len(), 2);
    assert_eq!(
        told(&stage.run(&newest(known_case()), &visitor("ole@example.com", "Lamp"))),
        (Status::Done, 2, vec![Unchanged, Updated])
    );
    assert_eq!(descriptions(&stage)[0], Value::Null);
}

#[test]
fn without_the_other_record_it_is_neither_looked_for_nor_written() {
    let mut stage = org();
    let outcome = stage.run(&known_case(), &visitor("", "Lamp"));
    assert_eq!(told(&outcome), (Status::Done, 0, vec![Skipped, Skipped]));
    assert_eq!(codes(&outcome), ["key-without-value", "key-without-value"]);
    // Nor if the lookup tells that it does not take part.
    let mut settings = known_case();
    settings["objects"]["Contact"] = json!({ "onlyUpdateExisting": true });
    let outcome = stage.run(&settings, &visitor("new@example.com", "Lamp"));
    assert_eq!(told(&outcome), (Status::Done, 1, vec![Skipped, Skipped]));
    settings["mappings"][2]["whenBlank"] = "fail".into();
    let outcome = stage.run(&settings, &visitor("new@example.com", "Lamp"));
    assert_eq!(told(&outcome), (Status::Failed, 1, vec![Skipped, Failed]));
    assert_eq!(stage.org.records("Case").len(), 2);
}

#[test]
fn every_way_to_the_other_record_is_a_way_to_what_belongs_to_it() {
    let mut settings = known_case();
    settings["mappings"].as_array_mut().expect("rows").push(key("phone", "Contact", "Phone"));
    settings["objects"]["Contact"] = json!({ "matchKeys": "any" });
    let mut stage = org();
    let mut variables = visitor("unknown@example.com", "Lamp");
    variables["phone"] = "110".into();
    stage
        .org
        .seed(&json!({ "Contact": [{ "LastName": "Kim", "Phone": "110" }] }), jiff::Timestamp::UNIX_EPOCH)
        .expect("a seed");
    let kim = stage.org.records("Contact")[2]["Id"].clone();
    seed(&mut stage.org, &json!({ "Case": [{ "Subject": "Lamp", "ContactId": kim }] }));
    assert_eq!(told(&stage.run(&settings, &variables)), (Status::Done, 2, vec![Updated, Updated]));
    assert_eq!(descriptions(&stage), [Value::Null, Value::Null, json!("It is dark.")]);
    // By its id, too.
    let mut by_id = known_case();
    by_id["mappings"][0] = key("id", "Contact", "Id");
    variables["id"] = kim;
    variables["text"] = "It is light.".into();
    assert_eq!(told(&stage.run(&by_id, &variables)), (Status::Done, 2, vec![Unchanged, Updated]));
    assert_eq!(descriptions(&stage)[2], "It is light.");
}

#[test]
fn of_a_person_who_may_be_a_contact_or_a_lead_the_right_link_counts() {
    let mut link = link_key("Person", "Case", "ContactId");
    link["onlyFor"] = json!(["Contact"]);
    let settings = settings(
        json!([
            key("mail", "Person", "Email"),
            map("name", "Person", "LastName"),
            { "source": { "constant": "Acme" }, "object": "Person", "field": "Company", "onlyFor": ["Lead"] },
            link,
            key("topic", "Case", "Subject"),
            map("text", "Case", "Description"),
        ]),
        json!({ "Person": { "lookIn": ["Contact", "Lead"] } }),
    );
    let mut stage = org();
    assert_eq!(
        told(&stage.run(&settings, &visitor("ole@example.com", "Lamp"))),
        (Status::Done, 2, vec![Unchanged, Updated])
    );
    // A Lead has no Cases, so there is none to be found, and none is written.
    assert_eq!(
        told(&stage.run(&settings, &visitor("new@example.com", "Lamp"))),
        (Status::Done, 2, vec![Created, Skipped])
    );
}

#[test]
fn a_link_finds_only_where_the_other_record_can_be_looked_for() {
    let place = ("bad-link", "/mappings/2/useToFindExisting".to_owned());
    let mut settings = known_case();
    settings["mappings"][0]["useToFindExisting"] = false.into();
    assert_eq!(remarks(&settings)[0], place);
    // Through two links.
    let mut settings = known_case();
    settings["mappings"][0]["field"] = "Account.Customer_No__c".into();
    assert!(remarks(&settings).contains(&place));
    // Not a lookup field.
    let mut settings = known_case();
    settings["mappings"][2]["field"] = "Reference".into();
    assert!(remarks(&settings).contains(&place));
    // Several objects.
    let mut settings = known_case();
    settings["objects"]["Case"] = json!({ "lookIn": ["Task", "Case"] });
    assert!(remarks(&settings).contains(&place));
    assert_eq!(remarks(&settings_of_plain_link()), []);
}

fn settings_of_plain_link() -> Value {
    settings(
        json!([key("mail", "Contact", "Email"), map("topic", "Case", "Subject"), link("Contact", "Case", "ContactId")]),
        json!({}),
    )
}
