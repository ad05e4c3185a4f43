//! Was ein Feld annimmt, wo das Gespräch etwas anderes ergeben hat.

use crate::texts::Name;

pub(crate) fn boolean(field: Name) -> String {
    format!("`{field}` nimmt ja oder nein, true oder false, yes oder no, 1 oder 0.")
}
pub(crate) fn email(field: Name) -> String {
    format!("`{field}` nimmt eine E-Mail-Adresse wie anna@example.com.")
}
pub(crate) fn id(field: Name) -> String {
    format!("`{field}` nimmt eine Salesforce-ID aus 15 oder 18 Zeichen, genau wie Salesforce sie zeigt.")
}

/// `digits` are the most before and behind the decimal point.
pub(crate) fn number(field: Name, example: &str, digits: Option<(usize, usize)>) -> String {
    match digits {
        None => format!("`{field}` nimmt eine Zahl wie {example}."),
        Some((most, 0)) => format!("`{field}` nimmt eine ganze Zahl wie {example} mit höchstens {most} Stellen."),
        Some((before, behind)) => format!(
            "`{field}` nimmt eine Zahl wie {example} mit höchstens {before} Stellen vor und {behind} nach dem Dezimaltrennzeichen."
        ),
    }
}
pub(crate) fn whole_number(field: Name) -> String {
    format!("`{field}` nimmt eine Zahl wie 1234 ohne Nachkommastellen.")
}

/// `local` is the locale's form.
pub(crate) fn date(field: Name, local: &str) -> String {
    format!("`{field}` nimmt ein Datum wie 2026-12-24{}.", or(local))
}
pub(crate) fn datetime(field: Name, local: &str) -> String {
    format!("`{field}` nimmt einen Zeitpunkt wie 2026-12-24T18:30:00+01:00{}.", or(local))
}
fn or(local: &str) -> String {
    if local.is_empty() { String::new() } else { format!(" oder {local}") }
}
pub(crate) const OTHER_FORMS: &str = "Andere Formen brauchen die Einstellung „Zahlen- und Datumsformat“ (`locale`).";
pub(crate) const MAY_BE_A_COUNT: &str = "Sekunden oder Millisekunden seit 1970 brauchen die Einstellung „Format eines Zeitpunkts“ (`format`: \
    `epoch-seconds` oder `epoch-milliseconds`).";
pub(crate) fn time(field: Name) -> String {
    format!("`{field}` nimmt eine Uhrzeit wie 18:30 oder 18:30:00.")
}
pub(crate) fn day_of_instant(field: Name) -> String {
    format!(
        "`{field}` nimmt ein Datum, und welcher Tag zu einem Zeitpunkt ist, hängt vom Ort ab. Stellen Sie die „Zeitzone“ (`timeZone`) \
         ein."
    )
}
pub(crate) fn local_time(field: Name) -> String {
    format!(
        "`{field}` nimmt einen Zeitpunkt, und eine örtliche Zeit ist nur mit ihrer Zeitzone einer. Geben Sie den Abstand zu UTC an wie \
         in 2026-12-24T18:30:00+01:00, oder stellen Sie die „Zeitzone“ (`timeZone`) ein."
    )
}
pub(crate) fn skipped_time(field: Name) -> String {
    format!(
        "`{field}` nimmt einen Zeitpunkt, und diese örtliche Zeit hat die Uhrumstellung übersprungen. {GIVE_THE_OFFSET}"
    )
}
pub(crate) fn time_shown_twice(field: Name) -> String {
    format!(
        "`{field}` nimmt einen Zeitpunkt, und diese örtliche Zeit haben die Uhren zweimal gezeigt. {GIVE_THE_OFFSET}"
    )
}
pub(crate) fn time_before(field: Name, since: Name) -> String {
    format!(
        "`{field}` nimmt einen Zeitpunkt, und örtliche Zeiten vor {since} werden nicht umgerechnet. {GIVE_THE_OFFSET}"
    )
}
const GIVE_THE_OFFSET: &str = "Geben Sie den Abstand zu UTC mit an wie in 2026-12-24T18:30:00+01:00.";
pub(crate) fn out_of_range(field: Name, first: i16, last: i16) -> String {
    format!("`{field}` nimmt keinen Tag vor dem Jahr {first} und keinen nach dem Jahr {last}.")
}
pub(crate) fn seconds(field: Name) -> String {
    format!(
        "`{field}` nimmt die Sekunden seit 1970 als Zahl, zum Beispiel 1798133400, weil „Format eines Zeitpunkts“ (`format`) es so sagt."
    )
}
pub(crate) fn milliseconds(field: Name) -> String {
    format!(
        "`{field}` nimmt die Millisekunden seit 1970 als ganze Zahl, zum Beispiel 1798133400000, weil „Format eines Zeitpunkts“ \
         (`format`) es so sagt."
    )
}

pub(crate) fn too_long(field: Name, most: usize) -> String {
    format!("`{field}` nimmt höchstens {most} Zeichen.")
}
pub(crate) fn too_many_bytes(field: Name, most: usize) -> String {
    format!(
        "`{field}` nimmt höchstens {most} Bytes: Ein „ä“ sind zwei, ein japanisches Zeichen drei, ein Emoji vier und „&“ fünf."
    )
}
/// `values` are the first of the list.
pub(crate) fn not_in_picklist(field: Name, values: &str) -> String {
    match values {
        "" => format!("`{field}` nimmt nur Werte seiner Auswahlliste."),
        values => format!("`{field}` nimmt einen der Werte seiner Auswahlliste: {values}."),
    }
}

pub(crate) fn blank(field: Name) -> String {
    format!(
        "`{field}` muss einen Wert haben, und das Gespräch hat keinen ergeben. Machen Sie die Frage im Chat zur Pflicht."
    )
}
pub(crate) fn blank_link(field: Name, record: Name) -> String {
    format!(
        "`{field}` muss die ID des Datensatzes `{record}` enthalten, der an diesem Lauf nicht teilnimmt. {LET_IT_BE_BLANK}"
    )
}
pub(crate) fn blank_link_only_for(field: Name, record: Name) -> String {
    format!(
        "`{field}` muss die ID des Datensatzes `{record}` enthalten, der an diesem Lauf nicht teilnimmt oder keines der Objekte in \
         `onlyFor` ist. {LET_IT_BE_BLANK}"
    )
}
const LET_IT_BE_BLANK: &str =
    "Darf das so sein, setzen Sie „Wenn der Wert leer ist“ (`whenBlank`) auf „Feld unverändert lassen“ (`skip`).";
pub(crate) fn other_kind(field: Name) -> String {
    format!(
        "`{field}` nimmt einen Text, eine Zahl, wahr oder falsch oder eine Liste davon. Die Variable enthält etwas anderes."
    )
}
pub(crate) fn number_out_of_range(field: Name) -> String {
    format!("Die Zahl für `{field}` ist größer oder näher an null als jede, die Salesforce aufnimmt.")
}
pub(crate) fn too_much_text(field: Name, most: usize) -> String {
    format!(
        "Mit dem Wert für `{field}` haben die Texte dieses Laufs zusammen mehr als {most} Bytes. Lassen Sie den Chat weniger übergeben."
    )
}
pub(crate) fn reference_in_stored(field: Name, mark: &str) -> String {
    format!(
        "`{field}` enthält einen Text mit `{mark}`, was Salesforce beim Zurücksenden ersetzen würde; deshalb wird nichts hinzugefügt. \
         Entfernen Sie `{mark}` aus dem Datensatz, oder fügen Sie diesem Feld nichts hinzu."
    )
}

pub(crate) fn reference_mark(field: Name, mark: &str) -> String {
    format!(
        "Der Wert für `{field}` enthält `{mark}`, was Salesforce ersetzen statt speichern würde. Lassen Sie den Chat nach einem \
         Wert ohne diese Zeichen fragen."
    )
}
/// The idempotency key is the host's, or the author's: nothing that a visitor could correct.
pub(crate) fn bad_idempotency_key(field: Name) -> String {
    format!(
        "`idempotency` hat keinen Text für `{field}`, den eine URL tragen kann. Geben Sie einen Text oder eine Zahl an, höchstens so \
         lang wie das Feld, ohne Schrägstrich, Backslash, Prozent- oder Steuerzeichen und ohne Punkt an einem Ende."
    )
}

pub(crate) fn key_too_long(field: Name, most: usize) -> String {
    format!("Um einen Datensatz über `{field}` zu finden, darf der Wert höchstens {most} Zeichen haben.")
}
pub(crate) fn key_is_no_id(field: Name) -> String {
    format!(
        "Um einen Datensatz über `{field}` zu finden, muss der Wert eine Salesforce-ID aus 15 oder 18 Zeichen sein."
    )
}
pub(crate) fn key_is_no_number(field: Name) -> String {
    format!("Um einen Datensatz über `{field}` zu finden, muss der Wert eine Zahl üblicher Größe sein.")
}
