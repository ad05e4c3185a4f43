//! Requests of the author's own.

use crate::texts::remarks;

remarks! {
    writes_not_allowed(method)
        "{method} may change something in Salesforce, and this request may not.",
        "Turn on <allowWrites: true> if that is meant, or choose <method: \"GET\">.";

    body_not_allowed(method)
        "{method} has no body.",
        "Leave <body> empty, or choose POST, PATCH or PUT as <method>.";

    method_override()
        "This parameter turns the request into one of another method.",
        "Remove it, and choose the <method>.";

    bad_parameter()
        "This cannot be the name of a parameter.",
        "Write it as Salesforce has it.";

    misplaced_variable()
        "A variable stands where its value could change what the request does.",
        "Write this part out. For a search use POST /parameterizedSearch, for GraphQL its `variables`, and for a \
         composite request the subrequest's `body` or a reference such as `@{{ref.id}}`.";

    variable_outside_quotes()
        "A variable stands outside of the quotes of SOQL, where its value could change the query.",
        "Put it inside a text, such as `Email = '{email}'`; what is no text has to be written out.";

    variable_in_escape()
        "A variable stands within an escape sequence, where its value could end the text.",
        "Remove the backslash before it: values are escaped by themselves.";

    bad_escape()
        "SOQL does not know this escape sequence.",
        "A backslash is written `\\\\`, a quote `\\'`; `\\%` and `\\_` only after LIKE.";

    open_quote()
        "A text of the query has no closing quote.",
        "Add the quote.";

    bad_pointer()
        "This is no JSON pointer.",
        "Write a JSON pointer into the answer, such as `/id` or `/records/0/Name`; the empty text is all of it.";

    stored_in_one_variable()
        "Two parts of the answer are stored in the same variable.",
        "Give each part its own variable.";

    overlapping(other)
        "The part that `{other}` leads to holds this one.",
        "Store only one of them.";

    too_many_entries(limit)
        "There are more than {limit} entries.",
        "Leave out what is not needed, or store a part that holds several.";

    path_too_long(limit)
        "The path is longer than {limit} bytes.",
        "Shorten it: Salesforce refuses a longer one.";

    path_with_signs()
        "A path has none of `%`, `?`, `#`, `\\` and control characters.",
        "Write the characters themselves: they are encoded. Parameters belong into <query>.";

    path_outside()
        "The path does not begin with `/services/`.",
        "Begin with `/services/`, such as `/services/data/v62.0/limits`; the host is the <deploymentDomain>.";

    path_with_dots()
        "A part of the path between two slashes is empty, `.` or `..`.",
        "Write the path that is meant.";

    path_to_tokens()
        "Log-ins and tokens are not for this mode.",
        "An org is connected by the engine, with the interface `oauth`.";

    path_to_anonymous_apex()
        "Anonymous Apex can do anything, so this module does not call it.",
        "Write an Apex REST class and call that.";

    variable_names_resource()
        "A variable stands where its value would name another resource.",
        "Write the path out up to the resource: variables come behind `/services/data/v62.0/sobjects/` and the like.";

    nothing_there()
        "The answer has nothing there; the variable is null.",
        "Compare the pointer with an answer: `/records/0/Id` is the `Id` of the first of `records`.";
}
