//! Files and transcripts that are none.

use crate::texts::Name;

pub(crate) fn form(variable: Name) -> String {
    format!(
        "The variable `{variable}` must hold {{ \"name\": …, \"base64\": … }}, with \"mediaType\" if it is known and nothing else, or a \
         list of such files."
    )
}
pub(crate) fn name(variable: Name, most: usize) -> String {
    format!(
        "The variable `{variable}` has a file whose name is a path, is blank, holds a control character or is longer than {most} \
         characters. Give it another name."
    )
}
pub(crate) fn media_type(variable: Name) -> String {
    format!(
        "The variable `{variable}` has a file whose media type is not in the form of `image/jpeg`. Correct it, or leave it out."
    )
}
pub(crate) fn base64(variable: Name) -> String {
    format!(
        "The variable `{variable}` has a file whose content is not base64. It must be encoded by RFC 4648, section 4: padded, and without \
         line breaks."
    )
}
pub(crate) fn empty(variable: Name) -> String {
    format!("The variable `{variable}` has a file without content. Let the chat ask for it again.")
}
pub(crate) fn too_large(variable: Name, mebibytes: usize) -> String {
    format!("The variable `{variable}` has a file of more than {mebibytes} MiB. Let the chat ask for a smaller one.")
}
pub(crate) fn too_large_together(variable: Name, mebibytes: usize) -> String {
    format!(
        "The variable `{variable}` brings the files of this run to more than {mebibytes} MiB together. Let the chat ask for fewer or \
         smaller ones."
    )
}
pub(crate) fn too_many(variable: Name, most: usize) -> String {
    format!("The variable `{variable}` brings this run to more than {most} files. Let the chat ask for fewer.")
}
pub(crate) fn none(variable: Name) -> String {
    format!(
        "The variable `{variable}` must hold a file, and the conversation gave none. Make the question mandatory in the chat."
    )
}
pub(crate) fn no_transcript(variable: Name) -> String {
    format!(
        "The variable `{variable}` must hold a text, or a list of {{ \"from\": …, \"text\": … }}, with \"at\": \
         \"2026-11-26T10:00:00Z\" if it is known and nothing else."
    )
}
pub(crate) const MAY_BE_ATTACHED: &str = "The file may be attached: look among the Files of the record.";
