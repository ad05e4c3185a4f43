//! What a run remarks.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn nothing_read(record: &dyn Display) -> Remark {
    remark(
        format!("No existing `{record}` matches."),
        "If that may happen, there is nothing to do: “When no record matches” (JSON: \"whenNoneMatch\") says what \
         becomes of the variables.",
    )
}

pub(crate) fn nothing_to_update(record: &dyn Display) -> Remark {
    remark(
        format!("No existing `{record}` matches, and none is to be created."),
        "There is nothing to do: “Only update existing records, do not create new ones” (JSON: \
         \"onlyUpdateExisting\": true) is set.",
    )
}

pub(crate) fn not_created(record: &dyn Display) -> Remark {
    remark(
        format!("No existing `{record}` matches, and none is to be created."),
        "The finding `not-looked-in` says why.",
    )
}

pub(crate) fn already_written(record: &dyn Display) -> Remark {
    remark(
        format!("This step has written its `{record}` before, so nothing is sent for it."),
        "There is nothing to do: “Write once” (JSON: \"idempotency\") is there for this.",
    )
}

pub(crate) fn only_links(record: &dyn Display) -> Remark {
    remark(
        format!("`{record}` had only links to records that do not take part, so it is skipped."),
        "If the record should be written all the same, map a variable or a fixed value to one of its fields.",
    )
}

pub(crate) fn list_cut(record: &dyn Display) -> Remark {
    remark(
        format!("More `{record}` match than the list holds; those that were changed last are in it."),
        "If these suffice, there is nothing to do. Otherwise raise “Most records” (JSON: \"limit\"), or find fewer \
         by a further key.",
    )
}

pub(crate) fn lead_converted(record: &dyn Display) -> Remark {
    remark(
        format!("The Lead that was found for `{record}` has been converted, so its Contact is used."),
        "There is nothing to do. A key that the Contact holds too would have found it directly.",
    )
}

pub(crate) fn duplicate_adopted(record: &dyn Display) -> Remark {
    remark(
        format!("A duplicate rule named an existing `{record}`, which is used instead of a new one."),
        "If that is meant, there is nothing to do. Otherwise choose another entry for “Duplicate rules of the org” \
         (JSON: \"duplicateRule\").",
    )
}

pub(crate) fn org_has_changed() -> Remark {
    remark(
        "The org may have changed since these settings were prepared; nothing was written.",
        "Run `prepare`: it names the field, length, list or right that does not fit. If it finds nothing, the value \
         itself is the reason.",
    )
}

pub(crate) fn never_prepared() -> Remark {
    remark(
        "The settings may not fit the org, which `prepare` would have checked; nothing was written.",
        "Run `prepare`: it names the field, length, list or right that does not fit. If it finds nothing, the value \
         itself is the reason.",
    )
}

pub(crate) fn doubled(record: &dyn Display) -> Remark {
    remark(
        format!("Another `{record}` with the same keys was created at the same moment."),
        "Merge the record with its `candidates` in Salesforce. A unique key field would rule it out.",
    )
}

pub(crate) fn doubles_not_checked() -> Remark {
    remark(
        "Whether another conversation created the same record at the same moment could not be looked up.",
        "If it happens often, look at the way to Salesforce.",
    )
}

pub(crate) fn answer_verified() -> Remark {
    remark(
        "The answer to the write was lost, so the records were looked up: those that are not `unknown` are written.",
        "If it happens often, look at the way to Salesforce.",
    )
}
