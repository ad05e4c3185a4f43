//! The OAuth side of the org: login page, token endpoint, revocation, and the sessions that come of them.
//!
//! It guarantees what a client can only learn from refusals: a code works once, a rotated refresh token that comes back
//! ends the whole grant, and every refusal has the body of the real endpoint. Tokens come from a counter: they look
//! like real ones and are as unguessable as a test needs, which is not at all.

mod assertion;
mod authorize;
mod grant;
mod page;
pub mod redact;
mod refusal;
mod requests;
mod status;
mod tokens;
mod user;

use base64::Engine;
use base64::engine::general_purpose::{STANDARD, URL_SAFE_NO_PAD};
use jiff::Timestamp;
use serde_json::json;

use crate::http::{Reply, Request, Response, html, plain, uri};
use crate::schema::id;
use crate::settings::Settings;

pub use assertion::public_key;
pub use authorize::{AuthorizeError, approve, deny};
pub use refusal::TokenRefusal;
pub use requests::TokenRequests;
pub use status::identity_url;
pub use user::{USERNAME, integration_user};

pub const CLIENT_ID: &str = "simulator-client-id";
pub const CLIENT_SECRET: &str = "simulator-client-secret";

/// Where all of this is served.
pub const BASE: &str = "/services/oauth2";

/// What OAuth keeps.
#[derive(Debug)]
pub struct OAuth {
    pub tokens: tokens::Tokens,
    pub codes: Vec<authorize::Code>,
    pub refusals: refusal::Refusals,
    pub requests: TokenRequests,
    /// Public key of assertions, in DER as PKCS #1.
    pub public_key: Option<Vec<u8>>,
    pub lose_next_answer: bool,
    /// The time of the newest request.
    pub latest: Option<Timestamp>,
}

impl OAuth {
    pub fn new() -> OAuth {
        OAuth {
            tokens: tokens::Tokens::new(),
            codes: Vec::new(),
            refusals: refusal::Refusals::default(),
            requests: TokenRequests::default(),
            public_key: None,
            lose_next_answer: false,
            latest: None,
        }
    }

    /// Takes note of the time: the org has no clock, so what a test approves between requests is as old as the last
    /// request before, or the first after.
    pub fn tick(&mut self, now: Timestamp) {
        self.latest = Some(now);
        for code in self.codes.iter_mut().filter(|code| code.issued.is_none()) {
            code.issued = Some(now);
        }
    }
}

/// Where the address of an identity begins that every token answer names.
const IDENTITY: &str = "/id/";

/// Whether tokens can stand in requests to this path and in the answers.
pub fn is_sensitive(path: &str) -> bool {
    path.starts_with(BASE) || path.starts_with(IDENTITY)
}

/// Answers what is under [`BASE`], and the identity; `None` for every other path.
pub fn answer(
    oauth: &mut OAuth,
    settings: &Settings,
    path: &str,
    request: &Request,
    now: Timestamp,
) -> Option<Response> {
    if let Some(identity) = path.strip_prefix(IDENTITY) {
        return Some(status::identity(oauth, settings, identity, request, now));
    }
    let response = match path.strip_prefix(BASE)? {
        "/authorize" => authorize::answer(oauth, settings, request),
        "/token" => grant::answer(oauth, settings, request, now),
        "/revoke" => status::revoke(oauth, request),
        "/introspect" => status::introspect(oauth, settings, request, now),
        "/userinfo" => status::userinfo(oauth, settings, request, now),
        _ => return None,
    };
    Some(response)
}

/// The token of an `Authorization` header; `OAuth` is the old spelling of `Bearer` and still works.
pub fn bearer(header: &str) -> Option<&str> {
    let (scheme, token) = header.split_once(' ')?;
    (scheme.eq_ignore_ascii_case("Bearer") || scheme.eq_ignore_ascii_case("OAuth")).then(|| token.trim())
}

/// An error in the words of OAuth.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Refused {
    code: &'static str,
    description: &'static str,
}

const fn refused(code: &'static str, description: &'static str) -> Refused {
    Refused { code, description }
}

impl From<Refused> for Response {
    fn from(Refused { code, description }: Refused) -> Response {
        plain(Reply::new(400, json!({ "error": code, "error_description": description })))
    }
}

/// The parameters of a query or of a form body.
struct Parameters(Vec<(String, String)>);

impl Parameters {
    fn of_query(query: &str) -> Parameters {
        Parameters(uri::pairs(query).unwrap_or_default())
    }

    /// None at all when the body is not a form.
    fn of_form(request: &Request) -> Parameters {
        let kind = request.header("content-type").unwrap_or_default();
        let form = kind.starts_with("application/x-www-form-urlencoded");
        Parameters::of_query(std::str::from_utf8(&request.body).ok().filter(|_| form).unwrap_or_default())
    }

    /// The parameter's value, blank when it is missing.
    fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(known, _)| known == name).map_or("", |(_, value)| value.as_str())
    }
}

/// Client id and secret, from the Basic header or the form. `public` lets the secret be absent, but never be wrong.
fn authenticate(request: &Request, form: &Parameters, public: bool) -> Result<(), Refused> {
    let basic = request.header("authorization").and_then(basic);
    let (id, secret) = basic.unwrap_or_else(|| (form.get("client_id").into(), form.get("client_secret").into()));
    if id != CLIENT_ID {
        return Err(refused("invalid_client_id", "client identifier invalid"));
    }
    if secret != CLIENT_SECRET && !(public && secret.is_empty()) {
        return Err(refused("invalid_client", "invalid client credentials"));
    }
    Ok(())
}

fn basic(header: &str) -> Option<(String, String)> {
    let (_, credentials) = header.split_once(' ').filter(|(scheme, _)| scheme.eq_ignore_ascii_case("Basic"))?;
    let decoded = String::from_utf8(STANDARD.decode(credentials.trim()).ok()?).ok()?;
    decoded.split_once(':').map(|(id, secret)| (id.into(), secret.into()))
}

/// What kind of host a request was sent to.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Site {
    /// `login.salesforce.com` or `test.salesforce.com`: all orgs', not this one's.
    Login,
    /// Lightning pages and setup pages: no API behind them.
    Pages,
    /// My Domain, or whatever a test calls the org.
    Org,
}

/// The host of a request, in lower case and without port.
fn host(request: &Request) -> String {
    let host = request.header("host").unwrap_or_default();
    host.split(':').next().unwrap_or_default().trim_end_matches('.').to_ascii_lowercase()
}

fn site(host: &str) -> Site {
    const PAGES: [&str; 5] = [
        ".lightning.force.com",
        ".lightning.crmforce.mil",
        ".lightning.sfcrmapps.cn",
        ".my-lightning.com",
        ".salesforce-setup.com",
    ];
    match host {
        "login.salesforce.com" | "test.salesforce.com" => Site::Login,
        host if PAGES.iter().any(|suffix| host.ends_with(suffix)) => Site::Pages,
        _ => Site::Org,
    }
}

/// Whether the host is a production or a sandbox org's; `None` for a host that is no Salesforce host.
fn is_sandbox(host: &str) -> Option<bool> {
    match host {
        "login.salesforce.com" => Some(false),
        "test.salesforce.com" => Some(true),
        host if host.contains(".my.salesforce.") => {
            Some(host.contains(".sandbox.") || host.contains(".scratch.") || host.contains("--"))
        }
        _ => None,
    }
}

/// 503 as the edge gives it: not even JSON.
fn unavailable() -> Response {
    html(503, "<html><body><h1>503 Service Unavailable</h1></body></html>")
}

fn org_id() -> String {
    id::numbered("00D", 1)
}

/// Base64 with the URL alphabet and without padding, of PKCE and JWT.
fn base64url(bytes: &[u8]) -> String {
    URL_SAFE_NO_PAD.encode(bytes)
}

fn from_base64url(text: &str) -> Option<Vec<u8>> {
    URL_SAFE_NO_PAD.decode(text).ok()
}
