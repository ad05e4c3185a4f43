//! Why a value cannot be sent: the field, and what it takes - never what was given.

use super::{Link, MAX_VALUES_BYTES};
use crate::convert::Misfit;
use crate::name::FieldPath;
use crate::outcome::{RecordError, Retry};
use crate::soql::{LiteralError, MAX_LITERAL_LENGTH};
use crate::value::REFERENCE_MARK;

pub fn blank(field: &FieldPath) -> RecordError {
    RecordError::new(
        "BLANK_VALUE",
        format!("`{field}` must have a value, and the conversation gave none."),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

/// A link that must not be blank, to a record that does not take part.
pub fn blank_link(link: &Link) -> RecordError {
    RecordError::new(
        "BLANK_VALUE",
        format!("`{}` must hold the id of `{}`, which does not take part in this run.", link.field, link.record),
        Retry::Never,
    )
    .with_fields([&link.field])
}

pub fn unsupported(field: &FieldPath) -> RecordError {
    RecordError::new(
        "UNSUPPORTED_VALUE",
        format!(
            "`{field}` takes a text, a number, true or false, or a list of them; the variable holds something else."
        ),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

pub fn too_much(field: &FieldPath) -> RecordError {
    RecordError::new(
        "TOO_MUCH_TEXT",
        format!("With the value for `{field}`, the texts of this run are more than {MAX_VALUES_BYTES} bytes together."),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

pub fn reference_mark(field: &FieldPath) -> RecordError {
    RecordError::new(
        "REFERENCE_IN_VALUE",
        format!(
            "The value for `{field}` contains `{REFERENCE_MARK}`, which Salesforce would replace instead of storing."
        ),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

pub fn bad_key(field: &FieldPath, error: LiteralError) -> RecordError {
    let (code, expected) = match error {
        LiteralError::TooLong => ("KEY_TOO_LONG", format!("at most {MAX_LITERAL_LENGTH} characters")),
        LiteralError::NotAnId => ("MALFORMED_ID", "a Salesforce id of 15 or 18 characters".to_owned()),
        LiteralError::NotANumber => ("UNSUPPORTED_VALUE", "a number of a usual size".to_owned()),
    };
    RecordError::new(code, format!("To find a record by `{field}`, its value must be {expected}."), Retry::Never)
        .with_fields([&field.written_field()])
}

/// A value that the field's type, length or list does not take.
pub fn misfit(field: &FieldPath, misfit: Misfit) -> RecordError {
    let (code, takes) = match misfit {
        Misfit::Form(form) => ("NOT_CONVERTIBLE", form),
        Misfit::TooLong(most) => ("VALUE_TOO_LONG", format!("at most {most} characters")),
        Misfit::NotInPicklist(values) => ("NOT_IN_PICKLIST", format!("one of its picklist's values: {values}")),
    };
    RecordError::new(code, format!("`{field}` takes {takes}."), Retry::Never).with_fields([&field.written_field()])
}
