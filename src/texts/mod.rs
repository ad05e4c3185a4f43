//! Every text that people read, in each language: a folder for each, `en` and `de`, with the same functions.
//!
//! `text!(errors::no_parent(field))` calls the function of that name in each language, so that one which a language lacks is an
//! error of the compiler. `said!(findings_records::link_cycle(record))` does so for a finding, of which a function gives message
//! and remedy. One more language is one more folder and its lines here and in [`Language`](crate::base::Language).
//!
//! A function takes names of fields and of settings, counts and limits. It never gets a value of the variables.
//!
//! A remedy speaks of what stands in the form, and names the JSON beside it: `Choose “Never, only on new records” for “Overwrite”
//! (JSON: "overwrite": "on-create")`. Curly quotes are for the form's labels alone; a test holds them against the JSON Schema.

use std::borrow::Cow;

pub(crate) mod de;
pub(crate) mod en;

/// What is wrong, and what to do about it, in one language.
pub(crate) type Remark = (Cow<'static, str>, Cow<'static, str>);

pub(crate) fn remark(message: impl Into<Cow<'static, str>>, remedy: impl Into<Cow<'static, str>>) -> Remark {
    (message.into(), remedy.into())
}

/// What is done again after trouble.
#[derive(Clone, Copy)]
pub(crate) enum Again {
    Prepare,
    Ask,
}

/// The words of a text in each language.
macro_rules! text {
    ($topic:ident :: $name:ident $(($($argument:expr),* $(,)?))?) => {
        $crate::base::Words {
            en: $crate::texts::en::$topic::$name $(($($argument),*))?.into(),
            de: $crate::texts::de::$topic::$name $(($($argument),*))?.into(),
        }
    };
}
pub(crate) use text;

/// Message and remedy of a finding in each language.
macro_rules! said {
    ($topic:ident :: $name:ident ($($argument:expr),* $(,)?)) => {
        $crate::base::Said::of(
            $crate::texts::en::$topic::$name($($argument),*),
            $crate::texts::de::$topic::$name($($argument),*),
        )
    };
}
pub(crate) use said;
