//! What a conversation gave, and did not give.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn key_without_value(key: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("The key `{key}` of `{record}` has no value: it is neither looked up nor written."),
        "Ask for the value before this module, or choose “Write nothing at all” for “When the value is blank” (JSON: \
         \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn read_key_without_value(key: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("The key `{key}` of `{record}` has no value: it is not looked up."),
        "Ask for the value before this module, or choose “Write nothing at all” for “When the value is blank” (JSON: \
         \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn one_key_without_value(key: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("The key `{key}` of `{record}` has no value: only the other keys were used."),
        "Ask for the value before this module, or choose “Write nothing at all” for “When the value is blank” (JSON: \
         \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn nothing_to_write(record: &dyn Display) -> Remark {
    remark(
        format!("The conversation gave no value for `{record}`, so it is skipped."),
        "If this should not happen, choose “Write nothing at all” for “When the value is blank” (JSON: \
         \"whenBlank\": \"fail\") on the row that must have a value.",
    )
}

pub(crate) fn value_left_out() -> &'static str {
    "If the preset's value may be missing, there is nothing to do. Otherwise add a row for the field."
}

pub(crate) fn new_picklist_value(field: &dyn Display) -> Remark {
    remark(
        format!("The list of `{field}` is open, and the value is not in it: Salesforce stores it as it is."),
        "If any value is welcome, there is nothing to do. Otherwise let an administrator restrict the list to its \
         values.",
    )
}

pub(crate) fn value_cut(field: &dyn Display) -> Remark {
    remark(
        format!("The value for `{field}` was longer than the field, and has been cut."),
        "Ask for a shorter answer. If a part is of no use, choose “Write nothing at all” for “When the value is too \
         long” (JSON: \"whenTooLong\": \"fail\").",
    )
}

pub(crate) fn not_looked_in(record: &dyn Display, sobject: &dyn Display) -> Remark {
    remark(
        format!(
            "`{record}` was not looked for as `{sobject}`, because no key for this object has a value. No new record \
             was created, since it may exist there."
        ),
        "Use a key for all objects in which the record is looked for, or choose “Write nothing at all” for “When the \
         value is blank” (JSON: \"whenBlank\": \"fail\") on the key of this one.",
    )
}

pub(crate) fn reference_rewritten() -> Remark {
    remark(
        "The conversation contains `@{`, which Salesforce would replace; it was written as `@ {`.",
        "There is nothing to do.",
    )
}

pub(crate) fn transcript_cut(field: &dyn Display) -> Remark {
    remark(
        format!("The conversation was longer than `{field}`, and its beginning has been left out."),
        "If the end is enough, there is nothing to do. To keep all of it, attach it as a file as well.",
    )
}
