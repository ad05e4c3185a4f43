//! Settings against the facts of the org that `prepare` wrote into them.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn not_prepared(field: &dyn Display, sobject: &dyn Display) -> Remark {
    remark(format!("The facts of the org say nothing about `{field}` of `{sobject}`."), "Run `prepare` again.")
}

pub(crate) fn record_type_twice(record: &dyn Display) -> Remark {
    remark(
        format!("Both “Record type” (JSON: \"recordType\") and a row give `{record}` its record type."),
        "Keep one of them.",
    )
}

pub(crate) fn record_type_not_known() -> Remark {
    remark(
        "The id of this record type is not known.",
        "Run `prepare`, which asks the org for it, or map the id to `RecordTypeId` as a fixed value.",
    )
}

pub(crate) fn required_field_emptied(field: &dyn Display) -> Remark {
    remark(
        format!("Salesforce does not let `{field}` be emptied."),
        "Choose “Leave the field alone” or “Write nothing at all” for “When the value is blank” (JSON: \
         \"whenBlank\": \"skip\" or \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn key_of_several_values(field: &dyn Display) -> Remark {
    remark(
        format!("`{field}` holds several values, which do not tell records apart."),
        "Use another field to find the record.",
    )
}

pub(crate) fn date_without_zone(field: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` holds a date, and the date of a point in time depends on the time zone, which is not given."
        ),
        "Fill in “Time zone” (JSON: \"timeZone\": \"Europe/Berlin\").",
    )
}

pub(crate) fn no_point_in_time(field: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` holds no date or point in time, and “Format of a point in time” (JSON: \"format\") makes one \
             of a number."
        ),
        "Leave “Format of a point in time” empty (JSON: remove \"format\"), or map the value to a date or datetime \
         field.",
    )
}

pub(crate) fn constant_does_not_fit() -> &'static str {
    "Correct the fixed value, or map it to another field."
}

pub(crate) fn constant_not_in_picklist(field: &dyn Display) -> Remark {
    remark(
        format!("The list of `{field}` has no such value; Salesforce would add it to the records, not to the list."),
        "Use a value of the list, or add this one to it in Setup.",
    )
}
