//! A comment on a Case has 4,000 bytes, HTML entities counted: no language loses its run by that.

use serde_json::{Value, json};

use crate::org::{TestOrg, codes, error, link, map, results, settings, source, with};

/// What people write in three languages, and what HTML writes as entities. The longest of them has 90 bytes.
const SAID: [&str; 5] = [
    "Grüße aus Köln, wo ist mein Päckchen geblieben?",
    "荷物はまだ届いていません。いつ届きますか？",
    "Where is it? 😀😀😀 👩\u{200d}👧 👋🏽",
    "Müller & Söhne <info@example.com> said \"it's late\"",
    "plain words in plain letters",
];

fn messages(said: &str, count: usize) -> Value {
    (0..count).map(|_| json!({ "from": "visitor", "text": said })).collect()
}

/// The same conversation as a comment of its own, and as the Case's internal comment.
fn commented() -> [Value; 2] {
    let transcript = |target: &str| source(json!({ "transcript": "messages" }), target);
    let own =
        [map("topic", "Case.Subject"), link("Case", "CaseComment.ParentId"), transcript("CaseComment.CommentBody")];
    let internal = [map("topic", "Case.Subject"), transcript("Case.Comments")];
    [settings(own, json!({})), settings(internal, json!({}))]
}

/// As a host may have stored it before `byteLength` was read.
fn prepared_long_ago(settings: &str) -> String {
    let mut settings: Value = serde_json::from_str(settings).expect("JSON");
    for object in settings["schema"]["objects"].as_object_mut().expect("objects").values_mut() {
        for field in object["fields"].as_object_mut().expect("fields").values_mut() {
            field.as_object_mut().expect("facts").remove("byteLength");
        }
    }
    settings.to_string()
}

async fn ways(org: &TestOrg, settings: &Value) -> [String; 3] {
    let prepared = org.prepared(settings).await;
    [settings.to_string(), prepared_long_ago(&prepared), prepared]
}

#[tokio::test(flavor = "multi_thread")]
async fn a_long_conversation_in_any_language_becomes_a_comment() {
    let org = TestOrg::new().await;
    for settings in commented() {
        for way in ways(&org, &settings).await {
            for said in SAID {
                let variables = json!({ "topic": "t", "messages": messages(said, 300) });
                let outcome = org.done(&way, &variables).await;
                assert_eq!(codes(&outcome), ["transcript-cut"], "{said}");
                let writes = org.writes();
                let body =
                    |member: &str| writes.last().expect("a write")["body"][member].as_str().map(ToOwned::to_owned);
                let body = body("CommentBody").or_else(|| body("Comments")).expect("a text");
                let (marker, rest) = body.split_once('\n').expect("a marker");
                assert!(marker.starts_with("[… ") && marker.ends_with(" earlier messages]"), "{marker}");
                assert!(rest.lines().all(|line| line == format!("visitor: {said}")), "{rest}");
                assert!(body.len() > 2_500 && body.len() <= 4_000, "{said}: {}", body.len());
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn what_must_not_be_cut_is_refused_before_any_request() {
    let org = TestOrg::new().await;
    for settings in commented() {
        let whole = |settings: &str| {
            let mut settings: Value = serde_json::from_str(settings).expect("JSON");
            for mapping in settings["mappings"].as_array_mut().expect("rows") {
                if mapping["source"]["transcript"].is_string() {
                    mapping["whenTooLong"] = json!("fail");
                }
            }
            settings.to_string()
        };
        for way in ways(&org, &settings).await {
            let outcome = org.run(&whole(&way), &json!({ "topic": "t", "messages": messages(SAID[1], 60) })).await;
            let errors: Vec<&str> = (0..results(&outcome).len()).map(|record| error(&outcome, record)).collect();
            assert!(errors.contains(&"VALUE_TOO_LONG") && outcome["requests"] == 0, "{outcome:#}");
            assert!(outcome.to_string().contains("at most 4000 bytes"), "{outcome:#}");
        }
    }
    assert!(org.records("Case").is_empty());
}

/// A text that is no transcript, in the field that takes bytes.
#[tokio::test(flavor = "multi_thread")]
async fn a_text_is_refused_or_cut_by_its_bytes() {
    let org = TestOrg::new().await;
    for (more, fits, done) in [
        (json!({}), 1_333, true),
        (json!({}), 1_334, false),
        (json!({ "whenTooLong": "cut" }), 1_334, true),
        (json!({ "whenTooLong": "cut" }), 100_000, true),
    ] {
        let comment = with(map("text", "Case.Comments"), more);
        let settings = settings([map("topic", "Case.Subject"), comment], json!({}));
        for way in ways(&org, &settings).await {
            let outcome = org.run(&way, &json!({ "topic": "t", "text": "東".repeat(fits) })).await;
            assert_eq!(outcome["status"] == "done", done, "{outcome:#}");
            assert_eq!(codes(&outcome).contains(&"value-cut"), fits > 1_333 && done, "{outcome:#}");
            assert_eq!(error(&outcome, 0), if done { "" } else { "VALUE_TOO_LONG" });
            if done {
                let written = org.writes().pop().expect("a write")["body"]["Comments"].clone();
                assert_eq!(written, "東".repeat(1_333));
            }
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_facts_say_how_many_bytes_only_where_that_is_less_than_the_characters_need() {
    let org = TestOrg::new().await;
    let settings = settings([map("topic", "Case.Subject"), map("text", "Case.Comments")], json!({}));
    let schema = org.prepare(&settings).await.schema();
    let fields = &schema["objects"]["Case"]["fields"];
    assert_eq!((&fields["Comments"]["length"], &fields["Comments"]["byteLength"]), (&json!(4000), &json!(4000)));
    assert_eq!((&fields["Subject"]["length"], &fields["Subject"]["byteLength"]), (&json!(255), &Value::Null));
}
