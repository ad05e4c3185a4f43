//! A way out on which a request that may write waits until it is noted that it goes: what was sent before a kill is known after it, and
//! what only looks leaves no doubt.

use http::{Method, Request};
use http_body_util::{BodyExt, Full};
use serde_json::Value;
use tokio::sync::{mpsc, oneshot};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::host::Sent;

/// Is asked to note that a request goes, and says when that is done. Dropped, the request does not go.
pub type Note = oneshot::Sender<()>;

/// See above.
pub struct Noted<W> {
    way: W,
    notes: mpsc::UnboundedSender<Note>,
}

impl<W> Noted<W> {
    pub fn new(way: W, notes: mpsc::UnboundedSender<Note>) -> Self {
        Self { way, notes }
    }
}

impl<W: WasiHttpHooks + Clone + Send + 'static> WasiHttpHooks for Noted<W> {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        io: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let (mut way, notes) = (self.way.clone(), self.notes.clone());
        Box::new(async move {
            let (head, body) = request.into_parts();
            let body = body.collect().await?.to_bytes();
            if may_write(&head.method, head.uri.path(), &body) {
                let (note, noted) = oneshot::channel();
                notes.send(note).map_err(|_| Error::HttpRequestDenied)?;
                noted.await.map_err(|_| Error::HttpRequestDenied)?;
            }
            let body = Full::new(body).map_err(|never| match never {}).boxed_unsync();
            Box::into_pin(way.send_request(Request::from_parts(head, body), options, io)).await
        })
    }
}

/// Of a composite request that is so if one of its parts may.
fn may_write(method: &Method, path: &str, body: &[u8]) -> bool {
    if method == Method::GET {
        return false;
    }
    let body = match path.ends_with("/composite") {
        true => serde_json::from_slice(body).unwrap_or(Value::Null),
        false => Value::Null,
    };
    let parts = body["compositeRequest"].as_array().map(Vec::as_slice).unwrap_or_default();
    parts.is_empty() || parts.iter().any(|part| part["method"] != "GET")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_only_reads_is_told_apart() {
        let path = "/services/data/v62.0/composite";
        let of = |methods: &[&str]| {
            let parts = methods.iter().map(|method| serde_json::json!({ "method": method }));
            serde_json::json!({ "compositeRequest": parts.collect::<Value>() }).to_string()
        };
        for (method, path, body, expected) in [
            (Method::GET, "/services/data/v62.0/query", String::new(), false),
            (Method::POST, path, of(&["GET", "GET"]), false),
            (Method::POST, path, of(&["GET", "POST"]), true),
            (Method::POST, path, of(&[]), true),
            (Method::POST, path, "nonsense".to_owned(), true),
            (Method::POST, "/services/data/v62.0/composite/graph", of(&["GET"]), true),
            (Method::PATCH, "/services/data/v62.0/sobjects/Contact/1", String::new(), true),
        ] {
            assert_eq!(may_write(&method, path, body.as_bytes()), expected, "{method} {path} {body}");
        }
    }
}
