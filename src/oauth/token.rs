//! The token endpoint: one request, and what its answer gives.

use serde_json::Value;

use super::{OAuthError, Secret, TOKEN_PATH, send};
use crate::exchange::Transport;
use crate::salesforce::Domain;
use crate::texts::en::oauth;

/// What a host may use now.
#[derive(Debug, PartialEq)]
pub struct Tokens {
    /// The base of all API requests, `https://` and the deployment domain.
    pub instance_url: String,
    /// What requests to the org carry as `Authorization: Bearer`.
    pub access_token: Secret,
    /// Milliseconds since 1970, of Salesforce's clock.
    pub issued_at: Option<u64>,
    /// Blank-separated.
    pub scope: Option<String>,
    /// Names the org and the user.
    pub identity_url: Option<String>,
    /// What the host must store before it uses the access token; `None` where there is nothing to renew with.
    pub grant: Option<Grant>,
}

/// What new tokens are asked for with, and what was known with it.
#[derive(Clone, Debug, PartialEq)]
pub struct Grant {
    /// Where the org rotates tokens, it is good for one renewal, and the answer holds the next.
    pub refresh_token: Secret,
    /// Where the org is, if the answer to a renewal does not say it.
    pub instance_url: String,
    /// Blank-separated, of the newest answer that told it; `None` if none did.
    pub scope: Option<String>,
    /// Names the org and the user, of the newest answer that told it; `None` if none did.
    pub identity_url: Option<String>,
}

/// Asks for tokens. `known` is the grant that is being renewed.
pub(super) fn request(
    domain: &Domain,
    form: &[(&str, &str)],
    known: Option<Grant>,
    transport: &mut impl Transport,
) -> Result<Tokens, OAuthError> {
    let response = send(TOKEN_PATH, form, transport)?;
    match response.json() {
        Some(answer) if response.status == 200 => tokens(domain, &answer, known),
        _ => Err(OAuthError::of_answer(&response)),
    }
}

fn tokens(domain: &Domain, answer: &Value, known: Option<Grant>) -> Result<Tokens, OAuthError> {
    let text = |member: &str| answer.get(member).and_then(Value::as_str).filter(|text| !text.is_empty());
    let Some(access_token) = text("access_token") else {
        return Err(unusable(oauth::WITHOUT_TOKEN));
    };
    let given = text("instance_url").or(known.as_ref().map(|known| known.instance_url.as_str()));
    let Some(instance_url) = given else {
        return Err(unusable(oauth::WITHOUT_ADDRESS));
    };
    // The token goes where this says, so it is believed only if it says what the settings say.
    match Domain::parse_instance_url(instance_url) {
        Ok(instance) if instance == *domain => {}
        Ok(instance) => {
            return Err(match known {
                None => OAuthError::misconfigured("other-org", oauth::tokens_of_another_org(&instance, domain)),
                // The old grant may be used up by now.
                Some(_) => OAuthError::log_in_again("other-org", oauth::org_was_renamed(&instance, domain)),
            });
        }
        Err(_) => return Err(unusable(oauth::WITH_ODD_ADDRESS)),
    }
    // Only an address of Salesforce's is passed on; it tells who is logged in and is no secret.
    let identity = text("id").filter(|url| is_identity(url));
    let identity_url = identity.map(ToOwned::to_owned).or_else(|| known.as_ref()?.identity_url.clone());
    let scope = text("scope").map(ToOwned::to_owned).or_else(|| known.as_ref()?.scope.clone());
    let instance_url = format!("https://{domain}");
    // Without rotation the answer to a refresh has no refresh token, and the old one stays.
    let refresh_token = text("refresh_token").map(Secret::new).or(known.map(|known| known.refresh_token));
    Ok(Tokens {
        access_token: Secret::new(access_token),
        issued_at: text("issued_at").and_then(|text| text.parse().ok()),
        grant: refresh_token.map(|refresh_token| Grant {
            refresh_token,
            instance_url: instance_url.clone(),
            scope: scope.clone(),
            identity_url: identity_url.clone(),
        }),
        instance_url,
        scope,
        identity_url,
    })
}

/// `https://login.salesforce.com/id/<org>/<user>`, or the same on the org's own host.
fn is_identity(url: &str) -> bool {
    let Some((host, path)) = url.strip_prefix("https://").and_then(|rest| rest.split_once('/')) else { return false };
    let is_login = ["login.salesforce.com", "test.salesforce.com"].contains(&host);
    (is_login || Domain::parse(host).is_ok()) && path.starts_with("id/")
}

fn unusable(what: &str) -> OAuthError {
    OAuthError::log_in_again("unusable-answer", oauth::unusable(what))
}
