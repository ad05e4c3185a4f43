//! Modules that read.

use crate::texts::remarks;

remarks! {
    not_in_read(key)
        "{key} sagt, wie etwas geschrieben wird, und dieses Modul liest.",
        "Entfernen Sie es.";

    not_in_write(key)
        "{key} sagt, wie etwas gelesen wird, und dieses Modul schreibt.",
        "Entfernen Sie es, oder wählen Sie <mode: \"sobject-read\">.";

    list_in_write()
        "<whenSeveralMatch: \"list\"> gilt für das, was gelesen wird, und dieses Modul schreibt.",
        "Wählen Sie einen anderen Eintrag, oder wählen Sie <mode: \"sobject-read\">.";

    source_and_target()
        "Eine Zeile hat entweder <source>, um den Datensatz zu finden, oder <target> für das, was gelesen wird. Diese \
         hat beides.",
        "Machen Sie zwei Zeilen daraus.";

    not_beside_target(key)
        "{key} bewirkt hier nichts: Diese Zeile liest ihren Wert aus Salesforce.",
        "Entfernen Sie es, oder setzen Sie es in die Zeile des Schlüssels.";

    value_without_key()
        "Diese Zeile hat einen Wert und ist kein Schlüssel, und geschrieben wird nichts.",
        "Wählen Sie <useToFindExisting: true>, oder füllen Sie <target> statt <source> aus.";

    key_empties_nothing()
        "Ein Schlüssel leert kein Feld.",
        "Wählen Sie <whenBlank: \"skip\"> oder <whenBlank: \"fail\">.";

    neither_source_nor_target()
        "Die Zeile hat weder <source>, um den Datensatz zu finden, noch <target> für das, was gelesen wird.",
        "Füllen Sie eines davon aus.";

    list_without_variable()
        "Die Liste kommt in keine Variable.",
        "Füllen Sie <list: { \"variable\": \"contacts\", \"limit\": 10 }> aus.";

    list_of_one()
        "Eine Liste gibt es nicht, solange <whenSeveralMatch> zu höchstens einem Datensatz führt.",
        "Wählen Sie <whenSeveralMatch: \"list\">, oder entfernen Sie <list>.";

    too_many_queries(count, limit)
        "Jeder Datensatz wird durch eine eigene Abfrage gelesen: Nötig sind {count}, und eine Anfrage an Salesforce \
         nimmt {limit}.",
        "Teilen Sie das Modul in zwei Module auf.";

    no_key(record)
        "Keine Zeile sagt, welcher Datensatz `{record}` gelesen werden soll.",
        "Fügen Sie eine Zeile mit <source: { \"variable\": … }> hinzu, zum Beispiel `customer_email` für Contact \
         `Email`, und wählen Sie dort <useToFindExisting: true>.";

    variable_read_twice()
        "Zwei Werte werden in diese Variable gelesen.",
        "Geben Sie jedem Wert eine eigene Variable.";

    no_links()
        "Ein Datensatz, der gelesen wird, kann nicht über einen anderen desselben Moduls gefunden werden.",
        "Behalten Sie die `Id` des anderen in einer Variable, und lesen Sie diesen in einem zweiten Modul.";

    nothing_to_read(record)
        "Keine Zeile sagt, was von `{record}` gelesen werden soll.",
        "Fügen Sie eine Zeile mit <target: { \"variable\": \"last_name\" }> hinzu, zum Beispiel für das Feld \
         `LastName` von `Contact`.";

    too_much(most, limit)
        "Eine volle Antwort enthielte {most} Werte, angenommen werden {limit}.",
        "Senken Sie die <limit> der Listen, lesen Sie weniger Felder, oder teilen Sie das Modul in zwei Module auf.";
}
