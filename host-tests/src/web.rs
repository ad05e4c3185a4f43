//! A page of `chat-host`: served on 127.0.0.1, to the browser that has the one-time address ([`door`]), and embedded, so that no other
//! program and no network is needed.

pub(crate) mod answer;
mod door;
pub(crate) mod recorder;

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use anyhow::{Context, anyhow};
use axum::Router;
use axum::http::header::CONTENT_TYPE;
use axum::middleware::from_fn_with_state;
use axum::response::IntoResponse;
use axum::routing::{MethodRouter, get};
use base64::Engine;
use base64::prelude::BASE64_URL_SAFE_NO_PAD;
use ring::rand::{SecureRandom, SystemRandom};
use tokio::net::TcpListener;

use door::Door;

/// 256 bits, as many as a session's name needs to be beyond guessing.
const SECRET_BYTES: usize = 32;

/// A page that is served until the value is dropped.
pub struct Served {
    address: String,
    task: tokio::task::JoinHandle<()>,
}

impl Served {
    /// Serves on that port of 127.0.0.1; port 0 takes any free one.
    pub(crate) async fn start(routes: Router, port: u16) -> anyhow::Result<Self> {
        Self::start_again(routes, port, None).await
    }

    /// The same for a browser that has been let in before: its cookie holds that text.
    pub(crate) async fn start_again(routes: Router, port: u16, session: Option<String>) -> anyhow::Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", port)).await;
        let listener = listener.with_context(|| format!("listening on port {port} (--port names another one)"))?;
        let door = Arc::new(Door::new(listener.local_addr()?.port(), session)?);
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

/// Beyond guessing.
pub(crate) fn secret() -> anyhow::Result<String> {
    Ok(BASE64_URL_SAFE_NO_PAD.encode(random::<SECRET_BYTES>()?))
}

pub(crate) fn random<const N: usize>() -> anyhow::Result<[u8; N]> {
    let mut bytes = [0; N];
    SystemRandom::new().fill(&mut bytes).map_err(|_| anyhow!("the system gives no random numbers"))?;
    Ok(bytes)
}

/// What a panic has left is as good as before.
pub(crate) fn lock<T>(of: &Mutex<T>) -> MutexGuard<'_, T> {
    of.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use tokio::io::{AsyncReadExt, AsyncWriteExt};
    use tokio::net::TcpStream;

    use super::*;

    async fn status(host: &str, path: &str, cookie: &str) -> String {
        let mut stream = TcpStream::connect(host).await.unwrap();
        let head = format!("GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\nConnection: close\r\n\r\n");
        stream.write_all(head.as_bytes()).await.unwrap();
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await.unwrap();
        answer.split(' ').nth(1).unwrap().to_owned()
    }

    #[tokio::test]
    async fn the_address_is_used_up_by_a_browser_that_was_let_in_before() {
        let routes = Router::new().route("/", file("text/plain", "the page"));
        let served = Served::start_again(routes, 0, Some("session".to_owned())).await.unwrap();
        let (host, path) = served.address().trim_start_matches("http://").split_once('/').unwrap();
        let (path, port) = (format!("/{path}"), host.split_once(':').unwrap().1);
        let cookie = format!("chat-host-{port}=session");
        for (path, cookie, expected) in [("/", cookie.as_str(), "200"), (&path, &cookie, "200"), (&path, "", "401")] {
            assert_eq!(status(host, path, cookie).await, expected, "{path} {cookie}");
        }
    }
}
