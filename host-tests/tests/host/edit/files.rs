//! The settings file: saved where the command line says, and never over what another program wrote.

use std::fs;

use host_tests::edit::EditedOrg;
use serde_json::{Value, json};

use super::browser::{Browser, served};
use crate::process::Folder;

async fn of(folder: &Folder) -> Browser {
    let org = EditedOrg::simulated().await.expect("a simulator");
    Browser::open(served(org, Some(&folder.0.join("s.json"))).await).await
}

#[tokio::test]
async fn a_file_is_opened_and_saved() {
    let folder = Folder::new();
    let path = folder.file("s.json", "{}");
    let browser = of(&folder).await;
    assert_eq!(browser.get("/api/start").await.json()["file"], json!({ "name": "s.json", "text": "{}" }));
    let saved = browser.answer("save", &json!({ "text": "{ \"mode\": \"x\" }\n", "base": "{}" })).await;
    assert_eq!(saved, json!({ "saved": "done" }));
    assert_eq!(fs::read_to_string(&path).expect("a file"), "{ \"mode\": \"x\" }\n");
    assert_eq!(fs::read_dir(&folder.0).expect("a folder").count(), 1, "nothing is left beside it");
}

#[tokio::test]
async fn a_file_that_is_not_there_is_made_by_the_first_save() {
    let folder = Folder::new();
    let browser = of(&folder).await;
    assert_eq!(browser.get("/api/start").await.json()["file"], json!({ "name": "s.json", "text": null }));
    assert_eq!(fs::read_dir(&folder.0).expect("a folder").count(), 0);
    let saved = browser.answer("save", &json!({ "text": "{}\n", "base": null })).await;
    assert_eq!(saved, json!({ "saved": "done" }));
    assert_eq!(fs::read_to_string(folder.0.join("s.json")).expect("a file"), "{}\n");
}

#[tokio::test]
async fn what_another_program_wrote_is_not_replaced() {
    let folder = Folder::new();
    let path = folder.file("s.json", "{}");
    let browser = of(&folder).await;
    fs::write(&path, "{\"mode\":\"other\"}").expect("a file");
    // Another tab that is loaded in between does not make this one know better.
    browser.get("/api/start").await;
    for base in [json!("{}"), Value::Null] {
        let saved = browser.answer("save", &json!({ "text": "mine", "base": base })).await;
        assert_eq!(saved, json!({ "saved": "changed" }));
    }
    assert_eq!(fs::read_to_string(&path).expect("a file"), "{\"mode\":\"other\"}");
}

#[tokio::test]
async fn without_a_file_the_page_offers_a_download() {
    let browser = Browser::simulated().await;
    let saved = browser.answer("save", &json!({ "text": "{}", "base": null })).await;
    assert_eq!(saved, json!({ "saved": "no-file" }));
}

/// What stands beside the file is somebody's, a link stays one, and who may read the file is not changed.
#[cfg(unix)]
#[tokio::test]
async fn a_save_changes_the_text_and_nothing_else() {
    use std::os::unix::fs::PermissionsExt as _;

    let folder = Folder::new();
    let (real, beside) = (folder.file("real.json", "{}"), folder.file("s.new", "precious"));
    fs::set_permissions(&real, fs::Permissions::from_mode(0o640)).expect("a file");
    std::os::unix::fs::symlink(&real, folder.0.join("s.json")).expect("a link");
    let browser = of(&folder).await;
    let saved = browser.answer("save", &json!({ "text": "{ }", "base": "{}" })).await;
    assert_eq!(saved, json!({ "saved": "done" }));
    assert_eq!(fs::read_to_string(&real).expect("a file"), "{ }");
    assert_eq!(fs::metadata(&real).expect("a file").permissions().mode() & 0o777, 0o640);
    assert!(fs::symlink_metadata(folder.0.join("s.json")).expect("a link").is_symlink());
    assert_eq!(fs::read_to_string(beside).expect("a file"), "precious");
}
