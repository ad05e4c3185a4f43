//! The words of the form, which a test holds against the JSON Schema, and those for kinds of JSON.

use crate::base::json::Kind;
use crate::base::walk::Expected;
use crate::base::{Language, Words};
use crate::texts::Speech;

pub(crate) static SPEECH: Speech = Speech {
    settings: &SETTINGS,
    words: &WORDS,
    quotes: ["„", "“"],
    of: " bei ",
    kind,
    expected,
    own: |words: &Words| words.get(Language::De),
};

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

/// Settings and their titles.
const SETTINGS: [(&str, &str); 54] = [
    ("mode", "Modus"),
    ("title", "Titel"),
    ("description", "Beschreibung"),
    ("deploymentDomain", "Domain der Organisation"),
    ("organizationId", "ID der Organisation"),
    ("deployment", "Deployment"),
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
    ("useToFindExisting", "Vorhandenen Datensatz danach suchen"),
    ("onlyFor", "Nur für diese Objekte"),
    ("whenBlank", "Wenn der Wert leer ist"),
    ("overwrite", "Überschreiben"),
    ("separator", "Zwischen altem und neuem Wert"),
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
    ("handover/idempotency", "Einmal eröffnen"),
    ("limit", "Höchstzahl"),
];

/// Settings, what can be chosen for them, and its title; only of what a text names.
const WORDS: [(&str, &str, &str); 25] = [
    ("source", "variable", "Variable"),
    ("whenBlank", "skip", "Feld unverändert lassen"),
    ("whenBlank", "fail", "Gar nichts schreiben"),
    ("source", "file", "Dateien"),
    ("mode", "sobject-write", "SObject (schreiben)"),
    ("whenFileFails", "fail", "Gar nichts schreiben"),
    ("matchKeys", "all", "Alle müssen übereinstimmen"),
    ("mode", "sobject-read", "SObject (lesen)"),
    ("whenSeveralMatch", "list", "Alle auflisten"),
    ("method", "GET", "GET (lesen)"),
    ("silence", "mismatched-source", "Der Name der Variable passt nicht zum Feld"),
    ("silence", "look-alike-fields", "Eine Variable füllt ähnliche Felder"),
    ("silence", "key-may-be-blank", "Der Schlüssel kann leer bleiben"),
    ("silence", "case-key", "Der Schlüssel ändert einen alten Case"),
    ("silence", "weak-key", "Der Schlüssel kann zu mehreren Datensätzen passen"),
    ("silence", "state-or-country-text", "Die Organisation hat eine Liste der Bundesländer oder Länder"),
    ("overwrite", "on-create", "Nie, nur bei neuen Datensätzen"),
    ("overwrite", "always", "Immer"),
    ("overwrite", "append", "Zum Vorhandenen hinzufügen"),
    ("useToFindExisting", "false", "Nein"),
    ("useToFindExisting", "true", "Ja"),
    ("useToFindExisting", "only", "Ja, und den Wert nie schreiben"),
    ("silence", "unknown-variable", "Der Flow hat keine solche Variable"),
    ("assignmentRule", "default", "Die aktive Regel der Organisation"),
    ("whenTooLong", "fail", "Gar nichts schreiben"),
];
