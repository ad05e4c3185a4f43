//! Chat value → the value that a field of a known type takes.
//!
//! Nothing is guessed: what a person may have meant in two ways is refused, before any request, and the refusal says what
//! the field takes - never what was typed. Without `schema` nothing is converted at all.

mod boolean;
mod epoch;
mod form;
mod length;
mod locale;
mod number;
mod picklist;
mod stored;
mod temporal;
pub(crate) mod zone;

use crate::base::Words;
use crate::base::keyword::words;
use crate::code::Code;
use crate::salesforce::{FieldFacts, FieldPath, FieldType, RecordId};
use crate::texts::text;
use crate::value::Scalar;

pub(crate) use boolean::{FALSE_WORDS, TRUE_WORDS};
pub use epoch::Epoch;
pub use form::{Form, Moment};
pub(crate) use length::TextLimit;
pub(crate) use locale::DateOrder;
pub use locale::Locale;
pub(crate) use stored::{entries, stored};
pub(crate) use temporal::{Temporal, instant};
pub use zone::{LocalTimeError, Zone};

words! {
    /// What becomes of a value that is longer than its field.
    #[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
    pub enum WhenTooLong {
        /// The record fails, and nothing of the run is written.
        #[default]
        Fail = "fail",
        /// It is cut, and a finding says so.
        Cut = "cut",
    }
}

/// How people write numbers, dates and times in one place.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Format {
    /// `None`: numbers as `1234.56` and dates as `2026-12-24` alone.
    pub locale: Option<Locale>,
    /// Where local times without an offset are meant.
    pub zone: Option<Zone>,
    /// What numbers count that are instants.
    pub epoch: Option<Epoch>,
}

/// A value that fits its field.
#[derive(Clone, Debug, PartialEq)]
pub struct Converted {
    /// Of the field's own type, and within its length.
    pub value: Scalar,
    /// A part of it was left out to make it fit.
    pub cut: bool,
    /// An open picklist gets a value that is not in its list.
    pub new_value: bool,
}

impl Converted {
    fn whole(value: Scalar) -> Self {
        Self { value, cut: false, new_value: false }
    }

    fn cut(value: Scalar, cut: bool) -> Self {
        Self { cut, ..Self::whole(value) }
    }
}

/// Why a value does not fit its field.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Misfit {
    /// It is in no form that the field takes.
    Form(Form),
    /// It takes at most this number of characters.
    TooLong(usize),
    /// It takes at most this number of bytes.
    TooManyBytes(usize),
    /// It takes one of the picklist's values, such as these.
    NotInPicklist(String),
}

impl Misfit {
    pub(crate) fn code(&self) -> Code {
        match self {
            Self::Form(_) => Code::NotConvertible,
            Self::TooLong(_) | Self::TooManyBytes(_) => Code::ValueTooLong,
            Self::NotInPicklist(_) => Code::NotInPicklist,
        }
    }

    /// What `field` takes.
    pub fn words(&self, field: &FieldPath) -> Words {
        match self {
            Self::Form(form) => form.words(field),
            Self::TooLong(most) => text!(values::too_long(field, *most)),
            Self::TooManyBytes(most) => text!(values::too_many_bytes(field, *most)),
            Self::NotInPicklist(values) => text!(values::not_in_picklist(field, values)),
        }
    }

    /// What a visitor is asked for, in the chat's words: nothing of the org.
    pub(crate) fn asked(&self) -> Words {
        match self {
            Self::Form(form) => form.asked(),
            Self::TooLong(most) => text!(visitor::at_most(*most)),
            Self::TooManyBytes(_) => text!(visitor::SHORTER),
            Self::NotInPicklist(_) => text!(visitor::OPTION),
        }
    }
}

/// Converts `value` for a field.
pub fn convert(
    value: Scalar,
    facts: &FieldFacts,
    format: &Format,
    when_too_long: WhenTooLong,
) -> Result<Converted, Misfit> {
    let whole = |value| Ok(Converted::whole(value));
    match facts.field_type {
        // Of a few fields the name alone says how much they take.
        FieldType::Unknown if format.epoch.is_some() => {
            temporal::datetime(&value, format).and_then(|at| whole(Scalar::Temporal(at)))
        }
        FieldType::Unknown => match value {
            Scalar::Text(text) => fitting(text, facts.limit(), when_too_long),
            value => whole(value),
        },
        FieldType::Id | FieldType::Reference => whole(Scalar::Text(id(&value)?)),
        FieldType::Boolean => whole(Scalar::Boolean(boolean::convert(&value)?)),
        FieldType::Int | FieldType::Double | FieldType::Currency | FieldType::Percent => {
            number::convert(&value, facts, format.locale, when_too_long)
        }
        FieldType::Date => temporal::date(&value, format).and_then(|date| whole(Scalar::Temporal(date))),
        FieldType::DateTime => temporal::datetime(&value, format).and_then(|at| whole(Scalar::Temporal(at))),
        FieldType::Time => temporal::time(&value, format).and_then(|time| whole(Scalar::Temporal(time))),
        FieldType::Picklist => picklist::one(&value.to_text(), facts),
        FieldType::MultiPicklist => picklist::several(&value.to_text(), facts),
        FieldType::Email => {
            let text = value.to_text();
            if !is_email(&text) {
                return Err(Misfit::Form(Form::Email));
            }
            // Half an e-mail address is somebody else's.
            fitting(text, facts.limit(), WhenTooLong::Fail)
        }
        FieldType::String | FieldType::TextArea | FieldType::Phone | FieldType::Url => {
            fitting(value.to_text(), facts.limit(), when_too_long)
        }
    }
}

fn id(value: &Scalar) -> Result<String, Misfit> {
    let id = match value {
        Scalar::Text(text) => RecordId::parse(text),
        _ => None,
    };
    id.map(|id| id.as_str().to_owned()).ok_or(Misfit::Form(Form::Id))
}

/// What no mail server could take. Salesforce is stricter in places that it does not document, and then says so itself.
fn is_email(text: &str) -> bool {
    let Some((local, domain)) = text.rsplit_once('@') else { return false };
    let is_plain =
        |part: &str| !part.contains(|c: char| c.is_whitespace() || c.is_control() || "@,;:<>()[]\\\"".contains(c));
    !local.is_empty()
        && is_plain(local)
        && is_plain(domain)
        && domain.contains('.')
        && domain.split('.').all(|label| !label.is_empty())
}

/// A text that its field takes. Salesforce refuses a longer one; it does not cut.
fn fitting(text: String, limit: TextLimit, when_too_long: WhenTooLong) -> Result<Converted, Misfit> {
    match when_too_long {
        WhenTooLong::Fail => match limit.misfit(&text) {
            None => Ok(Converted::whole(Scalar::Text(text))),
            Some(misfit) => Err(misfit),
        },
        WhenTooLong::Cut if limit.holds(&text) => Ok(Converted::whole(Scalar::Text(text))),
        WhenTooLong::Cut => {
            let cut = Scalar::text(limit.start(&text)).ok_or_else(|| limit.narrowest())?;
            Ok(Converted::cut(cut, true))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn facts(field_type: FieldType, length: usize) -> FieldFacts {
        FieldFacts { field_type, length: Some(length), ..FieldFacts::default() }
    }

    fn scalar(text: &str) -> Scalar {
        Scalar::Text(text.into())
    }

    #[test]
    fn a_text_that_is_too_long_fails_or_is_cut_between_characters() {
        let convert = |value, when| convert(scalar(value), &facts(FieldType::String, 4), &Format::default(), when);
        assert_eq!(convert("äöü😀", WhenTooLong::Fail).map(|c| c.cut), Ok(false));
        assert_eq!(convert("abcde", WhenTooLong::Fail), Err(Misfit::TooLong(4)));
        assert_eq!(convert("ab  cde", WhenTooLong::Cut), Ok(Converted::cut(scalar("ab"), true)));
        assert_eq!(convert("abc😀e", WhenTooLong::Cut), Ok(Converted::cut(scalar("abc"), true)));
    }

    #[test]
    fn an_email_address_is_never_cut() {
        let convert =
            |value| convert(scalar(value), &facts(FieldType::Email, 20), &Format::default(), WhenTooLong::Cut);
        assert!(convert("anna@example.com").is_ok());
        assert_eq!(convert("anna.maria.berg@example.com"), Err(Misfit::TooLong(20)));
        for bad in
            ["anna", "anna@", "@example.com", "a b@example.com", "a@b", "a@b..com", "a@b.com, c@d.com", "<a@b.com>"]
        {
            assert!(matches!(convert(bad), Err(Misfit::Form(_))), "{bad}");
        }
    }

    #[test]
    fn an_id_is_checked_and_lengthened() {
        let convert = |value| convert(value, &facts(FieldType::Reference, 18), &Format::default(), WhenTooLong::Cut);
        assert_eq!(convert(scalar("001D000000IqhSL")).map(|c| c.value), Ok(scalar("001D000000IqhSLIAZ")));
        for bad in [scalar("001D000000IqhSLIAA"), scalar("Anna Berg"), Scalar::Boolean(true)] {
            assert!(matches!(convert(bad), Err(Misfit::Form(_))));
        }
    }

    #[test]
    fn a_number_is_its_value_as_a_text() {
        let number = |json: &str| Scalar::from_json(&serde_json::from_str(json).unwrap()).unwrap().unwrap();
        let convert =
            |json| convert(number(json), &facts(FieldType::String, 20), &Format::default(), WhenTooLong::Fail);
        for (json, text) in [("4711", "4711"), ("4711.0", "4711"), ("1e3", "1000"), ("1.50", "1.5")] {
            assert_eq!(convert(json).map(|converted| converted.value), Ok(scalar(text)), "{json}");
        }
    }
}
