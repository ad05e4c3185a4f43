//! A server that gives written answers one after the other, and keeps what it was asked.

use std::collections::VecDeque;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request, State};
use axum::response::Response;
use serde_json::{Value, json};
use tokio::net::TcpListener;
use tokio::task::JoinHandle;

/// A running server.
pub struct Script {
    url: String,
    state: Arc<Mutex<Log>>,
    server: JoinHandle<std::io::Result<()>>,
}

#[derive(Default)]
struct Log {
    answers: VecDeque<Value>,
    requests: Vec<Value>,
}

impl Script {
    /// Each answer has a `status`, and `json` or `text`; `headers` if there are any.
    pub async fn start(answers: &[Value]) -> anyhow::Result<Self> {
        let state = Arc::new(Mutex::new(Log { answers: answers.iter().cloned().collect(), requests: Vec::new() }));
        let listener = TcpListener::bind("127.0.0.1:0").await.context("no free port")?;
        let url = format!("http://{}", listener.local_addr()?);
        let app = Router::new().fallback(answer).with_state(Arc::clone(&state));
        Ok(Self { url, state, server: tokio::spawn(async move { axum::serve(listener, app).await }) })
    }

    pub fn url(&self) -> &str {
        &self.url
    }

    /// What it was asked, each as [`sent`] writes it.
    pub fn requests(&self) -> Vec<Value> {
        locked(&self.state).requests.clone()
    }
}

impl Drop for Script {
    fn drop(&mut self) {
        self.server.abort();
    }
}

fn locked(state: &Mutex<Log>) -> MutexGuard<'_, Log> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A request as `expected.json` has it: the body of a composite request, of which the rest is always the same, or all of it.
pub fn sent(method: &str, path: &str, body: Value) -> Value {
    match (method, path) {
        ("POST", "/services/data/v62.0/composite") => body,
        _ => json!({ "method": method, "path": path, "body": body }),
    }
}

/// The status of a written answer.
pub fn status(answer: &Value) -> u16 {
    answer["status"].as_u64().and_then(|status| status.try_into().ok()).unwrap_or(500)
}

/// Its body.
pub fn body(answer: &Value) -> Vec<u8> {
    answer["text"].as_str().map_or_else(|| answer["json"].to_string(), str::to_owned).into_bytes()
}

async fn answer(State(state): State<Arc<Mutex<Log>>>, request: Request) -> Response {
    let (parts, content) = request.into_parts();
    let content = to_bytes(content, usize::MAX).await.unwrap_or_default();
    let json = serde_json::from_slice(&content).unwrap_or_default();
    let path = parts.uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let mut state = locked(&state);
    state.requests.push(sent(parts.method.as_str(), path, json));
    let unexpected = || json!({ "status": 500, "text": "a request that the script does not expect" });
    let answer = state.answers.pop_front().unwrap_or_else(unexpected);
    let mut response = Response::builder().status(status(&answer));
    for (name, value) in answer["headers"].as_object().into_iter().flatten() {
        response = response.header(name, value.as_str().unwrap_or_default());
    }
    response.body(Body::from(body(&answer))).unwrap_or_default()
}
