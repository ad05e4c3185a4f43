//! Modules that read.

use crate::texts::remarks;

remarks! {
    not_in_read(key)
        "{key} says how something is written, and this module reads.",
        "Remove it.";

    not_in_write(key)
        "{key} says how something is read, and this module writes.",
        "Remove it, or choose <mode: \"sobject-read\">.";

    list_in_write()
        "<whenSeveralMatch: \"list\"> is for what is read, and this module writes.",
        "Choose another entry, or choose <mode: \"sobject-read\">.";

    source_and_target()
        "A row has either <source>, to find the record by, or <target>, for what is read. This one has both.",
        "Make two rows of it.";

    not_beside_target(key)
        "{key} has no effect here: this row reads its value from Salesforce.",
        "Remove it, or put it on the row of the key.";

    value_without_key()
        "This row has a value and is no key, and nothing is written.",
        "Choose <useToFindExisting: true>, or fill in <target> instead of <source>.";

    key_empties_nothing()
        "A key empties no field.",
        "Choose <whenBlank: \"skip\"> or <whenBlank: \"fail\">.";

    neither_source_nor_target()
        "The row has neither <source>, to find the record by, nor <target>, for what is read.",
        "Fill in one of them.";

    list_without_variable()
        "The list goes to no variable.",
        "Fill in <list: { \"variable\": \"contacts\", \"limit\": 10 }>.";

    list_of_one()
        "There is no list while <whenSeveralMatch> leads to one record or none.",
        "Choose <whenSeveralMatch: \"list\">, or remove <list>.";

    too_many_queries(count, limit)
        "Each record is read by a query of its own: {count} are needed, and one composite request of Salesforce takes \
         {limit}.",
        "Split the module in two.";

    no_key(record)
        "No row says which `{record}` is to be read.",
        "Add a row that has <source: { \"variable\": … }>, such as `customer_email` for Contact `Email`, and choose \
         <useToFindExisting: true> there.";

    variable_read_twice()
        "Two values are read into this variable.",
        "Give each value its own variable.";

    no_links()
        "A record that is read cannot be found by another one of the same module.",
        "Keep that one's `Id` in a variable, and read this one in a second module.";

    nothing_to_read(record)
        "No row says what is to be read of `{record}`.",
        "Add a row that has <target: { \"variable\": \"last_name\" }>, such as for the field `LastName` of `Contact`.";

    too_much(most, limit)
        "A full answer would hold {most} values, and {limit} are taken.",
        "Lower <limit> of the lists, read fewer fields, or split the module in two.";
}
