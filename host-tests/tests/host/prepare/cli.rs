//! `chat-host prepare` in a terminal and in a script.

use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::org::{TestOrg, codes, key, map, settings};
use crate::process::{Folder, Ran, ran};

/// Runs `chat-host` with a settings file.
fn chat_host(org: &TestOrg, token: &str, settings: &str, more: &[&str]) -> Ran {
    let folder = Folder::new();
    let file = folder.file("settings.json", settings);
    let mut command = Command::new(env!("CARGO_BIN_EXE_chat-host"));
    command.args(["prepare", "--route", &org.url(), "--settings"]).arg(&file).args(more);
    command.env("SALESFORCE_ACCESS_TOKEN", token).env_remove("CLICOLOR_FORCE").stdin(Stdio::null());
    ran(&mut command)
}

fn contact() -> Value {
    settings([key("mail", "Contact.Email"), map("name", "Contact.LastName")], json!({}))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_document_alone_is_on_stdout_and_the_findings_are_on_stderr() {
    let org = TestOrg::new().await;
    let text = format!("{:#}\n", contact());
    let expected = org.prepare_text(&text).await.expect_settings();
    for more in [&[][..], &["--json"]] {
        let ran = chat_host(&org, &org.token(), &text, more);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(0), expected.as_str()), "{}", ran.stderr);
        assert!(ran.stderr.contains("[key-may-be-blank]"), "{}", ran.stderr);
        assert!(ran.stderr.contains("Prepared with 2 requests."), "{}", ran.stderr);
    }
}

/// `chat-host prepare … > settings.json` over and over.
#[tokio::test(flavor = "multi_thread")]
async fn the_document_can_be_redirected_to_a_file_and_prepared_again() {
    let org = TestOrg::new().await;
    let once = chat_host(&org, &org.token(), &contact().to_string(), &[]).stdout;
    let twice = chat_host(&org, &org.token(), &once, &[]).stdout;
    assert!(once.ends_with("}\n"));
    assert_eq!(once, twice);
}

#[tokio::test(flavor = "multi_thread")]
async fn what_the_org_has_against_the_settings_exits_with_1_and_leaves_no_document() {
    let org = TestOrg::new().await;
    let wrong = settings([map("name", "Contact.LastNam")], json!({})).to_string();
    let ran = chat_host(&org, &org.token(), &wrong, &[]);
    assert_eq!((ran.code, ran.stdout.as_str()), (Some(1), ""), "a file must not be overwritten by half a document");
    assert!(
        ran.stderr.contains("[unknown-field]") && ran.stderr.contains("Did you mean `LastName`?"),
        "{}",
        ran.stderr
    );
    assert!(ran.stderr.contains("Not prepared: failed"), "{}", ran.stderr);
    let ran = chat_host(&org, &org.token(), &wrong, &["--json"]);
    let answer: Value = serde_json::from_str(&ran.stdout).expect("JSON alone");
    assert_eq!((ran.code, &answer["status"], &answer["requests"]), (Some(1), &json!("failed"), &json!(1)));
    assert!(codes(&answer).contains(&"unknown-field"), "{answer:#}");
}

#[tokio::test(flavor = "multi_thread")]
async fn an_expired_session_exits_with_1() {
    let org = TestOrg::new().await;
    let ran = chat_host(&org, "00D!canary", &contact().to_string(), &["--json"]);
    let answer: Value = serde_json::from_str(&ran.stdout).expect("JSON alone");
    assert_eq!((ran.code, &answer["status"]), (Some(1), &json!("session-expired")));
    crate::org::kept_secret((ran.stdout, ran.stderr));
}

#[tokio::test(flavor = "multi_thread")]
async fn settings_that_cannot_be_asked_about_exit_with_2_and_send_nothing() {
    let org = TestOrg::new().await;
    for wrong in ["{", "[]", r#"{"mode":"sobject-write"}"#] {
        let ran = chat_host(&org, &org.token(), wrong, &[]);
        assert_eq!((ran.code, ran.stdout.as_str()), (Some(2), ""), "{}", ran.stderr);
        assert!(ran.stderr.contains("Nothing was sent."), "{}", ran.stderr);
        let ran = chat_host(&org, &org.token(), wrong, &["--json"]);
        let answer: Value = serde_json::from_str(&ran.stdout).expect("JSON alone");
        assert!(ran.code == Some(2) && !codes(&answer).is_empty(), "{answer:#}");
    }
    assert!(org.requests().is_empty());
}
