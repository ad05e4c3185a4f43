//! What another value mends: the visitor can do it. Source: REST API guide, "Status Codes and Error Responses"; SOAP API
//! guide, "Error Handling".

use super::{Both, Row};

/// Source: help, "State and Country/Territory Picklists"; recorded refusals.
pub(super) const STATE_OR_COUNTRY: Both = (
    "the org has state and country picklists, and this is none of their values, or no state of that country. `Country` and \
     `State` take only the label of the list, letter by letter, `CountryCode` and `StateCode` only its code, such as \"DE\". Map \
     the code field, and let the chat offer the values of the list.",
    "die Organisation hat Auswahllisten für Länder und Bundesländer, und dieser Wert steht nicht darin, oder das Bundesland \
     gehört nicht zum Land. `Country` und `State` nehmen nur die Bezeichnung aus der Liste, Buchstabe für Buchstabe, `CountryCode` und \
     `StateCode` nur deren Code, etwa „DE“. Ordnen Sie das Feld für den Code zu, und lassen Sie den Chat die Werte der Liste anbieten.",
);
/// A parent is what a mapping such as `Account.Customer_No__c` names.
pub(super) const NO_PARENT: Both = (
    "no record has the external id that was given for the parent, or the integration user may not see it.",
    "kein Datensatz hat die externe ID, die für den übergeordneten Datensatz angegeben wurde, oder der Integrationsbenutzer darf \
     ihn nicht sehen.",
);

pub(super) const CODES: &[Row] = &[
    (
        &["REQUIRED_FIELD_MISSING"],
        "the org demands a value there. Map a value to it, with `whenBlank` \"fail\" if the chat may leave it out.",
        "die Organisation verlangt dort einen Wert. Ordnen Sie ihm einen zu, mit `whenBlank` „fail“, falls der Chat ihn \
         auslassen kann.",
    ),
    (&["STRING_TOO_LONG"], "the value is longer than the field.", "der Wert ist länger als das Feld."),
    (&["INVALID_EMAIL_ADDRESS"], "the value is no e-mail address.", "der Wert ist keine E-Mail-Adresse."),
    (
        &["INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST"],
        "the value is not one of the picklist's.",
        "der Wert steht nicht in der Auswahlliste.",
    ),
    (
        &["FIELD_INTEGRITY_EXCEPTION"],
        "the value is of the right type and still not possible there: it contradicts another field, or is none that Salesforce \
         accepts. For a state or a country only the label or the code of the org's list will do.",
        "der Wert hat den richtigen Typ und ist dort trotzdem nicht möglich: Er widerspricht einem anderen Feld, oder Salesforce \
         nimmt ihn nicht an. Bei Ländern und Bundesländern passt nur die Bezeichnung oder der Code aus der Liste der Organisation.",
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
        &["INVALID_QUERY_FILTER_OPERATOR"],
        "a value does not fit the field that it is compared with: for a lookup field, it is no id.",
        "ein Wert passt nicht zu dem Feld, mit dem er verglichen wird: Für ein Nachschlagefeld ist er keine ID.",
    ),
    (
        &["FIELD_CUSTOM_VALIDATION_EXCEPTION"],
        "a validation rule or trigger of the org refused it.",
        "eine Validierungsregel oder ein Trigger der Organisation hat es abgelehnt.",
    ),
];
