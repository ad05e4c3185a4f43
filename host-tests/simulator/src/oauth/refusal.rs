//! Refusals that a test can order, for what an admin or the load of the day decides.

use std::collections::VecDeque;

use super::{Refused, refused, unavailable};
use crate::http::Response;

/// Why the token endpoint refuses, although the request is right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TokenRefusal {
    /// The user was deactivated.
    InactiveUser,
    /// The org is locked, suspended or gone.
    InactiveOrg,
    /// The request comes from an address that is not allowed.
    IpRestricted,
    /// An admin blocked the app. Seen at authorize too.
    AppBlocked,
    /// The app is not installed in this org. Seen at authorize too.
    NotInstalled,
    /// The user never approved the app, and no admin did it for them.
    ConsumerNotApproved,
    /// The app is for users that an admin approved, and this one is not among them. Seen at authorize too.
    UserNotPermitted,
    /// The app has no user to run the client credentials flow as.
    NoRunAsUser,
    /// The edition or the profile has no API. (A guess at the words: not seen on the wire.)
    ApiDisabled,
    /// Another request with the same token is in progress: the one refusal that says nothing about the grant.
    AlreadyProcessing,
    /// Too many logins within the hour. (A guess at the code.)
    LoginRateExceeded,
    /// 503, in HTML.
    Unavailable,
}

impl TokenRefusal {
    pub(super) fn response(self) -> Response {
        let (code, description) = match self {
            TokenRefusal::InactiveUser => ("invalid_grant", "inactive user"),
            TokenRefusal::InactiveOrg => ("invalid_grant", "inactive organization"),
            TokenRefusal::IpRestricted => ("invalid_grant", "ip restricted"),
            TokenRefusal::AppBlocked => ("OAUTH_APP_BLOCKED", "this app is blocked by admin"),
            TokenRefusal::NotInstalled => ("invalid_client", "app must be installed into org"),
            TokenRefusal::ConsumerNotApproved => ("invalid_grant", "user hasn't approved this consumer"),
            TokenRefusal::UserNotPermitted => ("invalid_app_access", "user is not admin approved to access this app"),
            TokenRefusal::NoRunAsUser => ("invalid_grant", "no client credentials user enabled"),
            TokenRefusal::ApiDisabled => ("invalid_grant", "API is not enabled for this Organization or Partner"),
            TokenRefusal::AlreadyProcessing => ("invalid_grant", "token request is already being processed"),
            TokenRefusal::LoginRateExceeded => ("invalid_grant", "login rate exceeded"),
            TokenRefusal::Unavailable => return unavailable(),
        };
        refused(code, description).into()
    }

    /// The error that the login page sends to the callback, where it is the page that refuses.
    fn at_authorize(self) -> Option<Refused> {
        match self {
            TokenRefusal::AppBlocked => Some(refused("OAUTH_APP_BLOCKED", "this app is blocked by admin")),
            TokenRefusal::NotInstalled => {
                Some(refused("OAUTH_EC_APP_NOT_FOUND", "External client app is not installed in this org"))
            }
            TokenRefusal::UserNotPermitted => {
                Some(refused("OAUTH_APP_ACCESS_DENIED", "user is not admin approved to access this app"))
            }
            _ => None,
        }
    }
}

/// The refusals that are ordered.
#[derive(Debug, Default)]
pub struct Refusals {
    pub lasting: Option<TokenRefusal>,
    pub once: VecDeque<TokenRefusal>,
}

impl Refusals {
    /// The refusal of this token request; those for one request go first and are used up.
    pub fn take(&mut self) -> Option<TokenRefusal> {
        self.once.pop_front().or(self.lasting)
    }

    pub(super) fn at_authorize(&self) -> Option<Refused> {
        self.lasting.and_then(TokenRefusal::at_authorize)
    }
}
