//! API requests of the author's own that are not sent, or may have been carried out. A place is a pointer into the settings.

use crate::texts::Name;

pub(crate) fn blank(place: Name, variable: Name) -> String {
    format!(
        "`{variable}` in `{place}` must have a value, and the conversation gave none. Make the question mandatory in the chat."
    )
}
pub(crate) const BLANK_BODY: &str =
    "The conversation gave no value for any variable of `/body`. Make a question mandatory in the chat.";
pub(crate) fn other_kind(place: Name) -> String {
    format!("`{place}` takes a text, a number, true or false. A variable holds something else.")
}
pub(crate) fn other_kind_than_list(place: Name) -> String {
    format!("`{place}` takes a text, a number, true or false, or a list of them. A variable holds something else.")
}
pub(crate) fn number_out_of_range(place: Name) -> String {
    format!("A number in `{place}` is larger, or closer to zero, than any that Salesforce holds.")
}
pub(crate) const SEGMENT: &str = "A part of `/path` would have a slash, a backslash, a percent sign or a control character in it, or a full stop \
    at an end. A URL does not carry that to Salesforce unchanged; pass it as a parameter or in the body.";
pub(crate) fn reference_mark(place: Name, mark: &str) -> String {
    format!(
        "A value in `{place}` contains `{mark}`, which Salesforce would replace instead of storing. Let the chat ask for one without it."
    )
}
pub(crate) fn too_long_literal(place: Name, most: usize) -> String {
    format!("A value in the query of `{place}` has more than {most} characters. Let the chat ask for a shorter one.")
}
pub(crate) fn too_long_url(most: usize) -> String {
    format!(
        "With these values, path and query have more than the {most} bytes that Salesforce takes. Let the chat pass less."
    )
}
pub(crate) fn too_much_text(most: usize) -> String {
    format!("The texts of `/body` are more than {most} bytes together. Let the chat pass less.")
}
pub(crate) const MAY_BE_DONE: &str =
    "The request may have been carried out: look in Salesforce for what it does, before it is sent again.";
