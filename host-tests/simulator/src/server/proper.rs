//! A connection that is served as it should be.

use std::convert::Infallible;
use std::pin::pin;
use std::sync::Arc;

use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, Limited};
use hyper::body::{Bytes, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;

use super::answer::{self, Answer};
use super::{Served, stream};
use crate::http::{Request, Response};
use crate::messaging;

/// Largest request body that is read, in bytes; above it the answer is 413.
const MAX_BODY: usize = 48 * 1024 * 1024;
/// Largest upload of a bulk job, of 100 MB before it grows by Base64 in a real org.
pub(super) const MAX_UPLOAD: usize = 100 * 1000 * 1000;

/// Bodies of answers.
pub type Body = UnsyncBoxBody<Bytes, Infallible>;

/// Serves a connection until the client ends it, the simulator stops, or faults are switched on.
pub async fn connection(socket: TcpStream, served: &Arc<Served>) {
    // Small answers must not wait for what the client says next. A socket that refuses that is gone.
    if socket.set_nodelay(true).is_err() {
        return;
    }
    let (mut stopping, mut faulty) = (served.stopping.subscribe(), served.faulty.subscribe());
    let answered = service_fn(|request| {
        let served = Arc::clone(served);
        async move { Ok::<_, Infallible>(respond(request, served).await) }
    });
    let mut served_connection = pin!(http1::Builder::new().serve_connection(TokioIo::new(socket), answered));
    let over = async {
        tokio::select! {
            _ = stopping.wait_for(|stopping| *stopping) => {}
            _ = faulty.wait_for(|faulty| *faulty) => {}
        }
    };
    // How a connection ends is the client's affair.
    tokio::select! {
        ended = served_connection.as_mut() => return drop(ended),
        () = over => served_connection.as_mut().graceful_shutdown(),
    }
    drop(served_connection.await);
}

async fn respond(request: hyper::Request<Incoming>, served: Arc<Served>) -> hyper::Response<Body> {
    let (parts, body) = request.into_parts();
    // What is announced as too large is not even read.
    let announced = parts.headers.get(http::header::CONTENT_LENGTH).and_then(|length| text(length).parse().ok());
    let longest = if parts.uri.path().contains("/jobs/ingest/") { MAX_UPLOAD } else { MAX_BODY };
    let too_large = Response { status: 413, headers: Vec::new(), body: Vec::new() };
    if announced.is_some_and(|length: usize| length > longest) {
        return to_http(too_large);
    }
    let Ok(body) = Limited::new(body, longest).collect().await else {
        return to_http(too_large);
    };
    let headers = parts.headers.iter();
    let request = Request {
        method: parts.method.to_string(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().map(Into::into),
        headers: headers.map(|(name, value)| (name.to_string(), text(value))).collect(),
        body: body.to_bytes().to_vec(),
    };
    // A fault that was switched on meanwhile is for connections from here on, which can misbehave.
    match answer::of(&served, &request).await.0 {
        Answer::Response(response) => to_http(response),
        Answer::Stream(opened) => {
            let mut response = to_http(messaging::stream_head());
            *response.body_mut() = stream::body(served, opened);
            response
        }
    }
}

fn to_http(response: Response) -> hyper::Response<Body> {
    let mut builder = http::Response::builder().status(response.status);
    for (name, value) in response.headers {
        builder = builder.header(name, value);
    }
    builder.body(Full::new(Bytes::from(response.body)).boxed_unsync()).unwrap_or_else(|_| {
        let mut failed = hyper::Response::new(Body::default());
        *failed.status_mut() = http::StatusCode::INTERNAL_SERVER_ERROR;
        failed
    })
}

fn text(value: &http::HeaderValue) -> String {
    String::from_utf8_lossy(value.as_bytes()).into_owned()
}
