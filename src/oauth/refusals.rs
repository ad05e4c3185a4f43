//! What each refusal of the token endpoint and of the log-in page means.
//!
//! Sources: Salesforce help, "OAuth 2.0 Error Codes"; the reports in the issue lists of its clients.

use super::Remedy;
use crate::texts::en::oauth;

/// Code, a part of the description, who must act, what happened and what to do. Read from the top; an empty part fits all.
pub(super) const REFUSALS: [(&str, &str, Remedy, oauth::Refusal); 31] = [
    // Someone else renews at this moment: the grant is alive.
    ("invalid_grant", "already being processed", Remedy::TryLater, oauth::BEING_RENEWED),
    ("login-rate-exceeded", "", Remedy::TryLater, oauth::TOO_MANY_LOGINS),
    ("invalid_grant", "inactive user", Remedy::AdminMustAct, oauth::USER_INACTIVE),
    ("invalid_grant", "inactive organization", Remedy::AdminMustAct, oauth::ORG_INACTIVE),
    ("invalid_grant", "ip restricted", Remedy::AdminMustAct, oauth::IP_RESTRICTED),
    ("invalid_grant", "approved this consumer", Remedy::AdminMustAct, oauth::NOT_PERMITTED),
    ("invalid_grant", "api is not enabled", Remedy::AdminMustAct, oauth::NO_API),
    ("invalid_grant", "no client credentials user", Remedy::AdminMustAct, oauth::NO_RUN_AS_USER),
    ("invalid_grant", "not supported on this domain", Remedy::Misconfigured, oauth::NEEDS_MY_DOMAIN),
    ("invalid_grant", "audience", Remedy::Misconfigured, oauth::WRONG_AUDIENCE),
    ("invalid_grant", "authorization code", Remedy::LogInAgain, oauth::CODE_USED),
    ("invalid_grant", "invalid code verifier", Remedy::LogInAgain, oauth::OTHER_LOGIN),
    ("invalid_grant", "", Remedy::LogInAgain, oauth::GRANT_GONE),
    ("access_denied", "", Remedy::LogInAgain, oauth::DENIED),
    ("invalid_client_id", "", Remedy::Misconfigured, oauth::UNKNOWN_CLIENT),
    ("invalid_client", "must be installed", Remedy::AdminMustAct, oauth::NOT_INSTALLED),
    // An External Client App is another thing than a Connected App, and is installed by its package.
    ("invalid_client", "not installed", Remedy::AdminMustAct, oauth::PACKAGE_NOT_INSTALLED),
    ("app_not_found", "", Remedy::AdminMustAct, oauth::PACKAGE_NOT_INSTALLED),
    ("invalid_client", "", Remedy::Misconfigured, oauth::WRONG_SECRET),
    ("redirect_uri_mismatch", "", Remedy::Misconfigured, oauth::WRONG_CALLBACK),
    ("unsupported_grant_type", "", Remedy::AdminMustAct, oauth::FLOW_OFF),
    ("invalid_scope", "", Remedy::AdminMustAct, oauth::NO_SCOPES),
    ("OAUTH_APP_BLOCKED", "", Remedy::AdminMustAct, oauth::BLOCKED),
    ("OAUTH_APPROVAL_ERROR_GENERIC", "", Remedy::AdminMustAct, oauth::NOT_INSTALLED),
    ("OAUTH_EC_APP_NOT_FOUND", "", Remedy::AdminMustAct, oauth::PACKAGE_NOT_INSTALLED),
    ("OAUTH_APP_ACCESS_DENIED", "", Remedy::AdminMustAct, oauth::NOT_PERMITTED),
    ("invalid_app_access", "", Remedy::AdminMustAct, oauth::NOT_PERMITTED),
    ("temporarily_unavailable", "", Remedy::TryLater, oauth::BUSY),
    ("server_error", "", Remedy::TryLater, oauth::SERVER_ERROR),
    ("unauthorized_client", "", Remedy::AdminMustAct, oauth::FLOW_FORBIDDEN),
    ("invalid_request", "", Remedy::Misconfigured, oauth::INCOMPLETE),
];
