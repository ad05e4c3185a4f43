//! Why a request is not sent: the place in the settings, and what a value must be there - never what was given.

use crate::record::MAX_VALUES_BYTES;
use crate::report::{RecordError, Retry};
use crate::value::{NotAFieldValue, REFERENCE_MARK};
use crate::wire::{MAX_LITERAL_LENGTH, MAX_URL_BYTES};

pub(super) fn blank(place: &str, variable: &str) -> RecordError {
    let words = (
        format!("`{variable}` in `{place}` must have a value, and the conversation gave none."),
        format!("`{variable}` in `{place}` muss einen Wert haben, und das Gespräch hat keinen ergeben."),
    );
    RecordError::new("BLANK_VALUE", words, Retry::Never)
}

/// A body that would say nothing.
pub(super) fn blank_body() -> RecordError {
    let words = (
        "The conversation gave no value for any variable of `/body`.",
        "Das Gespräch hat für keine Variable von `/body` einen Wert ergeben.",
    );
    RecordError::new("BLANK_VALUE", words, Retry::Never)
}

pub(super) fn unsupported(place: &str, lists: bool) -> RecordError {
    let (or_list, oder_liste) = if lists { (", or a list of them", " oder eine Liste davon") } else { ("", "") };
    let words = (
        format!("`{place}` takes a text, a number, true or false{or_list}; a variable holds something else."),
        format!(
            "`{place}` nimmt einen Text, eine Zahl, wahr oder falsch{oder_liste}; eine Variable enthält etwas anderes."
        ),
    );
    RecordError::new("UNSUPPORTED_VALUE", words, Retry::Never)
}

/// A value that is none, where lists may be taken, too.
pub(super) fn no_value(error: NotAFieldValue, place: &str, lists: bool) -> RecordError {
    match error {
        NotAFieldValue::Kind => unsupported(place, lists),
        NotAFieldValue::Number => {
            let words = (
                format!("A number in `{place}` is larger, or closer to zero, than any that Salesforce holds."),
                format!("Eine Zahl in `{place}` ist größer oder näher an null als jede, die Salesforce aufnimmt."),
            );
            RecordError::new("UNSUPPORTED_VALUE", words, Retry::Never)
        }
    }
}

pub(super) fn segment() -> RecordError {
    let words = (
        "A part of `/path` would have a slash, a backslash, a percent sign or a control character in it, or a full stop at an \
         end: a URL does not carry that to Salesforce unchanged.",
        "Ein Teil von `/path` enthielte einen Schrägstrich, einen Backslash, ein Prozent- oder Steuerzeichen oder einen Punkt an \
         einem Ende: Das trägt eine URL nicht unverändert zu Salesforce.",
    );
    RecordError::new("UNSUPPORTED_VALUE", words, Retry::Never)
}

pub(super) fn reference_mark(place: &str) -> RecordError {
    let words = (
        format!("A value in `{place}` contains `{REFERENCE_MARK}`, which Salesforce would replace instead of storing."),
        format!("Ein Wert in `{place}` enthält `{REFERENCE_MARK}`, was Salesforce ersetzen statt speichern würde."),
    );
    RecordError::new("REFERENCE_IN_VALUE", words, Retry::Never)
}

pub(super) fn too_long_literal(place: &str) -> RecordError {
    let words = (
        format!("A value in the query of `{place}` has more than {MAX_LITERAL_LENGTH} characters."),
        format!("Ein Wert in der Abfrage von `{place}` hat mehr als {MAX_LITERAL_LENGTH} Zeichen."),
    );
    RecordError::new("KEY_TOO_LONG", words, Retry::Never)
}

pub(super) fn too_long_url() -> RecordError {
    let words = (
        format!("With these values, path and query have more than the {MAX_URL_BYTES} bytes that Salesforce takes."),
        format!(
            "Mit diesen Werten haben Pfad und Parameter mehr als die {MAX_URL_BYTES} Bytes, die Salesforce annimmt."
        ),
    );
    RecordError::new("URL_TOO_LONG", words, Retry::Never)
}

pub(super) fn too_much() -> RecordError {
    let words = (
        format!("The texts of `/body` are more than {MAX_VALUES_BYTES} bytes together."),
        format!("Die Texte von `/body` haben zusammen mehr als {MAX_VALUES_BYTES} Bytes."),
    );
    RecordError::new("TOO_MUCH_TEXT", words, Retry::Never)
}
