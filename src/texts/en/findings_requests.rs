//! Requests of the author's own.

use crate::texts::{Remark, remark};

pub(crate) fn writes_not_allowed(method: &str) -> Remark {
    remark(
        format!("{method} may change something in Salesforce, and this request may not."),
        "Turn on “This request may write” (JSON: \"allowWrites\": true) if that is meant, or choose “GET (read)” as \
         “Method” (JSON: \"method\": \"GET\").",
    )
}

pub(crate) fn body_not_allowed(method: &str) -> Remark {
    remark(
        format!("{method} has no body."),
        "Leave “Body” empty (JSON: remove \"body\"), or choose POST, PATCH or PUT as “Method” (JSON: \"method\").",
    )
}

pub(crate) fn method_override() -> Remark {
    remark(
        "This parameter turns the request into one of another method.",
        "Remove it, and choose the “Method” (JSON: \"method\").",
    )
}

pub(crate) fn bad_parameter() -> Remark {
    remark("This cannot be the name of a parameter.", "Write it as Salesforce has it.")
}

pub(crate) fn misplaced_variable() -> Remark {
    remark(
        "A variable stands where its value could change what the request does.",
        "Write this part out. For a search use POST /parameterizedSearch, for GraphQL its `variables`, and for a \
         composite request the subrequest's `body` or a reference such as `@{{ref.id}}`.",
    )
}

pub(crate) fn variable_outside_quotes() -> Remark {
    remark(
        "A variable stands outside of the quotes of SOQL, where its value could change the query.",
        "Put it inside a text, such as `Email = '{email}'`; what is no text has to be written out.",
    )
}

pub(crate) fn variable_in_escape() -> Remark {
    remark(
        "A variable stands within an escape sequence, where its value could end the text.",
        "Remove the backslash before it: values are escaped by themselves.",
    )
}

pub(crate) fn bad_escape() -> Remark {
    remark(
        "SOQL does not know this escape sequence.",
        "A backslash is written `\\\\`, a quote `\\'`; `\\%` and `\\_` only after LIKE.",
    )
}

pub(crate) fn open_quote() -> Remark {
    remark("A text of the query has no closing quote.", "Add the quote.")
}

pub(crate) fn bad_pointer() -> Remark {
    remark(
        "This is no JSON pointer.",
        "Write a JSON pointer into the answer, such as `/id` or `/records/0/Name`; the empty text is all of it.",
    )
}

pub(crate) fn stored_in_one_variable() -> Remark {
    remark("Two parts of the answer are stored in the same variable.", "Give each part its own variable.")
}

pub(crate) fn overlapping(other: &str) -> Remark {
    remark(format!("The part that `{other}` leads to holds this one."), "Store only one of them.")
}

pub(crate) fn too_many_entries(limit: usize) -> Remark {
    remark(
        format!("There are more than {limit} entries."),
        "Leave out what is not needed, or store a part that holds several.",
    )
}

pub(crate) fn path_too_long(limit: usize) -> Remark {
    remark(format!("The path is longer than {limit} bytes."), "Shorten it: Salesforce refuses a longer one.")
}

pub(crate) fn path_with_signs() -> Remark {
    remark(
        "A path has none of `%`, `?`, `#`, `\\` and control characters.",
        "Write the characters themselves: they are encoded. Parameters belong into “Parameters” (JSON: \"query\").",
    )
}

pub(crate) fn path_outside() -> Remark {
    remark(
        "The path does not begin with `/services/`.",
        "Begin with `/services/`, such as `/services/data/v62.0/limits`; the host is the “Deployment domain” (JSON: \
         \"deploymentDomain\").",
    )
}

pub(crate) fn path_with_dots() -> Remark {
    remark("A part of the path between two slashes is empty, `.` or `..`.", "Write the path that is meant.")
}

pub(crate) fn path_to_tokens() -> Remark {
    remark(
        "Log-ins and tokens are not for this mode.",
        "An org is connected by the engine, with the interface `oauth`.",
    )
}

pub(crate) fn path_to_anonymous_apex() -> Remark {
    remark(
        "Anonymous Apex can do anything, so this module does not call it.",
        "Write an Apex REST class and call that.",
    )
}

pub(crate) fn variable_names_resource() -> Remark {
    remark(
        "A variable stands where its value would name another resource.",
        "Write the path out up to the resource: variables come behind `/services/data/v62.0/sobjects/` and the like.",
    )
}

pub(crate) fn nothing_there() -> Remark {
    remark(
        "The answer has nothing there; the variable is null.",
        "Compare the pointer with an answer: `/records/0/Id` is the `Id` of the first of `records`.",
    )
}
