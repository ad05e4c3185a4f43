//! Settings, or a form's question, against the org as its integration user sees it.

use std::fmt::Display;

use crate::texts::{Again, Remark, remark};

pub(crate) fn unknown_object(object: &dyn Display) -> Remark {
    remark(
        format!("Die Organisation zeigt dem Integrationsbenutzer kein Objekt `{object}`."),
        "Schreiben Sie den API-Namen, wie Setup ihn zeigt, oder lassen Sie einen Administrator dem \
         Integrationsbenutzer Zugriff geben.",
    )
}

pub(crate) fn misspelt_object(object: &dyn Display, near: &str) -> Remark {
    remark(
        format!("Die Organisation zeigt dem Integrationsbenutzer kein Objekt `{object}`."),
        format!(
            "Ist `{near}` gemeint? Andernfalls korrigieren Sie den Namen, oder lassen Sie einen Administrator dem \
             Integrationsbenutzer Zugriff geben."
        ),
    )
}

pub(crate) fn unknown_field(field: &dyn Display, object: &dyn Display) -> Remark {
    remark(
        format!("Die Organisation zeigt dem Integrationsbenutzer kein Feld `{field}` von `{object}`."),
        "Schreiben Sie den API-Namen, wie Setup ihn zeigt, oder lassen Sie einen Administrator dem \
         Integrationsbenutzer Zugriff geben.",
    )
}

pub(crate) fn misspelt_field(field: &dyn Display, object: &dyn Display, near: &str) -> Remark {
    remark(
        format!("Die Organisation zeigt dem Integrationsbenutzer kein Feld `{field}` von `{object}`."),
        format!(
            "Ist `{near}` gemeint? Andernfalls korrigieren Sie den Namen, oder lassen Sie einen Administrator dem \
             Integrationsbenutzer Zugriff geben."
        ),
    )
}

pub(crate) fn unknown_relationship(relationship: &dyn Display, object: &dyn Display) -> Remark {
    remark(
        format!("`{object}` hat keine Beziehung `{relationship}`."),
        "Schreiben Sie den Namen der Beziehung, zum Beispiel `Account` oder `Parent__r`, oder lassen Sie einen \
         Administrator dem Integrationsbenutzer Zugriff geben.",
    )
}

pub(crate) fn misspelt_relationship(
    relationship: &dyn Display,
    object: &dyn Display,
    near: &str,
    field: &dyn Display,
) -> Remark {
    remark(format!("`{object}` hat keine Beziehung `{relationship}`."), format!("Ist `{near}.{field}` gemeint?"))
}

pub(crate) fn parent_of_several(relationship: &dyn Display, lookup: &dyn Display) -> Remark {
    remark(
        format!(
            "Hinter `{relationship}` stehen mehrere Objekte, also sagt eine externe ID nicht, welches gemeint ist."
        ),
        format!("Ordnen Sie stattdessen `{lookup}` eine ID zu."),
    )
}

pub(crate) fn read_of_several(path: &dyn Display, lookup: &dyn Display, shared: &str) -> Remark {
    remark(
        format!("Hinter `{path}` stehen mehrere Objekte, die dieses Feld nicht alle haben."),
        format!("Lesen Sie `{lookup}` oder eines der Felder, die alle haben: {shared}."),
    )
}

pub(crate) fn hidden_parent(relationship: &dyn Display, lookup: &dyn Display) -> Remark {
    remark(
        format!("Die Organisation zeigt dem Integrationsbenutzer das Objekt hinter `{relationship}` nicht."),
        format!(
            "Ordnen Sie stattdessen `{lookup}` eine ID zu, oder lassen Sie einen Administrator dem \
             Integrationsbenutzer Zugriff auf das Objekt geben."
        ),
    )
}

pub(crate) fn hidden_parent_of_read(relationship: &dyn Display) -> Remark {
    remark(
        format!("Die Organisation zeigt dem Integrationsbenutzer das Objekt hinter `{relationship}` nicht."),
        "Entfernen Sie die Zeile, oder lassen Sie einen Administrator dem Integrationsbenutzer Zugriff auf das \
         Objekt geben.",
    )
}

pub(crate) fn parent_by_no_external_id(field: &dyn Display) -> Remark {
    remark(
        format!("Ein übergeordneter Datensatz wird über eine externe ID gefunden, und `{field}` ist keine."),
        "Nehmen Sie ein Feld, das in Setup als externe ID gekennzeichnet ist.",
    )
}

pub(crate) fn unsupported_type(field: &dyn Display, word: &str) -> Remark {
    remark(
        format!("`{field}` ist vom Typ `{word}`, den kein Wert eines Gesprächs füllt."),
        "Ordnen Sie stattdessen seine Teile zu, zum Beispiel `MailingStreet` von `MailingAddress`.",
    )
}

pub(crate) fn no_single_value(path: &dyn Display, record: &dyn Display, word: &str) -> Remark {
    remark(
        format!("`{path}` von `{record}` ist vom Typ `{word}`, der kein einzelner Wert ist."),
        "Nehmen Sie stattdessen seine Teile, zum Beispiel `MailingStreet` von `MailingAddress`.",
    )
}

pub(crate) fn key_not_createable(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` kann bei einem neuen Datensatz nicht gesetzt werden."),
        "Schalten Sie „Nur vorhandene Datensätze aktualisieren, keine neuen anlegen“ ein (JSON: \
         \"onlyUpdateExisting\": true), oder finden Sie den Datensatz über ein anderes Feld.",
    )
}

pub(crate) fn only_updateable(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` kann bei einem neuen Datensatz nicht gesetzt werden."),
        "Schalten Sie „Nur vorhandene Datensätze aktualisieren, keine neuen anlegen“ ein (JSON: \
         \"onlyUpdateExisting\": true), oder entfernen Sie die Zeile.",
    )
}

pub(crate) fn read_only(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` kann bei einem neuen Datensatz nicht gesetzt werden."),
        "Entfernen Sie die Zeile, oder lassen Sie einen Administrator dem Integrationsbenutzer Schreibzugriff auf \
         das Feld geben.",
    )
}

pub(crate) fn only_createable(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` kann bei einem vorhandenen Datensatz nicht geändert werden."),
        "Wählen Sie „Nie, nur bei neuen Datensätzen“ bei „Überschreiben“ (JSON: \"overwrite\": \"on-create\"), oder \
         entfernen Sie die Zeile.",
    )
}

pub(crate) fn not_searchable(field: &dyn Display) -> Remark {
    remark(
        format!("Nach `{field}` kann Salesforce nicht suchen: Es ist ein langer Text oder ein verschlüsseltes Feld."),
        "Nehmen Sie ein anderes Feld, um den Datensatz zu finden.",
    )
}

pub(crate) fn lookup_of_some(field: &dyn Display, sobject: &dyn Display, only_for: &str) -> Remark {
    remark(
        format!("`{field}` nimmt keine ID von `{sobject}`."),
        format!(
            "Füllen Sie „Nur für diese Objekte“ aus (JSON: \"onlyFor\": {only_for}): Dann bleibt das Feld bei \
             anderen unverändert."
        ),
    )
}

pub(crate) fn lookup_of_another(field: &dyn Display, sobject: &dyn Display) -> Remark {
    remark(
        format!("`{field}` nimmt keine ID von `{sobject}`."),
        format!("Nehmen Sie ein Nachschlagefeld für `{sobject}`."),
    )
}

pub(crate) fn field_of_some(sobject: &dyn Display, field: &dyn Display, others: &str) -> Remark {
    remark(
        format!(
            "`{sobject}`, eines der Objekte, in denen der Datensatz gesucht wird, hat kein Feld `{field}`; dieses \
             Feld haben: {others}."
        ),
        format!("Füllen Sie in dieser Zeile „Nur für diese Objekte“ aus (JSON: \"onlyFor\": {others})."),
    )
}

pub(crate) fn stored_field_of_some(sobject: &dyn Display, field: &dyn Display, others: &str) -> Remark {
    remark(
        format!(
            "`{sobject}`, eines der Objekte, in denen der Datensatz gesucht wird, hat kein Feld `{field}`; dieses \
             Feld haben: {others}."
        ),
        "Entfernen Sie es: Was in einer Variable behalten wird, müssen alle Objekte haben.",
    )
}

pub(crate) fn preset_field_left_out(field: &dyn Display) -> Remark {
    remark(
        format!("Der Integrationsbenutzer darf `{field}` nicht füllen, also lässt die Vorlage es weg."),
        "Wenn das Feld leer bleiben darf, ist nichts zu tun. Andernfalls lassen Sie einen Administrator dem \
         Integrationsbenutzer Zugriff darauf geben.",
    )
}

pub(crate) fn may_not_create(sobject: &dyn Display) -> Remark {
    remark(
        format!("Der Integrationsbenutzer darf `{sobject}` nicht anlegen."),
        "Lassen Sie einen Administrator das Recht im Profil des Benutzers oder in einem Berechtigungssatz geben.",
    )
}

pub(crate) fn may_not_update(sobject: &dyn Display) -> Remark {
    remark(
        format!("Der Integrationsbenutzer darf `{sobject}` nicht ändern."),
        "Lassen Sie einen Administrator das Recht im Profil des Benutzers oder in einem Berechtigungssatz geben.",
    )
}

pub(crate) fn person_accounts() -> Remark {
    remark(
        "In dieser Organisation kann eine Person ein Account sein (Personenaccount), dessen Contact nicht für sich \
         geschrieben werden kann.",
        "Ordnen Sie Privatkunden Account zu, mit `PersonEmail` als Schlüssel, wenn der Integrationsbenutzer es sehen \
         darf; behalten Sie Contact für Personen aus Firmen.",
    )
}

pub(crate) fn required_field(field: &dyn Display, sobject: &dyn Display) -> Remark {
    remark(
        format!("Die Organisation verlangt `{field}` bei jedem neuen Datensatz `{sobject}`, und keine Zeile füllt es."),
        "Fügen Sie eine Zeile dafür hinzu, oder schalten Sie „Nur vorhandene Datensätze aktualisieren, keine neuen \
         anlegen“ ein (JSON: \"onlyUpdateExisting\": true).",
    )
}

pub(crate) fn required_name() -> Remark {
    remark(
        "Die Organisation verlangt bei jedem neuen `Account` einen `Name`, wenn er eine Firma ist, oder einen \
         `LastName`, wenn er eine Person ist, und keine Zeile füllt eines davon.",
        "Fügen Sie eine Zeile für eines davon hinzu, oder schalten Sie „Nur vorhandene Datensätze aktualisieren, \
         keine neuen anlegen“ ein (JSON: \"onlyUpdateExisting\": true).",
    )
}

pub(crate) fn two_names() -> Remark {
    remark(
        "Der Account einer Firma nimmt nur `Name`, der einer Person nur `LastName`; mit Werten für beide wird der \
         Account abgelehnt.",
        "Behalten Sie eine der Zeilen, oder zwei Datensätze; oder sorgen Sie dafür, dass das Gespräch nie beide \
         Werte gibt.",
    )
}

pub(crate) fn currency_not_given(sobject: &dyn Display) -> Remark {
    remark(
        format!(
            "Die Organisation hat mehrere Währungen, und ein neuer Datensatz `{sobject}` bekommt die des \
             Integrationsbenutzers, welche der Besucher auch meint."
        ),
        "Wenn diese Währung gemeint ist, ist nichts zu tun. Andernfalls ordnen Sie `CurrencyIsoCode` ihren Code zu, \
         zum Beispiel \"EUR\".",
    )
}

pub(crate) fn idempotency_not_unique(field: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` ist nicht zugleich externe ID und eindeutig, also könnte ein Schritt zweimal geschrieben \
             werden."
        ),
        "Kennzeichnen Sie das Feld in Setup als externe ID und als eindeutig, oder nehmen Sie ein anderes.",
    )
}

pub(crate) fn idempotency_no_text(field: &dyn Display) -> Remark {
    remark(format!("`{field}` ist kein Textfeld."), "Nehmen Sie ein Textfeld mit 255 Zeichen.")
}

pub(crate) fn idempotency_read_only(field: &dyn Display) -> Remark {
    remark(
        format!("Der Integrationsbenutzer darf `{field}` nicht füllen."),
        "Lassen Sie einen Administrator dem Integrationsbenutzer Schreibzugriff auf das Feld geben.",
    )
}

pub(crate) fn record_type_not_assigned(wanted: &str) -> Remark {
    remark(
        format!("Der Integrationsbenutzer darf den Datensatztyp `{wanted}` nicht verwenden."),
        "Lassen Sie einen Administrator ihn im Profil des Benutzers oder in einem Berechtigungssatz zuweisen.",
    )
}

pub(crate) fn unknown_record_type(sobject: &dyn Display, wanted: &str) -> Remark {
    remark(
        format!("`{sobject}` hat keinen Datensatztyp `{wanted}`."),
        "Schreiben Sie den DeveloperName, den Setup als Name des Datensatztyps zeigt.",
    )
}

pub(crate) fn misspelt_record_type(sobject: &dyn Display, wanted: &str, near: &str) -> Remark {
    remark(format!("`{sobject}` hat keinen Datensatztyp `{wanted}`."), format!("Ist `{near}` gemeint?"))
}

pub(crate) fn unknown_assignment_rule(sobject: &dyn Display) -> Remark {
    remark(
        format!("`{sobject}` hat keine Zuordnungsregel mit dieser ID."),
        "Kopieren Sie die ID aus der Adresse der Seite der Regel in Setup, oder wählen Sie „Die aktive Regel der \
         Organisation“ bei „Zuordnungsregel“ (JSON: \"assignmentRule\": \"default\").",
    )
}

pub(crate) fn no_active_assignment_rule(sobject: &dyn Display) -> Remark {
    remark(
        format!(
            "Keine Zuordnungsregel von `{sobject}` ist aktiv: Inhaber wird, wer in der Organisation voreingestellt \
             ist."
        ),
        "Wenn dieser Inhaber gemeint ist, ist nichts zu tun. Andernfalls aktivieren Sie in Setup eine Regel, oder \
         ordnen Sie `OwnerId` zu.",
    )
}

pub(crate) fn conversion_hidden() -> Remark {
    remark(
        "Der Integrationsbenutzer darf nicht sehen, welcher Contact aus einem konvertierten Lead geworden ist.",
        "Lassen Sie einen Administrator Lesezugriff auf `IsConverted` und `ConvertedContactId` von Lead geben.",
    )
}

pub(crate) fn not_queryable(sobject: &dyn Display) -> Remark {
    remark(
        format!("Nach Datensätzen von `{sobject}` kann Salesforce nicht suchen."),
        "Lesen Sie ein anderes Objekt, zum Beispiel eines, das darauf verweist.",
    )
}

pub(crate) fn validation_rules_unread() -> Remark {
    remark(
        "Die Organisation hat ihre Validierungsregeln nicht gezeigt, also sagt ein Fehler nicht, welche davon einen \
         Datensatz abgelehnt hat.",
        "Wenn sich das in Setup herausfinden lässt, ist nichts zu tun. Andernfalls geben Sie dem \
         Integrationsbenutzer das Recht „Setup und Konfiguration anzeigen“, und führen Sie `prepare` noch einmal aus.",
    )
}

pub(crate) fn ask_with_a_new_token(again: Again) -> &'static str {
    match again {
        Again::Prepare => "Erneuern Sie das Zugriffstoken, und führen Sie `prepare` noch einmal aus.",
        Again::Ask => "Erneuern Sie das Zugriffstoken, und fragen Sie noch einmal.",
    }
}

pub(crate) fn ask_later(again: Again) -> &'static str {
    match again {
        Again::Prepare => "Führen Sie `prepare` später noch einmal aus.",
        Again::Ask => "Fragen Sie später noch einmal.",
    }
}

pub(crate) fn ask_when_corrected(again: Again) -> &'static str {
    match again {
        Again::Prepare => "Korrigieren Sie das, und führen Sie `prepare` noch einmal aus.",
        Again::Ask => "Korrigieren Sie das, und fragen Sie noch einmal.",
    }
}

pub(crate) fn ask_or_check_the_way(again: Again) -> &'static str {
    match again {
        Again::Prepare => "Führen Sie `prepare` später noch einmal aus, oder prüfen Sie den Weg zur Organisation.",
        Again::Ask => "Fragen Sie später noch einmal, oder prüfen Sie den Weg zur Organisation.",
    }
}
