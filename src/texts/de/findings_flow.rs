//! Variables that the settings name, and the flow does not have or did not pass.

use std::fmt::Display;

use crate::texts::remarks;

remarks! {
    unknown_variable(variable, place)
        "Der Flow hat keine Variable `{variable}`; sie ist für {place} bestimmt.",
        "Wählen Sie eine Variable des Flows. Setzt der Flow sie trotzdem, wählen Sie <silence: \
         [\"unknown-variable\"]>.";

    misspelt_variable(variable, place, near)
        "Der Flow hat keine Variable `{variable}`; sie ist für {place} bestimmt.",
        "Ist `{near}` gemeint?";

    absent_variable(variable, place)
        "Der Flow hat die Variable `{variable}` nicht übergeben; sie ist für {place} bestimmt.",
        "Hat der Flow nicht danach gefragt, ist nichts zu tun. Sonst vergleichen Sie den Namen mit den Variablen des \
         Flows.";
}

pub(crate) fn field(field: &dyn Display, record: &dyn Display) -> String {
    format!("`{field}` von `{record}`")
}

pub(crate) fn file(record: &dyn Display) -> String {
    format!("eine Datei von `{record}`")
}

pub(crate) fn idempotency_key(record: &dyn Display) -> String {
    format!("den Schlüssel des Schritts von `{record}`")
}

pub(crate) fn part(pointer: &str) -> String {
    format!("`{pointer}`")
}
