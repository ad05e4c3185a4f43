//! `chat-host connections` and `--connection`, as people and programs use them.

use std::fs;
use std::process::Stdio;
use std::time::Duration;

use host_tests::connections::{Connection, Store};
use serde_json::{Value, json};

use super::command::{SECRETS, SUPPORT_FILE, chat_host, command, connections, file};
use super::support::{DOMAIN, Folder, NAME, client, connected, egress, host, log_in, records, save, simulator};

#[tokio::test(flavor = "multi_thread")]
async fn connections_are_listed_without_their_secrets() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let url = simulator.url();
    assert!(connections(&url, &folder, &[]).expect(0).stdout.contains("chat-host authorize"));
    let none: Value = serde_json::from_str(&connections(&url, &folder, &["--json"]).expect(0).stdout).expect("JSON");
    assert_eq!(none, json!({ "connections": [] }));
    connected(&simulator, &folder).await;
    folder.store().save("b", &Connection::new(client(), log_in(&simulator).await)).expect("a folder");
    for arguments in [["--json"].as_slice(), &["list", "--json"]] {
        let list: Value = serde_json::from_str(&connections(&url, &folder, arguments).expect(0).stdout).expect("JSON");
        let expected = ["b", NAME].map(|name| json!({ "name": name, "deploymentDomain": DOMAIN }));
        assert_eq!(list, json!({ "connections": expected }));
    }
    let list = connections(&url, &folder, &["list"]).expect(0).stdout;
    assert_eq!(list, format!("b  {DOMAIN}\n{NAME}  {DOMAIN}\n"));
    assert!(simulator.org().log().iter().all(|exchange| exchange.path.contains("token")), "only the log-ins");
}

/// One broken file must not hide the others, nor be there for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_broken_connection_is_listed_and_can_be_removed() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let url = simulator.url();
    connected(&simulator, &folder).await;
    fs::write(folder.0.join("broken.json"), "canary").expect("a folder");
    fs::write(folder.0.join("no name.json"), "canary").expect("a folder");
    let list = connections(&url, &folder, &["list"]).expect(0);
    assert_eq!(list.stdout, format!("broken  -\n{NAME}  {DOMAIN}\n"));
    let told = connections(&url, &folder, &["test", "broken"]).expect(1);
    assert!(!format!("{told:?}").contains("canary"), "{told:?}");
    let told = connections(&url, &folder, &["remove", "broken"]).expect(0);
    assert!(told.stderr.contains("Connected Apps OAuth Usage"), "its token lives on: {told:?}");
    assert_eq!(connections(&url, &folder, &["list"]).expect(0).stdout, format!("{NAME}  {DOMAIN}\n"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_test_renews_what_has_expired_and_writes_no_record() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let url = simulator.url();
    connected(&simulator, &folder).await;
    simulator.org().expire_sessions();
    assert_eq!(connections(&url, &folder, &["test", NAME]).expect(0).stdout, "{\"status\":\"success\"}\n");
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
    assert!(records(&simulator).0.is_empty());
    simulator.org().settings.api_enabled = false;
    let told = connections(&url, &folder, &["test", NAME]).expect(1);
    assert_ne!(told.last()["status"], "success");
    simulator.org().revoke_all();
    let told = connections(&url, &folder, &["test", NAME]).expect(1);
    assert_eq!((&told.last()["status"], &told.last()["code"]), (&json!("failed"), &json!("invalid_grant")));
    assert!(told.stderr.contains("Connect the org again"), "{told:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_removed_connection_is_given_back_to_the_org() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let url = simulator.url();
    connected(&simulator, &folder).await;
    let told = connections(&url, &folder, &["remove", NAME]).expect(0);
    assert_eq!((told.stdout.as_str(), told.stderr.as_str()), ("{\"status\":\"success\"}\n", ""));
    assert_eq!(simulator.org().valid_refresh_tokens(), 0);
    assert!(folder.stored().is_none());
    // An org that cannot be reached keeps nobody from forgetting.
    save(&folder.store(), log_in(&simulator).await);
    let told = connections("http://127.0.0.1:1", &folder, &["remove", NAME]).expect(0);
    assert!(told.stderr.contains("did not take the token back"), "{told:?}");
    assert!(folder.stored().is_none());
}

/// What a renewal that is under way stores is what is given back, and the file does not come back.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_is_removed_after_the_renewal_that_is_under_way() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    let lock = connections.store().lock(NAME).expect("nobody else's");
    let mut remove = command(&["connections", "remove", NAME, "--store", &folder.text(), "--route", &simulator.url()]);
    let child = remove.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().expect("chat-host starts");
    let grant = connections.load(NAME).expect("a connection").grant.expect("a grant");
    // Time for one that does not wait to do its work; one that waits may take any.
    tokio::time::sleep(Duration::from_secs(2)).await;
    let renewed = host().refresh(egress(&simulator.url()), &client(), &grant).await.expect("no trap");
    save(connections.store(), renewed.expect("a grant that nobody gave back"));
    drop(lock);
    let output = child.wait_with_output().expect("a child");
    assert!(output.status.success(), "{output:?}");
    assert!(folder.stored().is_none());
    assert_eq!(simulator.org().valid_refresh_tokens(), 0);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_none_or_unknown_is_bad_usage() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let url = simulator.url();
    let visitor = file(&folder, "anna");
    for (name, words) in [
        ("unknown", "chat-host authorize --name unknown"),
        ("../x", "is no name of a connection"),
        ("", "is no name of a connection"),
    ] {
        let run = ["run", "--settings", SUPPORT_FILE, "--variables", &visitor, "--connection", name];
        for arguments in [["connections", "test", name].as_slice(), &["connections", "remove", name], &run] {
            let told = chat_host(&url, &folder, arguments);
            assert!(told.code == Some(2) && told.stderr.contains(words), "{arguments:?}: {told:?}");
        }
    }
    assert!(simulator.org().log().is_empty());
}

// ---- Runs ----

#[tokio::test(flavor = "multi_thread")]
async fn runs_previews_and_preparations_take_a_connection_in_place_of_a_token() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let url = simulator.url();
    connected(&simulator, &folder).await;
    let visitor = file(&folder, "anna");
    let input = ["--settings", SUPPORT_FILE, "--variables", &visitor, "--connection", NAME, "--json"];
    for name in ["preview", "run"] {
        simulator.org().expire_sessions();
        let told = chat_host(&url, &folder, &[&[name], input.as_slice()].concat()).expect(0);
        let answer: Value = serde_json::from_str(&told.stdout).expect("JSON");
        assert_eq!(answer["status"], "done");
    }
    assert_eq!(simulator.org().token_requests().refresh_token, 2);
    assert_eq!(records(&simulator).1, 1);
    let prepare = ["prepare", "--settings", SUPPORT_FILE, "--connection", NAME];
    let prepared = chat_host(&url, &folder, &prepare).expect(0);
    assert!(serde_json::from_str::<Value>(&prepared.stdout).expect("JSON")["schema"].is_object());
    // What the org kept of it all: nothing that would help a thief.
    let log = format!("{:?}", simulator.org().log());
    assert!(!SECRETS.iter().any(|secret| log.contains(secret)));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_connection_that_is_gone_says_what_to_do() {
    let (simulator, folder) = (simulator().await, Folder::new());
    connected(&simulator, &folder).await;
    simulator.org().revoke_all();
    let visitor = file(&folder, "anna");
    let run = ["run", "--settings", SUPPORT_FILE, "--variables", &visitor, "--connection", NAME];
    let told = chat_host(&simulator.url(), &folder, &run).expect(1);
    assert!(told.stderr.contains("Connect the org again") && told.stdout.is_empty(), "{told:?}");
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
    let told = chat_host(&simulator.url(), &folder, &[run.as_slice(), &["--json"]].concat()).expect(1);
    let answer: Value = serde_json::from_str(&told.stdout).expect("JSON");
    assert_eq!((&answer["status"], &answer["code"]), (&"session-expired".into(), &"invalid_grant".into()));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_run_needs_a_token_or_a_connection() {
    let folder = Folder::new();
    let visitor = file(&folder, "anna");
    for arguments in [
        ["run", "--settings", SUPPORT_FILE, "--variables", &visitor].as_slice(),
        &["preview", "--settings", SUPPORT_FILE, "--variables", &visitor],
        &["prepare", "--settings", SUPPORT_FILE],
    ] {
        let told = chat_host("http://127.0.0.1:1", &folder, arguments).expect(2);
        assert!(told.stderr.contains("--token"), "{told:?}");
        assert_eq!(told.stdout, "");
    }
}

/// Who reads the connection by itself finds the org that it belongs to, whatever settings say.
#[tokio::test(flavor = "multi_thread")]
async fn a_connection_to_another_org_than_the_settings_name_sends_nothing() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let mut connection = Connection::new(client(), log_in(&simulator).await);
    connection.client.deployment_domain = "another.my.salesforce.com".into();
    folder.store().save(NAME, &connection).expect("a folder");
    let sent = simulator.org().log().len();
    let visitor = file(&folder, "anna");
    let run = ["run", "--settings", SUPPORT_FILE, "--variables", &visitor, "--connection", NAME];
    chat_host(&simulator.url(), &folder, &run).expect(2);
    assert_eq!(simulator.org().log().len(), sent);
}
