//! The codes of errors: our own, and those of Salesforce whose meaning is known. The table says what a code means wherever it arises.
//!
//! A code stays the same for ever, and is in a table of `docs/outcomes.md`. Codes of findings and of OAuth are others.

mod table;

use std::fmt;

pub use table::Code;

use crate::base::words::Fixed;

/// Where a code comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// It is this module's.
    Module,
    /// It is Salesforce's. The module may use it for the same thing.
    Salesforce,
}

/// What a code says about sending the request again. The retry table (`exchange/retry.rs`) weighs it with what happened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Again {
    /// It would fail again: the data, the settings or the org's setup must change first.
    Never,
    /// The same, and the org may have changed since the settings were prepared.
    Drift,
    /// With a renewed access token.
    Renewed,
    /// Later: nothing was written.
    Later,
    /// When the org takes requests again.
    Limit,
    /// When another transaction has ended.
    Lock,
    /// When Salesforce has time and resources; it may have been carried out.
    Busy,
    /// Another part of the same request decides: this part failed for its sake.
    Consequence,
    /// What happened decides, and not the code.
    Open,
}

/// Who can do something about an error that does not pass by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Whose {
    /// Another value may be accepted.
    Visitor,
    /// The settings, the rights or the org's setup must change.
    Administrator,
}

/// What is known of a code.
struct Row {
    word: &'static str,
    origin: Origin,
    again: Again,
    whose: Whose,
    /// `None` where the place at which the code arises has the words.
    words: Option<Fixed>,
}

/// Declares the codes and what is known of each, in one table.
macro_rules! codes {
    ($(
        $(#[$doc:meta])*
        $code:ident = $word:literal, $origin:ident, $again:ident, $whose:ident $(, $topic:ident :: $words:ident)?;
    )+) => {
        /// The code of an error.
        #[derive(Clone, Debug, PartialEq, Eq)]
        pub enum Code {
            $($(#[$doc])* $code,)+
            /// One of Salesforce's that the table does not have, or `HTTP_` and the status of an answer without a code.
            Other(Box<str>),
        }

        impl Code {
            /// All that the table has.
            pub const ALL: &'static [Self] = &[$(Self::$code),+];

            pub(super) fn row(&self) -> Option<&'static Row> {
                Some(match self {
                    $(Self::$code => {
                        const ROW: Row = Row {
                            word: $word,
                            origin: Origin::$origin,
                            again: Again::$again,
                            whose: Whose::$whose,
                            words: words!($($topic :: $words)?),
                        };
                        &ROW
                    })+
                    Self::Other(_) => return None,
                })
            }
        }
    };
}
use codes;

macro_rules! words {
    () => {
        None
    };
    ($topic:ident :: $words:ident) => {
        Some($crate::texts::fixed!($topic::$words))
    };
}
use words;

impl Code {
    /// Salesforce's code in an answer.
    pub fn of_salesforce(word: &str) -> Self {
        let mut known = Self::ALL.iter().filter(|code| code.origin() == Origin::Salesforce);
        known.find(|code| code.as_str() == word).cloned().unwrap_or_else(|| Self::Other(word.into()))
    }

    /// Of an answer that has no code of Salesforce's.
    pub(crate) fn of_status(status: u16) -> Self {
        Self::Other(format!("HTTP_{status}").into())
    }

    /// As a host gets it.
    pub fn as_str(&self) -> &str {
        match self {
            Self::Other(word) => word,
            known => known.row().map_or("", |row| row.word),
        }
    }

    /// Where it comes from.
    pub fn origin(&self) -> Origin {
        self.row().map_or(Origin::Salesforce, |row| row.origin)
    }

    /// Who can do something about it, unless what happened says otherwise.
    pub fn whose(&self) -> Whose {
        self.row().map_or(Whose::Administrator, |row| row.whose)
    }

    pub(crate) fn again(&self) -> Again {
        self.row().map_or(Again::Open, |row| row.again)
    }

    /// What it means, for an administrator; `None` where only the place at which it arises can say.
    pub(crate) fn words(&self) -> Option<Fixed> {
        self.row().and_then(|row| row.words)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl AsRef<str> for Code {
    fn as_ref(&self) -> &str {
        self.as_str()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_code_has_a_word_of_its_own() {
        for (at, code) in Code::ALL.iter().enumerate() {
            let word = code.as_str();
            assert!(word.bytes().all(|b| b.is_ascii_uppercase() || b == b'_'), "{word}");
            assert_eq!(Code::ALL.iter().position(|other| other.as_str() == word), Some(at), "{word}");
        }
    }

    #[test]
    fn each_meaning_is_sentences_of_its_language() {
        for (code, words) in Code::ALL.iter().filter_map(|code| Some((code, code.words()?))) {
            for (at, text) in words.iter().enumerate() {
                let is_sentence = text.starts_with(|c: char| c.is_uppercase() || c == '`') && text.ends_with('.');
                assert!(is_sentence && !text.contains("  "), "{code}: {text}");
                assert_eq!(words.iter().position(|other| other == text), Some(at), "{code} is not translated");
            }
        }
    }

    #[test]
    fn salesforces_codes_are_known_or_kept_as_they_are() {
        assert_eq!(Code::of_salesforce("DUPLICATE_VALUE"), Code::DuplicateValue);
        assert_eq!(Code::of_salesforce("SOMETHING_NEW").as_str(), "SOMETHING_NEW");
        // One of ours stays ours.
        assert_eq!(Code::of_salesforce("NO_MATCH"), Code::Other("NO_MATCH".into()));
        for code in Code::ALL {
            assert!(code.origin() == Origin::Module || code.words().is_some(), "{code} of Salesforce's has no words");
        }
    }
}
