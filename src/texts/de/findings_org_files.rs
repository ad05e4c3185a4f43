//! Files against the org as its integration user sees it.

use crate::texts::remarks;

remarks! {
    may_not_create()
        "Der Integrationsbenutzer darf keine Dateien anlegen (`ContentVersion`).",
        "Lassen Sie einen Administrator das Recht im Profil des Benutzers oder in einem Berechtigungssatz geben.";

    read_only(field)
        "Der Integrationsbenutzer darf `{field}` einer neuen `ContentVersion` nicht setzen.",
        "Entfernen Sie die Zeile, oder lassen Sie einen Administrator dem Integrationsbenutzer Zugriff auf das Feld \
         geben.";

    required_field(field)
        "Die Organisation verlangt `{field}` bei jeder neuen `ContentVersion`, und eine Datei hat keines.",
        "Lassen Sie einen Administrator dem Feld einen Standardwert geben, oder es optional machen.";

    not_attachable(sobject)
        "An `{sobject}` hängt die Organisation keine Dateien.",
        "Hängen Sie die Datei an einen anderen Datensatz dieses Moduls, zum Beispiel an den Case.";
}
