//! What arrives, where, and in how many requests.

use serde_json::json;

use crate::files::support::{case_with_photo, complaint, file, files, of_host, photo, run_with, stored};
use crate::org::{TestOrg, codes, key, link, map, plan, results, settings, with};

#[tokio::test(flavor = "multi_thread")]
async fn a_file_of_a_variable_is_attached_to_the_new_record() {
    let org = TestOrg::new().await;
    let outcome = org.done(&case_with_photo().to_string(), &complaint()).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["created"], vec!["created"]));
    assert_eq!((&outcome["requests"], codes(&outcome)), (&json!(2), vec![]));
    let version = org.record("ContentVersion");
    assert_eq!(version["FirstPublishLocationId"], outcome["records"][0]["id"]);
    assert_eq!((&version["Title"], &version["PathOnClient"]), (&json!("canary"), &json!("canary.jpg")));
    assert_eq!(stored(&org), [("canary.jpg".to_owned(), b"canary".to_vec())]);
    let expected = json!({
        "record": "Case", "variable": "photo", "index": 0, "result": "created", "id": version["Id"], "error": null,
    });
    assert_eq!(outcome["files"], json!([expected]));
}

#[tokio::test(flavor = "multi_thread")]
async fn bytes_of_the_host_arrive_as_they_are_and_count_more_than_the_variable() {
    let org = TestOrg::new().await;
    let all: Vec<u8> = (0..=255).collect();
    let given = [of_host("photo", "a.bin", all.clone()), of_host("photo", "b.bin", vec![0; 3])];
    // What a host says of its file in the variable is not looked at.
    let variables = json!({ "topic": "t", "photo": { "size": 256 } });
    let outcome = run_with(&org, &case_with_photo(), &variables, &given).await;
    assert_eq!((files(&outcome), &outcome["requests"]), (vec!["created", "created"], &json!(3)));
    assert_eq!(outcome["files"][1]["index"], 1);
    assert_eq!(stored(&org), [("a.bin".to_owned(), all), ("b.bin".to_owned(), vec![0; 3])]);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_list_of_files_can_go_to_several_records() {
    let org = TestOrg::new().await;
    let settings = settings(
        [
            key("mail", "Contact.Email"),
            map("name", "Contact.LastName"),
            map("topic", "Case.Subject"),
            link("Contact", "Case.ContactId"),
            file("photo", "Contact"),
            file("photo", "Case"),
        ],
        json!({}),
    );
    let photos = json!([photo("a.jpg", b"a"), photo("b.jpg", b"b")]);
    let variables = json!({ "mail": "a@example.com", "name": "Berg", "topic": "t", "photo": photos });
    let planned = plan(&settings.to_string(), &variables).await.expect("a plan");
    assert_eq!(planned["requests"], json!({ "atLeast": 6, "atMost": 6 }));
    let outcome = org.done(&settings.to_string(), &variables).await;
    assert_eq!((files(&outcome), &outcome["requests"]), (vec!["created"; 4], &json!(6)));
    let places: Vec<_> = org.records("ContentVersion").iter().map(|v| v["FirstPublishLocationId"].clone()).collect();
    let (contact, case) = (&outcome["records"][0]["id"], &outcome["records"][1]["id"]);
    assert_eq!(places.iter().collect::<Vec<_>>(), [contact, contact, case, case]);
}

/// A Contact that needs no update gets its file all the same: there is nothing to write, and then there is a file.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_left_as_it_is_gets_its_file() {
    let org = TestOrg::new().await;
    org.seed(json!({ "Contact": [{ "LastName": "Berg", "Email": "a@example.com" }] }));
    let settings = settings([key("mail", "Contact.Email"), file("photo", "Contact")], json!({}));
    let variables = json!({ "mail": "a@example.com", "photo": photo("a.jpg", b"a") });
    let outcome = org.done(&settings.to_string(), &variables).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["unchanged"], vec!["created"]));
    // Of another conversation there is another file of that name.
    org.done(&settings.to_string(), &variables).await;
    assert_eq!(stored(&org).len(), 2);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_a_file_there_is_no_request_and_no_word_of_it() {
    let org = TestOrg::new().await;
    for blank in [json!({}), json!({ "photo": null }), json!({ "photo": " " }), json!({ "photo": [] })] {
        let outcome = org.done(&case_with_photo().to_string(), &with(json!({ "topic": "t" }), blank)).await;
        assert_eq!((&outcome["requests"], outcome.get("files")), (&json!(1), None));
    }
    assert!(stored(&org).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn of_a_record_that_takes_no_part_the_file_is_skipped() {
    let org = TestOrg::new().await;
    let rows = [key("mail", "Contact.Email"), map("topic", "Case.Subject"), file("photo", "Contact")];
    let keyless = settings(rows.clone(), json!({}));
    let variables = json!({ "topic": "t", "photo": photo("a.jpg", b"a") });
    let outcome = org.done(&keyless.to_string(), &variables).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["skipped", "created"], vec!["skipped"]));
    let only = settings(rows, json!({ "Contact": { "onlyUpdateExisting": true } }));
    let outcome = org.done(&only.to_string(), &with(variables, json!({ "mail": "nobody@example.com" }))).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["skipped", "created"], vec!["skipped"]));
    assert!(stored(&org).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn files_of_the_host_that_no_row_names_are_remarked_and_dropped() {
    let org = TestOrg::new().await;
    let outcome =
        run_with(&org, &case_with_photo(), &json!({ "topic": "t" }), &[of_host("canary", "a.jpg", vec![1])]).await;
    assert_eq!((&outcome["status"], outcome.get("files")), (&json!("done"), None));
    assert_eq!(codes(&outcome), ["file-not-mapped"]);
    assert!(stored(&org).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn plan_and_preview_show_name_and_size_and_not_the_content() {
    let org = TestOrg::new().await;
    let (settings, variables) = (case_with_photo().to_string(), complaint());
    let shown = json!([{ "record": "Case", "variable": "photo", "index": 0, "name": "canary.jpg", "size": 6 }]);
    let planned = plan(&settings, &variables).await.expect("a plan");
    assert_eq!((&planned["files"], &planned["requests"]), (&shown, &json!({ "atLeast": 2, "atMost": 2 })));
    let session = crate::org::session(&org.token());
    let preview = crate::org::host()
        .preview(crate::org::egress_to(&org.url()), &session, &settings, &variables.to_string())
        .await
        .expect("no trap")
        .expect("a preview");
    let preview = host_tests::json::preview(&preview);
    assert_eq!((&preview["files"], &preview["hash"]), (&shown, &planned["hash"]));
    assert!(!preview.to_string().contains("VersionData") && stored(&org).is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_hash_covers_name_and_content() {
    let settings = case_with_photo().to_string();
    let mut hashes = Vec::new();
    for photo in [photo("a.jpg", b"a"), photo("a.jpg", b"b"), photo("b.jpg", b"a"), json!(null)] {
        let planned = plan(&settings, &json!({ "topic": "t", "photo": photo })).await.expect("a plan");
        hashes.push(planned["hash"].to_string());
    }
    hashes.sort();
    hashes.dedup();
    assert_eq!(hashes.len(), 4);
}
