//! What is longer than its field fails, or is cut where the author said so, and a finding tells.

use serde_json::{Value, json};

use super::conversions::ticket;
use crate::org::{TestOrg, codes, error, kept_secret, key, map, results, settings, with};

/// Runs with one typed value, and runs again if that was done.
async fn run(field: &str, more: Value, typed: &str) -> (Value, Vec<Value>) {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    let settings = org.prepared(&ticket(field, more)).await;
    let before = org.requests().len();
    let variables = json!({ "serial": "A-1", "typed": typed });
    let outcome = org.run(&settings, &variables).await;
    match outcome["status"] == "done" {
        true => assert_eq!(results(&org.done(&settings, &variables).await), ["unchanged"]),
        false => assert_eq!(org.requests().len(), before, "{outcome:#}"),
    }
    (outcome, org.records("Ticket__c"))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_that_is_too_long_fails_before_any_request() {
    let (outcome, tickets) = run("Phone__c", json!({}), &"canary 42".repeat(5)).await;
    assert_eq!(error(&outcome, 0), "VALUE_TOO_LONG");
    let refused = &outcome["records"][0]["error"];
    assert_eq!(refused["fields"], json!(["Phone__c"]));
    assert!(refused["message"].as_str().expect("a text").contains("at most 40 characters"), "{refused:#}");
    assert!(tickets.is_empty());
    // Exactly as long is not too long.
    let (outcome, tickets) = run("Phone__c", json!({}), &"ü".repeat(40)).await;
    assert_eq!((&outcome["status"], tickets.len()), (&json!("done"), 1));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_cut_where_the_author_says_so_and_a_finding_tells() {
    let cut = json!({ "whenTooLong": "cut" });
    let typed = format!("{}{}", "x".repeat(38), " canary");
    let (outcome, tickets) = run("Phone__c", cut.clone(), &typed).await;
    assert_eq!(tickets[0]["Phone__c"], format!("{} c", "x".repeat(38)));
    assert_eq!(codes(&outcome), ["value-cut"]);
    assert_eq!(outcome["findings"][0]["path"], "/mappings/2");
    kept_secret(&outcome);
    // The blank that the cut leaves at the end is none that Salesforce would store.
    let (_, tickets) = run("Phone__c", cut, &format!("{} {}", "x".repeat(39), "canary")).await;
    assert_eq!(tickets[0]["Phone__c"], "x".repeat(39));
}

/// An emoji is one character to people and two to Salesforce's own limits: what fits one count may not fit the other.
#[tokio::test(flavor = "multi_thread")]
async fn a_cut_text_fits_in_either_way_of_counting() {
    for length in [20, 21, 30, 40, 41, 100] {
        let (outcome, tickets) = run("Phone__c", json!({ "whenTooLong": "cut" }), &"😀".repeat(length)).await;
        assert_eq!(outcome["status"], "done", "{length}: {outcome:#}");
        assert_eq!(tickets[0]["Phone__c"], "😀".repeat(20));
        assert_eq!(codes(&outcome).len(), usize::from(length > 20), "{length}");
    }
}

/// Half an address is somebody else's, and half an id, day or word of a list is nothing.
#[tokio::test(flavor = "multi_thread")]
async fn what_is_only_good_as_a_whole_is_never_cut() {
    let cut = || json!({ "whenTooLong": "cut" });
    let (outcome, _) = run("Email__c", cut(), &format!("{}@example.com", "canary".repeat(20))).await;
    assert_eq!(error(&outcome, 0), "VALUE_TOO_LONG");
    let (outcome, _) = run("Region__c", cut(), &"canary".repeat(50)).await;
    assert_eq!(error(&outcome, 0), "NOT_IN_PICKLIST");
    let (outcome, _) = run("Source__c", cut(), &"canary".repeat(50)).await;
    assert_eq!(error(&outcome, 0), "NOT_IN_PICKLIST");
}

/// A part of a key is the key of others.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_is_never_cut() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Ticket__c": [{ "Subject__c": "old", "Serial__c": "x".repeat(20) }] }));
    let serial = with(key("serial", "Ticket__c.Serial__c"), json!({ "whenTooLong": "cut" }));
    let settings = org.prepared(&settings([serial, map("s", "Ticket__c.Subject__c")], json!({}))).await;
    let outcome = org.run(&settings, &json!({ "serial": format!("{}canary", "x".repeat(20)), "s": "new" })).await;
    assert_eq!(error(&outcome, 0), "VALUE_TOO_LONG");
    assert_eq!(org.record("Ticket__c")["Subject__c"], "old");
}

#[tokio::test(flavor = "multi_thread")]
async fn decimals_are_cut_where_the_author_says_so_and_a_finding_tells() {
    for (typed, stored) in [("1.234,567", 1234.56), ("-0,999", -0.99), ("0,001", 0.0)] {
        let (outcome, tickets) = run("Amount__c", json!({ "whenTooLong": "cut" }), typed).await;
        assert_eq!((tickets[0]["Amount__c"].as_f64(), codes(&outcome)), (Some(stored), vec!["value-cut"]), "{typed}");
    }
    // Digits before the point are what makes an amount.
    let (outcome, _) = run("Amount__c", json!({ "whenTooLong": "cut" }), "98765432109876543").await;
    assert_eq!(error(&outcome, 0), "NOT_CONVERTIBLE");
}
