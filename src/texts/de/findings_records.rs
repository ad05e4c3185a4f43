//! Rules between the rows of a record, and between records.

use crate::texts::remarks;

remarks! {
    event_only_created()
        "Ein Plattformereignis wird nur angelegt: Es kann nicht gefunden, gelesen, verknüpft oder mit einer Datei versehen werden.",
        "Entfernen Sie das. Von einem Ereignis nimmt <store> nur `Id`.";

    field_written_twice(field, record)
        "Zwei Zeilen schreiben das Feld `{field}` von `{record}`.",
        "Behalten Sie eine davon, oder geben Sie dem zweiten Datensatz einen eigenen Namen.";

    idempotency_field_mapped(field, record)
        "Das Feld `{field}` von `{record}` gehört zu <idempotency>, und eine Zeile schreibt es auch.",
        "Nehmen Sie ein Feld, das sonst nichts füllt, oder entfernen Sie die Zeile.";

    idempotency_unused(record)
        "`{record}` wird nur aktualisiert, und das darf ohnehin wiederholt werden.",
        "Entfernen Sie <idempotency>, oder schalten Sie <onlyUpdateExisting: false> aus.";

    idempotency_shared(first, second)
        "`{first}` und `{second}` gehören zu einem Objekt und bekämen denselben Schlüssel des Schritts.",
        "Nehmen Sie bei einem von beiden eine andere Variable oder ein anderes Feld in <idempotency>.";

    idempotency_partial(record)
        "Ein Schritt, der noch einmal läuft, würde `{record}` ein zweites Mal schreiben: Der Datensatz hat weder den \
         Schlüssel eines Schritts noch einen anderen.",
        "Füllen Sie auch für diesen Datensatz <idempotency> aus, oder wählen Sie in einer seiner Zeilen \
         <useToFindExisting: true>.";

    id_not_writable()
        "Salesforce gibt einem Datensatz seine `Id`; sie kann nicht geschrieben werden.",
        "Wählen Sie <useToFindExisting: true>, um den Datensatz über seine ID zu finden, oder entfernen Sie die \
         Zeile.";

    unknown_record(target)
        "Einen Datensatz `{target}` gibt es nicht.",
        "Ordnen Sie zuerst ein Feld dieses Datensatzes zu.";

    misspelt_record(target, near)
        "Einen Datensatz `{target}` gibt es nicht.",
        "Ist `{near}` gemeint?";

    reference_in_value()
        "Der Text enthält `@{`, was Salesforce ersetzen würde, statt es zu speichern.",
        "Schreiben Sie es anders.";

    no_assignment_rules(sobject)
        "Zuordnungsregeln gibt es in Salesforce für Case, Lead und Account, nicht für `{sobject}`.",
        "Entfernen Sie <assignmentRule>; soll der Datensatz einen Inhaber bekommen, ordnen Sie `OwnerId` eine ID zu.";

    link_cycle(record)
        "`{record}` wartet auf einen Datensatz, der auf ihn wartet.",
        "Entfernen Sie einen der Verweise im Kreis.";

    stored_in_one_variable()
        "Zwei Felder werden in derselben Variable behalten.",
        "Geben Sie jedem Feld eine eigene Variable.";

    too_many_records(count, limit)
        "Das Modul schreibt {count} Datensätze, und eine Anfrage an Salesforce nimmt {limit}.",
        "Teilen Sie das Modul in zwei Module auf.";

    too_many_read_back(count, limit)
        "Datensätze und Datensätze, die zurückgelesen werden, sind zusammen {count}, und eine Anfrage an Salesforce \
         nimmt {limit}.",
        "Behalten Sie weniger andere Felder als `Id`, oder teilen Sie das Modul in zwei Module auf.";

    too_many_lookups(count, limit)
        "Das Modul sucht vorhandene Datensätze in {count} Objekten, und eine Anfrage an Salesforce nimmt {limit}.",
        "Teilen Sie das Modul in zwei Module auf.";

    look_in_without_key(sobject, record)
        "Keine Zeile findet für `{record}` einen vorhandenen Datensatz `{sobject}`.",
        "Wählen Sie <useToFindExisting: true> in einer Zeile, die für dieses Objekt gilt, oder entfernen Sie \
         das Objekt aus <lookIn>.";

    look_in_written_once(record)
        "`{record}` wird in mehreren Objekten gesucht, und <idempotency> gilt nur für einen Datensatz eines einzigen \
         Objekts.",
        "Entfernen Sie <idempotency>: Die Schlüssel verhindern, dass ein Schritt, der noch einmal läuft, den \
         Datensatz zweimal schreibt.";

    bad_only_for(unknown, record)
        "`{unknown}` ist keines der Objekte, in denen `{record}`, oder ein Datensatz, auf den die Zeile verweist, \
         gesucht wird.",
        "Wählen Sie Objekte aus <lookIn>, oder lassen Sie <onlyFor> leer.";

    nothing_to_add_to()
        "Zu einem Schlüssel, einem Verweis oder der externen ID eines übergeordneten Datensatzes kann kein Wert \
         hinzukommen.",
        "Wählen Sie etwas anderes bei <overwrite>.";
}
