//! What may be shown in the chat of an error: what the visitor can do, and nothing about other people's data, the org or its
//! fields.

use super::{Act, FileResult, RecordError, RecordResult, Retry, Whose};
use crate::base::Words;

/// Our own codes of values that the visitor can correct. Which of Salesforce's are of that kind, its advice says.
pub(super) const CODES: [&str; 11] = [
    "BAD_TRANSCRIPT",
    "BLANK_VALUE",
    "KEY_TOO_LONG",
    "MALFORMED_ID",
    "NOT_CONVERTIBLE",
    "NOT_IN_PICKLIST",
    "NO_MATCH",
    "REFERENCE_IN_VALUE",
    "TOO_MUCH_TEXT",
    "UNSUPPORTED_VALUE",
    "VALUE_TOO_LONG",
];
const CODES_OF_FILES: [&str; 3] = ["BAD_FILE", "FILE_TOO_LARGE", "TOO_MANY_FILES"];

/// What is said about one kind of act.
struct Texts {
    in_doubt: Words,
    another_time: Words,
    check_values: Words,
    another_way: Words,
}

const SAVE: Texts = Texts {
    in_doubt: Words::new(
        "It is not certain that your details were saved. Please wait before you send them again.",
        "Es ist nicht sicher, ob Ihre Angaben gespeichert wurden. Bitte warten Sie, bevor Sie sie noch einmal senden.",
    ),
    another_time: Words::new(
        "Your details could not be saved just now. Please try again in a few minutes.",
        "Ihre Angaben konnten gerade nicht gespeichert werden. Bitte versuchen Sie es in einigen Minuten noch einmal.",
    ),
    check_values: Words::new(
        "Your details could not be saved as they are. Please check what you have entered.",
        "Ihre Angaben konnten so nicht gespeichert werden. Bitte prüfen Sie, was Sie eingegeben haben.",
    ),
    another_way: Words::new(
        "Your details could not be saved. Please contact us in another way.",
        "Ihre Angaben konnten nicht gespeichert werden. Bitte wenden Sie sich auf einem anderen Weg an uns.",
    ),
};

const LOOK_UP: Texts = Texts {
    // Whether a read arrived does not matter.
    in_doubt: LOOK_UP_LATER,
    another_time: LOOK_UP_LATER,
    check_values: Words::new(
        "That could not be looked up with what you have entered. Please check it.",
        "Das konnte mit Ihren Angaben nicht nachgesehen werden. Bitte prüfen Sie sie.",
    ),
    another_way: Words::new(
        "That could not be looked up. Please contact us in another way.",
        "Das konnte nicht nachgesehen werden. Bitte wenden Sie sich auf einem anderen Weg an uns.",
    ),
};
const LOOK_UP_LATER: Words = Words::new(
    "That could not be looked up just now. Please try again in a few minutes.",
    "Das konnte gerade nicht nachgesehen werden. Bitte versuchen Sie es in einigen Minuten noch einmal.",
);
const NOTHING_FOUND: Words = Words::new(
    "Nothing was found for what you have entered. Please check it.",
    "Zu Ihren Angaben wurde nichts gefunden. Bitte prüfen Sie sie.",
);

const REQUEST: Texts = Texts {
    in_doubt: Words::new(
        "It is not certain that this was done. Please wait before you try again.",
        "Es ist nicht sicher, ob das erledigt wurde. Bitte warten Sie, bevor Sie es noch einmal versuchen.",
    ),
    another_time: Words::new(
        "That could not be done just now. Please try again in a few minutes.",
        "Das war gerade nicht möglich. Bitte versuchen Sie es in einigen Minuten noch einmal.",
    ),
    check_values: Words::new(
        "That could not be done with what you have entered. Please check it.",
        "Das war mit Ihren Angaben nicht möglich. Bitte prüfen Sie sie.",
    ),
    another_way: Words::new(
        "That could not be done. Please contact us in another way.",
        "Das war nicht möglich. Bitte wenden Sie sich auf einem anderen Weg an uns.",
    ),
};

const FILE_MISSING: Words = Words::new(
    "Your details were saved, but a file was not. Please send it to us in another way.",
    "Ihre Angaben wurden gespeichert, eine Datei jedoch nicht. Bitte senden Sie sie uns auf einem anderen Weg.",
);
const FILE_IN_DOUBT: Words = Words::new(
    "Your details were saved. It is not certain that a file was.",
    "Ihre Angaben wurden gespeichert. Bei einer Datei ist das nicht sicher.",
);
const CHECK_FILES: Words = Words::new(
    "Your details could not be saved with this file. Please send a smaller or another one, or leave it out.",
    "Ihre Angaben konnten mit dieser Datei nicht gespeichert werden. Bitte senden Sie eine kleinere oder eine andere, oder lassen Sie sie weg.",
);

impl RecordError {
    /// What may be shown in the chat of a file whose record is there.
    pub fn for_visitor_of_file(result: FileResult) -> Words {
        if result == FileResult::Unknown { FILE_IN_DOUBT } else { FILE_MISSING }
    }

    /// What may be shown in the chat, if this is why `act` did not happen.
    pub fn for_visitor(&self, act: Act, result: Option<RecordResult>) -> Words {
        let texts = match act {
            Act::Save => SAVE,
            Act::LookUp => LOOK_UP,
            Act::Request => REQUEST,
        };
        match (self.retry, self.whose) {
            _ if result == Some(RecordResult::Unknown) => texts.in_doubt,
            (Retry::Verify, _) => texts.in_doubt,
            (Retry::Later | Retry::RenewSession, _) => texts.another_time,
            (Retry::Never, _) if CODES_OF_FILES.contains(&self.code.as_ref()) => CHECK_FILES,
            (Retry::Never, Whose::Visitor) if self.code == "NO_MATCH" => NOTHING_FOUND,
            (Retry::Never, Whose::Visitor) => texts.check_values,
            (Retry::Never, Whose::Administrator) => texts.another_way,
        }
    }
}
