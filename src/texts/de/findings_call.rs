//! What a host passes to a call: session, query, conversations.

use crate::texts::remarks;

remarks! {
    bad_correlation(limit)
        "Die Korrelation ist leer, länger als {limit} Bytes oder enthält Steuerzeichen.",
        "Übergeben Sie den Namen, den die Plattform selbst für Gespräch und Schritt hat, zum Beispiel `conversation-4711/step-3`, oder keinen.";

    session_of_another_org(session, settings)
        "Die Sitzung gehört zu `{session}`, die Einstellungen gehören zu `{settings}`.",
        "Verbinden Sie die Organisation, die in den Einstellungen steht, oder korrigieren Sie die <deploymentDomain>.";

    bad_instance_url()
        "Die `instance-url` der Sitzung ist nicht die Adresse einer Organisation: `https://`, deren Host und sonst \
         nichts.",
        "Übergeben Sie die `instance_url` der neuesten Token-Antwort, zum Beispiel \
         `https://example.my.salesforce.com`.";

    bad_access_token(limit)
        "Das Zugriffstoken besteht nicht aus 1 bis {limit} Zeichen ASCII ohne Leerraum.",
        "Übergeben Sie das `access_token` der neuesten Token-Antwort, wie es ist.";

    bad_object_name(limit)
        "Dies ist kein API-Name: ein Buchstabe, dann Buchstaben, Ziffern und `_`, höchstens {limit}.",
        "Nehmen Sie den API-Namen des Objekts, zum Beispiel `Contact` oder `Ticket__c`.";

    search_too_long(limit)
        "Der Suchtext ist länger als {limit} Bytes.",
        "Suchen Sie mit weniger Wörtern.";

    number_of_entries(least, most)
        "Die Zahl der Einträge liegt nicht zwischen {least} und {most}.",
        "Fragen Sie nach einer Zahl von {least} bis {most}.";

    number_of_values(least, most)
        "Die Zahl der Werte einer Auswahlliste liegt nicht zwischen {least} und {most}.",
        "Fragen Sie nach einer Zahl von {least} bis {most}.";

    too_many_values(limit)
        "Die Zahl der Felder mal die Zahl der Werte ist größer als {limit}.",
        "Fragen Sie nach weniger Feldern, oder nach weniger Werten je Feld.";

    one_at_a_time(mode)
        "Der Modus `{mode}` nimmt ein Gespräch auf einmal.",
        "Rufen Sie für jedes Gespräch `run` auf.";

    too_many_conversations(count, limit)
        "Der Aufruf hat {count} Gespräche, mit diesen Einstellungen sind höchstens {limit} möglich.",
        "Übergeben Sie weniger auf einmal: Die Aufrufe einer langen Liste können aufeinander folgen.";

    conversations_too_large(limit)
        "Die Variablen aller Gespräche sind zusammen größer als {limit} Bytes.",
        "Übergeben Sie weniger auf einmal: Die Aufrufe einer langen Liste können aufeinander folgen.";

    too_many_earlier(count, limit)
        "Es gibt mehr als {count} Gespräche in `earlier`, oder ihre Variablen sind zusammen größer als {limit} Bytes.",
        "Klären Sie zuerst einige davon: Zweifel enden zehn Minuten nach der Anfrage.";

    more_findings()
        "Es gibt weitere Hinweise zu diesem Gespräch.",
        "Führen Sie es einzeln aus, um alle zu sehen.";
}
