//! The way out of a chat's calls, with somebody who looks on: what was asked for, and never what was said or which token it had.

use std::sync::Arc;

use http::Request;
use wasmtime_wasi_http::{Error, RequestOptions, WasiBody, WasiHttpHooks};

use crate::host::{Egress, Sent};

/// Is told the method and the path of each request, without its query, and the status of its answer, where one came.
pub type Watch = Arc<dyn Fn(&str, &str, Option<u16>) + Send + Sync>;

pub(super) struct Watched {
    pub egress: Egress,
    pub watch: Option<Watch>,
}

impl WasiHttpHooks for Watched {
    fn send_request(
        &mut self,
        request: Request<WasiBody>,
        options: Option<RequestOptions>,
        io: Box<dyn Future<Output = Result<(), Error>> + Send>,
    ) -> Box<dyn Future<Output = Sent> + Send> {
        let Some(watch) = self.watch.clone() else { return self.egress.send_request(request, options, io) };
        let (method, path) = (request.method().to_string(), request.uri().path().to_owned());
        let sent = Box::into_pin(self.egress.send_request(request, options, io));
        Box::new(async move {
            let answer = sent.await;
            watch(&method, &path, answer.as_ref().ok().map(|(response, _)| response.status().as_u16()));
            answer
        })
    }
}
