//! Every rule, driven through [`Org::handle`].
#![allow(clippy::unwrap_used, clippy::indexing_slicing)]

mod access;
mod activity;
mod address;
mod auth;
mod bulk;
mod bulk_query;
mod campaign;
mod clients;
mod collections;
mod composite;
mod consent;
mod content;
mod conversion;
mod describe;
mod duplicates;
mod flow;
mod graph;
mod groups;
mod keys;
mod knowledge;
mod late;
mod literals;
mod named;
mod nested;
mod oauth;
mod opportunity;
mod person;
mod published;
mod query;
mod resources;
mod rows;
mod rules;
mod seeds;
mod server;
mod setup;
mod tree;
mod types;
mod values;

use jiff::Timestamp;
use serde_json::Value;

use super::{Org, Request, Response};

const BASE: &str = "/services/data/v60.0";

/// An org with a clock that moves a second per request.
struct Bench {
    org: Org,
    now: Timestamp,
    headers: Vec<(String, String)>,
}

impl Bench {
    fn new() -> Bench {
        Bench { org: Org::new(), now: "2026-11-22T10:00:00Z".parse().unwrap(), headers: Vec::new() }
    }

    /// Sends a header with the next request only.
    fn with(mut self, name: &str, value: &str) -> Bench {
        self.headers.push((name.into(), value.into()));
        self
    }

    fn header(&mut self, name: &str, value: &str) -> &mut Bench {
        self.headers.push((name.into(), value.into()));
        self
    }

    /// `target` is relative to the versioned base, unless it starts with `/services`.
    fn send(&mut self, method: &str, target: &str, body: Option<Value>) -> Response {
        if body.is_some() && !self.headers.iter().any(|(name, _)| name == "content-type") {
            self.header("content-type", "application/json");
        }
        let body = body.map(|body| body.to_string().into_bytes()).unwrap_or_default();
        let request = self.request(method, target, body);
        self.org.handle(&request, self.now)
    }

    /// The next request, a second after the one before.
    fn request(&mut self, method: &str, target: &str, body: Vec<u8>) -> Request {
        let target = if target.starts_with("/services") { target.to_owned() } else { format!("{BASE}{target}") };
        let (path, query) = target.split_once('?').map_or((target.as_str(), None), |(path, query)| (path, Some(query)));
        let mut headers = std::mem::take(&mut self.headers);
        if !headers.iter().any(|(name, _)| name == "authorization") {
            headers.push(("authorization".into(), format!("Bearer {}", self.org.access_token())));
        }
        self.now += jiff::SignedDuration::from_secs(1);
        Request { method: method.into(), path: path.into(), query: query.map(Into::into), headers, body }
    }

    fn get(&mut self, target: &str) -> Response {
        self.send("GET", target, None)
    }

    fn post(&mut self, target: &str, body: Value) -> Response {
        self.send("POST", target, Some(body))
    }

    fn patch(&mut self, target: &str, body: Value) -> Response {
        self.send("PATCH", target, Some(body))
    }

    /// Sends a body that is no JSON.
    fn send_as(&mut self, media_type: &str, method: &str, target: &str, body: &str) -> Response {
        self.header("content-type", media_type);
        let request = self.request(method, target, body.as_bytes().to_vec());
        self.org.handle(&request, self.now)
    }

    /// Creates a record that must be accepted, and gives its id.
    fn create(&mut self, sobject: &str, body: Value) -> String {
        let response = self.post(&format!("/sobjects/{sobject}"), body);
        assert_eq!(response.status, 201, "{}", response.json());
        response.json()["id"].as_str().unwrap().to_owned()
    }

    fn query(&mut self, soql: &str) -> Response {
        self.get(&format!("/query?q={}", super::http::uri::encode(soql)))
    }

    /// The first column of every row that a query finds.
    fn column(&mut self, soql: &str, column: &str) -> Vec<Value> {
        let response = self.query(soql);
        assert_eq!(response.status, 200, "{}", response.json());
        response.json()["records"].as_array().unwrap().iter().map(|record| record[column].clone()).collect()
    }
}

/// Status, errorCode and message of an error answer.
fn error(response: &Response) -> (u16, String, String) {
    let body = response.json();
    let text = |name: &str| body[0][name].as_str().unwrap_or_default().to_owned();
    (response.status, text("errorCode"), text("message"))
}

#[track_caller]
fn refused(response: &Response, status: u16, code: &str) {
    let (got_status, got_code, message) = error(response);
    assert_eq!((got_status, got_code.as_str()), (status, code), "{message}");
}
