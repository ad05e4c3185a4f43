//! What may be shown in the chat of an error: what the visitor can do, and nothing about other people's data, the org or its
//! fields.

use super::{Act, FileResult, RecordError, RecordResult, Retry};
use crate::base::Words;
use crate::base::words::Fixed;
use crate::code::{Code, Whose};
use crate::texts::fixed;

/// What is said about one kind of act.
struct Texts {
    in_doubt: Fixed,
    another_time: Fixed,
    check_values: Fixed,
    another_way: Fixed,
}

const SAVE: Texts = Texts {
    in_doubt: fixed!(visitor::NOT_CERTAIN_SAVED),
    another_time: fixed!(visitor::SAVE_LATER),
    check_values: fixed!(visitor::SAVE_CHECK),
    another_way: fixed!(visitor::SAVE_ANOTHER_WAY),
};

const LOOK_UP: Texts = Texts {
    // Whether a read arrived does not matter.
    in_doubt: fixed!(visitor::LOOK_UP_LATER),
    another_time: fixed!(visitor::LOOK_UP_LATER),
    check_values: fixed!(visitor::LOOK_UP_CHECK),
    another_way: fixed!(visitor::LOOK_UP_ANOTHER_WAY),
};

const REQUEST: Texts = Texts {
    in_doubt: fixed!(visitor::NOT_CERTAIN_DONE),
    another_time: fixed!(visitor::DO_LATER),
    check_values: fixed!(visitor::DO_CHECK),
    another_way: fixed!(visitor::DO_ANOTHER_WAY),
};

const OPEN: Texts = Texts {
    in_doubt: fixed!(visitor::OPEN_NOT_CERTAIN),
    another_time: fixed!(visitor::OPEN_LATER),
    check_values: fixed!(visitor::OPEN_CHECK),
    another_way: fixed!(visitor::OPEN_ANOTHER_WAY),
};

const MESSAGE: Texts = Texts {
    in_doubt: fixed!(visitor::MESSAGE_NOT_CERTAIN),
    another_time: fixed!(visitor::MESSAGE_LATER),
    check_values: fixed!(visitor::MESSAGE_CHECK),
    another_way: fixed!(visitor::MESSAGE_ANOTHER_WAY),
};

impl RecordError {
    /// What may be shown in the chat of a file whose record is there.
    pub fn for_visitor_of_file(result: FileResult) -> Words {
        Words::from(match result {
            FileResult::Unknown => fixed!(visitor::FILE_NOT_CERTAIN),
            _ => fixed!(visitor::FILE_MISSING),
        })
    }

    /// What may be shown in the chat, if this is why `act` did not happen.
    pub fn for_visitor(&self, act: Act, result: Option<RecordResult>) -> Words {
        let texts = match act {
            Act::Save => SAVE,
            Act::LookUp => LOOK_UP,
            Act::Request => REQUEST,
            Act::Open => OPEN,
            Act::Message => MESSAGE,
        };
        Words::from(match (self.retry, self.whose, &self.code) {
            _ if result == Some(RecordResult::Unknown) => texts.in_doubt,
            (Retry::Verify, ..) => texts.in_doubt,
            (Retry::Later | Retry::RenewSession, ..) => texts.another_time,
            (_, Whose::Visitor, Code::BadFile | Code::FileTooLarge | Code::TooManyFiles) if act == Act::Save => {
                fixed!(visitor::CHECK_FILE)
            }
            (_, Whose::Visitor, Code::NoMatch) => fixed!(visitor::NOTHING_FOUND),
            (_, Whose::Visitor, _) => texts.check_values,
            (_, Whose::Administrator, _) => texts.another_way,
        })
    }
}
