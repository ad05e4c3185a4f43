//! What a run remarks.

use crate::texts::remarks;

remarks! {
    nothing_read(record)
        "No existing `{record}` matches.",
        "If that may happen, there is nothing to do: <whenNoneMatch> says what becomes of the variables.";

    nothing_to_update(record)
        "No existing `{record}` matches, and none is to be created.",
        "There is nothing to do: <onlyUpdateExisting: true> is set.";

    not_created(record)
        "No existing `{record}` matches, and none is to be created.",
        "The finding `not-looked-in` says why.";

    already_written(record)
        "This step has written its `{record}` before, so nothing is sent for it.",
        "There is nothing to do: <idempotency> is there for this.";

    only_links(record)
        "`{record}` had only links to records that do not take part, so it is skipped.",
        "If the record should be written all the same, map a variable or a fixed value to one of its fields.";

    list_cut(record)
        "More `{record}` match than the list holds; those that were changed last are in it.",
        "If these suffice, there is nothing to do. Otherwise raise <limit>, or find fewer by a further key.";

    lead_converted(record)
        "The Lead that was found for `{record}` has been converted, so its Contact is used.",
        "There is nothing to do. A key that the Contact holds too would have found it directly.";

    duplicate_adopted(record)
        "A duplicate rule named an existing `{record}`, which is used instead of a new one.",
        "If that is meant, there is nothing to do. Otherwise choose another entry for <duplicateRule>.";

    org_has_changed()
        "The org may have changed since these settings were prepared; nothing was written.",
        "Run `prepare`: it names the field, length, list or right that does not fit. If it finds nothing, the value \
         itself is the reason.";

    never_prepared()
        "The settings may not fit the org, which `prepare` would have checked; nothing was written.",
        "Run `prepare`: it names the field, length, list or right that does not fit. If it finds nothing, the value \
         itself is the reason.";

    doubled(record)
        "Another `{record}` with the same keys was created at the same moment.",
        "Merge the record with its `candidates` in Salesforce. A unique key field would rule it out.";

    doubles_not_checked()
        "Whether another conversation created the same record at the same moment could not be looked up.",
        "If it happens often, look at the way to Salesforce.";

    answer_verified()
        "The answer to the write was lost, so the records were looked up: those that are not `unknown` are written.",
        "If it happens often, look at the way to Salesforce.";

    only_looked_for(record)
        "No existing `{record}` matches, and no row writes a value, so none is created.",
        "There is nothing to do: <useToFindExisting: \"only\"> is chosen in each row.";
}
