//! Files against the org as its integration user sees it.

use crate::texts::remarks;

remarks! {
    may_not_create()
        "The integration user may not create files (`ContentVersion`).",
        "Let an administrator give the permission in the user's profile or a permission set.";

    read_only(field)
        "The integration user may not set `{field}` of a new `ContentVersion`.",
        "Remove the row, or let an administrator give the integration user access to the field.";

    required_field(field)
        "The org demands `{field}` of every new `ContentVersion`, and a file has none.",
        "Let an administrator give the field a default, or make it optional.";

    not_attachable(sobject)
        "The org attaches no files to `{sobject}`.",
        "Attach the file to another record of this module, such as the Case.";
}
