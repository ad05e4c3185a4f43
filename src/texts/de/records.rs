//! Was ein Lauf über seine Datensätze herausgefunden hat, sodass sie nicht geschrieben oder nicht gelesen werden.

use super::list;
use crate::texts::Name;

pub(crate) fn idempotency_key_taken(record: Name) -> String {
    format!(
        "Ein anderer Datensatz `{record}` enthält den Idempotenzschlüssel dieses Schritts in anderer Schreibweise. Geben Sie jedem Gespräch \
         und Schritt einen Schlüssel, der sich nicht nur in Groß- und Kleinschreibung unterscheidet."
    )
}
pub(crate) const NOT_LOOKED_UP: &str = "Es ist nicht bekannt, ob es den Datensatz gibt; deshalb wurde nichts geschrieben. Führen Sie den Schritt \
    später noch einmal aus.";
pub(crate) fn no_such_record(sobject: Name) -> String {
    format!(
        "Es gibt keinen Datensatz `{sobject}` mit dieser ID, oder der Integrationsbenutzer darf ihn nicht sehen. Prüfen Sie die ID und die \
         Rechte des Benutzers."
    )
}
pub(crate) fn same_record_twice(one: Name, other: Name) -> String {
    format!(
        "`{one}` und `{other}` sind derselbe Datensatz, und beide zu schreiben würde sie vermischen. Geben Sie ihnen verschiedene Schlüssel, \
         oder ordnen Sie alles einem von beiden zu."
    )
}
pub(crate) fn no_match(record: Name) -> String {
    format!(
        "Kein Datensatz passt zu `{record}`, und „Wenn kein Datensatz passt“ (`whenNoneMatch`) ist „Gar nichts lesen“ (`fail`). Lassen Sie \
         den Chat noch einmal fragen, oder ändern Sie diese Einstellung."
    )
}
pub(crate) const UNATTRIBUTED: &str = "Salesforce hat einen Datensatz gefunden, der nach dem Vergleich dieses Moduls zu keinem der Schlüssel \
    passt; also ist nicht klar, wofür er gefunden wurde. Geben Sie jedem Datensatz desselben Objekts einen eigenen Schlüssel, oder suchen Sie \
    sie in zwei Modulen.";
pub(crate) const CASE_UNKNOWN: &str = "Ein Datensatz passt zu einem Schlüssel in anderer Groß- und Kleinschreibung und auch zu einem anderen \
    Schlüssel. Ob das Feld Groß- und Kleinschreibung unterscheidet, ist hier nicht bekannt; also ist nicht klar, welcher Schlüssel ihn \
    gefunden hat. Führen Sie `prepare` aus, das die Organisation fragt.";
pub(crate) const CUT_SHORT: &str = "Manche Schlüssel passen auf so viele Datensätze, dass die Antwort nicht verrät, ob die anderen überhaupt \
    passen. Nehmen Sie Schlüssel, die Datensätze unterscheiden.";
pub(crate) const CONVERTED_WITHOUT_CONTACT: &str = "Der gefundene Lead wurde konvertiert und kann nicht mehr geschrieben werden. Es gibt dazu \
    keinen Kontakt, den der Integrationsbenutzer sehen darf, oder Contact fehlt in „In mehreren Objekten suchen“ (`lookIn`). Prüfen Sie \
    beides.";
pub(crate) fn query_too_long(most: usize) -> String {
    format!(
        "Die Schlüssel dieses Laufs ergeben eine Abfrage von mehr als {most} Bytes. Nehmen Sie weniger Schlüssel oder zwei Module."
    )
}
pub(crate) fn api_usage(used: u32, limit: u32, percent: Name) -> String {
    format!(
        "Die Organisation hat {used} von {limit} API-Anfragen verbraucht, und ab {percent} Prozent wird nichts geschrieben. Führen Sie den \
         Schritt später noch einmal aus, oder erhöhen Sie „API-Anfragen anderen überlassen“ (`deferAboveApiUsage`)."
    )
}
pub(crate) const NOT_WRITTEN: &str = "Ein anderer Datensatz dieses Laufs konnte nicht geschrieben werden, und ein Lauf schreibt alle seine \
    Datensätze oder keinen. Sehen Sie sich den Fehler jenes Datensatzes an.";
pub(crate) const NOT_READ: &str = "Ein anderer Datensatz dieses Laufs konnte nicht gelesen werden; deshalb wurde auch dieser nicht gelesen. Sehen \
    Sie sich den Fehler jenes Datensatzes an.";
pub(crate) fn too_much_read(bytes: usize, values: usize) -> String {
    format!(
        "Es würde mehr gelesen, als passt: {bytes} Bytes und {values} Werte als JSON insgesamt. Senken Sie „Höchstzahl“ (`limit`) der Liste, \
         oder lesen Sie weniger oder kürzere Felder."
    )
}
pub(crate) fn validation_rules(names: &[String], sobject: Name) -> String {
    format!("Es ist die Validierungsregel {} von `{sobject}`.", list(names, "oder"))
}
