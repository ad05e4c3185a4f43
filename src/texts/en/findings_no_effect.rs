//! Settings that change nothing where they stand.

use std::fmt::Display;

use super::labels::named;
use crate::texts::{Remark, remark};

pub(crate) fn on_a_link(key: &str) -> Remark {
    remark(format!("{} has no effect here: the row takes the id of a record.", named(key)), "Remove it.")
}

pub(crate) fn a_key_is_not_cut() -> Remark {
    remark(
        "“When the value is too long” (JSON: \"whenTooLong\") has no effect here: a value that finds a record is \
         never cut.",
        "Remove it.",
    )
}

pub(crate) fn without_key(key: &str) -> Remark {
    remark(
        format!("{} has no effect here: the record has no key, so it is created each time.", named(key)),
        "Remove it, or turn on “Use field to check for existing record” for a field that tells records apart (JSON: \
         \"useToFindExisting\": true).",
    )
}

pub(crate) fn found_by_the_step_alone(key: &str) -> Remark {
    remark(
        format!(
            "{} has no effect here: the record is found only by “Write once” (JSON: \"idempotency\"), whose field no \
             two records share.",
            named(key)
        ),
        "Remove it.",
    )
}

pub(crate) fn found_by_id(key: &str) -> Remark {
    remark(
        format!("{} has no effect here: the only key is `Id`, which no two records share.", named(key)),
        "Remove it.",
    )
}

pub(crate) fn never_created() -> Remark {
    remark(
        "“Look for doubles after creating” (JSON: \"checkForDoubles\") has no effect here: the record is never \
         created.",
        "Remove it, or turn off “Only update existing records, do not create new ones” (JSON: \
         \"onlyUpdateExisting\": false).",
    )
}

pub(crate) fn fewer_than_two_keys(keys: usize) -> Remark {
    remark(
        format!(
            "“How several keys work together” (JSON: \"matchKeys\") has no effect here: the number of keys is {keys}."
        ),
        "Remove it, or turn on “Use field to check for existing record” for a further field (JSON: \
         \"useToFindExisting\": true).",
    )
}

pub(crate) fn always_new(record: &dyn Display) -> Remark {
    remark(
        format!(
            "“Overwrite” (JSON: \"overwrite\") has no effect here: `{record}` has no key, so an existing record is \
             never changed."
        ),
        "Remove it, or turn on “Use field to check for existing record” for a field that tells records apart (JSON: \
         \"useToFindExisting\": true).",
    )
}

pub(crate) fn constant_has_one_form(key: &str) -> Remark {
    remark(format!("{} has no effect here: the fixed value means the same in each.", named(key)), "Remove it.")
}

pub(crate) fn of_another_type(key: &str, field: &dyn Display, numbers: bool) -> Remark {
    remark(
        format!(
            "{} has no effect here: `{field}` holds no {}.",
            named(key),
            if numbers { "number, date or time" } else { "date or point in time" }
        ),
        "Remove it.",
    )
}
