//! Rules between the rows of a record, and between records.

use crate::texts::remarks;

remarks! {
    event_only_created()
        "A platform event is only created: it cannot be found, read, linked to or given a file.",
        "Remove this. Of an event, <store> takes `Id` alone.";

    field_written_twice(field, record)
        "Two rows write the field `{field}` of `{record}`.",
        "Keep one of them, or give the second record a name of its own.";

    idempotency_field_mapped(field, record)
        "The field `{field}` of `{record}` is kept for <idempotency>, and a row writes it, too.",
        "Use a field that nothing else fills, or remove the row.";

    idempotency_unused(record)
        "`{record}` is only updated, and an update can be repeated anyway.",
        "Remove <idempotency>, or turn off <onlyUpdateExisting: false>.";

    idempotency_shared(first, second)
        "`{first}` and `{second}` are of one object and would get the same idempotency key.",
        "Use another variable or another field in <idempotency> of one of them.";

    idempotency_partial(record)
        "A step that is run again would write `{record}` a second time: the record has neither an idempotency key nor \
         a key.",
        "Fill in <idempotency> for this record, too, or choose <useToFindExisting: true> in one of its rows.";

    id_not_writable()
        "Salesforce gives a record its `Id`; it cannot be written.",
        "Choose <useToFindExisting: true> to find the record by its id, or remove the row.";

    unknown_record(target)
        "There is no record `{target}`.",
        "Map a field to that record first.";

    misspelt_record(target, near)
        "There is no record `{target}`.",
        "Did you mean `{near}`?";

    reference_in_value()
        "The text contains `@{`, which Salesforce would replace instead of storing.",
        "Write it in another way.";

    no_assignment_rules(sobject)
        "Salesforce has assignment rules for Case, Lead and Account, not for `{sobject}`.",
        "Remove <assignmentRule>; to give the record an owner, map an id to `OwnerId`.";

    link_cycle(record)
        "`{record}` waits for a record that waits for it.",
        "Remove one link of the circle.";

    stored_in_one_variable()
        "Two fields are stored in the same variable.",
        "Give each field its own variable.";

    too_many_records(count, limit)
        "The module writes {count} records, and one composite request of Salesforce takes {limit}.",
        "Split the module in two.";

    too_many_read_back(count, limit)
        "Records, and records to be read back, are {count} together, and one composite request of Salesforce takes \
         {limit}.",
        "Store fewer fields other than `Id`, or split the module in two.";

    too_many_lookups(count, limit)
        "The module looks for existing records of {count} objects, and one composite request of Salesforce takes \
         {limit}.",
        "Split the module in two.";

    look_in_without_key(sobject, record)
        "No row finds an existing `{sobject}` for `{record}`.",
        "Choose <useToFindExisting: true> in a row that counts for this object, or remove the object from <lookIn>.";

    look_in_written_once(record)
        "`{record}` is looked for in several objects, and <idempotency> takes a record of one object only.",
        "Remove <idempotency>: the keys keep a step that is run again from writing the record twice.";

    bad_only_for(unknown, record)
        "`{unknown}` is none of the objects in which `{record}`, or a record that the row links to, is looked for.",
        "Choose objects of <lookIn>, or leave <onlyFor> empty.";

    nothing_to_add_to()
        "A value cannot be added to a key, to a link or to a parent's external id.",
        "Choose another entry for <overwrite>.";
}
