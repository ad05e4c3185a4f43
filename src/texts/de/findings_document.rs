//! A document that cannot be read: no JSON, a key that there is not, a value of another type.

use super::labels::{expected, kind, named};
use crate::base::json::Kind;
use crate::base::walk::Expected;
use crate::texts::{Remark, remark};

pub(crate) fn settings_too_large(limit: usize) -> Remark {
    remark(format!("Die Einstellungen sind größer als {limit} Bytes."), "Teilen Sie das Modul in zwei Module auf.")
}

pub(crate) fn settings_too_many_values(limit: usize) -> Remark {
    remark(format!("Die Einstellungen enthalten mehr als {limit} Werte."), "Teilen Sie das Modul in zwei Module auf.")
}

pub(crate) fn settings_not_json(line: usize, column: usize) -> Remark {
    remark(
        format!("Die Einstellungen sind kein gültiges JSON: siehe Zeile {line}, Spalte {column}."),
        "Korrigieren Sie den Text an dieser Stelle. Einstellungen sind ein JSON-Objekt, zum Beispiel { \"mode\": \
         \"sobject-write\", … }.",
    )
}

pub(crate) fn settings_key_twice() -> Remark {
    remark("Die Einstellungen enthalten diesen Schlüssel zweimal.", "Behalten Sie einen davon.")
}

pub(crate) fn settings_not_an_object(found: Kind) -> Remark {
    remark(
        format!("Die Einstellungen sind kein JSON-Objekt, sondern {}.", kind(found)),
        "Einstellungen sind ein JSON-Objekt, zum Beispiel { \"mode\": \"sobject-write\", … }.",
    )
}

pub(crate) fn missing_key(key: &str) -> Remark {
    remark(format!("{} fehlt.", named(key)), "Füllen Sie es aus.")
}

pub(crate) fn unknown_key(key: &str, known: &str) -> Remark {
    remark(
        format!("Eine Einstellung `{key}` gibt es hier nicht."),
        format!("Entfernen Sie sie. Hier gibt es: {known}."),
    )
}

pub(crate) fn misspelt_key(key: &str, near: &str) -> Remark {
    remark(format!("Eine Einstellung `{key}` gibt es hier nicht."), format!("Ist `{near}` gemeint?"))
}

pub(crate) fn key_of_another_mode(key: &str) -> Remark {
    remark(
        format!("Eine Einstellung `{key}` gibt es in diesem Modus nicht."),
        "Sie gehört zu einem anderen Modus. Entfernen Sie sie, oder ändern Sie den „Modus“ (JSON: \"mode\").",
    )
}

pub(crate) fn key_too_long(limit: usize) -> Remark {
    remark(format!("Ein Schlüssel ist hier länger als {limit} Bytes."), "Entfernen Sie ihn.")
}

pub(crate) fn wrong_type(wanted: Expected, found: Kind) -> Remark {
    remark(
        format!("Hier steht {}, erwartet wird {}.", kind(found), expected(wanted)),
        format!("Hier gehört {} hin.", expected(wanted)),
    )
}

pub(crate) fn out_of_range(least: u32, most: u32) -> Remark {
    remark("Diese Zahl ist hier nicht möglich.", format!("Möglich ist eine ganze Zahl von {least} bis {most}."))
}

pub(crate) fn unknown_value(known: &str) -> Remark {
    remark("Dieser Wert ist hier nicht möglich.", format!("Möglich: {known}."))
}

pub(crate) fn misspelt_value(near: &str, known: &str) -> Remark {
    remark("Dieser Wert ist hier nicht möglich.", format!("Ist \"{near}\" gemeint? Möglich: {known}."))
}

pub(crate) fn too_many_findings(limit: usize) -> Remark {
    remark(format!("Es gibt mehr als {limit} Hinweise; die übrigen fehlen hier."), "Korrigieren Sie zuerst diese.")
}
