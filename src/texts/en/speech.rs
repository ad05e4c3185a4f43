//! How English quotes a label of the form and names a kind of JSON.

use crate::base::Language;
use crate::base::json::Kind;
use crate::base::walk::Expected;
use crate::texts::Speech;

pub(crate) static SPEECH: Speech =
    Speech { language: Language::En, quotes: ["“", "”"], of: " for ", kind, expected };

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
