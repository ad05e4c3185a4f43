//! What a host passes to a call: session, query, conversations.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn session_of_another_org(session: &dyn Display, settings: &dyn Display) -> Remark {
    remark(
        format!("Die Sitzung gehört zu `{session}`, die Einstellungen gehören zu `{settings}`."),
        "Verbinden Sie die Organisation, die in den Einstellungen steht, oder korrigieren Sie die „Domain der \
         Organisation“ (JSON: \"deploymentDomain\").",
    )
}

pub(crate) fn bad_instance_url() -> Remark {
    remark(
        "Die `instance-url` der Sitzung ist nicht die Adresse einer Organisation: `https://`, deren Host und sonst \
         nichts.",
        "Übergeben Sie die `instance_url` der neuesten Token-Antwort, zum Beispiel \
         `https://example.my.salesforce.com`.",
    )
}

pub(crate) fn bad_access_token(limit: usize) -> Remark {
    remark(
        format!("Das Zugriffstoken besteht nicht aus 1 bis {limit} Zeichen ASCII ohne Leerraum."),
        "Übergeben Sie das `access_token` der neuesten Token-Antwort, wie es ist.",
    )
}

pub(crate) fn bad_object_name(limit: usize) -> Remark {
    remark(
        format!("Dies ist kein API-Name: ein Buchstabe, dann Buchstaben, Ziffern und `_`, höchstens {limit}."),
        "Nehmen Sie den API-Namen des Objekts, zum Beispiel `Contact` oder `Ticket__c`.",
    )
}

pub(crate) fn search_too_long(limit: usize) -> Remark {
    remark(format!("Der Suchtext ist länger als {limit} Bytes."), "Suchen Sie mit weniger Wörtern.")
}

pub(crate) fn number_of_entries(least: u32, most: u32) -> Remark {
    remark(
        format!("Die Zahl der Einträge liegt nicht zwischen {least} und {most}."),
        format!("Fragen Sie nach einer Zahl von {least} bis {most}."),
    )
}

pub(crate) fn number_of_values(least: u32, most: u32) -> Remark {
    remark(
        format!("Die Zahl der Werte einer Auswahlliste liegt nicht zwischen {least} und {most}."),
        format!("Fragen Sie nach einer Zahl von {least} bis {most}."),
    )
}

pub(crate) fn too_many_values(limit: u32) -> Remark {
    remark(
        format!("Die Zahl der Felder mal die Zahl der Werte ist größer als {limit}."),
        "Fragen Sie nach weniger Feldern, oder nach weniger Werten je Feld.",
    )
}

pub(crate) fn one_at_a_time(mode: &str) -> Remark {
    remark(format!("Der Modus `{mode}` nimmt ein Gespräch auf einmal."), "Rufen Sie für jedes Gespräch `run` auf.")
}

pub(crate) fn too_many_conversations(count: usize, limit: usize) -> Remark {
    remark(
        format!("Der Aufruf hat {count} Gespräche, mit diesen Einstellungen sind höchstens {limit} möglich."),
        "Übergeben Sie weniger auf einmal: Die Aufrufe einer langen Liste können aufeinander folgen.",
    )
}

pub(crate) fn conversations_too_large(limit: usize) -> Remark {
    remark(
        format!("Die Variablen aller Gespräche sind zusammen größer als {limit} Bytes."),
        "Übergeben Sie weniger auf einmal: Die Aufrufe einer langen Liste können aufeinander folgen.",
    )
}

pub(crate) fn too_many_earlier(count: usize, limit: usize) -> Remark {
    remark(
        format!(
            "Es gibt mehr als {count} Gespräche in `earlier`, oder ihre Variablen sind zusammen größer als {limit} \
             Bytes."
        ),
        "Klären Sie zuerst einige davon: Zweifel enden zehn Minuten nach der Anfrage.",
    )
}

pub(crate) fn more_findings() -> Remark {
    remark("Es gibt weitere Hinweise zu diesem Gespräch.", "Führen Sie es einzeln aus, um alle zu sehen.")
}
