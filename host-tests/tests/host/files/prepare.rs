//! `prepare` looks whether the integration user may attach files, where a row asks for it.

use host_tests::simulator::Access;
use serde_json::json;

use crate::files::support::{case_with_photo, complaint, file, files};
use crate::org::{TestOrg, map, settings};

#[tokio::test(flavor = "multi_thread")]
async fn files_cost_a_describe_and_no_request_and_leave_no_facts() {
    let org = TestOrg::new().await;
    let prepared = org.prepare(&case_with_photo()).await;
    assert_eq!(prepared.requests(), 2, "the describes, then the validation rules");
    assert!(prepared.schema()["objects"].get("ContentVersion").is_none());
    let settings = prepared.expect_settings();
    assert_eq!(files(&org.done(&settings, &complaint()).await), ["created"]);
    let asked = |part: &serde_json::Value| part["url"].as_str().is_some_and(|url| url.contains("ContentVersion"));
    assert!(org.requests()[0].parts.iter().any(asked));
    let before = org.requests().len();
    org.prepare(&settings_without()).await;
    let later = org.requests().split_off(before);
    assert!(later.len() == 2 && !later.iter().flat_map(|sent| &sent.parts).any(asked));
}

fn settings_without() -> serde_json::Value {
    settings([map("topic", "Case.Subject")], json!({}))
}

#[tokio::test(flavor = "multi_thread")]
async fn a_user_who_may_not_create_files_is_told() {
    for access in [Access::Hidden, Access::ReadOnly] {
        let org = TestOrg::with(|org| assert!(org.restrict_object("ContentVersion", access))).await;
        let prepared = org.prepare(&case_with_photo()).await;
        prepared.refused("no-permission", "/mappings/2/source");
    }
    let org = TestOrg::with(|org| assert!(org.restrict_field("ContentVersion", "VersionData", Access::ReadOnly))).await;
    org.prepare(&case_with_photo()).await.refused("read-only-field", "/mappings/2/source");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_object_that_takes_no_files_is_told() {
    let org = TestOrg::new().await;
    let rows =
        [map("text", "CaseComment.CommentBody"), map("case", "CaseComment.ParentId"), file("photo", "CaseComment")];
    org.prepare(&settings(rows, json!({}))).await.refused("file-not-attachable", "/mappings/2/source");
}
