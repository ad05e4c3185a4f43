//! Files of the sample conversation: kept in memory, put in for a preview and a run, and never in the list of runs.

use std::fs;

use host_tests::edit::EditedOrg;
use serde_json::{Value, json};

use super::browser::{Browser, served_with};
use crate::process::Folder;

const DOMAIN: &str = "example.my.salesforce.com";
/// Of `MAX_BYTES` in `src/edit/files.rs`.
const MAX_BYTES: usize = 4 << 20;

fn asked(variables: &Value) -> Value {
    let settings = json!({
        "mode": "sobject-write",
        "deploymentDomain": DOMAIN,
        "mappings": [
            { "source": { "variable": "topic" }, "object": "Case", "field": "Subject" },
            { "source": { "file": "photo" }, "object": "Case" },
        ],
    });
    json!({ "settings": settings.to_string(), "variables": variables.to_string(), "keepValues": true })
}

async fn choose(browser: &Browser, name: &str, base64: &str) -> Value {
    browser.answer("choose-file", &json!({ "name": name, "mediaType": "", "base64": base64 })).await
}

#[tokio::test]
async fn a_chosen_file_is_planned_previewed_and_attached() {
    let folder = Folder::new();
    let org = EditedOrg::simulated().await.expect("a simulator");
    let browser = Browser::open(served_with(org, None, Some(&folder.0)).await).await;
    let file = choose(&browser, "note.txt", "Y2FuYXJ5").await;
    assert_eq!((&file["name"], &file["bytes"]), (&json!("note.txt"), &json!(6)));
    let variables = json!({ "topic": "Help", "photo": [file] });
    let asked = asked(&variables);
    let followed = browser.answer("follow", &asked).await;
    assert_eq!(followed["plan"]["files"][0]["size"], 6, "{followed:#}");
    let preview = browser.answer("preview", &asked).await;
    assert_eq!(preview["files"][0]["name"], "note.txt", "{preview:#}");
    let ran = browser.answer("run", &asked).await;
    assert_eq!((&ran["status"], &ran["files"][0]["result"]), (&json!("done"), &json!("created")), "{ran:#}");
    // Its content is in no file of this machine.
    for entry in fs::read_dir(&folder.0).expect("a folder") {
        let kept = fs::read_to_string(entry.expect("an entry").path()).expect("a file");
        assert!(kept.contains("note.txt") && !kept.contains("Y2FuYXJ5") && !kept.contains("canary"), "{kept}");
    }
}

#[tokio::test]
async fn a_file_has_a_bound_and_must_be_base64() {
    let browser = Browser::simulated().await;
    // Three bytes are four characters.
    let most = "AAAA".repeat(MAX_BYTES / 3) + "AA==";
    assert_eq!(choose(&browser, "most", &most).await["bytes"], MAX_BYTES);
    for (base64, status, code) in
        [("AAAA".repeat(MAX_BYTES / 3 + 1), 413, "file-too-large"), ("no base64".to_owned(), 400, "bad-call")]
    {
        let answer = browser.call("choose-file", &json!({ "name": "x", "base64": base64 })).await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (status, &json!(code)));
    }
}

/// A tab can be older than the server.
#[tokio::test]
async fn a_file_that_is_gone_is_told() {
    let browser = Browser::simulated().await;
    let variables = json!({ "topic": "Help", "photo": { "chosenFile": "of-another-server", "name": "x", "bytes": 1 } });
    for call in ["follow", "preview", "run"] {
        let answer = browser.call(call, &asked(&variables)).await;
        assert_eq!((answer.status, &answer.json()["error"]["code"]), (400, &json!("file-gone")), "{call}");
    }
    // What only looks like one, in a text, is a text.
    let text = browser.answer("follow", &asked(&json!({ "topic": "chosenFile", "photo": "" }))).await;
    assert_eq!(text["plan"]["records"][0]["fields"][0]["value"], "chosenFile", "{text:#}");
}
