//! Hand-overs to a person.

use crate::texts::remarks;

remarks! {
    no_messaging_host()
        "The messaging host of this domain is not known: only that of a domain that ends in `.my.salesforce.com` is.",
        "Enter such a <deploymentDomain>, or leave the hand-over to the engine.";

    bad_organization()
        "This is not the id of an organization: `00D`, and 15 or 18 characters in all.",
        "Copy it from the Code Snippet of the deployment in Setup.";

    bad_name(limit)
        "This is no API name: a letter or `_`, then letters, digits and `_`, {limit} characters at most.",
        "Write it exactly as the messaging channel, or the deployment, has it.";

    bad_language()
        "This is no language of Salesforce's, such as `de` or `en_US`.",
        "Write the language in small letters and the country, if any, behind `_` in capitals.";

    no_rows()
        "There is no mapping.",
        "Add one, or leave <mappings> out: a chat can be opened without attributes.";

    attribute_twice(attribute)
        "Two mappings fill `{attribute}`.",
        "Keep one of them.";

    bad_source()
        "An attribute is a text: a variable, a fixed value or a text with variables.",
        "Choose one of these; the conversation so far belongs into </transcript>.";

    not_a_run(function)
        "This function does not hand conversations over.",
        "Call `{function}` for settings of the mode `handover`.";

    not_a_handover(mode)
        "This function hands conversations over, and the settings are of the mode `{mode}`.",
        "Call the functions of the interface `salesforce-module` for them.";

    transcript_cut(limit)
        "The conversation so far is longer than {limit} bytes; its beginning is left out.",
        "There is nothing to do; the end of a conversation says what it is about.";

    transcript_not_sent()
        "The chat is open, but Salesforce did not take the conversation so far.",
        "The agent has to ask again. Look in the log for what Salesforce answered.";

    required_attribute(attribute)
        "The deployment demands `{attribute}`, and no mapping fills it.",
        "Add a mapping for it, or make it optional in the pre-chat form.";

    files_off()
        "Visitors of this deployment cannot send files.",
        "Turn on attachments in the deployment if they are to.";

    misspelt_attribute(attribute, near)
        "The pre-chat form has no `{attribute}`: its value would be lost without an error.",
        "Did you mean `{near}`?";

    unknown_attribute(attribute)
        "The pre-chat form has no `{attribute}`: its value would be lost without an error.",
        "Add it to the channel and the form, as a hidden field if visitors should not see it, and publish the \
         deployment.";

    attribute_cut(attribute)
        "The value for `{attribute}` is longer than the pre-chat form takes, and was cut.",
        "Make the field longer, or ask for a shorter text.";

    attribute_left_out(attribute)
        "The value for `{attribute}` is none that the pre-chat form takes, and was left out.",
        "Compare what the flow gives with the choices and the length of the field.";

    constant_too_long(attribute, most)
        "`{attribute}` takes {most} characters at most.",
        "Shorten the fixed value.";

    constant_not_a_choice(attribute)
        "The fixed value is none of the choices of `{attribute}`.",
        "Choose one of those that the pre-chat form has.";

    deployment_unavailable()
        "Salesforce gives no token for this deployment.",
        "Publish the deployment, and compare <deployment> and <organizationId> with its Code Snippet in Setup. It \
         must be of the type Custom Client.";

    deployment_not_asked()
        "The deployment could not be asked.",
        "Try again later.";

    bad_chat(limit)
        "This is not the chat of an earlier answer: a text of at most {limit} bytes.",
        "Pass the newest `chat` as it is.";

    chat_of_another_version()
        "The chat was begun with another version of the module.",
        "Finish it with that version, or start a new one.";

    chat_of_another_deployment()
        "The chat belongs to another deployment than the settings.",
        "Use the settings with which the chat was started.";

    other_chat()
        "The chat is that of another conversation, or of another step.",
        "Pass the chat that `start` answered for this text of </idempotency>, or none.";

    bad_key(limit)
        "The message's key is not 1 to {limit} bytes without control characters.",
        "Pass the engine's own id of the message.";

    bad_text(limit)
        "The message is blank, or longer than {limit} bytes.",
        "Send nothing for a blank message, and a longer one in parts.";

    bad_choice(limit)
        "The option, or the message that it answers, is not 1 to {limit} bytes without control characters.",
        "Pass both as `receive` gave them.";

    bad_file(limit)
        "The file has no name that is one, no media type such as `image/jpeg`, no content, or more than {limit} bytes.",
        "Correct it, or ask for a smaller one.";
}
