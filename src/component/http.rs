//! The one door out: a request over `wasi:http`, with our own deadline and bounds.
//!
//! What hosts do differently, or wrongly, is settled here: `handle` comes before the body, or a host without a large
//! buffer waits for ever; a write takes at most 4096 bytes, or the host traps; `content-length` is always set, or the body
//! is chunked and some servers take it for empty; streams and pollables are dropped before what they belong to, or the
//! host traps; time-outs of hosts differ (600 s by default in wasmtime, which leaves the TLS handshake out), so a timer of
//! our own runs beside everything that waits. Redirects are answers, not instructions.

use wasip2::clocks::monotonic_clock;
use wasip2::http::outgoing_handler;
use wasip2::http::types::{
    ErrorCode, Fields, FutureIncomingResponse, IncomingBody, IncomingResponse, Method, OutgoingBody, OutgoingRequest,
    RequestOptions, Scheme,
};
use wasip2::io::poll::{Pollable, poll};
use wasip2::io::streams::{InputStream, OutputStream, StreamError};
use wasip2::random::random::get_random_u64;

use crate::domain::Domain;
use crate::rest::sieve::Sieve;
use crate::rest::{Answer, Moment, NO_ENTITIES, Request, Response, Transport, TransportError, TransportErrorKind};

const NANOSECONDS_PER_MILLISECOND: u64 = 1_000_000;
/// Longest single write. Source: wasi:io, `blocking-write-and-flush`.
const MAX_WRITE: u64 = 4096;
/// Longest single read.
const MAX_READ: u64 = 64 << 10;
/// Longest answer: ten candidates for each of five objects with 80 kB of mapped fields each. In memory it stands twice.
const MAX_ANSWER_BYTES: usize = 4 << 20;
/// Longest answer of which only some members are kept. It costs time, not memory; the describe of an object with 800 fields
/// and long picklists has some 5 MB.
const MAX_SIEVED_BYTES: usize = 64 << 20;

const USER_AGENT: &str = concat!("salesforce-module/", env!("CARGO_PKG_VERSION"));

/// Sends requests to one org.
pub struct WasiHttp<'a> {
    domain: &'a Domain,
    /// Requests for tokens have none yet.
    access_token: Option<&'a str>,
    /// The members that are kept of an answer; `None` keeps all of it.
    keep: Option<&'a [&'a str]>,
    began: u64,
}

/// One request, until its deadline.
struct Exchange {
    deadline: u64,
    timer: Pollable,
}

impl<'a> WasiHttp<'a> {
    pub fn new(domain: &'a Domain, access_token: Option<&'a str>) -> Self {
        Self { domain, access_token, keep: None, began: monotonic_clock::now() }
    }

    /// Keeps only these members of the answers, whose length then has another bound: [`MAX_SIEVED_BYTES`].
    pub fn keeping(self, members: &'a [&'a str]) -> Self {
        Self { keep: Some(members), ..self }
    }

    fn outgoing(&self, request: &Request) -> Result<OutgoingRequest, TransportError> {
        let headers = Fields::new();
        if let Some(token) = self.access_token {
            headers.append("authorization", format!("Bearer {token}").as_bytes()).map_err(|_| denied())?;
        }
        let length = request.body.len().to_string();
        let of_body = [("content-type", request.content_type.media_type()), ("content-length", length.as_str())];
        // Without a body there is no type of it; a GET has no length either, and others without one may wait for it.
        let of_body = match (request.body.is_empty(), request.method) {
            (true, "GET") => of_body.get(2..),
            (true, _) => of_body.get(1..),
            (false, _) => of_body.get(..),
        };
        let others = [("accept", "application/json"), ("user-agent", USER_AGENT)];
        // Only the token endpoint, which is no resource of the REST API, is asked without a token.
        let of_api = self.access_token.map(|_| NO_ENTITIES);
        for (name, value) in of_body.unwrap_or_default().iter().copied().chain(others).chain(of_api) {
            headers.append(name, value.as_bytes()).map_err(|_| denied())?;
        }
        let outgoing = OutgoingRequest::new(headers);
        let method = match request.method {
            "GET" => Method::Get,
            "POST" => Method::Post,
            "PATCH" => Method::Patch,
            "PUT" => Method::Put,
            "DELETE" => Method::Delete,
            other => Method::Other(other.to_owned()),
        };
        outgoing.set_method(&method).map_err(|()| denied())?;
        outgoing.set_scheme(Some(&Scheme::Https)).map_err(|()| denied())?;
        outgoing.set_authority(Some(self.domain.as_str())).map_err(|()| denied())?;
        outgoing.set_path_with_query(Some(&request.path)).map_err(|()| denied())?;
        Ok(outgoing)
    }
}

impl Exchange {
    fn within(milliseconds: u64) -> Self {
        let deadline = monotonic_clock::now().saturating_add(milliseconds * NANOSECONDS_PER_MILLISECOND);
        Self { deadline, timer: monotonic_clock::subscribe_instant(deadline) }
    }

    /// The host's own time-outs, as far as it takes them: it can free a connection earlier than we can.
    fn options(&self) -> RequestOptions {
        let left = Some(self.deadline.saturating_sub(monotonic_clock::now()));
        let options = RequestOptions::new();
        let _ = options.set_connect_timeout(left);
        let _ = options.set_first_byte_timeout(left);
        let _ = options.set_between_bytes_timeout(left);
        options
    }

    /// Writes the body with the host's back-pressure. Gives up when the answer is there already or the time is over; what
    /// that means, the answer tells.
    fn write(&self, body: OutgoingBody, mut bytes: &[u8], answer: &FutureIncomingResponse) {
        let Ok(stream) = body.write() else { return };
        let written = loop {
            if bytes.is_empty() {
                break self.flush(&stream, answer);
            }
            match stream.check_write() {
                Ok(0) => {
                    if !self.writable(&stream, answer) {
                        break false;
                    }
                }
                Ok(permitted) => {
                    let length = usize::try_from(permitted.min(MAX_WRITE)).unwrap_or(0).min(bytes.len());
                    let (now, later) = bytes.split_at(length);
                    if stream.write(now).is_err() {
                        break false;
                    }
                    bytes = later;
                }
                Err(_) => break false,
            }
        };
        drop(stream);
        if written {
            // An error here is an error of the connection, and the answer has it too.
            let _ = OutgoingBody::finish(body, None);
        }
    }

    fn flush(&self, stream: &OutputStream, answer: &FutureIncomingResponse) -> bool {
        stream.flush().is_ok() && self.writable(stream, answer)
    }

    /// Waits until the stream takes more; false if the answer or the deadline comes first.
    fn writable(&self, stream: &OutputStream, answer: &FutureIncomingResponse) -> bool {
        let (stream, answer) = (stream.subscribe(), answer.subscribe());
        poll(&[&stream, &answer, &self.timer]).contains(&0)
    }

    fn receive(&self, answer: &FutureIncomingResponse) -> Result<IncomingResponse, TransportError> {
        loop {
            match answer.get() {
                Some(Ok(Ok(response))) => return Ok(response),
                Some(Ok(Err(code))) => return Err(error(&code)),
                Some(Err(())) => return Err(lost(TransportErrorKind::Other)),
                None => self.wait(&answer.subscribe())?,
            }
        }
    }

    fn read(&self, response: IncomingResponse, keep: Option<&[&str]>) -> Result<Response, TransportError> {
        let status = response.status();
        let retry_after = header(&response, "retry-after");
        let limit_info = header(&response, "sforce-limit-info");
        let body = response.consume().map_err(|()| lost(TransportErrorKind::Other))?;
        let bytes = self.read_body(&body, keep);
        drop((body, response));
        Ok(Response { status, retry_after, limit_info, body: bytes? })
    }

    fn read_body(&self, body: &IncomingBody, keep: Option<&[&str]>) -> Result<Vec<u8>, TransportError> {
        let stream: InputStream = body.stream().map_err(|()| lost(TransportErrorKind::Other))?;
        let mut kept = Sieve::new(keep);
        let mut left = if keep.is_some() { MAX_SIEVED_BYTES } else { MAX_ANSWER_BYTES };
        loop {
            match stream.read(MAX_READ) {
                Ok(chunk) if chunk.is_empty() => self.wait(&stream.subscribe())?,
                Ok(chunk) => {
                    left = left.checked_sub(chunk.len()).ok_or_else(|| lost(TransportErrorKind::TooLarge))?;
                    kept.push(&chunk);
                    if kept.len() > MAX_ANSWER_BYTES {
                        return Err(lost(TransportErrorKind::TooLarge));
                    }
                }
                Err(StreamError::Closed) => return Ok(kept.into_bytes()),
                Err(StreamError::LastOperationFailed(_)) => return Err(lost(TransportErrorKind::CutOff)),
            }
            // A server that sends a byte a second is never late with a byte, only with the whole.
            if monotonic_clock::now() >= self.deadline {
                return Err(lost(TransportErrorKind::Timeout));
            }
        }
    }

    fn wait(&self, pollable: &Pollable) -> Result<(), TransportError> {
        match poll(&[pollable, &self.timer]).contains(&0) {
            true => Ok(()),
            false => Err(lost(TransportErrorKind::Timeout)),
        }
    }
}

impl Transport for WasiHttp<'_> {
    fn send(&mut self, request: &Request, within: u64) -> Answer {
        let exchange = Exchange::within(within);
        let outgoing = self.outgoing(request)?;
        // Who asks for a body has one to send: some hosts then refuse a GET.
        let body = if request.body.is_empty() { None } else { Some(outgoing.body().map_err(|()| denied())?) };
        let answer = outgoing_handler::handle(outgoing, Some(exchange.options()))
            .map_err(|code| TransportError { not_sent: true, ..error(&code) })?;
        if let Some(body) = body {
            exchange.write(body, request.body.as_bytes(), &answer);
        }
        let response = exchange.receive(&answer)?;
        exchange.read(response, self.keep)
    }

    fn now(&mut self) -> Moment {
        let elapsed = monotonic_clock::now().saturating_sub(self.began) / NANOSECONDS_PER_MILLISECOND;
        Moment { elapsed, random: get_random_u64() }
    }

    fn pause(&mut self, milliseconds: u64) {
        monotonic_clock::subscribe_duration(milliseconds * NANOSECONDS_PER_MILLISECOND).block();
    }
}

fn header(response: &IncomingResponse, name: &str) -> Option<String> {
    let headers = response.headers();
    headers.get(name).into_iter().next().and_then(|value| String::from_utf8(value).ok())
}

fn denied() -> TransportError {
    TransportError { kind: TransportErrorKind::Denied, not_sent: true }
}

fn lost(kind: TransportErrorKind) -> TransportError {
    TransportError { kind, not_sent: false }
}

/// What an error of the host means. `not_sent` only where no byte of the request can have reached Salesforce.
fn error(code: &ErrorCode) -> TransportError {
    use TransportErrorKind as Kind;
    let (kind, not_sent) = match code {
        ErrorCode::HttpRequestDenied | ErrorCode::DestinationIpProhibited => (Kind::Denied, true),
        ErrorCode::DnsTimeout | ErrorCode::DnsError(_) | ErrorCode::DestinationNotFound => (Kind::Dns, true),
        ErrorCode::DestinationUnavailable
        | ErrorCode::DestinationIpUnroutable
        | ErrorCode::ConnectionRefused
        | ErrorCode::ConnectionTimeout
        | ErrorCode::ConnectionLimitReached => (Kind::Connect, true),
        // The handshake comes before the request.
        ErrorCode::TlsCertificateError => (Kind::Tls, true),
        ErrorCode::TlsProtocolError | ErrorCode::TlsAlertReceived(_) => (Kind::Tls, false),
        ErrorCode::ConnectionReadTimeout | ErrorCode::ConnectionWriteTimeout | ErrorCode::HttpResponseTimeout => {
            (Kind::Timeout, false)
        }
        ErrorCode::ConnectionTerminated | ErrorCode::HttpResponseIncomplete => (Kind::CutOff, false),
        ErrorCode::HttpResponseBodySize(_)
        | ErrorCode::HttpResponseHeaderSectionSize(_)
        | ErrorCode::HttpResponseHeaderSize(_) => (Kind::TooLarge, false),
        _ => (Kind::Other, false),
    };
    TransportError { kind, not_sent }
}
