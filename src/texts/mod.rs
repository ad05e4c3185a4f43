//! Every text that people read, in each language: a folder for each, `en` and `de`, with the same functions.
//!
//! `text!(errors::no_parent(field))` calls the function of that name in each language, so that one which a language lacks is an
//! error of the compiler. One more language is one more folder, a variant of [`Language`](crate::base::Language), and a line in each
//! of the two macros here.
//!
//! A function takes names of fields and of settings, counts and limits. It never gets a value of the variables. A text is whole
//! sentences: first what is wrong, last what to do. A text without any argument is a constant.

use std::fmt::Display;

pub(crate) mod de;
pub(crate) mod en;

/// A name in the settings or in the org, or another part that is the same in each language.
type Name<'a> = &'a dyn Display;

/// `a`, `b` and `c`.
fn list(names: &[String], and: &str) -> String {
    match names.split_last() {
        Some((last, rest)) if !rest.is_empty() => format!("{} {and} {last}", rest.join(", ")),
        Some((only, _)) => only.clone(),
        None => String::new(),
    }
}

/// The words of a text in each language.
macro_rules! text {
    ($topic:ident :: $name:ident $(($($argument:expr),* $(,)?))?) => {
        $crate::base::Words::new([
            $crate::texts::en::$topic::$name $(($($argument),*))?.into(),
            $crate::texts::de::$topic::$name $(($($argument),*))?.into(),
        ])
    };
}
pub(crate) use text;

/// The same of a constant, for tables.
macro_rules! fixed {
    ($topic:ident :: $name:ident) => {
        [$crate::texts::en::$topic::$name, $crate::texts::de::$topic::$name]
    };
}
pub(crate) use fixed;
