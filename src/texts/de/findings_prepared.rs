//! Settings against the facts of the org that `prepare` wrote into them.

use crate::texts::remarks;

remarks! {
    not_prepared(field, sobject)
        "Die Angaben der Organisation sagen nichts über `{field}` von `{sobject}`.",
        "Führen Sie `prepare` noch einmal aus.";

    record_type_twice(record)
        "Sowohl <recordType> als auch eine Zeile gibt `{record}` einen Datensatztyp.",
        "Behalten Sie eines davon.";

    record_type_not_known()
        "Die ID dieses Datensatztyps ist nicht bekannt.",
        "Führen Sie `prepare` aus, das die Organisation danach fragt, oder ordnen Sie die ID als festen Wert \
         `RecordTypeId` zu.";

    required_field_emptied(field)
        "Salesforce lässt `{field}` nicht leeren.",
        "Wählen Sie <whenBlank: \"skip\"> oder <whenBlank: \"fail\">.";

    key_of_several_values(field)
        "`{field}` enthält mehrere Werte, und diese unterscheiden keine Datensätze.",
        "Nehmen Sie ein anderes Feld, um den Datensatz zu finden.";

    date_without_zone(field)
        "`{field}` enthält ein Datum, und das Datum eines Zeitpunkts hängt von der Zeitzone ab, die nicht angegeben \
         ist.",
        "Füllen Sie <timeZone: \"Europe/Berlin\"> aus.";

    no_point_in_time(field)
        "`{field}` enthält weder Datum noch Zeitpunkt, und <format> macht aus einer Zahl einen Zeitpunkt.",
        "Lassen Sie <format> leer, oder ordnen Sie den Wert einem Feld für Datum oder Datum und Uhrzeit zu.";

    constant_not_in_picklist(field)
        "Die Auswahlliste von `{field}` hat keinen solchen Wert; Salesforce nähme ihn in die Datensätze auf, nicht in \
         die Liste.",
        "Nehmen Sie einen Wert der Liste, oder ergänzen Sie diesen dort in Setup.";

    list_or_text_not_known(field)
        "Ob `{field}` eine Liste oder ein Text ist, ist nicht bekannt; zwischen dem alten und dem neuen Wert steht \
         also `;`.",
        "Führen Sie `prepare` aus, das die Organisation danach fragt, oder füllen Sie <separator> aus.";

    holds_one_value(field)
        "`{field}` enthält einen einzigen Wert, und zu ihm kann nichts hinzukommen.",
        "Wählen Sie <overwrite: \"always\">, oder ordnen Sie den Wert einem Text oder einer Mehrfachauswahlliste \
         zu.";
}

pub(crate) const CONSTANT_DOES_NOT_FIT: &str =
    "Korrigieren Sie den festen Wert, oder ordnen Sie ihn einem anderen Feld zu.";
