//! What an administrator should know and do about each of Salesforce's error codes, and whether the visitor can do it instead.
//!
//! The words follow "Salesforce answered … for …: ". A code that the tables do not have is an administrator's.

mod moment;
mod setup;
mod values;

use crate::report::Whose;
use crate::salesforce::FieldName;
use crate::salesforce::name::is_state_or_country;
use crate::wire::error::Reason;

/// English and German.
pub(crate) type Both = (&'static str, &'static str);
/// Codes that have the same words.
type Row = (&'static [&'static str], &'static str, &'static str);

/// What is known of an error beside its code.
pub(crate) struct Circumstances<'a> {
    pub status: u16,
    pub fields: &'a [FieldName],
    pub reason: Option<Reason>,
}

pub(crate) fn advice(code: &str, of: &Circumstances) -> (Whose, Both) {
    use Whose::{Administrator, Visitor};
    match (code, of.reason) {
        (_, Some(Reason::NoRestApi)) => return (Administrator, setup::NO_REST_API),
        (_, Some(Reason::AtTheSameTime)) => return (Administrator, moment::AT_THE_SAME_TIME),
        (_, Some(Reason::Lock)) => return (Administrator, moment::LOCK_OF_A_TRIGGER),
        (_, Some(Reason::NoParent)) => return (Visitor, values::NO_PARENT),
        ("FIELD_INTEGRITY_EXCEPTION", None) if of.names(is_state_or_country) => {
            return (Visitor, values::STATE_OR_COUNTRY);
        }
        ("INVALID_CROSS_REFERENCE_KEY", None) if of.names(|name| name.eq_ignore_ascii_case("RecordTypeId")) => {
            return (Administrator, setup::RECORD_TYPE);
        }
        _ => {}
    }
    let tables = [(Visitor, values::CODES), (Administrator, setup::CODES), (Administrator, moment::CODES)];
    for (whose, table) in tables {
        if let Some((_, en, de)) = table.iter().find(|(codes, ..)| codes.contains(&code)) {
            return (whose, (en, de));
        }
    }
    (Administrator, of_status(code, of.status))
}

impl Circumstances<'_> {
    fn names(&self, is_meant: impl Fn(&str) -> bool) -> bool {
        self.fields.iter().any(|field| is_meant(field.as_str()))
    }
}

fn of_status(code: &str, status: u16) -> Both {
    match status {
        // Source: REST API guide, Upsert by External ID and "Status Codes and Error Responses".
        300 => (
            "the key matches several records, so Salesforce cannot tell which is meant. Merge them, or use a field that is unique.",
            "der Schlüssel passt zu mehreren Datensätzen; Salesforce kann nicht entscheiden, welcher gemeint ist. Führen Sie sie \
             zusammen, oder verwenden Sie ein eindeutiges Feld.",
        ),
        301..400 => (
            "the address leads to another one. Redirects are not followed.",
            "die Adresse führt zu einer anderen. Weiterleitungen werden nicht verfolgt.",
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
            "the module does not know this code; Salesforce's documentation explains it.",
            "das Modul kennt diesen Code nicht; die Dokumentation von Salesforce erklärt ihn.",
        ),
    }
}
