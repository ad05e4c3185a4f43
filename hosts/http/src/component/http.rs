//! `wasi:http` as the front needs it: a request with its body, bounded in bytes and time, and an answer.

use wasip2::cli::stderr::get_stderr;
use wasip2::clocks::monotonic_clock;
use wasip2::http::types::{Fields, IncomingRequest, Method, OutgoingBody, OutgoingResponse, ResponseOutparam};
use wasip2::io::poll::poll;
use wasip2::io::streams::{OutputStream, StreamError};

use crate::answer::Answer;
use crate::mcp::Headers;
use crate::problem::Problem;

/// Longest time that a body may take to arrive, in nanoseconds: a caller that sends a byte a second holds an instance.
const ARRIVAL: u64 = 30_000_000_000;
/// Longest single read.
const MAX_READ: u64 = 64 << 10;
/// Longest single write. Source: wasi:io, `blocking-write-and-flush`.
const MAX_WRITE: usize = 4096;

pub(super) struct Incoming(IncomingRequest);

impl Incoming {
    pub(super) fn new(request: IncomingRequest) -> Self {
        Self(request)
    }

    pub(super) fn method(&self) -> String {
        match self.0.method() {
            Method::Get => "GET".to_owned(),
            Method::Head => "HEAD".to_owned(),
            Method::Post => "POST".to_owned(),
            Method::Put => "PUT".to_owned(),
            Method::Delete => "DELETE".to_owned(),
            Method::Connect => "CONNECT".to_owned(),
            Method::Options => "OPTIONS".to_owned(),
            Method::Trace => "TRACE".to_owned(),
            Method::Patch => "PATCH".to_owned(),
            Method::Other(other) => other,
        }
    }

    pub(super) fn path(&self) -> String {
        self.0.path_with_query().unwrap_or_default()
    }

    pub(super) fn header(&self, name: &str) -> Option<String> {
        let values = self.0.headers().get(name);
        values.into_iter().next().and_then(|value| String::from_utf8(value).ok())
    }

    pub(super) fn of_mcp(&self) -> Headers {
        Headers {
            origin: self.header("origin"),
            version: self.header("mcp-protocol-version"),
            method: self.header("mcp-method"),
            name: self.header("mcp-name"),
        }
    }

    /// All of the body.
    ///
    /// Of a body that is too large as much again is read and thrown away: a caller that is still sending would meet a broken connection
    /// instead of the answer that says why.
    pub(super) fn body(&self, most: usize) -> Result<Vec<u8>, Problem> {
        let announced = self.header("content-length").and_then(|length| length.parse().ok()).unwrap_or(0);
        if announced > most.saturating_mul(2) {
            return Err(too_large(most));
        }
        let body = self.0.consume().map_err(|()| cut_off())?;
        let stream = body.stream().map_err(|()| cut_off())?;
        let timer = monotonic_clock::subscribe_duration(ARRIVAL);
        let mut bytes: Vec<u8> = Vec::with_capacity(announced.min(most));
        let mut seen = 0;
        loop {
            match stream.read(MAX_READ) {
                Ok(chunk) if chunk.is_empty() => {
                    let more = stream.subscribe();
                    if !poll(&[&more, &timer]).contains(&0) {
                        return Err(Problem::new(408, "request-timeout", "The body did not arrive within 30 seconds."));
                    }
                }
                Ok(chunk) => {
                    seen += chunk.len();
                    if seen <= most {
                        bytes.extend_from_slice(&chunk);
                    } else if seen > most.saturating_mul(2) {
                        return Err(too_large(most));
                    }
                }
                Err(StreamError::Closed) if seen > most => return Err(too_large(most)),
                Err(StreamError::Closed) => return Ok(bytes),
                Err(StreamError::LastOperationFailed(_)) => return Err(cut_off()),
            }
        }
    }
}

/// Sends the answer. If the caller is gone, there is nobody to tell.
pub(super) fn respond(to: ResponseOutparam, answer: &Answer) {
    let length = answer.body.len().to_string();
    let of_body = answer.media_type.map(|media_type| ("content-type", media_type));
    let other = answer.header.as_ref().map(|(name, value)| (*name, value.as_str()));
    let headers = [Some(("content-length", length.as_str())), of_body, other];
    if let Some(stream) = Stream::begin(to, answer.status, headers.into_iter().flatten())
        && stream.write(&answer.body)
    {
        stream.end();
    }
}

/// An answer whose body is sent piece by piece.
pub(super) struct Stream {
    // In the order in which they must be dropped.
    stream: OutputStream,
    body: OutgoingBody,
}

impl Stream {
    /// `None` if the caller is gone.
    pub(super) fn open(to: ResponseOutparam, media_type: &str) -> Option<Self> {
        Self::begin(to, 200, [("content-type", media_type)].into_iter())
    }

    fn begin<'a>(
        to: ResponseOutparam,
        status: u16,
        headers: impl Iterator<Item = (&'static str, &'a str)>,
    ) -> Option<Self> {
        let fields = Fields::new();
        // Answers hold data of conversations, and are of this moment.
        for (name, value) in headers.chain([("cache-control", "no-store")]) {
            // Each is valid, or was read from a valid header.
            let _ = fields.append(name, value.as_bytes());
        }
        let response = OutgoingResponse::new(fields);
        let _ = response.set_status_code(status);
        let body = response.body().ok()?;
        ResponseOutparam::set(to, Ok(response));
        let stream = body.write().ok()?;
        Some(Self { stream, body })
    }

    /// Whether the caller took it.
    pub(super) fn write(&self, text: &str) -> bool {
        write(&self.stream, text.as_bytes())
    }

    pub(super) fn end(self) {
        drop(self.stream);
        let _ = OutgoingBody::finish(self.body, None);
    }
}

fn write(stream: &OutputStream, bytes: &[u8]) -> bool {
    bytes.chunks(MAX_WRITE).all(|chunk| stream.blocking_write_and_flush(chunk).is_ok())
}

/// A line for the platform's log. It has codes, names and counts, and no value.
pub(super) fn log(line: &str) {
    write(&get_stderr(), format!("{line}\n").as_bytes());
}

fn too_large(most: usize) -> Problem {
    let detail = format!("The body may have {most} bytes (`FRONT_MAX_BODY_BYTES`).");
    Problem::new(413, "body-too-large", detail)
}

fn cut_off() -> Problem {
    Problem::bad_request("The body was cut off.")
}
