//! Nobody, or nobody in particular: what becomes of the variables.

use serde_json::{Value, json};

use crate::org::{codes, error, key, results, with};
use crate::reading::people::{add_annas, anna, by_email, org, reads, target};

fn stranger() -> Value {
    json!({ "mail": "canary@example.com" })
}

fn when_none(setting: &str) -> String {
    by_email(json!({ "Contact": { "whenNoneMatch": setting } })).to_string()
}

/// Whoever came before must not stay in the conversation.
#[tokio::test(flavor = "multi_thread")]
async fn none_clears_the_variables_unless_the_settings_say_otherwise() {
    let org = org().await;
    let empty = json!({ "last": null, "contact_id": null });
    for settings in [by_email(json!({})).to_string(), when_none("clear")] {
        let outcome = org.done(&settings, &stranger()).await;
        assert_eq!((results(&outcome), codes(&outcome)), (vec!["skipped"], vec!["no-match"]));
        assert_eq!((&outcome["variables"], &outcome["requests"]), (&empty, &json!(1)));
    }
    let outcome = org.done(&when_none("skip"), &stranger()).await;
    assert_eq!((results(&outcome), &outcome["variables"]), (vec!["skipped"], &json!({})));
}

#[tokio::test(flavor = "multi_thread")]
async fn none_fails_where_the_author_says_so_and_asks_the_visitor_to_look_again() {
    let org = org().await;
    let outcome = org.run(&when_none("fail"), &stranger()).await;
    assert_eq!(
        (outcome["status"].as_str(), results(&outcome), error(&outcome, 0)),
        (Some("failed"), vec!["failed"], "NO_MATCH")
    );
    assert_eq!((&outcome["variables"], &outcome["records"][0]["error"]["retry"]), (&json!({}), &json!("never")));
    assert_eq!(outcome["records"][0]["error"]["fields"], json!(["Email"]));
    let texts = &outcome["records"][0]["error"]["texts"];
    assert_eq!(texts["en"]["visitor"], "Nothing was found for what you have entered. Please check it.");
    assert!(texts["de"]["visitor"].as_str().is_some_and(|text| text.contains("nichts gefunden")));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_blank_key_is_never_looked_up() {
    let org = org().await;
    for variables in [json!({}), json!({ "mail": null }), json!({ "mail": " \t" })] {
        for setting in ["clear", "fail"] {
            let outcome = org.done(&when_none(setting), &variables).await;
            assert_eq!((results(&outcome), codes(&outcome)), (vec!["skipped"], vec!["key-without-value"]));
            assert_eq!(outcome["variables"], json!({ "last": null, "contact_id": null }), "{setting}");
        }
        assert_eq!(org.done(&when_none("skip"), &variables).await["variables"], json!({}));
    }
    let mandatory = with(key("mail", "Contact.Email"), json!({ "whenBlank": "fail" }));
    let settings = reads([mandatory, target("Contact.LastName", "last")], json!({}));
    let outcome = org.run(&settings.to_string(), &json!({})).await;
    assert_eq!((outcome["status"].as_str(), error(&outcome, 0)), (Some("failed"), "BLANK_VALUE"));
    assert_eq!(outcome["variables"], json!({}));
    assert!(org.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn several_are_candidates_and_no_variables() {
    let org = org().await;
    add_annas(&org, 12);
    let outcome = org.run(&by_email(json!({})).to_string(), &anna()).await;
    assert_eq!((outcome["status"].as_str(), results(&outcome)), (Some("ambiguous"), vec!["ambiguous"]));
    assert_eq!(outcome["records"][0]["candidates"].as_array().map(Vec::len), Some(10));
    assert_eq!((&outcome["variables"], &outcome["requests"]), (&json!({}), &json!(1)));
}

#[tokio::test(flavor = "multi_thread")]
async fn the_one_changed_last_is_read_where_the_author_says_so() {
    let org = org().await;
    let ids = add_annas(&org, 3);
    // Seeded at a time of its own, and so the newest.
    let newest = org.records("Contact")[0]["Id"].clone();
    let settings = by_email(json!({ "Contact": { "whenSeveralMatch": "most-recently-modified" } })).to_string();
    let outcome = org.done(&settings, &anna()).await;
    assert_eq!((&outcome["variables"]["contact_id"], &outcome["records"][0]["id"]), (&newest, &newest));
    assert!(!ids.iter().any(|id| *id == newest));
    let url = org.requests()[0].parts[0]["url"].as_str().expect("a URL").to_owned();
    assert!(url.ends_with("LIMIT%201"), "the others are not asked for: {url}");
}

/// Variables are handed over together or not at all.
#[tokio::test(flavor = "multi_thread")]
async fn beside_an_ambiguous_record_nothing_is_handed_over() {
    let org = org().await;
    add_annas(&org, 2);
    let rows = [
        key("mail", "Contact.Email"),
        target("Contact.LastName", "last"),
        key("other", "Second.Email"),
        target("Second.LastName", "other_last"),
    ];
    let settings = reads(rows, json!({ "Second": { "sobject": "Contact" } })).to_string();
    let said = json!({ "mail": "anna@example.com", "other": "other@example.com" });
    let outcome = org.run(&settings, &said).await;
    assert_eq!((outcome["status"].as_str(), results(&outcome)), (Some("ambiguous"), vec!["ambiguous", "found"]));
    assert_eq!(outcome["variables"], json!({}));
}
