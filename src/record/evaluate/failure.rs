//! Why a value cannot be sent: the field, and what it takes - never what was given.

use crate::record::{Link, MAX_VALUES_BYTES};
use crate::report::{Code, RecordError, Whose};
use crate::salesforce::FieldPath;
use crate::texts::text;
use crate::value::file::FileError;
use crate::value::{Misfit, NotAFieldValue, REFERENCE_MARK};
use crate::wire::MAX_LITERAL_LENGTH;
use crate::wire::soql::LiteralError;

pub(super) fn blank(field: &FieldPath) -> RecordError {
    RecordError::new(Code::BlankValue, text!(values::blank(field)))
        .with_fields([&field.written_field()])
        .asking(text!(visitor::ANSWER))
}

/// A link that must not be blank, to a record that does not take part.
pub(crate) fn blank_link(link: &Link) -> RecordError {
    let words = match link.only_for.is_empty() {
        true => text!(values::blank_link(&link.field, &link.record)),
        false => text!(values::blank_link_only_for(&link.field, &link.record)),
    };
    RecordError::new(Code::BlankValue, words).with_fields([&link.field])
}

pub(super) fn unsupported(field: &FieldPath, error: NotAFieldValue) -> RecordError {
    let words = match error {
        NotAFieldValue::Kind => text!(values::other_kind(field)),
        NotAFieldValue::Number => text!(values::number_out_of_range(field)),
    };
    RecordError::new(Code::UnsupportedValue, words).with_fields([&field.written_field()])
}

/// What a conversation must be.
pub(super) fn no_transcript(variable: &str) -> RecordError {
    RecordError::new(Code::BadTranscript, text!(files::no_transcript(&variable)))
}

/// No file where one must be.
pub(super) fn no_file(variable: &str) -> RecordError {
    RecordError::new(Code::BlankValue, text!(files::none(&variable)))
}

pub(super) fn bad_file(variable: &str, error: FileError) -> RecordError {
    RecordError::new(error.code(), error.words(variable))
}

pub(super) fn too_much(field: &FieldPath) -> RecordError {
    let words = text!(values::too_much_text(field, MAX_VALUES_BYTES));
    RecordError::new(Code::TooMuchText, words).with_fields([&field.written_field()]).asking(text!(visitor::SHORTER))
}

pub(crate) fn reference_mark(field: &FieldPath) -> RecordError {
    let words = text!(values::reference_mark(field, REFERENCE_MARK));
    RecordError::new(Code::ReferenceInValue, words).with_fields([&field.written_field()])
}

/// What the field holds already would be sent with the value that is added to it.
pub(crate) fn reference_in_stored(field: &FieldPath) -> RecordError {
    RecordError::new(Code::ReferenceInValue, text!(values::reference_in_stored(field, REFERENCE_MARK)))
        .with_whose(Whose::Administrator)
        .with_fields([&field.written_field()])
}

pub(super) fn bad_idempotency_key(field: &FieldPath) -> RecordError {
    let words = text!(values::bad_idempotency_key(field));
    RecordError::new(Code::BadIdempotencyValue, words).with_fields([&field.written_field()])
}

pub(super) fn bad_key(field: &FieldPath, error: LiteralError) -> RecordError {
    let (code, words) = match error {
        LiteralError::TooLong => (Code::KeyTooLong, text!(values::key_too_long(field, MAX_LITERAL_LENGTH))),
        LiteralError::NotAnId => (Code::MalformedId, text!(values::key_is_no_id(field))),
        LiteralError::NotANumber => (Code::UnsupportedValue, text!(values::key_is_no_number(field))),
    };
    RecordError::new(code, words).with_fields([&field.written_field()])
}

/// A value that the field's type, length or list does not take.
pub(crate) fn misfit(field: &FieldPath, misfit: &Misfit) -> RecordError {
    RecordError::new(misfit.code(), misfit.words(field)).with_fields([&field.written_field()]).asking(misfit.asked())
}
