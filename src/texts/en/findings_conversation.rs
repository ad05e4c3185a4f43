//! What a conversation gave, and did not give.

use crate::texts::remarks;

remarks! {
    key_without_value(key, record)
        "The key `{key}` of `{record}` has no value: the record is neither looked up nor written.",
        "Ask for the value before this module, or choose <whenBlank: \"fail\">.";

    read_key_without_value(key, record)
        "The key `{key}` of `{record}` has no value: the record is not looked up.",
        "Ask for the value before this module, or choose <whenBlank: \"fail\">.";

    one_key_without_value(key, record)
        "The key `{key}` of `{record}` has no value: only the other keys were used.",
        "Ask for the value before this module, or choose <whenBlank: \"fail\">.";

    nothing_to_write(record)
        "The conversation gave no value for `{record}`, so it is skipped.",
        "If this should not happen, choose <whenBlank: \"fail\"> on the row that must have a value.";

    new_picklist_value(field)
        "The list of `{field}` is open, and the value is not in it: Salesforce stores it as it is.",
        "If any value is welcome, there is nothing to do. Otherwise let an administrator restrict the list to its \
         values.";

    value_cut(field)
        "The value for `{field}` was longer than the field, and has been cut.",
        "Ask for a shorter answer. If a part is of no use, choose <whenTooLong: \"fail\">.";

    not_looked_in(record, sobject)
        "`{record}` was not looked for as `{sobject}`, because no key for this object has a value. No new record was \
         created, since it may exist there.",
        "Use a key for all objects in which the record is looked for, or choose <whenBlank: \"fail\"> on the key of \
         this one.";

    reference_rewritten()
        "The conversation contains `@{`, which Salesforce would replace; it was written as `@ {`.",
        "There is nothing to do.";

    transcript_cut(field)
        "The conversation was longer than `{field}`, and its beginning has been left out.",
        "If the end is enough, there is nothing to do. To keep all of it, attach it as a file as well.";

    linked_record_left_out(record, linked)
        "`{record}` is found by `{linked}`, which does not take part in this run: it is neither looked up nor written.",
        "Ask for what finds that record before this module, or choose <whenBlank: \"fail\">.";
}

pub(crate) const VALUE_LEFT_OUT: &str =
    "If the preset's value may be missing, there is nothing to do. Otherwise add a row for the field.";
