//! Requests of the author's own.

use crate::texts::{Remark, remark};

pub(crate) fn writes_not_allowed(method: &str) -> Remark {
    remark(
        format!("{method} kann in Salesforce etwas ändern, und diese Anfrage darf das nicht."),
        "Schalten Sie „Diese Anfrage darf schreiben“ ein (JSON: \"allowWrites\": true), wenn das so sein soll, oder \
         wählen Sie „GET (lesen)“ als „Methode“ (JSON: \"method\": \"GET\").",
    )
}

pub(crate) fn body_not_allowed(method: &str) -> Remark {
    remark(
        format!("{method} hat keinen Inhalt."),
        "Lassen Sie „Inhalt“ leer (JSON: \"body\" entfernen), oder wählen Sie POST, PATCH oder PUT als „Methode“ \
         (JSON: \"method\").",
    )
}

pub(crate) fn method_override() -> Remark {
    remark(
        "Dieser Parameter macht aus der Anfrage eine mit anderer Methode.",
        "Entfernen Sie ihn, und wählen Sie die „Methode“ (JSON: \"method\").",
    )
}

pub(crate) fn bad_parameter() -> Remark {
    remark("Dies kann nicht der Name eines Parameters sein.", "Schreiben Sie ihn, wie er in Salesforce heißt.")
}

pub(crate) fn misplaced_variable() -> Remark {
    remark(
        "Eine Variable steht an einer Stelle, an der ihr Wert ändern könnte, was die Anfrage tut.",
        "Schreiben Sie diesen Teil aus. Für eine Suche dient POST /parameterizedSearch, für GraphQL dessen \
         `variables`, für eine zusammengesetzte Anfrage der `body` der Teilanfrage oder ein Verweis wie \
         `@{{ref.id}}`.",
    )
}

pub(crate) fn variable_outside_quotes() -> Remark {
    remark(
        "Eine Variable steht außerhalb der Anführungszeichen von SOQL, wo ihr Wert die Abfrage ändern könnte.",
        "Setzen Sie sie in einen Text, zum Beispiel `Email = '{email}'`; was kein Text ist, muss ausgeschrieben \
         werden.",
    )
}

pub(crate) fn variable_in_escape() -> Remark {
    remark(
        "Eine Variable steht in einer Escape-Sequenz, wo ihr Wert den Text beenden könnte.",
        "Entfernen Sie den umgekehrten Schrägstrich davor: Werte werden von selbst maskiert.",
    )
}

pub(crate) fn bad_escape() -> Remark {
    remark(
        "SOQL kennt diese Escape-Sequenz nicht.",
        "Ein umgekehrter Schrägstrich wird `\\\\` geschrieben, ein Anführungszeichen `\\'`; `\\%` und `\\_` stehen \
         nur nach LIKE.",
    )
}

pub(crate) fn open_quote() -> Remark {
    remark("Einem Text der Abfrage fehlt das schließende Anführungszeichen.", "Ergänzen Sie es.")
}

pub(crate) fn bad_pointer() -> Remark {
    remark(
        "Dies ist kein JSON-Pointer.",
        "Schreiben Sie einen JSON-Pointer in die Antwort, zum Beispiel `/id` oder `/records/0/Name`; der leere Text \
         ist die ganze Antwort.",
    )
}

pub(crate) fn stored_in_one_variable() -> Remark {
    remark(
        "Zwei Teile der Antwort werden in derselben Variable behalten.",
        "Geben Sie jedem Teil eine eigene Variable.",
    )
}

pub(crate) fn overlapping(other: &str) -> Remark {
    remark(format!("Der Teil, zu dem `{other}` führt, enthält diesen."), "Behalten Sie nur einen davon.")
}

pub(crate) fn too_many_entries(limit: usize) -> Remark {
    remark(
        format!("Es gibt mehr als {limit} Einträge."),
        "Lassen Sie weg, was nicht gebraucht wird, oder behalten Sie einen Teil, der mehrere enthält.",
    )
}

pub(crate) fn path_too_long(limit: usize) -> Remark {
    remark(format!("Der Pfad ist länger als {limit} Bytes."), "Kürzen Sie ihn: Einen längeren lehnt Salesforce ab.")
}

pub(crate) fn path_with_signs() -> Remark {
    remark(
        "Ein Pfad enthält weder `%`, `?`, `#`, `\\` noch Steuerzeichen.",
        "Schreiben Sie die Zeichen selbst: Sie werden kodiert. Parameter gehören zu „Parameter“ (JSON: \"query\").",
    )
}

pub(crate) fn path_outside() -> Remark {
    remark(
        "Der Pfad beginnt nicht mit `/services/`.",
        "Beginnen Sie mit `/services/`, zum Beispiel `/services/data/v62.0/limits`; der Host ist die „Domain der \
         Organisation“ (JSON: \"deploymentDomain\").",
    )
}

pub(crate) fn path_with_dots() -> Remark {
    remark(
        "Ein Teil des Pfads zwischen zwei Schrägstrichen ist leer, `.` oder `..`.",
        "Schreiben Sie den Pfad, der gemeint ist.",
    )
}

pub(crate) fn path_to_tokens() -> Remark {
    remark(
        "Anmeldungen und Tokens sind nicht Sache dieses Modus.",
        "Eine Organisation wird von der Plattform verbunden, mit der Schnittstelle `oauth`.",
    )
}

pub(crate) fn path_to_anonymous_apex() -> Remark {
    remark(
        "Anonymes Apex kann alles tun, deshalb ruft dieses Modul es nicht auf.",
        "Schreiben Sie eine Apex-REST-Klasse, und rufen Sie diese auf.",
    )
}

pub(crate) fn variable_names_resource() -> Remark {
    remark(
        "Eine Variable steht an einer Stelle, an der ihr Wert eine andere Ressource nennen würde.",
        "Schreiben Sie den Pfad bis zur Ressource aus: Variablen kommen hinter `/services/data/v62.0/sobjects/` und \
         Ähnliches.",
    )
}

pub(crate) fn nothing_there() -> Remark {
    remark(
        "Die Antwort hat dort nichts; die Variable ist null.",
        "Vergleichen Sie den Pointer mit einer Antwort: `/records/0/Id` ist die `Id` des ersten von `records`.",
    )
}
