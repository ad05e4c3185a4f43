//! Errors of the wire → ours: Salesforce's code, with our own words.
//!
//! Salesforce's message may repeat what the visitor typed ("data value too large: …") or name other people's records, so it goes no
//! further than the wire. Source: REST API guide, "Status Codes and Error Responses".

use super::advice::advice;
use super::{RecordError, Retry};
use crate::base::Words;
use crate::code::Code;
use crate::texts::text;
use crate::wire::{ApiError, TransportError, TransportErrorKind};

impl ApiError {
    /// The same in our own words: code, fields and what to do, and nothing of Salesforce's message. `retry` is kept as it is.
    pub fn into_record_error(self, retry: Retry) -> RecordError {
        let names: Vec<String> = self.fields.iter().map(|field| format!("`{field}`")).collect();
        let answered = match self.has_code() {
            true => text!(salesforce::answered(self.code.as_str(), self.status, &names.join(", "))),
            false => text!(salesforce::answered_status(self.status)),
        };
        let (whose, advice) = advice(&self);
        RecordError::new(self.code, repeated(answered.then(&advice), retry))
            .with_retry(retry)
            .with_fields(&self.fields)
            .with_whose(whose)
    }
}

impl TransportError {
    pub(crate) fn into_record_error(self, retry: Retry) -> RecordError {
        let code = match self.kind {
            TransportErrorKind::Denied => Code::RequestDenied,
            TransportErrorKind::Dns => Code::HostNotFound,
            TransportErrorKind::Connect => Code::ConnectionFailed,
            TransportErrorKind::Tls | TransportErrorKind::Certificate => Code::TlsFailed,
            TransportErrorKind::Timeout => Code::Timeout,
            TransportErrorKind::CutOff => Code::AnswerCutOff,
            TransportErrorKind::TooLarge => Code::AnswerTooLarge,
            TransportErrorKind::Other => Code::HttpFailed,
        };
        on_the_way(code, retry)
    }
}

pub(crate) fn unreadable(retry: Retry) -> RecordError {
    on_the_way(Code::AnswerUnreadable, retry)
}

fn on_the_way(code: Code, retry: Retry) -> RecordError {
    let words = code.words().map(Words::from);
    let words = words.unwrap_or_else(|| text!(way::FAILED));
    RecordError::new(code, repeated(words, retry)).with_retry(retry)
}

/// With what to do last, where running again is all. Before a write in doubt is repeated, more is to be done.
fn repeated(words: Words, retry: Retry) -> Words {
    match retry {
        Retry::Later => words.then(&text!(salesforce::RUN_LATER)),
        Retry::RenewSession => words.then(&text!(salesforce::RENEW_AND_RUN)),
        Retry::Never | Retry::Verify => words,
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::base::Language;
    use crate::salesforce::FieldName;

    #[test]
    fn a_message_never_repeats_what_salesforce_wrote() {
        let body = json!([{
            "errorCode": "STRING_TOO_LONG",
            "message": "First Name: data value too large: canary (max length=40)",
            "fields": ["FirstName", "canary value", 7],
        }]);
        let error = ApiError::new(400, &body).into_record_error(Retry::Never);
        assert_eq!((&error.code, error.fields.as_slice()), (&Code::StringTooLong, ["FirstName".to_owned()].as_slice()));
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
        assert!(error.message.get(Language::En).contains("`Emial`") && !format!("{error:?}").contains("Canary"));
    }
}
