//! Was im Chat gezeigt werden darf: freundlich, und nichts über Daten anderer, die Organisation oder ihre Felder.

pub(crate) const NOT_CERTAIN_SAVED: &str = "Es ist nicht sicher, ob Ihre Angaben gespeichert wurden. Bitte warten Sie etwas, bevor Sie es noch \
    einmal versuchen.";
pub(crate) const SAVE_LATER: &str = "Ihre Angaben konnten gerade nicht gespeichert werden. Bitte versuchen Sie es in einigen Minuten noch \
    einmal.";
pub(crate) const SAVE_CHECK: &str =
    "Ihre Angaben konnten so nicht gespeichert werden. Bitte prüfen Sie, was Sie eingegeben haben.";
pub(crate) const SAVE_ANOTHER_WAY: &str =
    "Ihre Angaben konnten nicht gespeichert werden. Bitte wenden Sie sich auf einem anderen Weg an uns.";

pub(crate) const LOOK_UP_LATER: &str =
    "Das konnten wir gerade nicht nachsehen. Bitte versuchen Sie es in einigen Minuten noch einmal.";
pub(crate) const LOOK_UP_CHECK: &str =
    "Das konnten wir mit Ihren Angaben nicht nachsehen. Bitte prüfen Sie, was Sie eingegeben haben.";
pub(crate) const LOOK_UP_ANOTHER_WAY: &str =
    "Das konnten wir leider nicht nachsehen. Bitte wenden Sie sich auf einem anderen Weg an uns.";
pub(crate) const NOTHING_FOUND: &str =
    "Zu Ihren Angaben wurde nichts gefunden. Bitte prüfen Sie, was Sie eingegeben haben.";

pub(crate) const NOT_CERTAIN_DONE: &str = "Es ist nicht sicher, ob das geklappt hat. Bitte warten Sie etwas, bevor Sie es noch einmal \
    versuchen.";
pub(crate) const DO_LATER: &str =
    "Das war gerade nicht möglich. Bitte versuchen Sie es in einigen Minuten noch einmal.";
pub(crate) const DO_CHECK: &str =
    "Das war mit Ihren Angaben nicht möglich. Bitte prüfen Sie, was Sie eingegeben haben.";
pub(crate) const DO_ANOTHER_WAY: &str =
    "Das war leider nicht möglich. Bitte wenden Sie sich auf einem anderen Weg an uns.";

pub(crate) const CHECK: &str = "Bitte prüfen Sie, was Sie eingegeben haben.";
pub(crate) const ANSWER: &str = "Bitte beantworten Sie diese Frage.";
pub(crate) const YES_OR_NO: &str = "Bitte antworten Sie mit Ja oder Nein.";
pub(crate) const EMAIL: &str = "Bitte geben Sie eine E-Mail-Adresse wie name@example.com ein.";
pub(crate) const WHOLE_NUMBER: &str = "Bitte geben Sie eine ganze Zahl ein.";
pub(crate) const TIME: &str = "Bitte geben Sie eine Uhrzeit wie 18:30 ein.";
pub(crate) const OTHER_TIME: &str = "Zu dieser Zeit werden die Uhren umgestellt. Bitte geben Sie eine andere ein.";
pub(crate) const SHORTER: &str = "Bitte geben Sie einen kürzeren Text ein.";
pub(crate) const OPTION: &str = "Bitte wählen Sie eine der Möglichkeiten.";
pub(crate) fn number(example: &str, digits: Option<(usize, usize)>) -> String {
    let most =
        digits.map(|(before, behind)| format!(", mit höchstens {before} Stellen vor und {behind} nach dem Komma"));
    format!("Bitte geben Sie eine Zahl wie {example} ein{}.", most.unwrap_or_default())
}
pub(crate) fn date(example: &str) -> String {
    format!("Bitte geben Sie ein Datum wie {example} ein.")
}
pub(crate) fn datetime(example: &str) -> String {
    format!("Bitte geben Sie ein Datum und eine Uhrzeit wie {example} ein.")
}
pub(crate) fn at_most(characters: usize) -> String {
    format!("Bitte geben Sie höchstens {characters} Zeichen ein.")
}

pub(crate) const FILE_MISSING: &str = "Ihre Angaben wurden gespeichert, eine Datei aber nicht. Bitte schicken Sie uns die Datei auf einem anderen \
    Weg.";
pub(crate) const FILE_NOT_CERTAIN: &str = "Ihre Angaben wurden gespeichert. Ob eine Datei angekommen ist, ist nicht sicher. Bitte fragen Sie bei \
    uns nach.";
pub(crate) const CHECK_FILE: &str = "Ihre Angaben konnten mit dieser Datei nicht gespeichert werden. Bitte schicken Sie eine kleinere oder eine \
    andere Datei, oder lassen Sie die Datei weg.";

pub(crate) const CHAT_WAITING: &str = "Sie werden verbunden. Bitte warten Sie einen Moment.";
pub(crate) const CHAT_CONNECTED: &str = "Sie sind verbunden.";
pub(crate) const CHAT_TRANSFERRING: &str = "Sie werden weiterverbunden. Bitte warten Sie einen Moment.";
pub(crate) const CHAT_ENDED: &str = "Das Gespräch ist beendet.";
pub(crate) const CHAT_ENDED_BY_AGENT: &str = "Das Gespräch wurde von unserer Seite beendet.";
pub(crate) const CHAT_REFUSED: &str = "Im Moment ist niemand erreichbar. Bitte versuchen Sie es später noch einmal oder hinterlassen Sie uns eine Nachricht.";
pub(crate) const MESSAGE_NOT_CERTAIN: &str =
    "Es ist nicht sicher, ob Ihre Nachricht angekommen ist. Bitte warten Sie einen Moment.";
pub(crate) const MESSAGE_LATER: &str =
    "Ihre Nachricht konnte gerade nicht zugestellt werden. Bitte senden Sie sie gleich noch einmal.";
pub(crate) const MESSAGE_CHECK: &str =
    "Das konnte nicht zugestellt werden. Bitte senden Sie eine kleinere oder eine andere Datei.";
pub(crate) const MESSAGE_ANOTHER_WAY: &str =
    "Ihre Nachricht konnte nicht zugestellt werden. Bitte wenden Sie sich auf anderem Weg an uns.";
pub(crate) const OPEN_NOT_CERTAIN: &str =
    "Es ist nicht sicher, ob Sie verbunden werden. Bitte warten Sie einen Moment.";
pub(crate) const OPEN_LATER: &str =
    "Sie konnten gerade nicht verbunden werden. Bitte versuchen Sie es in einigen Minuten noch einmal.";
pub(crate) const OPEN_CHECK: &str = "Mit Ihren Angaben konnten Sie nicht verbunden werden. Bitte prüfen Sie sie.";
pub(crate) const OPEN_ANOTHER_WAY: &str =
    "Sie konnten nicht verbunden werden. Bitte wenden Sie sich auf anderem Weg an uns.";
