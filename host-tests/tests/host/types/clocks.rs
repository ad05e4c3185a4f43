//! Days and instants around what clocks do: a day is never moved in silence, and an hour never guessed.

use serde_json::{Value, json};

use crate::org::{TestOrg, error, key, map, settings, with};

/// A ticket with a value for a field, from a flow with these settings of locale and time zone.
async fn run(field: &str, format: Value, typed: &str) -> (Value, Option<Value>) {
    let org = TestOrg::new().await;
    let ticket = settings([map("s", "Ticket__c.Subject__c"), map("typed", &format!("Ticket__c.{field}"))], json!({}));
    let settings = org.prepared(&with(ticket, format)).await;
    let before = org.requests().len();
    let outcome = org.run(&settings, &json!({ "s": "Repair", "typed": typed })).await;
    assert_eq!(org.requests().len() - before, usize::from(outcome["status"] == "done"), "{outcome:#}");
    (outcome, org.records("Ticket__c").pop().map(|ticket| ticket[field].clone()))
}

async fn is_stored(field: &str, format: Value, typed: &str, stored: &str) {
    let (outcome, found) = run(field, format, typed).await;
    assert_eq!(found, Some(json!(stored)), "{typed}: {outcome:#}");
}

async fn is_refused(field: &str, format: Value, typed: &str, says: &str) {
    let (outcome, found) = run(field, format, typed).await;
    assert_eq!((error(&outcome, 0), found), ("NOT_CONVERTIBLE", None), "{typed}");
    let message = outcome["records"][0]["error"]["message"].as_str().expect("a text");
    assert!(message.contains(says) && message.contains(field) && !message.contains(typed), "{message}");
}

fn berlin() -> Value {
    json!({ "locale": "de", "timeZone": "Europe/Berlin" })
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_that_the_clocks_skip_is_no_time() {
    is_refused("Started__c", berlin(), "29.03.2026 02:30", "skipped").await;
    is_stored("Started__c", berlin(), "29.03.2026 01:59", "2026-03-29T00:59:00.000+0000").await;
    is_stored("Started__c", berlin(), "29.03.2026 03:00", "2026-03-29T01:00:00.000+0000").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_hour_that_the_clocks_show_twice_is_two_times() {
    is_refused("Started__c", berlin(), "25.10.2026 02:30", "twice").await;
    is_stored("Started__c", berlin(), "25.10.2026 01:59", "2026-10-24T23:59:00.000+0000").await;
    is_stored("Started__c", berlin(), "25.10.2026 03:00", "2026-10-25T02:00:00.000+0000").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_offset_says_which_of_two_hours_is_meant() {
    is_stored("Started__c", berlin(), "2026-10-25T02:30:00+02:00", "2026-10-25T00:30:00.000+0000").await;
    is_stored("Started__c", berlin(), "2026-10-25T02:30:00+01:00", "2026-10-25T01:30:00.000+0000").await;
}

/// Which of two neighbouring days it was, nobody could tell afterwards.
#[tokio::test(flavor = "multi_thread")]
async fn an_instant_is_no_day_without_a_time_zone() {
    is_refused("Due__c", json!({ "locale": "de" }), "2026-11-22T23:30:00Z", "`timeZone`").await;
    is_refused("Due__c", json!({}), "2026-11-22T12:00:00+01:00", "`timeZone`").await;
    is_stored("Due__c", json!({}), "2026-11-22", "2026-11-22").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_time_is_no_instant_without_a_time_zone() {
    is_refused("Started__c", json!({ "locale": "de" }), "22.11.2026 18:30", "`timeZone`").await;
    is_refused("Started__c", json!({}), "2026-11-22", "`timeZone`").await;
    is_stored("Started__c", json!({}), "2026-11-22T18:30:00+01:00", "2026-11-22T17:30:00.000+0000").await;
}

/// Midnight is where the day begins: on the other side of the world it is another one.
#[tokio::test(flavor = "multi_thread")]
async fn the_same_instant_is_another_day_elsewhere() {
    for (zone, day) in
        [("Pacific/Auckland", "2026-11-23"), ("America/Los_Angeles", "2026-11-22"), ("+14:00", "2026-11-23")]
    {
        is_stored("Due__c", json!({ "timeZone": zone }), "2026-11-22T20:00:00Z", day).await;
    }
    is_stored("Started__c", berlin(), "24.12.2026", "2026-12-23T23:00:00.000+0000").await;
}

/// Fourth of March or third of April: a locale without a country does not say.
#[tokio::test(flavor = "multi_thread")]
async fn a_day_that_can_be_read_in_two_ways_is_refused() {
    is_refused("Due__c", json!({ "locale": "en" }), "3/4/2026", "a date such as 2026-12-24").await;
    is_stored("Due__c", json!({ "locale": "en" }), "3/14/2026", "2026-03-14").await;
    is_stored("Due__c", json!({ "locale": "en-US" }), "3/4/2026", "2026-03-04").await;
    is_stored("Due__c", json!({ "locale": "en-GB" }), "3/4/2026", "2026-04-03").await;
    is_refused("Due__c", json!({ "locale": "en-US" }), "14/3/2026", "a date such as").await;
    is_refused("Due__c", json!({}), "22.11.2026", "`locale`").await;
}

/// A key that would be guessed would find somebody else.
#[tokio::test(flavor = "multi_thread")]
async fn an_hour_that_is_no_time_finds_nobody() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Ticket__c": [{ "Subject__c": "old", "Started__c": "2026-10-25T00:30:00Z" }] }));
    let ticket = settings([key("at", "Ticket__c.Started__c"), map("s", "Ticket__c.Subject__c")], json!({}));
    let settings = org.prepared(&with(ticket, berlin())).await;
    let outcome = org.run(&settings, &json!({ "at": "25.10.2026 02:30", "s": "new" })).await;
    assert_eq!((error(&outcome, 0), &outcome["requests"]), ("NOT_CONVERTIBLE", &json!(0)));
    assert_eq!(org.record("Ticket__c")["Subject__c"], "old");
}
