//! A document that cannot be read: no JSON, a key that there is not, a value of another type.

use crate::texts::remarks;

remarks! {
    settings_too_large(limit)
        "The settings are larger than {limit} bytes.",
        "Split the module in two.";

    settings_too_many_values(limit)
        "The settings hold more than {limit} values.",
        "Split the module in two.";

    settings_not_json(line, column)
        "The settings are not valid JSON: see line {line}, column {column}.",
        "Correct the text there. Settings are one JSON object, such as { \"mode\": \"sobject-write\", … }.";

    settings_key_twice()
        "The settings have this key twice.",
        "Keep one of them.";

    settings_not_an_object(found)
        "The settings are {found}, and not a JSON object.",
        "Settings are one JSON object, such as { \"mode\": \"sobject-write\", … }.";

    missing_key(key)
        "{key} is missing.",
        "Fill in {key}.";

    unknown_key(key, known)
        "There is no setting `{key}` here.",
        "Remove it. The settings that there are here: {known}.";

    misspelt_key(key, near)
        "There is no setting `{key}` here.",
        "Did you mean `{near}`?";

    key_of_another_mode(key)
        "There is no setting `{key}` in this mode.",
        "It belongs to another mode. Remove it, or change the <mode>.";

    key_too_long(limit)
        "A key here is longer than {limit} bytes.",
        "Remove it.";

    wrong_type(wanted, found)
        "This is {found}, and {wanted} is expected.",
        "Replace it by {wanted}.";

    out_of_range(least, most)
        "This number is not one of the possible ones.",
        "Use a whole number from {least} to {most}.";

    unknown_value(known)
        "This value is not one of the possible ones.",
        "Possible: {known}.";

    misspelt_value(near, known)
        "This value is not one of the possible ones.",
        "Did you mean \"{near}\"? Possible: {known}.";

    too_many_findings(limit)
        "There are more than {limit} findings; the others are left out.",
        "Correct these first.";
}
