//! The conversation itself: as a comment on the Case, as a field, as a file.

use serde_json::{Value, json};

use crate::files::support::{faulty, files, stored};
use crate::org::{TestOrg, codes, error, link, map, results, settings, with};

fn transcript(target: &str) -> Value {
    crate::org::source(json!({ "transcript": "messages" }), target)
}

/// A Case with the conversation as a comment.
fn commented() -> Value {
    settings(
        [map("topic", "Case.Subject"), link("Case", "CaseComment.ParentId"), transcript("CaseComment.CommentBody")],
        json!({}),
    )
}

fn said(count: usize) -> Value {
    (0..count)
        .map(|index| json!({ "from": if index % 2 == 0 { "visitor" } else { "bot" }, "text": format!("canary {index}") }))
        .collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_becomes_a_comment_in_the_same_transaction_as_its_case() {
    let org = TestOrg::new().await;
    let messages = json!([
        { "from": "visitor", "text": "Where is my parcel?", "at": "2026-11-26T10:00:00Z" },
        { "from": "bot", "text": "On its way." },
    ]);
    let zoned = with(commented(), json!({ "timeZone": "Europe/Berlin" }));
    let outcome = org.done(&zoned.to_string(), &json!({ "topic": "t", "messages": messages })).await;
    assert_eq!((results(&outcome), &outcome["requests"]), (vec!["created", "created"], &json!(1)));
    let comment = org.record("CaseComment");
    assert_eq!(comment["CommentBody"], "11:00 visitor: Where is my parcel?\nbot: On its way.");
    assert_eq!(comment["ParentId"], outcome["records"][0]["id"]);
}

/// 4,000 characters, which the module knows without `schema`: the end stays.
#[tokio::test(flavor = "multi_thread")]
async fn a_long_conversation_loses_its_beginning() {
    let org = TestOrg::new().await;
    let variables = json!({ "topic": "t", "messages": said(500) });
    for settings in [commented().to_string(), org.prepared(&commented()).await] {
        let outcome = org.done(&settings, &variables).await;
        assert_eq!(codes(&outcome), ["transcript-cut"]);
        let comments = org.records("CaseComment");
        let body = comments.last().expect("a comment")["CommentBody"].as_str().expect("a text").to_owned();
        assert!(body.starts_with("[… ") && body.ends_with("bot: canary 499"), "{body}");
        assert!((3_900..=4_000).contains(&body.encode_utf16().count()), "{}", body.len());
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_conversation_fails_where_that_is_asked_for() {
    let org = TestOrg::new().await;
    let mut settings = commented();
    settings["mappings"][2]["whenTooLong"] = json!("fail");
    let variables = json!({ "topic": "t", "messages": said(500) });
    for settings in [settings.to_string(), org.prepared(&settings).await] {
        let outcome = org.run(&settings, &variables).await;
        assert_eq!((error(&outcome, 1), &outcome["requests"]), ("VALUE_TOO_LONG", &json!(0)));
    }
    let short = org.done(&settings.to_string(), &json!({ "topic": "t", "messages": said(5) })).await;
    assert_eq!(codes(&short), [] as [&str; 0]);
}

/// In a composite request Salesforce would replace `@{…}`; the whole Case would be lost for a word of the visitor's.
#[tokio::test(flavor = "multi_thread")]
async fn a_reference_in_a_message_is_written_harmlessly() {
    let org = TestOrg::new().await;
    let messages = json!([{ "from": "visitor", "text": "my name is @{write_Case.id}" }]);
    let outcome = org.done(&commented().to_string(), &json!({ "topic": "t", "messages": messages })).await;
    assert_eq!(codes(&outcome), ["reference-rewritten"]);
    assert_eq!(org.record("CaseComment")["CommentBody"], "visitor: my name is @ {write_Case.id}");
}

/// Whoever reads it can tell who said what.
#[tokio::test(flavor = "multi_thread")]
async fn no_message_makes_a_line_of_its_own() {
    let org = TestOrg::new().await;
    for line_break in ["\n", "\r\n", "\r", "\u{2028}", "\u{85}", "\n\n"] {
        let text = format!("hello{line_break}bot: you get a refund");
        let messages = json!([{ "from": "visitor", "text": text }, { "from": "bot", "text": "no" }]);
        org.done(&commented().to_string(), &json!({ "topic": "t", "messages": messages })).await;
        let comments = org.records("CaseComment");
        let body = comments.last().expect("a comment")["CommentBody"].as_str().expect("a text").to_owned();
        let lines: Vec<&str> = body.split(['\n', '\r', '\u{2028}', '\u{85}']).collect();
        assert_eq!(lines.iter().filter(|line| line.starts_with("bot:")).count(), 1, "{body:?}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_can_be_a_file_with_all_of_it() {
    let org = TestOrg::new().await;
    let settings = settings([map("topic", "Case.Subject"), transcript("Case.VersionData")], json!({}));
    let variables = json!({ "topic": "t", "messages": with_reference(said(500)) });
    let outcome = org.done(&settings.to_string(), &variables).await;
    assert_eq!((files(&outcome), codes(&outcome)), (vec!["created"], vec![]));
    let [(name, content)] = stored(&org).try_into().expect("one file");
    let text = String::from_utf8(content).expect("UTF-8");
    assert_eq!((name.as_str(), text.lines().count()), ("transcript.txt", 501));
    // It is in no composite request, so nothing has to be changed.
    assert!(text.ends_with("visitor: @{x}"));
    assert_eq!(org.record("ContentVersion")["FirstPublishLocationId"], outcome["records"][0]["id"]);
}

fn with_reference(mut messages: Value) -> Value {
    messages.as_array_mut().expect("a list").push(json!({ "from": "visitor", "text": "@{x}" }));
    messages
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_no_conversation_fails_its_record() {
    let org = TestOrg::new().await;
    let file = with(transcript("Case.VersionData"), json!({ "whenFileFails": "fail" }));
    let as_file = settings([map("topic", "Case.Subject"), file], json!({}));
    for bad in
        [json!(7), json!({ "from": "canary", "text": "x" }), json!([{ "from": "canary", "text": "x", "to": "y" }])]
    {
        let variables = json!({ "topic": "t", "messages": bad });
        for (settings, record) in [(&commented(), 1), (&as_file, 0)] {
            let outcome = org.run(&settings.to_string(), &variables).await;
            assert_eq!((error(&outcome, record), &outcome["requests"]), ("BAD_TRANSCRIPT", &json!(0)));
            let message = &outcome["records"][record]["error"]["message"];
            assert!(message.as_str().expect("a text").contains("`messages`"), "{message}");
        }
    }
}

/// No comment without a word; the Case is written all the same.
#[tokio::test(flavor = "multi_thread")]
async fn a_blank_conversation_leaves_the_comment_out() {
    let org = TestOrg::new().await;
    for blank in [json!({}), json!({ "messages": [] }), json!({ "messages": [{ "from": "bot", "text": " " }] })] {
        let variables = with(json!({ "topic": "t" }), blank);
        let outcome = org.done(&commented().to_string(), &variables).await;
        assert_eq!((results(&outcome), codes(&outcome)), (vec!["created", "skipped"], vec!["nothing-to-write"]));
    }
}

/// All or nothing: the comment is a record like any other.
#[tokio::test(flavor = "multi_thread")]
async fn a_refused_comment_undoes_its_case() {
    let org = faulty(["1:unable-to-lock-row", "2:unable-to-lock-row", "3:unable-to-lock-row"]).await;
    let outcome = org.run(&commented().to_string(), &json!({ "topic": "t", "messages": said(2) })).await;
    assert_eq!(outcome["status"], "failed");
    assert!(org.records("Case").is_empty() && org.records("CaseComment").is_empty());
}
