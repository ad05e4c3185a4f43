//! What the settings, the rights or the org's setup must change for. Source: REST API guide, "Status Codes and Error Responses";
//! SOAP API guide, "Error Handling".

use super::{Both, Row};

/// Source: help, "API Access Control".
pub(super) const NO_REST_API: Both = (
    "the org does not let this session use the REST API, and a new token changes nothing. An administrator must allow the app: \
     in Setup under API Access Control, or by approving it under Connected Apps OAuth Usage.",
    "die Organisation lässt diese Sitzung die REST-API nicht benutzen, und ein neues Token ändert daran nichts. Ein Administrator \
     muss die App zulassen: in Setup unter „API Access Control“, oder indem er sie unter „Connected Apps OAuth Usage“ freigibt.",
);
pub(super) const RECORD_TYPE: Both = (
    "the record type does not exist, or the integration user may not use it. Assign it in the user's profile or a permission \
     set, and run `prepare` again.",
    "den Datensatztyp gibt es nicht, oder der Integrationsbenutzer darf ihn nicht verwenden. Weisen Sie ihn im Profil des \
     Benutzers oder in einem Berechtigungssatz zu, und führen Sie `prepare` noch einmal aus.",
);

pub(super) const CODES: &[Row] = &[
    (
        &["INVALID_FIELD"],
        "a mapped field does not exist, or the integration user may not see it, or a key does not fit its type.",
        "ein zugeordnetes Feld gibt es nicht, oder der Integrationsbenutzer darf es nicht sehen, oder ein Schlüssel passt \
         nicht zum Feldtyp.",
    ),
    (
        &["INVALID_TYPE", "NOT_FOUND"],
        "there is no such object or field, or the integration user may not see it, or the org does not offer the API \
         version.",
        "dieses Objekt oder Feld gibt es nicht, oder der Integrationsbenutzer darf es nicht sehen, oder die Organisation \
         bietet die API-Version nicht an.",
    ),
    (
        &["INVALID_FIELD_FOR_INSERT_UPDATE"],
        "the integration user may not write there, or the field is read-only.",
        "der Integrationsbenutzer darf dort nicht schreiben, oder das Feld ist schreibgeschützt.",
    ),
    (
        &["CANNOT_UPDATE_CONVERTED_LEAD"],
        "the Lead has been converted and cannot be written any more; with `lookIn` its Contact is used.",
        "der Lead wurde konvertiert und kann nicht mehr geschrieben werden; mit `lookIn` wird sein Contact verwendet.",
    ),
    (
        &["INVALID_CROSS_REFERENCE_KEY", "ENTITY_IS_DELETED"],
        "the record does not exist, or not any more, or the integration user may not see it.",
        "den Datensatz gibt es nicht oder nicht mehr, oder der Integrationsbenutzer darf ihn nicht sehen.",
    ),
    (
        &["INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"],
        "the record that a lookup field names does not exist, or the integration user may not see it or link to it.",
        "den Datensatz, den ein Nachschlagefeld nennt, gibt es nicht, oder der Integrationsbenutzer darf ihn nicht sehen oder \
         nicht auf ihn verweisen.",
    ),
    (
        &["FIELD_FILTER_VALIDATION_EXCEPTION"],
        "the lookup filter of the field does not allow the record that it would point to.",
        "der Nachschlagefilter des Feldes lässt den Datensatz nicht zu, auf den es verweisen würde.",
    ),
    (
        &["ENTITY_IS_LOCKED"],
        "the record is locked, for example by an approval process.",
        "der Datensatz ist gesperrt, zum Beispiel durch einen Genehmigungsprozess.",
    ),
    (
        &["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"],
        "a trigger of the org failed. Setup shows which one in the debug logs of the integration user.",
        "ein Trigger der Organisation ist fehlgeschlagen. Welcher, zeigen in Setup die Debug-Protokolle des Integrationsbenutzers.",
    ),
    (
        &["CANNOT_EXECUTE_FLOW_TRIGGER"],
        "a record-triggered flow of the org failed. Salesforce sends the reason by e-mail to the flow's last editor or to the org's \
         Apex exception recipients.",
        "ein datensatzgesteuerter Flow der Organisation ist fehlgeschlagen. Den Grund schickt Salesforce per E-Mail an den letzten \
         Bearbeiter des Flows oder an die Empfänger der Apex-Ausnahmen.",
    ),
    (
        &["DUPLICATE_VALUE"],
        "another record already has this value in a unique field: that in `candidates`, if Salesforce names it. Find it by that \
         field, with `useToFindExisting`.",
        "ein anderer Datensatz hat diesen Wert schon in einem eindeutigen Feld: der in `candidates`, falls Salesforce ihn nennt. \
         Suchen Sie ihn über dieses Feld, mit `useToFindExisting`.",
    ),
    (
        &["DUPLICATES_DETECTED"],
        "a duplicate rule of the org found an existing record. Find it with a key, or allow duplicates.",
        "eine Duplikatregel der Organisation hat einen vorhandenen Datensatz gefunden. Finden Sie ihn mit einem Schlüssel, \
         oder lassen Sie Duplikate zu.",
    ),
    (
        &["DUPLICATE_EXTERNAL_ID"],
        "several records have this external id, so Salesforce cannot tell which is meant. Merge them, and mark the field as unique.",
        "mehrere Datensätze haben diese externe ID; Salesforce kann nicht entscheiden, welcher gemeint ist. Führen Sie sie zusammen, \
         und kennzeichnen Sie das Feld als eindeutig.",
    ),
    (
        &["INVALID_CURRENCY_ISO"],
        "the org does not use this currency. Activate it in Setup, or map a currency that is active to `CurrencyIsoCode`.",
        "die Organisation verwendet diese Währung nicht. Aktivieren Sie sie in Setup, oder ordnen Sie `CurrencyIsoCode` eine aktive \
         Währung zu.",
    ),
    (
        &["INACTIVE_OWNER_OR_USER"],
        "the owner, or another user that the record names, is inactive. Map another `OwnerId`, or correct the assignment rule or \
         the default owner in Setup.",
        "der Inhaber oder ein anderer Benutzer, den der Datensatz nennt, ist inaktiv. Ordnen Sie eine andere `OwnerId` zu, oder \
         berichtigen Sie in Setup die Zuordnungsregel oder den Standardinhaber.",
    ),
    (
        &["TRANSFER_REQUIRES_READ"],
        "the new owner may not read such records. Give that user the permission, or map another `OwnerId`.",
        "der neue Inhaber darf solche Datensätze nicht lesen. Geben Sie ihm die Berechtigung, oder ordnen Sie eine andere `OwnerId` zu.",
    ),
    (
        &["INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY"],
        "the integration user lacks the permission.",
        "dem Integrationsbenutzer fehlt die Berechtigung.",
    ),
    (
        &["TXN_SECURITY_NO_ACCESS"],
        "a transaction security policy of the org blocked it. Exempt the integration user in Setup under Transaction Security \
         Policies.",
        "eine Transaktionssicherheitsrichtlinie der Organisation hat es verhindert. Nehmen Sie den Integrationsbenutzer in Setup \
         davon aus.",
    ),
    (
        &["INVALID_OPERATION_WITH_EXPIRED_PASSWORD"],
        "the integration user's password has expired. Set a new one; for an integration user let passwords never expire.",
        "das Passwort des Integrationsbenutzers ist abgelaufen. Setzen Sie ein neues; lassen Sie es bei diesem Benutzer nie ablaufen.",
    ),
    (
        &["API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED"],
        "the org or the user has no API access.",
        "die Organisation oder der Benutzer hat keinen API-Zugriff.",
    ),
    (
        &["FUNCTIONALITY_NOT_ENABLED"],
        "the org has not enabled what this needs.",
        "die Organisation hat nicht aktiviert, was dafür nötig ist.",
    ),
    (
        &["ORG_LOCKED", "TRIAL_EXPIRED"],
        "the org is locked, or its trial has ended. Salesforce reactivates it.",
        "die Organisation ist gesperrt, oder ihre Testphase ist zu Ende. Salesforce schaltet sie wieder frei.",
    ),
    (
        &["PASSWORD_LOCKOUT"],
        "the integration user is locked after too many wrong passwords. Unlock the user in Setup.",
        "der Integrationsbenutzer ist nach zu vielen falschen Passwörtern gesperrt. Entsperren Sie ihn in Setup.",
    ),
    (&["STORAGE_LIMIT_EXCEEDED"], "the org's storage is full.", "der Speicher der Organisation ist voll."),
    (
        &["MALFORMED_QUERY", "MALFORMED_SEARCH"],
        "Salesforce cannot read the query. In an API request, correct `query` in the settings.",
        "Salesforce kann die Abfrage nicht lesen. Berichtigen Sie bei einer API-Anfrage `query` in den Einstellungen.",
    ),
    (
        &["METHOD_NOT_ALLOWED", "UNSUPPORTED_MEDIA_TYPE"],
        "this resource does not take such a request. In an API request, compare `method`, `path` and `body` with Salesforce's \
         documentation.",
        "diese Ressource nimmt eine solche Anfrage nicht an. Vergleichen Sie bei einer API-Anfrage `method`, `path` und `body` mit \
         der Dokumentation von Salesforce.",
    ),
];
