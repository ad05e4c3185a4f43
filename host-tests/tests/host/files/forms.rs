//! Rows of the form: what a file or a transcript can say, and what makes no sense for it.

use serde_json::{Value, json};

use crate::files::support::file;
use crate::org::{check, codes, constant, key, map, settings, with};

async fn errors(rows: &[Value]) -> Vec<(String, String)> {
    let settings = with(settings([], json!({})), json!({ "mappings": rows }));
    let found = check(&settings.to_string()).await;
    let errors = crate::org::findings(&found, |finding| finding["severity"] == "error");
    let text = |finding: &Value, member: &str| finding[member].as_str().expect("a text").to_owned();
    errors.into_iter().map(|finding| (text(finding, "code"), text(finding, "path"))).collect()
}

async fn refused(row: Value, code: &str, path: &str) {
    let found = errors(&[map("topic", "Case.Subject"), row.clone()]).await;
    assert_eq!(found, [(code.to_owned(), format!("/mappings/1{path}"))], "{row}");
}

#[tokio::test]
async fn a_row_needs_no_field_and_may_write_the_defaults() {
    let transcript = json!({ "source": { "transcript": "messages" }, "object": "Case", "field": "VersionData" });
    for row in [
        file("photo", "Case"),
        with(file("photo", "Case"), json!({ "field": "VersionData" })),
        with(
            file("photo", "Case"),
            json!({ "useToFindExisting": false, "overwrite": "always", "whenTooLong": "fail" }),
        ),
        with(file("photo", "Case"), json!({ "whenBlank": "fail", "silence": ["case-key"] })),
        transcript.clone(),
        with(transcript, json!({ "timeZone": "Europe/Berlin" })),
        json!({ "source": { "transcript": "messages" }, "object": "Case", "field": "Description", "whenTooLong": "fail" }),
    ] {
        assert_eq!(errors(&[map("topic", "Case.Subject"), row.clone()]).await, [], "{row}");
    }
}

#[tokio::test]
async fn what_makes_no_sense_for_a_file_is_a_finding() {
    for (member, value) in [
        ("useToFindExisting", json!(true)),
        ("overwrite", json!("if-empty")),
        ("overwrite", json!("on-create")),
        ("whenTooLong", json!("cut")),
        ("whenBlank", json!("clear")),
        ("locale", json!("de")),
        ("timeZone", json!("UTC")),
        ("field", json!("Description")),
    ] {
        let path = format!("/{member}");
        refused(with(file("photo", "Case"), json!({ member: value })), "bad-file", &path).await;
    }
    refused(with(file("photo", "Case"), json!({ "overwrite": "never" })), "unknown-value", "/overwrite").await;
    refused(with(file("photo", "Case"), json!({ "whenblank": "fail" })), "unknown-key", "/whenblank").await;
    refused(json!({ "source": { "file": 1 }, "object": "Case" }), "wrong-type", "/source/file").await;
    refused(json!({ "source": { "file": " " }, "object": "Case" }), "bad-name", "/source/file").await;
    refused(json!({ "source": { "file": "a", "variable": "b" }, "object": "Case" }), "bad-source", "/source").await;
}

#[tokio::test]
async fn a_field_is_only_left_out_for_a_file() {
    refused(json!({ "source": { "transcript": "messages" }, "object": "Case" }), "missing-key", "").await;
    refused(json!({ "source": { "variable": "messages" }, "object": "Case" }), "missing-key", "").await;
}

#[tokio::test]
async fn a_conversation_is_no_key() {
    let row = json!({
        "source": { "transcript": "messages" }, "object": "Case", "field": "Ext__c", "useToFindExisting": true,
    });
    refused(row, "bad-key", "/useToFindExisting").await;
}

#[tokio::test]
async fn the_same_files_are_attached_to_a_record_once() {
    let rows = [map("topic", "Case.Subject"), file("photo", "Case"), file("photo", "Case")];
    assert_eq!(errors(&rows).await, [("duplicate-field".to_owned(), "/mappings/2/source".to_owned())]);
    let two =
        [map("topic", "Case.Subject"), key("m", "Contact.Email"), file("photo", "Case"), file("photo", "Contact")];
    assert_eq!(errors(&two).await, []);
}

#[tokio::test]
async fn a_file_alone_writes_no_record() {
    assert_eq!(errors(&[file("photo", "Case")]).await, [("file-alone".to_owned(), "/mappings/0/object".to_owned())]);
    assert_eq!(errors(&[file("photo", "Case"), constant("Web", "Case.Origin")]).await, []);
    // What a preset adds is no reason to write one either.
    let completed = json!({ "Case": { "preset": "web-to-case" } });
    let found = check(&settings([file("photo", "Case")], completed).to_string()).await;
    assert!(codes(&found).contains(&"file-alone"), "{found:#}");
}

#[tokio::test]
async fn two_spellings_of_a_record_are_told_for_files_too() {
    let found = errors(&[map("topic", "Case.Subject"), file("photo", "case")]).await;
    assert_eq!(found[0].0, "two-spellings");
}
