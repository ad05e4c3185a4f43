//! Every text that people read, in each language: a folder for each, `en` and `de`, with the same functions.
//!
//! `text!(errors::no_parent(field))` calls the function of that name in each language, so that one which a language lacks is an
//! error of the compiler. `said!(findings_records::link_cycle(record))` does so for a finding, which has a message and a remedy:
//! [`remark`] says how they are written. One more language is one more folder, a variant of [`Language`](crate::base::Language), and a
//! line in each of the macros here.
//!
//! A text takes names of fields and of settings, counts and limits. It never gets a value of the variables. A text is whole sentences:
//! first what is wrong, last what to do. A text without any argument is a constant.
//!
//! The texts of findings are data, and one function puts the arguments in: as `format!` in each place they were twice as large.

mod labels;
mod remark;
#[cfg(test)]
mod tests;

use std::fmt::Display;

pub(crate) mod de;
pub(crate) mod en;

pub(crate) use labels::SCHEMA;
pub(crate) use remark::{Remark, Setting, Speech, agree, say};

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

/// What is done again after trouble.
#[derive(Clone, Copy)]
pub(crate) enum Again {
    Prepare,
    Ask,
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

/// Message and remedy of findings in one language, each with the names of its arguments.
macro_rules! remarks {
    ($($name:ident ($($argument:ident),*) $message:literal, $remedy:literal;)+) => {
        $(
            #[allow(non_upper_case_globals)]
            pub(crate) const $name: $crate::texts::Remark =
                $crate::texts::Remark { names: &[$(stringify!($argument)),*], message: $message, remedy: $remedy };
        )+
    };
}
pub(crate) use remarks;

/// Message and remedy of a finding in each language. What a language lacks, and another number of arguments, does not compile.
macro_rules! said {
    ($topic:ident :: $name:ident ($($argument:expr),* $(,)?)) => {{
        const {
            assert!($crate::texts::agree(
                &$crate::texts::en::$topic::$name,
                &$crate::texts::de::$topic::$name,
                &[$(stringify!($argument)),*],
            ));
        }
        $crate::texts::say(
            &$crate::texts::en::$topic::$name,
            &$crate::texts::de::$topic::$name,
            &[$(&$argument),*],
        )
    }};
}
pub(crate) use said;
