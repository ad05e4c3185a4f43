//! Schreibzugriffe, von denen nicht bekannt ist, ob sie ausgeführt wurden, und Gespräche, die auf sie warten.
//!
//! A time is the host's, which knows when it began the run.

use super::list;
use crate::texts::Name;

pub(crate) fn may_be_changed(sobject: Name, fields: &[String]) -> String {
    format!(
        "Der Datensatz `{sobject}` in `id` wurde seit Beginn dieses Laufs vielleicht geändert: Vergleichen Sie dort {}.",
        list(fields, "und")
    )
}
pub(crate) fn may_be_written(sobject: Name, fields: &[String]) -> String {
    format!(
        "Ein Datensatz `{sobject}` wurde seit Beginn dieses Laufs vielleicht angelegt oder geändert: Suchen Sie ihn über {}.",
        list(fields, "und")
    )
}
pub(crate) fn may_be_created(sobject: Name, fields: &[String]) -> String {
    format!(
        "Seit Beginn dieses Laufs gibt es vielleicht einen neuen Datensatz `{sobject}`: Suchen Sie ihn über {}.",
        list(fields, "und")
    )
}
pub(crate) const WRITE_AGAIN_AFTER: &str =
    "Nur wenn das zehn Minuten später nicht da ist, schreiben Sie es noch einmal.";
pub(crate) const SAFE_TO_RUN_AGAIN: &str = "Ein neuer Lauf schreibt es kein zweites Mal.";

pub(crate) const EARLIER_LEFT_TO_PEOPLE: &str = "Es ist nicht bekannt, ob ein früheres Gespräch zum selben Datensatz geschrieben wurde, und nur \
    ein Mensch kann es feststellen. Dieses wurde nicht gesendet: Klären Sie das frühere, und führen Sie dann dieses aus.";
pub(crate) const EARLIER_UNKNOWN: &str = "Ein früheres Gespräch hat vielleicht denselben Datensatz geschrieben; ob, ist nicht bekannt, und \
    Salesforce arbeitet vielleicht noch daran. Dieses wurde nicht gesendet: Führen Sie es später noch einmal aus.";
pub(crate) const EARLIER_NOT_WRITTEN: &str = "Ein früheres Gespräch zum selben Datensatz konnte noch nicht geschrieben werden. Führen Sie zuerst \
    das frühere noch einmal aus, dann dieses.";
pub(crate) const SENT_BEFORE: &str = "Dieses Gespräch wurde schon einmal gesendet, und was es schreiben sollte, ist nicht da. Salesforce arbeitet \
    vielleicht noch daran. Übergeben Sie es später noch einmal, weiterhin als zweifelhaft.";
pub(crate) const SENT_BEFORE_BEHIND: &str = "Dieses Gespräch wurde schon einmal gesendet. Ein früheres zum selben Datensatz ist noch nicht \
    geschrieben, oder es ist nicht bekannt, ob es geschrieben wurde. Führen Sie zuerst das frühere noch einmal aus, dann dieses.";
pub(crate) const SENT_BEFORE_LEFT_TO_PEOPLE: &str = "Dieses Gespräch wurde schon einmal gesendet. Ob es geschrieben wurde, lässt sich nicht \
    nachsehen, weil ein Datensatz keinen Schlüssel hat oder eine Datei keinen Idempotenzschlüssel. Suchen Sie in Salesforce nach den Werten \
    seiner Felder, und führen Sie es nur dann noch einmal aus, wenn sie dort fehlen.";
pub(crate) const SENT_BEFORE_KEYS_CHANGED: &str = "Dieses Gespräch wurde schon einmal gesendet. Was es schreiben sollte, ist nicht so da, wie es \
    gesendet wurde, und ein anderes, das auch gesendet wurde, hat vielleicht die Schlüssel geändert, über die es gefunden wird. Suchen Sie in \
    Salesforce nach den Werten seiner Felder, und führen Sie es nur dann noch einmal aus, wenn sie dort fehlen.";
pub(crate) const CALL_FULL: &str = "Was die Gespräche dieses Aufrufs zurückgeben, ist mehr, als in seine Antwort passt. Übergeben Sie weniger auf \
    einmal.";
