//! The host's border as a test: every request that leaves an instance is noted exactly as it leaves, and answered here,
//! without a socket.

use std::sync::{Arc, Mutex, PoisonError};

use bytes::Bytes;
use host_tests::host::Sent;
use http::{Request, Response};
use http_body_util::{BodyExt, Full};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

/// A request as the instance made it.
#[derive(Clone, Debug)]
pub struct Crossing {
    pub method: String,
    /// Scheme, authority, path and query.
    pub url: String,
    /// In order.
    pub headers: Vec<(String, String)>,
    pub body: Vec<u8>,
}

/// Status and body, or why there is no answer.
pub type Answer = Result<(u16, Vec<u8>), Error>;

/// Answers by a function.
pub struct Border<F> {
    answer: Arc<Mutex<F>>,
}

impl<F: FnMut(Crossing) -> Answer + Send + 'static> Border<F> {
    pub fn new(answer: F) -> Self {
        Self { answer: Arc::new(Mutex::new(answer)) }
    }
}

impl<F: FnMut(Crossing) -> Answer + Send + 'static> WasiHttpHooks for Border<F> {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        _: Option<RequestOptions>,
        _: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let answer = Arc::clone(&self.answer);
        Box::new(async move {
            let (head, body) = request.into_parts();
            let headers = head.headers.iter().map(|(name, value)| {
                (name.as_str().to_owned(), String::from_utf8_lossy(value.as_bytes()).into_owned())
            });
            let crossing = Crossing {
                method: head.method.to_string(),
                url: head.uri.to_string(),
                headers: headers.collect(),
                body: body.collect().await?.to_bytes().to_vec(),
            };
            let answered = (answer.lock().unwrap_or_else(PoisonError::into_inner))(crossing);
            let (status, body) = answered?;
            let body = Full::new(Bytes::from(body)).map_err(|never| match never {}).boxed_unsync();
            let response = Response::builder().status(status).body(body).expect("a response");
            let nothing_more: Box<dyn Future<Output = Result<(), Error>> + Send> = Box::new(async { Ok(()) });
            Ok((response, nothing_more))
        })
    }
}
