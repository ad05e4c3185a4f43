//! A file that is wrong by itself: its record fails before anything is sent, so that the flow can ask for another one.

use serde_json::{Value, json};

use crate::org::{TestOrg, codes, error, map, plan, results, settings, with};
use crate::support::{case_with_photo, file, of_host, photo, run_with, stored};

async fn refused(org: &TestOrg, photo: Value, code: &str) {
    let variables = json!({ "topic": "t", "photo": photo });
    let outcome = org.run(&case_with_photo().to_string(), &variables).await;
    assert_eq!((&outcome["status"], results(&outcome)), (&json!("failed"), vec!["failed"]), "{outcome:#}");
    assert_eq!((error(&outcome, 0), &outcome["requests"]), (code, &json!(0)));
    let message = outcome["records"][0]["error"]["message"].as_str().expect("a text");
    assert!(message.contains("`photo`"), "{message}");
    let planned = plan(&case_with_photo().to_string(), &variables).await.expect("a plan");
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
    let outcome = org.run(&case_with_photo().to_string(), &json!({ "topic": "t", "photo": 1 })).await;
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
        (of_host("photo", "a", vec![0; (4 << 20) + 1]), "FILE_TOO_LARGE"),
    ] {
        let outcome = run_with(&org, &case_with_photo(), &json!({ "topic": "t" }), &[bad]).await;
        assert_eq!((error(&outcome, 0), &outcome["requests"]), (code, &json!(0)));
    }
    assert!(stored(&org).is_empty() && org.records("Case").is_empty());
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
