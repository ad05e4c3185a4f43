//! What is well formed and probably not meant. Each can be silenced.

use crate::texts::remarks;

remarks! {
    mismatched_source(field, holds, says)
        "`{field}` holds {holds}, but the variable's name says {says}.",
        "Choose the variable that belongs there. If it is the right one, choose <silence: [\"mismatched-source\"]>.";

    look_alike_fields(first, second)
        "One variable fills both `{first}` and `{second}`.",
        "Choose another variable for one of them. If both are meant, choose <silence: [\"look-alike-fields\"]>.";

    only_key_may_be_blank(field, record)
        "If the visitor leaves `{field}` blank, no `{record}` is written.",
        "Make the question mandatory, or choose <whenBlank: \"fail\">. If a blank answer is fine, choose <silence: \
         [\"key-may-be-blank\"]>.";

    only_key_of_read_may_be_blank(field, record)
        "If the visitor leaves `{field}` blank, no `{record}` is read.",
        "Make the question mandatory, or choose <whenBlank: \"fail\">. If a blank answer is fine, choose <silence: \
         [\"key-may-be-blank\"]>.";

    key_may_be_blank(field, record)
        "If the visitor leaves `{field}` blank, the other keys alone find the `{record}`, and that may be another \
         person's.",
        "Choose <whenBlank: \"fail\">. If the other keys suffice, choose <silence: [\"key-may-be-blank\"]>.";

    case_key(field)
        "With the key `{field}`, a new chat changes an old Case instead of opening one.",
        "Choose <useToFindExisting: false>. If the old Case is meant, choose <silence: [\"case-key\"]>.";

    weak_key_phone(field, record)
        "`{field}` alone decides which `{record}` is meant. A number is found only in the spelling in which it is \
         stored, and people may share it.",
        "Use a value that only one record has, such as an e-mail address or a unique external id, as the key instead, \
         or as a second key with <matchKeys: \"all\">. If this key is meant, choose <silence: [\"weak-key\"]>.";

    weak_key_shared(field, record)
        "`{field}` alone decides which `{record}` is meant. Several records may hold the same value, and the wrong \
         one would be overwritten.",
        "Use a value that only one record has, such as an e-mail address or a unique external id, as the key instead, \
         or as a second key with <matchKeys: \"all\">. If this key is meant, choose <silence: [\"weak-key\"]>.";

    state_or_country_text(name, code)
        "The org has a list for `{name}`, which takes only the labels of that list, letter by letter.",
        "Map `{code}` instead, and let the chat offer the values of the list. If the chat gives the labels exactly, \
         choose <silence: [\"state-or-country-text\"]>.";
}
