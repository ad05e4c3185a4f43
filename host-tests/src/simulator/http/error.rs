//! Salesforce's error answers: an array of `{message, errorCode, fields?}` with a status.
//!
//! `fields` is absent, empty or filled depending on the error, and clients meet all three forms: hence an `Option`.

use serde_json::{Value, json};

/// One error answer.
#[derive(Clone, Debug, PartialEq)]
pub struct ApiError {
    pub status: u16,
    pub code: &'static str,
    pub message: String,
    pub fields: Option<Vec<String>>,
    /// A further member beside the usual three, as DUPLICATES_DETECTED has.
    pub extra: Option<(&'static str, Value)>,
}

impl ApiError {
    pub fn new(status: u16, code: &'static str, message: impl Into<String>) -> ApiError {
        ApiError { status, code, message: message.into(), fields: None, extra: None }
    }

    /// A 400, the status of nearly every data error.
    pub fn bad(code: &'static str, message: impl Into<String>) -> ApiError {
        ApiError::new(400, code, message)
    }

    pub fn with_fields<S: Into<String>>(mut self, fields: impl IntoIterator<Item = S>) -> ApiError {
        self.fields = Some(fields.into_iter().map(Into::into).collect());
        self
    }

    pub fn with_extra(mut self, name: &'static str, value: Value) -> ApiError {
        self.extra = Some((name, value));
        self
    }

    /// The error as the REST API writes it (`errorCode`).
    pub fn to_json(&self) -> Value {
        self.member("errorCode", false)
    }

    /// The error as a collection's per-record result writes it: `statusCode`, `fields` always, no details.
    pub fn to_collection_json(&self) -> Value {
        self.member("statusCode", true)
    }

    fn member(&self, code_name: &str, collection: bool) -> Value {
        let mut error = json!({ "message": self.message, code_name: self.code });
        let Some(members) = error.as_object_mut() else {
            return error;
        };
        match (&self.fields, collection) {
            (Some(fields), _) => drop(members.insert("fields".into(), json!(fields))),
            (None, true) => drop(members.insert("fields".into(), json!([]))),
            (None, false) => {}
        }
        if let (Some((name, value)), false) = (&self.extra, collection) {
            members.insert((*name).into(), value.clone());
        }
        error
    }

    /// What an org does and the simulator does not: a code that no org has.
    pub fn not_simulated(what: &str) -> ApiError {
        ApiError::bad("NOT_SIMULATED", format!("the simulator does not know {what}"))
    }

    pub fn not_found() -> ApiError {
        ApiError::new(404, "NOT_FOUND", "The requested resource does not exist")
    }

    /// A version that was there once. Source: help 000354473, which names status and code.
    pub fn gone() -> ApiError {
        ApiError::new(410, "GONE", "The requested API version is retired and no longer available.")
    }

    /// The segment after the object is neither an id nor a field that can be a key.
    pub fn no_such_key(field: &str) -> ApiError {
        let message = format!("Provided external ID field does not exist or is not accessible: {field}");
        ApiError::new(404, "NOT_FOUND", message)
    }

    pub fn no_such_column(field: &str, sobject: &str) -> ApiError {
        ApiError::bad("INVALID_FIELD", format!("No such column '{field}' on sobject of type {sobject}"))
    }

    /// The key of an upsert, or the Id, stands in the body although the URL says it.
    pub fn field_in_body(field: &str) -> ApiError {
        ApiError::bad("INVALID_FIELD", format!("The {field} field should not be specified in the sobject data."))
    }

    pub fn method_not_allowed(method: &str, allowed: &str) -> ApiError {
        let message = format!("HTTP Method '{method}' not allowed. Allowed are {allowed}");
        ApiError::new(405, "METHOD_NOT_ALLOWED", message)
    }

    pub fn session() -> ApiError {
        ApiError::new(401, "INVALID_SESSION_ID", "Session expired or invalid")
    }

    /// API Access Control: a new token would be refused as well.
    pub fn session_of_another_kind() -> ApiError {
        ApiError::new(401, "INVALID_SESSION_ID", "This session is not valid for use with the REST API")
    }

    pub fn api_disabled() -> ApiError {
        ApiError::new(403, "API_DISABLED_FOR_ORG", "The REST API is not enabled for this Organization.")
    }

    pub fn malformed_id(label: &str, value: &str, field: &str) -> ApiError {
        ApiError::bad("MALFORMED_ID", format!("{label}: id value of incorrect type: {value}")).with_fields([field])
    }

    pub fn entity_is_deleted() -> ApiError {
        ApiError::new(404, "ENTITY_IS_DELETED", "entity is deleted").with_fields::<String>([])
    }

    /// The user may read the object but not write its records.
    pub fn no_access() -> ApiError {
        let message = "insufficient access rights on object id";
        ApiError::new(403, "INSUFFICIENT_ACCESS_OR_READONLY", message).with_fields::<String>([])
    }

    /// A lookup to a record that is not there, or that the user cannot see: which of the two is not told.
    pub fn no_access_to_parent(id: &str) -> ApiError {
        let message = format!("insufficient access rights on cross-reference id: {id}");
        ApiError::bad("INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY", message).with_fields::<String>([])
    }

    /// Several fields of a write are not writable for this user.
    pub fn not_writable(fields: Vec<&'static str>) -> ApiError {
        let message = format!(
            "Unable to create/update fields: {}. Please check the security settings of this field and verify that it \
             is read/write for your profile or permission set.",
            fields.join(", ")
        );
        ApiError::bad("INVALID_FIELD_FOR_INSERT_UPDATE", message).with_fields(fields)
    }

    pub fn required(fields: Vec<&'static str>) -> ApiError {
        let message = format!("Required fields are missing: [{}]", fields.join(", "));
        ApiError::bad("REQUIRED_FIELD_MISSING", message).with_fields(fields)
    }

    pub fn halted(message: impl Into<String>) -> ApiError {
        ApiError::bad("PROCESSING_HALTED", message)
    }
}
