//! Dateien und Gesprächsverläufe, die keine sind.

use crate::texts::Name;

pub(crate) fn form(variable: Name) -> String {
    format!(
        "Die Variable `{variable}` muss {{ \"name\": …, \"base64\": … }} enthalten, dazu \"mediaType\", falls bekannt, und sonst nichts, \
         oder eine Liste solcher Dateien."
    )
}
pub(crate) fn name(variable: Name, most: usize) -> String {
    format!(
        "Die Variable `{variable}` hat eine Datei, deren Name ein Pfad oder leer ist, ein Steuerzeichen enthält oder länger als {most} \
         Zeichen ist. Geben Sie ihr einen anderen Namen."
    )
}
pub(crate) fn media_type(variable: Name) -> String {
    format!(
        "Die Variable `{variable}` hat eine Datei, deren Medientyp nicht die Form von `image/jpeg` hat. Berichtigen Sie ihn, oder lassen \
         Sie ihn weg."
    )
}
pub(crate) fn base64(variable: Name) -> String {
    format!(
        "Die Variable `{variable}` hat eine Datei, deren Inhalt kein Base64 ist. Er muss nach RFC 4648, Abschnitt 4, kodiert sein: \
         aufgefüllt und ohne Zeilenumbrüche."
    )
}
pub(crate) fn empty(variable: Name) -> String {
    format!("Die Variable `{variable}` hat eine Datei ohne Inhalt. Lassen Sie den Chat noch einmal nach ihr fragen.")
}
pub(crate) fn too_large(variable: Name, mebibytes: usize) -> String {
    format!(
        "Die Variable `{variable}` hat eine Datei von mehr als {mebibytes} MiB. Lassen Sie den Chat nach einer kleineren fragen."
    )
}
pub(crate) fn too_large_together(variable: Name, mebibytes: usize) -> String {
    format!(
        "Mit der Variablen `{variable}` haben die Dateien dieses Laufs zusammen mehr als {mebibytes} MiB. Lassen Sie den Chat nach weniger \
         oder kleineren fragen."
    )
}
pub(crate) fn too_many(variable: Name, most: usize) -> String {
    format!(
        "Mit der Variablen `{variable}` hat dieser Lauf mehr als {most} Dateien. Lassen Sie den Chat nach weniger fragen."
    )
}
pub(crate) fn none(variable: Name) -> String {
    format!(
        "Die Variable `{variable}` muss eine Datei enthalten, und das Gespräch hat keine ergeben. Machen Sie die Frage im Chat zur Pflicht."
    )
}
pub(crate) fn no_transcript(variable: Name) -> String {
    format!(
        "Die Variable `{variable}` muss einen Text enthalten oder eine Liste von {{ \"from\": …, \"text\": … }}, dazu \"at\": \
         \"2026-11-26T10:00:00Z\", falls bekannt, und sonst nichts."
    )
}
pub(crate) const MAY_BE_ATTACHED: &str =
    "Die Datei ist vielleicht angehängt: Sehen Sie unter „Dateien“ des Datensatzes nach.";
