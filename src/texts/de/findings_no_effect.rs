//! Settings that change nothing where they stand.

use crate::texts::remarks;

remarks! {
    on_a_link(key)
        "{key} bewirkt hier nichts: Die Zeile nimmt die ID eines Datensatzes.",
        "Entfernen Sie es.";

    a_key_is_not_cut()
        "<whenTooLong> bewirkt hier nichts: Ein Wert, der einen Datensatz findet, wird nie gekürzt.",
        "Entfernen Sie es.";

    without_key(key)
        "{key} bewirkt hier nichts: Der Datensatz hat keinen Schlüssel, also wird er jedes Mal neu angelegt.",
        "Entfernen Sie es, oder wählen Sie <useToFindExisting: true> in der Zeile eines Feldes, das \
         Datensätze unterscheidet.";

    found_by_idempotency_alone(key)
        "{key} bewirkt hier nichts: Der Datensatz wird nur über <idempotency> gefunden, dessen Feld bei keinen zwei \
         Datensätzen gleich ist.",
        "Entfernen Sie es.";

    found_by_id(key)
        "{key} bewirkt hier nichts: Der einzige Schlüssel ist `Id`, und keine zwei Datensätze haben dieselbe.",
        "Entfernen Sie es.";

    never_created()
        "<checkForDoubles> bewirkt hier nichts: Der Datensatz wird nie angelegt.",
        "Entfernen Sie es, oder schalten Sie <onlyUpdateExisting: false> aus.";

    before_the_header()
        "<duplicateRule: \"allow\"> bewirkt hier nichts: Salesforce kennt es ab der API-Version 52.0.",
        "Entfernen Sie es, oder entfernen Sie <apiVersion>.";

    fewer_than_two_keys(keys)
        "<matchKeys> bewirkt hier nichts: Die Zahl der Schlüssel ist {keys}.",
        "Entfernen Sie es, oder wählen Sie <useToFindExisting: true> in der Zeile eines weiteren Feldes.";

    always_new(record)
        "<overwrite> bewirkt hier nichts: `{record}` hat keinen Schlüssel, also wird nie ein vorhandener Datensatz \
         geändert.",
        "Entfernen Sie es, oder wählen Sie <useToFindExisting: true> in der Zeile eines Feldes, das \
         Datensätze unterscheidet.";

    constant_has_one_form(key)
        "{key} bewirkt hier nichts: Der feste Wert ist mit und ohne diese Angabe derselbe.",
        "Entfernen Sie es.";

    neither_number_nor_time(key, field)
        "{key} bewirkt hier nichts: `{field}` enthält weder Zahl noch Datum noch Uhrzeit.",
        "Entfernen Sie es.";

    no_point_in_time(key, field)
        "{key} bewirkt hier nichts: `{field}` enthält weder Datum noch Zeitpunkt.",
        "Entfernen Sie es.";

    of_a_conversation(key)
        "{key} bewirkt hier nichts: Ein Gespräch wird geschrieben, wie es ist.",
        "Entfernen Sie es.";

    a_search_writes_nothing()
        "<overwrite> bewirkt hier nichts: Ein Wert, der einen Datensatz nur findet, wird nie geschrieben.",
        "Entfernen Sie es.";

    nothing_is_added()
        "<separator> bewirkt hier nichts: Es steht zwischen einem alten Wert und einem, der hinzukommt.",
        "Entfernen Sie es, oder wählen Sie <overwrite: \"append\">.";

    a_list_has_its_own()
        "<separator> bewirkt hier nichts: Eine Mehrfachauswahlliste hat ihr eigenes Trennzeichen.",
        "Entfernen Sie es.";

    only_found()
        "<checkForDoubles> bewirkt hier nichts: Keine Zeile schreibt einen Wert, also wird der Datensatz nie angelegt.",
        "Entfernen Sie es, oder wählen Sie in einer Zeile <useToFindExisting: true> statt <useToFindExisting: \
         \"only\">.";
}
