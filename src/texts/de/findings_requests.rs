//! Requests of the author's own.

use crate::texts::remarks;

remarks! {
    writes_not_allowed(method)
        "{method} kann in Salesforce etwas ändern, und diese Anfrage darf das nicht.",
        "Schalten Sie <allowWrites: true> ein, wenn das so sein soll, oder wählen Sie <method: \"GET\">.";

    body_not_allowed(method)
        "{method} hat keinen Inhalt.",
        "Lassen Sie <body> leer, oder wählen Sie POST, PATCH oder PUT als <method>.";

    method_override()
        "Dieser Parameter macht aus der Anfrage eine mit anderer Methode.",
        "Entfernen Sie ihn, und wählen Sie die <method>.";

    bad_parameter()
        "Dies kann nicht der Name eines Parameters sein.",
        "Schreiben Sie ihn, wie er in Salesforce heißt.";

    misplaced_variable()
        "Eine Variable steht an einer Stelle, an der ihr Wert ändern könnte, was die Anfrage tut.",
        "Schreiben Sie diesen Teil aus. Für eine Suche dient POST /parameterizedSearch, für GraphQL dessen \
         `variables`, für eine zusammengesetzte Anfrage der `body` der Teilanfrage oder ein Verweis wie `@{{ref.id}}`.";

    variable_outside_quotes()
        "Eine Variable steht außerhalb der Anführungszeichen von SOQL, wo ihr Wert die Abfrage ändern könnte.",
        "Setzen Sie sie in einen Text, zum Beispiel `Email = '{email}'`; was kein Text ist, muss ausgeschrieben \
         werden.";

    variable_in_escape()
        "Eine Variable steht in einer Escape-Sequenz, wo ihr Wert den Text beenden könnte.",
        "Entfernen Sie den umgekehrten Schrägstrich davor: Werte werden von selbst maskiert.";

    bad_escape()
        "SOQL kennt diese Escape-Sequenz nicht.",
        "Ein umgekehrter Schrägstrich wird `\\\\` geschrieben, ein Anführungszeichen `\\'`; `\\%` und `\\_` stehen \
         nur nach LIKE.";

    open_quote()
        "Einem Text der Abfrage fehlt das schließende Anführungszeichen.",
        "Ergänzen Sie es.";

    bad_pointer()
        "Dies ist kein JSON-Pointer.",
        "Schreiben Sie einen JSON-Pointer in die Antwort, zum Beispiel `/id` oder `/records/0/Name`; der leere Text \
         ist die ganze Antwort.";

    stored_in_one_variable()
        "Zwei Teile der Antwort werden in derselben Variable behalten.",
        "Geben Sie jedem Teil eine eigene Variable.";

    overlapping(other)
        "Der Teil, zu dem `{other}` führt, enthält diesen.",
        "Behalten Sie nur einen davon.";

    too_many_entries(limit)
        "Es gibt mehr als {limit} Einträge.",
        "Lassen Sie weg, was nicht gebraucht wird, oder behalten Sie einen Teil, der mehrere enthält.";

    path_too_long(limit)
        "Der Pfad ist länger als {limit} Bytes.",
        "Kürzen Sie ihn: Einen längeren lehnt Salesforce ab.";

    path_with_signs()
        "Ein Pfad enthält weder `%`, `?`, `#`, `\\` noch Steuerzeichen.",
        "Schreiben Sie die Zeichen selbst: Sie werden kodiert. Parameter gehören zu <query>.";

    path_outside()
        "Der Pfad beginnt nicht mit `/services/`.",
        "Beginnen Sie mit `/services/`, zum Beispiel `/services/data/v62.0/limits`; der Host ist die \
         <deploymentDomain>.";

    path_with_dots()
        "Ein Teil des Pfads zwischen zwei Schrägstrichen ist leer, `.` oder `..`.",
        "Schreiben Sie den Pfad, der gemeint ist.";

    path_to_tokens()
        "Anmeldungen und Tokens sind nicht Sache dieses Modus.",
        "Eine Organisation wird von der Plattform verbunden, mit der Schnittstelle `oauth`.";

    path_to_anonymous_apex()
        "Anonymes Apex kann alles tun, deshalb ruft dieses Modul es nicht auf.",
        "Schreiben Sie eine Apex-REST-Klasse, und rufen Sie diese auf.";

    variable_names_resource()
        "Eine Variable steht an einer Stelle, an der ihr Wert eine andere Ressource nennen würde.",
        "Schreiben Sie den Pfad bis zur Ressource aus: Variablen kommen hinter `/services/data/v62.0/sobjects/` und \
         Ähnliches.";

    nothing_there()
        "Die Antwort hat dort nichts; die Variable ist null.",
        "Vergleichen Sie den Pointer mit einer Antwort: `/records/0/Id` ist die `Id` des ersten von `records`.";
}
