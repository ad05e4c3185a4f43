//! What a conversation gave, and did not give.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn key_without_value(key: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "Der Schlüssel `{key}` von `{record}` hat keinen Wert: Der Datensatz wird weder gesucht noch geschrieben."
        ),
        "Fragen Sie vor diesem Modul nach dem Wert, oder wählen Sie „Gar nichts schreiben“ bei „Wenn der Wert leer \
         ist“ (JSON: \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn read_key_without_value(key: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("Der Schlüssel `{key}` von `{record}` hat keinen Wert: Der Datensatz wird nicht gesucht."),
        "Fragen Sie vor diesem Modul nach dem Wert, oder wählen Sie „Gar nichts schreiben“ bei „Wenn der Wert leer \
         ist“ (JSON: \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn one_key_without_value(key: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("Der Schlüssel `{key}` von `{record}` hat keinen Wert: Nur die übrigen Schlüssel wurden verwendet."),
        "Fragen Sie vor diesem Modul nach dem Wert, oder wählen Sie „Gar nichts schreiben“ bei „Wenn der Wert leer \
         ist“ (JSON: \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn nothing_to_write(record: &dyn Display) -> Remark {
    remark(
        format!("Das Gespräch gab keinen Wert für `{record}`, also wird der Datensatz übergangen."),
        "Wenn das nicht vorkommen soll, wählen Sie „Gar nichts schreiben“ bei „Wenn der Wert leer ist“ (JSON: \
         \"whenBlank\": \"fail\") in der Zeile, die einen Wert braucht.",
    )
}

pub(crate) fn value_left_out() -> &'static str {
    "Wenn der Wert der Vorlage fehlen darf, ist nichts zu tun. Andernfalls fügen Sie eine Zeile für das Feld hinzu."
}

pub(crate) fn new_picklist_value(field: &dyn Display) -> Remark {
    remark(
        format!(
            "Die Auswahlliste von `{field}` ist offen, und der Wert steht nicht darin: Salesforce speichert ihn, wie \
             er ist."
        ),
        "Wenn jeder Wert willkommen ist, ist nichts zu tun. Andernfalls lassen Sie einen Administrator die Liste auf \
         ihre Werte beschränken.",
    )
}

pub(crate) fn value_cut(field: &dyn Display) -> Remark {
    remark(
        format!("Der Wert für `{field}` war länger als das Feld und wurde gekürzt."),
        "Fragen Sie nach einer kürzeren Antwort. Nützt ein Teil nichts, wählen Sie „Gar nichts schreiben“ bei „Wenn \
         der Wert zu lang ist“ (JSON: \"whenTooLong\": \"fail\").",
    )
}

pub(crate) fn not_looked_in(record: &dyn Display, sobject: &dyn Display) -> Remark {
    remark(
        format!(
            "`{record}` wurde nicht als `{sobject}` gesucht, weil kein Schlüssel für dieses Objekt einen Wert hat. \
             Angelegt wurde nichts, weil der Datensatz dort schon stehen kann."
        ),
        "Nehmen Sie einen Schlüssel für alle Objekte, in denen der Datensatz gesucht wird, oder wählen Sie beim \
         Schlüssel für dieses Objekt „Gar nichts schreiben“ bei „Wenn der Wert leer ist“ (JSON: \"whenBlank\": \
         \"fail\").",
    )
}

pub(crate) fn reference_rewritten() -> Remark {
    remark(
        "Das Gespräch enthält `@{`, was Salesforce ersetzen würde; geschrieben wurde `@ {`.",
        "Es ist nichts zu tun.",
    )
}

pub(crate) fn transcript_cut(field: &dyn Display) -> Remark {
    remark(
        format!("Das Gespräch war länger als `{field}`, und sein Anfang wurde weggelassen."),
        "Wenn das Ende genügt, ist nichts zu tun. Um alles zu behalten, hängen Sie es zusätzlich als Datei an.",
    )
}
