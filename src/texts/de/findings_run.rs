//! What a run remarks.

use crate::texts::remarks;

remarks! {
    nothing_read(record)
        "Kein vorhandener Datensatz `{record}` passt.",
        "Wenn das vorkommen darf, ist nichts zu tun: <whenNoneMatch> sagt, was aus den Variablen wird.";

    nothing_to_update(record)
        "Kein vorhandener Datensatz `{record}` passt, und angelegt werden soll keiner.",
        "Es ist nichts zu tun: <onlyUpdateExisting: true> ist eingeschaltet.";

    not_created(record)
        "Kein vorhandener Datensatz `{record}` passt, und angelegt werden soll keiner.",
        "Der Hinweis `not-looked-in` sagt, warum.";

    already_written(record)
        "Dieser Schritt hat seinen Datensatz `{record}` schon geschrieben, also wird nichts dafür gesendet.",
        "Es ist nichts zu tun: Dafür gibt es <idempotency>.";

    only_links(record)
        "`{record}` hatte nur Verweise auf Datensätze, die nicht teilnehmen, also wird der Datensatz übergangen.",
        "Wenn der Datensatz trotzdem geschrieben werden soll, ordnen Sie einem seiner Felder eine Variable oder einen \
         festen Wert zu.";

    list_cut(record)
        "Es passen mehr Datensätze `{record}`, als die Liste aufnimmt; sie enthält die zuletzt geänderten.",
        "Wenn diese genügen, ist nichts zu tun. Andernfalls erhöhen Sie die <limit>, oder finden Sie durch einen \
         weiteren Schlüssel weniger.";

    lead_converted(record)
        "Der Lead, der für `{record}` gefunden wurde, ist konvertiert, also wird sein Contact verwendet.",
        "Es ist nichts zu tun. Ein Schlüssel, den auch der Contact hat, hätte ihn direkt gefunden.";

    duplicate_adopted(record)
        "Eine Duplikatregel hat einen vorhandenen Datensatz `{record}` genannt, der statt eines neuen verwendet wird.",
        "Wenn das so sein soll, ist nichts zu tun. Andernfalls wählen Sie bei <duplicateRule> einen anderen Eintrag.";

    org_has_changed()
        "Die Organisation kann sich geändert haben, seit diese Einstellungen vorbereitet wurden; geschrieben wurde \
         nichts.",
        "Führen Sie `prepare` aus: Es nennt das Feld, die Länge, die Liste oder das Recht, das nicht passt. Findet es \
         nichts, liegt es am Wert selbst.";

    never_prepared()
        "Die Einstellungen passen vielleicht nicht zur Organisation, was `prepare` geprüft hätte; geschrieben wurde \
         nichts.",
        "Führen Sie `prepare` aus: Es nennt das Feld, die Länge, die Liste oder das Recht, das nicht passt. Findet es \
         nichts, liegt es am Wert selbst.";

    doubled(record)
        "Ein weiterer Datensatz `{record}` mit denselben Schlüsseln wurde im selben Moment angelegt.",
        "Führen Sie den Datensatz in Salesforce mit seinen `candidates` zusammen. Ein eindeutiges Schlüsselfeld \
         schlösse das aus.";

    doubles_not_checked()
        "Ob ein anderes Gespräch im selben Moment denselben Datensatz angelegt hat, ließ sich nicht nachsehen.",
        "Wenn das oft vorkommt, prüfen Sie den Weg zu Salesforce.";

    answer_verified()
        "Die Antwort auf das Schreiben ging verloren, also wurden die Datensätze gesucht: Die nicht `unknown` sind, \
         sind geschrieben.",
        "Wenn das oft vorkommt, prüfen Sie den Weg zu Salesforce.";

    only_looked_for(record)
        "Kein vorhandener Datensatz `{record}` passt, und keine Zeile schreibt einen Wert; so wird keiner angelegt.",
        "Es ist nichts zu tun: In jeder Zeile ist <useToFindExisting: \"only\"> gewählt.";
}
