//! The variables of a conversation, as a document.

use super::labels::kind;
use crate::base::json::Kind;
use crate::texts::{Remark, remark};

pub(crate) fn too_large(limit: usize, bare: usize, with_files: usize) -> Remark {
    remark(
        format!("Die Variablen sind zusammen größer als {limit} Bytes."),
        format!(
            "Übergeben Sie ohne das Base64 von Dateien höchstens {bare} Bytes, damit höchstens {with_files}; größere \
             Dateien nimmt `run-with-files`."
        ),
    )
}

pub(crate) fn too_many_values(limit: usize) -> Remark {
    remark(
        format!("Die Variablen enthalten mehr als {limit} Werte."),
        "Übergeben Sie nur die Variablen, die in den Einstellungen vorkommen.",
    )
}

pub(crate) fn not_json(line: usize, column: usize) -> Remark {
    remark(
        format!("Die Variablen sind kein gültiges JSON: siehe Zeile {line}, Spalte {column}."),
        "Variablen sind ein JSON-Objekt, zum Beispiel { \"customer_email\": \"anna@example.com\" }.",
    )
}

pub(crate) fn key_twice() -> Remark {
    remark("Die Variablen enthalten denselben Schlüssel zweimal.", "Nennen Sie jede Variable einmal.")
}

pub(crate) fn not_an_object(found: Kind) -> Remark {
    remark(
        format!("Die Variablen sind kein JSON-Objekt, sondern {}.", kind(found)),
        "Variablen sind ein JSON-Objekt, zum Beispiel { \"customer_email\": \"anna@example.com\" }.",
    )
}
