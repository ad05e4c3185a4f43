//! Settings that change nothing where they stand.

use crate::texts::remarks;

remarks! {
    on_a_link(key)
        "{key} has no effect here: the row takes the id of a record.",
        "Remove it.";

    a_key_is_not_cut()
        "<whenTooLong> has no effect here: a value that finds a record is never cut.",
        "Remove it.";

    without_key(key)
        "{key} has no effect here: the record has no key, so it is created each time.",
        "Remove it, or choose <useToFindExisting: true> in the row of a field that tells records apart.";

    found_by_idempotency_alone(key)
        "{key} has no effect here: the record is found only by <idempotency>, whose field no two records share.",
        "Remove it.";

    found_by_id(key)
        "{key} has no effect here: the only key is `Id`, which no two records share.",
        "Remove it.";

    never_created()
        "<checkForDoubles> has no effect here: the record is never created.",
        "Remove it, or turn off <onlyUpdateExisting: false>.";

    before_the_header()
        "<duplicateRule: \"allow\"> has no effect here: Salesforce knows it from API version 52.0 on.",
        "Remove it, or remove <apiVersion>.";

    fewer_than_two_keys(keys)
        "<matchKeys> has no effect here: the number of keys is {keys}.",
        "Remove it, or choose <useToFindExisting: true> in the row of a further field.";

    always_new(record)
        "<overwrite> has no effect here: `{record}` has no key, so an existing record is never changed.",
        "Remove it, or choose <useToFindExisting: true> in the row of a field that tells records apart.";

    constant_has_one_form(key)
        "{key} has no effect here: the fixed value is the same with and without it.",
        "Remove it.";

    neither_number_nor_time(key, field)
        "{key} has no effect here: `{field}` holds no number, date or time.",
        "Remove it.";

    no_point_in_time(key, field)
        "{key} has no effect here: `{field}` holds no date or point in time.",
        "Remove it.";

    of_a_conversation(key)
        "{key} has no effect here: a conversation is written as it is.",
        "Remove it.";

    a_search_writes_nothing()
        "<overwrite> has no effect here: a value that only finds a record is never written.",
        "Remove it.";

    nothing_is_added()
        "<separator> has no effect here: it stands between an old value and one that is added.",
        "Remove it, or choose <overwrite: \"append\">.";

    a_list_has_its_own()
        "<separator> has no effect here: a multi-select picklist has its own.",
        "Remove it.";

    only_found()
        "<checkForDoubles> has no effect here: no row writes a value, so the record is never created.",
        "Remove it, or choose <useToFindExisting: true> instead of <useToFindExisting: \"only\"> in a row.";
}
