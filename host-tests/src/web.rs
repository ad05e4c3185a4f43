//! A page of `chat-host`: served on 127.0.0.1, to the browser that has the one-time address ([`door`]), and embedded, so that no other
//! program and no network is needed.

pub(crate) mod answer;
mod door;
pub(crate) mod recorder;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::Context;
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use tokio::net::TcpListener;

use door::Door;

/// A page that is served until the value is dropped.
pub struct Served {
    address: String,
    task: tokio::task::JoinHandle<()>,
}

impl Served {
    /// Serves on that port of 127.0.0.1; port 0 takes any free one.
    pub(crate) async fn start(routes: Router, port: u16) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.with_context(|| format!("listening on port {port} (--port names another one)"))?;
        let door = Arc::new(Door::new(listener.local_addr()?.port())?);
        let address = door.address();
        let app = routes.layer(from_fn_with_state(door, door::guard));
        // The listener is bound, so that nothing but the end of the process ends this.
        let task = tokio::spawn(async move { drop(axum::serve(listener, app).await) });
        Ok(Self { address, task })
    }

    /// Where the page is, once: see [`door`].
    pub fn address(&self) -> &str {
        &self.address
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// A part of the page that is embedded.
pub(crate) fn file(kind: &'static str, text: &'static str) -> MethodRouter {
    get(move || async move { ([(CONTENT_TYPE, kind)], text).into_response() })
}

/// What a panic has left is as good as before.
pub(crate) fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}
