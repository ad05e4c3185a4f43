//! Modules that read.

use std::fmt::Display;

use super::labels::named;
use crate::texts::{Remark, remark};

pub(crate) fn not_in_read(key: &str) -> Remark {
    remark(format!("{} says how something is written, and this module reads.", named(key)), "Remove it.")
}

pub(crate) fn not_in_write(key: &str) -> Remark {
    remark(
        format!("{} says how something is read, and this module writes.", named(key)),
        "Remove it, or choose “SObject (read)” as “Mode” (JSON: \"mode\": \"sobject-read\").",
    )
}

pub(crate) fn list_in_write() -> Remark {
    remark(
        "“List all of them” for “When several records match” (JSON: \"whenSeveralMatch\": \"list\") is for what is \
         read, and this module writes.",
        "Choose another entry, or choose “SObject (read)” as “Mode” (JSON: \"mode\": \"sobject-read\").",
    )
}

pub(crate) fn source_and_target() -> Remark {
    remark(
        "A row has either “Value” (JSON: \"source\"), to find the record by, or “Goes to” (JSON: \"target\"), for \
         what is read. This one has both.",
        "Make two rows of it.",
    )
}

pub(crate) fn not_beside_target(key: &str) -> Remark {
    remark(
        format!("{} has no effect here: this row reads its value from Salesforce.", named(key)),
        "Remove it, or put it on the row of the key.",
    )
}

pub(crate) fn value_without_key() -> Remark {
    remark(
        "This row has a value and is no key, and nothing is written.",
        "Turn on “Use field to check for existing record” (JSON: \"useToFindExisting\": true), or fill in “Goes to” \
         instead of “Value” (JSON: \"target\" instead of \"source\").",
    )
}

pub(crate) fn key_empties_nothing() -> Remark {
    remark(
        "A key empties no field.",
        "Choose “Leave the field alone” or “Write nothing at all” for “When the value is blank” (JSON: \
         \"whenBlank\": \"skip\" or \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn neither_source_nor_target() -> Remark {
    remark(
        "The row has neither “Value” (JSON: \"source\"), to find the record by, nor “Goes to” (JSON: \"target\"), \
         for what is read.",
        "Fill in one of them.",
    )
}

pub(crate) fn list_without_variable() -> Remark {
    remark(
        "Nothing says which variable the list goes to.",
        "Fill in “List” (JSON: \"list\": { \"variable\": \"contacts\", \"limit\": 10 }).",
    )
}

pub(crate) fn list_of_one() -> Remark {
    remark(
        "There is no list while “When several records match” (JSON: \"whenSeveralMatch\") leads to one record or \
         none.",
        "Choose “List all of them” for “When several records match” (JSON: \"whenSeveralMatch\": \"list\"), or \
         remove “List” (JSON: \"list\").",
    )
}

pub(crate) fn too_many_queries(count: usize, limit: usize) -> Remark {
    remark(
        format!(
            "Each record is read by a query of its own: {count} are needed, and one composite request of Salesforce \
             takes {limit}."
        ),
        "Split the module in two.",
    )
}

pub(crate) fn no_key(record: &dyn Display) -> Remark {
    remark(
        format!("No row says which `{record}` is to be read."),
        "Add a row that has a “Value”, such as `customer_email` for Contact `Email`, and turn on “Use field to check \
         for existing record” there (JSON: \"source\" and \"useToFindExisting\": true).",
    )
}

pub(crate) fn key_twice(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!("Two rows look for the `{field}` of `{record}`."),
        "Keep one of them, or give the second record a name of its own.",
    )
}

pub(crate) fn variable_read_twice() -> Remark {
    remark("Two values are read into this variable.", "Give each value its own variable.")
}

pub(crate) fn no_links() -> Remark {
    remark(
        "A record that is read cannot be found by another one of the same module.",
        "Keep that one's `Id` in a variable, and read this one in a second module.",
    )
}

pub(crate) fn nothing_to_read(record: &dyn Display) -> Remark {
    remark(
        format!("No row says what is to be read of `{record}`."),
        "Add a row that has “Goes to” (JSON: { \"object\": \"Contact\", \"field\": \"LastName\", \"target\": { \
         \"variable\": \"last_name\" } }).",
    )
}

pub(crate) fn too_much(most: usize, limit: usize) -> Remark {
    remark(
        format!("A full answer would hold {most} values, and {limit} are taken."),
        "Lower “Most records” of the lists (JSON: \"limit\"), read fewer fields, or split the module in two.",
    )
}
