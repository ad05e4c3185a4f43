//! The same step of a conversation, run a second time.

use serde_json::{Value, json};

use crate::files::support::{faulty, file, files, photo, stored};
use crate::org::{TestOrg, codes, constant, key, map, plan, results, settings, with};

/// A Case that is written once for each step.
fn marked() -> Value {
    let idempotency = json!({ "field": "Chat_Conversation_Id__c", "variable": "step" });
    settings([map("topic", "Case.Subject"), file("photo", "Case")], json!({ "Case": { "idempotency": idempotency } }))
}

fn step() -> Value {
    json!({ "topic": "t", "step": "conversation-7", "photo": [photo("o'hara.jpg", b"a"), photo("b.jpg", b"b")] })
}

#[tokio::test(flavor = "multi_thread")]
async fn a_marked_step_attaches_its_files_once() {
    let org = TestOrg::new().await;
    let settings = marked().to_string();
    let planned = plan(&settings, &step()).await.expect("a plan");
    assert_eq!(planned["requests"], json!({ "atLeast": 1, "atMost": 5 }));
    let first = org.done(&settings, &step()).await;
    assert_eq!((results(&first), files(&first)), (vec!["created"], vec!["created"; 2]));
    assert_eq!(first["requests"], 4);
    let again = org.done(&settings, &step()).await;
    assert_eq!((results(&again), files(&again)), (vec!["unchanged"], vec!["skipped"; 2]));
    assert_eq!(codes(&again), ["already-written", "file-already-there", "file-already-there"]);
    assert_eq!(again["requests"], 2);
    assert_eq!(again["files"][0]["id"], first["files"][0]["id"]);
    assert_eq!((stored(&org).len(), org.records("Case").len()), (2, 1));
}

/// In a prepared run the mark is upserted without a lookup, and only the answer tells that the record was there.
#[tokio::test(flavor = "multi_thread")]
async fn a_marked_step_that_is_upserted_attaches_its_files_once() {
    let org = TestOrg::new().await;
    let mut settings = marked();
    settings["objects"]["Case"]["assignmentRule"] = json!("off");
    let settings = org.prepared(&settings).await;
    for _ in 0..2 {
        let outcome = org.done(&settings, &step()).await;
        assert_eq!(outcome["files"].as_array().expect("files").len(), 2);
    }
    assert_eq!((stored(&org).len(), org.records("Case").len()), (2, 1));
}

/// What was missing the first time follows, and only that.
#[tokio::test(flavor = "multi_thread")]
async fn a_second_run_sends_what_the_first_could_not() {
    let org = faulty(["4:http-400-json"]).await;
    let settings = marked().to_string();
    let first = org.done(&settings, &step()).await;
    assert_eq!(files(&first), ["created", "failed"]);
    let again = org.done(&settings, &step()).await;
    assert_eq!((files(&again), again["requests"].as_u64()), (vec!["skipped", "created"], Some(3)));
    assert_eq!(stored(&org).len(), 2);
}

/// Same name, other content: that is another file.
#[tokio::test(flavor = "multi_thread")]
async fn another_file_of_the_same_name_is_attached() {
    let org = TestOrg::new().await;
    let settings = marked().to_string();
    org.done(&settings, &step()).await;
    let other = with(step(), json!({ "photo": photo("b.jpg", b"longer") }));
    assert_eq!(files(&org.done(&settings, &other).await), ["created"]);
    assert_eq!(stored(&org).len(), 3);
}

/// Cameras name pictures alike, and small ones can have one size: it is the content that says whether a file is there.
#[tokio::test(flavor = "multi_thread")]
async fn of_two_files_of_one_name_and_size_the_one_that_is_missing_follows() {
    for (contents, missing) in
        [([b"one", b"two"], "3:http-400-json"), ([b"one", b"two"], "4:http-400-json"), ([b"two"; 2], "4:http-400-json")]
    {
        let org = faulty([missing]).await;
        let photos: Vec<Value> = contents.iter().map(|content| photo("image.jpg", *content)).collect();
        let step = with(step(), json!({ "photo": photos }));
        let settings = marked().to_string();
        let first = org.done(&settings, &step).await;
        assert!(files(&first).contains(&"failed"), "{first:#}");
        let again = org.done(&settings, &step).await;
        let mut results = files(&again);
        results.sort_unstable();
        assert_eq!(results, ["created", "skipped"], "{again:#}");
        let mut there: Vec<Vec<u8>> = stored(&org).into_iter().map(|(_, content)| content).collect();
        there.sort_unstable();
        assert_eq!(there, contents.map(|content| content.to_vec()), "{missing}");
    }
}

/// Who cannot tell whether a file is there does not send it: the step can be run again.
#[tokio::test(flavor = "multi_thread")]
async fn where_it_cannot_be_looked_for_no_file_is_sent() {
    let org = TestOrg::new().await;
    let settings = marked().to_string();
    org.done(&settings, &step()).await;
    assert!(org.org().restrict_object("ContentVersion", host_tests::simulator::Access::Hidden));
    let again = org.done(&settings, &step()).await;
    assert_eq!((results(&again), files(&again)), (vec!["unchanged"], vec!["failed"; 2]));
    assert_eq!(again["requests"], 2);
}

/// A Contact that is found by its key, of a step without a mark: nothing tells this run from another conversation.
#[tokio::test(flavor = "multi_thread")]
async fn a_step_without_a_mark_attaches_its_file_again() {
    let org = TestOrg::new().await;
    let rows = [key("mail", "Contact.Email"), constant("Berg", "Contact.LastName"), file("photo", "Contact")];
    let variables = json!({ "mail": "a@example.com", "photo": photo("a.jpg", b"a") });
    for _ in 0..2 {
        org.done(&settings(rows.clone(), json!({})).to_string(), &variables).await;
    }
    assert_eq!((stored(&org).len(), org.records("Contact").len()), (2, 1));
}
