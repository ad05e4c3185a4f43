//! One request on its way and its answer, until the deadline.

use wasip2::clocks::monotonic_clock;
use wasip2::http::types::{
    Fields, FutureIncomingResponse, IncomingBody, IncomingResponse, OutgoingBody, RequestOptions,
};
use wasip2::io::poll::{Pollable, poll};
use wasip2::io::streams::{InputStream, OutputStream, StreamError};

use super::NANOSECONDS_PER_MILLISECOND;
use super::error_code;
use crate::wire::{Request, Response, Sieve, TransportError, TransportErrorKind, sse};

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
pub(super) const MAX_SIEVED_BYTES: usize = 64 << 20;

/// One request, until its deadline.
pub(super) struct Exchange {
    timer: Pollable,
    /// The host does not have the whole request, so Salesforce cannot have it. Never true of a request without a body.
    incomplete: bool,
}

impl Exchange {
    pub(super) fn within(milliseconds: u64, request: &Request) -> Self {
        let timer = monotonic_clock::subscribe_duration(milliseconds * NANOSECONDS_PER_MILLISECOND);
        Self { timer, incomplete: !request.body.is_empty() }
    }

    /// Time-outs of the host, for what our own timer has given up and the host has not. A time-out for connecting is not set:
    /// Node's shim ends any idle request by it.
    pub(super) fn options(within: u64) -> RequestOptions {
        let left = Some((within * NANOSECONDS_PER_MILLISECOND).saturating_add(MARGIN));
        let options = RequestOptions::new();
        let _ = options.set_first_byte_timeout(left);
        let _ = options.set_between_bytes_timeout(left);
        options
    }

    /// Writes the body with the host's back-pressure. Gives up when the answer is there already or the time is over; what
    /// that means, the answer tells.
    pub(super) fn write(&mut self, body: OutgoingBody, request: &Request, answer: &FutureIncomingResponse) {
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

    pub(super) fn receive(&self, answer: &FutureIncomingResponse) -> Result<IncomingResponse, TransportError> {
        loop {
            match answer.get() {
                Some(Ok(Ok(response))) => return Ok(response),
                Some(Ok(Err(code))) => return Err(self.error(error_code::kind(&code))),
                Some(Err(())) => return Err(self.error(TransportErrorKind::Other)),
                None => self.wait(&answer.subscribe())?,
            }
        }
    }

    pub(super) fn read(
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

    pub(super) fn error(&self, kind: TransportErrorKind) -> TransportError {
        TransportError { kind, not_sent: self.incomplete }
    }
}

fn header(headers: &Fields, name: &str) -> Option<String> {
    headers.get(name).into_iter().next().and_then(|value| String::from_utf8(value).ok())
}
