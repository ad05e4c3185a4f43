//! The variables of a conversation, as a document.

use crate::texts::remarks;

remarks! {
    too_large(limit, bare, with_files)
        "Die Variablen sind zusammen größer als {limit} Bytes.",
        "Übergeben Sie ohne das Base64 von Dateien höchstens {bare} Bytes, damit höchstens {with_files}; größere \
         Dateien nimmt `run-with-files`.";

    too_many_values(limit)
        "Die Variablen enthalten mehr als {limit} Werte.",
        "Übergeben Sie nur die Variablen, die in den Einstellungen vorkommen.";

    not_json(line, column)
        "Die Variablen sind kein gültiges JSON: siehe Zeile {line}, Spalte {column}.",
        "Variablen sind ein JSON-Objekt, zum Beispiel { \"customer_email\": \"anna@example.com\" }.";

    key_twice()
        "Die Variablen enthalten denselben Schlüssel zweimal.",
        "Nennen Sie jede Variable einmal.";

    not_an_object(found)
        "Die Variablen sind kein JSON-Objekt, sondern {found}.",
        "Variablen sind ein JSON-Objekt, zum Beispiel { \"customer_email\": \"anna@example.com\" }.";
}
