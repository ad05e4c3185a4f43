//! Tokens of an org: how a host gets them, renews them and gives them back.
//!
//! Kept apart from the module that handles chat text, so that a host can run this in an instance of its own: the client
//! secret and the refresh token are never in the memory that a visitor's words are in.
//!
//! Every function makes one request at most and says what it means. Nothing is stored here, and nothing is repeated: since
//! Salesforce rotates refresh tokens, presenting one twice revokes the connection, so renewing is the host's to do, once for
//! all of its workers, and it stores a new grant before it uses it.
//!
//! Sources: OAuth 2.0 (RFC 6749), PKCE (RFC 7636); Salesforce help, "OAuth Web Server Flow" and the pages beside it.

mod authorize;
mod callback;
mod error;
mod refusals;
mod token;

use crate::base::{Language, Words};
use crate::exchange::Transport;
use crate::salesforce::Domain;
use crate::texts::en::oauth;
use crate::wire::{ContentType, Request, Response};

pub use crate::base::Secret;
pub use authorize::{Authorization, RANDOM_BYTES, authorize};
pub use callback::{Callback, code};
pub use error::{Advice, OAuthError};
pub use token::{Grant, Tokens};

const TOKEN_PATH: &str = "/services/oauth2/token";
const REVOKE_PATH: &str = "/services/oauth2/revoke";
/// How long an answer may take, in milliseconds: a log-in, or a run, waits for it.
const DEADLINE: u64 = 20_000;
/// Longest text of a host's: an id, a secret, a token, an address. Salesforce's own have some hundred bytes, a JWT some
/// thousand; its servers end URLs and headers here.
pub const MAX_TEXT_BYTES: usize = 16_384;
/// RFC 7523.
const JWT_BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

/// The app through which a host connects: an External Client App, or a Connected App of old.
#[derive(Debug)]
pub struct Client<'a> {
    /// The org's My Domain host: its tokens come from nowhere else.
    pub domain: Domain,
    /// "Consumer Key" in Setup.
    pub id: &'a str,
    /// "Consumer Secret"; a public client has none.
    pub secret: Option<Secret>,
}

impl<'a> Client<'a> {
    /// An empty secret is none. The error says that `domain` is not an org's My Domain host, or that `id` is blank.
    pub fn new(domain: &str, id: &'a str, secret: Option<String>) -> Result<Self, OAuthError> {
        let domain = self::domain(domain)?;
        if id.trim().is_empty() {
            return Err(OAuthError::misconfigured("invalid_client_id", oauth::CLIENT_ID_EMPTY));
        }
        Ok(Self { domain, id, secret: secret.filter(|secret| !secret.is_empty()).map(Secret::new) })
    }

    fn form<'f>(&'f self, grant_type: &'f str) -> Vec<(&'f str, &'f str)> {
        let mut form = vec![("grant_type", grant_type), ("client_id", self.id)];
        form.extend(self.secret.as_ref().map(|secret| ("client_secret", secret.reveal())));
        form
    }
}

/// The My Domain host that tokens are asked from.
pub fn domain(text: &str) -> Result<Domain, OAuthError> {
    Domain::parse(text).map_err(|error| {
        let said = error.said();
        let text = |words: &Words| words.get(Language::En).to_owned();
        OAuthError::misconfigured("bad-domain", (text(&said.message), text(&said.remedy)))
    })
}

/// A code, which the visitor of the log-in page brought back, becomes tokens.
pub fn exchange(
    client: &Client,
    redirect_uri: &str,
    code: &Secret,
    code_verifier: &Secret,
    transport: &mut impl Transport,
) -> Result<Tokens, OAuthError> {
    let mut form = client.form("authorization_code");
    form.extend([("code", code.reveal()), ("redirect_uri", redirect_uri), ("code_verifier", code_verifier.reveal())]);
    token::request(&client.domain, &form, None, transport)
}

/// New tokens for a grant. Where the answer leaves something out, what the grant knew still holds.
pub fn refresh(client: &Client, grant: Grant, transport: &mut impl Transport) -> Result<Tokens, OAuthError> {
    let known = [&grant.scope, &grant.identity_url].map(|text| text.as_deref().unwrap_or_default());
    let [scope, identity_url] = known;
    bounded(&[("instance_url", &grant.instance_url), ("scope", scope), ("identity_url", identity_url)])?;
    let refresh_token = grant.refresh_token.clone();
    let mut form = client.form("refresh_token");
    form.push(("refresh_token", refresh_token.reveal()));
    token::request(&client.domain, &form, Some(grant), transport)
}

/// Tokens for the app itself, as its run-as user. There is no grant: ask again when the token is refused.
pub fn client_credentials(client: &Client, transport: &mut impl Transport) -> Result<Tokens, OAuthError> {
    if client.secret.is_none() {
        return Err(OAuthError::misconfigured("invalid_client", oauth::SECRET_NEEDED));
    }
    token::request(&client.domain, &client.form("client_credentials"), None, transport)
}

/// Tokens for a JWT that the host has signed with the app's certificate.
pub fn assertion(domain: &Domain, assertion: &Secret, transport: &mut impl Transport) -> Result<Tokens, OAuthError> {
    let form = [("grant_type", JWT_BEARER), ("assertion", assertion.reveal())];
    token::request(domain, &form, None, transport)
}

/// Gives a token back. A refresh token takes its access tokens with it.
pub fn revoke(token: &Secret, transport: &mut impl Transport) -> Result<(), OAuthError> {
    let response = send(REVOKE_PATH, &[("token", token.reveal())], transport)?;
    match response.status {
        200 => Ok(()),
        _ => Err(OAuthError::of_answer(&response)),
    }
}

/// A request to the token endpoint, once: a refresh that arrived twice would end the grant where tokens rotate.
fn send(path: &str, form: &[(&str, &str)], transport: &mut impl Transport) -> Result<Response, OAuthError> {
    transport.send(&post(path, form)?, DEADLINE).map_err(OAuthError::of_transport)
}

fn post(path: &str, form: &[(&str, &str)]) -> Result<Request, OAuthError> {
    bounded(form)?;
    let mut body = form_urlencoded::Serializer::new(String::new());
    body.extend_pairs(form);
    Ok(Request {
        method: "POST",
        path: path.to_owned(),
        content_type: ContentType::Form,
        body: body.finish(),
        ..Request::default()
    })
}

/// Refuses texts that are longer than anything of Salesforce's: encoded, a few of them would fill the memory.
fn bounded(texts: &[(&str, &str)]) -> Result<(), OAuthError> {
    let Some((name, _)) = texts.iter().find(|(_, text)| text.len() > MAX_TEXT_BYTES) else { return Ok(()) };
    Err(OAuthError::misconfigured("too-long", oauth::too_long(name, MAX_TEXT_BYTES)))
}
