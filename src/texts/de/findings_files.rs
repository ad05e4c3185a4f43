//! Rows that attach files.

use std::fmt::Display;

use super::labels::named;
use crate::texts::{Remark, remark};

pub(crate) fn fills_no_field() -> Remark {
    remark(
        "Eine Datei wird an den Datensatz gehängt; sie füllt keines seiner Felder.",
        "Lassen Sie „Feld“ leer (JSON: \"field\" entfernen), oder wählen Sie als „Wert“ „Variable“, wenn die \
         Variable einen Wert enthält (JSON: \"source\": { \"variable\": … }).",
    )
}

pub(crate) fn not_taken_away() -> Remark {
    remark(
        "Eine Datei, die schon am Datensatz hängt, wird nicht wieder entfernt.",
        "Wählen Sie „Feld unverändert lassen“ oder „Gar nichts schreiben“ bei „Wenn der Wert leer ist“ (JSON: \
         \"whenBlank\": \"skip\" oder \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn no_file_here() -> Remark {
    remark(
        "Diese Zeile hängt keine Datei an, also bewirkt „Wenn eine Datei nicht angehängt werden kann“ (JSON: \
         \"whenFileFails\") nichts.",
        "Wählen Sie als „Wert“ „Dateien“ (JSON: \"source\": { \"file\": … }), oder lassen Sie „Wenn eine Datei nicht \
         angehängt werden kann“, wie es voreingestellt ist (JSON: \"whenFileFails\" entfernen).",
    )
}

pub(crate) fn no_use_for(key: &str) -> Remark {
    remark(format!("Für eine Datei bedeutet {} nichts.", named(key)), "Entfernen Sie es.")
}

pub(crate) fn same_files_twice(record: &dyn Display) -> Remark {
    remark(format!("Zwei Zeilen hängen dieselben Dateien an `{record}`."), "Behalten Sie eine davon.")
}

pub(crate) fn alone(record: &dyn Display) -> Remark {
    remark(
        format!("Eine Datei allein schreibt keinen Datensatz `{record}`."),
        "Ordnen Sie auch mindestens ein Feld des Datensatzes zu.",
    )
}

pub(crate) fn not_in_this_mode() -> Remark {
    remark(
        "In diesem Modus werden keine Dateien angehängt.",
        "Entfernen Sie die Zeile, oder wählen Sie als „Modus“ „SObject (schreiben)“ (JSON: \"mode\": \
         \"sobject-write\").",
    )
}

pub(crate) fn cannot_be_attached(variable: &str, record: &dyn Display, code: &str) -> Remark {
    remark(
        format!("Eine Datei aus `{variable}` kann nicht an `{record}` gehängt werden: `{code}`."),
        "Fragen Sie nach einer anderen Datei. Soll ohne sie nichts geschrieben werden, wählen Sie „Gar nichts \
         schreiben“ bei „Wenn eine Datei nicht angehängt werden kann“ (JSON: \"whenFileFails\": \"fail\").",
    )
}

pub(crate) fn not_mapped(count: usize) -> Remark {
    remark(
        format!(
            "Keine Zuordnung nennt die Variable dieser Dateien der Plattform, also werden sie nicht angehängt: \
             {count}."
        ),
        "Wenn das so sein soll, ist nichts zu tun. Andernfalls fügen Sie eine Zeile mit „Dateien“ als „Wert“ hinzu \
         (JSON: \"source\": { \"file\": … }).",
    )
}

pub(crate) fn already_there() -> Remark {
    remark(
        "Dieser Schritt hat die Datei schon angehängt, also wird sie nicht noch einmal gesendet.",
        "Es ist nichts zu tun: Dafür gibt es „Nur einmal schreiben“ (JSON: \"idempotency\").",
    )
}

pub(crate) fn perhaps_attached(record: &dyn Display, variable: &str, code: &str) -> Remark {
    remark(
        format!("`{record}` ist geschrieben, aber eine Datei aus `{variable}` hängt vielleicht nicht daran: `{code}`."),
        "Sehen Sie die Dateien des Datensatzes durch.",
    )
}

pub(crate) fn not_attached(record: &dyn Display, variable: &str, code: &str) -> Remark {
    remark(
        format!("`{record}` ist geschrieben, aber eine Datei aus `{variable}` wurde nicht angehängt: `{code}`."),
        "Hängen Sie sie von Hand an. Führen Sie den Schritt nur dann noch einmal aus, wenn der Datensatz „Nur einmal \
         schreiben“ (JSON: \"idempotency\") hat: Sonst wird er zweimal geschrieben.",
    )
}
