//! What is typed becomes what the field holds, and the same value in another spelling is no change.

use serde_json::{Value, json};

use crate::org::{TestOrg, codes, constant, key, map, results, settings, with};

/// Tickets of a German flow, found by a number that they share with none.
pub fn ticket(field: &str, more: Value) -> Value {
    let settings = settings(
        [
            key("serial", "Ticket__c.Serial__c"),
            constant("Repair", "Ticket__c.Subject__c"),
            with(map("typed", &format!("Ticket__c.{field}")), more),
        ],
        json!({}),
    );
    with(settings, json!({ "locale": "de", "timeZone": "Europe/Berlin" }))
}

/// `1234.50` and `1234.5` are one number.
fn is_same(stored: &Value, expected: &Value) -> bool {
    match (stored.as_f64(), expected.as_f64()) {
        (Some(stored), Some(expected)) => stored == expected,
        _ => stored == expected,
    }
}

/// The first spelling creates a record that holds `stored`; the others find nothing to change, and send no write.
async fn is_stored(field: &str, spellings: &[Value], stored: Value) {
    is_stored_with(field, spellings, stored, &[]).await;
}

async fn is_stored_with(field: &str, spellings: &[Value], stored: Value, found: &[&str]) {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    let settings = org.prepared(&ticket(field, json!({}))).await;
    for (at, typed) in spellings.iter().chain(spellings.first()).enumerate() {
        let before = org.requests().len();
        let outcome = org.done(&settings, &json!({ "serial": "A-1", "typed": typed })).await;
        let (result, requests) = if at == 0 { ("created", 2) } else { ("unchanged", 1) };
        assert_eq!(results(&outcome), [result], "{field} ← {typed}: {:#}", org.record("Ticket__c"));
        assert_eq!(org.requests().len() - before, requests, "{field} ← {typed}");
        let ticket = org.record("Ticket__c");
        assert!(is_same(&ticket[field], &stored), "{field} ← {typed}: {} instead of {stored}", ticket[field]);
        assert_eq!(codes(&outcome), found, "{field} ← {typed}");
        assert!(!typed.is_string() || !outcome["findings"].to_string().contains(typed.as_str().expect("a text")));
    }
    assert_eq!(org.writes().len(), 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn amounts_are_read_as_the_country_writes_them() {
    let spellings = json!(["1.234,56", "1234,56", "+1.234,56", 1234.56, "1234,560", " 1.234,56 "]);
    is_stored("Amount__c", spellings.as_array().expect("a list"), json!(1234.56)).await;
    let spellings = json!(["1.234", 1234, "1234", "1234,00", 1.234e3]);
    is_stored("Amount__c", spellings.as_array().expect("a list"), json!(1234)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn numbers_keep_their_sign_and_every_digit() {
    is_stored("Score__c", &[json!("-7,25"), json!(-7.25), json!("−7,25")], json!(-7.25)).await;
    is_stored("Score__c", &[json!("0"), json!(0), json!("-0"), json!("0,00")], json!(0)).await;
    let long: Value = serde_json::from_str("1234567890123456.78").expect("a number");
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    let settings = org.prepared(&ticket("Score__c", json!({}))).await;
    for result in ["created", "unchanged"] {
        let variables = json!({ "serial": "A-1", "typed": "1.234.567.890.123.456,78" });
        assert_eq!(results(&org.done(&settings, &variables).await), [result]);
    }
    assert_eq!(org.record("Ticket__c")["Score__c"], long);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_percent_is_a_number_with_or_without_its_sign() {
    let spellings = json!(["12,5 %", "12,5%", "12,5", 12.5, "12,50 %"]);
    is_stored("Discount__c", spellings.as_array().expect("a list"), json!(12.5)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_whole_number_is_one_in_every_spelling() {
    let spellings = json!(["1.234", "1234", 1234, "1234,0", 1234.0]);
    is_stored("Count__c", spellings.as_array().expect("a list"), json!(1234)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_date_is_the_day_that_was_typed() {
    let spellings = json!(["22.11.2026", "2026-11-22", "22. 11. 2026", "22.11.2026 23:59", "2026-11-22T00:00"]);
    is_stored("Due__c", spellings.as_array().expect("a list"), json!("2026-11-22")).await;
    is_stored("Due__c", &[json!("1.2.2026"), json!("01.02.2026")], json!("2026-02-01")).await;
}

/// Half past midnight in Berlin is still yesterday in London.
#[tokio::test(flavor = "multi_thread")]
async fn an_instant_is_the_day_that_it_is_in_the_time_zone() {
    let spellings =
        json!(["2026-11-22T23:30:00Z", "23.11.2026", "2026-11-23T00:30:00+01:00", "2026-11-22T18:30-05:00"]);
    is_stored("Due__c", spellings.as_array().expect("a list"), json!("2026-11-23")).await;
    is_stored("Due__c", &[json!("2026-07-21T22:00:00.000Z"), json!("22.7.2026")], json!("2026-07-22")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_local_time_is_an_instant_by_the_clock_of_that_day() {
    let winter = json!([
        "22.11.2026 18:30",
        "22.11.2026, 18:30 Uhr",
        "2026-11-22T18:30",
        "2026-11-22 18:30:00",
        "2026-11-22T17:30:00Z",
        "2026-11-22T18:30:00+0100",
    ]);
    is_stored("Started__c", winter.as_array().expect("a list"), json!("2026-11-22T17:30:00.000+0000")).await;
    let summer = json!(["22.7.2026 18:30", "2026-07-22T18:30:00+02:00", "22.07.2026 18:30 Uhr"]);
    is_stored("Started__c", summer.as_array().expect("a list"), json!("2026-07-22T16:30:00.000+0000")).await;
}

/// Programs write instants with milliseconds; the field holds seconds.
#[tokio::test(flavor = "multi_thread")]
async fn milliseconds_of_an_instant_are_no_change() {
    let spellings = json!(["2026-11-22T17:30:00.123Z", "2026-11-22T17:30:00.999Z", "22.11.2026 18:30"]);
    is_stored("Started__c", spellings.as_array().expect("a list"), json!("2026-11-22T17:30:00.000+0000")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_time_of_day_has_no_zone() {
    let spellings = json!(["18:30 Uhr", "18:30", "18:30:00", "18:30:00.000Z", "18:30 UHR"]);
    is_stored("Starts_At__c", spellings.as_array().expect("a list"), json!("18:30:00.000Z")).await;
    is_stored("Starts_At__c", &[json!("7 Uhr"), json!("7:00"), json!("07:00")], json!("07:00:00.000Z")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_checkbox_knows_the_usual_words_in_both_languages() {
    let yes = json!(["ja", "Ja", "JA", "j", true, "true", "yes", "y", "on", 1, "1", "wahr"]);
    is_stored("Done__c", yes.as_array().expect("a list"), json!(true)).await;
    let no = json!(["nein", "Nein", "n", false, "false", "no", "off", 0, "0", "falsch"]);
    is_stored("Done__c", no.as_array().expect("a list"), json!(false)).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_picklist_takes_the_label_that_people_see_and_stores_its_value() {
    let spellings = json!(["Web chat", "web CHAT", "WEB_CHAT", "web_chat"]);
    is_stored("Source__c", spellings.as_array().expect("a list"), json!("web_chat")).await;
    is_stored("Region__c", &[json!("americas"), json!("amer"), json!("AMER")], json!("AMER")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_open_picklist_takes_a_new_value_as_it_was_typed() {
    is_stored_with("Source__c", &[json!("Billboard")], json!("Billboard"), &["new-picklist-value"]).await;
}

/// Salesforce gives the values back in the order of the list.
#[tokio::test(flavor = "multi_thread")]
async fn a_multi_select_takes_a_list_in_any_order_and_each_value_once() {
    let spellings = json!([
        ["Phone", "chat"],
        ["Chat", "Phone"],
        "Chat;Phone",
        "phone; chat;",
        ["Chat", "Phone", "phone", "", null]
    ]);
    is_stored("Channels__c", spellings.as_array().expect("a list"), json!("Chat;Phone")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn an_id_of_15_characters_is_the_one_of_18() {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    let contact = org.seed(json!({ "Contact": [{ "LastName": "Berg" }] })).pop().expect("an id");
    let settings = org.prepared(&ticket("Contact__c", json!({}))).await;
    for (typed, result) in [(&contact[..15], "created"), (contact.as_str(), "unchanged"), (&contact[..15], "unchanged")]
    {
        let outcome = org.done(&settings, &json!({ "serial": "A-1", "typed": typed })).await;
        assert_eq!((results(&outcome), &org.record("Ticket__c")["Contact__c"]), (vec![result], &json!(contact)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn an_email_address_is_one_whatever_its_case() {
    let spellings = ["Anna.Berg@Example.COM", "anna.berg@example.com", " anna.berg@example.com"].map(Value::from);
    is_stored("Email__c", &spellings, json!("anna.berg@example.com")).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn texts_stay_as_they_were_typed() {
    for text in ["007", "TODAY", "2026-11-22", "1.234,56", "+49 (30) 123-456", "true", "null", "NaN", "'; --", "😀 ü"]
    {
        is_stored("Phone__c", &[json!(text), json!(format!("  {text}\n"))], json!(text)).await;
    }
    is_stored("Url__c", &[json!("https://example.com/?q=ä&r=1%202#x")], json!("https://example.com/?q=ä&r=1%202#x"))
        .await;
}

/// Line ends come back as Salesforce pleases.
#[tokio::test(flavor = "multi_thread")]
async fn line_ends_are_no_change() {
    is_stored(
        "Description__c",
        &[json!("one\r\ntwo\n\nthree"), json!("one\ntwo\r\n\r\nthree")],
        json!("one\r\ntwo\n\nthree"),
    )
    .await;
}

/// But capitals are: somebody corrected a name.
#[tokio::test(flavor = "multi_thread")]
async fn the_case_of_a_text_is_a_change() {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    let settings = org.prepared(&ticket("Phone__c", json!({}))).await;
    for (typed, result) in [("anna berg", "created"), ("Anna Berg", "updated"), ("Anna Berg", "unchanged")] {
        let outcome = org.done(&settings, &json!({ "serial": "A-1", "typed": typed })).await;
        assert_eq!((results(&outcome), &org.record("Ticket__c")["Phone__c"]), (vec![result], &json!(typed)));
    }
}

/// A number that a flow computed, for a field that holds texts.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_field_takes_numbers_and_truths_as_texts() {
    is_stored("Phone__c", &[json!(4711), json!("4711")], json!("4711")).await;
    is_stored("Phone__c", &[json!(true), json!("true")], json!("true")).await;
    is_stored("Description__c", &[json!(["a", "b"]), json!("a;b")], json!("a;b")).await;
}
