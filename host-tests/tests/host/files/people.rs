//! Files of a record that may turn out to be of one of several SObjects.

use serde_json::{Value, json};

use crate::files::support::{file, files, photo, stored};
use crate::org::{TestOrg, check, codes, key, map, plan, results, settings, with};

/// A person, a Contact where there is one and else a new Lead, with a file for this object alone.
fn person(only_for: &str, more: Value) -> Value {
    let photo = with(with(file("photo", "Person"), json!({ "onlyFor": [only_for] })), more);
    let company = with(map("company", "Person.Company"), json!({ "onlyFor": ["Lead"] }));
    settings(
        [key("mail", "Person.Email"), map("name", "Person.LastName"), company, photo],
        json!({ "Person": { "lookIn": ["Contact", "Lead"] } }),
    )
}

fn anna(photo: Value) -> Value {
    json!({ "mail": "anna@example.com", "name": "Berg", "company": "Berg AG", "photo": photo })
}

async fn with_a_contact() -> TestOrg {
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Tal", "Email": "anna@example.com" }] }));
    org
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_for_leads_is_not_attached_to_a_contact() {
    for (only_for, expected) in [("Lead", "skipped"), ("Contact", "created")] {
        let org = with_a_contact().await;
        let settings = person(only_for, json!({})).to_string();
        let planned = plan(&settings, &anna(photo("a.jpg", b"a"))).await.expect("a plan");
        assert_eq!(planned["requests"], json!({ "atLeast": 1, "atMost": 3 }));
        let outcome = org.done(&settings, &anna(photo("a.jpg", b"a"))).await;
        assert_eq!((results(&outcome), files(&outcome)), (vec!["updated"], vec![expected]), "{outcome:#}");
        assert_eq!(stored(&org).len(), usize::from(expected == "created"));
    }
    let org = TestOrg::new().await;
    let outcome = org.done(&person("Lead", json!({})).to_string(), &anna(photo("a.jpg", b"a"))).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["created"], vec!["created"]), "{outcome:#}");
}

/// Without the file, or with a wrong one, the record fails where the row counts, and only there.
#[tokio::test(flavor = "multi_thread")]
async fn what_a_row_demands_it_demands_where_it_counts() {
    for (more, given) in [(json!({ "whenFileFails": "fail" }), json!(7)), (json!({ "whenBlank": "fail" }), json!(null))]
    {
        for (only_for, status) in [("Lead", "done"), ("Contact", "failed")] {
            let org = with_a_contact().await;
            let outcome = org.run(&person(only_for, more.clone()).to_string(), &anna(given.clone())).await;
            assert_eq!(outcome["status"], status, "{only_for} {more} {outcome:#}");
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_left_out_of_another_object_is_skipped() {
    let org = with_a_contact().await;
    let outcome = org.done(&person("Lead", json!({})).to_string(), &anna(json!(7))).await;
    assert_eq!(files(&outcome), ["skipped"], "{outcome:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_of_files_names_objects_of_its_record() {
    let found = check(&person("Case", json!({})).to_string()).await;
    assert_eq!((codes(&found)[0], &found["findings"][0]["path"]), ("bad-only-for", &json!("/mappings/3/onlyFor")));
    // The same files for either object are attached once; twice for one of them is a mistake.
    let mut twice = person("Lead", json!({}));
    let rows = twice["mappings"].as_array_mut().expect("rows");
    rows.push(with(file("photo", "Person"), json!({ "onlyFor": ["Contact"] })));
    assert!(!codes(&check(&twice.to_string()).await).contains(&"duplicate-field"));
    twice["mappings"][4]["onlyFor"] = json!(["Contact", "Lead"]);
    assert!(codes(&check(&twice.to_string()).await).contains(&"duplicate-field"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_row_without_a_file_has_no_use_for_when_file_fails() {
    for (word, expected) in [("write-anyway", vec![]), ("fail", vec!["bad-file"])] {
        let row = with(map("topic", "Case.Subject"), json!({ "whenFileFails": word }));
        assert_eq!(codes(&check(&settings([row], json!({})).to_string()).await), expected);
    }
}
