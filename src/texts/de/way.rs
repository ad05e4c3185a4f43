//! Der Weg zu Salesforce und zurück.

pub(crate) const DENIED: &str = "Die Plattform lässt das Modul die Domain der Organisation nicht erreichen. Lassen Sie die Domain in den \
    Einstellungen der Plattform zu.";
pub(crate) const NO_ADDRESS: &str = "Die Domain der Organisation hat keine Adresse. Prüfen Sie, wie sie in „Domain der Organisation“ \
    (`deploymentDomain`) geschrieben ist.";
pub(crate) const NO_CONNECTION: &str = "Es gibt keine Verbindung zur Domain der Organisation. Prüfen Sie Netzwerk, Firewall und Proxy zwischen \
    der Plattform und Salesforce.";
pub(crate) const NO_TLS: &str = "Es gibt keine sichere Verbindung: Dem Zertifikat wird nicht vertraut. Öffnet ein Proxy TLS, lassen Sie die \
    Plattform seinem Zertifikat vertrauen, oder lassen Sie die Verbindung ungeöffnet durch.";
pub(crate) const TIMEOUT: &str = "Salesforce hat nicht rechtzeitig geantwortet. Hält das an, erhöhen Sie „Zeitgrenze“ (`deadlineSeconds`), und \
    finden Sie heraus, welche Trigger und Flows der Organisation langsam sind.";
pub(crate) const CUT_OFF: &str = "Die Verbindung endete vor der Antwort. Hält das an, prüfen Sie Netzwerk und Proxy zwischen der Plattform und \
    Salesforce.";
pub(crate) const TOO_LARGE: &str = "Die Antwort ist größer, als das Modul annimmt. Fragen Sie nach weniger Datensätzen oder nach weniger oder \
    kürzeren Feldern.";
pub(crate) const UNREADABLE: &str = "Die Antwort ist keine der REST-API von Salesforce. Prüfen Sie, ob ein Proxy oder eine Anmeldeseite \
    dazwischen steht.";
pub(crate) const FAILED: &str =
    "Die Anfrage ist unterwegs gescheitert. Hält das an, sehen Sie im Protokoll der Plattform nach.";
