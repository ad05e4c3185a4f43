//! A file that is wrong by itself: it is left out of its record, or with `whenFileFails` the record fails before anything is sent.

use serde_json::{Value, json};

use crate::files::support::{case_with_photo, file, files, of_host, photo, run_with, stored};
use crate::org::{TestOrg, codes, error, map, plan, results, settings, with};

/// The Case that is not written without its files.
fn strict() -> Value {
    let photo = with(file("photo", "Case"), json!({ "whenFileFails": "fail" }));
    settings([map("topic", "Case.Subject"), photo], json!({}))
}

async fn refused(org: &TestOrg, photo: Value, code: &str) {
    let variables = json!({ "topic": "t", "photo": photo });
    let outcome = org.run(&strict().to_string(), &variables).await;
    assert_eq!((&outcome["status"], results(&outcome)), (&json!("failed"), vec!["failed"]), "{outcome:#}");
    assert_eq!((error(&outcome, 0), &outcome["requests"]), (code, &json!(0)));
    let message = outcome["records"][0]["error"]["message"].as_str().expect("a text");
    assert!(message.contains("`photo`"), "{message}");
    let planned = plan(&strict().to_string(), &variables).await.expect("a plan");
    assert_eq!((&planned["records"][0]["error"]["code"], planned.get("files")), (&json!(code), None));
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_file_fails_the_record() {
    let org = TestOrg::new().await;
    let good = photo("canary.jpg", b"canary");
    for bad in [
        json!("https://example.com/canary.jpg"),
        json!(7),
        json!([good, "canary"]),
        with(good.clone(), json!({ "canary": 1 })),
        with(good.clone(), json!({ "name": null })),
        with(good.clone(), json!({ "name": "canary/../../etc" })),
        with(good.clone(), json!({ "name": "canary\r\n.jpg" })),
        with(good.clone(), json!({ "name": "canary".repeat(100) })),
        with(good.clone(), json!({ "mediaType": "canary" })),
        with(good.clone(), json!({ "base64": "canary" })),
        with(good.clone(), json!({ "base64": "" })),
        with(good.clone(), json!({ "base64": 7 })),
    ] {
        refused(&org, bad, "BAD_FILE").await;
    }
    refused(&org, vec![good; 11].into(), "TOO_MANY_FILES").await;
    assert!(org.records("Case").is_empty() && org.requests().is_empty());
}

#[tokio::test(flavor = "multi_thread")]
async fn the_visitor_is_asked_for_another_file() {
    let org = TestOrg::new().await;
    let outcome = org.run(&strict().to_string(), &json!({ "topic": "t", "photo": 1 })).await;
    let texts = &outcome["records"][0]["error"]["texts"];
    assert!(texts["en"]["visitor"].as_str().expect("a text").contains("another one"), "{texts}");
    assert!(texts["de"]["visitor"].as_str().expect("a text").contains("andere"), "{texts}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_of_the_hosts_fails_the_record() {
    let org = TestOrg::new().await;
    for (bad, code) in [
        (of_host("photo", "", vec![1]), "BAD_FILE"),
        (of_host("photo", "../a", vec![1]), "BAD_FILE"),
        (of_host("photo", "a", vec![]), "BAD_FILE"),
        (of_host("photo", "a", vec![0; (16 << 20) + 1]), "FILE_TOO_LARGE"),
    ] {
        let outcome = run_with(&org, &strict(), &json!({ "topic": "t" }), &[bad]).await;
        assert_eq!((error(&outcome, 0), &outcome["requests"]), (code, &json!(0)));
    }
    assert!(stored(&org).is_empty() && org.records("Case").is_empty());
}

/// A complaint with a photo that cannot be attached is a complaint.
#[tokio::test(flavor = "multi_thread")]
async fn unless_the_author_says_otherwise_the_record_is_written_without_a_wrong_file() {
    let settings = case_with_photo().to_string();
    let (good, bad) = (photo("a.jpg", b"a"), photo("canary/", b"canary"));
    for (given, expected) in [
        (bad.clone(), vec!["failed"]),
        (json!("canary"), vec!["failed"]),
        (json!([good.clone(), bad, good]), vec!["created", "created", "failed"]),
    ] {
        let org = TestOrg::new().await;
        let variables = json!({ "topic": "t", "photo": given });
        let planned = plan(&settings, &variables).await.expect("a plan");
        assert_eq!(codes(&planned), ["file-not-uploaded"]);
        let outcome = org.done(&settings, &variables).await;
        assert_eq!((results(&outcome), files(&outcome)), (vec!["created"], expected), "{outcome:#}");
        assert_eq!(codes(&outcome), ["file-not-uploaded"]);
        let failed = outcome["files"].as_array().expect("files").last().expect("a file");
        assert_eq!((&failed["error"]["code"], &failed["id"]), (&json!("BAD_FILE"), &Value::Null));
        assert!(failed["error"]["texts"]["en"]["visitor"].as_str().expect("a text").contains("a file was not"));
        assert!(!outcome.to_string().contains("canary"));
    }
}

/// Where the record is not there, none of its files is.
#[tokio::test(flavor = "multi_thread")]
async fn a_wrong_file_of_a_record_that_is_not_written_is_skipped() {
    let org = TestOrg::new().await;
    let only = json!({ "Case": { "onlyUpdateExisting": true } });
    let rows = [crate::org::key("topic", "Case.Subject"), map("topic", "Case.Origin"), file("photo", "Case")];
    let outcome = org.done(&settings(rows, only).to_string(), &json!({ "topic": "t", "photo": 1 })).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["skipped"], vec!["skipped"]), "{outcome:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_must_be_there_and_is_not_fails_the_record() {
    let org = TestOrg::new().await;
    let must = with(file("photo", "Case"), json!({ "whenBlank": "fail" }));
    let settings = settings([map("topic", "Case.Subject"), must], json!({}));
    for blank in [json!({}), json!({ "photo": null }), json!({ "photo": [] })] {
        let outcome = org.run(&settings.to_string(), &with(json!({ "topic": "t" }), blank)).await;
        assert_eq!((error(&outcome, 0), &outcome["requests"]), ("BLANK_VALUE", &json!(0)));
    }
    let given = run_with(&org, &settings, &json!({ "topic": "t" }), &[of_host("photo", "a", vec![1])]).await;
    assert_eq!((&given["status"], codes(&given)), (&json!("done"), vec![]));
}

/// What only completes nothing: a visitor who sent a file and said nothing has not written a Case.
#[tokio::test(flavor = "multi_thread")]
async fn a_file_is_no_reason_to_write_a_record() {
    let org = TestOrg::new().await;
    let settings = settings([map("topic", "Case.Subject"), file("photo", "Case")], json!({}));
    let outcome = org.done(&settings.to_string(), &json!({ "photo": photo("a", b"a") })).await;
    assert_eq!((results(&outcome), codes(&outcome)), (vec!["skipped"], vec!["nothing-to-write"]));
    assert!(org.requests().is_empty());
}
