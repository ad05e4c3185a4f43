//! An org, a folder and a connection between them.

use std::collections::BTreeMap;
use std::fs;

use std::path::PathBuf;
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, OnceLock};

use host_tests::COMPONENT;
use host_tests::connections::{Connection, ConnectionError, Connections, FileStore, Store};
use host_tests::host::{
    Authorization, Client, Egress, Finding, Host, HttpClient, OauthAdvice, OauthError, Outcome, Tokens,
};
use host_tests::simulator::{Org, Simulator};
use serde_json::json;

pub const DOMAIN: &str = "example.my.salesforce.com";
pub const NAME: &str = "crm";
pub const CALLBACK: &str = "http://localhost:1717/callback";
/// A Contact found or created by its e-mail, and a Case linked to it whose number is read back.
pub const SUPPORT: &str = include_str!("../../../examples/support.json");

/// Compiled once: a host is meant to be shared, and compiling takes most of a second.
pub fn host() -> Arc<Host> {
    static HOST: OnceLock<Arc<Host>> = OnceLock::new();
    Arc::clone(HOST.get_or_init(|| Arc::new(Host::new(COMPONENT).expect("the component loads"))))
}

/// A folder of one test, gone with the value.
pub struct Folder(pub PathBuf);

impl Folder {
    /// A path at which nothing is yet.
    pub fn new() -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let number = COUNT.fetch_add(1, Ordering::Relaxed);
        Self(std::env::temp_dir().join(format!("connections-{}-{number}", std::process::id())))
    }

    pub fn store(&self) -> FileStore {
        FileStore::open(&self.0).expect("a folder for connections")
    }

    pub fn file(&self) -> PathBuf {
        self.0.join(format!("{NAME}.json"))
    }

    /// What is stored, to the byte; `None` if nothing is.
    pub fn stored(&self) -> Option<Vec<u8>> {
        fs::read(self.file()).ok()
    }

    pub fn text(&self) -> String {
        self.0.display().to_string()
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        // What is left in the way of a clean folder is not what the test is about.
        drop(fs::remove_dir_all(&self.0));
    }
}

/// An org whose token answers name the deployment domain.
pub async fn simulator() -> Simulator {
    let mut org = Org::new();
    org.settings.instance_url = format!("https://{DOMAIN}");
    Simulator::start(org, 0).await.expect("a free port")
}

pub fn http(url: &str) -> HttpClient {
    HttpClient::new().expect("certificates of the system").routed_to(url).expect("an address")
}

/// The way of the interface `oauth` to the deployment domain.
pub fn egress(url: &str) -> Egress {
    Egress::Domain { domain: DOMAIN.to_owned(), client: http(url) }
}

/// The simulator's one app.
pub fn client() -> Client {
    let org = Org::new();
    Client {
        deployment_domain: DOMAIN.to_owned(),
        client_id: org.client_id().to_owned(),
        client_secret: Some(org.client_secret().to_owned()),
    }
}

/// A person logs in and allows the access.
pub async fn log_in(simulator: &Simulator) -> Tokens {
    let begun = host().authorize(&client(), CALLBACK).await.expect("no trap").expect("a client");
    let callback = simulator.org().approve(&begun.url).expect("an app and a callback that the org knows");
    let tokens = host().exchange(egress(&simulator.url()), &client(), CALLBACK, &begun, &callback).await;
    tokens.expect("no trap").expect("tokens")
}

pub async fn begin(client: &Client) -> Authorization {
    host().authorize(client, CALLBACK).await.expect("no trap").expect("a client")
}

pub async fn end(url: &str, client: &Client, begun: &Authorization, callback: &str) -> Result<Tokens, OauthError> {
    host().exchange(egress(url), client, CALLBACK, begun, callback).await.expect("no trap")
}

/// Who must act and the code; every error says what happened and what to do.
#[track_caller]
pub fn why(answer: Result<Tokens, OauthError>) -> (OauthAdvice, String) {
    let error = answer.expect_err("no tokens");
    assert!(!error.message.is_empty() && !error.remedy.is_empty(), "{error:?}");
    assert!(!format!("{error:?}").to_lowercase().contains("canary"), "{error:?}");
    (error.advice, error.code)
}

pub fn because(who: OauthAdvice, code: &str) -> (OauthAdvice, String) {
    (who, code.to_owned())
}

/// A store in files where something happens before a connection is saved, or before its lock is waited for.
pub struct Hooked<S, L> {
    pub store: FileStore,
    pub before_save: S,
    pub before_lock: L,
}

impl<S, L> Store for Hooked<S, L>
where
    S: Fn() -> anyhow::Result<()> + Send + Sync + 'static,
    L: Fn() + Send + Sync + 'static,
{
    type Lock = fs::File;

    fn load(&self, name: &str) -> anyhow::Result<Option<Connection>> {
        self.store.load(name)
    }

    fn save(&self, name: &str, connection: &Connection) -> anyhow::Result<()> {
        (self.before_save)()?;
        self.store.save(name, connection)
    }

    fn remove(&self, name: &str) -> anyhow::Result<bool> {
        self.store.remove(name)
    }

    fn names(&self) -> anyhow::Result<Vec<String>> {
        self.store.names()
    }

    fn lock(&self, name: &str) -> anyhow::Result<fs::File> {
        (self.before_lock)();
        self.store.lock(name)
    }
}

/// As `chat-host authorize` stores it.
pub fn save(store: &impl Store, tokens: Tokens) {
    store.save(NAME, &Connection::new(client(), tokens)).expect("a folder that can be written to");
}

/// A stored connection to the org, just made.
pub async fn connected(simulator: &Simulator, folder: &Folder) -> Connections<FileStore> {
    save(&folder.store(), log_in(simulator).await);
    open(&simulator.url(), folder)
}

/// The connections in a folder as they are, as after a new start.
pub fn open(url: &str, folder: &Folder) -> Connections<FileStore> {
    Connections::new(host(), folder.store(), http(url))
}

/// What a visitor said; `who` makes it another one.
pub fn variables(who: &str) -> String {
    json!({
        "customer_email": format!("{who}@example.com"),
        "customer_lastname": "Berg",
        "request_topic": "Repair",
        "request_product": "Cage",
        "request_description": "It is open.",
    })
    .to_string()
}

pub type Ran = Result<Result<Outcome, Vec<Finding>>, ConnectionError>;

pub async fn run(connections: &Connections<FileStore>, who: &str) -> Ran {
    connections.run(NAME, SUPPORT, &variables(who)).await
}

pub fn outcome(ran: Ran) -> Outcome {
    ran.unwrap_or_else(|error| panic!("{error:#}")).expect("good settings and variables")
}

/// Why the org gave no token.
pub fn refused<T>(answer: Result<T, ConnectionError>) -> OauthError {
    match answer {
        Err(ConnectionError::Refused(error)) => error,
        Err(error) => panic!("{error:#}"),
        Ok(_) => panic!("tokens, where none should be"),
    }
}

/// How many records there are with each e-mail address, and how many Cases.
pub fn records(simulator: &Simulator) -> (BTreeMap<String, usize>, usize) {
    let org = simulator.org();
    let mut contacts = BTreeMap::new();
    for contact in org.records("Contact") {
        *contacts.entry(contact["Email"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    (contacts, org.records("Case").len())
}

/// Requests for records, those for tokens left out: their answers' statuses.
pub fn statuses(simulator: &Simulator) -> Vec<u16> {
    let org = simulator.org();
    let calls = org.log().iter().filter(|exchange| exchange.path.contains("/composite"));
    calls.map(|exchange| exchange.status).collect()
}
