//! What keeps a chat from being opened or going on.

use crate::texts::Name;

pub(crate) fn bad_key(variable: Name, most: usize) -> String {
    format!(
        "The variable `{variable}` must hold the text by which the chat is opened once: 1 to {most} characters, another text for each \
         conversation and step. Let the engine set it."
    )
}
pub(crate) fn unsupported(attribute: Name) -> String {
    format!(
        "The value for `{attribute}` is an object, or a list within a list. Give it a text, a number or true or false."
    )
}
pub(crate) fn blank(attribute: Name) -> String {
    format!("`{attribute}` must have a value, and the conversation gave none. Make the question mandatory in the chat.")
}
pub(crate) const CHECK_DEPLOYMENT: &str = "Check that the deployment is published, and that its name and the organization's id are those of the Code Snippet in Setup.";
pub(crate) const NO_TOKEN: &str =
    "Salesforce answered without a token for the visitor, or with one that is too long. Try again later.";
pub(crate) const OPENED_BEFORE: &str = "An earlier call of this step has opened the chat, and its token is not here. Pass the chat of that call as `earlier`.";
pub(crate) const NOT_LOOKED_FOR: &str =
    "Whether the message has arrived could not be looked up. Send it again later, with `again`.";
pub(crate) const ENDED: &str = "The chat is over. Start a new one, with another text for `idempotency`.";
pub(crate) const TOKEN_OVER: &str = "The visitor's token is over and was not renewed, so the chat cannot go on. Call `receive` at least every 45 minutes.";
pub(crate) const FILE_TOO_LARGE: &str =
    "The file is larger than the deployment takes. Let the chat ask for a smaller one.";
pub(crate) const FILE_REFUSED: &str =
    "The deployment takes no files of this type, or none at all. Let the chat ask for another one.";
