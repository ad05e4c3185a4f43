//! What an administrator should know and do about each of Salesforce's error codes, in English and German.
//!
//! Source of the codes: REST API guide, "Status Codes and Error Responses"; SOAP API guide, "Error Handling".

/// The words that follow "Salesforce answered … for …: ".
pub fn advice(code: &str, status: u16) -> (&'static str, &'static str) {
    let known = CODES.iter().find(|(codes, ..)| codes.contains(&code));
    match known {
        Some(&(_, en, de)) => (en, de),
        None => of_status(code, status),
    }
}

const CODES: &[(&[&str], &str, &str)] = &[
    (
        &["INVALID_SESSION_ID"],
        "the access token is expired or revoked.",
        "das Zugriffstoken ist abgelaufen oder widerrufen.",
    ),
    (
        &["REQUEST_LIMIT_EXCEEDED"],
        "the org's API requests are used up for now.",
        "die API-Anfragen der Organisation sind vorerst aufgebraucht.",
    ),
    (
        &["UNABLE_TO_LOCK_ROW"],
        "another process was writing the same record.",
        "ein anderer Vorgang hat denselben Datensatz geschrieben.",
    ),
    (
        &["SERVER_UNAVAILABLE", "QUERY_TIMEOUT", "REQUEST_RUNNING_TOO_LONG", "TOO_MANY_APEX_REQUESTS"],
        "Salesforce was too busy.",
        "Salesforce war überlastet.",
    ),
    (
        &["REQUIRED_FIELD_MISSING"],
        "the org demands a value there. Map a value to it, with `whenBlank` \"fail\" if the chat may leave it out.",
        "die Organisation verlangt dort einen Wert. Ordnen Sie ihm einen zu, mit `whenBlank` „fail“, falls der Chat ihn \
         auslassen kann.",
    ),
    (
        &["INVALID_FIELD"],
        "a mapped field does not exist, or the integration user may not see it, or a key does not fit its type, or no \
         parent has the external id.",
        "ein zugeordnetes Feld gibt es nicht, oder der Integrationsbenutzer darf es nicht sehen, oder ein Schlüssel passt \
         nicht zum Feldtyp, oder kein übergeordneter Datensatz hat die externe ID.",
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
    (&["STRING_TOO_LONG"], "the value is longer than the field.", "der Wert ist länger als das Feld."),
    (&["INVALID_EMAIL_ADDRESS"], "the value is no e-mail address.", "der Wert ist keine E-Mail-Adresse."),
    (
        &["INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"],
        "the value is not one of the picklist's.",
        "der Wert steht nicht in der Auswahlliste.",
    ),
    (&["JSON_PARSER_ERROR"], "the value has not the type of the field.", "der Wert passt nicht zum Typ des Feldes."),
    (
        &["NUMBER_OUTSIDE_VALID_RANGE"],
        "the number has too many digits for the field.",
        "die Zahl hat zu viele Stellen für das Feld.",
    ),
    (
        &["MALFORMED_ID"],
        "the value is no id of a fitting record.",
        "der Wert ist keine ID eines passenden Datensatzes.",
    ),
    (
        &["INVALID_CROSS_REFERENCE_KEY", "ENTITY_IS_DELETED"],
        "the record does not exist, or not any more, or the integration user may not see it.",
        "den Datensatz gibt es nicht oder nicht mehr, oder der Integrationsbenutzer darf ihn nicht sehen.",
    ),
    (
        &["ENTITY_IS_LOCKED"],
        "the record is locked, for example by an approval process.",
        "der Datensatz ist gesperrt, zum Beispiel durch einen Genehmigungsprozess.",
    ),
    (
        &["FIELD_CUSTOM_VALIDATION_EXCEPTION"],
        "a validation rule or trigger of the org refused it.",
        "eine Validierungsregel oder ein Trigger der Organisation hat es abgelehnt.",
    ),
    (
        &["CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY"],
        "a trigger of the org failed.",
        "ein Trigger der Organisation ist fehlgeschlagen.",
    ),
    (
        &["DUPLICATE_VALUE"],
        "another record already has this value in a unique field.",
        "ein anderer Datensatz hat diesen Wert schon in einem eindeutigen Feld.",
    ),
    (
        &["DUPLICATES_DETECTED"],
        "a duplicate rule of the org found an existing record. Find it with a key, or allow duplicates.",
        "eine Duplikatregel der Organisation hat einen vorhandenen Datensatz gefunden. Finden Sie ihn mit einem Schlüssel, \
         oder lassen Sie Duplikate zu.",
    ),
    (
        &["INSUFFICIENT_ACCESS", "INSUFFICIENT_ACCESS_OR_READONLY", "INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY"],
        "the integration user lacks the permission.",
        "dem Integrationsbenutzer fehlt die Berechtigung.",
    ),
    (
        &["API_DISABLED_FOR_ORG", "API_CURRENTLY_DISABLED"],
        "the org or the user has no API access.",
        "die Organisation oder der Benutzer hat keinen API-Zugriff.",
    ),
    (&["STORAGE_LIMIT_EXCEEDED"], "the org's storage is full.", "der Speicher der Organisation ist voll."),
];

fn of_status(code: &str, status: u16) -> (&'static str, &'static str) {
    match status {
        300..400 => (
            "the address leads to another one, or to several. Redirects are not followed.",
            "die Adresse führt zu einer anderen oder zu mehreren. Weiterleitungen werden nicht verfolgt.",
        ),
        408 | 420 | 429 => {
            ("something before Salesforce asks for patience.", "eine Stelle vor Salesforce bittet um Geduld.")
        }
        500.. => ("Salesforce had a problem of its own.", "Salesforce hatte selbst ein Problem."),
        _ if code.starts_with("HTTP_") => (
            "this is not an answer of Salesforce's REST API. Does a proxy or a log-in page stand between?",
            "das ist keine Antwort der REST-API von Salesforce. Steht ein Proxy oder eine Anmeldeseite dazwischen?",
        ),
        _ => (
            "look the code up in Salesforce's documentation.",
            "schlagen Sie den Code in der Dokumentation von Salesforce nach.",
        ),
    }
}
