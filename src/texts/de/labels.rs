//! The words of the form, which a test holds against the JSON Schema, and those for kinds of JSON.

use crate::base::json::Kind;
use crate::base::walk::Expected;

/// A setting as the form names it, with its key.
pub(crate) fn named(key: &str) -> String {
    match label(key) {
        Some(label) => format!("„{label}“ (JSON: \"{key}\")"),
        None => format!("`{key}`"),
    }
}

/// What a value is.
pub(crate) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Null => "null",
        Kind::Boolean => "true oder false",
        Kind::Number => "eine Zahl",
        Kind::Text => "ein Text",
        Kind::List => "eine Liste",
        Kind::Object => "ein Objekt",
    }
}

/// What a value should be.
pub(crate) fn expected(expected: Expected) -> &'static str {
    match expected {
        Expected::Object => "ein Objekt",
        Expected::List => "eine Liste",
        Expected::Text => "ein Text",
        Expected::Boolean => "true oder false, ohne Anführungszeichen,",
        Expected::Count => "eine ganze Zahl ab 0",
        Expected::Whole => "eine ganze Zahl",
    }
}

/// The title of a setting in the form.
pub(crate) fn label(key: &str) -> Option<&'static str> {
    LABELS.iter().find(|(known, _)| *known == key).map(|(_, label)| *label)
}

const LABELS: [(&str, &str); 48] = [
    ("mode", "Modus"),
    ("deploymentDomain", "Domain der Organisation"),
    ("apiVersion", "API-Version"),
    ("locale", "Zahlen- und Datumsformat"),
    ("timeZone", "Zeitzone"),
    ("preset", "Vorlage"),
    ("deadlineSeconds", "Zeitgrenze (Sekunden)"),
    ("deferAboveApiUsage", "API-Anfragen anderen überlassen (Prozent)"),
    ("mappings", "Zuordnungen"),
    ("objects", "Datensätze"),
    ("method", "Methode"),
    ("path", "Pfad"),
    ("query", "Parameter"),
    ("body", "Inhalt"),
    ("allowWrites", "Diese Anfrage darf schreiben"),
    ("store", "In Variablen behalten"),
    ("schema", "Angaben der Organisation"),
    ("source", "Wert"),
    ("target", "Ziel"),
    ("object", "Objekt"),
    ("field", "Feld"),
    ("useToFindExisting", "Mit diesem Feld nach vorhandenem Datensatz suchen"),
    ("onlyFor", "Nur für diese Objekte"),
    ("whenBlank", "Wenn der Wert leer ist"),
    ("overwrite", "Überschreiben"),
    ("whenTooLong", "Wenn der Wert zu lang ist"),
    ("whenFileFails", "Wenn eine Datei nicht angehängt werden kann"),
    ("format", "Format eines Zeitpunkts"),
    ("silence", "Ausgeblendete Hinweise"),
    ("variable", "Variable"),
    ("constant", "Fester Wert"),
    ("template", "Text mit Variablen"),
    ("record", "Datensatz dieses Moduls"),
    ("file", "Dateien"),
    ("transcript", "Gespräch"),
    ("sobject", "Objekt"),
    ("lookIn", "In mehreren Objekten suchen"),
    ("onlyUpdateExisting", "Nur vorhandene Datensätze aktualisieren, keine neuen anlegen"),
    ("matchKeys", "Wie mehrere Schlüssel zusammenwirken"),
    ("whenNoneMatch", "Wenn kein Datensatz passt"),
    ("list", "Liste"),
    ("whenSeveralMatch", "Wenn mehrere Datensätze passen"),
    ("duplicateRule", "Duplikatregeln der Organisation"),
    ("assignmentRule", "Zuordnungsregel"),
    ("recordType", "Datensatztyp"),
    ("checkForDoubles", "Nach dem Anlegen nach Dubletten sehen"),
    ("idempotency", "Nur einmal schreiben"),
    ("limit", "Höchstzahl"),
];
