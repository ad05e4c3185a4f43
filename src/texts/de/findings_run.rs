//! What a run remarks.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn nothing_read(record: &dyn Display) -> Remark {
    remark(
        format!("Kein vorhandener Datensatz `{record}` passt."),
        "Wenn das vorkommen darf, ist nichts zu tun: „Wenn kein Datensatz passt“ (JSON: \"whenNoneMatch\") sagt, was \
         aus den Variablen wird.",
    )
}

pub(crate) fn nothing_to_update(record: &dyn Display) -> Remark {
    remark(
        format!("Kein vorhandener Datensatz `{record}` passt, und angelegt werden soll keiner."),
        "Es ist nichts zu tun: „Nur vorhandene Datensätze aktualisieren, keine neuen anlegen“ (JSON: \
         \"onlyUpdateExisting\": true) ist eingeschaltet.",
    )
}

pub(crate) fn not_created(record: &dyn Display) -> Remark {
    remark(
        format!("Kein vorhandener Datensatz `{record}` passt, und angelegt werden soll keiner."),
        "Der Hinweis `not-looked-in` sagt, warum.",
    )
}

pub(crate) fn already_written(record: &dyn Display) -> Remark {
    remark(
        format!("Dieser Schritt hat seinen Datensatz `{record}` schon geschrieben, also wird nichts dafür gesendet."),
        "Es ist nichts zu tun: Dafür gibt es „Nur einmal schreiben“ (JSON: \"idempotency\").",
    )
}

pub(crate) fn only_links(record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{record}` hatte nur Verweise auf Datensätze, die nicht teilnehmen, also wird der Datensatz übergangen."
        ),
        "Wenn der Datensatz trotzdem geschrieben werden soll, ordnen Sie einem seiner Felder eine Variable oder \
         einen festen Wert zu.",
    )
}

pub(crate) fn list_cut(record: &dyn Display) -> Remark {
    remark(
        format!("Es passen mehr Datensätze `{record}`, als die Liste aufnimmt; sie enthält die zuletzt geänderten."),
        "Wenn diese genügen, ist nichts zu tun. Andernfalls erhöhen Sie die „Höchstzahl“ (JSON: \"limit\"), oder \
         finden Sie durch einen weiteren Schlüssel weniger.",
    )
}

pub(crate) fn lead_converted(record: &dyn Display) -> Remark {
    remark(
        format!("Der Lead, der für `{record}` gefunden wurde, ist konvertiert, also wird sein Contact verwendet."),
        "Es ist nichts zu tun. Ein Schlüssel, den auch der Contact hat, hätte ihn direkt gefunden.",
    )
}

pub(crate) fn duplicate_adopted(record: &dyn Display) -> Remark {
    remark(
        format!(
            "Eine Duplikatregel hat einen vorhandenen Datensatz `{record}` genannt, der statt eines neuen verwendet \
             wird."
        ),
        "Wenn das so sein soll, ist nichts zu tun. Andernfalls wählen Sie bei „Duplikatregeln der Organisation“ \
         (JSON: \"duplicateRule\") einen anderen Eintrag.",
    )
}

pub(crate) fn org_has_changed() -> Remark {
    remark(
        "Die Organisation kann sich geändert haben, seit diese Einstellungen vorbereitet wurden; geschrieben wurde \
         nichts.",
        "Führen Sie `prepare` aus: Es nennt das Feld, die Länge, die Liste oder das Recht, das nicht passt. Findet \
         es nichts, liegt es am Wert selbst.",
    )
}

pub(crate) fn never_prepared() -> Remark {
    remark(
        "Die Einstellungen passen vielleicht nicht zur Organisation, was `prepare` geprüft hätte; geschrieben wurde \
         nichts.",
        "Führen Sie `prepare` aus: Es nennt das Feld, die Länge, die Liste oder das Recht, das nicht passt. Findet \
         es nichts, liegt es am Wert selbst.",
    )
}

pub(crate) fn doubled(record: &dyn Display) -> Remark {
    remark(
        format!("Ein weiterer Datensatz `{record}` mit denselben Schlüsseln wurde im selben Moment angelegt."),
        "Führen Sie den Datensatz in Salesforce mit seinen `candidates` zusammen. Ein eindeutiges Schlüsselfeld \
         schlösse das aus.",
    )
}

pub(crate) fn doubles_not_checked() -> Remark {
    remark(
        "Ob ein anderes Gespräch im selben Moment denselben Datensatz angelegt hat, ließ sich nicht nachsehen.",
        "Wenn das oft vorkommt, prüfen Sie den Weg zu Salesforce.",
    )
}

pub(crate) fn answer_verified() -> Remark {
    remark(
        "Die Antwort auf das Schreiben ging verloren, also wurden die Datensätze gesucht: Die nicht `unknown` sind, \
         sind geschrieben.",
        "Wenn das oft vorkommt, prüfen Sie den Weg zu Salesforce.",
    )
}
