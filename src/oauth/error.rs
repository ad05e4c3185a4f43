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
pub enum Advice {
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
    pub advice: Advice,
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
        Self { advice: Advice::Misconfigured, code: code.into(), message: message.into(), remedy: remedy.into() }
    }

    pub(crate) fn log_in_again(
        code: &'static str,
        (message, remedy): (impl Into<Cow<'static, str>>, impl Into<Cow<'static, str>>),
    ) -> Self {
        Self { advice: Advice::LogInAgain, code: code.into(), message: message.into(), remedy: remedy.into() }
    }

    /// No answer. Whether a refresh token was used up is not known; only asking again can tell.
    pub fn of_transport(error: TransportError) -> Self {
        let error = error.into_record_error(Retry::Later);
        let message = error.message.get(Language::En).to_owned();
        let code = error.code.to_string().into();
        Self { advice: Advice::TryLater, code, message: message.into(), remedy: oauth::ASK_LATER.into() }
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
        let fits = |row: &&(&str, &str, Advice, oauth::Refusal)| row.0 == code && description.contains(row.1);
        match REFUSALS.iter().find(fits) {
            Some((code, _, advice, (what, remedy))) => Self {
                advice: *advice,
                code: (*code).into(),
                message: oauth::refused(code, what).into(),
                remedy: (*remedy).into(),
            },
            None if is_code(code) => Self {
                advice: if status >= 500 { Advice::TryLater } else { Advice::AdminMustAct },
                code: code.to_owned().into(),
                message: oauth::unknown_code(code).into(),
                remedy: oauth::LOOK_UP.into(),
            },
            None => Self::of_status(status),
        }
    }

    fn of_status(status: u16) -> Self {
        let (advice, remedy) = match status {
            300..400 => (Advice::Misconfigured, oauth::MOVED),
            408 | 420 | 429 | 500.. => (Advice::TryLater, oauth::ASK_LATER),
            _ => (Advice::Misconfigured, oauth::SOMETHING_BETWEEN),
        };
        let code = format!("HTTP_{status}").into();
        Self { advice, code, message: oauth::NOT_AN_ANSWER.into(), remedy: remedy.into() }
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
        for (code, description, advice) in [
            ("invalid_grant", "token request is already being processed", Advice::TryLater),
            ("invalid_grant", "expired access/refresh token", Advice::LogInAgain),
            ("invalid_grant", "expired authorization code", Advice::LogInAgain),
            ("invalid_grant", "Inactive User", Advice::AdminMustAct),
            ("invalid_grant", "ip restricted", Advice::AdminMustAct),
            ("invalid_grant", "user hasn't approved this consumer", Advice::AdminMustAct),
            ("invalid_grant", "request not supported on this domain", Advice::Misconfigured),
            ("invalid_client", "invalid client credentials", Advice::Misconfigured),
            ("invalid_client_id", "client identifier invalid", Advice::Misconfigured),
            ("invalid_client", "app must be installed into org", Advice::AdminMustAct),
            ("app_not_found", "External client app is not installed in this org", Advice::AdminMustAct),
            ("invalid_client", "External client app is not installed in this org", Advice::AdminMustAct),
            ("temporarily_unavailable", "", Advice::TryLater),
            ("server_error", "canary", Advice::TryLater),
            ("invalid_grant", "API is not enabled for this Organization or Partner", Advice::AdminMustAct),
            ("redirect_uri_mismatch", "redirect_uri must match configuration", Advice::Misconfigured),
            ("unsupported_grant_type", "grant type not supported", Advice::AdminMustAct),
            ("something_new", "canary", Advice::AdminMustAct),
        ] {
            let error = OAuthError::of_code(code, description, 400);
            assert_eq!((error.advice, &*error.code), (advice, code), "{description}");
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
        assert_eq!((error.advice, &*error.code), (Advice::TryLater, "login-rate-exceeded"));
    }

    #[test]
    fn nothing_that_the_endpoint_wrote_goes_further() {
        for (code, description) in [("canary text", "canary"), ("invalid_grant", "user canary is odd"), ("x", "canary")]
        {
            assert!(!format!("{:?}", OAuthError::of_code(code, description, 400)).contains("canary"));
        }
        let html = Response { status: 503, retry_after: None, limit_info: None, body: b"<html>canary</html>".to_vec() };
        let error = OAuthError::of_answer(&html);
        assert_eq!((error.advice, &*error.code), (Advice::TryLater, "HTTP_503"));
    }
}
