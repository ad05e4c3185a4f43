//! What an administrator should know and do about an answer of Salesforce, and whether the visitor can do it instead: mostly what
//! the code says, unless status, fields or message say more.

use crate::base::Words;
use crate::base::words::Fixed;
use crate::code::{Code, Whose};
use crate::salesforce::FieldName;
use crate::salesforce::name::is_state_or_country;
use crate::texts::fixed;
use crate::wire::ApiError;
use crate::wire::error::Reason;

/// The words follow the sentence that names code and status.
pub(super) fn advice(error: &ApiError) -> (Whose, Words) {
    let (whose, words) = special(error).unwrap_or_else(|| {
        let words = error.code.words().unwrap_or_else(|| of_status(error.status, error.has_code()));
        (error.code.whose(), words)
    });
    (whose, words.into())
}

fn special(error: &ApiError) -> Option<(Whose, Fixed)> {
    use Whose::{Administrator, Visitor};
    let names = |is_meant: fn(&FieldName) -> bool| error.fields.iter().any(is_meant);
    Some(match (&error.code, error.reason) {
        (_, Some(Reason::NoRestApi)) => (Administrator, fixed!(salesforce::NO_REST_API)),
        (_, Some(Reason::AtTheSameTime)) => (Administrator, fixed!(salesforce::AT_THE_SAME_TIME)),
        (_, Some(Reason::Lock)) => (Administrator, fixed!(salesforce::LOCK_OF_A_TRIGGER)),
        (_, Some(Reason::NoParent)) => (Visitor, fixed!(salesforce::NO_PARENT)),
        (Code::FieldIntegrity, None) if names(|field| is_state_or_country(field.as_str())) => {
            (Visitor, fixed!(salesforce::STATE_OR_COUNTRY))
        }
        (Code::InvalidCrossReference, None) if names(|field| field.as_str().eq_ignore_ascii_case("RecordTypeId")) => {
            (Administrator, fixed!(salesforce::RECORD_TYPE))
        }
        _ => return None,
    })
}

fn of_status(status: u16, has_code: bool) -> Fixed {
    match status {
        300 => fixed!(salesforce::SEVERAL_MATCH),
        301..400 => fixed!(salesforce::REDIRECT),
        408 | 420 | 429 => fixed!(salesforce::PATIENCE),
        500.. => fixed!(salesforce::SERVER_PROBLEM),
        _ if has_code => fixed!(salesforce::UNKNOWN_CODE),
        _ => fixed!(salesforce::NOT_SALESFORCE),
    }
}
