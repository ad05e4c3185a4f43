//! API-Anfragen des Autors, die nicht gesendet werden oder vielleicht ausgeführt wurden. A place is a pointer into the settings.

use crate::texts::Name;

pub(crate) fn blank(place: Name, variable: Name) -> String {
    format!(
        "`{variable}` in `{place}` muss einen Wert haben, und das Gespräch hat keinen ergeben. Machen Sie die Frage im Chat zur Pflicht."
    )
}
pub(crate) const BLANK_BODY: &str = "Das Gespräch hat für keine Variable von `/body` einen Wert ergeben. Machen Sie eine Frage im Chat zur \
    Pflicht.";
pub(crate) fn other_kind(place: Name) -> String {
    format!("`{place}` nimmt einen Text, eine Zahl, wahr oder falsch. Eine Variable enthält etwas anderes.")
}
pub(crate) fn other_kind_than_list(place: Name) -> String {
    format!(
        "`{place}` nimmt einen Text, eine Zahl, wahr oder falsch oder eine Liste davon. Eine Variable enthält etwas anderes."
    )
}
pub(crate) fn number_out_of_range(place: Name) -> String {
    format!("Eine Zahl in `{place}` ist größer oder näher an null als jede, die Salesforce aufnimmt.")
}
pub(crate) const SEGMENT: &str = "Ein Teil von `/path` enthielte einen Schrägstrich, einen Backslash, ein Prozent- oder Steuerzeichen oder einen \
    Punkt an einem Ende. Das trägt eine URL nicht unverändert zu Salesforce; übergeben Sie es als Parameter oder im Inhalt.";
pub(crate) fn reference_mark(place: Name, mark: &str) -> String {
    format!(
        "Ein Wert in `{place}` enthält `{mark}`, was Salesforce ersetzen statt speichern würde. Lassen Sie den Chat nach einem Wert ohne \
         diese Zeichen fragen."
    )
}
pub(crate) fn too_long_literal(place: Name, most: usize) -> String {
    format!(
        "Ein Wert in der Abfrage von `{place}` hat mehr als {most} Zeichen. Lassen Sie den Chat nach einem kürzeren fragen."
    )
}
pub(crate) fn too_long_url(most: usize) -> String {
    format!(
        "Mit diesen Werten haben Pfad und Parameter mehr als die {most} Bytes, die Salesforce annimmt. Lassen Sie den Chat weniger \
         übergeben."
    )
}
pub(crate) fn too_much_text(most: usize) -> String {
    format!("Die Texte von `/body` haben zusammen mehr als {most} Bytes. Lassen Sie den Chat weniger übergeben.")
}
pub(crate) const MAY_BE_DONE: &str = "Die Anfrage wurde vielleicht ausgeführt: Sehen Sie in Salesforce nach, was sie bewirkt, bevor sie noch \
    einmal gesendet wird.";
