//! Renewal is single-flight: across tasks, and across processes.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::Duration;

use host_tests::connections::{Connections, FileStore, Store};
use host_tests::host::bindings::exports::chat_flow::salesforce::types::Status;
use tokio::sync::{Barrier, Semaphore};

use super::support::{Folder, Hooked, NAME, SUPPORT, connected, host, http, open, outcome, records};
use super::support::{refused, run, simulator, statuses, variables};
use super::worker::{Worker, say, work};

const PROCESSES: usize = 4;
const TASKS: usize = 25;
const WORKERS: usize = PROCESSES * TASKS;

#[tokio::test(flavor = "multi_thread")]
async fn a_hundred_workers_of_four_processes_renew_an_expired_token_once() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = connected(&simulator, &folder).await;
    simulator.org().expire_sessions();
    let start = |number| Worker::start("connections::flight::a_process_of_workers", &simulator.url(), &folder, number);
    let mut workers: Vec<Worker> = (0..PROCESSES).map(start).collect();
    // None sends anything before all have read the expired token: each must find out by itself that it is refused.
    workers.iter_mut().for_each(|worker| worker.wait_for("loaded"));
    assert!(statuses(&simulator).is_empty());
    workers.iter_mut().for_each(Worker::go);
    // None renews before all have found out.
    workers.iter_mut().for_each(|worker| worker.wait_for("refused"));
    {
        // The org answers nobody for a while. Whoever does not wait for the first renewal has asked for a second one by then.
        let _org = simulator.org();
        workers.iter_mut().for_each(Worker::go);
        std::thread::sleep(Duration::from_secs(1));
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
    // All tasks of this process have come so far, and the test lets them go on.
    let (loaded, refused) = (Arc::new(Barrier::new(TASKS + 1)), Arc::new(Barrier::new(TASKS + 1)));
    let (send, renew) = (Arc::new(Semaphore::new(0)), Arc::new(Semaphore::new(0)));
    let mut tasks = Vec::new();
    for task in 0..TASKS {
        let connections = Arc::clone(&connections);
        let (loaded, refused) = (Arc::clone(&loaded), Arc::clone(&refused));
        let (send, renew) = (Arc::clone(&send), Arc::clone(&renew));
        tasks.push(tokio::spawn(async move {
            let (first, variables) = (AtomicBool::new(true), variables(&format!("visitor-{number}-{task}")));
            let (first, variables, steps) = (&first, &variables, (&loaded, &send, &refused, &renew));
            let call = |egress, session| async move {
                let (loaded, send, refused, renew) = steps;
                if !first.swap(false, Ordering::Relaxed) {
                    return host().run(egress, &session, SUPPORT, variables).await;
                }
                loaded.wait().await;
                send.acquire().await.expect("open").forget();
                let ran = host().run(egress, &session, SUPPORT, variables).await;
                refused.wait().await;
                renew.acquire().await.expect("open").forget();
                ran
            };
            connections.call(NAME, call).await
        }));
    }
    for (word, arrived, next) in [("loaded", &loaded, &send), ("refused", &refused, &renew)] {
        arrived.wait().await;
        say(word);
        let told = tokio::task::spawn_blocking(|| std::io::stdin().read_line(&mut String::new()));
        told.await.expect("no panic").expect("a line");
        next.add_permits(TASKS);
    }
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

/// Each that waits for a lock of the system blocks a thread: the others of its process wait as tasks.
#[tokio::test(flavor = "multi_thread")]
async fn one_of_a_process_waits_for_the_lock() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let expired = connected(&simulator, &folder).await.load(NAME).expect("a connection").access_token;
    let waiting = Arc::new(AtomicUsize::new(0));
    let counted = Arc::clone(&waiting);
    let before_lock = move || {
        counted.fetch_add(1, Ordering::SeqCst);
    };
    let store = Hooked { store: folder.store(), before_save: || Ok(()), before_lock };
    let connections = Arc::new(Connections::new(host(), store, http(&simulator.url())));
    let other = folder.store().lock(NAME).expect("nobody else's");
    let renew = || {
        let (connections, expired) = (Arc::clone(&connections), expired.clone());
        tokio::spawn(async move { connections.renew(NAME, &expired).await.expect("a renewal") })
    };
    let tasks: Vec<_> = (0..TASKS).map(|_| renew()).collect();
    // Time for those that do not wait; who waits does so as long as the lock is another's.
    tokio::time::sleep(Duration::from_millis(500)).await;
    assert!(waiting.load(Ordering::SeqCst) <= 1);
    drop(other);
    for task in tasks {
        assert!(task.await.expect("no panic").access_token == simulator.org().access_token());
    }
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_caller_that_gives_up_loses_no_grant() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = Arc::new(connected(&simulator, &folder).await);
    let stored = connections.load(NAME).expect("a connection");
    let (renewing, refused) = (Arc::clone(&connections), stored.access_token.clone());
    let caller = {
        // The org has the request, and does not answer yet: the moment at which a visitor closes the chat.
        let _org = simulator.org();
        let caller = tokio::spawn(async move { renewing.renew(NAME, &refused).await.map(drop) });
        std::thread::sleep(Duration::from_secs(1));
        caller.abort();
        caller
    };
    let gone = caller.await.expect_err("the caller is gone");
    assert!(gone.is_cancelled());
    // The next one finds what that renewal gave, and asks for no other.
    let renewed = connections.renew(NAME, &stored.access_token).await.expect("a connection");
    assert_ne!(renewed.access_token, stored.access_token);
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
    assert_eq!(outcome(run(&connections, "next").await).status, Status::Done);
}

#[tokio::test(flavor = "multi_thread")]
async fn workers_that_wait_for_a_dead_grant_ask_once() {
    let (simulator, folder) = (simulator().await, Folder::new());
    let connections = Arc::new(connected(&simulator, &folder).await);
    let stored = connections.load(NAME).expect("a connection");
    simulator.org().revoke_all();
    let start = |_| {
        let (connections, token) = (Arc::clone(&connections), stored.access_token.clone());
        tokio::spawn(async move { connections.renew(NAME, &token).await.map(drop) })
    };
    let waiting: Vec<_> = {
        // The org answers nobody until all of them wait.
        let _org = simulator.org();
        let waiting = (0..20).map(start).collect();
        std::thread::sleep(Duration::from_secs(1));
        waiting
    };
    for worker in waiting {
        assert_eq!(refused(worker.await.expect("an answer")).code, "invalid_grant");
    }
    assert_eq!(simulator.org().token_requests().refresh_token, 1);
    // Somebody logs in again: what was refused before does not stand in the way, not even of a late one.
    connected(&simulator, &folder).await;
    let newest = connections.load(NAME).expect("a connection").access_token;
    let late = connections.renew(NAME, &stored.access_token).await.expect("a connection");
    assert_eq!(late.access_token, newest);
    assert!(connections.renew(NAME, &newest).await.is_ok());
}
