//! Keys that a URL does not carry, or not unchanged: each always ends at its own record and never doubles it.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::org::{TestOrg, error, key, map, results, settings};

/// Neighbours of one another, should anything be encoded once too often, once too little, or read as a path.
const KEYS: [&str; 52] = [
    "a",
    "a/b",
    "a%2Fb",
    "a%252Fb",
    "a\\b",
    "a b",
    "a+b",
    "a%20b",
    "a%2Bb",
    "a?b",
    "a?updateOnly=true",
    "a#b",
    "a%b",
    "%",
    "%%",
    "a&b",
    "a=b",
    "a;b",
    "a:b",
    "a,b",
    "a@b",
    "a'b",
    "a\"b",
    "a`b",
    "a{b",
    "a}b",
    "$a",
    "ü",
    "ue",
    "u\u{308}",
    "😀",
    "日本",
    "x.inc",
    "x.zip",
    "x.json",
    "x.",
    ".x",
    "..",
    ".",
    "./a",
    "../a",
    "a/..",
    "~a",
    "-",
    "_",
    "null",
    "true",
    "TODAY",
    "2026-11-22",
    "1e3",
    "'; DELETE",
    "\u{200b}a",
];

const EMAILS: [&str; 14] = [
    "a@example.com",
    "a/b@example.com",
    "a%2fb@example.com",
    "a%b@example.com",
    "a?b@example.com",
    "a#b@example.com",
    "a+b@example.com",
    "a%20b@example.com",
    "a&b=c@example.com",
    "o'hara@example.com",
    "a@example.inc",
    "a@example.zip",
    "a@example.json",
    "a@example-b.de",
];

/// Prepared or not, and whether the user may upsert by keys that are not unique.
type Way = (bool, bool);
const EVERY_WAY: [Way; 3] = [(true, true), (true, false), (false, true)];

/// Runs twice for each key, in an order that mixes them, and looks at what is there.
async fn end_at_their_own_records(object: &str, field: &str, subject: &str, keys: &[&str], ways: &[Way]) {
    for &(prepare, view_all_data) in ways {
        let org = TestOrg::with(|org| org.settings.view_all_data = view_all_data).await;
        let settings =
            settings([key("key", &format!("{object}.{field}")), map("s", &format!("{object}.{subject}"))], json!({}));
        let settings = if prepare { org.prepared(&settings).await } else { settings.to_string() };
        for (round, result) in ["created", "updated"].into_iter().enumerate() {
            for typed in keys.iter().rev() {
                let variables = json!({ "key": typed, "s": format!("{round} {typed}").trim() });
                let outcome = org.done(&settings, &variables).await;
                assert_eq!(results(&outcome), [result], "{typed:?}, prepared: {prepare}");
                assert_eq!(outcome["findings"], json!([]), "{typed:?}");
            }
        }
        let stored: BTreeMap<String, String> = org
            .records(object)
            .iter()
            .map(|record| [field, subject].map(|name| record[name].as_str().expect("a text").to_owned()).into())
            .collect();
        let expected = keys.iter().map(|key| ((*key).to_owned(), format!("1 {key}").trim().to_owned())).collect();
        assert_eq!(stored, expected, "prepared: {prepare}");
        assert_eq!(org.records(object).len(), keys.len(), "prepared: {prepare}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn any_text_is_a_unique_external_id() {
    end_at_their_own_records("Ticket__c", "External_Id__c", "Subject__c", &KEYS, &EVERY_WAY).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_text_is_an_external_id_that_is_not_unique() {
    end_at_their_own_records("Contact", "Loyalty_No__c", "LastName", &KEYS, &[(true, true)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_text_is_a_case_sensitive_external_id() {
    end_at_their_own_records("acme__Order__c", "acme__Number__c", "Name", &KEYS, &[(true, true)]).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn any_address_that_salesforce_takes_is_a_key() {
    end_at_their_own_records("Contact", "Email", "LastName", &EMAILS, &EVERY_WAY).await;
}

/// What Salesforce takes for no address is refused by it, or by us, and nothing is written.
#[tokio::test(flavor = "multi_thread")]
async fn an_address_that_salesforce_does_not_take_creates_nobody() {
    for (prepare, typed) in [true, false]
        .into_iter()
        .flat_map(|p| ["cänary@example.com", "canary 😀@example.com", "canary@"].map(|t| (p, t)))
    {
        let org = TestOrg::new().await;
        let settings = settings([key("key", "Contact.Email"), map("s", "Contact.LastName")], json!({}));
        let settings = if prepare { org.prepared(&settings).await } else { settings.to_string() };
        let outcome = org.run(&settings, &json!({ "key": typed, "s": "Berg" })).await;
        assert_eq!(outcome["status"], "failed");
        assert!(["INVALID_EMAIL_ADDRESS", "NOT_CONVERTIBLE"].contains(&error(&outcome, 0)), "{outcome:#}");
        assert!(org.records("Contact").is_empty());
    }
}

/// Line breaks and other control characters have no place in a URL, but may stand in a record.
#[tokio::test(flavor = "multi_thread")]
async fn control_characters_are_looked_up_and_not_doubled() {
    let keys = ["a\nb", "a\tb", "a\u{1}b", "a\u{7f}b", "a\r\nb"];
    for prepare in [true, false] {
        let org = TestOrg::new().await;
        let settings = settings([key("key", "Ticket__c.External_Id__c"), map("s", "Ticket__c.Subject__c")], json!({}));
        let settings = if prepare { org.prepared(&settings).await } else { settings.to_string() };
        for result in ["created", "updated"] {
            for typed in keys {
                let outcome = org.done(&settings, &json!({ "key": typed, "s": format!("{result} {typed:?}") })).await;
                assert_eq!(results(&outcome), [result], "{typed:?}");
            }
        }
        let stored: Vec<Value> =
            org.records("Ticket__c").iter().map(|ticket| ticket["External_Id__c"].clone()).collect();
        assert_eq!(stored, keys);
    }
}

/// In composite requests Salesforce would replace it: nothing is sent.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_in_a_key_sends_nothing() {
    let org = TestOrg::new().await;
    let settings = settings([key("key", "Ticket__c.External_Id__c"), map("s", "Ticket__c.Subject__c")], json!({}));
    let settings = org.prepared(&settings).await;
    let before = org.requests().len();
    let outcome = org.run(&settings, &json!({ "key": "@{write_Ticket__c.id}", "s": "canary" })).await;
    assert_eq!((error(&outcome, 0), org.requests().len()), ("REFERENCE_IN_VALUE", before));
}
