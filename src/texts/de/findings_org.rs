//! Settings, or a form's question, against the org as its integration user sees it.

use crate::texts::{Again, remarks};

remarks! {
    unknown_object(object)
        "Die Organisation zeigt dem Integrationsbenutzer kein Objekt `{object}`.",
        "Schreiben Sie den API-Namen, wie Setup ihn zeigt, oder lassen Sie einen Administrator dem \
         Integrationsbenutzer Zugriff geben.";

    misspelt_object(object, near)
        "Die Organisation zeigt dem Integrationsbenutzer kein Objekt `{object}`.",
        "Ist `{near}` gemeint? Andernfalls korrigieren Sie den Namen, oder lassen Sie einen Administrator dem \
         Integrationsbenutzer Zugriff geben.";

    unknown_field(field, object)
        "Die Organisation zeigt dem Integrationsbenutzer kein Feld `{field}` von `{object}`.",
        "Schreiben Sie den API-Namen, wie Setup ihn zeigt, oder lassen Sie einen Administrator dem \
         Integrationsbenutzer Zugriff geben.";

    misspelt_field(field, object, near)
        "Die Organisation zeigt dem Integrationsbenutzer kein Feld `{field}` von `{object}`.",
        "Ist `{near}` gemeint? Andernfalls korrigieren Sie den Namen, oder lassen Sie einen Administrator dem \
         Integrationsbenutzer Zugriff geben.";

    unknown_relationship(relationship, object)
        "`{object}` hat keine Beziehung `{relationship}`.",
        "Schreiben Sie den Namen der Beziehung, zum Beispiel `Account` oder `Parent__r`, oder lassen Sie einen \
         Administrator dem Integrationsbenutzer Zugriff geben.";

    misspelt_relationship(relationship, object, near, field)
        "`{object}` hat keine Beziehung `{relationship}`.",
        "Ist `{near}.{field}` gemeint?";

    parent_of_several(relationship, lookup)
        "Hinter `{relationship}` stehen mehrere Objekte, also sagt eine externe ID nicht, welches gemeint ist.",
        "Ordnen Sie stattdessen `{lookup}` eine ID zu.";

    read_of_several(path, lookup, shared)
        "Hinter `{path}` stehen mehrere Objekte, die dieses Feld nicht alle haben.",
        "Lesen Sie `{lookup}` oder eines der Felder, die alle haben: {shared}.";

    hidden_parent(relationship, lookup)
        "Die Organisation zeigt dem Integrationsbenutzer das Objekt hinter `{relationship}` nicht.",
        "Ordnen Sie stattdessen `{lookup}` eine ID zu, oder lassen Sie einen Administrator dem Integrationsbenutzer \
         Zugriff auf das Objekt geben.";

    hidden_parent_of_read(relationship)
        "Die Organisation zeigt dem Integrationsbenutzer das Objekt hinter `{relationship}` nicht.",
        "Entfernen Sie die Zeile, oder lassen Sie einen Administrator dem Integrationsbenutzer Zugriff auf das Objekt \
         geben.";

    parent_by_no_external_id(field)
        "Ein übergeordneter Datensatz wird über eine externe ID gefunden, und `{field}` ist keine.",
        "Nehmen Sie ein Feld, das in Setup als externe ID gekennzeichnet ist.";

    unsupported_type(field, word)
        "`{field}` ist vom Typ `{word}`, den kein Wert eines Gesprächs füllt.",
        "Ordnen Sie stattdessen seine Teile zu, zum Beispiel `MailingStreet` von `MailingAddress`.";

    no_single_value(path, record, word)
        "`{path}` von `{record}` ist vom Typ `{word}`, der kein einzelner Wert ist.",
        "Nehmen Sie stattdessen seine Teile, zum Beispiel `MailingStreet` von `MailingAddress`.";

    key_not_createable(field)
        "`{field}` kann bei einem neuen Datensatz nicht gesetzt werden.",
        "Schalten Sie <onlyUpdateExisting: true> ein, oder finden Sie den Datensatz über ein anderes Feld.";

    only_updateable(field)
        "`{field}` kann bei einem neuen Datensatz nicht gesetzt werden.",
        "Schalten Sie <onlyUpdateExisting: true> ein, oder entfernen Sie die Zeile.";

    read_only(field)
        "`{field}` kann bei einem neuen Datensatz nicht gesetzt werden.",
        "Entfernen Sie die Zeile, oder lassen Sie einen Administrator dem Integrationsbenutzer Schreibzugriff auf das \
         Feld geben.";

    only_createable(field)
        "`{field}` kann bei einem vorhandenen Datensatz nicht geändert werden.",
        "Wählen Sie <overwrite: \"on-create\">, oder entfernen Sie die Zeile.";

    not_searchable(field)
        "Nach `{field}` kann Salesforce nicht suchen: Es ist ein langer Text oder ein verschlüsseltes Feld.",
        "Nehmen Sie ein anderes Feld, um den Datensatz zu finden.";

    lookup_of_some(field, sobject, only_for)
        "`{field}` nimmt keine ID von `{sobject}`.",
        "Füllen Sie <onlyFor: {only_for}> aus: Dann bleibt das Feld bei anderen unverändert.";

    lookup_of_another(field, sobject)
        "`{field}` nimmt keine ID von `{sobject}`.",
        "Nehmen Sie ein Nachschlagefeld für `{sobject}`.";

    field_of_some(sobject, field, others)
        "`{sobject}`, eines der Objekte, in denen der Datensatz gesucht wird, hat kein Feld `{field}`; dieses Feld \
         haben: {others}.",
        "Füllen Sie in dieser Zeile <onlyFor: {others}> aus.";

    stored_field_of_some(sobject, field, others)
        "`{sobject}`, eines der Objekte, in denen der Datensatz gesucht wird, hat kein Feld `{field}`; dieses Feld \
         haben: {others}.",
        "Entfernen Sie es: Was in einer Variable behalten wird, müssen alle Objekte haben.";

    preset_field_left_out(field)
        "Der Integrationsbenutzer darf `{field}` nicht füllen, also lässt die Vorlage es weg.",
        "Wenn das Feld leer bleiben darf, ist nichts zu tun. Andernfalls lassen Sie einen Administrator dem \
         Integrationsbenutzer Zugriff darauf geben.";

    may_not_create(sobject)
        "Der Integrationsbenutzer darf `{sobject}` nicht anlegen.",
        "Lassen Sie einen Administrator das Recht im Profil des Benutzers oder in einem Berechtigungssatz geben.";

    may_not_update(sobject)
        "Der Integrationsbenutzer darf `{sobject}` nicht ändern.",
        "Lassen Sie einen Administrator das Recht im Profil des Benutzers oder in einem Berechtigungssatz geben.";

    person_accounts()
        "In dieser Organisation kann eine Person ein Account sein (Personenaccount), dessen Contact nicht für sich \
         geschrieben werden kann.",
        "Ordnen Sie Privatkunden Account zu, mit `PersonEmail` als Schlüssel, wenn der Integrationsbenutzer es sehen \
         darf; behalten Sie Contact für Personen aus Firmen.";

    required_field(field, sobject)
        "Die Organisation verlangt `{field}` bei jedem neuen Datensatz `{sobject}`, und keine Zeile füllt es.",
        "Fügen Sie eine Zeile dafür hinzu, oder schalten Sie <onlyUpdateExisting: true> ein.";

    required_name()
        "Die Organisation verlangt bei jedem neuen `Account` einen `Name`, wenn er eine Firma ist, oder einen \
         `LastName`, wenn er eine Person ist, und keine Zeile füllt eines davon.",
        "Fügen Sie eine Zeile für eines davon hinzu, oder schalten Sie <onlyUpdateExisting: true> ein.";

    two_names()
        "Der Account einer Firma nimmt nur `Name`, der einer Person nur `LastName`; mit Werten für beide wird der \
         Account abgelehnt.",
        "Behalten Sie eine der Zeilen, oder zwei Datensätze; oder sorgen Sie dafür, dass das Gespräch nie beide Werte \
         gibt.";

    currency_not_given(sobject)
        "Die Organisation hat mehrere Währungen, und ein neuer Datensatz `{sobject}` bekommt die des \
         Integrationsbenutzers, welche der Besucher auch meint.",
        "Wenn diese Währung gemeint ist, ist nichts zu tun. Andernfalls ordnen Sie `CurrencyIsoCode` ihren Code zu, \
         zum Beispiel \"EUR\".";

    idempotency_not_unique(field)
        "`{field}` ist nicht zugleich externe ID und eindeutig, also könnte ein Schritt zweimal geschrieben werden.",
        "Kennzeichnen Sie das Feld in Setup als externe ID und als eindeutig, oder nehmen Sie ein anderes.";

    idempotency_no_text(field)
        "`{field}` ist kein Textfeld.",
        "Nehmen Sie ein Textfeld mit 255 Zeichen.";

    idempotency_read_only(field)
        "Der Integrationsbenutzer darf `{field}` nicht füllen.",
        "Lassen Sie einen Administrator dem Integrationsbenutzer Schreibzugriff auf das Feld geben.";

    record_type_not_assigned(wanted)
        "Der Integrationsbenutzer darf den Datensatztyp `{wanted}` nicht verwenden.",
        "Lassen Sie einen Administrator ihn im Profil des Benutzers oder in einem Berechtigungssatz zuweisen.";

    unknown_record_type(sobject, wanted)
        "`{sobject}` hat keinen Datensatztyp `{wanted}`.",
        "Schreiben Sie den DeveloperName, den Setup als Name des Datensatztyps zeigt.";

    misspelt_record_type(sobject, wanted, near)
        "`{sobject}` hat keinen Datensatztyp `{wanted}`.",
        "Ist `{near}` gemeint?";

    unknown_assignment_rule(sobject)
        "`{sobject}` hat keine Zuordnungsregel mit dieser ID.",
        "Kopieren Sie die ID aus der Adresse der Seite der Regel in Setup, oder wählen Sie <assignmentRule: \
         \"default\">.";

    no_active_assignment_rule(sobject)
        "Keine Zuordnungsregel von `{sobject}` ist aktiv: Inhaber wird, wer in der Organisation voreingestellt ist.",
        "Wenn dieser Inhaber gemeint ist, ist nichts zu tun. Andernfalls aktivieren Sie in Setup eine Regel, oder \
         ordnen Sie `OwnerId` zu.";

    conversion_hidden()
        "Der Integrationsbenutzer darf nicht sehen, welcher Contact aus einem konvertierten Lead geworden ist.",
        "Lassen Sie einen Administrator Lesezugriff auf `IsConverted` und `ConvertedContactId` von Lead geben.";

    not_queryable(sobject)
        "Nach Datensätzen von `{sobject}` kann Salesforce nicht suchen.",
        "Lesen Sie ein anderes Objekt, zum Beispiel eines, das darauf verweist.";

    validation_rules_unread()
        "Die Organisation hat ihre Validierungsregeln nicht gezeigt, also sagt ein Fehler nicht, welche davon einen \
         Datensatz abgelehnt hat.",
        "Wenn sich das in Setup herausfinden lässt, ist nichts zu tun. Andernfalls geben Sie dem Integrationsbenutzer \
         das Recht „Setup und Konfiguration anzeigen“, und führen Sie `prepare` noch einmal aus.";
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
