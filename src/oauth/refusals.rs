//! What each refusal of the token endpoint and of the log-in page means.
//!
//! Sources: Salesforce help, "OAuth 2.0 Error Codes"; the reports in the issue lists of its clients.

use super::Advice;
use crate::texts::en::oauth;

/// Code, a part of the description, who must act, what happened and what to do. Read from the top; an empty part fits all.
pub(super) const REFUSALS: [(&str, &str, Advice, oauth::Refusal); 31] = [
    // Someone else renews at this moment: the grant is alive.
    ("invalid_grant", "already being processed", Advice::TryLater, oauth::BEING_RENEWED),
    ("login-rate-exceeded", "", Advice::TryLater, oauth::TOO_MANY_LOGINS),
    ("invalid_grant", "inactive user", Advice::AdminMustAct, oauth::USER_INACTIVE),
    ("invalid_grant", "inactive organization", Advice::AdminMustAct, oauth::ORG_INACTIVE),
    ("invalid_grant", "ip restricted", Advice::AdminMustAct, oauth::IP_RESTRICTED),
    ("invalid_grant", "approved this consumer", Advice::AdminMustAct, oauth::NOT_PERMITTED),
    ("invalid_grant", "api is not enabled", Advice::AdminMustAct, oauth::NO_API),
    ("invalid_grant", "no client credentials user", Advice::AdminMustAct, oauth::NO_RUN_AS_USER),
    ("invalid_grant", "not supported on this domain", Advice::Misconfigured, oauth::NEEDS_MY_DOMAIN),
    ("invalid_grant", "audience", Advice::Misconfigured, oauth::WRONG_AUDIENCE),
    ("invalid_grant", "authorization code", Advice::LogInAgain, oauth::CODE_USED),
    ("invalid_grant", "invalid code verifier", Advice::LogInAgain, oauth::OTHER_LOGIN),
    ("invalid_grant", "", Advice::LogInAgain, oauth::GRANT_GONE),
    ("access_denied", "", Advice::LogInAgain, oauth::DENIED),
    ("invalid_client_id", "", Advice::Misconfigured, oauth::UNKNOWN_CLIENT),
    ("invalid_client", "must be installed", Advice::AdminMustAct, oauth::NOT_INSTALLED),
    // An External Client App is another thing than a Connected App, and is installed by its package.
    ("invalid_client", "not installed", Advice::AdminMustAct, oauth::PACKAGE_NOT_INSTALLED),
    ("app_not_found", "", Advice::AdminMustAct, oauth::PACKAGE_NOT_INSTALLED),
    ("invalid_client", "", Advice::Misconfigured, oauth::WRONG_SECRET),
    ("redirect_uri_mismatch", "", Advice::Misconfigured, oauth::WRONG_CALLBACK),
    ("unsupported_grant_type", "", Advice::AdminMustAct, oauth::FLOW_OFF),
    ("invalid_scope", "", Advice::AdminMustAct, oauth::NO_SCOPES),
    ("OAUTH_APP_BLOCKED", "", Advice::AdminMustAct, oauth::BLOCKED),
    ("OAUTH_APPROVAL_ERROR_GENERIC", "", Advice::AdminMustAct, oauth::NOT_INSTALLED),
    ("OAUTH_EC_APP_NOT_FOUND", "", Advice::AdminMustAct, oauth::PACKAGE_NOT_INSTALLED),
    ("OAUTH_APP_ACCESS_DENIED", "", Advice::AdminMustAct, oauth::NOT_PERMITTED),
    ("invalid_app_access", "", Advice::AdminMustAct, oauth::NOT_PERMITTED),
    ("temporarily_unavailable", "", Advice::TryLater, oauth::BUSY),
    ("server_error", "", Advice::TryLater, oauth::SERVER_ERROR),
    ("unauthorized_client", "", Advice::AdminMustAct, oauth::FLOW_FORBIDDEN),
    ("invalid_request", "", Advice::Misconfigured, oauth::INCOMPLETE),
];
