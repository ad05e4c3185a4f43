//! Rows that attach files.

use std::fmt::Display;

use super::labels::named;
use crate::texts::{Remark, remark};

pub(crate) fn fills_no_field() -> Remark {
    remark(
        "A file is attached to the record; it fills none of its fields.",
        "Leave “Field” empty (JSON: remove \"field\"), or choose “Variable” for “Value” if the variable holds a \
         value (JSON: \"source\": { \"variable\": … }).",
    )
}

pub(crate) fn not_taken_away() -> Remark {
    remark(
        "A file that was attached before is not taken away again.",
        "Choose “Leave the field alone” or “Write nothing at all” for “When the value is blank” (JSON: \
         \"whenBlank\": \"skip\" or \"whenBlank\": \"fail\").",
    )
}

pub(crate) fn no_file_here() -> Remark {
    remark(
        "This row attaches no file, so “When a file cannot be attached” (JSON: \"whenFileFails\") has no effect.",
        "Choose “Files” for “Value” (JSON: \"source\": { \"file\": … }), or leave “When a file cannot be attached” \
         as it is by default (JSON: remove \"whenFileFails\").",
    )
}

pub(crate) fn no_use_for(key: &str) -> Remark {
    remark(format!("A file has no use for {}.", named(key)), "Remove it.")
}

pub(crate) fn same_files_twice(record: &dyn Display) -> Remark {
    remark(format!("Two rows attach the same files to `{record}`."), "Keep one of them.")
}

pub(crate) fn alone(record: &dyn Display) -> Remark {
    remark(format!("A file alone writes no `{record}`."), "Map at least one field of the record, too.")
}

pub(crate) fn not_in_this_mode() -> Remark {
    remark(
        "This mode attaches no files.",
        "Remove the row, or choose “SObject (write)” as “Mode” (JSON: \"mode\": \"sobject-write\").",
    )
}

pub(crate) fn cannot_be_attached(variable: &str, record: &dyn Display, code: &str) -> Remark {
    remark(
        format!("A file of `{variable}` cannot be attached to `{record}`: `{code}`."),
        "Ask for another file. If nothing is to be written without it, choose “Write nothing at all” for “When a \
         file cannot be attached” (JSON: \"whenFileFails\": \"fail\").",
    )
}

pub(crate) fn not_mapped(count: usize) -> Remark {
    remark(
        format!("No mapping names the variable of these files of the host, so they are not attached: {count}."),
        "If that is meant, there is nothing to do. Otherwise add a row with “Files” as its “Value” (JSON: \
         \"source\": { \"file\": … }).",
    )
}

pub(crate) fn already_there() -> Remark {
    remark(
        "This step has attached the file before, so it is not sent again.",
        "There is nothing to do: “Write once” (JSON: \"idempotency\") is there for this.",
    )
}

pub(crate) fn perhaps_attached(record: &dyn Display, variable: &str, code: &str) -> Remark {
    remark(
        format!("`{record}` is written, but a file of `{variable}` may not have been attached: `{code}`."),
        "Look at the files of the record.",
    )
}

pub(crate) fn not_attached(record: &dyn Display, variable: &str, code: &str) -> Remark {
    remark(
        format!("`{record}` is written, but a file of `{variable}` was not attached: `{code}`."),
        "Attach it by hand. Run the step again only if the record has “Write once” (JSON: \"idempotency\"): \
         otherwise it would be written twice.",
    )
}
