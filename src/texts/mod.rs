//! Every text that people read, in each language: a folder for each, `en` and `de`, with the same functions.
//!
//! `text!(errors::no_parent(field))` calls the function of that name in each language, so that one which a language lacks is an
//! error of the compiler. `said!(findings_records::link_cycle(record))` does so for a finding, which has a message and a remedy:
//! [`remark`] says how they are written. One more language is one more folder and its lines here and in [`Language`](crate::base::Language).
//!
//! A text takes names of fields and of settings, counts and limits. It never gets a value of the variables.
//!
//! The texts of findings are data, and one function puts the arguments in: as `format!` in each place they were twice as large.

mod remark;
#[cfg(test)]
mod tests;

pub(crate) mod de;
pub(crate) mod en;

pub(crate) use remark::{Remark, Setting, Speech, agree, say};

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
