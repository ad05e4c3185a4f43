//! What stands between an engine and its tokens. In English alone, as the interface `oauth` has no other language.

use std::fmt::Display;

/// What happened, to follow "Salesforce answered …:", and what to do about it.
pub(crate) type Refusal = (&'static str, &'static str);

pub(crate) const BEING_RENEWED: Refusal = (
    "another worker is renewing this connection.",
    "Read the stored grant again and use its token; repeat only if it has not changed.",
);
pub(crate) const TOO_MANY_LOGINS: Refusal = ("too many log-ins in a short time.", "Wait some minutes.");
pub(crate) const USER_INACTIVE: Refusal = (
    "the integration user is deactivated or frozen.",
    "Activate the user in Setup under Users, or connect with another one.",
);
pub(crate) const ORG_INACTIVE: Refusal =
    ("the org is locked or its trial has ended.", "Ask Salesforce to reactivate the org.");
pub(crate) const IP_RESTRICTED: Refusal = (
    "the engine's address is not among the allowed ones.",
    "Relax the IP restrictions of the app's OAuth policies, or add the engine's egress addresses to the allowed ranges of \
         the app and of the user's profile.",
);
pub(crate) const NOT_PERMITTED: Refusal = (
    "the user may not use this app yet.",
    "In the app's OAuth policies let the users self-authorize, or pre-authorize them by profile or permission set.",
);
pub(crate) const NO_API: Refusal = (
    "the org's edition, or the integration user, has no API.",
    "Give the integration user the permission API Enabled; the org needs an edition with API access.",
);
pub(crate) const NO_RUN_AS_USER: Refusal =
    ("the client credentials flow has no user to run as.", "Choose the Run As user in the app's OAuth policies.");
pub(crate) const NEEDS_MY_DOMAIN: Refusal =
    ("this flow needs the org's own My Domain host.", "Enter the My Domain host as deployment domain.");
pub(crate) const WRONG_AUDIENCE: Refusal = (
    "the assertion is meant for another audience.",
    "Sign it for `https://login.salesforce.com`, for a sandbox `https://test.salesforce.com`.",
);
pub(crate) const CODE_USED: Refusal =
    ("the code is used or too old.", "Connect the org again: authorize, and store the new grant.");
pub(crate) const OTHER_LOGIN: Refusal =
    ("the code belongs to another log-in.", "Connect the org again: authorize, and store the new grant.");
pub(crate) const GRANT_GONE: Refusal = (
    "the grant is used up, revoked, or was idle for too long.",
    "Connect the org again: authorize, and store the new grant.",
);
pub(crate) const DENIED: Refusal = ("access was denied on the log-in page.", "Log in again and allow the access.");
pub(crate) const UNKNOWN_CLIENT: Refusal = (
    "no app in this org has this client id.",
    "Copy the Consumer Key again; a new app needs up to ten minutes, and in other orgs it must be installed first.",
);
pub(crate) const NOT_INSTALLED: Refusal = (
    "the app is not installed in this org.",
    "Install it in Setup under Connected Apps OAuth Usage, or give the user the permission to approve uninstalled apps.",
);
pub(crate) const PACKAGE_NOT_INSTALLED: Refusal = (
    "the app is not installed in this org.",
    "Install the app's package in this org, or create the app there in Setup under External Client App Manager and use its \
     Consumer Key.",
);
pub(crate) const WRONG_SECRET: Refusal =
    ("the client secret is not the app's.", "Copy the Consumer Secret again. It changes when somebody rotates it.");
pub(crate) const WRONG_CALLBACK: Refusal = (
    "the callback URL is not one of the app's.",
    "Enter the callback URL in the app's OAuth settings exactly as it is used here, character by character.",
);
pub(crate) const FLOW_OFF: Refusal =
    ("the app does not allow this flow.", "Enable the flow in the app's OAuth settings.");
pub(crate) const NO_SCOPES: Refusal =
    ("the app does not grant the scopes `api` and `refresh_token`.", "Add both scopes to the app's OAuth settings.");
pub(crate) const BLOCKED: Refusal =
    ("the app is blocked in this org.", "Unblock it in Setup under Connected Apps OAuth Usage.");
pub(crate) const BUSY: Refusal = ("the log-in service is busy.", "Try again in some minutes.");
pub(crate) const SERVER_ERROR: Refusal = ("the log-in service had a problem of its own.", "Try again in some minutes.");
pub(crate) const FLOW_FORBIDDEN: Refusal =
    ("the app may not use this flow.", "Enable the flow in the app's OAuth settings.");
pub(crate) const INCOMPLETE: Refusal = (
    "the request lacks something that the app demands.",
    "Does the app demand PKCE or a client secret that is not given?",
);

pub(crate) const CLIENT_ID_EMPTY: Refusal =
    ("The client id is empty.", "Copy the Consumer Key of the External Client App in Setup.");
pub(crate) const SECRET_NEEDED: Refusal = (
    "The client credentials flow needs the client secret.",
    "Copy the Consumer Secret of the External Client App in Setup.",
);
pub(crate) const ANOTHER_STATE: Refusal = (
    "The callback does not belong to this log-in: its `state` is another.",
    "Begin the log-in again, and finish it in the same browser.",
);
pub(crate) const NO_CODE: Refusal =
    ("The callback holds neither a code nor an error.", "Begin the log-in again; pass the callback's whole query.");

pub(crate) const ASK_LATER: &str = "Ask again later.";
pub(crate) const MOVED: &str = "The org answers at another address now; enter its My Domain host.";
pub(crate) const SOMETHING_BETWEEN: &str = "Does a proxy or a log-in page stand between?";
pub(crate) const NOT_AN_ANSWER: &str = "The answer is not one of Salesforce's token endpoint.";
pub(crate) const LOOK_UP: &str = "Look the code up in Salesforce's help, and check the app in Setup, under External Client App Manager \
                                  (or App Manager for a Connected App).";

/// To follow "The token answer".
pub(crate) const WITHOUT_TOKEN: &str = "holds no access token";
pub(crate) const WITHOUT_ADDRESS: &str = "does not say where the org is (`instance_url`)";
pub(crate) const WITH_ODD_ADDRESS: &str = "names an address that is not an org's My Domain host";

pub(crate) fn refused(code: &str, what: &str) -> String {
    format!("Salesforce answered {code}: {what}")
}

pub(crate) fn unknown_code(code: &str) -> String {
    format!("Salesforce answered {code}.")
}

pub(crate) fn too_long(name: &str, limit: usize) -> (String, &'static str) {
    let message = format!("The `{name}` is longer than {limit} bytes.");
    (message, "Pass it as Salesforce gave it, or as it was entered in Setup.")
}

pub(crate) fn tokens_of_another_org(tokens: &dyn Display, settings: &dyn Display) -> (String, &'static str) {
    let message = format!("The tokens belong to `{tokens}`, not to `{settings}`.");
    (message, "Log in to the org that the settings name, or correct the deployment domain.")
}

pub(crate) fn org_was_renamed(tokens: &dyn Display, settings: &dyn Display) -> (String, &'static str) {
    let message = format!("The tokens belong to `{tokens}`, not to `{settings}`.");
    (message, "Has the org's My Domain been renamed? Correct the deployment domain, and connect the org again.")
}

pub(crate) fn unusable(what: &str) -> (String, &'static str) {
    (format!("The token answer {what}, so nothing of it is used."), "Connect the org again.")
}
