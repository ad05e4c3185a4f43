//! What knows neither Salesforce nor settings.

pub(crate) mod base64;
pub(crate) mod code;
pub(crate) mod decimal;
pub(crate) mod finding;
pub(crate) mod fingerprint;
pub(crate) mod fold;
pub(crate) mod json;
pub(crate) mod keyword;
pub(crate) mod line;
pub(crate) mod nearest;
pub(crate) mod order;
pub(crate) mod secret;
pub(crate) mod size;
pub(crate) mod walk;
pub(crate) mod words;

pub use code::FindingCode;
pub(crate) use finding::Said;
pub use finding::{Finding, MAX_FINDINGS, Severity, has_error};
pub use json::{MAX_VALUES, OBJECT_VALUES, text};
pub use line::Line;
pub use nearest::nearest;
pub use secret::Secret;
pub use words::{Language, Words};
