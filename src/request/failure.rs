//! Why a request is not sent: the place in the settings, and what a value must be there - never what was given.

use crate::record::MAX_VALUES_BYTES;
use crate::report::{Code, RecordError};
use crate::texts::text;
use crate::value::{NotAFieldValue, REFERENCE_MARK};
use crate::wire::{MAX_LITERAL_LENGTH, MAX_URL_BYTES};

pub(super) fn blank(place: &str, variable: &str) -> RecordError {
    RecordError::new(Code::BlankValue, text!(requests::blank(&place, &variable)))
}

/// A body that would say nothing.
pub(super) fn blank_body() -> RecordError {
    RecordError::new(Code::BlankValue, text!(requests::BLANK_BODY))
}

pub(super) fn unsupported(place: &str, lists: bool) -> RecordError {
    RecordError::new(
        Code::UnsupportedValue,
        match lists {
            true => text!(requests::other_kind_than_list(&place)),
            false => text!(requests::other_kind(&place)),
        },
    )
}

/// A value that is none, where lists may be taken, too.
pub(super) fn no_value(error: NotAFieldValue, place: &str, lists: bool) -> RecordError {
    match error {
        NotAFieldValue::Kind => unsupported(place, lists),
        NotAFieldValue::Number => {
            RecordError::new(Code::UnsupportedValue, text!(requests::number_out_of_range(&place)))
        }
    }
}

pub(super) fn segment() -> RecordError {
    RecordError::new(Code::UnsupportedValue, text!(requests::SEGMENT))
}

pub(super) fn reference_mark(place: &str) -> RecordError {
    RecordError::new(Code::ReferenceInValue, text!(requests::reference_mark(&place, REFERENCE_MARK)))
}

pub(super) fn too_long_literal(place: &str) -> RecordError {
    RecordError::new(Code::KeyTooLong, text!(requests::too_long_literal(&place, MAX_LITERAL_LENGTH)))
}

pub(super) fn too_long_url() -> RecordError {
    RecordError::new(Code::UrlTooLong, text!(requests::too_long_url(MAX_URL_BYTES)))
}

pub(super) fn too_much() -> RecordError {
    RecordError::new(Code::TooMuchText, text!(requests::too_much_text(MAX_VALUES_BYTES)))
}
