//! When a file cannot be sent: the records stay, the status says what they are, and nothing is sent twice.

use serde_json::{Value, json};

use crate::files::support::{case_with_photo, complaint, faulty, file, files, photo, stored};
use crate::org::{TestOrg, codes, map, results, settings};

/// Two files, whose requests are the second and the third.
fn two() -> Value {
    json!({ "topic": "t", "photo": [photo("a.jpg", b"canary a"), photo("b.jpg", b"canary b")] })
}

fn retry(outcome: &Value, file: usize) -> (&str, &str) {
    let error = &outcome["files"][file]["error"];
    (error["code"].as_str().unwrap_or_default(), error["retry"].as_str().unwrap_or_default())
}

/// The records are there: whoever ran again would write them twice.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_file_leaves_the_record_and_says_so() {
    let org = faulty(["2:http-400-json"]).await;
    let outcome = org.done(&case_with_photo().to_string(), &two()).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["created"], vec!["failed", "created"]));
    assert_eq!((codes(&outcome), &outcome["requests"]), (vec!["file-not-uploaded"], &json!(3)));
    assert_eq!(outcome["findings"][0]["path"], "/mappings/2");
    assert_eq!(outcome["findings"][0]["severity"], "warning");
    let texts = &outcome["files"][0]["error"]["texts"];
    assert!(
        texts["en"]["visitor"].as_str().expect("a text").starts_with("Your details were saved, but a file was not.")
    );
    assert_eq!(stored(&org), [("b.jpg".to_owned(), b"canary b".to_vec())]);
    assert_eq!(org.records("Case").len(), 1);
}

/// A create is never repeated blindly, and nobody knows what became of it.
#[tokio::test(flavor = "multi_thread")]
async fn a_lost_answer_makes_the_file_unknown_and_is_not_repeated() {
    for fault in ["2:close-after", "2:body-cut", "2:http-503-html", "2:success-html", "2:gzip", "2:endless"] {
        let org = faulty([fault]).await;
        let outcome = org.done(&case_with_photo().to_string(), &two()).await;
        assert_eq!((results(&outcome), files(&outcome)), (vec!["created"], vec!["unknown", "created"]), "{fault}");
        assert_eq!((retry(&outcome, 0).1, &outcome["requests"]), ("verify", &json!(3)), "{fault}");
        assert!(stored(&org).iter().filter(|(name, _)| name == "a.jpg").count() <= 1, "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_certainly_did_not_arrive_is_sent_again() {
    for fault in ["2:concurrent-limit", "2:http-429-json"] {
        let org = faulty([fault]).await;
        let outcome = org.done(&case_with_photo().to_string(), &two()).await;
        assert_eq!((files(&outcome), &outcome["requests"]), (vec!["created"; 2], &json!(4)), "{fault}");
        assert_eq!(stored(&org).len(), 2, "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_session_that_ends_between_leaves_the_rest_of_the_files() {
    for (fault, advice) in
        [("3:revoked-token", "renew-session"), ("3+:daily-limit", "later"), ("3:retry-after-600", "verify")]
    {
        let org = faulty([fault]).await;
        let variables = json!({ "topic": "t", "photo": [photo("a", b"a"), photo("b", b"b"), photo("c", b"c")] });
        let outcome = org.done(&case_with_photo().to_string(), &variables).await;
        assert_eq!(results(&outcome), ["created"]);
        let (second, stops) = if advice == "verify" { ("unknown", false) } else { ("failed", true) };
        assert_eq!(files(&outcome), ["created", second, if stops { "failed" } else { "created" }], "{fault}");
        assert_eq!(retry(&outcome, 1).1, advice, "{fault}");
        // Nothing more is sent of what would fare no better.
        assert_eq!(outcome["requests"], if stops { 3 } else { 4 }, "{fault}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_end_with_the_deadline() {
    let org = faulty(["2+:silence-after"]).await;
    let mut settings = case_with_photo();
    settings["deadlineSeconds"] = json!(1);
    let outcome = org.done(&settings.to_string(), &two()).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["created"], vec!["unknown", "failed"]));
    // The second was never begun.
    assert_eq!((retry(&outcome, 1), &outcome["requests"]), (("TIMEOUT", "later"), &json!(2)));
}

#[tokio::test(flavor = "multi_thread")]
async fn without_the_record_nothing_of_a_file_is_sent() {
    for (fault, result) in [("1:http-400-json", "failed"), ("1:close-after", "unknown"), ("1:revoked-token", "skipped")]
    {
        let org = faulty([fault]).await;
        let outcome = org.run(&case_with_photo().to_string(), &two()).await;
        assert_eq!((results(&outcome), files(&outcome)), (vec![result], vec!["skipped"; 2]), "{fault}");
        assert_eq!((&outcome["requests"], stored(&org).len()), (&json!(1), 0), "{fault}");
        assert!(!codes(&outcome).contains(&"file-not-uploaded"), "{fault}");
    }
}

/// The write's answer was lost, but the record was found again, so it is known to be there.
#[tokio::test(flavor = "multi_thread")]
async fn a_record_that_is_found_again_gets_its_file() {
    let org = faulty(["2:close-after"]).await;
    let rows = [crate::org::key("mail", "Contact.Email"), map("name", "Contact.LastName"), file("photo", "Contact")];
    let variables = json!({ "mail": "a@example.com", "name": "Berg", "photo": photo("a.jpg", b"a") });
    let outcome = org.done(&settings(rows, json!({})).to_string(), &variables).await;
    assert_eq!((results(&outcome), files(&outcome)), (vec!["created"], vec!["created"]));
    assert_eq!((codes(&outcome), stored(&org).len()), (vec!["answer-verified"], 1));
}

/// A rule of the org's own: whoever may not publish there is told the code, and not what was typed.
#[tokio::test(flavor = "multi_thread")]
async fn what_the_org_refuses_by_itself_is_told_by_its_code() {
    let org = TestOrg::with(|org| {
        assert!(org.restrict_object("ContentVersion", host_tests::simulator::Access::ReadOnly));
    })
    .await;
    let outcome = org.done(&case_with_photo().to_string(), &complaint()).await;
    assert_eq!((files(&outcome), retry(&outcome, 0)), (vec!["failed"], ("INSUFFICIENT_ACCESS_OR_READONLY", "never")));
    assert_eq!(outcome["files"][0]["error"]["fields"], json!([]));
}

/// The log has results and codes, and neither names nor what is in them.
#[tokio::test(flavor = "multi_thread")]
async fn the_log_counts_and_names_nothing() {
    let org = faulty(["2:http-400-json"]).await;
    let session = crate::org::session(&org.token());
    let (settings, variables) = (case_with_photo().to_string(), two().to_string());
    let egress = crate::org::egress_to(&org.url());
    let outcome =
        crate::org::host().run(egress, &session, &settings, &variables).await.expect("no trap").expect("it ran");
    let log: Value = serde_json::from_str(&outcome.log).expect("JSON");
    assert_eq!((&log["files"][0]["result"], &log["files"][1]["result"]), (&json!("failed"), &json!("created")));
    assert!(!outcome.log.contains("jpg") && !outcome.log.contains("canary"), "{}", outcome.log);
}
