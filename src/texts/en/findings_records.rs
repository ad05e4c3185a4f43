//! Rules between the rows of a record, and between records.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn field_written_twice(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("Two rows write the field `{field}` of `{record}`."),
        "Keep one of them, or give the second record a name of its own.",
    )
}

pub(crate) fn idempotency_field_mapped(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "The field `{field}` of `{record}` is kept for “Write once” (JSON: \"idempotency\"), and a row writes \
             it, too."
        ),
        "Use a field that nothing else fills, or remove the row.",
    )
}

pub(crate) fn idempotency_unused(record: &dyn Display) -> Remark {
    remark(
        format!("`{record}` is only updated, and an update can be repeated anyway."),
        "Remove “Write once” (JSON: \"idempotency\"), or turn off “Only update existing records, do not create new \
         ones” (JSON: \"onlyUpdateExisting\": false).",
    )
}

pub(crate) fn idempotency_shared(first: &dyn Display, second: &dyn Display) -> Remark {
    remark(
        format!("`{first}` and `{second}` are of one object and would get the same idempotency key."),
        "Use another “Variable of the step” or another “External id field” for one of them (JSON: \"idempotency\": { \
         \"field\": …, \"variable\": … }).",
    )
}

pub(crate) fn idempotency_partial(record: &dyn Display) -> Remark {
    remark(
        format!(
            "A step that is run again would write `{record}` a second time: the record has neither an idempotency \
             key nor a key."
        ),
        "Fill in “Write once” for this record, too (JSON: \"idempotency\"), or turn on “Use field to check for \
         existing record” for one of its fields (JSON: \"useToFindExisting\": true).",
    )
}

pub(crate) fn id_not_writable() -> Remark {
    remark(
        "Salesforce gives a record its `Id`; it cannot be written.",
        "Turn on “Use field to check for existing record” to find the record by its id (JSON: \"useToFindExisting\": \
         true), or remove the row.",
    )
}

pub(crate) fn unknown_record(target: &dyn Display) -> Remark {
    remark(format!("There is no record `{target}`."), "Map a field to that record first.")
}

pub(crate) fn misspelt_record(target: &dyn Display, near: &str) -> Remark {
    remark(format!("There is no record `{target}`."), format!("Did you mean `{near}`?"))
}

pub(crate) fn bad_link() -> Remark {
    remark(
        "The id of a record of this run fills a lookup field, such as `ContactId`; it can neither be a key nor go \
         through a relationship.",
        "Map it to the lookup field itself, and turn off “Use field to check for existing record” (JSON: \
         \"useToFindExisting\": false).",
    )
}

pub(crate) fn only_updated_without_key(record: &dyn Display) -> Remark {
    remark(
        format!("`{record}` is only to be updated, but no row finds an existing record."),
        "Turn on “Use field to check for existing record” for a row (JSON: \"useToFindExisting\": true), or turn off \
         “Only update existing records, do not create new ones” (JSON: \"onlyUpdateExisting\": false).",
    )
}

pub(crate) fn transcript_as_key() -> Remark {
    remark(
        "A conversation finds no record.",
        "Turn off “Use field to check for existing record” (JSON: \"useToFindExisting\": false).",
    )
}

pub(crate) fn constant_as_only_key(record: &dyn Display) -> Remark {
    remark(
        format!("Every conversation would find the same `{record}`: its key is a fixed value."),
        "Choose “Variable” for the “Value” of the key (JSON: \"source\": { \"variable\": … }), or turn off “Use \
         field to check for existing record” (JSON: \"useToFindExisting\": false).",
    )
}

pub(crate) fn constant_as_last_key(record: &dyn Display) -> Remark {
    remark(
        format!(
            "If the other keys find no `{record}`, this fixed value would find the same one in every conversation."
        ),
        "Turn off “Use field to check for existing record” here (JSON: \"useToFindExisting\": false), or choose “All \
         must match” for “How several keys work together” (JSON: \"matchKeys\": \"all\"): then the fixed value \
         narrows the search down.",
    )
}

pub(crate) fn reference_in_value() -> Remark {
    remark("The text contains `@{`, which Salesforce would replace instead of storing.", "Write it in another way.")
}

pub(crate) fn no_assignment_rules(sobject: &dyn Display) -> Remark {
    remark(
        format!("Salesforce has assignment rules for Case, Lead and Account, not for `{sobject}`."),
        "Remove “Assignment rule” (JSON: \"assignmentRule\"); to give the record an owner, map an id to `OwnerId`.",
    )
}

pub(crate) fn link_cycle(record: &dyn Display) -> Remark {
    remark(format!("`{record}` waits for a record that waits for it."), "Remove one link of the circle.")
}

pub(crate) fn stored_in_one_variable() -> Remark {
    remark("Two fields are stored in the same variable.", "Give each field its own variable.")
}

pub(crate) fn too_many_records(count: usize, limit: usize) -> Remark {
    remark(
        format!("The module writes {count} records, and one composite request of Salesforce takes {limit}."),
        "Split the module in two.",
    )
}

pub(crate) fn too_many_read_back(count: usize, limit: usize) -> Remark {
    remark(
        format!(
            "Records, and records to be read back, are {count} together, and one composite request of Salesforce \
             takes {limit}."
        ),
        "Store fewer fields other than `Id`, or split the module in two.",
    )
}

pub(crate) fn too_many_lookups(count: usize, limit: usize) -> Remark {
    remark(
        format!(
            "The module looks for existing records of {count} objects, and one composite request of Salesforce takes \
             {limit}."
        ),
        "Split the module in two.",
    )
}

pub(crate) fn look_in_without_key(sobject: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("No row finds an existing `{sobject}` for `{record}`."),
        "Turn on “Use field to check for existing record” for a row that counts for this object (JSON: \
         \"useToFindExisting\": true), or remove the object from “Look in several objects” (JSON: \"lookIn\").",
    )
}

pub(crate) fn look_in_written_once(record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{record}` is looked for in several objects, and “Write once” (JSON: \"idempotency\") takes a record of \
             one object only."
        ),
        "Remove “Write once” (JSON: \"idempotency\"): the keys keep a step that is run again from writing the record \
         twice.",
    )
}

pub(crate) fn bad_only_for(unknown: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{unknown}` is none of the objects in which `{record}`, or a record that the row links to, is looked \
             for."
        ),
        "Choose objects of “Look in several objects” (JSON: \"lookIn\"), or leave “Only for these objects” empty \
         (JSON: remove \"onlyFor\").",
    )
}
