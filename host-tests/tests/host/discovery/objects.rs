//! The drop-down of objects.

use host_tests::host::ObjectQuery;
use host_tests::simulator::Access;
use serde_json::json;

use crate::discovery::questions::{ask_objects, entry, names, objects};
use crate::org::TestOrg;

#[tokio::test(flavor = "multi_thread")]
async fn an_object_is_listed_as_a_mapping_names_it() {
    let org = TestOrg::new().await;
    let answer = ask_objects(&org, &objects("")).await;
    let contact = json!({
        "name": "Contact", "label": "Contact", "labelPlural": "Contacts", "keyPrefix": "003", "custom": false,
        "createable": true, "updateable": true, "queryable": true,
    });
    assert_eq!(*entry(&answer, "objects", "Contact"), contact);
    assert_eq!(entry(&answer, "objects", "Ticket__c")["custom"], true);
    assert_eq!((&answer["requests"], &answer["more"], &answer["findings"]), (&json!(1), &json!(false), &json!([])));
    assert!(answer["apiUsage"]["limit"].as_u64().expect("a number") > 0);
    let label = |object: &serde_json::Value| object["label"].as_str().expect("a label").to_lowercase();
    let labels: Vec<String> = answer["objects"].as_array().expect("a list").iter().map(label).collect();
    assert!(labels.is_sorted(), "{labels:?}");
}

/// One request, and nothing of the question in a request line.
#[tokio::test(flavor = "multi_thread")]
async fn a_question_is_one_composite_request_that_reads() {
    let org = TestOrg::new().await;
    ask_objects(&org, &ObjectQuery { api_version: Some("60.0".into()), ..objects("cont") }).await;
    let sent = org.requests();
    let [sent] = sent.as_slice() else { panic!("{sent:?}") };
    let [part] = sent.parts.as_slice() else { panic!("{sent:?}") };
    assert_eq!((&part["method"], &part["url"]), (&json!("GET"), &json!("/services/data/v60.0/sobjects")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_search_finds_names_and_labels_in_any_case_the_nearest_first() {
    let org = TestOrg::new().await;
    let answer = ask_objects(&org, &objects("  CONTACT ")).await;
    assert_eq!(names(&answer, "objects")[0], "Contact");
    assert!(names(&answer, "objects").iter().all(|name| name.to_lowercase().contains("contact")), "{answer:#}");
    assert_eq!(names(&ask_objects(&org, &objects("icket__")).await, "objects"), ["Ticket__c"]);
    assert_eq!(names(&ask_objects(&org, &objects("no such thing")).await, "objects"), [] as [&str; 0]);
}

#[tokio::test(flavor = "multi_thread")]
async fn no_more_than_the_limit_is_listed_and_the_answer_says_so() {
    let org = TestOrg::new().await;
    let whole = ask_objects(&org, &objects("")).await;
    let total = whole["total"].as_u64().expect("a number");
    assert_eq!(total, whole["objects"].as_array().expect("a list").len() as u64);
    for limit in 1..=2 {
        let part = ask_objects(&org, &ObjectQuery { limit, ..objects("") }).await;
        assert_eq!(names(&part, "objects"), names(&whole, "objects")[..limit as usize]);
        assert_eq!((&part["total"], &part["more"]), (&json!(total), &json!(true)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_nobody_can_write_is_listed_only_when_asked_for_and_what_is_hidden_never() {
    let org = TestOrg::with(|org| {
        assert!(org.restrict_object("Contact", Access::ReadOnly));
        assert!(org.restrict_object("Lead", Access::Hidden));
    })
    .await;
    let writable = ask_objects(&org, &objects("")).await;
    assert!(!names(&writable, "objects").contains(&"Contact") && names(&writable, "objects").contains(&"Case"));
    let all = ask_objects(&org, &ObjectQuery { all: true, ..objects("") }).await;
    let contact = entry(&all, "objects", "Contact");
    assert_eq!((&contact["createable"], &contact["updateable"]), (&json!(false), &json!(false)));
    assert!(!names(&all, "objects").contains(&"Lead"));
}
