//! Settings that change nothing where they stand.

use std::fmt::Display;

use super::labels::named;
use crate::texts::{Remark, remark};

pub(crate) fn on_a_link(key: &str) -> Remark {
    remark(
        format!("{} bewirkt hier nichts: Die Zeile nimmt die ID eines Datensatzes.", named(key)),
        "Entfernen Sie es.",
    )
}

pub(crate) fn a_key_is_not_cut() -> Remark {
    remark(
        "„Wenn der Wert zu lang ist“ (JSON: \"whenTooLong\") bewirkt hier nichts: Ein Wert, der einen Datensatz \
         findet, wird nie gekürzt.",
        "Entfernen Sie es.",
    )
}

pub(crate) fn without_key(key: &str) -> Remark {
    remark(
        format!(
            "{} bewirkt hier nichts: Der Datensatz hat keinen Schlüssel, also wird er jedes Mal neu angelegt.",
            named(key)
        ),
        "Entfernen Sie es, oder schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ bei einem Feld ein, \
         das Datensätze unterscheidet (JSON: \"useToFindExisting\": true).",
    )
}

pub(crate) fn found_by_the_step_alone(key: &str) -> Remark {
    remark(
        format!(
            "{} bewirkt hier nichts: Der Datensatz wird nur über „Nur einmal schreiben“ (JSON: \"idempotency\") \
             gefunden, dessen Feld bei keinen zwei Datensätzen gleich ist.",
            named(key)
        ),
        "Entfernen Sie es.",
    )
}

pub(crate) fn found_by_id(key: &str) -> Remark {
    remark(
        format!(
            "{} bewirkt hier nichts: Der einzige Schlüssel ist `Id`, und keine zwei Datensätze haben dieselbe.",
            named(key)
        ),
        "Entfernen Sie es.",
    )
}

pub(crate) fn never_created() -> Remark {
    remark(
        "„Nach dem Anlegen nach Dubletten sehen“ (JSON: \"checkForDoubles\") bewirkt hier nichts: Der Datensatz wird \
         nie angelegt.",
        "Entfernen Sie es, oder schalten Sie „Nur vorhandene Datensätze aktualisieren, keine neuen anlegen“ aus \
         (JSON: \"onlyUpdateExisting\": false).",
    )
}

pub(crate) fn fewer_than_two_keys(keys: usize) -> Remark {
    remark(
        format!(
            "„Wie mehrere Schlüssel zusammenwirken“ (JSON: \"matchKeys\") bewirkt hier nichts: Die Zahl der \
             Schlüssel ist {keys}."
        ),
        "Entfernen Sie es, oder schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ bei einem weiteren \
         Feld ein (JSON: \"useToFindExisting\": true).",
    )
}

pub(crate) fn always_new(record: &dyn Display) -> Remark {
    remark(
        format!(
            "„Überschreiben“ (JSON: \"overwrite\") bewirkt hier nichts: `{record}` hat keinen Schlüssel, also wird \
             nie ein vorhandener Datensatz geändert."
        ),
        "Entfernen Sie es, oder schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ bei einem Feld ein, \
         das Datensätze unterscheidet (JSON: \"useToFindExisting\": true).",
    )
}

pub(crate) fn constant_has_one_form(key: &str) -> Remark {
    remark(
        format!("{} bewirkt hier nichts: Der feste Wert bedeutet in jedem dasselbe.", named(key)),
        "Entfernen Sie es.",
    )
}

pub(crate) fn of_another_type(key: &str, field: &dyn Display, numbers: bool) -> Remark {
    remark(
        format!(
            "{} bewirkt hier nichts: `{field}` enthält {}.",
            named(key),
            if numbers { "weder Zahl noch Datum noch Uhrzeit" } else { "weder Datum noch Zeitpunkt" }
        ),
        "Entfernen Sie es.",
    )
}
