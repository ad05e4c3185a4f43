//! Rules between the rows of a record, and between records.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn field_written_twice(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("Zwei Zeilen schreiben das Feld `{field}` von `{record}`."),
        "Behalten Sie eine davon, oder geben Sie dem zweiten Datensatz einen eigenen Namen.",
    )
}

pub(crate) fn idempotency_field_mapped(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "Das Feld `{field}` von `{record}` gehört zu „Nur einmal schreiben“ (JSON: \"idempotency\"), und eine \
             Zeile schreibt es auch."
        ),
        "Nehmen Sie ein Feld, das sonst nichts füllt, oder entfernen Sie die Zeile.",
    )
}

pub(crate) fn idempotency_unused(record: &dyn Display) -> Remark {
    remark(
        format!("`{record}` wird nur aktualisiert, und das darf ohnehin wiederholt werden."),
        "Entfernen Sie „Nur einmal schreiben“ (JSON: \"idempotency\"), oder schalten Sie „Nur vorhandene Datensätze \
         aktualisieren, keine neuen anlegen“ aus (JSON: \"onlyUpdateExisting\": false).",
    )
}

pub(crate) fn idempotency_shared(first: &dyn Display, second: &dyn Display) -> Remark {
    remark(
        format!("`{first}` und `{second}` gehören zu einem Objekt und bekämen denselben Schlüssel des Schritts."),
        "Nehmen Sie für einen von beiden eine andere „Variable des Schritts“ oder ein anderes „Feld mit externer ID“ \
         (JSON: \"idempotency\": { \"field\": …, \"variable\": … }).",
    )
}

pub(crate) fn idempotency_partial(record: &dyn Display) -> Remark {
    remark(
        format!(
            "Ein Schritt, der noch einmal läuft, würde `{record}` ein zweites Mal schreiben: Der Datensatz hat weder \
             den Schlüssel eines Schritts noch einen anderen."
        ),
        "Füllen Sie auch für diesen Datensatz „Nur einmal schreiben“ aus (JSON: \"idempotency\"), oder schalten Sie \
         bei einem seiner Felder „Mit diesem Feld nach vorhandenem Datensatz suchen“ ein (JSON: \
         \"useToFindExisting\": true).",
    )
}

pub(crate) fn id_not_writable() -> Remark {
    remark(
        "Salesforce gibt einem Datensatz seine `Id`; sie kann nicht geschrieben werden.",
        "Schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ ein, um den Datensatz über seine ID zu \
         finden (JSON: \"useToFindExisting\": true), oder entfernen Sie die Zeile.",
    )
}

pub(crate) fn unknown_record(target: &dyn Display) -> Remark {
    remark(format!("Einen Datensatz `{target}` gibt es nicht."), "Ordnen Sie zuerst ein Feld dieses Datensatzes zu.")
}

pub(crate) fn misspelt_record(target: &dyn Display, near: &str) -> Remark {
    remark(format!("Einen Datensatz `{target}` gibt es nicht."), format!("Ist `{near}` gemeint?"))
}

pub(crate) fn bad_link() -> Remark {
    remark(
        "Die ID eines Datensatzes dieses Laufs füllt ein Nachschlagefeld, zum Beispiel `ContactId`; sie kann weder \
         ein Schlüssel sein noch über eine Beziehung führen.",
        "Ordnen Sie sie dem Nachschlagefeld selbst zu, und schalten Sie „Mit diesem Feld nach vorhandenem Datensatz \
         suchen“ aus (JSON: \"useToFindExisting\": false).",
    )
}

pub(crate) fn only_updated_without_key(record: &dyn Display) -> Remark {
    remark(
        format!("`{record}` soll nur aktualisiert werden, aber keine Zeile findet einen vorhandenen Datensatz."),
        "Schalten Sie bei einer Zeile „Mit diesem Feld nach vorhandenem Datensatz suchen“ ein (JSON: \
         \"useToFindExisting\": true), oder schalten Sie „Nur vorhandene Datensätze aktualisieren, keine neuen \
         anlegen“ aus (JSON: \"onlyUpdateExisting\": false).",
    )
}

pub(crate) fn transcript_as_key() -> Remark {
    remark(
        "Ein Gespräch findet keinen Datensatz.",
        "Schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ aus (JSON: \"useToFindExisting\": false).",
    )
}

pub(crate) fn constant_as_only_key(record: &dyn Display) -> Remark {
    remark(
        format!("Jedes Gespräch würde denselben Datensatz `{record}` finden: Sein Schlüssel ist ein fester Wert."),
        "Wählen Sie „Variable“ als „Wert“ des Schlüssels (JSON: \"source\": { \"variable\": … }), oder schalten Sie \
         „Mit diesem Feld nach vorhandenem Datensatz suchen“ aus (JSON: \"useToFindExisting\": false).",
    )
}

pub(crate) fn constant_as_last_key(record: &dyn Display) -> Remark {
    remark(
        format!(
            "Finden die anderen Schlüssel keinen Datensatz `{record}`, würde dieser feste Wert in jedem Gespräch \
             denselben finden."
        ),
        "Schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ hier aus (JSON: \"useToFindExisting\": \
         false), oder wählen Sie „Alle müssen übereinstimmen“ bei „Wie mehrere Schlüssel zusammenwirken“ (JSON: \
         \"matchKeys\": \"all\"): Dann grenzt der feste Wert die Suche ein.",
    )
}

pub(crate) fn reference_in_value() -> Remark {
    remark("Der Text enthält `@{`, was Salesforce ersetzen würde, statt es zu speichern.", "Schreiben Sie es anders.")
}

pub(crate) fn no_assignment_rules(sobject: &dyn Display) -> Remark {
    remark(
        format!("Zuordnungsregeln gibt es in Salesforce für Case, Lead und Account, nicht für `{sobject}`."),
        "Entfernen Sie „Zuordnungsregel“ (JSON: \"assignmentRule\"); soll der Datensatz einen Inhaber bekommen, \
         ordnen Sie `OwnerId` eine ID zu.",
    )
}

pub(crate) fn link_cycle(record: &dyn Display) -> Remark {
    remark(
        format!("`{record}` wartet auf einen Datensatz, der auf ihn wartet."),
        "Entfernen Sie einen der Verweise im Kreis.",
    )
}

pub(crate) fn stored_in_one_variable() -> Remark {
    remark("Zwei Felder werden in derselben Variable behalten.", "Geben Sie jedem Feld eine eigene Variable.")
}

pub(crate) fn too_many_records(count: usize, limit: usize) -> Remark {
    remark(
        format!("Das Modul schreibt {count} Datensätze, und eine Anfrage an Salesforce nimmt {limit}."),
        "Teilen Sie das Modul in zwei Module auf.",
    )
}

pub(crate) fn too_many_read_back(count: usize, limit: usize) -> Remark {
    remark(
        format!(
            "Datensätze und Datensätze, die zurückgelesen werden, sind zusammen {count}, und eine Anfrage an \
             Salesforce nimmt {limit}."
        ),
        "Behalten Sie weniger andere Felder als `Id`, oder teilen Sie das Modul in zwei Module auf.",
    )
}

pub(crate) fn too_many_lookups(count: usize, limit: usize) -> Remark {
    remark(
        format!(
            "Das Modul sucht vorhandene Datensätze in {count} Objekten, und eine Anfrage an Salesforce nimmt {limit}."
        ),
        "Teilen Sie das Modul in zwei Module auf.",
    )
}

pub(crate) fn look_in_without_key(sobject: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("Keine Zeile findet für `{record}` einen vorhandenen Datensatz `{sobject}`."),
        "Schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ bei einer Zeile ein, die für dieses Objekt \
         gilt (JSON: \"useToFindExisting\": true), oder entfernen Sie das Objekt aus „In mehreren Objekten suchen“ \
         (JSON: \"lookIn\").",
    )
}

pub(crate) fn look_in_written_once(record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{record}` wird in mehreren Objekten gesucht, und „Nur einmal schreiben“ (JSON: \"idempotency\") gilt \
             nur für einen Datensatz eines einzigen Objekts."
        ),
        "Entfernen Sie „Nur einmal schreiben“ (JSON: \"idempotency\"): Die Schlüssel verhindern, dass ein Schritt, \
         der noch einmal läuft, den Datensatz zweimal schreibt.",
    )
}

pub(crate) fn bad_only_for(unknown: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{unknown}` ist keines der Objekte, in denen `{record}`, oder ein Datensatz, auf den die Zeile \
             verweist, gesucht wird."
        ),
        "Wählen Sie Objekte aus „In mehreren Objekten suchen“ (JSON: \"lookIn\"), oder lassen Sie „Nur für diese \
         Objekte“ leer (JSON: \"onlyFor\" entfernen).",
    )
}
