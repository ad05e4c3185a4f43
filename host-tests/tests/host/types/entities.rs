//! An org that writes HTML entities into composite answers, unless it is asked not to: what is stored is what was written.

use serde_json::json;

use crate::org::{TestOrg, codes, key, map, results, settings, with};

/// What HTML would write in another way.
const TEXTS: [&str; 4] = ["Müller & Söhne", "a < b > c", "say \"no\"", "it's"];

async fn encoding() -> TestOrg {
    TestOrg::with(|org| {
        org.settings.view_all_data = false;
        org.settings.entity_encoding = true;
    })
    .await
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_written_is_found_and_unchanged() {
    for text in TEXTS {
        let org = encoding().await;
        let contact = settings([key("title", "Contact.Title"), map("name", "Contact.LastName")], json!({}));
        for settings in [contact.to_string(), org.prepared(&contact).await] {
            for _ in 0..2 {
                let outcome = org.done(&settings, &json!({ "title": text, "name": text })).await;
                assert!(["created", "unchanged"].contains(&results(&outcome)[0]), "{text}: {outcome:#}");
            }
        }
        assert_eq!((org.writes().len(), &org.record("Contact")["LastName"]), (1, &json!(text)));
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_read_is_what_is_stored() {
    for text in TEXTS {
        let org = encoding().await;
        org.seed(json!({ "Contact": [{ "LastName": text, "Title": "T" }] }));
        let target = json!({ "object": "Contact", "field": "LastName", "target": { "variable": "name" } });
        let read =
            with(settings([key("title", "Contact.Title"), target], json!({})), json!({ "mode": "sobject-read" }));
        let outcome = org.done(&read.to_string(), &json!({ "title": "T" })).await;
        assert_eq!((&outcome["variables"]["name"], codes(&outcome)), (&json!(text), vec![]));
    }
}

/// `&amp;` may be what somebody has typed: it is not taken for `&`.
#[tokio::test(flavor = "multi_thread")]
async fn an_entity_that_is_stored_is_another_text() {
    let org = TestOrg::with(|org| org.settings.view_all_data = false).await;
    org.seed(json!({ "Contact": [{ "LastName": "Müller &amp; Söhne", "Title": "T" }] }));
    let settings = settings([key("title", "Contact.Title"), map("name", "Contact.LastName")], json!({})).to_string();
    let outcome = org.done(&settings, &json!({ "title": "T", "name": "Müller & Söhne" })).await;
    assert_eq!((results(&outcome), &org.record("Contact")["LastName"]), (vec!["updated"], &json!("Müller & Söhne")));
}
