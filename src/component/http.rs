//! The one door out: a request over `wasi:http`, with our own deadline and bounds.
//!
//! What hosts do differently, or wrongly, is settled here: `handle` comes before the body, or a host without a large
//! buffer waits for ever; a write takes at most 4096 bytes, or the host traps; `content-length` is always set, or the body
//! is chunked and some servers take it for empty; streams and pollables are dropped before what they belong to, or the
//! host traps; time-outs of hosts differ (600 s by default in wasmtime, which leaves the TLS handshake out; an idle timer in
//! Node; the abort of the whole fetch in browsers), so a timer of our own runs beside everything that waits, and the host
//! gets none that ends sooner. Redirects are answers, not instructions.
//!
//! Whether a request can have been carried out is not a matter of the host's error codes, see [`error_code`]. The body is
//! handed over in at least three pieces: as long as the host has not taken the last one, Salesforce cannot have a whole
//! request. wasmtime takes the third piece only when the connection has taken the first, so a failed connection is told from
//! a lost answer there. Where a host takes all of the body before it connects, every failure is one after which the request
//! may have been carried out.

mod error_code;

use wasip2::clocks::monotonic_clock;
use wasip2::http::outgoing_handler;
use wasip2::http::types::{
    FieldValue, Fields, FutureIncomingResponse, IncomingBody, IncomingResponse, Method, OutgoingBody, OutgoingRequest,
    RequestOptions, Scheme,
};
use wasip2::io::poll::{Pollable, poll};
use wasip2::io::streams::{InputStream, OutputStream, StreamError};
use wasip2::random::random::get_random_u64;

use crate::exchange::{Moment, Transport};
use crate::salesforce::Domain;
#[cfg(not(feature = "run-only"))]
use crate::salesforce::MessagingHost;
use crate::wire::{Answer, NO_ENTITIES, Request, Response, Sieve, TransportError, TransportErrorKind, sse};

const NANOSECONDS_PER_MILLISECOND: u64 = 1_000_000;
/// Longest single write. Source: wasi:io, `blocking-write-and-flush`.
const MAX_WRITE: u64 = 4096;
/// Pieces of a body, at least. wasmtime's stream holds two that the connection has not taken yet.
const PIECES: usize = 3;
/// How much later than our own timer a host's may end a request, in nanoseconds.
const MARGIN: u64 = 5_000 * NANOSECONDS_PER_MILLISECOND;
/// Longest single read.
const MAX_READ: u64 = 64 << 10;
/// Longest answer: ten candidates for each of five objects with 80 kB of mapped fields each. In memory it stands twice.
const MAX_ANSWER_BYTES: usize = 4 << 20;
/// Longest answer of which only some members are kept. It costs time, not memory; the describe of an object with 800 fields
/// and long picklists has some 5 MB.
const MAX_SIEVED_BYTES: usize = 64 << 20;

const USER_AGENT: &str = concat!("salesforce-module/", env!("CARGO_PKG_VERSION"));

/// Sends requests to one org.
pub(super) struct WasiHttp<'a> {
    host: &'a str,
    /// Requests for tokens have none yet.
    access_token: Option<&'a str>,
    /// The members that are kept of an answer; `None` keeps all of it.
    keep: Option<&'a [&'a str]>,
    began: u64,
}

/// One request, until its deadline.
struct Exchange {
    timer: Pollable,
    /// The host does not have the whole request, so Salesforce cannot have it. Never true of a request without a body.
    incomplete: bool,
}

impl<'a> WasiHttp<'a> {
    pub(super) fn new(domain: &'a Domain, access_token: Option<&'a str>) -> Self {
        Self { host: domain.as_str(), access_token, keep: None, began: monotonic_clock::now() }
    }

    /// To the org's messaging host. Each request has its own token.
    #[cfg(not(feature = "run-only"))]
    pub(super) fn to_messaging(host: &'a MessagingHost) -> Self {
        Self { host: host.as_str(), access_token: None, keep: None, began: monotonic_clock::now() }
    }

    /// Keeps only these members of the answers, whose length then has another bound: [`MAX_SIEVED_BYTES`].
    #[cfg(not(feature = "run-only"))]
    pub(super) fn keeping(self, members: &'a [&'a str]) -> Self {
        Self { keep: Some(members), ..self }
    }

    /// Milliseconds since the first request could have been sent.
    pub(super) fn elapsed(&self) -> u64 {
        monotonic_clock::now().saturating_sub(self.began) / NANOSECONDS_PER_MILLISECOND
    }

    fn outgoing(&self, request: &Request) -> Result<OutgoingRequest, TransportError> {
        let token = self.access_token.map(|token| ("authorization", format!("Bearer {token}")));
        let length = request.length().to_string();
        let media_type = request.media_type();
        let of_body = [("content-type", media_type.as_ref()), ("content-length", length.as_str())];
        // Without a body there is no type of it; a GET has no length either, and others without one may wait for it.
        let of_body = match (request.body.is_empty(), request.method) {
            (true, "GET") => of_body.get(2..),
            (true, _) => of_body.get(1..),
            (false, _) => of_body.get(..),
        };
        let accept = if request.stream { "text/event-stream" } else { "application/json" };
        let others = [("accept", accept), ("user-agent", USER_AGENT)];
        // The token endpoint and the messaging host, which are no resources of the REST API, are asked without a token of ours.
        let of_api = self.access_token.map(|_| NO_ENTITIES);
        let token = token.as_ref().map(|(name, value)| (*name, value.as_str()));
        let own = request.headers.0.iter().map(|(name, value)| (*name, value.as_str()));
        let of_body = of_body.unwrap_or_default().iter().copied();
        let headers = token.into_iter().chain(own).chain(of_body).chain(others).chain(of_api);
        // At once: each crossing of the border costs as much as a hundred bytes of JSON.
        let headers: Vec<(String, FieldValue)> =
            headers.map(|(name, value)| (name.to_owned(), value.as_bytes().to_vec())).collect();
        let headers = Fields::from_list(&headers).map_err(|_| denied())?;
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
        outgoing.set_authority(Some(self.host)).map_err(|()| denied())?;
        outgoing.set_path_with_query(Some(&request.path)).map_err(|()| denied())?;
        Ok(outgoing)
    }
}

impl Exchange {
    fn within(milliseconds: u64, request: &Request) -> Self {
        let timer = monotonic_clock::subscribe_duration(milliseconds * NANOSECONDS_PER_MILLISECOND);
        Self { timer, incomplete: !request.body.is_empty() }
    }

    /// Time-outs of the host, for what our own timer has given up and the host has not. A time-out for connecting is not set:
    /// Node's shim ends any idle request by it.
    fn options(within: u64) -> RequestOptions {
        let left = Some((within * NANOSECONDS_PER_MILLISECOND).saturating_add(MARGIN));
        let options = RequestOptions::new();
        let _ = options.set_first_byte_timeout(left);
        let _ = options.set_between_bytes_timeout(left);
        options
    }

    /// Writes the body with the host's back-pressure. Gives up when the answer is there already or the time is over; what
    /// that means, the answer tells.
    fn write(&mut self, body: OutgoingBody, request: &Request, answer: &FutureIncomingResponse) {
        let Ok(stream) = body.write() else { return };
        let mut left = request.length();
        let longest = left.div_ceil(PIECES).max(1);
        let written = request.pieces().all(|piece| {
            piece.chunks(longest).all(|bytes| {
                left = left.saturating_sub(bytes.len());
                self.write_piece(&stream, bytes, left, answer)
            })
        });
        // The host has it: what it does not hand on before the deadline, the answer's timer ends.
        let written = written && stream.flush().is_ok();
        drop(stream);
        if written {
            // An error here is an error of the connection, and the answer has it too.
            let _ = OutgoingBody::finish(body, None);
        }
    }

    /// `left` bytes of the body follow.
    fn write_piece(
        &mut self,
        stream: &OutputStream,
        mut bytes: &[u8],
        left: usize,
        answer: &FutureIncomingResponse,
    ) -> bool {
        while !bytes.is_empty() {
            match stream.check_write() {
                Ok(0) if self.writable(stream, answer) => {}
                Ok(permitted) if permitted > 0 => {
                    let permitted = usize::try_from(permitted.min(MAX_WRITE)).unwrap_or(0);
                    let (now, later) = bytes.split_at(permitted.min(bytes.len()));
                    // Even if the host says that it has not taken it.
                    self.incomplete &= left > 0 || !later.is_empty();
                    if stream.write(now).is_err() {
                        return false;
                    }
                    bytes = later;
                }
                _ => return false,
            }
        }
        true
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
                Some(Ok(Err(code))) => return Err(self.error(error_code::kind(&code))),
                Some(Err(())) => return Err(self.error(TransportErrorKind::Other)),
                None => self.wait(&answer.subscribe())?,
            }
        }
    }

    fn read(
        &self,
        response: IncomingResponse,
        is_stream: bool,
        keep: Option<&[&str]>,
    ) -> Result<Response, TransportError> {
        let status = response.status();
        let headers = response.headers();
        let retry_after = header(&headers, "retry-after");
        let limit_info = header(&headers, "sforce-limit-info");
        drop(headers);
        let body = response.consume().map_err(|()| self.error(TransportErrorKind::Other))?;
        let bytes = if is_stream && status == 200 { self.listen(&body) } else { self.read_body(&body, keep) };
        drop((body, response));
        Ok(Response { status, retry_after, limit_info, body: bytes? })
    }

    /// What comes of a stream until the time is over, it ends, or something is heard. A line that is cut is no line: see [`sse`].
    fn listen(&self, body: &IncomingBody) -> Result<Vec<u8>, TransportError> {
        let stream: InputStream = body.stream().map_err(|()| self.error(TransportErrorKind::Other))?;
        let mut heard = Vec::new();
        while heard.len() < MAX_ANSWER_BYTES && !sse::is_heard(&heard) {
            match stream.read(MAX_READ) {
                Ok(chunk) if chunk.is_empty() => {
                    if self.wait_for_more(&stream.subscribe()).is_err() {
                        break;
                    }
                }
                Ok(chunk) => heard.extend(chunk),
                Err(_) => break,
            }
        }
        Ok(heard)
    }

    fn read_body(&self, body: &IncomingBody, keep: Option<&[&str]>) -> Result<Vec<u8>, TransportError> {
        let stream: InputStream = body.stream().map_err(|()| self.error(TransportErrorKind::Other))?;
        let mut kept = Sieve::new(keep);
        let mut left = if keep.is_some() { MAX_SIEVED_BYTES } else { MAX_ANSWER_BYTES };
        loop {
            match stream.read(MAX_READ) {
                Ok(chunk) if chunk.is_empty() => self.wait_for_more(&stream.subscribe())?,
                Ok(chunk) => {
                    left = left.checked_sub(chunk.len()).ok_or_else(|| self.error(TransportErrorKind::TooLarge))?;
                    kept.push(&chunk);
                    if kept.len() > MAX_ANSWER_BYTES {
                        return Err(self.error(TransportErrorKind::TooLarge));
                    }
                }
                Err(StreamError::Closed) => return Ok(kept.into_bytes()),
                Err(StreamError::LastOperationFailed(_)) => return Err(self.error(TransportErrorKind::CutOff)),
            }
        }
    }

    fn wait(&self, pollable: &Pollable) -> Result<(), TransportError> {
        match poll(&[pollable, &self.timer]).contains(&0) {
            true => Ok(()),
            false => Err(self.error(TransportErrorKind::Timeout)),
        }
    }

    /// A server that sends a byte a second is never late with a byte, only with the whole: here the timer comes first.
    fn wait_for_more(&self, pollable: &Pollable) -> Result<(), TransportError> {
        match poll(&[pollable, &self.timer]).contains(&1) {
            true => Err(self.error(TransportErrorKind::Timeout)),
            false => Ok(()),
        }
    }

    fn error(&self, kind: TransportErrorKind) -> TransportError {
        TransportError { kind, not_sent: self.incomplete }
    }
}

impl Transport for WasiHttp<'_> {
    fn send(&mut self, request: &Request, within: u64) -> Answer {
        let mut exchange = Exchange::within(within, request);
        let outgoing = self.outgoing(request)?;
        // A body that is asked for counts as one to send: some hosts then refuse a GET.
        let body = if request.body.is_empty() { None } else { Some(outgoing.body().map_err(|()| denied())?) };
        let answer = outgoing_handler::handle(outgoing, Some(Exchange::options(within)))
            .map_err(|code| exchange.error(error_code::kind(&code)))?;
        if let Some(body) = body {
            exchange.write(body, request, &answer);
        }
        let response = exchange.receive(&answer)?;
        exchange.read(response, request.stream, self.keep)
    }

    fn now(&mut self) -> Moment {
        Moment { elapsed: self.elapsed(), random: get_random_u64() }
    }

    fn pause(&mut self, milliseconds: u64) {
        monotonic_clock::subscribe_duration(milliseconds * NANOSECONDS_PER_MILLISECOND).block();
    }
}

fn header(headers: &Fields, name: &str) -> Option<String> {
    headers.get(name).into_iter().next().and_then(|value| String::from_utf8(value).ok())
}

fn denied() -> TransportError {
    TransportError { kind: TransportErrorKind::Denied, not_sent: true }
}
