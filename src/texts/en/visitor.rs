//! What may be shown in the chat: kind, and nothing about other people's data, the org or its fields.

pub(crate) const NOT_CERTAIN_SAVED: &str =
    "It is not certain that your details were saved. Please wait a while before you try again.";
pub(crate) const SAVE_LATER: &str = "Your details could not be saved just now. Please try again in a few minutes.";
pub(crate) const SAVE_CHECK: &str = "Your details could not be saved as they are. Please check what you have entered.";
pub(crate) const SAVE_ANOTHER_WAY: &str = "Your details could not be saved. Please contact us in another way.";

pub(crate) const LOOK_UP_LATER: &str = "That could not be looked up just now. Please try again in a few minutes.";
pub(crate) const LOOK_UP_CHECK: &str = "That could not be looked up with what you have entered. Please check it.";
pub(crate) const LOOK_UP_ANOTHER_WAY: &str = "That could not be looked up. Please contact us in another way.";
pub(crate) const NOTHING_FOUND: &str = "Nothing was found for what you have entered. Please check it.";

pub(crate) const NOT_CERTAIN_DONE: &str =
    "It is not certain that this was done. Please wait a while before you try again.";
pub(crate) const DO_LATER: &str = "That could not be done just now. Please try again in a few minutes.";
pub(crate) const DO_CHECK: &str = "That could not be done with what you have entered. Please check it.";
pub(crate) const DO_ANOTHER_WAY: &str = "That could not be done. Please contact us in another way.";

pub(crate) const FILE_MISSING: &str =
    "Your details were saved, but a file was not. Please send us the file in another way.";
pub(crate) const FILE_NOT_CERTAIN: &str =
    "Your details were saved. It is not certain that a file has arrived. Please ask us about it.";
pub(crate) const CHECK_FILE: &str =
    "Your details could not be saved with this file. Please send a smaller or another one, or leave it out.";
