//! Conversations that meet each other's records: they end as if they had come one after the other.

use salesforce_module::report::{RecordResult, Status};
use serde_json::{Value, json};

use crate::many::support::{contacts, key, map, outcome, results, settings};
use crate::stage::{Fault, Stage, refusal};

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

/// All keys must match, and a blank one is left out: one conversation finds the contact by its phone, another by its address. The first
/// waits for one that may leave the same phone.
#[test]
fn one_that_waits_is_not_overtaken_by_one_that_finds_its_record_by_another_key() {
    let settings = settings(
        json!([key("mail", "Contact", "Email"), key("phone", "Contact", "Phone"), map("name", "Contact", "LastName")]),
        json!({}),
    );
    let people = [
        json!({ "mail": "no", "phone": "110", "name": "Berg" }),
        json!({ "mail": "", "phone": "110", "name": "berg" }),
        json!({ "mail": "ben@example.com", "phone": "", "name": "Berg" }),
    ];
    let seeded = || {
        let mut stage = Stage::new();
        let seed = json!({ "Contact": [{ "LastName": "Berg", "Email": "ben@example.com", "Phone": "110" }] });
        stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
        stage
    };
    let (mut at_once, mut one_by_one) = (seeded(), seeded());
    at_once.run_many(&settings, &people);
    people.iter().for_each(|variables| drop(one_by_one.run(&settings, variables)));
    let fields = ["LastName", "Email", "Phone"];
    assert_eq!(at_once.state("Contact", &fields), one_by_one.state("Contact", &fields));
    assert_eq!(at_once.state("Contact", &["LastName"]), [json!({ "LastName": "Berg" })]);
}

/// A lock makes one look again. Meanwhile a later one may not change the record that it would find.
#[test]
fn one_that_looks_again_is_not_overtaken() {
    let mut mail = map("mail", "Contact", "Email");
    mail["useToFindExisting"] = true.into();
    let settings = settings(
        json!([key("letters", "Contact", "LastName"), mail, map("first", "Contact", "FirstName")]),
        json!({ "Contact": { "matchKeys": "any" } }),
    );
    let people = [
        json!({ "letters": "k-100", "mail": "anna@example.com", "first": "Anna" }),
        json!({ "letters": "K-100", "mail": "ben@example.com", "first": "Anna" }),
        json!({ "letters": "Olsen", "mail": "ANNA@example.com", "first": "Anna" }),
    ];
    for at in 1..8 {
        let seeded = || {
            let mut stage = Stage::new();
            let seed = json!({ "Contact": [{ "LastName": "Berg", "Email": "ben@example.com" }] });
            stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
            stage
        };
        let (mut at_once, mut one_by_one) = (seeded(), seeded());
        let lock = refusal(400, "UNABLE_TO_LOCK_ROW", "unable to obtain exclusive access to this record");
        at_once.faults.insert(at, Fault::Refused(lock));
        at_once.run_many(&settings, &people);
        people.iter().for_each(|variables| drop(one_by_one.run(&settings, variables)));
        let fields = ["LastName", "Email"];
        assert_eq!(at_once.state("Contact", &fields), one_by_one.state("Contact", &fields), "a lock at request {at}");
    }
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

/// One by one in an org of its own, and all at once in another.
fn both(settings: &Value, people: &[Value], org: fn() -> Stage, fields: &[&str]) -> Stage {
    let (mut alone, mut many) = (org(), org());
    let expected: Vec<_> =
        people.iter().map(|variables| vec![alone.run(settings, variables).records[0].result]).collect();
    assert_eq!(results(&many.run_many(settings, people)), expected);
    assert_eq!(many.state("Contact", fields), alone.state("Contact", fields));
    many
}

/// A duplicate rule leads the first to the contact that the second has found by its address: the second comes after it.
#[test]
fn an_adopted_record_is_not_written_by_a_later_one_first() {
    let org = || {
        let mut stage = Stage::new();
        let seed = json!({ "Contact": [{ "LastName": "Berg", "Email": "ben@example.com", "Phone": "110" }] });
        stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
        assert!(stage.org.add_duplicate_rule("Contact", "Phone", false));
        stage
    };
    let settings = settings(
        json!([key("mail", "Contact", "Email"), map("name", "Contact", "LastName"), map("phone", "Contact", "Phone")]),
        json!({ "Contact": { "duplicateRule": "adopt" } }),
    );
    let people = [
        json!({ "mail": "anna@example.com", "name": "Olsen", "phone": "110" }),
        json!({ "mail": "ben@example.com", "name": "Cole" }),
    ];
    let stage = both(&settings, &people, org, &["Email", "LastName", "Phone"]);
    // The first has become the known contact, and the second a new one.
    assert_eq!(stage.org.records("Contact").len(), 2);
}

/// The Kelvin sign is a K to Salesforce; a table of letters that lacks it must not tell them apart.
#[test]
fn letters_that_may_be_the_same_wait_for_each_other() {
    let settings =
        settings(json!([key("name", "Contact", "LastName"), map("first", "Contact", "FirstName")]), json!({}));
    for (one, other) in [("k-100", "\u{212A}-100"), ("\u{212A}-100", "K-100"), ("ÉMILE", "e\u{301}mile")] {
        let people = [json!({ "name": one, "first": "A" }), json!({ "name": other, "first": "B" })];
        both(&settings, &people, Stage::new, &["LastName", "FirstName"]);
    }
}

/// By account number: the first puts the contact below the account, and the second finds it so.
#[test]
fn a_parent_that_fills_a_key_is_waited_for() {
    let org = || {
        let mut stage = Stage::new();
        let seed = json!({ "Account": [{ "Name": "North", "Customer_No__c": "A1" }] });
        stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
        stage
    };
    let settings = settings(
        json!([
            key("mail", "Contact", "Email"),
            map("name", "Contact", "LastName"),
            map("account", "Contact", "Account.Customer_No__c"),
            key("known", "Friend", "Account.Customer_No__c"),
            map("first", "Friend", "FirstName"),
        ]),
        json!({ "Friend": { "sobject": "Contact", "onlyUpdateExisting": true } }),
    );
    let people = [
        json!({ "mail": "anna@example.com", "name": "Berg", "account": "A1" }),
        json!({ "known": "a1", "first": "Anna" }),
    ];
    let mut stage = org();
    let ending = stage.run_many(&settings, &people);
    assert_eq!(outcome(&ending.results[1]).records[1].result, RecordResult::Updated);
    assert_eq!(stage.state("Contact", &["FirstName"]), [json!({ "FirstName": "Anna" })]);
}

/// The second changes a unique value, and the third takes it; creates would be sent before changes.
#[test]
fn a_unique_value_is_freed_before_it_is_taken() {
    let org = || {
        let mut stage = Stage::new();
        let seed = json!({ "Contact": [{ "LastName": "Berg", "Email": "ben@example.com", "Customer_No__c": "7" }] });
        stage.org.seed(&seed, jiff::Timestamp::UNIX_EPOCH).expect("a seed");
        stage
    };
    let settings = settings(
        json!([
            key("mail", "Contact", "Email"),
            map("name", "Contact", "LastName"),
            map("no", "Contact", "Customer_No__c")
        ]),
        json!({}),
    );
    let people = [
        json!({ "mail": "new@example.com", "name": "New", "no": "1" }),
        json!({ "mail": "ben@example.com", "name": "Berg", "no": "8" }),
        json!({ "mail": "anna@example.com", "name": "Olsen", "no": "7" }),
    ];
    both(&settings, &people, org, &["Email", "Customer_No__c"]);
}
