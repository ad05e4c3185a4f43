//! What passes by itself. Source: REST API guide, "Status Codes and Error Responses"; App Limits Cheatsheet.

use super::{Both, Row};

pub(super) const AT_THE_SAME_TIME: Both = (
    "too many long requests are running in the org at the same time. The requests of the day are not used up.",
    "in der Organisation laufen zu viele lange Anfragen gleichzeitig. Die Anfragen des Tages sind nicht aufgebraucht.",
);
pub(super) const LOCK_OF_A_TRIGGER: Both = (
    "a trigger or a flow of the org needed a record that another process was writing.",
    "ein Trigger oder ein Flow der Organisation brauchte einen Datensatz, den gerade ein anderer Vorgang schrieb.",
);

pub(super) const CODES: &[Row] = &[
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
        &["UNKNOWN_EXCEPTION"],
        "Salesforce had a problem of its own. If it stays, Salesforce's support needs the time at which it happened.",
        "Salesforce hatte selbst ein Problem. Bleibt es, braucht der Support von Salesforce die Uhrzeit.",
    ),
];
