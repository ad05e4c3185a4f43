//! Salesforce's errors → ours: the same codes, but our own words.
//!
//! Salesforce's message may repeat what the visitor typed ("data value too large: …") or name other people's records, so
//! it is dropped here and never goes further. Source: REST API guide, "Status Codes and Error Responses".

use serde_json::Value;

use super::{Response, TransportError, TransportErrorKind};
use crate::name::{FieldName, RecordId, SObjectName};
use crate::outcome::{RecordError, Retry};
use crate::plan::MAX_CANDIDATES;

/// What a failed (sub)request answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Salesforce's `errorCode`, or `HTTP_` and the status where there is none.
    pub code: String,
    pub fields: Vec<FieldName>,
    pub status: u16,
    /// The records that the key of an upsert fits, in a 300.
    pub candidates: Vec<RecordId>,
    /// The existing records that a duplicate rule names, each with its SObject.
    duplicates: Vec<(SObjectName, RecordId)>,
    /// What stands in quotes in the message: names of fields, or what somebody typed.
    quoted: Vec<FieldName>,
}

/// Most fields of one error: it stands on each record that it stops.
const MAX_FIELDS: usize = 100;
/// Longest code of Salesforce's that we pass on.
const MAX_CODE_LENGTH: usize = 80;
/// How long to wait when Salesforce does not say: its 24 hours slide, so requests come free all the time.
const DEFAULT_RETRY_AFTER_SECONDS: u32 = 900;

/// Refusals that are about the session or the org, not about a record.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TurnedAway {
    SessionExpired,
    Deferred { seconds: u32 },
}

impl ApiError {
    /// Reads an error body, whatever it is: edge servers answer in HTML or not at all.
    pub fn new(status: u16, body: &Value) -> Self {
        // The documentation shows some errors without the list around them.
        let entry = body.as_array().map_or(Some(body), |entries| entries.first());
        let member = |name| entry.and_then(|entry| entry.get(name));
        let code = member("errorCode").and_then(Value::as_str).filter(|code| is_code(code));
        let fields = member("fields").and_then(Value::as_array).filter(|_| code.is_some());
        let names = fields.into_iter().flatten().filter_map(|field| FieldName::parse(field.as_str()?));
        Self {
            code: code.map_or_else(|| format!("HTTP_{status}"), ToOwned::to_owned),
            fields: names.take(MAX_FIELDS).collect(),
            status,
            candidates: if status == 300 { candidates(body) } else { Vec::new() },
            duplicates: entry.map(duplicates).unwrap_or_default(),
            quoted: match member("message").and_then(Value::as_str) {
                Some(message) if code == Some("INVALID_FIELD") => quoted(message),
                _ => Vec::new(),
            },
        }
    }

    /// Salesforce says which column does not exist only in its message. Names that this run uses may be passed on.
    pub fn naming(mut self, is_known: impl Fn(&FieldName) -> bool) -> Self {
        if self.fields.is_empty() {
            self.fields = std::mem::take(&mut self.quoted).into_iter().filter(is_known).collect();
        }
        self
    }

    pub fn of_response(response: &Response) -> Self {
        Self::new(response.status, &response.json().unwrap_or_default())
    }

    pub fn turned_away(&self, response: &Response) -> Option<TurnedAway> {
        if self.is_expired_session() {
            return Some(TurnedAway::SessionExpired);
        }
        let header = response.retry_after.as_deref().and_then(|value| value.trim().parse::<u32>().ok());
        let seconds = header.map_or(DEFAULT_RETRY_AFTER_SECONDS, |seconds| seconds.max(1));
        self.is_limit().then_some(TurnedAway::Deferred { seconds })
    }

    /// A duplicate rule of the org found existing records.
    pub fn is_duplicate(&self) -> bool {
        self.code == "DUPLICATES_DETECTED"
    }

    /// The records of one SObject that a duplicate rule names; rules can reach across objects.
    pub fn duplicates_of(&self, sobject: &SObjectName) -> Vec<RecordId> {
        let mut ids: Vec<RecordId> = Vec::new();
        for (_, id) in self.duplicates.iter().filter(|(name, _)| name == sobject) {
            if !ids.contains(id) && ids.len() < MAX_CANDIDATES {
                ids.push(id.clone());
            }
        }
        ids
    }

    /// What a field or an object that is gone, hidden, shorter or closed leads to.
    pub fn is_drift(&self) -> bool {
        [
            "INVALID_FIELD",
            "INVALID_TYPE",
            "INVALID_FIELD_FOR_INSERT_UPDATE",
            "STRING_TOO_LONG",
            "JSON_PARSER_ERROR",
            "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST",
        ]
        .contains(&self.code.as_str())
            || (self.code == "NOT_FOUND" && self.status == 404)
    }

    /// A consequence of another subrequest's failure, never its cause.
    pub fn is_consequence(&self) -> bool {
        ["PROCESSING_HALTED", "ALL_OR_NONE_OPERATION_ROLLED_BACK"].contains(&self.code.as_str())
    }

    /// Only this code means that a new token helps: other 401s are about blocked users and apps.
    pub fn is_expired_session(&self) -> bool {
        self.code == "INVALID_SESSION_ID"
    }

    /// There is no record with that id, or none that the user may see; other 404s are about objects and fields, and a 400
    /// with the same code is about a record that a lookup field should point at.
    pub fn is_missing_record(&self) -> bool {
        self.status == 404
            && ["INVALID_CROSS_REFERENCE_KEY", "ENTITY_IS_DELETED"].contains(&self.code.as_str())
            && self.fields.iter().all(FieldName::is_id)
    }

    /// The org's requests of the day, or those at a time, are used up.
    pub fn is_limit(&self) -> bool {
        self.code == "REQUEST_LIMIT_EXCEEDED"
    }

    pub fn into_record_error(self) -> RecordError {
        let (advice, retry) = advice(&self.code, self.status);
        let mut message = format!("Salesforce answered {} (HTTP {})", self.code, self.status);
        if !self.fields.is_empty() {
            let fields: Vec<&str> = self.fields.iter().map(FieldName::as_str).collect();
            message.push_str(&format!(" for {}", fields.join(", ")));
        }
        RecordError::new(self.code, format!("{message}: {advice}"), retry).with_fields(&self.fields)
    }
}

impl TransportError {
    pub fn into_record_error(self, retry: Retry) -> RecordError {
        let (code, message) = match self.kind {
            TransportErrorKind::Denied => {
                ("REQUEST_DENIED", "The host does not let the module reach the deployment domain.")
            }
            TransportErrorKind::Dns => ("HOST_NOT_FOUND", "The deployment domain has no address: is it misspelt?"),
            TransportErrorKind::Connect => ("CONNECTION_FAILED", "No connection to the deployment domain."),
            TransportErrorKind::Tls => {
                ("TLS_FAILED", "No secure connection: the certificate is not trusted. Does a proxy open TLS?")
            }
            TransportErrorKind::Timeout => ("TIMEOUT", "Salesforce did not answer in time."),
            TransportErrorKind::CutOff => ("ANSWER_CUT_OFF", "The connection ended before the answer did."),
            TransportErrorKind::TooLarge => ("ANSWER_TOO_LARGE", "The answer is larger than the module takes."),
            TransportErrorKind::Other => ("HTTP_FAILED", "The request failed on the way."),
        };
        RecordError::new(code, message, retry)
    }
}

/// What an administrator should know and do, and whether time heals it.
fn advice(code: &str, status: u16) -> (&'static str, Retry) {
    match code {
        "INVALID_SESSION_ID" => ("the access token is expired or revoked.", Retry::RenewSession),
        "REQUEST_LIMIT_EXCEEDED" => ("the org's API requests are used up for now.", Retry::Later),
        "UNABLE_TO_LOCK_ROW" => ("another process was writing the same record.", Retry::Later),
        "SERVER_UNAVAILABLE" | "QUERY_TIMEOUT" | "REQUEST_RUNNING_TOO_LONG" | "TOO_MANY_APEX_REQUESTS" => {
            ("Salesforce was too busy.", Retry::Later)
        }
        "REQUIRED_FIELD_MISSING" => (
            "the org demands a value there. Map a value to it, with `whenBlank` \"fail\" if the chat may leave it out.",
            Retry::Never,
        ),
        "INVALID_FIELD" => (
            "a mapped field does not exist, or the integration user may not see it, or a key does not fit its type, or no parent has the external id.",
            Retry::Never,
        ),
        "INVALID_TYPE" | "NOT_FOUND" => {
            ("there is no such object, or the integration user may not see it.", Retry::Never)
        }
        "INVALID_FIELD_FOR_INSERT_UPDATE" => {
            ("the integration user may not write there, or the field is read-only.", Retry::Never)
        }
        "STRING_TOO_LONG" => ("the value is longer than the field.", Retry::Never),
        "INVALID_EMAIL_ADDRESS" => ("the value is no e-mail address.", Retry::Never),
        "INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST" => ("the value is not one of the picklist's.", Retry::Never),
        "JSON_PARSER_ERROR" => ("the value has not the type of the field.", Retry::Never),
        "NUMBER_OUTSIDE_VALID_RANGE" => ("the number has too many digits for the field.", Retry::Never),
        "MALFORMED_ID" => ("the value is no id of a fitting record.", Retry::Never),
        "INVALID_CROSS_REFERENCE_KEY" | "ENTITY_IS_DELETED" => {
            ("the record does not exist, or not any more, or the integration user may not see it.", Retry::Never)
        }
        "FIELD_CUSTOM_VALIDATION_EXCEPTION" => ("a validation rule or trigger of the org refused it.", Retry::Never),
        "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY" => ("a trigger of the org failed.", Retry::Never),
        "DUPLICATE_VALUE" => ("another record already has this value in a unique field.", Retry::Never),
        "DUPLICATES_DETECTED" => (
            "a duplicate rule of the org found an existing record. Find it with a key, or allow duplicates.",
            Retry::Never,
        ),
        "INSUFFICIENT_ACCESS" | "INSUFFICIENT_ACCESS_OR_READONLY" | "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY" => {
            ("the integration user lacks the permission.", Retry::Never)
        }
        "API_DISABLED_FOR_ORG" | "API_CURRENTLY_DISABLED" => ("the org or the user has no API access.", Retry::Never),
        "STORAGE_LIMIT_EXCEEDED" => ("the org's storage is full.", Retry::Never),
        _ if (300..400).contains(&status) => {
            ("the deployment domain answers for another address now. Redirects are not followed.", Retry::Never)
        }
        _ if [408, 420, 429].contains(&status) => ("something before Salesforce asks for patience.", Retry::Later),
        _ if status >= 500 => ("Salesforce had a problem of its own.", Retry::Later),
        _ if code.starts_with("HTTP_") => (
            "this is not an answer of Salesforce's REST API. Does a proxy or a log-in page stand between?",
            Retry::Never,
        ),
        _ => ("look the code up in Salesforce's documentation.", Retry::Never),
    }
}

pub fn unreadable(retry: Retry) -> RecordError {
    RecordError::new(
        "ANSWER_UNREADABLE",
        "The answer is not one of Salesforce's REST API. Does a proxy or a log-in page stand between?",
        retry,
    )
}

fn quoted(message: &str) -> Vec<FieldName> {
    message.split('\'').skip(1).step_by(2).filter_map(FieldName::parse).take(MAX_FIELDS).collect()
}

/// The body of a 300 lists the URLs of the records. Source: REST API guide, Upsert by External ID.
fn candidates(body: &Value) -> Vec<RecordId> {
    let urls = body.as_array().map(Vec::as_slice).unwrap_or_default();
    urls.iter().take(MAX_CANDIDATES).filter_map(|url| RecordId::of_answer(url.as_str()?.rsplit('/').next()?)).collect()
}

/// What a duplicate rule found. Salesforce misspells the member; both spellings are read, should it ever be corrected.
fn duplicates(entry: &Value) -> Vec<(SObjectName, RecordId)> {
    fn list<'a>(value: &'a Value, member: &str) -> &'a [Value] {
        value.get(member).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }
    let Some(result) = entry.get("duplicateResut").or_else(|| entry.get("duplicateResult")) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for matched in list(result, "matchResults") {
        let Some(sobject) = matched.get("entityType").and_then(Value::as_str).and_then(SObjectName::parse) else {
            continue;
        };
        for record in list(matched, "matchRecords") {
            let id = record.get("record").and_then(|record| record.get("Id")).and_then(Value::as_str);
            found.extend(id.and_then(RecordId::of_answer).map(|id| (sobject.clone(), id)));
        }
    }
    found
}

fn is_code(text: &str) -> bool {
    (1..=MAX_CODE_LENGTH).contains(&text.len())
        && text.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit() || b == b'_')
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_message_never_repeats_what_salesforce_wrote() {
        let body = json!([{
            "errorCode": "STRING_TOO_LONG",
            "message": "First Name: data value too large: canary (max length=40)",
            "fields": ["FirstName", "canary value", 7],
        }]);
        let error = ApiError::new(400, &body).into_record_error();
        assert_eq!((&*error.code, error.fields.as_slice()), ("STRING_TOO_LONG", ["FirstName".to_owned()].as_slice()));
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn a_missing_column_is_named_if_the_run_uses_that_name() {
        let message =
            "SELECT Emial FROM Contact WHERE LastName = 'Canary'\nNo such column 'Emial' on entity 'Contact'.";
        let error = ApiError::new(400, &json!([{ "errorCode": "INVALID_FIELD", "message": message }]));
        let emial = FieldName::parse("Emial").unwrap();
        let error = error.naming(|name| *name == emial).into_record_error();
        assert_eq!(error.fields, ["Emial"]);
        assert!(error.message.contains("Emial") && !format!("{error:?}").contains("Canary"));
    }

    #[test]
    fn any_body_is_an_error_with_a_code() {
        for (body, code) in [
            (json!(null), "HTTP_503"),
            (json!("<h1>Bad</h1>"), "HTTP_503"),
            (json!([]), "HTTP_503"),
            (json!([{ "errorCode": "canary text" }]), "HTTP_503"),
            (json!({ "errorCode": "NOT_FOUND", "message": "" }), "NOT_FOUND"),
        ] {
            assert_eq!(ApiError::new(503, &body).code, code);
        }
    }
}
