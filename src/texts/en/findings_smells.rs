//! What is well formed and probably not meant. Each can be silenced.

use std::fmt::Display;

use crate::base::Words;
use crate::texts::{Remark, remark};

pub(crate) fn mismatched_source(field: &dyn Display, holds: &Words, says: &Words) -> Remark {
    remark(
        format!("`{field}` holds {}, but the variable's name says {}.", holds.en, says.en),
        "Choose the variable that belongs there. If it is the right one, choose “The variable's name does not fit \
         the field” under “Silenced hints” (JSON: \"silence\": [\"mismatched-source\"]).",
    )
}

pub(crate) fn look_alike_fields(first: &dyn Display, second: &dyn Display) -> Remark {
    remark(
        format!("One variable fills both `{first}` and `{second}`."),
        "Choose another variable for one of them. If both are meant, choose “One variable fills similar fields” \
         under “Silenced hints” (JSON: \"silence\": [\"look-alike-fields\"]).",
    )
}

pub(crate) fn only_key_may_be_blank(field: &dyn Display, record: &dyn Display, reads: bool) -> Remark {
    remark(
        format!("If the visitor leaves `{field}` blank, no `{record}` is {}.", if reads { "read" } else { "written" }),
        "Make the question mandatory, or choose “Write nothing at all” for “When the value is blank” (JSON: \
         \"whenBlank\": \"fail\"). If a blank answer is fine, choose “The key may be left blank” under “Silenced \
         hints” (JSON: \"silence\": [\"key-may-be-blank\"]).",
    )
}

pub(crate) fn key_may_be_blank(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "If the visitor leaves `{field}` blank, the other keys alone find the `{record}`, and that may be \
             another person's."
        ),
        "Choose “Write nothing at all” for “When the value is blank” (JSON: \"whenBlank\": \"fail\"). If the other \
         keys suffice, choose “The key may be left blank” under “Silenced hints” (JSON: \"silence\": \
         [\"key-may-be-blank\"]).",
    )
}

pub(crate) fn case_key(field: &dyn Display) -> Remark {
    remark(
        format!("With the key `{field}`, a new chat changes an old Case instead of opening one."),
        "Turn off “Use field to check for existing record” (JSON: \"useToFindExisting\": false). If the old Case is \
         meant, choose “The key changes an old Case” under “Silenced hints” (JSON: \"silence\": [\"case-key\"]).",
    )
}

pub(crate) fn weak_key_phone(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` alone decides which `{record}` is meant. A number is found only in the spelling in which it \
             is stored, and people may share it."
        ),
        "Use a value that only one record has, such as an e-mail address or a unique external id, as the key \
         instead, or as a second key with “All must match” for “How several keys work together” (JSON: \
         \"matchKeys\": \"all\"). If this key is meant, choose “The key may fit several records” under “Silenced \
         hints” (JSON: \"silence\": [\"weak-key\"]).",
    )
}

pub(crate) fn weak_key_shared(field: &dyn Display, record: &dyn Display) -> Remark {
    remark(
        format!(
            "`{field}` alone decides which `{record}` is meant. Several records may hold the same value, and the \
             wrong one would be overwritten."
        ),
        "Use a value that only one record has, such as an e-mail address or a unique external id, as the key \
         instead, or as a second key with “All must match” for “How several keys work together” (JSON: \
         \"matchKeys\": \"all\"). If this key is meant, choose “The key may fit several records” under “Silenced \
         hints” (JSON: \"silence\": [\"weak-key\"]).",
    )
}

pub(crate) fn state_or_country_text(name: &dyn Display, code: &str) -> Remark {
    remark(
        format!("The org has a list for `{name}`, which takes only the labels of that list, letter by letter."),
        format!(
            "Map `{code}` instead, and let the chat offer the values of the list. If the chat gives the labels \
             exactly, choose “The org has a list of states or countries” under “Silenced hints” (JSON: \"silence\": \
             [\"state-or-country-text\"])."
        ),
    )
}
