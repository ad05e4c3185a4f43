//! Rows that attach files.

use crate::texts::remarks;

remarks! {
    fills_no_field()
        "A file is attached to the record; it fills none of its fields.",
        "Leave <field> empty, or choose <source: { \"variable\": … }> if the variable holds a value.";

    not_taken_away()
        "A file that was attached before is not taken away again.",
        "Choose <whenBlank: \"skip\"> or <whenBlank: \"fail\">.";

    no_file_here()
        "This row attaches no file, so <whenFileFails> has no effect.",
        "Choose <source: { \"file\": … }>, or remove <whenFileFails>.";

    no_use_for(key)
        "A file has no use for {key}.",
        "Remove it.";

    same_files_twice(record)
        "Two rows attach the same files to `{record}`.",
        "Keep one of them.";

    alone(record)
        "A file alone writes no `{record}`.",
        "Map at least one field of the record, too.";

    not_in_this_mode()
        "This mode attaches no files.",
        "Remove the row, or choose <mode: \"sobject-write\">.";

    cannot_be_attached(variable, record, code)
        "A file of `{variable}` cannot be attached to `{record}`: `{code}`.",
        "Ask for another file. If nothing is to be written without it, choose <whenFileFails: \"fail\">.";

    not_mapped(count)
        "No mapping names the variable of these files of the host, so they are not attached: {count}.",
        "If that is meant, there is nothing to do. Otherwise add a row with <source: { \"file\": … }>.";

    already_there()
        "This step has attached the file before, so it is not sent again.",
        "There is nothing to do: <idempotency> is there for this.";

    perhaps_attached(record, variable, code)
        "`{record}` is written, but a file of `{variable}` may not have been attached: `{code}`.",
        "Look at the files of the record.";

    not_attached(record, variable, code)
        "`{record}` is written, but a file of `{variable}` was not attached: `{code}`.",
        "Attach it by hand. Run the step again only if the record has <idempotency>: otherwise it would be written \
         twice.";
}
