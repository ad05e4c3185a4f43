//! Errors of the wire → ours: Salesforce's code, with our own words.
//!
//! Salesforce's message may repeat what the visitor typed ("data value too large: …") or name other people's records, so it goes no
//! further than the wire. Source: REST API guide, "Status Codes and Error Responses".

use super::advice::{Circumstances, advice};
use super::{RecordError, Retry};
use crate::salesforce::FieldName;
use crate::wire::{ApiError, TransportError, TransportErrorKind};

impl ApiError {
    /// The same in our own words: code, fields and what to do, and nothing of Salesforce's message. `retry` is kept as it is.
    pub fn into_record_error(self, retry: Retry) -> RecordError {
        let Self { code, status, fields, reason, .. } = self;
        let names: Vec<&str> = fields.iter().map(FieldName::as_str).collect();
        let (of, von) = match names.join(", ") {
            names if names.is_empty() => (String::new(), String::new()),
            names => (format!(" for {names}"), format!(" für {names}")),
        };
        let (whose, (en, de)) = advice(&code, &Circumstances { status, fields: &fields, reason });
        let words = (
            format!("Salesforce answered {code} (HTTP {status}){of}: {en}"),
            format!("Salesforce hat {code} (HTTP {status}){von} geantwortet: {de}"),
        );
        RecordError::new(code, words, retry).with_fields(&fields).with_whose(whose)
    }
}

impl TransportError {
    pub(crate) fn into_record_error(self, retry: Retry) -> RecordError {
        let (code, en, de) = match self.kind {
            TransportErrorKind::Denied => (
                "REQUEST_DENIED",
                "The host does not let the module reach the deployment domain.",
                "Die Plattform lässt das Modul die Domain der Organisation nicht erreichen.",
            ),
            TransportErrorKind::Dns => (
                "HOST_NOT_FOUND",
                "The deployment domain has no address: is it misspelt?",
                "Die Domain der Organisation hat keine Adresse: Ist sie falsch geschrieben?",
            ),
            TransportErrorKind::Connect => (
                "CONNECTION_FAILED",
                "No connection to the deployment domain.",
                "Keine Verbindung zur Domain der Organisation.",
            ),
            TransportErrorKind::Tls | TransportErrorKind::Certificate => (
                "TLS_FAILED",
                "No secure connection: the certificate is not trusted. Does a proxy open TLS?",
                "Keine sichere Verbindung: Dem Zertifikat wird nicht vertraut. Öffnet ein Proxy TLS?",
            ),
            TransportErrorKind::Timeout => {
                ("TIMEOUT", "Salesforce did not answer in time.", "Salesforce hat nicht rechtzeitig geantwortet.")
            }
            TransportErrorKind::CutOff => (
                "ANSWER_CUT_OFF",
                "The connection ended before the answer did.",
                "Die Verbindung endete vor der Antwort.",
            ),
            TransportErrorKind::TooLarge => (
                "ANSWER_TOO_LARGE",
                "The answer is larger than the module takes.",
                "Die Antwort ist größer, als das Modul annimmt.",
            ),
            TransportErrorKind::Other => {
                ("HTTP_FAILED", "The request failed on the way.", "Die Anfrage ist unterwegs gescheitert.")
            }
        };
        RecordError::new(code, (en, de), retry)
    }
}

pub(crate) fn unreadable(retry: Retry) -> RecordError {
    RecordError::new(
        "ANSWER_UNREADABLE",
        (
            "The answer is not one of Salesforce's REST API. Does a proxy or a log-in page stand between?",
            "Die Antwort ist keine der REST-API von Salesforce. Steht ein Proxy oder eine Anmeldeseite dazwischen?",
        ),
        retry,
    )
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn a_message_never_repeats_what_salesforce_wrote() {
        let body = json!([{
            "errorCode": "STRING_TOO_LONG",
            "message": "First Name: data value too large: canary (max length=40)",
            "fields": ["FirstName", "canary value", 7],
        }]);
        let error = ApiError::new(400, &body).into_record_error(Retry::Never);
        assert_eq!((&*error.code, error.fields.as_slice()), ("STRING_TOO_LONG", ["FirstName".to_owned()].as_slice()));
        assert!(!format!("{error:?}").contains("canary"));
    }

    #[test]
    fn a_missing_column_is_named_if_the_run_uses_that_name() {
        let message =
            "SELECT Emial FROM Contact WHERE LastName = 'Canary'\nNo such column 'Emial' on entity 'Contact'.";
        let error = ApiError::new(400, &json!([{ "errorCode": "INVALID_FIELD", "message": message }]));
        let emial = FieldName::parse("Emial").unwrap();
        let error = error.naming(|name| *name == emial).into_record_error(Retry::Never);
        assert_eq!(error.fields, ["Emial"]);
        assert!(error.message.en.contains("Emial") && !format!("{error:?}").contains("Canary"));
    }
}
