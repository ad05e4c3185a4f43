//! A new grant is stored before it is used, and a file is the old one or the new one, whatever happens.

use std::fs::{self, File};

use host_tests::connections::{Connection, ConnectionError, Connections, FileStore, Store};
use host_tests::host::bindings::exports::chat_flow::salesforce::types::Status;
use host_tests::host::{Grant, OauthAdvice};

use super::support::{Folder, Hooked, NAME, client, connected, host, http, log_in, open, outcome};
use super::support::{refused, run, save, simulator, statuses};
use super::worker::{Worker, say, work};

// ---- Between the token answer and the store ----

#[tokio::test(flavor = "multi_thread")]
async fn a_process_killed_before_it_stored_leaves_a_connection_that_says_log_in_again() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    let before = folder.stored();
    simulator.org().expire_sessions();
    let mut worker = Worker::start("connections::store::a_process_that_dies", &simulator.url(), &folder, 0);
    worker.wait_for("about to store");
    assert!(!worker.end().0);
    assert_eq!(simulator.org().token_requests().granted, 2, "the log-in and the refresh that nobody stored");
    assert!(folder.stored().is_some() && folder.stored() == before);
    // The lock died with the process. Each start asks once and no more.
    for start in 1..=3 {
        let error = refused(run(&open(&simulator.url(), &folder), "anna").await);
        assert_eq!((error.advice, error.code.as_str()), (OauthAdvice::LogInAgain, "invalid_grant"), "{error:?}");
        assert_eq!(simulator.org().token_requests().refresh_token, 1 + start);
        assert!(folder.stored() == before);
    }
    assert!(statuses(&simulator).iter().all(|status| *status == 401));
    save(connections.store(), log_in(&simulator).await);
    assert_eq!(outcome(run(&connections, "anna").await).status, Status::Done);
}

/// Not a test: the process above that dies.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the test above"]
async fn a_process_that_dies() {
    let Some((url, folder, _)) = work() else { return };
    let store = FileStore::open(&folder).expect("the folder of the test");
    let before_save = || {
        say("about to store");
        // No destructor runs: as when the power fails.
        std::process::abort()
    };
    let store = Hooked { store, before_save, before_lock: || {} };
    let connections = Connections::new(host(), store, http(&url));
    let expired = connections.load(NAME).expect("a connection").access_token;
    drop(connections.renew(NAME, &expired).await);
}

#[tokio::test(flavor = "multi_thread")]
async fn without_rotation_a_process_killed_before_it_stored_costs_nothing() {
    let (simulator, folder) = (simulator().await, Folder::new());
    simulator.org().settings.refresh_token_rotation = false;
    let connections = connected(&simulator, &folder).await;
    simulator.org().expire_sessions();
    let mut worker = Worker::start("connections::store::a_process_that_dies", &simulator.url(), &folder, 0);
    worker.wait_for("about to store");
    worker.end();
    assert_eq!(outcome(run(&connections, "anna").await).status, Status::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_token_that_cannot_be_stored_is_not_used() {
    let (simulator, folder) = (simulator().await, Folder::new());
    connected(&simulator, &folder).await;
    simulator.org().expire_sessions();
    let before_save = || anyhow::bail!("the disk is full");
    let store = Hooked { store: folder.store(), before_save, before_lock: || {} };
    let connections = Connections::new(host(), store, http(&simulator.url()));
    let ran = connections.run(NAME, super::support::SUPPORT, &super::support::variables("anna")).await;
    assert!(matches!(ran, Err(ConnectionError::Broken(_))));
    assert_eq!(statuses(&simulator), [401], "the run with the old token, and none with the new one");
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_lost_token_answer_is_first_to_be_tried_later_and_then_a_new_log_in() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    let before = folder.stored();
    simulator.org().expire_sessions();
    simulator.org().lose_next_token_answer();
    let error = refused(run(&connections, "anna").await);
    assert_eq!((error.advice, error.code.as_str()), (OauthAdvice::TryLater, "HTTP_503"));
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
    assert!(folder.stored() == before);
    let error = refused(run(&connections, "anna").await);
    assert_eq!((error.advice, error.code.as_str()), (OauthAdvice::LogInAgain, "invalid_grant"));
    assert!(error.remedy.contains("Connect the org again"), "{error:?}");
    assert_eq!(simulator.org().token_requests().refresh_token, 2);
    assert!(folder.stored() == before);
    save(connections.store(), log_in(&simulator).await);
    assert!(folder.stored() != before);
    assert_eq!(outcome(run(&connections, "anna").await).status, Status::Done);
}

// ---- The file ----

fn grant_of(size: usize) -> Connection {
    let grant = Grant {
        refresh_token: "canary-refresh".repeat(size),
        instance_url: "https://example.my.salesforce.com".into(),
        scope: None,
        identity_url: Some("https://login.salesforce.com/id/00D/005".into()),
    };
    Connection { client: client(), access_token: format!("canary-{size}"), grant: Some(grant) }
}

#[test]
fn what_is_stored_is_loaded_again() {
    let folder = Folder::new();
    let store = folder.store();
    assert!(store.load(NAME).expect("a folder").is_none());
    let mut public = grant_of(1);
    public.client.client_secret = None;
    for connection in [grant_of(1), Connection { grant: None, ..grant_of(2) }, public] {
        store.save(NAME, &connection).expect("a folder");
        assert!(store.load(NAME).expect("a connection") == Some(connection));
    }
    assert_eq!(store.names().expect("a folder"), [NAME]);
    assert!(store.remove(NAME).expect("a folder"));
    assert!(!store.remove(NAME).expect("a folder") && store.load(NAME).expect("a folder").is_none());
}

#[cfg(unix)]
#[test]
fn files_are_for_their_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let folder = Folder::new();
    let store = folder.store();
    let mode = |path| fs::metadata(path).expect("a file").permissions().mode() & 0o7777;
    assert_eq!(mode(folder.0.clone()), 0o700);
    for size in [1, 2] {
        store.save(NAME, &grant_of(size)).expect("a folder");
        assert_eq!(mode(folder.file()), 0o600);
    }
    // What a crash left, or somebody put there, must not lend its mode to the next file.
    let left = folder.0.join(format!("{NAME}.new"));
    fs::write(&left, "left").expect("a folder");
    fs::set_permissions(&left, fs::Permissions::from_mode(0o644)).expect("a file");
    store.save(NAME, &grant_of(3)).expect("a folder");
    assert_eq!(mode(folder.file()), 0o600);
}

#[test]
fn what_a_crash_left_half_written_does_not_matter() {
    let folder = Folder::new();
    let store = folder.store();
    store.save(NAME, &grant_of(1)).expect("a folder");
    fs::write(folder.0.join(format!("{NAME}.new")), "{ \"deploymentDomain\": \"exa").expect("a folder");
    assert!(store.load(NAME).expect("the old one") == Some(grant_of(1)));
    assert_eq!(store.names().expect("a folder"), [NAME]);
    store.save(NAME, &grant_of(2)).expect("a folder");
    assert!(store.load(NAME).expect("the new one") == Some(grant_of(2)));
}

/// Who reads while it is replaced reads the old one to its end.
#[test]
fn a_file_is_replaced_and_never_written_over() {
    let folder = Folder::new();
    let store = folder.store();
    store.save(NAME, &grant_of(1)).expect("a folder");
    let (before, old) = (folder.stored(), File::open(folder.file()).expect("a file"));
    store.save(NAME, &grant_of(2)).expect("a folder");
    assert_eq!(Some(std::io::read_to_string(old).expect("the old one").into_bytes()), before);
    assert!(folder.stored() != before);
}

#[test]
fn a_process_killed_while_it_writes_leaves_the_old_file_or_the_new_one() {
    let folder = Folder::new();
    let store = folder.store();
    store.save(NAME, &grant_of(1)).expect("a folder");
    for round in 0..5 {
        let mut worker = Worker::start("connections::store::a_process_that_writes", "", &folder, round);
        worker.wait_for("writing");
        // While it is being replaced, and again when its writer is no more.
        for _ in 0..50 {
            assert!(store.load(NAME).expect("a whole file").is_some());
        }
        worker.child.kill().expect("a running child");
        worker.end();
        assert!(store.load(NAME).expect("a whole file").is_some());
    }
}

/// Not a test: the process above that is killed.
#[test]
#[ignore = "started by the test above"]
fn a_process_that_writes() {
    let Some((_, folder, _)) = work() else { return };
    let store = FileStore::open(&folder).expect("the folder of the test");
    say("writing");
    for size in (1..).map(|number| 1 + 2_000 * (number % 2)) {
        store.save(NAME, &grant_of(size)).expect("a folder");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_file_that_is_no_connection_is_an_error_that_does_not_quote_it() {
    let folder = Folder::new();
    let connections = open("http://127.0.0.1:1", &folder);
    let object = "{ \"accessToken\": \"canary\", \"deploymentDomain\": \"canary\" }";
    for bytes in
        [b"".as_slice(), b"canary", b"{ \"accessToken\": \"canary", b"\xff\xfecanary", b"null", object.as_bytes()]
    {
        fs::write(folder.file(), bytes).expect("a folder");
        let Err(ConnectionError::Broken(error)) = run(&connections, "anna").await else {
            panic!("{bytes:?} is a connection");
        };
        let said = format!("{error:#} {error:?}");
        assert!(said.contains(&folder.text()) && !said.contains("canary"), "{said}");
    }
    fs::remove_file(folder.file()).expect("a file");
    fs::create_dir(folder.file()).expect("a folder");
    assert!(matches!(run(&connections, "anna").await, Err(ConnectionError::Broken(_))));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_name_that_is_not_connected_says_how_to_connect_it() {
    let folder = Folder::new();
    let error = run(&open("http://127.0.0.1:1", &folder), "anna").await.expect_err("no connection");
    assert!(matches!(&error, ConnectionError::NotConnected(name) if name == NAME));
    assert!(error.to_string().contains("chat-host authorize --name crm"), "{error}");
}

#[test]
fn a_name_never_leads_out_of_the_folder() {
    let folder = Folder::new();
    let store = folder.store();
    let long = "n".repeat(65);
    for name in ["", ".", "..", "../x", "/x", "a/b", "a\\b", "a.b", "a b", "ä", "a\0", "a\n", long.as_str()] {
        assert!(store.load(name).is_err() && store.save(name, &grant_of(1)).is_err(), "{name:?}");
        assert!(store.remove(name).is_err() && store.lock(name).is_err(), "{name:?}");
    }
    assert!(store.names().expect("a folder").is_empty());
    store.save(&"n".repeat(64), &grant_of(1)).expect("a name");
}
