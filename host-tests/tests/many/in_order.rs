//! Conversations that meet each other's records: they end as if they had come one after the other.

use salesforce_module::outcome::{RecordResult, Status};
use serde_json::{Value, json};

use crate::stage::Stage;
use crate::support::{contacts, key, map, outcome, results, settings};

#[test]
fn two_conversations_with_one_new_address_make_one_contact() {
    let mut stage = Stage::new();
    let people = [
        json!({ "mail": "anna@example.com", "name": "Berg" }),
        json!({ "mail": "ben@example.com", "name": "Cole" }),
        json!({ "mail": "ANNA@example.com ", "name": "Berg-Olsen" }),
        json!({ "mail": "anna@example.com", "name": "Berg-Olsen" }),
    ];
    let ending = stage.run_many(&contacts(), &people);
    let expected = [RecordResult::Created, RecordResult::Created, RecordResult::Updated, RecordResult::Unchanged];
    assert_eq!(results(&ending), expected.map(|result| vec![result]));
    let id = |n: usize| outcome(&ending.results[n]).records[0].id.clone();
    assert!(id(0) == id(2) && id(0) == id(3) && id(0) != id(1));
    let names = stage.state("Contact", &["LastName"]);
    assert_eq!(names, [json!({ "LastName": "Berg-Olsen" }), json!({ "LastName": "Cole" })]);
}

/// Duplicates of a thousand conversations are handled together.
#[test]
fn every_second_address_twice_costs_a_few_requests_more() {
    let mut stage = Stage::new();
    let people: Vec<Value> =
        (0..1000).map(|n| json!({ "mail": format!("p{}@example.com", n % 750), "name": format!("Berg{n}") })).collect();
    let ending = stage.run_many(&contacts(), &people);
    assert_eq!(ending.status(), Status::Done);
    assert_eq!(stage.org.records("Contact").len(), 750);
    // Look up, four writes, look up again, two more writes.
    assert_eq!(ending.spent.requests, 8);
}

/// By e-mail or by phone: two conversations without a common key find the same person.
#[test]
fn two_conversations_that_find_one_record_by_different_keys_change_it_in_their_order() {
    let settings = settings(
        json!([key("mail", "Contact", "Email"), key("phone", "Contact", "Phone"), map("name", "Contact", "LastName")]),
        json!({ "Contact": { "matchKeys": "any" } }),
    );
    let mut stage = Stage::new();
    let seed = json!({ "Contact": [{ "LastName": "Berg", "Email": "anna@example.com", "Phone": "110" }] });
    stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
    let people = [
        json!({ "mail": "anna@example.com", "name": "Olsen" }),
        // It would find the name that is there already, were it not for the conversation before.
        json!({ "phone": "110", "name": "Berg" }),
    ];
    let ending = stage.run_many(&settings, &people);
    assert_eq!(results(&ending), [vec![RecordResult::Updated], vec![RecordResult::Updated]]);
    assert_eq!(stage.state("Contact", &["LastName"]), [json!({ "LastName": "Berg" })]);
}

#[test]
fn the_same_mark_of_a_step_writes_one_case() {
    let settings = settings(
        json!([map("topic", "Case", "Subject")]),
        json!({ "Case": { "idempotency": { "field": "Chat_Conversation_Id__c", "variable": "step" } } }),
    );
    let mut stage = Stage::new();
    let people = [
        json!({ "topic": "A", "step": "s1" }),
        json!({ "topic": "A", "step": "s1" }),
        json!({ "topic": "B", "step": "s2" }),
    ];
    let ending = stage.run_many(&settings, &people);
    assert_eq!(ending.status(), Status::Done, "{:#?}", ending.results);
    assert_eq!(stage.state("Case", &["Subject"]), [json!({ "Subject": "A" }), json!({ "Subject": "B" })]);
    let again = stage.run_many(&settings, &people);
    assert!(results(&again).iter().all(|records| *records == [RecordResult::Unchanged]));
}
