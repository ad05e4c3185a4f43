//! Refusals of the token endpoint → who has to do what.
//!
//! Salesforce says little in its codes: `invalid_grant` is a password, a blocked user and a busy server. Its descriptions
//! are in English whatever the user's language, so they are read here - and never passed on, as they may name users.
//! Sources: Salesforce help, "OAuth 2.0 Error Codes"; the reports in the issue lists of its clients.

use std::borrow::Cow;

use serde_json::Value;

use crate::outcome::Retry;
use crate::rest::{Response, TransportError};

/// Who has to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// A person has to connect the org again.
    LogInAgain,
    /// An administrator of the org has to change something.
    AdminMustAct,
    /// Nobody: the same request can succeed later.
    TryLater,
    /// Client id, client secret, callback or domain are wrong.
    Misconfigured,
}

/// Why there are no tokens. Holds no secret, and nothing that the endpoint wrote but its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthError {
    pub who: Remedy,
    /// The endpoint's code, or one of ours in kebab-case.
    pub code: Cow<'static, str>,
    pub message: Cow<'static, str>,
    pub remedy: Cow<'static, str>,
}

const AGAIN: &str = "Connect the org again: authorize, and store the new grant.";
const SETUP: &str = "in Setup, under External Client App Manager (or App Manager for a Connected App)";

/// Code, a part of the description, who must act, what happened, what to do. Read from the top; an empty part fits all.
const REFUSALS: [(&str, &str, Remedy, &str, &str); 23] = [
    // Someone else renews at this moment: the grant is alive.
    (
        "invalid_grant",
        "already being processed",
        Remedy::TryLater,
        "another worker is renewing this connection.",
        "Read the stored grant again and use its token; repeat only if it has not changed.",
    ),
    ("invalid_grant", "login rate", Remedy::TryLater, "too many log-ins in a short time.", "Wait some minutes."),
    ("invalid_grant", "rate exceeded", Remedy::TryLater, "too many log-ins in a short time.", "Wait some minutes."),
    (
        "invalid_grant",
        "inactive user",
        Remedy::AdminMustAct,
        "the integration user is deactivated or frozen.",
        "Activate the user in Setup under Users, or connect with another one.",
    ),
    (
        "invalid_grant",
        "inactive organization",
        Remedy::AdminMustAct,
        "the org is locked or its trial has ended.",
        "Ask Salesforce to reactivate the org.",
    ),
    (
        "invalid_grant",
        "ip restricted",
        Remedy::AdminMustAct,
        "the engine's address is not among the allowed ones.",
        "Relax the IP restrictions of the app's OAuth policies, or add the engine's egress addresses to the allowed ranges of \
         the app and of the user's profile.",
    ),
    (
        "invalid_grant",
        "approved this consumer",
        Remedy::AdminMustAct,
        "the user may not use this app yet.",
        "In the app's OAuth policies let the users self-authorize, or pre-authorize them by profile or permission set.",
    ),
    (
        "invalid_grant",
        "no client credentials user",
        Remedy::AdminMustAct,
        "the client credentials flow has no user to run as.",
        "Choose the Run As user in the app's OAuth policies.",
    ),
    (
        "invalid_grant",
        "not supported on this domain",
        Remedy::Misconfigured,
        "this flow needs the org's own My Domain host.",
        "Enter the My Domain host as deployment domain.",
    ),
    (
        "invalid_grant",
        "audience",
        Remedy::Misconfigured,
        "the assertion is meant for another audience.",
        "Sign it for `https://login.salesforce.com`, for a sandbox `https://test.salesforce.com`.",
    ),
    ("invalid_grant", "authorization code", Remedy::LogInAgain, "the code is used or too old.", AGAIN),
    ("invalid_grant", "invalid code verifier", Remedy::LogInAgain, "the code belongs to another log-in.", AGAIN),
    ("invalid_grant", "", Remedy::LogInAgain, "the grant is used up, revoked, or was idle for too long.", AGAIN),
    (
        "access_denied",
        "",
        Remedy::LogInAgain,
        "access was denied on the log-in page.",
        "Log in again and allow the access.",
    ),
    (
        "invalid_client_id",
        "",
        Remedy::Misconfigured,
        "no app in this org has this client id.",
        "Copy the Consumer Key again; a new app needs up to ten minutes, and in other orgs it must be installed first.",
    ),
    (
        "invalid_client",
        "",
        Remedy::Misconfigured,
        "the client secret is not the app's.",
        "Copy the Consumer Secret again. It changes when somebody rotates it.",
    ),
    (
        "redirect_uri_mismatch",
        "",
        Remedy::Misconfigured,
        "the callback URL is not one of the app's.",
        "Enter the callback URL in the app's OAuth settings exactly as it is used here, character by character.",
    ),
    (
        "unsupported_grant_type",
        "",
        Remedy::AdminMustAct,
        "the app does not allow this flow.",
        "Enable the flow in the app's OAuth settings.",
    ),
    (
        "invalid_scope",
        "",
        Remedy::AdminMustAct,
        "the app does not grant the scopes `api` and `refresh_token`.",
        "Add both scopes to the app's OAuth settings.",
    ),
    (
        "OAUTH_APP_BLOCKED",
        "",
        Remedy::AdminMustAct,
        "the app is blocked in this org.",
        "Unblock it in Setup under Connected Apps OAuth Usage.",
    ),
    (
        "OAUTH_APPROVAL_ERROR_GENERIC",
        "",
        Remedy::AdminMustAct,
        "the app is not installed in this org.",
        "Install it in Setup under Connected Apps OAuth Usage, or give the user the permission to approve uninstalled apps.",
    ),
    (
        "unauthorized_client",
        "",
        Remedy::AdminMustAct,
        "the app may not use this flow.",
        "Enable the flow in the app's OAuth settings.",
    ),
    (
        "invalid_request",
        "",
        Remedy::Misconfigured,
        "the request lacks something that the app demands.",
        "Does the app demand PKCE or a client secret that is not given?",
    ),
];

impl OAuthError {
    pub fn misconfigured(
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { who: Remedy::Misconfigured, code: code.into(), message: message.into(), remedy: remedy.into() }
    }

    pub fn log_in_again(
        code: &'static str,
        message: impl Into<Cow<'static, str>>,
        remedy: impl Into<Cow<'static, str>>,
    ) -> Self {
        Self { who: Remedy::LogInAgain, code: code.into(), message: message.into(), remedy: remedy.into() }
    }

    /// No answer. Whether a refresh token was used up nobody can tell; to ask again is the only way to find out.
    pub fn of_transport(error: TransportError) -> Self {
        let error = error.into_record_error(Retry::Later);
        Self { who: Remedy::TryLater, code: error.code, message: error.message, remedy: "Ask again later.".into() }
    }

    /// A refusal of the token endpoint, or of something in front of it.
    pub fn of_answer(response: &Response) -> Self {
        let body = response.json().unwrap_or_default();
        let text = |member| body.get(member).and_then(Value::as_str);
        match text("error") {
            Some(code) => Self::of_code(code, text("error_description").unwrap_or_default(), response.status),
            None => Self::of_status(response.status),
        }
    }

    /// What a code and its description mean. Neither the description nor an odd code goes further.
    pub fn of_code(code: &str, description: &str, status: u16) -> Self {
        let description = description.to_ascii_lowercase();
        let fits = |row: &&(&str, &str, Remedy, &str, &str)| row.0 == code && description.contains(row.1);
        match REFUSALS.iter().find(fits) {
            Some((code, _, who, what, remedy)) => Self {
                who: *who,
                code: (*code).into(),
                message: format!("Salesforce answered {code}: {what}").into(),
                remedy: (*remedy).into(),
            },
            None if is_code(code) => Self {
                who: if status >= 500 { Remedy::TryLater } else { Remedy::AdminMustAct },
                code: code.to_owned().into(),
                message: format!("Salesforce answered {code}.").into(),
                remedy: format!("Look the code up in Salesforce's help, and check the app {SETUP}.").into(),
            },
            None => Self::of_status(status),
        }
    }

    fn of_status(status: u16) -> Self {
        let (who, remedy) = match status {
            300..400 => (Remedy::Misconfigured, "The org answers at another address now; enter its My Domain host."),
            408 | 420 | 429 | 500.. => (Remedy::TryLater, "Ask again later."),
            _ => (Remedy::Misconfigured, "Does a proxy or a log-in page stand between?"),
        };
        Self {
            who,
            code: format!("HTTP_{status}").into(),
            message: "The answer is not one of Salesforce's token endpoint.".into(),
            remedy: remedy.into(),
        }
    }
}

/// A code that can be shown: some letters and underscores, no sentence.
fn is_code(text: &str) -> bool {
    (1..=60).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_alphabetic() || b == b'_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_must_act_depends_on_the_description_too() {
        for (code, description, who) in [
            ("invalid_grant", "token request is already being processed", Remedy::TryLater),
            ("invalid_grant", "expired access/refresh token", Remedy::LogInAgain),
            ("invalid_grant", "expired authorization code", Remedy::LogInAgain),
            ("invalid_grant", "Inactive User", Remedy::AdminMustAct),
            ("invalid_grant", "ip restricted", Remedy::AdminMustAct),
            ("invalid_grant", "user hasn't approved this consumer", Remedy::AdminMustAct),
            ("invalid_grant", "request not supported on this domain", Remedy::Misconfigured),
            ("invalid_client", "invalid client credentials", Remedy::Misconfigured),
            ("invalid_client_id", "client identifier invalid", Remedy::Misconfigured),
            ("redirect_uri_mismatch", "redirect_uri must match configuration", Remedy::Misconfigured),
            ("unsupported_grant_type", "grant type not supported", Remedy::AdminMustAct),
            ("something_new", "canary", Remedy::AdminMustAct),
        ] {
            let error = OAuthError::of_code(code, description, 400);
            assert_eq!((error.who, &*error.code), (who, code), "{description}");
        }
    }

    #[test]
    fn nothing_that_the_endpoint_wrote_goes_further() {
        for (code, description) in [("canary text", "canary"), ("invalid_grant", "user canary is odd"), ("x", "canary")]
        {
            assert!(!format!("{:?}", OAuthError::of_code(code, description, 400)).contains("canary"));
        }
        let html = Response { status: 503, retry_after: None, body: b"<html>canary</html>".to_vec() };
        let error = OAuthError::of_answer(&html);
        assert_eq!((error.who, &*error.code), (Remedy::TryLater, "HTTP_503"));
    }
}
