//! What an error body of Salesforce says: its code, and what of its message is no secret.
//!
//! The message may repeat what the visitor typed ("data value too large: …") or name other people's records, so it is dropped here
//! and never goes further. Source: REST API guide, "Status Codes and Error Responses".

mod message;

use serde_json::Value;

use message::{RuleMessage, duplicates, field_of_parent, ids, last_word, of_urls, quoted, reason, words};

use super::Response;
use crate::code::{Again, Code};
use crate::salesforce::facts::ValidationRule;
use crate::salesforce::{FieldName, RecordId, SObjectName};
use crate::wire::MAX_CANDIDATES;

/// What a failed (sub)request answered.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ApiError {
    /// Salesforce's `errorCode`, or `HTTP_` and the status where there is none.
    pub code: Code,
    has_code: bool,
    /// As Salesforce lists them; where it does not, names of its message that the run uses: see [`ApiError::naming`].
    pub fields: Vec<FieldName>,
    /// HTTP status of the answer, or of the subrequest's.
    pub status: u16,
    /// The records that the key of an upsert fits, and the one that has a unique value already.
    pub candidates: Vec<RecordId>,
    /// The existing records that a duplicate rule names, each with its SObject.
    duplicates: Vec<(SObjectName, RecordId)>,
    /// Words of the message that may be names of fields, or what somebody typed.
    named: Vec<FieldName>,
    /// What a code leaves open and only the message tells.
    pub reason: Option<Reason>,
    /// Of a validation rule.
    rule: Option<RuleMessage>,
}

/// What a code leaves open and only Salesforce's message tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reason {
    /// Not the requests of 24 hours, but those at the same time.
    AtTheSameTime,
    /// A trigger or a flow met a lock.
    Lock,
    /// The org lets no session of this user or app use the REST API, however new its token is.
    NoRestApi,
    /// No parent has the external id.
    NoParent,
}

/// Most fields of one error: it stands on each record that it stops.
const MAX_FIELDS: usize = 100;
/// Longest code of Salesforce's that we pass on.
const MAX_CODE_LENGTH: usize = 80;

impl ApiError {
    /// Reads an error body, whatever it is: edge servers answer in HTML or not at all.
    pub fn new(status: u16, body: &Value) -> Self {
        // The documentation shows some errors without the list around them.
        let entry = body.as_array().map_or(Some(body), |entries| entries.first());
        let mut error = Self::read(status, entry, "errorCode");
        error.duplicates = entry.map(duplicates).unwrap_or_default();
        if status == 300 {
            error.candidates = of_urls(body);
        }
        error
    }

    /// Of a row of a collection, which says with another word what the code is, and does not name duplicates.
    pub(crate) fn of_row(status: u16, entry: &Value) -> Self {
        Self::read(status, Some(entry), "statusCode")
    }

    /// Of an invocable action, whose answer has an entry for each input, with a list of errors in the one that failed.
    /// Source: Actions Developer Guide, "Invoking Actions".
    pub(crate) fn of_action(response: &Response) -> Option<Self> {
        let answer = response.json()?;
        let has_failed = |entry: &&Value| entry.get("isSuccess").is_some_and(|success| *success == false);
        let failed = answer.as_array()?.iter().find(has_failed)?;
        let error = Self::of_row(response.status, failed.get("errors")?.as_array()?.first()?);
        error.has_code.then_some(error)
    }

    fn read(status: u16, entry: Option<&Value>, code: &str) -> Self {
        let member = |name| entry.and_then(|entry| entry.get(name));
        let code = member(code).and_then(Value::as_str).filter(|code| is_code(code));
        let fields = member("fields").and_then(Value::as_array).filter(|_| code.is_some());
        let names = fields.into_iter().flatten().filter_map(|field| FieldName::parse(field.as_str()?));
        let message = member("message").and_then(Value::as_str).unwrap_or_default();
        let has_code = code.is_some();
        let code = code.map_or_else(|| Code::of_status(status), Code::of_salesforce);
        let reason = reason(&code, message);
        Self {
            fields: names.take(MAX_FIELDS).collect(),
            status,
            candidates: match code {
                Code::DuplicateValue => last_word(message).into_iter().collect(),
                Code::DuplicateExternalId => ids(message),
                _ => Vec::new(),
            },
            duplicates: Vec::new(),
            named: match code {
                _ if reason == Some(Reason::NoParent) => field_of_parent(message).into_iter().collect(),
                Code::InvalidField => quoted(message),
                Code::DuplicateValue => words(message),
                _ => Vec::new(),
            },
            rule: matches!(code, Code::FieldCustomValidation).then(|| RuleMessage::of(message)),
            code,
            has_code,
            reason,
        }
    }

    /// Names of the rules whose message the refusal holds: one, unless several have the same.
    pub fn broken_rules<'a>(&self, known: &'a [ValidationRule]) -> Vec<&'a str> {
        let Some(said) = &self.rule else { return Vec::new() };
        let is_it = |rule: &&ValidationRule| RuleMessage::of(&rule.message) == *said;
        known.iter().filter(is_it).map(|rule| rule.name.as_str()).collect()
    }

    /// Salesforce says which column does not exist only in its message. Names that this run uses may be passed on.
    pub fn naming(mut self, is_known: impl Fn(&FieldName) -> bool) -> Self {
        if self.fields.is_empty() {
            self.fields = std::mem::take(&mut self.named).into_iter().filter(is_known).collect();
        }
        self
    }

    /// Of a whole answer, and not of one subrequest.
    pub fn of_response(response: &Response) -> Self {
        Self::new(response.status, &response.json().unwrap_or_default())
    }

    /// Whether the answer names a code of Salesforce's.
    pub(crate) fn has_code(&self) -> bool {
        self.has_code
    }

    /// Another record has the value of a unique field.
    pub fn is_taken_value(&self) -> bool {
        matches!(self.code, Code::DuplicateValue)
    }

    /// The key of an upsert fits several records.
    pub fn is_ambiguous_key(&self) -> bool {
        self.status == 300
    }

    /// An external id fits several records: the key of the upsert, or what a parent is named by.
    pub fn is_ambiguous_external_id(&self) -> bool {
        matches!(self.code, Code::DuplicateExternalId)
    }

    /// No parent has the external id that was given.
    pub fn is_missing_parent(&self) -> bool {
        self.reason == Some(Reason::NoParent)
    }

    /// The same, as the record that was sent tells: the sentence that says so is in the user's language.
    pub fn of_missing_parent(self, field: FieldName) -> Self {
        let fields = if self.fields.is_empty() { vec![field] } else { self.fields };
        Self { reason: Some(Reason::NoParent), fields, ..self }
    }

    /// The Lead has become a Contact, and cannot be written any more.
    pub fn is_converted_lead(&self) -> bool {
        matches!(self.code, Code::ConvertedLead)
    }

    /// A duplicate rule of the org found existing records.
    pub fn is_duplicate(&self) -> bool {
        matches!(self.code, Code::DuplicatesDetected)
    }

    /// The existing records that stand in the way of a write of one of these SObjects.
    pub fn in_the_way(&self, sobjects: &[SObjectName]) -> Vec<RecordId> {
        let named = sobjects.iter().flat_map(|sobject| self.duplicates_of(sobject));
        self.candidates.iter().cloned().chain(named).take(MAX_CANDIDATES).collect()
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
        // With another status, something else than a resource was not found.
        let is_resource = matches!(self.code, Code::NotFound) && self.status == 404;
        !self.is_missing_parent() && (self.code.again() == Again::Drift || is_resource)
    }

    /// A consequence of another subrequest's failure, never its cause.
    pub fn is_consequence(&self) -> bool {
        self.code.again() == Again::Consequence
    }

    /// Only this code means that a new token helps: other 401s are about blocked users and apps. And so is this one, where
    /// the org's API Access Control lets no session of the app in.
    pub fn is_expired_session(&self) -> bool {
        self.code.again() == Again::Renewed && self.reason != Some(Reason::NoRestApi)
    }

    /// There is no record with that id, or none that the user may see; other 404s are about objects and fields, and a 400
    /// with the same code is about a record that a lookup field should point at.
    pub fn is_missing_record(&self) -> bool {
        self.status == 404
            && matches!(self.code, Code::InvalidCrossReference | Code::EntityIsDeleted)
            && self.fields.iter().all(FieldName::is_id)
    }

    /// The org's requests of the day, or those at a time, are used up.
    pub fn is_limit(&self) -> bool {
        self.code.again() == Again::Limit
    }

    /// The requests at a time are.
    pub fn is_limit_of_the_moment(&self) -> bool {
        self.is_limit() && self.reason == Some(Reason::AtTheSameTime)
    }

    /// Another transaction held the record.
    pub fn is_lock(&self) -> bool {
        self.code.again() == Again::Lock || self.reason == Some(Reason::Lock)
    }

    /// Salesforce gave up for want of time or resources.
    pub fn is_busy(&self) -> bool {
        self.code.again() == Again::Busy || self.status >= 500
    }
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
    fn any_body_is_an_error_with_a_code() {
        for (body, code) in [
            (json!(null), "HTTP_503"),
            (json!("<h1>Bad</h1>"), "HTTP_503"),
            (json!([]), "HTTP_503"),
            (json!([{ "errorCode": "canary text" }]), "HTTP_503"),
            (json!({ "errorCode": "NOT_FOUND", "message": "" }), "NOT_FOUND"),
        ] {
            assert_eq!(ApiError::new(503, &body).code.as_str(), code);
        }
    }
}
