//! The token endpoint.

use jiff::Timestamp;
use serde_json::json;

use super::tokens::{Issued, NotRefreshed, Policy};
use super::{
    OAuth, Parameters, Refused, Site, assertion, authenticate, authorize, host, integration_user, is_sandbox, org_id,
    refused, site,
};
use crate::http::{Reply, Request, Response, plain};
use crate::settings::Settings;

/// Answers `POST /services/oauth2/token`.
pub fn answer(oauth: &mut OAuth, settings: &Settings, request: &Request, now: Timestamp) -> Response {
    if request.method != "POST" {
        return refused("invalid_request", "must use HTTP POST").into();
    }
    let form = Parameters::of_form(request);
    oauth.requests.count(form.get("grant_type"));
    let issued = match issue(oauth, settings, request, &form, now) {
        Ok(issued) => issued,
        Err(response) => return response,
    };
    oauth.requests.granted += 1;
    if std::mem::take(&mut oauth.lose_next_answer) {
        return super::unavailable();
    }
    granted(settings, request, &form, issued, now)
}

fn issue(
    oauth: &mut OAuth,
    settings: &Settings,
    request: &Request,
    form: &Parameters,
    now: Timestamp,
) -> Result<Issued, Response> {
    let grant_type = form.get("grant_type");
    match grant_type {
        "authorization_code" | "refresh_token" => authenticate(request, form, !settings.confidential)?,
        "client_credentials" | "password" => authenticate(request, form, false)?,
        // The assertion itself says who sends it.
        assertion::GRANT_TYPE => {}
        _ => return Err(refused("unsupported_grant_type", "grant type not supported").into()),
    }
    let site = site(&host(request));
    if site == Site::Pages || (site == Site::Login && grant_type == "client_credentials") {
        return Err(refused("invalid_grant", "request not supported on this domain").into());
    }
    if let Some(refusal) = oauth.refusals.take() {
        return Err(refusal.response());
    }
    let limit = settings.grants_per_user;
    match grant_type {
        "authorization_code" => {
            let scope = authorize::redeem(oauth, form, now)?;
            let refreshable = scope.split(' ').any(|scope| scope == "refresh_token" || scope == "offline_access");
            Ok(oauth.tokens.grant(&scope, refreshable, now, limit))
        }
        "refresh_token" => Ok(refresh(oauth, settings, form.get("refresh_token"), now)?),
        "client_credentials" => Ok(oauth.tokens.grant("api", false, now, limit)),
        "password" => {
            // Blocked in every org since Summer '23, and the answer does not say so.
            Err(refused("invalid_grant", "authentication failure").into())
        }
        _ => {
            assertion::check(oauth, settings, form.get("assertion"), &host(request), now)?;
            Ok(oauth.tokens.grant("api", false, now, limit))
        }
    }
}

fn refresh(oauth: &mut OAuth, settings: &Settings, token: &str, now: Timestamp) -> Result<Issued, Refused> {
    let policy = Policy {
        rotate: settings.refresh_token_rotation,
        overlap: settings.refresh_overlap,
        idle: settings.refresh_idle,
    };
    oauth.tokens.refresh(token, now, policy).map_err(|reason| match reason {
        NotRefreshed::Expired => refused("invalid_grant", "expired access/refresh token"),
        NotRefreshed::InUse => refused("invalid_grant", "token request is already being processed"),
    })
}

/// The members of a token answer. There is no `expires_in`, as at the real one.
fn granted(settings: &Settings, request: &Request, form: &Parameters, issued: Issued, now: Timestamp) -> Response {
    let issued_at = now.as_millisecond().to_string();
    let login = if is_sandbox(&host(request)) == Some(true) { "test" } else { "login" };
    let mut body = json!({
        "access_token": issued.access,
        "signature": format!("c2lnbmVk{issued_at}="),
        "scope": issued.scope,
        "instance_url": settings.instance_url,
        "id": format!("https://{login}.salesforce.com/id/{}/{}", org_id(), integration_user()),
        "token_type": "Bearer",
        "issued_at": issued_at,
    });
    if let Some(members) = body.as_object_mut() {
        if let Some(refresh) = issued.refresh {
            members.insert("refresh_token".into(), refresh.into());
        }
        if form.get("grant_type") == "refresh_token" && !settings.instance_url_in_refresh {
            members.remove("instance_url");
        }
    }
    plain(Reply::ok(body))
}
