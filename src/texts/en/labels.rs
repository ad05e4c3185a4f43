//! The words of the form, which a test holds against the JSON Schema, and those for kinds of JSON.

use crate::base::json::Kind;
use crate::base::walk::Expected;
use crate::base::{Language, Words};
use crate::texts::Speech;

pub(crate) static SPEECH: Speech = Speech {
    settings: &SETTINGS,
    words: &WORDS,
    quotes: ["“", "”"],
    of: " for ",
    kind,
    expected,
    own: |words: &Words| words.get(Language::En),
};

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "true or false",
        Kind::Number => "a number",
        Kind::Text => "a text",
        Kind::List => "a list",
        Kind::Object => "an object",
    }
}

fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "an object",
        Expected::List => "a list",
        Expected::Text => "a text",
        Expected::Boolean => "true or false without quotes",
        Expected::Count => "a whole number from 0 on",
        Expected::Whole => "a whole number",
        Expected::KeyUse => "true, false or \"only\"",
        Expected::KeyGroups => "\"all\", \"any\" or a list of groups of fields",
    }
}

/// Settings and their titles.
const SETTINGS: [(&str, &str); 54] = [
    ("mode", "Mode"),
    ("title", "Title"),
    ("description", "Description"),
    ("deploymentDomain", "Deployment domain"),
    ("organizationId", "Organization id"),
    ("deployment", "Deployment"),
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
    ("separator", "Between old and new value"),
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
    ("handover/idempotency", "Open once"),
    ("limit", "Most records"),
];

/// Settings, what can be chosen for them, and its title; only of what a text names.
const WORDS: [(&str, &str, &str); 25] = [
    ("source", "variable", "Variable"),
    ("whenBlank", "skip", "Leave the field alone"),
    ("whenBlank", "fail", "Write nothing at all"),
    ("source", "file", "Files"),
    ("mode", "sobject-write", "SObject (write)"),
    ("whenFileFails", "fail", "Write nothing at all"),
    ("matchKeys", "all", "All must match"),
    ("mode", "sobject-read", "SObject (read)"),
    ("whenSeveralMatch", "list", "List all of them"),
    ("method", "GET", "GET (read)"),
    ("silence", "mismatched-source", "The variable's name does not fit the field"),
    ("silence", "look-alike-fields", "One variable fills similar fields"),
    ("silence", "key-may-be-blank", "The key may be left blank"),
    ("silence", "case-key", "The key changes an old Case"),
    ("silence", "weak-key", "The key may fit several records"),
    ("silence", "state-or-country-text", "The org has a list of states or countries"),
    ("overwrite", "on-create", "Never, only on new records"),
    ("overwrite", "always", "Always"),
    ("overwrite", "append", "Add to what is there"),
    ("useToFindExisting", "false", "No"),
    ("useToFindExisting", "true", "Yes"),
    ("useToFindExisting", "only", "Yes, and never write the value"),
    ("silence", "unknown-variable", "The flow has no such variable"),
    ("assignmentRule", "default", "The org's active rule"),
    ("whenTooLong", "fail", "Write nothing at all"),
];
