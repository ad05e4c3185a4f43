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
mod exchange;

use wasip2::clocks::monotonic_clock;
use wasip2::http::outgoing_handler;
use wasip2::http::types::{FieldValue, Fields, Method, OutgoingRequest, Scheme};
use wasip2::random::random::get_random_u64;

use crate::exchange::{Moment, Transport};
use crate::salesforce::Domain;
#[cfg(not(feature = "run-only"))]
use crate::salesforce::MessagingHost;
use crate::wire::{Answer, NO_ENTITIES, Request, TransportError, TransportErrorKind};
use exchange::Exchange;

const NANOSECONDS_PER_MILLISECOND: u64 = 1_000_000;

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

impl<'a> WasiHttp<'a> {
    pub(super) fn new(domain: &'a Domain, access_token: Option<&'a str>) -> Self {
        Self { host: domain.as_str(), access_token, keep: None, began: monotonic_clock::now() }
    }

    /// To the org's messaging host. Each request has its own token.
    #[cfg(not(feature = "run-only"))]
    pub(super) fn to_messaging(host: &'a MessagingHost) -> Self {
        Self { host: host.as_str(), access_token: None, keep: None, began: monotonic_clock::now() }
    }

    /// Keeps only these members of the answers, whose length then has another bound: [`exchange::MAX_SIEVED_BYTES`].
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

fn denied() -> TransportError {
    TransportError { kind: TransportErrorKind::Denied, not_sent: true }
}
