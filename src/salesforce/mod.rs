//! The vocabulary of Salesforce: names, ids, versions, hosts, and what `prepare` has learnt about an org's fields.

pub(crate) mod domain;
pub(crate) mod facts;
pub(crate) mod name;
pub(crate) mod version;

pub use domain::{Domain, DomainError, MessagingHost};
pub use facts::{FieldFacts, FieldType, PicklistValue};
pub use name::{FieldName, FieldPath, MAX_NAME_LENGTH, RecordId, RecordName, SObjectName};
pub use version::ApiVersion;
