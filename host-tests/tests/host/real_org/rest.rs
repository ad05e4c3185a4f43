//! Salesforce's REST API without the module: to set a scenario up, to see what became of it, and to delete.

use std::time::Duration;

use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use hyper_rustls::{HttpsConnector, HttpsConnectorBuilder};
use hyper_util::client::legacy::Client;
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioExecutor;
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Value, json};

use crate::real_org::Target;

const BASE: &str = "/services/data/v62.0";
const TIMEOUT: Duration = Duration::from_secs(30);

/// A session of its own.
#[derive(Clone)]
pub struct Rest {
    client: Client<HttpsConnector<HttpConnector>, Full<bytes::Bytes>>,
    origin: String,
    domain: String,
    access_token: String,
}

impl Rest {
    pub fn new(target: &Target) -> Self {
        let connector = HttpsConnectorBuilder::new()
            .with_native_roots()
            .expect("certificates of the system")
            .https_or_http()
            .enable_http1()
            .build();
        let origin = target.route.clone().unwrap_or_else(|| format!("https://{}", target.domain));
        Self {
            client: Client::builder(TokioExecutor::new()).build(connector),
            origin: origin.trim_end_matches('/').to_owned(),
            domain: target.domain.clone(),
            access_token: target.access_token.clone(),
        }
    }

    /// The body of a success. Errors name the code only: a message may repeat values.
    pub async fn call(&self, method: Method, path: &str, body: Option<Value>) -> Result<Value, String> {
        let what = format!("{method} {}", path.split('?').next().unwrap_or_default());
        let request = Request::builder()
            .method(method)
            .uri(format!("{}{BASE}{path}", self.origin))
            .header("Host", &self.domain)
            .header("Authorization", format!("Bearer {}", self.access_token))
            .header("Content-Type", "application/json")
            // Several records alike are what a scenario is about, and duplicate rules of the org are not.
            .header("Sforce-Duplicate-Rule-Header", "allowSave=true")
            .body(Full::from(body.map(|body| body.to_string()).unwrap_or_default()))
            .map_err(|error| format!("{what}: {error}"))?;
        let sent = tokio::time::timeout(TIMEOUT, self.client.request(request)).await;
        let response = sent.map_err(|_| format!("{what}: no answer"))?.map_err(|error| format!("{what}: {error}"))?;
        let status = response.status();
        let body = response.into_body().collect().await.map_err(|error| format!("{what}: {error}"))?.to_bytes();
        let body: Value = serde_json::from_slice(&body).unwrap_or_default();
        if status.is_success() { Ok(body) } else { Err(format!("{what}: {status} {}", body[0]["errorCode"])) }
    }

    /// The rows of a query.
    pub async fn query(&self, soql: &str) -> Result<Vec<Value>, String> {
        let path = format!("/query?q={}", utf8_percent_encode(soql, NON_ALPHANUMERIC));
        let answer = self.call(Method::GET, &path, None).await?;
        answer["records"].as_array().cloned().ok_or_else(|| "the answer to a query has no records".to_owned())
    }

    /// The one row of a query.
    pub async fn row(&self, soql: &str) -> Value {
        let rows = self.query(soql).await.expect("an answer");
        let [row] = rows.as_slice() else { panic!("one row, not {}: {soql}", rows.len()) };
        row.clone()
    }

    /// Creates a record and gives its id.
    pub async fn create(&self, sobject: &str, fields: Value) -> String {
        let path = format!("/sobjects/{sobject}");
        let created = self.call(Method::POST, &path, Some(fields)).await.expect("a new record");
        created["id"].as_str().expect("an id").to_owned()
    }

    pub async fn delete(&self, sobject: &str, id: &str) -> Result<(), String> {
        self.call(Method::DELETE, &format!("/sobjects/{sobject}/{id}"), None).await.map(drop)
    }
}

/// A text in a query.
pub fn quoted(text: &str) -> String {
    // What a run makes up holds nothing that would have to be escaped.
    assert!(!text.contains(['\'', '\\']), "a text with quotes");
    format!("'{text}'")
}

/// A mapping of the module's settings.
pub fn mapping(source: Value, object: &str, field: &str, key: bool) -> Value {
    json!({ "source": source, "object": object, "field": field, "useToFindExisting": key })
}
