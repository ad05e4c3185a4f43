//! The same through the component: within its memory, whatever it is given.

use salesforce_module::many::{MAX_CONVERSATIONS, MAX_RECORDS};
use serde_json::{Value, json};

use crate::common::many::{contacts, map, person, settings, support};
use crate::org::{TestOrg, egress_to, host, kept_secret, session};
use host_tests::host::bindings::exports::chat_flow::salesforce::types::Status;
use host_tests::host::{Conversation, ManyOutcome};

fn conversation(variables: &Value) -> Conversation {
    Conversation { variables: variables.to_string(), in_doubt_for: None, correlation: None }
}

async fn run_many(org: &TestOrg, settings: &Value, people: &[Value]) -> ManyOutcome {
    let people: Vec<Conversation> = people.iter().map(conversation).collect();
    let ran = host().run_many(egress_to(&org.url()), &session(&org.token()), &settings.to_string(), &people, &[]).await;
    kept_secret(ran.expect("no trap")).unwrap_or_else(|findings| panic!("not run: {findings:#?}"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_thousand_contacts_take_six_requests() {
    let org = TestOrg::new().await;
    let people: Vec<Value> = (0..MAX_CONVERSATIONS).map(person).collect();
    let many = run_many(&org, &contacts(), &people).await;
    assert_eq!((many.status, many.requests, many.conversations.len()), (Status::Done, 6, MAX_CONVERSATIONS));
    assert_eq!((org.records("Contact").len(), org.requests().len()), (MAX_CONVERSATIONS, 6));
    let log: Value = serde_json::from_str(&many.log).expect("JSON");
    assert_eq!((&log["conversations"]["done"], &log["requests"]), (&json!(1000), &json!(6)));
    let many = run_many(&org, &contacts(), &people).await;
    assert_eq!((many.status, many.requests), (Status::Done, 1));
}

/// As much as fits: four megabytes of variables, in texts that are written and looked up, found and sent again.
#[tokio::test(flavor = "multi_thread")]
async fn the_largest_calls_stay_within_the_memory() {
    let org = TestOrg::new().await;
    let long = "ä".repeat(950);
    let people: Vec<Value> = (0..MAX_CONVERSATIONS)
        .map(|n| json!({ "mail": person(n)["mail"], "name": "Berg", "topic": format!("{n} {long} {long}") }))
        .collect();
    let mut settings = contacts();
    settings["mappings"].as_array_mut().expect("mappings").push(map("topic", "Contact", "Description"));
    let many = run_many(&org, &settings, &people).await;
    assert_eq!(many.status, Status::Done);
    // Their descriptions are now compared: an answer of as many megabytes.
    assert_eq!(run_many(&org, &settings, &people).await.status, Status::Done);
    assert_eq!(org.records("Contact").len(), MAX_CONVERSATIONS);
}

/// As many records as fit, all of which fail, with all that is said of each.
#[tokio::test(flavor = "multi_thread")]
async fn the_longest_answers_stay_within_the_memory() {
    let org = TestOrg::new().await;
    let rows: Vec<Value> = (0..25).map(|n| map("name", &format!("R{n}"), "LastName")).collect();
    let objects = (0..25).map(|n| (format!("R{n}"), json!({ "sobject": "Contact" }))).collect();
    let large = settings(json!(rows), Value::Object(objects));
    let people: Vec<Value> = (0..MAX_RECORDS / 25).map(|_| json!({ "name": "canary".repeat(20) })).collect();
    let many = run_many(&org, &large, &people).await;
    assert_eq!((many.status, many.conversations.len()), (Status::Failed, MAX_RECORDS / 25));
    assert!(org.records("Contact").is_empty());
}

/// A refused token, told of every record.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_token_is_told_to_everybody() {
    let org = TestOrg::new().await;
    let people: Vec<Conversation> = (0..MAX_CONVERSATIONS).map(|n| conversation(&person(n))).collect();
    let ran = host().run_many(egress_to(&org.url()), &session("wrong"), &support().to_string(), &people, &[]).await;
    let many = ran.expect("no trap").expect("good settings");
    assert_eq!((many.status, many.requests), (Status::SessionExpired, 1));
    assert!(many.conversations.iter().all(|outcome| outcome.status == Status::SessionExpired));
}

/// Contacts that hold long texts already, which an update compares, or which are handed over: rows and answers that no
/// conversation has brought.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_org_holds_stays_within_the_memory() {
    let people: Vec<Value> = (0..MAX_CONVERSATIONS)
        .map(|n| json!({ "mail": person(n)["mail"], "name": "Olsen", "topic": "short" }))
        .collect();
    for length in [8_000, 20_000, 32_000] {
        println!("{length}");
        let long = "x".repeat(length);
        let row = |n| json!({ "LastName": "Berg", "Email": person(n)["mail"], "Description": long });
        let rows: Vec<Value> = (0..MAX_CONVERSATIONS).map(row).collect();
        let mut compared = contacts();
        compared["mappings"].as_array_mut().expect("rows").push(map("topic", "Contact", "Description"));
        let mut stored = contacts();
        stored["objects"] = json!({ "Contact": { "store": { "Description": "about" } } });
        for (settings, hands_over) in [(compared, false), (stored, true)] {
            let org = TestOrg::new().await;
            org.seed(json!({ "Contact": rows }));
            let many = run_many(&org, &settings, &people).await;
            assert_eq!(many.conversations.len(), MAX_CONVERSATIONS);
            let done = many.conversations.iter().filter(|outcome| outcome.status == Status::Done).count();
            // What does not fit into the answer is not written, and says so.
            assert!(done == MAX_CONVERSATIONS || (hands_over && done > 0), "{done} of {length}");
            let renamed = org.records("Contact").iter().filter(|contact| contact["LastName"] == "Olsen").count();
            assert_eq!(renamed, done);
        }
    }
}
