//! Refusals of the token endpoint → who has to do what.
//!
//! Salesforce says little in its codes: `invalid_grant` is a password, a blocked user and a busy server. Its descriptions
//! are in English whatever the user's language, so they are read here - and never passed on, as they may name users.

use std::borrow::Cow;

use serde_json::Value;

use super::refusals::REFUSALS;
use crate::base::Language;
use crate::report::Retry;
use crate::texts::en::oauth;
use crate::wire::{Response, TransportError};

/// Who has to do something.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Remedy {
    /// A person has to connect the org again.
    LogInAgain,
    /// An administrator of the org has to change something.
    AdminMustAct,
    /// No person: the same request can succeed later.
    TryLater,
    /// Client id, client secret, callback or domain are wrong.
    Misconfigured,
}

/// Why there are no tokens. Holds no secret, and nothing that the endpoint wrote but its code.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OAuthError {
    /// What kind of step helps, and on which side.
    pub who: Remedy,
    /// The endpoint's code, or one of ours in kebab-case.
    pub code: Cow<'static, str>,
    /// What is wrong, in English.
    pub message: Cow<'static, str>,
    /// What to do about it, in English.
    pub remedy: Cow<'static, str>,
}

/// What Salesforce says in `invalid_grant` when it is asked too often.
const TOO_OFTEN: [&str; 2] = ["login rate", "rate exceeded"];

impl OAuthError {
    pub(crate) fn misconfigured(
        code: &'static str,
        (message, remedy): (impl Into<Cow<'static, str>>, impl Into<Cow<'static, str>>),
    ) -> Self {
        Self { who: Remedy::Misconfigured, code: code.into(), message: message.into(), remedy: remedy.into() }
    }

    pub(crate) fn log_in_again(
        code: &'static str,
        (message, remedy): (impl Into<Cow<'static, str>>, impl Into<Cow<'static, str>>),
    ) -> Self {
        Self { who: Remedy::LogInAgain, code: code.into(), message: message.into(), remedy: remedy.into() }
    }

    /// No answer. Whether a refresh token was used up is not known; only asking again can tell.
    pub fn of_transport(error: TransportError) -> Self {
        let error = error.into_record_error(Retry::Later);
        let message = error.message.get(Language::En).to_owned();
        let code = error.code.to_string().into();
        Self { who: Remedy::TryLater, code, message: message.into(), remedy: oauth::ASK_LATER.into() }
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
        // Not left `invalid_grant`, which a host may take for a reason to ask again at once.
        let too_often = code == "invalid_grant" && TOO_OFTEN.iter().any(|words| description.contains(words));
        let code = if too_often { "login-rate-exceeded" } else { code };
        let fits = |row: &&(&str, &str, Remedy, oauth::Refusal)| row.0 == code && description.contains(row.1);
        match REFUSALS.iter().find(fits) {
            Some((code, _, who, (what, remedy))) => Self {
                who: *who,
                code: (*code).into(),
                message: oauth::refused(code, what).into(),
                remedy: (*remedy).into(),
            },
            None if is_code(code) => Self {
                who: if status >= 500 { Remedy::TryLater } else { Remedy::AdminMustAct },
                code: code.to_owned().into(),
                message: oauth::unknown_code(code).into(),
                remedy: oauth::LOOK_UP.into(),
            },
            None => Self::of_status(status),
        }
    }

    fn of_status(status: u16) -> Self {
        let (who, remedy) = match status {
            300..400 => (Remedy::Misconfigured, oauth::MOVED),
            408 | 420 | 429 | 500.. => (Remedy::TryLater, oauth::ASK_LATER),
            _ => (Remedy::Misconfigured, oauth::SOMETHING_BETWEEN),
        };
        Self { who, code: format!("HTTP_{status}").into(), message: oauth::NOT_AN_ANSWER.into(), remedy: remedy.into() }
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
            ("invalid_client", "app must be installed into org", Remedy::AdminMustAct),
            ("app_not_found", "External client app is not installed in this org", Remedy::AdminMustAct),
            ("invalid_client", "External client app is not installed in this org", Remedy::AdminMustAct),
            ("temporarily_unavailable", "", Remedy::TryLater),
            ("server_error", "canary", Remedy::TryLater),
            ("invalid_grant", "API is not enabled for this Organization or Partner", Remedy::AdminMustAct),
            ("redirect_uri_mismatch", "redirect_uri must match configuration", Remedy::Misconfigured),
            ("unsupported_grant_type", "grant type not supported", Remedy::AdminMustAct),
            ("something_new", "canary", Remedy::AdminMustAct),
        ] {
            let error = OAuthError::of_code(code, description, 400);
            assert_eq!((error.who, &*error.code), (who, code), "{description}");
        }
    }

    /// There is nothing to look up, nor a client id to copy again.
    #[test]
    fn an_app_that_is_not_installed_says_how_it_gets_there() {
        let error = OAuthError::of_code("app_not_found", "External client app is not installed in this org", 400);
        assert!(error.message.contains("not installed in this org") && error.remedy.contains("package"), "{error:?}");
    }

    /// It shares its code with grants that are gone, and asking again at once would prolong it.
    #[test]
    fn too_many_log_ins_have_a_code_of_their_own() {
        let error = OAuthError::of_code("invalid_grant", "login rate exceeded", 400);
        assert_eq!((error.who, &*error.code), (Remedy::TryLater, "login-rate-exceeded"));
    }

    #[test]
    fn nothing_that_the_endpoint_wrote_goes_further() {
        for (code, description) in [("canary text", "canary"), ("invalid_grant", "user canary is odd"), ("x", "canary")]
        {
            assert!(!format!("{:?}", OAuthError::of_code(code, description, 400)).contains("canary"));
        }
        let html = Response { status: 503, retry_after: None, limit_info: None, body: b"<html>canary</html>".to_vec() };
        let error = OAuthError::of_answer(&html);
        assert_eq!((error.who, &*error.code), (Remedy::TryLater, "HTTP_503"));
    }
}
