//! What finds an existing record: keys, their groups, and links as keys.

use crate::texts::remarks;

remarks! {
    only_updated_without_key(record)
        "`{record}` soll nur aktualisiert werden, aber keine Zeile findet einen vorhandenen Datensatz.",
        "Wählen Sie <useToFindExisting: true> in einer Zeile, oder schalten Sie <onlyUpdateExisting: false> aus.";

    transcript_as_key()
        "Ein Gespräch findet keinen Datensatz.",
        "Wählen Sie <useToFindExisting: false>.";

    key_twice(field, record)
        "Zwei Zeilen suchen nach `{field}` von `{record}`.",
        "Behalten Sie eine davon, oder geben Sie dem zweiten Datensatz einen eigenen Namen.";

    constant_as_only_key(record)
        "Jedes Gespräch würde denselben Datensatz `{record}` finden: Sein Schlüssel ist ein fester Wert.",
        "Wählen Sie <source: { \"variable\": … }> des Schlüssels, oder wählen Sie <useToFindExisting: false>.";

    constant_as_last_key(record)
        "Finden die anderen Schlüssel keinen Datensatz `{record}`, würde dieser feste Wert in jedem Gespräch \
         denselben finden.",
        "Wählen Sie hier <useToFindExisting: false>, oder wählen Sie <matchKeys: \"all\">: Dann grenzt der feste \
         Wert die Suche ein.";

    constants_as_group(record)
        "Finden die anderen Gruppen keinen Datensatz `{record}`, würde diese Gruppe fester Werte in jedem Gespräch \
         denselben finden.",
        "Nehmen Sie einen Schlüssel mit einem Wert des Gesprächs in die Gruppe auf: Dann grenzen die festen Werte \
         die Suche ein.";

    new_record_without_key(record)
        "Ein neuer Datensatz `{record}` bekommt die Werte nicht, nach denen er gesucht wird; so legt jedes Gespräch \
         einen weiteren an.",
        "Schalten Sie <onlyUpdateExisting: true> ein, oder wählen Sie bei einem der Schlüssel <useToFindExisting: \
         true> statt <useToFindExisting: \"only\">, damit sein Wert auch geschrieben wird.";

    unknown_key(key, record)
        "Keine Zeile sucht einen vorhandenen Datensatz `{record}` nach `{key}`.",
        "Wählen Sie <useToFindExisting: true> in einer Zeile mit dem Feld `{key}`, oder entfernen Sie das Feld hier.";

    misspelt_key(key, record, near)
        "Keine Zeile sucht einen vorhandenen Datensatz `{record}` nach `{key}`.",
        "Ist `{near}` gemeint?";

    group_twice()
        "Die Gruppe nennt ein Feld zweimal, oder sie gleicht einer früheren Gruppe.",
        "Entfernen Sie, was doppelt ist.";

    key_in_no_group(key, record)
        "`{key}` ist ein Schlüssel von `{record}` und steht in keiner Gruppe von <matchKeys>.",
        "Nehmen Sie ihn in eine Gruppe auf, oder wählen Sie <useToFindExisting: false>.";

    number_of_groups(count, limit)
        "Die Liste hat {count} Gruppen, möglich sind 1 bis {limit}.",
        "Schreiben Sie Gruppen von Schlüsselfeldern, zum Beispiel <matchKeys: [[\"Email\", \"FirstName\"], \
         [\"Email\"]]>.";

    number_of_fields(count, limit)
        "Die Gruppe hat {count} Felder, möglich sind 1 bis {limit}.",
        "Schreiben Sie Gruppen von Schlüsselfeldern, zum Beispiel <matchKeys: [[\"Email\", \"FirstName\"], \
         [\"Email\"]]>.";

    link_through_relationship()
        "Die ID eines Datensatzes dieses Laufs füllt ein Nachschlagefeld, zum Beispiel `ContactId`; sie kann nicht \
         über eine Beziehung führen.",
        "Ordnen Sie sie dem Nachschlagefeld selbst zu.";

    link_in_no_lookup_field(field)
        "`{field}` ist nicht der Name eines Nachschlagefelds, wie es zum Beispiel `ContactId` oder `Contact__c` ist.",
        "Ordnen Sie den Verweis dem Nachschlagefeld zu.";

    link_finds_one_object(record)
        "`{record}` wird in mehreren Objekten gesucht, und ein Verweis findet nur Datensätze eines einzigen Objekts.",
        "Wählen Sie für den Verweis <useToFindExisting: false>.";

    link_to_a_new_record(target)
        "`{target}` wird jedes Mal neu angelegt, also verweist noch kein Datensatz darauf.",
        "Wählen Sie <useToFindExisting: true> in einer Zeile jenes Datensatzes, oder wählen Sie für den Verweis \
         <useToFindExisting: false>.";

    link_through_two_links(target)
        "`{target}` wird selbst über einen Datensatz gefunden, auf den er verweist, und eine Suche führt nur über \
         einen Verweis.",
        "Suchen Sie jenen Datensatz nach seinen eigenen Feldern, oder wählen Sie für den Verweis \
         <useToFindExisting: false>.";

    link_cannot_be_searched(field)
        "Die Beziehung von `{field}` führt zu mehreren Objekten oder heißt anders, also führt keine Suche über sie.",
        "Wählen Sie für den Verweis <useToFindExisting: false>, oder nehmen Sie ein anderes Nachschlagefeld.";
}
