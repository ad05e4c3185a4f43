//! Files against the org as its integration user sees it.

use std::fmt::Display;

use crate::texts::{Remark, remark};

pub(crate) fn may_not_create() -> Remark {
    remark(
        "The integration user may not create files (`ContentVersion`).",
        "Let an administrator give the permission in the user's profile or a permission set.",
    )
}

pub(crate) fn read_only(field: &str) -> Remark {
    remark(
        format!("The integration user may not set `{field}` of a new `ContentVersion`."),
        "Remove the row, or let an administrator give the integration user access to the field.",
    )
}

pub(crate) fn required_field(field: &str) -> Remark {
    remark(
        format!("The org demands `{field}` of every new `ContentVersion`, and a file has none."),
        "Let an administrator give the field a default, or make it optional.",
    )
}

pub(crate) fn not_attachable(sobject: &dyn Display) -> Remark {
    remark(
        format!("The org attaches no files to `{sobject}`."),
        "Attach the file to another record of this module, such as the Case.",
    )
}
