//! The login and consent page, and the codes it gives.
//!
//! What is wrong with the app's address is told on a page: to redirect there would hand the visitor to a stranger. All
//! other errors go to the callback.

use jiff::{SignedDuration, Timestamp};
use ring::digest::{SHA256, digest};

use super::{CLIENT_ID, OAuth, Parameters, Refused, base64url, page, refused};
use crate::http::{Request, Response, html, uri};
use crate::settings::Settings;

const CODE_LIFETIME: SignedDuration = SignedDuration::from_mins(15);

/// The scopes that an app can ask for here. Without any, it gets what the app is set up with.
const SCOPES: [&str; 9] = ["api", "refresh_token", "offline_access", "full", "web", "id", "openid", "profile", "email"];
const APP_SCOPES: &str = "api refresh_token";

/// An error that is shown to the user and never sent to the callback.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuthorizeError {
    /// As `redirect_uri_mismatch`.
    pub code: String,
    /// The words beside it.
    pub description: String,
}

impl std::fmt::Display for AuthorizeError {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "{}: {}", self.code, self.description)
    }
}

impl std::error::Error for AuthorizeError {}

/// An authorisation code.
#[derive(Debug)]
pub struct Code {
    code: String,
    redirect_uri: String,
    scope: String,
    challenge: Option<String>,
    pub issued: Option<Timestamp>,
    spent: bool,
}

/// What an app asks the user for.
struct Wish {
    redirect_uri: String,
    state: String,
    scope: String,
    challenge: Option<String>,
}

enum Rejected {
    Page(AuthorizeError),
    Callback(String),
}

/// Answers `GET` with the page, and `POST` of its form with the way back to the app.
pub fn answer(oauth: &mut OAuth, settings: &Settings, request: &Request) -> Response {
    let parameters = match request.method.as_str() {
        "POST" => Parameters::of_form(request),
        _ => Parameters::of_query(request.query.as_deref().unwrap_or_default()),
    };
    let wish = match wish(oauth, settings, &parameters) {
        Ok(wish) => wish,
        Err(Rejected::Page(error)) => return html(400, &page::error(&error)),
        Err(Rejected::Callback(url)) => return redirect(url),
    };
    match parameters.get("decision") {
        "allow" if request.method == "POST" => redirect(allow(oauth, wish)),
        "deny" if request.method == "POST" => redirect(wish.refused(DENIED)),
        _ => html(200, &page::consent(&parameters.0, &wish.scope, parameters.get("login_hint"))),
    }
}

const DENIED: Refused = refused("access_denied", "end-user denied authorization");

/// What the page sends the browser back to when the user allows what the query asks for.
pub fn approve(oauth: &mut OAuth, settings: &Settings, authorize_query: &str) -> Result<String, AuthorizeError> {
    decide(oauth, settings, authorize_query, allow)
}

/// As [`approve`], with the other button.
pub fn deny(oauth: &mut OAuth, settings: &Settings, authorize_query: &str) -> Result<String, AuthorizeError> {
    decide(oauth, settings, authorize_query, |_, wish| wish.refused(DENIED))
}

fn decide(
    oauth: &mut OAuth,
    settings: &Settings,
    authorize_query: &str,
    decision: impl FnOnce(&mut OAuth, Wish) -> String,
) -> Result<String, AuthorizeError> {
    let query = authorize_query.split_once('?').map_or(authorize_query, |(_, query)| query);
    match wish(oauth, settings, &Parameters::of_query(query)) {
        Ok(wish) => Ok(decision(oauth, wish)),
        Err(Rejected::Callback(url)) => Ok(url),
        Err(Rejected::Page(error)) => Err(error),
    }
}

fn wish(oauth: &OAuth, settings: &Settings, parameters: &Parameters) -> Result<Wish, Rejected> {
    let page = |code: &str, description: &str| {
        Err(Rejected::Page(AuthorizeError { code: code.into(), description: description.into() }))
    };
    if parameters.get("client_id") != CLIENT_ID {
        return page("invalid_client_id", "client identifier invalid");
    }
    let redirect_uri = parameters.get("redirect_uri");
    if redirect_uri.is_empty() {
        return page("redirect_uri_missing", "redirect_uri not provided");
    }
    if !is_allowed(redirect_uri, &settings.callbacks) {
        return page("redirect_uri_mismatch", "redirect_uri must match configuration");
    }
    let asked = Some(parameters.get("scope").trim()).filter(|scope| !scope.is_empty()).unwrap_or(APP_SCOPES);
    let scopes: Vec<&str> = asked.split_whitespace().collect();
    let challenge = Some(parameters.get("code_challenge")).filter(|challenge| !challenge.is_empty());
    let wish = Wish {
        redirect_uri: redirect_uri.into(),
        state: parameters.get("state").into(),
        scope: scopes.join(" "),
        challenge: challenge.map(Into::into),
    };
    // The page knows only one method, so clients may leave it out.
    let method = Some(parameters.get("code_challenge_method")).filter(|method| !method.is_empty()).unwrap_or("S256");
    let refusal = if let Some(refusal) = oauth.refusals.at_authorize() {
        Some(refusal)
    } else if parameters.get("response_type") != "code" {
        Some(refused("unsupported_response_type", "response type not supported"))
    } else if wish.challenge.is_none() && settings.pkce_required {
        Some(refused("invalid_request", "missing required code challenge"))
    } else if wish.challenge.as_deref().is_some_and(|challenge| !is_s256(challenge) || method != "S256") {
        Some(refused("invalid_request", "invalid code challenge"))
    } else if scopes.iter().any(|scope| !SCOPES.contains(scope)) {
        Some(refused("invalid_scope", "the requested scope is not allowed"))
    } else {
        None
    };
    match refusal {
        Some(refusal) => Err(Rejected::Callback(wish.refused(refusal))),
        None => Ok(wish),
    }
}

impl Wish {
    fn refused(&self, Refused { code, description }: Refused) -> String {
        self.callback(&[("error", code), ("error_description", description)])
    }

    /// The redirect URI with these parameters, in the form encoding that the real page uses, and the state.
    fn callback(&self, parameters: &[(&str, &str)]) -> String {
        let state = ("state", self.state.as_str());
        let parameters = parameters.iter().copied().chain(Some(state).filter(|(_, state)| !state.is_empty()));
        let pairs: Vec<String> =
            parameters.map(|(name, value)| format!("{name}={}", uri::encode(value).replace("%20", "+"))).collect();
        let separator = if self.redirect_uri.contains('?') { '&' } else { '?' };
        format!("{}{separator}{}", self.redirect_uri, pairs.join("&"))
    }
}

fn allow(oauth: &mut OAuth, wish: Wish) -> String {
    // Real codes end in the padding of base64, which a client must decode exactly once.
    let code = format!("aPrxSimulated_{:08}.code==", oauth.codes.len() + 1);
    let url = wish.callback(&[("code", &code)]);
    let issued = oauth.latest;
    let Wish { redirect_uri, scope, challenge, .. } = wish;
    oauth.codes.push(Code { code, redirect_uri, scope, challenge, issued, spent: false });
    url
}

/// Takes a code that was presented; the scope is what it was given for. A code that comes with the wrong verifier is
/// used up as well: someone else holds it.
pub fn redeem(oauth: &mut OAuth, form: &Parameters, now: Timestamp) -> Result<String, Refused> {
    let code = oauth.codes.iter_mut().find(|known| known.code == form.get("code"));
    let code = code.ok_or(refused("invalid_grant", "invalid authorization code"))?;
    let age = now.duration_since(code.issued.unwrap_or(now));
    if code.spent || age >= CODE_LIFETIME {
        return Err(refused("invalid_grant", "expired authorization code"));
    }
    if form.get("redirect_uri") != code.redirect_uri {
        return Err(refused("redirect_uri_mismatch", "redirect_uri must match configuration"));
    }
    code.spent = true;
    let verifier = Some(form.get("code_verifier")).filter(|verifier| !verifier.is_empty());
    let expected = verifier.map(|verifier| base64url(digest(&SHA256, verifier.as_bytes()).as_ref()));
    if expected != code.challenge {
        return Err(refused("invalid_grant", "invalid code verifier"));
    }
    Ok(code.scope.clone())
}

/// Listed byte by byte, or on this computer. No prefix match: `http://localhost.example.com` is not this computer.
fn is_allowed(redirect_uri: &str, listed: &[String]) -> bool {
    let loopback = ["http://localhost", "http://127.0.0.1"].iter().any(|origin| {
        let Some((port, _)) = redirect_uri.strip_prefix(origin).and_then(|rest| rest.split_once('/')) else {
            return false;
        };
        port.is_empty() || port.strip_prefix(':').is_some_and(|port| port.parse::<u16>().is_ok())
    });
    let plain = !redirect_uri.contains('#') && redirect_uri.bytes().all(|byte| byte.is_ascii_graphic());
    plain && (loopback || listed.iter().any(|known| known == redirect_uri))
}

/// Whether a challenge can be a SHA-256 in base64url: 43 characters without padding.
fn is_s256(challenge: &str) -> bool {
    super::from_base64url(challenge).is_some_and(|hash| hash.len() == 32)
}

fn redirect(url: String) -> Response {
    Response { status: 302, headers: vec![("Location".into(), url)], body: Vec::new() }
}
