//! Modules that read.

use std::fmt::Display;

use super::labels::named;
use crate::texts::{Remark, remark};

pub(crate) fn not_in_read(key: &str) -> Remark {
    remark(format!("{} sagt, wie etwas geschrieben wird, und dieses Modul liest.", named(key)), "Entfernen Sie es.")
}

pub(crate) fn not_in_write(key: &str) -> Remark {
    remark(
        format!("{} sagt, wie etwas gelesen wird, und dieses Modul schreibt.", named(key)),
        "Entfernen Sie es, oder wählen Sie als „Modus“ „SObject (lesen)“ (JSON: \"mode\": \"sobject-read\").",
    )
}

pub(crate) fn list_in_write() -> Remark {
    remark(
        "„Alle auflisten“ bei „Wenn mehrere Datensätze passen“ (JSON: \"whenSeveralMatch\": \"list\") gilt für das, \
         was gelesen wird, und dieses Modul schreibt.",
        "Wählen Sie einen anderen Eintrag, oder wählen Sie als „Modus“ „SObject (lesen)“ (JSON: \"mode\": \
         \"sobject-read\").",
    )
}

pub(crate) fn source_and_target() -> Remark {
    remark(
        "Eine Zeile hat entweder „Wert“ (JSON: \"source\"), um den Datensatz zu finden, oder „Ziel“ (JSON: \
         \"target\") für das, was gelesen wird. Diese hat beides.",
        "Machen Sie zwei Zeilen daraus.",
    )
}

pub(crate) fn not_beside_target(key: &str) -> Remark {
    remark(
        format!("{} bewirkt hier nichts: Diese Zeile liest ihren Wert aus Salesforce.", named(key)),
        "Entfernen Sie es, oder setzen Sie es in die Zeile des Schlüssels.",
    )
}

pub(crate) fn value_without_key() -> Remark {
    remark(
        "Diese Zeile hat einen Wert und ist kein Schlüssel, und geschrieben wird nichts.",
        "Schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ ein (JSON: \"useToFindExisting\": true), \
         oder füllen Sie „Ziel“ statt „Wert“ aus (JSON: \"target\" statt \"source\").",
    )
}

pub(crate) fn key_empties_nothing() -> Remark {
    remark(
        "Ein Schlüssel leert kein Feld.",
        "Wählen Sie „Feld unverändert lassen“ oder „Gar nichts schreiben“ bei „Wenn der Wert leer ist“ (JSON: \
         \"whenBlank\": \"skip\" oder \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn neither_source_nor_target() -> Remark {
    remark(
        "Die Zeile hat weder „Wert“ (JSON: \"source\"), um den Datensatz zu finden, noch „Ziel“ (JSON: \"target\") \
         für das, was gelesen wird.",
        "Füllen Sie eines davon aus.",
    )
}

pub(crate) fn list_without_variable() -> Remark {
    remark(
        "Nichts sagt, in welche Variable die Liste kommt.",
        "Füllen Sie „Liste“ aus (JSON: \"list\": { \"variable\": \"contacts\", \"limit\": 10 }).",
    )
}

pub(crate) fn list_of_one() -> Remark {
    remark(
        "Eine Liste gibt es nicht, solange „Wenn mehrere Datensätze passen“ (JSON: \"whenSeveralMatch\") zu \
         höchstens einem Datensatz führt.",
        "Wählen Sie „Alle auflisten“ bei „Wenn mehrere Datensätze passen“ (JSON: \"whenSeveralMatch\": \"list\"), \
         oder entfernen Sie „Liste“ (JSON: \"list\").",
    )
}

pub(crate) fn too_many_queries(count: usize, limit: usize) -> Remark {
    remark(
        format!(
            "Jeder Datensatz wird durch eine eigene Abfrage gelesen: Nötig sind {count}, und eine Anfrage an \
             Salesforce nimmt {limit}."
        ),
        "Teilen Sie das Modul in zwei Module auf.",
    )
}

pub(crate) fn no_key(record: &dyn Display) -> Remark {
    remark(
        format!("Keine Zeile sagt, welcher Datensatz `{record}` gelesen werden soll."),
        "Fügen Sie eine Zeile mit einem „Wert“ hinzu, zum Beispiel `customer_email` für Contact `Email`, und \
         schalten Sie dort „Mit diesem Feld nach vorhandenem Datensatz suchen“ ein (JSON: \"source\" und \
         \"useToFindExisting\": true).",
    )
}

pub(crate) fn key_twice(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("Zwei Zeilen suchen nach `{field}` von `{record}`."),
        "Behalten Sie eine davon, oder geben Sie dem zweiten Datensatz einen eigenen Namen.",
    )
}

pub(crate) fn variable_read_twice() -> Remark {
    remark("Zwei Werte werden in diese Variable gelesen.", "Geben Sie jedem Wert eine eigene Variable.")
}

pub(crate) fn no_links() -> Remark {
    remark(
        "Ein Datensatz, der gelesen wird, kann nicht über einen anderen desselben Moduls gefunden werden.",
        "Behalten Sie die `Id` des anderen in einer Variable, und lesen Sie diesen in einem zweiten Modul.",
    )
}

pub(crate) fn nothing_to_read(record: &dyn Display) -> Remark {
    remark(
        format!("Keine Zeile sagt, was von `{record}` gelesen werden soll."),
        "Fügen Sie eine Zeile mit „Ziel“ hinzu (JSON: { \"object\": \"Contact\", \"field\": \"LastName\", \
         \"target\": { \"variable\": \"last_name\" } }).",
    )
}

pub(crate) fn too_much(most: usize, limit: usize) -> Remark {
    remark(
        format!("Eine volle Antwort enthielte {most} Werte, angenommen werden {limit}."),
        "Senken Sie die „Höchstzahl“ der Listen (JSON: \"limit\"), lesen Sie weniger Felder, oder teilen Sie das \
         Modul in zwei Module auf.",
    )
}
