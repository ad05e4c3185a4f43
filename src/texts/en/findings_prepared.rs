//! Settings against the facts of the org that `prepare` wrote into them.

use crate::texts::remarks;

remarks! {
    not_prepared(field, sobject)
        "The facts of the org say nothing about `{field}` of `{sobject}`.",
        "Run `prepare` again.";

    record_type_twice(record)
        "Both <recordType> and a row give `{record}` its record type.",
        "Keep one of them.";

    record_type_not_known()
        "The id of this record type is not known.",
        "Run `prepare`, which asks the org for it, or map the id to `RecordTypeId` as a fixed value.";

    required_field_emptied(field)
        "Salesforce does not let `{field}` be emptied.",
        "Choose <whenBlank: \"skip\"> or <whenBlank: \"fail\">.";

    key_of_several_values(field)
        "`{field}` holds several values, which do not tell records apart.",
        "Use another field to find the record.";

    date_without_zone(field)
        "`{field}` holds a date, and the date of a point in time depends on the time zone, which is not given.",
        "Fill in <timeZone: \"Europe/Berlin\">.";

    no_point_in_time(field)
        "`{field}` holds no date or point in time, and <format> makes one of a number.",
        "Leave <format> empty, or map the value to a date or datetime field.";

    constant_not_in_picklist(field)
        "The list of `{field}` has no such value; Salesforce would add it to the records, not to the list.",
        "Use a value of the list, or add this one to it in Setup.";

    list_or_text_not_known(field)
        "Whether `{field}` is a list or a text is not known, so `;` is put between the old value and the new one.",
        "Run `prepare`, which asks the org, or fill in <separator>.";

    holds_one_value(field)
        "`{field}` holds one value, and nothing can be added to it.",
        "Choose <overwrite: \"always\">, or map the value to a text or a multi-select picklist.";
}

pub(crate) const CONSTANT_DOES_NOT_FIT: &str = "Correct the fixed value, or map it to another field.";
