//! The variables of a conversation, as a document.

use crate::texts::remarks;

remarks! {
    too_large(limit, bare, with_files)
        "The variables document is larger than {limit} bytes.",
        "Keep the variables below {bare} bytes without the base64 of files, and below {with_files} with it; hand \
         larger files to `run-with-files`.";

    too_many_values(limit)
        "The variables document holds more than {limit} values.",
        "Hand over only the variables that the settings name.";

    not_json(line, column)
        "The variables document is not valid JSON: see line {line}, column {column}.",
        "Variables are one JSON object, such as { \"customer_email\": \"anna@example.com\" }.";

    key_twice()
        "The variables have the same key twice.",
        "Name each variable once.";

    not_an_object(found)
        "The variables document is {found}, and not a JSON object.",
        "Variables are one JSON object, such as { \"customer_email\": \"anna@example.com\" }.";
}
