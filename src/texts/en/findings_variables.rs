//! The variables of a conversation, as a document.

use super::labels::kind;
use crate::base::json::Kind;
use crate::texts::{Remark, remark};

pub(crate) fn too_large(limit: usize, bare: usize, with_files: usize) -> Remark {
    remark(
        format!("The variables document is larger than {limit} bytes."),
        format!(
            "Keep the variables below {bare} bytes without the base64 of files, and below {with_files} with it; hand \
             larger files to `run-with-files`."
        ),
    )
}

pub(crate) fn too_many_values(limit: usize) -> Remark {
    remark(
        format!("The variables document holds more than {limit} values."),
        "Hand over only the variables that the settings name.",
    )
}

pub(crate) fn not_json(line: usize, column: usize) -> Remark {
    remark(
        format!("The variables document is not valid JSON: see line {line}, column {column}."),
        "Variables are one JSON object, such as { \"customer_email\": \"anna@example.com\" }.",
    )
}

pub(crate) fn key_twice() -> Remark {
    remark("The variables have the same key twice.", "Name each variable once.")
}

pub(crate) fn not_an_object(found: Kind) -> Remark {
    remark(
        format!("The variables document is {}, and not a JSON object.", kind(found)),
        "Variables are one JSON object, such as { \"customer_email\": \"anna@example.com\" }.",
    )
}
