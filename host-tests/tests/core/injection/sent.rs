//! A run whose requests are read: natively, in an org without records that takes every write.

use host_tests::simulator::reading;
use salesforce_module::module::{Session, start};
use salesforce_module::report::{Outcome, RunKind};
use salesforce_module::wire::{Request, Response, TransportError};
use serde_json::{Map, Value, json};

use crate::common::settings::DOMAIN;
use crate::form;

/// What one run sent.
pub struct Sent {
    pub requests: Vec<Value>,
    pub outcome: Outcome,
}

/// Runs; every request has the one request line that there is.
pub fn run(settings: &str, variables: &Value) -> Sent {
    run_text(settings, &variables.to_string())
}

pub fn run_text(settings: &str, variables: &str) -> Sent {
    let instance_url = format!("https://{DOMAIN}");
    let session = Session { instance_url: &instance_url, access_token: "token" };
    let (run, domain) = start(&session, settings, variables, RunKind::Write).expect("good input");
    assert_eq!(domain.as_str(), DOMAIN);
    let mut requests = Vec::new();
    let mut transport = |request: &Request| -> Result<Response, TransportError> {
        assert_eq!((request.method, &*request.path), ("POST", "/services/data/v62.0/composite"));
        let body: Value = serde_json::from_str(&request.body).expect("one JSON document");
        let answer = answers(&body).to_string().into_bytes();
        requests.push(body);
        let mut response = Response::default();
        (response.status, response.body) = (200, answer);
        Ok(response)
    };
    let outcome = run.drive(&mut transport).into_outcome().records().expect("a mode with records");
    Sent { requests, outcome }
}

fn answers(request: &Value) -> Value {
    let answer = |part: &Value| {
        let url = part["url"].as_str().expect("a URL");
        let (status, body) = match part["method"].as_str() {
            Some("GET") if url.contains("/query?q=") => (200, json!({ "totalSize": 0, "done": true, "records": [] })),
            Some("GET") => (200, json!({})),
            _ => (201, json!({ "id": "003000000000001AAA", "success": true, "created": true, "errors": [] })),
        };
        json!({ "body": body, "httpHeaders": {}, "httpStatusCode": status, "referenceId": part["referenceId"] })
    };
    let parts = request["compositeRequest"].as_array().expect("subrequests");
    json!({ "compositeResponse": parts.iter().map(answer).collect::<Vec<_>>() })
}

impl Sent {
    pub fn parts(&self) -> impl Iterator<Item = &Value> {
        self.requests.iter().flat_map(|request| request["compositeRequest"].as_array().expect("subrequests"))
    }

    /// The codes of what was refused.
    pub fn errors(&self) -> Vec<&str> {
        self.outcome
            .records
            .iter()
            .filter_map(|record| record.error.as_ref())
            .map(|error| error.code.as_str())
            .collect()
    }

    /// What the queries look for, in their order.
    pub fn looked_for(&self) -> Vec<String> {
        self.queries()
            .iter()
            .flat_map(|query| reading::texts(query).unwrap_or_else(|error| panic!("{error}: {query}")))
            .collect()
    }

    fn queries(&self) -> Vec<String> {
        let urls = self.parts().filter_map(|part| part["url"].as_str()?.split_once("/query?q="));
        urls.map(|(_, query)| form::decode(query).expect("percent-encoding")).collect()
    }

    /// The last segment of the path of each upsert.
    pub fn upserted(&self) -> Vec<String> {
        let upserts = self.parts().filter(|part| part["method"] == "PATCH").map(|part| {
            let url = part["url"].as_str().expect("a URL");
            let mut path = reading::path(url).unwrap_or_else(|| panic!("no path: {url}"));
            assert_eq!(path.len(), 4, "{url}");
            path.pop().expect("a segment")
        });
        upserts.collect()
    }

    /// The values of a field, wherever it is written.
    pub fn written(&self, pointer: &str) -> Vec<&Value> {
        self.parts().filter(|part| part["method"] != "GET").filter_map(|part| part["body"].pointer(pointer)).collect()
    }

    /// How often Salesforce would put something else in the place of what was sent.
    pub fn references(&self) -> usize {
        self.requests.iter().map(|request| request.to_string().matches("@{").count()).sum()
    }

    /// All that does not come from a visitor: methods, paths, headers, names, and the queries around their texts.
    pub fn around(&self) -> Vec<Value> {
        let mut queries = self.queries().into_iter();
        let part = |part: &Value| {
            let url = part["url"].as_str().expect("a URL");
            let path = match (url.split_once("/query?q="), part["method"].as_str()) {
                (Some((before, _)), _) => format!("{before}: {}", without_texts(&queries.next().expect("a query"))),
                (None, Some("PATCH")) => url.rsplit_once('/').expect("a path").0.to_owned(),
                _ => url.to_owned(),
            };
            let members: Vec<&String> = part.as_object().expect("an object").keys().collect();
            let names = shape(&part["body"]);
            json!([part["method"], path, part["referenceId"], part["httpHeaders"], members, names])
        };
        self.parts().map(part).collect()
    }
}

/// The query with `?` for each text; its own quotes are told from those in texts by their backslashes.
fn without_texts(query: &str) -> String {
    let (mut around, mut inside, mut characters) = (String::new(), false, query.chars());
    while let Some(character) = characters.next() {
        match character {
            '\\' if inside => drop(characters.next()),
            '\'' => {
                inside = !inside;
                around.push('?');
            }
            _ if inside => {}
            other => around.push(other),
        }
    }
    around
}

/// Names without values, at any depth.
fn shape(value: &Value) -> Value {
    match value {
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), shape(value))).collect::<Map<_, _>>().into()
        }
        _ => Value::Null,
    }
}
