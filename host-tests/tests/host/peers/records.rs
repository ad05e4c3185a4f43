//! What becomes of the records: rows 4, 6, 11, 14, 15 and 18.

use serde_json::{Value, json};

use super::{by_email, visitor};
use crate::org::{TestOrg, error, key, map, results, settings, with};

/// Row 4: a field that one row of a batch lacks is sent as null, and erases what was there.
#[tokio::test(flavor = "multi_thread")]
async fn absent_is_never_null() {
    for prepare in [true, false] {
        let org = TestOrg::new().await;
        org.seed(
            json!({ "Contact": [{ "LastName": "Berg", "Email": "canary@example.com", "Title": "Dr.", "Fax": "1" }] }),
        );
        let cleared = with(map("title", "Contact.Title"), json!({ "whenBlank": "clear" }));
        let mappings =
            [key("mail", "Contact.Email"), map("name", "Contact.LastName"), cleared, map("fax", "Contact.Fax")];
        let settings = settings(mappings, json!({}));
        let settings = if prepare { org.prepared(&settings).await } else { settings.to_string() };
        for variables in [visitor(), with(visitor(), json!({ "name": "Canary-Berg", "fax": null }))] {
            org.done(&settings, &variables).await;
            let contact = org.record("Contact");
            assert_eq!((&contact["Title"], &contact["Fax"]), (&json!("Dr."), &json!("1")));
        }
        assert!(!org.writes().is_empty());
        assert!(!json!(org.writes()).to_string().contains("null"), "{:#?}", org.writes());
    }
}

/// Row 6: six tools put a key into the URL as it was typed: a slash ends it, a plus becomes a blank, and the record is
/// doubled or another one written. See also `types/awkward_keys.rs`.
#[tokio::test(flavor = "multi_thread")]
async fn a_key_that_a_url_does_not_carry_is_found_all_the_same() {
    let org = TestOrg::new().await;
    let settings = settings([key("no", "Ticket__c.External_Id__c"), map("name", "Ticket__c.Subject__c")], json!({}));
    let settings = org.prepared(&settings).await;
    let keys = ["a/b", "a%2Fb", "a+b", "a b", "a?b", "a#b", "ü", "x.inc"];
    for result in ["created", "updated"] {
        for typed in keys {
            assert_eq!(
                results(&org.done(&settings, &json!({ "no": typed, "name": format!("{typed} {result}") })).await),
                [result],
                "{typed}"
            );
        }
    }
    let stored: Vec<Value> = org.records("Ticket__c").iter().map(|ticket| ticket["External_Id__c"].clone()).collect();
    assert_eq!(stored, keys);
}

/// Row 11: the first of many is taken, and the wrong person's record written.
#[tokio::test(flavor = "multi_thread")]
async fn none_one_and_many_are_three_answers() {
    for prepare in [true, false] {
        for (contacts, status, result) in [
            (0, "done", "created"),
            (1, "done", "updated"),
            (2, "ambiguous", "ambiguous"),
            (12, "ambiguous", "ambiguous"),
        ] {
            let org = TestOrg::new().await;
            let contact = json!({ "LastName": "Berg", "Email": "canary@example.com" });
            org.seed(json!({ "Contact": vec![contact; contacts] }));
            let settings = if prepare { org.prepared(&by_email()).await } else { by_email().to_string() };
            let outcome = org.run(&settings, &visitor()).await;
            assert_eq!((&outcome["status"], results(&outcome)), (&json!(status), vec![result]), "{contacts}");
            let changed = org.records("Contact").iter().filter(|contact| contact["LastName"] == "Canary").count();
            assert_eq!(changed, usize::from(status == "done"), "{contacts}");
            let candidates = outcome["records"][0]["candidates"].as_array().expect("a list").len();
            assert_eq!(candidates, if contacts > 1 { contacts.min(10) } else { 0 });
        }
    }
}

/// Row 14: a name is split at its blanks, and "Anna Maria Berg" loses a part; a missing last name becomes "-".
#[tokio::test(flavor = "multi_thread")]
async fn no_name_is_split_and_none_made_up() {
    let org = TestOrg::new().await;
    let settings = settings([map("mail", "Contact.Email"), map("name", "Contact.LastName")], json!({}));
    let settings = org.prepared(&settings).await;
    org.done(&settings, &with(visitor(), json!({ "name": "Anna Maria von Berg" }))).await;
    let contact = org.record("Contact");
    assert_eq!((&contact["LastName"], &contact["FirstName"]), (&json!("Anna Maria von Berg"), &Value::Null));
    let outcome = org.run(&settings, &with(visitor(), json!({ "name": " " }))).await;
    assert_eq!((&outcome["status"], error(&outcome, 0)), (&json!("failed"), "REQUIRED_FIELD_MISSING"));
    assert_eq!(org.records("Contact").len(), 1);
}

/// Row 15: between lookup and write another chat writes the same person. Only a field that Salesforce itself keeps unique
/// closes that gap; then one of the runs may fail, but nobody is doubled.
#[tokio::test(flavor = "multi_thread")]
async fn parallel_chats_do_not_double_what_is_unique() {
    for prepare in [true, false] {
        let org = TestOrg::new().await;
        let settings =
            settings([key("no", "Ticket__c.External_Id__c"), map("name", "Ticket__c.Subject__c")], json!({}));
        let settings = if prepare { org.prepared(&settings).await } else { settings.to_string() };
        let variables = json!({ "no": "T-1", "name": "Berg" });
        let run = || org.run(&settings, &variables);
        let (a, b, c, d) = tokio::join!(run(), run(), run(), run());
        for outcome in [a, b, c, d] {
            let refused = outcome["status"] == "failed" && error(&outcome, 0) == "DUPLICATE_VALUE" && !prepare;
            assert!(outcome["status"] == "done" || refused, "{outcome:#}");
        }
        assert_eq!(org.records("Ticket__c").len(), 1);
    }
}

/// Row 18: taking the key out of an upsert's body takes another field along, or sends it empty, and a name is gone.
#[tokio::test(flavor = "multi_thread")]
async fn an_upsert_leaves_out_its_key_and_nothing_else() {
    let org = TestOrg::new().await;
    org.seed(
        json!({ "Contact": [{ "LastName": "Berg", "Customer_No__c": "K-1", "Title": "Dr.", "Loyalty_No__c": "L-1" }] }),
    );
    let mappings =
        [key("no", "Contact.Customer_No__c"), map("name", "Contact.LastName"), map("phone", "Contact.Phone")];
    let settings = org.prepared(&settings(mappings, json!({}))).await;
    let outcome = org.done(&settings, &json!({ "no": "K-1", "name": "Tal", "phone": "110" })).await;
    assert_eq!((results(&outcome), &outcome["requests"]), (vec!["updated"], &json!(1)));
    assert_eq!(org.writes()[0]["body"], json!({ "LastName": "Tal", "Phone": "110" }));
    let contact = org.record("Contact");
    let stored = ["LastName", "Customer_No__c", "Title", "Loyalty_No__c", "Phone"].map(|field| contact[field].clone());
    assert_eq!(stored, ["Tal", "K-1", "Dr.", "L-1", "110"]);
}
