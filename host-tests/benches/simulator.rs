//! The simulator with many records: what a create and a look-up take, by key, by an indexed field, and over all records.
//!
//! `RECORDS=1000000 cargo bench -p host-tests --no-default-features --bench simulator`; without it there are 100,000. The memory of the
//! process with all records is printed first, where the system tells it.

use std::sync::{Mutex, OnceLock};

use divan::Bencher;
use host_tests::simulator::{Org, Request, Response};
use jiff::Timestamp;

/// Records of one collection.
const AT_ONCE: usize = 200;

fn main() {
    let org = org();
    println!("{} contacts, {} resident", count(), resident().unwrap_or_else(|| "unknown memory".to_owned()));
    // The first look-up by a field builds its index.
    for soql in [BY_FIELD, BY_KEY] {
        drop(query(&mut org.lock().expect("the org"), soql));
    }
    println!("with two indexes {}", resident().unwrap_or_else(|| "unknown memory".to_owned()));
    divan::main();
}

const BY_KEY: &str = "SELECT Id FROM Contact WHERE Customer_No__c = 'K-77'";
const BY_FIELD: &str = "SELECT Id FROM Contact WHERE Title = 'T-77' AND LastName = 'Berg'";
const BY_ALL: &str = "SELECT Id FROM Contact WHERE Title LIKE 'T-77'";

#[divan::bench]
fn upsert_by_a_unique_key(bencher: Bencher) {
    bencher.bench(|| {
        let mut org = org().lock().expect("the org");
        let path = "/services/data/v62.0/sobjects/Contact/Customer_No__c/K-77";
        assert_eq!(send(&mut org, "PATCH", path, None, r#"{"Title": "T-77"}"#.into()).status, 200);
    });
}

#[divan::bench]
fn query_by_a_unique_key(bencher: Bencher) {
    bencher.bench(|| query(&mut org().lock().expect("the org"), BY_KEY));
}

#[divan::bench]
fn query_by_any_field(bencher: Bencher) {
    bencher.bench(|| query(&mut org().lock().expect("the org"), BY_FIELD));
}

#[divan::bench(sample_count = 10, sample_size = 1)]
fn query_over_all_records(bencher: Bencher) {
    bencher.bench(|| query(&mut org().lock().expect("the org"), BY_ALL));
}

fn query(org: &mut Org, soql: &str) -> Response {
    let encoded: String = soql.bytes().map(|byte| format!("%{byte:02X}")).collect();
    let response = send(org, "GET", "/services/data/v62.0/query", Some(format!("q={encoded}")), Vec::new());
    assert_eq!((response.status, &response.json()["totalSize"]), (200, &1.into()));
    response
}

fn count() -> usize {
    std::env::var("RECORDS").ok().and_then(|text| text.parse().ok()).unwrap_or(100_000)
}

/// Contacts that differ in their key and their title.
fn org() -> &'static Mutex<Org> {
    static ORG: OnceLock<Mutex<Org>> = OnceLock::new();
    ORG.get_or_init(|| {
        let mut org = Org::new();
        let numbers: Vec<usize> = (0..count()).collect();
        for numbers in numbers.chunks(AT_ONCE) {
            let records: Vec<String> = numbers
                .iter()
                .map(|n| {
                    format!(r#"{{"attributes":{{"type":"Contact"}},"LastName":"Berg","Customer_No__c":"K-{n}","Title":"T-{n}"}}"#)
                })
                .collect();
            let body = format!(r#"{{"records":[{}]}}"#, records.join(","));
            let response = send(&mut org, "POST", "/services/data/v62.0/composite/sobjects", None, body.into_bytes());
            assert_eq!(response.json()[0]["success"], true);
            // What came in is no part of the records.
            org.forget_log();
        }
        Mutex::new(org)
    })
}

fn send(org: &mut Org, method: &str, path: &str, query: Option<String>, body: Vec<u8>) -> Response {
    let headers = vec![
        ("authorization".to_owned(), format!("Bearer {}", org.access_token())),
        ("content-type".to_owned(), "application/json".to_owned()),
    ];
    let request = Request { method: method.to_owned(), path: path.to_owned(), query, headers, body };
    org.handle(&request, Timestamp::UNIX_EPOCH)
}

/// The resident memory of this process, as Linux tells it.
fn resident() -> Option<String> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    status.lines().find_map(|line| line.strip_prefix("VmRSS:")).map(|value| value.trim().to_owned())
}
