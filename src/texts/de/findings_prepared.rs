//! Settings against the facts of the org that `prepare` wrote into them.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn not_prepared(field: &dyn Display, sobject: &dyn Display) -> Remark {
    remark(
        format!("Die Angaben der Organisation sagen nichts über `{field}` von `{sobject}`."),
        "Führen Sie `prepare` noch einmal aus.",
    )
}

pub(crate) fn record_type_twice(record: &dyn Display) -> Remark {
    remark(
        format!("Sowohl „Datensatztyp“ (JSON: \"recordType\") als auch eine Zeile gibt `{record}` einen Datensatztyp."),
        "Behalten Sie eines davon.",
    )
}

pub(crate) fn record_type_not_known() -> Remark {
    remark(
        "Die ID dieses Datensatztyps ist nicht bekannt.",
        "Führen Sie `prepare` aus, das die Organisation danach fragt, oder ordnen Sie die ID als festen Wert \
         `RecordTypeId` zu.",
    )
}

pub(crate) fn required_field_emptied(field: &dyn Display) -> Remark {
    remark(
        format!("Salesforce lässt `{field}` nicht leeren."),
        "Wählen Sie „Feld unverändert lassen“ oder „Gar nichts schreiben“ bei „Wenn der Wert leer ist“ (JSON: \
         \"whenBlank\": \"skip\" oder \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn key_of_several_values(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` enthält mehrere Werte, und diese unterscheiden keine Datensätze."),
        "Nehmen Sie ein anderes Feld, um den Datensatz zu finden.",
    )
}

pub(crate) fn date_without_zone(field: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` enthält ein Datum, und das Datum eines Zeitpunkts hängt von der Zeitzone ab, die nicht \
             angegeben ist."
        ),
        "Füllen Sie „Zeitzone“ aus (JSON: \"timeZone\": \"Europe/Berlin\").",
    )
}

pub(crate) fn no_point_in_time(field: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` enthält weder Datum noch Zeitpunkt, und „Format eines Zeitpunkts“ (JSON: \"format\") macht \
             aus einer Zahl einen Zeitpunkt."
        ),
        "Lassen Sie „Format eines Zeitpunkts“ leer (JSON: \"format\" entfernen), oder ordnen Sie den Wert einem Feld \
         für Datum oder Datum und Uhrzeit zu.",
    )
}

pub(crate) fn constant_does_not_fit() -> &'static str {
    "Korrigieren Sie den festen Wert, oder ordnen Sie ihn einem anderen Feld zu."
}

pub(crate) fn constant_not_in_picklist(field: &dyn Display) -> Remark {
    remark(
        format!(
            "Die Auswahlliste von `{field}` hat keinen solchen Wert; Salesforce nähme ihn in die Datensätze auf, \
             nicht in die Liste."
        ),
        "Nehmen Sie einen Wert der Liste, oder ergänzen Sie diesen dort in Setup.",
    )
}
