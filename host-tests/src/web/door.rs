//! Lets in the browser that has the address, and no other program or page.
//!
//! - The address holds a token that is good once: it becomes a cookie that scripts cannot read and other sites cannot send. What stands
//!   in a history or a terminal later opens nothing.
//! - `Host` must be this server's, so that a name which another site points to 127.0.0.1 (DNS rebinding) reaches nothing.
//! - A request of another page has its `Origin` or `Sec-Fetch-Site`, and is refused whatever it asks for.
//! - No answer may load anything from elsewhere, be framed, or be kept.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use axum::body::Body;
use axum::extract::{Request, State};
use axum::middleware::Next;
use axum::response::{Html, IntoResponse, Response};
use http::header::{
    CACHE_CONTROL, CONTENT_SECURITY_POLICY, CONTENT_TYPE, COOKIE, HOST, HeaderName, HeaderValue, ORIGIN,
    REFERRER_POLICY, SET_COOKIE, X_CONTENT_TYPE_OPTIONS,
};
use http::{HeaderMap, Method, StatusCode};
use ring::digest::{SHA256, digest};

use super::secret;

const POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src 'self' data:; \
                      base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
                      trusted-types 'none'";

/// A page and not a redirect: a browser sends a `SameSite=Strict` cookie after a redirect only if the whole way there was its own,
/// which it is not from a terminal that is itself a web page.
const WELCOME: &str = "<!doctype html><html lang=\"en\"><meta charset=\"utf-8\"><meta http-equiv=\"refresh\" content=\"0;url=/\">\
                       <link rel=\"icon\" href=\"data:,\"><title>chat-host</title><p><a href=\"/\">Open the page</a></p></html>";

/// See above.
pub(super) struct Door {
    port: u16,
    /// What the address holds.
    token: String,
    /// What the cookie holds.
    session: String,
    is_used: AtomicBool,
}

impl Door {
    /// `session` is what the cookie of a browser that is let in already holds.
    pub fn new(port: u16, session: Option<String>) -> anyhow::Result<Self> {
        let session = session.map_or_else(secret, Ok)?;
        Ok(Self { port, token: secret()?, session, is_used: AtomicBool::new(false) })
    }

    /// What a person opens.
    pub fn address(&self) -> String {
        format!("{}/?token={}", self.origin(), self.token)
    }

    fn origin(&self) -> String {
        format!("http://127.0.0.1:{}", self.port)
    }

    /// Cookies are shared by all ports of a host.
    fn cookie_name(&self) -> String {
        format!("chat-host-{}", self.port)
    }

    /// Why a request is refused.
    fn refusal(&self, request: &Request) -> Option<&'static str> {
        let headers = request.headers();
        if headers.get(HOST).is_none_or(|host| host.as_bytes() != format!("127.0.0.1:{}", self.port).as_bytes()) {
            return Some("This server answers to its own address only.");
        }
        if headers.get(ORIGIN).is_some_and(|origin| origin.as_bytes() != self.origin().as_bytes()) {
            return Some("A page of another site asked.");
        }
        // Of a browser: that the person typed the address, or that the page itself asked. Opening the address from another page is
        // no more than a link.
        let is_opened = request.method() == Method::GET && request.uri().path() == "/";
        let site = headers.get("sec-fetch-site").map(HeaderValue::as_bytes);
        if !is_opened && !matches!(site, None | Some(b"same-origin" | b"none")) {
            return Some("A page of another site asked.");
        }
        if request.method() != Method::GET {
            // A form of another page cannot send this kind without being asked about it first.
            let is_json = headers.get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes() == b"application/json");
            if headers.get(ORIGIN).is_none() || !is_json {
                return Some("Only the page itself may ask for this.");
            }
        }
        None
    }

    fn has_cookie(&self, headers: &HeaderMap) -> bool {
        let name = self.cookie_name();
        let cookies =
            headers.get_all(COOKIE).iter().filter_map(|value| value.to_str().ok()).flat_map(|all| all.split(';'));
        cookies
            .filter_map(|cookie| cookie.trim().split_once('='))
            .any(|(n, value)| n == name && is(value, &self.session))
    }

    /// Whether the address is this one, and opens the door for the first time.
    fn takes(&self, request: &Request) -> bool {
        let given = request.uri().query().and_then(|query| query.strip_prefix("token="));
        request.uri().path() == "/"
            && given.is_some_and(|given| is(given, &self.token))
            && !self.is_used.swap(true, Ordering::Relaxed)
    }

    fn welcome(&self) -> Response {
        let cookie = format!("{}={}; Path=/; HttpOnly; SameSite=Strict", self.cookie_name(), self.session);
        ([(SET_COOKIE, cookie)], Html(WELCOME)).into_response()
    }
}

/// What stands before every answer.
pub(super) async fn guard(State(door): State<Arc<Door>>, request: Request, next: Next) -> Response {
    let mut response = match door.refusal(&request) {
        Some(reason) => refused(StatusCode::FORBIDDEN, reason),
        // First, so that the address is used up also where the browser has been let in before.
        None if door.takes(&request) => door.welcome(),
        None if door.has_cookie(request.headers()) => next.run(request).await,
        None => refused(
            StatusCode::UNAUTHORIZED,
            "This address has been used, or is not complete. It opens the page in one browser, once. End the command of chat-host that \
             printed it and start it again for a new one.",
        ),
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (CONTENT_SECURITY_POLICY, POLICY),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (REFERRER_POLICY, "no-referrer"),
        (CACHE_CONTROL, "no-store"),
        (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
        (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

fn refused(status: StatusCode, reason: &'static str) -> Response {
    (status, [(CONTENT_TYPE, "text/plain; charset=utf-8")], Body::from(reason)).into_response()
}

/// Compared by their digests: how long that takes tells nothing about the secret.
fn is(given: &str, secret: &str) -> bool {
    digest(&SHA256, given.as_bytes()).as_ref() == digest(&SHA256, secret.as_bytes()).as_ref()
}
