//! What a client can ask or say about a token that it has.

use jiff::{SignedDuration, Timestamp};
use serde_json::{Value, json};

use super::{CLIENT_ID, OAuth, Parameters, USERNAME, authenticate, bearer, integration_user, org_id, refused};
use crate::http::{Reply, Request, Response, html, plain, uri};
use crate::settings::Settings;

/// Two hours, the session timeout of an org where nobody changed it.
const USUAL_TIMEOUT: SignedDuration = SignedDuration::from_hours(2);

/// `POST` with a form, or `GET` with a query: ends an access token, or a refresh token with all that came of it.
pub fn revoke(oauth: &mut OAuth, request: &Request) -> Response {
    let form = Parameters::of_form(request);
    let query = Parameters::of_query(request.query.as_deref().unwrap_or_default());
    let token = Some(form.get("token")).filter(|token| !token.is_empty()).unwrap_or(query.get("token"));
    if oauth.tokens.revoke(token) {
        return html(200, "");
    }
    let (code, description) = ("unsupported_token_type", "this token type is not supported");
    if request.header("accept").is_some_and(|accept| accept.contains("json")) {
        return refused(code, description).into();
    }
    // Unlike the token endpoint, this one answers in the form encoding unless JSON is asked for.
    let body = format!("error={code}&error_description={}", uri::encode(description));
    let headers = vec![("Content-Type".into(), "application/x-www-form-urlencoded;charset=UTF-8".into())];
    Response { status: 400, headers, body: body.into() }
}

/// `POST`: whether a token is alive, for the app that owns it. Does not prolong it.
pub fn introspect(oauth: &mut OAuth, settings: &Settings, request: &Request, now: Timestamp) -> Response {
    if request.method != "POST" {
        return refused("invalid_request", "must use HTTP POST").into();
    }
    let form = Parameters::of_form(request);
    if let Err(refusal) = authenticate(request, &form, !settings.confidential) {
        return refusal.into();
    }
    let timeout = settings.session_timeout;
    let Some(session) = oauth.tokens.live(form.get("token"), now, timeout) else {
        return plain(Reply::ok(json!({ "active": false })));
    };
    let used = session.used.unwrap_or(now).as_second();
    plain(Reply::ok(json!({
        "active": true,
        "scope": session.scope,
        "client_id": CLIENT_ID,
        "username": USERNAME,
        "sub": identity_url(),
        "token_type": "access_token",
        "iat": used,
        "nbf": used,
        "exp": used + timeout.unwrap_or(USUAL_TIMEOUT).as_secs(),
    })))
}

/// Who the session belongs to. A bad token is 403 here, not 401, and plain text.
pub fn userinfo(oauth: &mut OAuth, settings: &Settings, request: &Request, now: Timestamp) -> Response {
    let token = request.header("authorization").and_then(bearer);
    if let Some(answer) = refusal(oauth, settings, token, now) {
        return answer;
    }
    user(
        settings,
        json!({
            "sub": identity_url(),
            "preferred_username": USERNAME,
            "name": "Integration User",
            "given_name": "Integration",
            "family_name": "User",
        }),
    )
}

/// Why the token tells nothing.
fn refusal(oauth: &mut OAuth, settings: &Settings, token: Option<&str>, now: Timestamp) -> Option<Response> {
    let Some(token) = token else { return Some(html(403, "Missing_OAuth_Token")) };
    let is_good = oauth.tokens.touch(token, now, settings.session_timeout);
    (!is_good).then(|| html(403, "Bad_OAuth_Token"))
}

/// Who the API user is: these words, and those that both answers have.
fn user(settings: &Settings, mut own: Value) -> Response {
    let base = &settings.instance_url;
    let common = json!({
        "user_id": integration_user(),
        "organization_id": org_id(),
        "email": USERNAME,
        "email_verified": true,
        "urls": {
            "rest": format!("{base}/services/data/v{{version}}/"),
            "sobjects": format!("{base}/services/data/v{{version}}/sobjects/"),
            "query": format!("{base}/services/data/v{{version}}/query/"),
        },
        "active": true,
        "user_type": "STANDARD",
        "language": "en_US",
        "locale": "en_US",
    });
    if let (Value::Object(own), Value::Object(common)) = (&mut own, common) {
        own.extend(common);
    }
    plain(Reply::ok(own))
}

/// Who the API user is: an address that its sessions can ask.
pub fn identity_url() -> String {
    format!("https://login.salesforce.com/id/{}/{}", org_id(), integration_user())
}

/// `GET /id/<org>/<user>`: the same as userinfo in older words, with the token in the header or in the query.
pub fn identity(oauth: &mut OAuth, settings: &Settings, asked: &str, request: &Request, now: Timestamp) -> Response {
    let query = Parameters::of_query(request.query.as_deref().unwrap_or_default());
    let header = request.header("authorization").and_then(bearer);
    let token = header.or(Some(query.get("oauth_token"))).filter(|token| !token.is_empty());
    if let Some(answer) = refusal(oauth, settings, token, now) {
        return answer;
    }
    if asked != format!("{}/{}", org_id(), integration_user()) {
        return html(403, "Wrong_Org");
    }
    user(
        settings,
        json!({
            "id": identity_url(),
            "asserted_user": true,
            "username": USERNAME,
            "display_name": "Integration User",
            "first_name": "Integration",
            "last_name": "User",
        }),
    )
}
