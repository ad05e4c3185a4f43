//! What a field takes, where the conversation gave something else.

use crate::texts::Name;

pub(crate) fn boolean(field: Name) -> String {
    format!("`{field}` takes true or false, yes or no, ja or nein, 1 or 0.")
}
pub(crate) fn email(field: Name) -> String {
    format!("`{field}` takes an e-mail address, such as anna@example.com.")
}
pub(crate) fn id(field: Name) -> String {
    format!("`{field}` takes a Salesforce id of 15 or 18 characters, exactly as Salesforce shows it.")
}

/// `digits` are the most before and behind the decimal point.
pub(crate) fn number(field: Name, example: &str, digits: Option<(usize, usize)>) -> String {
    match digits {
        None => format!("`{field}` takes a number such as {example}."),
        Some((most, 0)) => format!("`{field}` takes a whole number such as {example}, of at most {most} digits."),
        Some((before, behind)) => format!(
            "`{field}` takes a number such as {example}, with at most {before} digits before the decimal point and {behind} behind \
             it."
        ),
    }
}
pub(crate) fn whole_number(field: Name) -> String {
    format!("`{field}` takes a number such as 1234, without decimals.")
}

/// `local` is the locale's form.
pub(crate) fn date(field: Name, local: &str) -> String {
    format!("`{field}` takes a date such as 2026-12-24{}.", or(local))
}
pub(crate) fn datetime(field: Name, local: &str) -> String {
    format!("`{field}` takes a point in time such as 2026-12-24T18:30:00+01:00{}.", or(local))
}
fn or(local: &str) -> String {
    if local.is_empty() { String::new() } else { format!(" or {local}") }
}
pub(crate) const OTHER_FORMS: &str = "Other forms need the setting \"Number and date format\" (`locale`).";
pub(crate) const MAY_BE_A_COUNT: &str = "Seconds or milliseconds since 1970 need the setting \"Format of a point in time\" (`format`: \
    `epoch-seconds` or `epoch-milliseconds`).";
pub(crate) fn time(field: Name) -> String {
    format!("`{field}` takes a time such as 18:30 or 18:30:00.")
}
pub(crate) fn day_of_instant(field: Name) -> String {
    format!(
        "`{field}` takes a date, and which day it is at a point in time depends on the place. Set \"Time zone\" (`timeZone`)."
    )
}
pub(crate) fn local_time(field: Name) -> String {
    format!(
        "`{field}` takes a point in time, and a local time is one only with its time zone. Give the offset, as in \
         2026-12-24T18:30:00+01:00, or set \"Time zone\" (`timeZone`)."
    )
}
pub(crate) fn skipped_time(field: Name) -> String {
    format!("`{field}` takes a point in time, and the clocks skipped this local time. {GIVE_THE_OFFSET}")
}
pub(crate) fn time_shown_twice(field: Name) -> String {
    format!("`{field}` takes a point in time, and the clocks showed this local time twice. {GIVE_THE_OFFSET}")
}
pub(crate) fn time_before(field: Name, since: Name) -> String {
    format!("`{field}` takes a point in time, and local times before {since} are not converted. {GIVE_THE_OFFSET}")
}
const GIVE_THE_OFFSET: &str = "Give the offset too, as in 2026-12-24T18:30:00+01:00.";
pub(crate) fn out_of_range(field: Name, first: i16, last: i16) -> String {
    format!("`{field}` takes no day before the year {first} or after the year {last}.")
}
pub(crate) fn seconds(field: Name) -> String {
    format!(
        "`{field}` takes the seconds since 1970 as a number, such as 1798133400, because \"Format of a point in time\" (`format`) says \
         so."
    )
}
pub(crate) fn milliseconds(field: Name) -> String {
    format!(
        "`{field}` takes the milliseconds since 1970 as a whole number, such as 1798133400000, because \"Format of a point in time\" \
         (`format`) says so."
    )
}

pub(crate) fn too_long(field: Name, most: usize) -> String {
    format!("`{field}` takes at most {most} characters.")
}
pub(crate) fn too_many_bytes(field: Name, most: usize) -> String {
    format!(
        "`{field}` takes at most {most} bytes: an `ä` is two, a Japanese character three, an emoji four, and `&` five."
    )
}
/// `values` are the first of the list.
pub(crate) fn not_in_picklist(field: Name, values: &str) -> String {
    match values {
        "" => format!("`{field}` takes only values of its picklist."),
        values => format!("`{field}` takes one of its picklist's values: {values}."),
    }
}

pub(crate) fn blank(field: Name) -> String {
    format!("`{field}` must have a value, and the conversation gave none. Make the question mandatory in the chat.")
}
pub(crate) fn blank_link(field: Name, record: Name) -> String {
    format!("`{field}` must hold the id of `{record}`, which does not take part in this run. {LET_IT_BE_BLANK}")
}
pub(crate) fn blank_link_only_for(field: Name, record: Name) -> String {
    format!(
        "`{field}` must hold the id of `{record}`, which does not take part in this run, or is none of the objects in `onlyFor`. \
         {LET_IT_BE_BLANK}"
    )
}
const LET_IT_BE_BLANK: &str =
    "If that is allowed, set \"When the value is blank\" (`whenBlank`) to \"Leave the field alone\" (`skip`).";
pub(crate) fn other_kind(field: Name) -> String {
    format!("`{field}` takes a text, a number, true or false, or a list of them. The variable holds something else.")
}
pub(crate) fn number_out_of_range(field: Name) -> String {
    format!("The number for `{field}` is larger, or closer to zero, than any that Salesforce holds.")
}
pub(crate) fn too_much_text(field: Name, most: usize) -> String {
    format!(
        "With the value for `{field}`, the texts of this run are more than {most} bytes together. Let the chat pass less."
    )
}
pub(crate) fn reference_in_stored(field: Name, mark: &str) -> String {
    format!(
        "`{field}` holds a text with `{mark}`, which Salesforce would replace if it were sent back, so nothing is added. Remove \
         `{mark}` from the record, or do not add to this field."
    )
}

pub(crate) fn reference_mark(field: Name, mark: &str) -> String {
    format!(
        "The value for `{field}` contains `{mark}`, which Salesforce would replace instead of storing. Let the chat ask for one without it."
    )
}
/// The idempotency key is the host's, or the author's: nothing that a visitor could correct.
pub(crate) fn bad_idempotency_key(field: Name) -> String {
    format!(
        "`idempotency` has no text for `{field}` that a URL can carry. Give a text or a number, as long as the field at most, without \
         slash, backslash, percent sign or control character, and without a full stop at an end."
    )
}

pub(crate) fn key_too_long(field: Name, most: usize) -> String {
    format!("To find a record by `{field}`, its value must have at most {most} characters.")
}
pub(crate) fn key_is_no_id(field: Name) -> String {
    format!("To find a record by `{field}`, its value must be a Salesforce id of 15 or 18 characters.")
}
pub(crate) fn key_is_no_number(field: Name) -> String {
    format!("To find a record by `{field}`, its value must be a number of a usual size.")
}
