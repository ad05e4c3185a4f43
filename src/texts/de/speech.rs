//! How German quotes a label of the form and names a kind of JSON.

use crate::base::Language;
use crate::base::json::Kind;
use crate::base::walk::Expected;
use crate::texts::Speech;

pub(crate) static SPEECH: Speech =
    Speech { language: Language::De, quotes: ["„", "“"], of: " bei ", kind, expected };

fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "true oder false",
        Kind::Number => "eine Zahl",
        Kind::Text => "ein Text",
        Kind::List => "eine Liste",
        Kind::Object => "ein Objekt",
    }
}

fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "ein Objekt",
        Expected::List => "eine Liste",
        Expected::Text => "ein Text",
        Expected::Boolean => "true oder false ohne Anführungszeichen",
        Expected::Count => "eine ganze Zahl ab 0",
        Expected::Whole => "eine ganze Zahl",
        Expected::KeyUse => "true, false oder \"only\"",
        Expected::KeyGroups => "\"all\", \"any\" oder eine Liste von Gruppen von Feldern",
    }
}
