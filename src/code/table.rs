//! The table. Its columns: the word; whose code it is; what it says about sending the request again; who can do something about
//! it; and what it means, unless the place at which it arises says that.
//!
//! Source of Salesforce's: REST API guide, "Status Codes and Error Responses"; SOAP API guide, "Error Handling".

use super::{Again, Origin, Row, Whose, codes, words};

codes! {
    // Values, before anything is sent.

    /// A value is in no form that its field takes.
    NotConvertible = "NOT_CONVERTIBLE", Module, Never, Visitor;
    /// A value is longer than its field.
    ValueTooLong = "VALUE_TOO_LONG", Module, Never, Visitor;
    /// A value is not in the picklist.
    NotInPicklist = "NOT_IN_PICKLIST", Module, Never, Visitor;
    /// The conversation gave no value where one must be.
    BlankValue = "BLANK_VALUE", Module, Never, Visitor;
    /// A value is none that a field can take.
    UnsupportedValue = "UNSUPPORTED_VALUE", Module, Never, Visitor;
    /// The texts of the run are too long together.
    TooMuchText = "TOO_MUCH_TEXT", Module, Never, Visitor;
    /// A value is too long to be searched for.
    KeyTooLong = "KEY_TOO_LONG", Module, Never, Visitor;
    /// The keys make too long a query.
    QueryTooLong = "QUERY_TOO_LONG", Module, Never, Administrator;
    /// A value would be replaced instead of stored.
    ReferenceInValue = "REFERENCE_IN_VALUE", Module, Never, Visitor;
    /// Path and query of an API request are too long.
    UrlTooLong = "URL_TOO_LONG", Module, Never, Administrator;
    /// The idempotency key is missing, or cannot stand in a URL.
    BadIdempotencyValue = "BAD_IDEMPOTENCY_VALUE", Module, Never, Administrator;
    /// A variable holds no transcript.
    BadTranscript = "BAD_TRANSCRIPT", Module, Never, Visitor;
    /// A variable holds no file.
    BadFile = "BAD_FILE", Module, Never, Visitor;
    /// A file is too large, or all of them together are.
    FileTooLarge = "FILE_TOO_LARGE", Module, Never, Visitor;
    /// The run has too many files.
    TooManyFiles = "TOO_MANY_FILES", Module, Never, Visitor;

    // What a run finds out.

    /// The org has used more of its API requests than the settings allow.
    ApiUsageAboveLimit = "API_USAGE_ABOVE_LIMIT", Module, Later, Administrator;
    /// It is not known whether the record exists.
    LookupFailed = "LOOKUP_FAILED", Module, Later, Administrator;
    /// It is not clear which key found a record.
    LookupUnclear = "LOOKUP_UNCLEAR", Module, Never, Administrator;
    /// Too many records match for the answer to tell.
    LookupCutShort = "LOOKUP_CUT_SHORT", Module, Never, Administrator;
    /// A read found no record, and must.
    NoMatch = "NO_MATCH", Module, Never, Visitor;
    /// A Lead has been converted, and there is no Contact to use instead.
    ConvertedLeadWithoutContact = "CONVERTED_LEAD_WITHOUT_CONTACT", Module, Never, Administrator;
    /// Two records of the run are one.
    SameRecordTwice = "SAME_RECORD_TWICE", Module, Never, Administrator;
    /// Another record has the idempotency key in another spelling.
    IdempotencyValueTaken = "IDEMPOTENCY_VALUE_TAKEN", Module, Never, Administrator;
    /// Another record of the run stopped its write.
    NotWritten = "NOT_WRITTEN", Module, Open, Administrator;
    /// Another record of the run stopped its read.
    NotRead = "NOT_READ", Module, Open, Administrator;

    // Many conversations.

    /// An earlier conversation may have written the same record.
    EarlierUnknown = "EARLIER_UNKNOWN", Module, Open, Administrator;
    /// An earlier conversation is to be run again first.
    EarlierNotWritten = "EARLIER_NOT_WRITTEN", Module, Later, Administrator;
    /// This conversation was sent before, and it is not known how that ended.
    InDoubt = "IN_DOUBT", Module, Open, Administrator;

    // Chats.

    /// The chat is over.
    ChatEnded = "CHAT_ENDED", Module, Never, Administrator;
    /// An earlier call opened the chat, and its token is not here.
    ChatOpenedBefore = "CHAT_OPENED_BEFORE", Module, Never, Administrator;
    /// The guest's token is over, and could not be renewed.
    ChatTokenOver = "CHAT_TOKEN_OVER", Module, Never, Administrator;

    // The way to Salesforce and back.

    /// The host does not let the module reach the domain.
    RequestDenied = "REQUEST_DENIED", Module, Open, Administrator, way::DENIED;
    /// The domain has no address.
    HostNotFound = "HOST_NOT_FOUND", Module, Open, Administrator, way::NO_ADDRESS;
    /// There is no connection.
    ConnectionFailed = "CONNECTION_FAILED", Module, Open, Administrator, way::NO_CONNECTION;
    /// There is no secure connection.
    TlsFailed = "TLS_FAILED", Module, Open, Administrator, way::NO_TLS;
    /// No answer came in time.
    Timeout = "TIMEOUT", Module, Open, Administrator, way::TIMEOUT;
    /// The connection ended before the answer did.
    AnswerCutOff = "ANSWER_CUT_OFF", Module, Open, Administrator, way::CUT_OFF;
    /// An answer is larger than the module takes.
    AnswerTooLarge = "ANSWER_TOO_LARGE", Module, Open, Administrator, way::TOO_LARGE;
    /// An answer is none of Salesforce's REST API.
    AnswerUnreadable = "ANSWER_UNREADABLE", Module, Open, Administrator, way::UNREADABLE;
    /// The request failed for another reason.
    HttpFailed = "HTTP_FAILED", Module, Open, Administrator, way::FAILED;

    // Salesforce's: another value mends it.

    /// The org demands a value.
    RequiredFieldMissing = "REQUIRED_FIELD_MISSING", Salesforce, Never, Visitor, salesforce::REQUIRED;
    /// A value is longer than its field.
    StringTooLong = "STRING_TOO_LONG", Salesforce, Drift, Visitor, salesforce::TOO_LONG;
    /// A value is no e-mail address.
    InvalidEmailAddress = "INVALID_EMAIL_ADDRESS", Salesforce, Never, Visitor, salesforce::NO_EMAIL;
    /// A value is not in the picklist.
    NotInRestrictedPicklist = "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST", Salesforce, Drift, Visitor, salesforce::NOT_IN_PICKLIST;
    /// A value has the right type and is still not possible.
    FieldIntegrity = "FIELD_INTEGRITY_EXCEPTION", Salesforce, Never, Visitor, salesforce::NOT_POSSIBLE;
    /// A value has another type than its field.
    JsonParserError = "JSON_PARSER_ERROR", Salesforce, Drift, Visitor, salesforce::OTHER_TYPE;
    /// A number has too many digits.
    NumberOutsideRange = "NUMBER_OUTSIDE_VALID_RANGE", Salesforce, Never, Visitor, salesforce::TOO_MANY_DIGITS;
    /// A value is no id of a fitting record.
    MalformedId = "MALFORMED_ID", Salesforce, Never, Visitor, salesforce::NO_ID;
    /// A value does not fit the field that it is compared with.
    InvalidFilterOperator = "INVALID_QUERY_FILTER_OPERATOR", Salesforce, Never, Visitor, salesforce::NOT_COMPARABLE;
    /// A validation rule or a trigger refused it.
    FieldCustomValidation = "FIELD_CUSTOM_VALIDATION_EXCEPTION", Salesforce, Never, Visitor, salesforce::VALIDATION_RULE;

    // Salesforce's: the settings, the rights or the org's setup must change.

    /// A field does not exist or is hidden; or no record has a parent's external id.
    InvalidField = "INVALID_FIELD", Salesforce, Drift, Administrator, salesforce::NO_FIELD;
    /// An object does not exist or is hidden.
    InvalidType = "INVALID_TYPE", Salesforce, Drift, Administrator, salesforce::NO_OBJECT;
    /// A resource does not exist.
    NotFound = "NOT_FOUND", Salesforce, Never, Administrator, salesforce::NO_OBJECT;
    /// A field may not be written.
    NotWritable = "INVALID_FIELD_FOR_INSERT_UPDATE", Salesforce, Drift, Administrator, salesforce::NOT_WRITABLE;
    /// The Lead has been converted.
    ConvertedLead = "CANNOT_UPDATE_CONVERTED_LEAD", Salesforce, Never, Administrator, salesforce::CONVERTED_LEAD;
    /// The record does not exist or is hidden.
    InvalidCrossReference = "INVALID_CROSS_REFERENCE_KEY", Salesforce, Never, Administrator, salesforce::NO_RECORD;
    /// The record has been deleted.
    EntityIsDeleted = "ENTITY_IS_DELETED", Salesforce, Never, Administrator, salesforce::NO_RECORD;
    /// The record that a lookup field names is out of reach.
    InsufficientAccessOnReference =
        "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", Salesforce, Never, Administrator, salesforce::NO_LINKED_RECORD;
    /// A lookup filter does not allow the record.
    FieldFilterValidation = "FIELD_FILTER_VALIDATION_EXCEPTION", Salesforce, Never, Administrator, salesforce::LOOKUP_FILTER;
    /// The record is locked.
    EntityIsLocked = "ENTITY_IS_LOCKED", Salesforce, Never, Administrator, salesforce::LOCKED;
    /// A trigger failed.
    TriggerFailed = "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY", Salesforce, Never, Administrator, salesforce::TRIGGER;
    /// A record-triggered flow failed.
    FlowFailed = "CANNOT_EXECUTE_FLOW_TRIGGER", Salesforce, Never, Administrator, salesforce::FLOW;
    /// Another record has the value of a unique field.
    DuplicateValue = "DUPLICATE_VALUE", Salesforce, Never, Administrator, salesforce::TAKEN;
    /// A duplicate rule found an existing record.
    DuplicatesDetected = "DUPLICATES_DETECTED", Salesforce, Never, Administrator, salesforce::DUPLICATE_RULE;
    /// Several records have the external id.
    DuplicateExternalId = "DUPLICATE_EXTERNAL_ID", Salesforce, Never, Administrator, salesforce::SEVERAL_WITH_EXTERNAL_ID;
    /// The org does not use the currency.
    InvalidCurrency = "INVALID_CURRENCY_ISO", Salesforce, Never, Administrator, salesforce::CURRENCY;
    /// The owner is inactive.
    InactiveOwner = "INACTIVE_OWNER_OR_USER", Salesforce, Never, Administrator, salesforce::INACTIVE_OWNER;
    /// The new owner may not read such records.
    TransferRequiresRead = "TRANSFER_REQUIRES_READ", Salesforce, Never, Administrator, salesforce::OWNER_MAY_NOT_READ;
    /// The integration user lacks a permission.
    InsufficientAccess = "INSUFFICIENT_ACCESS", Salesforce, Never, Administrator, salesforce::NO_PERMISSION;
    /// The same, or the record is read-only.
    InsufficientAccessOrReadonly =
        "INSUFFICIENT_ACCESS_OR_READONLY", Salesforce, Never, Administrator, salesforce::NO_PERMISSION;
    /// A transaction security policy blocked it.
    TransactionSecurity = "TXN_SECURITY_NO_ACCESS", Salesforce, Never, Administrator, salesforce::SECURITY_POLICY;
    /// The integration user's password has expired.
    ExpiredPassword = "INVALID_OPERATION_WITH_EXPIRED_PASSWORD", Salesforce, Never, Administrator, salesforce::EXPIRED_PASSWORD;
    /// The org has no API access.
    ApiDisabledForOrg = "API_DISABLED_FOR_ORG", Salesforce, Never, Administrator, salesforce::NO_API;
    /// The user has no API access.
    ApiCurrentlyDisabled = "API_CURRENTLY_DISABLED", Salesforce, Never, Administrator, salesforce::NO_API;
    /// The org lacks a function.
    NotEnabled = "FUNCTIONALITY_NOT_ENABLED", Salesforce, Never, Administrator, salesforce::NOT_ENABLED;
    /// The org is locked.
    OrgLocked = "ORG_LOCKED", Salesforce, Never, Administrator, salesforce::ORG_LOCKED;
    /// The org's trial has ended.
    TrialExpired = "TRIAL_EXPIRED", Salesforce, Never, Administrator, salesforce::ORG_LOCKED;
    /// The integration user is locked.
    PasswordLockout = "PASSWORD_LOCKOUT", Salesforce, Never, Administrator, salesforce::USER_LOCKED;
    /// The org's storage is full.
    StorageFull = "STORAGE_LIMIT_EXCEEDED", Salesforce, Never, Administrator, salesforce::STORAGE_FULL;
    /// Salesforce cannot read the query.
    MalformedQuery = "MALFORMED_QUERY", Salesforce, Never, Administrator, salesforce::MALFORMED_QUERY;
    /// The same of a search.
    MalformedSearch = "MALFORMED_SEARCH", Salesforce, Never, Administrator, salesforce::MALFORMED_QUERY;
    /// The resource takes no request with this method.
    MethodNotAllowed = "METHOD_NOT_ALLOWED", Salesforce, Never, Administrator, salesforce::NO_SUCH_REQUEST;
    /// The resource takes no body of this type.
    UnsupportedMediaType = "UNSUPPORTED_MEDIA_TYPE", Salesforce, Never, Administrator, salesforce::NO_SUCH_REQUEST;

    // Salesforce's: it passes. Source also: App Limits Cheatsheet.

    /// The access token is expired or revoked.
    InvalidSession = "INVALID_SESSION_ID", Salesforce, Renewed, Administrator, salesforce::SESSION;
    /// The org takes no more requests.
    RequestLimit = "REQUEST_LIMIT_EXCEEDED", Salesforce, Limit, Administrator, salesforce::REQUESTS_USED_UP;
    /// Another transaction holds the record.
    UnableToLockRow = "UNABLE_TO_LOCK_ROW", Salesforce, Lock, Administrator, salesforce::ROW_LOCKED;
    /// Salesforce is not available.
    ServerUnavailable = "SERVER_UNAVAILABLE", Salesforce, Busy, Administrator, salesforce::BUSY;
    /// A query took too long.
    QueryTimeout = "QUERY_TIMEOUT", Salesforce, Busy, Administrator, salesforce::BUSY;
    /// A request took too long.
    RunningTooLong = "REQUEST_RUNNING_TOO_LONG", Salesforce, Busy, Administrator, salesforce::BUSY;
    /// Too much Apex is running.
    TooManyApexRequests = "TOO_MANY_APEX_REQUESTS", Salesforce, Busy, Administrator, salesforce::BUSY;
    /// Salesforce has a problem of its own.
    UnknownException = "UNKNOWN_EXCEPTION", Salesforce, Busy, Administrator, salesforce::PROBLEM;
    /// Another record of the same transaction failed.
    ProcessingHalted = "PROCESSING_HALTED", Salesforce, Consequence, Administrator, salesforce::CONSEQUENCE;
    /// The same.
    RolledBack = "ALL_OR_NONE_OPERATION_ROLLED_BACK", Salesforce, Consequence, Administrator, salesforce::CONSEQUENCE;
}
