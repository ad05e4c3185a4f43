//! Chat values → field values, and how Salesforce compares them.
//!
//! A variable holds any JSON; a field takes a text, a number or a boolean. Nothing is guessed from a text's looks: a text
//! stays a text, so that `007` and `TODAY` arrive as they were typed.

pub(crate) mod append;
pub(crate) mod convert;
pub(crate) mod file;
mod scalar;
pub(crate) mod template;
pub(crate) mod transcript;
pub(crate) mod variables;

pub use crate::base::decimal::Decimal;

pub use append::{Appended, Appending};
pub use convert::{Converted, Epoch, Form, Format, LocalTimeError, Locale, Misfit, Moment, WhenTooLong, Zone, convert};
pub use file::{Attached, Content, HostFile, MAX_FILES, MAX_FILES_BYTES};
use scalar::lines;
pub use scalar::{Comparison, NotAFieldValue, Scalar, folded, is_empty};
pub use template::{Part, Template};
pub use variables::{Given, MAX_VARIABLES_BYTES, MAX_VARIABLES_WITH_FILES, Variables};

/// Between the entries of a list. Source: REST API guide, multi-select picklists are `a;b`.
const LIST_SEPARATOR: &str = ";";

/// In composite requests Salesforce replaces `@{…}` anywhere in a value; there is no way to escape it.
/// Source: REST API guide, Composite, "referenceId".
pub const REFERENCE_MARK: &str = "@{";

/// Whether Salesforce would take a part of this text for a reference.
pub fn has_reference_mark(text: &str) -> bool {
    text.as_bytes().windows(REFERENCE_MARK.len()).any(|window| window == REFERENCE_MARK.as_bytes())
}

/// What stands between the entries of a list that is a part of a longer text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Joint {
    /// A comma and a blank, for people.
    Prose,
    /// What a multi-select picklist has between its values.
    Values,
    /// The field is not known: what its multi-select picklist would need, if the author has written that beside the list.
    AsBeside,
}

impl Joint {
    /// Between these pieces of the text.
    pub fn between(self, before: &str, after: &str) -> &'static str {
        let is_beside = before.ends_with(LIST_SEPARATOR) || after.starts_with(LIST_SEPARATOR);
        match self {
            Self::Values => LIST_SEPARATOR,
            Self::AsBeside if is_beside => LIST_SEPARATOR,
            Self::AsBeside | Self::Prose => ", ",
        }
    }
}
