//! A document that cannot be read: no JSON, a key that there is not, a value of another type.

use crate::texts::remarks;

remarks! {
    settings_too_large(limit)
        "Die Einstellungen sind größer als {limit} Bytes.",
        "Teilen Sie das Modul in zwei Module auf.";

    settings_too_many_values(limit)
        "Die Einstellungen enthalten mehr als {limit} Werte.",
        "Teilen Sie das Modul in zwei Module auf.";

    settings_not_json(line, column)
        "Die Einstellungen sind kein gültiges JSON: siehe Zeile {line}, Spalte {column}.",
        "Korrigieren Sie den Text an dieser Stelle. Einstellungen sind ein JSON-Objekt, zum Beispiel { \"mode\": \
         \"sobject-write\", … }.";

    settings_key_twice()
        "Die Einstellungen enthalten diesen Schlüssel zweimal.",
        "Behalten Sie einen davon.";

    settings_not_an_object(found)
        "Die Einstellungen sind kein JSON-Objekt, sondern {found}.",
        "Einstellungen sind ein JSON-Objekt, zum Beispiel { \"mode\": \"sobject-write\", … }.";

    missing_key(key)
        "{key} fehlt.",
        "Füllen Sie {key} aus.";

    unknown_key(key, known)
        "Eine Einstellung `{key}` gibt es hier nicht.",
        "Entfernen Sie sie. Hier gibt es: {known}.";

    misspelt_key(key, near)
        "Eine Einstellung `{key}` gibt es hier nicht.",
        "Ist `{near}` gemeint?";

    key_of_another_mode(key)
        "Eine Einstellung `{key}` gibt es in diesem Modus nicht.",
        "Sie gehört zu einem anderen Modus. Entfernen Sie sie, oder ändern Sie den <mode>.";

    key_too_long(limit)
        "Ein Schlüssel ist hier länger als {limit} Bytes.",
        "Entfernen Sie ihn.";

    wrong_type(wanted, found)
        "Hier steht {found}, erwartet wird {wanted}.",
        "Hier gehört {wanted} hin.";

    out_of_range(least, most)
        "Diese Zahl ist hier nicht möglich.",
        "Möglich ist eine ganze Zahl von {least} bis {most}.";

    unknown_value(known)
        "Dieser Wert ist hier nicht möglich.",
        "Möglich: {known}.";

    misspelt_value(near, known)
        "Dieser Wert ist hier nicht möglich.",
        "Ist \"{near}\" gemeint? Möglich: {known}.";

    too_many_findings(limit)
        "Es gibt mehr als {limit} Hinweise; die übrigen fehlen hier.",
        "Korrigieren Sie zuerst diese.";
}
