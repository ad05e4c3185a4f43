//! Seconds and milliseconds since 1970: taken where the author says what is counted, and refused with that advice elsewhere.

use serde_json::{Value, json};

use crate::org::{TestOrg, check, codes, error, findings, key, link, map, plan, results, settings, source, with};

/// 2026-12-24T17:30:00Z.
const SECONDS: i64 = 1_798_133_400;

fn ticket(field: &str, more: Value) -> Value {
    let typed = with(map("at", &format!("Ticket__c.{field}")), more);
    let settings = settings([key("serial", "Ticket__c.Serial__c"), map("s", "Ticket__c.Subject__c"), typed], json!({}));
    with(settings, json!({ "locale": "de" }))
}

fn said(at: &Value) -> Value {
    json!({ "serial": "A-1", "s": "Repair", "at": at })
}

async fn is_stored(settings: &Value, field: &str, counts: &[Value], stored: &str) {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    for settings in [settings.to_string(), org.prepared(settings).await] {
        for count in counts {
            let outcome = org.done(&settings, &said(count)).await;
            assert_eq!((codes(&outcome), &org.record("Ticket__c")[field]), (vec![], &json!(stored)), "{count}");
        }
    }
    assert_eq!(org.writes().len(), 1, "the first alone is written: {:#?}", org.writes());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_is_the_point_in_time_that_it_means() {
    let settings = ticket("Started__c", json!({ "format": "epoch-seconds" }));
    let counts = [json!(SECONDS), json!(SECONDS.to_string()), json!(1.798_133_4e9), json!(1_798_133_400.25)];
    is_stored(&settings, "Started__c", &counts, "2026-12-24T17:30:00.000+0000").await;
    let settings = ticket("Started__c", json!({ "format": "epoch-milliseconds" }));
    let counts = [json!(SECONDS * 1000), json!(SECONDS * 1000 + 999), json!("1798133400000")];
    is_stored(&settings, "Started__c", &counts, "2026-12-24T17:30:00.000+0000").await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_is_the_day_that_it_is_in_the_time_zone() {
    for (zone, day) in [("UTC", "2026-12-24"), ("Asia/Tokyo", "2026-12-25")] {
        let settings = ticket("Due__c", json!({ "format": "epoch-seconds", "timeZone": zone }));
        let org = TestOrg::new().await;
        org.done(&org.prepared(&settings).await, &said(&json!(SECONDS))).await;
        assert_eq!(org.record("Ticket__c")["Due__c"], day);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_such_count_is_refused_before_any_request() {
    let org = TestOrg::new().await;
    for (format, counts) in [
        ("epoch-seconds", json!([SECONDS * 1000, -9_000_000_000_i64, "2026-12-24", "canary", "1e9", true, 1e60])),
        ("epoch-milliseconds", json!([1_798_133_400_000.5, 1e17, "24.12.2026", ["1", "2"]])),
    ] {
        let settings = ticket("Started__c", json!({ "format": format }));
        for settings in [settings.to_string(), org.prepared(&settings).await] {
            let before = org.requests().len();
            for count in counts.as_array().expect("a list") {
                let outcome = org.run(&settings, &said(count)).await;
                let message = outcome["records"][0]["error"]["message"].as_str().unwrap_or_default();
                assert_eq!(error(&outcome, 0), "NOT_CONVERTIBLE", "{count}: {outcome:#}");
                assert!(message.contains("since 1970") && message.contains("`format`"), "{message}");
            }
            assert_eq!(org.requests().len(), before);
        }
    }
}

/// 1763830200 may be seconds and 20261122 a day: nothing is guessed.
#[tokio::test(flavor = "multi_thread")]
async fn a_number_without_the_setting_is_refused_with_its_name() {
    let org = TestOrg::new().await;
    for field in ["Due__c", "Started__c"] {
        let settings = org.prepared(&ticket(field, json!({}))).await;
        for (count, is_told) in
            [(json!(SECONDS), true), (json!("1798133400"), true), (json!(20_261_122), true), (json!("canary"), false)]
        {
            let outcome = org.run(&settings, &said(&count)).await;
            let message = outcome["records"][0]["error"]["message"].as_str().unwrap_or_default();
            assert_eq!(
                (error(&outcome, 0), message.contains("epoch-seconds")),
                ("NOT_CONVERTIBLE", is_told),
                "{message}"
            );
            let texts = outcome["records"][0]["error"]["texts"].to_string();
            assert_eq!(texts.contains("`epoch-seconds` oder"), is_told, "{texts}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_field_that_holds_no_point_in_time_is_found_while_editing() {
    let org = TestOrg::new().await;
    for (field, more, is_right) in [
        ("Started__c", json!({}), true),
        ("Due__c", json!({ "timeZone": "Europe/Berlin" }), true),
        ("Due__c", json!({}), false),
        ("Starts_At__c", json!({ "timeZone": "Europe/Berlin" }), false),
        ("Phone__c", json!({}), false),
        ("Number__c", json!({}), false),
    ] {
        let mut prepared: Value = serde_json::from_str(&org.prepared(&ticket(field, json!({}))).await).expect("JSON");
        let row = prepared["mappings"][2].take();
        prepared["mappings"][2] = with(with(row, json!({ "format": "epoch-seconds" })), more);
        let answer = check(&prepared.to_string()).await;
        let found = findings(&answer, |finding| finding["code"] == "bad-format");
        assert_eq!(found.len(), usize::from(!is_right), "{field}: {answer:#}");
        assert!(found.iter().all(|finding| finding["path"] == "/mappings/2/format" && finding["severity"] == "error"));
    }
    org.prepare(&ticket("Phone__c", json!({ "format": "epoch-seconds" })))
        .await
        .refused("bad-format", "/mappings/2/format");
}

#[tokio::test]
async fn a_value_that_counts_nothing_has_no_such_format() {
    let format = json!({ "format": "epoch-seconds" });
    let contact = map("name", "Contact.LastName");
    for (row, code) in [
        (with(link("Contact", "Case.ContactId"), format.clone()), "bad-format"),
        (with(source(json!({ "transcript": "m" }), "Case.Description"), format.clone()), "bad-format"),
        (with(json!({ "source": { "file": "photo" }, "object": "Case" }), format), "bad-file"),
        (with(map("at", "Case.Subject"), json!({ "format": "epoch" })), "unknown-value"),
    ] {
        let settings = settings([contact.clone(), map("s", "Case.Origin"), row], json!({}));
        let answer = check(&settings.to_string()).await;
        let found = findings(&answer, |finding| finding["code"] == code && finding["path"] == "/mappings/2/format");
        assert_eq!(found.len(), 1, "{answer:#}");
    }
}

/// A plan that was approved with the one setting is another one with the other.
#[tokio::test]
async fn the_setting_is_part_of_the_plan() {
    let mut hashes = Vec::new();
    for more in [json!({}), json!({ "format": "epoch-seconds" }), json!({ "format": "epoch-milliseconds" })] {
        let settings = ticket("Started__c", more).to_string();
        hashes.push(plan(&settings, &said(&json!(SECONDS))).await.expect("a plan")["hash"].to_string());
    }
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 3);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_count_finds_the_record_of_that_moment() {
    for prepare in [true, false] {
        let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
        let at = with(key("at", "Ticket__c.Started__c"), json!({ "format": "epoch-milliseconds" }));
        let settings = settings([at, map("s", "Ticket__c.Subject__c")], json!({}));
        let settings = if prepare { org.prepared(&settings).await } else { settings.to_string() };
        for result in ["created", "unchanged"] {
            let outcome = org.done(&settings, &said(&json!(SECONDS * 1000))).await;
            assert_eq!(results(&outcome), [result]);
        }
    }
}
