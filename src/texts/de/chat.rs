//! Was einen Chat nicht zustande kommen oder nicht weitergehen lässt.

use crate::texts::Name;

pub(crate) fn bad_key(variable: Name, most: usize) -> String {
    format!(
        "Die Variable `{variable}` muss den Text enthalten, mit dem der Chat genau einmal eröffnet wird: 1 bis {most} Zeichen, für jedes \
         Gespräch und jeden Schritt ein anderer. Die Engine muss ihn setzen."
    )
}
pub(crate) fn unsupported(attribute: Name) -> String {
    format!(
        "Der Wert für `{attribute}` ist ein Objekt oder eine Liste in einer Liste. Er muss ein Text, eine Zahl oder wahr oder falsch sein."
    )
}
pub(crate) fn blank(attribute: Name) -> String {
    format!(
        "`{attribute}` braucht einen Wert, und das Gespräch ergab keinen. Die Frage muss im Chat beantwortet werden."
    )
}
pub(crate) const CHECK_DEPLOYMENT: &str = "Zu prüfen ist, ob das Deployment veröffentlicht ist und ob sein Name und die ID der \
                                           Organisation die des Codeausschnitts in Setup sind.";
pub(crate) const NO_TOKEN: &str =
    "Salesforce antwortete ohne Token für den Besucher oder mit einem zu langen. Später noch einmal versuchen.";
pub(crate) const OPENED_BEFORE: &str = "Ein früherer Aufruf dieses Schritts hat den Chat eröffnet, und sein Token ist nicht da. Der Chat \
                                        jenes Aufrufs muss als `earlier` übergeben werden.";
pub(crate) const NOT_LOOKED_FOR: &str =
    "Ob die Nachricht angekommen ist, ließ sich nicht nachsehen. Sie ist später mit `again` noch einmal zu senden.";
pub(crate) const ENDED: &str = "Der Chat ist beendet. Ein neuer beginnt mit einem anderen Text für `idempotency`.";
pub(crate) const TOKEN_OVER: &str = "Das Token des Besuchers ist abgelaufen und wurde nicht erneuert, also kann der Chat nicht \
                                     weitergehen. `receive` muss mindestens alle 45 Minuten aufgerufen werden.";
pub(crate) const FILE_TOO_LARGE: &str =
    "Die Datei ist größer, als das Deployment annimmt. Der Chat muss um eine kleinere bitten.";
pub(crate) const FILE_REFUSED: &str =
    "Dateien dieser Art nimmt das Deployment nicht an, oder gar keine. Der Chat muss um eine andere bitten.";
