//! A document that cannot be read: no JSON, a key that there is not, a value of another type.

use super::labels::{expected, kind, named};
use crate::base::json::Kind;
use crate::base::walk::Expected;
use crate::texts::{Remark, remark};

pub(crate) fn settings_too_large(limit: usize) -> Remark {
    remark(format!("The settings are larger than {limit} bytes."), "Split the module in two.")
}

pub(crate) fn settings_too_many_values(limit: usize) -> Remark {
    remark(format!("The settings hold more than {limit} values."), "Split the module in two.")
}

pub(crate) fn settings_not_json(line: usize, column: usize) -> Remark {
    remark(
        format!("The settings are not valid JSON: see line {line}, column {column}."),
        "Correct the text there. Settings are one JSON object, such as { \"mode\": \"sobject-write\", … }.",
    )
}

pub(crate) fn settings_key_twice() -> Remark {
    remark("The settings have this key twice.", "Keep one of them.")
}

pub(crate) fn settings_not_an_object(found: Kind) -> Remark {
    remark(
        format!("The settings are {}, and not a JSON object.", kind(found)),
        "Settings are one JSON object, such as { \"mode\": \"sobject-write\", … }.",
    )
}

pub(crate) fn missing_key(key: &str) -> Remark {
    remark(format!("{} is missing.", named(key)), "Fill it in.")
}

pub(crate) fn unknown_key(key: &str, known: &str) -> Remark {
    remark(
        format!("There is no setting `{key}` here."),
        format!("Remove it. The settings that there are here: {known}."),
    )
}

pub(crate) fn misspelt_key(key: &str, near: &str) -> Remark {
    remark(format!("There is no setting `{key}` here."), format!("Did you mean `{near}`?"))
}

pub(crate) fn key_of_another_mode(key: &str) -> Remark {
    remark(
        format!("There is no setting `{key}` in this mode."),
        "It belongs to another mode. Remove it, or change the “Mode” (JSON: \"mode\").",
    )
}

pub(crate) fn key_too_long(limit: usize) -> Remark {
    remark(format!("A key here is longer than {limit} bytes."), "Remove it.")
}

pub(crate) fn wrong_type(wanted: Expected, found: Kind) -> Remark {
    remark(
        format!("This is {}, and {} is expected.", kind(found), expected(wanted)),
        format!("Replace it by {}.", expected(wanted)),
    )
}

pub(crate) fn out_of_range(least: u32, most: u32) -> Remark {
    remark("This number is not one of the possible ones.", format!("Use a whole number from {least} to {most}."))
}

pub(crate) fn unknown_value(known: &str) -> Remark {
    remark("This value is not one of the possible ones.", format!("Possible: {known}."))
}

pub(crate) fn misspelt_value(near: &str, known: &str) -> Remark {
    remark("This value is not one of the possible ones.", format!("Did you mean \"{near}\"? Possible: {known}."))
}

pub(crate) fn too_many_findings(limit: usize) -> Remark {
    remark(format!("There are more than {limit} findings; the others are left out."), "Correct these first.")
}
