//! The simulator as somebody's own org: described, set up and filled by files.

mod control;
mod described;
mod documents;
mod org_file;
mod prepared;
mod real;
mod scenarios;

use std::fs;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};

use host_tests::simulator::{Files, Org, Request, Response};
use jiff::Timestamp;
use serde_json::Value;

const BASE: &str = "/services/data/v62.0";

/// A folder that goes when the test does.
struct Folder(PathBuf);

impl Folder {
    fn new() -> Folder {
        static NEXT: AtomicUsize = AtomicUsize::new(0);
        let number = NEXT.fetch_add(1, Ordering::Relaxed);
        let path = std::env::temp_dir().join(format!("simulated-org-{}-{number}", std::process::id()));
        fs::create_dir_all(&path).expect("a folder");
        Folder(path)
    }

    fn with(self, name: &str, text: &str) -> Folder {
        fs::write(self.0.join(name), text).expect("a file");
        self
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        drop(fs::remove_dir_all(&self.0));
    }
}

fn now() -> Timestamp {
    "2026-11-22T10:00:00Z".parse().expect("a time")
}

/// A client of an org.
struct Client {
    org: Org,
    now: Timestamp,
}

impl Client {
    fn new(org: Org) -> Client {
        Client { org, now: now() }
    }

    /// Of an org that these describes make.
    fn described(documents: &[Value]) -> Client {
        let files =
            documents.iter().enumerate().map(|(index, document)| (format!("{index}.json"), document.to_string()));
        let org = Org::described(&files.collect::<Vec<_>>()).unwrap_or_else(|error| panic!("{error}"));
        Client::new(org)
    }

    /// `target` is relative to the versioned base, unless it starts with `/s`ervices or `/s`imulator.
    fn send(&mut self, method: &str, target: &str, body: Option<Value>) -> Response {
        let is_whole = target.starts_with("/services") || target.starts_with("/simulator");
        let target = if is_whole { target.to_owned() } else { format!("{BASE}{target}") };
        let (path, query) = target.split_once('?').map_or((&*target, None), |(path, query)| (path, Some(query)));
        let token = format!("Bearer {}", self.org.access_token());
        self.now += jiff::SignedDuration::from_secs(1);
        let request = Request {
            method: method.into(),
            path: path.into(),
            query: query.map(Into::into),
            headers: vec![("authorization".into(), token), ("content-type".into(), "application/json".into())],
            body: body.map(|body| body.to_string().into_bytes()).unwrap_or_default(),
        };
        self.org.handle(&request, self.now)
    }

    fn get(&mut self, target: &str) -> Value {
        let response = self.send("GET", target, None);
        assert_eq!(response.status, 200, "GET {target}: {}", response.json());
        response.json()
    }

    fn post(&mut self, sobject: &str, body: Value) -> Response {
        self.send("POST", &format!("/sobjects/{sobject}"), Some(body))
    }

    fn create(&mut self, sobject: &str, body: Value) -> String {
        let response = self.post(sobject, body);
        assert_eq!(response.status, 201, "{}", response.json());
        response.json()["id"].as_str().expect("an id").to_owned()
    }

    fn row(&mut self, sobject: &str, id: &str) -> Value {
        self.get(&format!("/sobjects/{sobject}/{id}"))
    }

    fn query(&mut self, soql: &str) -> Response {
        let encoded: String = soql.bytes().map(|byte| format!("%{byte:02X}")).collect();
        self.send("GET", &format!("/query?q={encoded}"), None)
    }
}

/// The code of a refusal.
fn code(response: &Response) -> String {
    response.json()[0]["errorCode"].as_str().unwrap_or_default().to_owned()
}

/// What starting with these files says.
fn refusal(files: &Files) -> String {
    files.org(now()).map(drop).expect_err("a refusal").to_string()
}
