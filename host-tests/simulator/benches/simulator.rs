//! The simulator with many records: the memory that they take, 200 requests at once, and what a create and a look-up take: by id, by
//! key, by an indexed field, and over all records.
//!
//! `RECORDS=1000000 cargo bench -p salesforce-simulator`; without it there are 100,000. The memory of the
//! process with all records is printed first, where the system tells it.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::{Barrier, Mutex, MutexGuard, OnceLock};
use std::time::{Duration, Instant};

use divan::Bencher;
use jiff::Timestamp;
use salesforce_simulator::{Org, Request, Response, Simulator};

/// Records of one collection.
const AT_ONCE: usize = 200;
const BASE: &str = "/services/data/v62.0";

fn main() {
    drop(org());
    println!("{} contacts: {}", count(), resident());
    // The first look-up by a field builds its index.
    for (what, soql) in [("key", BY_KEY), ("field", BY_FIELD)] {
        let began = Instant::now();
        drop(query(&mut org(), soql));
        println!("first look-up by a {what}: {:?}", began.elapsed());
    }
    println!("with two indexes: {}", resident());
    many_at_once();
    divan::main();
}

const BY_KEY: &str = "SELECT Id FROM Contact WHERE Customer_No__c = 'K-77'";
const BY_FIELD: &str = "SELECT Id FROM Contact WHERE Title = 'T-77' AND LastName = 'Berg'";
const BY_ALL: &str = "SELECT Id FROM Contact WHERE Title LIKE 'T-77'";

#[divan::bench]
fn upsert_by_a_unique_key(bencher: Bencher) {
    bencher.bench(|| {
        let path = format!("{BASE}/sobjects/Contact/Customer_No__c/K-77");
        assert_eq!(send(&mut org(), "PATCH", &path, None, r#"{"Title": "T-77"}"#.into()).status, 200);
    });
}

#[divan::bench]
fn query_by_id(bencher: Bencher) {
    let found = query(&mut org(), BY_KEY).json();
    let soql =
        format!("SELECT LastName FROM Contact WHERE Id = '{}'", found["records"][0]["Id"].as_str().expect("an id"));
    bencher.bench(|| query(&mut org(), &soql));
}

#[divan::bench]
fn query_by_a_unique_key(bencher: Bencher) {
    bencher.bench(|| query(&mut org(), BY_KEY));
}

#[divan::bench]
fn query_by_any_field(bencher: Bencher) {
    bencher.bench(|| query(&mut org(), BY_FIELD));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn query_over_all_records(bencher: Bencher) {
    bencher.bench(|| query(&mut org(), BY_ALL));
}

fn query(org: &mut Org, soql: &str) -> Response {
    let response = send(org, "GET", &format!("{BASE}/query"), Some(encoded(soql)), Vec::new());
    assert_eq!((response.status, &response.json()["totalSize"]), (200, &1.into()));
    response
}

fn encoded(soql: &str) -> String {
    let encoded: String = soql.bytes().map(|byte| format!("%{byte:02X}")).collect();
    format!("q={encoded}")
}

fn count() -> usize {
    std::env::var("RECORDS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

/// The org with its contacts, which differ in their key, their title, and their address.
fn org() -> MutexGuard<'static, Org> {
    static ORG: OnceLock<Mutex<Org>> = OnceLock::new();
    let org = ORG.get_or_init(|| {
        let mut org = Org::new();
        load(&mut org, count());
        Mutex::new(org)
    });
    org.lock().expect("the org")
}

fn load(org: &mut Org, count: usize) {
    let numbers: Vec<usize> = (0..count).collect();
    for numbers in numbers.chunks(AT_ONCE) {
        let records: Vec<String> = numbers.iter().map(|number| contact(*number)).collect();
        let body = format!(r#"{{"records":[{}]}}"#, records.join(","));
        let response = send(org, "POST", &format!("{BASE}/composite/sobjects"), None, body.into_bytes());
        let results = response.json();
        let refused = results.as_array().expect("results").iter().find(|result| result["success"] != true);
        assert_eq!(refused, None);
        // What came in is no part of the records.
        org.forget_log();
    }
}

fn contact(n: usize) -> String {
    format!(
        r#"{{"attributes":{{"type":"Contact"}},"FirstName":"Anna","LastName":"Berg","Customer_No__c":"K-{n}","Title":"T-{n}","Email":"anna.berg.{n}@example.com","Phone":"+49 30 {n:07}","MailingStreet":"Long Street {n}","MailingCity":"Berlin","MailingCountry":"Germany"}}"#
    )
}

/// As many clients as requests, which begin together: half of them write, and none may be refused or lost.
fn many_at_once() {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().expect("a runtime");
    let mut served = Org::new();
    load(&mut served, 1_000);
    let token = served.access_token().to_owned();
    let simulator = runtime.block_on(Simulator::start(served, 0)).expect("a simulator");
    let (address, all) = (simulator.url().replace("http://", ""), Barrier::new(AT_ONCE));
    let query = encoded(BY_KEY);
    let mut took: Vec<Duration> = std::thread::scope(|scope| {
        let clients: Vec<_> = (0..AT_ONCE)
            .map(|n| {
                let (address, token, query, all) = (&address, &token, &query, &all);
                scope.spawn(move || {
                    let body = r#"{"LastName":"Many"}"#;
                    let (line, status) = match n % 2 {
                        0 => (format!("POST {BASE}/sobjects/Contact"), "201"),
                        _ => (format!("GET {BASE}/query?{query}"), "200"),
                    };
                    let body = if n % 2 == 0 { body } else { "" };
                    let head =
                        format!("Authorization: Bearer {token}\r\nContent-Type: application/json\r\nConnection: close");
                    let request =
                        format!("{line} HTTP/1.1\r\nHost: x\r\n{head}\r\nContent-Length: {}\r\n\r\n{body}", body.len());
                    all.wait();
                    let began = Instant::now();
                    let mut stream = TcpStream::connect(address).expect("a connection");
                    stream.write_all(request.as_bytes()).expect("a request");
                    let mut answer = String::new();
                    stream.read_to_string(&mut answer).expect("an answer");
                    assert_eq!(answer.split(' ').nth(1), Some(status), "{answer}");
                    began.elapsed()
                })
            })
            .collect();
        clients.into_iter().map(|client| client.join().expect("a client")).collect()
    });
    took.sort();
    println!("{AT_ONCE} requests at once: the fastest took {:?}, the slowest {:?}", took[0], took[AT_ONCE - 1]);
    let written = simulator.org().records("Contact").len();
    assert_eq!(written, 1_000 + AT_ONCE / 2);
    runtime.block_on(simulator.stop());
}

fn send(org: &mut Org, method: &str, path: &str, query: Option<String>, body: Vec<u8>) -> Response {
    let headers = vec![
        ("authorization".to_owned(), format!("Bearer {}", org.access_token())),
        ("content-type".to_owned(), "application/json".to_owned()),
    ];
    let request = Request { method: method.to_owned(), path: path.to_owned(), query, headers, body };
    org.handle(&request, Timestamp::UNIX_EPOCH)
}

/// The memory of this process, now and at its most, as Linux tells it.
fn resident() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = |name: &str| status.lines().find_map(|line| line.strip_prefix(name)).map(str::trim).unwrap_or("unknown");
    format!("{} resident, {} at most", line("VmRSS:"), line("VmHWM:"))
}
