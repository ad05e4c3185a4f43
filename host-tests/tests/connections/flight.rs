//! Renewal is single-flight: across tasks, and across processes.

use std::io::Write;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use host_tests::connections::{Connections, FileStore, Store};
use host_tests::host::bindings::exports::chat_flow::salesforce::types::Status;
use tokio::sync::{Barrier, Semaphore};

use super::support::{Folder, NAME, SUPPORT, connected, host, http, open, outcome, records};
use super::support::{run, simulator, statuses, variables};
use super::worker::{Worker, say, work};

const PROCESSES: usize = 4;
const TASKS: usize = 25;
const WORKERS: usize = PROCESSES * TASKS;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_workers_of_four_processes_renew_an_expired_token_once() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    simulator.org().expire_sessions();
    let start = |number| Worker::start("flight::a_process_of_workers", &simulator.url(), &folder, number);
    let mut workers: Vec<Worker> = (0..PROCESSES).map(start).collect();
    // None sends anything before all have read the expired token: each must find out by itself that it is refused.
    workers.iter_mut().for_each(|worker| worker.wait_for("loaded"));
    assert!(statuses(&simulator).is_empty());
    for worker in &mut workers {
        writeln!(worker.child.stdin.as_mut().expect("a pipe"), "go").expect("a worker that waits");
    }
    for worker in &mut workers {
        let (ok, said) = worker.end();
        assert!(ok, "{said}");
    }
    let requests = simulator.org().token_requests();
    assert_eq!((requests.refresh_token, requests.granted), (1, 2), "one refresh, after the log-in");
    assert_eq!(statuses(&simulator).iter().filter(|status| **status == 401).count(), WORKERS);
    // Each visitor exactly once.
    let (contacts, cases) = records(&simulator);
    assert_eq!((contacts.len(), cases), (WORKERS, WORKERS));
    assert!(contacts.values().all(|count| *count == 1), "{contacts:?}");
    // The stored grant is the newest: it alone can renew, and an older one would end everything.
    assert_eq!(simulator.org().valid_refresh_tokens(), 1);
    let stored = connections.load(NAME).expect("a connection");
    assert_eq!(stored.access_token, simulator.org().access_token());
    let renewed = connections.renew(NAME, &stored.access_token).await.expect("a grant that works");
    assert!(renewed.grant.is_some_and(|grant| Some(grant) != stored.grant));
    assert_eq!(simulator.org().valid_refresh_tokens(), 1);
    assert_eq!(outcome(run(&connections, "later").await).status, Status::Done);
}

/// Not a test: what one of the processes above does.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "started by the test above"]
async fn a_process_of_workers() {
    let Some((url, folder, number)) = work() else { return };
    let store = FileStore::open(&folder).expect("the folder of the test");
    let connections = Arc::new(Connections::new(host(), store, http(&url)));
    let (loaded, go) = (Arc::new(Barrier::new(TASKS + 1)), Arc::new(Semaphore::new(0)));
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let (connections, loaded, go) = (Arc::clone(&connections), Arc::clone(&loaded), Arc::clone(&go));
        tasks.push(tokio::spawn(async move {
            let (first, variables) = (AtomicBool::new(true), variables(&format!("visitor-{number}-{task}")));
            let (first, variables, loaded, go) = (&first, &variables, &loaded, &go);
            let call = |egress, session| async move {
                // The connection is loaded by now.
                if first.swap(false, Ordering::Relaxed) {
                    loaded.wait().await;
                    go.acquire().await.expect("open").forget();
                }
                host().run(egress, &session, SUPPORT, variables).await
            };
            connections.call(NAME, call).await
        }));
    }
    loaded.wait().await;
    say("loaded");
    let read = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
    read.await.expect("no panic").expect("a line");
    go.add_permits(TASKS);
    for task in tasks {
        assert_eq!(outcome(task.await.expect("no panic")).status, Status::Done);
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_finds_the_connection_renewed_by_another_uses_that() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let (one, other) = (connected(&simulator, &folder).await, open(&simulator.url(), &folder));
    let expired = one.load(NAME).expect("a connection").access_token;
    let renewed = one.renew(NAME, &expired).await.expect("a renewal");
    assert!(other.renew(NAME, &expired).await.expect("the same") == renewed);
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
}

/// Two connections have nothing to wait for each other for.
#[tokio::test(flavor = "multi_thread")]
async fn a_renewal_holds_up_no_other_connection() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    let _lock = connections.store().lock("another").expect("a lock");
    let expired = connections.load(NAME).expect("a connection").access_token;
    connections.renew(NAME, &expired).await.expect("a renewal");
}
