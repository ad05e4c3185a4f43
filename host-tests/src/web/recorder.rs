//! Keeps what a call sends and what it is answered, for a person to see. Headers are not kept, and so no token is.

use std::sync::{Arc, Mutex};
use std::time::Instant;

use http::Request;
use http_body_util::BodyExt;
use serde_json::{Value, json};
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use super::lock;
use crate::host::{Egress, Sent};
use crate::json::document;

/// Most bytes that are kept of a body; the component reads it whole.
const MAX_SHOWN: usize = 1 << 20;

/// The exchanges of one call, in their order.
#[derive(Clone, Default)]
pub(crate) struct Exchanges(Arc<Mutex<Vec<Exchange>>>);

struct Exchange {
    method: String,
    /// Path and query.
    path: String,
    request: Vec<u8>,
    /// None where no answer came.
    status: Option<u16>,
    response: Vec<u8>,
    began: Instant,
    milliseconds: u128,
}

impl Exchanges {
    /// An egress that is recorded here.
    pub fn of(&self, egress: Egress) -> Recorder {
        Recorder { egress, exchanges: self.clone() }
    }

    pub fn to_json(&self) -> Value {
        lock(&self.0).iter().map(Exchange::to_json).collect()
    }

    fn begin(&self, request: &Request<WasiBody>) -> usize {
        let mut exchanges = lock(&self.0);
        exchanges.push(Exchange {
            method: request.method().to_string(),
            path: request.uri().path_and_query().map(ToString::to_string).unwrap_or_default(),
            request: Vec::new(),
            status: None,
            response: Vec::new(),
            began: Instant::now(),
            milliseconds: 0,
        });
        exchanges.len() - 1
    }

    fn note(&self, at: usize, note: impl FnOnce(&mut Exchange)) {
        if let Some(exchange) = lock(&self.0).get_mut(at) {
            note(exchange);
        }
    }

    /// The same body, of which the beginning is kept while it passes.
    fn keep(&self, at: usize, body: WasiBody, side: fn(&mut Exchange) -> &mut Vec<u8>) -> WasiBody {
        let exchanges = self.clone();
        body.inspect_frame(move |frame| {
            if let Some(data) = frame.data_ref() {
                exchanges.note(at, |exchange| {
                    let kept = side(exchange);
                    let room = MAX_SHOWN.saturating_sub(kept.len());
                    kept.extend(data.iter().take(room));
                });
            }
        })
        .boxed_unsync()
    }
}

impl Exchange {
    fn to_json(&self) -> Value {
        json!({
            "method": self.method,
            "path": self.path,
            "request": shown(&self.request),
            "status": self.status,
            "response": shown(&self.response),
            "milliseconds": u64::try_from(self.milliseconds).unwrap_or(u64::MAX),
        })
    }
}

fn shown(body: &[u8]) -> Value {
    if body.is_empty() { Value::Null } else { document(&String::from_utf8_lossy(body)) }
}

/// See above.
#[derive(Clone)]
pub(crate) struct Recorder {
    egress: Egress,
    exchanges: Exchanges,
}

impl WasiHttpHooks for Recorder {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        io: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let exchanges = self.exchanges.clone();
        let at = exchanges.begin(&request);
        let request = request.map(|body| exchanges.keep(at, body, |exchange| &mut exchange.request));
        let sent = Box::into_pin(self.egress.send_request(request, options, io));
        Box::new(async move {
            let answer = sent.await;
            exchanges.note(at, |exchange| exchange.milliseconds = exchange.began.elapsed().as_millis());
            let (response, io) = answer?;
            exchanges.note(at, |exchange| exchange.status = Some(response.status().as_u16()));
            let response = response.map(|body| exchanges.keep(at, body, |exchange| &mut exchange.response));
            Ok((response, io))
        })
    }
}
