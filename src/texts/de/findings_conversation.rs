//! What a conversation gave, and did not give.

use crate::texts::remarks;

remarks! {
    key_without_value(key, record)
        "Der Schlüssel `{key}` von `{record}` hat keinen Wert: Der Datensatz wird weder gesucht noch geschrieben.",
        "Fragen Sie vor diesem Modul nach dem Wert, oder wählen Sie <whenBlank: \"fail\">.";

    read_key_without_value(key, record)
        "Der Schlüssel `{key}` von `{record}` hat keinen Wert: Der Datensatz wird nicht gesucht.",
        "Fragen Sie vor diesem Modul nach dem Wert, oder wählen Sie <whenBlank: \"fail\">.";

    one_key_without_value(key, record)
        "Der Schlüssel `{key}` von `{record}` hat keinen Wert: Nur die übrigen Schlüssel wurden verwendet.",
        "Fragen Sie vor diesem Modul nach dem Wert, oder wählen Sie <whenBlank: \"fail\">.";

    nothing_to_write(record)
        "Das Gespräch gab keinen Wert für `{record}`, also wird der Datensatz übergangen.",
        "Wenn das nicht vorkommen soll, wählen Sie <whenBlank: \"fail\"> in der Zeile, die einen Wert braucht.";

    new_picklist_value(field)
        "Die Auswahlliste von `{field}` ist offen, und der Wert steht nicht darin: Salesforce speichert ihn, wie er \
         ist.",
        "Wenn jeder Wert willkommen ist, ist nichts zu tun. Andernfalls lassen Sie einen Administrator die Liste auf \
         ihre Werte beschränken.";

    value_cut(field)
        "Der Wert für `{field}` war länger als das Feld und wurde gekürzt.",
        "Fragen Sie nach einer kürzeren Antwort. Nützt ein Teil nichts, wählen Sie <whenTooLong: \"fail\">.";

    not_looked_in(record, sobject)
        "`{record}` wurde nicht als `{sobject}` gesucht, weil kein Schlüssel für dieses Objekt einen Wert hat. \
         Angelegt wurde nichts, weil der Datensatz dort schon stehen kann.",
        "Nehmen Sie einen Schlüssel für alle Objekte, in denen der Datensatz gesucht wird, oder wählen Sie beim \
         Schlüssel für dieses Objekt <whenBlank: \"fail\">.";

    reference_rewritten()
        "Das Gespräch enthält `@{`, was Salesforce ersetzen würde; geschrieben wurde `@ {`.",
        "Es ist nichts zu tun.";

    transcript_cut(field)
        "Das Gespräch war länger als `{field}`, und sein Anfang wurde weggelassen.",
        "Wenn das Ende genügt, ist nichts zu tun. Um alles zu behalten, hängen Sie es zusätzlich als Datei an.";

    linked_record_left_out(record, linked)
        "`{record}` wird über `{linked}` gefunden, und dieser Datensatz nimmt an diesem Lauf nicht teil: `{record}` \
         wird weder gesucht noch geschrieben.",
        "Fragen Sie vor diesem Modul nach dem, was jenen Datensatz findet, oder wählen Sie <whenBlank: \"fail\">.";
}

pub(crate) const VALUE_LEFT_OUT: &str =
    "Wenn der Wert der Vorlage fehlen darf, ist nichts zu tun. Andernfalls fügen Sie eine Zeile für das Feld hinzu.";
