//! Between the module and the platform, in tests only: a request to a deployment domain goes to a server on this machine instead.
//!
//! `wasmtime serve` sends every request where it says, over TLS, and trusts public certificates only. A way to a simulator inside
//! of the front would be in production too. So it is a component of its own, which only the composition for tests has.

#![cfg(target_family = "wasm")]

use exports::wasi::http::outgoing_handler::{
    ErrorCode, FutureIncomingResponse, Guest, OutgoingRequest, RequestOptions,
};
use wasi::cli::environment::get_environment;
use wasi::http::outgoing_handler;
use wasi::http::types::Scheme;

wit_bindgen::generate!({ world: "route", path: "wit", generate_all });

/// Names the server, as `127.0.0.1:4711`.
const TO: &str = "TEST_ROUTE";
/// The only hosts that have a way: of an org's data, and of its chats.
const DOMAINS: [&str; 2] = [".my.salesforce.com", ".my.salesforce-scrt.com"];

struct Route;

export!(Route);

impl Guest for Route {
    fn handle(request: OutgoingRequest, options: Option<RequestOptions>) -> Result<FutureIncomingResponse, ErrorCode> {
        let is_meant = matches!(request.scheme(), Some(Scheme::Https))
            && request.authority().is_some_and(|authority| DOMAINS.iter().any(|domain| authority.ends_with(domain)));
        let to = get_environment().into_iter().find(|(name, _)| name == TO).map(|(_, to)| to);
        let (true, Some(to)) = (is_meant, to) else { return Err(ErrorCode::HttpRequestDenied) };
        request.set_scheme(Some(&Scheme::Http)).map_err(|()| ErrorCode::HttpRequestUriInvalid)?;
        request.set_authority(Some(&to)).map_err(|()| ErrorCode::HttpRequestUriInvalid)?;
        outgoing_handler::handle(request, options)
    }
}
