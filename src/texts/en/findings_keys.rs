//! What finds an existing record: keys, their groups, and links as keys.

use crate::texts::remarks;

remarks! {
    only_updated_without_key(record)
        "`{record}` is only to be updated, but no row finds an existing record.",
        "Choose <useToFindExisting: true> in a row, or turn off <onlyUpdateExisting: false>.";

    transcript_as_key()
        "A conversation finds no record.",
        "Choose <useToFindExisting: false>.";

    key_twice(field, record)
        "Two rows look for the `{field}` of `{record}`.",
        "Keep one of them, or give the second record a name of its own.";

    constant_as_only_key(record)
        "Every conversation would find the same `{record}`: its key is a fixed value.",
        "Choose <source: { \"variable\": … }> of the key, or choose <useToFindExisting: false>.";

    constant_as_last_key(record)
        "If the other keys find no `{record}`, this fixed value would find the same one in every conversation.",
        "Choose <useToFindExisting: false> here, or choose <matchKeys: \"all\">: then the fixed value narrows the \
         search down.";

    constants_as_group(record)
        "If the other groups find no `{record}`, this group of fixed values would find the same one in every \
         conversation.",
        "Add a key with a value of the conversation to the group: then the fixed values narrow the search down.";

    new_record_without_key(record)
        "A new `{record}` does not get the values that it is found by, so each conversation creates one more.",
        "Turn on <onlyUpdateExisting: true>, or choose <useToFindExisting: true> instead of <useToFindExisting: \
         \"only\"> for one of the keys, so that its value is written, too.";

    unknown_key(key, record)
        "No row finds an existing `{record}` by `{key}`.",
        "Choose <useToFindExisting: true> in a row with the field `{key}`, or remove the field here.";

    misspelt_key(key, record, near)
        "No row finds an existing `{record}` by `{key}`.",
        "Did you mean `{near}`?";

    group_twice()
        "The group lists a field twice, or is the same as an earlier group.",
        "Remove what is there twice.";

    key_in_no_group(key, record)
        "`{key}` is a key of `{record}` and stands in no group of <matchKeys>.",
        "Add it to a group, or choose <useToFindExisting: false>.";

    number_of_groups(count, limit)
        "The list has {count} groups, and 1 to {limit} are possible.",
        "Write groups of key fields, such as <matchKeys: [[\"Email\", \"FirstName\"], [\"Email\"]]>.";

    number_of_fields(count, limit)
        "The group has {count} fields, and 1 to {limit} are possible.",
        "Write groups of key fields, such as <matchKeys: [[\"Email\", \"FirstName\"], [\"Email\"]]>.";

    link_through_relationship()
        "The id of a record of this run fills a lookup field, such as `ContactId`; it cannot go through a \
         relationship.",
        "Map it to the lookup field itself.";

    link_in_no_lookup_field(field)
        "`{field}` is not the name of a lookup field, such as `ContactId` or `Contact__c`.",
        "Map the link to the lookup field.";

    link_finds_one_object(record)
        "`{record}` is looked for in several objects, and a link finds records of one object.",
        "Choose <useToFindExisting: false> for the link.";

    link_to_a_new_record(target)
        "`{target}` is created each time, so no record is linked to it yet.",
        "Choose <useToFindExisting: true> in a row of that record, or choose <useToFindExisting: false> for the link.";

    link_through_two_links(target)
        "`{target}` is itself found by a record that it links to, and a search goes through one link only.",
        "Find that record by its own fields, or choose <useToFindExisting: false> for the link.";

    link_cannot_be_searched(field)
        "The relationship of `{field}` leads to several objects, or has another name, so no search goes through it.",
        "Choose <useToFindExisting: false> for the link, or use another lookup field.";
}
