//! Files against the org as its integration user sees it.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn may_not_create() -> Remark {
    remark(
        "Der Integrationsbenutzer darf keine Dateien anlegen (`ContentVersion`).",
        "Lassen Sie einen Administrator das Recht im Profil des Benutzers oder in einem Berechtigungssatz geben.",
    )
}

pub(crate) fn read_only(field: &str) -> Remark {
    remark(
        format!("Der Integrationsbenutzer darf `{field}` einer neuen `ContentVersion` nicht setzen."),
        "Entfernen Sie die Zeile, oder lassen Sie einen Administrator dem Integrationsbenutzer Zugriff auf das Feld \
         geben.",
    )
}

pub(crate) fn required_field(field: &str) -> Remark {
    remark(
        format!("Die Organisation verlangt `{field}` bei jeder neuen `ContentVersion`, und eine Datei hat keines."),
        "Lassen Sie einen Administrator dem Feld einen Standardwert geben, oder es optional machen.",
    )
}

pub(crate) fn not_attachable(sobject: &dyn Display) -> Remark {
    remark(
        format!("An `{sobject}` hängt die Organisation keine Dateien."),
        "Hängen Sie die Datei an einen anderen Datensatz dieses Moduls, zum Beispiel an den Case.",
    )
}
