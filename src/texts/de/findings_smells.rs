//! What is well formed and probably not meant. Each can be silenced.

use std::fmt::Display;

use crate::base::Words;
use crate::texts::{Remark, remark};

pub(crate) fn mismatched_source(field: &dyn Display, holds: &Words, says: &Words) -> Remark {
    remark(
        format!("`{field}` enthält {}, aber der Name der Variable sagt {}.", holds.de, says.de),
        "Wählen Sie die Variable, die dorthin gehört. Ist sie richtig, wählen Sie „Der Name der Variable passt nicht \
         zum Feld“ unter „Ausgeblendete Hinweise“ (JSON: \"silence\": [\"mismatched-source\"]).",
    )
}

pub(crate) fn look_alike_fields(first: &dyn Display, second: &dyn Display) -> Remark {
    remark(
        format!("Eine Variable füllt sowohl `{first}` als auch `{second}`."),
        "Wählen Sie für eines davon eine andere Variable. Ist beides gemeint, wählen Sie „Eine Variable füllt \
         ähnliche Felder“ unter „Ausgeblendete Hinweise“ (JSON: \"silence\": [\"look-alike-fields\"]).",
    )
}

pub(crate) fn only_key_may_be_blank(field: &dyn Display, record: &dyn Display, reads: bool) -> Remark {
    remark(
        format!(
            "Lässt der Besucher `{field}` leer, wird kein Datensatz `{record}` {}.",
            if reads { "gelesen" } else { "geschrieben" }
        ),
        "Machen Sie die Frage zur Pflicht, oder wählen Sie „Gar nichts schreiben“ bei „Wenn der Wert leer ist“ \
         (JSON: \"whenBlank\": \"fail\"). Darf die Antwort leer sein, wählen Sie „Der Schlüssel kann leer bleiben“ \
         unter „Ausgeblendete Hinweise“ (JSON: \"silence\": [\"key-may-be-blank\"]).",
    )
}

pub(crate) fn key_may_be_blank(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "Lässt der Besucher `{field}` leer, finden die übrigen Schlüssel allein den Datensatz `{record}`, und \
             der kann einer anderen Person gehören."
        ),
        "Wählen Sie „Gar nichts schreiben“ bei „Wenn der Wert leer ist“ (JSON: \"whenBlank\": \"fail\"). Genügen die \
         übrigen Schlüssel, wählen Sie „Der Schlüssel kann leer bleiben“ unter „Ausgeblendete Hinweise“ (JSON: \
         \"silence\": [\"key-may-be-blank\"]).",
    )
}

pub(crate) fn case_key(field: &dyn Display) -> Remark {
    remark(
        format!("Mit dem Schlüssel `{field}` ändert ein neues Gespräch einen alten Case, statt einen zu eröffnen."),
        "Schalten Sie „Mit diesem Feld nach vorhandenem Datensatz suchen“ aus (JSON: \"useToFindExisting\": false). \
         Ist der alte Case gemeint, wählen Sie „Der Schlüssel ändert einen alten Case“ unter „Ausgeblendete \
         Hinweise“ (JSON: \"silence\": [\"case-key\"]).",
    )
}

pub(crate) fn weak_key_phone(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` allein entscheidet, welcher Datensatz `{record}` gemeint ist. Eine Nummer wird nur in der \
             Schreibweise gefunden, in der sie gespeichert ist, und mehrere Personen können dieselbe haben."
        ),
        "Nehmen Sie einen Wert, den nur ein Datensatz hat, etwa eine E-Mail-Adresse oder eine eindeutige externe ID, \
         stattdessen als Schlüssel, oder als zweiten Schlüssel mit „Alle müssen übereinstimmen“ bei „Wie mehrere \
         Schlüssel zusammenwirken“ (JSON: \"matchKeys\": \"all\"). Ist dieser Schlüssel gemeint, wählen Sie „Der \
         Schlüssel kann zu mehreren Datensätzen passen“ unter „Ausgeblendete Hinweise“ (JSON: \"silence\": \
         [\"weak-key\"]).",
    )
}

pub(crate) fn weak_key_shared(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` allein entscheidet, welcher Datensatz `{record}` gemeint ist. Mehrere Datensätze können \
             denselben Wert haben, und der falsche würde überschrieben."
        ),
        "Nehmen Sie einen Wert, den nur ein Datensatz hat, etwa eine E-Mail-Adresse oder eine eindeutige externe ID, \
         stattdessen als Schlüssel, oder als zweiten Schlüssel mit „Alle müssen übereinstimmen“ bei „Wie mehrere \
         Schlüssel zusammenwirken“ (JSON: \"matchKeys\": \"all\"). Ist dieser Schlüssel gemeint, wählen Sie „Der \
         Schlüssel kann zu mehreren Datensätzen passen“ unter „Ausgeblendete Hinweise“ (JSON: \"silence\": \
         [\"weak-key\"]).",
    )
}

pub(crate) fn state_or_country_text(name: &dyn Display, code: &str) -> Remark {
    remark(
        format!(
            "Die Organisation hat für `{name}` eine Liste, und das Feld nimmt nur deren Bezeichnungen, Buchstabe für \
             Buchstabe."
        ),
        format!(
            "Ordnen Sie stattdessen `{code}` zu, und lassen Sie das Gespräch die Werte der Liste anbieten. Gibt das \
             Gespräch die Bezeichnungen genau so, wählen Sie „Die Organisation hat eine Liste der Bundesländer oder \
             Länder“ unter „Ausgeblendete Hinweise“ (JSON: \"silence\": [\"state-or-country-text\"])."
        ),
    )
}
