//! Why a value cannot be sent: the field, and what it takes - never what was given.

use crate::base::Words;
use crate::record::{Link, MAX_VALUES_BYTES};
use crate::report::{RecordError, Retry, Whose};
use crate::salesforce::FieldPath;
use crate::value::convert::at_most;
use crate::value::file::FileError;
use crate::value::{Misfit, NotAFieldValue, REFERENCE_MARK};
use crate::wire::MAX_LITERAL_LENGTH;
use crate::wire::soql::LiteralError;

pub(super) fn blank(field: &FieldPath) -> RecordError {
    RecordError::new(
        "BLANK_VALUE",
        (
            format!("`{field}` must have a value, and the conversation gave none."),
            format!("`{field}` muss einen Wert haben, und das Gespräch hat keinen ergeben."),
        ),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

/// A link that must not be blank, to a record that does not take part.
pub(crate) fn blank_link(link: &Link) -> RecordError {
    let words = match link.only_for.is_empty() {
        true => (
            format!("`{}` must hold the id of `{}`, which does not take part in this run.", link.field, link.record),
            format!(
                "`{}` muss die ID von `{}` enthalten, der an diesem Lauf nicht teilnimmt.",
                link.field, link.record
            ),
        ),
        false => (
            format!(
                "`{}` must hold the id of `{}`, which does not take part in this run, or is none of the objects in `onlyFor`.",
                link.field, link.record
            ),
            format!(
                "`{}` muss die ID von `{}` enthalten, der an diesem Lauf nicht teilnimmt oder keines der Objekte in `onlyFor` ist.",
                link.field, link.record
            ),
        ),
    };
    RecordError::new("BLANK_VALUE", words, Retry::Never).with_fields([&link.field])
}

pub(super) fn unsupported(field: &FieldPath, error: NotAFieldValue) -> RecordError {
    let words = match error {
        NotAFieldValue::Kind => (
            format!(
                "`{field}` takes a text, a number, true or false, or a list of them; the variable holds something else."
            ),
            format!(
                "`{field}` nimmt einen Text, eine Zahl, wahr oder falsch oder eine Liste davon; die Variable enthält etwas anderes."
            ),
        ),
        NotAFieldValue::Number => (
            format!("The number for `{field}` is larger, or closer to zero, than any that Salesforce holds."),
            format!("Die Zahl für `{field}` ist größer oder näher an null als jede, die Salesforce aufnimmt."),
        ),
    };
    RecordError::new("UNSUPPORTED_VALUE", words, Retry::Never).with_fields([&field.written_field()])
}

/// What a conversation must be.
pub(super) fn no_transcript(variable: &str) -> RecordError {
    RecordError::new(
        "BAD_TRANSCRIPT",
        (
            format!(
                "The variable `{variable}` must hold a text, or a list of {{ \"from\": …, \"text\": … }}, with \"at\": \
                 \"2026-11-26T10:00:00Z\" if it is known and nothing else."
            ),
            format!(
                "Die Variable `{variable}` muss einen Text enthalten oder eine Liste von {{ \"from\": …, \"text\": … }}, dazu \
                 \"at\": \"2026-11-26T10:00:00Z\", falls bekannt, und sonst nichts."
            ),
        ),
        Retry::Never,
    )
}

/// No file where one must be.
pub(super) fn no_file(variable: &str) -> RecordError {
    RecordError::new(
        "BLANK_VALUE",
        (
            format!("The variable `{variable}` must hold a file, and the conversation gave none."),
            format!("Die Variable `{variable}` muss eine Datei enthalten, und das Gespräch hat keine ergeben."),
        ),
        Retry::Never,
    )
}

pub(super) fn bad_file(variable: &str, error: FileError) -> RecordError {
    RecordError::new(error.code(), error.words(variable), Retry::Never)
}

pub(super) fn too_much(field: &FieldPath) -> RecordError {
    RecordError::new(
        "TOO_MUCH_TEXT",
        (
            format!(
                "With the value for `{field}`, the texts of this run are more than {MAX_VALUES_BYTES} bytes together."
            ),
            format!(
                "Mit dem Wert für `{field}` haben die Texte dieses Laufs zusammen mehr als {MAX_VALUES_BYTES} Bytes."
            ),
        ),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

pub(super) fn reference_mark(field: &FieldPath) -> RecordError {
    RecordError::new(
        "REFERENCE_IN_VALUE",
        (
            format!("The value for `{field}` contains `{REFERENCE_MARK}`, which Salesforce would replace instead of storing."),
            format!("Der Wert für `{field}` enthält `{REFERENCE_MARK}`, was Salesforce ersetzen statt speichern würde."),
        ),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

/// What the field holds already would be sent with the value that is added to it.
pub(crate) fn reference_in_stored(field: &FieldPath) -> RecordError {
    RecordError::new(
        "REFERENCE_IN_VALUE",
        (
            format!("`{field}` holds a text with `{REFERENCE_MARK}`, which Salesforce would replace if it were sent back: nothing can be added."),
            format!("`{field}` enthält einen Text mit `{REFERENCE_MARK}`, was Salesforce beim Zurücksenden ersetzen würde: Es kann nichts angefügt werden."),
        ),
        Retry::Never,
    )
    .with_whose(Whose::Administrator)
    .with_fields([&field.written_field()])
}

/// The mark of a step is the host's, or the author's: nothing that a visitor could correct.
pub(super) fn bad_step(field: &FieldPath) -> RecordError {
    RecordError::new(
        "BAD_IDEMPOTENCY_VALUE",
        (
            format!(
                "`idempotency` has no text for `{field}` that a URL can carry: a text or a number, as long as the field at \
                 most, without slash, backslash, percent sign or control character, and without a full stop at an end."
            ),
            format!(
                "`idempotency` hat keinen Text für `{field}`, den eine URL tragen kann: einen Text oder eine Zahl, höchstens so \
                 lang wie das Feld, ohne Schrägstrich, Backslash, Prozent- oder Steuerzeichen und ohne Punkt an einem Ende."
            ),
        ),
        Retry::Never,
    )
    .with_fields([&field.written_field()])
}

pub(super) fn bad_key(field: &FieldPath, error: LiteralError) -> RecordError {
    let (code, Words { en, de }) = match error {
        LiteralError::TooLong => ("KEY_TOO_LONG", at_most(MAX_LITERAL_LENGTH)),
        LiteralError::NotAnId => (
            "MALFORMED_ID",
            Words::new("a Salesforce id of 15 or 18 characters", "eine Salesforce-ID aus 15 oder 18 Zeichen"),
        ),
        LiteralError::NotANumber => {
            ("UNSUPPORTED_VALUE", Words::new("a number of a usual size", "eine Zahl üblicher Größe"))
        }
    };
    let words = (
        format!("To find a record by `{field}`, its value must be {en}."),
        format!("Um einen Datensatz nach `{field}` zu finden, muss der Wert so sein: {de}."),
    );
    RecordError::new(code, words, Retry::Never).with_fields([&field.written_field()])
}

/// A value that the field's type, length or list does not take.
pub(crate) fn misfit(field: &FieldPath, misfit: Misfit) -> RecordError {
    let code = misfit.code();
    RecordError::new(code, misfit.words(field), Retry::Never).with_fields([&field.written_field()])
}
