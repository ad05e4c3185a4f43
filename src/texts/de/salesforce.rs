//! Was eine Antwort von Salesforce bedeutet, und was ein Administrator tut. Diese Texte folgen auf den Satz von [`answered`].

/// `fields` are names in backticks, or nothing.
pub(crate) fn answered(code: &str, status: u16, fields: &str) -> String {
    match fields {
        "" => format!("Salesforce hat mit {code} geantwortet (HTTP {status})."),
        fields => format!("Salesforce hat für {fields} mit {code} geantwortet (HTTP {status})."),
    }
}
/// Without a code of Salesforce's.
pub(crate) fn answered_status(status: u16) -> String {
    format!("Die Antwort war HTTP {status}, ohne einen Code von Salesforce.")
}

// What runs again says by itself, at the end.
pub(crate) const RUN_LATER: &str = "Führen Sie den Schritt später noch einmal aus.";
pub(crate) const RENEW_AND_RUN: &str = "Erneuern Sie das Zugriffstoken, und führen Sie den Schritt noch einmal aus. Wird auch das \
    neue abgelehnt, verbinden Sie die Organisation neu.";

// Another value mends it.

pub(crate) const REQUIRED: &str = "Die Organisation verlangt dort einen Wert. Ordnen Sie dem Feld einen zu; kann der Chat ihn leer lassen, \
    setzen Sie „Wenn der Wert leer ist“ (`whenBlank`) auf „Gar nichts schreiben“ (`fail`).";
pub(crate) const TOO_LONG: &str = "Der Wert ist länger als das Feld. Lassen Sie den Chat nach einem kürzeren fragen, oder setzen Sie „Wenn der \
    Wert zu lang ist“ (`whenTooLong`) auf „Kürzen und melden“ (`cut`).";
pub(crate) const NO_EMAIL: &str = "Salesforce nimmt den Wert nicht als E-Mail-Adresse an. Lassen Sie den Chat ihn prüfen und noch einmal \
    fragen.";
pub(crate) const NOT_IN_PICKLIST: &str = "Der Wert steht nicht in der Auswahlliste des Feldes. Lassen Sie den Chat die Werte der Liste \
    anbieten, oder ergänzen Sie die Liste in Setup.";
pub(crate) const NOT_POSSIBLE: &str = "Der Wert hat den richtigen Typ und ist dort trotzdem nicht möglich: Er widerspricht einem anderen Feld, \
    oder Salesforce nimmt ihn nicht an. Verwenden Sie bei Ländern und Bundesländern die Bezeichnung oder den Code aus der Liste der \
    Organisation.";
pub(crate) const STATE_OR_COUNTRY: &str = "Die Organisation hat Auswahllisten für Länder und Bundesländer, und dieser Wert steht nicht darin, \
    oder das Bundesland gehört nicht zum Land. `Country` und `State` nehmen nur die Bezeichnung aus der Liste, Buchstabe für Buchstabe; \
    `CountryCode` und `StateCode` nehmen nur deren Code, etwa „DE“. Ordnen Sie das Feld für den Code zu, und lassen Sie den Chat die Werte \
    der Liste anbieten.";
pub(crate) const OTHER_TYPE: &str = "Der Wert hat nicht den Typ des Feldes. Führen Sie `prepare` aus: Mit vorbereiteten Einstellungen wird er \
    umgewandelt.";
pub(crate) const TOO_MANY_DIGITS: &str =
    "Die Zahl hat zu viele Stellen für das Feld. Lassen Sie den Chat nach einer kleineren fragen.";
pub(crate) const NO_ID: &str = "Der Wert ist keine ID eines passenden Datensatzes. Ordnen Sie eine ID aus 15 oder 18 Zeichen zu, wie \
    Salesforce sie zeigt.";
pub(crate) const NOT_COMPARABLE: &str = "Ein Wert passt nicht zu dem Feld, mit dem er verglichen wird; ein Nachschlagefeld nimmt nur eine ID. \
    Führen Sie `prepare` aus, oder nehmen Sie ein anderes Feld als Schlüssel.";
pub(crate) const VALIDATION_RULE: &str = "Eine Validierungsregel oder ein Trigger der Organisation hat es abgelehnt. Lassen Sie den Chat nach \
    dem fragen, was die Regel verlangt.";
pub(crate) const NO_PARENT: &str = "Kein Datensatz hat die externe ID, die für den übergeordneten Datensatz angegeben wurde, oder der \
    Integrationsbenutzer darf ihn nicht sehen. Prüfen Sie die externe ID und die Rechte des Benutzers.";

// The settings, the rights or the org's setup must change.

pub(crate) const NO_FIELD: &str = "Ein zugeordnetes Feld gibt es nicht, oder der Integrationsbenutzer darf es nicht sehen, oder ein Schlüssel \
    passt nicht zum Feldtyp. Prüfen Sie den Namen, die Rechte des Benutzers und den Schlüssel.";
pub(crate) const NO_OBJECT: &str = "Dieses Objekt oder Feld gibt es nicht, oder der Integrationsbenutzer darf es nicht sehen, oder die \
    Organisation bietet die API-Version nicht an. Prüfen Sie den Namen, die Rechte des Benutzers und `apiVersion`.";
pub(crate) const NOT_WRITABLE: &str = "Der Integrationsbenutzer darf das Feld nicht schreiben, oder es ist schreibgeschützt. Erlauben Sie es im \
    Profil des Benutzers oder in einem Berechtigungssatz, oder entfernen Sie die Zuordnung.";
pub(crate) const CONVERTED_LEAD: &str = "Der Lead wurde konvertiert und kann nicht mehr geschrieben werden. Setzen Sie „In mehreren Objekten \
    suchen“ (`lookIn`) auf Contact und Lead, dann wird sein Kontakt verwendet.";
pub(crate) const NO_RECORD: &str = "Den Datensatz gibt es nicht oder nicht mehr, oder der Integrationsbenutzer darf ihn nicht sehen. Prüfen Sie die ID \
    und die Rechte des Benutzers.";
pub(crate) const RECORD_TYPE: &str = "Den Datensatztyp gibt es nicht, oder der Integrationsbenutzer darf ihn nicht verwenden. Weisen Sie ihn im \
    Profil des Benutzers oder in einem Berechtigungssatz zu, und führen Sie `prepare` noch einmal aus.";
pub(crate) const NO_LINKED_RECORD: &str = "Den Datensatz, den ein Nachschlagefeld nennt, gibt es nicht, oder der Integrationsbenutzer darf ihn \
    nicht sehen oder nicht auf ihn verweisen. Prüfen Sie die ID und die Rechte des Benutzers.";
pub(crate) const LOOKUP_FILTER: &str = "Der Nachschlagefilter des Feldes lässt den Datensatz nicht zu, auf den es verweisen würde. Ordnen Sie \
    einen anderen Datensatz zu, oder ändern Sie den Filter in Setup.";
pub(crate) const LOCKED: &str = "Der Datensatz ist gesperrt, zum Beispiel durch einen Genehmigungsprozess. Entsperren Sie ihn in Salesforce, \
    oder warten Sie die Genehmigung ab.";
pub(crate) const TRIGGER: &str = "Ein Trigger der Organisation ist fehlgeschlagen. Welcher, zeigen in Setup die Debug-Protokolle des \
    Integrationsbenutzers; lassen Sie ihn berichtigen.";
pub(crate) const FLOW: &str = "Ein datensatzgesteuerter Flow der Organisation ist fehlgeschlagen. Den Grund schickt Salesforce per E-Mail an \
    den letzten Bearbeiter des Flows oder an die Empfänger der Apex-Ausnahmen; lassen Sie den Flow berichtigen.";
pub(crate) const TAKEN: &str = "Ein anderer Datensatz hat diesen Wert schon in einem eindeutigen Feld; nennt Salesforce ihn, steht seine ID in \
    `candidates`. Nehmen Sie das Feld als Schlüssel (`useToFindExisting`), dann wird er gefunden.";
pub(crate) const DUPLICATE_RULE: &str = "Eine Duplikatregel der Organisation hat einen vorhandenen Datensatz gefunden. Finden Sie ihn mit einem \
    Schlüssel, oder wählen Sie bei „Duplikatregeln der Organisation“ (`duplicateRule`), was dann geschehen soll.";
pub(crate) const SEVERAL_WITH_EXTERNAL_ID: &str = "Mehrere Datensätze haben diese externe ID; Salesforce kann nicht entscheiden, welcher \
    gemeint ist. Führen Sie sie zusammen, und kennzeichnen Sie das Feld in Setup als eindeutig.";
pub(crate) const CURRENCY: &str = "Die Organisation verwendet diese Währung nicht. Aktivieren Sie sie in Setup, oder ordnen Sie \
    `CurrencyIsoCode` eine aktive zu.";
pub(crate) const INACTIVE_OWNER: &str = "Der Inhaber oder ein anderer Benutzer, den der Datensatz nennt, ist inaktiv. Ordnen Sie eine andere \
    `OwnerId` zu, oder berichtigen Sie in Setup die Zuordnungsregel oder den Standardinhaber.";
pub(crate) const OWNER_MAY_NOT_READ: &str = "Der neue Inhaber darf solche Datensätze nicht lesen. Geben Sie ihm die Berechtigung, oder ordnen \
    Sie eine andere `OwnerId` zu.";
pub(crate) const NO_PERMISSION: &str = "Dem Integrationsbenutzer fehlt dafür eine Berechtigung. Geben Sie sie ihm im Profil oder in einem \
    Berechtigungssatz.";
pub(crate) const SECURITY_POLICY: &str = "Eine Transaktionssicherheitsrichtlinie der Organisation hat es verhindert. Nehmen Sie den \
    Integrationsbenutzer in Setup davon aus.";
pub(crate) const EXPIRED_PASSWORD: &str = "Das Passwort des Integrationsbenutzers ist abgelaufen. Setzen Sie ein neues, und lassen Sie das \
    Passwort dieses Benutzers nie ablaufen.";
pub(crate) const NO_API: &str = "Die Organisation oder der Benutzer hat keinen API-Zugriff. Prüfen Sie, ob die Edition ihn enthält, und geben \
    Sie dem Benutzer die Berechtigung „API aktiviert“.";
pub(crate) const NO_REST_API: &str = "Die Organisation lässt diese Sitzung die REST-API nicht benutzen, und ein neues Token ändert daran \
    nichts. Lassen Sie die App in Setup zu: unter „API Access Control“, oder indem Sie sie unter „Connected Apps OAuth Usage“ freigeben.";
pub(crate) const NOT_ENABLED: &str = "Die Organisation hat nicht aktiviert, was dafür nötig ist. Aktivieren Sie es in Setup, oder entfernen Sie \
    die Felder dafür aus den Einstellungen.";
pub(crate) const ORG_LOCKED: &str = "Die Organisation ist gesperrt, oder ihre Testphase ist zu Ende. Lassen Sie sie von Salesforce wieder \
    freischalten.";
pub(crate) const USER_LOCKED: &str =
    "Der Integrationsbenutzer ist nach zu vielen falschen Passwörtern gesperrt. Entsperren Sie ihn in Setup.";
pub(crate) const STORAGE_FULL: &str = "Der Speicher der Organisation ist voll. Löschen Sie Daten, oder kaufen Sie Speicher; Setup zeigt, was ihn \
    belegt.";
pub(crate) const MALFORMED_QUERY: &str = "Salesforce kann die Abfrage nicht lesen. Berichtigen Sie bei einer API-Anfrage `query`; sonst melden \
    Sie es den Herstellern dieses Moduls.";
pub(crate) const NO_SUCH_REQUEST: &str = "Diese Ressource nimmt eine solche Anfrage nicht an. Vergleichen Sie bei einer API-Anfrage `method`, \
    `path` und `body` mit der Dokumentation von Salesforce.";
pub(crate) const UNKNOWN_CODE: &str =
    "Das Modul kennt diesen Code nicht. Schlagen Sie ihn in der Dokumentation von Salesforce nach.";

// It passes.

pub(crate) const SESSION: &str = "Das Zugriffstoken ist abgelaufen oder wurde widerrufen.";
pub(crate) const REQUESTS_USED_UP: &str = "Die API-Anfragen der Organisation aus den letzten 24 Stunden sind aufgebraucht. Kommt das oft vor, \
    sehen Sie in Setup unter „Systemübersicht“ nach, wie viele es gibt.";
pub(crate) const AT_THE_SAME_TIME: &str = "In der Organisation laufen zu viele lange Anfragen gleichzeitig; die Anfragen des Tages sind nicht \
    aufgebraucht.";
pub(crate) const ROW_LOCKED: &str = "Ein anderer Vorgang hat gerade denselben Datensatz geschrieben. Kommt das oft vor, suchen Sie den Job oder \
    die Integration, die ihn schreibt.";
pub(crate) const LOCK_OF_A_TRIGGER: &str = "Ein Trigger oder ein Flow der Organisation brauchte einen Datensatz, den gerade ein anderer Vorgang \
    schrieb. Kommt das oft vor, suchen Sie, was ihn schreibt.";
pub(crate) const BUSY: &str = "Salesforce war überlastet. Hält das an, sehen Sie auf status.salesforce.com nach.";
pub(crate) const PROBLEM: &str =
    "Salesforce hatte selbst ein Problem. Hält das an, nennen Sie dem Support von Salesforce die Uhrzeit.";
pub(crate) const CONSEQUENCE: &str = "Ein anderer Datensatz derselben Transaktion ist gescheitert; deshalb wurde dieser nicht geschrieben. \
    Berichtigen Sie jenen.";

// What a status says that comes without a code.

pub(crate) const SEVERAL_MATCH: &str = "Der Schlüssel passt zu mehreren Datensätzen; Salesforce kann nicht entscheiden, welcher gemeint ist. \
    Führen Sie sie zusammen, oder verwenden Sie ein eindeutiges Feld.";
pub(crate) const REDIRECT: &str = "Die Adresse führt zu einer anderen, und Weiterleitungen werden nicht verfolgt. Setzen Sie \
    `deploymentDomain` auf die Domain, die in Setup unter „Meine Domäne“ steht.";
pub(crate) const PATIENCE: &str = "Ein Server vor Salesforce bittet um Geduld. Hält das an, finden Sie heraus, welcher Proxy oder welche \
    Firewall das ist.";
pub(crate) const SERVER_PROBLEM: &str = "Salesforce oder ein Server davor hat ein Problem. Hält das an, sehen Sie auf status.salesforce.com und \
    bei den Proxys dazwischen nach.";
pub(crate) const NOT_SALESFORCE: &str = "Das ist keine Antwort der REST-API von Salesforce. Prüfen Sie `deploymentDomain`, und ob ein Proxy oder \
    eine Anmeldeseite dazwischen steht.";
