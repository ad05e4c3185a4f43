//! What a run found out about its records, so that they are not written or not read.

use super::list;
use crate::texts::Name;

pub(crate) fn idempotency_key_taken(record: Name) -> String {
    format!(
        "Another `{record}` holds the idempotency key of this step in another spelling. Give each conversation and step a key that differs \
         in more than upper and lower case."
    )
}
pub(crate) const NOT_LOOKED_UP: &str =
    "It is not known whether the record exists, so nothing was written. Run again later.";
pub(crate) fn no_such_record(sobject: Name) -> String {
    format!(
        "There is no `{sobject}` with this id, or the integration user may not see it. Check the id and the user's rights."
    )
}
pub(crate) fn same_record_twice(one: Name, other: Name) -> String {
    format!(
        "`{one}` and `{other}` turned out to be one record, and writing both would mix them. Give them different keys, or map all to one \
         of them."
    )
}
pub(crate) fn no_match(record: Name) -> String {
    format!(
        "No `{record}` matches, and \"When no record matches\" (`whenNoneMatch`) is \"Read nothing at all\" (`fail`). Let the chat ask \
         again, or change that setting."
    )
}
pub(crate) const UNATTRIBUTED: &str = "Salesforce found a record that fits none of the keys as this module compares them, so it is not clear \
    for which record it was found. Give each record of the same object a key of its own, or look them up in two modules.";
pub(crate) const CASE_UNKNOWN: &str = "A record fits one key in other capitals and another key as well. Whether the field tells capitals from \
    small letters is not known here, so it is not clear which key has found it. Run `prepare`, which asks the org.";
pub(crate) const CUT_SHORT: &str = "Some keys match so many records that the answer does not tell whether the others match at all. Use keys \
    that tell records apart.";
pub(crate) const CONVERTED_WITHOUT_CONTACT: &str = "The Lead that was found has been converted and cannot be written any more. No Contact came \
    of it that the integration user may see, or Contact is not in \"Look in several objects\" (`lookIn`). Check both.";
pub(crate) fn query_too_long(most: usize) -> String {
    format!("The keys of this run make a query of more than {most} bytes. Use fewer keys, or two modules.")
}
pub(crate) fn api_usage(used: u32, limit: u32, percent: Name) -> String {
    format!(
        "The org has used {used} of its {limit} API requests, and from {percent} percent on nothing is written. Run again later, or raise \
         \"Leave API requests to others\" (`deferAboveApiUsage`)."
    )
}
pub(crate) const NOT_WRITTEN: &str = "Another record of this run could not be written, and a run writes all of its records or none. Look at \
    that record's error.";
pub(crate) const NOT_READ: &str =
    "Another record of this run could not be read, so this one was not read either. Look at that record's error.";
pub(crate) fn too_much_read(bytes: usize, values: usize) -> String {
    format!(
        "More would be read than fits: {bytes} bytes and {values} values of JSON in all. Lower \"Most records\" (`limit`) of the list, or \
         read fewer or shorter fields."
    )
}
pub(crate) fn validation_rules(names: &[String], sobject: Name) -> String {
    format!("It is the validation rule {} of `{sobject}`.", list(names, "or"))
}
