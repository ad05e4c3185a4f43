//! Which instance held which secret: the linear memory of each is kept when it ends, and searched.

// Memory for a guest is raw memory.
#![allow(unsafe_code)]

use std::sync::atomic::{AtomicPtr, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use host_tests::COMPONENT;
use host_tests::connections::{Connections, FileStore};
use host_tests::host::bindings::exports::chat_flow::salesforce::types::Status;
use host_tests::host::{Egress, Host, MAX_MEMORY, Session};
use wasmtime::{Config, Engine, LinearMemory, MemoryCreator, MemoryType};

use super::support::variables;
use super::support::{CALLBACK, DOMAIN, Folder, NAME, SUPPORT, client, connected, egress, http, outcome, simulator};

/// Only what a visitor typed.
const VISITOR: &str = "canary-visitor";
/// The simulator's secrets: the client's, and what all of its refresh and all of its access tokens have in common. Never their
/// first bytes: when memory is given back, the guest's allocator writes its own over them.
const SECRETS: [&str; 3] = [CLIENT_SECRET, REFRESH_TOKEN, ACCESS_TOKEN];
const CLIENT_SECRET: &str = "-client-secret";
const REFRESH_TOKEN: &str = ".refresh";
const ACCESS_TOKEN: &str = "AQ.Simulated.";

/// The memories of all instances that have ended, oldest first.
#[derive(Clone, Default)]
struct Dumps(Arc<Mutex<Vec<Vec<u8>>>>);

impl Dumps {
    fn take(&self) -> Vec<Vec<u8>> {
        std::mem::take(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

/// One memory: never moved, and kept when it is dropped.
struct Kept {
    start: AtomicPtr<u8>,
    size: usize,
    dumps: Dumps,
}

// SAFETY: the memory is zeroed, stays where it is and has room for MAX_MEMORY; no guard pages are asked for, see `host`.
unsafe impl MemoryCreator for Dumps {
    fn new_memory(
        &self,
        _: MemoryType,
        minimum: usize,
        _: Option<usize>,
        _: Option<usize>,
        guard: usize,
    ) -> Result<Box<dyn LinearMemory>, String> {
        assert!(guard == 0 && minimum <= MAX_MEMORY, "bounds are checked by code");
        // Left to the system when the process ends: few, and only the pages that a guest touched.
        let start = AtomicPtr::new(vec![0_u8; MAX_MEMORY].leak().as_mut_ptr());
        Ok(Box::new(Kept { start, size: minimum, dumps: self.clone() }))
    }
}

// SAFETY: as above; the size never exceeds the room.
unsafe impl LinearMemory for Kept {
    fn byte_size(&self) -> usize {
        self.size
    }

    fn byte_capacity(&self) -> usize {
        MAX_MEMORY
    }

    fn grow_to(&mut self, new_size: usize) -> wasmtime::Result<()> {
        assert!(new_size <= MAX_MEMORY, "the host's limit comes first");
        self.size = new_size;
        Ok(())
    }

    fn as_ptr(&self) -> *mut u8 {
        self.start.load(Ordering::Relaxed)
    }
}

impl Drop for Kept {
    fn drop(&mut self) {
        // SAFETY: allocated above and at least that large; the instance is gone, nobody else reads or writes it.
        let bytes = unsafe { std::slice::from_raw_parts(self.as_ptr(), self.size) };
        self.dumps.0.lock().unwrap_or_else(PoisonError::into_inner).push(bytes.to_vec());
    }
}

/// The reference host, whose instances leave their memory behind.
fn host() -> (Arc<Host>, Dumps) {
    let dumps = Dumps::default();
    let mut config = Config::new();
    config
        .with_host_memory(Arc::new(dumps.clone()))
        // Images are mapped, which only memory of wasmtime's own can be.
        .memory_init_cow(false)
        .memory_reservation(0)
        .memory_guard_size(0)
        .memory_reservation_for_growth(0)
        .epoch_interruption(true)
        .concurrency_support(false);
    let engine = Engine::new(&config).expect("a configuration");
    (Arc::new(Host::in_engine(engine, COMPONENT).expect("the component loads")), dumps)
}

fn holds(memory: &[u8], text: &str) -> bool {
    memory.windows(text.len()).any(|window| window == text.as_bytes())
}

/// Which of the texts each memory holds.
fn found<'t>(memories: &[Vec<u8>], texts: &[&'t str]) -> Vec<Vec<&'t str>> {
    let found = |memory: &Vec<u8>| texts.iter().copied().filter(|text| holds(memory, text)).collect();
    memories.iter().map(found).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn the_instance_that_runs_a_chat_holds_no_secret_of_the_connection() {
    let (simulator, folder) = (simulator().await, Folder::new());
    connected(&simulator, &folder).await;
    simulator.org().expire_sessions();
    let (host, dumps) = host();
    let connections: Connections<FileStore> = Connections::new(host, folder.store(), http(&simulator.url()));
    let ran = outcome(connections.run(NAME, SUPPORT, &variables(VISITOR)).await);
    assert_eq!(ran.status, Status::Done);
    // The run that was refused, the renewal, and the run that was not.
    let texts = [&SECRETS[..], &[VISITOR]].concat();
    let chat = vec![VISITOR];
    assert_eq!(found(&dumps.take(), &texts), [chat.clone(), SECRETS.to_vec(), chat]);
}

/// Proves the search above: a token that an instance is given is found in it.
#[tokio::test(flavor = "multi_thread")]
async fn without_the_placeholder_the_access_token_is_in_memory_but_no_other_secret() {
    let simulator = simulator().await;
    let access_token = simulator.org().access_token().to_owned();
    let (host, dumps) = host();
    let session = Session { instance_url: format!("https://{DOMAIN}"), access_token };
    let way_out = Egress::Domain { domain: DOMAIN.to_owned(), client: http(&simulator.url()) };
    let ran = host.run(way_out, &session, SUPPORT, &variables(VISITOR)).await;
    assert_eq!(ran.expect("no trap").expect("good input").status, Status::Done);
    let texts = [&SECRETS[..], &[VISITOR]].concat();
    assert_eq!(found(&dumps.take(), &texts), [[ACCESS_TOKEN, VISITOR]]);
}

#[tokio::test(flavor = "multi_thread")]
async fn previews_and_preparations_hold_no_secret_either() {
    let (simulator, folder) = (simulator().await, Folder::new());
    connected(&simulator, &folder).await;
    let (host, dumps) = host();
    let connections = Connections::new(Arc::clone(&host), folder.store(), http(&simulator.url()));
    let (module, variables) = (&host, variables(VISITOR));
    let variables = variables.as_str();
    let preview = |egress, session| async move { module.preview(egress, &session, SUPPORT, variables).await };
    assert!(connections.call(NAME, preview).await.expect("a connection").is_ok());
    let prepare = |egress, session| async move { module.prepare(egress, &session, SUPPORT).await };
    assert!(connections.call(NAME, prepare).await.expect("a connection").is_ok());
    let texts = [&SECRETS[..], &[VISITOR]].concat();
    assert_eq!(found(&dumps.take(), &texts), [vec![VISITOR], vec![]]);
}

/// Each call of `oauth` has an instance of its own: one that begins a log-in never holds what another one is given.
#[tokio::test(flavor = "multi_thread")]
async fn each_call_has_a_memory_of_its_own() {
    let simulator = simulator().await;
    let (host, dumps) = host();
    let begun = host.authorize(&client(), CALLBACK).await.expect("no trap").expect("a client");
    let callback = simulator.org().approve(&begun.url).expect("a code");
    let tokens = host.exchange(egress(&simulator.url()), &client(), CALLBACK, &begun, &callback).await;
    let grant = tokens.expect("no trap").expect("tokens").grant.expect("a grant");
    let revoked = host.revoke(egress(&simulator.url()), DOMAIN, &grant.refresh_token).await;
    revoked.expect("no trap").expect("a token that the org takes back");
    let ran = host.plan(SUPPORT, &variables(VISITOR)).await.expect("no trap");
    assert!(ran.is_ok());
    let texts = [&SECRETS[..], &[VISITOR]].concat();
    let expected = [vec![CLIENT_SECRET], SECRETS.to_vec(), vec![REFRESH_TOKEN], vec![VISITOR]];
    assert_eq!(found(&dumps.take(), &texts), expected);
}
