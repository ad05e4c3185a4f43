//! What an answer of Salesforce means, and what an administrator does about it. These follow the sentence of [`answered`].

/// `fields` are names in backticks, or nothing.
pub(crate) fn answered(code: &str, status: u16, fields: &str) -> String {
    match fields {
        "" => format!("Salesforce answered {code} (HTTP {status})."),
        fields => format!("Salesforce answered {code} (HTTP {status}) for {fields}."),
    }
}
/// Without a code of Salesforce's.
pub(crate) fn answered_status(status: u16) -> String {
    format!("The answer was HTTP {status}, without a code of Salesforce's.")
}

// What runs again says by itself, at the end.
pub(crate) const RUN_LATER: &str = "Run again later.";
pub(crate) const RENEW_AND_RUN: &str =
    "Renew the access token and run again. If the new one is refused too, connect the org anew.";

// Another value mends it.

pub(crate) const REQUIRED: &str = "The org demands a value there. Map a value to the field; if the chat may leave it blank, set \
    \"When the value is blank\" (`whenBlank`) to \"Write nothing at all\" (`fail`).";
pub(crate) const TOO_LONG: &str = "The value is longer than the field. Let the chat ask for a shorter one, or set \"When the value is too \
    long\" (`whenTooLong`) to \"Cut it and say so\" (`cut`).";
pub(crate) const NO_EMAIL: &str =
    "Salesforce does not take the value as an e-mail address. Let the chat check it and ask again.";
pub(crate) const NOT_IN_PICKLIST: &str = "The value is not in the field's picklist. Let the chat offer the values of the list, or add this \
    one to it in Setup.";
pub(crate) const NOT_POSSIBLE: &str = "The value has the right type and is still not possible there: it contradicts another field, or \
    Salesforce does not accept it. For a state or a country use the label or the code of the org's list.";
/// Source: help, "State and Country/Territory Picklists"; recorded refusals.
pub(crate) const STATE_OR_COUNTRY: &str = "The org has picklists of states and countries, and this is none of their values, or the state is \
    not one of that country. `Country` and `State` take only the label of the list, letter by letter; `CountryCode` and `StateCode` take \
    only its code, such as \"DE\". Map the field of the code, and let the chat offer the values of the list.";
pub(crate) const OTHER_TYPE: &str =
    "The value does not have the type of the field. Run `prepare`: prepared settings convert it.";
pub(crate) const TOO_MANY_DIGITS: &str =
    "The number has too many digits for the field. Let the chat ask for a smaller one.";
pub(crate) const NO_ID: &str =
    "The value is no id of a fitting record. Map an id of 15 or 18 characters, as Salesforce shows it.";
pub(crate) const NOT_COMPARABLE: &str = "A value does not fit the field that it is compared with; a lookup field takes an id only. Run \
    `prepare`, or use another field as key.";
pub(crate) const VALIDATION_RULE: &str =
    "A validation rule or a trigger of the org refused it. Let the chat ask for what the rule demands.";
/// A parent is what a mapping such as `Account.Customer_No__c` names.
pub(crate) const NO_PARENT: &str = "No record has the external id that was given for the parent, or the integration user may not see it. \
    Check the external id, and whether the user may see the parent.";

// The settings, the rights or the org's setup must change.

pub(crate) const NO_FIELD: &str = "A mapped field does not exist, or the integration user may not see it, or a key does not fit its type. \
    Check the name, the user's rights, and the key.";
pub(crate) const NO_OBJECT: &str = "There is no such object or field, or the integration user may not see it, or the org does not offer the \
    API version. Check the name, the user's rights, and `apiVersion`.";
pub(crate) const NOT_WRITABLE: &str = "The integration user may not write the field, or it is read-only. Allow it in the user's profile or a \
    permission set, or remove the mapping.";
pub(crate) const CONVERTED_LEAD: &str = "The Lead has been converted and cannot be written any more. Set \"Look in several objects\" \
    (`lookIn`) to Contact and Lead, and its Contact is used.";
pub(crate) const NO_RECORD: &str = "The record does not exist, or not any more, or the integration user may not see it. Check the id, and whether \
    the user may see the record.";
pub(crate) const RECORD_TYPE: &str = "The record type does not exist, or the integration user may not use it. Assign it in the user's \
    profile or a permission set, and run `prepare` again.";
pub(crate) const NO_LINKED_RECORD: &str = "The record that a lookup field names does not exist, or the integration user may not see it or \
    link to it. Check the id, and the user's access to that record.";
pub(crate) const LOOKUP_FILTER: &str = "The lookup filter of the field does not allow the record that it would point to. Map another \
    record, or change the filter in Setup.";
pub(crate) const LOCKED: &str = "The record is locked, for example by an approval process. Unlock it in Salesforce, or wait until it is \
    approved.";
pub(crate) const TRIGGER: &str = "A trigger of the org failed. The debug logs of the integration user in Setup show which one; have it \
    corrected.";
pub(crate) const FLOW: &str = "A record-triggered flow of the org failed. Salesforce sends the reason by e-mail to the flow's last editor or \
    to the org's Apex exception recipients; have the flow corrected.";
pub(crate) const TAKEN: &str = "Another record already has this value in a unique field; if Salesforce names the record, its id is in \
    `candidates`. Use that field as key (`useToFindExisting`), and the record is found.";
pub(crate) const DUPLICATE_RULE: &str = "A duplicate rule of the org found an existing record. Find the record with a key, or choose \
    at \"Duplicate rules of the org\" (`duplicateRule`) what is to happen then.";
pub(crate) const SEVERAL_WITH_EXTERNAL_ID: &str = "Several records have this external id, so Salesforce cannot tell which one is meant. \
    Merge them, and mark the field as unique in Setup.";
pub(crate) const CURRENCY: &str =
    "The org does not use this currency. Activate it in Setup, or map an active one to `CurrencyIsoCode`.";
pub(crate) const INACTIVE_OWNER: &str = "The owner, or another user that the record names, is inactive. Map another `OwnerId`, or correct \
    the assignment rule or the default owner in Setup.";
pub(crate) const OWNER_MAY_NOT_READ: &str = "The new owner may not read such records. Give that user the permission, or map another \
    `OwnerId`.";
pub(crate) const NO_PERMISSION: &str = "The integration user lacks a permission for this. Give it in the user's profile or a permission \
    set.";
pub(crate) const SECURITY_POLICY: &str = "A transaction security policy of the org blocked it. Exempt the integration user in Setup under \
    Transaction Security Policies.";
pub(crate) const EXPIRED_PASSWORD: &str = "The integration user's password has expired. Set a new one, and let the password of this user \
    never expire.";
pub(crate) const NO_API: &str = "The org or the user has no API access. Check that the org's edition includes it, and give the user \
    the permission API Enabled.";
/// Source: help, "API Access Control".
pub(crate) const NO_REST_API: &str = "The org does not let this session use the REST API, and a new token changes nothing. Allow the app in \
    Setup: under API Access Control, or by approving it under Connected Apps OAuth Usage.";
pub(crate) const NOT_ENABLED: &str =
    "The org has not enabled what this needs. Enable it in Setup, or remove its fields from the settings.";
pub(crate) const ORG_LOCKED: &str = "The org is locked, or its trial has ended. Ask Salesforce to reactivate it.";
pub(crate) const USER_LOCKED: &str =
    "The integration user is locked after too many wrong passwords. Unlock the user in Setup.";
pub(crate) const STORAGE_FULL: &str =
    "The org's storage is full. Delete data or buy storage; Setup shows what takes it under Storage Usage.";
pub(crate) const MALFORMED_QUERY: &str = "Salesforce cannot read the query. In an API request, correct `query`; otherwise report it to the \
    makers of this module.";
pub(crate) const NO_SUCH_REQUEST: &str = "This resource does not take such a request. In an API request, compare `method`, `path` and `body` \
    with Salesforce's documentation.";
pub(crate) const UNKNOWN_CODE: &str = "The module does not know this code. Look it up in Salesforce's documentation.";

// It passes.

pub(crate) const SESSION: &str = "The access token has expired or was revoked.";
pub(crate) const REQUESTS_USED_UP: &str = "The org's API requests of the last 24 hours are used up. If that happens often, look in Setup \
    under System Overview at how many there are.";
pub(crate) const AT_THE_SAME_TIME: &str = "Too many long requests are running in the org at the same time; the requests of the day are not \
    used up.";
pub(crate) const ROW_LOCKED: &str = "Another process was writing the same record. If that happens often, look for the job or the \
    integration that writes it.";
pub(crate) const LOCK_OF_A_TRIGGER: &str = "A trigger or a flow of the org needed a record that another process was writing. If that happens \
    often, look for what writes it.";
pub(crate) const BUSY: &str = "Salesforce was too busy. If that lasts, look at status.salesforce.com.";
pub(crate) const PROBLEM: &str =
    "Salesforce had a problem of its own. If that lasts, tell Salesforce's support when it happened.";
pub(crate) const CONSEQUENCE: &str =
    "Another record of the same transaction failed, so this one was not written. Correct that one.";

// What a status says that comes without a code.

/// Source: REST API guide, Upsert by External ID and "Status Codes and Error Responses".
pub(crate) const SEVERAL_MATCH: &str = "The key matches several records, so Salesforce cannot tell which one is meant. Merge them, or use a \
    field that is unique.";
pub(crate) const REDIRECT: &str = "The address leads to another one, and redirects are not followed. Set `deploymentDomain` to the domain \
    under My Domain in Setup.";
pub(crate) const PATIENCE: &str =
    "A server before Salesforce asks for patience. If that lasts, find out which proxy or firewall it is.";
pub(crate) const SERVER_PROBLEM: &str = "Salesforce, or a server before it, has a problem. If that lasts, look at status.salesforce.com and at \
    the proxies in between.";
pub(crate) const NOT_SALESFORCE: &str = "This is no answer of Salesforce's REST API. Check `deploymentDomain`, and whether a proxy or a log-in \
    page stands in between.";
