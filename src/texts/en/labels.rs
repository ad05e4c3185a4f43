//! The words of the form, which a test holds against the JSON Schema, and those for kinds of JSON.

use crate::base::json::Kind;
use crate::base::walk::Expected;

/// A setting as the form names it, with its key.
pub(crate) fn named(key: &str) -> String {
    match label(key) {
        Some(label) => format!("“{label}” (JSON: \"{key}\")"),
        None => format!("`{key}`"),
    }
}

/// What a value is.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "true or false",
        Kind::Number => "a number",
        Kind::Text => "a text",
        Kind::List => "a list",
        Kind::Object => "an object",
    }
}

/// What a value should be.
pub(crate) fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "an object",
        Expected::List => "a list",
        Expected::Text => "a text",
        Expected::Boolean => "true or false, without quotes",
        Expected::Count => "a whole number from 0 on",
        Expected::Whole => "a whole number",
    }
}

/// The title of a setting in the form.
pub(crate) fn label(key: &str) -> Option<&'static str> {
    LABELS.iter().find(|(known, _)| *known == key).map(|(_, label)| *label)
}

const LABELS: [(&str, &str); 48] = [
    ("mode", "Mode"),
    ("deploymentDomain", "Deployment domain"),
    ("apiVersion", "API version"),
    ("locale", "Number and date format"),
    ("timeZone", "Time zone"),
    ("preset", "Preset"),
    ("deadlineSeconds", "Time limit (seconds)"),
    ("deferAboveApiUsage", "Leave API requests to others (percent)"),
    ("mappings", "Mappings"),
    ("objects", "Records"),
    ("method", "Method"),
    ("path", "Path"),
    ("query", "Parameters"),
    ("body", "Body"),
    ("allowWrites", "This request may write"),
    ("store", "Keep in variables"),
    ("schema", "Facts of the org"),
    ("source", "Value"),
    ("target", "Goes to"),
    ("object", "Object"),
    ("field", "Field"),
    ("useToFindExisting", "Use field to check for existing record"),
    ("onlyFor", "Only for these objects"),
    ("whenBlank", "When the value is blank"),
    ("overwrite", "Overwrite"),
    ("whenTooLong", "When the value is too long"),
    ("whenFileFails", "When a file cannot be attached"),
    ("format", "Format of a point in time"),
    ("silence", "Silenced hints"),
    ("variable", "Variable"),
    ("constant", "Fixed value"),
    ("template", "Text with variables"),
    ("record", "Record of this module"),
    ("file", "Files"),
    ("transcript", "Conversation"),
    ("sobject", "Object"),
    ("lookIn", "Look in several objects"),
    ("onlyUpdateExisting", "Only update existing records, do not create new ones"),
    ("matchKeys", "How several keys work together"),
    ("whenNoneMatch", "When no record matches"),
    ("list", "List"),
    ("whenSeveralMatch", "When several records match"),
    ("duplicateRule", "Duplicate rules of the org"),
    ("assignmentRule", "Assignment rule"),
    ("recordType", "Record type"),
    ("checkForDoubles", "Look for doubles after creating"),
    ("idempotency", "Write once"),
    ("limit", "Most records"),
];
