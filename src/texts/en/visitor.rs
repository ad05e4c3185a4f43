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

pub(crate) const CHECK: &str = "Please check what you have entered.";
pub(crate) const ANSWER: &str = "Please answer this question.";
pub(crate) const YES_OR_NO: &str = "Please answer yes or no.";
pub(crate) const EMAIL: &str = "Please enter an e-mail address such as name@example.com.";
pub(crate) const WHOLE_NUMBER: &str = "Please enter a whole number.";
pub(crate) const TIME: &str = "Please enter a time such as 18:30.";
pub(crate) const OTHER_TIME: &str = "The clocks change at this time. Please enter another one.";
pub(crate) const SHORTER: &str = "Please enter a shorter text.";
pub(crate) const OPTION: &str = "Please choose one of the options.";
pub(crate) fn number(example: &str, digits: Option<(usize, usize)>) -> String {
    let most = digits
        .map(|(before, behind)| format!(", with at most {before} digits before and {behind} after the decimal point"));
    format!("Please enter a number such as {example}{}.", most.unwrap_or_default())
}
pub(crate) fn date(example: &str) -> String {
    format!("Please enter a date such as {example}.")
}
pub(crate) fn datetime(example: &str) -> String {
    format!("Please enter a date and a time such as {example}.")
}
pub(crate) fn at_most(characters: usize) -> String {
    format!("Please enter at most {characters} characters.")
}

pub(crate) const FILE_MISSING: &str =
    "Your details were saved, but a file was not. Please send us the file in another way.";
pub(crate) const FILE_NOT_CERTAIN: &str =
    "Your details were saved. It is not certain that a file has arrived. Please ask us about it.";
pub(crate) const CHECK_FILE: &str =
    "Your details could not be saved with this file. Please send a smaller or another one, or leave it out.";

pub(crate) const CHAT_WAITING: &str = "You are being connected. Please wait a moment.";
pub(crate) const CHAT_CONNECTED: &str = "You are connected.";
pub(crate) const CHAT_TRANSFERRING: &str = "You are being passed on to a colleague. Please wait a moment.";
pub(crate) const CHAT_ENDED: &str = "The conversation has ended.";
pub(crate) const CHAT_ENDED_BY_AGENT: &str = "Our colleague has ended the conversation.";
pub(crate) const CHAT_REFUSED: &str = "No one is available just now. Please try again later or leave us a message.";
pub(crate) const MESSAGE_NOT_CERTAIN: &str = "It is not certain that your message has arrived. Please wait a moment.";
pub(crate) const MESSAGE_LATER: &str =
    "Your message could not be delivered just now. Please send it again in a moment.";
pub(crate) const MESSAGE_CHECK: &str = "This could not be delivered. Please send a smaller file or another one.";
pub(crate) const MESSAGE_ANOTHER_WAY: &str = "Your message could not be delivered. Please contact us in another way.";
pub(crate) const OPEN_NOT_CERTAIN: &str = "It is not certain that you will be connected. Please wait a moment.";
pub(crate) const OPEN_LATER: &str = "You could not be connected just now. Please try again in a few minutes.";
pub(crate) const OPEN_CHECK: &str = "You could not be connected with what you have entered. Please check it.";
pub(crate) const OPEN_ANOTHER_WAY: &str = "You could not be connected. Please contact us in another way.";
