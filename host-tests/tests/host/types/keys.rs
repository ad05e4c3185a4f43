//! Keys in the types of the org: what was typed finds the record that holds that value, in whatever way it is looked for.

use serde_json::{Value, json};

use crate::org::{TestOrg, constant, error, key, map, results, settings, with};

/// A key and what is written by it. `read_first` makes a lookup necessary where an upsert by key would do.
fn by(field: &str, read_first: bool) -> Value {
    let (object, subject) = match field.split_once('.').expect("an object and a field").0 {
        "Contact" => ("Contact", "LastName"),
        "acme__Order__c" => ("acme__Order__c", "Name"),
        other => (other, "Subject__c"),
    };
    let mut mappings = vec![key("key", field), map("s", &format!("{object}.{subject}"))];
    if read_first {
        let (field, value) = match object {
            "Contact" => ("Title", "Dr."),
            "acme__Order__c" => ("acme__Total__c", "1"),
            _ => ("Phone__c", "110"),
        };
        mappings.push(with(constant(value, &format!("{object}.{field}")), json!({ "overwrite": "if-empty" })));
    }
    let settings = settings([], json!({}));
    with(settings, json!({ "mappings": mappings, "locale": "de", "timeZone": "Europe/Berlin" }))
}

/// Each spelling finds the one record that is there, however it is looked for, and none is added.
async fn finds(field: &str, stored: Value, spellings: Value) {
    let (object, name) = field.split_once('.').expect("an object and a field");
    let subject = if object == "Contact" { "LastName" } else { "Subject__c" };
    for (view_all_data, read_first) in [(true, false), (false, false), (true, true)] {
        let org = TestOrg::with(|org| org.settings.view_all_data = view_all_data).await;
        let id = org.seed(json!({ object: [{ subject: "old", name: stored }] })).pop().expect("an id");
        let settings = org.prepared(&by(field, read_first)).await;
        for (at, typed) in spellings.as_array().expect("a list").iter().enumerate() {
            let written = format!("new {at}");
            let outcome = org.done(&settings, &json!({ "key": typed, "s": written })).await;
            assert_eq!(results(&outcome), ["updated"], "{field} = {typed}");
            assert_eq!(outcome["records"][0]["id"], id.as_str());
            let record = org.record(object);
            assert_eq!(record[subject], written.as_str(), "{field} = {typed}");
        }
    }
}

/// Every query so far.
fn queries(org: &TestOrg) -> Vec<String> {
    let parts = org.requests().into_iter().flat_map(|sent| sent.parts);
    let urls = parts.filter_map(|part| part["url"].as_str()?.split_once("?q=").map(|(_, soql)| soql.to_owned()));
    urls.map(|soql| percent_encoding::percent_decode_str(&soql).decode_utf8().expect("UTF-8").into_owned()).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_finds_the_text_that_a_text_field_holds() {
    finds("Ticket__c.Serial__c", json!("4711"), json!([4711, "4711", " 4711"])).await;
    finds("Ticket__c.External_Id__c", json!("4711"), json!([4711, "4711"])).await;
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    let settings = org.prepared(&by("Ticket__c.Serial__c", false)).await;
    org.done(&settings, &json!({ "key": 4711, "s": "x" })).await;
    assert!(queries(&org).iter().any(|soql| soql.contains("Serial__c = '4711'")), "{:#?}", queries(&org));
}

/// Zeros in front are a part of a text, and none of a number.
#[tokio::test(flavor = "multi_thread")]
async fn zeros_in_front_tell_texts_apart() {
    let org = TestOrg::new().await;
    let settings = org.prepared(&by("Ticket__c.Serial__c", false)).await;
    for typed in ["007", "7"] {
        assert_eq!(results(&org.done(&settings, &json!({ "key": typed, "s": typed })).await), ["created"]);
    }
    finds("Ticket__c.Number__c", json!(7), json!(["007", 7, "7"])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_finds_the_number_that_a_number_field_holds() {
    finds("Ticket__c.Number__c", json!(4711), json!(["4711", "4.711", 4711, "4711,0", 4711.0])).await;
    finds("Ticket__c.Count__c", json!(1234), json!(["1.234", 1234])).await;
    finds("Ticket__c.Amount__c", json!(1234.5), json!(["1.234,50", 1234.5])).await;
    let org = TestOrg::new().await;
    let settings = org.prepared(&by("Ticket__c.Number__c", true)).await;
    org.done(&settings, &json!({ "key": "4.711", "s": "x" })).await;
    assert!(queries(&org).iter().any(|soql| soql.contains("Number__c = 4711 ")), "{:#?}", queries(&org));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_day_finds_the_date_and_an_instant_the_point_in_time() {
    finds("Ticket__c.Due__c", json!("2026-11-22"), json!(["22.11.2026", "2026-11-22", "2026-11-21T23:30:00Z"])).await;
    let spellings = json!(["22.11.2026 18:30", "2026-11-22T17:30:00Z", "2026-11-22T17:30:00.123Z"]);
    finds("Ticket__c.Started__c", json!("2026-11-22T17:30:00Z"), spellings).await;
    finds("Ticket__c.Starts_At__c", json!("18:30:00.000Z"), json!(["18:30 Uhr", "18:30"])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_label_finds_the_value_of_a_picklist() {
    finds("Ticket__c.Source__c", json!("web_chat"), json!(["Web chat", "WEB CHAT", "web_chat"])).await;
    finds("Ticket__c.Region__c", json!("EMEA"), json!(["Europe, Middle East and Africa", "emea"])).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_address_is_found_in_any_case() {
    finds("Contact.Email", json!("anna.berg@example.com"), json!(["Anna.Berg@EXAMPLE.com", " anna.berg@example.com "]))
        .await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_found_in_any_case() {
    for field in ["Ticket__c.External_Id__c", "Ticket__c.Serial__c", "Contact.Loyalty_No__c", "Contact.Customer_No__c"]
    {
        finds(field, json!("Ab-1 ÄÖ"), json!(["Ab-1 ÄÖ", "AB-1 äö", "ab-1 Äö"])).await;
    }
}

/// `ab` and `AB` are two orders where the field says so.
#[tokio::test(flavor = "multi_thread")]
async fn a_case_sensitive_key_tells_capitals_apart() {
    for read_first in [false, true] {
        let org = TestOrg::new().await;
        let settings = org.prepared(&by("acme__Order__c.acme__Number__c", read_first)).await;
        for (number, result) in [("ab", "created"), ("AB", "created"), ("ab", "updated"), ("AB", "updated")] {
            let outcome = org.done(&settings, &json!({ "key": number, "s": format!("{number} {result}") })).await;
            assert_eq!(results(&outcome), [result], "{number}");
        }
        let orders = org.records("acme__Order__c");
        assert_eq!(orders.len(), 2);
        for order in orders {
            assert_eq!(order["Name"], format!("{} updated", order["acme__Number__c"].as_str().expect("a text")));
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_finds_its_record_and_the_records_that_point_to_it() {
    let org = TestOrg::new().await;
    let contact = org.seed(json!({ "Contact": [{ "LastName": "Berg" }] })).pop().expect("an id");
    org.seed(json!({ "Ticket__c": [{ "Subject__c": "old", "Contact__c": contact }] }));
    let by_id = org.prepared(&by("Contact.Id", false)).await;
    let by_contact = org.prepared(&by("Ticket__c.Contact__c", false)).await;
    for (at, typed) in [&contact[..15], &contact].into_iter().enumerate() {
        let variables = json!({ "key": typed, "s": format!("new {at}") });
        assert_eq!(results(&org.done(&by_id, &variables).await), ["updated"]);
        assert_eq!(results(&org.done(&by_contact, &variables).await), ["updated"]);
        assert_eq!(org.record("Contact")["LastName"], format!("new {at}"));
        assert_eq!(org.record("Ticket__c")["Subject__c"], format!("new {at}"));
    }
}

/// What is no value of the key's type is nobody's key: no request, and above all no create.
#[tokio::test(flavor = "multi_thread")]
async fn what_does_not_fit_a_key_finds_and_creates_nobody() {
    let org = TestOrg::new().await;
    for (field, typed) in [
        ("Ticket__c.Number__c", json!("canary")),
        ("Ticket__c.Number__c", json!("4711,5")),
        ("Ticket__c.Due__c", json!("canary")),
        ("Ticket__c.Region__c", json!("canary")),
        ("Ticket__c.Serial__c", json!("canary".repeat(4))),
        ("Contact.Email", json!("canary")),
        ("Contact.Id", json!("canary")),
    ] {
        let settings = org.prepared(&by(field, false)).await;
        let before = org.requests().len();
        let outcome = org.run(&settings, &json!({ "key": typed, "s": "x" })).await;
        assert_eq!(outcome["status"], "failed", "{field} = {typed}: {outcome:#}");
        assert!(["NOT_CONVERTIBLE", "NOT_IN_PICKLIST", "VALUE_TOO_LONG"].contains(&error(&outcome, 0)), "{outcome:#}");
        assert_eq!(org.requests().len(), before);
    }
    assert!(org.records("Ticket__c").is_empty() && org.records("Contact").is_empty());
}

/// Two records of one run share one query; which row is whose is decided by the same comparison as Salesforce's.
#[tokio::test(flavor = "multi_thread")]
async fn typed_keys_of_two_records_find_each_its_own() {
    for (field, a, b) in [
        ("Due__c", json!("22.11.2026"), json!("23.11.2026")),
        ("Started__c", json!("22.11.2026 18:30"), json!("2026-11-22T17:31:00.500Z")),
        ("Starts_At__c", json!("18:30"), json!("18:31 Uhr")),
        ("Amount__c", json!("1.234,50"), json!(1234.51)),
        ("Source__c", json!("Web chat"), json!("telephone")),
        ("Serial__c", json!(4711), json!("Ünïque-1")),
        ("Done__c", json!("ja"), json!("nein")),
    ] {
        let org = TestOrg::new().await;
        let mappings = [
            key("a", &format!("First.{field}")),
            map("s", "First.Subject__c"),
            key("b", &format!("Second.{field}")),
            map("t", "Second.Subject__c"),
        ];
        let objects = json!({ "First": { "sobject": "Ticket__c" }, "Second": { "sobject": "Ticket__c" } });
        let format = json!({ "locale": "de", "timeZone": "Europe/Berlin" });
        let settings = org.prepared(&with(settings(mappings, objects), format)).await;
        for (result, s, t) in [("created", "first", "second"), ("updated", "first again", "second again")] {
            let outcome = org.run(&settings, &json!({ "a": a, "b": b, "s": s, "t": t })).await;
            assert_eq!(
                (&outcome["status"], results(&outcome)),
                (&json!("done"), vec![result; 2]),
                "{field}: {outcome:#}"
            );
        }
        let subjects: Vec<Value> = org.records("Ticket__c").iter().map(|ticket| ticket["Subject__c"].clone()).collect();
        assert_eq!(subjects, ["first again", "second again"], "{field}");
        // One value for both is one record, and writing it twice would mix them.
        let outcome = org.run(&settings, &json!({ "a": a, "b": a, "s": "x", "t": "y" })).await;
        assert_eq!(outcome["status"], "failed", "{field}: {outcome:#}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_number_with_a_point_is_the_same_text_key() {
    let org = TestOrg::new().await;
    let settings = settings([key("serial", "Ticket__c.Serial__c"), map("topic", "Ticket__c.Subject__c")], json!({}));
    let settings = org.prepared(&settings).await;
    for serial in ["4711", "4711.0", "4.711e3"] {
        let serial: Value = serde_json::from_str(serial).expect("a number");
        org.done(&settings, &json!({ "serial": serial, "topic": "Repair" })).await;
    }
    assert_eq!(org.record("Ticket__c")["Serial__c"], "4711");
}
