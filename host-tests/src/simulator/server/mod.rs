//! The HTTP server around an org: one fallback handler, nothing decided here.

mod faulty;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::{Request as HttpRequest, State};
use axum::response::Response as HttpResponse;
use http::StatusCode;
use jiff::Timestamp;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;

use crate::simulator::http::{Request, Response};
use crate::simulator::org::Org;

/// Largest request body that is read, in bytes; above it the answer is 413.
const MAX_BODY: usize = 48 * 1024 * 1024;

type Shared = Arc<Mutex<Org>>;

/// A running simulator on the loopback interface. Dropping it stops it too, without waiting.
#[derive(Debug)]
pub struct Simulator {
    org: Shared,
    port: u16,
    stop: Option<oneshot::Sender<()>>,
    task: JoinHandle<()>,
}

impl Simulator {
    /// Serves the org on that port of 127.0.0.1; port 0 takes any free one. An org with faults is served by bare sockets, which
    /// can misbehave.
    pub async fn start(org: Org, port: u16) -> anyhow::Result<Simulator> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await?;
        let port = listener.local_addr()?.port();
        let faulty = org.is_faulty();
        let org = Arc::new(Mutex::new(org));
        let app = Router::new().fallback(answer).with_state(Arc::clone(&org));
        let (stop, stopped) = oneshot::channel::<()>();
        // Resolves when told to stop, and also when the sender is dropped.
        let signal = async move { drop(stopped.await) };
        let shared = Arc::clone(&org);
        let task = tokio::spawn(async move {
            match faulty {
                false => drop(axum::serve(listener, app).with_graceful_shutdown(signal).await),
                true => tokio::select! {
                    () = faulty::serve(listener, shared) => {}
                    () = signal => {}
                },
            }
        });
        Ok(Simulator { org, port, stop: Some(stop), task })
    }

    /// `http://127.0.0.1:PORT`
    pub fn url(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// The org behind the server; requests wait while the guard is held.
    pub fn org(&self) -> MutexGuard<'_, Org> {
        lock(&self.org)
    }

    /// Finishes the requests in flight and stops.
    pub async fn stop(mut self) {
        // Dropping the sender is the signal.
        drop(self.stop.take());
        // An idle keep-alive connection must not hold the caller up.
        let grace = std::time::Duration::from_secs(2);
        drop(tokio::time::timeout(grace, &mut self.task).await);
    }
}

impl Drop for Simulator {
    fn drop(&mut self) {
        self.task.abort();
    }
}

async fn answer(State(org): State<Shared>, request: HttpRequest) -> HttpResponse {
    let (parts, body) = request.into_parts();
    // What is announced as too large is not even read.
    let announced = parts.headers.get(http::header::CONTENT_LENGTH).and_then(|length| text(length).parse().ok());
    let too_large = Response { status: 413, headers: Vec::new(), body: Vec::new() };
    if announced.is_some_and(|length: usize| length > MAX_BODY) {
        return to_http(too_large);
    }
    let Ok(body) = to_bytes(body, MAX_BODY).await else {
        return to_http(too_large);
    };
    let headers = parts.headers.iter();
    let request = Request {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(Into::into),
        headers: headers.map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: body.to_vec(),
    };
    let (response, pause) = {
        let mut org = lock(&org);
        let began = Instant::now();
        let response = org.handle(&request, Timestamp::now());
        if request.path.starts_with("/services/") {
            org.note_duration(began.elapsed());
        }
        let is_write = request.method != "GET" && request.path.starts_with("/services/data/");
        (response, if is_write { org.settings.slow_commit } else { Duration::ZERO })
    };
    if !pause.is_zero() {
        tokio::time::sleep(pause).await;
    }
    to_http(response)
}

fn to_http(response: Response) -> HttpResponse {
    let mut builder = http::Response::builder().status(response.status);
    for (name, value) in response.headers {
        builder = builder.header(name, value);
    }
    builder.body(Body::from(response.body)).unwrap_or_else(|_| {
        let mut failed = HttpResponse::new(Body::empty());
        *failed.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}

fn text(value: &http::HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}

/// A test that panicked while holding the org must not take the server with it.
fn lock(org: &Shared) -> MutexGuard<'_, Org> {
    org.lock().unwrap_or_else(PoisonError::into_inner)
}
