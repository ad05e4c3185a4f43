//! What each refusal of the token endpoint and of the log-in page means.
//!
//! Sources: Salesforce help, "OAuth 2.0 Error Codes"; the reports in the issue lists of its clients.

use super::Advice;

const AGAIN: &str = "Connect the org again: authorize, and store the new grant.";
const NOT_INSTALLED: &str = "the app is not installed in this org.";
const INSTALL: &str = "Install it in Setup under Connected Apps OAuth Usage, or give the user the permission to approve uninstalled apps.";
const INSTALL_PACKAGE: &str = "Install the app's package in this org, or create the app there in Setup under External Client App Manager and use its \
     Consumer Key.";
const NOT_PERMITTED: &str = "the user may not use this app yet.";
const PERMIT: &str =
    "In the app's OAuth policies let the users self-authorize, or pre-authorize them by profile or permission set.";

/// Code, a part of the description, who must act, what happened, what to do. Read from the top; an empty part fits all.
pub(super) const REFUSALS: [(&str, &str, Advice, &str, &str); 31] = [
    // Someone else renews at this moment: the grant is alive.
    (
        "invalid_grant",
        "already being processed",
        Advice::TryLater,
        "another worker is renewing this connection.",
        "Read the stored grant again and use its token; repeat only if it has not changed.",
    ),
    ("login-rate-exceeded", "", Advice::TryLater, "too many log-ins in a short time.", "Wait some minutes."),
    (
        "invalid_grant",
        "inactive user",
        Advice::AdminMustAct,
        "the integration user is deactivated or frozen.",
        "Activate the user in Setup under Users, or connect with another one.",
    ),
    (
        "invalid_grant",
        "inactive organization",
        Advice::AdminMustAct,
        "the org is locked or its trial has ended.",
        "Ask Salesforce to reactivate the org.",
    ),
    (
        "invalid_grant",
        "ip restricted",
        Advice::AdminMustAct,
        "the engine's address is not among the allowed ones.",
        "Relax the IP restrictions of the app's OAuth policies, or add the engine's egress addresses to the allowed ranges of \
         the app and of the user's profile.",
    ),
    ("invalid_grant", "approved this consumer", Advice::AdminMustAct, NOT_PERMITTED, PERMIT),
    (
        "invalid_grant",
        "api is not enabled",
        Advice::AdminMustAct,
        "the org's edition, or the integration user, has no API.",
        "Give the integration user the permission API Enabled; the org needs an edition with API access.",
    ),
    (
        "invalid_grant",
        "no client credentials user",
        Advice::AdminMustAct,
        "the client credentials flow has no user to run as.",
        "Choose the Run As user in the app's OAuth policies.",
    ),
    (
        "invalid_grant",
        "not supported on this domain",
        Advice::Misconfigured,
        "this flow needs the org's own My Domain host.",
        "Enter the My Domain host as deployment domain.",
    ),
    (
        "invalid_grant",
        "audience",
        Advice::Misconfigured,
        "the assertion is meant for another audience.",
        "Sign it for `https://login.salesforce.com`, for a sandbox `https://test.salesforce.com`.",
    ),
    ("invalid_grant", "authorization code", Advice::LogInAgain, "the code is used or too old.", AGAIN),
    ("invalid_grant", "invalid code verifier", Advice::LogInAgain, "the code belongs to another log-in.", AGAIN),
    ("invalid_grant", "", Advice::LogInAgain, "the grant is used up, revoked, or was idle for too long.", AGAIN),
    (
        "access_denied",
        "",
        Advice::LogInAgain,
        "access was denied on the log-in page.",
        "Log in again and allow the access.",
    ),
    (
        "invalid_client_id",
        "",
        Advice::Misconfigured,
        "no app in this org has this client id.",
        "Copy the Consumer Key again; a new app needs up to ten minutes, and in other orgs it must be installed first.",
    ),
    ("invalid_client", "must be installed", Advice::AdminMustAct, NOT_INSTALLED, INSTALL),
    // An External Client App is another thing than a Connected App, and is installed by its package.
    ("invalid_client", "not installed", Advice::AdminMustAct, NOT_INSTALLED, INSTALL_PACKAGE),
    ("app_not_found", "", Advice::AdminMustAct, NOT_INSTALLED, INSTALL_PACKAGE),
    (
        "invalid_client",
        "",
        Advice::Misconfigured,
        "the client secret is not the app's.",
        "Copy the Consumer Secret again. It changes when somebody rotates it.",
    ),
    (
        "redirect_uri_mismatch",
        "",
        Advice::Misconfigured,
        "the callback URL is not one of the app's.",
        "Enter the callback URL in the app's OAuth settings exactly as it is used here, character by character.",
    ),
    (
        "unsupported_grant_type",
        "",
        Advice::AdminMustAct,
        "the app does not allow this flow.",
        "Enable the flow in the app's OAuth settings.",
    ),
    (
        "invalid_scope",
        "",
        Advice::AdminMustAct,
        "the app does not grant the scopes `api` and `refresh_token`.",
        "Add both scopes to the app's OAuth settings.",
    ),
    (
        "OAUTH_APP_BLOCKED",
        "",
        Advice::AdminMustAct,
        "the app is blocked in this org.",
        "Unblock it in Setup under Connected Apps OAuth Usage.",
    ),
    ("OAUTH_APPROVAL_ERROR_GENERIC", "", Advice::AdminMustAct, NOT_INSTALLED, INSTALL),
    ("OAUTH_EC_APP_NOT_FOUND", "", Advice::AdminMustAct, NOT_INSTALLED, INSTALL_PACKAGE),
    ("OAUTH_APP_ACCESS_DENIED", "", Advice::AdminMustAct, NOT_PERMITTED, PERMIT),
    ("invalid_app_access", "", Advice::AdminMustAct, NOT_PERMITTED, PERMIT),
    ("temporarily_unavailable", "", Advice::TryLater, "the log-in service is busy.", "Try again in some minutes."),
    (
        "server_error",
        "",
        Advice::TryLater,
        "the log-in service had a problem of its own.",
        "Try again in some minutes.",
    ),
    (
        "unauthorized_client",
        "",
        Advice::AdminMustAct,
        "the app may not use this flow.",
        "Enable the flow in the app's OAuth settings.",
    ),
    (
        "invalid_request",
        "",
        Advice::Misconfigured,
        "the request lacks something that the app demands.",
        "Does the app demand PKCE or a client secret that is not given?",
    ),
];
